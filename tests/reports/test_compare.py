"""Several audits side by side: no ranking, no blame, and what is not measurable is said in its column."""

from __future__ import annotations

import io
import json
import re

import pytest
from rich.cells import cell_len
from rich.console import Console
from selectolax.lexbor import LexborHTMLParser

from permadani.findings.results import Audit
from permadani.language import LANGUAGES, english, translator
from permadani.reports.compare import compare_html, compare_json, print_compare

from . import samples

SETS = {
    "two": ("everything", "not_measurable"),
    "three": ("signs_unexplained", "group", "tiny"),
    "hostile": ("hostile", "rich"),
    "many": tuple(samples.ALL),
}


def audits(key: str) -> list[Audit]:
    return [samples.ALL[name]() for name in SETS[key]]


def printed(key: str, width: int, language: str = "en") -> str:
    file = io.StringIO()
    print_compare(audits(key), Console(file=file, width=width, color_system=None), translator(language))
    return file.getvalue()


def text_of(page: str, language: str = "en") -> str:
    return re.sub(r"\s+", " ", LexborHTMLParser(page).css_first(f'.body[lang="{language}"]').text(separator=" "))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("width", [30, 50, 80, 140])
@pytest.mark.parametrize("key", SETS)
def test_fits(key: str, width: int, language: str) -> None:
    text = printed(key, width, language)
    assert max(cell_len(line) for line in text.splitlines()) <= width
    assert not re.search("[\x1b\u202e]", text)


def test_two_stand_beside_each_other_at_80_columns() -> None:
    lines = printed("two", 80).splitlines()
    assert any("Ada Rahman" in line and "Gita Pratiwi" in line for line in lines)
    row = next(line for line in lines if line.lstrip().startswith("Of 100 from juniors"))
    assert "27 [22–33]" in row
    assert "not measurable" in row


def test_what_is_not_measurable_is_said_in_its_column_and_its_reason_once() -> None:
    page = LexborHTMLParser(compare_html(audits("two")))
    columns = [row.css("td") for row in page.css(".body[lang=en] tbody tr")]
    second = [cells[1].text(separator=" ") for cells in columns]
    assert sum("not measurable" in text for text in second) > 5
    assert sum("The data holds no messages to this account" in text for text in second) == 1


def test_a_line_that_says_nothing_of_anybody_is_left_out() -> None:
    assert "open questions" not in text_of(compare_html(audits("two")))
    assert "open questions" in text_of(compare_html(audits("three")))


@pytest.mark.parametrize("key", SETS)
def test_no_ranking_no_blame(key: str) -> None:
    page = compare_html(audits(key))
    text = f"{text_of(page)} {printed(key, 100)}"
    assert not re.search(r"\b(best|worst|better|worse|winner|rank(s|ed)?|first place|ignor\w*)\b", text, re.IGNORECASE)
    assert not LexborHTMLParser(page).css("[class*=tone-]")
    assert not re.search(r"\d\s?%", text)


def test_the_order_is_the_one_asked_for() -> None:
    names = [samples.ALL[name]().actor.name for name in ("tiny", "answers_few", "rich")]
    page = LexborHTMLParser(compare_html([samples.ALL[name]() for name in ("tiny", "answers_few", "rich")]))
    assert [node.text() for node in page.css(".body[lang=en] thead th")] == names


def test_signs_never_come_without_their_caution() -> None:
    assert "About 1 fair account in 90 looks like this." in text_of(compare_html(audits("three")))
    assert "about 1 fair account in 90 looks like this" in text_of(compare_html([samples.ALL["signs"]()]))


def test_strangers_are_escaped() -> None:
    page = compare_html(audits("hostile"))
    assert "<script" not in page
    assert "<img" not in page
    assert not re.search("[\u202a-\u202e\u2066-\u2069\x1b\x07]", page)
    assert "{name}{0.__class__}" in text_of(page)


def test_json_holds_the_audits_as_they_are() -> None:
    record = json.loads(compare_json(audits("two")), parse_constant=pytest.fail)
    assert record["schema"] == "permadani.compare/1"
    assert [one["schema"] for one in record["audits"]] == ["permadani.audit/1"] * 2
    assert [one["actor"]["name"] for one in record["audits"]] == ["Ada Rahman", "Gita Pratiwi"]


def test_an_unknown_language_is_an_error() -> None:
    with pytest.raises(ValueError, match="xx"):
        compare_html([], language="xx")


def test_plain_letters_on_a_plain_terminal() -> None:
    raw = io.BytesIO()
    file = io.TextIOWrapper(raw, encoding="ascii")
    print_compare(audits("two"), Console(file=file, width=80, color_system=None), english)
    file.flush()
    assert b"Ada Rahman" in raw.getvalue()
