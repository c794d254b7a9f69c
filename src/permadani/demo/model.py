"""The things of the fictional hall: people, places, messages, and what was planted. Times in seconds UTC."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property
from typing import Literal

DAY = 86_400
WINDOW = 14 * DAY
START = int(datetime(2020, 9, 1, tzinfo=UTC).timestamp())
END = int(datetime(2022, 3, 1, tzinfo=UTC).timestamp())
"""Eighteen months in which every format of the demo was in use."""
LAST = END - 3600
"""Nobody writes in the last hour, so that every export ends after its last message."""

Rank = Literal["junior", "middle", "senior"]
RANKS: tuple[Rank, ...] = ("junior", "middle", "senior")
Kind = Literal["x1", "x2", "wordpress", "disqus", "guestbook"]
Role = Literal[
    "post", "approach", "answer", "follow_up", "chatter", "thanks", "pitch", "bot", "spam", "deleted", "reshare"
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Person:
    """``handle`` None: signs with a name and has no account. ``rank`` None: how many follow is not known."""

    number: int
    name: str
    handle: str | None
    language: str
    rank: Rank | None = None
    followers: int = 0

    def followers_at(self, at: int) -> int:
        """Grows by a fifth over the whole time, far less than what separates the ranks."""
        return self.followers + self.followers * (at - START) // (5 * (END - START))


@dataclass(slots=True, eq=False)
class Message:
    """``parent`` None: begins a conversation. ``spoken_to``: whom it names or replies to, in order."""

    number: int
    author: Person
    at: int
    text: str
    language: str
    role: Role
    parent: Message | None = None
    spoken_to: tuple[Person, ...] = ()
    client: str | None = None
    deleted: bool = False
    reshares: Message | None = None

    @property
    def root(self) -> Message:
        message = self
        while message.parent is not None:
            message = message.parent
        return message


@dataclass(frozen=True, slots=True)
class Like:
    actor: Person
    object: Message
    at: int


@dataclass(slots=True, eq=False)
class Place:
    """Where one account is talked to: its X timeline, its blog, its guestbook."""

    kind: Kind
    site: str
    owner: Person
    messages: list[Message] = field(default_factory=list, repr=False)
    likes: list[Like] = field(default_factory=list, repr=False)

    @property
    def on_x(self) -> bool:
        return self.kind in ("x1", "x2")

    @property
    def ends(self) -> int:
        """Until when the export claims to know. A Disqus export knows no more than its last message."""
        return max(message.at for message in self.messages) if self.kind == "disqus" else END


@dataclass(slots=True, eq=False)
class Approach:
    """A first message to the account in a conversation.

    ``substantive``: more than applause. ``answered``: when the person answered, by hand.
    """

    message: Message
    place: Place
    substantive: bool
    answered: int | None = None

    @property
    def asker(self) -> Person:
        return self.message.author


@dataclass(eq=False)
class Account:
    """One audited account with everything that was planted around it. ``approaches``: in the order of their times."""

    key: str
    person: Person
    places: list[Place] = field(default_factory=list)
    approaches: list[Approach] = field(default_factory=list, repr=False)
    absences: tuple[tuple[int, int], ...] = ()

    @cached_property
    def acts(self) -> list[int]:
        """When the person was seen in public, not a program: to be read only when the hall is complete."""
        moments = [like.at for place in self.places for like in place.likes]
        for place in self.places:
            moments += [m.at for m in place.messages if m.author is self.person and m.client not in PROGRAMS]
        return sorted(moments)

    @cached_property
    def _arrivals(self) -> list[int]:
        return [approach.message.at for approach in self.approaches]

    def arrived(self, since: int, until: int) -> list[Approach]:
        """Approaches between two moments, both included: to be read only when all of them are written."""
        return self.approaches[bisect_left(self._arrivals, since) : bisect_right(self._arrivals, until)]

    def away_at(self, at: int) -> int | None:
        """When the absence at this moment ends, or None."""
        return next((until for since, until in self.absences if since <= at < until), None)

    def reached(self, approach: Approach) -> bool:
        """Whether the account was around within the window after the message."""
        at = approach.message.at
        following = bisect_right(self.acts, at)
        return following < len(self.acts) and self.acts[following] <= at + WINDOW

    def eligible(self, approach: Approach) -> bool:
        return approach.message.at + WINDOW <= approach.place.ends and self.reached(approach)


@dataclass(frozen=True, slots=True)
class Hall:
    accounts: tuple[Account, ...]

    @property
    def places(self) -> list[Place]:
        return [place for account in self.accounts for place in account.places]


PROGRAMS = ("Buffer", "IFTTT", "dlvr.it")
"""Clients that publish without a person; real names, because an audit knows schedulers by their names."""
HANDS = ("Twitter for Android", "Twitter Web App", "Twitter for iPhone")
