"""A feed that came over the network, read as a file of the source ``feed``, so that its messages have the same ids."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from permadani.errors import InputError
from permadani.sources.base import ReadOptions
from permadani.sources.feed import Feed
from permadani.sources.feed.places import host
from permadani.sources.reading.files import InputFile
from permadani.vocabulary import NAME_MARK, Actor, Coverage, Cue, Object, Problem, Record

_OWN = re.compile(r"(?:wordpress:(?:post|comment)|web:entry)/([^/\s?#:]{1,255})")
_WORDPRESS_ID = re.compile(r"https?://[^\s]{1,300}[?&](?:p|page_id)=\d{1,20}(?:#comment-\d{1,20})?")
_NOBODYS = ("tag:", "urn:")


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


def hosts_of(*addresses: str) -> frozenset[str]:
    """Hosts without "www."."""
    return frozenset(filter(None, map(host, addresses)))


def read_feed(body: bytes, address: str, hosts: Iterable[str]) -> Read:
    """The records of a feed that speaks for the sites at ``hosts``. Messages with the ids of others are left out: else
    anybody could write in the store in their name."""
    found, allowed = Read(), frozenset(hosts)
    actors: dict[str, list[Record]] = {}
    try:
        if not is_feed(body, address):
            found.readable = False
            found.records.append(Problem(reason="not_a_feed", place=address))
            return found
        for record in Feed().read(as_file(body, address), ReadOptions()):
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


def _speaks_for(message: Object, hosts: frozenset[str]) -> bool:
    """Whether an id is one of the site: at its host, of nobody's, or (after a move) a number of WordPress whose link is
    the site's."""
    if NAME_MARK in message.actor and message.channel == "wordpress":
        site = message.actor.partition(":")[2].partition("/")[0].partition(":")[0].lower()
        if site.removeprefix("www.") not in hosts:
            return False
    own = _OWN.match(message.id)
    if own is not None:
        return own[1].lower().removeprefix("www.") in hosts
    if message.id.startswith(_NOBODYS):
        return True
    if not message.id.lower().startswith(("http://", "https://")):
        return False
    return host(message.id) in hosts or (
        _WORDPRESS_ID.fullmatch(message.id) is not None and host(message.url or "") in hosts
    )
