"""Pictures as SVG: pure functions from shares to ``Markup``. Each needs the sentence that says the same.

Grammar shared by all: solid up to the lower bound, dotted up to the upper, a ring (or a tick) at the estimate.
Colours are CSS classes, never attributes, so that dark and print can change them. Charts with text use per cent
across and pixels down and no viewBox: they fill any width and their letters keep their size.
"""

from permadani.reports.pictures.delays import DELAY_STROKES, along, delays
from permadani.reports.pictures.dots import counted, hundred, mark
from permadani.reports.pictures.heat import Field, heat_map, heat_mark, shade, small_heat
from permadani.reports.pictures.lines import blind, interval, parts_of, share_bar, usual, waiting, waiting_scale
from permadani.reports.pictures.lorenz import lorenz
from permadani.reports.pictures.panels import Point, panel
from permadani.reports.pictures.ratios import ratio_line, ratio_scale, reach
from permadani.reports.pictures.verdicts import verdict_mark
from permadani.reports.pictures.years import Bar, year_rows, years

__all__ = [
    "DELAY_STROKES",
    "Bar",
    "Field",
    "Point",
    "along",
    "blind",
    "counted",
    "delays",
    "heat_map",
    "heat_mark",
    "hundred",
    "interval",
    "lorenz",
    "mark",
    "panel",
    "parts_of",
    "ratio_line",
    "ratio_scale",
    "reach",
    "shade",
    "share_bar",
    "small_heat",
    "usual",
    "verdict_mark",
    "waiting",
    "waiting_scale",
    "year_rows",
    "years",
]
