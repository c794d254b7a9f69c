"""What a network must tell of an account so that ``walk`` can read it back in time.

Networks list what an account wrote newest first, a page at a time, with how many replies each message has.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol

from permadani.vocabulary import Record


@dataclass(frozen=True, slots=True)
class Entry:
    """A message of the account: its id, when it was published, and how many replies the server counts (None: not told,
    so that the conversation is read to see)."""

    id: str
    published: int
    replies: int | None


@dataclass(frozen=True, slots=True)
class Stretch:
    """A page of what the account did. ``oldest``: how far back it goes (``oldest_of``), reshares included; None on an
    empty page. ``older``: what to ask for next; None at the end. ``counted``: how many things on it the account's total
    (``Timeline.total``) counts."""

    records: list[Record]
    entries: list[Entry]
    oldest: int | None
    older: str | None
    counted: int = 0


def oldest_of(times: list[int]) -> int | None:
    """How far back a page goes whose things were done at these times, in the order of the page. One that is wrongly
    dated says nothing of that: of the last three the newest counts."""
    return max(times[-3:], default=None)


@dataclass(frozen=True, slots=True)
class Conversation:
    """What is under one message. ``replies``: id to author and time of each message in it that others wrote;
    ``missing``: how many there are besides that the server does not show, at the least."""

    records: list[Record]
    replies: dict[str, tuple[str, int]] = field(default_factory=dict)
    missing: int = 0


class Timeline(Protocol):
    """What a network must tell to be walked through."""

    actor: str
    channel: str
    created: int | None
    """When the account was made, where known."""
    total: int | None
    """How many messages the server says that the account has, where it does: whether a list that ends is whole."""
    basis: str
    """How what is claimed is known; the same in every run: ``Bluesky, read at public.api.bsky.app``."""
    mentions_since: int | None
    """Since when messages that name it outside of its own conversations were all read; None: they cannot be."""

    def owns(self, id: str) -> bool:
        """Whether this is the id of a message of the account."""
        ...

    def page(self, older: str | None) -> Stretch:
        """What the account did, from ``older`` on, or from now on."""
        ...

    def conversation(self, entry: Entry) -> Conversation:
        """What is under a message of the account (and above it, where that is not known yet)."""
        ...

    def gone(self, messages: dict[str, tuple[str, int]]) -> list[Record]:
        """Of messages that were seen before and are missing now: the bare rows of those that were deleted."""
        ...

    def rest(self) -> list[Record]:
        """What was gathered on the way and is asked for in batches (the askers' profiles); called after each page."""
        ...
