"""Whether newcomers write a second time, by whether their first post was answered. No proof of cause."""

from __future__ import annotations

from permadani.findings.class_map.reception import LEAST_PEOPLE, LEAST_POSTS
from permadani.findings.results import Estimate, Reception, SecondPost
from permadani.measures.judged import Column
from permadani.statistics.intervals import ClusterSums, Share, difference, share_of_sums


def second_post(found: dict[str, Column]) -> SecondPost:
    """``found``: of ``messages.second_rows``. Everybody counts once, so every person is a cluster of one."""
    shares = {}
    for answered in (1, 0):
        mask = found["answered"] == answered
        people, again = int(found["people"][mask].sum()), int(found["again"][mask].sum())
        shares[answered] = share_of_sums(ClusterSums(people, again, people, people, again, again))
    told = None
    if all(_carries(one) for one in shares.values()):
        apart = difference(shares[1], shares[0])
        told = None if apart is None else Estimate(*apart)
    return SecondPost(_said(shares[1]), _said(shares[0]), told)


def _carries(share: Share) -> bool:
    return share.n >= max(LEAST_POSTS, LEAST_PEOPLE)


def _said(share: Share) -> Reception:
    if not _carries(share):
        return Reception(share.n, share.successes, share.clusters, None, None, None)
    return Reception(share.n, share.successes, share.clusters, share.rate, share.low, share.high)
