"""What feeds of every kind come down to: the head of one, and its entries."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from urllib.parse import unquote

LOCKED = "post-password-form"
"""What WordPress shows in place of words behind a password."""
_GENERATOR = re.compile(r"(?i)wordpress")
_VERSION = re.compile(r"[?&]v=(\d{1,3})\.(\d{1,3})")
_MAILBOX = re.compile(r"(?P<address>[^\s()<>@]{1,64}@[^\s()<>@]{1,250})\s*(?:\((?P<name>[^()]{1,200})\))?")
_NAMED = re.compile(r"(?P<name>[^<>]{1,200}?)\s*<(?P<address>[^\s<>@]{1,64}@[^\s<>@]{1,250})>")
_QUOTED = re.compile(r'"(?P<name>[^"]{1,200})"\s+(?P<address>[^\s()<>@"]{1,64}@[^\s()<>@"]{1,250})')
_COMMENT_FEED = re.compile(r"(?i)/comments?(?:[/.]|$)|[?&]feed=comments-|/comments?\?")


@dataclass(slots=True)
class Person:
    """An author as the feed names them; ``address`` is never kept, only its hash."""

    name: str = ""
    uri: str = ""
    address: str = ""

    def __bool__(self) -> bool:
        return bool(self.name.strip() or self.uri.strip() or self.address.strip())


@dataclass(slots=True)
class Head:
    """What a feed says of itself, as far as it was read."""

    title: str = ""
    link: str = ""
    own: str = ""
    generator: str = ""
    language: str | None = None
    authors: list[Person] = field(default_factory=list)

    @property
    def wordpress(self) -> bool:
        return _GENERATOR.search(self.generator) is not None

    @property
    def tells_parents(self) -> bool:
        """Since 5.4 a comment in WordPress's RSS begins with a link to the one it answers."""
        version = _VERSION.search(self.generator)
        return version is None or (int(version[1]), int(version[2])) >= (5, 4)

    @property
    def of_comments(self) -> bool:
        return _COMMENT_FEED.search(unquote(self.own)) is not None


@dataclass(slots=True)
class Entry:
    """One entry as it stands in the file; ``title`` and ``body`` are plain text, ``start`` the body as HTML.

    ``parent``: what it says that it replies to (an id, or an address where it gives only that).
    """

    place: str
    id: str = ""
    permalink: bool = True
    number: str = ""
    link: str = ""
    title: str = ""
    body: str = ""
    excerpt: bool = False
    start: str = ""
    published: str = ""
    updated: str = ""
    parent: str = ""
    article: str = ""
    comment: bool = False
    language: str | None = None
    left_out: str = ""
    authors: list[Person] = field(default_factory=list)


def mailbox(text: str) -> Person:
    """The author of RSS: ``ani@mail.example (Ani)``, but often a name only."""
    text = text.strip()[:600].removeprefix("mailto:")
    found = _MAILBOX.fullmatch(text) or _NAMED.fullmatch(text) or _QUOTED.fullmatch(text)
    if found is None:
        return Person(name=text)
    return Person(name=found["name"] or "", address=found["address"])
