"""Intervals for shares when the same people are counted several times.

Plain Wilson covers 72-86 % where askers differ; Wilson at the effective sample size with Student's t covers 94-96 %
(docs/methods.md has the simulation).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

LEVEL = 0.95
FLOOR = 0.4
"""The least correlation among one asker's messages that is reckoned with; by simulation (docs/methods.md)."""


@dataclass(frozen=True, slots=True)
class Share:
    """``successes`` of ``n`` in ``clusters``, the share and its interval (0..1); None where n is 0.

    ``n_effective``: n divided by the design effect of the clusters.
    """

    successes: int
    n: int
    clusters: int
    rate: float | None
    low: float | None
    high: float | None
    n_effective: float | None


def design_effect(successes: npt.NDArray[np.float64], sizes: npt.NDArray[np.float64]) -> float:
    """How much the clusters inflate the variance of a pooled share.

    ``successes`` and ``sizes``: one number a cluster, shape (G,). Linearised (Taylor) variance of a ratio divided by
    the binomial variance (Kish, Survey Sampling, 1965), but never less than what an intra-cluster correlation of
    ``FLOOR`` would give: a few large clusters that happen to look alike would else seem to be much evidence (at a
    share near 0 or 1 they always do).
    """
    n, groups = sizes.sum(), len(sizes)
    kish = (sizes**2).sum() / n
    floor = 1 + FLOOR * (kish - 1)
    rate = successes.sum() / n
    if rate in (0.0, 1.0):
        return float(kish)
    if groups < 2:
        return float(n)
    residuals = successes - rate * sizes
    variance = (residuals**2).sum() / n**2 * groups / (groups - 1)
    return float(max(floor, variance / (rate * (1 - rate) / n)))


def degrees_of_freedom(sizes: npt.NDArray[np.float64]) -> float:
    """Effective number of clusters less one: (sum m)^2 / sum m^2 - 1, which is G - 1 for equal sizes.

    One asker with a thousand messages among a hundred with one is hardly more than one asker.
    """
    return float(sizes.sum() ** 2 / (sizes**2).sum() - 1)


def student(probability: float, degrees: float) -> float:
    """Quantile of Student's t; infinite below one degree of freedom."""
    if degrees < 1:
        return float("inf")
    from scipy.special import stdtrit

    return float(stdtrit(degrees, probability))


def wilson(rate: float, n: float, z: float) -> tuple[float, float]:
    """Wilson's score interval (JASA 22, 1927) for a share of ``n`` at ``z`` standard errors."""
    if not np.isfinite(z) or n <= 0:
        return 0.0, 1.0
    centre = (rate + z * z / (2 * n)) / (1 + z * z / n)
    half = z / (1 + z * z / n) * np.sqrt(rate * (1 - rate) / n + z * z / (4 * n * n))
    return float(min(max(0.0, centre - half), rate)), float(max(min(1.0, centre + half), rate))


def clustered_share(outcomes: npt.ArrayLike, clusters: npt.ArrayLike, level: float = LEVEL) -> Share:
    """The share of true ``outcomes`` (shape (n,)) with its interval; ``clusters`` says who each belongs to.

    ``level``: how often such intervals hold the truth, 0..1.
    """
    hits = np.asarray(outcomes, dtype=np.float64)
    if hits.size == 0:
        return Share(0, 0, 0, None, None, None, None)
    _, index = np.unique(np.asarray(clusters), return_inverse=True)
    sizes = np.bincount(index).astype(np.float64)
    successes = np.bincount(index, weights=hits).astype(np.float64)
    effective = hits.size / design_effect(successes, sizes)
    rate = float(hits.mean())
    low, high = wilson(rate, effective, student(0.5 + level / 2, degrees_of_freedom(sizes)))
    return Share(int(hits.sum()), hits.size, len(sizes), rate, low, high, effective)
