"""Periods differ among themselves without any trend: the slope must not take that for one."""

from __future__ import annotations

import numpy as np
import pytest

from permadani.statistics.intervals import student
from permadani.statistics.trend import logistic_slope

Rows = tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]


def logistic(x: np.ndarray) -> np.ndarray:
    return 1 / (1 + np.exp(-x))


def months(
    random: np.random.Generator, periods: int, noise: float, *, again: bool, yearly: float = 0, uneven: float = 0
) -> Rows:
    """Outcomes, times in years, authors and sizes: 200 authors a month, the same each month if ``again``."""
    chance = random.normal(0, noise, periods) + yearly / 12 * np.arange(periods)
    author = np.tile(np.arange(200), periods)
    when = np.repeat(np.arange(periods), 200)
    if not again:
        author = author + 200 * when
    mood = random.normal(0, 1, 200 * periods)
    sizes = random.poisson(8 * np.exp(random.normal(0, uneven, periods))[when])
    hits = random.binomial(sizes, logistic(-0.5 + chance[when] + mood[author]))
    return hits, when / 12, author, sizes


@pytest.mark.parametrize("again", [False, True], ids=["new authors", "the same authors"])
@pytest.mark.parametrize("periods", [3, 12, 36])
def test_noise_of_the_months_is_no_trend(periods: int, again: bool) -> None:
    random = np.random.default_rng(periods)
    told, without = 0, 0
    for _ in range(300):
        rows = months(random, periods, 0.25, again=again)
        wide, narrow = logistic_slope(*rows, between=True), logistic_slope(*rows)
        assert wide is not None
        assert narrow is not None
        assert wide.value == narrow.value
        told += not wide.low <= 0 <= wide.high
        without += not narrow.low <= 0 <= narrow.high
    assert told / 300 <= 0.07
    assert without / 300 > 0.3


def test_noise_of_uneven_months_is_no_trend() -> None:
    random = np.random.default_rng(5)
    told = 0
    for _ in range(300):
        slope = logistic_slope(*months(random, 24, 0.25, again=True, uneven=0.7), between=True)
        assert slope is not None
        told += not slope.low <= 0 <= slope.high
    assert told / 300 <= 0.08


@pytest.mark.parametrize("again", [False, True], ids=["new authors", "the same authors"])
def test_a_real_trend_is_found_and_its_interval_holds_it(again: bool) -> None:
    random = np.random.default_rng(6)
    found, held = 0, 0
    for _ in range(100):
        slope = logistic_slope(*months(random, 36, 0.1, again=again, yearly=0.5), between=True)
        assert slope is not None
        found += slope.low > 0
        # the mean over authors who differ by 1 has a slope of 0.5 / sqrt(1 + 0.346): Zeger, Liang & Albert 1988
        held += slope.low <= 0.5 / np.sqrt(1.346) <= slope.high
    assert found == 100
    assert held >= 90


def test_the_variance_between_times_agrees_with_statsmodels() -> None:
    """HC2 of the weighted least squares that logistic regression ends in; Bell & McCaffrey's degrees written out."""
    import statsmodels.api as sm

    random = np.random.default_rng(15)
    when = np.repeat(np.arange(7.0), 40)
    sizes = 3000 * (1 + np.repeat(np.arange(7), 40) ** 2)
    hits = random.binomial(sizes, logistic(-1 + 0.1 * when + random.normal(0, 0.3, 7)[when.astype(int)]))
    who = np.arange(280)
    narrow, wide = logistic_slope(hits, when, who, sizes), logistic_slope(hits, when, who, sizes, between=True)
    assert narrow is not None
    assert wide is not None

    tried, came = (np.bincount(when.astype(int), weights=of) for of in (sizes, hits))
    exog = sm.add_constant(np.arange(7.0))
    fit = sm.GLM(np.column_stack([came, tried - came]), exog, family=sm.families.Binomial()).fit()
    weight = tried * fit.mu * (1 - fit.mu)
    line = sm.WLS(exog @ fit.params + (came - tried * fit.mu) / weight, exog, weights=weight).fit()
    by_author = (narrow.high - narrow.value) / student(0.975, 279)
    error = np.hypot(by_author, line.HC2_se[1])

    half = np.sqrt(weight)[:, None] * exog
    hat = half @ np.linalg.inv(half.T @ half) @ half.T
    weights_of = (np.linalg.inv(half.T @ half) @ half.T)[1] / np.sqrt(1 - np.diag(hat))
    matrix = weights_of[:, None] * (np.eye(7) - hat) * weights_of
    degrees = np.trace(matrix) ** 2 / (matrix**2).sum()
    assert 1 < degrees < 5
    assert wide.high - wide.value == pytest.approx(student(0.975, degrees) * error, rel=1e-3)


def test_three_even_times_have_one_degree_of_freedom() -> None:
    """Residuals r, -2r, r of equal times: HC2 is then the usual variance, and t is 12.7062."""
    rows = ([500, 400, 500] * 100, [0, 1, 2] * 100, np.arange(300), [1000] * 300)
    narrow, wide = logistic_slope(*rows), logistic_slope(*rows, between=True)
    assert narrow is not None
    assert wide is not None
    by_author = narrow.high / student(0.975, 299)
    weight, residual = 100_000 * (7 / 15) * (8 / 15), 50_000 - 100_000 * 7 / 15
    between = np.sqrt(6) * residual / weight / np.sqrt(2)
    assert wide.high == pytest.approx(12.7062 * np.hypot(by_author, between), rel=1e-3)


def test_times_that_cannot_be_compared_have_no_slope() -> None:
    two = ([3, 4, 2, 8], [0, 0, 1, 1], range(4), [9, 9, 9, 9])
    assert logistic_slope(*two) is not None
    assert logistic_slope(*two, between=True) is None
    lopsided = ([4e9, 5e9, 1, 1], [0, 1, 2, 3], range(4), [9e9, 9e9, 2, 2])
    assert logistic_slope(*lopsided) is not None
    assert logistic_slope(*lopsided, between=True) is None


def test_times_without_any_scatter_have_a_finite_interval() -> None:
    slope = logistic_slope([5, 5, 5, 5], [0, 1, 2, 3], range(4), [10, 10, 10, 10], between=True)
    assert slope is not None
    assert (slope.value, slope.low, slope.high) == pytest.approx((0, 0, 0), abs=1e-9)
    nobody = logistic_slope([0] * 40, [0, 1, 2, 3] * 10, range(40), between=True)
    assert nobody is not None
    assert np.isfinite([nobody.low, nobody.high]).all()
