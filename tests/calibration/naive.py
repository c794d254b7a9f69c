"""Judges that must fail: they compare rates, or regress the outcome, and know nothing of who else was waiting."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from calibration.people import place_in_thread
from permadani.findings.cells import classes
from permadani.measures.judged import Judged

DAY = 86_400e6
ACCUSES = -2.576
"""Standard errors, two-sided 1 %."""
SMALLEST = -np.log(1.5)


@dataclass(frozen=True, slots=True)
class Ratio:
    value: float
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class Judgement:
    """As much of a comparison as the study looks at."""

    verdict: str
    odds_ratio: Ratio | None


def _judgement(log_odds: float, error: float) -> Judgement:
    if not np.isfinite(log_odds) or not error > 0:
        return Judgement("not_enough_evidence", None)
    low, high = np.exp(log_odds - 1.96 * error), np.exp(log_odds + 1.96 * error)
    ratio = Ratio(float(np.exp(log_odds)), float(low), float(high))
    for sign, verdict in ((1, "passes_over"), (-1, "favours")):
        if sign * log_odds / error <= ACCUSES and sign * log_odds <= SMALLEST:
            return Judgement(verdict, ratio)
    return Judgement("not_enough_evidence", ratio)


def rates(rows: Judged) -> Judgement:
    """Two proportions: juniors answered of those eligible, against seniors. The pooled z decides; the odds ratio has
    a half added to each count (Haldane)."""
    of, eligible = classes(rows), rows.eligible.astype(bool)
    junior, senior = (rows.answered[eligible & (of == name)] for name in ("junior", "senior"))
    if not len(junior) or not len(senior):
        return Judgement("not_enough_evidence", None)
    counts = np.array([junior.sum(), len(junior) - junior.sum(), senior.sum(), len(senior) - senior.sum()]) + 0.5
    log_odds = float(np.log(counts[0] * counts[3] / counts[1] / counts[2]))
    pooled = float(np.concatenate([junior, senior]).mean())
    spread = float(np.sqrt(pooled * (1 - pooled) * (1 / len(junior) + 1 / len(senior))))
    if spread == 0:
        return Judgement("not_enough_evidence", None)
    z = (junior.mean() - senior.mean()) / spread
    judged = _judgement(log_odds, float(np.sqrt((1 / counts).sum())))
    if z <= ACCUSES and log_odds <= SMALLEST:
        return Judgement("passes_over", judged.odds_ratio)
    if z >= -ACCUSES and log_odds >= -SMALLEST:
        return Judgement("favours", judged.odds_ratio)
    return Judgement("not_enough_evidence", judged.odds_ratio)


def logistic(rows: Judged) -> Judgement:
    """Logistic regression of answered on the covariates of the choice model, each message on its own: no clusters,
    no queue."""
    of = classes(rows)
    kept = rows.eligible.astype(bool) & (of != "unknown")
    some, of = rows.where(kept), of[kept]
    sizes = place_in_thread(rows.thread)[kept]
    match = np.asarray(some.language_match, dtype=np.float64)
    design = np.column_stack([
        np.ones(len(some)), of == "junior", of == "middle", some.substance == "substantive",
        np.log(sizes) * (some.via == "comment"), some.via == "mention", np.nan_to_num(match, nan=0.9),
        some.prior_contact,
    ]).astype(np.float64)  # fmt: skip
    fit = _fit(design, some.answered.astype(np.float64))
    return Judgement("not_enough_evidence", None) if fit is None else _judgement(*fit)


def _fit(x: npt.NDArray[np.float64], y: npt.NDArray[np.float64]) -> tuple[float, float] | None:
    """Log odds of the second column and its standard error by Newton; None where it does not converge (separation)."""
    coefficients = np.zeros(x.shape[1])
    ridge = np.diag([1e-4] * x.shape[1])
    for _ in range(50):
        p = 1 / (1 + np.exp(-np.clip(x @ coefficients, -30, 30)))
        information = (x.T * (p * (1 - p))) @ x + ridge
        step = np.linalg.solve(information, x.T @ (y - p) - ridge @ coefficients)
        coefficients = coefficients + np.clip(step, -2, 2)
        if np.abs(step).max() < 1e-8:
            error = np.sqrt(np.linalg.inv(information)[1, 1])
            return (float(coefficients[1]), float(error)) if error < 5 else None
    return None
