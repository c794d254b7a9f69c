"""The measured rows of a network as columns: all that its findings read, people by number."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from permadani.measures.judged import Column

Rows = dict[str, Column]


@dataclass(frozen=True, slots=True)
class Measured:
    """All that findings read.

    ``received``: posts by person, period and kind (``messages.received_rows``). ``approaches``, ``questions``,
    ``reshares``: rows of ``approach.sql``, ``question.sql``, ``reshare.sql``, with periods and classes. ``tied``: ties
    by the one who has them (``ties.tied_rows``). ``person``: for the number of each seat the least number of the same
    person, shape (seats,).
    """

    received: Rows
    approaches: Rows
    questions: Rows
    reshares: Rows
    tied: Rows
    person: Column


def by_period(found: Rows) -> Iterator[tuple[int, Rows]]:
    """The rows of each period, in order; nothing of no rows."""
    return rows_by(found, "period")


def rows_by(found: Rows, column: str) -> Iterator[tuple[int, Rows]]:
    """The rows of each number in a column, in order; nothing of no rows."""
    if not len(found[column]):
        return
    order = np.argsort(found[column], kind="stable")
    numbers, start = np.unique(found[column][order], return_index=True)
    for one, places in zip(numbers, np.split(order, start[1:]), strict=True):
        yield int(one), rows_where(found, places)


def rows_where(found: Rows, mask: Column) -> Rows:
    """The rows for which ``mask`` holds, or at these places."""
    return {name: values[mask] for name, values in found.items()}


def different(numbers: Column) -> Column:
    """The different numbers, ascending; those of people lie so close that counting finds them faster than sorting."""
    if not len(numbers):
        return numbers
    return np.nonzero(np.bincount(numbers))[0]


def close_ranks(numbers: Column) -> Column:
    """The same people under numbers without many gaps, shape (n,): sums by person then need little memory."""
    if not len(numbers) or int(numbers.max()) < 4 * len(numbers):
        return numbers
    return np.unique(numbers, return_inverse=True)[1]
