"""Icon arrays: of a hundred, or one by one where there are too few for a rate."""

from __future__ import annotations

from markupsafe import Markup, escape

from permadani.reports.pictures.shapes import PITCH, RADIUS, marks, picture, place, shape
from permadani.reports.words import whole


def hundred(rate: float, low: float | None, high: float | None, group: str, label: str) -> Markup:
    """A hundred dots, ten by ten. A missing bound is drawn as if it were the estimate (solid) or 100 (dotted)."""
    solid = whole(rate if low is None else low)
    dotted = max(solid, whole(1.0 if high is None else high))
    estimate = min(max(1, whole(rate)), 100) if rate > 0 else 0
    parts = [
        marks(range(solid), group, "sure"),
        marks(range(solid, dotted), group, "maybe"),
        marks(range(dotted, 100), group, "rest"),
    ]
    if estimate:
        x, y = place(estimate - 1, 10)
        parts.append(f'<path class="ring" d="{shape(group, x, y, RADIUS + 1.1)}"/>')
    return picture(parts, f'class="hundred {escape(group)}" viewBox="0 0 200 200"', label)


def counted(answered: int, total: int, group: str, label: str) -> Markup:
    """Too few for a rate: every message is its own mark, filled where it was answered. At most 50 are drawn."""
    shown = min(total, 50)
    columns = 10 if shown > 5 else 5
    rows = max(1, -(-shown // columns))
    parts = [
        marks(range(min(answered, shown)), group, "sure", columns),
        marks(range(min(answered, shown), shown), group, "empty", columns),
    ]
    box = f"0 0 {columns * PITCH} {rows * PITCH}"
    return picture(parts, f'class="counted c{columns} {escape(group)}" viewBox="{box}"', label)


def mark(group: str) -> Markup:
    """The shape of a group, to stand before its name."""
    path = f'<path class="sure" d="{shape(group, 10, 10, 8)}"/>'
    return Markup(f'<svg class="mark {escape(group)}" viewBox="0 0 20 20" aria-hidden="true">{path}</svg>')  # noqa: S704
