"""Of which groups those were who waited in a queue at a moment, for millions of queues at once."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from permadani.statistics.order import CHUNK, Places, by_number, chunks

Ints = npt.NDArray[np.int64]
Codes = npt.NDArray[np.integer]


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

    Each queue is cut to the span of its own moments in question, and some queues at a time are laid end to end on one
    line, where all that happens is sorted and added up; what stood in earlier queues has both come and gone.

    Raises:
        ValueError: a queue or group out of range, or moments of one queue too far apart (2^57 for four groups).
    """
    asked, moment = np.asarray(at_queue), np.asarray(at_moment, dtype=np.int64)
    code, kind = np.asarray(queue), np.asarray(group)
    come, gone = np.asarray(arrived, dtype=np.int64), np.asarray(left, dtype=np.int64)
    counts = np.zeros((len(asked), groups), dtype=np.int32)
    if not len(asked) or not len(code):
        return counts
    if min(int(asked.min()), int(code.min())) < 0:
        raise ValueError("queues are numbers from 0")
    if int(kind.min()) < 0 or int(kind.max()) >= groups:
        raise ValueError("groups are numbers from 0 to one less than their number")
    code, asked, queues = _close_ranks(code, asked)

    items, begins = by_number(code, queues + 1)
    questions, opens = by_number(asked, queues)
    first, last = _spans(moment[questions], opens)
    longest = 1 << (61 - _bits(groups))
    if float((last.astype(np.float64) - first).max()) >= longest:
        raise ValueError("the moments of one queue lie too far apart")
    room = last - first + 1
    before = np.cumsum(room) - room  # wraps at 64 bits and comes back: only differences within a line are used
    for some in chunks(np.diff(begins[:-1]), room, most=(CHUNK, longest)):
        here, rows = items[begins[some.start] : begins[some.stop]], questions[opens[some.start] : opens[some.stop]]
        shift = before[some] - before[some.start] - first[some]
        sizes, asking = np.diff(begins[some.start : some.stop + 1]), np.diff(opens[some.start : some.stop + 1])
        begin = np.maximum(come[here], np.repeat(first[some], sizes))
        end = np.minimum(gone[here], np.repeat(last[some], sizes))
        tells = np.flatnonzero(begin <= end)
        moved = np.repeat(shift, sizes)[tells]
        order, found = _counted(
            begin[tells] + moved, end[tells] + moved, kind[here[tells]], groups, moment[rows] + np.repeat(shift, asking)
        )
        counts[rows[order]] = found
    return counts


def _close_ranks(code: Codes, asked: Codes) -> tuple[Codes, Codes, int]:
    """The same queues under numbers that tables can be indexed by, and how many: the next is for all not asked for."""
    most = int(asked.max()) + 1
    if most <= 4 * (len(code) + len(asked)) + 1000:
        return np.minimum(code, most), asked, most
    known, asked = np.unique(asked, return_inverse=True)
    place = np.minimum(np.searchsorted(known, code), len(known) - 1)
    return np.where(known[place] == code, place, len(known)), asked, len(known)


def _spans(moments: Ints, opens: Places) -> tuple[Ints, Ints]:
    """The first and last moment of each queue, shape (queues,); where there is none, 1 and 0, so that nothing waits.

    ``moments``: in the order of queues, which begin at ``opens``.
    """
    first, last = np.ones(len(opens) - 1, dtype=np.int64), np.zeros(len(opens) - 1, dtype=np.int64)
    used = np.flatnonzero(np.diff(opens))
    first[used] = np.minimum.reduceat(moments, opens[used])
    last[used] = np.maximum.reduceat(moments, opens[used])
    return first, last


def _bits(groups: int) -> int:
    """So many hold what happens: somebody of a group comes, a question, somebody of a group goes."""
    return (2 * groups).bit_length()


def _counted(begin: Ints, end: Ints, kind: Codes, groups: int, asked: Ints) -> tuple[Places, npt.NDArray[np.int64]]:
    """How many of each group are there at the moments ``asked``, shape (E, groups), and which of these each row is."""
    bits, n = _bits(groups), len(begin)
    order = np.argsort(asked, kind="stable")
    places = np.concatenate([begin, asked, end])
    places <<= bits
    places[:n] |= kind
    places[n : len(places) - n] |= groups
    places[len(places) - n :] |= kind + groups + 1
    places.sort(kind="stable")  # they come in runs; and AVX-512 makes NumPy's other sort slow on some processors
    happens = places & ((1 << bits) - 1)
    at = np.flatnonzero(happens == groups)
    found = np.empty((len(at), groups), dtype=np.int64)
    # several counts to a number, as wide as the greatest there can be: nobody goes who has not come
    width = n.bit_length() + 1
    together = max(1, 63 // width)
    for lowest in range(0, groups, together):
        change = np.zeros(2 * groups + 1, dtype=np.int64)
        for one in range(lowest, min(groups, lowest + together)):
            change[one] = 1 << (width * (one - lowest))
            change[groups + 1 + one] = -change[one]
        running = np.cumsum(change[happens])[at]
        for one in range(lowest, min(groups, lowest + together)):
            found[:, one] = (running >> (width * (one - lowest))) & ((1 << width) - 1)
    return order, found
