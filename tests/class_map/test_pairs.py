"""Ties of random people, against sets of who spoke to whom."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from class_map.columns import columns, listed, seats_on, so_many_at_once
from permadani.findings.class_map.pairs import SENIOR, by_seat, club_ties, reshare_ties, tied_rows, ties_of
from permadani.findings.class_map.rows import Rows
from permadani.measures.class_map import CLASSES
from permadani.measures.seats import NOBODY_ASKED
from permadani.statistics import packed

SEATS = 6
Spoke = list[tuple[int, int, int, int]]
Pairs = set[tuple[int, int]]

numbers, flag = st.integers(0, SEATS - 1), st.integers(0, 1)
two = st.lists(numbers, min_size=2, max_size=2, unique=True)
spoken = st.lists(st.builds(lambda pair, up, down: (*sorted(pair), up, down), two, flag, flag), max_size=40)
on_channels = st.lists(st.integers(NOBODY_ASKED, 1), min_size=SEATS, max_size=SEATS)
in_classes = st.lists(st.integers(0, len(CLASSES) - 1), min_size=SEATS, max_size=SEATS)


def read(rows: Spoke) -> Rows:
    return columns(rows, low=np.int32, high=np.int32, up=np.int8, down=np.int8)


def directed(rows: Spoke) -> Pairs:
    """Who ever spoke to whom."""
    return {pair for low, high, up, down in rows for pair, so in (((low, high), up), ((high, low), down)) if so}


def told(pairs: Pairs, number: int) -> tuple[int, int, int]:
    """How many somebody speaks to, how many of these speak to them, and how many do."""
    to = {other for one, other in pairs if one == number}
    of = {one for one, other in pairs if other == number}
    return len(to), len(to & of), len(of)


@given(spoken, st.sampled_from([1, 3, packed.ROWS]))
def test_ties_are_two_people_once(rows: Spoke, most: int) -> None:
    with so_many_at_once(most):
        ties = ties_of(read(rows))
    assert listed(ties, "low", "high", "up", "down") == [
        (*pair, *(sum(row[way] for row in rows if row[:2] == pair) for way in (2, 3)))
        for pair in sorted({row[:2] for row in rows})
    ]


@given(spoken, on_channels, in_classes)
def test_everybody_with_a_tie(rows: Spoke, channels: list[int], classes: list[int]) -> None:
    ties, pairs = ties_of(read(rows)), directed(rows)
    expected = [told(pairs, number) for number in range(SEATS)]
    assert list(zip(*(one.tolist() for one in by_seat(ties, SEATS)), strict=True)) == expected
    tied = tied_rows(ties, seats_on(channels), np.array(classes, dtype=np.int8))
    assert listed(tied, "number", "channel", "class", "given", "returned", "taken") == [
        (number, channels[number], classes[number], *expected[number])
        for number in range(SEATS)
        if any(expected[number]) and channels[number] != NOBODY_ASKED
    ]


@given(spoken, on_channels, st.lists(st.sampled_from([SENIOR, SENIOR, 0]), min_size=SEATS, max_size=SEATS))
def test_ties_between_seniors_of_one_channel(rows: Spoke, channels: list[int], classes: list[int]) -> None:
    inside = {
        pair
        for pair in directed(rows)
        if {classes[one] for one in pair} == {SENIOR} and len({channels[one] for one in pair}) == 1
    }
    assert club_ties(ties_of(read(rows)), seats_on(channels), np.array(classes, dtype=np.int8)) == len(inside)


@given(st.lists(two.map(tuple), max_size=40))
def test_ties_of_who_passes_whom_on(rows: list[tuple[int, int]]) -> None:
    pairs = set(rows)
    assert listed(reshare_ties(columns(rows, giver=np.int32, taker=np.int32)), "number", "given", "returned") == [
        (number, *told(pairs, number)[:2]) for number in sorted({one for pair in pairs for one in pair})
    ]
