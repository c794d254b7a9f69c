"""Who acts towards whom, class by class: counts, people, observed / expected."""

from __future__ import annotations

import numpy as np

from permadani.findings.class_map.events import Events
from permadani.findings.class_map.reception import grouped, share
from permadani.findings.class_map.rows import Rows, close_ranks
from permadani.findings.reasons import Reason
from permadani.findings.results import Matrix, MatrixCell, Ratio, Reception
from permadani.measures.class_map import CLASSES
from permadani.measures.judged import Column
from permadani.statistics.chosen import Choices
from permadani.statistics.intervals import LEVEL
from permadani.statistics.ratios import RatioEstimate
from permadani.statistics.shuffled import shuffled_ratios

KINDS = len(CLASSES)
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
    codes = events.giver_class.astype(np.int64) * KINDS + events.receiver_class
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
    codes = source.astype(np.int64) * KINDS + to
    counts = np.bincount(codes, minlength=KINDS * KINDS)
    givers, takers = _people(codes, giver), _people(codes, taker)
    found = shuffled_ratios(_counts(giver, codes, channel), _counts(taker, codes, channel))
    cells = []
    for row, name in enumerate(CLASSES):
        for column, other in enumerate(CLASSES):
            count, from_people, to_people = (int(of[row * KINDS + column]) for of in (counts, givers, takers))
            cells.append(MatrixCell(name, other, count, from_people, to_people, ratio(found[row][column])))
    return Matrix(len(giver), len(giver), tuple(cells))


def shares_of(approaches: Rows, person: Column) -> Shares:
    """Of the approaches old enough, how many were answered in time. Either side may be the clusters: those approached,
    or those who approached; the one that leaves more doubt stands."""
    old = approaches["old"] == 1
    codes = approaches["target_class"][old].astype(np.int64) * KINDS + approaches["asker_class"][old]
    hits = approaches["answered"][old] >= 0
    sides = [
        [share(one) for one in grouped(close_ranks(person[approaches[side][old]]), codes, KINDS * KINDS, None, hits)]
        for side in ("target", "asker")
    ]
    return {divmod(code, KINDS): _wider(*both) for code, both in enumerate(zip(*sides, strict=True)) if both[0].posts}


def _wider(one: Reception, other: Reception) -> Reception:
    def width(of: Reception) -> float:
        return 2.0 if of.low is None or of.high is None else of.high - of.low

    return max(one, other, key=width)


def _counts(who: Column, codes: Column, channel: Column) -> tuple[Column, Column, Column, Column, Column]:
    """Person, source, to, how many acts, and channel, one entry each that occurs."""
    every = KINDS * KINDS
    stratum = channel.astype(np.int64) * every + codes
    kinds = int(stratum.max()) + 1
    if int(who.max() + 1) * kinds < MOST_BINS:
        counts = np.bincount(who.astype(np.int64) * kinds + stratum)
        key = np.nonzero(counts)[0]
        acts = counts[key]
    else:
        key, acts = np.unique(who.astype(np.int64) * kinds + stratum, return_counts=True)
    person, stratum = np.divmod(key, kinds)
    return person, stratum % every // KINDS, stratum % KINDS, acts, stratum // every


def _people(codes: Column, who: Column) -> Column:
    """How many different people each cell holds, shape (16,)."""
    counts = np.bincount(close_ranks(who).astype(np.int64) * KINDS * KINDS + codes)
    return np.bincount(np.nonzero(counts)[0] % (KINDS * KINDS), minlength=KINDS * KINDS)
