"""Sorting by counting, against sorting."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from permadani.statistics.order import by_number, chunks, ranks

numbers = st.lists(st.integers(0, 12), max_size=40)


@given(numbers)
def test_by_number_keeps_those_of_one_number_as_they_stood(rows: list[int]) -> None:
    order, begins = by_number(np.array(rows, dtype=np.int32), 14)
    assert order.tolist() == sorted(range(len(rows)), key=lambda place: rows[place])
    assert begins.tolist() == [sum(one < number for one in rows) for number in range(15)]


@given(numbers, st.sampled_from([1, -1, 10**15]), st.booleans())
def test_ranks_are_without_gaps(rows: list[int], factor: int, in_order: bool) -> None:
    values = [one * factor for one in (sorted(rows) if in_order else rows)]
    known = sorted(set(values))
    found, different = ranks(np.array(values, dtype=np.int64))
    assert different == len(known)
    assert found.tolist() == [known.index(one) for one in values]


@pytest.mark.parametrize("kind", [np.int8, np.uint8, np.int16, np.int32, np.int64, np.uint64, np.float64, np.str_])
@pytest.mark.parametrize("many", [1, 20_000], ids=["few", "many"])
def test_ranks_of_all_that_a_type_holds(kind: type[np.generic], many: int) -> None:
    """Many rows of a short type count as close together; from its least number to its greatest it does not hold."""
    values = ["b", "a", "b", "c"]
    if issubclass(kind, np.number):
        info = np.iinfo(kind) if issubclass(kind, np.integer) else np.finfo(kind)
        values = [1, info.min, 1, info.max]
    found, different = ranks(np.array(values * many, dtype=kind))
    assert different == 3
    assert found.tolist() == [1, 0, 1, 2] * many


@pytest.mark.parametrize(
    ("most", "expected"),
    [((100, 100), [(0, 5)]), ((4, 100), [(0, 1), (1, 3), (3, 5)]), ((100, 1), [(0, 2), (2, 5)])],
)
def test_chunks_add_up_to_little_more_than_the_most(most: tuple[float, ...], expected: list[tuple[int, int]]) -> None:
    found = chunks(np.array([1, 3, 0, 5, 1]), np.array([0, 0, 1, 0, 0]), most=most)
    assert [(one.start, one.stop) for one in found] == expected


def test_nothing_has_one_empty_chunk() -> None:
    assert [(one.start, one.stop) for one in chunks(np.zeros(0), most=(1,))] == [(0, 0)]
