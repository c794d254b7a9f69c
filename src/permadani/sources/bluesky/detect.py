"""Whether the beginning of a JSON file speaks of Bluesky: judged by the keys of its first entries and by its ids."""

from __future__ import annotations

import re

from permadani.sources.reading.jsonhead import Keys, entries, top

_TYPED = re.compile(rb'"\$type"\s*+:\s*+"app\.bsky\.(?:feed|actor|graph)\.')
_ADDRESS = re.compile(rb'"at://(?:did:|[A-Za-z0-9.-]{3,253}/app\.bsky\.)')
_DID = re.compile(rb'"did"\s*+:\s*+"did:(?:plc|web):')
_MESSAGE = re.compile(rb'"repo"\s*+:\s*+"did:(?:plc|web):')
_DOCUMENT = re.compile(rb'"id"\s*+:\s*+"did:(?:plc|web):')
LISTS = frozenset({
    b"feed", b"posts", b"thread", b"records", b"notifications", b"followers", b"follows", b"likes", b"repostedBy",
    b"profiles", b"actors",
})  # fmt: skip
"""Under these keys the responses of the API hold what was asked for."""


def is_bluesky(head: bytes) -> bool:
    """Whether one of the first entries is a record, a view, a response or an event. ``head``: see ``json_text``."""
    if not any(sign.search(head) for sign in (_TYPED, _ADDRESS, _DID, _DOCUMENT, _MESSAGE)):
        return False
    return any(_is_one(keys, head) for keys in entries(head))


def _is_one(keys: Keys, head: bytes) -> bool:
    names = top(keys)
    addressed = _ADDRESS.search(head) is not None
    named = addressed or _DID.search(head) is not None
    return (
        ({b"did", b"time_us"} <= names and bool(names & {b"kind", b"type", b"commit"}))
        or {b"repo", b"ops", b"blocks"} <= names
        or (b"$type" in names and _TYPED.search(head) is not None)
        or (addressed and ({b"uri", b"value"} <= names or {b"uri", b"record"} <= names or (b"post", b"uri") in keys))
        or (named and (bool(names & LISTS) or {b"did", b"handle"} <= names or b"didDoc" in names))
        or ({b"id", b"alsoKnownAs"} <= names and b'"at://' in head and _DOCUMENT.search(head) is not None)
    )
