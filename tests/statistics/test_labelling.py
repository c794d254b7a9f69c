"""A mislabelled covariate: probabilities by Bayes, and a coefficient that is no longer pulled towards 0."""

from __future__ import annotations

import numpy as np
import pytest

from permadani.statistics.labelling import corrected, probability


def test_probability_by_hand() -> None:
    """60 of 100 labelled yes and one in ten wrong: truly 62.5, so 56.25 of those 60 are true, 6.25 of the other 40."""
    labels = np.r_[np.ones(60), np.zeros(40)]
    chance = probability(labels, np.zeros(100), 0.1)
    assert chance[0] == pytest.approx(0.5625 / 0.6)
    assert chance[-1] == pytest.approx(0.0625 / 0.4)


def test_each_group_has_a_share_of_its_own() -> None:
    labels = np.r_[np.ones(90), np.zeros(10), np.ones(20), np.zeros(80)]
    chance = probability(labels, np.r_[np.zeros(100), np.ones(100)], 0.1)
    assert chance[0] > chance[100]
    assert chance[99] > chance[199]


@pytest.mark.parametrize("labels", [np.ones(10), np.zeros(10)])
def test_all_of_one_kind(labels: np.ndarray) -> None:
    assert np.isfinite(probability(labels, np.zeros(10), 0.2)).all()


def test_no_error_leaves_labels_alone() -> None:
    labels = np.array([1, 0, 1, 1, 0])
    assert probability(labels, np.zeros(5), 0.0) == pytest.approx(labels)


def test_corrected_covariate_keeps_its_coefficient() -> None:
    """At its own coefficient g, exp(g z) is q e^g + 1 - q."""
    q = np.linspace(0, 1, 11)
    z = corrected(q, lambda _: 1.3)
    assert np.exp(1.3 * z) == pytest.approx(q * np.exp(1.3) + 1 - q)


def test_without_an_effect_nothing_is_corrected() -> None:
    q = np.linspace(0, 1, 5)
    assert corrected(q, lambda _: 0.0) is q
