"""Posts and comments as a WordPress API lists them become articles and comments, with the ids of the site's export."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from permadani.sources.reading.clock import iso
from permadani.sources.reading.cues import Cues, link
from permadani.sources.reading.markup import display_name, plain
from permadani.sources.wordpress import ids
from permadani.sources.wordpress.api import Item, content, number, words
from permadani.sources.wordpress.people import People
from permadani.vocabulary import Actor, Object, Problem, Record

POST_FIELDS = "id,date,date_gmt,modified_gmt,link,title,content,author,type,status,comment_status"
COMMENT_FIELDS = "id,post,parent,author,author_name,author_url,date,date_gmt,content,link,type,status"
PRIVATE_FIELDS = "author_email,author_ip,author_user_agent"
"""Shown to those who may moderate; the address on the net is for Akismet, where it is asked, and never kept."""
KINDS = ("", "comment", "review")
_PINGS = ("pingback", "trackback")
_PAGE = re.compile(r"/comment-page-\d{1,6}/?(?=#)")
_DELETED = ("trash", "post-trashed")
HOUR = 3_600_000_000


@dataclass(frozen=True, slots=True)
class Post:
    """One entry of a list of posts. ``article`` is None where it is left out or cannot be read; ``author`` then too."""

    number: int | None
    article: Object | None = None
    author: Actor | None = None
    problems: list[Problem] = field(default_factory=list)
    changed: int | None = None
    open: bool = False
    """Whether comments can be written under it."""


@dataclass(frozen=True, slots=True)
class Comment:
    """One entry of a list of comments, as ``Post``. ``post``, ``parent``: the numbers of what it stands under.
    ``spoken``: the entry itself, for what is in it besides."""

    number: int | None
    post: int | None = None
    parent: int | None = None
    message: Object | None = None
    author: Actor | None = None
    problems: list[Problem] = field(default_factory=list)
    cues: list[Record] = field(default_factory=list)


class Messages:
    """``offset``: how far the site's clock goes before UTC, in microseconds; for times without a UTC twin."""

    def __init__(self, site: str, people: People, language: str | None, offset: int) -> None:
        self._site, self._people, self._language, self._offset = site, people, language, offset
        self._cues = Cues()

    def post(self, item: Item) -> Post:
        id = number(item.get("id"))
        place = f"post {id}"
        if not id:
            return Post(None, problems=[Problem(reason="missing_id", place=words(item.get("link"))[:200] or None)])
        status, body = words(item.get("status")) or "publish", item.get("content")
        if status != "publish" or (isinstance(body, dict) and body.get("protected") is True):
            why = "password" if status == "publish" else status[:40]
            return Post(id, problems=[Problem(reason=f"not_published:{why}", place=place, lost=False)])
        published, told = self._time(item, place)
        if published is None:
            return Post(id, problems=told)
        user = number(item.get("author"))
        if not user:
            told.append(Problem(reason="no_author_name", place=place, lost=False))
        author = self._people.author(user) if user else self._people.commenter(None, None, id)
        text = (plain(content(item.get(name))) for name in ("title", "content"))
        thread = ids.post(self._site, id)
        article = Object(
            id=thread, channel=ids.CHANNEL, kind="article", actor=author.id, published=published, thread=thread,
            text="\n".join(filter(None, text)) or None, language=self._language, url=link(words(item.get("link"))),
        )  # fmt: skip
        changed = iso(words(item.get("modified_gmt")))
        return Post(id, article, author, told, changed, item.get("comment_status") == "open")

    def comment(self, item: Item) -> Comment:
        id, post, parent = (number(item.get(name)) for name in ("id", "post", "parent"))
        place = f"comment {id}"
        if not id or not post:
            return Comment(id, problems=[Problem(reason="missing_id", place=words(item.get("link"))[:200] or place)])
        if why := _unwanted(words(item.get("type")).strip(), words(item.get("status")).strip()):
            return Comment(id, post, problems=[Problem(reason=why, place=place, lost=False)])
        published, told = self._time(item, place)
        if published is None:
            return Comment(id, post, problems=told)
        name = display_name(words(item.get("author_name")))
        author = self._people.commenter(number(item.get("author")), name, id)
        cues: list[Record] = []
        if author.handle or name:
            cues += self._cues.address(author.id, words(item.get("author_email")))
            cues += self._cues.link(author.id, words(item.get("author_url")))
        else:
            told.append(Problem(reason="no_author_name", place=place, lost=False))
        status = words(item.get("status")).strip()
        deleted = status in _DELETED
        message = Object(
            id=ids.comment(self._site, id), channel=ids.CHANNEL, kind="comment", actor=author.id, published=published,
            in_reply_to=ids.comment(self._site, parent) if parent else ids.post(self._site, post),
            thread=ids.post(self._site, post), text=None if deleted else plain(content(item.get("content"))) or None,
            url=None if deleted else link(_PAGE.sub("/", words(item.get("link")))),
            spam=status == "spam", deleted=deleted or None,  # what will be deleted later is not known yet
        )  # fmt: skip
        return Comment(id, post, parent, message, author, told, cues)

    def address(self, actor: str, item: Item) -> Iterator[Record]:
        """What a user's own entry tells of them."""
        yield from self._cues.address(actor, words(item.get("email")))

    def home(self, actor: str, url: str) -> Iterator[Record]:
        yield from self._cues.link(actor, url)

    def _time(self, item: Item, place: str) -> tuple[int | None, list[Problem]]:
        universal, local = words(item.get("date_gmt")), words(item.get("date"))
        if (published := iso(universal)) is not None:
            return published, []
        if (published := iso(local)) is not None:
            return published - self._offset, [Problem(reason="local_time", place=place, lost=False)]
        return None, [Problem(reason="unparsable_time", place=place, example=(universal or local)[:80] or None)]


def offset(value: object) -> int:
    """``gmt_offset`` of a site in microseconds."""
    try:
        hours = float(value) if isinstance(value, str | int | float) else 0.0
    except (ValueError, OverflowError):
        return 0
    return round(hours * HOUR) if -15 <= hours <= 15 else 0


def _unwanted(kind: str, status: str) -> str | None:
    """Why a comment is left out on purpose, or None."""
    if kind in _PINGS:
        return "pingback"
    if kind not in KINDS:
        return f"not_a_comment:{kind[:40]}"
    if status in ("hold", "0", "unapproved"):
        return "held_for_moderation"
    return None if status in ("", "approved", "approve", "1", "spam", *_DELETED) else f"not_approved:{status[:40]}"
