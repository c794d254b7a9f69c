"""A yes-or-no covariate that is labelled with error: what its coefficient does with a probability instead."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
SETTLED, ROUNDS = 0.02, 12
MOST = 0.45
"""With more labels wrong than this nothing can be corrected."""


def probability(labels: npt.ArrayLike, groups: npt.ArrayLike, wrong: float) -> Floats:
    """Of each item the probability that the label's yes is true, given label and group, shape (n,).

    ``labels``: shape (n,), true for yes. ``groups``: shape (n,); each has a share of yes of its own. ``wrong``: share
    of labels that are wrong, whichever the truth. By Bayes: with m the labelled share of a group, the true one is
    (m - wrong) / (1 - 2 wrong) (Rogan & Gladen, Am. J. Epidemiol. 107, 1978).
    """
    yes = np.asarray(labels, dtype=bool)
    _, group = np.unique(np.asarray(groups), return_inverse=True)
    wrong = min(wrong, MOST)
    labelled = np.bincount(group, weights=yes) / np.bincount(group)
    true = np.clip((labelled - wrong) / (1 - 2 * wrong), 0.0, 1.0)
    said_yes, said_no = true * (1 - wrong) + (1 - true) * wrong, true * wrong + (1 - true) * (1 - wrong)
    if_yes = np.divide(true * (1 - wrong), said_yes, out=np.zeros_like(true), where=said_yes > 0)
    if_no = np.divide(true * wrong, said_no, out=np.zeros_like(true), where=said_no > 0)
    return np.asarray(np.where(yes, if_yes[group], if_no[group]))


def corrected(chance: Floats, coefficient_of: Callable[[Floats], float]) -> Floats:
    """The covariate log(1 + (e^g - 1) q) / g for probabilities q of shape (n,), g its own coefficient.

    With it, exp(g z) is the expected exp(g) over what the truth may be. ``coefficient_of``: fits the model with a
    covariate and returns its coefficient; repeated until that settles.
    """
    g = coefficient_of(chance)
    covariate = chance
    for _ in range(ROUNDS):
        if abs(g) < 1e-3:
            return chance
        covariate = np.asarray(np.log1p(np.expm1(g) * chance) / g)
        after = coefficient_of(covariate)
        if abs(after - g) < SETTLED:
            return covariate
        g = after
    return covariate
