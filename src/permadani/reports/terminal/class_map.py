"""The class map on a terminal: in each part picture before table before prose, without need of colour."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from rich.table import Table
from rich.text import Text

from permadani.language import N_, Translate
from permadani.reports.parts.class_map import (
    Told,
    closure,
    collected,
    matrices,
    newcomers,
    over_time,
    reception,
    spread,
)
from permadani.reports.parts.class_map.figures import Mark, mark
from permadani.reports.parts.class_map.names import LABELS, MEANINGS
from permadani.reports.sheet import Sheet
from permadani.reports.terminal.degrading import degrading
from permadani.reports.terminal.small_lines import small_lines
from permadani.reports.words import Words

if TYPE_CHECKING:
    from rich.console import Console

    from permadani.findings.results import ClassMap

_MARKS: dict[Mark, str] = {"more": "▲", "less": "▼", "either": "", "few": ""}
_ASCII_MARKS: dict[Mark, str] = {"more": "^", "less": "v", "either": "", "few": ""}


def print_class_map(found: ClassMap, console: Console, translate: Translate) -> None:
    """Print all of it; no people are named in it."""
    words = Words(translate)
    with degrading(console):
        sheet, told = Sheet(console, words), Told(found, words, words)
        _opening(sheet, told)
        _reception(sheet, told)
        for matrix in told.matrices:
            _matrix(sheet, matrix)
        _closure(sheet, told.closure)
        for one in told.spreads:
            _spread(sheet, one)
        _newcomers(sheet, told.newcomers)
        _over_time(sheet, told.over_time)
        _collected(sheet, told.collected)


def _opening(sheet: Sheet, told: Told) -> None:
    sheet.out(told.headline, "bold")
    sheet.out(told.collected.meta, "dim")


def _reception(sheet: Sheet, told: Told) -> None:
    found, words = told.reception, sheet.words
    sheet.title(reception.TITLE)
    _hundreds(sheet, [found.everybody()] if found.everybody().known else [])
    if found.everybody().known:
        sure, probable, possible, rest = sheet.glyphs[:4]
        legend = words.say(
            N_(
                "Of 100 posts: {sure} answered at the least, {probable} up to the figure, {possible} up to the upper "
                "bound, {rest} no answer seen"
            ),
            sure=sure, probable=probable, possible=possible, rest=rest,
        )  # fmt: skip
        sheet.out(legend, "dim")
    sheet.out(found.overall)
    if found.channel_rows():
        sheet.console.print()
        sheet.out(words.say(reception.CHANNELS_TITLE), "bold")
        for chosen in ((0, 1, 2, 3, 7, 8), (0, 4, 5, 6)):  # in two, so that each has room
            rows = [[row[place] for place in chosen] for row in found.channel_rows()]
            sheet.table([reception.CHANNELS_HEADS[place] for place in chosen], rows, range(1, len(chosen)))
        sheet.out(words.say(reception.CHANNELS_NOTE), "dim")
        _prose(sheet, found.several)
    if followers := found.followers():
        _heard(sheet, reception.TITLES["followers"], reception.FOLLOWERS_HEADS, found, followers)
        _prose(sheet, found.by_followers)
        _prose(sheet, found.beginning_by_followers)
    elif found.classes():
        _prose(sheet, found.no_followers)
    _heard(sheet, reception.TITLES["class"], reception.HEADS, found, found.classes())
    _prose(sheet, found.by_class)
    if found.classes():
        for key in ("junior", "middle", "senior", "unknown"):
            sheet.out(f"{words.say(LABELS[key])}: {words.say(MEANINGS[key])}", "dim")
        for said in told.collected.classes():
            sheet.out(said, "dim")
    _heard(sheet, reception.TITLES["tenure"], reception.HEADS, found, found.tenures())
    _prose(sheet, found.by_tenure)
    if found.tenures():
        for key, meaning in (("newcomer", "newcomer"), ("regular", "regular"), ("unknown", "unknown_tenure")):
            sheet.out(f"{words.say(LABELS[key])}: {words.say(MEANINGS[meaning])}", "dim")


def _heard(
    sheet: Sheet, title: str, heads: Sequence[str], found: reception.ReceptionTold, shown: Sequence[reception.Shown]
) -> None:
    """Icons of one way to part the posts, and their table."""
    if not shown:
        return
    sheet.console.print()
    sheet.out(sheet.words.say(title), "bold")
    _hundreds(sheet, shown)
    sheet.table(heads, found.rows(shown), reception.ROWS_RIGHT)
    _prose(sheet, found.add_up(shown), "dim")


def _hundreds(sheet: Sheet, shown: Sequence[reception.Shown]) -> None:
    label = max([14, *(len(one.name) for one in shown)])
    for one in shown:
        if one.known:
            sheet.share(one.name, one.of, label)
        else:
            sheet.unsaid(one.name, one.figure, label)


def _matrix(sheet: Sheet, told: matrices.MatrixTold) -> None:
    sheet.title(matrices.TITLES[told.kind])
    if told.measured:
        marks = _ASCII_MARKS if sheet.console.options.ascii_only else _MARKS
        rows = [
            (name, *(f"{marks[field.mark]}{field.figure}" for field in fields))
            for name, fields in zip(told.row_names(), told.heat(), strict=True)
        ]
        sheet.named_table(told.heat_heads(), rows)
        sheet.out(sheet.words.say(matrices.COMPARED[told.kind]), "dim")
        legend = [f"{marks[key]} {said}".strip() for key, said in told.legend() if key != "few"]
        sheet.out(" · ".join(legend), "dim")
    if told.rows():
        sheet.table(told.heads(), told.rows(), range(2, 8))
    if told.share_rows():
        sheet.out(sheet.words.say(matrices.SHARE_TITLE), "bold")
        sheet.table(matrices.SHARE_HEADS, told.share_rows(), range(2, 6))
    for said in told.all_sentences():
        sheet.out(said)


def _closure(sheet: Sheet, told: closure.ClosureTold) -> None:
    sheet.title(closure.TITLE)
    sheet.out(told.verdict, "bold")
    for name, ratio in told.ratios():
        if mark(ratio) == "few" or ratio.value is None or ratio.low is None or ratio.high is None:
            continue
        sheet.out(name)
        sheet.times(ratio.value, ratio.low, ratio.high, told.scale)
    if told.rows():
        sheet.table(closure.HEADS, told.rows(), range(1, 4))
    sheet.out(told.reason)
    for said in told.figures():
        sheet.out(said)
    _prose(sheet, told.ranges, "dim")
    if told.figures():
        sheet.out(sheet.words.say(closure.CAUTION), "dim")
    if told.rich_rows():
        sheet.table(closure.RICH_HEADS, told.rich_rows(), range(5))
    _prose(sheet, told.rich_club)
    sheet.title(closure.RECIPROCITY_TITLE)
    if told.reciprocity_rows():
        sheet.table(closure.RECIPROCITY_HEADS, told.reciprocity_rows(), range(1, 5))
    for said in told.reciprocity():
        sheet.out(said)


def _spread(sheet: Sheet, told: spread.SpreadTold) -> None:
    sheet.title(spread.TITLES[told.what])
    if told.curve_rows():
        sheet.table(told.curve_heads(), told.curve_rows(), range(2))
    if told.rows():
        sheet.table(spread.HEADS, told.rows(), range(1, 6))
    for said in told.all_sentences():
        sheet.out(said)


def _newcomers(sheet: Sheet, told: newcomers.NewcomersTold) -> None:
    sheet.title(newcomers.TITLE)
    if told.shown():
        _hundreds(sheet, told.shown())
        sheet.table(newcomers.HEADS, told.rows(), range(1, 4))
        sheet.out(sheet.words.say(newcomers.AGAIN), "dim")
    for said in told.all_sentences():
        sheet.out(said)


def _over_time(sheet: Sheet, told: over_time.OverTimeTold) -> None:
    if not told.found.over_time:
        return
    words = sheet.words
    sheet.title(over_time.TITLE)
    small_lines(sheet, told, told.reception_lines(), shares=True)
    _columns(sheet, over_time.RECEPTION_HEADS, told.reception_rows(), ((2, range(2, 7)), (1, (7, 8))))
    sheet.out(words.say(over_time.RECEPTION_NOTE, days=told.found.window_days), "dim")
    club = told.club_lines()
    if club:
        sheet.console.print()
        sheet.out(words.say(over_time.CLUB_TITLE), "bold")
        small_lines(sheet, told, [one for one in club if one.middle is not None], shares=False)
        small_lines(sheet, told, [one for one in club if one.middle is None], shares=False)
        _columns(sheet, over_time.CLUB_HEADS, told.club_rows(), ((2, range(2, 5)), (1, (5, 6))))
    if told.trend_rows() and told.several:
        sheet.table(over_time.TREND_HEADS, told.trend_rows(), range(2, 3))
    for said in told.trends():
        sheet.out(said)


def _columns(
    sheet: Sheet, heads: Sequence[str], rows: Sequence[tuple[str, ...]], tables: Iterable[tuple[int, Sequence[int]]]
) -> None:
    """One table in several, so that each has room: its first columns, and those of figures, but not where no period
    has one."""
    empty = []
    for first, figures in tables:
        known = [place for place in figures if any("[" in row[place] for row in rows)]
        empty += [sheet.words.say(heads[place]) for place in figures if place not in known]
        if known:
            chosen = [*range(first), *known]
            sheet.table(
                [heads[place] for place in chosen],
                [[row[place] for place in chosen] for row in rows],
                range(1, len(chosen)),
            )
    if empty:
        sheet.out(sheet.words.say(N_("In no period enough for a figure: {what}."), what=", ".join(empty)), "dim")


def _collected(sheet: Sheet, told: collected.CollectedTold) -> None:
    words = sheet.words
    sheet.title(collected.TITLE)
    if told.rows():
        sheet.table(collected.HEADS, told.rows(), range(4, 7))
        if told.classes_rows():
            sheet.table(collected.CLASSES_HEADS, told.classes_rows(), range(2, 7))
    else:
        sheet.out(words.say(N_("Nothing was collected.")))
    if told.left_out():
        sheet.table(collected.LEFT_OUT_HEADS, told.left_out(), range(1, 2))
    sheet.title(N_("What could not be known"))
    _list(sheet, told.limits())


def _list(sheet: Sheet, sentences: Iterable[str]) -> None:
    for said in sentences:
        grid = Table.grid(padding=(0, 1))
        grid.add_row(Text("-"), Text(said))
        sheet.console.print(grid)


def _prose(sheet: Sheet, said: str | None, style: str = "") -> None:
    if said is not None:
        sheet.out(said, style)
