"""How long something took: quartiles on one logarithmic line from a minute to a year."""

from __future__ import annotations

from collections.abc import Sequence
from math import log

from markupsafe import Markup

from permadani.findings.results import Hours
from permadani.reports.pictures.lines import beside
from permadani.reports.pictures.shapes import picture

DELAY_STROKES = (1 / 60, 1, 24, 168, 8760)
"""A minute, an hour, a day, a week, a year, in hours."""


def along(hours: float) -> float:
    """Where a time stands on the line, 0..1; what is shorter or longer stands at an end."""
    start, end = log(DELAY_STROKES[0]), log(DELAY_STROKES[-1])
    return min(1.0, max(0.0, (log(max(hours, DELAY_STROKES[0])) - start) / (end - start)))


def delays(
    quarter: float, median: Hours, three_quarters: float, label: str, name: str, scale: Sequence[tuple[float, str]]
) -> Markup:
    """The middle half as a band, the median as a ring with its interval as a line; ``name`` stands over it.

    ``scale``: strokes in hours and what they are called.
    """
    left, right, middle = (100 * along(hours) for hours in (quarter, three_quarters, median.hours))
    low = 0.0 if median.low is None else 100 * along(median.low)
    high = 100.0 if median.high is None else 100 * along(median.high)
    parts = ['<line class="axis" x1="0" x2="100%" y1="36" y2="36"/>']
    for hours, said in scale:
        x = 100 * along(hours)
        parts.append(f'<line class="axis" x1="{x:.2f}%" x2="{x:.2f}%" y1="48" y2="54"/>')
        parts.append(beside(x, 70, said, "soft", _anchor(x)))
    parts += [
        f'<rect class="band" x="{left:.2f}%" y="27" width="{max(0.5, right - left):.2f}%" height="18"/>',
        f'<line class="whisker" x1="{low:.2f}%" x2="{high:.2f}%" y1="36" y2="36"/>',
        f'<svg x="{middle:.2f}%" y="36" overflow="visible"><circle class="own" r="7"/></svg>',
        beside(middle, 16, name, "ink strong", _anchor(middle)),
    ]
    return picture(parts, 'class="usual" height="76"', label)


def _anchor(across: float) -> str:
    """Texts at an end of the line stay within it."""
    return "start" if across < 8 else "end" if across > 92 else "middle"
