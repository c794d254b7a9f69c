"""The worked notebook runs from top to bottom, and finds what it planted."""

from __future__ import annotations

import ast
import os
import re
from pathlib import Path
from typing import Any

import nbformat
import networkx
import pytest
from nbclient import NotebookClient
from selectolax.lexbor import LexborHTMLParser

NOTEBOOK = Path(__file__).parents[1] / "docs" / "classes.ipynb"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("notebook")


@pytest.fixture(scope="module")
def done(folder: Path) -> dict[str, dict[str, Any]]:
    """What every cell of code shows, by its id: MIME type to content. Run in a folder of its own."""
    before = dict(os.environ)
    own = {
        name: str(folder / name)
        for name in ("IPYTHONDIR", "JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR")
    }
    os.environ.update(own, PERMADANI_HOME=str(folder / "home"), TMPDIR=str(folder), LANG="C.UTF-8")
    try:
        notebook = nbformat.read(NOTEBOOK, as_version=4)
        NotebookClient(notebook, timeout=300, resources={"metadata": {"path": str(folder)}}).execute()
    finally:
        os.environ.clear()
        os.environ.update(before)
    shown = {}
    for cell in notebook.cells:
        if cell.cell_type == "code":
            assert all(output.output_type == "execute_result" for output in cell.outputs), cell.id
            shown[cell.id] = {kind: text for output in cell.outputs for kind, text in output.data.items()}
    return shown


def test_it_is_kept_without_outputs() -> None:
    """They would hold folders of one machine, and the map is a page in a frame, which most viewers leave out."""
    notebook = nbformat.read(NOTEBOOK, as_version=nbformat.NO_CONVERT)
    nbformat.validate(notebook)
    assert (notebook.nbformat, notebook.nbformat_minor) == (4, 5)
    cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert [(cell.outputs, cell.execution_count) for cell in cells] == [([], None)] * len(cells)
    assert set(notebook.metadata) == {"kernelspec", "language_info"}


def test_everything_is_taken_in(done: dict[str, dict[str, Any]]) -> None:
    files = ast.literal_eval(done["hand-in"]["text/plain"])
    assert [name for name, _, _ in files] == ["actors.csv", "announces.csv", "coverage.csv", "objects.csv"]
    assert all(problems == () for _, _, problems in files)
    messages, reshares = (int(one.replace(",", "")) for one in re.findall(r"\d[\d,]*", done["invent"]["text/plain"]))
    assert [new for _, new, _ in files] == [300, reshares, 2, messages]


def test_the_map_shows_itself(done: dict[str, dict[str, Any]]) -> None:
    assert done["map"]["text/html"].startswith("<iframe sandbox")
    assert "plaza" in done["map"]["text/html"]


def rows(html: str) -> list[list[str]]:
    """The cells of a table's body, without the quotes that polars sets around texts."""
    return [[cell.text().strip('"') for cell in row.css("td")] for row in LexborHTMLParser(html).css("tbody tr")]


def test_tables_are_read_into_pandas_and_polars(done: dict[str, dict[str, Any]]) -> None:
    lengths = ast.literal_eval(done["tables"]["text/plain"])
    assert (lengths["matrices"], lengths["periods"], lengths["channels"]) == (48, 4, 1)
    classes = {row[0]: row for row in rows(done["pandas"]["text/html"])}
    assert set(classes) == {"junior", "middle", "senior", "unknown"}
    assert float(classes["senior"][4]) > float(classes["junior"][4])
    assert classes["unknown"][4] == "<NA>"


def test_the_club_is_found_when_it_begins(done: dict[str, dict[str, Any]]) -> None:
    years = {row[0]: [float(value) for value in row[1:]] for row in rows(done["polars"]["text/html"])}
    assert set(years) == {"2018", "2019", "2020", "2021"}
    for year, (_, _, value, low, high) in years.items():
        assert low < value < high
        if year < "2020":
            assert high < 1.5
        else:
            assert low > 1.3
    assert ast.literal_eval(done["verdict"]["text/plain"]) == ("not_closed", "closed")


def test_the_number_counted_by_hand_is_the_same(done: dict[str, dict[str, Any]]) -> None:
    by_hand, found = (float(one) for one in re.findall(r"0\.\d+", done["hand"]["text/plain"]))
    assert by_hand == pytest.approx(found, abs=1e-12)
    assert 0.2 < found < 0.9


def test_the_graph_opens(done: dict[str, dict[str, Any]], folder: Path) -> None:
    (file,) = folder.rglob("plaza.gexf")
    graph = networkx.read_gexf(file)
    assert set(graph) == {"junior", "middle", "senior", "unknown"}
    assert graph.number_of_edges() == int(done["gexf"]["text/plain"])
    assert graph["senior"]["senior"]["answers"] > 100
