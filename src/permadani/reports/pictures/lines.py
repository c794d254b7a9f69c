"""Pictures on one line: a share with its range, a wait, a blind choice, parts of a whole."""

from __future__ import annotations

from collections.abc import Sequence
from math import log

from markupsafe import Markup, escape

from permadani.findings.results import BlindChoice, Usual
from permadani.reports.pictures.shapes import picture, shape

_STROKES = (1, 24, 168)  # hours


def interval(rate: float, low: float | None, high: float | None, group: str, label: str) -> Markup:
    """The same on one line 0–100, for rows of a table."""
    left, right = 100 * (rate if low is None else low), 100 * (1.0 if high is None else high)
    parts = [
        '<rect class="rest" x="0" y="5" width="100%" height="8" rx="4"/>',
        f'<rect class="sure" x="0" y="5" width="{left:.2f}%" height="8" rx="4"/>',
        f'<rect class="maybe" x="{left:.2f}%" y="5.5" width="{max(0.0, right - left):.2f}%" height="7"/>',
        f'<rect class="tick" x="{min(99.2, 100 * rate):.2f}%" y="1" width="3" height="16"/>',
    ]
    return picture(parts, f'class="interval {escape(group)}" height="18"', label)


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
        path = shape(group, 0, 0, 7)
        parts.append(f'<svg x="{x:.2f}%" y="11" overflow="visible"><path class="sure" d="{path}"/></svg>')
    return picture(parts, f'class="waiting {escape(group)}" height="22"', label)


def blind(choice: BlindChoice, group: str, label: str, went: str, expected: str) -> Markup:
    """Where the answers went (the group's mark, ``went`` above it), and where a blind choice would have sent them
    (the band, ``expected`` below it)."""

    def at(number: float) -> float:
        return 100 * min(1.0, max(0.0, number / choice.answers)) if choice.answers else 0.0

    path = shape(group, 0, 0, 8)
    low, middle, high = at(choice.expected_low), at(choice.expected), at(choice.expected_high)
    observed = at(choice.observed)
    parts = [
        '<line class="axis" x1="0" x2="100%" y1="36" y2="36"/>',
        '<line class="axis" x1="0" x2="0" y1="31" y2="41"/><line class="axis" x1="100%" x2="100%" y1="31" y2="41"/>',
        f'<rect class="band" x="{low:.2f}%" y="27" width="{max(0.5, high - low):.2f}%" height="18" rx="9"/>',
        f'<line class="whisker" x1="{middle:.2f}%" x2="{middle:.2f}%" y1="24" y2="48"/>',
        f'<svg x="{observed:.2f}%" y="36" overflow="visible"><path class="sure" d="{path}"/></svg>',
        beside(observed, 16, went, "ink strong"),
        beside(middle, 66, expected, "soft"),
    ]
    return picture(parts, f'class="blind {escape(group)}" height="72"', label)


def beside(across: float, y: int, text: str, kind: str, anchor: str | None = None) -> str:
    """A text over or under a place on the line, kept within it at both ends; ``anchor`` leaves it at its place."""
    x = across
    if anchor is None:
        x, anchor = (0.0, "start") if across < 30 else (100.0, "end") if across > 70 else (across, "middle")
    return f'<text class="{kind}" x="{x:.2f}%" y="{y}" text-anchor="{anchor}">{escape(text)}</text>'


def usual(rate: float, usual: Usual, label: str, names: tuple[str, str]) -> Markup:
    """The quartiles of others as a box on a line 0-100, the account's own share as a ring; ``names`` of the two."""
    low, middle, high, own = (100 * min(1.0, max(0.0, share)) for share in (usual.low, usual.median, usual.high, rate))
    parts = [
        '<line class="axis" x1="0" x2="100%" y1="36" y2="36"/>',
        f'<rect class="band" x="{low:.2f}%" y="27" width="{max(0.5, high - low):.2f}%" height="18"/>',
        f'<line class="whisker" x1="{middle:.2f}%" x2="{middle:.2f}%" y1="24" y2="48"/>',
        f'<svg x="{own:.2f}%" y="36" overflow="visible"><circle class="own" r="7"/></svg>',
        beside(own, 16, names[0], "ink strong"),
        beside(middle, 66, names[1], "soft"),
    ]
    return picture(parts, 'class="usual" height="72"', label)


def share_bar(part: int, whole: int, group: str) -> Markup:
    """How many of a whole, for a row whose words say the same."""
    width = 100 * min(1.0, max(0.0, part / whole)) if whole else 0.0
    inside = (
        '<rect class="rest" x="0" y="1" width="100%" height="12"/>'
        f'<rect class="sure" x="0" y="1" width="{width:.2f}%" height="12"/>'
    )
    return Markup(f'<svg class="share {escape(group)}" height="14" aria-hidden="true">{inside}</svg>')  # noqa: S704


def parts_of(shares: Sequence[tuple[float, str]], label: str) -> Markup:
    """One bar in parts, in order; each with its CSS class (``automatic``, ``by-hand``, ``unknown``…)."""
    parts, left = [], 0.0
    for share, kind in shares:
        parts.append(
            f'<rect class="{escape(kind)}" x="{left * 100:.2f}%" y="1" width="{share * 100:.2f}%" height="16"/>'
        )
        left += share
    return picture(parts, 'class="parts" height="18"', label)
