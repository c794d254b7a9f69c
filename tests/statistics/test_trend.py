"""The slope over the years against closed forms, and the word that may be said."""

from __future__ import annotations

import numpy as np
import pytest

from permadani.statistics.trend import Slope, logistic_slope, trend, weighted_slope


def test_two_periods_have_a_closed_form() -> None:
    """Jeffreys' prior on a saturated 2 x 2 table adds half an observation to each cell (Firth 1993)."""
    outcomes = [1] * 3 + [0] * 9 + [1] * 8 + [0] * 4
    times = [0] * 12 + [1] * 12
    slope = logistic_slope(outcomes, times, range(24))
    assert slope is not None
    assert slope.value == pytest.approx(np.log((8.5 / 4.5) / (3.5 / 9.5)), abs=1e-6)


def test_a_year_without_any_answer_stays_finite() -> None:
    slope = logistic_slope([1] * 20 + [0] * 20, [2010] * 20 + [2011] * 20, range(40))
    assert slope is not None
    assert np.isfinite([slope.value, slope.low, slope.high]).all()
    assert slope.high < 0


def test_the_interval_covers_where_askers_come_again() -> None:
    random = np.random.default_rng(4)
    hits = 0
    for _ in range(300):
        who = np.repeat(np.arange(80), random.geometric(0.5, 80))
        times = random.integers(0, 5, who.size)
        mood = random.normal(0, 0.8, 80)[who]
        chance = 1 / (1 + np.exp(-(-0.5 + mood)))
        slope = logistic_slope(random.random(who.size) < chance, times, who)
        assert slope is not None
        hits += slope.low <= 0 <= slope.high
    assert 0.92 <= hits / 300 <= 0.985


@pytest.mark.parametrize(
    ("slope", "first", "last", "word"),
    [
        (Slope(-1, -1.4, -0.6), (0.8, 0.95), (0.05, 0.2), "fell"),
        (Slope(1, 0.6, 1.4), (0.05, 0.2), (0.8, 0.95), "rose"),
        (Slope(-1, -1.4, -0.6), (0.1, 0.95), (0.05, 0.2), None),
        (Slope(0, -0.05, 0.05), (0.4, 0.5), (0.4, 0.5), "steady"),
        (Slope(0, -1, 1), (0.4, 0.5), (0.4, 0.5), None),
        (None, (0.4, 0.5), (0.4, 0.5), None),
    ],
)
def test_words(slope: Slope | None, first: tuple[float, float], last: tuple[float, float], word: str | None) -> None:
    assert trend(slope, 4, first, last) == word


def test_too_little_gives_nothing() -> None:
    assert logistic_slope([1, 0, 1], [1, 2, 3], [1, 2, 3]) is None
    assert logistic_slope([1, 0, 1, 0], [1, 1, 1, 1], range(4)) is None


def row_by_row(hits: np.ndarray, when: np.ndarray, who: np.ndarray) -> Slope:
    """Firth's slope and its clustered error with a row for each outcome, as the papers write it."""
    from permadani.statistics.intervals import student

    rows = np.column_stack([np.ones_like(when), (when - when.mean()) / when.std()])
    beta = np.zeros(2)
    for _ in range(100):
        chance = 1 / (1 + np.exp(-rows @ beta))
        weight = chance * (1 - chance)
        inverse = np.linalg.inv((rows * weight[:, None]).T @ rows)
        leverage = weight * np.einsum("ij,jk,ik->i", rows, inverse, rows)
        beta = beta + inverse @ (rows.T @ (hits - chance + leverage * (0.5 - chance)))
    names = sorted(set(who.tolist()))
    scores = np.array([(rows * (hits - chance)[:, None])[who == one].sum(0) for one in names])
    variance = inverse @ scores.T @ scores @ inverse * len(names) / (len(names) - 1)
    value, error = beta[1] / when.std(), np.sqrt(variance[1, 1]) / when.std()
    reach = student(0.975, len(names) - 1) * error
    return Slope(value, value - reach, value + reach)


@pytest.mark.parametrize("unit", [1.0, 0.37, 86_400_000_000.0])
def test_sums_by_time_tell_the_same_as_every_row(unit: float) -> None:
    random = np.random.default_rng(12)
    when = random.integers(2011, 2016, 300) * unit
    who = random.integers(0, 40, 300) * 10**12
    hits = (random.random(300) < 0.1 + 0.1 * (when / unit - 2011)).astype(float)
    found, expected = logistic_slope(hits, when, who), row_by_row(hits, when, who)
    assert found is not None
    for one in ("value", "low", "high"):
        assert getattr(found, one) == pytest.approx(getattr(expected, one), rel=1e-7)


