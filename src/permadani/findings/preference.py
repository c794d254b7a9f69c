"""The preference in one set of choices, by the integrated likelihood or, for very many askers, by the cheaper form."""

from __future__ import annotations

from dataclasses import dataclass
from math import exp
from typing import Literal

from permadani.findings.results import OddsRatio
from permadani.statistics.choice import LEVEL, preference
from permadani.statistics.choices import Choices
from permadani.statistics.conditional import Batch, fit
from permadani.statistics.jackknife import Variances, interval, jackknife, screen
from permadani.statistics.queue import Ints

MOST_ASKERS = 1500
"""Above, the cost of the integrated likelihood grows too high."""
Form = Literal["integrated", "jackknife"]
BEYOND_DOUBT: dict[Form, float] = {"integrated": 3.29, "jackknife": 3.09}
"""How far from no preference the root must lie, by the form that gives it."""


@dataclass(frozen=True, slots=True)
class Found:
    """``estimate``: log odds. ``low``, ``high``: 95 % interval, None: open. ``root``: at no preference, negative
    where the first group is chosen less readily. ``error``: standard error."""

    form: Form
    estimate: float
    low: float | None
    high: float | None
    error: float
    root: float

    @property
    def odds_ratio(self) -> OddsRatio:
        low, high = (None if end is None else exp(end) for end in (self.low, self.high))
        return OddsRatio(exp(self.estimate), low, high, LEVEL)

    @property
    def decisive(self) -> bool:
        return abs(self.root) >= BEYOND_DOUBT[self.form]


def found(choices: Choices, item: Ints) -> Found | None:
    """The preference; None where nothing that is compared ever differed among those waiting."""
    if choices.informative < 2:
        return None
    if choices.askers <= MOST_ASKERS:
        fitted = preference(choices)
        if fitted is None:
            return None
        return Found("integrated", fitted.estimate, fitted.low, fitted.high, fitted.error, fitted.root_at_0)
    batch = Batch.of([choices], [item])
    screened = screen(batch)
    return cheaply(batch, float(screened.root[0]), jackknife(batch, screened.free))


def cheaply(batch: Batch, root: float, variances: Variances) -> Found:
    """By the cheaper form, for the only account in the batch."""
    free = fit(batch)
    low, high = interval(batch, free, variances)
    scale = float(variances.inflation[0]) ** 0.5
    return Found("jackknife", float(free.beta[0, 0]), low, high, float(variances.error[0]), root / scale)
