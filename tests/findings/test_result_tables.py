"""Results as Arrow, polars and pandas: the same rows in all three, null stays null, whole numbers stay whole."""

from __future__ import annotations

import re
import subprocess
import sys
import textwrap
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pandas
import polars
import pyarrow
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from permadani.errors import MissingPackage, PermadaniError
from permadani.findings.results import AccountGraph, Audit, ClassMap, GraphEdge, GraphNode, Outbound, Table
from permadani.findings.results.class_tables import class_tables
from permadani.findings.results.table import Columns, Tabular, columns
from permadani.reports.notebook import ROWS, table_html
from reports import samples
from reports.samples import class_maps

COLUMNS: Columns = (("who", "text"), ("posts", "count"), ("rate", "number"), ("known", "flag"))
ROWS_OF_ALL_KINDS = (
    ("Ada", 2**62 + 1, 0.25, True),
    (None, None, None, None),
    ("", 0, 0.0, False),
    ("\N{RIGHT-TO-LEFT OVERRIDE}<b>\0\"'", -(2**63), 1e-308, None),
)
TABLE = Table("example", COLUMNS, ROWS_OF_ALL_KINDS)
MAPS: dict[str, Any] = class_maps.CLASS_MAPS


def rows_of_arrow(table: pyarrow.Table) -> list[tuple[Any, ...]]:
    return list(zip(*(column.to_pylist() for column in table.columns), strict=True))


def rows_of_pandas(frame: pandas.DataFrame) -> list[tuple[Any, ...]]:
    values = [[None if value is pandas.NA else value for value in frame[name]] for name in frame.columns]
    return list(zip(*values, strict=True))


def same_in_all(found: Tabular) -> None:
    table = found.table
    arrow, in_polars, in_pandas = found.to_arrow(), found.to_polars(), found.to_pandas()
    assert list(in_pandas.columns) == in_polars.columns == arrow.column_names == list(table.names)
    assert tuple(rows_of_arrow(arrow)) == table.rows
    assert tuple(in_polars.rows()) == table.rows
    assert tuple(rows_of_pandas(in_pandas)) == table.rows
    assert polars.DataFrame(found).equals(in_polars)
    assert pyarrow.table(found).equals(arrow)


def test_the_same_in_all_three() -> None:
    same_in_all(TABLE)


def test_types_do_not_depend_on_what_is_in_the_rows() -> None:
    for table in (TABLE, Table("empty", COLUMNS, ()), Table("unknown", COLUMNS, ((None,) * 4,) * 3)):
        same_in_all(table)
        assert [str(one) for one in table.to_arrow().schema.types] == ["string", "int64", "double", "bool"]
        assert table.to_polars().dtypes == [polars.String, polars.Int64, polars.Float64, polars.Boolean]
        assert [str(one) for one in table.to_pandas().dtypes] == ["string", "Int64", "Float64", "boolean"]
        assert polars.DataFrame(table).dtypes == table.to_polars().dtypes


def test_pandas_itself_takes_the_rows() -> None:
    frame = pandas.DataFrame(Table("example", columns(text="who", count="posts"), (("Ada", 3), ("Bo", 4))))
    assert frame.to_dict("records") == [{"who": "Ada", "posts": 3}, {"who": "Bo", "posts": 4}]


TEXT = st.text(st.characters(codec="utf-8"), max_size=8)
VALUES = st.tuples(
    st.none() | TEXT,
    st.none() | st.integers(-(2**63), 2**63 - 1),
    st.none() | st.floats(allow_nan=False, allow_infinity=False),
    st.none() | st.booleans(),
)


@settings(max_examples=40, deadline=None)
@given(st.lists(VALUES, max_size=12))
def test_any_rows_come_back(rows: list[Any]) -> None:
    table = Table("any", COLUMNS, tuple(rows))
    same_in_all(table)
    assert [tuple(row.values()) for row in table] == rows
    assert len(table) == len(rows)


