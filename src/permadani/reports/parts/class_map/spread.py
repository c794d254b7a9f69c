"""How unequally answers and reshares are spread over people: Lorenz curve, Gini, and the top hundredth."""

from __future__ import annotations

from typing import Literal

from permadani.findings.results import ClassMap, Inequality
from permadani.language import N_
from permadani.reports.parts.class_map.figures import TOO_FEW, Section, estimate, part
from permadani.reports.parts.composition import curve_rows
from permadani.reports.words import Words

What = Literal["answers", "reshares"]

TITLES: dict[What, str] = {
    "answers": N_("How unequally answers are spread"),
    "reshares": N_("How unequally reshares are spread"),
}
CURVE_ACROSS: dict[What, str] = {
    "answers": N_("of 100 people, least answered first"),
    "reshares": N_("of 100 people, least reshared first"),
}
CURVE_UP: dict[What, str] = {"answers": N_("of 100 answers"), "reshares": N_("of 100 reshares")}
CURVE_LABEL: dict[What, str] = {
    "answers": N_("Lorenz curve: people from the least to the most answered, and how many of 100 answers they had."),
    "reshares": N_("Lorenz curve: people from the least to the most reshared, and how many of 100 reshares they had."),
}
UNKNOWN: dict[What, str] = {
    "answers": N_("How unequally answers are spread is not known: nobody's approaches and answers are both seen."),
    "reshares": N_("How unequally reshares are spread is not known: nobody's reshares are seen on these channels."),
}
FEW: dict[What, str] = {
    "answers": N_("How unequally answers are spread is not said: {n} among {people} are too few."),
    "reshares": N_("How unequally reshares are spread is not said: {n} among {people} are too few."),
}
TOP: dict[What, str] = {
    "answers": N_("Of 100 answers, {share} went to the hundredth of people who had most ({top} of {people})."),
    "reshares": N_("Of 100 reshares, {share} went to the hundredth of people who had most ({top} of {people})."),
}
GINI: dict[What, str] = {
    "answers": N_("Gini of the answers {gini} (0: all alike, 1: everything to one)."),
    "reshares": N_("Gini of the reshares {gini} (0: all alike, 1: everything to one)."),
}
HEADS = (N_("of what"), N_("people"), N_("received"), N_("Gini"), N_("top hundredth, people"), N_("of 100 to them"))


class SpreadTold(Section):
    """Of answers or of reshares received; people who received none are among them."""

    def __init__(self, found: ClassMap, words: Words, plain: Words, what: What) -> None:
        super().__init__(found, words, plain)
        self.what: What = what
        self.of: Inequality | None = found.answers_received if what == "answers" else found.reshares_received

    @property
    def title(self) -> str:
        return self.plain.say(TITLES[self.what])

    def all_sentences(self) -> list[str]:
        words, of = self.words, self.of
        if of is None:
            return [words.say(UNKNOWN[self.what])]
        people = words.plural(of.people, N_("{n} person"), N_("{n} people"))
        top, gini = part(of.top_share, words), estimate(of.gini, words)
        if top is None and gini is None:
            return [words.say(FEW[self.what], n=words.count(of.received), people=people)]
        said = None
        if top is not None:
            said = words.say(TOP[self.what], share=top, top=words.count(of.top_people), people=people)
        return self.sentences(said, None if gini is None else words.say(GINI[self.what], gini=gini))

    @property
    def has_curve(self) -> bool:
        return self.of is not None and self.of.gini is not None and len(self.of.lorenz) > 1

    def curve_heads(self) -> tuple[str, str]:
        return CURVE_ACROSS[self.what], CURVE_UP[self.what]

    def curve_rows(self) -> list[tuple[str, str]]:
        return curve_rows(self.of.lorenz, self.plain) if self.of is not None and self.has_curve else []

    @property
    def curve_label(self) -> str:
        return self.plain.say(CURVE_LABEL[self.what])

    def rows(self) -> list[tuple[str, ...]]:
        """One line under ``HEADS``; none where it is not known."""
        of, plain = self.of, self.plain
        if of is None:
            return []
        few, name = plain.say(TOO_FEW), N_("answers") if self.what == "answers" else N_("reshares")
        return [(
            plain.say(name), plain.count(of.people), plain.count(of.received), estimate(of.gini, plain) or few,
            plain.count(of.top_people), part(of.top_share, plain) or few,
        )]  # fmt: skip
