"""Rows packed into numbers, against sorting and counting row by row."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from permadani.statistics import packed
from permadani.statistics.packed import begins, counts, slices, sorted_slices

Row = tuple[int, ...]
GREATEST = (0, 1, 5, 2**20, 2**31 - 1, 2**40, 2**63 - 1)
"""Of a column: some together need more than 63 bits."""


at_once = st.sampled_from([1, 3, packed.ROWS])


@contextmanager
def so_many_at_once(rows: int) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(packed, "ROWS", rows)
        yield


@st.composite
def tables(draw: st.DrawFn) -> list[Row]:
    """Rows with one to four columns; few different numbers, so that rows share some and are there twice."""
    columns = draw(st.lists(st.sampled_from(GREATEST), min_size=1, max_size=4))
    cells = [st.sampled_from(sorted({0, most // 3, most // 2, most})) for most in columns]
    return draw(st.lists(st.tuples(*cells), min_size=1, max_size=25))


def in_parts(values: list[int], cut: int) -> list[np.ndarray]:
    """A column in three parts, two of which may be empty, in the shortest types that hold it."""
    kind = next(kind for kind in (np.int8, np.int32, np.int64) if max(values) <= np.iinfo(kind).max)
    return [np.array(part, dtype=kind) for part in (values[:cut], [], values[cut:])]


def as_rows(columns: tuple[np.ndarray, ...]) -> list[Row]:
    return list(zip(*(one.tolist() for one in columns), strict=True))


def check_slices(found: list[list[Row]], whole: int, most: int) -> None:
    """Rows that come together are in one slice, and none is longer than that asks for."""
    assert all(before[-1][:whole] != after[0][:whole] for before, after in pairwise(found))
    assert all(len(one) >= most for one in found[:-1])
    for one in found:
        assert sum(row[:whole] != one[-1][:whole] for row in one) < most


@given(tables(), st.integers(0, 30), at_once)
def test_rows_come_in_the_order_of_their_columns(rows: list[Row], cut: int, most: int) -> None:
    columns = [in_parts(list(one), cut + place) for place, one in enumerate(zip(*rows, strict=True))]
    table = np.array(rows, dtype=np.int64)
    with so_many_at_once(most):
        found = [row for some in sorted_slices(*columns, whole=1) for row in as_rows(some)]
    assert found == [tuple(row) for row in table[np.lexsort(table.T[::-1])].tolist()]
    assert columns == [[]] * table.shape[1], "the parts are let go of"


@given(st.lists(st.tuples(*[st.integers(0, 2)] * 3), max_size=30), st.integers(0, 3), at_once)
def test_rows_that_share_the_first_columns_come_together(rows: list[Row], whole: int, most: int) -> None:
    columns = [[np.array([row[place] for row in rows], dtype=np.int32)] for place in range(3)]
    with so_many_at_once(most):
        found = [as_rows(some) for some in sorted_slices(*columns, whole=whole)]
    assert [row for one in found for row in one] == sorted(rows)
    check_slices(found, whole, most)


def test_short_columns_come_in_short_numbers() -> None:
    ((short, long),) = sorted_slices([np.array([2**31 - 1])], [np.array([2**32 - 1])], whole=1)
    assert (short.dtype, long.dtype) == (np.int32, np.int64)
    assert (short.tolist(), long.tolist()) == ([2**31 - 1], [2**32 - 1])


@pytest.mark.parametrize("greatest", [2**31 - 1, 2**32 - 1], ids=["63 bits", "64 bits"])
def test_the_last_bit_that_fits_and_the_first_that_does_not(greatest: int) -> None:
    rows = [(greatest, 2**32 - 1), (greatest, 0), (0, 2**32 - 1), (0, 0)]
    columns = [[np.array(one, dtype=np.int64)] for one in zip(*rows, strict=True)]
    (found,) = sorted_slices(*columns, whole=1)
    assert as_rows(found) == sorted(rows)


@pytest.mark.parametrize("parts", [[], [np.zeros(0, dtype=np.int32)], [np.zeros(0, dtype=np.int32)] * 2])
def test_no_rows_are_no_slices(parts: list[np.ndarray]) -> None:
    assert list(sorted_slices(list(parts), list(parts), whole=1)) == []


@pytest.mark.parametrize(
    ("kind", "least", "most_bits"), [(np.uint32, 0, 32), (np.int64, -(2**63), 63)], ids=["uint32", "int64"]
)
@given(data=st.data(), rows=at_once)
def test_numbers_that_differ_in_the_lowest_bits_come_together(
    kind: type[np.integer], least: int, most_bits: int, data: st.DataObject, rows: int
) -> None:
    most = int(np.iinfo(kind).max)
    near = st.sampled_from([least, 0, 1 << most_bits - 1 if least == 0 else 1 << 40, most])
    values = data.draw(st.lists(st.tuples(near, st.integers(-20, 20)).map(sum), max_size=30))
    bits = data.draw(st.sampled_from([0, 1, 3, most_bits - 1, most_bits]))
    numbers = np.array(sorted(min(max(one, least), most) for one in values), dtype=kind)
    with so_many_at_once(rows):
        found = [[(one >> bits,) for one in numbers[some].tolist()] for some in slices(numbers, bits)]
    assert [row for one in found for row in one] == [(one >> bits,) for one in numbers.tolist()]
    check_slices(found, 1, rows)


@given(st.lists(st.tuples(st.integers(0, 2), st.integers(-1, 1), st.booleans()), max_size=30), st.integers(1, 2))
def test_where_rows_begin_and_in_how_many_it_holds(rows: list[tuple[int, int, bool]], columns: int) -> None:
    rows.sort(key=lambda row: row[:columns])
    first, second, mask = (np.array([row[place] for row in rows], dtype=np.int8) for place in range(3))
    found = begins(*(first, second)[:columns])
    groups: dict[Row, list[int]] = {}
    for place, row in enumerate(rows):
        groups.setdefault(row[:columns], []).append(place)
    assert found.tolist() == [places[0] for places in groups.values()]
    for held in (mask == 1, mask):
        assert counts(held, found).tolist() == [sum(rows[one][2] for one in places) for places in groups.values()]
