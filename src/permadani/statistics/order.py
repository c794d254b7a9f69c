"""Millions of rows in the order of small whole numbers, by counting instead of comparing."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

CHUNK = 32_768
"""So many rows at once: what is done with them stays in the cache."""

Ints = npt.NDArray[np.int64]
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


def ranks(numbers: npt.NDArray[np.integer]) -> tuple[Ints, int]:
    """Numbers in the same order without gaps, from 0 on, shape (n,), and how many different ones there are."""
    if not len(numbers):
        return np.zeros(0, dtype=np.int64), 0
    new = numbers[1:] != numbers[:-1]
    if bool((numbers[1:] >= numbers[:-1]).all()):
        found = np.zeros(len(numbers), dtype=np.int64)
        np.cumsum(new, out=found[1:])
        return found, int(found[-1]) + 1
    least, span = int(numbers.min()), int(numbers.max()) - int(numbers.min())
    if span > 4 * len(numbers) + 1000:
        known, place = np.unique(numbers, return_inverse=True)
        return place, len(known)
    near = numbers - least
    used = np.bincount(near) > 0
    return (np.cumsum(used) - 1)[near], int(np.count_nonzero(used))


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
