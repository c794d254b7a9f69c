"""Who wrote an entry: a profile page of the site, a name signed there, or the site itself."""

from __future__ import annotations

import re
from collections.abc import Iterator

from permadani.sources.feed.entry import Head, Person
from permadani.sources.feed.places import WORDPRESS, Place, host, is_address, names_a_user, split
from permadani.sources.reading.cues import Cues
from permadani.sources.reading.markup import display_name
from permadani.sources.reading.memory import Memory
from permadani.vocabulary import Actor, Record, account, named_actor

_NOBODY = frozenset({"anonymous", "anonim", "anonyme", "anonym", "anónimo", "anônimo", "anonimo", "unknown", "noreply"})
"""How blogs show somebody who gave no name: many people, not one."""
_NO_REPLY = re.compile(r"(?i)(no-?reply|do-?not-?reply|nobody|none|example)@")
_PROFILES = ("blogger.com",)
"""Hosts whose pages are accounts wherever they are named."""


class People:
    """Makes actors of one feed's authors, each once."""

    def __init__(self, place: Place, head: Head) -> None:
        self._place, self._head = place, head
        self._cues = Cues()
        self._seen = Memory[str]()

    def author(self, person: Person | None, message: str) -> tuple[str, list[Record], bool]:
        """Actor id, what is new of them, and whether it is known who it was at all."""
        name = display_name(person.name) if person else None
        if name and name.lower() in _NOBODY:
            name = None
        uri = person.uri.strip() if person and is_address(person.uri.strip()) else ""
        if names_a_user(uri):
            uri = ""
        profile = bool(uri) and self._is_profile(uri)
        if person and not name and not profile and not _NO_REPLY.match(person.address.strip()):
            name = _hidden(person.address)
        place = self._place
        if profile:
            id = account(place.channel, _key(uri))
        else:
            id = named_actor(place.channel, place.site, name or f"#{message}")
        actor = Actor(id=id, channel=place.channel, name=name, url=uri if profile else None)
        return id, [*self._new(actor), *(self._said(id, person, uri, profile) if person else ())], bool(name or profile)

    def site(self) -> tuple[str, list[Record]]:
        """Where nobody is named, the site speaks."""
        id = account(self._place.channel, _key(self._place.home) or self._place.host)
        name = display_name(self._head.title)
        url = self._place.home if is_address(self._place.home) else None
        return id, [*self._new(Actor(id=id, channel=self._place.channel, name=name, url=url))]

    def _is_profile(self, uri: str) -> bool:
        """A page of the site that is not its front page (which all its authors may name), or of a known service.

        On WordPress the address is whatever the writer typed in.
        """
        parts = split(uri)
        if parts is None or self._place.channel == WORDPRESS or not (parts.path.strip("/") or parts.query):
            return False
        where = host(uri)
        return where in _PROFILES or (where == self._place.host)

    def _said(self, id: str, person: Person, uri: str, profile: bool) -> Iterator[Record]:
        if uri and not profile and _key(uri) != _key(self._place.home):
            yield from self._cues.link(id, uri)
        if not _NO_REPLY.match(person.address.strip()):
            yield from self._cues.address(id, person.address)

    def _new(self, actor: Actor) -> Iterator[Actor]:
        if self._seen.is_new(actor.id):
            yield actor


def _hidden(address: str) -> str | None:
    """What is shown of an address, whatever its host looks like."""
    before, at, _ = address.partition("@")
    name = display_name(before)
    return f"{name}@…" if name and at else name


def _key(uri: str) -> str:
    """An address as the key of an account: host in small letters, without scheme, "www." and final slash."""
    parts = split(uri)
    if parts is None:
        return ""
    query = f"?{parts.query}" if parts.query else ""
    return f"{parts.netloc.rpartition('@')[2].lower().removeprefix('www.')}{parts.path.rstrip('/')}{query}"
