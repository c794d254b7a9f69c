"""Measures of whole networks are one SELECT each, in words that DuckDB, Sail and Spark understand alike."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from permadani.measures import class_map

FOLDER = Path(class_map.__file__).parent / "sql" / "network"
FILES = sorted(FOLDER.glob("*.sql"))
TRAPS = {
    "QUALIFY": r"\bQUALIFY\b",
    "ASOF joins": r"\bASOF\b",
    "GROUP BY ALL": r"GROUP BY ALL",
    "ANTI or SEMI joins (spelt differently)": r"\b(ANTI|SEMI) JOIN\b",
    "EXCLUDE and other stars": r"\bEXCLUDE\b|\bCOLUMNS\s*\(",
    "whole-number division": r"//",
    "hash()": r"\bhash\s*\(",
    "unnest": r"\bunnest\b",
    "date_diff": r"\bdate_diff\b|\bdatediff\b",
    "dayofweek": r"\bdayofweek\b",
    "quantile_cont": r"\bquantile_cont\b",
    "any_value": r"\bany_value\b",
    "arg_min and arg_max": r"\barg_(min|max)\b",
    ":: casts": r"::",
    "lists and structs": r"\[|\{",
    "FILTER": r"\bFILTER\s*\(",
    "parameters": r"\$[a-z]",
    "USING": r"\bUSING\b",
    "make_timestamp and its like": r"timestamp",
}


def code_of(path: Path) -> str:
    return "\n".join(line for line in path.read_text("utf-8").splitlines() if not line.startswith("--"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_no_trap(path: Path) -> None:
    code = code_of(path)
    found = [name for name, pattern in TRAPS.items() if re.search(pattern, code, re.IGNORECASE)]
    assert found == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_one_select_that_says_what_it_is(path: Path) -> None:
    text = path.read_text("utf-8")
    assert text.startswith("-- ")
    assert ";" not in code_of(path)
    assert re.match(r"(WITH|SELECT)\b", code_of(path))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_nothing_is_divided(path: Path) -> None:
    """No denominator can be 0, and engines differ in what becomes of whole numbers: Sail divides them by a decimal
    constant to four places, which rounds the end of a block of 30 days up."""
    assert "/" not in re.sub("'[^']*'", "", code_of(path))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_subqueries_with_in_stand_in_conditions(path: Path) -> None:
    """Sail has no plan for them among the columns of a SELECT (seen with version 0.7)."""
    for line in code_of(path).splitlines():
        if re.search(r"\bIN \(SELECT", line):
            assert re.match(r"\s*(WHERE|AND|OR) ", line)


def test_every_file_is_read() -> None:
    assert {path.stem for path in FILES} == {*class_map.OPENED, *class_map.READ}


def test_tables_are_made_of_those_before_them() -> None:
    names = [*class_map.OPENED, *class_map.READ]
    for place, name in enumerate(names):
        read = set(re.findall(r"(?:FROM|JOIN)\s+([a-z_]+)", code_of(FOLDER / f"{name}.sql")))
        assert not read & set(names[place:]), name
