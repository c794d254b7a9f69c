"""Quantiles: the ends are the order statistics of the tables, and hold the truth 95 times of 100."""

from __future__ import annotations

import numpy as np
import pytest

from permadani.statistics.quantiles import Quantile, clustered_quantiles


def median(values: object, clusters: object = None) -> Quantile:
    plain = np.asarray(values, dtype=float)
    return clustered_quantiles(plain, np.arange(len(plain)) if clusters is None else clusters, (0.5,))[0]


@pytest.mark.parametrize(
    ("n", "first", "last"),
    # the largest r with P(Bin(n, 1/2) < r) <= 0.025, and n - r + 1: Conover, Practical Nonparametric Statistics,
    # 3rd ed. 1999, table A3; the same ranks stand in every table of intervals for the median
    [(6, 1, 6), (10, 2, 9), (15, 4, 12), (20, 6, 15), (30, 10, 21), (50, 18, 33), (100, 40, 61)],
)
def test_the_ends_are_the_order_statistics_of_the_tables(n: int, first: int, last: int) -> None:
    found = median(np.arange(1, n + 1))
    assert found.value == (n + 1) / 2
    assert found.low == first
    assert found.high == last


def test_few_values_leave_the_ends_open() -> None:
    assert median([1, 2, 3]) == Quantile(2, None, None)
    assert median([5]) == Quantile(5, None, None)
    assert clustered_quantiles([], [], (0.5,)) == ()


def test_the_order_of_values_does_not_matter() -> None:
    values = np.arange(40.0)
    mixed = np.random.default_rng(1).permutation(values)
    assert median(mixed) == median(values)


def test_what_is_all_the_same_is_that() -> None:
    assert median(np.full(100, 7.0)) == Quantile(7, 7, 7)


def test_one_person_who_comes_often_is_little_evidence() -> None:
    values = np.random.default_rng(2).exponential(size=200)
    alone = median(values)
    same = median(values, np.repeat([0, 1], [190, 10]))
    assert alone.low is not None
    assert alone.high is not None
    assert same.low is None
    assert same.high is None


@pytest.mark.parametrize("share", [0.25, 0.5, 0.75])
@pytest.mark.parametrize("spread", [0.0, 1.0])
def test_the_interval_holds_the_truth(share: float, spread: float) -> None:
    """Delays log-normal between people (``spread``) and within; 60 people of one to six replies."""
    rng = np.random.default_rng(20)
    truth = np.quantile(rng.normal(0, np.hypot(spread, 1), 2_000_000), share)
    held = 0
    for _ in range(400):
        people = np.repeat(np.arange(60), rng.integers(1, 7, 60))
        values = rng.normal(0, spread, 60)[people] + rng.normal(0, 1, len(people))
        found = clustered_quantiles(values, people, (share,))[0]
        assert found.low is not None
        assert found.high is not None
        held += found.low <= truth <= found.high
    assert held / 400 >= 0.93
