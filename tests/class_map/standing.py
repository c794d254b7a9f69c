"""Standing before a message, in blocks of 30 days, and the classes that follow from the ranks on a channel."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from class_map import observed
from class_map.speaking import ties
from class_map.tables import DAY, Message, Seat, Tables

BLOCK = 30 * DAY
HISTORY = 90 * DAY
CLASSES = ("junior", "middle", "senior", "unknown")


def kind_of_standing(tables: Tables) -> dict[str, str]:
    """By channel: followers where anybody's count is known that was taken by its last message, else network."""
    kinds = {one.channel: "network" for one in tables.messages.values()}
    for actor, channel in tables.channel_of.items():
        counts = tables.standings.get(actor, [])
        usable = channel in kinds and any(seen <= observed.last_message(tables, channel) for seen, _ in counts)
        if actor in tables.followers or usable:
            kinds[channel] = "followers"
    return kinds


class Standings:
    """Standing of people on channels at moments; None is unknown."""

    def __init__(self, tables: Tables) -> None:
        self.tables = tables
        self.kinds = kind_of_standing(tables)
        self._heard = heard(tables)
        self._network: dict[tuple[Seat, int], int | None] = {}

    def before(self, seat: Seat, moment: int) -> int | None:
        if self.kinds.get(seat[1]) == "followers":
            return self._followers(seat, moment)
        begins = moment // BLOCK * BLOCK
        if (seat, begins) not in self._network:
            self._network[seat, begins] = self._by_network(seat, begins)
        return self._network[seat, begins]

    def _followers(self, seat: Seat, moment: int) -> int | None:
        accounts = self.tables.of_seat(seat)
        begins = moment // BLOCK * BLOCK
        counts = sorted(count for account in accounts for count in self.tables.standings.get(account, []))
        in_block = [(seen, count) for seen, count in counts if begins <= seen < begins + BLOCK]
        if in_block and in_block[0][0] <= moment:
            first = in_block[0][0]
            return max(count for seen, count in in_block if seen == first)
        earlier = [(seen, count) for seen, count in counts if seen < begins]
        if earlier:
            return earlier[-1][1]
        return max((self.tables.followers[one] for one in accounts if one in self.tables.followers), default=None)

    def _by_network(self, seat: Seat, begins: int) -> int | None:
        if all("/name/" in one and not one.startswith("http") for one in self.tables.of_seat(seat)):
            return None
        if not observed.completely(self.tables, seat, begins - HISTORY, begins):
            return None
        return len({who for moment, who in self._heard.get(seat, []) if begins - HISTORY <= moment < begins})


def heard(tables: Tables) -> dict[Seat, list[tuple[int, str]]]:
    """When which other person replied to, commented on or reshared the messages of somebody on a channel."""
    found: dict[Seat, list[tuple[int, str]]] = {}
    for message in tables.messages.values():
        if not message.of_a_person:
            continue
        for tie in ties(tables, message):
            if tie.via in ("reply", "comment"):
                found.setdefault(tie.seat, []).append((message.moment, message.person))
        quoted = tables.messages.get(message.quotes or "")
        if quoted is not None and quoted.person != message.person:
            found.setdefault(quoted.seat, []).append((message.published, message.person))
    for actor, target, moment in tables.announces:
        of = tables.messages.get(target)
        if of is not None and of.person != tables.person(actor):
            found.setdefault(of.seat, []).append((moment, tables.person(actor)))
    return found


@dataclass
class Bounds:
    """``junior_to``: the greatest standing of a junior; ``senior_from``: the least of a senior."""

    junior_to: int | None
    senior_from: int | None
    people: int
    known: int

    def of(self, standing: int | None) -> str:
        if standing is None or self.junior_to is None:
            return "unknown"
        if standing <= self.junior_to:
            return "junior"
        if self.senior_from is not None and standing >= self.senior_from:
            return "senior"
        return "middle"


def ranked(standings: list[int | None]) -> Bounds:
    """Lower half juniors, top fifth seniors; equal standings stay together, placed by their middle rank, and a lowest
    group of more than half is junior as a whole."""
    known = sorted(one for one in standings if one is not None)
    if len(known) < 5:  # no ranks
        return Bounds(None, None, len(standings), len(known))
    junior, senior = [], []
    for value in sorted(set(known)):
        below = sum(1 for one in known if one < value)
        same = known.count(value)
        middle_rank = (below + same / 2) / len(known)
        if middle_rank <= 0.5 or (below == 0 and same / len(known) > 0.5):
            junior.append(value)
        elif middle_rank > 0.8:
            senior.append(value)
    return Bounds(max(junior, default=None), min(senior, default=None), len(standings), len(known))


class Classes:
    """The classes on each channel, by the standing of everybody before their last post of the period."""

    def __init__(self, standings: Standings, posts: Iterable[Message]) -> None:
        self._standings = standings
        self.last: dict[Seat, Message] = {}
        for post in sorted(posts, key=lambda one: (one.published, one.id)):
            self.last[post.seat] = post
        self.bounds = {}
        for channel in {channel for _, channel in self.last}:
            here = [standings.before(seat, one.published) for seat, one in self.last.items() if seat[1] == channel]
            self.bounds[channel] = ranked(here)

    def of(self, seat: Seat, moment: int) -> str:
        bounds = self.bounds.get(seat[1])
        return "unknown" if bounds is None else bounds.of(self._standings.before(seat, moment))

    def seniors(self) -> list[Seat]:
        return [seat for seat, post in self.last.items() if self.of(seat, post.published) == "senior"]
