"""A site read live through its feeds: entries, then the comments of the site and of each entry."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import msgspec

from permadani.errors import AddressRefused, BadAnswer, BadStatus, FetchError, Unreachable
from permadani.sources.http import Answer, Client, Known
from permadani.sources.live.base import FetchOptions, Page, State
from permadani.sources.site.feedfile import Read, hosts_of, read_feed
from permadani.sources.site.feedlinks import Thread, as_atom, older_page, threads
from permadani.vocabulary import Completeness, Coverage, Direction, Problem, Record

FEED = "application/atom+xml, application/rss+xml;q=0.9, application/feed+json;q=0.9, application/xml;q=0.8, */*;q=0.5"
MOST_REMEMBERED = 2000
MOST_FAILURES = 3
"""Feeds of comments in a row whose server is out of order or cannot be reached."""
_SINGLE = (AddressRefused, BadAnswer, BadStatus, Unreachable)
"""What one address can fail with, while others may be read."""


@dataclass(frozen=True, slots=True)
class Feeds:
    """What is known of a site before it is read. ``home``: the page it was found by; ``entries``: the address of the
    feed of its entries, ``first``: what was read there; ``comments``: feeds of all its comments."""

    home: str
    entries: str
    first: Answer
    wordpress: bool
    comments: list[str] = field(default_factory=list)
    elsewhere: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


class Kept(msgspec.Struct):
    """The state of one site."""

    known: dict[str, tuple[str | None, str | None]] = {}
    """What servers said of feeds when they were read last, by address."""
    counts: dict[str, int] = {}
    """How many comments there were when the feed of an entry's comments was read, by its address."""
    waiting: dict[str, int | None] = {}
    """Feeds of entries' comments that are still to be read, with the count that the entries told."""
    older: str | None = None
    """The next page back in time of the entries."""
    begun: bool = False
    since: int | None = None
    until: int | None = None
    sites: dict[str, str] = {}
    """Channel and basis of what was read."""
    comments: bool = False


class FeedDoor:
    """One site. See docs/sources/feed.md."""

    source = "feed"

    def __init__(self, feeds: Feeds, client: Client, who: str | None, site: str) -> None:
        self._feeds, self._client = feeds, client
        self.place, self.title, self.who = f"feed {site}", site, who or feeds.home

    def pages(self, state: State | None, options: FetchOptions) -> Iterator[Page]:
        return _Run(self._feeds, self._client, state, options).pages()


