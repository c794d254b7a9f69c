"""The page: one file that loads nothing, says what the audit says, and repeats no stranger unescaped."""

from __future__ import annotations

import base64
import hashlib
import re
import time
from dataclasses import replace
from itertools import pairwise

import pytest
from selectolax.lexbor import LexborHTMLParser

from permadani.language import LANGUAGES
from permadani.reports.html import audit_html, index_html

from . import samples


@pytest.fixture(params=samples.ALL)
def page(request: pytest.FixtureRequest) -> str:
    return audit_html(samples.ALL[request.param]())


def text_of(html: str, language: str = "en") -> str:
    node = LexborHTMLParser(html).css_first(f'.body[lang="{language}"]')
    assert node is not None
    return re.sub(r"\s+", " ", node.text())


def test_loads_nothing(page: str) -> None:
    tree = LexborHTMLParser(page)
    for forbidden in ("script", "link", "img", "iframe", "object", "embed", "form", "video", "audio", "base", "use"):
        assert tree.css(forbidden) == []
    for node in tree.css("*"):
        for name, value in node.attributes.items():
            assert not name.startswith("on")
            assert name not in {"style", "src", "srcset", "action", "background", "poster", "xlink:href"}
            if name == "href":
                assert node.tag == "a"
                assert value is not None
                assert value.startswith(("https://", "http://"))
                assert node.attributes["rel"] == "noopener noreferrer nofollow ugc"
    style = tree.css_first("style").text()
    assert "@import" not in style
    assert all(url.startswith('"data:') for url in re.findall(r"url\((.{6})", style))


def test_policy(page: str) -> None:
    tree = LexborHTMLParser(page)
    policy = tree.css_first('meta[http-equiv="Content-Security-Policy"]').attributes["content"]
    assert policy is not None
    style = re.search(r"<style>(.*?)</style>", page, re.S)
    assert style is not None
    digest = base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode()
    assert f"style-src 'sha256-{digest}'" in policy
    assert policy.startswith("default-src 'none';")
    assert "unsafe" not in policy
    assert tree.css_first('meta[name="referrer"]').attributes["content"] == "no-referrer"


def test_strangers_are_escaped() -> None:
    audit = samples.hostile()
    page = audit_html(audit, extra={"truth": samples.HOSTILE})
    assert "<script" not in page
    assert "<img" not in page
    assert "<b>chan" not in page
    assert "javascript:" not in page
    assert not re.search("[\u202a-\u202e\u2066-\u2069\x1b\x07]", page)
    assert "{name}{0.__class__}" in text_of(page)  # shown as it was written, never filled in
    page.encode("utf-8")
    assert "W" * 1600 not in page
    assert "W" * 200 not in LexborHTMLParser(page).css_first("title").text()


def test_structure(page: str) -> None:
    tree = LexborHTMLParser(page)
    ids = [node.attributes["id"] for node in tree.css("[id]")]
    assert len(ids) == len(set(ids))
    for language in LANGUAGES:
        body = tree.css_first(f'.body[lang="{language}"]')
        levels = [int(node.tag[1]) for node in body.css("h1, h2, h3, h4")]
        assert levels[0] == 1
        assert levels.count(1) == 1
        assert all(after - before <= 1 for before, after in pairwise(levels))
        assert len(body.css("main")) == 1
    for svg in tree.css("svg"):
        if svg.parent is not None and svg.parent.tag == "svg":
            continue
        labelled = svg.attributes.get("role") == "img" and svg.attributes.get("aria-label")
        assert labelled or svg.attributes.get("aria-hidden") == "true"


def test_pictures_have_tables(page: str) -> None:
    for section in LexborHTMLParser(page).css("section"):
        if section.css("svg.hundred, svg.counted, svg.years, li > .line > svg[role=img]"):
            assert section.css("details table"), section.text()[:80]