def test_large_tables_outlive_the_connection_that_made_them() -> None:
    table = Table("large", columns(count="one", number="other"), tuple((i, i / 7) for i in range(200_000)))
    frame = polars.DataFrame(table)
    assert frame.rows()[-1] == table.rows[-1]
    assert frame["one"].sum() == 199_999 * 100_000


@pytest.mark.parametrize(
    ("shape", "row", "error"),
    [
        (columns(count="n"), (1.0,), TypeError),
        (columns(count="n"), (True,), TypeError),
        (columns(count="n"), (2**63,), TypeError),
        (columns(count="n"), ("1",), TypeError),
        (columns(number="n"), (1,), TypeError),
        (columns(number="n"), (float("nan"),), TypeError),
        (columns(number="n"), (float("inf"),), TypeError),
        (columns(text="n"), (1,), TypeError),
        (columns(text="n"), ("half a character: \ud800",), TypeError),
        ((("n", "flag"),), (1,), TypeError),
        (columns(count="n"), (1, 2), ValueError),
        (columns(count="n"), (), ValueError),
        (columns(count="n N"), (1, 2), ValueError),
        ((('n"; DROP', "count"),), (1,), ValueError),
        ((), (), ValueError),
    ],
)
def test_nothing_is_turned_into_anything_else(shape: Columns, row: Any, error: type[Exception]) -> None:
    with pytest.raises(error):
        Table("wrong", shape, (row,))


@pytest.mark.parametrize("name", ["full", "flat", "empty", "hostile"])
def test_every_table_of_a_map_is_the_same_in_all_three(name: str) -> None:
    for one in MAPS[name]().tables.values():
        same_in_all(one)
    same_in_all(MAPS[name]())


def test_every_map_has_the_same_tables_with_the_same_columns() -> None:
    shapes = [{name: one.columns for name, one in made().tables.items()} for made in MAPS.values()]
    assert all(shape == shapes[0] for shape in shapes)
    assert all(name == one.name for made in MAPS.values() for name, one in made().tables.items())


def test_figures_of_a_map_are_those_of_its_contract() -> None:
    found = class_maps.full()
    tables, told = found.tables, found.to_dict()
    rows = {row["group"]: row for row in tables["reception"] if row["part"] in ("all", "by_class")}
    for group, one in {"all": told["reception"]["all"], **told["reception"]["by_class"]}.items():
        assert {key: rows[group][key] for key in one} == one
    alone = {row["group"]: row for row in tables["openings"] if row["part"] == "by_tenure"}
    for group, one in told["reception"]["openings"]["by_tenure"].items():
        assert {key: alone[group][key] for key in one} == one
    for name, rows_of in (
        ("reception_by_channel", lambda one: one),
        ("openings_by_channel", lambda one: one["openings"]),
    ):
        everybody = {row["channel"]: row for row in tables[name] if row["part"] == "all"}
        assert list(everybody) == [one["channel"] for one in told["by_channel"]]
        for one in told["by_channel"]:
            cell = rows_of(one)["all"]
            assert {key: everybody[one["channel"]][key] for key in cell} == cell
    bands = [row for row in tables["reception"] if row["part"] == "by_followers"]
    assert [row["least"] for row in bands] == [one["least"] for one in told["reception"]["by_followers"]]
    assert bands[-1]["group"] == "100000+"
    assert bands[-1]["most"] is None
    for name, one in told["matrices"].items():
        cells = [row for row in tables["matrices"] if row["matrix"] == name]
        assert len(cells) == len(one["cells"]) == 16
        for row, cell in zip(cells, one["cells"], strict=True):
            told_of = {"matrix": name, "source": cell["from"], **cell}
            assert row == {key: told_of[key] for key in row}
    answered = list(tables["approaches_answered"])
    assert answered == [
        {"source": cell["from"], "to": cell["to"], **cell["share"]} for cell in told["matrices"]["answers"]["cells"]
    ]
    for row in tables["closure"]:
        assert told["closure"][row.pop("figure")] == row
    assert list(tables["rich_club"]) == [told["closure"]["rich_club"]]
    assert {row.pop("of"): row for row in tables["reciprocity"]} == told["reciprocity"]
    for row in tables["concentration"]:
        one = told["concentration"][row["of"]]
        assert one[row["figure"]] == {key: row[key] for key in ("value", "low", "high")}
        assert (row["people"], row["received"]) == (one["people"], one["received"])
    curve = [[row["people"], row["received"]] for row in tables["lorenz"] if row["of"] == "answers"]
    assert curve == told["concentration"]["answers"]["lorenz"]
    again = {row["first_post"]: row for row in tables["newcomers"]}
    assert again["answered"]["value"] == told["newcomers"]["answered_first"]["rate"]
    assert again["unanswered"]["wrote_again"] == told["newcomers"]["unanswered_first"]["answered"]
    assert again["difference"]["low"] == told["newcomers"]["difference"]["low"]
    assert [row["word"] for row in tables["trends"]] == [one["word"] for one in told["trends"]]
    assert [row["reason"] for row in tables["trends"]][-1] == told["trends"][-1]["reason"]
    assert list(tables["channels"]) == told["channels"]
    assert {row["reason"]: row["count"] for row in tables["left_out"]} == told["left_out"]


