"""The list for the subject of an audit: all of it, with a way to tell of an error."""

from __future__ import annotations

import io
import json
import re

import pytest
from rich.cells import cell_len
from rich.console import Console
from selectolax.lexbor import LexborHTMLParser

from permadani.language import LANGUAGES, english, translator
from permadani.reports.notebook import show_in_notebooks, subject_frame
from permadani.reports.subject import print_subject_list, subject_list_html, subject_list_json

from . import samples


def printed(name: str, width: int = 80, language: str = "en") -> str:
    file = io.StringIO()
    print_subject_list(samples.LISTS[name](), Console(file=file, width=width, color_system=None), translator(language))
    return file.getvalue()


def text_of(page: str, language: str = "en") -> str:
    return re.sub(r"\s+", " ", LexborHTMLParser(page).css_first(f'.body[lang="{language}"]').text(separator=" "))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("width", [30, 80, 140])
@pytest.mark.parametrize("name", samples.LISTS)
def test_fits(name: str, width: int, language: str) -> None:
    text = printed(name, width, language)
    assert max(cell_len(line) for line in text.splitlines()) <= width
    assert not re.search("[\x1b\u202e]", text)
    text.encode("utf-8")


def test_every_message_with_its_number_why_and_match() -> None:
    for text in (
        re.sub(r"\s+", " ", printed("subject_list", 140)),
        text_of(subject_list_html(samples.LISTS["subject_list"]())),
    ):
        for part in (
            "Your third point contradicts", "Budi · 4 Mar 2026, 18:20 · Mastodon · a comment under its post",
            "Counts: a comment on your article. No answer within 14 days.",
            "Yes! I'll write to you tomorrow.", "found by a reply, a quote or its address",
            "written to somebody else in its conversation", "Not counted: it speaks to somebody else",
            "Answered later than 14 days.", "found by the asker's name", "text not available", "bare applause",
            "My course is half price today!", "to 31 people", "write to whoever made this audit",
            "words and names of other people",
        ):  # fmt: skip
            assert part in text, part


def test_counted_as_in_the_audit() -> None:
    page = LexborHTMLParser(subject_list_html(samples.LISTS["subject_list"]()))
    facts = {fact.css_first("dt").text(): fact.css_first("dd").text() for fact in page.css(".body[lang=en] .facts div")}
    assert facts["messages in this list"] == "4"
    assert facts["first messages of a person in a conversation"] == "3"
    assert facts["Not counted: it speaks to somebody else in a conversation of yours."] == "1"


def test_strangers_are_escaped() -> None:
    page = subject_list_html(samples.LISTS["hostile_list"]())
    assert "<script" not in page
    assert "<img" not in page
    assert "javascript:" not in page
    assert not re.search("[\u202a-\u202e\u2066-\u2069\x1b\x07]", page)
    assert "W" * 700 not in page
    assert "{name}{0.__class__}" in text_of(page)


def test_nothing_is_said_as_nothing() -> None:
    assert "There are none." in printed("empty_list")
    assert "There are none." in text_of(subject_list_html(samples.LISTS["empty_list"]()))


def test_a_long_list_is_whole_and_in_one_language() -> None:
    page = subject_list_html(samples.long_list(), language="id")
    tree = LexborHTMLParser(page)
    assert [node.attributes["lang"] for node in tree.css(".body")] == ["id"]
    assert len(tree.css(".received li")) == 1500
    assert tree.css(".switch") == []
    assert tree.css_first("html").attributes["lang"] == "id"


def test_both_languages_else() -> None:
    page = subject_list_html(samples.LISTS["subject_list"]())
    assert "Setiap pesan yang ditulis kepada Ada Rahman" in text_of(page, "id")
    with pytest.raises(ValueError, match="xx"):
        subject_list_html(samples.LISTS["subject_list"](), language="xx")


@pytest.mark.parametrize("name", samples.LISTS)
def test_json(name: str) -> None:
    text = subject_list_json(samples.LISTS[name]())
    record = json.loads(text)
    assert record["schema"] == "permadani.subject/1"
    assert len(record["messages"]) == record["totals"]["messages"]
    text.encode("utf-8")


def test_plain_letters_on_a_plain_terminal() -> None:
    raw = io.BytesIO()
    file = io.TextIOWrapper(raw, encoding="ascii")
    print_subject_list(samples.LISTS["subject_list"](), Console(file=file, width=80, color_system=None), english)
    file.flush()
    assert b"> \"Yes! I'll write" in raw.getvalue()


def test_in_notebooks_in_a_frame() -> None:
    frame = subject_frame(samples.LISTS["hostile_list"]())
    assert frame.startswith("<iframe sandbox srcdoc=")
    assert "<script" not in frame
    assert frame.count("<") == 2
    show_in_notebooks()
    assert samples.LISTS["subject_list"]()._repr_html_() == subject_frame(samples.LISTS["subject_list"]())  # type: ignore[attr-defined]
