"""What claims of coverage say: whether answers to a post could be seen, and from when to when a channel is known."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from class_map.tables import DAY, Message, Seat, Tables

ALWAYS = 10**18
SITES = ("disqus", "wordpress")
"""Channels of sites: what is claimed of the owner is claimed of everybody who writes there."""


@dataclass
class Said:
    """What decides at a moment. ``until``: how far the claims of that kind reach. ``begins``: from when on everybody's
    messages on the channel are completely known; None: they are not."""

    level: str
    until: int
    begins: int | None = None


UNSEEN = Said("none", -ALWAYS)


@cache
def last_message(tables: Tables, channel: str) -> int:
    return max(one.published for one in tables.messages.values() if one.channel == channel)


@cache
def first_message(tables: Tables, channel: str) -> int:
    return min(one.published for one in tables.messages.values() if one.channel == channel and one.of_a_person)


@cache
def hull(
    tables: Tables, seat: Seat | None, channel: str, direction: str, levels: tuple[str, ...]
) -> tuple[int, int] | None:  # fmt: skip
    """From the first to the last day of the claims about somebody (None: everybody) with one of these levels."""
    about = {None} if seat is None else set(tables.of_seat(seat))
    claims = [
        c for c in tables.coverage
        if c["actor"] in about and c["channel"] == channel and c["direction"] == direction
        and c["completeness"] in levels
    ]  # fmt: skip
    if not claims:
        return None
    since = min(-ALWAYS if c["since"] is None else int(c["since"]) for c in claims)
    until = max(ALWAYS if c["until"] is None else int(c["until"]) for c in claims)
    return since, until


@cache
def nothing_for_good(tables: Tables, seat: Seat, direction: str) -> bool:
    """A claim of nothing without dates, as forgetting somebody leaves it."""
    return any(
        c["actor"] in tables.of_seat(seat) and c["channel"] == seat[1] and c["direction"] == direction
        and c["completeness"] == "none" and c["since"] is None and c["until"] is None
        for c in tables.coverage
    )  # fmt: skip


def at(tables: Tables, seat: Seat | None, channel: str, direction: str, moment: int) -> Said | None:
    """What claims about somebody say of a moment; None: they say nothing."""
    known = hull(tables, seat, channel, direction, ("complete", "partial"))
    if known is None or not known[0] <= moment <= known[1]:
        return None
    whole = hull(tables, seat, channel, direction, ("complete",))
    complete = whole is not None and whole[0] <= moment <= whole[1]
    begins = None
    if whole is not None and (seat is None or channel in SITES):
        begins = first_message(tables, channel) if whole[0] == -ALWAYS else whole[0]
    until = last_message(tables, channel) if known[1] == ALWAYS else known[1]
    return Said("complete" if complete else "partial", until, begins)


def claimants(tables: Tables, seat: Seat, message: Message) -> list[Seat | None]:
    """Whose claims are asked, in this order: one's own, those of who began the conversation, everybody's."""
    beginner = tables.messages.get(message.root)
    return [seat, *([] if beginner is None else [beginner.seat]), None]


def of_post(tables: Tables, message: Message) -> Said:
    """Whether answers to a post can be seen."""
    if nothing_for_good(tables, message.seat, "inbound"):
        return UNSEEN
    for seat in claimants(tables, message.seat, message):
        said = at(tables, seat, message.channel, "inbound", message.published)
        if said is not None:
            return said
    return UNSEEN


def both_ways(tables: Tables, seat: Seat, message: Message) -> Said:
    """Whether what comes to somebody with a message, and what they write, can be seen."""
    if nothing_for_good(tables, seat, "inbound") or nothing_for_good(tables, seat, "outbound"):
        return UNSEEN
    for one in claimants(tables, seat, message):
        said = [at(tables, one, message.channel, way, message.moment) for way in ("inbound", "outbound")]
        if said[0] is not None and said[1] is not None:
            level = "complete" if said[0].level == said[1].level == "complete" else "partial"
            return Said(level, min(said[0].until, said[1].until))
    return UNSEEN


def mentions_unseen(tables: Tables, account: str, channel: str) -> bool:
    """A claim says that not all mentions of an account could be read, at some time."""
    return any(
        c["direction"] == "mentions" and c["channel"] == channel and c["actor"] in (account, None)
        and c["completeness"] != "complete"
        for c in tables.coverage
    )  # fmt: skip


def completely(tables: Tables, seat: Seat, since: int, until: int) -> bool:
    """Complete claims about somebody, or about everybody, reach over the whole stretch."""
    if nothing_for_good(tables, seat, "inbound"):
        return False
    for one in (seat, None):
        whole = hull(tables, one, seat[1], "inbound", ("complete",))
        if whole is not None and whole[0] <= since and until <= whole[1]:
            return True
    return False


def old_enough(said: Said, moment: int, days: int = 14) -> bool:
    return moment + days * DAY <= said.until
