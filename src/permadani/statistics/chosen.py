"""Observed / expected of a class chosen among those who waited (``ratios``): ratios, and contrasts of two."""

from __future__ import annotations

from dataclasses import dataclass
from math import log

import numpy as np
import numpy.typing as npt

from permadani.statistics.intervals import LEVEL
from permadani.statistics.order import ranks
from permadani.statistics.ratios import LEAST_EXPECTED, LEAST_PEOPLE, RatioEstimate, estimate, variance_of

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Events = tuple[npt.ArrayLike, npt.ArrayLike, npt.ArrayLike, npt.ArrayLike]


@dataclass(frozen=True, slots=True)
class OfPeople:
    """Sums of each giver, or of each receiver, shape (people,): ``events``, ``hits`` among them, ``chance``."""

    events: Floats
    hits: Floats
    chance: Floats

    def and_those(self, others: OfPeople) -> OfPeople:
        return OfPeople(self.events + others.events, self.hits + others.hits, self.chance + others.chance)

    @property
    def people(self) -> int:
        return int(np.count_nonzero(self.events))


@dataclass(frozen=True, slots=True)
class Chosen:
    """Events as sums over people, all that the ratio and its variance need.

    ``telling``: expected in events whose waiting set held more than one class. ``chance_of_hits``, ``squares``: sums of
    the chance where it was a hit, and of its square everywhere.
    """

    observed: int
    expected: float
    telling: float
    chance_of_hits: float
    squares: float
    giver: OfPeople
    receiver: OfPeople

    def and_those(self, others: Chosen) -> Chosen:
        """Together with other events; people must have the same numbers in both."""
        return Chosen(
            self.observed + others.observed, self.expected + others.expected, self.telling + others.telling,
            self.chance_of_hits + others.chance_of_hits, self.squares + others.squares,
            self.giver.and_those(others.giver), self.receiver.and_those(others.receiver),
        )  # fmt: skip

    @property
    def single(self) -> float:
        """The sum of squared influences of events."""
        both = self.observed * self.expected
        return max(0.0, 1 / self.observed - 2 * self.chance_of_hits / both + self.squares / self.expected**2)

    def influence(self, of: OfPeople) -> Floats:
        """The summed influence of each giver or receiver."""
        return of.hits / self.observed - of.chance / self.expected

    @property
    def degrees(self) -> float:
        return min(_effective(self.giver.chance), _effective(self.receiver.hits)) - 1

    def carries(self, least_expected: float, least_people: int) -> bool:
        if self.telling < max(least_expected, np.finfo(float).tiny):
            return False
        receivers = np.count_nonzero(self.receiver.hits) if self.observed else self.receiver.people
        return bool(min(self.giver.people, receivers) >= max(1, least_people))

    def ratio(
        self, level: float = LEVEL, least_expected: float = LEAST_EXPECTED, least_people: int = LEAST_PEOPLE
    ) -> RatioEstimate:
        """As ``chosen_ratio``."""
        if not self.carries(least_expected, least_people):
            return RatioEstimate(self.observed, self.expected, None, None, None)
        if self.observed == 0:
            upper = -log(1 - level) * _blocks(self.giver) / self.expected
            return RatioEstimate(0, self.expected, 0.0, 0.0, upper)
        variance = variance_of(
            _squared(self.influence(self.giver)), _squared(self.influence(self.receiver)), self.single,
            self.giver.people, self.receiver.people,
        )  # fmt: skip
        return estimate(self.observed, self.expected, self.observed / self.expected, variance, self.degrees, level)


