"""What is said of a choice among those waiting: its verdict, the blind choice, the odds, and how sure that is."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, Protocol

from permadani.findings.reasons import reason
from permadani.findings.results import BlindChoice, ChoiceModel, OddsRatio, Verdict
from permadani.language import N_
from permadani.reports.foreign import safe
from permadani.reports.texts import VERDICTS, VERDICTS_ON
from permadani.reports.words import Words

if TYPE_CHECKING:
    from permadani.findings.reasons import Reason

Kind = Literal["answers", "amplification", "takes_up"]
Dimension = Literal["standing", "tenure"]

SIDES: dict[str, tuple[str, str]] = {"standing": ("junior", "senior"), "tenure": ("newcomer", "regular")}

BLIND = {
    ("answers", "standing"): N_(
        "Of {answers} answers, a choice blind to standing would have sent {expected} [{low}–{high}] to juniors; "
        "{observed} went there."
    ),
    ("answers", "tenure"): N_(
        "Of {answers} answers, a choice blind to who is new would have sent {expected} [{low}–{high}] to newcomers; "
        "{observed} went there."
    ),
    ("amplification", "standing"): N_(
        "Of {answers} messages that it passed on, a choice blind to standing would have taken {expected} "
        "[{low}–{high}] from juniors; {observed} came from them."
    ),
    ("takes_up", "standing"): N_(
        "Of {answers} open questions that it took up, a choice blind to standing would have taken {expected} "
        "[{low}–{high}] from juniors; {observed} came from them."
    ),
    ("takes_up", "tenure"): N_(
        "Of {answers} open questions that it took up, a choice blind to who is new would have taken {expected} "
        "[{low}–{high}] from newcomers; {observed} came from them."
    ),
}
WENT = {
    "answers": {"standing": N_("{n} went to juniors"), "tenure": N_("{n} went to newcomers")},
    "amplification": {"standing": N_("{n} came from juniors")},
    "takes_up": {"standing": N_("{n} came from juniors"), "tenure": N_("{n} came from newcomers")},
}
ODDS = {
    "standing": N_(
        "Where a junior and a senior waited side by side, alike in all else, the junior was chosen {odds} times for "
        "every 100 times that the senior was (odds ratio {ratio})."
    ),
    "tenure": N_(
        "Where a newcomer and a regular waited side by side, alike in all else, the newcomer was chosen {odds} times "
        "for every 100 times that the regular was (odds ratio {ratio})."
    ),
}
COUNTED = {
    "answers": N_("answers given while people of both groups waited"),
    "amplification": N_("messages passed on while those of both groups were open"),
    "takes_up": N_("questions taken up while those of both groups were open"),
}
WAITED = {
    "junior": N_("juniors among those who waited then"),
    "senior": N_("seniors among those who waited then"),
    "newcomer": N_("newcomers among those who waited then"),
    "regular": N_("regulars among those who waited then"),
}
CHECKS = {
    "clustered": N_("with each person and conversation left out in turn"),
    "answered_elsewhere": N_("with what may have been answered in another way"),
    "first_standing": N_("by how many followed them when they first wrote"),
    "window_3": N_("a window of 3 days"),
    "window_30": N_("a window of 30 days"),
    "with_prior_contact": N_("allowing for whom it had spoken with before"),
    "without_prior_contact": N_("not allowing for whom it had spoken with before"),
    "absolute_size": N_("small and large by absolute numbers of followers"),
    "substance_corrected": N_("corrected for substance that was judged wrongly"),
}
FORMS = {
    "integrated": N_("with room for favourites and for crowds in one conversation"),
    "jackknife": N_("in the shorter way for very many people"),
}
SIGNS = frozenset({"signs_of_passing_over", "signs_of_favouring"})
FINDINGS = SIGNS | {"passes_over", "favours", "even_handed"}


class Chosen(Protocol):
    """What a comparison and the part on amplification have in common."""

    @property
    def verdict(self) -> Verdict: ...
    @property
    def reason(self) -> Reason: ...
    @property
    def blind_choice(self) -> BlindChoice | None: ...
    @property
    def odds_ratio(self) -> OddsRatio | None: ...
    @property
    def model(self) -> ChoiceModel | None: ...


@dataclass(frozen=True, slots=True)
class _Withheld:
    """A comparison of which only verdict and reason may be shown."""

    verdict: Verdict
    reason: Reason
    blind_choice: None = None
    odds_ratio: None = None
    model: None = None


@dataclass(frozen=True, slots=True)
class Choice:
    """One comparison with the words for it."""

    chosen: Chosen
    kind: Kind
    dimension: Dimension
    words: Words

    @classmethod
    def of(cls, chosen: Chosen, kind: Kind, dimension: Dimension, words: Words) -> Choice:
        """The choice as it may be shown: where signs are withheld, nothing that would tell of them."""
        if chosen.reason.key == "signs_withheld":
            chosen = _Withheld(chosen.verdict, chosen.reason)
        return cls(chosen, kind, dimension, words)

    @property
    def group(self) -> str:
        """Those who could be passed over."""
        return SIDES[self.dimension][0]

    @property
    def finding(self) -> str:
        """The verdict and why, not said twice. Always plain text."""
        chosen, words = self.chosen, self.words
        verdict = words.translate(VERDICTS_ON.get((chosen.verdict, self.dimension), VERDICTS[chosen.verdict]))
        said = words.reason(chosen.reason)
        return said if said.casefold().startswith(verdict.casefold()) else f"{verdict}: {said}"

    @property
    def caution(self) -> str | None:
        """How often chance alone looks like signs; None where the reason says so or there are none."""
        if self.chosen.verdict not in SIGNS or self.chosen.reason.key == "signs":
            return None
        return self.words.reason(reason("signs_caution"))

    @property
    def in_short(self) -> str:
        """What a finding rests on, in one breath; of signs also how unsure they are."""
        words = self.words
        if self.chosen.verdict in SIGNS or self.blind is None:
            return words.join(*filter(None, (self.blind, words.reason(self.chosen.reason), self.caution)))
        return self.blind

    @property
    def blind(self) -> str | None:
        choice, words = self.chosen.blind_choice, self.words
        if choice is None:
            return None
        return words.say(
            BLIND[self.kind, self.dimension], answers=words.count(choice.answers),
            observed=words.count(choice.observed), expected=_number(choice.expected, words),
            low=_number(choice.expected_low, words), high=_number(choice.expected_high, words),
        )  # fmt: skip

    @property
    def blind_labels(self) -> tuple[str, str]:
        """What stands at the two marks of the picture."""
        choice, words = self.chosen.blind_choice, self.words
        if choice is None:
            return "", ""
        went = words.say(WENT[self.kind][self.dimension], n=words.count(choice.observed))
        low, high = (_number(end, words) for end in (choice.expected_low, choice.expected_high))
        blind = words.say(
            N_("a blind choice: {expected} [{low}–{high}]"),
            expected=_number(choice.expected, words), low=low, high=high,
        )  # fmt: skip
        return went, blind

    @property
    def odds(self) -> str | None:
        """The odds ratio as so many to a hundred; an open end is said to be open."""
        ratio, words = self.chosen.odds_ratio, self.words
        if ratio is None:
            return None
        bounds = f"[{to_hundred(ratio.low, words)}–{to_hundred(ratio.high, words)}]"
        said = words.say(
            ODDS[self.dimension], odds=words.bounded(to_hundred(ratio.value, words), bounds), ratio=self._ratio(ratio)
        )
        if ratio.low is None or ratio.high is None:
            open_end = words.say(N_("The end shown as … is open: the data set no bound there."))
            said = words.join(said, open_end)
        return said

    def _ratio(self, ratio: OddsRatio) -> str:
        words = self.words
        return f"{words.decimal(ratio.value)} [{words.decimal(ratio.low)}–{words.decimal(ratio.high)}]"

    @property
    def missing(self) -> str | None:
        """How much more would be needed, where there is not enough evidence."""
        model, words = self.chosen.model, self.words
        if self.chosen.verdict != "not_enough_evidence" or model is None:
            return None
        said: list[str] = []
        if model.answers_needed is not None and model.answers_needed > model.answers:
            said.append(
                words.say(
                    N_(
                        "How much more would be needed: about {needed} such choices, to see a preference as strong "
                        "as 25 to 100; there are {answers}."
                    ),
                    needed=words.count(model.answers_needed), answers=words.count(model.answers),
                )
            )  # fmt: skip
        if said and model.visible_odds_ratio is not None:
            said.append(
                words.say(
                    N_("A preference weaker than {visible} to 100 would not be seen with these."),
                    visible=to_hundred(model.visible_odds_ratio, words),
                )
            )
        if not said and self.chosen.reason.key == "undecided":
            said.append(words.say(N_("What is missing is the surety that no preference is stronger than 67 to 100.")))
        return words.join(*said) if said else None

    @property
    def facts(self) -> list[tuple[str, str]]:
        """What stands behind it: label, value."""
        model, ratio, words = self.chosen.model, self.chosen.odds_ratio, self.words
        if model is None:
            return []
        which = N_(
            "made while others waited, also for messages too young for the figures above; none of people of unknown "
            "class"
        )
        rows = [(words.say(N_("which choices count")), words.say(which))]
        rows.append((words.say(COUNTED[self.kind]), words.count(model.answers)))
        rows += [
            (words.say(WAITED[group]), words.count(model.askers[group]))
            for group in SIDES[self.dimension]
            if group in model.askers
        ]
        if ratio is not None:
            level = words.say(N_("the range holds {level} times of 100"), level=words.of_hundred(ratio.level))
            rows.append((words.say(N_("odds ratio")), f"{self._ratio(ratio)}, {level}"))
        if model.shrunk is not None:
            rows.append((words.say(N_("the same, seen among all accounts compared")), self._ratio(model.shrunk)))
        if model.root is not None:
            rows.append((words.say(N_("distance from an even choice (signed root)")), words.decimal(model.root)))
        if model.form is not None:
            rows.append((words.say(N_("computed")), words.say(FORMS[model.form])))
        if model.visible_odds_ratio is not None:
            seen = words.say(N_("{visible} to 100"), visible=to_hundred(model.visible_odds_ratio, words))
            rows.append((words.say(N_("weakest preference that would be seen 80 times of 100")), seen))
        if model.answers_needed is not None and model.answers_needed > model.answers:
            rows.append(
                (words.say(N_("choices needed to see one of 25 to 100 as often")), words.count(model.answers_needed))
            )
        return rows

    @property
    def checks(self) -> list[tuple[str, str, str, str]]:
        """The same comparison made in other ways: how, odds ratio, whether it agrees, whether a verdict needs it."""
        words = self.words
        return [
            (
                words.say(CHECKS[check.name]) if check.name in CHECKS else safe(check.name, 60),
                "–" if check.odds_ratio is None else self._ratio(check.odds_ratio),
                words.say(_AGREES[check.agrees]),
                words.say(N_("yes") if check.required else N_("no")),
            )
            for check in (self.chosen.model.checks if self.chosen.model else ())
        ]


_AGREES = {True: N_("agrees"), False: N_("does not agree"), None: N_("could not be made")}
CHECK_HEADS = (N_("made in another way"), N_("odds ratio"), N_("result"), N_("needed for a verdict"))


def to_hundred(odds: float | None, words: Words) -> str:
    """An odds ratio as so many to a hundred; an open end stays open."""
    if odds is None or not math.isfinite(odds):
        return "…"
    hundred = round(100 * odds)
    return "<1" if odds > 0 and not hundred else words.count(hundred)


def _number(number: float, words: Words) -> str:
    return words.count(round(number)) if math.isfinite(number) else "…"
