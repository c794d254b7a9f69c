"""Observed / expected between classes, with intervals that know that the same people act, and receive, many times.

Two nulls. *Chosen*: each event picks one of those who waited, and ``chance`` is the share of the class among them.
*Shuffled*: labels are shuffled, and expected is row sum x column sum / all.

The logarithm of observed / expected is linearised: each event has an influence on it, and influences add up within
whoever acts and within whoever receives. Clustered both ways (Cameron, Gelbach & Miller, J. Bus. Econ. Stat. 29,
2011): V = V_giver + V_receiver - V_single, never less than the greater of the first two (that sum can even be
negative). Each of the first two has the factor G / (G - 1).
"""

from __future__ import annotations

from dataclasses import dataclass
from math import exp, log, sqrt

import numpy as np
import numpy.typing as npt

from permadani.statistics.intervals import LEVEL, student

LEAST_EXPECTED, LEAST_PEOPLE = 5.0, 5
"""Below so many expected, or so many people on either side, no ratio is said."""

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Events = tuple[npt.ArrayLike, npt.ArrayLike, npt.ArrayLike, npt.ArrayLike]
Counts = tuple[npt.ArrayLike, npt.ArrayLike, npt.ArrayLike, npt.ArrayLike]


@dataclass(frozen=True, slots=True)
class RatioEstimate:
    """``observed`` / ``expected`` and its interval; all three None where too few, or nothing could have differed."""

    observed: int
    expected: float
    value: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class _Chosen:
    """Events as sums over people, all that the ratio and its variance need.

    ``telling``: expected in events whose waiting set held more than one class. ``events``, ``giver_hits`` and
    ``giver_chance``: number of events, of hits and sum of chances of each giver; those of each receiver stand beside
    them. ``single``: the sum of squared influences.
    """

    observed: int
    expected: float
    telling: float
    events: Floats
    giver_hits: Floats
    giver_chance: Floats
    receiver_events: Floats
    receiver_hits: Floats
    receiver_chance: Floats
    single: float


def chosen_ratio(
    hit: npt.ArrayLike,
    chance: npt.ArrayLike,
    giver: npt.ArrayLike,
    receiver: npt.ArrayLike,
    level: float = LEVEL,
    least_expected: float = LEAST_EXPECTED,
    least_people: int = LEAST_PEOPLE,
) -> RatioEstimate:
    """How much more often a class was chosen than a blind choice among those who waited would have chosen it.

    One row an event, shape (E,). ``hit``: whether one of the class was chosen. ``chance``: the share of the class among
    those who waited, 0..1. ``giver``: who chose. ``receiver``: who was chosen. Both are numbers, quickest from 0.

    Influence of an event: hit / O - chance / E. Student's t at the effective number of clusters less one, the smaller
    of two: givers weigh by their sum of ``chance``, which is what they could have contributed and was settled before
    they chose; receivers by the hits they got, since a chance belongs to all who waited and not to the one chosen.

    No hit: the logarithm ends. Value and lower end are 0. Upper end: with an expectation of R E / deff, independent
    hits stay away with probability exp(-R E / deff), which is 1 - ``level`` at R = 3.0 deff / E (for 95 %); all of the
    error is spent on this end, since the other cannot be missed. deff = sum m e / E over givers with m events and e
    expected: what a giver would cause who gives either always to the class or never, as for a share of 0 in
    ``intervals``.

    None: fewer than ``least_expected`` expected in events with more than one class waiting (only there the choice
    could show anything), or fewer than ``least_people`` givers, or fewer receivers of hits (of anything, if no hit).
    """
    sums = _chosen(hit, chance, giver, receiver)
    nothing = RatioEstimate(sums.observed, sums.expected, None, None, None)
    if not _carries(sums, least_expected, least_people):
        return nothing
    if sums.observed == 0:
        upper = -log(1 - level) * _blocks(sums.events, sums.giver_chance) / sums.expected
        return RatioEstimate(0, sums.expected, 0.0, 0.0, upper)
    variance = _both_ways(
        sums.giver_hits / sums.observed - sums.giver_chance / sums.expected,
        sums.receiver_hits / sums.observed - sums.receiver_chance / sums.expected,
        sums.single,
        int(np.count_nonzero(sums.events)),
        int(np.count_nonzero(sums.receiver_events)),
    )
    return _estimate(sums.observed, sums.expected, sums.observed / sums.expected, variance, _degrees(sums), level)


