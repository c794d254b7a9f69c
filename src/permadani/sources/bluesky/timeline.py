"""An account of Bluesky as a timeline that can be walked back: its feed, and the conversations under its posts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from permadani.errors import BadStatus
from permadani.language import N_
from permadani.sources.bluesky.api import BATCH, NOT_THERE, Api
from permadani.sources.bluesky.conversation import Node, shape
from permadani.sources.bluesky.records import Records
from permadani.sources.bluesky.uris import CHANNEL, POST, Reference, count, did_of, mapping, reference, words
from permadani.sources.bluesky.views import Views
from permadani.sources.live.timeline import Conversation, Entry, Stretch, oldest_of
from permadani.sources.reading.clock import iso
from permadani.vocabulary import Actor, Object, Record, Standing

MOST_DEEPER = 20
"""How often one conversation is asked on where an answer ended before it did."""
PINNED = "app.bsky.feed.defs#reasonPin"


class BlueskyTimeline:
    """See ``live.timeline.Timeline``. What is asked for in batches (quotes, profiles) is gathered here and fetched by
    the door, each batch a page of its own.

    ``shown``: back to where the feed was seen in this run. ``askers``: who wrote something that was met. ``quoted``:
    posts of the account and how often each is quoted.
    """

    channel = CHANNEL

    def __init__(self, api: Api, did: str, created: int | None, *, logged_in: bool, total: int | None = None) -> None:
        self.actor, self.created, self.total, self._api = did, created, total, api
        self.basis = f"Bluesky, read at {api.host}"
        self.mentions_since: int | None = None
        self.shown: int | None = None
        self.askers: dict[str, None] = {}
        self.quoted: dict[str, int] = {}
        self._anew()
        self._logged_in = logged_in
        self._private: set[str] = set()
        self._first: tuple[list[Any], str | None] | None = None
        self._roots: dict[str, str] = {}
        self._read: dict[str, Node] = {}
        self._times: dict[str, int] = {}
        self._left: list[Record] = []

    def _anew(self) -> None:
        """Forget what was told: a page may be asked for only to see whether there is one."""
        self.records = Records()
        self.views = Views(self.records)

    # -- the feed

    def newest(self) -> str | None:
        """The newest post of the account itself; the page that shows it is not asked for again by ``page``."""
        self._first = self._api.feed(self.actor, None)
        own = (self._own(entry) for entry in self._first[0])
        return next((place.uri for place in own if place is not None), None)

    def owns(self, id: str) -> bool:
        return self._is_own(id)

    def page(self, older: str | None) -> Stretch:
        feed, cursor = self._first if older is None and self._first else self._api.feed(self.actor, older)
        self._first = None
        self._anew()
        places = dict[str, tuple[Reference, dict[str, Any]]]()
        self.records.place = "getAuthorFeed"
        feed = [entry for entry in feed if mapping(entry, "reason").get("$type") != PINNED]
        for entry in feed:
            self.views.add(entry)
            self._met(entry)
            place = self._own(entry)
            if place is not None:
                places[place.uri] = place, entry["post"]
        told = self.taken()
        times = {one.id: one.published for one in told if type(one) is Object}
        entries = list[Entry]()
        for uri, (_, post) in places.items():
            if uri in times:
                entries.append(Entry(uri, times[uri], count(post.get("replyCount"))))
                if root := reference(words(mapping(mapping(post.get("record"), "reply"), "root"), "uri")):
                    self._roots[uri] = root.uri
                if quotes := count(post.get("quoteCount")):
                    self.quoted[uri] = quotes
        oldest = self._oldest(feed, times)
        self.shown = oldest if self.shown is None or oldest is None else min(self.shown, oldest)
        return Stretch(told, entries, oldest, cursor, len(places))

    def _met(self, entry: Any) -> None:
        """Whose words the account reshared or answered."""
        parent = mapping(mapping(entry, "reply"), "parent")
        for view in (mapping(entry, "post"), parent):
            if (did := did_of(mapping(view, "author").get("did"))) and did != self.actor:
                self.askers[did] = None

    def _own(self, entry: Any) -> Reference | None:
        """The post of an entry where the account wrote it itself and did not only reshare or pin it."""
        place = reference(mapping(entry, "post").get("uri"))
        if mapping(entry, "reason") or place is None or place.did != self.actor or place.collection != POST:
            return None
        return place

    @staticmethod
    def _oldest(feed: list[Any], times: dict[str, int]) -> int | None:
        """How far back a page goes, by what on it makes sense."""
        found = list[int | None]()
        for entry in feed:
            reason = mapping(entry, "reason")
            if "by" in reason:
                found.append(iso(words(reason, "indexedAt") or ""))
            else:
                found.append(times.get(words(mapping(entry, "post"), "uri") or ""))
        return oldest_of([time for time in found if time is not None])

    # -- conversations

    def conversation(self, entry: Entry) -> Conversation:
        """What is under a post. Where the account began the thread itself, all of the thread is read once, and serves
        for each of its posts in it."""
        root = self._roots.get(entry.id)
        if entry.id not in self._read and root is not None and root not in self._read and self._is_own(root):
            self._thread(root)
        known = self._read.get(entry.id)
        if known is None or (entry.replies is not None and known.counted != entry.replies):
            self._thread(entry.id)
            known = self._read.get(entry.id)
        if known is None:  # perhaps gone since the feed was read: the walk finds out
            raise BadStatus(N_("the server does not show the conversation any more ({status})"), status=404)
        below = known.below()
        speaking = [node for one in (known, *below) if one.did == self.actor for node in one.children]
        self.askers.update((node.did, None) for node in speaking if node.did != self.actor)
        replies = {
            node.uri: (node.did, self._times[node.uri])
            for node in below if node.did != self.actor and node.uri in self._times
        }  # fmt: skip
        if known.missing:
            self.records.problem("replies_not_shown", known.uri, lost=False)
        missing = sum(one.missing for one in (known, *below) if one.did == self.actor and not one.deeper)
        missing += sum(node.deeper for node in (known, *below))
        return Conversation([*self.rest(), *self.taken()], replies, missing)

    def _is_own(self, uri: str) -> bool:
        place = reference(uri)
        return place is not None and place.did == self.actor

    def _thread(self, uri: str) -> None:
        """Read a thread, where it is there; the posts of the account in it are remembered with what is under them."""
        self.records.place = "getPostThread"
        try:
            page = self._api.thread(uri)
        except BadStatus as error:
            if error.status not in NOT_THERE:
                raise
            return
        self.views.add(page["thread"])
        if isinstance(page.get("threadgate"), dict):
            self.views.add(page["threadgate"])
        top = shape(page["thread"])
        if top is not None:
            self._deeper(top)
            for node in (top, *top.below()):
                if node.did == self.actor:
                    self._read[node.uri] = node
        told = self.taken()
        self._times.update((one.id, one.published) for one in told if type(one) is Object)
        self._left += told

    def _deeper(self, top: Node) -> None:
        """Ask on where the answer ended before the conversation."""
        waiting = [node for node in (top, *top.below()) if node.deeper]
        for _ in range(MOST_DEEPER):
            if not waiting:
                return
            node = waiting.pop(0)
            thread = self._api.thread(node.uri)["thread"]
            found = shape(thread)
            if found is not None and found.uri == node.uri:
                self.views.add(thread)
                node.children, node.deeper = found.children, found.deeper
                waiting += [one for one in found.below() if one.deeper]

    # -- what is asked for by name

    def gone(self, messages: dict[str, tuple[str, int]]) -> list[Record]:
        self.records.place = "getPosts"
        uris = list(messages)
        there = set[str]()
        for start in range(0, len(uris), BATCH):
            views = self._api.posts(uris[start : start + BATCH])
            there.update(uri for view in views if (uri := words(view, "uri")))
        return [
            Object(id=uri, channel=CHANNEL, kind="note", actor=did, published=published, deleted=True)
            for uri, (did, published) in messages.items() if uri not in there
        ]  # fmt: skip

    def rest(self) -> list[Record]:
        """Records of threads that were read for a post that is not in them. What comes in batches the door asks for, a
        page a batch."""
        left, self._left = self._left, []
        return left

    def quotes(self, uri: str, cursor: str | None) -> tuple[list[Record], str | None]:
        """Posts that quote one of the account's."""
        self.records.place = "getQuotes"
        found, following = self._api.quotes(uri, cursor)
        for view in found:
            self.views.add(view)
        return self.taken(), following

    def profiles(self, dids: list[str], now: int) -> list[Record]:
        """Who these are, and how many follow them now."""
        self.records.place = "getProfiles"
        for view in self._api.profiles(dids):
            if self.views.profile(view) is None:
                self.records.problem("unreadable_record", view)
        told = self.taken()
        counted = [one for one in told if type(one) is Actor and one.followers is not None]
        return [*told, *(Standing(actor=one.id, observed=now, followers=one.followers or 0) for one in counted)]

    # -- records

    def taken(self) -> list[Record]:
        """The records gathered since; of those who ask to be shown only to people who are logged in, without words."""
        told = self.records.out[:]
        self.records.out.clear()
        if self._logged_in:
            return told
        self._private.update(one.id for one in told if type(one) is Actor and one.opted_out)
        return list(self._wordless(told))

    def _wordless(self, told: list[Record]) -> Iterator[Record]:
        for one in told:
            if type(one) is Object and one.actor in self._private and one.text is not None:
                yield Object(
                    id=one.id, channel=one.channel, kind=one.kind, actor=one.actor, published=one.published,
                    in_reply_to=one.in_reply_to, thread=one.thread, quotes=one.quotes, url=one.url,
                )  # fmt: skip
            else:
                yield one
