"""How many answers a choice blind to the group would have sent to it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
REACH = 1.959964


@dataclass(frozen=True, slots=True)
class Blind:
    """``expected`` of ``answers``, and ``variance`` of that number, before any inflation."""

    answers: int
    observed: int
    expected: float
    variance: float

    def range(self, inflation: float) -> tuple[float, float]:
        """Between what numbers 95 of 100 blind choices would lie; ``inflation``: for askers and threads that differ."""
        reach = REACH * float(np.sqrt(max(1.0, inflation) * self.variance))
        return max(0.0, self.expected - reach), min(float(self.answers), self.expected + reach)


def blind(
    chance: Floats, group: npt.NDArray[np.bool_], start: npt.NDArray[np.int64], chosen: npt.NDArray[np.int64]
) -> Blind:
    """``chance``: shape (R,), probability of each row in the fit at no preference. ``group``: shape (R,).

    E = sum over choices of P(group), V = sum of P(1 - P).
    """
    share = np.add.reduceat(np.where(group, chance, 0.0), start)
    return Blind(len(start), int(group[chosen].sum()), float(share.sum()), float((share * (1 - share)).sum()))
