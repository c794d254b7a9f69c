"""Of which groups those were who waited in a queue at a moment, for millions of queues at once."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]


def composition(
    queue: npt.ArrayLike,
    arrived: npt.ArrayLike,
    left: npt.ArrayLike,
    group: npt.ArrayLike,
    groups: int,
    at_queue: npt.ArrayLike,
    at_moment: npt.ArrayLike,
) -> npt.NDArray[np.int32]:
    """How many items of each group wait in queue ``at_queue`` at ``at_moment``; shape (E, ``groups``).

    ``queue``, ``arrived``, ``left``, ``group``: shape (N,), one row an item. An item waits from ``arrived`` to
    ``left``, both included: what is chosen at the moment in question still waits then. One that left before it arrived
    never waits. ``group``: 0 to ``groups`` - 1. ``at_queue``, ``at_moment``: shape (E,). Queues are numbers from 0,
    moments whole numbers of any unit.

    Waiting at t: arrived by t, less left before t. Each queue is cut to the span of its own moments in question and
    the queues are laid end to end on one line, so that two sorts and two binary searches count for all of them; what
    stood in earlier queues has both arrived and left, and cancels. Lines too long for 63 bits are cut into several.

    Raises:
        ValueError: a queue or group out of range, or moments of one queue further apart than 63 bits hold.
    """
    asked, moment = np.asarray(at_queue, dtype=np.int64), np.asarray(at_moment, dtype=np.int64)
    code, kind = np.asarray(queue, dtype=np.int64), np.asarray(group)
    come, gone = np.asarray(arrived, dtype=np.int64), np.asarray(left, dtype=np.int64)
    counts = np.zeros((len(asked), groups), dtype=np.int32)
    if not len(asked) or not len(code):
        return counts
    if min(int(asked.min()), int(code.min())) < 0:
        raise ValueError("queues are numbers from 0")
    if int(kind.min()) < 0 or int(kind.max()) >= groups:
        raise ValueError("groups are numbers from 0 to one less than their number")
    code, asked = _close_ranks(code, asked)

    first = np.full(int(asked.max()) + 1, np.iinfo(np.int64).max)
    last = np.full(len(first), np.iinfo(np.int64).min)
    np.minimum.at(first, asked, moment)
    np.maximum.at(last, asked, moment)
    bits = max(1, (groups - 1).bit_length())
    line, shift = _lay_end_to_end(first, last, 1 << (63 - bits))

    code = np.minimum(code, len(first))
    tells = come <= np.append(last, np.iinfo(np.int64).min)[code]
    tells &= gone >= np.append(first, np.iinfo(np.int64).max)[code]
    tells &= gone >= come
    code, kind = code[tells], kind[tells].astype(np.int8)
    moved = shift[code]
    begin, end = come[tells], gone[tells]
    np.maximum(begin, first[code], out=begin)
    np.minimum(end, last[code], out=end)
    _place(begin, moved, kind, bits)
    _place(end, moved, kind, bits)
    del moved
    moment = moment + shift[asked]

    for items, questions in _lines(line, code, asked):
        order = np.argsort(moment[questions])
        rows = order if isinstance(questions, slice) else questions[order]
        here = moment[rows]
        found = _counted(begin[items], (here + 1) << bits, bits, groups)
        found -= _counted(end[items], here << bits, bits, groups)
        counts[rows] = found.T
    return counts


def _close_ranks(code: Ints, asked: Ints) -> tuple[Ints, Ints]:
    """The same queues under numbers that tables can be indexed by, where theirs are far greater than their number."""
    if int(asked.max()) <= 4 * (len(code) + len(asked)) + 1000:
        return code, asked
    known, asked = np.unique(asked, return_inverse=True)
    place = np.minimum(np.searchsorted(known, code), len(known) - 1)
    return np.where(known[place] == code, place, len(known)), asked


def _lay_end_to_end(first: Ints, last: Ints, longest: int) -> tuple[Ints, Ints]:
    """For each queue the line it lies on and what to add to its moments; a line ends before ``longest``.

    Sums wrap at 64 bits and come back: only their differences are used, and these are short.
    """
    used = first <= last
    span = np.where(used, last.astype(np.float64) - first, 0.0)
    if span.max() >= longest / 4:
        raise ValueError("the moments of one queue lie too far apart")
    room = np.where(used, last - first + 2, 0)
    line = (np.cumsum(room.astype(np.float64)) // (longest / 4)).astype(np.int64)
    before = np.cumsum(room) - room
    opens = np.searchsorted(line, line, side="left") if line[-1] else np.zeros(len(line), dtype=np.int64)
    return line, before - before[opens] - first


def _lines(line: Ints, code: Ints, asked: Ints) -> list[tuple[slice | Ints, slice | Ints]]:
    """The rows of items and of questions on each line."""
    if not line[-1]:
        return [(slice(None), slice(None))]
    found: list[tuple[slice | Ints, slice | Ints]] = []
    # NumPy sorts numbers of 16 bits in one go; there are seldom more lines
    short = line.astype(np.uint16 if line[-1] < 1 << 16 else np.int64)
    items, rows = short[code], short[asked]
    by_item, by_row = np.argsort(items, kind="stable"), np.argsort(rows, kind="stable")
    numbers = np.unique(rows)
    bounds = [
        np.searchsorted(sorted_, numbers, side=side)
        for sorted_ in (items[by_item], rows[by_row])
        for side in ("left", "right")
    ]
    for a, b, c, d in zip(*(one.tolist() for one in bounds), strict=True):
        found.append((by_item[a:b], by_row[c:d]))
    return found


def _place(moments: Ints, moved: Ints, kind: npt.NDArray[np.int8], bits: int) -> None:
    """Turns ``moments`` into places on the line, the group in the lowest ``bits``; in place, there are millions."""
    moments += moved
    moments <<= bits
    moments |= kind


def _counted(places: Ints, before: Ints, bits: int, groups: int) -> npt.NDArray[np.int32]:
    """How many of each group stand in ``places``, which are sorted here, below each of ``before``; (groups, E)."""
    places.sort()
    until = np.searchsorted(places, before)
    kind = (places & ((1 << bits) - 1)).astype(np.int8)
    running = np.zeros(len(places) + 1, dtype=np.int32)
    found = np.empty((groups, len(before)), dtype=np.int32)
    for one in range(groups):
        np.cumsum(kind == one, dtype=np.int32, out=running[1:])
        found[one] = running[until]
    return found
