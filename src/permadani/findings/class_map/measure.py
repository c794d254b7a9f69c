"""A network measured: rows read from the store, then classes, tenure and periods put to them."""

from __future__ import annotations

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
from permadani.findings.class_map.pairs import club_ties, tied_rows
from permadani.findings.class_map.periods import By, Periods, periods_for
from permadani.findings.class_map.ranks import Ranks
from permadani.findings.class_map.reading import STEPS as READING_STEPS
from permadani.findings.class_map.reading import Told, readings
from permadani.findings.class_map.rows import Measured, Rows, rows_where
from permadani.measures.class_map import NetworkScope
from permadani.measures.judged import Column
from permadani.measures.seats import NOBODY_ASKED, Seats
from permadani.measures.standings import Rungs

STEPS = READING_STEPS + 2


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
    connection: duckdb.DuckDBPyConnection, scope: NetworkScope, by: By | None, done: Told = lambda: None, *,
    keep_ties: bool = False,
) -> Network:  # fmt: skip
    """Read and count a network. ``done``: told of each of ``STEPS``. ``keep_ties``: for a graph of accounts."""
    found = readings(connection, scope, done)
    seats, messages = found.seats, found.messages
    seen = seen_of(messages, len(seats), scope)
    firsts = firsts_of(messages, seen, seats)
    members, ranks, rungs = members_of(seen, seats, found.standings)
    calendar = periods_for(by, *_span(members))
    received = received_rows(messages, firsts, rungs, calendar, scope)
    received["channel"], received["person"] = (of[received["number"]] for of in (seats.channel, seats.person))
    second, left_out = second_rows(messages, firsts, seen, scope), left_out_rows(messages, scope)
    posts = channel_posts(messages, seats, int(seats.channel.max(initial=-1)) + 1, scope)
    done()
    group = members.by_number(len(seats))
    approaches = _between(found.approaches, seats, "asker", "target")
    reshares = _asked_for(found.reshares, seats, scope)
    rows = Measured(
        received=received,
        approaches=_with_classes(approaches, rungs, calendar, asker="moment", target="moment"),
        questions=_with_classes(found.questions, rungs, calendar, asker="moment", replier="answered"),
        reshares=_with_classes(reshares, rungs, calendar, giver="moment", taker="written"),
        tied=tied_rows(found.ties, seats, group),
        person=seats.person,
    )
    done()
    return Network(
        seats=seats, members=members, ranks=ranks, calendar=calendar, rows=rows, ties=found.ties if keep_ties else None,
        second=second, left_out=left_out, posts=posts, club=club_ties(found.ties, seats, group),
    )  # fmt: skip


def _asked_for(reshares: Rows, seats: Seats, scope: NetworkScope) -> Rows:
    """Those of the period, on the channels and between people asked for."""
    wanted = in_scope(reshares["moment"], scope) & (reshares["channel"] != NOBODY_ASKED)
    return _between(reshares if wanted.all() else rows_where(reshares, wanted), seats, "giver", "taker")


def _between(found: Rows, seats: Seats, one: str, other: str) -> Rows:
    """The rows of which both sides are people on the channels asked for."""
    if (seats.channel != NOBODY_ASKED).all():
        return found
    asked = seats.channel != NOBODY_ASKED
    return rows_where(found, asked[found[one]] & asked[found[other]])


def _with_classes(found: Rows, rungs: Rungs, calendar: Periods, **moments: str) -> Rows:
    """The period of each row's ``moment``, and the class of each side (``asker_class`` ...) at the moment named."""
    classes = {f"{side}_class": rungs.at(found[side], found[moment]) & 3 for side, moment in moments.items()}
    return {**found, **classes, "period": calendar.of(found["moment"]).astype(np.int32)}


def _span(members: Members) -> tuple[int, int]:
    """From the first post to the last one."""
    return (int(members.since.min()), int(members.until.max())) if len(members.number) else (0, 0)
