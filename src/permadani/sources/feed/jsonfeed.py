"""JSON Feed 1.0 and 1.1: a page of a feed as one JSON object."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import msgspec

from permadani.errors import TooLarge, Unreadable
from permadani.language import N_
from permadani.sources.feed.entry import Entry, Head, Person
from permadani.sources.reading.files import InputFile
from permadani.sources.reading.jsonhead import BOM
from permadani.sources.reading.jsonmembers import members
from permadani.sources.reading.jsonrecords import DECODING, MALFORMED, WHOLE_LIMIT, example, mended, reason_of
from permadani.sources.reading.markup import plain
from permadani.vocabulary import Problem

SIGN = re.compile(rb'"version"\s{0,99}:\s{0,99}"https?:\\?/\\?/(?:www\.)?jsonfeed\.org\\?/version\\?/')


def read(file: InputFile, head: Head) -> Iterator[Entry | Problem]:
    """The items of a feed; fills ``head`` before the first.

    Raises:
        UnexpectedEnd: it stops in the middle; the items before were yielded.
        Unreadable: it is no JSON object.
        TooLarge: it has more than 64 MB.
    """
    with file.open() as stream:
        data = stream.read(WHOLE_LIMIT + 1)
    if len(data) > WHOLE_LIMIT:
        raise TooLarge(N_("it has more than {limit} MB, too much for one piece"), limit=WHOLE_LIMIT // 1_000_000)
    data = mended(data.removeprefix(BOM).strip())
    try:
        feed = msgspec.json.decode(data)
    except DECODING:
        yield from _damaged(file, head)
        return
    if not isinstance(feed, dict):
        raise Unreadable(N_("it is no JSON object"))
    _add_to_head(head, feed)
    items = feed.get("items")
    for number, item in enumerate(items if isinstance(items, list) else (), start=1):
        yield _entry(item, f"entry {number}")


def _damaged(file: InputFile, head: Head) -> Iterator[Entry | Problem]:
    """The items one by one, where the whole is no JSON: one is broken, or the file stops."""
    for number, (whole, raw) in enumerate(members(file, ("items",)), start=1):
        if number == 1:
            _add_to_head(head, whole.fields)
        if raw is None:
            if whole.broken:
                yield Problem(reason=MALFORMED, place="feed")
            continue
        try:
            yield _entry(msgspec.json.decode(mended(raw)), f"entry {number}")
        except DECODING as error:
            yield Problem(reason=reason_of(error), place=f"entry {number}", example=example(raw))


def _add_to_head(head: Head, feed: dict[str, Any]) -> None:
    head.title, head.link, head.own = (_text(feed, name) for name in ("title", "home_page_url", "feed_url"))
    head.language = _text(feed, "language") or None
    head.authors = _people(feed)


def _text(holder: dict[str, Any], name: str) -> str:
    value = holder.get(name)
    return value.strip() if isinstance(value, str) else ""


def _people(holder: dict[str, Any]) -> list[Person]:
    """``authors`` of 1.1, or ``author`` of 1.0."""
    named = holder.get("authors")
    people = named if isinstance(named, list) and named else [holder.get("author")]
    found = [Person(_text(one, "name"), _text(one, "url")) for one in people if isinstance(one, dict)]
    return [person for person in found if person]


def _entry(item: Any, place: str) -> Entry | Problem:
    if not isinstance(item, dict):
        return Problem(reason="unexpected_shape", place=place)
    result = Entry(place)
    key = item.get("id")
    result.id = str(key) if isinstance(key, int) and not isinstance(key, bool) else _text(item, "id")
    result.link = _text(item, "url")
    result.title = (
        plain(_text(item, "title")) if "<" in _text(item, "title") else " ".join(_text(item, "title").split())
    )
    marked, unmarked = _text(item, "content_html"), _text(item, "content_text") or _text(item, "summary")
    result.body = plain(marked) if marked else "\n".join(filter(None, map(str.strip, unmarked.split("\n"))))
    result.published, result.updated = _text(item, "date_published"), _text(item, "date_modified")
    result.language = _text(item, "language") or None
    result.authors = _people(item)
    return result
