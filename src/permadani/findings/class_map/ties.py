"""Ties between people, and how many of them are returned."""

from __future__ import annotations

import numpy as np

from permadani.findings.class_map.reception import LEAST_PEOPLE, LEAST_POSTS
from permadani.findings.results import Reciprocity
from permadani.measures.judged import Column
from permadani.statistics.intervals import cluster_sums, share_of_sums


def reciprocity(people: int, given: Column, returned: Column) -> Reciprocity:
    """``people``: everybody in a tie. ``given``, ``returned``: by the one from whom the ties go out, shape (n,).

    Clustered by who ties; None for fewer ties or people than carry a share.
    """
    mask = given > 0
    sizes, hits = given[mask].astype(np.float64), returned[mask].astype(np.float64)
    if int(sizes.sum()) < LEAST_POSTS or len(sizes) < LEAST_PEOPLE:
        return Reciprocity(int(sizes.sum()), int(hits.sum()), people, None, None, None)
    found = share_of_sums(cluster_sums(hits, sizes))
    return Reciprocity(found.n, found.successes, people, found.rate, found.low, found.high)
