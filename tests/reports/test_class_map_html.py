"""The class map as a page: every sample in both languages, escaped, and every picture with the table of its numbers."""

from __future__ import annotations

import json
import re
from functools import cache
from itertools import pairwise

import pytest
from selectolax.lexbor import LexborHTMLParser, LexborNode

from permadani.findings.results import ClassMap, Ratio
from permadani.language import LANGUAGES, english, translator
from permadani.reports.class_map import class_map_html, class_map_json
from permadani.reports.notebook import class_map_frame, show_in_notebooks
from permadani.reports.page import _hash
from permadani.reports.parts.class_map import Told
from permadani.reports.parts.class_map.drawn import PANELS_SHOWN, Drawn
from permadani.reports.pictures import Field, Point, heat_map, panel, ratio_line, reach, shade, small_heat
from permadani.reports.words import Words

from . import samples

ALL = samples.CLASS_MAPS


@cache
def html(name: str) -> str:
    return class_map_html(ALL[name]())


@cache
def tree(name: str) -> LexborHTMLParser:
    return LexborHTMLParser(html(name))


def body(name: str, language: str = "en") -> LexborNode:
    node = tree(name).css_first(f'.body[lang="{language}"]')
    assert node is not None
    return node


def text_of(node: LexborNode) -> str:
    return re.sub(r"\s+", " ", node.text(separator=" ")).strip()


def told(found: ClassMap, language: str = "en") -> Told:
    translate = english if language == "en" else translator(language)
    return Told(found, Words(translate, html=True), Words(translate))


def cells(table: LexborNode) -> list[list[str]]:
    """What stands in the body of a table, without the labels of narrow screens."""
    rows = []
    for row in table.css("tbody tr"):
        head = row.css_first("th")
        assert head is not None
        values = [text_of(span) for span in row.css("td > span:last-child")]
        rows.append([text_of(head), *values])
    return rows


@pytest.mark.parametrize("name", ALL)
def test_the_page_loads_nothing_and_can_be_read_aloud(name: str) -> None:
    page = tree(name)
    for forbidden in ("script", "link", "img", "iframe", "object", "form", "use", "style + style", "[style]"):
        assert page.css(forbidden) == [], forbidden
    assert all(node.attributes.get("aria-label") for node in page.css("svg[role=img]"))
    hidden = [node for node in page.css("svg:not([role=img])") if node.parent is not None and node.parent.tag != "svg"]
    assert all(node.attributes.get("aria-hidden") for node in hidden)
    for language in LANGUAGES:
        levels = [int(str(node.tag)[1]) for node in body(name, language).css("h1, h2, h3, h4")]
        assert levels[0] == 1
        assert levels.count(1) == 1
        assert all(after - before <= 1 for before, after in pairwise(levels)), levels
    for table in page.css("table"):
        assert len({len(row.css("th, td")) for row in table.css("tr")}) == 1
        assert all(head.attributes["scope"] == "col" for head in table.css("thead th"))
        assert all(head.attributes["scope"] == "row" for head in table.css("tbody th"))
    html(name).encode("utf-8")


@pytest.mark.parametrize("name", ALL)
def test_the_policy_allows_our_style_sheet_alone(name: str) -> None:
    style = re.search(r"<style>(.*?)</style>", html(name), re.DOTALL)
    assert style is not None
    policy = tree(name).css_first("meta[http-equiv=Content-Security-Policy]")
    assert policy is not None
    assert policy.attributes["content"] == (
        f"default-src 'none'; style-src '{_hash(style[1])}'; img-src data:; base-uri 'none'; form-action 'none'"
    )


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ALL)
def test_nothing_of_the_machine_shows(name: str, language: str) -> None:
    node = body(name, language)
    words = text_of(node) + " ".join(str(svg.attributes.get("aria-label")) for svg in node.css("svg[role=img]"))
    assert not re.search(r"\b(nan|null|inf|True|False|None)\b", words)
    assert not re.search(r'(?:x|y|x1|x2|y1|y2|width|height|d)="[^"]*(?:nan|inf|None)', node.html or "")
    assert not re.search(r"\{[a-z_]*\}", words.replace("{name}{0.__class__}", ""))
    assert "map_" not in words


@pytest.mark.parametrize("name", ALL)
def test_every_picture_has_a_table(name: str) -> None:
    """A picture is a table itself, or its section holds one with what it says."""
    for picture in body(name).css("svg[role=img]"):
        section: LexborNode | None = picture
        while section is not None and section.tag != "section":
            section = section.parent
        assert section is not None
        assert section.css("details table"), picture.attributes["aria-label"]


