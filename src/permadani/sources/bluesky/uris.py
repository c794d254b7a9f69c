"""The names of things on Bluesky: DIDs, at:// addresses, and the time that is written into a record key."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

CHANNEL = "bluesky"
POST = "app.bsky.feed.post"
FIRST_POST = 1_667_260_800_000_000
"""1 November 2022: nothing was said on Bluesky before."""
_DID = re.compile(r"did:[a-z0-9]{1,20}:[A-Za-z0-9._:%-]{1,500}")
_HANDLE = re.compile(r"(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,62})\.){1,8}[A-Za-z][A-Za-z0-9-]{0,62}")
_URI = re.compile(
    r"at://(?:(did:[a-z0-9]{1,20}:[A-Za-z0-9._:%-]{1,500})|[A-Za-z0-9.-]{3,253})"
    r"/([A-Za-z][A-Za-z0-9.-]{2,316})/([A-Za-z0-9._~:-]{1,512})"
)
_TID = re.compile(r"[2-7a-j][2-7a-z]{12}")
_DIGITS = str.maketrans("234567abcdefghijklmnopqrstuvwxyz", "0123456789abcdefghijklmnopqrstuv")


class Reference(NamedTuple):
    """An at:// address. ``did`` is None where a handle stands in its place (legal, but nothing says whose it was)."""

    uri: str
    did: str | None
    collection: str
    key: str


def did_of(value: Any) -> str | None:
    return value if isinstance(value, str) and _DID.fullmatch(value) else None


def handle_of(value: Any) -> str | None:
    """A handle in small letters; ``handle.invalid`` is what the network writes where there is none."""
    if not isinstance(value, str):
        return None
    name = value.removeprefix("at://").removeprefix("@").lower()
    return name if _HANDLE.fullmatch(name) and name != "handle.invalid" else None


def reference(value: Any) -> Reference | None:
    if not isinstance(value, str) or (match := _URI.fullmatch(value)) is None:
        return None
    return Reference(value, match[1], match[2], match[3])


def address_of(did: str, collection: str, key: str) -> Reference | None:
    """The address of a record, None where the parts do not make one."""
    return reference(f"at://{did}/{collection}/{key}")


def tid_moment(key: str | None) -> int | None:
    """The microseconds in a record key that is a TID, None for other keys."""
    if key is None or not _TID.fullmatch(key):
        return None
    return int(key.translate(_DIGITS), 32) >> 10


def person_url(did: str) -> str:
    return f"https://bsky.app/profile/{did}"


def mapping(value: Any, key: str) -> dict[str, Any]:
    """What stands under a key, where it is an object; else an empty one."""
    found = value.get(key) if isinstance(value, dict) else None
    return found if isinstance(found, dict) else {}


def items(value: Any, key: str) -> list[Any]:
    """What stands under a key, where it is a list; else an empty one."""
    found = value.get(key) if isinstance(value, dict) else None
    return found if isinstance(found, list) else []


def count(value: Any) -> int | None:
    """How many of something; None where it is no such number."""
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 2**53 else None


def words(value: Any, key: str) -> str | None:
    """What stands under a key, where it is text."""
    found = value.get(key) if isinstance(value, dict) else None
    return found if isinstance(found, str) else None