def test_both_languages_and_the_first_one() -> None:
    for language in LANGUAGES:
        tree = LexborHTMLParser(audit_html(samples.rich(), language=language))
        checked = [node.attributes["value"] for node in tree.css("input[type=radio]") if "checked" in node.attributes]
        assert checked == [language]
        assert tree.css_first("html").attributes["lang"] == language
    page = audit_html(samples.rich())
    assert "Of 100 messages to Ada Rahman, 41 [37–46] were answered within 14 days." in text_of(page, "en")
    assert "Dari 100 pesan kepada Ada Rahman, 41 [37–46] dijawab dalam 14 hari." in text_of(page, "id")
    assert "1,184" in text_of(page, "en")
    assert "1.184" in text_of(page, "id")
    with pytest.raises(ValueError, match="xx"):
        audit_html(samples.rich(), language="xx")


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_bare_percentage_and_no_ignoring(page: str, language: str) -> None:
    text = text_of(page, language)
    assert not re.search(r"\d\s?%", text)
    assert not re.search(r"\bignor", text)
    assert "None" not in re.sub("None of the(m| messages)", "", text)
    assert "nan" not in re.findall(r"\bnan\b", text)


def test_not_measurable_draws_nothing() -> None:
    page = audit_html(samples.not_measurable())
    tree = LexborHTMLParser(page)
    assert tree.css("svg.hundred, svg.counted, svg.years") == []
    assert "How often Gita Pratiwi answers cannot be known from this data. The data holds no messages" in text_of(page)


def test_tiny_shows_its_counts() -> None:
    page = audit_html(samples.tiny())
    tree = LexborHTMLParser(page)
    assert tree.css("svg.hundred, svg.years") == []
    assert len(tree.css(".body[lang=en] svg.counted")) == 1
    assert "not enough to say" in text_of(page)


def test_four_of_four_is_not_four_of_many() -> None:
    of_four, of_many = audit_html(samples.few(4, 4, 1.0, 0.4, 1.0)), audit_html(samples.ALL["four_of_many"]())
    assert "A wide range" in text_of(of_four)
    assert "A wide range" not in text_of(of_many)
    assert "4 of 4 messages" in text_of(of_four)


def test_words_of_others_only_with_evidence_and_then_with_a_warning() -> None:
    without, with_words = text_of(audit_html(samples.rich())), text_of(audit_html(samples.rich(evidence=True)))
    assert "Budi" not in without
    assert "Do not pass it on" not in without
    assert "Budi" in with_words
    assert "Do not pass it on" in with_words
    assert "no answer within 14 days" in with_words


def test_what_was_planted_stands_beside_the_finding() -> None:
    page = audit_html(samples.rich(), extra={"truth": "One of <three>."})
    assert LexborHTMLParser(page).css_first(".body[lang=en] aside").text(separator=" ", strip=True) == (
        "What we planted One of <three>."
    )
    assert "What we planted" not in text_of(audit_html(samples.rich()))


def test_group_channels_show_what_it_takes_up() -> None:
    base = samples.not_measurable()
    overall = replace(base.answers.overall, reason=samples.reason("group_channel"))
    page = audit_html(replace(base, answers=replace(base.answers, overall=overall)))
    assert "Whose open questions does it take up?" in text_of(page)
    assert "Whose open questions does it take up?" not in text_of(audit_html(base))


def test_index_is_alphabetical_and_leads_to_the_cards() -> None:
    files = {name: f"{name} #1.html" for name in samples.ALL}
    page = index_html([(files[n], samples.ALL[n](), "Planted <b>" if n == "rich" else None) for n in samples.ALL])
    tree = LexborHTMLParser(page)
    names = [node.text() for node in tree.css(".body[lang=en] h2")]
    assert names == sorted(names, key=str.casefold)
    hrefs = {node.attributes["href"] for node in tree.css("a")}
    assert "rich%20%231.html" in hrefs
    assert "Planted <b>" in text_of(page)
    assert "<script" not in page
    assert LexborHTMLParser(index_html([])).css_first("h1") is not None


