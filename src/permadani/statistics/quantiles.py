"""Quantiles with intervals when the same people are counted several times."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor

import numpy as np
import numpy.typing as npt

from permadani.statistics.intervals import LEVEL, degrees_of_freedom, design_effect, student, wilson


@dataclass(frozen=True, slots=True)
class Quantile:
    """A value in the unit of the input, and its interval; None is an open end: so few values cannot bound it."""

    value: float
    low: float | None
    high: float | None


def clustered_quantiles(
    values: npt.ArrayLike, clusters: npt.ArrayLike, shares: Sequence[float], level: float = LEVEL
) -> tuple[Quantile, ...]:
    """The quantiles at ``shares`` (0..1) with their intervals; nothing for no values.

    ``values``: shape (n,), finite. ``clusters``: shape (n,), who each belongs to.

    Woodruff (JASA 47, 1952): the interval of the share below the quantile, read off the ordered values. The share's is
    Wilson's with Student's t at the effective sample size (``intervals.py``), so without clusters the ends are those
    order statistics that the binomial distribution gives. Between two values in question the estimate is their mean.
    """
    plain = np.asarray(values, dtype=np.float64)
    n = plain.size
    if n == 0:
        return ()
    _, index = np.unique(np.asarray(clusters), return_inverse=True)
    sizes = np.bincount(index).astype(np.float64)
    t = student(0.5 + level / 2, degrees_of_freedom(sizes))
    ordered = np.sort(plain)
    found = []
    for share, value in zip(shares, np.quantile(ordered, shares, method="averaged_inverted_cdf"), strict=True):
        below = np.bincount(index, weights=plain <= value).astype(np.float64)
        low, high = wilson(share, n / design_effect(below, sizes), t)
        first, last = floor(n * low + 0.5), ceil(n * high + 0.5)
        found.append(
            Quantile(
                float(value),
                float(ordered[first - 1]) if first >= 1 else None,
                float(ordered[last - 1]) if last <= n else None,
            )
        )
    return tuple(found)
