"""Is one group chosen less readily than the other, among those who waited at the same moment?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import ceil, exp, log

import numpy as np

from permadani.findings.checks import Asked, checks, contact_check
from permadani.findings.design import GROUPS, Design, Dimension
from permadani.findings.preference import Found, Screening, found
from permadani.findings.reasons import Reason, reason
from permadani.findings.results import BlindChoice, Check, ChoiceModel, OddsRatio, Verdict
from permadani.measures.judged import Column, Judged
from permadani.statistics.blind import Blind, blind
from permadani.statistics.conditional import Batch
from permadani.statistics.jackknife import screen

ANSWERS, ASKERS, EXPECTED, VARIANCE = 10, 8, 5.0, 2.0
"""The gate: answers while both groups waited, people in each, answers expected by a blind choice, their variance."""
SIGNS = 2.33
"""So far from no preference lies about 1 fair account in 90."""
CORRECTED_SIDE, CORRECTED_SURE = 1.96, 3.09
"""With more labels of substance corrected than are wrong by measure, a sign and a verdict must lie so far away."""
NOTABLE = log(1.5)
"""Smaller preferences are called even-handed where the interval excludes larger ones."""
UNKNOWN_SUBSTANCE, UNDATED = 0.15, 0.15
"""With more messages than this of unknown substance, or by people whose followers were counted nobody knows when (so
perhaps after its answers made them grow), no more than signs."""
POWER, TARGET = 4.13, log(4)
"""3.29 + .84 standard errors are seen 80 times of 100; answers are reckoned for an odds ratio of 1/4."""


@dataclass(frozen=True, slots=True)
class Compared:
    verdict: Verdict
    reason: Reason
    blind_choice: BlindChoice | None = None
    odds_ratio: OddsRatio | None = None
    model: ChoiceModel | None = None


def compare(
    rows: Judged, groups: Column, dimension: Dimension, *, accusable: bool, followers: int | None = None,
    thrifty: bool = False,
) -> Compared:  # fmt: skip
    """The verdict between juniors and seniors (newcomers and regulars) among ``rows``.

    ``groups``: shape (n,), the group of each row's asker. ``accusable``: whether an accusing verdict may be given.
    ``followers``: the account's own, to compare by absolute size as well; None where follower counts are not known.
    ``thrifty``: see ``compare_all``.
    """
    return compare_all([Asked(rows, groups, dimension, accusable, followers)], thrifty=thrifty)[0]


def compare_all(asked: Sequence[Asked], *, thrifty: bool = False) -> list[Compared]:
    """Many comparisons; those past the first gate are fitted together.

    ``thrifty``: where the cheaper form leaves no question, its interval is given and nothing more is computed.
    """
    from threadpoolctl import threadpool_limits

    # matrices of a few hundred rows are slower on several cores, and far slower where other work wants these
    with threadpool_limits(1, "blas"):
        return _compare_all(asked, thrifty=thrifty)


def _compare_all(asked: Sequence[Asked], *, thrifty: bool) -> list[Compared]:
    results: list[Compared | None] = []
    waiting: dict[int, list[tuple[int, Design]]] = {}
    for i, one in enumerate(asked):
        drawn = one.design()
        results.append(_too_little(one, drawn))
        if drawn is not None and results[-1] is None:
            waiting.setdefault(drawn.choices.z.shape[1], []).append((i, drawn))
    for some in waiting.values():
        batch = Batch.of([drawn.choices for _, drawn in some], [drawn.item for _, drawn in some])
        screened = screen(batch)
        for k, (i, drawn) in enumerate(some):
            screening = Screening(batch.only(k), screened.only(batch, k))
            results[i] = _Judging(asked[i], drawn, screening, thrifty).compared()
    return [result for result in results if result is not None]


def _too_little(asked: Asked, drawn: Design | None) -> Compared | None:
    """What the counts alone forbid to say."""
    model = _counted(asked.dimension, drawn)
    if model.answers < ANSWERS:
        why = reason("gate_answers", answers=model.answers, needed=ANSWERS)
        return Compared("not_enough_evidence", why, model=model)
    few = min(model.askers, key=lambda name: model.askers[name])
    if model.askers[few] < ASKERS:
        why = reason("gate_askers", needed=ASKERS, group=few, count=model.askers[few])
        return Compared("not_enough_evidence", why, model=model)
    return None


def _counted(dimension: Dimension, drawn: Design | None) -> ChoiceModel:
    low, high = GROUPS[dimension]
    if drawn is None:
        return ChoiceModel(0, {low: 0, high: 0}, None, None, (), None, None)
    askers = {low: drawn.askers(drawn.low), high: drawn.askers(drawn.high)}
    return ChoiceModel(int(drawn.both_waiting.sum()), askers, None, None, (), None, None)


@dataclass(frozen=True)
class _Judging:
    """One comparison past the first gate. ``screening``: its cheaper form."""

    asked: Asked
    drawn: Design
    screening: Screening
    thrifty: bool

    def compared(self) -> Compared:
        choices, asked, screening = self.drawn.choices, self.asked, self.screening
        by_blind = blind(screening.screened.blind.chance, self.drawn.low, choices.start, choices.chosen)
        first = screening.found() if self.thrifty and abs(screening.raw) < SIGNS else None
        if first is None or _within(first):  # even-handed is a verdict too, and wants the full form
            first = found(choices, self.drawn.item, screening)
        told = _blind_choice(by_blind, float(screening.variances.inflation[0]))
        model = _counted(asked.dimension, self.drawn)
        if first is None:
            return Compared("not_enough_evidence", reason("gate_variance"), told, None, model)
        model = _sized(model, first)
        if why := _gate(by_blind):
            return Compared("not_enough_evidence", why, told, first.odds_ratio, model)
        verdict, why, tried = self._verdict(first)
        return Compared(verdict, why, told, first.odds_ratio, replace(model, checks=tried))

    def _verdict(self, first: Found) -> tuple[Verdict, Reason, tuple[Check, ...]]:
        notable = abs(first.estimate) >= NOTABLE
        if abs(first.root) >= SIGNS and notable:
            return self._preference(first)
        if _within(first):
            return "even_handed", reason("even_handed"), ()
        tried = self._friends(first)
        if any(check.agrees is False for check in tried):
            return "not_enough_evidence", reason("prior_contact_explains"), tried
        ratio = first.odds_ratio
        why = reason("undecided", value=ratio.value, low=ratio.low, high=ratio.high)
        return "not_enough_evidence", why, tried

    def _friends(self, first: Found) -> tuple[Check, ...]:
        """Whether juniors would seem passed over if nobody asked whom the account knows: that is no verdict on class.

        ``agrees`` is False where that is so.
        """
        if self.thrifty or not self.asked.prior_contact:
            return ()
        check, other = contact_check(self.asked, first, unless=-SIGNS)
        if other is None:
            return ()
        explained = other.root <= -SIGNS and other.estimate <= -NOTABLE
        return (replace(check, agrees=not explained),)

    def _preference(self, first: Found) -> tuple[Verdict, Reason, tuple[Check, ...]]:
        """A preference, unless something speaks against saying so."""
        against = first.root < 0
        tried: list[Check] = []
        sure = first.decisive
        for check, other in checks(self.asked, self.drawn, first, self.screening):
            tried.append(check)
            if check.name == "clustered" and other is not None:
                sure = sure and abs(other.root) >= SIGNS
            if check.name == "substance_corrected" and other is not None:
                sure = sure and abs(other.root) >= CORRECTED_SURE
                if abs(other.root) < CORRECTED_SIDE:
                    tried[-1] = replace(check, agrees=False)
            if tried[-1].required and tried[-1].agrees is False:
                break  # that settles it
        every = tuple(tried)
        if against and not self.asked.accusable:
            return "not_enough_evidence", reason("comparison_partial"), every
        for check in every:
            if check.required and check.agrees is False:
                return "not_enough_evidence", reason(DISAGREES[check.name]), every
        weak = self._weak()
        if sure and weak is None:
            return ("passes_over", reason("passes_over"), every) if against else ("favours", reason("favours"), every)
        why = weak or reason("signs")
        return ("signs_of_passing_over", why, every) if against else ("signs_of_favouring", why, every)

    def _weak(self) -> Reason | None:
        """Why no more than signs can be said, whatever the figures."""
        rows = self.asked.rows
        if float((rows.substance == "unknown").mean()) > UNKNOWN_SUBSTANCE:
            return reason("substance_unknown")
        known = rows.where(~np.isnan(rows.standing))
        if self.asked.dimension == "standing" and float((~known.dated.astype(bool)).mean()) > UNDATED:
            return reason("standing_undated")
        return None


DISAGREES = {
    "clustered": "clusters_disagree",
    "answered_elsewhere": "elsewhere_disagrees",
    "first_standing": "standing_disagrees",
    "window_3": "windows_disagree",
    "window_30": "windows_disagree",
    "absolute_size": "size_disagrees",
    "substance_corrected": "substance_disagrees",
}


def _within(found: Found) -> bool:
    """Whether the whole interval lies where no preference is called notable."""
    return found.low is not None and found.high is not None and found.low > -NOTABLE and found.high < NOTABLE


def _gate(expected: Blind) -> Reason | None:
    """What the fit at no preference forbids to say."""
    least = min(expected.expected, expected.answers - expected.expected)
    if least < EXPECTED:
        return reason("gate_expected", expected=round(least, 1), needed=int(EXPECTED))
    return reason("gate_variance") if expected.variance < VARIANCE else None


def _blind_choice(expected: Blind, inflation: float) -> BlindChoice:
    low, high = expected.range(inflation)
    return BlindChoice(expected.answers, expected.observed, expected.expected, low, high)


def _sized(model: ChoiceModel, first: Found) -> ChoiceModel:
    """With what could have been seen, and how much more would be needed."""
    visible, needed = None, None
    if np.isfinite(first.error):
        visible = exp(-min(POWER * first.error, 50.0))
        needed = ceil(model.answers * (POWER * first.error / TARGET) ** 2)
    return replace(model, form=first.form, root=first.root, visible_odds_ratio=visible, answers_needed=needed)
