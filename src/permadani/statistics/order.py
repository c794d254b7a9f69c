"""Millions of rows in the order of small whole numbers, by counting instead of comparing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import numpy.typing as npt

CHUNK = 32_768
"""So many rows at once: what is done with them stays in the cache."""

Places = npt.NDArray[np.integer]


def by_number(numbers: npt.NDArray[np.integer], most: int) -> tuple[Places, Places]:
    """The places of the rows in the order of their numbers (rows of one number as they stood), shape (n,), and where
    each number begins among them, and the end, shape (most + 1,). ``numbers``: from 0 to ``most`` - 1.

    Turning a sparse matrix with one entry a row on its side is a counting sort; ten times as fast as one that compares.
    """
    from scipy.sparse import csr_array  # slow to load, and only the class map needs it

    rows = len(numbers)
    kind = np.int32 if max(rows, most) < np.iinfo(np.int32).max else np.int64
    held = csr_array(
        (np.ones(rows, dtype=np.int8), numbers.astype(kind, copy=False), np.arange(rows + 1, dtype=kind)),
        shape=(rows, most),
    )
    turned = held.tocsc()
    return turned.indices, turned.indptr


def ranks(numbers: npt.NDArray[Any]) -> tuple[Places, int]:
    """The same in the same order, as numbers from 0 on without gaps, shape (n,), and how many different ones there are.

    Sorted ones are quickest, then whole numbers that lie close together.
    """
    rows = len(numbers)
    if not rows:
        return np.zeros(0, dtype=np.int64), 0
    kind = np.int32 if rows < np.iinfo(np.int32).max else np.int64  # NumPy adds these up four times as fast
    if bool((numbers[1:] >= numbers[:-1]).all()):
        found: Places = np.zeros(rows, dtype=kind)
        np.cumsum(numbers[1:] != numbers[:-1], dtype=kind, out=found[1:])
        return found, int(found[-1]) + 1
    close = np.issubdtype(numbers.dtype, np.integer)
    least = int(numbers.min()) if close else 0
    if not close or int(numbers.max()) - least > 4 * rows + 1000:
        known, place = np.unique(numbers, return_inverse=True)
        return place, len(known)
    near = (numbers if numbers.itemsize > 2 else numbers.astype(np.int32)) - least  # short types do not hold it
    used = np.bincount(near) > 0
    return (np.cumsum(used, dtype=kind) - 1)[near], int(np.count_nonzero(used))


def chunks(*sizes: npt.NDArray[np.number], most: tuple[float, ...]) -> Iterator[slice]:
    """Slices of neighbours of which each size adds up to about ``most``, or little more than one alone has."""
    part = np.zeros(len(sizes[0]))
    for one, limit in zip(sizes, most, strict=True):
        part += np.cumsum(one, dtype=np.float64) // limit
    ends = np.append(np.flatnonzero(np.diff(part)) + 1, len(part)).tolist()
    begin = 0
    for end in ends:
        yield slice(begin, end)
        begin = end
