"""Small multiples: one small panel a group, all on the same scale, so that they can be compared at a glance."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from permadani.reports.pictures.shapes import picture, shape

_LEFT, _TOP, _FLOOR = 16, 10, 112  # per cent, pixels, pixels
_SHAPED = 3.6


@dataclass(frozen=True, slots=True)
class Point:
    """One period, on a scale of 0..1 from floor to top; ``value``: None where nothing can be said."""

    value: float | None
    low: float | None = None
    high: float | None = None


def panel(
    points: Sequence[Point], group: str, ends: tuple[str, str], scale: Sequence[tuple[float, str]], label: str,
    even: float | None = None,
) -> Markup:  # fmt: skip
    """``ends``: names of the first and the last period; ``scale``: places and names of the strokes on the left;
    ``even``: where a dashed line stands. Nothing is drawn across periods of which nothing can be said."""
    parts = []
    for place, name in scale:
        y = _y(place)
        parts.append(
            f'<line class="{"axis" if place == 0 else "grid"}" x1="{_LEFT}%" x2="100%" y1="{y:g}" y2="{y:g}"/>'
        )
        parts.append(f'<text class="soft" x="{_LEFT - 2}%" y="{y + 4:g}" text-anchor="end">{escape(name)}</text>')
    if even is not None:
        parts.append(f'<line class="even" x1="{_LEFT}%" x2="100%" y1="{_y(even):g}" y2="{_y(even):g}"/>')
    parts.append(_curves(points))
    for index, point in enumerate(points):
        x = _x(index, len(points))
        if point.value is None:
            parts.append(f'<line class="gap" x1="{x:.2f}%" x2="{x:.2f}%" y1="{_FLOOR - 7}" y2="{_FLOOR - 1}"/>')
            continue
        if _alone(points, index) and point.low is not None and point.high is not None:
            low, high = _y(point.low), _y(point.high)
            parts.append(f'<line class="alone" x1="{x:.2f}%" x2="{x:.2f}%" y1="{high:.1f}" y2="{low:.1f}"/>')
        path = shape(group, 0, 0, _SHAPED)
        parts.append(
            f'<svg x="{x:.2f}%" y="{_y(point.value):.1f}" overflow="visible"><path class="sure" d="{path}"/></svg>'
        )
    parts.append(f'<text class="soft" x="{_LEFT}%" y="{_FLOOR + 18}">{escape(ends[0])}</text>')
    if len(points) > 1:
        parts.append(f'<text class="soft" x="100%" y="{_FLOOR + 18}" text-anchor="end">{escape(ends[1])}</text>')
    return picture(parts, f'class="panel {escape(group)}" height="{_FLOOR + 24}"', label)


def _x(index: int, count: int) -> float:
    """Per cent of the whole width, for the middle of a period."""
    return _LEFT + (100 - _LEFT) * (index + 0.5) / max(1, count)


def _y(share: float) -> float:
    return _FLOOR - (_FLOOR - _TOP) * min(1.0, max(0.0, share))


def _alone(points: Sequence[Point], index: int) -> bool:
    beside = [*points[max(0, index - 1) : index], *points[index + 1 : index + 2]]
    return all(one.value is None for one in beside)


def _curves(points: Sequence[Point]) -> str:
    """The ranges as bands and the values as lines, in a box of its own that is stretched."""
    bands, lines = [], []
    for first, last in _runs(points):
        known = [(index, points[index]) for index in range(first, last)]
        across = [100 * (index + 0.5) / len(points) for index, _ in known]
        line = [f"{x:.2f} {_up(one.value):.2f}" for x, (_, one) in zip(across, known, strict=True)]
        upper = [f"{x:.2f} {_up(one.high, one.value):.2f}" for x, (_, one) in zip(across, known, strict=True)]
        lower = [f"{x:.2f} {_up(one.low, one.value):.2f}" for x, (_, one) in zip(across, known, strict=True)]
        bands.append(f'<path class="range-band" d="M{"L".join([*upper, *reversed(lower)])}z"/>')
        lines.append(f'<path class="run" d="M{"L".join(line)}"/>')
    if not lines:
        return ""
    return (
        f'<svg x="{_LEFT}%" y="{_TOP}" width="{100 - _LEFT}%" height="{_FLOOR - _TOP}" viewBox="0 0 100 100" '
        f'preserveAspectRatio="none" aria-hidden="true">{"".join(bands + lines)}</svg>'
    )


def _up(share: float | None, instead: float | None = 0.0) -> float:
    known = share if share is not None else instead or 0.0
    return 100 - 100 * min(1.0, max(0.0, known))


def _runs(points: Sequence[Point]) -> list[tuple[int, int]]:
    """Where two or more periods in a row are known: from, to (not included)."""
    found, start = [], None
    for index, point in enumerate([*points, Point(None)]):
        if point.value is not None:
            start = index if start is None else start
        elif start is not None:
            if index - start > 1:
                found.append((start, index))
            start = None
    return found
