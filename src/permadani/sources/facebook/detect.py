"""Which file of a Facebook export this is, judged by the keys at its beginning, which may be cut off."""

from __future__ import annotations

import re
from typing import Literal

from permadani.sources.facebook.webpages import is_export_page
from permadani.sources.reading.jsonhead import Keys, entries, json_text, top

Kind = Literal["posts", "comments", "reactions", "labelled", "pages", "profile", "others", "letters", "nothing", "html"]
"""``others``: what other people wrote; ``letters``: private messages; ``labelled``: the form of 2025, whose fields are
named in any language; ``nothing``: no public messages."""

LISTS: dict[str, Kind] = {
    "status_updates": "posts",  # until 2018
    "group_posts": "posts",
    "group_posts_v2": "posts",
    "comments": "comments",
    "comments_v2": "comments",
    "group_comments": "comments",
    "group_comments_v2": "comments",
    "reactions": "reactions",
    "reactions_v2": "reactions",
    "page_likes": "pages",
    "page_likes_v2": "pages",
    "pages_followed": "pages",
    "pages_followed_v2": "pages",
    "wall_posts_sent_to_you": "others",
    "wall_posts_sent_to_you_v2": "others",
    "friends": "nothing",
    "received_requests": "nothing",
    "rejected_requests": "nothing",
    "sent_requests": "nothing",
    "deleted_friends": "nothing",
    "groups_joined": "nothing",
    "followers": "nothing",
    "following": "nothing",
    "page_unlikes": "nothing",
    "account_activity": "nothing",
    "other_photos": "nothing",
    "videos": "nothing",
    "notifications": "nothing",
    "searches": "nothing",
    "installed_apps": "nothing",
}
"""The lists an export names, by their key. Others of its files end in ``_v2`` and hold nothing that is read."""
ACTIVITY_LOG = "activity_log_data"
MOST_LISTS = 3
"""More keys than this has no file of lists."""
_POST = {b"timestamp", b"attachments", b"data", b"title", b"tags", b"privacy", b"event", b"place"}
_IN_DATA = {b"post", b"update_timestamp", b"backup_timestamp", b"comment", b"reaction"}
_IN_ATTACHMENT = {
    (b"attachments", b"data", what)
    for what in (b"media", b"external_context", b"place", b"event", b"poll", b"note", b"text", b"life_event", b"name")
}
_LETTER = {(b"messages", b"sender_name"), (b"messages", b"senderName")}
_VERSIONED = re.compile(rb"[a-z][a-z0-9_]{0,80}_v[23]")
_OPENING = re.compile(rb"\s*+\{\s*+\"([a-z0-9_]{1,80})\"\s*+:\s*+[\[{]")


def kind_of(head: bytes) -> Kind | None:
    """What this is, or None where it is not of Facebook."""
    text = json_text(head)
    if text:
        found = entries(text)
        return _of_object(found[0], text) if text.startswith(b"{") and found else _of_array(found)
    return "html" if is_export_page(head) else None


def _of_object(keys: Keys, text: bytes) -> Kind | None:
    names = top(keys)
    if {(b"profile_v2", b"name", b"full_name"), (b"profile", b"name", b"full_name")} & keys:
        return "profile"
    if {b"participants", b"messages"} <= names and _LETTER & keys:
        return "letters"
    if b"photos" in names and names & {b"last_modified_timestamp", b"cover_photo"}:
        return "nothing"
    if len(names) > MOST_LISTS:
        return None
    return next((kind for name in sorted(names) if (kind := _of_list(name, keys, text))), None)


def _of_list(name: bytes, keys: Keys, text: bytes) -> Kind | None:
    """What a list of this name is, where its entries are built as Facebook builds them."""
    kind = LISTS.get(name.decode("ascii", "replace"))
    if kind is None:
        known = LISTS.get(name[:-3].decode("ascii", "replace")) is not None
        return "nothing" if _VERSIONED.fullmatch(name) and (known or _dated(keys, name)) else None
    if name.endswith(b"_v2"):
        return kind if _OPENING.match(text) or _dated(keys, name) else None
    return kind if _dated(keys, name) and _shaped(keys, name, kind) else None


def _dated(keys: Keys, name: bytes) -> bool:
    """Whether the entries under this key have a time as Facebook writes it."""
    log = ACTIVITY_LOG.encode()
    return bool({(name, b"timestamp"), (name, log, b"timestamp")} & keys)


def _shaped(keys: Keys, name: bytes, kind: Kind) -> bool:
    """Whether entries under a common word (``comments``, ``friends``) look like Facebook's."""
    data = {path[-1] for path in keys if len(path) == 3 and path[:2] == (name, b"data")}
    if (name, ACTIVITY_LOG.encode()) in keys:
        return True
    if kind in ("comments", "reactions", "posts"):
        bare = {path for path in keys if path[0] == name} == {(name,), (name, b"timestamp"), (name, b"title")}
        return bare or bool(data & _IN_DATA)
    return bool(data) or bool({(name, b"name"), (name, b"title")} & keys)


def _of_array(found: list[Keys]) -> Kind | None:
    for keys in found:
        names = top(keys)
        if {b"timestamp", b"label_values"} <= names or {b"label_values", b"fbid"} <= names:
            return "labelled"
        if b"timestamp" in names and names <= _POST:
            data = {path[1] for path in keys if len(path) == 2 and path[0] == b"data"}
            if b"reaction" in data:
                return "reactions"
            if b"comment" in data:
                return "comments"
            if data & _IN_DATA or keys & _IN_ATTACHMENT:
                return "posts"
        for name in names:
            if len(names) == 1 and name.endswith(b"_v2") and (name, b"timestamp") in keys:
                kind = LISTS.get(name.decode("ascii", "replace"))
                if kind is not None:
                    return kind
    return None
