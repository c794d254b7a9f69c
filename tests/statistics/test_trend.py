"""The slope over the years against closed forms, and the word that may be said."""

from __future__ import annotations

import numpy as np
import pytest

from permadani.statistics.trend import Slope, logistic_slope, trend


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