def test_counts_are_so_many_rows() -> None:
    random = np.random.default_rng(13)
    sizes = random.integers(0, 9, 200)
    hits = random.binomial(sizes, 0.3)
    when, who = random.integers(0, 6, 200), random.integers(0, 50, 200)
    rows = np.repeat(np.arange(200), sizes)
    outcomes = np.concatenate([np.arange(size) < came for came, size in zip(hits, sizes, strict=True)])
    found, expected = logistic_slope(hits, when, who, sizes), logistic_slope(outcomes, when[rows], who[rows])
    assert found is not None
    assert expected is not None
    for one in ("value", "low", "high"):
        assert getattr(found, one) == pytest.approx(getattr(expected, one), rel=1e-9)


def test_counts_agree_with_statsmodels_where_the_prior_weighs_nothing() -> None:
    import statsmodels.api as sm

    when = np.repeat(np.arange(6.0), 50)
    random = np.random.default_rng(14)
    sizes = np.full(300, 4000)
    hits = random.binomial(sizes, 1 / (1 + np.exp(1 - 0.2 * when)))
    fit = sm.GLM(np.column_stack([hits, sizes - hits]), sm.add_constant(when), family=sm.families.Binomial()).fit(
        cov_type="cluster", cov_kwds={"groups": np.arange(300) % 60}
    )
    found = logistic_slope(hits, when, np.arange(300) % 60, sizes)
    assert found is not None
    assert found.value == pytest.approx(fit.params[1], abs=1e-5)
    # statsmodels has (N - 1) / (N - k) on the rows besides G / (G - 1), and the normal quantile instead of t's 2.001
    assert found.high - found.value == pytest.approx(2.001 * fit.bse[1] / np.sqrt(299 / 298), rel=2e-3)


def test_what_no_counts_can_be_is_refused() -> None:
    with pytest.raises(ValueError, match="between 0 and their sizes"):
        logistic_slope([3, 1, 0], [1, 2, 3], [1, 2, 3], [2, 2, 2])
    with pytest.raises(ValueError, match="between 0 and their sizes"):
        logistic_slope([-1, 1, 0], [1, 2, 3], [1, 2, 3], [2, 2, 2])


def test_names_and_empty_rows() -> None:
    found = logistic_slope([2, 3, 1, 0], [1, 2, 3, 4], ["al", "bo", "cy", "di"], [4, 4, 4, 0])
    assert found == logistic_slope([2, 3, 1], [1, 2, 3], [0, 1, 2], [4, 4, 4])
    assert found is not None
    assert logistic_slope([], [], []) is None
    assert logistic_slope([], [], [], []) is None
    assert logistic_slope([0, 0], [1, 2], [1, 2], [0, 0]) is None


def test_weighted_slope_agrees_with_statsmodels() -> None:
    """Scattered more than the errors say, so the Birge ratio is what weighted least squares estimates as its scale."""
    import statsmodels.api as sm

    values, errors = np.array([0.3, 0.5, 0.2, 0.9, 0.7]), np.array([0.02, 0.05, 0.04, 0.1, 0.03])
    times = np.array([2011.0, 2012, 2013, 2014, 2015])
    fit = sm.WLS(values, sm.add_constant(times), weights=1 / errors**2).fit()
    found = weighted_slope(values, errors, times)
    assert found is not None
    assert fit.scale > 1
    assert found.value == pytest.approx(fit.params[1])
    assert (found.low, found.high) == pytest.approx(tuple(fit.conf_int()[1]))


def test_periods_on_a_line_are_as_uncertain_as_their_errors() -> None:
    """Equal errors s at 0, 1, 2: the slope has s / sqrt(2); t with one degree is 12.7062."""
    found = weighted_slope([1, 2, 3], [0.1, 0.1, 0.1], [0, 1, 2])
    assert found is not None
    assert found.value == pytest.approx(1)
    assert found.high - found.value == pytest.approx(12.7062 * 0.1 / np.sqrt(2), rel=1e-4)


def test_too_few_periods_have_no_slope() -> None:
    assert weighted_slope([], [], []) is None
    assert weighted_slope([1, 2], [0.1, 0.1], [0, 1]) is None
    assert weighted_slope([1, 2, 3], [0.1, 0.1, 0.1], [5, 5, 5]) is None
    assert weighted_slope([1, 2, 3], [0.1, 0, 0.1], [0, 1, 2]) is None
    assert weighted_slope([1, 2, np.nan], [0.1, 0.1, 0.1], [0, 1, 2]) is None
    assert weighted_slope([1, 2, 9, 3], [0.1, 0.1, np.inf, 0.1], [0, 1, 1, 2]) == weighted_slope(
        [1, 2, 3], [0.1, 0.1, 0.1], [0, 1, 2]
    )
