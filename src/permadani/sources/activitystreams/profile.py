"""Accounts: what a profile, a mention or an address tells of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from typing import Any

from permadani.sources.activitystreams.shapes import (
    Node,
    either,
    host,
    identifier,
    is_version_1,
    many,
    nodes,
    string,
    time,
    type_of,
    web,
)
from permadani.sources.activitystreams.terms import PROGRAMS
from permadani.sources.reading.cues import Cues
from permadani.sources.reading.markup import display_name, plain
from permadani.vocabulary import Actor, Cue, named_actor

FEDIVERSE, OTHER = "mastodon", "activitystreams"
_AUTHOR = re.compile(r"(https?://[^/\s]+(?:/ap)?/users/[^/\s]+)/statuses/[^/\s]+\Z|at://(did:[a-z]+:[^/\s]+)/")
_MASTODON_PAGE = re.compile(r"(https?://([^/\s]+)/@([\w.-]+))/\d+")
_FEDIVERSE_PATH = re.compile(r"https?://[^/\s]+/(?:users/|ap/users/|@)")
_KEEP_OUT = re.compile(r"(?<!\w)(?:#?noindex|#nobots?|#noarchive|nobot)(?!\w)", re.IGNORECASE)
_HREF = re.compile(r"""<a\b[^>]{0,500}?\bhref=["'](https?://[^"'<>\s]{1,500})["']""", re.IGNORECASE)
MAX_FOLLOWERS = 10**10


def channel_of(uri: str, old: bool) -> str:
    """The channel of an id. ``old``: it stands in ActivityStreams 1, where a web address may be of any site."""
    if uri.startswith(("at://", "did:")):
        return "bluesky"
    if uri.startswith(("http://", "https://")) and (not old or _FEDIVERSE_PATH.match(uri)):
        return FEDIVERSE
    return FEDIVERSE if uri.startswith(FEDIVERSE + ":") else OTHER


def author_in(uri: str | None) -> str | None:
    """Who wrote a message, where its address tells: ``https://HOST/users/NAME/statuses/ID`` (Mastodon), or
    ``at://DID/…`` (Bluesky)."""
    found = _AUTHOR.match(uri) if uri else None
    return (found[1] or found[2]) if found else None


def page_of(actor: str, url: str | None) -> tuple[str, str] | None:
    """Handle and profile address of the author of a message, from ``https://HOST/@NAME/ID`` on the author's server."""
    found = _MASTODON_PAGE.fullmatch(url) if url else None
    return (found[3], found[1]) if found and found[2].lower() == host(actor) else None


def named(node: Any, old: bool, near: str | None) -> str | None:
    """The id of an actor: its URI, or its name on the site of ``near`` (the message's address)."""
    if uri := identifier(node):
        return uri
    for part in nodes(node):
        name = display_name(string(either(part, "name", "displayName")) or "")
        if name and near and (site := host(near)):
            return named_actor(channel_of(near, old), site, name)
    return None


def actor_of(node: Node, id: str, old: bool) -> Actor:
    name, handle = string(either(node, "name", "displayName")), string(either(node, "preferredUsername", "username"))
    followers = node.get("followers")
    count = followers.get("totalItems") if isinstance(followers, dict) else None
    return Actor(
        id=id,
        channel=channel_of(id, old),
        handle=" ".join(handle.split()).removeprefix("@")[:200] if handle else None,
        name=display_name(name) if name else None,
        url=web(node.get("url")) or web(node.get("urls")),
        followers=count if type(count) is int and 0 <= count < MAX_FOLLOWERS else None,
        created=time(node.get("published")),
        opted_out=opted_out(node),
    )


def opted_out(node: Node) -> bool | None:
    """True where the account asks not to be found, False where it asks to be, None where it says neither or half."""
    told = [either(node, "summary", "note"), either(node, "name", "displayName")]
    if any(isinstance(text, str) and _KEEP_OUT.search(plain(text)) for text in told):
        return True
    discoverable, indexable = node.get("discoverable"), node.get("indexable")
    if discoverable is False or indexable is False or node.get("noindex") is True:
        return True
    return False if discoverable is True and indexable is True else None


def is_program(node: Any) -> bool:
    return isinstance(node, dict) and type_of(node) in PROGRAMS


def links(node: Node, actor: str, cues: Cues) -> Iterator[Cue]:
    """Web addresses that a profile names: in its fields, its other accounts, further addresses of it."""
    for field in nodes(node.get("attachment")):
        value = field.get("value")
        if type_of(field) == "PropertyValue" and isinstance(value, str):
            for address in _HREF.findall(value[:5000]) or [value]:
                yield from cues.link(actor, unescape(address))
    for other in (*many(node.get("alsoKnownAs")), node.get("movedTo")):
        if isinstance(other, str) and other != actor:
            yield from cues.link(actor, other)
    if is_version_1(node):
        own = web(node.get("url"))
        for part in many(node.get("urls")):
            address = web(part)
            if address != own:
                yield from cues.link(actor, address)


def mentioned(tag: Node, id: str, old: bool) -> Actor:
    """Somebody named in a message: ``@name@host`` gives the handle, anything else a display name."""
    name = string(either(tag, "name", "displayName")) or ""
    if name.startswith("@"):
        return Actor(id=id, channel=channel_of(id, old), handle=name[1:].split("@")[0].strip()[:200] or None)
    return Actor(id=id, channel=channel_of(id, old), name=display_name(name))


def owner_ids(owner: str | None) -> frozenset[str]:
    """The actors that ``--owner`` may mean: the id, or the addresses Mastodon gives ``name@host``."""
    owner = (owner or "").strip()
    if "://" in owner:
        return frozenset({owner})
    name, _, host = owner.removeprefix("@").partition("@")
    return frozenset({f"https://{host}/users/{name}", f"https://{host}/@{name}"}) if name and host else frozenset()


def named_owner(owner: str | None) -> str | None:
    """The actor that ``--owner`` gives by its full id."""
    return identifier((owner or "").strip()) if owner and "://" in owner else None
