"""Who acts towards whom, class by class: counts, people, observed / expected."""

from __future__ import annotations

import numpy as np

from permadani.findings.class_map.events import Events
from permadani.findings.class_map.reception import share, sums_of
from permadani.findings.class_map.rows import Rows, close_ranks
from permadani.findings.reasons import Reason
from permadani.findings.results import Matrix, MatrixCell, Ratio, Reception
from permadani.measures.class_map import CLASSES
from permadani.measures.judged import Column
from permadani.statistics.chosen import Choices
from permadani.statistics.intervals import LEVEL
from permadani.statistics.order import by_number
from permadani.statistics.packed import begins
from permadani.statistics.ratios import RatioEstimate
from permadani.statistics.shuffled import shuffled_ratios

KINDS = len(CLASSES)
CLASS_BITS = (KINDS - 1).bit_length()
MOST_BINS = 50_000_000
"""Counting into more bins than this costs more than sorting."""
Shares = dict[tuple[int, int], Reception]
"""Of the approaches of a class (second) to a class (first), how many were answered in time."""


def ratio(found: RatioEstimate, level: float = LEVEL) -> Ratio:
    return Ratio(found.observed, found.expected, found.value, found.low, found.high, level)


def answers_matrix(events: Events, shares: Shares | None, reason: Reason | None) -> Matrix:
    """Who answers whom, against a blind choice among those waiting. ``reason``: why there is nothing, if so."""
    if not len(events):
        return Matrix(0, 0, (), reason)
    codes = (events.giver_class * KINDS + events.receiver_class).astype(np.int8)
    counts = np.bincount(codes, minlength=KINDS * KINDS)
    givers, receivers = (_people(codes, who) for who in (events.giver, events.receiver))
    told = events.told()
    choices = Choices.read(told.giver_class, KINDS, told.giver, told.receiver)
    cells: dict[tuple[int, int], MatrixCell] = {}
    for to, other in enumerate(CLASSES):
        for source, chosen in enumerate(choices.of(told.receiver_class == to, told.chance[to])):
            code = source * KINDS + to
            of = None if shares is None else shares.get((source, to))
            cells[source, to] = MatrixCell(
                CLASSES[source], other, int(counts[code]), int(givers[code]), int(receivers[code]),
                ratio(chosen.ratio()), of,
            )  # fmt: skip
    return Matrix(len(events), len(told), tuple(cells[pair] for pair in sorted(cells)))


def labels_matrix(giver: Column, taker: Column, source: Column, to: Column, channel: Column, reason: Reason) -> Matrix:
    """Who approaches, or reshares, whom, against labels shuffled within channels: one entry an act, shape (n,)."""
    if not len(giver):
        return Matrix(0, 0, (), reason)
    codes = (source * KINDS + to).astype(np.int8)
    counts = np.bincount(codes, minlength=KINDS * KINDS)
    by_giver, by_taker = (_counts(who, codes, channel) for who in (giver, taker))
    givers, takers = (_people(of * KINDS + to_, who) for who, of, to_, *_ in (by_giver, by_taker))
    found = shuffled_ratios(by_giver, by_taker)
    cells = []
    for row, name in enumerate(CLASSES):
        for column, other in enumerate(CLASSES):
            count, from_people, to_people = (int(of[row * KINDS + column]) for of in (counts, givers, takers))
            cells.append(MatrixCell(name, other, count, from_people, to_people, ratio(found[row][column])))
    return Matrix(len(giver), len(giver), tuple(cells))


def shares_of(approaches: Rows, person: Column) -> Shares:
    """Of the approaches old enough, how many were answered in time. Either side may be the clusters: those approached,
    or those who approached; the one that leaves more doubt stands."""
    places = approaches["old"] == 1
    if places.all():
        places = slice(None)
    codes = approaches["target_class"][places] * KINDS + approaches["asker_class"][places]
    if not len(codes):
        return {}
    answered = approaches["answered"][places] >= 0
    cells, start = by_number(codes, KINDS * KINDS)
    sides = []
    for side in ("target", "asker"):
        who = close_ranks(person[approaches[side][places]])
        here = []
        for cell in np.split(cells, start[1:-1]):
            m, s = (np.bincount(of, minlength=1) for of in (who[cell], who[cell[answered[cell]]]))
            here.append(share(sums_of(m, np.pad(s, (0, len(m) - len(s))))))
        sides.append(here)
    return {divmod(code, KINDS): _wider(*both) for code, both in enumerate(zip(*sides, strict=True)) if both[0].posts}


def _wider(one: Reception, other: Reception) -> Reception:
    def width(of: Reception) -> float:
        return 2.0 if of.low is None or of.high is None else of.high - of.low

    return max(one, other, key=width)


def _counts(who: Column, codes: Column, channel: Column) -> tuple[Column, Column, Column, Column, Column]:
    """Person, source, to, how many acts, and channel, one entry each that occurs, in the order of people."""
    bits = int(channel.max()).bit_length() + 2 * CLASS_BITS
    key = who.astype(np.int64)
    key <<= bits
    key |= channel.astype(np.int64) << 2 * CLASS_BITS if channel.any() else 0
    key |= codes
    if int(who.max() + 1) << bits < MOST_BINS:
        counts = np.bincount(key)
        key = np.flatnonzero(counts > 0)
        acts = counts[key]
    else:
        key = key[by_number(who, int(who.max()) + 1)[0]]
        key.sort(kind="stable")
        start = begins(key)
        key, acts = key[start], np.diff(start, append=len(key))
    cell = (key & (KINDS * KINDS - 1)).astype(np.int8)
    return key >> bits, cell // KINDS, cell % KINDS, acts, (key & ((1 << bits) - 1)) >> 2 * CLASS_BITS


def _people(codes: Column, who: Column) -> Column:
    """How many different people each cell holds, shape (16,)."""
    number = close_ranks(who)
    seen = np.zeros((int(number.max()) + 1, KINDS * KINDS), dtype=np.bool_)
    seen[number, codes] = True
    return np.asarray(np.count_nonzero(seen, axis=0))
