"""Who got an answer: a picture and a sentence for every group, and the rows of their tables."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from permadani.findings.results import STANDINGS, TENURES, Cell, Comparison
from permadani.language import N_
from permadani.reports import pictures
from permadani.reports.parts.part import Part
from permadani.reports.reading import answered, meaning, standing_kind
from permadani.reports.texts import BY_STANDING, FROM_GROUP, RANKS
from permadani.reports.words import Words, is_wide

if TYPE_CHECKING:
    from markupsafe import Markup


@dataclass(frozen=True, slots=True)
class Figure:
    """One group: its picture, or None where there is nothing to draw."""

    group: str
    name: str
    meaning: str
    says: str
    cell: Cell
    value: str
    range: str
    picture: Markup | None
    strip: Markup | None
    wide: bool


class Groups(Part):
    """Figures in the order in which groups are always named; groups nobody belongs to are left out."""

    def tenures(self) -> list[Figure]:
        return self._figures(self.audit.answers.by_tenure, TENURES)

    def standings(self) -> list[Figure]:
        """Empty where standing says nothing: every asker is of unknown class."""
        figures = self._figures(self.audit.answers.by_standing, STANDINGS)
        return figures if any(figure.group != "unknown" for figure in figures) else []

    def by_standing(self) -> str:
        """The heading of what is told of juniors and seniors."""
        return self.html.say(BY_STANDING[standing_kind(self.audit)])

    def ranks(self) -> str:
        """What juniors and seniors are."""
        return self.html.say(RANKS[standing_kind(self.audit)])

    def _figures(self, comparison: Comparison, groups: Iterable[str]) -> list[Figure]:
        return [
            self._figure(group, comparison.cells[group])
            for group in groups
            if group in comparison.cells and comparison.cells[group].approaches
        ]

    def _figure(self, group: str, cell: Cell) -> Figure:
        plain, label = self.plain, self.sentence(group, cell)
        return Figure(
            group=group,
            name=plain.group(group),
            meaning=self.html.say(meaning(self.audit, group)),
            says=self.html.say(FROM_GROUP[group]),
            cell=cell,
            value=plain.of_hundred(cell.rate),
            range=plain.range(cell.low, cell.high),
            picture=_dots(group, cell, label),
            strip=strip(group, cell, label),
            wide=is_wide(cell),
        )

    def sentence(self, group: str, cell: Cell) -> str:
        plain = self.plain
        if not cell.eligible:
            return plain.say(N_("{group}: none of the messages can be judged."), group=plain.group(group))
        if cell.rate is None:
            return plain.say(
                N_("{group}: {answered} of {eligible} messages were answered; not enough to say how often."),
                group=plain.group(group), answered=plain.count(cell.answered), eligible=plain.count(cell.eligible),
            )  # fmt: skip
        return plain.say(
            N_("{group}: of 100 messages {figure} were answered within {days} days."),
            group=plain.group(group), figure=plain.figure(cell), days=self.audit.window_days,
        )  # fmt: skip

    def substantive(self, comparison: Comparison, groups: Iterable[str]) -> list[tuple[str, Cell]]:
        found = [(self.plain.group(g), comparison.substantive[g]) for g in groups if g in comparison.substantive]
        return [(name, cell) for name, cell in found if cell.eligible]

    def row(self, name: str, cell: Cell) -> list[str]:
        """One line of the table that stands beside every picture of cells."""
        plain = self.plain
        counts = (cell.approaches, cell.eligible, answered(cell), cell.answered_late, cell.askers)
        rate = plain.say(N_("not enough to say")) if cell.rate is None else plain.figure(cell)
        return [name, *(plain.count(count) for count in counts), rate]


@dataclass(frozen=True, slots=True)
class Strip:
    """One group on one line: its name, picture, figure and counts."""

    group: str
    name: str
    picture: Markup | None
    figure: str
    approaches: str
    askers: str
    eligible: str
    answered: str


def strips(cells: Mapping[str, Cell], plain: Words, says: str) -> list[Strip]:
    """``says``: what a figure is of 100 of, with ``{group}`` and ``{figure}``, marked for the catalogue."""
    known = [group for group in (*TENURES, *STANDINGS) if group in cells and cells[group].eligible]
    return [_strip(group, cells[group], plain, says) for group in known]


def _strip(group: str, cell: Cell, plain: Words, says: str) -> Strip:
    label = plain.say(says, group=plain.group(group), figure=plain.figure(cell))
    return Strip(
        group, plain.group(group), strip(group, cell, label), plain.figure(cell) if cell.rate is not None else "–",
        plain.count(cell.approaches), plain.count(cell.askers), plain.count(cell.eligible), plain.count(cell.answered),
    )  # fmt: skip


def strip(group: str, cell: Cell, label: str) -> Markup | None:
    return None if cell.rate is None else pictures.interval(cell.rate, cell.low, cell.high, group, label)


def _dots(group: str, cell: Cell, label: str) -> Markup | None:
    if cell.rate is not None:
        return pictures.hundred(cell.rate, cell.low, cell.high, group, label)
    return pictures.counted(cell.answered, cell.eligible, group, label) if cell.eligible else None
