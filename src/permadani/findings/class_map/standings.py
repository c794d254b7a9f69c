"""Where people stood at every moment: by followers, or by how many different people they were heard by.

A standing changes with the block of 30 days; where followers are counted, it may also do so once within one. It is kept
as runs: from the beginning of a block on, until the next run of the same seat.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

import numpy as np

from permadani.measures.class_map import BANDS, UNKNOWN
from permadani.measures.judged import Column
from permadani.measures.seats import BLOCK, Seats
from permadani.statistics.order import by_number
from permadani.statistics.packed import ROWS, begins, sorted_slices

SECOND, COUNT = 1_000_000, 31
"""A second in microseconds; bits of a count of followers, below those of the second in its block (``seen``)."""
COUNTS = (1 << COUNT) - 1
HEARD_BLOCKS = 3
"""A standing in the network is that of the three blocks before."""
CLASS_BITS, RUNG_BITS = 2, 5
UNKNOWN_RUNG = UNKNOWN + (len(BANDS) << CLASS_BITS)
"""Of who stands nobody knows where. A rung is a class, and a band of followers above it; no band (the number after the
last) where people are not ranked by these."""
NEVER = np.iinfo(np.int64).max
_NO_RUNS = (np.zeros(0, dtype=np.int32),) * 5
CHUNK = 1 << 17
"""Looked up at once: their places stay in the cache."""
BLOCK_BITS = 24
MOST_CELLS = 100_000_000
"""A table of more blocks than this (a few dates millennia apart make one) is searched instead of spread out."""


@dataclass(frozen=True, slots=True)
class Standings:
    """Runs in the order of ``number`` and ``block``, all of shape (runs,).

    ``here`` holds from ``second`` of the block on, before that ``before``; -1: nothing but the base is known.
    """

    seats: Seats
    number: Column
    block: Column
    second: Column
    here: Column
    before: Column

    def at(self, number: Column, moment: Column) -> tuple[Column, Column]:
        """The standing of some people at some moments (-1 unknown), and whether it is only their base; shape (n,)."""
        block = moment // BLOCK
        count = np.full(len(number), -1)
        if len(self.number):
            run = np.searchsorted(_keys(self.number, self.block), _keys(number, block), side="right") - 1
            none = (run < 0) | (self.number[run] != number)
            later = self.second[run] <= (moment - block * BLOCK) // SECOND
            count = np.where(none, -1, np.where(later, self.here[run], self.before[run]))
        based = count < 0
        count = np.where(based, self.seats.base[number], count)
        known = (self.seats.first_block[number] <= block) & (block <= self.seats.last_block[number])
        return np.where(known, count, -1), based & known & (count >= 0)

    def rungs(self, junior_to: Column, senior_from: Column, ranked: Column) -> Rungs:
        """Classes by the bounds of each channel, shape (channels,): greatest of a junior, least of a senior, any."""
        one_channel, followers = len(ranked) == 1, bool(self.seats.followed.any())

        def rung(count: Column, number: Column) -> Column:
            channel = 0 if one_channel else self.seats.channel[number]
            group = 1 + (count >= senior_from[channel]).view(np.uint8) - (count <= junior_to[channel]).view(np.uint8)
            group = np.where(ranked[channel], group, UNKNOWN)
            band = np.full(len(count), 0 if followers else len(BANDS), dtype=np.uint8)
            if followers:
                for least, _ in BANDS[1:]:
                    band += count >= least
                band[~self.seats.followed[number]] = len(BANDS)
            return np.where(count < 0, UNKNOWN_RUNG, group + (band << CLASS_BITS)).astype(np.uint32)

        within = bool(self.second.any())
        base = rung(self.seats.base, np.arange(len(self.seats)))

        def cells(part: slice) -> Column:
            number, before = self.number[part], self.before[part]
            here = rung(self.here[part], number)
            if not within:
                return here.astype(np.uint8)
            before = np.where(before < 0, base[number], rung(before, number))
            return np.asarray((self.second[part].astype(np.uint32) << 2 * RUNG_BITS) | (before << RUNG_BITS) | here)

        of_base = base | (base << RUNG_BITS) if within else base.astype(np.uint8)
        return Rungs.of(self.seats, self.number, self.block, cells, of_base)


@dataclass(frozen=True, slots=True)
class Rungs:
    """A cell a block for each seat, in a row that begins with its base: the rung. Where standings change within blocks,
    cells are packed: the second, the rung before it, and that from it on.

    The cell of a block is at ``shift`` + block, or the nearest one in the seat's row, from ``low`` to ``high``. If the
    table were too large, it has a cell a run, found by ``keys``. ``since``, ``until``: the blocks in which a standing
    can be known, one a seat, or one for all.
    """

    table: Column
    shift: Column
    low: Column
    high: Column
    keys: Column | None
    since: Column
    until: Column

    @classmethod
    def of(
        cls, seats: Seats, number: Column, block: Column, cells: Callable[[slice], Column], base: Column
    ) -> Rungs:  # fmt: skip
        """``cells``: those of some runs, which stand by number and block; ``base``: of each seat before its first."""
        many = np.bincount(number, minlength=len(seats))
        ends = np.cumsum(many)
        has = many > 0
        first, size = np.zeros(len(seats), dtype=np.int64), np.zeros(len(seats), dtype=np.int64)
        first[has] = block[(ends - many)[has]]
        size[has] = block[ends[has] - 1] - first[has] + 1
        known = [_one_for_all(of, seats.channel >= 0) for of in (seats.first_block, seats.last_block)]
        if int(size.sum()) > MOST_CELLS:
            keys = np.concatenate([_keys(number, block), np.arange(len(seats)) << BLOCK_BITS])
            order = np.argsort(keys)
            table = np.concatenate([cells(slice(None)), base])[order]
            return cls(table, first, first, first, keys[order], *known)
        ends_of_row = np.cumsum(size + 1)
        table = np.empty(int(size.sum()) + len(seats), dtype=base.dtype)
        for begin in range(0, len(seats), CHUNK):
            some = slice(begin, begin + CHUNK)
            runs = slice(int(ends[begin] - many[begin]), int(ends[some][-1]))
            own, until_next = many[some], np.diff(block[runs], append=np.int32(0))
            until_next[np.cumsum(own)[own > 0] - 1] = 1
            at_base = np.cumsum(own) - own
            long, held = (np.insert(of, at_base, with_) for of, with_ in ((until_next, 1), (cells(runs), base[some])))
            table[int(ends_of_row[begin] - size[begin]) - 1 : int(ends_of_row[some][-1])] = np.repeat(held, long)
        place = ends_of_row - size
        shift, low, high = (one.astype(np.int32) for one in (place - first, place - 1, place - 1 + size))
        return cls(table, shift, low, high, None, *known)

    def at(self, number: Column, moment: Column) -> Column:
        """The rungs of some people at some moments, shape (n,)."""
        found = np.empty(len(number), dtype=np.int8)
        for part in parts(len(number)):
            who, when = number[part], moment[part]
            block = when // BLOCK
            rung = self._cells(who, block.astype(np.int32))
            if rung.itemsize > 1:
                later = (rung >> 2 * RUNG_BITS) <= (when - block * BLOCK) // SECOND
                rung = np.where(later, rung, rung >> RUNG_BITS) & ((1 << RUNG_BITS) - 1)
            since, until = (known if len(known) == 1 else known[who] for known in (self.since, self.until))
            rung[(block < since) | (block > until)] = UNKNOWN_RUNG
            found[part] = rung
        return found

    def classes(self, number: Column, moment: Column) -> Column:
        """Their classes, shape (n,)."""
        return class_of(self.at(number, moment))

    def _cells(self, number: Column, block: Column) -> Column:
        if self.keys is not None:
            return np.asarray(self.table[np.searchsorted(self.keys, _keys(number, block), side="right") - 1])
        block += self.shift[number]
        np.maximum(block, self.low[number], out=block)
        np.minimum(block, self.high[number], out=block)
        return np.asarray(self.table[block])


def class_of(rung: Column) -> Column:
    return np.asarray(rung & ((1 << CLASS_BITS) - 1))


def band_of(rung: Column) -> Column:
    return np.asarray(rung >> CLASS_BITS)


def _one_for_all(known: Column, asked: Column) -> Column:
    """A single entry where that of everybody asked for is the same."""
    of = known[asked]
    return of[:1] if len(of) and (of == of[0]).all() else known


def standings_of(seats: Seats, heard: list[dict[str, Column]], counted: dict[str, Column]) -> Standings:
    """``heard``: parts with ``taker``, ``giver``, ``block``. ``counted``: ``number``, ``block``, ``seen``. Both are let
    go of."""
    kinds = [
        runs for runs in (_joined(_heard_runs(heard)), _joined(_counted_runs(counted, len(seats)))) if len(runs[0])
    ]
    if len(kinds) < 2:
        return Standings(seats, *(kinds or [_NO_RUNS])[0])
    columns = _joined(kinds)
    order = np.argsort(columns[0], kind="stable")  # a seat is ranked by the one or by the other
    return Standings(seats, *(column[order] for column in columns))


def _joined(parts: Iterable[tuple[Column, ...]]) -> tuple[Column, ...]:
    return tuple(np.concatenate(columns) for columns in zip(_NO_RUNS, *parts, strict=True))


def _heard_runs(heard: list[dict[str, Column]]) -> Iterator[tuple[Column, ...]]:
    """How many different people were heard in the three blocks before: whoever was heard last ``gap`` blocks earlier
    adds to as many new ones of the next three as that, and so is counted once in each."""
    parts = [[one[name] for one in heard if len(one["block"])] for name in ("taker", "giver", "block")]
    heard.clear()
    least = min((int(part.min()) for part in parts[2]), default=0)
    for part in parts[2]:
        np.subtract(part, least, out=part)
    for taker, giver, block in sorted_slices(*parts, whole=1):
        again = taker[1:] == taker[:-1]
        again &= giver[1:] == giver[:-1]
        gap: Column = np.full(len(block), HEARD_BLOCKS, dtype=np.int8)
        gap[1:][again] = np.minimum(np.diff(block)[again], HEARD_BLOCKS)
        number, since, count = _steps(taker, block - gap, block)
        nothing = np.zeros(len(number), dtype=np.int32)
        yield number, since + np.int32(least + HEARD_BLOCKS + 1), nothing, count, nothing


def _steps(number: Column, since: Column, until: Column) -> tuple[Column, Column, Column]:
    """How many stretches each number is in, wherever that changes: number, block and count, by number and block.

    ``number``: ascending; ``since``, ``until``: blocks, the latter excluded; shape (n,) each, n > 0.
    """
    start = begins(number)
    many = np.diff(start, append=len(number))
    first = np.minimum.reduceat(since, start)
    size = np.maximum.reduceat(until, start).astype(np.int64) - first + 1
    if int(size.sum()) > MOST_CELLS:
        who, block = np.concatenate([number, number]), np.concatenate([since, until])
        order = np.lexsort((block, who))
        who, block, count = who[order], block[order], np.cumsum(np.repeat([1, -1], len(number))[order])
        last = np.append(begins(who, block)[1:], len(who)) - 1
        return who[last], block[last].astype(np.int32), count[last]
    place = np.cumsum(size) - size
    shift = np.repeat((place - first).astype(np.int32), many)
    change = np.zeros(int(size.sum()), dtype=np.int32)
    one = np.int32(1)  # of the same type it is ten times as fast
    np.add.at(change, since + shift, one)
    np.subtract.at(change, until + shift, one)
    changed = np.flatnonzero(change)
    row = np.repeat(np.arange(len(start), dtype=np.int32), size)[changed]
    count = np.cumsum(change, out=change)[changed]
    return number[start][row], (changed - (place - first)[row]).astype(np.int32), count


def _counted_runs(counted: dict[str, Column], seats: int) -> Iterator[tuple[Column, ...]]:
    """The first count of a block holds from its second on, the last one from the next block on."""
    for number, block, first, last in _blocks(counted, seats):
        same = number[1:] == number[:-1]
        then = (last & COUNTS).astype(np.int32)
        before: Column = np.full(len(number), -1, dtype=np.int32)
        before[1:][same] = then[:-1][same]
        alone = np.append(~(same & (block[1:] == block[:-1] + 1)), True)
        # what holds from the next block on stands right after
        after = np.flatnonzero(alone) + 1
        runs = (
            (number, number[alone]), (block, block[alone] + 1), (first >> COUNT, 0), (first & COUNTS, then[alone]),
            (before, 0),
        )  # fmt: skip
        yield tuple(np.insert(here.astype(np.int32), after, later) for here, later in runs)


def _blocks(counted: dict[str, Column], seats: int) -> Iterator[tuple[Column, ...]]:
    """Number, block, and the first and last ``seen`` of each that occurs, in order, some seats at a time.

    Of several counts of one second (of linked accounts) the greatest is taken: turned round, it is the least of them.
    """
    number, block, seen = (counted.pop(name) for name in ("number", "block", "seen"))
    if not len(number):
        return
    least = int(block.min())
    blocks = int(block.max()) - least + 1
    order, ends = by_number(number, seats)
    step = ROWS // blocks
    if not step:  # dates millennia apart: a table of all blocks would be mostly holes
        order = np.lexsort((seen, block, number))
        number, block, seen = number[order], block[order], seen[order]
        start = begins(number, block)
        first = np.minimum.reduceat(seen ^ COUNTS, start) ^ COUNTS
        yield number[start], block[start], first, seen[np.append(start[1:], len(seen)) - 1]
        return
    for one in range(0, seats, step):
        rows = order[ends[one] : ends[min(one + step, seats)]]
        cell = (number[rows] - one) * blocks + (block[rows] - least)
        first = np.full(step * blocks, NEVER)
        last: Column = np.full(step * blocks, -1)
        np.minimum.at(first, cell, seen[rows] ^ COUNTS)
        np.maximum.at(last, cell, seen[rows])
        used = np.flatnonzero(last >= 0)
        who, when = np.divmod(used.astype(np.int32), np.int32(blocks))
        if len(used):
            yield who + np.int32(one), when + np.int32(least), first[used] ^ COUNTS, last[used]


def _keys(number: Column, block: Column) -> Column:
    """Number and block as one: blocks of any moment that 64 bits of microseconds hold lie within 22 bits."""
    return number.astype(np.int64) << BLOCK_BITS | block.astype(np.int64) + (1 << BLOCK_BITS - 1)


def parts(many: int) -> Iterator[slice]:
    """Slices of so many rows: what is done with one at a time stays in the cache."""
    return (slice(start, start + CHUNK) for start in range(0, many, CHUNK))
