"""Small lines over time on a terminal: a column of rising blocks a period, digits where the encoding has no blocks."""

from __future__ import annotations

import math
from collections.abc import Sequence

from rich.table import Table
from rich.text import Text

from permadani.language import N_
from permadani.reports.parts.class_map.over_time import Line, OverTimeTold
from permadani.reports.sheet import NARROW, Sheet

_BLOCKS, _DIGITS, _NONE = "▁▂▃▄▅▆▇█", "0123456789", "·"


def small_lines(sheet: Sheet, told: OverTimeTold, lines: Sequence[Line], *, shares: bool) -> None:
    """Lines on one scale, and their first and last figures. ``shares``: of 100; else times or a coefficient."""
    if not lines:
        return
    ascii_only = sheet.console.options.ascii_only
    steps, none = (_DIGITS, ".") if ascii_only else (_BLOCKS, _NONE)
    top = _top(max(one.value or 0.0 for line in lines for one in line.points), shares=shares)
    drawn = [(line, _drawn(line, top, steps, none), told.from_to(line)) for line in lines]
    label, length = max(len(line.name) for line in lines), len(lines[0].points)
    figures = max(len(ends) for _, _, ends in drawn)
    if sheet.console.width >= NARROW and label + length + figures + 4 <= sheet.console.width:
        grid = Table.grid(padding=(0, 2, 0, 0))
        for line, row, ends in drawn:
            grid.add_row(Text(line.name), Text(row, "bold"), Text(ends))
        sheet.console.print(grid)
    else:
        for line, row, ends in drawn:
            sheet.out(line.name)
            sheet.out(row, "bold")
            sheet.out(ends, indent=2)
    words = sheet.words
    full = words.of_hundred(top) if shares else words.decimal(top)
    scale = N_("{high} stands for {full} of 100, {none} for no figure.") if shares else None
    sheet.out(
        words.say(scale or N_("{high} stands for {full}, {none} for no figure."), high=steps[-1], full=full, none=none),
        "dim",
    )


def _drawn(line: Line, top: float, steps: str, none: str) -> str:
    return "".join(
        none if one.value is None else steps[min(len(steps) - 1, int(one.value / top * len(steps)))]
        for one in line.points
    )


def _top(highest: float, *, shares: bool) -> float:
    """The end of the scale: the next tenth above the highest, all of 1 at the most where these are shares."""
    top = max(0.1, math.floor(highest * 10 + 1) / 10)
    return min(1.0, top) if shares else top
