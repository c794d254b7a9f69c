"""Accounts as a server describes them: who they are for the rest of the world, and how many listen to them."""

from __future__ import annotations

import re
from itertools import islice
from typing import Any

from permadani.sources.activitystreams.profile import actor_of, author_in, channel_of
from permadani.sources.activitystreams.shapes import Node, host, nodes, string, web
from permadani.sources.mastodon.server import local_id
from permadani.sources.reading.cues import Cues
from permadani.vocabulary import Actor, Record, Standing

REMEMBERED = 100_000
LAST = 500
_ACTOR = re.compile(r"https?://[^/\s?#]+/(?:ap/)?users/[^/\s?#]+")
_HREF = re.compile(r"""<a\b[^>]{0,500}?\bhref=["'](https?://[^"'<>\s]{1,500})["']""", re.IGNORECASE)
_LOCAL_USER = re.compile(r"(https?://[^/\s]+/users/)([\w.-]+)")


class Accounts:
    """Everybody who was met in this run; each is told of once, in ``out``.

    ``host``: whose server it is. ``now``: when it was asked, in microseconds.
    """

    def __init__(self, host: str, now: int, out: list[Record], kept: object = None) -> None:
        """``kept``: what ``last`` said in an earlier run."""
        self._host, self._now, self._out = host, now, out
        self._uris: dict[str, str] = {}  # the server's number -> the actor's id
        self._told: dict[str, Actor] = {}
        self._cues = Cues()
        self._way: str | None = None  # how this server forms the ids of its own: https://HOST/users/
        for number, uri in kept.items() if isinstance(kept, dict) else ():
            self.know(number, uri)

    def take(self, account: Any, message: str | None = None) -> str | None:
        """The actor's id; None where it cannot be told. ``message``: the address of something it wrote."""
        if not isinstance(account, dict):
            return None
        number = local_id(account.get("id"))
        uri = _told(account) or self.by_number(number) or _derived(account, message)
        if uri is None:
            return None
        if number is not None:
            self.know(number, uri)
        actor = actor_of(_as_activity(account), uri, False)
        if self._told.get(uri) != actor:
            if len(self._told) >= REMEMBERED:
                self._told.clear()
            self._told[uri] = actor
            self._out.append(actor)
            if actor.followers is not None:
                self._out.append(Standing(actor=uri, observed=self._now, followers=actor.followers))
        return uri

    def links(self, account: Node, actor: str) -> None:
        """What the profile's fields link to; what the server found to link back says so."""
        for field in nodes(account.get("fields")):
            value = field.get("value")
            for address in _HREF.findall(value[:5000]) if isinstance(value, str) else ():
                self._out += self._cues.link(actor, address, "me" if string(field.get("verified_at")) else "link")

    def by_number(self, number: str | None) -> str | None:
        return self._uris.get(number) if number else None

    def last(self) -> dict[str, str]:
        """Number to id of those who were met last: the next run may meet them only in a mention."""
        return dict(reversed(list(islice(reversed(self._uris.items()), LAST))))

    def mentioned(self, mention: Node) -> str | None:
        """Whom a mention means: an account that was met; else one whose address tells it, or who is at home on this
        server, where all ids are formed alike."""
        if known := self.by_number(local_id(mention.get("id"))):
            return known
        address, name = web(mention.get("url")), mention.get("username")
        if address is not None and _ACTOR.fullmatch(address):
            uri = address
        elif self._way and address and isinstance(name, str) and self._is_local(address, name):
            uri = self._way + name
        else:
            return None
        if uri not in self._told:
            actor = Actor(id=uri, channel=channel_of(uri, False), handle=_handle(name), url=address)
            self._told[uri] = actor
            self._out.append(actor)
        return uri

    def _is_local(self, address: str, name: str) -> bool:
        return re.fullmatch(r"[\w.-]{1,100}", name) is not None and host(address) == self._host

    def know(self, number: str, uri: str) -> None:
        if len(self._uris) >= REMEMBERED:
            self._uris.clear()
        self._uris.pop(number, None)  # who was met last comes last
        self._uris[number] = uri
        found = _LOCAL_USER.fullmatch(uri)
        if found and host(uri) == self._host:
            self._way = found[1]


def followers_told(account: Node) -> int | None:
    """How many follow an account, as its server tells; None where it does not."""
    return actor_of(_as_activity(account), "", False).followers


def is_program(account: Any) -> bool:
    return isinstance(account, dict) and account.get("bot") is True


def _handle(name: Any) -> str | None:
    return " ".join(name.split())[:200] or None if isinstance(name, str) else None


def _told(account: Node) -> str | None:
    """``uri`` is told since Mastodon 4.2, ``ap_id`` by Pleroma."""
    pleroma = account.get("pleroma")
    return web(account.get("uri")) or (web(pleroma.get("ap_id")) if isinstance(pleroma, dict) else None)


def _derived(account: Node, message: str | None) -> str | None:
    """The address of a message tells its author; else the profile's stands for the account."""
    author = author_in(message)
    return author if author and author.startswith("http") else web(account.get("url"))


def _as_activity(account: Node) -> Node:
    """The same profile in the words of ActivityStreams, so that both sources read it alike."""
    return {
        "name": account.get("display_name"),
        "preferredUsername": account.get("username"),
        "summary": account.get("note"),
        "url": account.get("url"),
        "published": account.get("created_at"),
        "discoverable": account.get("discoverable"),
        "indexable": account.get("indexable"),
        "noindex": account.get("noindex"),
        "followers": {"totalItems": _followers(account)},
    }


def _followers(account: Node) -> Any:
    """None where a server that could not count an account of another server shows zeros, or it is asked to hide it."""
    pleroma = account.get("pleroma")
    if isinstance(pleroma, dict) and pleroma.get("hide_followers_count") is True:
        return None
    count, following, name = account.get("followers_count"), account.get("following_count"), account.get("acct")
    if count == 0 and following == 0 and isinstance(name, str) and "@" in name:
        return None
    return count
