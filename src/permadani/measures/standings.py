"""Where people stood at every moment: by followers, or by how many different people they were heard by.

A standing changes with the block of 30 days; where followers are counted, it may also do so once within one. It is kept
as runs: from the beginning of a block on, until the next run of the same seat.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from permadani.measures.class_map import BANDS, CLASSES
from permadani.measures.judged import Column
from permadani.measures.seats import BLOCK, Seats
from permadani.statistics.packed import begins, sorted_rows

SECOND, COUNT = 1_000_000, 40
"""A second in microseconds; bits of a count in ``counted.sql``."""
HEARD_BLOCKS = 3
"""A standing in the network is that of the three blocks before."""
UNKNOWN = CLASSES.index("unknown") + 4 * len(BANDS)
"""The rung of who stands nobody knows where. A rung is class + 4 x band; no band where people are not ranked by it."""
RUNG_BITS = 5
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

        def rung(count: Column, number: Column) -> Column:
            channel, followed = self.seats.channel[number], self.seats.followed[number]
            group = 1 - (count <= junior_to[channel]).astype(np.uint8) + (count >= senior_from[channel])
            group = np.where(ranked[channel], group, CLASSES.index("unknown"))
            band = np.zeros(len(count), dtype=np.uint8)
            for least, _ in BANDS[1:]:
                band += count >= least
            band[~followed] = len(BANDS)
            return np.where(count < 0, UNKNOWN, group + 4 * band).astype(np.uint32)

        everybody = np.arange(len(self.seats))
        base = rung(self.seats.base, everybody)
        here = rung(self.here, self.number)
        before = np.where(self.before < 0, base[self.number], rung(self.before, self.number))
        runs = (self.second.astype(np.uint32) << 2 * RUNG_BITS) | (here << RUNG_BITS) | before
        return Rungs.of(self.seats, self.number, self.block, runs, (base << RUNG_BITS) | base)


@dataclass(frozen=True, slots=True)
class Rungs:
    """Rungs packed by second, that from it on, and that before it. Each seat's row begins with its base.

    ``table``: a cell a block, from before ``first`` to ``first`` + ``size`` of the seat, whose row has its ``first``
    cell at ``place``; or, if that were too large, a cell a run, found by ``keys``.
    """

    seats: Seats
    first: Column
    size: Column
    place: Column
    table: Column
    keys: Column | None

    @classmethod
    def of(cls, seats: Seats, number: Column, block: Column, runs: Column, base: Column) -> Rungs:
        many = np.bincount(number, minlength=len(seats))
        ends = np.cumsum(many)
        has = many > 0
        first, last = np.zeros(len(seats), dtype=np.int64), np.full(len(seats), -1)
        first[has], last[has] = block[(ends - many)[has]], block[ends[has] - 1]
        size = last - first + 1
        at_run = np.arange(len(number)) + number + 1
        at_base = ends - many + np.arange(len(seats))
        cells = np.empty(len(number) + len(seats), dtype=np.uint32)
        cells[at_run], cells[at_base] = runs, base
        if int(size.sum()) > MOST_CELLS:
            keys = np.empty(len(cells), dtype=np.int64)
            keys[at_run], keys[at_base] = _keys(number, block), np.arange(len(seats)) << BLOCK_BITS
            return cls(seats, first, size, at_base, cells, keys)
        long = np.ones(len(cells), dtype=np.int64)
        later = np.flatnonzero(number[1:] == number[:-1])
        long[at_run[later]] = block[later + 1] - block[later]
        place = np.cumsum(size + 1) - size
        return cls(
            seats, first.astype(np.int32), size.astype(np.int32), place.astype(np.int32), np.repeat(cells, long), None
        )

    def at(self, number: Column, moment: Column) -> Column:
        """The rungs of some people at some moments, shape (n,)."""
        found = np.empty(len(number), dtype=np.int8)
        for part in _chunks(len(number)):
            who, when = number[part], moment[part]
            block = when // BLOCK
            packed = self._cells(who, block)
            later = (packed >> 2 * RUNG_BITS) <= (when - block * BLOCK) // SECOND
            rung = np.where(later, packed >> RUNG_BITS, packed) & ((1 << RUNG_BITS) - 1)
            rung[(block < self.seats.first_block[who]) | (block > self.seats.last_block[who])] = UNKNOWN
            found[part] = rung
        return found

    def _cells(self, number: Column, block: Column) -> Column:
        if self.keys is not None:
            return np.asarray(self.table[np.searchsorted(self.keys, _keys(number, block), side="right") - 1])
        place = np.clip(block - self.first[number], -1, self.size[number] - 1)
        return np.asarray(self.table[place + self.place[number]])


def standings_of(seats: Seats, heard: dict[str, Column], counted: dict[str, Column]) -> Standings:
    """From ``heard.sql`` (and who reshared whom) and ``counted.sql``."""
    both = [_counted_runs(counted), _heard_runs(heard)]
    number, block, second, here, before = (np.concatenate(columns) for columns in zip(*both, strict=True))
    if all(len(runs[0]) for runs in both):
        order = np.lexsort((block, number))
        number, block, second, here, before = (one[order] for one in (number, block, second, here, before))
    return Standings(seats, number.astype(np.int32), block.astype(np.int32), second.astype(np.int32), here, before)


def _heard_runs(heard: dict[str, Column]) -> tuple[Column, ...]:
    """How many different people were heard in the three blocks before: whoever was heard last ``gap`` blocks earlier
    adds to as many new ones of the next three as that, and so is counted once in each."""
    if not len(heard["block"]):
        return tuple(np.zeros(0, dtype=np.int64) for _ in range(5))
    least = int(heard["block"].min())
    taker, giver, block = sorted_rows(heard["taker"], heard["giver"], heard["block"] - least)
    gap: Column = np.full(len(block), HEARD_BLOCKS, dtype=np.int8)
    same = (taker[1:] == taker[:-1]) & (giver[1:] == giver[:-1])
    gap[1:][same] = np.minimum(block[1:] - block[:-1], HEARD_BLOCKS)[same]
    del giver, same
    new = gap > 0
    taker, block, gap = sorted_rows(taker[new], block[new], gap[new])
    start = begins(taker, block, gap)
    people = np.diff(start, append=len(taker))
    taker, block, gap = taker[start], block[start], gap[start]
    # each adds from the first new block on, and is forgotten after the third
    taker, block = np.concatenate([taker, taker]), np.concatenate([block - gap, block])
    people = np.concatenate([people, -people])
    order = np.argsort(taker << 32 | (block + HEARD_BLOCKS))
    taker, block, count = taker[order], block[order], np.cumsum(people[order])
    last = np.append(begins(taker, block)[1:], len(taker)) - 1
    nothing = np.zeros(len(last), dtype=np.int64)
    return taker[last], block[last] + least + HEARD_BLOCKS + 1, nothing, count[last], nothing


def _counted_runs(counted: dict[str, Column]) -> tuple[Column, ...]:
    """The first count of a block holds from its second on, the last one from the next block on."""
    if not len(counted["block"]):
        return tuple(np.zeros(0, dtype=np.int64) for _ in range(5))
    order = np.lexsort((counted["block"], counted["number"]))
    number, block, first, last = (
        counted[name][order].astype(np.int64) for name in ("number", "block", "first", "last")
    )
    here, carried = first & ((1 << COUNT) - 1), last & ((1 << COUNT) - 1)
    before = np.full(len(number), -1)
    same = number[1:] == number[:-1]
    before[1:][same] = carried[:-1][same]
    after = np.append(~same | (block[1:] != block[:-1] + 1), True)
    nothing = np.zeros(int(after.sum()), dtype=np.int64)
    runs = (
        (number, number[after]), (block, block[after] + 1), (first >> COUNT, nothing), (here, carried[after]),
        (before, nothing),
    )  # fmt: skip
    number, block, second, here, before = (np.concatenate(one) for one in runs)
    order = np.lexsort((block, number))
    return number[order], block[order], second[order], here[order], before[order]


def _keys(number: Column, block: Column) -> Column:
    """Number and block as one: blocks of any moment that 64 bits of microseconds hold lie within 22 bits."""
    return number.astype(np.int64) << BLOCK_BITS | block.astype(np.int64) + (1 << BLOCK_BITS - 1)


def _chunks(many: int) -> Iterator[slice]:
    return (slice(start, start + CHUNK) for start in range(0, many, CHUNK))
