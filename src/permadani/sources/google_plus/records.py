"""What becomes of a Google+ post: the post or reshare, its comments, whom they speak to, its +1s."""

from __future__ import annotations

import re
from collections.abc import Iterator
from hashlib import blake2b
from html import unescape

from permadani.sources.google_plus.shapes import Person, Post, Said, profile_key
from permadani.sources.reading.clock import iso
from permadani.sources.reading.markup import NAME_LENGTH, display_name, plain
from permadani.sources.reading.span import Span
from permadani.vocabulary import (
    Actor,
    Addressed,
    Announce,
    Coverage,
    Direction,
    Like,
    Object,
    Problem,
    Record,
    account,
    message_id,
    named_actor,
)

CHANNEL = "google_plus"
BASIS = "Google+ Takeout, a file a post"
LONGEST_EXAMPLE = 120
_DIRECTIONS: tuple[Direction, Direction] = ("inbound", "outbound")
_LINK = re.compile(r"<a\s([^<>]{1,2000})>([^<>]{0,300})</a>")
_ATTRIBUTE = re.compile(r'\b(href|oid)="([^"<>]{0,1000})"')
_BETWEEN = re.compile(r"[\s,;:&.!–—-]+")


def post_id(key: str) -> str:
    return message_id(CHANNEL, "post", key)


def records_of(post: Post, place: str | None = None) -> Iterator[Record]:
    """The records of one post, and at last a partial claim of its span: those of a folder grow together."""
    yield from _Reading(post, place).records()


