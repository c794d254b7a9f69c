"""Posts: when everybody was first seen, how new they were with each, and which posts were answered."""

from __future__ import annotations

from dataclasses import dataclass
from math import prod

import numpy as np

from permadani.findings.class_map.periods import Periods
from permadani.findings.class_map.rows import Rows, joined, rows_where
from permadani.findings.class_map.standings import NEVER, UNKNOWN_RUNG, Rungs, band_of, class_of, parts
from permadani.measures.class_map import TENURES, WHY_NONE, NetworkScope
from permadani.measures.judged import Column
from permadani.measures.network import DAY, SETTLING_DAYS
from permadani.measures.seats import Seats
from permadani.statistics.packed import begins, counts, slices

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
    unknown |= np.bincount(number, minlength=len(seats))[number] > 1
    return Firsts(places, np.where(unknown, TENURE_UNKNOWN, NEWCOMER).astype(np.int8))


def received_rows(messages: Rows, firsts: Firsts, rungs: Rungs, calendar: Periods, scope: NetworkScope) -> Rows:
    """Posts of the period by author (``number``), period, whether they begin a conversation, class, tenure and band:
    how many, how many anybody else answered, and within the window, and which are old enough for that."""
    names = ("number", "moment", "opening", "settled", "old", "answered")
    posts = {name: messages[name] for name in names}
    posts["tenure"] = np.where(messages["settled"] == SETTLED_UNKNOWN, TENURE_UNKNOWN, REGULAR).astype(np.int8)
    posts["tenure"][firsts.places] = firsts.tenure
    wanted = post_mask(messages, scope)
    key, kinds, first = _keys(posts if wanted.all() else rows_where(posts, wanted), rungs, calendar)
    key.sort()
    return joined([_counted(key[:0], kinds, first), *(_counted(key[some], kinds, first) for some in slices(key, 3))])


def _counted(key: Column, kinds: tuple[int, ...], first: int) -> Rows:
    cell = key >> 3
    start = begins(cell)
    found = {"posts": np.diff(start, append=len(key)).astype(np.int32)}
    for name, bit in (("answered", 2), ("old", 1), ("in_time", 0)):
        found[name] = counts((key & (1 << bit)) != 0, start)
    cell = cell[start]
    for name, many in zip(("rung", "tenure", "opening", "period"), kinds[3::-1], strict=True):
        cell, found[name] = np.divmod(cell, many)
    rung = found.pop("rung").astype(np.int8)
    return {
        **found, "number": cell.astype(np.int32), "period": found["period"].astype(np.int32) + first,
        "opening": found["opening"].astype(np.int8), "class": class_of(rung), "tenure": found["tenure"].astype(np.int8),
        "band": band_of(rung),
    }  # fmt: skip


def _keys(posts: Rows, rungs: Rungs, calendar: Periods) -> tuple[Column, tuple[int, ...], int]:
    """All that posts are grouped by, and answered, old and answered in time, as one number; how many kinds of each
    there are; and the first period. Short numbers, where all fits, are sorted in half the time."""
    number, moment = posts["number"], posts["moment"]
    first, last = calendar.of(np.array([moment.min(), moment.max()])) if len(moment) else (0, 0)
    kinds = (int(last - first) + 1, 2, len(TENURES), UNKNOWN_RUNG + 1, 2, 2, 2)
    short = (int(number.max(initial=0)) + 1) * prod(kinds) <= 1 << 32
    key = np.empty(len(number), dtype=np.uint32 if short else np.int64)
    for part in parts(len(key)):
        some = {name: values[part] for name, values in posts.items()}
        in_time = some["old"] & (some["answered"] == 2)
        of = (
            calendar.of(some["moment"]) - first, some["opening"], some["tenure"],
            rungs.at(some["number"], some["moment"]), some["answered"] > 0, some["old"], in_time,
        )  # fmt: skip
        here = some["number"].astype(key.dtype)
        for values, many in zip(of, kinds, strict=True):
            here *= many
            here += values.astype(key.dtype)
        key[part] = here
    return key, kinds, int(first)


def second_rows(messages: Rows, firsts: Firsts, seen: Seen, scope: NetworkScope) -> Rows:
    """People whose first post on a channel was that of a newcomer, long enough ago: how many, by whether it was
    answered in time, and how many of these wrote in a second conversation within 90 days."""
    post = rows_where(messages, firsts.places)
    post = rows_where(post, (firsts.tenure == NEWCOMER) & post_mask(post, scope) & (post["followed_up"] == 1))
    root = np.zeros(len(seen.arrived), dtype=np.int64)
    root[post["number"]] = post["root"]
    until = np.full(len(seen.arrived), -NEVER)
    until[post["number"]] = post["moment"] + COMING_BACK
    again = np.zeros(len(seen.arrived), dtype=np.bool_)
    for part in parts(len(messages["number"])):
        number, moment, of_root, why = (messages[name][part] for name in ("number", "moment", "root", "why"))
        again[number[(moment <= until[number]) & (of_root != root[number]) & _by_people(why)]] = True
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
    young = np.bincount(why[old == 0], minlength=len(WHY_NONE))
    return {"why": np.arange(len(WHY_NONE)), "messages": many, "young": young}


def channel_posts(messages: Rows, seats: Seats, scope: NetworkScope) -> tuple[Column, Column]:
    """Posts by channel, and of how many of them what was written to them was observed completely; shape (channels,)."""
    channels = int(seats.channel.max(initial=-1)) + 1
    number, sure = _where(messages, post_mask(messages, scope), "number", "sure")
    many = np.bincount(seats.channel[number], minlength=channels)
    return many, many if sure.all() else np.bincount(seats.channel[number[sure == 1]], minlength=channels)


def _by_people(why: Column) -> Column:
    """Who wrote only other messages than these was never seen."""
    return np.asarray((why != SPAM) & (why != AUTOMATIC))


def _where(rows: Rows, mask: Column, *names: str) -> list[Column]:
    """Some columns of the rows for which ``mask`` holds; no copy where it is all."""
    return [rows[name] for name in names] if mask.all() else [rows[name][mask] for name in names]
