"""Reading an account back in time: what it wrote, and what came under each of its messages.

Networks list what an account wrote newest first, a page at a time, with how many replies each message has. A walk

1. reads what is new since the last run, and the conversations of the last weeks whose counts changed;
2. then goes further back, one page and its conversations after the other.

After each page it claims what is known by then: that everything the account wrote since the oldest page was seen, and
everything that came under its messages since ``LATE`` after that (a reply may come late under a message that was not
read). Whoever stops in between has a whole, shorter stretch.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Protocol

import msgspec

from permadani.errors import BadAnswer, BadStatus
from permadani.language import N_
from permadani.sources.live.base import FetchOptions, Page, State
from permadani.vocabulary import Completeness, Coverage, Direction, Problem, Record

DAY = 86_400_000_000
LATE = 14 * DAY
"""Conversations are read again for this long, and what comes later under an older message is not claimed."""
TOLERATED = 0.01
"""With a larger share of conversations unread or cut, what came under the messages is partial."""
MOST_REMEMBERED = 20_000
MOST_FAILURES = 3
"""Conversations in a row that cannot be read."""
GONE = (404, 410)


@dataclass(frozen=True, slots=True)
class Entry:
    """A message of the account: its id, when it was published, and how many replies the server counts (None: not told,
    so that the conversation is read to see)."""

    id: str
    published: int
    replies: int | None


@dataclass(frozen=True, slots=True)
class Stretch:
    """A page of what the account did. ``oldest``: the time of the last thing on it, reshares included; None on an empty
    page. ``older``: what to ask for next; None at the end."""

    records: list[Record]
    entries: list[Entry]
    oldest: int | None
    older: str | None


@dataclass(frozen=True, slots=True)
class Conversation:
    """What is under one message. ``replies``: id to author and time of each message in it that others wrote; ``whole``:
    whether the server showed all of it."""

    records: list[Record]
    replies: dict[str, tuple[str, int]] = field(default_factory=dict)
    whole: bool = True


class Timeline(Protocol):
    """What a network must tell to be walked through."""

    actor: str
    channel: str
    created: int | None
    """When the account was made, where known."""
    basis: str
    """How what is claimed is known; the same in every run: ``Bluesky, read at public.api.bsky.app``."""
    mentions_since: int | None
    """Since when messages that name it outside of its own conversations were all read; None: they cannot be."""

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


class Walked(msgspec.Struct):
    """What a walk remembers between runs."""

    until: int | None = None
    """Up to here everything is read; None before the first page."""
    oldest: int | None = None
    """Back to here everything is read."""
    older: str | None = None
    at_end: bool = False
    counts: dict[str, int | None] = {}
    """Replies of messages whose conversation was read, as the server counted them then."""
    seen: dict[str, tuple[str, int]] = {}
    """Own messages and replies of the last weeks, with author and time: what is missing later was deleted."""
    under: dict[str, list[str]] = {}
    """The replies in each of those conversations."""
    doing: list[str] = []
    """The messages of the older page that is being read: after an interruption it goes on behind those that were."""
    read: int = 0
    """How many conversations were read."""
    cut: list[str] = []
    """Those of them that the server does not show whole."""
    failed: dict[str, tuple[int, int | None]] = {}
    """Those that could not be read at all, with time and replies of their messages: the next run tries again."""


class Walk:
    """One run over one timeline."""

    def __init__(self, timeline: Timeline, state: State | None, options: FetchOptions) -> None:
        self._timeline, self._options = timeline, options
        self._walked = msgspec.convert(state, Walked) if state else Walked()
        self._failures = 0

    def pages(self) -> Iterator[Page]:
        """Pages as ``Door.pages`` yields them. The state must come back as it was given out."""
        if self._walked.failed:
            yield from self._conversations([Entry(id, *told) for id, told in self._walked.failed.items()])
        if self._walked.until is not None:
            yield from self._news(self._walked.until)
        self._walked.until = self._options.now
        yield from self._back()

    def _news(self, before: int) -> Iterator[Page]:
        """What is new since the last run, and what changed in the last weeks."""
        met: set[str] = set()
        older, floor, rings = None, max(before - LATE, self._walked.oldest or 0), set[str]()
        while True:
            stretch = self._timeline.page(older)
            met.update(entry.id for entry in stretch.entries)
            yield self._kept(stretch.records, f"{len(met):,}")
            yield from self._conversations([entry for entry in stretch.entries if entry.published >= floor])
            yield self._kept(self._timeline.rest(), "")
            done = stretch.older is None or (stretch.oldest is not None and stretch.oldest < floor)
            if done:
                break
            older = self._next(stretch, rings)
        start = floor if stretch.older is not None else 0
        own = {
            id: told for id, told in self._walked.seen.items()
            if told[0] == self._timeline.actor and start <= told[1] <= before and id not in met
        }  # fmt: skip
        if own:
            yield self._kept(self._gone(own), "")
        self._forget_old()

    def _back(self) -> Iterator[Page]:
        """Further back, page by page, to the beginning or to where the user wants to stop."""
        walked, rings = self._walked, set[str]()
        if walked.at_end or (walked.oldest is not None and walked.oldest <= self._options.since):
            yield self._kept(self._claims(), "")
            return
        while not walked.at_end and (walked.oldest is None or walked.oldest > self._options.since):
            stretch = self._timeline.page(walked.older)
            walked.doing = [entry.id for entry in stretch.entries]
            yield self._kept(stretch.records, f"{len(stretch.entries):,}")
            yield from self._conversations(stretch.entries)
            rest = self._timeline.rest()
            walked.doing = []
            if stretch.oldest is not None:
                walked.oldest = stretch.oldest if walked.oldest is None else min(walked.oldest, stretch.oldest)
            walked.older = self._next(stretch, rings) if stretch.older is not None else None
            walked.at_end = stretch.older is None
            self._forget_old()
            yield self._kept([*rest, *self._claims()], "")

    @staticmethod
    def _next(stretch: Stretch, rings: set[str]) -> str:
        """The next cursor; one that came before leads in a ring."""
        older = stretch.older or ""
        if older in rings:
            raise BadAnswer(N_("the server's pages go round in a ring"), hint=N_("What was read before is kept."))
        rings.add(older)
        return older

    def _conversations(self, entries: list[Entry]) -> Iterator[Page]:
        for entry in entries:
            walked = self._walked
            walked.seen[entry.id] = (self._timeline.actor, entry.published)
            known = entry.id in walked.counts or entry.replies == 0
            if known and walked.counts.setdefault(entry.id, 0) == entry.replies and entry.id not in walked.failed:
                continue
            walked.read += entry.id not in walked.under and entry.id not in walked.failed
            try:
                found = self._read(entry)
            except (BadStatus, BadAnswer) as error:
                yield self._kept(self._failure(entry, error), entry.id)
                continue
            self._failures = 0
            walked.failed.pop(entry.id, None)
            walked.cut = [id for id in walked.cut if id != entry.id] + ([] if found.whole else [entry.id])
            missing = {id: walked.seen[id] for id in walked.under.get(entry.id, ()) if id not in found.replies}
            records = [*found.records, *(self._gone(missing) if missing and found.whole else [])]
            walked.counts[entry.id] = entry.replies
            walked.under[entry.id] = list(found.replies)
            walked.seen.update(found.replies)
            yield self._kept(records, entry.id)

    def _read(self, entry: Entry) -> Conversation:
        """A conversation; of a message that was deleted since it was listed, that it is gone."""
        try:
            return self._timeline.conversation(entry)
        except BadStatus as error:
            if error.status not in GONE:
                raise
            deleted = self._gone({entry.id: (self._timeline.actor, entry.published)})
            if not deleted:  # it is there: what is under it is only not shown, and none of it was read
                raise
            return Conversation(deleted)

    def _failure(self, entry: Entry, error: BadStatus | BadAnswer) -> list[Record]:
        """One conversation that the server cannot show is told and tried again by the next run; with several in a row
        it is the server that fails, and nothing is gained by asking on."""
        self._failures += 1
        if self._failures >= MOST_FAILURES:
            raise error
        self._walked.failed[entry.id] = (entry.published, entry.replies)
        return [Problem(reason="conversation_unreadable", place=entry.id, example=error.text())]

    def _gone(self, missing: dict[str, tuple[str, int]]) -> list[Record]:
        """The bare rows of what was deleted. A server that is out of order may say of anything that it does not exist:
        it is believed only if it still lists the account."""
        records = self._timeline.gone(missing)
        if records:
            self._timeline.page(None)
        for id in missing:
            self._walked.seen.pop(id, None)
        return records

    def _forget_old(self) -> None:
        """What is older than the weeks in which conversations are read again need not be remembered."""
        walked, limit = self._walked, self._options.now - LATE
        kept = {id for id, (_, published) in walked.seen.items() if published >= limit}
        for id in list(walked.under):
            if id not in kept:
                kept.difference_update(walked.under.pop(id))
        for id in sorted(kept, key=lambda id: walked.seen[id][1])[:-MOST_REMEMBERED]:
            kept.discard(id)
            kept.difference_update(walked.under.pop(id, ()))
        walked.seen = {id: told for id, told in walked.seen.items() if id in kept}
        doing = set(walked.doing)
        walked.counts = {id: count for id, count in walked.counts.items() if id in kept or id in doing}
        walked.under = {id: [one for one in under if one in kept] for id, under in walked.under.items()}

    def _kept(self, records: list[Record], reading: str) -> Page:
        return Page(records, msgspec.to_builtins(self._walked), reading)

    def _claims(self) -> list[Record]:
        """All that may be said by now; it takes the place of what was said before."""
        walked, timeline = self._walked, self._timeline
        assert walked.until is not None  # noqa: S101
        until = walked.until
        first = walked.oldest if walked.oldest is not None else until
        if walked.at_end and timeline.created is not None:
            first = min(first, timeline.created)
        under = first if walked.at_end else first + LATE
        whole = under < until and len(walked.cut) + len(walked.failed) <= TOLERATED * walked.read
        named = until if timeline.mentions_since is None else max(first, timeline.mentions_since)
        told: tuple[tuple[Direction, int, int, Completeness], ...] = (
            ("outbound", first, until, "complete"),
            ("inbound", under if under < until else first, until, "complete" if whole else "partial"),
            ("mentions", first, named, "none"),
            ("mentions", named, until, "complete"),
        )
        return [
            Coverage(
                actor=timeline.actor, channel=timeline.channel, direction=direction, since=since, until=to,
                completeness=how, basis=timeline.basis,
            )
            for direction, since, to, how in told if since < to
        ]  # fmt: skip
