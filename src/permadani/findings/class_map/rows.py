"""The measured rows of a network as columns: all that its findings read, people by number."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import duckdb
import numpy as np

from permadani.measures.class_map import columns, rows
from permadani.measures.judged import Column
from permadani.store.rows import number

Rows = dict[str, Column]
AFTERWARDS_MB = 300
"""What DuckDB may hold once its rows are read."""


@dataclass(frozen=True, slots=True)
class Measured:
    """Rows of ``received.sql`` (with the channel), ``approach.sql``, ``question.sql``, ``reshare.sql``, ``tied.sql``.

    ``person``: for the number of each seat the least number of the same person, shape (seats,).
    """

    received: Rows
    approaches: Rows
    questions: Rows
    reshares: Rows
    tied: Rows
    person: Column


def measured(connection: duckdb.DuckDBPyConnection) -> Measured:
    """Read once, after which DuckDB may keep little of them: the findings need the memory.

    Sums of fractions hang on their order in the last digit, and the engine has none: so it is given where it matters.
    """
    person = _people(connection)
    channel = columns(connection, "SELECT channel FROM seated ORDER BY number")["channel"]
    received = columns(connection, "SELECT * FROM received ORDER BY number, period, opening, class, tenure, band")
    received["channel"] = channel[received["number"]]
    received["person"] = person[received.pop("number")]
    approaches, questions, reshares, tied = (
        rows(connection, name) for name in ("approach", "question", "reshare", "tied")
    )
    found = Measured(received, approaches, questions, reshares, tied, person)
    connection.execute(f"SET memory_limit = '{AFTERWARDS_MB}MB'")
    return found


def _people(connection: duckdb.DuckDBPyConnection) -> Column:
    person = np.arange(number(connection, "SELECT count(*) FROM seated"), dtype=np.int32)
    linked = rows(connection, "numbered")
    person[linked["number"]] = linked["least"]
    return person


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
