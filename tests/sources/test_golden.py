"""Golden pairs: a file in the format of a source, and beside it the records it must give.

``tests/golden/SOURCE/…/FILE`` is read by the source SOURCE; ``FILE.expected.jsonl`` holds one line per record,
``{"record": "Object", …fields that are not null}``, in the order in which they are yielded. Where reading ends with
an error, the last line is ``{"raises": "UnexpectedEnd", "message": "…"}``. A pair is added by adding the file and
running ``python tests/sources/test_golden.py [SOURCE or FILE]...``, which (re)writes what is expected: read it before
you commit it. A folder is one export: its files find each other. Everything here is fictional.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import msgspec
import pytest

from permadani.errors import InputError
from permadani.sources import InputFile, walk
from permadani.sources.base import ReadOptions, Source

GOLDEN = Path(__file__).parents[1] / "golden"
EXPECTED = ".expected.jsonl"


def golden_files() -> list[Path]:
    return sorted(p for p in GOLDEN.rglob("*") if p.is_file() and not p.name.endswith(EXPECTED))


def expectation(path: Path) -> Path:
    return path.with_name(path.name + EXPECTED)


def source_of(path: Path) -> Source:
    """The source named by the folder; its module has the same name."""
    name = path.relative_to(GOLDEN).parts[0]
    module = import_module(f"permadani.sources.{name}")
    kinds = [k for k in vars(module).values() if isinstance(k, type) and getattr(k, "name", None) == name]
    assert len(kinds) == 1, f"permadani.sources.{name} should hold one class with name = {name!r}"
    return kinds[0]()  # type: ignore[no-any-return]


def opened(path: Path) -> InputFile:
    """The file as an import of the whole folder of its source sees it, so that it finds what lies beside it."""
    found = [file for file in walk(GOLDEN / path.relative_to(GOLDEN).parts[0]) if file.path == str(path)]
    assert len(found) == 1 and isinstance(found[0], InputFile), path
    return found[0]


def lines(path: Path) -> Iterator[str]:
    """The records of a file as the lines of its expectation."""
    try:
        for record in source_of(path).read(opened(path), ReadOptions()):
            fields = {k: v for k, v in msgspec.to_builtins(record).items() if v is not None}
            yield json.dumps({"record": type(record).__name__, **fields}, ensure_ascii=False)
    except InputError as error:
        yield json.dumps({"raises": type(error).__name__, "message": error.text()}, ensure_ascii=False)


@pytest.mark.parametrize("path", golden_files(), ids=lambda p: str(p.relative_to(GOLDEN)))
def test_a_golden_file_gives_the_records_beside_it(path: Path) -> None:
    assert expectation(path).exists(), f"run: python tests/sources/test_golden.py {path}"
    assert source_of(path).recognises(opened(path))
    expected = expectation(path).read_text("utf-8").rstrip("\n").split("\n")
    assert [json.loads(line) for line in lines(path)] == [json.loads(line) for line in expected]


@pytest.mark.parametrize("path", golden_files(), ids=lambda p: str(p.relative_to(GOLDEN)))
def test_a_golden_file_is_claimed_by_its_source_alone(path: Path) -> None:
    from permadani.sources import sources

    claimed = [name for name, source in sources().items() if source.recognises(opened(path))]
    assert claimed == [path.relative_to(GOLDEN).parts[0]]


def test_no_expectation_without_its_file() -> None:
    orphans = [p for p in GOLDEN.rglob("*" + EXPECTED) if not p.with_name(p.name.removesuffix(EXPECTED)).exists()]
    assert orphans == []


if __name__ == "__main__":
    asked = sys.argv[1:]
    for file in golden_files():
        if (
            not asked
            or file.relative_to(GOLDEN).parts[0] in asked
            or file.resolve() in [Path(a).resolve() for a in asked]
        ):
            expectation(file).write_text("".join(line + "\n" for line in lines(file)), "utf-8")
            print(expectation(file))
