"""What a page of the terminal is made of: lines, titles, rows of dots, tables. No string is read as markup."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from rich import box
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from permadani.findings.results import Cell
from permadani.language import N_
from permadani.reports.words import Words, is_wide, whole

if TYPE_CHECKING:
    from rich.console import Console

# answered at the least, up to the estimate, up to the upper bound, no answer seen, not measurable
_GLYPHS = ("●", "◍", "○", "·", "?")
_ASCII_GLYPHS = ("#", "+", "o", ".", "?")
_STYLES = ("bold", "", "", "dim", "dim")


class Sheet:
    """A console, with the words of one language."""

    def __init__(self, console: Console, words: Words) -> None:
        self.console, self.words = console, words
        self.glyphs = _ASCII_GLYPHS if console.options.ascii_only else _GLYPHS

    def out(self, text: str, style: str = "", indent: int = 0) -> None:
        line = Text(text, style=style)
        self.console.print(Padding(line, (0, 0, 0, indent), expand=False) if indent else line)

    def title(self, text: str) -> None:
        self.console.print()
        self.out(self.words.say(text), "bold underline")

    def row(self, cell: Cell, length: int) -> Text:
        """``length`` marks for 100: sure, up to the estimate, up to the upper bound, the rest."""
        rate = cell.rate or 0.0
        marks = [
            round(whole(share) * length / 100)
            for share in (rate if cell.low is None else cell.low, rate, 1.0 if cell.high is None else cell.high, 1.0)
        ]
        row, start = Text(), 0
        for end, glyph, style in zip(marks, self.glyphs, _STYLES, strict=False):
            row.append(glyph * max(0, end - start), style)
            start = max(start, end)
        return row

    def hundred(self, group: str, cell: Cell) -> None:
        words = self.words
        name = words.group(group)
        if cell.rate is None:
            counts = words.say(
                N_("not enough to say: {answered} of {eligible} messages were answered"),
                answered=words.count(cell.answered), eligible=words.count(cell.eligible),
            )  # fmt: skip
            self.console.print(self._named(name, Text(counts)))
            return
        line = self.row(cell, 100)
        if self.console.width < 120:
            first, second = line.divide([50])
            picture = Text("\n").join([first, second])
        else:
            picture = line
        figure = Text(words.figure(cell), "bold")
        self.console.print(self._named(name, picture, figure))
        if is_wide(cell):
            self.out(
                words.say(N_("A wide range: few messages, so the true figure may be far from this one.")), "dim", 2
            )

    def _named(self, name: str, picture: Text, figure: Text | None = None) -> Table:
        grid = Table.grid(padding=(0, 1))
        grid.add_column(width=14)
        grid.add_column(no_wrap=figure is not None)
        grid.add_column(no_wrap=True)
        grid.add_row(Text(name), picture, figure or Text())
        return grid

    def table(self, heads: Iterable[str], rows: Iterable[Sequence[str]], right: range) -> None:
        table = Table(box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0), pad_edge=False)
        for index, head in enumerate(heads):
            table.add_column(Text(self.words.say(head)), justify="right" if index in right else "left", overflow="fold")
        for row in rows:
            table.add_row(*(Text(item) for item in row))
        self.console.print(table)
