"""The measured rows of one subject as columns, for the statistics."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import duckdb
import numpy as np
import numpy.typing as npt

from permadani.measures.network import DAY

Column = npt.NDArray[Any]
FLOATS = frozenset({"regular", "standing", "waited", "watched", "language_match", "left", "elsewhere"})
"""Columns that may be unknown: NaN."""


@dataclass(frozen=True, slots=True)
class Judged:
    """One entry an approach, all columns of shape (n,). Times and waits in microseconds; NaN: no answer, unknown.

    ``regular``: 1.0, or 0.0 for the first approach ever; NaN where an earlier one may lie before what is known.
    ``answered``: within the window; ``late``: after it. ``eligible``: old enough, and the subject was around.
    ``via``: reply, comment, to or mention. ``language_match``: 1.0 where it is in the language that the account mostly
    writes, 0.0 in another, NaN where either is unknown. ``prior_contact``: the account had addressed that asker before,
    anywhere. ``left``: when (after its arrival) it ceased to wait without being chosen; NaN: never.
    ``elsewhere``: when it wrote to everybody in that thread, its own, or addressed the asker anywhere; NaN: never.
    """

    object: Column
    asker: Column
    thread: Column
    channel: Column
    moment: Column
    year: Column
    regular: Column
    substance: Column
    standing: Column
    dated: Column
    weak: Column
    eligible: Column
    reached: Column
    ripe: Column
    answered: Column
    late: Column
    structural: Column
    joined_in_time: Column
    joined_ever: Column
    anywhere: Column
    waited: Column
    watched: Column
    acknowledged: Column
    via: Column
    language_match: Column
    prior_contact: Column
    left: Column
    elsewhere: Column

    def __len__(self) -> int:
        return len(self.object)

    @property
    def tenure(self) -> Column:
        """Newcomer, regular or unknown, shape (n,)."""
        regular = self.regular.astype(np.float64)
        return np.where(np.isnan(regular), "unknown", np.where(regular > 0, "regular", "newcomer"))

    def too_young(self, window: int) -> Column:
        """Whether the window (in microseconds) is not over yet where what was observed ends, shape (n,)."""
        return ~self.ripe.astype(bool) & (self.watched >= 0) & (self.watched < window)

    def unobserved(self, window: int) -> Column:
        """Whether it lies before or behind what was observed, or in a gap of it, shape (n,)."""
        return ~self.ripe.astype(bool) & ~self.too_young(window)

    def where(self, mask: Column) -> Judged:
        """The rows for which ``mask`` holds."""
        return Judged(*(getattr(self, name)[mask] for name in self.__slots__))


def judged_rows(connection: duckdb.DuckDBPyConnection, window: int) -> dict[int, Judged]:
    """All subjects' approaches on channels where both directions are covered, by subject."""
    rows = connection.execute(
        """SELECT j.subject, j.object, j.asker, j.thread, j.channel, j.moment, year(make_timestamp(j.moment)) AS year,
               j.regular, j.substance, j.standing, coalesce(j.dated, false) AS dated, j.weak, j.reached, j.ripe,
               j.matched_by IS NOT NULL AND j.waited <= $window AS answered,
               coalesce(j.waited > $window, false) AS late,
               coalesce(j.matched_by = 'structural', false) AS structural,
               j.joined_in_time, j.joined_ever, j.anywhere, j.waited, c.ends - j.moment AS watched, j.acknowledged,
               j.via, j.language_match, j.prior_contact, NULL::DOUBLE AS "left", j.elsewhere
           FROM judged j JOIN span c ON c.subject = j.subject AND c.channel = j.channel
           WHERE c.inbound <> 'none' AND c.outbound <> 'none'
           ORDER BY j.subject, j.moment, j.object""",
        {"window": window},
    ).fetchnumpy()
    columns = {name: plain_column(name, values) for name, values in rows.items()}
    subjects = columns.pop("subject")
    result = {}
    for subject in np.unique(subjects):
        of = {name: values[subjects == subject] for name, values in columns.items()}
        result[int(subject)] = Judged(eligible=of["ripe"] & of["reached"], **of)
    return result


def plain_column(name: str, values: Any) -> Column:
    """A column as DuckDB gives it without its mask: NaN or false where unknown."""
    if name in FLOATS:
        return np.ma.filled(np.ma.asarray(values).astype(np.float64), np.nan)
    return np.ma.filled(values, False) if np.ma.isMaskedArray(values) else np.asarray(values)


def hours(microseconds: float | None) -> float | None:
    """Microseconds in hours, rounded to a minute."""
    return None if microseconds is None else round(microseconds / DAY * 24, 2)