@dataclass(frozen=True, slots=True)
class Choices:
    """Events of several kinds, counted together: one row an event.

    ``kind``: shape (E,), numbers from 0. ``giver``, ``receiver``: who, as kind x people + person, shape (E,). The other
    two: how many events each had, shape (kinds, people).
    """

    kind: Ints
    giver: Ints
    receiver: Ints
    giver_events: Floats
    receiver_events: Floats

    @classmethod
    def read(cls, kind: npt.ArrayLike, kinds: int, giver: npt.ArrayLike, receiver: npt.ArrayLike) -> Choices:
        of, sides = np.asarray(kind), []
        for who in (giver, receiver):
            number, people = ranks(np.asarray(who))
            key = people * of.astype(np.int64) + number
            sides.append((key, _summed(key, None, (kinds, people))))
        (giver, giver_events), (receiver, receiver_events) = sides
        return cls(of, giver, receiver, giver_events, receiver_events)

    def of(self, hit: npt.ArrayLike, chance: npt.ArrayLike) -> list[Chosen]:
        """The sums of each kind. ``hit``, ``chance``: shape (E,), as for ``chosen_ratio``."""
        hits, share, kinds = np.flatnonzero(hit), np.asarray(chance), len(self.giver_events)
        sides = [
            [
                OfPeople(*sums)
                for sums in zip(
                    events, _summed(who[hits], None, events.shape), _summed(who, share, events.shape), strict=True
                )
            ]
            for who, events in ((self.giver, self.giver_events), (self.receiver, self.receiver_events))
        ]
        of_hits, alone = self.kind[hits], self.kind[share >= 1]
        observed, certain, telling, chance_of_hits, squares = (
            np.bincount(kind, weights=weights, minlength=kinds)
            for kind, weights in (
                (of_hits, None), (alone, None), (self.kind, np.where(share < 1, share, 0)), (of_hits, share[hits]),
                (self.kind, np.square(share, dtype=np.float64)),
            )
        )  # fmt: skip
        shares = (one.astype(np.float64) for one in (certain + telling, telling, chance_of_hits, squares))
        sums = (observed, *shares)
        return [Chosen(*both) for both in zip(*(one.tolist() for one in sums), *sides, strict=True)]


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
    kind = np.zeros(len(np.asarray(hit)), dtype=np.int64)
    return Choices.read(kind, 1, giver, receiver).of(hit, chance)[0].ratio(level, least_expected, least_people)


def contrast(
    first: Events,
    second: Events,
    level: float = LEVEL,
    least_expected: float = LEAST_EXPECTED,
    least_people: int = LEAST_PEOPLE,
) -> RatioEstimate:
    """As ``contrast_of``, of (hit, chance, giver, receiver) each: other events, people by the same numbers."""
    kind = np.repeat([0, 1], [len(np.asarray(one[0])) for one in (first, second)])
    hit, chance, giver, receiver = (np.concatenate(both) for both in zip(first, second, strict=True))
    one, other = Choices.read(kind, 2, giver, receiver).of(hit, chance)
    return contrast_of(one, other, level, least_expected, least_people)


def contrast_of(
    first: Chosen,
    second: Chosen,
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
    nothing = RatioEstimate(first.observed, first.expected, None, None, None)
    if second.observed == 0 or not all(one.carries(least_expected, least_people) for one in (first, second)):
        return nothing
    if first.observed == 0:
        half = (1 + level) / 2
        above, below = (one.ratio(half, least_expected, least_people) for one in (first, second))
        if above.high is None or not below.low:
            return nothing
        return RatioEstimate(0, first.expected, 0.0, 0.0, above.high / below.low)
    variance = variance_of(
        _squared(first.influence(first.giver) - second.influence(second.giver)),
        _squared(first.influence(first.receiver) - second.influence(second.receiver)),
        first.single + second.single,
        min(first.giver.people, second.giver.people),
        min(first.receiver.people, second.receiver.people),
    )
    value = first.observed / first.expected / (second.observed / second.expected)
    return estimate(first.observed, first.expected, value, variance, min(first.degrees, second.degrees), level)


def _summed(who: Ints, weights: npt.NDArray[np.floating] | None, shape: tuple[int, ...]) -> Floats:
    sums = np.bincount(who, weights=weights, minlength=shape[0] * shape[1])
    return sums.astype(np.float64, copy=False).reshape(shape)


def _squared(influence: Floats) -> float:
    return float(np.einsum("i,i->", influence, influence))


def _effective(weights: Floats) -> float:
    """Effective number of clusters, (sum w)^2 / sum w^2."""
    return float(weights.sum()) ** 2 / _squared(weights)


def _blocks(of: OfPeople) -> float:
    """How many events stand and fall together with an expected one, if all of a cluster's do; at least one."""
    return max(1.0, float((of.events * of.chance).sum() / of.chance.sum()))
