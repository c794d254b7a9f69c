"""Of 100 posts, how many anybody else answered: by class, tenure and followers, of all time and by period."""

from __future__ import annotations

from permadani.findings.results import Band, Reception, ReceptionBy
from permadani.measures.class_map import BANDS, CLASSES, TENURES
from permadani.measures.judged import Column
from permadani.statistics.intervals import ClusterSums, share_of_sums

LEAST_POSTS, LEAST_PEOPLE = 10, 5
"""Fewer posts, or of fewer people, carry no share (a convention)."""
ALL_TIME = -1
EVERYBODY, BY_CLASS, BY_TENURE, BY_BAND = range(4)
NOTHING = Reception(0, 0, 0, None, None, None)
Sums = dict[tuple[int, int, int], tuple[int, ...]]
"""By (period, kind, code): the sums of ``received_sum.sql``, first of all posts, then of those old enough."""


def sums_of(found: dict[str, Column]) -> Sums:
    """The rows of ``received_sum.sql`` by what they are about."""
    names = ("n", "hits", "people", "nn", "hh", "nh", "old", "in_time", "old_people", "oo", "tt", "ot")
    keys = zip(*(found[name].tolist() for name in ("period", "kind", "code")), strict=True)
    rows = zip(*([int(value) for value in found[name].tolist()] for name in names), strict=True)
    return dict(zip(keys, rows, strict=True))


def share(sums: ClusterSums) -> Reception:
    """A share with its interval, where so many posts of so many people carry one."""
    found = share_of_sums(sums)
    if found.n < LEAST_POSTS or found.clusters < LEAST_PEOPLE:
        return Reception(found.n, found.successes, found.clusters, None, None, None)
    return Reception(found.n, found.successes, found.clusters, found.rate, found.low, found.high)


def reception_by(sums: Sums, period: int = ALL_TIME) -> ReceptionBy:
    """Of all time: answered ever. Of a period: answered in time, of the posts that are old enough."""
    start = 0 if period == ALL_TIME else 6

    def cell(kind: int, code: int) -> Reception:
        row = sums.get((period, kind, code))
        return NOTHING if row is None else share(ClusterSums(*row[start : start + 6]))

    bands = tuple(Band(least, most, cell(BY_BAND, code)) for code, (least, most) in enumerate(BANDS))
    known = any((ALL_TIME, BY_BAND, code) in sums for code in range(len(BANDS)))
    return ReceptionBy(
        all=cell(EVERYBODY, 0),
        by_class={name: cell(BY_CLASS, code) for code, name in enumerate(CLASSES)},
        by_tenure={name: cell(BY_TENURE, code) for code, name in enumerate(TENURES)},
        by_followers=bands if known else None,
    )


def periods_of(sums: Sums) -> list[int]:
    """The numbers of all periods with posts, in order."""
    return sorted(period for period, kind, _ in sums if kind == EVERYBODY and period != ALL_TIME)
