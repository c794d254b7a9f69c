"""The terminal: without colour, at 80 columns, safe from what strangers write."""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from rich.cells import cell_len
from rich.console import Console

from permadani.language import english, translator
from permadani.reports.terminal import print_audit

from . import samples

ROOT = Path(__file__).resolve().parents[2]


def printed(name: str, width: int = 80, language: str = "en", **options: object) -> str:
    file = io.StringIO()
    console = Console(file=file, width=width, color_system=None, **options)  # type: ignore[arg-type]
    print_audit(samples.ALL[name](), console, english if language == "en" else translator(language))
    return file.getvalue()


@pytest.mark.parametrize("language", ["en", "id"])
@pytest.mark.parametrize("width", [24, 50, 60, 80, 140])
@pytest.mark.parametrize("name", samples.ALL)
def test_fits(name: str, width: int, language: str) -> None:
    text = printed(name, width, language)
    assert max(cell_len(line) for line in text.splitlines()) <= width
    assert "\x1b" not in text
    assert "\u202e" not in text
    text.encode("utf-8")


def test_a_hundred_dots_in_two_rows() -> None:
    lines = printed("rich").splitlines()
    start = next(i for i, line in enumerate(lines) if line.startswith("newcomers") and "●" in line)
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


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp1252"])
def test_an_encoding_without_our_letters_is_no_crash(encoding: str) -> None:
    script = (
        "from rich.console import Console\n"
        "from permadani.language import english\n"
        "from permadani.reports.terminal import print_audit\n"
        "from tests.reports import samples\n"
        "print_audit(samples.rich(evidence=True), Console(width=80), english)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, check=False, cwd=ROOT,
        env={**os.environ, "PYTHONIOENCODING": encoding},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    text = done.stdout.decode(encoding)
    assert re.search(r"Of 100 messages to Ada Rahman, 41 \[37.46\] were answered", text)
    assert "Side by side" in text


FIGURE = re.compile(r"\d+ \[\d+–\d+\]")


@pytest.mark.parametrize("width", [24, 40, 50, 60, 79])
@pytest.mark.parametrize("language", ["en", "id"])
def test_narrow_terminals_lose_no_figure(width: int, language: str) -> None:
    wide, narrow = printed("rich", 140, language), printed("rich", width, language)
    assert set(FIGURE.findall(wide)) == set(FIGURE.findall(re.sub(r"\s+", " ", narrow)))
    assert "…" not in narrow
    for count in ("1,068", "2,310") if language == "en" else ("1.068", "2.310"):
        assert count in narrow


def test_years_without_messages_are_shown() -> None:
    lines = printed("away").splitlines()
    shown = [line.split()[0] for line in lines if re.match(r"20\d\d +[?–●]", line)]
    assert shown == ["2016", "2017", "2018", "2019"]
    assert sum("no messages" in line for line in lines) == 2


def test_absence_is_not_blamed_in_figures() -> None:
    text = printed("away")
    assert "nothing can be said" in text
    assert not re.search(r"\b0 \[", text)
    assert "Nobody who came back" not in text
    assert "answered within 14 days" not in text
    assert "How long they waited" not in text
    assert "Answers found" not in text


@pytest.mark.parametrize("known", [True, False])
def test_nobody_is_said_only_where_all_was_seen(known: bool) -> None:
    audit = replace(samples.rich(), regulars_unanswered=0)
    if not known:
        lines = tuple(replace(line, outbound="partial") for line in audit.coverage)
        audit = replace(audit, coverage=lines)
    file = io.StringIO()
    print_audit(audit, Console(file=file, width=80), english)
    assert ("Nobody who came back was left" in file.getvalue()) is known


def test_unknown_is_not_none() -> None:
    text = re.sub(r"\s+", " ", printed("away"))
    assert "marked as spam: unknown; automatic messages: unknown; came while the account was away: 9;" in text
    assert "marked as spam: 41" in re.sub(r"\s+", " ", printed("rich"))
    assert "sales" not in text
    assert "ditandai sebagai spam: tidak diketahui" in re.sub(r"\s+", " ", printed("away", language="id"))


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize("terminal", [True, False])
def test_words_of_others_in_a_file_come_whole_and_with_a_warning(
    terminal: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")  # colour makes no terminal of a file
    base = samples.rich(evidence=True)
    many = tuple(replace(samples.pairs()[0], asker=f"Number{n}") for n in range(450))
    audit = replace(base, answers=replace(base.answers, evidence=many))
    file = Terminal() if terminal else io.StringIO()
    print_audit(audit, Console(file=file, width=100, color_system=None), english)
    text = file.getvalue()
    assert ("Do not pass it on." in text) is not terminal
    assert text.count("Number") == (20 if terminal else 450)
    assert text.count("what came back") == 1
    assert "Do not pass it on." not in printed("rich")


def test_everything_is_translated() -> None:
    text = printed("rich", language="id")
    assert "61 [52–69] dari 100" in text
    assert "of 100" not in text


def test_namesakes_stand_under_the_headline() -> None:
    text = re.sub(r"\s+", " ", printed("namesakes"))
    assert text.index("3 other signatures with the same name") < text.index("Who got an answer")
