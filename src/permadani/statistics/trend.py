"""Did a share fall or rise over the years? A logistic slope whose error respects that askers come again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from permadani.statistics.intervals import student

STEADY = float(np.log(1.5))
"""A change over the whole span that stays within odds of 1/1.5 to 1.5 is called steady."""
Trend = Literal["fell", "rose", "steady"]


@dataclass(frozen=True, slots=True)
class Slope:
    """Change of the log-odds per unit of time, with its 95 % interval."""

    value: float
    low: float
    high: float


def logistic_slope(outcomes: npt.ArrayLike, times: npt.ArrayLike, clusters: npt.ArrayLike) -> Slope | None:
    """Slope of logit P(outcome) on ``times`` (shape (n,), any unit); None where it cannot be computed.

    Jeffreys-penalised likelihood (Firth, Biometrika 80, 1993), so that a year in which nobody was answered does not
    send the slope to infinity; sandwich variance clustered by ``clusters`` (Liang & Zeger 1986, factor G/(G-1)) and
    t with G - 1 degrees of freedom.
    """
    hits = np.asarray(outcomes, dtype=np.float64)
    when = np.asarray(times, dtype=np.float64)
    if hits.size < 4 or np.ptp(when) == 0:
        return None
    centre, scale = when.mean(), when.std()
    rows = np.column_stack([np.ones_like(when), (when - centre) / scale])
    beta = _firth(rows, hits)
    if beta is None:
        return None
    chance = _logistic(rows @ beta)
    bread = np.linalg.inv((rows * (chance * (1 - chance))[:, None]).T @ rows)
    _, index = np.unique(np.asarray(clusters), return_inverse=True)
    groups = int(index.max()) + 1
    if groups < 3:
        return None
    scores = np.zeros((groups, 2))
    np.add.at(scores, index, rows * (hits - chance)[:, None])
    variance = bread @ (scores.T @ scores) @ bread * groups / (groups - 1)
    error = float(np.sqrt(variance[1, 1])) / scale
    value, reach = float(beta[1]) / scale, student(0.975, groups - 1) * error
    return Slope(value, value - reach, value + reach)


def _logistic(x: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    return 1 / (1 + np.exp(-np.clip(x, -30, 30)))


def _firth(rows: npt.NDArray[np.float64], hits: npt.NDArray[np.float64]) -> npt.NDArray[np.float64] | None:
    """Newton with Firth's modified score and step halving by a cap; None if it does not settle."""
    beta = np.zeros(rows.shape[1])
    for _ in range(100):
        chance = _logistic(rows @ beta)
        weight = chance * (1 - chance)
        information = (rows * weight[:, None]).T @ rows
        try:
            inverse = np.linalg.inv(information)
        except np.linalg.LinAlgError:
            return None
        leverage = weight * np.einsum("ij,jk,ik->i", rows, inverse, rows)
        step = inverse @ (rows.T @ (hits - chance + leverage * (0.5 - chance)))
        beta += np.clip(step, -2, 2)
        if np.abs(step).max() < 1e-9:
            return beta
    return None


def trend(
    slope: Slope | None, span: float, first: tuple[float, float] | None, last: tuple[float, float] | None
) -> Trend | None:
    """The word for a slope over ``span`` units of time; None where nothing may be said.

    *fell* or *rose* need the interval of the slope to exclude 0 and the intervals of the first and last period
    (``first``, ``last``: low and high) not to overlap.
    """
    if slope is None or first is None or last is None:
        return None
    if slope.high < 0 and last[1] < first[0]:
        return "fell"
    if slope.low > 0 and last[0] > first[1]:
        return "rose"
    if slope.low * span > -STEADY and slope.high * span < STEADY:
        return "steady"
    return None
