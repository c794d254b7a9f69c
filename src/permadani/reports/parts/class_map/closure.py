"""Whether the seniors form a closed club: the verdict, its three figures, the rich club, and who returns ties."""

from __future__ import annotations

import math

from permadani.findings.results import Ratio, Reciprocity
from permadani.language import N_
from permadani.reports.parts.class_map.figures import (
    Section,
    expected,
    factor,
    share,
    share_or_few,
    times,
    times_or_few,
)

VERDICTS = {
    "closed": N_("The seniors form a closed club."),
    "not_closed": N_("The seniors form no closed club."),
    "not_enough_evidence": N_("Not enough evidence."),
    "not_measurable": N_("Not measurable."),
}
TONES = {"closed": "less", "not_closed": "even", "not_enough_evidence": "open", "not_measurable": "cannot"}
TITLE = N_("Whether the seniors form a closed club")
RECIPROCITY_TITLE = N_("How many ties are returned")
HEADS = (N_("who answers whom"), N_("answers"), N_("expected"), N_("times"))
RICH_HEADS = (N_("seniors"), N_("ties between them"), N_("possible"), N_("expected"), N_("times"))
RECIPROCITY_HEADS = (N_("ties by"), N_("ties"), N_("returned"), N_("people"), N_("of 100"))
ADDRESSING = N_("replies, comments, mentions")
FIGURES = (
    N_("seniors to seniors"),
    N_("everybody else to seniors"),
    N_("the first over the second"),
)
CAUTION = N_(
    "Seniors may be answered more by everybody: that is rank and not a club. So the third figure decides, from 1.5 on."
)


class ClosureTold(Section):
    """The verdict never stands without its reason."""

    @property
    def verdict(self) -> str:
        return self.words.say(VERDICTS[self.found.closure.verdict])

    @property
    def tone(self) -> str:
        return TONES[self.found.closure.verdict]

    @property
    def reason(self) -> str:
        return self.words.reason(self.found.closure.reason)

    @property
    def among_seniors(self) -> str | None:
        found, words = times(self.found.closure.seniors_to_seniors, self.words), self.words
        if found is None:
            return None
        return words.say(
            N_("Seniors answered seniors {times} times as often as a choice blind to class among those waiting."),
            times=found,
        )

    @property
    def by_others(self) -> str | None:
        found, words = times(self.found.closure.others_to_seniors, self.words), self.words
        if found is None:
            return None
        return words.say(
            N_("Everybody else answered seniors {times} times as often as such a choice."), times=found
        )  # fmt: skip

    @property
    def relative(self) -> str | None:
        found, words = times(self.found.closure.relative, self.words), self.words
        return None if found is None else words.say(N_("The first is {times} times the second."), times=found)

    def figures(self) -> list[str]:
        """The sentences of the figures that there are."""
        return self.sentences(self.among_seniors, self.by_others, self.relative)

    @property
    def ranges(self) -> str | None:
        """How sure the ranges are; they may differ from those of other tables."""
        closure = self.found.closure
        levels = {r.level for r in (closure.seniors_to_seniors, closure.others_to_seniors, closure.relative) if r}
        if len(levels) != 1 or not self.figures():
            return None
        return self.words.say(
            N_("{n} of 100 such ranges hold the true figure."), n=f"{100 * levels.pop():g}"
        )  # fmt: skip

    def ratios(self) -> list[tuple[str, Ratio]]:
        """The three figures with their names, those that are there."""
        closure = self.found.closure
        ratios = (closure.seniors_to_seniors, closure.others_to_seniors, closure.relative)
        return [(self.plain.say(name), one) for name, one in zip(FIGURES, ratios, strict=True) if one is not None]

    @property
    def scale(self) -> float:
        """Where a line ends on which all three figures lie with their ranges: a whole number, at most 20."""
        return float(max([2, *(min(20, math.ceil(one.high)) for _, one in self.ratios() if one.high is not None)]))

    def rows(self) -> list[tuple[str, ...]]:
        """Under ``HEADS``; the third figure has no counts of its own."""
        relative = self.found.closure.relative
        return [self._row(name, one, counted=one is not relative) for name, one in self.ratios()]

    def _row(self, name: str, one: Ratio, *, counted: bool) -> tuple[str, ...]:
        plain = self.plain
        counts = (plain.count(one.observed), expected(one.expected, plain)) if counted else ("–", "–")
        return (name, *counts, times_or_few(one, plain))

    # the rich club

    @property
    def rich_club(self) -> str | None:
        """Counts of all that was collected, so without a range; it decides nothing."""
        found, words = self.found.closure.rich_club, self.words
        if found is None:
            return None
        if not found.possible:
            return words.say(N_("There are not two seniors between whom a tie would be possible."))
        said = words.say(
            N_("Of {possible} possible ties between {seniors} seniors, {ties} exist."),
            possible=words.count(found.possible), seniors=words.count(found.seniors), ties=words.count(found.ties),
        )  # fmt: skip
        if found.expected is None:
            return said
        blind = words.say(
            N_(
                "Were they drawn blindly, with as many ties given and received by everybody, {expected} would be "
                "expected."
            ),
            expected=expected(found.expected, words),
        )
        return words.join(said, blind)

    def rich_rows(self) -> list[tuple[str, ...]]:
        found, plain = self.found.closure.rich_club, self.plain
        if found is None or not found.possible:
            return []
        ratio = "–" if found.ratio is None else factor(found.ratio, plain)
        blind = "–" if found.expected is None else expected(found.expected, plain)
        counts = map(plain.count, (found.seniors, found.ties, found.possible))
        return [(*counts, blind, ratio)]

    # reciprocity

    def reciprocity(self) -> list[str]:
        words, found = self.words, self.found
        replies = self._returned(
            found.reciprocity_of_replies,
            N_("Of 100 ties by addressing somebody directly (replies, comments, mentions), {figure} are returned."),
            N_("There are too few ties by addressing somebody directly to say how many are returned."),
            N_("Nobody is seen to address somebody directly."),
        )  # fmt: skip
        if found.reciprocity_of_reshares is None:
            return [replies, words.say(N_("Ties by reshares are not seen on these channels."))]
        return [
            replies,
            self._returned(
                found.reciprocity_of_reshares, N_("Of 100 ties by reshares, {figure} are returned."),
                N_("There are too few ties by reshares to say how many are returned."),
                N_("No ties by reshares are seen."),
            ),
        ]  # fmt: skip

    def _returned(self, found: Reciprocity, template: str, few: str, none: str) -> str:
        if not found.ties:
            return self.words.say(none)
        figure = share(found, self.words)
        return self.words.say(few) if figure is None else self.words.say(template, figure=figure)

    def reciprocity_rows(self) -> list[tuple[str, ...]]:
        plain, found = self.plain, self.found
        both = ((ADDRESSING, found.reciprocity_of_replies), (N_("reshares"), found.reciprocity_of_reshares))
        return [
            (
                plain.say(name), plain.count(one.ties), plain.count(one.returned), plain.count(one.people),
                share_or_few(one, plain),
            )
            for name, one in both if one is not None and one.ties
        ]  # fmt: skip
