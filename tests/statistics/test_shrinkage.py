"""False discoveries and shrinkage against worked examples and simulated truth."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from permadani.statistics.shrinkage import Spread, benjamini_hochberg, shrunk, spread

# Benjamini & Hochberg 1995, section 3.1: fifteen p values of a trial; at 5 % their procedure rejects the first four
TRIAL = [
    0.0001,
    0.0004,
    0.0019,
    0.0095,
    0.0201,
    0.0278,
    0.0298,
    0.0344,
    0.0459,
    0.3240,
    0.4262,
    0.5719,
    0.6528,
    0.7590,
    1.0,
]


def test_the_example_of_the_paper() -> None:
    assert benjamini_hochberg(TRIAL, 0.05).tolist() == [True] * 4 + [False] * 11


def test_a_later_value_takes_earlier_ones_along() -> None:
    assert benjamini_hochberg([0.02, 0.03, 0.04], 0.04).tolist() == [True] * 3
    assert benjamini_hochberg([0.02, 0.9, 0.9], 0.04).tolist() == [False] * 3


@given(st.lists(st.floats(0, 1), max_size=30), st.randoms(use_true_random=False))
def test_order_does_not_matter(p: list[float], random: object) -> None:
    order = list(range(len(p)))
    random.shuffle(order)  # type: ignore[attr-defined]
    again = benjamini_hochberg([p[i] for i in order], 0.1)
    assert again.tolist() == benjamini_hochberg(p, 0.1)[order].tolist()


def test_spread_by_hand() -> None:
    """Equal errors: the spread is the variance of the estimates less theirs."""
    found = spread([-1.0, 0.0, 1.0], [0.5, 0.5, 0.5])
    assert found is not None
    assert (found.mean, found.sd) == (pytest.approx(0), pytest.approx(np.sqrt(1 - 0.25)))


def test_no_more_differences_than_chance_is_no_spread() -> None:
    found = spread([0.1, -0.1, 0.05], [1.0, 1.0, 1.0])
    assert found is not None
    assert found.sd == 0


@pytest.mark.parametrize("estimates", [[], [0.4]])
def test_too_few_to_tell(estimates: list[float]) -> None:
    assert spread(estimates, [0.1] * len(estimates)) is None


def test_shrunk_is_nearer_to_the_truth() -> None:
    rng = np.random.default_rng(2)
    truth, errors = rng.normal(-0.3, 0.4, 400), rng.uniform(0.2, 1.0, 400)
    seen = truth + rng.normal(0, errors)
    prior = spread(seen, errors)
    assert prior is not None
    assert prior.mean == pytest.approx(-0.3, abs=0.1)
    assert prior.sd == pytest.approx(0.4, abs=0.1)
    drawn = shrunk(seen, errors, prior)
    assert np.square(drawn.mean - truth).mean() < 0.6 * np.square(seen - truth).mean()
    inside = np.abs(drawn.mean - truth) < 1.96 * drawn.sd
    assert 0.91 < inside.mean() < 0.99


def test_probability_below_zero() -> None:
    drawn = shrunk([0.0, -1.645], [1.0, 1.0], Spread(0.0, 1e6))
    assert drawn.below_zero == pytest.approx([0.5, 0.95], abs=1e-3)
