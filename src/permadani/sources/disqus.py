"""The Disqus export: one XML file with a forum's threads and then all their comments."""

from __future__ import annotations

from collections.abc import Iterator

from permadani.sources.base import ReadOptions
from permadani.sources.reading.clock import iso
from permadani.sources.reading.cues import Cues
from permadani.sources.reading.files import InputFile
from permadani.sources.reading.markup import display_name, plain
from permadani.sources.reading.memory import Memory
from permadani.sources.reading.span import Span
from permadani.sources.reading.xmlbytes import starts_with
from permadani.sources.reading.xmlelement import Element, Shape, children, text
from permadani.sources.reading.xmlstream import Part, XmlStream
from permadani.vocabulary import Actor, Coverage, Direction, Object, Problem, Record, account, message_id, named_actor

SHAPE = Shape(
    what="a Disqus export",
    containers=("disqus",),
    records=("thread", "post"),
    fields=frozenset(
        {"id", "forum", "category", "link", "title", "message", "createdAt", "author", "ipAddress"}
        | {"isClosed", "isDeleted", "isSpam", "thread", "parent"}
    ),
)
_ID = "{http://disqus.com/disqus-internals}id"
_DIRECTIONS: tuple[Direction, Direction] = ("inbound", "outbound")
_FLAGS = {"true": True, "false": False}


def _id(element: Element | None) -> str | None:
    """The number Disqus gave it: ``dsq:id``, not the child ``<id>``, which is the site's own."""
    if element is None:
        return None
    found = element.get(_ID) or element.get("dsq:id")  # the second where the prefix is not declared
    return found.strip() or None if found else None


class Disqus:
    """See docs/sources/disqus.md."""

    name = "disqus"

    def recognises(self, file: InputFile) -> bool:
        found = starts_with(file, SHAPE.containers)
        return found is not None and ("disqus.com" in found[0] or 'dsq:id="' in found[1])

    def read(self, file: InputFile, options: ReadOptions) -> Iterator[Record]:
        return _Reading(file).records()


class _Reading:
    """One pass over one export."""

    def __init__(self, file: InputFile) -> None:
        self._stream = XmlStream(file, SHAPE)
        self._forum = "unknown"
        self._threads: dict[str, tuple[str, str]] = {}  # thread -> forum, link
        self._owners: dict[str, str] = {}  # author of a thread -> forum
        self._seen = Memory[str]()
        self._cues = Cues()
        self._threads_span, self._span = Span("disqus"), Span("disqus")

    def records(self) -> Iterator[Record]:
        for item in self._stream:
            if isinstance(item, Problem):
                yield item
                continue
            fields = children(item.element)
            tag = item.element.tag
            if tag.endswith("post"):
                yield from self._post(item, fields)
            elif tag.endswith("thread"):
                yield from self._thread(item, fields)
            elif tag.endswith("category"):
                self._forum = text(fields.get("forum")).strip() or self._forum
        for actor, forum in self._owners.items() if self._threads_span.since is not None else ():
            yield from self._coverage(actor, forum)
        if self._stream.cut:
            raise self._stream.cut

    def _coverage(self, actor: str, forum: str) -> Iterator[Coverage]:
        for direction in _DIRECTIONS:
            yield Coverage(
                actor=actor,
                channel="disqus",
                direction=direction,
                since=self._threads_span.since,
                until=self._span.until,
                completeness="complete",
                basis=f"Disqus export of forum {forum}",
            )

    def _actor(self, author: Element | None, forum: str, message: str) -> tuple[str, list[Record], bool]:
        """Id, what was not yielded of it yet, and whether it has a name at all.

        Somebody without any name gets an id for this one message: they must not become one talkative person.
        """
        user, signed, mail = "", "", ""
        for child in () if author is None else author.iterchildren("*"):
            tag = child.tag
            if tag.endswith("username"):
                user = text(child).strip()
            elif tag.endswith("name"):
                signed = text(child)
            elif tag.endswith("email"):
                mail = text(child)
        name = display_name(signed)
        id = account("disqus", user) if user else named_actor("disqus", forum, name or f"#{message}")
        named, new = bool(user or name), list[Record]()
        if self._seen.is_new(id):
            url = f"https://disqus.com/by/{user}/" if user else None
            new.append(Actor(id=id, channel="disqus", handle=user or None, name=name, url=url))
        if named and mail:
            new += self._cues.address(id, mail)
        return id, new, named

    def _when(self, part: Part, fields: dict[str, Element]) -> int | Problem:
        stamp = text(fields.get("createdAt"))
        published = iso(stamp)
        if published is None:
            return Problem(reason="unparsable_time", place=part.line(), example=stamp.strip()[:80] or None)
        return published

    def _thread(self, part: Part, fields: dict[str, Element]) -> Iterator[Record]:
        key = _id(part.element)
        if key is None:
            yield Problem(reason="missing_id", place=part.line())
            return
        forum = text(fields.get("forum")).strip() or self._forum
        link = text(fields.get("link")).strip()
        self._forum, self._threads[key] = forum, (forum, link)
        published = self._when(part, fields)
        if isinstance(published, Problem):
            yield published
            return
        actor, new, named = self._actor(fields.get("author"), forum, key)
        if not named:
            yield Problem(reason="no_author_name", place=part.line(), lost=False)
        else:
            self._owners.setdefault(actor, forum)
        yield from new
        self._threads_span.add(published)
        yield from self._span.add(published, part.line())
        deleted = _FLAGS.get(text(fields.get("isDeleted")).strip())
        words = (plain(text(fields.get(name))) for name in ("title", "message"))
        id = message_id("disqus", "thread", key)
        yield Object(
            id=id,
            channel="disqus",
            kind="article",
            actor=actor,
            published=published,
            thread=id,
            text=None if deleted else "\n".join(filter(None, words)) or None,
            url=link or None,
            deleted=deleted,
        )

    def _post(self, part: Part, fields: dict[str, Element]) -> Iterator[Record]:
        key = _id(part.element)
        if key is None:
            yield Problem(reason="missing_id", place=part.line())
            return
        published = self._when(part, fields)
        if isinstance(published, Problem):
            yield published
            return
        thread, parent = _id(fields.get("thread")), _id(fields.get("parent"))
        forum, link = self._threads.get(thread or "", (None, ""))
        if forum is None:
            yield Problem(reason="thread_missing", place=part.line(), lost=False)
        actor, new, named = self._actor(fields.get("author"), forum or self._forum, key)
        if not named:
            yield Problem(reason="no_author_name", place=part.line(), lost=False)
        yield from new
        yield from self._span.add(published, part.line())
        article = message_id("disqus", "thread", thread) if thread else None
        deleted = _FLAGS.get(text(fields.get("isDeleted")).strip())
        yield Object(
            id=message_id("disqus", "post", key),
            channel="disqus",
            kind="comment",
            actor=actor,
            published=published,
            in_reply_to=message_id("disqus", "post", parent) if parent else article,
            thread=article,
            text=None if deleted else plain(text(fields.get("message"))) or None,
            url=f"{link.partition('#')[0]}#comment-{key}" if link and not deleted else None,
            spam=_FLAGS.get(text(fields.get("isSpam")).strip()),
            deleted=deleted,
        )
