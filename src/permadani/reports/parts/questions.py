"""The questions, each with its verdict at a glance."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from permadani.findings.results import Amplification, Comparison, Participation, Practice, TakesUp
from permadani.language import N_
from permadani.reports import pictures
from permadani.reports.parts.choices import FINDINGS, Choice
from permadani.reports.parts.part import Part
from permadani.reports.parts.practice import READER_JUDGES, summary
from permadani.reports.parts.usual import why
from permadani.reports.reading import asks_what_it_takes_up, measured_rate
from permadani.reports.texts import PAIRS, QUESTIONS, TONES

if TYPE_CHECKING:
    from markupsafe import Markup


@dataclass(frozen=True, slots=True)
class Card:
    question: str
    verdict: str
    mark: Markup
    tone: str
    detail: str
    lines: tuple[tuple[str, str, Markup], ...] = ()


class Questions(Part):
    """One card a question; what a group channel asks comes second."""

    def cards(self) -> list[Card]:
        audit = self.audit
        cards = [self._answers()]
        if asks_what_it_takes_up(audit):
            cards.append(self._takes_up())
        return [*cards, self._amplification(), self._participation(), self._practice()]

    def _answers(self) -> Card:
        """What was found between juniors and seniors; where nothing was, how many of everybody were answered."""
        answers, html = self.audit.answers, self.html
        overall, standing = answers.overall, answers.by_standing
        tone, verdict, detail = TONES[overall.verdict], html.verdict(overall.verdict), why(overall, html)
        cell = measured_rate(overall)
        if cell is not None and overall.verdict == "not_enough_evidence":
            tone, verdict = "measured", html.say(N_("{figure} of 100 answered"), figure=html.figure(cell))
        lines = self._lines((("tenure", answers.by_tenure), ("standing", standing)))
        if standing.verdict in FINDINGS:
            everyone = (html.say(N_("Everyone")), verdict, pictures.verdict_mark(tone))
            lines = (*lines[:1], everyone)
            tone, verdict = TONES[standing.verdict], html.verdict(standing.verdict, "standing")
            detail = Choice.of(standing, "answers", "standing", html).in_short
        return Card(html.say(QUESTIONS["answers"]), verdict, pictures.verdict_mark(tone), tone, detail, lines)

    def _takes_up(self) -> Card:
        part = self.audit.takes_up
        return self._card("takes_up", part, self._lines((("tenure", part.by_tenure), ("standing", part.by_standing))))

    def _lines(self, pairs: Iterable[tuple[str, Comparison | None]]) -> tuple[tuple[str, str, Markup], ...]:
        html = self.html
        return tuple(
            (html.say(PAIRS[dimension]), html.verdict(comparison.verdict, dimension), _mark(comparison.verdict))
            for dimension, comparison in pairs
            if comparison is not None
        )

    def _amplification(self) -> Card:
        part = self.audit.amplification
        card = self._card("amplification", part, dimension="standing")
        if part.verdict not in FINDINGS:
            return card
        return replace(card, detail=Choice.of(part, "amplification", "standing", self.html).in_short)

    def _participation(self) -> Card:
        return self._card("participation", self.audit.participation)

    def _practice(self) -> Card:
        """No verdict but the outcomes of the claims."""
        part = self.audit.practice
        card, found = self._card("practice", part), summary(part, self.html)
        if found is None:
            return card
        judges = self.html.say(READER_JUDGES)
        return replace(card, verdict=found, mark=pictures.verdict_mark("measured"), tone="measured", detail=judges)

    def _card(
        self,
        key: str,
        part: Participation | TakesUp | Amplification | Practice,
        lines: tuple[tuple[str, str, Markup], ...] = (),
        dimension: str | None = None,
    ) -> Card:
        html = self.html
        verdict, detail = html.verdict(part.verdict, dimension), html.reason(part.reason)
        return Card(html.say(QUESTIONS[key]), verdict, _mark(part.verdict), TONES[part.verdict], detail, lines)

    def participation_strip(self) -> tuple[Markup, str] | None:
        part, plain = self.audit.participation, self.plain
        if part.rate is None:
            return None
        label = plain.say(
            N_("Of 100 conversations under its own posts it joined {rate} {range}."),
            rate=plain.of_hundred(part.rate), range=plain.range(part.low, part.high),
        )  # fmt: skip
        return pictures.interval(part.rate, part.low, part.high, "neutral", label), label


def _mark(verdict: str) -> Markup:
    return pictures.verdict_mark(TONES[verdict])
