"""What a live source is: a door to one account or site, read page by page.

A door knows nothing of the store. It is handed the state that it left with its last page, and yields pages; whoever
reads it keeps each page and its state together, so that a run that is killed loses the page in flight at the most.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Protocol

from permadani.vocabulary import Record

State = dict[str, Any]
"""Anything that JSON can hold; the door's own business."""


@dataclass(frozen=True, slots=True)
class FetchOptions:
    """``now``: the moment of the run; ``since``: how far back to read; both in microseconds UTC. ``akismet``: comments
    that nobody marked may be sent to Akismet, which says what is spam."""

    now: int
    since: int
    akismet: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """What one request gave: its records (problems and coverage claims included), and the state after it.

    Coverage claims are always all that the door may say by then: they take the place of those it made before (with the
    same actor, channel and basis).
    ``reading``: what was read, in a few untranslated words (an address, a name), for the progress bar.
    """

    records: list[Record]
    state: State
    reading: str = ""


class Door(Protocol):
    """One account or site that can be read now."""

    source: str
    """The source's name, as in ``permadani imports``."""
    place: str
    """Under which its state is kept: the source and the account or site, ``bluesky did:plc:…``."""
    who: str
    """Whom an audit would be about: the actor's id, or of a site its address."""
    title: str
    """For people: ``@ada.example on Bluesky``, without translation."""
    # followers: int | None, where it has that: see ``followers_of``

    def pages(self, state: State | None, options: FetchOptions) -> Iterator[Page]:
        """Pages until everything is read. ``state``: as the last page that was kept left it; None at first.

        Raises:
            FetchError: what was yielded before stays valid, and the next run goes on from there.
        """
        ...


def followers_of(door: Door) -> int | None:
    """How many follow the account behind a door, if it has an attribute ``followers`` that says so before anything is
    read; None where that is unknown, or nobody can follow, as of a site."""
    followers = getattr(door, "followers", None)
    return followers if type(followers) is int else None
