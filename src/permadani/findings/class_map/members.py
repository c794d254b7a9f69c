"""Whoever posted in the period, with the class in which they did so last."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from permadani.findings.class_map.messages import Seen
from permadani.findings.class_map.ranks import Ranks, ranks_of
from permadani.findings.class_map.rows import Rows
from permadani.findings.class_map.standings import NEVER, Rungs, Standings
from permadani.measures.class_map import UNKNOWN
from permadani.measures.judged import Column
from permadani.measures.seats import Seats


@dataclass(frozen=True, slots=True)
class Members:
    """One entry a seat with posts, by ascending ``number``, all of shape (n,).

    ``standing``: before the last post, -1 unknown; ``group``: the class that it makes, by which a person is in a club.
    ``undated``: it rests on a count without a date. ``since``, ``until``: of the first post and the last one.
    """

    number: Column
    channel: Column
    person: Column
    standing: Column
    group: Column
    undated: Column
    weak: Column
    since: Column
    until: Column

    def by_number(self, seats: int) -> Column:
        """The class of everybody, shape (seats,); unknown of who did not post."""
        group = np.full(seats, UNKNOWN, dtype=np.int8)
        group[self.number] = self.group
        return group


def members_of(seen: Seen, seats: Seats, standings: Standings) -> tuple[Members, dict[int, Ranks], Rungs]:
    """Everybody who posted, the bounds of classes by channel, and the rungs that these make of all standings."""
    number = np.flatnonzero(seen.last_post > -NEVER)
    channel, until = seats.channel[number], seen.last_post[number]
    standing, based = standings.at(number, until)
    ranks = ranks_of(channel, np.where(standing < 0, np.nan, standing))
    rungs = standings.rungs(*_bounds(ranks, int(seats.channel.max(initial=0)) + 1))
    # a seat's last standing is that of its last post
    group = rungs.classes(number, until)
    members = Members(
        number=number, channel=channel, person=seats.person[number], standing=standing, group=group,
        undated=based & seats.followed[number], weak=seats.weak[number], since=seen.first_post[number], until=until,
    )  # fmt: skip
    return members, ranks, rungs


def posts_by(members: Members, received: Rows, seats: int) -> tuple[Column, Column]:
    """How many posts each member wrote in the period, and how many of them anybody else answered."""
    posts, answered = (
        np.bincount(received["number"], weights=received[name], minlength=seats)[members.number].astype(np.int64)
        for name in ("posts", "answered")
    )
    return posts, answered


def _bounds(ranks: dict[int, Ranks], channels: int) -> tuple[Column, Column, Column]:
    junior_to, senior_from = np.full(channels, -1), np.full(channels, NEVER)
    ranked = np.zeros(channels, dtype=np.bool_)
    for channel, one in ranks.items():
        if one.junior_to is not None:
            junior_to[channel], ranked[channel] = one.junior_to, True
        if one.senior_from is not None:
            senior_from[channel] = one.senior_from
    return junior_to, senior_from, ranked
