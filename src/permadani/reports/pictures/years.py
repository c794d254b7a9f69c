"""Shares by year: bars with whiskers, standing and lying."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from permadani.reports.pictures.shapes import picture

_YEAR_ROW = 68  # pixels: name and figure, bar, load
_NOTED = 8  # up to so many years there is room for the words "not measurable"


@dataclass(frozen=True, slots=True)
class Bar:
    """One year: shares 0..1, or ``note`` where nothing can be drawn, or ``silent``; ``below``: its numbers."""

    name: str
    rate: float | None
    low: float | None
    high: float | None
    value: str
    below: tuple[str, ...]
    note: str = ""
    silent: bool = False


def years(bars: Sequence[Bar], lines: Sequence[str], label: str) -> Markup:
    """Bars with whiskers side by side, on a full scale of 0–100; ``lines`` name the rows of numbers below."""
    top, floor = 26, 206
    step = 85 / max(1, len(bars))
    wide = min(step * 0.56, 7)
    parts: list[str] = []
    for share in (0, 25, 50, 75, 100):
        y = floor - (floor - top) * share / 100
        parts.append(f'<line class="{"axis" if share == 0 else "grid"}" x1="15%" x2="100%" y1="{y:g}" y2="{y:g}"/>')
        parts.append(f'<text class="soft" x="14%" y="{y + 4:g}" text-anchor="end">{share}</text>')
    for row, line in enumerate(lines):
        parts.append(f'<text class="soft" x="0" y="{floor + 42 + 19 * row}">{escape(line)}</text>')
    for index, bar in enumerate(bars):
        centre = 15 + step * (index + 0.5)
        middle = f'x="{centre:.3f}%" text-anchor="middle"'
        if bar.silent:
            parts.append(f'<text class="soft" {middle} y="{floor - 8}">–</text>')
        elif bar.rate is None:
            parts.append(
                f'<rect class="unknown" x="{centre - wide / 2:.3f}%" y="{floor - 40}" width="{wide:.3f}%" height="39"/>'
                f'<text class="ink" {middle} y="{floor - 15}">?</text>'
            )
            words = bar.note.split() if len(bars) <= _NOTED else []
            for row, word in enumerate(reversed(words)):
                parts.append(f'<text class="soft" {middle} y="{floor - 50 - 16 * row}">{escape(word)}</text>')
        else:
            parts.extend(_bar(bar, centre, wide, top, floor))
        parts.append(f'<text class="ink strong" {middle} y="{floor + 20}">{escape(bar.name)}</text>')
        for row, text in enumerate(bar.below):
            parts.append(f'<text class="soft" {middle} y="{floor + 42 + 19 * row}">{escape(text)}</text>')
    return picture(parts, f'class="years" height="{floor + 34 + 19 * len(lines)}"', label)


def _bar(bar: Bar, centre: float, wide: float, top: int, floor: int) -> list[str]:
    scale = floor - top
    rate = bar.rate or 0.0
    height = max(1.0, rate * scale)
    parts = [
        f'<rect class="bar" x="{centre - wide / 2:.3f}%" y="{floor - height:.1f}" width="{wide:.3f}%" '
        f'height="{height:.1f}"/>'
    ]
    whisker = centre + wide / 4
    if bar.low is not None and bar.high is not None:
        summit, foot = floor - bar.high * scale, floor - bar.low * scale
        parts.append(
            f'<line class="whisker" x1="{whisker:.3f}%" x2="{whisker:.3f}%" y1="{summit:.1f}" y2="{foot:.1f}"/>'
            + "".join(
                f'<line class="whisker" x1="{whisker - wide / 10:.3f}%" x2="{whisker + wide / 10:.3f}%" '
                f'y1="{y:.1f}" y2="{y:.1f}"/>'
                for y in (summit, foot)
            )
        )
    # The number stands on its bar, left of the whisker: at the whisker's end it would read as a high one.
    parts.append(
        f'<text class="ink value" x="{whisker:.3f}%" dx="-8" text-anchor="end" y="{floor - height - 5:.1f}">'
        f"{escape(bar.value)}</text>"
    )
    return parts


def year_rows(bars: Sequence[Bar], label: str) -> Markup:
    """The same lying down, one year a line, for narrow screens and many years."""
    parts: list[str] = []
    for index, bar in enumerate(bars):
        y = 4 + index * _YEAR_ROW
        beside = " · ".join((bar.value, bar.below[0])) if bar.rate is not None and bar.below else bar.note
        parts.append(
            f'<text class="ink strong" x="0" y="{y + 13}">{escape(bar.name)}</text>'
            f'<text class="soft" x="100%" y="{y + 13}" text-anchor="end">{escape(beside)}</text>'
        )
        if bar.silent:
            parts.append(f'<line class="grid" x1="0" x2="100%" y1="{y + 27}" y2="{y + 27}"/>')
            continue
        parts.append(f'<rect class="rest" x="0" y="{y + 22}" width="100%" height="10"/>')
        if len(bar.below) > 1:
            parts.append(f'<text class="soft" x="0" y="{y + 49}">{escape(bar.below[1])}</text>')
        if bar.rate is None:
            parts.append(f'<rect class="unknown" x="0" y="{y + 22}" width="100%" height="10"/>')
            continue
        parts.append(f'<rect class="bar" x="0" y="{y + 22}" width="{max(0.4, bar.rate * 100):.2f}%" height="10"/>')
        if bar.low is not None and bar.high is not None:
            parts.append(
                f'<line class="whisker" x1="{bar.low * 100:.2f}%" x2="{bar.high * 100:.2f}%" '
                f'y1="{y + 27}" y2="{y + 27}"/>'
                + "".join(
                    f'<line class="whisker" x1="{x * 100:.2f}%" x2="{x * 100:.2f}%" y1="{y + 23}" y2="{y + 31}"/>'
                    for x in (bar.low, bar.high)
                )
            )
    return picture(parts, f'class="year-rows" height="{_YEAR_ROW * len(bars)}"', label)
