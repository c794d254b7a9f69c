"""Whom an account replies to, on a terminal: picture before table before prose, without need of colour."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.table import Table
from rich.text import Text

from permadani.language import N_, Translate
from permadani.reports.parts import outbound as parts
from permadani.reports.parts import received
from permadani.reports.pictures import along
from permadani.reports.sheet import Sheet
from permadani.reports.terminal.degrading import degrading
from permadani.reports.words import Words

if TYPE_CHECKING:
    from rich.console import Console

    from permadani.findings.results import Outbound

SPAN = 60
"""Characters of the line of delays, where there is room."""


def print_outbound(found: Outbound, console: Console, translate: Translate) -> None:
    """Print all of it; the names of those it replied to most where they were asked for."""
    words = Words(translate)
    with degrading(console) as on_terminal:
        sheet, told = Sheet(console, words), parts.Told(found, words, words)
        _opening(sheet, told, on_terminal=on_terminal)
        _whom(sheet, told)
        _how_fast(sheet, told)
        _when(sheet, told)
        _programs(sheet, told)
        _rate(sheet, told)
        _limits(sheet, found)
        if found.most is not None:
            sheet.title(N_("Whom it replied to most"))
            _table(sheet, parts.MOST_HEADS, told.most(), range(1, 2))


def _opening(sheet: Sheet, told: parts.Told, *, on_terminal: bool) -> None:
    words, found = sheet.words, told.found
    who = Text(words.name(found.actor), "bold")
    handle = words.handle(found.actor)
    if handle and handle != found.actor.name:
        who.append(f"  {handle}", "not bold")
    sheet.console.print(who)
    meta = (words.channels(found), words.followers(found.actor.standing), words.period(*found.period))
    sheet.out(" · ".join(meta), "dim")
    sheet.console.print()
    sheet.out(told.headline, "bold")
    if told.pace:
        sheet.out(told.pace)
    sheet.out(told.no_rate)
    if found.most is not None and not on_terminal:
        sheet.console.print()
        banner = N_("This file holds names of other people. Do not pass it on.")
        sheet.out(f"{words.say(N_('For your eyes.'))} {words.say(banner)}", "bold")


def _whom(sheet: Sheet, told: parts.Told) -> None:
    sheet.title(N_("To whom it wrote"))
    _bars(sheet, told.kinds())
    if unseen := told.unseen_reshares():
        sheet.out(unseen, "dim")
    if not told.people():
        return
    sheet.title(N_("How many people it replied to"))
    _bars(sheet, told.people())
    sheet.out(told.once)
    if told.concentration:
        sheet.out(told.concentration)
    if told.curve_rows():
        sheet.table((parts.CURVE_ACROSS, parts.CURVE_UP), told.curve_rows(), range(2))
    if told.audience:
        sheet.out(sheet.words.say(N_("By how many follow them")), "bold")
        _bars(sheet, told.audiences())
        sheet.out(told.audience)


def _how_fast(sheet: Sheet, told: parts.Told) -> None:
    if not told.found.delay.messages:
        return
    sheet.title(N_("How fast it replied"))
    if (said := told.middle_half()) is not None:
        _line(sheet, told)
        sheet.out(said)
        if (day := told.within_day()) is not None:
            sheet.out(day[1])
        sheet.table(parts.QUARTILE_HEADS, told.quartile_rows(), range(1, 3))
    sheet.out(told.times_known())
    _table(sheet, parts.KNOWN_HEADS, told.known_by(), range(1, 2))


def _line(sheet: Sheet, told: parts.Told) -> None:
    """The middle half and the median on a line from a minute to a year."""
    ascii_only = sheet.console.options.ascii_only
    length = max(8, min(SPAN, sheet.console.width - 2))
    low, middle, high = (round(along(one.hours) * (length - 1)) for one in told.quartiles or ())
    dash, block, ring = ("-", "=", "O") if ascii_only else ("─", "▒", "●")
    line = [block if low <= place <= high else dash for place in range(length)]
    line[middle] = ring
    sheet.console.print(Text("".join(line)))
    names, end = "", 0
    for hours, name in told.scale():
        start = min(round(along(hours) * (length - 1)), length - len(name))
        if start >= end and start >= 0:
            names = names.ljust(start) + name
            end = len(names) + 1
    sheet.out(names, "dim")


def _when(sheet: Sheet, told: parts.Told) -> None:
    if not told.years():
        return
    sheet.title(N_("Over the years"))
    sheet.out(sheet.words.say(N_("Replies to others by year.")), "dim")
    _bars(sheet, told.years())
    sheet.table(parts.YEAR_HEADS, told.year_rows(), range(1, 7))


def _programs(sheet: Sheet, told: parts.Told) -> None:
    if not told.found.clients.objects:
        return
    words = sheet.words
    sheet.title(N_("With which program"))
    said = told.automation()
    if said is None:
        sheet.out(words.say(N_("The data does not say with which program the account wrote.")))
        return
    sheet.out(said[1])
    _table(sheet, parts.CLIENT_HEADS, told.clients(), range(1, 2))


def _rate(sheet: Sheet, told: parts.Told) -> None:
    words = sheet.words
    sheet.title(N_("How often it answers"))
    for channel, why in told.rates():
        sheet.out(f"{channel}: {why}")
    sheet.out(words.say(parts.NOTHING_INBOUND), "dim")
    rows = received.collected(told.found, words)
    if rows:
        sheet.table(received.COVERAGE_HEADS, rows, range(0))
    else:
        sheet.out(words.say(N_("Nothing was collected about this account.")))


def _limits(sheet: Sheet, found: Outbound) -> None:
    sheet.title(N_("What could not be known"))
    for limit in found.limits:
        grid = Table.grid(padding=(0, 1))
        grid.add_row(Text("-"), Text(sheet.words.reason(limit)))
        sheet.console.print(grid)


def _bars(sheet: Sheet, rows: Sequence[parts.Row]) -> None:
    label = max((len(row.name) for row in rows), default=0)
    for row in rows:
        sheet.bar(row.name, row.count, row.of, label)


def _table(sheet: Sheet, heads: Sequence[str], rows: Sequence[Sequence[str]], right: range) -> None:
    if rows:
        sheet.table(heads, rows, right)
    else:
        sheet.out(sheet.words.say(N_("There are none.")))
