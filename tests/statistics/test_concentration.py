"""Concentration against values worked out by hand."""

from __future__ import annotations

import numpy as np
import pytest

from permadani.statistics.concentration import (
    MOST_POINTS,
    gini,
    gini_interval,
    lorenz,
    top_share,
    top_share_interval,
)


def test_lorenz_by_hand() -> None:
    """1, 2, 3, 4 of ten: the poorest quarter has 1/10, the poorer half 3/10, three quarters 6/10."""
    np.testing.assert_allclose(lorenz([4, 1, 3, 2]), [(0, 0), (0.25, 0.1), (0.5, 0.3), (0.75, 0.6), (1, 1)])


@pytest.mark.parametrize(
    ("amounts", "expected"),
    [
        ([5, 5, 5, 5], 0.0),
        # sum of all |xi - xj| over ordered pairs is 20; 20 / (2 n^2 mean) = 20 / (2 * 16 * 2.5)
        ([1, 2, 3, 4], 0.25),
        ([0, 0, 0, 8], 0.75),
        ([1, 3], 0.25),  # |1 - 3| twice: 4 / (2 * 4 * 2)
    ],
)
def test_gini_by_hand(amounts: list[float], expected: float) -> None:
    assert gini(amounts) == pytest.approx(expected)


def test_gini_is_half_the_relative_mean_difference() -> None:
    """The definition, summed over all pairs."""
    values = np.random.default_rng(3).pareto(1.3, 200)
    pairs = np.abs(values[:, None] - values[None, :]).mean()
    assert gini(values) == pytest.approx(pairs / (2 * values.mean()), rel=1e-12)


def test_gini_is_twice_the_area_between_the_curve_and_equality() -> None:
    """The trapezoids under the curve, for few enough people that every one of them is a point of it."""
    values = np.random.default_rng(4).pareto(1.3, MOST_POINTS)
    x, y = np.array(lorenz(values)).T
    assert gini(values) == pytest.approx(1 - 2 * np.trapezoid(y, x), rel=1e-9)


def test_only_proportions_matter() -> None:
    values = np.array([1, 1, 2, 9, 30])
    assert gini(values * 7) == pytest.approx(gini(values))
    np.testing.assert_allclose(lorenz(values * 7), lorenz(values))


def test_top_hundredth() -> None:
    assert top_share([1, 1, 2]) == pytest.approx(0.5)  # at least one person
    assert top_share([1] * 99 + [101]) == pytest.approx(101 / 200)
    assert top_share([1] * 199 + [51]) == pytest.approx(52 / 250)  # two of two hundred
    assert top_share([1] * 198 + [51]) == pytest.approx(51 / 249)


def test_a_long_curve_is_thinned_and_keeps_its_ends() -> None:
    values = np.arange(1, 5001)
    points = lorenz(values)
    assert len(points) == MOST_POINTS + 1
    assert (points[0], points[-1]) == ((0.0, 0.0), (1.0, 1.0))
    half = dict(points)[0.5]
    assert half == pytest.approx(values[:2500].sum() / values.sum())


def test_nothing_is_null_and_not_zero() -> None:
    for amounts in ([], [0, 0]):
        assert gini(amounts) is None
        assert lorenz(amounts) == ()
        assert top_share(amounts) is None
    assert gini([3]) is None
    assert top_share([3]) == 1.0


def test_what_is_no_amount_is_refused() -> None:
    with pytest.raises(ValueError, match="not negative"):
        gini([1, -1])
    with pytest.raises(ValueError, match="finite"):
        lorenz([1, np.inf])


def counts(random: np.random.Generator, n: int) -> np.ndarray:
    """Answers as people receive them: many none, some very many (Poisson of log-normal means)."""
    return random.poisson(random.lognormal(-0.5, 1.3, n)).astype(float)


def bootstrapped(amounts: np.ndarray, figure: object, draws: int = 400) -> float:
    random = np.random.default_rng(7)
    found = [figure(random.choice(amounts, amounts.size)) for _ in range(draws)]  # type: ignore[operator]
    return float(np.std(found))


def test_intervals_are_as_wide_as_the_bootstrap_says() -> None:
    amounts = counts(np.random.default_rng(5), 4000)
    _, low, high = gini_interval(amounts) or (0, 0, 0)
    assert (high - low) / 3.92 == pytest.approx(bootstrapped(amounts, gini), rel=0.1)
    _, low, high = top_share_interval(amounts) or (0, 0, 0)
    assert (high - low) / 4.05 == pytest.approx(bootstrapped(amounts, top_share), rel=0.2)


def test_intervals_keep_their_promise_about_others_like_these() -> None:
    random = np.random.default_rng(6)
    everybody = counts(random, 2_000_000)
    truth = gini(everybody), top_share(everybody)
    assert truth[0] is not None
    assert truth[1] is not None
    held = np.zeros(2)
    for _ in range(300):
        sample = random.choice(everybody, 1000)
        for k, found in enumerate((gini_interval(sample), top_share_interval(sample))):
            assert found is not None
            assert found[1] <= found[0] <= found[2]
            held[k] += found[1] <= truth[k] <= found[2]
    assert 0.91 <= held[0] / 300 <= 0.985
    assert 0.82 <= held[1] / 300 <= 0.985


def test_one_who_holds_all_says_nothing_about_others() -> None:
    assert gini_interval([0, 0, 0, 8]) == (0.75, 0.0, 1.0)
    assert gini_interval([5] * 40) == (0.0, 0.0, 1.0)
    assert gini_interval([3]) is None
    assert gini_interval([0, 0]) is None
    assert gini_interval([]) is None


def test_a_top_of_one_has_no_interval() -> None:
    assert top_share_interval(range(1, 150)) is None
    assert top_share_interval([0] * 300 + [5]) is None
    assert top_share_interval([0] * 10) is None
    assert top_share_interval([]) is None
    assert top_share_interval([1, 2], part=1.0) is None
    found = top_share_interval(range(1, 1001))
    assert found is not None
    assert found == pytest.approx((9955 / 500500, found[1], found[2]))
    assert 0.01 <= found[1] < found[0] < found[2] < 0.03
