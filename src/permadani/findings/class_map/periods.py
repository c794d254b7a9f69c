"""Calendar months and years: which of them each day belongs to, and from when to when each lasts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from permadani.measures.judged import Column
from permadani.measures.network import DAY

By = Literal["month", "year"]
MOST_COMPARED = 8
"""With more periods than so many, searching is faster than comparing with every one."""
LONGEST_BY_MONTH = 36
"""A longer time is told by year, unless asked for by month."""


@dataclass(frozen=True, slots=True)
class Periods:
    """Months or years by number: those since 1970, of a month or a year each."""

    by: By

    @property
    def _unit(self) -> str:
        return "datetime64[M]" if self.by == "month" else "datetime64[Y]"

    def numbers(self, days: Column) -> Column:
        """The number of the period of each day since 1970, shape (n,)."""
        return days.astype("datetime64[D]").astype(self._unit).astype(np.int64)

    def of(self, moments: Column) -> Column:
        """The number of the period of each moment (microseconds UTC), shape (n,)."""
        if not len(moments):
            return np.zeros(0, dtype=np.int32)
        least, greatest = self.numbers(np.array([moments.min(), moments.max()]) // DAY)
        later = self._start(np.arange(least + 1, greatest + 1)).astype("datetime64[us]").astype(np.int64)
        if len(later) > MOST_COMPARED:
            return np.asarray(np.searchsorted(later, moments, side="right") + least, dtype=np.int32)
        found = np.full(len(moments), least, dtype=np.int32)
        for beginning in later:
            found += moments >= beginning
        return found

    def name(self, number: int) -> str:
        """``2015-04`` or ``2015``."""
        return str(self._start(number).astype(self._unit))

    def bounds(self, number: int) -> tuple[str, str]:
        """Its first and last day."""
        return str(self._start(number)), str(self._start(number + 1) - np.timedelta64(1, "D"))

    def _start(self, number: int | Column) -> Column:
        return np.asarray(number, dtype=np.int64).astype(self._unit).astype("datetime64[D]")

    def years(self, numbers: Column) -> Column:
        """Each period's place in time, in years, shape (n,)."""
        return numbers / (12.0 if self.by == "month" else 1.0)


def periods_for(by: By | None, since: int, until: int) -> Periods:
    """As asked for; else months where the time from ``since`` to ``until`` (microseconds UTC) is short enough."""
    if by is not None:
        return Periods(by)
    months = Periods("month").numbers(np.array([since, until]) // DAY)
    return Periods("month" if months[1] - months[0] < LONGEST_BY_MONTH else "year")
