"""Who waits, against counting one by one."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from permadani.statistics import waiting_sets
from permadani.statistics.waiting_sets import composition

GROUPS = 4
DAY = 86_400_000_000
YEARS = 30 * 365 * DAY

moments = st.one_of(st.integers(0, 12), st.integers(0, 12).map(lambda day: day * 1000 * DAY - YEARS))
items = st.lists(st.tuples(st.integers(0, 4), moments, moments, st.integers(0, GROUPS - 1)), max_size=30)
questions = st.lists(st.tuples(st.integers(0, 5), moments), max_size=12)


def columns(rows: list[tuple[int, ...]], width: int) -> list[np.ndarray]:
    return list(np.array(rows, dtype=np.int64).reshape(-1, width).T)


def one_by_one(rows: list[tuple[int, ...]], asked: list[tuple[int, ...]]) -> np.ndarray:
    found = np.zeros((len(asked), GROUPS), dtype=int)
    for row, (queue, moment) in enumerate(asked):
        for code, arrived, left, group in rows:
            found[row, group] += code == queue and arrived <= moment <= left
    return found


@given(items, questions)
def test_counts_as_one_by_one(rows: list[tuple[int, ...]], asked: list[tuple[int, ...]]) -> None:
    found = composition(*columns(rows, 4), GROUPS, *columns(asked, 2))
    assert found.dtype == np.int32
    np.testing.assert_array_equal(found, one_by_one(rows, asked))


@given(items, questions)
def test_numbers_of_queues_may_be_huge(rows: list[tuple[int, ...]], asked: list[tuple[int, ...]]) -> None:
    """Hashes of ids, say: a table as long as the greatest would not fit into any memory."""
    queue, *rest = columns(rows, 4)
    at, moment = columns(asked, 2)
    found = composition(queue * 10**18 + 7, *rest, GROUPS, at * 10**18 + 7, moment)
    np.testing.assert_array_equal(found, one_by_one(rows, asked))


def test_the_one_who_is_answered_at_that_moment_waits_and_nobody_before_or_after() -> None:
    """Arrives at 10, is answered at 20: asked at 9, 10, 20, 21."""
    found = composition([3], [10], [20], [1], 2, [3, 3, 3, 3], [9, 10, 20, 21])
    assert found.tolist() == [[0, 0], [0, 1], [0, 1], [0, 0]]


def test_thirty_years_and_five_million_queues_do_not_overflow() -> None:
    """Their spans together are far longer than 63 bits; checked against exact counts of a plain sort."""
    random = np.random.default_rng(8)
    queues, n = 5_000_000, 300_000
    queue = random.integers(0, queues, n // 3).repeat(3)
    queue[:3] = queues - 1
    arrived = random.integers(-YEARS // 2, YEARS // 2, n)
    left = arrived + random.integers(0, YEARS, n)
    group = random.integers(0, GROUPS, n).astype(np.int8)
    at = queue
    moment = np.where(random.random(n) < 0.5, left, random.integers(-YEARS // 2, YEARS, n))
    assert float(YEARS) * n / 3 > 2.0**64
    found = composition(queue, arrived, left, group, GROUPS, at, moment)

    order = np.argsort(queue, kind="stable")
    start = np.searchsorted(queue[order], at, side="left")
    stop = np.searchsorted(queue[order], at, side="right")
    expected = np.zeros((n, GROUPS), dtype=int)
    for step in range(int((stop - start).max())):
        place = start + step
        inside = place < stop
        item = order[np.minimum(place, n - 1)]
        waits = inside & (arrived[item] <= moment) & (moment <= left[item])
        np.add.at(expected, (np.nonzero(waits)[0], group[item[waits]]), 1)
    assert expected.sum() > n / 2
    np.testing.assert_array_equal(found, expected)


@pytest.mark.parametrize("most", [1, 40, 333])
def test_every_line_is_counted(monkeypatch: pytest.MonkeyPatch, most: int) -> None:
    """The same with lines so short that nearly every queue has its own: nothing depends on where they are cut."""
    random = np.random.default_rng(9)
    rows = np.column_stack([random.integers(0, 40, 500), random.integers(0, 50, (500, 2)), random.integers(0, 4, 500)])
    asked = np.column_stack([random.integers(0, 45, 200), random.integers(0, 50, 200)])
    monkeypatch.setattr(waiting_sets, "CHUNK", most)
    found = composition(*rows.T, GROUPS, *asked.T)
    expected = one_by_one([tuple(row) for row in rows.tolist()], [tuple(row) for row in asked.tolist()])
    np.testing.assert_array_equal(found, expected)


@pytest.mark.parametrize("groups", [1, 4, 70])
def test_one_long_queue(groups: int) -> None:
    """Longer than what is counted at once, and all of it waits at the same time."""
    n = waiting_sets.CHUNK * 3
    random = np.random.default_rng(5)
    group = random.integers(0, groups, n)
    found = composition(np.zeros(n, dtype=int), np.arange(n), np.full(n, n), group, groups, [0, 0, 0], [n, n - 1, 9])
    assert found.tolist() == [np.bincount(group[:count], minlength=groups).tolist() for count in (n, n, 10)]


def test_never_and_always_are_moments_too() -> None:
    """The greatest and the least moment that 64 bits hold stand for never left and always there."""
    least, most = np.iinfo(np.int64).min, np.iinfo(np.int64).max
    found = composition([0, 0, 0], [least, 5, most], [most, most, most], [0, 1, 2], 3, [0, 0], [4, 5])
    assert found.tolist() == [[1, 0, 0], [1, 1, 0]]


def test_nothing_waits_nowhere() -> None:
    assert composition([], [], [], [], 3, [], []).shape == (0, 3)
    assert composition([1], [1], [2], [0], 3, [], []).shape == (0, 3)
    assert composition([], [], [], [], 3, [1], [1]).tolist() == [[0, 0, 0]]


def test_what_cannot_be_is_refused() -> None:
    with pytest.raises(ValueError, match="queues are numbers from 0"):
        composition([-1], [1], [2], [0], 3, [1], [1])
    with pytest.raises(ValueError, match="groups are numbers from 0"):
        composition([1], [1], [2], [3], 3, [1], [1])
    with pytest.raises(ValueError, match="too far apart"):
        composition([1], [1], [2], [0], 3, [1, 1], [np.iinfo(np.int64).min, np.iinfo(np.int64).max])
