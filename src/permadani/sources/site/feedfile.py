"""A feed that came over the network, read as a file of the source ``feed``, so that its messages have the same ids."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

import msgspec

from permadani.errors import InputError
from permadani.sources.base import ReadOptions
from permadani.sources.feed import Feed
from permadani.sources.feed.places import WEB, host
from permadani.sources.reading.files import InputFile
from permadani.vocabulary import (
    NAME_MARK,
    Actor,
    Coverage,
    Cue,
    Object,
    Problem,
    Record,
    account,
    message_id,
    named_actor,
)

_OWN = re.compile(r"(?:wordpress:(?:post|comment)|web:entry)/([^/\s?#:]{1,255})")
_WORDPRESS_ID = re.compile(r"https?://[^\s]{1,300}[?&](?:p|page_id)=\d{1,20}(?:#comment-\d{1,20})?")
_OPAQUE = re.compile(r"(?i)(?:tag|urn):")
_TAG = re.compile(r"(?i)tag:(?:[^@,:\s]{1,200}@)?([\w.-]{1,255}),")
_BLOGGERS_ID = re.compile(r"tag:(?:www\.)?blogger\.com,")
_BLOGGERS = re.compile(r"https://(?:[\w-]{1,100}\.blogspot|(?:www\.)?blogger)\.com/feeds/", re.ASCII)
"""Feeds that Blogger itself makes, whatever the blog's owner does to its pages."""
_PROFILES = ("blogger.com",)


@dataclass(slots=True)
class Read:
    """``claims``: what the feed alone would claim. ``comments``: whether it holds any; ``authors``: of its entries;
    ``oldest``: of its messages; ``readable``: whether it was understood at all."""

    records: list[Record] = field(default_factory=list)
    claims: list[Coverage] = field(default_factory=list)
    authors: set[str] = field(default_factory=set)
    comments: bool = False
    oldest: int | None = None
    readable: bool = True


def as_file(body: bytes, address: str) -> InputFile:
    return InputFile(address, "feed", len(body), lambda: io.BytesIO(body))


def is_feed(body: bytes, address: str) -> bool:
    return Feed().recognises(as_file(body, address))


def hosts_of(*addresses: str) -> tuple[str, ...]:
    """Hosts without "www.", each once."""
    return tuple(dict.fromkeys(filter(None, map(host, addresses))))


def read_feed(body: bytes, address: str, hosts: Sequence[str]) -> Read:
    """The records of a feed that speaks for the sites at ``hosts``, the first of them being what it is called by.
    Messages with the ids of others are left out, and ids that do not show whose they are become this site's: else
    anybody could write in the store in the name of others."""
    found, allowed, own = Read(), frozenset(hosts), _Own(address, hosts)
    actors: dict[str, list[Record]] = {}
    try:
        if not is_feed(body, address):
            found.readable = False
            found.records.append(Problem(reason="not_a_feed", place=address))
            return found
        for read in Feed().read(as_file(body, address), ReadOptions()):
            record = own.named(read) if isinstance(read, Actor | Cue | Object) else read
            if isinstance(record, Coverage):
                found.claims.append(record)
            elif isinstance(record, Actor):
                actors.setdefault(record.id, []).append(record)
            elif isinstance(record, Cue):
                actors.setdefault(record.actor, []).append(record)
            elif isinstance(record, Object) and not _speaks_for(record, allowed):
                found.records.append(
                    Problem(reason="of_another_site", place=address, example=record.id[:120], lost=False)
                )
            else:
                if isinstance(record, Object):
                    found.records += actors.pop(record.actor, [])
                    _count(found, record)
                found.records.append(record)
    except InputError as error:
        found.readable = False
        found.records.append(Problem(reason="feed_unreadable", place=address, example=error.text()[:160]))
    wrote = {record.actor for record in found.records if isinstance(record, Object)}
    found.records += [one for actor, some in actors.items() if actor in wrote for one in some]
    return found


def _count(found: Read, message: Object) -> None:
    found.comments |= message.kind == "comment"
    if message.kind != "comment":
        found.authors.add(message.actor)
    found.oldest = message.published if found.oldest is None else min(found.oldest, message.published)


class _Own:
    """Names what does not show whose it is after the site that it was read at."""

    def __init__(self, address: str, hosts: Sequence[str]) -> None:
        self._hosts, self._first = frozenset(hosts), hosts[0] if hosts else ""
        self._bloggers = _BLOGGERS.match(address) is not None

    def named(self, record: Actor | Cue | Object) -> Actor | Cue | Object:
        """The record, with ids that can be this site's only."""
        if not self._first:
            return record
        if isinstance(record, Actor):
            return msgspec.structs.replace(record, id=self._actor(record.id))
        if isinstance(record, Cue):
            return msgspec.structs.replace(record, actor=self._actor(record.actor))
        return msgspec.structs.replace(
            record,
            id=self._message(record.id),
            actor=self._actor(record.actor),
            in_reply_to=record.in_reply_to and self._message(record.in_reply_to),
            thread=record.thread and self._message(record.thread),
        )

    def _message(self, id: str) -> str:
        if not _OPAQUE.match(id) or (self._bloggers and _BLOGGERS_ID.match(id)):
            return id
        tag = _TAG.match(id)
        if tag and tag[1].lower().removeprefix("www.") in self._hosts:
            return id
        return message_id(WEB, "entry", f"{self._first}/{id}")

    def _actor(self, id: str) -> str:
        """A feed may call itself the feed of another site, and a blog by another's number."""
        channel, _, rest = id.partition(":")
        if channel != WEB:
            return id
        site, mark, name = rest.partition(NAME_MARK)
        where = (site if mark else site.removeprefix("user/")).partition("/")[0].partition(":")[0].lower()
        if where.removeprefix("www.") in self._hosts or (not mark and where in _PROFILES):
            return id
        if mark and self._bloggers and "/blog-" in site:
            return id
        return named_actor(WEB, self._first, name) if mark else account(WEB, self._first)


def _speaks_for(message: Object, hosts: frozenset[str]) -> bool:
    """Whether an id is one of the site: at its host, made its own, or (after a move) a number of WordPress whose link
    is the site's."""
    if NAME_MARK in message.actor and message.channel == "wordpress":
        site = message.actor.partition(":")[2].partition("/")[0].partition(":")[0].lower()
        if site.removeprefix("www.") not in hosts:
            return False
    own = _OWN.match(message.id)
    if own is not None:
        return own[1].lower().removeprefix("www.") in hosts
    if _OPAQUE.match(message.id):
        return True
    if not message.id.lower().startswith(("http://", "https://")):
        return False
    return host(message.id) in hosts or (
        _WORDPRESS_ID.fullmatch(message.id) is not None and host(message.url or "") in hosts
    )
