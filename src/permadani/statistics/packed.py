"""Rows of small whole numbers, packed into one number each: sorting these is twice as fast as anything indirect."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

BITS, SHORT = 63, 31
ROWS = 1 << 20
"""So many rows at once are unpacked: what is done with them needs little memory, again and again the same."""
Ints = npt.NDArray[np.integer]


def sorted_slices(*columns: list[Ints], whole: int) -> Iterator[tuple[Ints, ...]]:
    """The rows in the order of the first column, then of the second and so on, some at a time; each of shape (some,).

    ``columns``: from 0 on, each in one or more parts, which are emptied, as there are millions. ``whole``: rows that
    share so many of the first columns come together.
    """
    rows = sum(len(part) for part in columns[0])
    widths = [max((int(part.max(initial=0)).bit_length() for part in one), default=0) for one in columns]
    if sum(widths) > BITS:
        found = [np.concatenate(one) for one in columns]
        for one in columns:
            one.clear()
        order = np.lexsort(found[::-1])
        yield tuple(one[order] for one in found)
        return
    packed = np.zeros(rows, dtype=np.int64)
    for one, width in zip(columns, widths, strict=True):
        packed <<= width
        begin = 0
        while one:
            part = one.pop(0)
            packed[begin : begin + len(part)] |= part
            begin += len(part)
    packed.sort(kind="stable")  # what comes in long ascending runs, as mailboxes do, takes half the time
    for some in slices(packed, sum(widths[whole:])):
        here = packed[some]
        unpacked: list[Ints] = []
        for width in reversed(widths):
            unpacked.append(_lowest(here, width))
            here = here >> width
        yield tuple(reversed(unpacked))


def slices(packed: Ints, bits: int) -> Iterator[slice]:
    """Some rows at a time of sorted numbers; those that differ in the lowest ``bits`` only come together."""
    begin = 0
    while begin < len(packed):
        end = begin + ROWS
        if end < len(packed):
            last = int(packed[end - 1]) >> bits
            end = int(np.searchsorted(packed, packed.dtype.type((last << bits) | ((1 << bits) - 1)), side="right"))
        yield slice(begin, min(end, len(packed)))
        begin = end


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
