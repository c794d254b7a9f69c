"""Kaplan-Meier against the remission times of Freireich et al. (Blood 21, 1963), as printed in every textbook."""

from __future__ import annotations

import pytest

from permadani.statistics.waiting import kaplan_meier

TIMES = [6, 6, 6, 6, 7, 9, 10, 10, 11, 13, 16, 17, 19, 20, 22, 23, 25, 32, 32, 34, 35]
EVENTS = [1, 1, 1, 0, 1, 0, 1, 0, 0, 1, 1, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0]


@pytest.mark.parametrize(
    ("horizon", "left"),
    [(6, 0.8571), (7, 0.8067), (10, 0.7529), (13, 0.6902), (16, 0.6275), (22, 0.5378), (23, 0.4482)],
)
def test_survival_of_the_6mp_group(horizon: float, left: float) -> None:
    found = kaplan_meier(TIMES, EVENTS, horizon)
    assert found.by == pytest.approx(1 - left, abs=5e-5)


def test_median_of_the_6mp_group() -> None:
    assert kaplan_meier(TIMES, EVENTS, 10).median == 23


def test_log_log_interval() -> None:
    """R survival 3.5: survfit(Surv(t, e) ~ 1, conf.type = "log-log") at 10 weeks: 0.753 (0.503, 0.889)."""
    found = kaplan_meier(TIMES, EVENTS, 10)
    assert (1 - found.high, 1 - found.low) == pytest.approx((0.503, 0.889), abs=6e-4)  # type: ignore[operator]


def test_the_median_is_unknown_where_fewer_than_half_were_answered() -> None:
    assert kaplan_meier([1, 5, 5, 5], [1, 0, 0, 0], 2).median is None


def test_nobody_answered_is_zero_with_an_upper_bound() -> None:
    found = kaplan_meier([30] * 10, [0] * 10, 24)
    assert (found.by, found.low) == (0.0, 0.0)
    assert found.high == pytest.approx(1 - 0.05 ** (1 / 10))


def test_nothing_gives_nothing() -> None:
    assert kaplan_meier([], [], 24).by is None
