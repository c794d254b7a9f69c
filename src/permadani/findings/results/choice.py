"""Verdicts about a choice, and what stands behind them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from permadani.findings.reasons import Reason
from permadani.findings.results.cells import Cell
from permadani.findings.results.words import Verdict


@dataclass(frozen=True, slots=True)
class BlindChoice:
    """What a choice blind to standing (tenure) would have given; the choice model fills it."""

    answers: int
    observed: int
    expected: float
    expected_low: float
    expected_high: float


@dataclass(frozen=True, slots=True)
class OddsRatio:
    """How much readier a junior (newcomer) is chosen than a senior (regular) among those waiting; None: an open end."""

    value: float
    low: float | None
    high: float | None
    level: float


@dataclass(frozen=True, slots=True)
class Check:
    """The same comparison made in another way. ``agrees``: None where it could not be made.

    ``name``: ``clustered`` (the cheaper form, whose error comes from leaving out each asker and thread),
    ``answered_elsewhere`` (with what may have been answered in another way), ``first_standing`` (by standing at the
    first approach), ``window_3`` and ``window_30`` (days), ``with_prior_contact`` and ``without_prior_contact``,
    ``absolute_size`` (juniors have under a tenth of the account's followers, seniors at least a third),
    ``substance_corrected`` (for messages whose substance is labelled wrongly). ``required``: a verdict needs it.
    """

    name: str
    odds_ratio: OddsRatio | None
    agrees: bool | None
    required: bool


@dataclass(frozen=True, slots=True)
class ChoiceModel:
    """What stands behind a comparison: the choice among those waiting.

    ``answers``: given while members of both groups waited. ``askers``: distinct people who waited then, by group.
    ``form``: the integrated likelihood, or the cheaper jackknife for very many askers. ``root``: signed root of the
    likelihood ratio at no preference (negative: against juniors or newcomers). ``visible_odds_ratio``: the smallest
    preference that would be seen 80 times of 100. ``answers_needed``: to see an odds ratio of 0.25 as often.
    ``shrunk``: in audits of a whole network, drawn towards what is found of all; shown, never a reason to accuse.
    """

    answers: int
    askers: dict[str, int]
    form: Literal["integrated", "jackknife"] | None
    root: float | None
    checks: tuple[Check, ...]
    visible_odds_ratio: float | None
    answers_needed: int | None
    shrunk: OddsRatio | None = None


@dataclass(frozen=True, slots=True)
class Usual:
    """How the share of answered messages spreads over accounts of like size in the user's own store.

    ``accounts``: how many could be measured (the n of all that follows). ``low``, ``median``, ``high``: quartiles of
    their shares, 0..1. ``below``: how many of them answer a smaller share. ``size_low``, ``size_high``: from the
    smallest to the largest of them, in messages received or followers (``size_of``).
    """

    accounts: int
    low: float
    median: float
    high: float
    below: int
    size_of: Literal["followers", "approaches"]
    size_low: int
    size_high: int


@dataclass(frozen=True, slots=True)
class Overall:
    """``usual``: None where the store holds too few accounts of like size to tell."""

    verdict: Verdict
    reason: Reason
    cell: Cell | None
    usual: Usual | None = None


@dataclass(frozen=True, slots=True)
class Comparison:
    """One rate per group. ``substantive``: the same cells for messages known to be of substance.

    ``model``: None where no comparison could be made at all.
    """

    verdict: Verdict
    reason: Reason
    cells: dict[str, Cell]
    substantive: dict[str, Cell]
    blind_choice: BlindChoice | None = None
    odds_ratio: OddsRatio | None = None
    model: ChoiceModel | None = None
