"""The chance of being answered by how long something has waited, learned from the answers themselves.

People answer what is new. Where those of a class are there at the same hours, they meet each other's messages fresh,
and a choice that is blind to class but not to age looks like a preference: by simulation (docs/classes.md) seniors who
come at weekends only would seem a club. So each age has a weight, and expected shares are shares of weight.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

ROUNDS, EXACT = 200, 1e-9
Ints = npt.NDArray[np.integer]


def age_of(waited: npt.ArrayLike, since: tuple[int, ...]) -> npt.NDArray[np.int64]:
    """The age group of each wait, shape (n,): the last of ``since`` (ascending, from 0) that it reaches."""
    return np.maximum(np.searchsorted(np.asarray(since), np.asarray(waited), side="right") - 1, 0).astype(np.int64)


def age_weights(counts: Ints, chosen: Ints) -> npt.NDArray[np.float64]:
    """How much likelier one of each age is to be answered than the newest, shape (A,).

    ``counts``: how many of each age waited at each answer, shape (E, A). ``chosen``: the age of what was answered,
    shape (E,). The fixed point w_a = answers of age a / sum over answers of n_a / (sum over ages of n w), which is the
    maximum of the likelihood of such choices (Breslow 1974, for rates by group). An age that never waited weighs 1.
    """
    ages = counts.shape[1]
    answers = np.bincount(chosen, minlength=ages).astype(np.float64)
    waiting = counts.astype(np.float64)
    present = waiting.sum(axis=0) > 0
    weights = np.ones(ages)
    for _ in range(ROUNDS):
        total = waiting @ weights
        due = (1 / np.where(total > 0, total, 1.0)) @ waiting
        new = np.where(present & (due > 0), answers / np.where(due > 0, due, 1.0), 1.0)
        top = new.max(initial=0.0)
        new = new / top if top > 0 else np.ones(ages)
        settled = np.abs(new - weights).max(initial=0.0) < EXACT
        weights = new
        if settled:
            break
    return weights


def aged_chance(counts: Ints, chosen: Ints) -> npt.NDArray[np.float64]:
    """The share of each group among those waiting, by weight, shape (K, E).

    ``counts``: how many waited at each answer by age and group, shape (E, A, K). ``chosen``: the age of what was
    answered, shape (E,). With one age these are plain shares. 0 where nothing waited.
    """
    if counts.shape[1] == 1:
        weighted = np.array(counts[:, 0].T, dtype=np.float64, order="C")
    else:
        weighted = np.einsum("eak,a->ke", counts, age_weights(counts.sum(axis=2), chosen))
    total = weighted.sum(axis=0)
    total[total == 0] = 1.0
    weighted /= total
    return weighted
