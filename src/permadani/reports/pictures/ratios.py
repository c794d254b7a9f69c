"""How many times as often, on a line whose middle is 1: twice as often is as far to the right as half to the left."""

from __future__ import annotations

from collections.abc import Iterable
from math import log

from markupsafe import Markup, escape

from permadani.reports.pictures.shapes import picture, shape

_REACHES = {
    4: ("¼", "½", "1", "2", "4"),
    9: ("1/9", "⅓", "1", "3", "9"),
    16: ("1/16", "¼", "1", "4", "16"),
    64: ("1/64", "⅛", "1", "8", "64"),
}


def reach(values: Iterable[float | None]) -> int:
    """The least of 4, 9, 16 and 64 that holds all of these values; what lies further out is drawn at the end."""
    away = max([1.0, *(max(v, 1 / v) for v in values if v)])
    return next((one for one in _REACHES if away <= one), max(_REACHES))


def _at(value: float, far: int) -> float:
    """Per cent along the line."""
    return 100 * min(1.0, max(0.0, 0.5 + log(value) / (2 * log(far)))) if value > 0 else 0.0


def ratio_scale(far: int) -> Markup:
    """The numbers under the lines; told in words elsewhere."""
    parts = [
        f'<text class="soft" x="{25 * place}%" y="13" text-anchor="{("start", *["middle"] * 3, "end")[place]}">'
        f"{name}</text>"
        for place, name in enumerate(_REACHES[far])
    ]
    return Markup(f'<svg class="ratio" height="16" aria-hidden="true">{"".join(parts)}</svg>')  # noqa: S704


def ratio_line(
    value: float, low: float | None, high: float | None, group: str, label: str, far: int, bound: float | None = None
) -> Markup:
    """The group's mark at the value, its range as a line, 1 as a stroke, ``bound`` as a dashed one."""
    left, right = 0.0 if low is None else _at(low, far), 100.0 if high is None else _at(high, far)
    parts = ['<line class="axis" x1="0" x2="100%" y1="16" y2="16"/>']
    parts.extend(f'<line class="axis" x1="{25 * n}%" x2="{25 * n}%" y1="13" y2="19"/>' for n in range(5))
    parts.append('<line class="one" x1="50%" x2="50%" y1="2" y2="30"/>')
    if bound is not None:
        parts.append(f'<line class="bound" x1="{_at(bound, far):.2f}%" x2="{_at(bound, far):.2f}%" y1="2" y2="30"/>')
    parts.append(f'<rect class="maybe" x="{left:.2f}%" y="10" width="{max(0.3, right - left):.2f}%" height="12"/>')
    path = shape(group, 0, 0, 8)
    parts.append(f'<svg x="{_at(value, far):.2f}%" y="16" overflow="visible"><path class="sure" d="{path}"/></svg>')
    return picture(parts, f'class="ratio {escape(group)}" height="32"', label)
