"""Everybody by number: a seat is a person on a channel, with all accounts of theirs there."""

from __future__ import annotations

from dataclasses import dataclass

import duckdb
import numpy as np

from permadani.measures.class_map import rows
from permadani.measures.judged import Column
from permadani.store.rows import number

BLOCK = 2_592_000_000_000
"""30 days in microseconds: a standing holds for a block of so long."""
NOBODY_ASKED = -1


@dataclass(frozen=True, slots=True)
class Seats:
    """One entry a number, shape (seats,). ``channel`` is -1 for who is on none of the channels asked for.

    ``followed``: ranked by followers, else by the network. ``base``: the standing where nothing else says more; -1
    unknown. ``first_block``, ``last_block``: when a standing can be known. ``weak``: a name without an account.
    ``person``: the least number of the same person's seats.
    """

    seat: Column
    channel: Column
    followed: Column
    base: Column
    first_block: Column
    last_block: Column
    weak: Column
    person: Column

    def __len__(self) -> int:
        return len(self.channel)


def seats_of(connection: duckdb.DuckDBPyConnection) -> Seats:
    """All of ``account.sql``, with what ``seated.sql`` knows of those asked for."""
    many = number(connection, "SELECT max(number) + 1 FROM account")
    found = rows(connection, "seated")
    who = found["number"]

    def by_number(values: Column, otherwise: int, kind: type = np.int64) -> Column:
        column: Column = np.full(many, otherwise, dtype=kind)
        column[who] = np.ma.filled(values, otherwise)
        return column

    person = np.arange(many, dtype=np.int32)
    linked = rows(connection, "numbered")
    person[linked["number"]] = linked["least"]
    return Seats(
        seat=by_number(found["seat"], 0),
        channel=by_number(found["channel"], NOBODY_ASKED, np.int32),
        followed=by_number(found["followed"], 0, np.bool_),
        base=by_number(found["base"], -1),
        first_block=by_number(-(-found["since"] // BLOCK), 0, np.int32),
        last_block=by_number(found["until"] // BLOCK, -1, np.int32),
        weak=by_number(found["weak"], 0, np.bool_),
        person=person,
    )
