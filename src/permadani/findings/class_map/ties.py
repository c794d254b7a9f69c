"""Ties between people, and how many of them are returned."""

from __future__ import annotations

import numpy as np

from permadani.findings.class_map.reception import LEAST_PEOPLE, LEAST_POSTS
from permadani.findings.class_map.rows import close_ranks
from permadani.findings.results import Reciprocity
from permadani.measures.judged import Column
from permadani.statistics.intervals import cluster_sums, share_of_sums


def reciprocity(people: int, person: Column, given: Column, returned: Column) -> Reciprocity:
    """``people``: everybody in a tie. ``given``, ``returned``: by the one from whom the ties go out (``person``), shape
    (n,); one with several accounts is one.

    Clustered by who ties; None for fewer ties or people than carry a share.
    """
    ranks = close_ranks(person)
    all_given, all_returned = (np.bincount(ranks, weights=values).astype(np.float64) for values in (given, returned))
    sizes, hits = all_given[all_given > 0], all_returned[all_given > 0]
    if sizes.sum() < LEAST_POSTS or sizes.sum() ** 2 < LEAST_PEOPLE * (sizes**2).sum():
        return Reciprocity(int(sizes.sum()), int(hits.sum()), people, None, None, None)
    found = share_of_sums(cluster_sums(hits, sizes))
    return Reciprocity(found.n, found.successes, people, found.rate, found.low, found.high)
