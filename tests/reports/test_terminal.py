"""The terminal: without colour, at 80 columns, safe from what strangers write."""

from __future__ import annotations

import io

import pytest
from rich.cells import cell_len
from rich.console import Console

from permadani.language import english, translator
from permadani.reports.terminal import print_audit

from . import samples


def printed(name: str, width: int = 80, language: str = "en", **options: object) -> str:
    file = io.StringIO()
    console = Console(file=file, width=width, color_system=None, **options)  # type: ignore[arg-type]
    print_audit(samples.ALL[name](), console, english if language == "en" else translator(language))
    return file.getvalue()


@pytest.mark.parametrize("language", ["en", "id"])
@pytest.mark.parametrize("width", [60, 80, 140])
@pytest.mark.parametrize("name", samples.ALL)
def test_fits(name: str, width: int, language: str) -> None:
    text = printed(name, width, language)
    assert max(cell_len(line) for line in text.splitlines()) <= width
    assert "\x1b" not in text
    assert "\u202e" not in text
    text.encode("utf-8")


def test_a_hundred_dots_in_two_rows() -> None:
    lines = printed("rich").splitlines()
    start = next(i for i, line in enumerate(lines) if line.startswith("newcomers"))
    dots = "".join(c for line in lines[start : start + 2] for c in line if c in "●◍○·")
    assert (dots.count("●"), dots.count("◍"), dots.count("○"), dots.count("·")) == (24, 4, 4, 68)
    assert "28 [24–32]" in lines[start]


def test_pictures_come_before_tables_and_prose() -> None:
    text = printed("rich")
    headline, dots, table = (text.index(part) for part in ("Of 100 messages to Ada", "●", "who wrote"))
    assert headline < dots < table < text.index("What could not be known")


def test_not_said_twice() -> None:
    assert "not enough evidence: not enough evidence" not in printed("rich")


def test_markup_of_strangers_is_text() -> None:
    text = printed("hostile", 140)
    assert "[bold]" in text
    assert "<script>" in text
    assert "a title" not in text


def test_tiny_has_no_dots_from_nothing() -> None:
    text = printed("tiny")
    assert "not enough to say: 4 of 9" in text
    assert "●" not in text


def test_four_of_four_is_not_four_of_many() -> None:
    assert printed("four_of_four") != printed("four_of_many")
    assert "100 [40–100]" in printed("four_of_four")
    assert "A wide range" in printed("four_of_four")


def test_evidence_only_where_it_is() -> None:
    assert "Budi" in printed("evidence")
    assert "no answer within 14 days" in printed("evidence")
    assert "Budi" not in printed("rich")


def test_plain_letters_on_a_plain_terminal() -> None:
    raw = io.BytesIO()
    file = io.TextIOWrapper(raw, encoding="ascii", errors="replace")
    print_audit(samples.rich(), Console(file=file, width=80, color_system=None), english)
    file.flush()
    assert b"########################++++oooo" in raw.getvalue()
