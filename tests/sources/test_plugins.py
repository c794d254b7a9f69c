"""Sources that other packages bring along."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from importlib.metadata import EntryPoint
from pathlib import Path
from typing import Any

import pytest

from permadani import sources as package
from permadani.api import OpenStore
from permadani.errors import PermadaniError
from permadani.sources import InputFile, ReadOptions, Source, recognise, sources, walk
from permadani.vocabulary import Actor, Addressed, Coverage, Object, Problem

PAGE = (Path(__file__).parents[2] / "docs" / "sources" / "your-own.md").read_text("utf-8")
shown: dict[str, Any] = {}
exec(re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)[0], shown)  # noqa: S102
Letters: Any = shown["Letters"]
"""The sample of docs/sources/your-own.md, as a package of somebody else would bring it."""


class Nameless:
    pass


class Numbered(Letters):  # type: ignore[misc]
    name = 7


class Quitting(Letters):  # type: ignore[misc]
    def __init__(self) -> None:
        sys.exit(1)


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


def records_of(*more: object) -> list[object]:
    """What a foreign source yields: first something good."""
    return [Actor(id="letters:user/ani", channel="letters"), *more]


def raised(error: BaseException) -> Iterator[object]:
    yield from records_of()
    raise error


class Loop:
    def __iter__(self) -> Loop:
        return self


def message(**values: Any) -> Object:
    good = {"id": "letters:1", "channel": "letters", "kind": "mail", "actor": "letters:user/ani", "published": 1}
    return Object(**{**good, **values})


Broken = Callable[[], Any]
BREAKING: dict[str, tuple[Broken, str]] = {
    "a fault": (lambda: raised(KeyError("boom")), "KeyError"),
    "assertion": (lambda: raised(AssertionError("boom")), "boom"),
    "its own error": (lambda: raised(type("Mine", (Exception,), {})("boom")), "Mine: boom"),
    "exit": (lambda: raised(SystemExit("boom")), "SystemExit"),
    "no memory": (lambda: raised(MemoryError()), "MemoryError"),
    "end of iteration": (lambda: raised(StopIteration()), "StopIteration"),
    "other error of ours": (lambda: raised(PermadaniError("boom")), "boom"),
    "error without a reason": (lambda: raised(OSError("boom")), "boom"),
    "nothing": (lambda: None, "TypeError"),
    "exit at once": (lambda: sys.exit(3), "SystemExit"),
    "endless": (Loop, "TypeError"),
    "a word": (lambda: records_of("record"), "not a record: str"),
    "a class": (lambda: records_of(Actor), "not a record"),
    "bytes": (lambda: records_of(message(text=b"hai")), "Object.text"),
    "a number for an id": (lambda: records_of(message(id=7)), "Object.id"),
    "a date": (lambda: records_of(message(published=datetime.now(UTC))), "Object.published"),
    "a fraction": (lambda: records_of(message(published=1.5)), "Object.published"),
    "no time": (lambda: records_of(message(published=None)), "Object.published"),
    "a word for a flag": (lambda: records_of(message(spam="no")), "Object.spam"),
    "true for a number": (lambda: records_of(message(published=True)), "Object.published"),
    "an unknown word": (lambda: records_of(Addressed(object="a:1", actor="a:2", kind="cc")), "Addressed.kind"),
    "a list for a reason": (lambda: records_of(Problem(reason=["x"])), "Problem.reason"),  # type: ignore[arg-type]
    "a word for lost": (lambda: records_of(Problem(reason="x", lost="no")), "Problem.lost"),  # type: ignore[arg-type]
    "a claim without a basis": (
        lambda: records_of(
            Coverage(
                actor=None,
                channel="l",
                direction="inbound",
                since="x",
                until=None,
                completeness="none",
                basis="b",  # type: ignore[arg-type]
            )
        ),
        "Coverage.since",
    ),
}


def import_beside_good(tmp_path: Path) -> tuple[int, list[str]]:
    """Imports a file of the foreign source between two of our own; the messages, and what was said."""
    for name, number in (("a", 1), ("z", 2)):
        (tmp_path / "in" / name).mkdir(parents=True)
        row = f"id,actor,published\nx:status/{number},x:user/1,2020-01-01\n"
        (tmp_path / "in" / name / "objects.csv").write_text(row)
    (tmp_path / "in" / "b.txt").write_bytes(b"LETTERS 1\n")
    store = OpenStore(tmp_path / "s.duckdb")
    report = store.import_(tmp_path / "in")
    assert store.import_(tmp_path / "in").objects == 0
    return report.objects, [problem.example or "" for file in report.files for problem in file.problems]


@pytest.mark.parametrize("how", BREAKING)
def test_a_source_that_hands_over_rubbish_spoils_its_file_only(
    brought: list[EntryPoint], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    read, words = BREAKING[how]
    monkeypatch.setattr(Letters, "read", lambda self, file, options: read())
    brought.append(point("letters", "Letters"))
    objects, said = import_beside_good(tmp_path)
    assert objects == 2
    assert len(said) == 1 and words in said[0]
    assert "letters" in said[0] or "error" in how


@pytest.mark.parametrize("named", ["a.txt", [7], (b"a",), 5, {"a": 1}, [None]])
def test_companions_that_are_no_paths_spoil_the_file_only(
    brought: list[EntryPoint], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, named: object
) -> None:
    monkeypatch.setattr(Letters, "companions", named, raising=False)
    brought.append(point("letters", "Letters"))
    objects, said = import_beside_good(tmp_path)
    assert objects == 2
    assert len(said) == 1 and "letters" in said[0] and "companions" in said[0]


def test_text_of_a_kind_of_its_own_is_taken(
    brought: list[EntryPoint], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Parsers of HTML hand over texts that know where they stood."""
    fancy = type("Fancy", (str,), {})
    records = records_of(message(text=fancy("hai")))
    monkeypatch.setattr(Letters, "read", lambda self, file, options: records)
    brought.append(point("letters", "Letters"))
    assert import_beside_good(tmp_path) == (3, [])


class Leaving(Letters):  # type: ignore[misc]
    name = "leaving"

    def recognises(self, file: InputFile) -> bool:
        sys.exit("bye")


def test_a_source_that_ends_the_program_while_it_looks_spoils_one_file_only(
    brought: list[EntryPoint], tmp_path: Path
) -> None:
    brought.append(point("leaving", "Leaving"))
    objects, said = import_beside_good(tmp_path)
    assert objects == 2
    assert len(said) == 1 and "leaving" in said[0]


def test_ctrl_c_ends_the_run(brought: list[EntryPoint], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Letters, "read", lambda self, file, options: raised(KeyboardInterrupt()))
    brought.append(point("letters", "Letters"))
    with pytest.raises(KeyboardInterrupt):
        import_beside_good(tmp_path)


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("Absent", "cannot be loaded"),
        ("Nameless", "lacks a name"),
        ("Numbered", "lacks a name"),
        ("Quitting", "cannot be loaded"),
        ("Taken", "has already"),
    ],
)
def test_a_source_that_cannot_be_used_is_named(brought: list[EntryPoint], kind: str, words: str) -> None:
    brought.append(point("bad", kind))
    with pytest.raises(PermadaniError, match=words) as error:
        sources()
    assert "your-own.md" in (error.value.hint_text() or "")
