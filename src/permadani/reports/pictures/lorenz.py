"""How unequally something is shared out: the Lorenz curve."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup, escape

from permadani.reports.pictures.shapes import picture

_LEFT, _FLOOR = 12, 196  # per cent, pixels


def lorenz(points: Sequence[tuple[float, float]], across: str, up: str, label: str) -> Markup:
    """``points``: share of people, share of what they got, both 0..1, from (0, 0) to (1, 1).

    The dashed line is an equal share for everybody. The curve is drawn in a box of its own that is stretched; letters
    stand outside of it and keep their size.
    """
    curve = " ".join(f"L{100 * x:.2f} {100 - 100 * y:.2f}" for x, y in _within(points))
    parts = [
        f'<svg x="{_LEFT}%" y="8" width="{100 - _LEFT}%" height="{_FLOOR - 8}" viewBox="0 0 100 100" '
        'preserveAspectRatio="none" aria-hidden="true">'
        f'<path class="between" d="M0 100{curve}L100 0z"/>'
        '<line class="even-share" x1="0" y1="100" x2="100" y2="0"/>'
        f'<path class="curve" d="M0 100{curve}"/></svg>',
        f'<line class="axis" x1="{_LEFT}%" x2="100%" y1="{_FLOOR}" y2="{_FLOOR}"/>',
        f'<line class="axis" x1="{_LEFT}%" x2="{_LEFT}%" y1="8" y2="{_FLOOR}"/>',
    ]
    for share in (0, 50, 100):
        y = _FLOOR - (_FLOOR - 8) * share / 100
        x = _LEFT + (100 - _LEFT) * share / 100
        side = "start" if share == 0 else "end" if share == 100 else "middle"
        parts.append(f'<text class="soft" x="{_LEFT - 2}%" y="{y + 4:g}" text-anchor="end">{share}</text>')
        parts.append(f'<text class="soft" x="{x:g}%" y="{_FLOOR + 18}" text-anchor="{side}">{share}</text>')
    parts.append(f'<text class="soft" x="100%" y="{_FLOOR + 38}" text-anchor="end">{escape(across)}</text>')
    parts.append(f'<text class="soft" x="{_LEFT + 2}%" y="20">{escape(up)}</text>')
    return picture(parts, f'class="lorenz" height="{_FLOOR + 44}"', label)


def _within(points: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    return [(min(1.0, max(0.0, x)), min(1.0, max(0.0, y))) for x, y in points]
