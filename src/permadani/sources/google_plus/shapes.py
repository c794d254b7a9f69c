"""A Google+ post as both forms of Takeout tell it, before it becomes records."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote, urlsplit

from permadani.sources.reading.markup import display_name

HOST = "plus.google.com"
_PROFILE = re.compile(r"/(?:u/\d{1,2}/)?(\+[^/\s]{1,100}|\d{5,30})")
_POST = re.compile(
    r"/(?:u/\d{1,2}/)?(?:b/\d{5,30}/)?(?:\+[^/\s]{1,100}|\d{5,30}|communities/\d{5,30})/posts/(\w{5,40})"
)
_RESOURCE = re.compile(r"(?:users|people)/(\d{5,30})")


@dataclass(frozen=True, slots=True)
class Person:
    """``key``: ``+Name`` where the account has such an address, else its number: what HTML and JSON both show.
    ``number``: the number too, where the JSON tells it."""

    key: str | None
    name: str | None
    number: str | None = None


@dataclass(frozen=True, slots=True)
class Said:
    author: Person
    time: str
    html: str


@dataclass(slots=True)
class Post:
    """One post. ``original``: the key of the post it reshares, empty where that is not told; ``direct``: seen by
    single people only; ``odd``: how many parts of it were of a wrong shape."""

    key: str | None
    url: str | None
    author: Person
    time: str
    html: str
    comments: list[Said] = field(default_factory=list)
    liked_by: list[Person] = field(default_factory=list)
    reshared_by: list[Person] = field(default_factory=list)
    original: str | None = None
    original_post: Post | None = None
    direct: bool = False
    odd: int = 0


def _path(address: Any) -> str:
    """The path of an address at Google+, empty for any other."""
    if not isinstance(address, str) or HOST not in address:
        return ""
    try:
        parts = urlsplit(address)
        return unquote(parts.path) if parts.hostname == HOST else ""
    except ValueError:
        return ""


def profile_key(address: Any) -> str | None:
    """``+Name`` or the number in the address of a profile."""
    found = _PROFILE.fullmatch(_path(address))
    return found[1] if found else None


def post_key(address: Any) -> str | None:
    """What follows ``/posts/``: the same whether the address has a number or a name before it."""
    found = _POST.fullmatch(_path(address))
    return found[1] if found else None


def person(name: Any, address: Any, resource: Any = None) -> Person:
    """Somebody by the address of the profile and the resource name ``users/NUMBER``, as far as they are told."""
    found = _RESOURCE.fullmatch(resource) if isinstance(resource, str) else None
    number = found[1] if found else None
    signed = display_name(name) if isinstance(name, str) else None
    return Person(profile_key(address) or number, signed, number)
