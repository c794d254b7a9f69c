"""Sources that other packages bring along."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from importlib.metadata import EntryPoint
from pathlib import Path

import pytest

from permadani import sources as package
from permadani.errors import PermadaniError
from permadani.sources import InputFile, ReadOptions, recognise, sources, walk
from permadani.vocabulary import Object, Record


class Letters:
    """The sample of docs/sources/your-own.md, as a package of somebody else would bring it."""

    name = "letters"

    def recognises(self, file: InputFile) -> bool:
        return file.head.startswith(b"LETTERS 1\n")

    def read(self, file: InputFile, options: ReadOptions) -> Iterator[Record]:
        yield Object(id="letters:letter/1", channel="letters", kind="note", actor="letters:user/ani", published=0)


class Nameless:
    pass


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


@pytest.mark.parametrize(
    ("kind", "words"),
    [("Absent", "cannot be loaded"), ("Nameless", "lacks a name"), ("Taken", "has already")],
)
def test_a_source_that_cannot_be_used_is_named(brought: list[EntryPoint], kind: str, words: str) -> None:
    brought.append(point("bad", kind))
    with pytest.raises(PermadaniError, match=words) as error:
        sources()
    assert "your-own.md" in (error.value.hint_text() or "")


class Taken(Letters):
    name = "x"
