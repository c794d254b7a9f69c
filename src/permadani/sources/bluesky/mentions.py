"""What names an account outside of its own conversations: only the account itself can ask for that.

Bluesky keeps it as notifications. Of those only posts are asked for; who is blocked or muted is not in them.
"""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from permadani.sources.bluesky.api import Api
from permadani.sources.bluesky.timeline import BlueskyTimeline
from permadani.sources.bluesky.uris import did_of, mapping, words
from permadani.sources.live.cursors import Cursors
from permadani.sources.live.walk import LATE
from permadani.sources.reading.clock import iso
from permadani.vocabulary import Record


class Named(msgspec.Struct):
    """``until``: up to here everything was read, ``oldest``: back to here, ``cursor``: what to ask for next."""

    until: int | None = None
    oldest: int | None = None
    cursor: str | None = None
    at_end: bool = False


class Mentions:
    """One run over the notifications of the account that is logged in."""

    def __init__(self, api: Api, timeline: BlueskyTimeline, named: Named) -> None:
        self._api, self._timeline, self.named = api, timeline, named
        self._cursors = Cursors()

    def claim(self, first: int | None) -> None:
        """Older notifications may have been thrown away, so nothing is claimed of the time before the last one; unless
        they end where the account's own deeds begin (``first``), as they would if none was.
        """
        named, since = self.named, self.named.oldest
        if since is not None and first is not None and named.at_end and since - first <= LATE:
            since = 0
        self._timeline.mentions_since = since

    def news(self, now: int) -> Iterator[list[Record]]:
        """What came since the last run; in the first one, the first page."""
        named, before, cursor = self.named, self.named.until, None
        while True:
            records, oldest, cursor = self._page(cursor)
            if before is None:
                self._stretch(oldest, cursor)
            done = before is None or cursor is None or (oldest is not None and oldest < before)
            if done:
                named.until = now
            yield records
            if done:
                return

    def back(self, to: int) -> Iterator[list[Record]]:
        """Further back, to a moment or to the end."""
        named = self.named
        while not named.at_end and (named.oldest is None or named.oldest > to):
            records, oldest, cursor = self._page(named.cursor)
            self._stretch(oldest, cursor)
            yield records

    def _page(self, cursor: str | None) -> tuple[list[Record], int | None, str | None]:
        timeline = self._timeline
        timeline.records.place = "listNotifications"
        found, following = self._api.notifications(cursor)
        oldest = None
        for one in found:
            timeline.views.add(one)
            if did := did_of(mapping(one, "author").get("did")):
                timeline.askers[did] = None
            oldest = iso(words(one, "indexedAt") or "") or oldest
        if following is not None:
            self._cursors.new(following)
        return timeline.taken(), oldest, following

    def _stretch(self, oldest: int | None, cursor: str | None) -> None:
        named = self.named
        if oldest is not None:
            named.oldest = oldest if named.oldest is None else min(named.oldest, oldest)
        named.cursor, named.at_end = cursor, cursor is None
