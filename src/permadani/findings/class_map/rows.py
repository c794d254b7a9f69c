"""The measured rows of a network as columns: all that its findings read, people by number."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np

from permadani.measures.judged import Column
from permadani.statistics.order import by_number

Rows = dict[str, Column]


@dataclass(frozen=True, slots=True)
class Acts:
    """What people did towards others, with periods and classes.

    ``approaches``, ``questions``, ``reshares``: rows of ``approach.sql``, ``question.sql``, ``reshare.sql``. ``tied``:
    ties by the one who has them (``pairs.tied_rows``), ``club``: how many there are between seniors. ``person``: for
    the number of each seat the least number of the same person, shape (seats,).
    """

    approaches: Rows
    questions: Rows
    reshares: Rows
    tied: Rows
    club: int
    person: Column


def rows_by(found: Rows, column: str) -> Iterator[tuple[int, Rows]]:
    """The rows of each number in a column, in order; nothing of no rows."""
    for one, places in places_by(found[column]).items():
        yield one, rows_where(found, places)


def places_by(numbers: Column) -> dict[int, Column]:
    """The places of the rows of each number, in order; nothing of no rows. Numbers that lie close, as those of
    periods and channels do."""
    if not len(numbers):
        return {}
    first, last = int(numbers.min()), int(numbers.max())
    order, begins = by_number(numbers - first, last - first + 1)
    places = np.split(order, begins[1:-1])
    return {first + number: here for number, here in enumerate(places) if len(here)}


def rows_at(found: Rows, names: tuple[str, ...], places: Column | None) -> Rows:
    """Some columns of the rows at these places (None: of none)."""
    return {name: found[name][:0] if places is None else found[name][places] for name in names}


def joined(parts: Iterable[Rows]) -> Rows:
    """Rows one after the other; there is at least one part."""
    given = list(parts)
    return {name: np.concatenate([one[name] for one in given]) for name in given[0]}


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