def contrast(
    first: Events,
    second: Events,
    level: float = LEVEL,
    least_expected: float = LEAST_EXPECTED,
    least_people: int = LEAST_PEOPLE,
) -> RatioEstimate:
    """``first`` observed / expected divided by ``second``'s; each is (hit, chance, giver, receiver), other events.

    The numbers of people mean the same people in both, and their influences on the two are subtracted before they are
    squared. ``observed`` and ``expected`` are the first's. No hit in the first: 0, and an upper end of its own upper
    end over the lower end of the second, each at half the error. None: one of the two says nothing, or the second has
    no hit.
    """
    one, two = _shared(first, second)
    a, b = _chosen(*one), _chosen(*two)
    nothing = RatioEstimate(a.observed, a.expected, None, None, None)
    if b.observed == 0 or not all(_carries(x, least_expected, least_people) for x in (a, b)):
        return nothing
    if a.observed == 0:
        half = (1 + level) / 2
        above = chosen_ratio(*one, half, least_expected, least_people)
        below = chosen_ratio(*two, half, least_expected, least_people)
        if above.high is None or not below.low:
            return nothing
        return RatioEstimate(0, a.expected, 0.0, 0.0, above.high / below.low)
    giver, receiver = (
        _pad(hits_a / a.observed - chance_a / a.expected, hits_b / b.observed - chance_b / b.expected)
        for hits_a, chance_a, hits_b, chance_b in (
            (a.giver_hits, a.giver_chance, b.giver_hits, b.giver_chance),
            (a.receiver_hits, a.receiver_chance, b.receiver_hits, b.receiver_chance),
        )
    )
    givers = min(np.count_nonzero(x.events) for x in (a, b))
    receivers = min(np.count_nonzero(x.receiver_events) for x in (a, b))
    variance = _both_ways(giver, receiver, a.single + b.single, int(givers), int(receivers))
    value = a.observed / a.expected / (b.observed / b.expected)
    return _estimate(a.observed, a.expected, value, variance, min(_degrees(a), _degrees(b)), level)


def shuffled_ratios(
    by_giver: Counts,
    by_receiver: Counts,
    level: float = LEVEL,
    least_expected: float = LEAST_EXPECTED,
    least_people: int = LEAST_PEOPLE,
    classes: int = 4,
) -> list[list[RatioEstimate]]:
    """Observed / expected of every class (row) to every class (column), were labels shuffled.

    ``by_giver``: (giver, class of the giver, class it goes to, count), each of shape (N,), classes from 0; one person
    may stand in several rows and in several classes. ``by_receiver``: the same events by (receiver, ...). N is not
    the same in both.

    Expected: row sum R x column sum C / all n. Influence of an event on log(O n / (R C)): 1/O in the cell, less 1/R in
    its row, less 1/C in its column, plus 1/n everywhere. Student's t as for ``chosen_ratio``: givers weigh by their
    acts in the row, receivers by what came to them in the column. No hit: as there, deff being sum m^2 / sum m of
    givers in the row or of receivers in the column, whichever is more.

    None: fewer than ``least_expected`` expected, fewer than ``least_people`` givers in the row or receivers in the
    column, or one class gives or receives all (then nothing could have been otherwise).

    Raises:
        ValueError: the two do not count the same events, or a class is out of range.
    """
    givers, receivers = _People.read(by_giver, classes), _People.read(by_receiver, classes)
    table = givers.table()
    if not np.array_equal(table, receivers.table()):
        raise ValueError("both sides must count the same events")
    rows, columns, whole = table.sum(1), table.sum(0), float(table.sum())
    of_row = [givers.total(givers.source == k) for k in range(classes)]
    of_column = [receivers.total(receivers.to == k) for k in range(classes)]
    row_of_receiver = [receivers.total(receivers.source == k) for k in range(classes)]
    column_of_giver = [givers.total(givers.to == k) for k in range(classes)]

    def cell(k: int, m: int) -> RatioEstimate:
        observed, row, column = float(table[k, m]), float(rows[k]), float(columns[m])
        expected = row * column / whole if whole else 0.0
        people = min(np.count_nonzero(of_row[k]), np.count_nonzero(of_column[m]))
        forced = whole in (row, column)
        if expected < max(least_expected, np.finfo(float).tiny) or people < max(2, least_people) or forced:
            return RatioEstimate(int(observed), expected, None, None, None)
        if not observed:
            blocks = max(_blocks(one, one) for one in (of_row[k], of_column[m]))
            return RatioEstimate(0, expected, 0.0, 0.0, -log(1 - level) * blocks / expected)
        influence = [
            side.total((side.source == k) & (side.to == m)) / observed - acts / row - came / column + side.all / whole
            for side, acts, came in (
                (givers, of_row[k], column_of_giver[m]),
                (receivers, row_of_receiver[k], of_column[m]),
            )
        ]
        each = np.full(table.shape, 1 / whole)
        each[k] -= 1 / row
        each[:, m] -= 1 / column
        each[k, m] += 1 / observed
        numbers = [int(np.count_nonzero(side.all)) for side in (givers, receivers)]
        variance = _both_ways(influence[0], influence[1], float((table * each**2).sum()), numbers[0], numbers[1])
        degrees = min(_effective(of_row[k]), _effective(of_column[m])) - 1
        return _estimate(int(observed), expected, observed / expected, variance, degrees, level)

    return [[cell(k, m) for m in range(classes)] for k in range(classes)]


