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


@dataclass(frozen=True, slots=True)
class ClusterSums:
    """All that a clustered share needs to know: sums over clusters g of size m with s successes, all whole numbers.

    ``n``: sum m. ``hits``: sum s. ``clusters``: how many there are. ``sizes_squared``: sum m^2. ``hits_squared``: sum
    s^2. ``sizes_hits``: sum s m. A database adds these up without handing over a row for each cluster.
    """

    n: int
    hits: int
    clusters: int
    sizes_squared: int
    hits_squared: int
    sizes_hits: int


def cluster_sums(successes: npt.NDArray[np.float64], sizes: npt.NDArray[np.float64]) -> ClusterSums:
    """The sums of ``successes`` and ``sizes``: whole numbers, one a cluster, shape (G,)."""
    return ClusterSums(
        int(sizes.sum()),
        int(successes.sum()),
        len(sizes),
        int((sizes**2).sum()),
        int((successes**2).sum()),
        int((sizes * successes).sum()),
    )


def design_effect(successes: npt.NDArray[np.float64], sizes: npt.NDArray[np.float64]) -> float:
    """How much the clusters inflate the variance of a pooled share; arrays as for ``cluster_sums``, n at least 1."""
    return design_effect_of_sums(cluster_sums(successes, sizes))


def design_effect_of_sums(sums: ClusterSums) -> float:
    """How much the clusters inflate the variance of a pooled share; ``sums`` of at least one.

    Linearised (Taylor) variance of a ratio divided by the binomial variance (Kish, Survey Sampling, 1965), but never
    less than what an intra-cluster correlation of ``FLOOR`` would give: a few large clusters that happen to look alike
    would else seem to be much evidence (at a share near 0 or 1 they always do).
    """
    n, hits, groups = sums.n, sums.hits, sums.clusters
    kish = sums.sizes_squared / n
    floor = 1 + FLOOR * (kish - 1)
    if hits in (0, n):
        return kish
    if groups < 2:
        return float(n)
    # n^2 times the sum of (s - rate m)^2; in Python's whole numbers nothing cancels and nothing overflows
    residuals = n * n * sums.hits_squared - 2 * n * hits * sums.sizes_hits + hits * hits * sums.sizes_squared
    return max(floor, residuals / (n * n * hits * (n - hits)) * n * groups / (groups - 1))


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


def share_of_sums(sums: ClusterSums, level: float = LEVEL) -> Share:
    """The share with its interval, from sums over clusters alone; ``level`` as for ``clustered_share``."""
    if sums.n == 0:
        return Share(0, 0, 0, None, None, None, None)
    effective = sums.n / design_effect_of_sums(sums)
    rate = sums.hits / sums.n
    degrees = sums.n * sums.n / sums.sizes_squared - 1
    low, high = wilson(rate, effective, student(0.5 + level / 2, degrees))
    return Share(sums.hits, sums.n, sums.clusters, rate, low, high, effective)


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
    return share_of_sums(cluster_sums(successes, sizes), level)


def difference(first: Share, second: Share) -> tuple[float, float, float] | None:
    """``first`` less ``second``, and its interval (each -1..1); None where one of them is of nothing.

    Newcombe's hybrid score interval (Stat. Med. 17, 1998, p. 873, method 10): the distances of the two shares from
    the ends of their own intervals, added as squares. Both of one level, which is that of the result; clusters are
    respected because the two intervals respect them, and taken as different people in either share.
    """
    if first.rate is None or first.low is None or first.high is None:
        return None
    if second.rate is None or second.low is None or second.high is None:
        return None
    value = first.rate - second.rate
    below = float(np.hypot(first.rate - first.low, second.high - second.rate))
    above = float(np.hypot(first.high - first.rate, second.rate - second.low))
    return value, max(-1.0, value - below), min(1.0, value + above)
