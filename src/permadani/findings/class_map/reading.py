"""What is read from the store for a map: rows by number, and what can be made of them before classes are known."""

from __future__ import annotations

from concurrent.futures import Executor
from dataclasses import dataclass
from itertools import accumulate

import duckdb
import numpy as np

from permadani.findings.class_map.pairs import ties_of
from permadani.findings.class_map.rows import Rows, rows_where
from permadani.findings.class_map.standings import COUNT, SECOND, Standings, standings_of
from permadani.measures.class_map import OPENED, NetworkScope, Told, drop, make, open_map, rows
from permadani.measures.seats import BLOCK, NOBODY_ASKED, Seats, seats_of

STEPS = len(OPENED) + 4
PACKED = {"why": 3, "sure": 1, "opening": 1, "settled": 2, "old": 1, "followed_up": 1, "answered": 2}
"""Small columns of a message, and their bits: they come out of DuckDB as one number, in half the memory."""
APART_MB, AFTERWARDS_MB = 250, 100
"""What DuckDB may hold once pairs are read, and once all is: by then NumPy needs the memory."""


@dataclass(frozen=True, slots=True)
class Readings:
    """Rows of ``message.sql``, ``approach.sql``, ``question.sql`` and ``reshare.sql``; ``ties``: of ``pairs``."""

    seats: Seats
    messages: Rows
    approaches: Rows
    questions: Rows
    reshares: Rows
    ties: Rows


def readings(
    connection: duckdb.DuckDBPyConnection, scope: NetworkScope, beside: Executor, done: Told = lambda: None
) -> tuple[Readings, Standings]:
    """Each table is dropped as soon as nothing needs it: there are millions of rows.

    ``beside``: where NumPy works while DuckDB does. ``done``: told of each of ``STEPS``.
    """
    open_map(connection, scope, done)
    seats = seats_of(connection)
    reshares = rows(connection, "reshare")
    heard = _heard(connection, reshares, seats)
    standings = beside.submit(standings_of, seats, heard, _counted(connection))
    del heard
    done()
    for name in ("answered", "pair"):
        make(connection, name)
    drop(connection, "spoken")
    ties = beside.submit(ties_of, rows(connection, "tie"))
    approaches = rows(connection, "approach")
    drop(connection, "pair")
    done()
    _allow(connection, APART_MB)
    for name in ("message", "response"):
        make(connection, name)
    questions, messages = rows(connection, "question"), _messages(connection)
    drop(connection, "answered", "response")
    _allow(connection, AFTERWARDS_MB)
    done()
    found = Readings(seats, messages, approaches, questions, reshares, ties.result()), standings.result()
    done()
    return found


def _heard(connection: duckdb.DuckDBPyConnection, reshares: Rows, seats: Seats) -> list[Rows]:
    """Where people are ranked by the network, who passes somebody on has heard them, too."""
    taker = reshares["taker"]
    by_network = (seats.channel[taker] != NOBODY_ASKED) & ~seats.followed[taker]
    also = rows_where({name: reshares[name] for name in ("taker", "giver", "moment")}, by_network)
    found = [rows(connection, "heard"), also]
    for one in found:
        one["block"] = (one.pop("moment") // BLOCK).astype(np.int32)
    return found


def _counted(connection: duckdb.DuckDBPyConnection) -> Rows:
    """Follower counts by block, packed under the second in it."""
    found = rows(connection, "counted")
    observed, followers = found.pop("observed"), found.pop("followers")
    found["block"] = (observed // BLOCK).astype(np.int32)
    observed %= BLOCK
    observed //= SECOND
    found["seen"] = observed << COUNT | followers
    return found


def _allow(connection: duckdb.DuckDBPyConnection, megabytes: int) -> None:
    connection.execute(f"SET memory_limit = '{megabytes}MB'")


def _messages(connection: duckdb.DuckDBPyConnection) -> Rows:
    shifts = dict(zip(PACKED, accumulate(PACKED.values(), initial=0), strict=False))
    packed = " + ".join(f"{name} * {1 << shift}" for name, shift in shifts.items())
    found = rows(connection, "message", ("number", "moment", "root", f"cast({packed} AS SMALLINT) AS packed"))
    state = found.pop("packed")
    for name, bits in PACKED.items():
        found[name] = (state >> shifts[name] & (1 << bits) - 1).astype(np.int8)
    return found
