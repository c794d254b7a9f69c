"""Whom an account replies to: on a terminal, as a page, as JSON; without a rate and without a verdict."""

from __future__ import annotations

import io
import json
import re

import pytest
from rich.cells import cell_len
from rich.console import Console
from selectolax.lexbor import LexborHTMLParser

from permadani.findings.results import Hours
from permadani.language import LANGUAGES, english, translator
from permadani.reports.notebook import outbound_frame, show_in_notebooks
from permadani.reports.outbound import outbound_html, outbound_json
from permadani.reports.pictures import along, delays
from permadani.reports.terminal.outbound import print_outbound

from . import samples

ALL = samples.OUTBOUND


def printed(name: str, width: int = 80, language: str = "en") -> str:
    file = io.StringIO()
    translate = english if language == "en" else translator(language)
    print_outbound(ALL[name](), Console(file=file, width=width, color_system=None), translate)
    return file.getvalue()


def text_of(name: str, language: str = "en") -> str:
    tree = LexborHTMLParser(outbound_html(ALL[name]()))
    node = tree.css_first(f'.body[lang="{language}"]')
    assert node is not None
    return re.sub("“ | ”", lambda mark: mark[0].strip(), re.sub(r"\s+", " ", node.text(separator=" ")))


def both(name: str) -> tuple[str, str]:
    return re.sub(r"\s+", " ", printed(name, 140)), text_of(name)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("width", [24, 50, 80, 140])
@pytest.mark.parametrize("name", ALL)
def test_fits(name: str, width: int, language: str) -> None:
    text = printed(name, width, language)
    assert max(cell_len(line) for line in text.splitlines()) <= width
    assert not re.search("[\x1b\u202e]", text)
    text.encode("utf-8")


def test_the_answer_in_three_sentences() -> None:
    for text in both("told"):
        assert "Ada Rahman wrote 400 replies to 130 people." in text
        assert "half had the reply within 38 minutes [22 minutes – 1 hour]" in text
        assert "How often Ada Rahman answers cannot be known from this data. The data holds no messages" in text


def test_every_figure_has_its_number_and_range() -> None:
    for text in both("told"):
        for part in (
            "Of 130 people, 76 got one reply and 54 more than one.",
            "Of 100 replies, 44 went to the tenth of the people it replied to most (13 of 130). Gini 0.54",
            "25 came within 10 minutes, 50 within 38 minutes, 75 within 3 hours",
            "Of 100 first replies, 97 [92–99] came within a day.",
            "It replied to 404 messages of others; of 398 of them the time is known.",
            "[1.34–…]", "from its id (X)", "as the writer's program claims it", "later than the reply",
            "Of 100 replies whose program is known, 1 were sent automatically.",
            "Followers are known of 41 of 130 people; the account itself has 12,400 followers.",
            "a third of its own or more", "Messages that it left without a reply are not among them",
            "A reply may be an answer, or a first word",
        ):  # fmt: skip
            assert part in text, part


def test_pictures_come_before_tables_before_prose() -> None:
    text = printed("told")
    bar, line, table = text.index("■"), text.index("●"), text.index("of 100 first replies  ")
    assert text.index("Ada Rahman wrote") < bar < line < table < text.index("What could not be known")
    page = outbound_html(ALL["told"]())
    assert page.index('svg class="share') < page.index("<table") < page.index('class="limits"')


def test_too_little_is_said_as_too_little() -> None:
    for text in both("few"):
        assert "wrote 3 replies to 2 people" in text
        assert "At least 6 are needed to say how fast." in text
        assert "is not said for fewer than 20 people" in text
        assert "The data does not say with which program" in text
        assert "The data shows nobody's reshares" in text
        assert "half had the reply" not in text
        assert "Gini" not in text


