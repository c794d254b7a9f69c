"""Who approaches, answers and reshares whom: sentences, a heat map, and the table of all cells."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

from permadani.findings.results import ClassMap, Matrix, MatrixCell
from permadani.language import N_
from permadani.reports.parts.class_map.figures import (
    Mark,
    Section,
    expected,
    mark,
    share,
    share_or_few,
    times,
    times_or_few,
)
from permadani.reports.parts.class_map.names import CLASSES, LABELS, NAMES, STARTING, TO
from permadani.reports.words import Words

Kind = Literal["approaches", "answers", "reshares"]

TITLES: dict[Kind, str] = {
    "approaches": N_("Who speaks to whom first"),
    "answers": N_("Who answers whom"),
    "reshares": N_("Who passes on whom"),
}
COMPARED: dict[Kind, str] = {
    "approaches": N_(
        "Times as often as if whom people approach did not depend on class, with as many approaches made and received "
        "by each class."
    ),
    "answers": N_("Times as often as a choice blind to class among those who were waiting at each answer."),
    "reshares": N_(
        "Times as often as if whom people reshare did not depend on class, with as many reshares made and received by "
        "each class."
    ),
}
PAIRED: dict[Kind, str] = {
    "approaches": N_("{source} approached {to} {times} times as often as a draw blind to class would have."),
    "answers": N_(
        "{source} answered {to} {times} times as often as a choice blind to class among those waiting would have."
    ),
    "reshares": N_("{source} reshared {to} {times} times as often as a draw blind to class would have."),
}
COUNTED: dict[Kind, tuple[str, str]] = {
    "approaches": (N_("{n} approach"), N_("{n} approaches")),
    "answers": (N_("{n} answer"), N_("{n} answers")),
    "reshares": (N_("{n} reshare"), N_("{n} reshares")),
}
RECEIVED = (
    N_("Of 100 approaches of {group} to seniors, {figure} were answered; of {other_group} to seniors, {other}."),
    N_("Of 100 approaches of {group} to seniors, {figure} were answered."),
)
CORNER = N_("who")
MARKS: dict[Mark, str] = {
    "more": N_("more often than blind to class"),
    "less": N_("less often than blind to class"),
    "either": N_("without a mark: could be either"),
    "few": N_("too few"),
}
CHANCE = N_("Of 20 such ranges about one misses the true figure by chance.")
HEADS = (
    N_("who"), N_("whom"), N_("how often"), N_("people who did"), N_("people to whom"), N_("compared"),
    N_("expected"), N_("times"),
)  # fmt: skip
SHARE_TITLE = N_("Of 100 approaches that are old enough, answered in time")
SHARE_HEADS = (
    N_("who approached"), N_("whom"), N_("approaches"), N_("answered"), N_("people"), N_("of 100"),
)  # fmt: skip
SENTENCES = 4
SEEN = 0.05  # what shows as more than 0.0


@dataclass(frozen=True, slots=True)
class Heat:
    """One field of the heat map. ``value``: None for too few. ``figure``: ``2.1 [1.6–2.8]`` or that it is too few."""

    source: str
    to: str
    mark: Mark
    value: float | None
    figure: str
    label: str


class MatrixTold(Section):
    """One matrix. ``reason``: why there is none."""

    def __init__(self, found: ClassMap, words: Words, plain: Words, kind: Kind) -> None:
        super().__init__(found, words, plain)
        self.kind: Kind = kind
        self.matrix: Matrix = getattr(found, kind)

    @property
    def title(self) -> str:
        return self.plain.say(TITLES[self.kind])

    @property
    def reason(self) -> str | None:
        return None if self.matrix.reason is None else self.words.reason(self.matrix.reason)

    @property
    def measured(self) -> bool:
        """Whether any cell has a ratio, so that there is a map to see."""
        return any(mark(one.ratio) != "few" for one in self.matrix.cells)

    # sentences

    @property
    def counted(self) -> str | None:
        """How many in all, and of how many the comparison can be made."""
        words, matrix = self.words, self.matrix
        if not matrix.cells:
            return None
        count = words.plural(matrix.count, *COUNTED[self.kind])
        if matrix.telling == matrix.count:
            return words.say(N_("This rests on {count}."), count=count)
        return words.say(
            N_("This rests on {telling} of {count}: in the others nobody else waited, so there was no choice."),
            telling=words.count(matrix.telling), count=count,
        ) if self.kind == "answers" else words.say(
            N_("This rests on {telling} of {count}."), telling=words.count(matrix.telling), count=count
        )  # fmt: skip

    @property
    def received(self) -> str | None:
        """Of 100 approaches to seniors, how many they answered, by who approached; on group channels nobody is."""
        if self.kind != "answers":
            return None
        words = self.words
        said = [
            (words.say(NAMES[key]), figure) for key in ("junior", "senior")
            if (cell := self.matrix.cell("senior", key)) is not None and (figure := share(cell.share, words))
        ]  # fmt: skip
        if not said:
            return None
        both, one = RECEIVED
        if len(said) == 1:
            return words.say(one, group=said[0][0], figure=said[0][1])
        return words.say(both, group=said[0][0], figure=said[0][1], other_group=said[1][0], other=said[1][1])

    @property
    def rarely(self) -> str | None:
        """Beside shares of approaches answered, where only part was collected."""
        partial = any(one.level == "partial" for one in self.found.channels)
        if not partial or not any(share(one.share, self.words) for one in self.matrix.cells):
            return None
        return self.words.say(
            N_(
                "Only part was collected, and answers are rarely in such collections: how many approaches were "
                "answered says little of the network."
            )
        )

    def pair(self, source: str, to: str) -> str | None:
        """One cell as a sentence; None for too few."""
        cell, words = self.matrix.cell(source, to), self.words
        figure = None if cell is None else times(cell.ratio, words)
        if figure is None:
            return None
        return words.say(
            PAIRED[self.kind], source=words.say(STARTING[source]), to=words.say(NAMES[to]), times=figure
        )  # fmt: skip

    def pairs(self) -> list[str]:
        """The clearest cells, the strongest first; those between known classes before those of unknown ones."""
        telling = [one for one in self.matrix.cells if mark(one.ratio) in {"more", "less"}]
        telling.sort(key=lambda one: ("unknown" in (one.source, one.to), -_strength(one)))
        said = [self.pair(one.source, one.to) for one in telling[:SENTENCES]]
        return self.sentences(*said)

    def all_sentences(self) -> list[str]:
        if self.reason is not None:
            return [self.reason]
        words = self.words
        pairs = self.pairs()
        if pairs:
            pairs.append(words.say(CHANCE))
        elif self.measured:
            pairs = [words.say(N_("No pair of classes differs clearly from a choice blind to class."))]
        else:
            pairs = [words.say(N_("There are too few between any two classes for a comparison."))]
        return self.sentences(self.received, self.rarely, *pairs, self.counted)

    # pictures and tables

    def heat(self) -> list[list[Heat]]:
        """Rows of fields: those who act downwards, those to whom it goes to the right; empty where nothing is known."""
        if not self.measured:
            return []
        return [[self._heat(source, to) for to in CLASSES] for source in CLASSES]

    def heat_heads(self) -> tuple[str, ...]:
        plain = self.plain
        return (plain.say(CORNER), *(plain.say(TO[key]) for key in CLASSES))

    def row_names(self) -> list[str]:
        return [self.plain.say(LABELS[key]) for key in CLASSES]

    def legend(self) -> list[tuple[Mark, str]]:
        return [(key, self.plain.say(text)) for key, text in MARKS.items()]

    def heads(self) -> tuple[str, ...]:
        """Texts of ours, untranslated, as all heads."""
        return HEADS

    def rows(self) -> list[tuple[str, ...]]:
        """Every cell where something was done or expected: under ``HEADS``."""
        return [self._row(one) for one in self.matrix.cells if one.count or one.ratio.expected >= SEEN]

    def share_rows(self) -> list[tuple[str, ...]]:
        """Of what came from each class to each, how many were answered: under ``SHARE_HEADS``; of answers only."""
        plain = self.plain
        return [
            (
                plain.say(LABELS[one.to]), plain.say(LABELS[one.source]), plain.count(one.share.posts),
                plain.count(one.share.answered if one.share.posts else None), plain.count(one.share.people),
                share_or_few(one.share, plain),
            )
            for one in sorted(self.matrix.cells, key=lambda one: CLASSES.index(one.to)) if one.share is not None
        ]  # fmt: skip

    def _row(self, one: MatrixCell) -> tuple[str, ...]:
        plain = self.plain
        return (
            plain.say(LABELS[one.source]), plain.say(LABELS[one.to]), plain.count(one.count), plain.count(one.givers),
            plain.count(one.receivers), plain.count(one.ratio.observed), expected(one.ratio.expected, plain),
            times_or_few(one.ratio, plain),
        )  # fmt: skip

    def _heat(self, source: str, to: str) -> Heat:
        cell, plain = self.matrix.cell(source, to), self.plain
        ratio = None if cell is None else cell.ratio
        kind = mark(ratio)
        figure = str(times_or_few(ratio, plain))
        label = f"{plain.say(LABELS[source])} {plain.say(TO[to])}: {figure}"
        value = None if ratio is None or kind == "few" else ratio.value
        return Heat(source, to, kind, value, figure, label)


def _strength(one: MatrixCell) -> float:
    """How far from 1, on the logarithm; a ratio of nothing is the farthest."""
    value = one.ratio.value
    return math.inf if not value else abs(math.log(value))