def test_quick() -> None:
    """Processor time, since other tests run beside this one."""
    audit = samples.rich(evidence=True)
    audit_html(audit)
    times = []
    for _ in range(8):
        start = time.process_time()
        audit_html(audit)
        times.append(time.process_time() - start)
    assert min(times) < 0.1


def test_absence_is_not_blamed_in_figures() -> None:
    page = audit_html(samples.away())
    text = text_of(page)
    assert "nothing can be said" in text
    assert not re.search(r"\b0 \[", text)
    assert "0 of 0" not in text
    assert "Nobody who came back" not in text
    assert "None of them can be judged." in text
    assert "None of the messages of these years can be judged." in text
    assert "see the figures" not in text
    assert "Of 0 messages" not in text
    assert "dijawab dalam 14 hari" not in text_of(page, "id").partition("Kurung [ ]")[0]


def test_unknown_is_not_none() -> None:
    facts = {
        fact.css_first("dt").text(): fact.css_first("dd").text()
        for fact in LexborHTMLParser(audit_html(samples.away())).css(".body[lang=en] .facts div")
    }
    assert facts["marked as spam"] == facts["automatic messages"] == facts["deleted since"] == "unknown"
    assert facts["came while the account was away"] == "9"


def test_what_the_dots_do_not_take_into_account() -> None:
    text = text_of(audit_html(samples.rich()))
    assert "how much there was to answer and the substance of the messages are not taken into account in them" in text
    assert "absence" not in text
    said = text_of(audit_html(samples.rich()), "id")
    assert "banyaknya pesan yang perlu dijawab dan isi pesan tidak diperhitungkan di dalamnya" in said


def test_the_load_and_silent_years_on_narrow_screens() -> None:
    page = LexborHTMLParser(audit_html(samples.rich()))
    rows = page.css_first(".body[lang=en] .lying-chart").text(separator=" ")
    assert "its answers: 140 · followers: 1,900" in rows
    assert "its answers: 390 · followers: 22k" in rows  # a year that cannot be measured has its load too
    assert "its own followers" in page.css_first(".body[lang=en]").text()
    page = LexborHTMLParser(audit_html(samples.few(4, 9, 0.4, 0.2, 0.7)))
    assert "its answers: 4" in page.css_first(".body[lang=en] .lying-chart").text()
    assert "followers" not in page.css_first(".body[lang=en] .lying-chart").text()
    assert "its own followers" not in page.css_first(".body[lang=en]").text()


def test_years_without_messages_are_in_both_charts() -> None:
    base = samples.rich()
    years = tuple(
        replace(year, year=year.year - 3 if year.year < 2023 else year.year) for year in base.answers.over_time
    )
    page = LexborHTMLParser(audit_html(replace(base, answers=replace(base.answers, over_time=years))))
    for chart in (".standing-chart", ".lying-chart"):
        names = [node.text() for node in page.css(f".body[lang=en] {chart} text.strong")]
        assert names == [str(year) for year in range(2018, 2027)]
    assert page.css_first(".body[lang=en] .lying-chart").text().count("no messages") == 3


def test_a_false_date_makes_no_thousand_years() -> None:
    base = samples.rich()
    years = (replace(base.answers.over_time[0], year=1), *base.answers.over_time)
    page = audit_html(replace(base, answers=replace(base.answers, over_time=years)))
    assert "2–2020" in text_of(page)
    assert len(LexborHTMLParser(page).css(".body[lang=en] .standing-chart text.strong")) == 8


def test_namesakes_stand_right_under_the_headline() -> None:
    page = LexborHTMLParser(audit_html(samples.namesakes()))
    head = page.css_first(".body[lang=en] .headline")
    assert head is not None
    following = head.next
    while following is not None and following.tag == "-text":
        following = following.next
    assert following is not None
    assert following.text().startswith("3 other signatures with the same name")
    assert "3 other signatures" in text_of(index_html([("a.html", samples.namesakes(), None)]))
