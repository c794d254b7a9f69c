"""Over the years, and how long they waited."""

from __future__ import annotations

from rich.table import Table
from rich.text import Text

from permadani.findings.results import Cell
from permadani.language import N_
from permadani.reports.reading import with_silent_years
from permadani.reports.sheet import NARROW
from permadani.reports.terminal.page import Page
from permadani.reports.texts import EVERYBODY, TRENDS


def years(page: Page) -> None:
    answers, words = page.audit.answers, page.words
    if not answers.over_time:
        return
    page.title(N_("Over the years"))
    _years_pictured(page, min(40, page.console.width // 2))
    for year in answers.over_time:
        if year.reason is not None:
            page.out(f"{year.year}: {words.reason(year.reason)}", "dim")
    if answers.trend:
        page.out(words.say(TRENDS[answers.trend]), "bold")
    loads = [
        (
            str(y.year), words.count(y.cell.approaches), words.optional(y.of_all), words.optional(y.ever_of_all),
            words.count(y.answers_by_actor), words.count(y.standing),
        )
        for y in answers.over_time
    ]  # fmt: skip
    heads = (
        N_("year"), N_("wrote"), N_("of 100 of these in time"), N_("of 100 ever"),
        N_("its answers"), N_("its followers"),
    )  # fmt: skip
    page.table(heads, loads, range(1, 6))
    page.out(words.say(EVERYBODY), "dim")


def _years_pictured(page: Page, length: int) -> None:
    """A line for each year, those without a message too; below each other where the terminal is narrow."""
    words = page.words
    told: list[tuple[str, Cell | None, str, str]] = []  # a cell has a picture; without one a question mark stands
    silent: set[str] = set()
    for year in with_silent_years(page.audit.answers.over_time):
        if isinstance(year, tuple):
            silent.add(words.silent(*year))
            told.append((words.silent(*year), None, words.say(N_("no messages")), ""))
            continue
        number = words.say(N_("{n} messages"), n=words.count(year.cell.eligible))
        known = year.measurable and year.cell.rate is not None
        figure = words.figure(year.cell) if known else words.year_note(year)
        told.append((str(year.year), year.cell if known else None, figure, number))
    columns = zip(*((name, figure, number) for name, _, figure, number in told), strict=True)
    beside = sum(max(map(len, texts)) for texts in columns)
    if page.console.width >= NARROW:  # what stands beside the picture is never cut, so the picture gives way
        length = max(10, min(length, page.console.width - beside - 8))
    lines = []
    for name, cell, figure, number in told:
        if name in silent:
            row = Text("–", "dim")
        elif cell is None:
            row = Text(page.glyphs[4] + page.glyphs[3] * (length - 1), "dim")
        else:
            row = page.row(cell, length)
        lines.append((name, row, figure, number))
    if page.console.width < NARROW:
        for name, row, figure, number in lines:
            page.out("  ".join(filter(None, (name, figure, number))))
            page.console.print(row)
        return
    grid = Table.grid(padding=(0, 2, 0, 0))
    for name, row, figure, number in lines:
        grid.add_row(Text(name, "bold"), row, Text(figure), Text(number, "dim"))
    page.console.print(grid)


def waiting(page: Page) -> None:
    words, rows = page.words, []
    for group, wait in page.audit.answers.waiting_time.items():
        if not wait.approaches or (wait.median_hours is None and wait.answered_within_24h is None):
            continue
        half = (
            words.say(N_("fewer than half were ever answered"))
            if wait.median_hours is None
            else words.say(N_("half were answered within {time}"), time=words.hours(wait.median_hours))
        )
        day = f"{words.of_hundred(wait.answered_within_24h)} {words.range(wait.low, wait.high)}".strip()
        rows.append((words.group(group), half, day))
    if rows:
        page.title(N_("How long they waited"))
        page.table((N_("who wrote"), N_("waiting time"), N_("of 100 answered within a day")), rows, range(2, 3))
