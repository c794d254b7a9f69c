"""What pictures are made of: the shape of every group, and the frame with its sentence."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup, escape

PITCH, RADIUS = 20, 7.4


def picture(parts: Sequence[str], attributes: str, label: str) -> Markup:
    inside = "".join(parts)
    return Markup(f'<svg role="img" aria-label="{escape(label)}" {attributes}>{inside}</svg>')  # noqa: S704


def place(index: int, columns: int) -> tuple[float, float]:
    return (index % columns + 0.5) * PITCH, (index // columns + 0.5) * PITCH


def marks(places: range, group: str, kind: str, columns: int = 10) -> str:
    """All marks of one kind as one path: a hundred circles would be ten times as long."""
    if not places:
        return ""
    radius = RADIUS - 0.7 if kind in {"maybe", "empty"} else RADIUS
    path = "".join(shape(group, *place(index, columns), radius) for index in places)
    return f'<path class="{kind}" d="{path}"/>'


def shape(group: str, x: float, y: float, radius: float) -> str:
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
