"""Which forum a topic is of: the JSON seldom says so, and the numbers of two forums are the same numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from permadani.sources.reading.files import InputFile

_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_HOST = re.compile(rf"(?:{_LABEL}\.){{1,6}}[a-z]{{2,24}}")
_ADDRESS = re.compile(rf"https?://({_HOST.pattern})(?::\d{{1,5}})?(?:/[\w.-]{{1,60}}){{0,3}}/t/", re.IGNORECASE)
_AVATAR = re.compile(rf"/user_avatar/({_HOST.pattern})/", re.IGNORECASE)
_ADDRESSES = ("url", "topic_url", "post_url", "link", "canonical_url", "permalink")
_NO_FORUM = frozenset({"bak", "old", "new", "tmp", "backup", "copy", "data", "dir", "export", "json", "csv", "zip"})
"""Endings of folders that only look like those of a host."""
_ARCHIVE = re.compile(r"(?i)(?:\.(?:zip|tar|tgz|gz))+!?$")
MOST_POSTS = 1000
FOLDERS = 2


def site_of(*holders: Any) -> str | None:
    """The forum's host as these objects (posts, their topic, its people) tell it: by an address or an avatar."""
    for holder in holders:
        for one in _people(holder):
            for key in _ADDRESSES:
                if isinstance(value := one.get(key), str) and (found := _ADDRESS.match(value)):
                    return found[1].lower()
            if isinstance(value := one.get("avatar_template"), str) and (found := _AVATAR.search(value[:400])):
                return found[1].lower()
    return None


def _people(holder: Any) -> Iterator[dict[str, Any]]:
    """The object, then those in it and in its lists that may have avatars."""
    if not isinstance(holder, dict):
        return
    yield holder
    details = holder.get("details")
    stream = holder.get("post_stream")
    for group in (
        holder.get("users"),
        stream.get("posts") if isinstance(stream, dict) else None,
        [details.get("created_by"), details.get("last_poster")] if isinstance(details, dict) else None,
        details.get("participants") if isinstance(details, dict) else None,
        [holder.get("reply_to_user")],
    ):
        for one in group[:MOST_POSTS] if isinstance(group, list) else ():
            if isinstance(one, dict):
                yield one


def folder_site(file: InputFile) -> str | None:
    """The forum as the folder (or archive) around the file is named, or the one around that: ``forum.example.org``."""
    for part in reversed(file.path.replace("\\", "/").split("/")[-1 - FOLDERS : -1]):
        name = _ARCHIVE.sub("", part).lower()
        if _HOST.fullmatch(name) and name.rpartition(".")[2] not in _NO_FORUM:
            return name
    return None