def test_periods_have_tables_of_their_own() -> None:
    found = class_maps.full()
    tables = found.tables
    for name in ("periods", "reception_over_time", "closure_over_time", "concentration_over_time"):
        assert list(dict.fromkeys(row["period"] for row in tables[name])) == [one.period for one in found.over_time]
    assert "period" not in tables["reception"].names
    rates = {(row["period"], row["group"]): row["rate"] for row in tables["reception_over_time"]}
    assert rates["2013", "senior"] == found.over_time[1].reception.by_class["senior"].rate
    relative = [row["value"] for row in tables["closure_over_time"] if row["figure"] == "relative"]
    assert relative == [one.relative.value if one.relative else None for one in found.over_time]
    answers = [row for row in tables["matrices_over_time"] if row["period"] == "2013"]
    assert [row["observed"] for row in answers] == [cell.ratio.observed for cell in found.over_time[1].answers.cells]


def test_what_could_not_be_had_is_null_and_never_nought() -> None:
    tables = class_maps.full().tables
    silent = [row for row in tables["closure_over_time"] if row["period"] == "2015"]
    assert len(silent) == 3
    assert all(row["value"] is None and row["observed"] is None for row in silent)
    frame = tables["closure_over_time"].to_pandas()
    assert frame.loc[frame["period"] == "2015", "value"].isna().all()


def test_graphs_of_accounts_are_two_tables() -> None:
    nodes = (
        GraphNode("0", "half a \ud800 name", "senior", "x", None, 1, 12, 3),
        GraphNode("1", "1", "unknown", None, 40, 2, 0, 0),
    )
    graph = AccountGraph(nodes, (GraphEdge("0", "1", 4, 3, 2, 0),), private=False)
    for one in graph.tables.values():
        same_in_all(one)
    rows = [asdict(node) for node in nodes]
    rows[0]["label"] = "half a \N{REPLACEMENT CHARACTER} name"
    assert list(graph.tables["nodes"]) == rows
    assert graph.to_polars().to_dicts() == [asdict(graph.edges[0])]
    assert AccountGraph((), (), private=False).to_pandas().empty


def test_audits_and_replies_have_the_same_doors() -> None:
    audit: Audit = samples.ALL["passes_over"]()
    same_in_all(audit)
    cell = audit.answers.overall.cell
    assert cell is not None
    first = next(iter(audit.table))
    assert first == {"part": "overall", "group": "all", **{key: getattr(cell, key) for key in list(first)[2:]}}
    told: Outbound = samples.OUTBOUND["told"]()
    same_in_all(told)
    assert told.to_pandas()["year"].tolist() == [year.year for year in told.over_time]
    assert told.to_polars()["median_hours"].to_list() == [y.median and y.median.hours for y in told.over_time]