class _Run:
    """One run over one site."""

    def __init__(self, feeds: Feeds, client: Client, state: State | None, options: FetchOptions) -> None:
        self._feeds, self._client, self._options = feeds, client, options
        try:
            self._kept = msgspec.convert(state, Kept) if state else Kept()
        except msgspec.ValidationError:  # of another version: reading anew changes nothing that is known
            self._kept = Kept()
        self._failures = 0
        self._hosts = hosts_of(feeds.home, feeds.entries, feeds.first.url)

    def pages(self) -> Iterator[Page]:
        elsewhere = [Problem(reason=f"comments_elsewhere:{name}", place=self._feeds.home, lost=False)
                     for name in self._feeds.elsewhere]  # fmt: skip
        yield self._page([*self._feeds.problems, *elsewhere], self._feeds.home)
        yield from self._entries()
        for address in self._feeds.comments:
            try:
                answer = self._get(address)
            except _SINGLE as error:
                problem = Problem(reason="list_refused:comments", place=address, example=error.text(), lost=False)
                yield self._page([problem], address)
                continue
            if answer is not None:
                yield self._page(self._records(self._read(answer, address)), address)
        while self._kept.waiting:
            yield from self._thread(*next(iter(self._kept.waiting.items())))
        yield self._page(self._claims(), self._feeds.home)

    def _page(self, records: list[Record], reading: str) -> Page:
        kept = self._kept
        for name in ("known", "counts"):
            remembered = getattr(kept, name)
            setattr(kept, name, dict(list(remembered.items())[-MOST_REMEMBERED:]))
        return Page(records, msgspec.to_builtins(kept), reading)

    def _entries(self) -> Iterator[Page]:
        """The newest; then, in the first runs, page by page further back."""
        kept, first = self._kept, self._feeds.first
        if not self._unchanged(first, self._feeds.entries):
            found = self._read(first, self._feeds.entries)
            if not kept.begun:
                kept.begun, kept.older = True, self._further(first, self._feeds.entries, found)
            yield self._page(self._records(found), self._feeds.entries)
        while kept.older is not None:
            address = kept.older
            try:
                answer = self._client.get(address, accept=FEED)
            except AddressRefused as error:
                kept.older = None
                problem = Problem(reason="list_refused:entries", place=address, example=error.text(), lost=False)
                yield self._page([problem], address)
                return
            except BadStatus as error:
                if error.status not in (400, 404, 410):
                    raise
                kept.older = None  # how WordPress says that there is nothing more
                yield self._page([], address)
                return
            found = self._read(answer, address)
            kept.older = self._further(answer, address, found)
            yield self._page(self._records(found), address)

    def _unchanged(self, answer: Answer, address: str) -> bool:
        """Whether the server says that it is what was read last."""
        known = self._kept.known.get(address)
        return known is not None and any(known) and known == (answer.known.etag, answer.known.last_modified)

    def _further(self, answer: Answer, address: str, found: Read) -> str | None:
        """The address of what is older, unless it is older than what is wanted, or the same again."""
        if found.oldest is None or found.oldest <= self._options.since or (self._known_already(found)):
            return None
        older = older_page(answer.body, address, self._feeds.wordpress)
        return older if older not in (address, None) and len(older or "") < 2000 else None

    def _known_already(self, found: Read) -> bool:
        """Whether a page further back reaches no further: servers that ignore the number show the first one again."""
        since = self._kept.since
        return since is not None and found.oldest is not None and found.oldest >= since

    def _read(self, answer: Answer, address: str) -> Read:
        found = read_feed(answer.body, answer.url, self._hosts)
        self._kept.known[address] = (answer.known.etag, answer.known.last_modified)
        for thread in threads(answer.body, answer.url) if found.readable else ():
            self._add(thread)
        return found

    def _add(self, thread: Thread) -> None:
        address = as_atom(thread.feed) if self._feeds.wordpress else thread.feed
        if address in self._feeds.comments:
            return
        if thread.count != 0 and (thread.count is None or self._kept.counts.get(address) != thread.count):
            self._kept.waiting[address] = thread.count

    def _thread(self, address: str, count: int | None) -> Iterator[Page]:
        """The comments of one entry."""
        try:
            answer = self._get(address)
        except _SINGLE as error:
            del self._kept.waiting[address]
            self._failures = self._failures + 1 if _out_of_order(error) else 0
            if self._failures >= MOST_FAILURES:  # it is the server that fails, and nothing is gained by asking on
                raise
            problem = Problem(reason="conversation_unreadable", place=address, example=error.text())
            yield self._page([problem], address)
            return
        self._failures = 0
        records = self._records(self._read(answer, address)) if answer is not None else []
        self._kept.waiting.pop(address, None)
        if count is not None:
            self._kept.counts[address] = count
        yield self._page(records, address)

    def _get(self, address: str) -> Answer | None:
        """A feed, or None where it did not change since it was read last."""
        known = self._kept.known.get(address)
        answer = self._client.get(address, accept=FEED, known=Known(*known) if known else None)
        return None if answer.not_modified else answer

    def _records(self, found: Read) -> list[Record]:
        """What was read, and all that may be claimed by now."""
        kept = self._kept
        for claim in found.claims:
            if claim.since is not None and claim.until is not None:
                kept.since = claim.since if kept.since is None else min(kept.since, claim.since)
                kept.until = claim.until if kept.until is None else max(kept.until, claim.until)
            kept.sites[claim.channel] = claim.basis.partition(",")[0]
        kept.comments |= found.comments
        return [*found.records, *self._claims()]

    def _claims(self) -> list[Record]:
        """Feeds show what is newest, and nobody tells what fell out of them: partial, and without comments nothing of
        who spoke to the authors."""
        kept = self._kept
        inbound: Completeness = "partial" if kept.comments else "none"
        told: tuple[tuple[Direction, Completeness], ...] = (("inbound", inbound), ("outbound", "partial"))
        kept_elsewhere = f"; comments kept by {', '.join(self._feeds.elsewhere)} cannot be read"
        return [
            Coverage(
                actor=None, channel=channel, direction=direction, since=kept.since, until=kept.until,
                completeness=how, basis=f"{basis}, read live{kept_elsewhere if self._feeds.elsewhere else ''}",
            )
            for channel, basis in kept.sites.items() if kept.since is not None
            for direction, how in told
        ]  # fmt: skip


def _out_of_order(error: FetchError) -> bool:
    """Whether it is the server that fails, not the one address."""
    return isinstance(error, Unreachable) or (isinstance(error, BadStatus) and error.status >= 500)
