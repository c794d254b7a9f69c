"""Sources that other packages bring along."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from importlib.metadata import EntryPoint
from pathlib import Path
from typing import Any

import pytest

from permadani import sources as package
from permadani.api import OpenStore
from permadani.errors import PermadaniError
from permadani.sources import InputFile, ReadOptions, Source, recognise, sources, walk

PAGE = (Path(__file__).parents[2] / "docs" / "sources" / "your-own.md").read_text("utf-8")
shown: dict[str, Any] = {}
exec(re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)[0], shown)  # noqa: S102
Letters: Any = shown["Letters"]
"""The sample of docs/sources/your-own.md, as a package of somebody else would bring it."""


class Nameless:
    pass


class Taken(Letters):  # type: ignore[misc]
    name = "x"


@pytest.fixture
def brought(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[EntryPoint]]:
    points: list[EntryPoint] = []
    monkeypatch.setattr(package, "entry_points", lambda group: points if group == "permadani.sources" else [])
    monkeypatch.setitem(sys.modules, "somebody_else", sys.modules[__name__])
    sources.cache_clear()
    yield points
    sources.cache_clear()


def point(name: str, kind: str) -> EntryPoint:
    return EntryPoint(name, f"somebody_else:{kind}", "permadani.sources")


def test_a_source_of_another_package_is_asked_after_our_own(brought: list[EntryPoint], tmp_path: Path) -> None:
    brought.append(point("letters", "Letters"))
    assert list(sources())[-1] == "letters"
    (tmp_path / "a.txt").write_bytes(b"LETTERS 1\nhai")
    (file,) = walk(tmp_path)
    assert isinstance(file, InputFile)
    found = recognise(file)
    assert found is not None and found.name == "letters"


def test_the_sample_of_the_page_reads_letters_and_counts_what_it_cannot_read(tmp_path: Path) -> None:
    assert isinstance(Letters(), Source)
    text = "LETTERS 1\n7\tani\t1600000000000000\tApa kabar?\nsobek\n" + "8\tani\t1500000000000000\tHalo\n"
    (tmp_path / "a.txt").write_text(text, "utf-8")
    (file,) = walk(tmp_path)
    assert isinstance(file, InputFile)
    actor, letter, problem, _, _, *coverage = Letters().read(file, ReadOptions())
    assert (actor.id, letter.text, letter.published) == ("letters:user/ani", "Apa kabar?", 1_600_000_000_000_000)
    assert (problem.reason, problem.place, problem.lost) == ("malformed_row", "line 3", True)
    assert {(claim.completeness, claim.since, claim.until) for claim in coverage} == {
        ("partial", 1_500_000_000_000_000, 1_600_000_000_000_000)
    }
    (tmp_path / "a.txt").write_text("LETTERS 1\n", "utf-8")
    (file,) = walk(tmp_path)
    assert isinstance(file, InputFile)
    assert {(r.since, r.until) for r in Letters().read(file, ReadOptions())} == {(None, None)}


class Breaking(Letters):  # type: ignore[misc]
    name = "breaking"

    def recognises(self, file: InputFile) -> bool:
        raise ValueError("boom")


def test_a_source_that_breaks_its_promise_spoils_one_file_only(brought: list[EntryPoint], tmp_path: Path) -> None:
    brought.append(point("breaking", "Breaking"))
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_bytes(b"halo")
    (tmp_path / "in" / "objects.csv").write_text("id,actor,published\nx:status/1,x:user/1,2020-01-01\n")
    report = OpenStore(tmp_path / "s.duckdb").import_(tmp_path / "in")
    assert report.objects == 1
    said = [problem.example or "" for file in report.files for problem in file.problems]
    assert len(said) == 1 and "breaking" in said[0] and "boom" in said[0]


@pytest.mark.parametrize(
    ("kind", "words"),
    [("Absent", "cannot be loaded"), ("Nameless", "lacks a name"), ("Taken", "has already")],
)
def test_a_source_that_cannot_be_used_is_named(brought: list[EntryPoint], kind: str, words: str) -> None:
    brought.append(point("bad", kind))
    with pytest.raises(PermadaniError, match=words) as error:
        sources()
    assert "your-own.md" in (error.value.hint_text() or "")
