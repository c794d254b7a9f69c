"""JSON of Bluesky as people collect it: responses of the API, records with their addresses, lines of a stream."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from permadani.errors import UnexpectedEnd, Unreadable
from permadani.language import N_
from permadani.sources.base import ReadOptions
from permadani.sources.bluesky.records import Records
from permadani.sources.bluesky.stream import Stream
from permadani.sources.bluesky.uris import CHANNEL, did_of, handle_of, items, person_url, words
from permadani.sources.bluesky.views import Views
from permadani.sources.reading.files import InputFile
from permadani.sources.reading.jsonrecords import values
from permadani.vocabulary import Actor, Coverage, Problem, Record

BASIS = "Bluesky JSON as collected by the user"


def read_pages(file: InputFile, options: ReadOptions) -> Iterator[Record]:
    """Records of every line or entry, then a partial coverage of the span of what people did.

    Raises:
        UnexpectedEnd: the file stops inside an entry; those before it were yielded.
        Unreadable: it is not UTF-8 JSON, or nothing in it could be read.
        TooLarge: an entry or line has more than 64 MB.
    """
    pages, cut, empty = Pages(options), None, True
    try:
        for place, value, reason in values(file):
            pages.records.place = place
            if reason is None:
                pages.add(value)
            else:
                pages.records.problem(reason, value)
            empty = empty and not pages.records.out
            yield from pages.records.out
            pages.records.out.clear()
    except UnexpectedEnd as error:
        cut = error
    yield from pages.coverage()
    if cut is not None:
        raise cut
    if empty:
        yield Problem(reason="no_messages", lost=False)
    loss = pages.records.first_loss
    if loss is not None and not pages.records.acts and not pages.accounts:
        raise Unreadable(
            N_("nothing in it could be read (first: {reason}, {place})"),
            hint=N_(
                "A record of Bluesky needs its uri (at://…), which says who wrote it; --owner can say it for likes."
            ),
            reason=loss.reason,
            place=loss.place,
        )


class Pages:
    """Tells apart what an entry is and hands it on."""

    def __init__(self, options: ReadOptions) -> None:
        self.records = Records()
        self.accounts = 0
        self._owner = did_of(options.owner)
        self._views, self._stream = Views(self.records), Stream(self.records)

    def add(self, value: Any) -> None:
        """One entry of any kind."""
        if isinstance(value, list):
            for one in value:
                self._one(one)
        else:
            self._one(value)

    def _one(self, value: Any) -> None:
        kind = words(value, "$type") or ""
        if not isinstance(value, dict):
            self.records.problem("unreadable_record", value)
        elif "time_us" in value:
            self._stream.add(value)
        elif "ops" in value and "blocks" in value:
            self._stream.add_commit(value)
        elif "post" in value or ("uri" in value and ("record" in value or "value" in value)):
            self._views.add(value)
        elif self._lists(value):
            pass
        elif "alsoKnownAs" in value:
            self._document(value)
        elif "didDoc" in value:
            self._document(value["didDoc"])
        elif did_of(value.get("did")):
            self._account(value)
        elif kind.startswith("app.bsky.") and "#" not in kind:
            self._bare(kind, value)
        else:
            self._views.add(value)

    def _lists(self, page: dict[str, Any]) -> bool:
        """A response of the API, by what it lists."""
        held = [key for key in ("feed", "posts", "records", "notifications") if isinstance(page.get(key), list)]
        for key in held:
            for one in page[key]:
                self._views.add(one)
        if "thread" in page:
            thread = page["thread"]
            for one in thread if isinstance(thread, list) else [thread]:
                self._views.add(one)
            if isinstance(page.get("threadgate"), dict):
                self._views.add(page["threadgate"])
        for key in ("profiles", "actors"):
            for view in items(page, key):
                self._account(view)
        follows = any(isinstance(page.get(key), list) for key in ("followers", "follows"))
        likes = any(isinstance(page.get(key), list) for key in ("likes", "repostedBy"))
        if follows:
            self._views.follows(page)
        if likes:
            self._views.likes(page)
        return bool(held or follows or likes or "thread" in page or "profiles" in page or "actors" in page)

    def _account(self, view: Any) -> None:
        if self._views.profile(view) is None:
            self.records.problem("unreadable_record", view)
        else:
            self.accounts += 1

    def _document(self, document: Any) -> None:
        """A DID document: which handle an account has. It holds no messages."""
        did = did_of(words(document, "id"))
        handles = [handle for name in items(document, "alsoKnownAs") if (handle := handle_of(name))]
        if did is None:
            self.records.problem("unreadable_record", document)
            return
        self.accounts += 1
        handle = handles[0] if handles else None
        self.records.out.append(Actor(id=did, channel=CHANNEL, handle=handle, url=person_url(did)))
        self.records.problem("no_messages", lost=False)

    def _bare(self, kind: str, record: dict[str, Any]) -> None:
        """A record without its address: only the user can say who wrote it, and nobody which id a post had."""
        if self._owner is None:
            self.records.problem("missing_author", kind)
        else:
            self.accounts += kind == "app.bsky.actor.profile"
            self.records.add(self._owner, kind, None, record)

    def coverage(self) -> Iterator[Record]:
        """A collection never knows what it missed: partial in both directions."""
        since, until = self.records.since, self.records.until
        if since is None:
            return
        for direction in ("inbound", "outbound"):
            yield Coverage(
                actor=None, channel=CHANNEL, direction=direction, since=since, until=until, completeness="partial",
                basis=BASIS,
            )  # fmt: skip
