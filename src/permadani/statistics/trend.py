"""Did a share fall or rise over the years? A logistic slope whose error respects that askers come again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from permadani.statistics.intervals import student
from permadani.statistics.order import ranks

STEADY = float(np.log(1.5))
"""A change over the whole span that stays within odds of 1/1.5 to 1.5 is called steady."""
LEAST_ROOM = 1e-6
"""A time that bears all but so little of its own place on the line cannot be seen to differ from the line."""
Trend = Literal["fell", "rose", "steady"]


Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Slope:
    """Change per unit of time (of the log-odds, or of the value itself), with its 95 % interval."""

    value: float
    low: float
    high: float


def logistic_slope(
    outcomes: npt.ArrayLike,
    times: npt.ArrayLike,
    clusters: npt.ArrayLike,
    sizes: npt.ArrayLike | None = None,
    *,
    between: bool = False,
) -> Slope | None:
    """Slope of logit P(outcome) on ``times`` (shape (n,), any unit); None where it cannot be computed.

    ``outcomes``: whether it came about; or, with ``sizes``, how often it did of so many. ``clusters``: who each row
    belongs to; one may have many rows.

    Jeffreys-penalised likelihood (Firth, Biometrika 80, 1993), so that a year in which nobody was answered does not
    send the slope to infinity; sandwich variance clustered by ``clusters`` (Liang & Zeger 1986, factor G/(G-1)) and
    t with G - 1 degrees of freedom. All rows of one time have one chance, so it is fitted on sums by time.

    ``between``: times differ among themselves without any trend, for all clusters at once, as months do. The variance
    by time (`_between_times`) is then added to that by cluster, and t has the lesser degrees of freedom. What both
    count (Cameron, Gelbach & Miller, J. Bus. Econ. Stat. 29, 2011, subtract it) stays in: rather too wide than too
    narrow. None for fewer than three times, or where two of them hold all that is known.

    Raises:
        ValueError: outcomes below 0 or above their sizes.
    """
    hits = np.asarray(outcomes, dtype=np.float64)
    held = np.ones_like(hits) if sizes is None else np.asarray(sizes, dtype=np.float64)
    if not (hits <= held).all() or not (hits >= 0).all():
        raise ValueError("outcomes lie between 0 and their sizes")
    some = held > 0
    if not some.all():
        hits, held = hits[some], held[some]
        times, clusters = np.asarray(times)[some], np.asarray(clusters)[some]
    if held.sum() < 4:
        return None
    when, period = _levels(np.asarray(times))
    if len(when) < (3 if between else 2):
        return None
    tried = np.bincount(period, weights=held).astype(np.float64)
    came = np.bincount(period, weights=hits).astype(np.float64)
    centre = float((when * tried).sum() / tried.sum())
    scale = float(np.sqrt(((when - centre) ** 2 * tried).sum() / tried.sum()))
    rows = np.column_stack([np.ones_like(when), (when - centre) / scale])
    beta = _firth(rows, came, tried)
    if beta is None:
        return None
    chance = _logistic(rows @ beta)
    bread = np.linalg.inv((rows * (tried * chance * (1 - chance))[:, None]).T @ rows).astype(np.float64)
    index, groups = ranks(np.asarray(clusters))
    if groups < 3:
        return None
    residual = hits - (held * chance[period])
    scores = [np.bincount(index, weights=weights) for weights in (residual, residual * rows[period, 1])]
    squares = np.array([[np.einsum("i,i->", one, other) for one in scores] for other in scores])
    sandwich = bread @ squares @ bread * groups / (groups - 1)
    variance, degrees = float(sandwich[1, 1]), float(groups - 1)
    if between:
        more = _between_times(rows, came, tried, chance, bread)
        if more is None:
            return None
        variance, degrees = variance + more[0], min(degrees, more[1])
    value, reach = float(beta[1]) / scale, student(0.975, degrees) * float(np.sqrt(variance)) / scale
    return Slope(value, value - reach, value + reach)


def _between_times(
    rows: Floats, came: Floats, tried: Floats, chance: Floats, bread: Floats
) -> tuple[float, float] | None:
    """Variance of the slope as the scatter of the times about the line tells it, and its degrees of freedom.

    HC2 (MacKinnon & White, J. Econometrics 29, 1985) on Firth's scores, each time one observation; degrees of freedom
    of Bell & McCaffrey (Survey Methodology 28, 2002), which few times or uneven ones lower. Not a chi^2 against the
    variance within each time: where people come again and differ, that is mostly what never changes, and hides how
    much times differ. None where a time leaves nothing to compare it with.
    """
    weight = tried * chance * (1 - chance)
    leverage = weight * np.einsum("ij,jk,ik->i", rows, bread, rows)
    room = 1 - leverage
    if not (room > LEAST_ROOM).all():
        return None
    score = came - tried * chance + leverage * (0.5 - chance)
    pull = (rows @ bread)[:, 1]
    variance = float((pull**2 * score**2 / room).sum())
    # (trace A)^2 / trace A^2 of A = D (1 - H) D, where D^2 = share / room; H has rank 2, so no matrix by times is built
    share = pull**2 * weight
    root = np.sqrt(weight)[:, None] * (rows @ np.linalg.cholesky(bread))
    inner = (root * (share / room)[:, None]).T @ root
    beside = float((inner**2).sum() - ((share / room * leverage) ** 2).sum())
    degrees = float(share.sum() ** 2 / ((share**2).sum() + max(beside, 0)))
    return variance, min(max(degrees, 1.0), float(len(rows) - 2))


def weighted_slope(values: npt.ArrayLike, errors: npt.ArrayLike, times: npt.ArrayLike) -> Slope | None:
    """Slope of ``values`` on ``times``, each weighing 1 / error^2; None for fewer than three periods.

    ``values``, ``errors`` (standard errors) and ``times``: shape (n,). Rows without a finite value or a positive error
    are left out: what is not known how well cannot be weighed.

    The error is that of the weights, times the Birge ratio sqrt(chi^2 / (n - 2)) where that is above 1 (Birge, Phys.
    Rev. 40, 1932): periods differ by more than their own errors say. Never below 1: a few that happen to lie on a line
    are no better known for that. Student's t with n - 2 degrees of freedom.
    """
    value, error, when = (np.asarray(one, dtype=np.float64) for one in (values, errors, times))
    known = np.isfinite(value) & np.isfinite(error) & (error > 0) & np.isfinite(when)
    value, error, when = value[known], error[known], when[known]
    if len(value) < 3 or np.ptp(when) == 0:
        return None
    weight = (error.min() / error) ** 2
    centre, mean = (float((weight * one).sum() / weight.sum()) for one in (when, value))
    spread = float((weight * (when - centre) ** 2).sum())
    if not spread > 0:
        return None
    slope = float((weight * (when - centre) * (value - mean)).sum()) / spread
    residual = (value - mean - slope * (when - centre)) / error
    birge = max(1.0, float(np.sqrt((residual**2).sum() / (len(value) - 2))))
    reach = student(0.975, len(value) - 2) * birge * float(error.min()) / float(np.sqrt(spread))
    return Slope(slope, slope - reach, slope + reach)


def _levels(times: npt.NDArray[np.generic]) -> tuple[Floats, npt.NDArray[np.integer]]:
    """The different times in order, and which of them each row has; whole numbers need no sorting."""
    if np.issubdtype(times.dtype, np.integer):
        place, different = ranks(times)
        levels = np.empty(different)
        levels[place] = times
        return levels, place
    levels, place = np.unique(times.astype(np.float64), return_inverse=True)
    return levels, place


def _logistic(x: Floats) -> Floats:
    return 1 / (1 + np.exp(-np.clip(x, -30, 30)))


def _firth(rows: Floats, hits: Floats, sizes: Floats) -> Floats | None:
    """Newton with Firth's modified score and step halving by a cap; None if it does not settle.

    ``hits`` of ``sizes`` for each of ``rows``: the same as so many rows of 1 and 0.
    """
    beta = np.zeros(rows.shape[1])
    for _ in range(100):
        chance = _logistic(rows @ beta)
        weight = chance * (1 - chance)
        information = (rows * (sizes * weight)[:, None]).T @ rows
        try:
            inverse = np.linalg.inv(information)
        except np.linalg.LinAlgError:
            return None
        leverage = weight * np.einsum("ij,jk,ik->i", rows, inverse, rows)
        step = inverse @ (rows.T @ (hits - sizes * chance + sizes * leverage * (0.5 - chance)))
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
