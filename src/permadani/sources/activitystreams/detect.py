"""Whether the beginning of a file is ActivityStreams, judged by its keys; the file may be cut off anywhere."""

from __future__ import annotations

import re

from permadani.sources.reading.jsonhead import Keys, entries, top

CONTEXT_WINDOW = 4096
"""So far behind ``"@context"`` the address of ActivityStreams stands, other contexts before it included."""
_CONTEXT = re.compile(rb'"https?://www\.w3\.org/ns/activitystreams#?"')
_PUBLIC = re.compile(rb'"(?:https?://www\.w3\.org/ns/activitystreams#Public|as:Public)"')
_ACTIVITY = re.compile(rb'"type"\s*+:\s*+"(?:Create|Update|Announce|Like|Follow|Undo|Delete)"')
_OBJECT_TYPE = re.compile(
    rb'"objectType"\s*+:\s*+"(?:activity|note|comment|article|person|image|video|audio|event|question|review|bookmark'
    rb'|organization|group|service|collection)"'
)
_VERB = re.compile(rb'"verb"\s*+:\s*+"[a-z][a-z-]{2,30}"')
_FOREIGN = re.compile(rb'"kind"\s*+:\s*+"plus#|search\.twitter\.com,2005:')
"""Google+ and Gnip's Twitter spoke version 1 with ids of their own."""
_OLD_FIELDS = {
    b"content", b"displayName", b"url", b"id", b"published", b"attachments", b"image", b"author", b"summary",
    b"inReplyTo", b"tags", b"location", b"object", b"items", b"urls",
}  # fmt: skip
LISTS = {b"orderedItems", b"items"}


def is_activitystreams(head: bytes) -> bool:
    """``head``: see ``jsonhead.json_text``."""
    return head != b"" and (_is_version_2(head) or _is_version_1(head))


def is_collection(head: bytes) -> bool:
    """Whether the first object holds a list of entries, so that it may be very large."""
    first = entries(head, 1)
    return bool(first) and bool(top(first[0]) & LISTS)


def _is_version_2(head: bytes) -> bool:
    at = head.find(b'"@context"')
    named = at >= 0 and _CONTEXT.search(head, at, at + CONTEXT_WINDOW) is not None
    bare = not named and _PUBLIC.search(head) is not None and _ACTIVITY.search(head) is not None
    if not named and not bare:
        return False
    for keys in entries(head):
        keyed = top(keys)
        if named and b"@context" in keyed:
            return True
        if bare and {b"type", b"actor", b"object"} <= keyed and keyed & {b"published", b"to", b"id"}:
            return True
    return False


def _is_version_1(head: bytes) -> bool:
    typed, verb = _OBJECT_TYPE.search(head) is not None, _VERB.search(head) is not None
    if not (typed or verb) or _FOREIGN.search(head):
        return False
    return any(_is_old(keys, typed, verb) for keys in entries(head))


def _is_old(keys: Keys, typed: bool, verb: bool) -> bool:
    keyed = top(keys)
    if keyed & {b"@context", b"type", b"$type"} or any(path[:1] == (b"verb",) for path in keys if len(path) > 1):
        return False  # the second is xAPI, whose verbs are objects
    if b"items" in keyed:
        return _is_old({path[1:] for path in keys if path[0] == b"items" and len(path) > 1}, typed, verb)
    if b"verb" in keyed:
        return verb and b"object" in keyed and bool(keyed & {b"actor", b"objectType"})
    return typed and b"objectType" in keyed and bool(keyed & _OLD_FIELDS)
