"""Posts: when everybody was first seen, how new they were with each, and which posts were answered."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from permadani.findings.class_map.periods import Periods
from permadani.findings.class_map.rows import Rows, rows_where
from permadani.measures.class_map import TENURES, WHY_NONE, NetworkScope
from permadani.measures.judged import Column
from permadani.measures.network import DAY, SETTLING_DAYS
from permadani.measures.seats import Seats
from permadani.measures.standings import UNKNOWN, Rungs
from permadani.statistics.packed import begins

NEVER = np.iinfo(np.int64).max
COMING_BACK = 90 * DAY
NEWCOMER, REGULAR, TENURE_UNKNOWN = range(len(TENURES))
SETTLED_UNKNOWN, UNSETTLED, _, SINCE_FIRST = range(4)
"""How long everybody is known, by the numbers of ``message.sql``."""
SPAM, AUTOMATIC = WHY_NONE.index("spam"), WHY_NONE.index("automatic")


@dataclass(frozen=True, slots=True)
class Seen:
    """When each seat first wrote anything but spam and automatic messages (``arrived``; NEVER), and its first and last
    post of the period (``last_post`` -NEVER: none); shape (seats,) each."""

    arrived: Column
    first_post: Column
    last_post: Column


def seen_of(messages: Rows, seats: int, scope: NetworkScope) -> Seen:
    """``messages``: rows of ``message.sql``."""
    arrived, first, last = (np.full(seats, value) for value in (NEVER, NEVER, -NEVER))
    theirs = _where(messages, _by_people(messages["why"]), "number", "moment")
    np.minimum.at(arrived, *theirs)
    posts = _where(messages, post_mask(messages, scope), "number", "moment")
    np.minimum.at(first, *posts)
    np.maximum.at(last, *posts)
    return Seen(arrived, first, last)


def post_mask(messages: Rows, scope: NetworkScope) -> Column:
    """Which messages are posts of the period."""
    return np.asarray((messages["why"] == 0) & in_scope(messages["moment"], scope))


def in_scope(moment: Column, scope: NetworkScope) -> Column:
    """Which moments lie in the period asked for."""
    return np.asarray((moment >= scope.since) & (moment <= scope.until))


@dataclass(frozen=True, slots=True)
class Firsts:
    """Messages by those who were not there before, at ``places`` among all: the first of each."""

    places: Column
    tenure: Column


def firsts_of(messages: Rows, seen: Seen, seats: Seats) -> Firsts:
    """Whether each first message is a newcomer's: not where history begins too short a time before, nor where several
    of a person share the first moment, as nobody knows which came first."""
    number = messages["number"]
    places = np.flatnonzero((messages["moment"] <= seen.arrived[number]) & _by_people(messages["why"]))
    number, settled = number[places], messages["settled"][places]
    beginning = np.full(int(seats.channel.max(initial=-1)) + 2, NEVER)  # the last is of who is on none
    np.minimum.at(beginning, seats.channel, seen.arrived)
    early = seen.arrived[number] < beginning[seats.channel[number]] + SETTLING_DAYS * DAY
    unknown = (settled == SETTLED_UNKNOWN) | (settled == UNSETTLED) | ((settled == SINCE_FIRST) & early)
    new = np.bincount(number[~unknown], minlength=len(seats))
    unknown |= new[number] > 1
    return Firsts(places, np.where(unknown, TENURE_UNKNOWN, NEWCOMER).astype(np.int8))


def received_rows(messages: Rows, firsts: Firsts, rungs: Rungs, calendar: Periods, scope: NetworkScope) -> Rows:
    """Posts of the period by author (``number``), period, whether they begin a conversation, class, tenure and band:
    how many, how many anybody else answered, and within the window, and which are old enough for that."""
    tenure = np.where(messages["settled"] == SETTLED_UNKNOWN, TENURE_UNKNOWN, REGULAR).astype(np.int8)
    tenure[firsts.places] = firsts.tenure
    wanted = post_mask(messages, scope)
    number, moment, opening, old, answered, tenure = (
        column if wanted.all() else column[wanted]
        for column in (*(messages[name] for name in ("number", "moment", "opening", "old", "answered")), tenure)
    )
    period = calendar.of(moment)
    first = int(period.min(initial=0))
    kinds = (int(period.max(initial=0)) - first + 1, 2, len(TENURES), UNKNOWN + 1, 2, 2, 2)
    key = number.astype(np.int64)
    of = (period - first, opening, tenure, rungs.at(number, moment), answered > 0, old, (old == 1) & (answered == 2))
    for values, many in zip(of, kinds, strict=True):
        key *= many
        key += values
    key.sort()
    cell = key >> 3
    start = begins(cell)
    sums = [np.add.reduceat((key >> bit) & 1, start) if len(start) else start for bit in (2, 1, 0)]
    found = {}
    cell = cell[start]
    for name, many in zip(("rung", "tenure", "opening", "period"), kinds[3::-1], strict=True):
        cell, found[name] = np.divmod(cell, many)
    rung = found.pop("rung").astype(np.int8)
    return {
        "number": cell, "period": found["period"] + first, "opening": found["opening"].astype(np.int8),
        "class": rung & 3, "tenure": found["tenure"].astype(np.int8), "band": rung >> 2,
        "posts": np.diff(start, append=len(key)), "answered": sums[0], "old": sums[1], "in_time": sums[2],
    }  # fmt: skip


def second_rows(messages: Rows, firsts: Firsts, seen: Seen, scope: NetworkScope) -> Rows:
    """People whose first post on a channel was that of a newcomer, long enough ago: how many, by whether it was
    answered in time, and how many of these wrote in a second conversation within 90 days."""
    post = rows_where(messages, firsts.places)
    post = rows_where(post, (firsts.tenure == NEWCOMER) & post_mask(post, scope) & (post["followed_up"] == 1))
    root = np.zeros(len(seen.arrived), dtype=np.int64)
    root[post["number"]] = post["root"]
    until = np.full(len(seen.arrived), -NEVER)
    until[post["number"]] = post["moment"] + COMING_BACK
    number = messages["number"]
    elsewhere = np.flatnonzero((messages["moment"] <= until[number]) & (messages["root"] != root[number]))
    elsewhere = elsewhere[_by_people(messages["why"][elsewhere])]
    again = np.zeros(len(seen.arrived), dtype=np.bool_)
    again[number[elsewhere]] = True
    in_time = (post["old"] == 1) & (post["answered"] == 2)
    mine = again[post["number"]]
    return {
        "answered": np.array([0, 1]), "people": np.array([(~in_time).sum(), in_time.sum()]),
        "again": np.array([mine[~in_time].sum(), mine[in_time].sum()]),
    }  # fmt: skip


def left_out_rows(messages: Rows, scope: NetworkScope) -> Rows:
    """Messages of the period by why they are no posts, and how many are too young to tell."""
    why, old = _where(messages, in_scope(messages["moment"], scope), "why", "old")
    many = np.bincount(why, minlength=len(WHY_NONE))
    young = many - np.bincount(why, weights=old, minlength=len(WHY_NONE)).astype(np.int64)
    return {"why": np.arange(len(WHY_NONE)), "messages": many, "young": young}


def channel_posts(messages: Rows, seats: Seats, channels: int, scope: NetworkScope) -> tuple[Column, Column]:
    """Posts by channel, and of how many of them what was written to them was observed completely; shape (channels,)."""
    number, sure = _where(messages, post_mask(messages, scope), "number", "sure")
    channel = seats.channel[number]
    return (
        np.bincount(channel, minlength=channels),
        np.bincount(channel, weights=sure, minlength=channels).astype(np.int64),
    )


def _by_people(why: Column) -> Column:
    """Who wrote only other messages than these was never seen."""
    return np.asarray((why != SPAM) & (why != AUTOMATIC))


def _where(rows: Rows, mask: Column, *names: str) -> list[Column]:
    """Some columns of the rows for which ``mask`` holds; no copy where it is all."""
    return [rows[name] for name in names] if mask.all() else [rows[name][mask] for name in names]