class _Reading:
    def __init__(self, post: Post, place: str | None) -> None:
        self._post, self._place = post, place
        self._known: set[str] = set()
        self._ids: set[str] = set()
        self._span = Span(CHANNEL)
        self._by_number = {p.number: p.key for p in self._here() if p.number and p.key}
        self._numbered = set(self._by_number.values())  # whose number is told is nobody else
        self._keys = {p.key for p in self._here()}
        self._by_name: dict[str, set[str]] = {}
        for somebody in self._here():
            if somebody.name and somebody.key:
                self._by_name.setdefault(somebody.name, set()).add(somebody.key)

    def _here(self) -> Iterator[Person]:
        yield self._post.author
        yield from (comment.author for comment in self._post.comments)

    def _problem(self, reason: str, example: str | None = None, *, lost: bool = True) -> Problem:
        return Problem(reason=reason, place=self._place, example=example and example[:LONGEST_EXAMPLE], lost=lost)

    def records(self) -> Iterator[Record]:
        post = self._post
        published = iso(post.time)
        if post.key is None or published is None or post.author.key is None:
            missing = "missing_id" if post.key is None else "missing_author"
            reason, example = ("unparsable_time", post.time) if published is None else (missing, post.url)
            yield self._problem(reason, example or None)
            for comment in post.comments:
                yield self._problem("on_left_out_post", comment.time)
            return
        if post.direct:
            yield self._problem("direct_message", post.key, lost=False)
            return
        for _ in range(post.odd):
            yield self._problem("unreadable_record", post.key)
        yield from self._span.add(published, self._place)
        owner = account(CHANNEL, post.author.key)
        yield from self._actor(owner, post.author)
        id = post_id(post.key)
        yield from self._itself(id, owner, published)
        for comment in post.comments:
            yield from self._comment(id, comment)
        yield from self._activity(id)
        for direction in _DIRECTIONS if self._span.since is not None else ():
            yield Coverage(
                actor=owner, channel=CHANNEL, direction=direction, since=self._span.since, until=self._span.until,
                completeness="partial", basis=BASIS,
            )  # fmt: skip

    def _itself(self, id: str, owner: str, published: int) -> Iterator[Record]:
        """A reshare without words is an announce; where it was commented on, also the message that they answer."""
        post = self._post
        text = plain(post.html)
        if post.original == "":
            yield self._problem("reshare_without_original", post.key, lost=False)
        original = post_id(post.original) if post.original else None
        if original:
            yield from self._original(original)
        if original and not text:
            yield Announce(actor=owner, object=original, published=published)
            if not post.comments:
                return
        url = post.url if post.url and post.url.startswith("https://") else None
        yield Object(
            id=id, channel=CHANNEL, kind="note", actor=owner, published=published, thread=id,
            quotes=original if text else None, text=text or None, url=url,
        )  # fmt: skip
        yield from self._addressed(id, owner, post.html, text)

    def _original(self, id: str) -> Iterator[Record]:
        """What was reshared, where the file tells who wrote it and when (JSON)."""
        original = self._post.original_post
        published = iso(original.time) if original else None
        if original is None or published is None or original.author.key is None:
            return
        actor = account(CHANNEL, original.author.key)
        yield from self._actor(actor, original.author)
        url = original.url if original.url and original.url.startswith("https://") else None
        yield Object(
            id=id, channel=CHANNEL, kind="note", actor=actor, published=published, thread=id,
            text=plain(original.html) or None, url=url,
        )  # fmt: skip

    def _comment(self, post: str, comment: Said) -> Iterator[Record]:
        published = iso(comment.time)
        if published is None:
            yield self._problem("unparsable_time", comment.time or None)
            return
        text = plain(comment.html)
        id = self._comment_id(published, text)
        if id is None:
            yield self._problem("repeated_entry", text or None, lost=False)
            return
        who, key = comment.author, comment.author.key
        if key is None and who.name is None:
            yield self._problem("no_author_name", comment.time, lost=False)
        site = self._post.author.key or ""
        actor = account(CHANNEL, key) if key else named_actor(CHANNEL, site, who.name or f"#{id.rsplit('/', 1)[-1]}")
        yield from self._actor(actor, who)
        yield from self._span.add(published, self._place)
        yield Object(
            id=id, channel=CHANNEL, kind="comment", actor=actor, published=published, in_reply_to=post, thread=post,
            text=text or None,
        )  # fmt: skip
        yield from self._addressed(id, actor, comment.html, text)

    def _comment_id(self, published: int, text: str) -> str | None:
        """Comments have no id in HTML: in both forms it is the post and the second. None: it was here already."""
        key = f"{self._post.key}-{published // 1_000_000}"
        digest = blake2b(text.encode("utf-8", "surrogatepass"), digest_size=4).hexdigest()
        if f"{key}-{digest}" in self._ids:
            return None
        id = key if key not in self._ids else f"{key}-{digest}"
        self._ids |= {key, f"{key}-{digest}"}
        return message_id(CHANNEL, "comment", id)

    def _activity(self, id: str) -> Iterator[Record]:
        for somebody in self._post.liked_by:
            if somebody.key:
                actor = account(CHANNEL, somebody.key)
                yield from self._actor(actor, somebody)
                yield Like(actor=actor, object=id)
            else:
                yield self._problem("missing_author", "+1", lost=False)
        for somebody in self._post.reshared_by:
            yield self._problem("reshare_without_time", somebody.name, lost=False)

    def _addressed(self, id: str, actor: str, html: str, text: str) -> Iterator[Record]:
        """``to``: whose ``+Name`` begins it; ``mention``: whom else it links to.

        Not those whom "Shared with" names: Google+ added everybody whom a comment named (11 of 20 in a real Takeout).
        """
        spoken = {actor}
        begins, rest = True, text
        for somebody in _linked(html):
            begins = begins and somebody.name is not None and rest.startswith(f"+{somebody.name}")
            if begins:
                rest = _BETWEEN.sub("", rest[len(somebody.name or "") + 1 :], count=1)
            yield from self._speaks(id, "to" if begins else "mention", somebody, spoken)
        if text.startswith("+") and len(spoken) == 1:
            yield from self._called(id, text, spoken)

    def _speaks(self, id: str, kind: str, somebody: Person, spoken: set[str]) -> Iterator[Record]:
        key = self._same(somebody)
        actor = account(CHANNEL, key) if key else None
        if actor and actor not in spoken:
            spoken.add(actor)
            yield from self._actor(actor, Person(key, somebody.name))
            yield Addressed(object=id, actor=actor, kind="to" if kind == "to" else "mention")

    def _called(self, id: str, text: str, spoken: set[str]) -> Iterator[Record]:
        """``+Name`` without a link: of those who speak here, if exactly one has that name (the longest that fits)."""
        ends = [at for at in range(2, min(len(text), NAME_LENGTH + 1) + 1) if not text[at : at + 1].isalnum()]
        for name in (text[1:at] for at in reversed(ends)):
            if keys := self._by_name.get(name):
                if len(keys) == 1:
                    yield from self._speaks(id, "to", Person(next(iter(keys)), name), spoken)
                return

    def _same(self, somebody: Person) -> str | None:
        """The key under which somebody speaks here. A link has the number, also of accounts that comments show by
        their ``+Name``: then it is the one of that name here, if there is exactly one."""
        key = somebody.number or somebody.key
        if key is None or key.startswith("+"):
            return key
        if key in self._by_number:
            return self._by_number[key]
        if key in self._keys:
            return key
        named = self._by_name.get(somebody.name or "", set())
        found = next(iter(named)) if len(named) == 1 else None
        shown = found is not None and found.startswith("+") and found not in self._numbered
        return found if shown else somebody.key

    def _actor(self, id: str, somebody: Person) -> Iterator[Actor]:
        if id not in self._known:
            self._known.add(id)
            key = somebody.key
            handle = key.removeprefix("+") if key and key.startswith("+") else None
            url = f"https://plus.google.com/{key}" if key else None
            yield Actor(id=id, channel=CHANNEL, handle=handle, name=somebody.name, url=url)


def _linked(html: str) -> Iterator[Person]:
    """The people whose profiles a text links to, in order."""
    for link in _LINK.finditer(html):
        attributes = {name: unescape(value) for name, value in _ATTRIBUTE.findall(link[1])}
        oid = attributes.get("oid", "")
        number = oid if oid.isdecimal() else None
        if key := profile_key(attributes.get("href")) or number:
            yield Person(key, display_name(link[2].strip().removeprefix("+")), number)
