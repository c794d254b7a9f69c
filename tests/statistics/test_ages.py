"""Chances by how long something has waited: weights that a simulation planted are found again."""

from __future__ import annotations

import numpy as np
import pytest

from permadani.statistics.ages import age_of, age_weights, aged_chance


def test_ages_begin_where_they_say() -> None:
    assert age_of([0, 5, 6, 23, 24, 10_000], (0, 6, 24)).tolist() == [0, 0, 1, 1, 2, 2]


def test_planted_weights_are_found() -> None:
    seed, planted = np.random.default_rng(3), np.array([1.0, 0.5, 0.1])
    counts = seed.integers(0, 6, (20_000, 3))
    counts[:, 0] += 1
    chance = counts * planted / (counts * planted).sum(axis=1, keepdims=True)
    chosen = (seed.random((20_000, 1)) > chance.cumsum(axis=1)).sum(axis=1)
    assert age_weights(counts, chosen) == pytest.approx(planted, rel=0.05)


def test_weights_are_the_maximum_of_the_likelihood() -> None:
    seed = np.random.default_rng(5)
    counts = seed.integers(1, 5, (60, 3))
    chosen = seed.integers(0, 3, 60)

    def likelihood(weights: np.ndarray) -> float:
        return float((np.log(weights[chosen]) - np.log(counts @ weights)).sum())

    best = age_weights(counts, chosen)
    for place in range(3):
        for factor in (0.98, 1.02):
            other = best.copy()
            other[place] *= factor
            assert likelihood(other) < likelihood(best)


def test_one_age_gives_plain_shares() -> None:
    counts = np.array([[[1, 3]], [[0, 0]], [[2, 2]]])
    assert aged_chance(counts, np.zeros(3, dtype=int)).tolist() == [[0.25, 0, 0.5], [0.75, 0, 0.5]]


def test_ages_weigh() -> None:
    # at every answer two new ones of group 0 wait and two old ones of group 1; three of four times a new one is chosen
    counts = np.tile(np.array([[[2, 0], [0, 2]]]), (4, 1, 1))
    assert aged_chance(counts, np.array([0, 0, 0, 1])) == pytest.approx(np.tile([0.75, 0.25], (4, 1)).T)


def test_nothing_is_defined() -> None:
    assert aged_chance(np.zeros((0, 4, 4), dtype=int), np.zeros(0, dtype=int)).shape == (4, 0)
    assert age_weights(np.zeros((0, 3), dtype=int), np.zeros(0, dtype=int)).tolist() == [1, 1, 1]
    # an age that was never answered weighs nothing, one that never waited weighs as the newest
    assert age_weights(np.array([[1, 1, 0]]), np.array([0])).tolist() == [1, 0, 1]
