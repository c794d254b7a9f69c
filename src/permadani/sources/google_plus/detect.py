"""Which file of a Google+ Takeout this is, judged by its beginning."""

from __future__ import annotations

import re
from typing import Literal

from permadani.sources.reading.jsonhead import Keys, entries, json_text, top

Kind = Literal["page", "json", "nothing"]
_HTML = re.compile(rb"(?i)\s*+(?:<!doctype html[^>]{0,100}>\s*+)?<html\b")
_RULES = (b".plus-entity-embed", b".reshare-attribution", b".main-content")
"""From the style that Takeout writes into every page of a post, before anything else."""
_BOOKMARKS = re.compile(rb"(?i)\s*+<!doctype netscape-bookmark-file-1>")
_OTHER = re.compile(rb'"resourceName"\s*+:\s*+"(?:collections|communities|circles|events)/')
_ITEMS = (b"commentCreatedItem", b"PlusOneAddedItem", b"pollVoteAddedItem", b"postPermalink")


def kind_of(head: bytes) -> Kind | None:
    """A post as HTML or JSON, or a file without posts; None where it is not of Google+."""
    text = json_text(head)
    if text:
        found = entries(text)
        if any(_is_post(keys) for keys in found):
            return "json"
        return "nothing" if any(_is_other(keys, text) for keys in found[:1]) else None
    page = head.removeprefix(b"\xef\xbb\xbf")
    if _HTML.match(page):
        styled = sum(rule in page for rule in _RULES) >= len(_RULES) - 1
        plain = b"https://plus.google.com/" in page and b'class="main-content"' in page and b'class="author"' in page
        return "page" if styled or plain else None
    return "nothing" if _BOOKMARKS.match(page) and (b">+1s<" in page or b">Google +1s<" in page) else None


def _is_post(keys: Keys) -> bool:
    names = top(keys)
    author = {(b"author", b"resourceName"), (b"author", b"profilePageUrl")} & keys
    return b"creationTime" in names and bool(author)


def _is_other(keys: Keys, text: bytes) -> bool:
    """Collections, communities, circles, events, and the log of what the owner did elsewhere."""
    names = top(keys)
    if b"items" in names and (b"items", b"timestampMs") in keys:
        return any(sign in text for sign in _ITEMS)
    return b"resourceName" in names and _OTHER.search(text) is not None
