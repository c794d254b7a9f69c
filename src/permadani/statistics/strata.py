"""Counts of events by person, class, class and stratum, and what they add up to for each person."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

CHUNK = 8192
"""So many people at once: their sums stay in the cache."""

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Side:
    """The events of those who gave, or of those who received.

    ``count``, ``cell``: shape (N,), in the order of people; ``cell`` is (stratum, source, to) as one number.
    ``begins``: shape (people + 1,), where the entries of each person begin, and the end. ``table``: all events, shape
    (strata, classes, classes).
    """

    begins: Ints
    cell: Ints
    count: Floats
    table: Floats

    @classmethod
    def read(
        cls,
        who: npt.ArrayLike,
        source: npt.ArrayLike,
        to: npt.ArrayLike,
        count: npt.ArrayLike,
        stratum: Ints,
        classes: int,
    ) -> Side:
        """All of shape (N,). ``stratum``: numbers from 0.

        Raises:
            ValueError: a class is not 0 <= class < ``classes``.
        """
        people, weight = np.asarray(who), np.asarray(count, dtype=np.float64)
        kinds = [np.asarray(one) for one in (source, to)]
        for one in kinds:
            if len(one) and not 0 <= int(one.min()) <= int(one.max()) < classes:
                raise ValueError("classes are numbers from 0 to one less than their number")
        cell = (stratum * classes + kinds[0].astype(np.int64)) * classes + kinds[1].astype(np.int64)
        strata = int(stratum.max()) + 1 if len(stratum) else 0
        table = np.bincount(cell, weights=weight, minlength=strata * classes**2).astype(np.float64)
        if not bool(np.all(people[1:] >= people[:-1])):
            order = np.argsort(people, kind="stable")
            people, cell, weight = people[order], cell[order], weight[order]
        begins = np.flatnonzero(people[1:] != people[:-1]) + 1
        ends = np.concatenate([[0], begins, [len(people)]]) if len(people) else np.zeros(1, dtype=np.int64)
        return cls(ends.astype(np.int64), cell, weight, table.reshape(strata, classes, classes))

    def sums(self, values: Floats) -> Iterator[Floats]:
        """For each person the sum of count x value, some people at a time: shape (some, columns).

        ``values``: of one event, shape (strata x classes x classes, columns).
        """
        from scipy.sparse import csr_array  # slow to load, and only the class map needs it

        for first in range(0, len(self.begins) - 1, CHUNK):
            begins = self.begins[first : first + CHUNK + 1]
            here = slice(int(begins[0]), int(begins[-1]))
            held = csr_array(
                (self.count[here], self.cell[here], begins - begins[0]), shape=(len(begins) - 1, len(values))
            )
            yield held @ values