def test_pictures_come_before_tables_before_prose() -> None:
    page = html("full")
    assert page.index('svg role="img"') < page.index("<table") < page.index('class="limits"')
    sections = [text_of(node) for node in body("full").css("h2")]
    assert sections == [
        "Who is heard", "Each channel by itself", "By how many follow them", "First posts and later ones",
        "Who answers whom", "Whether the seniors form a closed club", "Who speaks to whom first", "Who passes on whom",
        "How unequally",
        "Do newcomers write again?", "Over time", "What was collected", "What could not be known",
    ]  # fmt: skip


@pytest.mark.parametrize("name", ["full", "partial", "list"])
def test_dots_and_table_hold_the_same_figures(name: str) -> None:
    section = body(name).css_first("section.first")
    assert section is not None
    rows = {row[0]: row[4] for row in cells(section.css("table")[0])}
    figures = section.css("figure")
    assert len(figures) == 4
    for figure in figures:
        said = f"{text_of(figure.css('.number b')[0])} {text_of(figure.css('.number .range')[0])}"
        key = (figure.attributes["class"] or "").split()[-1]
        shown = {"junior": "juniors", "middle": "middle", "senior": "seniors", "unknown": "unknown"}[key]
        assert rows[shown] == said
        assert said in str(figure.css("svg.hundred")[0].attributes["aria-label"])


@pytest.mark.parametrize("name", ["full", "partial", "list", "hostile"])
def test_heat_map_and_table_hold_the_same_figures(name: str) -> None:
    names = {"juniors": "juniors", "the middle": "middle", "seniors": "seniors", "unknown": "unknown"}
    for heat in body(name).css("table.heat"):
        assert heat.parent is not None
        below = {(row[0], row[1]): row[-1] for row in cells(heat.parent.css("details table")[0])}
        heads = [text_of(node).removeprefix("to ") for node in heat.css("thead th")[1:]]
        seen = 0
        for row in heat.css("tbody tr"):
            source = text_of(row.css("th")[0])
            for head, field in zip(heads, row.css("td"), strict=True):
                parts = [*field.css(".times"), *field.css(".bounds")]
                figure = " ".join(text_of(part) for part in parts)
                assert below.get((source, names[head]), "too few") == figure
                seen += 1
        assert seen == 16


def test_shades_follow_the_range_and_not_the_figure() -> None:
    """What may be chance has no colour, however far from 1."""
    for name in ("full", "partial"):
        found = ALL[name]()
        heat = body(name).css("table.heat")[0]
        shades = [node.attributes["class"] or "" for node in heat.css("td")]
        for cell, kind in zip(found.answers.cells, shades, strict=True):
            ratio = cell.ratio
            clear = ratio.low is not None and ratio.high is not None and (ratio.low > 1 or ratio.high < 1)
            assert ("-" in kind) == clear
            assert (kind == "few") == (ratio.value is None)
    assert [shade("more", v) for v in (1.1, 1.3, 2.0, 3.0)] == ["more-1", "more-2", "more-3", "more-4"]
    assert [shade("less", v) for v in (0.9, 0.7, 0.5, 0.0)] == ["less-1", "less-2", "less-3", "less-4"]
    assert shade("either", 9.0) == "either"


def test_the_club_has_its_three_figures_and_their_table() -> None:
    rows = [text_of(node) for node in body("full").css(".ratios li:not(.scale)")]
    assert [row.split(" ")[0] for row in rows] == ["seniors", "everybody", "the"]
    found = ALL["full"]().closure
    for row, ratio in zip(rows, (found.seniors_to_seniors, found.others_to_seniors, found.relative), strict=True):
        assert isinstance(ratio, Ratio)
        assert ratio.value is not None
        assert f"{ratio.value:.3g}"[:3] in row
    assert "The seniors form a closed club" in text_of(body("full").css(".headline")[0])
    assert "closed club" not in text_of(body("partial").css(".opening")[0])
    verdicts = {name: text_of(body(name).css(".main > .verdict")[0]) for name in ALL}
    assert verdicts["partial"] == verdicts["list"] == "Not enough evidence."
    assert verdicts["flat"] == verdicts["empty"] == "Not measurable."


def test_over_time_every_period_is_in_the_tables() -> None:
    for name, first, last in (("full", "2012", "2023"), ("months", "Jan 2021", "Aug 2022")):
        over = next(node for node in body(name).css("section") if node.css(".panels"))
        reception, club, heats, _trends = over.css("table")
        periods = [row[0] for row in cells(reception)]
        assert (periods[0], periods[-1], len(periods)) == (first, last, len(ALL[name]().over_time))
        assert [row[0] for row in cells(club)] == periods
        assert {row[0] for row in cells(heats)} <= set(periods)
        figures = {figure for row in cells(reception) + cells(club) for figure in row[1:]}
        assert len(over.css(".panels li")) == 12
        for said in over.css(".panels .whole"):
            assert text_of(said) in figures


