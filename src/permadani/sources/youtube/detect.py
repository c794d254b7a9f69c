"""Which of YouTube's forms a file has, by its beginning, which may be cut off."""

from __future__ import annotations

import re
from typing import Literal

from permadani.sources.reading.files import InputFile
from permadani.sources.reading.jsonhead import Keys, entries, json_text, top
from permadani.sources.youtube.table import known

Form = Literal["api", "ytdlp", "takeout", "no_messages", "old_comments"]

_KIND = re.compile(
    rb'(?<!\\)"kind"\s*+:\s*+"youtube#(?:comment|commentThread|video|channel|playlistItem|subscription|searchResult'
    rb'|(?:comment|commentThread|video|channel|playlistItem|subscription|search)ListResponse)"'
)
_ERROR = re.compile(rb'(?<!\\)"domain"\s*+:\s*+"youtube\.')
_YTDLP = re.compile(
    rb'(?<!\\)"extractor(?:_key)?"\s*+:\s*+"[Yy]outube'
    rb'|(?<!\\)"(?:webpage|channel|original|uploader)_url"\s*+:\s*+"https?://(?:www\.)?youtube\.com/'
    rb'|(?<!\\)"url"\s*+:\s*+"https://(?:i\d?\.ytimg\.com|[\w-]{1,60}\.googlevideo\.com)/'
)
_WRITER = re.compile(rb'(?<!\\)"author_id"\s*+:\s*+"UC[\w-]{22}"')
_HISTORY = re.compile(rb'(?<!\\)"header"\s*+:\s*+"YouTube(?: Music)?"')
_OLD = ("my-comments.html", "my-live-chat-messages.html")
_PAGES = ("watch-history.html", "search-history.html")
_INFO = {b"formats", b"thumbnails", b"thumbnail", b"comments", b"upload_date", b"extractor", b"webpage_url", b"entries"}


def form_of(file: InputFile) -> Form | None:
    head = file.head
    text = json_text(head)
    if text:
        return _of_json(text)
    if file.name in _OLD and b"youtube.com/" in head:
        return "old_comments"
    if file.name in _PAGES and b"youtube.com/" in head and b"<html" in head[:200]:
        return "no_messages"
    table = known(head)
    if table is None:
        return None
    return "no_messages" if table.kind == "other" else "takeout"


def _of_json(head: bytes) -> Form | None:
    found = entries(head)
    if not found:
        return None
    names = top(found[0])
    if _is_api(found, names, head):
        return "api"
    if _is_info(found[0], names) and _YTDLP.search(head):
        return "ytdlp"
    if names >= {b"id", b"text", b"parent", b"author_id"} and _WRITER.search(head):
        return "api"
    return "no_messages" if names >= {b"header", b"title", b"time"} and _HISTORY.search(head) else None


def _is_info(keys: Keys, names: set[bytes]) -> bool:
    """What yt-dlp says of a video, or of a playlist; it may be cut inside its long list of formats."""
    inside = {path[1] for path in keys if len(path) == 2 and path[0] == b"entries"}
    known = names & _INFO
    if names >= {b"channel_id", b"comments"}:
        return True
    return b"id" in names and bool(known) and (len(known) > 1 or bool((names | inside) & {b"channel_id", b"title"}))


def _is_api(found: list[Keys], names: set[bytes], head: bytes) -> bool:
    if names & {b"kind", b"items", b"snippet", b"etag"} and _KIND.search(head):
        return True
    if b"error" in names and _ERROR.search(head):
        return True
    paths = set().union(*found[:5])
    return bool(
        paths & {(b"snippet", b"topLevelComment"), (b"items", b"snippet", b"topLevelComment")}
        or paths >= {(b"snippet", b"textDisplay"), (b"snippet", b"authorDisplayName")}
        or paths >= {(b"items", b"snippet", b"textDisplay"), (b"items", b"snippet", b"authorDisplayName")}
    )
