"""Comparisons on the page: verdict, blind choice with its picture, odds, and how sure that is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from permadani.findings.results import Comparison
from permadani.language import N_
from permadani.reports import pictures
from permadani.reports.parts.choices import CHECK_HEADS, Choice, Dimension, Kind
from permadani.reports.parts.composition import CURVE_HEADS, Others
from permadani.reports.parts.groups import Strip, strips
from permadani.reports.parts.part import Part
from permadani.reports.reading import has_amplification
from permadani.reports.texts import PAIRS, TONES

if TYPE_CHECKING:
    from markupsafe import Markup

    from permadani.reports.parts.choices import Chosen

PASSED_ON = N_("{group}: of 100 messages of substance {figure} were passed on.")
TAKEN_UP = N_("{group}: of 100 open questions it took up {figure}.")


@dataclass(frozen=True, slots=True)
class Shown:
    """One comparison as the page shows it."""

    dimension: Dimension
    verdict: str
    tone: str
    mark: Markup
    reason: str
    caution: str | None
    blind: str | None
    picture: Markup | None
    odds: str | None
    missing: str | None
    facts: list[tuple[str, str]]
    checks: list[tuple[str, str, str, str]]
    check_heads: list[str]


@dataclass(frozen=True, slots=True)
class Cells:
    """A comparison that has no dots: one strip for each group."""

    shown: Shown
    strips: list[Strip]
    title: str | None = None


class Comparisons(Part):
    """All comparisons of an audit."""

    def tenure(self) -> Shown:
        return self._shown(self.audit.answers.by_tenure, "answers", "tenure")

    def standing(self) -> Shown:
        return self._shown(self.audit.answers.by_standing, "answers", "standing")

    def amplification(self) -> Cells | None:
        """None where the question's card says all there is."""
        part = self.audit.amplification
        if not has_amplification(part):
            return None
        return Cells(self._shown(part, "amplification", "standing"), strips(part.cells, self.plain, PASSED_ON))

    def others(self) -> Others | None:
        found = self.audit.amplification.others
        return Others(found, self.html, self.plain) if found is not None and found.reshares else None

    def curve_heads(self) -> list[str]:
        return [self.html.say(head) for head in CURVE_HEADS]

    def takes_up(self) -> list[Cells]:
        part = self.audit.takes_up
        pairs: tuple[tuple[Comparison | None, Dimension, str], ...] = (
            (part.by_tenure, "tenure", PAIRS["tenure"]),
            (part.by_standing, "standing", PAIRS["standing"]),
        )
        return [
            Cells(
                self._shown(comparison, "takes_up", dimension),
                strips(comparison.cells, self.plain, TAKEN_UP),
                self.html.say(title),
            )
            for comparison, dimension, title in pairs
            if comparison is not None
        ]

    def _shown(self, chosen: Chosen, kind: Kind, dimension: Dimension) -> Shown:
        said, labels = Choice.of(chosen, kind, dimension, self.html), Choice.of(chosen, kind, dimension, self.plain)
        picture = None
        if labels.chosen.blind_choice is not None and labels.blind is not None:
            picture = pictures.blind(labels.chosen.blind_choice, said.group, labels.blind, *labels.blind_labels)
        tone = TONES[chosen.verdict]
        return Shown(
            dimension=dimension,
            verdict=self.html.verdict(chosen.verdict, dimension),
            tone=tone,
            mark=pictures.verdict_mark(tone),
            reason=self.html.reason(chosen.reason),
            caution=said.caution,
            blind=said.blind,
            picture=picture,
            odds=said.odds,
            missing=said.missing,
            facts=labels.facts,
            checks=labels.checks,
            check_heads=[self.html.say(head) for head in CHECK_HEADS],
        )
