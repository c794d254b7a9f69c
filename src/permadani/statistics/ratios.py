"""Observed / expected between classes, with intervals that know that the same people act, and receive, many times.

Two nulls. *Chosen* (``chosen``): each event picks one of those who waited, and ``chance`` is the share of the class
among them. *Shuffled* (``shuffled``): labels are shuffled within each stratum, and expected is the sum of row sum x
column sum / all.

The logarithm of observed / expected is linearised: each event has an influence on it, and influences add up within
whoever acts and within whoever receives. Clustered both ways (Cameron, Gelbach & Miller, J. Bus. Econ. Stat. 29,
2011): V = V_giver + V_receiver - V_single, never less than the greater of the first two (that sum can even be
negative). Each of the first two has the factor G / (G - 1).
"""

from __future__ import annotations

from dataclasses import dataclass
from math import exp, sqrt

from permadani.statistics.intervals import student

LEAST_EXPECTED, LEAST_PEOPLE = 5.0, 5
"""Below so many expected, or so many people on either side, no ratio is said."""


@dataclass(frozen=True, slots=True)
class RatioEstimate:
    """``observed`` / ``expected`` and its interval; all three None where too few, or nothing could have differed."""

    observed: int
    expected: float
    value: float | None
    low: float | None
    high: float | None


def variance_of(acts: float, got: float, single: float, givers: int, receivers: int) -> float:
    """``acts``, ``got``, ``single``: sums of squared influences of each giver, of each receiver, of each event."""
    if min(givers, receivers) < 2:
        return float("inf")
    acts, got = acts * givers / (givers - 1), got * receivers / (receivers - 1)
    return max(acts + got - single, acts, got)


def estimate(
    observed: int, expected: float, value: float, variance: float, degrees: float, level: float
) -> RatioEstimate:
    """The interval on the logarithm; without a finite one nothing is said."""
    reach = student(0.5 + level / 2, degrees) * sqrt(variance)
    if not reach < 300:
        return RatioEstimate(observed, expected, None, None, None)
    return RatioEstimate(observed, expected, value, value * exp(-reach), value * exp(reach))
