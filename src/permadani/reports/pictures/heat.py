"""Who acts towards whom: a table with coloured fields, and the same as a small picture for one period of many.

A field is coloured only where its whole range lies on one side of 1, so that nothing looks sure that is not; the
figure, its range and a mark (up, down) say the same without colour.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from permadani.reports.pictures.shapes import picture, shape

_STEPS = (1.25, 1.6, 2.5)  # how many times from 1, for the second, third and fourth shade
_MARKS = {"more": "M8 2l7 12h-14z", "less": "M8 14l7-12h-14z"}
_CELL, _EDGE, _GAP = 22, 24, 2


@dataclass(frozen=True, slots=True)
class Field:
    """``mark``: more, less, either or few. ``value``: observed / expected, None for too few. ``word`` is read aloud."""

    mark: str
    value: float | None
    figure: str
    range: str
    word: str


def shade(mark: str, value: float | None) -> str:
    """The CSS class of a field: its direction and how strong, 1 to 4."""
    if mark not in _MARKS:
        return mark
    away = float("inf") if not value else max(value, 1 / value)
    return f"{mark}-{1 + sum(away >= step for step in _STEPS)}"


def heat_mark(mark: str) -> Markup:
    """Up for clearly more, down for clearly less, nothing for either and for too few."""
    if mark not in _MARKS:
        return Markup()
    path = f'<path class="fill" d="{_MARKS[mark]}"/>'
    return Markup(f'<svg class="heat-mark" viewBox="0 0 16 16" aria-hidden="true">{path}</svg>')  # noqa: S704


def heat_map(
    heads: Sequence[str], groups: Sequence[str], rows: Sequence[tuple[str, Sequence[Field]]], caption: str
) -> Markup:
    """``heads``: the corner and one a column; ``groups``: their classes, the same downwards; ``rows``: name, fields."""
    marks = ["", *(_small_mark(group) for group in groups)]
    parts = [
        f'<table role="table" class="heat"><caption class="aside">{escape(caption)}</caption>',
        '<thead role="rowgroup"><tr role="row">',
        *(
            f'<th role="columnheader" scope="col">{mark}<span>{escape(head)}</span></th>'
            for mark, head in zip(marks, heads, strict=True)
        ),
        '</tr></thead><tbody role="rowgroup">',
    ]
    for group, (name, fields) in zip(groups, rows, strict=True):
        parts.append(f'<tr role="row"><th role="rowheader" scope="row">{_small_mark(group)}<span>{escape(name)}</span>')
        parts.append("</th>")
        parts.extend(_field(field, head) for field, head in zip(fields, heads[1:], strict=True))
        parts.append("</tr>")
    return Markup("".join(parts) + "</tbody></table>")  # noqa: S704 - every text is escaped


def _field(field: Field, head: str) -> str:
    figure = "" if field.mark == "few" else f'<span class="times">{heat_mark(field.mark)}{escape(field.figure)}</span>'
    return (
        f'<td role="cell" class="{shade(field.mark, field.value)}"><span class="label" aria-hidden="true">'
        f'{escape(head)}</span>{figure}<span class="bounds">{escape(field.range)}</span>'
        f' <span class="aside">{escape(field.word)}</span></td>'
    )


def _small_mark(group: str) -> str:
    return (
        f'<svg class="mark {escape(group)}" viewBox="0 0 20 20" aria-hidden="true">'
        f'<path class="sure" d="{shape(group, 10, 10, 8)}"/></svg>'
    )


def small_heat(groups: Sequence[str], rows: Sequence[Sequence[tuple[str, float | None]]], label: str) -> Markup:
    """The same without figures (``mark``, ``value`` of every field); the classes stand at the edges by their shapes."""
    side = _EDGE + _CELL * len(groups)
    parts = []
    for place, group in enumerate(groups):
        middle = _EDGE + _CELL * (place + 0.5)
        for x, y in ((middle, _EDGE / 2), (_EDGE / 2, middle)):
            parts.append(f'<path class="sure {escape(group)}" d="{shape(group, x, y, 6)}"/>')
    for down, row in enumerate(rows):
        for right, (mark, value) in enumerate(row):
            x, y = _EDGE + _CELL * right, _EDGE + _CELL * down
            box = f'x="{x + _GAP / 2:g}" y="{y + _GAP / 2:g}" width="{_CELL - _GAP}" height="{_CELL - _GAP}"'
            parts.append(f'<rect class="field {shade(mark, value)}" {box}/>')
            if mark in _MARKS:
                parts.append(
                    f'<path class="fill" transform="translate({x + _CELL / 2 - 5:g} {y + _CELL / 2 - 5:g}) scale(.62)" '
                    f'd="{_MARKS[mark]}"/>'
                )
    return picture(parts, f'class="small-heat" viewBox="0 0 {side} {side}"', label)
