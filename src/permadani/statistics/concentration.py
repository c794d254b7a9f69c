"""How unequally something is spread over people: Lorenz curve, Gini coefficient, share of the top."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

MOST_POINTS = 100
"""A curve of more people is drawn through so many of them: no picture shows more."""


def _sorted(amounts: npt.ArrayLike) -> npt.NDArray[np.float64]:
    values = np.sort(np.asarray(amounts, dtype=np.float64))
    if values.size and (values[0] < 0 or not np.isfinite(values).all()):
        raise ValueError("amounts are finite and not negative")
    return values


def lorenz(amounts: npt.ArrayLike) -> tuple[tuple[float, float], ...]:
    """The points (share of people, share of the whole), from (0, 0) to (1, 1), those with least first.

    ``amounts``: shape (n,), one a person. Empty where nobody has anything. (Lorenz, Publications of the American
    Statistical Association 9, 1905.)
    """
    values = _sorted(amounts)
    if not values.sum() > 0:
        return ()
    place = np.arange(len(values) + 1)
    if len(values) > MOST_POINTS:
        place = np.unique(np.round(np.linspace(0, len(values), MOST_POINTS + 1)).astype(int))
    held = np.concatenate([[0.0], np.cumsum(values)]) / values.sum()
    held[-1] = 1.0
    return tuple((float(x), float(y)) for x, y in zip(place / len(values), held[place], strict=True))


def gini(amounts: npt.ArrayLike) -> float | None:
    """The Gini coefficient: 0 where all have the same, (n - 1) / n where one has everything.

    ``amounts``: shape (n,), one a person. None for fewer than two people, or where nobody has anything.

    G = 2 sum(i x_(i)) / (n sum x) - (n + 1) / n with x_(1) <= ... <= x_(n), half the relative mean difference (Sen,
    On Economic Inequality, 1973, section 2.8).
    """
    values = _sorted(amounts)
    n, whole = len(values), values.sum()
    if n < 2 or not whole > 0:
        return None
    return float(max(0.0, 2 * (np.arange(1, n + 1) * values).sum() / (n * whole) - (n + 1) / n))


def top_share(amounts: npt.ArrayLike, part: float = 0.01) -> float | None:
    """What the richest ``part`` of the people (rounded down, at least one) hold of the whole, 0..1; None if nothing."""
    values = _sorted(amounts)
    if not values.sum() > 0:
        return None
    count = max(1, int(len(values) * part + 1e-9))
    return float(values[-count:].sum() / values.sum())
