"""The grammar of the pictures: solid, dotted, ring."""

from __future__ import annotations

import re

import pytest
from lxml import etree

from permadani.reports import pictures


def marks(svg: str, kind: str) -> int:
    root = etree.fromstring(svg.encode())
    return sum(path.get("d", "").count("M") for path in root.iter("path") if path.get("class") == kind)


@pytest.mark.parametrize("group", ["newcomer", "regular", "junior", "middle", "senior", "unknown"])
def test_hundred_dots_are_always_a_hundred(group: str) -> None:
    svg = pictures.hundred(0.41, 0.37, 0.46, group, "a sentence")
    assert [marks(svg, kind) for kind in ("sure", "maybe", "rest", "ring")] == [37, 9, 54, 1]
    assert 'role="img" aria-label="a sentence"' in svg


@pytest.mark.parametrize(
    ("rate", "low", "high", "expected"),
    [
        (0.0, 0.0, 0.03, [0, 3, 97, 0]),
        (0.002, 0.0, 0.006, [0, 1, 99, 1]),
        (1.0, 0.4, 1.0, [40, 60, 0, 1]),
        (0.3, 0.2, None, [20, 80, 0, 1]),
        (0.3, None, None, [30, 70, 0, 1]),
    ],
)
def test_edges(rate: float, low: float | None, high: float | None, expected: list[int]) -> None:
    svg = pictures.hundred(rate, low, high, "newcomer", "")
    assert [marks(svg, kind) for kind in ("sure", "maybe", "rest", "ring")] == expected


def test_too_few_for_a_rate_are_drawn_one_by_one() -> None:
    assert [marks(pictures.counted(4, 9, "newcomer", ""), k) for k in ("sure", "empty", "rest")] == [4, 5, 0]
    assert [marks(pictures.counted(0, 0, "newcomer", ""), k) for k in ("sure", "empty")] == [0, 0]
    assert marks(pictures.counted(900, 1000, "newcomer", ""), "sure") == 50


def test_labels_are_escaped() -> None:
    svg = pictures.hundred(0.4, 0.3, 0.5, '"><script>', '"><script>alert(1)</script>')
    assert "<script" not in svg
    etree.fromstring(svg.encode())


def test_charts_are_well_formed_and_text_keeps_its_size() -> None:
    bars = [
        pictures.Bar("2021", 0.84, 0.7, 0.9, "84", ("120", "3")),
        pictures.Bar("2022", None, None, None, "–", ("7", "0"), "not measurable"),
        pictures.Bar("2022b", None, None, None, "", ("–", "–")),
        pictures.Bar("2023", 0.0, 0.0, 0.1, "0", ("<&>", "0")),
    ]
    charts = [
        pictures.years(bars, ["messages", "its answers"], "label"),
        pictures.year_rows(bars, "label"),
        pictures.interval(0.5, None, 0.9, "neutral", "label"),
        pictures.waiting(None, 336, "junior", "label"),
        pictures.waiting(5.0, 336, "junior", "label"),
        pictures.parts_of([(0.5, "automatic"), (0.5, "by-hand")], "label"),
    ]
    for chart in charts:
        etree.fromstring(chart.encode())
        assert "viewBox" not in chart
        assert not re.search(r'width="-|height="-', chart)
    assert '<rect class="unknown"' in charts[0]
    assert charts[0].count('class="bar"') == 2


def test_every_tone_has_its_own_mark() -> None:
    from permadani.reports.texts import TONES

    tones = {*TONES.values(), "measured", "later"}
    assert len({str(pictures.verdict_mark(tone)) for tone in tones}) == len(tones)
