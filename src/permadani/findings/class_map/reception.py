"""Of 100 posts, how many anybody else answered: by class, tenure and followers, of all time and by period."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from permadani.findings.class_map.rows import Rows, close_ranks, rows_where
from permadani.findings.results import Band, Reception, ReceptionBy
from permadani.measures.class_map import BANDS, CLASSES, TENURES
from permadani.measures.judged import Column
from permadani.statistics.intervals import ClusterSums, share_of_sums

LEAST_POSTS, LEAST_PEOPLE = 10, 5
"""Fewer posts, or of fewer people, carry no share (a convention). People as they weigh, (sum m)^2 / sum m^2: one who
writes most of it does not pass for many."""


def share(sums: ClusterSums) -> Reception:
    """A share with its interval, where so many posts of so many people carry one."""
    found = share_of_sums(sums)
    if found.n < LEAST_POSTS or found.n * found.n < LEAST_PEOPLE * sums.sizes_squared:
        return Reception(found.n, found.successes, found.clusters, None, None, None)
    return Reception(found.n, found.successes, found.clusters, found.rate, found.low, found.high)


def reception_by(rows: Rows, *, in_time: bool = False, followed: bool, openings: bool = False) -> ReceptionBy:
    """Answered ever, of all posts; or ``in_time``, of those that are old enough.

    ``rows``: of ``received.sql``. ``followed``: whether anybody's followers are known. ``openings``: those posts that
    begin a conversation also by themselves.
    """
    sizes, hits = (rows["old"], rows["in_time"]) if in_time else (rows["posts"], rows["answered"])
    person = close_ranks(rows["person"])

    def cells(codes: Column | None, kinds: int) -> list[Reception]:
        return [share(one) for one in grouped(person, codes, kinds, sizes, hits)]

    bands = cells(rows["band"], len(BANDS) + 1)[: len(BANDS)]
    return ReceptionBy(
        all=cells(None, 1)[0],
        by_class=dict(zip(CLASSES, cells(rows["class"], len(CLASSES)), strict=True)),
        by_tenure=dict(zip(TENURES, cells(rows["tenure"], len(TENURES)), strict=True)),
        by_followers=tuple(Band(*ends, one) for ends, one in zip(BANDS, bands, strict=True)) if followed else None,
        openings=reception_by(rows_where(rows, rows["opening"] == 1), in_time=in_time, followed=followed)
        if openings
        else None,
    )


def grouped(
    person: Column, codes: Column | None, kinds: int, sizes: Column | None, hits: Column
) -> Iterator[ClusterSums]:
    """The sums of each kind over its people, all of shape (n,). ``person``: from 0 on. ``sizes`` None: one each."""
    people = int(person.max()) + 1 if len(person) else 0
    key = person if codes is None else codes.astype(np.int64) * people + person
    of = [np.bincount(key, weights=values, minlength=kinds * people).reshape(kinds, people) for values in (sizes, hits)]
    for m, s in zip(*of, strict=True):
        sums = (m.sum(), s.sum(), np.count_nonzero(m), (m * m).sum(), (s * s).sum(), (s * m).sum())
        yield ClusterSums(*(round(float(value)) for value in sums))


def knows_followers(rows: Rows) -> bool:
    """Whether the followers of anybody who posted are known; ``rows``: of ``received.sql``."""
    return bool((rows["band"] < len(BANDS)).any())
