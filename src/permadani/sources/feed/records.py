"""Entries become articles and comments."""

from __future__ import annotations

import re
from collections.abc import Iterator

from permadani.sources.feed.entry import Entry, Head, Person
from permadani.sources.feed.people import People
from permadani.sources.feed.places import COMMENT, WORDPRESS, Place, is_address, post_address
from permadani.sources.reading.clock import iso, rfc2822
from permadani.sources.reading.markup import plain
from permadani.sources.reading.span import Span
from permadani.vocabulary import Coverage, Object, Problem, Record

REMEMBERED = 100_000
_ANSWERED = re.compile(
    r"""\s*(?:<p>)?\s*[^<>]{0,80}<a\s[^<>]{0,20}href=["'](?P<parent>[^"'<>\s]{1,1000}\#comment-\d{1,20})["'][^<>]{0,80}>"""
    r"""[^<>]{0,300}</a>[^<>\n]{0,20}(?:</p>|\n|<br\s?/?>)""",
    re.IGNORECASE,
)
"""How WordPress begins an answer in RSS, in any language: "In reply to <a href="…#comment-7">Ani</a>." on its own."""


class Records:
    """The records of one feed. Its head must be filled before the first entry comes."""

    def __init__(self) -> None:
        self.head = Head()
        self._place: Place
        self._people: People | None = None
        self._linked: set[str] = set()
        self._span: Span
        self._comments = self._articles = 0

    def of(self, entry: Entry) -> Iterator[Record]:
        if self._people is None:
            self._place = Place(self.head, entry)
            self._people = People(self._place, self.head)
            self._span = Span(self._place.channel)
        if entry.left_out and entry.left_out != "password":
            kind = entry.left_out.removeprefix("kind:")
            reason = f"not_a_post:{kind}" if kind != entry.left_out else f"not_published:{kind}"
            yield Problem(reason=reason, place=entry.place, lost=False)
            return
        published = _time(entry.published)
        if published is None and (published := _time(entry.updated)) is not None:
            yield Problem(reason="time_of_update", place=entry.place, lost=False)
        if published is None:
            stamp = (entry.published or entry.updated)[:80]
            yield Problem(reason="unparsable_time", place=entry.place, example=stamp or None)
            return
        make = self._comment if self._is_comment(entry) else self._article
        made = make(entry, published)
        if made is None:
            yield Problem(reason="missing_id", place=entry.place)
            return
        if not entry.id:  # podcasts link all their episodes to one page
            if made.id in self._linked:
                yield Problem(reason="duplicate_id", place=entry.place, example=made.id[:120])
                return
            if len(self._linked) < REMEMBERED:
                self._linked.add(made.id)
        if entry.left_out:
            yield Problem(reason="not_published:password", place=entry.place, lost=False)
        yield from self._signed(entry, made)

    def _is_comment(self, entry: Entry) -> bool:
        marks = entry.comment or entry.parent or COMMENT.search(entry.id) or COMMENT.search(entry.link)
        return bool(marks) or self.head.of_comments

    def _article(self, entry: Entry, published: int) -> Object | None:
        id = self._place.post(entry.id or entry.link, entry.number)
        if id is None:
            return None
        body = "" if entry.excerpt and self._place.channel == WORDPRESS else entry.body
        return Object(
            id=id,
            channel=self._place.channel,
            kind="article",
            actor="",
            published=published,
            thread=id,
            text="\n".join(filter(None, (entry.title, body))) or None,
            language=entry.language or self.head.language,
            url=_address(entry.link) or (_address(entry.id) if entry.permalink else None),
        )

    def _comment(self, entry: Entry, published: int) -> Object | None:
        id = self._place.comment(entry.id, entry.link)
        if id is None:
            return None
        parent, article, body = self._above(entry)
        return Object(
            id=id,
            channel=self._place.channel,
            kind="comment",
            actor="",
            published=published,
            in_reply_to=parent if parent != id else None,
            thread=article,
            text=body or None,
            url=_address(entry.link),
        )

    def _above(self, entry: Entry) -> tuple[str | None, str | None, str]:
        """What a comment replies to, the article above it, and its words."""
        place = self._place
        if entry.parent:
            article = place.post(entry.article) if entry.article else None
            if place.channel == WORDPRESS:
                for address in (entry.parent, entry.id):  # both begin with the post's id
                    post = place.post(address.partition("#")[0])
                    article = article or (post if post and post.startswith(WORDPRESS) else None)
                if article is None and COMMENT.search(entry.id):  # the post's id may be its address
                    article = place.post(entry.id.partition("#")[0])
                answered = _ANSWERED.match(entry.start)
                if answered and place.comment(answered["parent"]) == place.either(entry.parent):
                    return place.either(entry.parent), article, plain(entry.start[answered.end() :])
            return place.either(entry.parent), article, entry.body
        page = post_address(entry.link) or post_address(entry.id)
        post = place.post(entry.id.partition("#")[0] if COMMENT.search(entry.id) else "")
        if place.channel != WORDPRESS or post is None or not post.startswith(WORDPRESS):
            post = place.post(page) if is_address(page) else None
        if place.channel != WORDPRESS:
            return post, post, entry.body
        if answered := _ANSWERED.match(entry.start):
            return place.comment(answered["parent"]), post, plain(entry.start[answered.end() :])
        return post if self.head.tells_parents else None, post, entry.body

    def _signed(self, entry: Entry, made: Object) -> Iterator[Record]:
        people = self._people
        assert people is not None  # noqa: S101
        authors = entry.authors
        comment = made.kind == "comment"
        if not authors and not comment and len(self.head.authors) == 1:
            authors = self.head.authors
        person: Person | None = authors[0] if authors else None
        if len(authors) > 1:
            yield Problem(reason="several_authors", place=entry.place, lost=False)
        if person is None and not comment and self._place.channel != WORDPRESS:
            actor, news = people.site()
            known = False
        else:
            number = made.id.rpartition("/")[2] if made.id.startswith(WORDPRESS) else made.id
            actor, news, known = people.author(person, number if comment else f"post {number}")
        if not known:
            yield Problem(reason="no_author_name", place=entry.place, lost=False)
        if comment and made.in_reply_to is None and made.thread is None:
            yield Problem(reason="thread_missing", place=entry.place, lost=False)
        yield from news
        yield from self._span.add(made.published, entry.place)
        self._comments += comment
        self._articles += not comment
        yield Object(
            id=made.id,
            channel=made.channel,
            kind=made.kind,
            actor=actor,
            published=made.published,
            in_reply_to=made.in_reply_to,
            thread=made.thread,
            text=made.text,
            language=made.language,
            url=made.url,
        )

    def coverage(self) -> Iterator[Record]:
        """What a feed holds is the newest; one of entries alone tells nothing of who spoke to their authors."""
        if not self._comments + self._articles:
            yield Problem(reason="no_messages", lost=False)
            return
        for direction in ("inbound", "outbound") if self._span.since is not None else ():
            absent = direction == "inbound" and not self._comments
            yield Coverage(
                actor=None,
                channel=self._place.channel,
                direction=direction,
                since=self._span.since,
                until=self._span.until,
                completeness="none" if absent else "partial",
                basis=f"feed of {self._place.site}{', entries only' if absent else ''}",
            )


def _address(text: str) -> str | None:
    return text if is_address(text) else None


def _time(stamp: str) -> int | None:
    """RSS has dates as in e-mail, Atom as in ISO 8601; feeds mix them up."""
    if not stamp:
        return None
    if stamp[0].isdigit() and stamp[4:5] == "-":
        return iso(stamp)
    return rfc2822(stamp) if len(stamp) < 100 else None
