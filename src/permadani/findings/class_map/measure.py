"""A network measured: rows read from the store, then classes, tenure and periods put to them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import duckdb
import numpy as np

from permadani.findings.class_map.members import Members, members_of
from permadani.findings.class_map.messages import (
    channel_posts,
    firsts_of,
    in_scope,
    left_out_rows,
    received_rows,
    second_rows,
    seen_of,
)
from permadani.findings.class_map.pairs import club_ties, tied_rows, ties_of
from permadani.findings.class_map.periods import By, Periods, periods_for
from permadani.findings.class_map.ranks import Ranks
from permadani.findings.class_map.rows import Measured, Rows, rows_where
from permadani.measures.class_map import OPENED, NetworkScope, drop, make, open_map, rows
from permadani.measures.judged import Column
from permadani.measures.seats import BLOCK, NOBODY_ASKED, Seats, seats_of
from permadani.measures.standings import Rungs, Standings, standings_of

STEPS = len(OPENED) + 6
AFTERWARDS_MB = 300
"""What DuckDB may hold once its rows are read: the findings need the memory."""
MESSAGE = ("number", "moment", "root", "opening", "why", "sure", "settled", "old", "followed_up", "answered")
Told = Callable[[], None]


@dataclass(frozen=True, slots=True)
class Network:
    """``second``, ``left_out``: as in ``messages``. ``posts``: by channel, and of how many all answers were observed,
    shape (channels,) each. ``ties``: of ``pairs``, if asked for. ``club``: ties between seniors."""

    seats: Seats
    members: Members
    ranks: dict[int, Ranks]
    calendar: Periods
    rows: Measured
    ties: Rows | None
    second: Rows
    left_out: Rows
    posts: tuple[Column, Column]
    club: int


def measured(
    connection: duckdb.DuckDBPyConnection,
    scope: NetworkScope,
    by: By | None,
    done: Told = lambda: None,
    *,
    keep_ties: bool = False,
) -> Network:
    """Each table is dropped, and each column forgotten, as soon as nothing needs it: there are millions."""
    open_map(connection, scope, done)
    seats = seats_of(connection)
    reshares = rows(connection, "reshare")
    standings = _standings(connection, seats, reshares)
    done()
    make(connection, "response")
    questions = rows(connection, "question")
    drop(connection, "response")
    messages = rows(connection, "message", MESSAGE)
    drop(connection, "answered")
    done()
    make(connection, "pair")
    drop(connection, "spoken")
    ties = ties_of(rows(connection, "tie"))
    done()
    approaches = rows(connection, "approach")
    drop(connection, "pair")
    connection.execute(f"SET memory_limit = '{AFTERWARDS_MB}MB'")
    done()

    seen = seen_of(messages, len(seats), scope)
    firsts = firsts_of(messages, seen, seats)
    members, ranks, rungs = members_of(seen, seats, standings)
    del standings
    calendar = periods_for(by, *_span(members))
    channels = len(seats.channel) and int(seats.channel.max()) + 1
    posts = channel_posts(messages, seats, channels, scope)
    second, left_out = second_rows(messages, firsts, seen, scope), left_out_rows(messages, scope)
    received = received_rows(messages, firsts, rungs, calendar, scope)
    received["channel"] = seats.channel[received["number"]]
    received["person"] = seats.person[received["number"]]
    del messages
    done()
    group = members.by_number(len(seats))
    found = Measured(
        received=received,
        approaches=_with_classes(approaches, rungs, calendar, asker="moment", target="moment"),
        questions=_with_classes(questions, rungs, calendar, asker="moment", replier="answered"),
        reshares=_with_classes(
            _asked_for(reshares, seats, scope), rungs, calendar, giver="moment", taker="written"
        ),
        tied=tied_rows(ties, seats, group),
        person=seats.person,
    )  # fmt: skip
    done()
    return Network(
        seats,
        members,
        ranks,
        calendar,
        found,
        ties if keep_ties else None,
        second,
        left_out,
        posts,
        club_ties(ties, seats, group),
    )


def _standings(connection: duckdb.DuckDBPyConnection, seats: Seats, reshares: Rows) -> Standings:
    """Where people are ranked by the network, who passes somebody on has heard them, too."""
    heard = rows(connection, "heard")
    taker = reshares["taker"]
    by_network = (seats.channel[taker] != NOBODY_ASKED) & ~seats.followed[taker]
    if by_network.any():
        also = rows_where(reshares, by_network)
        block = (also["moment"] // BLOCK).astype(np.int32)
        of = {"taker": also["taker"], "giver": also["giver"], "block": block}
        heard = {name: np.concatenate([heard[name], of[name]]) for name in of}
    return standings_of(seats, heard, rows(connection, "counted"))


def _asked_for(reshares: Rows, seats: Seats, scope: NetworkScope) -> Rows:
    """Those of the period, on the channels and between people asked for."""
    wanted = in_scope(reshares["moment"], scope) & (reshares["channel"] != NOBODY_ASKED)
    for side in ("giver", "taker"):
        wanted &= seats.channel[reshares[side]] != NOBODY_ASKED
    return reshares if wanted.all() else rows_where(reshares, wanted)


def _with_classes(found: Rows, rungs: Rungs, calendar: Periods, **moments: str) -> Rows:
    """The period of each row's ``moment``, and the class of each side (``asker_class`` ...) at the moment named."""
    classes = {f"{side}_class": rungs.at(found[side], found[moment]) & 3 for side, moment in moments.items()}
    return {**found, **classes, "period": calendar.of(found["moment"]).astype(np.int32)}


def _span(members: Members) -> tuple[int, int]:
    """From the first post to the last one."""
    return (int(members.since.min()), int(members.until.max())) if len(members.number) else (0, 0)
