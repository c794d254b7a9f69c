"""Many estimates side by side: the extreme ones are partly luck, and some seem sure by chance alone."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.special import ndtr

Floats = npt.NDArray[np.float64]


def benjamini_hochberg(p: npt.ArrayLike, level: float) -> npt.NDArray[np.bool_]:
    """Which hypotheses may be rejected so that at most ``level`` of the rejected are true, shape (n,).

    Step-up procedure of Benjamini & Hochberg (J. R. Stat. Soc. B 57, 1995); ``p``: shape (n,), p values.
    """
    values = np.asarray(p, dtype=np.float64)
    order = np.argsort(values, kind="stable")
    below = values[order] <= level * np.arange(1, values.size + 1) / max(1, values.size)
    rejected = np.zeros(values.size, dtype=bool)
    if below.any():
        rejected[order[: int(np.nonzero(below)[0].max()) + 1]] = True
    return rejected


@dataclass(frozen=True, slots=True)
class Spread:
    """How the true values differ from account to account: a normal with this mean and standard deviation.

    ``error``: standard error of the mean itself.
    """

    mean: float
    sd: float
    error: float = 0.0


def spread(estimates: npt.ArrayLike, errors: npt.ArrayLike) -> Spread | None:
    """Mean and spread of the true values behind ``estimates`` with standard ``errors``, shape (n,); None below two.

    Paule & Mandel (J. Res. NBS 87, 1982): the variance at which the weighted squares add up to n - 1.
    """
    values, variances = np.asarray(estimates, dtype=np.float64), np.square(np.asarray(errors, dtype=np.float64))
    if values.size < 2:
        return None

    def excess(between: float) -> float:
        weights = 1 / (variances + between)
        mean = (weights * values).sum() / weights.sum()
        return float((weights * (values - mean) ** 2).sum()) - (values.size - 1)

    low, high = 0.0, float(np.var(values, ddof=1)) + 1e-12
    if excess(low) <= 0:
        between = 0.0
    else:
        while excess(high) > 0:
            high *= 2
        for _ in range(100):
            between = (low + high) / 2
            low, high = (between, high) if excess(between) > 0 else (low, between)
    weights = 1 / (variances + between)
    mean, error = (weights * values).sum() / weights.sum(), weights.sum() ** -0.5
    return Spread(float(mean), float(np.sqrt(between)), float(error))


@dataclass(frozen=True, slots=True)
class Shrunk:
    """Posterior mean and standard deviation, shape (n,) each."""

    mean: Floats
    sd: Floats

    @property
    def below_zero(self) -> Floats:
        """Posterior probability of a value below 0, shape (n,)."""
        return np.asarray(ndtr(-self.mean / np.maximum(self.sd, 1e-300)))


def shrunk(estimates: npt.ArrayLike, errors: npt.ArrayLike, prior: Spread) -> Shrunk:
    """Each estimate drawn towards the mean of all, the more the less sure it is (Efron & Morris, JASA 70, 1975)."""
    values, variances = np.asarray(estimates, dtype=np.float64), np.square(np.asarray(errors, dtype=np.float64))
    keep = prior.sd**2 / (prior.sd**2 + variances)
    spread_left = keep * variances + ((1 - keep) * prior.error) ** 2
    return Shrunk(prior.mean + keep * (values - prior.mean), np.sqrt(spread_left))
