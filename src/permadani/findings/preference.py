"""The preference in one set of choices, by the integrated likelihood or, for very many askers, by the cheaper form."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from math import exp
from typing import Literal

from permadani.findings.results import OddsRatio
from permadani.statistics.choice import LEVEL, preference
from permadani.statistics.choices import Choices
from permadani.statistics.conditional import Batch
from permadani.statistics.jackknife import Screened, Variances, interval, jackknife, screen
from permadani.statistics.queue import Ints

MOST_ASKERS, MOST_CELLS = 1500, 500_000
"""Above so many askers, or choices times askers, the cost of the integrated likelihood grows too high."""
BEYOND = 7.0
"""Log odds of more than a thousand to one are called that, and an end beyond is open."""
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
        low, high = (None if end is None or abs(end) > BEYOND else exp(end) for end in (self.low, self.high))
        return OddsRatio(exp(min(max(self.estimate, -BEYOND), BEYOND)), low, high, LEVEL)

    @property
    def decisive(self) -> bool:
        return abs(self.root) >= BEYOND_DOUBT[self.form]


@dataclass(frozen=True)
class Screening:
    """The cheaper form for one account: fitted, and its jackknife made once, when first asked for."""

    batch: Batch
    screened: Screened

    @classmethod
    def of(cls, choices: Choices, item: Ints) -> Screening:
        batch = Batch.of([choices], [item])
        return cls(batch, screen(batch))

    @property
    def raw(self) -> float:
        """The root at no preference before its inflation: further from 0 it cannot get."""
        return float(self.screened.root[0])

    @cached_property
    def variances(self) -> Variances:
        return jackknife(self.batch, self.screened.free)

    def found(self) -> Found:
        free = self.screened.free
        low, high = interval(self.batch, free, self.variances)
        scale = float(self.variances.inflation[0]) ** 0.5
        error = float(self.variances.error[0])
        return Found("jackknife", float(free.beta[0, 0]), low, high, error, self.raw / scale)


def found(choices: Choices, item: Ints, screening: Screening | None = None) -> Found | None:
    """The preference; None where nothing that is compared ever differed among those waiting.

    ``screening``: of the same choices, if it was made already.
    """
    if choices.informative < 2:
        return None
    screening = screening or Screening.of(choices, item)
    if choices.askers > MOST_ASKERS or choices.askers * len(choices) > MOST_CELLS:
        return screening.found()
    fitted = preference(choices, float(screening.variances.error[0]))
    if fitted is None:
        return None
    return Found("integrated", fitted.estimate, fitted.low, fitted.high, fitted.error, fitted.root_at_0)
