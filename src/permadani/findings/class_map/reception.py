"""Of 100 posts, how many anybody else answered: by class, tenure and followers, of all time and by period."""

from __future__ import annotations

import numpy as np

from permadani.findings.class_map.rows import Rows
from permadani.findings.results import Band, Reception, ReceptionBy
from permadani.measures.class_map import BANDS, CLASSES, TENURES
from permadani.measures.judged import Column
from permadani.statistics.intervals import ClusterSums, share_of_sums
from permadani.statistics.order import ranks

LEAST_POSTS, LEAST_PEOPLE = 10, 5
"""Fewer posts, or of fewer people, carry no share (a convention). People as they weigh, (sum m)^2 / sum m^2: one who
writes most of it does not pass for many."""
READ = ("person", "class", "tenure", "band", "posts", "answered", "old", "in_time")
"""The columns of posts that a reception is told of."""
Counts = tuple[Column, Column]


def share(sums: ClusterSums) -> Reception:
    """A share with its interval, where so many posts of so many people carry one."""
    found = share_of_sums(sums)
    if found.n < LEAST_POSTS or found.n * found.n < LEAST_PEOPLE * sums.sizes_squared:
        return Reception(found.n, found.successes, found.clusters, None, None, None)
    return Reception(found.n, found.successes, found.clusters, found.rate, found.low, found.high)


def reception_by(rows: Rows, *, in_time: bool = False, followed: bool, openings: bool = False) -> ReceptionBy:
    """Answered ever, of all posts; or ``in_time``, of those that are old enough.

    ``rows``: of ``messages.received_rows``. ``followed``: whether anybody's followers are known. ``openings``: those
    posts that begin a conversation also by themselves.
    """
    sizes, hits = (rows["old"], rows["in_time"]) if in_time else (rows["posts"], rows["answered"])
    person, people = ranks(rows["person"])

    def counts(column: str, kinds: int) -> Counts:
        return by_person(person, people, rows[column], kinds, sizes, hits)

    def cells(of: Counts) -> list[Reception]:
        return [share(sums_of(m, s)) for m, s in zip(*of, strict=True)]

    of_class = counts("class", len(CLASSES))
    bands = cells(counts("band", len(BANDS) + 1))[: len(BANDS)] if followed else []
    return ReceptionBy(
        all=share(sums_of(*(one.sum(axis=0) for one in of_class))),
        by_class=dict(zip(CLASSES, cells(of_class), strict=True)),
        by_tenure=dict(zip(TENURES, cells(counts("tenure", len(TENURES))), strict=True)),
        by_followers=tuple(Band(*ends, one) for ends, one in zip(BANDS, bands, strict=True)) if followed else None,
        openings=reception_by(_openings(rows), in_time=in_time, followed=followed) if openings else None,
    )


def _openings(rows: Rows) -> Rows:
    places = np.flatnonzero(rows["opening"] == 1)
    return {name: values[places] for name, values in rows.items() if name in READ}


def by_person(
    person: Column, people: int, codes: Column, kinds: int, sizes: Column, hits: Column
) -> tuple[Column, Column]:
    """What each kind and person has, ``sizes`` and ``hits``, both of shape (kinds, people).

    ``person`` (from 0 on), ``codes`` (the kind): of shape (n,) like these.
    """
    key = codes.astype(np.int64)
    key *= people
    key += person
    m, s = (
        np.bincount(key, weights=values, minlength=kinds * people).reshape(kinds, people) for values in (sizes, hits)
    )
    return m, s


def sums_of(sizes: Column, hits: Column) -> ClusterSums:
    """Of one kind over its people, both of shape (people,)."""
    m, s = (of.astype(np.float64, copy=False) for of in (sizes, hits))  # whole, and multiplied ten times as fast so
    squares = (np.einsum("i,i->", one, other) for one, other in ((m, m), (s, s), (m, s)))
    sums = (m.sum(), s.sum(), np.count_nonzero(m), *squares)
    return ClusterSums(*(round(float(value)) for value in sums))


def knows_followers(rows: Rows) -> bool:
    """Whether the followers of anybody who posted are known; ``rows``: as above."""
    return bool((rows["band"] < len(BANDS)).any())
