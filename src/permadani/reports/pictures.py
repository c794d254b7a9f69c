"""Pictures as SVG: pure functions from shares to ``Markup``. Each needs the sentence that says the same.

Grammar shared by all: solid up to the lower bound, dotted up to the upper, a ring (or a tick) at the estimate.
Colours are CSS classes, never attributes, so that dark and print can change them. Charts with text use per cent
across and pixels down and no viewBox: they fill any width and their letters keep their size.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import log

from markupsafe import Markup, escape

from permadani.findings.results import BlindChoice
from permadani.reports.words import whole

PITCH, RADIUS = 20, 7.4
_STROKES = (1, 24, 168)  # hours
_YEAR_ROW = 68  # pixels: name and figure, bar, load
_NOTED = 8  # up to so many years there is room for the words "not measurable"


def hundred(rate: float, low: float | None, high: float | None, group: str, label: str) -> Markup:
    """A hundred dots, ten by ten. A missing bound is drawn as if it were the estimate (solid) or 100 (dotted)."""
    solid = whole(rate if low is None else low)
    dotted = max(solid, whole(1.0 if high is None else high))
    estimate = min(max(1, whole(rate)), 100) if rate > 0 else 0
    parts = [
        _marks(range(solid), group, "sure"),
        _marks(range(solid, dotted), group, "maybe"),
        _marks(range(dotted, 100), group, "rest"),
    ]
    if estimate:
        x, y = _place(estimate - 1, 10)
        parts.append(f'<path class="ring" d="{_shape(group, x, y, RADIUS + 1.1)}"/>')
    return _picture(parts, f'class="hundred {escape(group)}" viewBox="0 0 200 200"', label)


def counted(answered: int, total: int, group: str, label: str) -> Markup:
    """Too few for a rate: every message is its own mark, filled where it was answered. At most 50 are drawn."""
    shown = min(total, 50)
    columns = 10 if shown > 5 else 5
    rows = max(1, -(-shown // columns))
    parts = [
        _marks(range(min(answered, shown)), group, "sure", columns),
        _marks(range(min(answered, shown), shown), group, "empty", columns),
    ]
    box = f"0 0 {columns * PITCH} {rows * PITCH}"
    return _picture(parts, f'class="counted c{columns} {escape(group)}" viewBox="{box}"', label)


def mark(group: str) -> Markup:
    """The shape of a group, to stand before its name."""
    path = f'<path class="sure" d="{_shape(group, 10, 10, 8)}"/>'
    return Markup(f'<svg class="mark {escape(group)}" viewBox="0 0 20 20" aria-hidden="true">{path}</svg>')  # noqa: S704


def interval(rate: float, low: float | None, high: float | None, group: str, label: str) -> Markup:
    """The same on one line 0–100, for rows of a table."""
    left, right = 100 * (rate if low is None else low), 100 * (1.0 if high is None else high)
    parts = [
        '<rect class="rest" x="0" y="5" width="100%" height="8" rx="4"/>',
        f'<rect class="sure" x="0" y="5" width="{left:.2f}%" height="8" rx="4"/>',
        f'<rect class="maybe" x="{left:.2f}%" y="5.5" width="{max(0.0, right - left):.2f}%" height="7"/>',
        f'<rect class="tick" x="{min(99.2, 100 * rate):.2f}%" y="1" width="3" height="16"/>',
    ]
    return _picture(parts, f'class="interval {escape(group)}" height="18"', label)


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
    return _picture(parts, f'class="years" height="{floor + 34 + 19 * len(lines)}"', label)


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
    return _picture(parts, f'class="year-rows" height="{_YEAR_ROW * len(bars)}"', label)


def _along(hours: float, window_hours: float) -> float:
    """Per cent along a logarithmic line from half an hour to the window."""
    start, end = log(0.5), log(max(window_hours, 48))
    return 100 * min(1.0, max(0.0, (log(max(hours, 0.5)) - start) / (end - start)))


def waiting_scale(window_hours: float, names: Sequence[str]) -> Markup:
    """Names of the strokes at an hour, a day and a week; told in words elsewhere."""
    parts = [
        f'<text class="soft" x="{_along(hours, window_hours):.2f}%" y="14" text-anchor="middle">{escape(name)}</text>'
        for hours, name in zip(_STROKES, names, strict=True)
    ]
    return Markup(f'<svg class="waiting" height="18" aria-hidden="true">{"".join(parts)}</svg>')  # noqa: S704


def waiting(median_hours: float | None, window_hours: float, group: str, label: str) -> Markup:
    """When half had an answer, on a line from half an hour to the window (logarithmic: an hour, a day, a week)."""

    def at(hours: float) -> float:
        return _along(hours, window_hours)

    parts = [
        '<line class="axis" x1="0" x2="100%" y1="11" y2="11"/>',
        *(f'<line class="axis" x1="{at(hours):.2f}%" x2="{at(hours):.2f}%" y1="6" y2="16"/>' for hours in _STROKES),
    ]
    if median_hours is None:
        parts.append('<line class="never" x1="0" x2="100%" y1="11" y2="11"/>')
    else:
        x = min(98.0, max(2.0, at(median_hours)))
        shape = _shape(group, 0, 0, 7)
        parts.append(f'<svg x="{x:.2f}%" y="11" overflow="visible"><path class="sure" d="{shape}"/></svg>')
    return _picture(parts, f'class="waiting {escape(group)}" height="22"', label)


def blind(choice: BlindChoice, group: str, label: str) -> Markup:
    """Where the answers went (the group's mark), and where a blind choice would have sent them (the band)."""

    def at(number: float) -> float:
        return 100 * min(1.0, max(0.0, number / choice.answers)) if choice.answers else 0.0

    shape = _shape(group, 0, 0, 8)
    low, expected, high = at(choice.expected_low), at(choice.expected), at(choice.expected_high)
    parts = [
        '<line class="axis" x1="0" x2="100%" y1="14" y2="14"/>',
        f'<rect class="band" x="{low:.2f}%" y="5" width="{max(0.5, high - low):.2f}%" height="18" rx="9"/>',
        f'<line class="whisker" x1="{expected:.2f}%" x2="{expected:.2f}%" y1="2" y2="26"/>',
        f'<svg x="{at(choice.observed):.2f}%" y="14" overflow="visible"><path class="sure" d="{shape}"/></svg>',
    ]
    return _picture(parts, f'class="blind {escape(group)}" height="28"', label)


def parts_of(shares: Sequence[tuple[float, str]], label: str) -> Markup:
    """One bar in parts, in order; each with its CSS class (``automatic``, ``by-hand``, ``unknown``…)."""
    parts, left = [], 0.0
    for share, kind in shares:
        parts.append(
            f'<rect class="{escape(kind)}" x="{left * 100:.2f}%" y="1" width="{share * 100:.2f}%" height="16"/>'
        )
        left += share
    return _picture(parts, 'class="parts" height="18"', label)


_VERDICT_MARKS = {
    "less": '<path class="fill" d="M10 17 2 4h16z"/>',
    "less-signs": '<path class="line" d="M10 16 3 5h14z"/>',
    "more": '<path class="fill" d="M10 3l8 13H2z"/>',
    "more-signs": '<path class="line" d="M10 4l7 11H3z"/>',
    "even": '<path class="fill" d="M2 5h16v4H2zm0 6h16v4H2z"/>',
    "half": '<circle class="line" cx="10" cy="10" r="7"/><path class="fill" d="M10 3a7 7 0 0 1 0 14z"/>',
    "open": '<circle class="line" cx="10" cy="10" r="7"/>',
    "measured": '<circle class="fill" cx="10" cy="10" r="7"/>',
    "cannot": '<circle class="line" cx="10" cy="10" r="7"/><path class="line" d="M5 15 15 5"/>',
    "later": '<circle class="line dashed" cx="10" cy="10" r="7"/>',
}


def verdict_mark(tone: str) -> Markup:
    return Markup(  # noqa: S704 - constants only
        f'<svg class="verdict-mark" viewBox="0 0 20 20" aria-hidden="true">{_VERDICT_MARKS[tone]}</svg>'
    )


def _picture(parts: Sequence[str], attributes: str, label: str) -> Markup:
    inside = "".join(parts)
    return Markup(f'<svg role="img" aria-label="{escape(label)}" {attributes}>{inside}</svg>')  # noqa: S704


def _place(index: int, columns: int) -> tuple[float, float]:
    return (index % columns + 0.5) * PITCH, (index // columns + 0.5) * PITCH


def _marks(places: range, group: str, kind: str, columns: int = 10) -> str:
    """All marks of one kind as one path: a hundred circles would be ten times as long."""
    if not places:
        return ""
    radius = RADIUS - 0.7 if kind in {"maybe", "empty"} else RADIUS
    path = "".join(_shape(group, *_place(index, columns), radius) for index in places)
    return f'<path class="{kind}" d="{path}"/>'


def _shape(group: str, x: float, y: float, radius: float) -> str:
    """Every group has a shape of its own: circle, square, triangle, diamond, hexagon."""
    r = radius
    if group == "regular":
        s = r * 0.9
        return f"M{x - s:g} {y - s:g}h{2 * s:g}v{2 * s:g}h{-2 * s:g}z"
    if group == "junior":
        return f"M{x:g} {y - r:g}l{r:g} {1.8 * r:g}h{-2 * r:g}z"
    if group == "middle":
        return f"M{x:g} {y - r:g}l{r:g} {r:g}l{-r:g} {r:g}l{-r:g} {-r:g}z"
    if group == "senior":
        h, q = r * 0.5, r * 0.92
        return f"M{x - h:g} {y - q:g}h{2 * h:g}l{h:g} {q:g}l{-h:g} {q:g}h{-2 * h:g}l{-h:g} {-q:g}z"
    return f"M{x - r:g} {y:g}a{r:g} {r:g} 0 1 0 {2 * r:g} 0a{r:g} {r:g} 0 1 0 {-2 * r:g} 0z"