@dataclass(frozen=True, slots=True)
class _People:
    """Counts of one side: ``who`` gave or received, between which classes; ``all``: each person's whole."""

    who: Ints
    source: npt.NDArray[np.int8]
    to: npt.NDArray[np.int8]
    count: Floats
    all: Floats
    classes: int

    @classmethod
    def read(cls, counts: Counts, classes: int) -> _People:
        who, source, to, count = (np.asarray(one) for one in counts)
        for one in (source, to):
            if len(one) and not 0 <= int(one.min()) <= int(one.max()) < classes:
                raise ValueError("classes are numbers from 0 to one less than their number")
        place, weight = _numbered(who), count.astype(np.float64)
        everything = np.bincount(place, weights=weight).astype(np.float64)
        return cls(place, source.astype(np.int8), to.astype(np.int8), weight, everything, classes)

    def total(self, rows: npt.NDArray[np.bool_]) -> Floats:
        """Each person's count in ``rows``."""
        held = np.bincount(self.who[rows], weights=self.count[rows], minlength=len(self.all))
        return held.astype(np.float64)

    def table(self) -> Floats:
        """All events by class and class, shape (classes, classes)."""
        cell = self.source.astype(np.int64) * self.classes + self.to
        held = np.bincount(cell, weights=self.count, minlength=self.classes**2).astype(np.float64)
        return held.reshape(self.classes, self.classes)


def _chosen(hit: npt.ArrayLike, chance: npt.ArrayLike, giver: npt.ArrayLike, receiver: npt.ArrayLike) -> _Chosen:
    hits, share = np.asarray(hit, dtype=np.bool_), np.asarray(chance)
    sides = []
    for who in (_numbered(np.asarray(giver)), _numbered(np.asarray(receiver))):
        events = np.bincount(who).astype(np.float64)
        gained = np.bincount(who[hits], minlength=len(events)).astype(np.float64)
        sides += [events, gained, np.bincount(who, weights=share).astype(np.float64)]
    observed, expected = int(np.count_nonzero(hits)), float(share.sum(dtype=np.float64))
    telling = float(share[(share > 0) & (share < 1)].sum(dtype=np.float64))
    single = 0.0
    if observed and expected > 0:
        both = float(share[hits].sum(dtype=np.float64))
        squares = float(np.square(share, dtype=np.float64).sum())
        single = 1 / observed - 2 * both / (observed * expected) + squares / expected**2
    return _Chosen(
        observed, expected, telling, sides[0], sides[1], sides[2], sides[3], sides[4], sides[5], max(0.0, single)
    )


def _carries(sums: _Chosen, least_expected: float, least_people: int) -> bool:
    if sums.telling < max(least_expected, np.finfo(float).tiny):
        return False
    receivers = sums.receiver_hits if sums.observed else sums.receiver_events
    return bool(min(np.count_nonzero(sums.events), np.count_nonzero(receivers)) >= max(1, least_people))


def _degrees(sums: _Chosen) -> float:
    return min(_effective(sums.giver_chance), _effective(sums.receiver_hits)) - 1


def _effective(weights: Floats) -> float:
    """Effective number of clusters, (sum w)^2 / sum w^2."""
    return float(weights.sum() ** 2 / (weights**2).sum())


def _blocks(sizes: Floats, expected: Floats) -> float:
    """How many events stand and fall together with an expected one, if all of a cluster's do; at least one."""
    return max(1.0, float((sizes * expected).sum() / expected.sum()))


def _both_ways(giver: Floats, receiver: Floats, single: float, givers: int, receivers: int) -> float:
    """The variance from summed influences of each giver and of each receiver, and how many there are of them."""
    if min(givers, receivers) < 2:
        return float("inf")
    acts = float((giver**2).sum()) * givers / (givers - 1)
    got = float((receiver**2).sum()) * receivers / (receivers - 1)
    return max(acts + got - single, acts, got)


def _estimate(
    observed: int, expected: float, value: float, variance: float, degrees: float, level: float
) -> RatioEstimate:
    """The interval on the logarithm; without a finite one nothing is said."""
    reach = student(0.5 + level / 2, degrees) * sqrt(variance)
    if not reach < 300:
        return RatioEstimate(observed, expected, None, None, None)
    return RatioEstimate(observed, expected, value, value * exp(-reach), value * exp(reach))


def _shared(first: Events, second: Events) -> tuple[Events, Events]:
    """Both under one numbering of people."""
    cut = len(np.asarray(first[2]))
    sides = [_numbered(np.concatenate([np.asarray(first[k]), np.asarray(second[k])])) for k in (2, 3)]
    return (
        (first[0], first[1], sides[0][:cut], sides[1][:cut]),
        (second[0], second[1], sides[0][cut:], sides[1][cut:]),
    )


def _pad(first: Floats, second: Floats) -> Floats:
    """``first`` less ``second``, the shorter one continued with zeros."""
    found = np.zeros(max(len(first), len(second)))
    found[: len(first)] += first
    found[: len(second)] -= second
    return found


def _numbered(who: npt.NDArray[np.generic]) -> Ints:
    """People as numbers that tables can be indexed by; those that already are stay as they are."""
    if not len(who):
        return np.zeros(0, dtype=np.int64)
    if np.issubdtype(who.dtype, np.integer):
        numbers = who.astype(np.int64, copy=False)
        if int(numbers.min()) >= 0 and int(numbers.max()) <= 8 * len(who) + 1000:
            return numbers
    place: Ints = np.unique(who, return_inverse=True)[1]
    return place