WITHOUT = """
    import sys
    for name in {absent}:
        sys.modules[name] = None
    from permadani.errors import MissingPackage
    from permadani.findings.results import Table
    table = Table("t", (("a", "text"), ("b", "count"), ("c", "number"), ("d", "flag")), (("x", 1, None, True),))
    for door in ("to_arrow", "to_polars", "to_pandas"):
        try:
            made = getattr(table, door)()
            print(door, "gives", type(made).__name__)
        except MissingPackage as error:
            print(door, "|", error, "|", error.hint_text())
    table.__arrow_c_stream__()
    print("stream")
    {more}
"""


def without(*absent: str, more: str = "") -> list[str]:
    code = textwrap.dedent(WITHOUT).format(absent=list(absent), more=more)
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return run.stdout.splitlines()


def test_none_of_them_is_needed() -> None:
    hint = "Install it with: pip install 'permadani[frames]'"
    assert without("pyarrow", "polars", "pandas") == [
        *(
            f"{door} | this needs the package {name}, which is not installed | {hint}"
            for door, name in (("to_arrow", "pyarrow"), ("to_polars", "polars"), ("to_pandas", "pandas"))
        ),
        "stream",
    ]
    assert issubclass(MissingPackage, ImportError)
    assert issubclass(MissingPackage, PermadaniError)


def test_polars_and_pandas_do_not_need_pyarrow() -> None:
    told = without("pyarrow", more="import polars; print(polars.DataFrame(table).rows())")
    assert told[1:] == ["to_polars gives DataFrame", "to_pandas gives DataFrame", "stream", "[('x', 1, None, True)]"]


def test_a_table_shows_itself_and_strangers_words_do_nothing() -> None:
    hostile = "<script>alert(1)</script>\N{RIGHT-TO-LEFT OVERRIDE}\x1b[31m" + "&" * 500
    table = Table("channels", columns(text="channel", count="posts", number="rate"), ((hostile, 12, 0.123456),))
    html = table_html(table)
    assert html == table._repr_html_()  # type: ignore[attr-defined]
    tree = LexborHTMLParser(html)
    assert tree.css("script") == []
    assert "\N{RIGHT-TO-LEFT OVERRIDE}" not in html
    assert "\x1b" not in html
    cells = [cell.text() for cell in tree.css("td")]
    assert cells[0].startswith("<script>alert(1)</script>&&")
    assert len(cells[0]) <= 80
    assert cells[1:] == ["12", "0.1235"]
    assert [cell.attributes["scope"] for cell in tree.css("th")] == ["col"] * 3
    assert tree.css_first("caption").text() == "channels"  # type: ignore[union-attr]


def test_unknown_is_an_empty_cell_and_long_tables_say_so() -> None:
    tree = LexborHTMLParser(table_html(Table("t", columns(count="n", number="x"), ((None, 12345.6), (0, None)))))
    assert [cell.text() for cell in tree.css("td")] == ["", "12346", "0", ""]
    long = Table("t", columns(count="n"), tuple((i,) for i in range(ROWS + 5)))
    tree = LexborHTMLParser(table_html(long))
    assert len(tree.css("tbody tr")) == ROWS
    assert "Shown are 60 of 65 rows." in tree.text()


def test_a_map_as_one_table_is_its_reception() -> None:
    found: ClassMap = class_maps.full()
    assert found.table == class_tables(found)["reception"]


def test_the_page_names_every_table() -> None:
    page = (Path(__file__).parents[2] / "docs" / "python.md").read_text("utf-8")
    heads = [line.split("|")[1] for line in page.splitlines() if line.startswith("| `")]
    assert sorted(re.findall(r"`(\w+)`", " ".join(heads))) == sorted(class_maps.full().tables)
