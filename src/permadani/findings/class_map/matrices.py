"""Who acts towards whom, class by class: counts, people, observed / expected."""

from __future__ import annotations

import numpy as np

from permadani.findings.class_map.events import Events
from permadani.findings.class_map.reception import share
from permadani.findings.reasons import Reason
from permadani.findings.results import Matrix, MatrixCell, Ratio, Reception
from permadani.measures.class_map import CLASSES
from permadani.measures.judged import Column
from permadani.statistics.intervals import LEVEL, ClusterSums
from permadani.statistics.ratios import RatioEstimate, chosen_ratio, shuffled_ratios

KINDS = len(CLASSES)
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
    telling = events.where(events.telling)
    cells = []
    for source, name in enumerate(CLASSES):
        acts = telling.where(telling.giver_class == source)
        for to, other in enumerate(CLASSES):
            code = source * KINDS + to
            found = chosen_ratio(acts.receiver_class == to, acts.chance[:, to], acts.giver, acts.receiver)
            of = None if shares is None else shares.get((source, to))
            cell = MatrixCell(
                name, other, int(counts[code]), int(givers[code]), int(receivers[code]), ratio(found), of
            )  # fmt: skip
            cells.append(cell)
    return Matrix(len(events), len(telling), tuple(cells))


def labels_matrix(by_giver: dict[str, Column], by_receiver: dict[str, Column], reason: Reason) -> Matrix:
    """Who approaches, or reshares, whom, against shuffled labels; rows of ``approached.sql``, ``approached_by.sql``."""
    total = int(by_giver["acts"].sum())
    if not total:
        return Matrix(0, 0, (), reason)
    found = shuffled_ratios(_counts(by_giver), _counts(by_receiver))
    cells = []
    for source, name in enumerate(CLASSES):
        for to, other in enumerate(CLASSES):
            count = _acts(by_giver, source, to)
            cell = MatrixCell(
                name, other, int(count.sum()), len(count), len(_acts(by_receiver, source, to)), ratio(found[source][to])
            )
            cells.append(cell)
    return Matrix(total, total, tuple(cells))


def shares_of(found: dict[str, Column]) -> Shares:
    """The rows of ``share.sql``: of the two sides that could be counted as clusters, the one that leaves more doubt."""
    sides: list[Shares] = [{}, {}]
    names = ("n", "hits", "people", "nn", "hh", "nh")
    for place in range(len(found["n"])):
        sums = ClusterSums(*(int(found[name][place]) for name in names))
        sides[int(found["side"][place])][int(found["source"][place]), int(found["target"][place])] = share(sums)
    return {key: _wider(sides[0][key], sides[1][key]) for key in sides[0]}


def _wider(one: Reception, other: Reception) -> Reception:
    def width(of: Reception) -> float:
        return 2.0 if of.low is None or of.high is None else of.high - of.low

    return max(one, other, key=width)


def _counts(rows: dict[str, Column]) -> tuple[Column, Column, Column, Column]:
    return rows["person"], rows["source"], rows["target"], rows["acts"]


def _acts(rows: dict[str, Column], source: int, to: int) -> Column:
    return np.asarray(rows["acts"][(rows["source"] == source) & (rows["target"] == to)])


def _people(codes: Column, who: Column) -> Column:
    """How many different people each cell holds, shape (16,)."""
    pairs = np.unique(who.astype(np.int64) * KINDS * KINDS + codes)
    return np.bincount(pairs % (KINDS * KINDS), minlength=KINDS * KINDS)
