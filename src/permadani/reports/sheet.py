"""What a page of the terminal is made of: lines, titles, rows of dots, tables. No string is read as markup."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import zip_longest
from typing import TYPE_CHECKING

from rich import box
from rich.cells import cell_len
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from permadani.findings.results import BlindChoice, Cell, Usual
from permadani.language import N_
from permadani.reports.words import Share, Words, is_wide, whole

if TYPE_CHECKING:
    from rich.console import Console, JustifyMethod

# answered at the least, up to the estimate, up to the upper bound, no answer seen, not measurable
_GLYPHS = ("●", "◍", "○", "·", "?")
_ASCII_GLYPHS = ("#", "+", "o", ".", "?")
_WORD = 24  # characters of one word that are kept on one line
_LABELS = 20  # characters of a column of labels
_DATE = 8  # characters of a month and its year, which are kept on one line
_STYLES = ("bold", "", "", "dim", "dim")


NARROW = 80
"""Below so many columns pictures stand under their names instead of beside them."""


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

    def row(self, cell: Share, length: int) -> Text:
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
        if not cell.eligible:
            self._pictured(name, Text(words.say(N_("nothing can be said: none of the messages can be judged"))))
            return
        if cell.rate is None:
            counts = words.say(
                N_("not enough to say: {answered} of {eligible} messages were answered"),
                answered=words.count(cell.answered), eligible=words.count(cell.eligible),
            )  # fmt: skip
            self._pictured(name, Text(counts))
            return
        self.share(name, cell)
        if is_wide(cell):
            self.out(
                words.say(N_("A wide range: few messages, so the true figure may be far from this one.")), "dim", 2
            )

    def share(self, name: str, of: Share, label: int = 14) -> None:
        """A hundred marks after the name, which has ``label`` columns, and the figure with its range."""
        width = self.console.width
        room = width if width < NARROW else width - label - 16
        length = next(n for n in (100, 50, 25, 20, 10, 5, 1) if n <= max(1, room))
        lines = self.row(of, 100).divide(range(length, 100, length))
        self._pictured(name, Text("\n").join(lines), Text(self.words.figure(of), "bold"), label)

    def unsaid(self, name: str, why: str, label: int = 14) -> None:
        """A line of such pictures that has none, and why."""
        self._pictured(name, Text(why, "dim"), label=label)

    def _pictured(self, name: str, picture: Text, figure: Text | None = None, label: int = 14) -> None:
        """Name, picture and figure beside each other; on a narrow terminal the picture stands below."""
        if self.console.width < NARROW:
            self.console.print(Text("  ").join([Text(name), figure]) if figure else Text(name))
            self.console.print(picture)
            return
        grid = Table.grid(padding=(0, 1))
        grid.add_column(width=label)
        grid.add_column(no_wrap=figure is not None)
        grid.add_column(no_wrap=True)
        grid.add_row(Text(name), picture, figure or Text())
        self.console.print(grid)

    def _length(self) -> int:
        return max(8, min(60, self.console.width - 12))

    def _line(self, marks: dict[int, str], band: range, end: str) -> None:
        """A line 0 to ``end`` with a band and marks on it; marks are places in steps of the line."""
        dash, block = ("-", "=") if self.console.options.ascii_only else ("─", "▒")
        places = [block if step in band else dash for step in range(self._length())]
        for step, glyph in marks.items():
            places[step] = glyph
        self.console.print(Text("0 " + "".join(places) + f" {end}"))

    def _step(self, share: float) -> int:
        return min(self._length() - 1, max(0, round(share * (self._length() - 1))))

    def blind(self, choice: BlindChoice, went: str, expected_said: str) -> None:
        """Where the choices went, and where a blind choice would have sent them, on a line of all of them."""
        if not choice.answers:
            return
        low, expected, high, observed = (
            self._step(number / choice.answers)
            for number in (choice.expected_low, choice.expected, choice.expected_high, choice.observed)
        )
        dot, block = ("O", "=") if self.console.options.ascii_only else ("●", "▒")
        self._line({expected: "|", observed: dot}, range(low, high + 1), self.words.count(choice.answers))
        self.out(f"{dot} {went} · {block} {expected_said}", "dim")

    def usual(self, rate: float, spread: Usual) -> None:
        """The quartiles of others, and the account's own share."""
        low, median, high, own = map(self._step, (spread.low, spread.median, spread.high, rate))
        marks = {median: "|", own: "O" if self.console.options.ascii_only else "●"}
        self._line(marks, range(low, high + 1), "100")

    def times(self, value: float, low: float, high: float, end: float) -> None:
        """How many times as often, with its range, on a line from 0 to ``end`` with a stroke at 1."""
        dot = "O" if self.console.options.ascii_only else "●"
        first, place, last, one = (self._step(number / end) for number in (low, value, high, 1.0))
        self._line({one: "|", place: dot}, range(first, last + 1), f"{end:g}")

    def bar(self, name: str, number: int, whole: int, label: int = 14) -> None:
        """How many of a whole, as a bar after the name, which has ``label`` columns or more."""
        label = 14 if self.console.width < NARROW else max(label, 14)
        room = max(4, min(40, self.console.width - label - 12))
        length = round(room * number / whole) if whole else 0
        full, empty = ("#", ".") if self.console.options.ascii_only else ("■", "·")
        bar = full * length + empty * (room - length)
        if self.console.width < NARROW:
            self.out(f"{name}  {self.words.count(number)}")
            self.out(bar)
            return
        grid = Table.grid(padding=(0, 1))
        grid.add_column(width=label)
        grid.add_row(Text(name), Text(bar), Text(self.words.count(number)))
        self.console.print(grid)

    def table(self, heads: Iterable[str], rows: Iterable[Sequence[str]], right: range) -> None:
        """Columns ``right`` hold figures, which are never broken; where they have no room, one record a paragraph."""
        self.named_table([self.words.say(head) for head in heads], rows, right)

    def named_table(
        self, names: Sequence[str], rows: Iterable[Sequence[str]], right: range = range(0), *, even: bool = False
    ) -> None:
        """The same where the heads are no texts of ours. ``even``: all columns but the first are equally wide."""
        rows = list(rows)
        columns = list(zip_longest(*rows, fillvalue=""))
        room = self.console.width - 2 * len(names)
        widths = _even(names, room) if even else _widths(names, columns, right, room)
        if widths is None:
            self._records(names, rows)
            return
        table = Table(box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0), pad_edge=False)
        for index, (name, width) in enumerate(zip(names, widths, strict=True)):
            side: JustifyMethod = "right" if index in right else "left"
            table.add_column(Text(name), justify=side, overflow="fold", width=width)
        for row in rows:
            table.add_row(*(Text(item) for item in row))
        self.console.print(table)

    def _records(self, names: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        self.console.print()
        for first, *rest in rows:
            self.out(first, "bold")
            for name, item in zip(names[1:], rest, strict=True):
                self.out(f"{name}: {item}", indent=2)
        self.console.print()


def _even(names: Sequence[str], room: int) -> list[int] | None:
    """A column of labels, and equal ones beside it; None where these are too narrow to read."""
    each = (room - _LABELS) // max(1, len(names) - 1)
    return None if each < _WORD else [_LABELS, *(each for _ in names[1:])]


def _widths(names: Sequence[str], columns: Sequence[Sequence[str]], right: range, room: int) -> list[int] | None:
    """The width of each column within ``room``; None where that is too narrow.

    Figures are whole, and so are words. Dates and words beside figures are whole where there is room for them.
    """
    for gentle in (True, False):
        least = []
        for index, (name, column) in enumerate(zip(names, columns, strict=True)):
            words = [min(_WORD, cell_len(word)) for text in (name, *column) for word in text.split()]
            figures = [cell_len(text) for text in column if index in right and (gentle or _numbers(text))]
            dates = [cell_len(text) for text in column if len(text) <= _DATE and _numbers(text)]
            least.append(max([1, *words, *figures, *dates]))
        if sum(least) <= room:
            break
    else:
        return None
    for texts in (columns, [(name, *column) for name, column in zip(names, columns, strict=True)]):
        wanted = [max([n, *map(cell_len, column)]) for n, column in zip(least, texts, strict=True)]
        while sum(least) < room and (missing := max(w - n for w, n in zip(wanted, least, strict=True))):
            least[next(i for i, (w, n) in enumerate(zip(wanted, least, strict=True)) if w - n == missing)] += 1
    return least


def _numbers(text: str) -> bool:
    return any(map(str.isdigit, text))