def test_nothing_and_nobody() -> None:
    for text in both("nothing"):
        assert "Nothing that Ada Rahman wrote was collected." in text
        assert "Nothing was collected about this account." in text
        assert "There are none." in text
    for text in both("unanswered"):
        assert "No reply of Ada Rahman to anybody who is known was collected." in text
    for text in both("only_a_program"):
        assert "All replies of Ada Rahman to others (7) were sent by a program." in text
        assert "100 were sent automatically" in text


def test_where_a_rate_can_be_had_the_audit_is_named() -> None:
    for text in both("both_sides"):
        assert "permadani audit tells how many of them were answered" in text.replace("`", "")
        assert "How often Ada Rahman answers cannot be known" not in text
        assert "what it left unanswered cannot be known" in text  # of the other channel


@pytest.mark.parametrize("name", ALL)
def test_no_verdict_and_no_rate(name: str) -> None:
    for text in both(name):
        assert not re.search(r"passes over|ignore|answers few|not enough evidence|of 100 messages", text)


def test_names_only_with_a_warning() -> None:
    for text in both("told"):
        assert "Budi" not in text
        assert "For your eyes" not in text
    for text in both("with_names"):
        assert "Budi" in text
        assert "names of other people. Do not pass it on." in text


@pytest.mark.parametrize("name", ALL)
def test_the_page_loads_nothing_and_can_be_read_aloud(name: str) -> None:
    page = outbound_html(ALL[name]())
    tree = LexborHTMLParser(page)
    for forbidden in ("script", "link", "img", "iframe", "object", "form", "use", "style + style"):
        assert tree.css(forbidden) == []
    assert all(node.attributes.get("aria-label") for node in tree.css("svg[role=img]"))
    assert all(
        node.attributes.get("aria-hidden") for node in tree.css("svg:not([role=img])") if node.parent.tag != "svg"
    )
    assert len(tree.css(".body[lang=en] h1")) == 1
    for table in tree.css("table"):
        widths = {len(row.css("th, td")) for row in table.css("tr")}
        assert len(widths) == 1
        assert all(head.attributes["scope"] == "col" for head in table.css("thead th"))
    page.encode("utf-8")


def test_strangers_are_escaped() -> None:
    page = outbound_html(ALL["hostile"]())
    assert "<script" not in page
    assert "<img" not in page
    assert not re.search("[\u202a-\u202e\u2066-\u2069\x1b\x07]", page)
    assert "{name}{0.__class__}" in text_of("hostile")


@pytest.mark.parametrize("name", ALL)
def test_json(name: str) -> None:
    text = outbound_json(ALL[name]())
    record = json.loads(text)
    assert record["schema"] == "permadani.outbound/1"
    assert ("most" in record) == (ALL[name]().most is not None)
    text.encode("utf-8")


def test_the_line_runs_from_a_minute_to_a_year() -> None:
    assert [round(along(hours), 2) for hours in (0, 1 / 60, 1, 24, 168, 8760, 1e9)] == [0, 0, 0.31, 0.55, 0.7, 1, 1]
    picture = delays(1, Hours(24, None, None), 168, "label", "1 day", [(1, "an hour")])
    assert 'aria-label="label"' in picture
    assert '<line class="whisker" x1="0.00%" x2="100.00%"' in picture  # open ends run to the ends


def test_plain_letters_on_a_plain_terminal() -> None:
    raw = io.BytesIO()
    file = io.TextIOWrapper(raw, encoding="ascii")
    print_outbound(ALL["with_names"](), Console(file=file, width=80, color_system=None), english)
    file.flush()
    assert b"#" in raw.getvalue()


def test_an_unknown_language_is_an_error() -> None:
    with pytest.raises(ValueError, match="xx"):
        outbound_html(ALL["told"](), language="xx")


def test_in_notebooks_in_a_frame() -> None:
    frame = outbound_frame(ALL["hostile"]())
    assert frame.startswith("<iframe sandbox srcdoc=")
    assert frame.count("<") == 2
    show_in_notebooks()
    assert ALL["told"]()._repr_html_() == outbound_frame(ALL["told"]())  # type: ignore[attr-defined]
