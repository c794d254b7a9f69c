"""Observed / expected between classes, with intervals that know that the same people act, and receive, many times.

Two nulls. *Chosen*: each event picks one of those who waited, and ``chance`` is the share of the class among them.
*Shuffled*: labels are shuffled within each stratum, and expected is the sum of row sum x column sum / all.

The logarithm of observed / expected is linearised: each event has an influence on it, and influences add up within
whoever acts and within whoever receives. Clustered both ways (Cameron, Gelbach & Miller, J. Bus. Econ. Stat. 29,
2011): V = V_giver + V_receiver - V_single, never less than the greater of the first two (that sum can even be
negative). Each of the first two has the factor G / (G - 1).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import exp, log, sqrt

import numpy as np
import numpy.typing as npt

from permadani.statistics.intervals import LEVEL, student
from permadani.statistics.strata import Side

LEAST_EXPECTED, LEAST_PEOPLE = 5.0, 5
"""Below so many expected, or so many people on either side, no ratio is said."""
MOST_VALUES = 4_000_000
"""So many numbers at most stand in the table that says what an event of each stratum and class adds (or one cell's)."""

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Events = tuple[npt.ArrayLike, npt.ArrayLike, npt.ArrayLike, npt.ArrayLike]
Counts = tuple[npt.ArrayLike, npt.ArrayLike, npt.ArrayLike, npt.ArrayLike, npt.ArrayLike]


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
    """Observed / expected of every class (row) to every class (column), were labels shuffled within each stratum.

    ``by_giver``: (giver, class of the giver, class it goes to, count, stratum), each of shape (N,), classes and strata
    from 0; one person may stand in several rows, classes and strata. ``by_receiver``: the same events by (receiver,
    ...). N is not the same in both. Nobody of one stratum (a channel) can act towards anybody of another.

    Expected E: the sum over strata of row sum R x column sum C / all n, there. Influence of an event on log(O / E):
    1/O in the cell, less C/n/E in its row, less R/n/E in its column, plus R C/n^2/E everywhere, with R, C, n of the
    event's stratum (the derivatives by the weight of that event). Student's t as for ``chosen_ratio``: givers weigh by
    what of E is due to their acts in the row (times C/n), receivers by what is due to those that came to them in the
    column (times R/n); G counts people of strata with that row and column. No hit: as there, deff being
    sum m e / sum e of givers with m acts in the row and e expected, or of receivers, whichever is more.

    In a stratum in which one class gives or receives all, nothing could have been otherwise: it is part of O and E, but
    carries nothing. None: fewer than ``least_expected`` expected in the other strata, or fewer than ``least_people``
    givers in the row or receivers in the column there.

    Raises:
        ValueError: the two do not count the same events, or a class is out of range.
    """
    cut = len(np.asarray(by_giver[4]))
    strata = _numbered(np.concatenate([np.asarray(by_giver[4]), np.asarray(by_receiver[4])]))
    givers = Side.read(*by_giver[:4], strata[:cut], classes)
    receivers = Side.read(*by_receiver[:4], strata[cut:], classes)
    if not np.array_equal(givers.table, receivers.table):
        raise ValueError("both sides must count the same events")
    cells = [_Cell.read(givers.table, k, m) for k in range(classes) for m in range(classes)]
    # a little less will do: in which order strata are summed must not decide
    least = max(least_expected * (1 - 1e-9), np.finfo(float).tiny)
    carrying = [cell for cell in cells if cell.telling >= least]
    known = {
        (cell.row, cell.column): _shuffled(cell, giver, receiver, level, least_people)
        for cell, giver, receiver in zip(
            carrying, _clusters(givers, carrying, True), _clusters(receivers, carrying, False), strict=True
        )
    }
    nothing = [RatioEstimate(int(cell.observed), cell.expected, None, None, None) for cell in cells]
    found = [known.get((cell.row, cell.column), none) for cell, none in zip(cells, nothing, strict=True)]
    return [found[k * classes : (k + 1) * classes] for k in range(classes)]


@dataclass(frozen=True, slots=True)
class _Cell:
    """A class to a class. By strata, shape (strata,): ``given``, R / n; ``came``, C / n; ``here``: neither is 0;
    ``open``: and neither is 1. ``telling``: expected in the open ones. ``single``: the sum of squared influences."""

    row: int
    column: int
    observed: float
    expected: float
    telling: float
    given: Floats
    came: Floats
    here: npt.NDArray[np.bool_]
    open: npt.NDArray[np.bool_]
    single: float

    @classmethod
    def read(cls, table: Floats, k: int, m: int) -> _Cell:
        whole, row, column = table.sum((1, 2)), table[:, k].sum(1), table[:, :, m].sum(1)
        some = np.where(whole > 0, whole, 1.0)
        expected = row * column / some
        here = expected > 0
        telling = here & (row < whole) & (column < whole)
        observed = float(table[:, k, m].sum())
        cell = cls(
            k, m, observed, float(expected.sum()), float(expected[telling].sum()), row / some, column / some, here,
            telling, 0.0,
        )  # fmt: skip
        return replace(cell, single=float((table * cell.influence(table.shape) ** 2).sum())) if observed else cell

    def influence(self, shape: tuple[int, ...]) -> Floats:
        """Of an event of each kind on log(O / E), shape (strata, classes, classes)."""
        each = np.zeros(shape) + (self.given * self.came / self.expected)[:, None, None]
        each[:, self.row] -= (self.came / self.expected)[:, None]
        each[:, :, self.column] -= (self.given / self.expected)[:, None]
        each[:, self.row, self.column] += 1 / self.observed
        return each

    def values(self, shape: tuple[int, ...], of_giver: bool) -> Floats:
        """Of an event of each kind, shape (strata, classes, classes, 3): its influence (no hit: 1 for an act that could
        have been one), the part of the expected that is due to it, and whether it is in a stratum that counts."""
        held = np.zeros((*shape, 3))
        held[..., 2] = self.here[:, None, None]
        own = held[:, self.row] if of_giver else held[:, :, self.column]
        own[..., 1] = (self.open * (self.came if of_giver else self.given))[:, None]
        if self.observed:
            held[..., 0] = self.influence(shape)
        else:
            own[..., 0] = self.open[:, None]
        return held


@dataclass(frozen=True, slots=True)
class _Clusters:
    """Sums over the people of one side, for one cell: ``squares`` of influences (or, if no hit, m e), of the expected
    ``due`` to each and of its squares; how many ``people`` anything is due to, and how many there are in ``all``."""

    squares: float
    due: float
    due_squares: float
    people: int
    all: int

    @property
    def effective(self) -> float:
        return self.due**2 / self.due_squares


def _clusters(side: Side, cells: list[_Cell], of_giver: bool) -> list[_Clusters]:
    shape, found = side.table.shape, []
    some = max(1, MOST_VALUES // max(1, 3 * side.table.size))
    for first in range(0, len(cells), some):
        batch = cells[first : first + some]
        values = np.concatenate([cell.values(shape, of_giver).reshape(-1, 3) for cell in batch], axis=1)
        hit = np.array([cell.observed > 0 for cell in batch])
        total = np.zeros((5, len(batch)))
        for sums in side.sums(values):
            moved, due, present = sums[:, 0::3], sums[:, 1::3], sums[:, 2::3]
            total[0] += np.where(hit, np.einsum("ij,ij->j", moved, moved), np.einsum("ij,ij->j", moved, due))
            total[1] += due.sum(0)
            total[2] += np.einsum("ij,ij->j", due, due)
            total[3] += np.count_nonzero(due, axis=0)
            total[4] += np.count_nonzero(present, axis=0)
        found += [_Clusters(a, b, c, int(d), int(e)) for a, b, c, d, e in total.T.tolist()]
    return found


def _shuffled(cell: _Cell, giver: _Clusters, receiver: _Clusters, level: float, least_people: int) -> RatioEstimate:
    observed, expected = int(cell.observed), cell.expected
    if min(giver.people, receiver.people) < max(2, least_people):
        return RatioEstimate(observed, expected, None, None, None)
    if not observed:
        blocks = max(1.0, *(side.squares / side.due for side in (giver, receiver)))
        return RatioEstimate(0, expected, 0.0, 0.0, -log(1 - level) * blocks / expected)
    variance = _variance(giver.squares, receiver.squares, cell.single, giver.all, receiver.all)
    degrees = min(giver.effective, receiver.effective) - 1
    return _estimate(observed, expected, observed / expected, variance, degrees, level)


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
    return _variance(float((giver**2).sum()), float((receiver**2).sum()), single, givers, receivers)


def _variance(acts: float, got: float, single: float, givers: int, receivers: int) -> float:
    """The same from the sums of squares."""
    if min(givers, receivers) < 2:
        return float("inf")
    acts, got = acts * givers / (givers - 1), got * receivers / (receivers - 1)
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