def test_there_are_at_most_so_many_panels() -> None:
    found = ALL["months"]()
    long = ClassMap(**{
        **{name: getattr(found, name) for name in ClassMap.__dataclass_fields__ if name != "schema"},
        "over_time": found.over_time * 4,
    })  # fmt: skip
    drawn = Drawn(told(long))
    beside = len(drawn.reception_panels()) + len(drawn.club_panels()) + len(drawn.spread_panels())
    heats = drawn.heats(beside)
    assert beside + len(heats) == PANELS_SHOWN
    assert len({row[0] for row in drawn.heats_rows()}) == 20
    assert len(drawn.heats_rows()) == 80 * 4


def test_unknown_is_never_nought() -> None:
    empty = text_of(body("empty"))
    assert "Whether posts were answered cannot be seen in this data." in empty
    assert not body("empty").css("svg[role=img]")
    assert "84 [50–100]" in text_of(body("flat"))
    assert "who answers whom cannot be known" in text_of(body("flat"))
    over = next(node for node in body("full").css(".over-time") if node.css(".panels"))
    gap = next(row for row in cells(over.css("table")[0]) if row[0] == "2015")
    assert set(gap[1:]) <= {"–", "0"}


def test_strangers_are_escaped() -> None:
    page = html("hostile")
    assert "<script" not in page
    assert "<img" not in page
    assert not re.search("[\u202a-\u202e\u2066-\u2069\x1b\x07]", page)
    assert "&lt;script&gt;alert(1)" in page
    title = tree("hostile").css_first("title")
    assert title is not None
    assert "\n" not in title.text()
    assert len(title.text()) < 200


def test_pictures_escape_what_they_are_given() -> None:
    bad = '"><script>'
    field = Field("more", 2.0, bad, bad, bad)
    drawn = (
        heat_map([bad, bad], [bad], [(bad, [field])], bad),
        small_heat([bad], [[("more", 2.0)]], bad),
        panel([Point(0.5)], bad, (bad, bad), [(0.0, bad)], bad),
        ratio_line(2.0, None, None, bad, bad, 4),
    )
    for one in drawn:
        assert "<script>" not in one
        assert "&lt;script&gt;" in one


def test_nothing_is_drawn_across_what_is_not_known() -> None:
    points = [Point(0.5, 0.4, 0.6), Point(0.6, 0.5, 0.7), Point(None), Point(0.2, 0.1, 0.3), Point(None)]
    picture = panel(points, "all", ("1", "5"), [(0.0, "0")], "label")
    assert picture.count('class="run"') == 1
    assert picture.count('class="gap"') == 2
    assert picture.count('class="alone"') == 1
    assert picture.count('class="sure"') == 3


@pytest.mark.parametrize(
    ("values", "far"),
    [([], 4), ([None, 1.2], 4), ([0.2], 9), ([0.0, 3.0], 4), ([12.0], 16), ([1e9], 64), ([float("1e-300")], 64)],
)
def test_the_line_reaches_as_far_as_its_figures(values: list[float | None], far: int) -> None:
    assert reach(values) == far


def test_one_is_in_the_middle_and_ends_are_ends() -> None:
    assert '<svg x="50.00%"' in ratio_line(1.0, 0.5, 2.0, "senior", "label", 4)
    assert '<rect class="maybe" x="25.00%" y="10" width="50.00%"' in ratio_line(1.0, 0.5, 2.0, "senior", "label", 4)
    assert '<svg x="100.00%"' in ratio_line(99.0, None, None, "senior", "label", 4)
    assert '<svg x="0.00%"' in ratio_line(0.0, 0.0, 0.4, "senior", "label", 4)
    assert "bound" not in ratio_line(1.0, 0.5, 2.0, "senior", "label", 4)
    assert 'class="bound" x1="64.62%"' in ratio_line(1.0, 0.5, 2.0, "senior", "label", 4, 1.5)


@pytest.mark.parametrize("name", ALL)
def test_json(name: str) -> None:
    text = class_map_json(ALL[name]())
    record = json.loads(text, parse_constant=pytest.fail)
    assert record["schema"] == "permadani.classes/1"
    assert text.endswith("}\n")
    text.encode("utf-8")


def test_an_unknown_language_is_an_error() -> None:
    with pytest.raises(ValueError, match="xx"):
        class_map_html(ALL["empty"](), language="xx")


def test_in_notebooks_in_a_frame() -> None:
    frame = class_map_frame(ALL["hostile"]())
    assert frame.startswith("<iframe sandbox srcdoc=")
    assert frame.count("<") == 2
    show_in_notebooks()
    found = ALL["empty"]()
    assert found._repr_html_() == class_map_frame(found)  # type: ignore[attr-defined]
