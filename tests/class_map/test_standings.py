"""Standings of random people at all moments that may matter, against looking through everything each time."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from permadani.findings.class_map import standings as measured
from permadani.findings.class_map.standings import Standings, standings_of
from permadani.measures.class_map import BANDS, CLASSES
from permadani.measures.seats import BLOCK, NOBODY_ASKED, Seats
from permadani.statistics import packed

SECOND = 1_000_000
LAST_SECOND = BLOCK // SECOND - 1
FIRST_BLOCK, LAST_BLOCK = -(9 * 10**18 // BLOCK), 9 * 10**18 // BLOCK
"""Those of the first and last moment that is told from none."""
NEAR, MILLENNIA = range(-6, 7), (-24_000, 40_000)
FOLLOWERS = (0, 7, 99, 100, 999, 1_000, 12_345, 100_000, 2**31 - 1)
NEVER = np.iinfo(np.int64).max
NONE = np.zeros(0, dtype=np.int64)


@dataclass(frozen=True)
class Sitting:
    """A seat; ``base``: its undated count of followers."""

    channel: int
    followed: bool
    base: int | None
    known: tuple[int, int]


@dataclass(frozen=True)
class World:
    """``heard``: taker, giver, block; ``counted``: number, block, second of the block, followers."""

    seats: list[Sitting]
    heard: list[tuple[int, int, int]]
    counted: list[tuple[int, int, int, int]]
    bounds: list[tuple[int, int] | None]

    def standing(self, number: int, moment: int) -> tuple[int, bool]:
        """The standing (-1 unknown), and whether it is an undated count."""
        seat, block = self.seats[number], moment // BLOCK
        if not seat.known[0] <= block <= seat.known[1]:
            return -1, False
        if not seat.followed:
            return len({giver for taker, giver, at in self.heard if taker == number and block - 3 <= at < block}), False
        counts = [one[1:] for one in self.counted if one[0] == number]
        first = min((second for at, second, _ in counts if at == block), default=LAST_SECOND + 1)
        if first <= (moment - block * BLOCK) // SECOND:
            return max(count for at, second, count in counts if (at, second) == (block, first)), False
        earlier = [one for one in counts if one[0] < block]
        if earlier:
            return max(earlier)[2], False
        return (-1, False) if seat.base is None else (seat.base, True)

    def rung(self, number: int, moment: int) -> tuple[str, int]:
        """Class and band."""
        standing, _ = self.standing(number, moment)
        if standing < 0:
            return "unknown", len(BANDS)
        seat, group = self.seats[number], "unknown"
        bounds = self.bounds[seat.channel]
        if bounds is not None:
            group = "junior" if standing <= bounds[0] else "senior" if standing >= bounds[1] else "middle"
        within = [least <= standing and (most is None or standing <= most) for least, most in BANDS]
        return group, within.index(True) if seat.followed else len(BANDS)

    def asked(self) -> list[tuple[int, int]]:
        """Everybody at the beginning and end of all blocks that may matter, and about each count."""
        at = {one[2] for one in self.heard} | {one[1] for one in self.counted}
        at |= {block for seat in self.seats for block in seat.known} | {0}
        blocks = sorted({min(max(one + by, FIRST_BLOCK), LAST_BLOCK) for one in at for by in range(-1, 5)})
        seconds = {0, LAST_SECOND} | {one[2] + by for one in self.counted for by in (-1, 0, 1)}
        inside = [one for one in sorted(seconds) if 0 <= one <= LAST_SECOND]
        moments = [block * BLOCK + second * SECOND for block, second in product(blocks, inside)]
        return list(product(range(len(self.seats)), [*moments, *(one * BLOCK - 1 for one in blocks)]))

    def measure(self) -> Standings:
        taker, giver, block = columns(self.heard, 3)
        half = len(block) // 2
        heard = [
            {"taker": taker[part], "giver": giver[part], "block": block[part].copy()}
            for part in (slice(half), slice(half, None))
        ]
        number, block, second, count = columns(self.counted, 4)
        seen = second.astype(np.int64) << 31 | count
        return standings_of(self._seats(), heard, {"number": number, "block": block, "seen": seen})

    def _seats(self) -> Seats:
        many = len(self.seats)
        since, until = columns([one.known for one in self.seats], 2)
        return Seats(
            seat=np.arange(many), channel=np.array([one.channel for one in self.seats], dtype=np.int32),
            followed=np.array([one.followed for one in self.seats], dtype=np.bool_),
            base=np.array([-1 if one.base is None else one.base for one in self.seats], dtype=np.int64),
            first_block=since, last_block=until, weak=np.zeros(many, dtype=np.bool_), person=np.arange(many),
        )  # fmt: skip

    def check(self) -> None:
        asked = self.asked()
        who, when = np.array(asked, dtype=np.int64).reshape(-1, 2).T
        standings = self.measure()
        standing, based = (one.tolist() for one in standings.at(who, when))
        expected = [self.standing(*one) for one in asked]
        assert standing == [one for one, _ in expected]
        assert [one and self.seats[number].followed for one, number in zip(based, who, strict=True)] == [
            one for _, one in expected
        ]
        bounds = [one or (-1, NEVER) for one in self.bounds]
        ranked = np.array([one is not None for one in self.bounds], dtype=np.bool_)
        rungs = standings.rungs(*np.array(bounds, dtype=np.int64).T, ranked)
        found = [(CLASSES[one & 3], one >> 2) for one in rungs.at(who, when).tolist()]
        assert found == [self.rung(*one) for one in asked]


def columns(rows: list[tuple[int, ...]], many: int) -> np.ndarray:
    return np.array(rows, dtype=np.int32).reshape(-1, many).T


@st.composite
def worlds(draw: st.DrawFn, far: tuple[int, ...] = MILLENNIA) -> World:
    """Up to six people on up to three channels, ranked by followers or by the network, or on none that is asked for."""
    blocks = st.sampled_from(NEAR) if draw(st.booleans()) else st.sampled_from([*NEAR, *far])
    known = st.tuples(blocks, blocks) if draw(st.booleans()) else st.just(tuple(sorted((draw(blocks), draw(blocks)))))
    channels = draw(st.lists(st.booleans(), min_size=1, max_size=3))
    seats = []
    for channel in draw(st.lists(st.integers(NOBODY_ASKED, len(channels) - 1), min_size=1, max_size=6)):
        if channel == NOBODY_ASKED:
            seats.append(Sitting(channel, followed=False, base=None, known=(0, -1)))
        elif channels[channel]:
            base = draw(st.none() | st.sampled_from(FOLLOWERS))
            seats.append(Sitting(channel, followed=True, base=base, known=(FIRST_BLOCK, LAST_BLOCK)))
        else:
            seats.append(Sitting(channel, followed=False, base=0, known=draw(known)))
    by_network = [number for number, one in enumerate(seats) if one.channel != NOBODY_ASKED and not one.followed]
    by_followers = [number for number, one in enumerate(seats) if one.followed]
    heard, counted = [], []
    if by_network:
        heard = draw(st.lists(st.tuples(st.sampled_from(by_network), st.integers(6, 9), blocks), max_size=25))
    if by_followers:
        second = st.sampled_from([0, 1, 500, LAST_SECOND])
        count = st.tuples(st.sampled_from(by_followers), blocks, second, st.sampled_from(FOLLOWERS))
        counted = draw(st.lists(count, max_size=12))
    bounds = [
        draw(st.none() | st.sampled_from([(0, 1), (1, 3), (2, NEVER), (99, 1_000), (150, 10**6)])) for _ in channels
    ]
    return World(seats, heard, counted, bounds)


@contextmanager
def limits(
    cells: int = measured.MOST_CELLS, chunk: int = measured.CHUNK, rows: int = packed.ROWS, bits: int = packed.BITS
) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(measured, "MOST_CELLS", cells)
        patch.setattr(measured, "CHUNK", chunk)
        patch.setattr(measured, "ROWS", rows)
        patch.setattr(packed, "ROWS", rows)
        patch.setattr(packed, "BITS", bits)
        yield


@given(worlds(), st.sampled_from([1, 4, measured.CHUNK]), st.sampled_from([1, 30, packed.ROWS]))
def test_standings_spread_out(world: World, chunk: int, rows: int) -> None:
    with limits(chunk=chunk, rows=rows):
        world.check()


@given(worlds(far=(*MILLENNIA, FIRST_BLOCK, LAST_BLOCK - 4)), st.sampled_from([1, packed.ROWS]), st.booleans())
def test_standings_searched(world: World, rows: int, fits: bool) -> None:
    """As where a few dates lie so far apart that a table of all blocks would be mostly holes.

    ``fits``: who was heard when can be packed into one number.
    """
    with limits(cells=0, chunk=4, rows=rows, bits=packed.BITS if fits else 0):
        world.check()


def by_network(known: tuple[int, int] = (FIRST_BLOCK, LAST_BLOCK)) -> Sitting:
    return Sitting(0, followed=False, base=0, known=known)


def by_followers(base: int | None) -> Sitting:
    return Sitting(0, followed=True, base=base, known=(FIRST_BLOCK, LAST_BLOCK))


def at(world: World, *when: tuple[int, int]) -> list[int]:
    """The standing of the first one there, by block and second."""
    moments = np.array([block * BLOCK + second * SECOND for block, second in when])
    return world.measure().at(np.zeros(len(when), dtype=np.int64), moments)[0].tolist()


def test_who_is_heard_again_counts_once_for_three_blocks() -> None:
    """1 is heard in December 1969 and twice right after, 2 in between."""
    world = World([by_network()], [(0, 1, -1), (0, 1, 0), (0, 2, 0), (0, 1, 0)], [], [None])
    assert at(world, *((block, 0) for block in range(-2, 6))) == [0, 0, 1, 2, 2, 2, 0, 0]
    assert at(world, (-1, LAST_SECOND), (0, LAST_SECOND)) == [0, 1]


def test_nobody_knows_outside_of_what_was_observed() -> None:
    world = World([by_network((-1, 1))], [(0, 1, -2)], [], [None])
    assert at(world, (-2, 0), (-1, 0), (1, LAST_SECOND), (2, 0)) == [-1, 1, 1, -1]


def test_the_first_count_of_a_block_holds_at_once_and_the_last_one_from_the_next() -> None:
    counted = [(0, -3, 100, 10), (0, -3, 200, 30), (0, -3, 300, 20), (0, 0, 50, 40)]
    world = World([by_followers(5)], [], counted, [None])
    assert at(world, (-4, 0), (-3, 99), (-3, 100), (-3, 300), (-2, 0), (0, 49), (0, 50)) == [5, 5, 10, 10, 20, 20, 40]


def test_of_counts_of_one_second_the_greatest_is_taken() -> None:
    """As of linked accounts in one export."""
    world = World([by_followers(None)], [], [(0, 0, 7, 300), (0, 0, 7, 200), (0, 0, 7, 250)], [None])
    assert at(world, (0, 6), (0, 7), (1, 0)) == [-1, 300, 300]


@pytest.mark.parametrize("cells", [0, measured.MOST_CELLS], ids=["searched", "spread out"])
def test_nothing_heard_and_nothing_counted(cells: int) -> None:
    seats = [by_network((0, 3)), Sitting(1, True, 250, (FIRST_BLOCK, LAST_BLOCK)), by_network((-2, -1))]
    with limits(cells=cells):
        World([*seats, Sitting(NOBODY_ASKED, False, None, (0, -1))], [], [], [(0, 1), None]).check()


def test_nobody_is_there() -> None:
    standings = standings_of(World([], [], [], [])._seats(), [], dict.fromkeys(("number", "block", "seen"), NONE))
    assert [len(one) for one in standings.at(NONE, NONE)] == [0, 0]
    assert len(standings.rungs(NONE, NONE, NONE).at(NONE, NONE)) == 0
