"""Rows of small whole numbers, packed into one number each: sorting these is twice as fast as anything indirect."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

BITS, SHORT = 63, 31
Ints = npt.NDArray[np.integer]


def sorted_rows(*columns: list[Ints]) -> tuple[Ints, ...]:
    """The rows in the order of the first column, then of the second and so on; each of shape (n,), from 0 on.

    ``columns``: each in one or more parts, which are emptied, as there are millions.
    """
    rows = sum(len(part) for part in columns[0])
    widths = [max((int(part.max(initial=0)).bit_length() for part in one), default=0) for one in columns]
    if sum(widths) > BITS:
        whole = [np.concatenate(one) for one in columns]
        order = np.lexsort(whole[::-1])
        return tuple(one[order] for one in whole)
    packed = np.zeros(rows, dtype=np.int64)
    for one, width in zip(columns, widths, strict=True):
        packed <<= width
        begin = 0
        while one:
            part = one.pop(0)
            packed[begin : begin + len(part)] |= part
            begin += len(part)
    packed.sort(kind="stable")  # what comes in long ascending runs, as mailboxes do, takes half the time
    found: list[Ints] = []
    for width in reversed(widths):
        found.append(_lowest(packed, width))
        packed >>= width
    return tuple(reversed(found))


def begins(*columns: Ints) -> npt.NDArray[np.int64]:
    """Where another row begins in sorted rows: the places of the first of each, shape (different rows,)."""
    if not len(columns[0]):
        return np.zeros(0, dtype=np.int64)
    new = np.ones(len(columns[0]), dtype=np.bool_)
    new[1:] = columns[0][1:] != columns[0][:-1]
    for one in columns[1:]:
        new[1:] |= one[1:] != one[:-1]
    return np.flatnonzero(new)


def counts(mask: npt.ArrayLike, start: Ints) -> npt.NDArray[np.int32]:
    """In how many rows ``mask`` holds, from each of ``start`` (ascending, from 0) to the next; shape (len(start),)."""
    if not len(start):
        return np.zeros(0, dtype=np.int32)
    until = np.cumsum(mask, dtype=np.int32)
    return np.asarray(np.diff(until[np.append(start[1:] - 1, len(until) - 1)], prepend=np.int32(0)))


def _lowest(packed: npt.NDArray[np.int64], width: int) -> Ints:
    """The lowest bits of each, in a short column where they fit: it is read again and again."""
    found: Ints = np.empty(len(packed), dtype=np.int32 if width <= SHORT else np.int64)
    np.bitwise_and(packed, (1 << width) - 1, out=found, casting="unsafe")
    return found
