"""The entries of a file of a Facebook export, one by one, whatever list they stand in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import msgspec

from permadani.sources.facebook.detect import ACTIVITY_LOG, LISTS, Kind, kind_of
from permadani.sources.reading.files import InputFile
from permadani.sources.reading.jsonrecords import DECODING, example, mended, pieces, reason_of, whole

_OPENING = re.compile(rb'\s*+\{\s*+"([a-z0-9_]{1,80})"\s*+:\s*+(?:\{\s*+"activity_log_data"\s*+:\s*+)?(?=\[)')
_NEXT = re.compile(rb'\s*+,\s*+"([a-z0-9_]{1,80})"\s*+:\s*+')
_BOM = b"\xef\xbb\xbf"

Entry = tuple[Kind, str, Any, str | None]
"""Kind, place, the decoded value (or the beginning of what did not decode), and why it did not."""


def entries(file: InputFile) -> Iterator[Entry]:
    """Every entry. A list under one key is read piece by piece; raises as ``pieces`` does."""
    head = file.head.removeprefix(_BOM)
    skip = len(file.head) - len(head)
    if head.lstrip().startswith(b"["):
        yield from _of_array(file, kind_of(file.head) or "posts")
    elif opening := _OPENING.match(head):
        yield from _under_key(file, skip + opening.end(), opening[1])
    else:
        yield from _of_object(whole(file), "")


def _under_key(file: InputFile, skip: int, key: bytes) -> Iterator[Entry]:
    kind: Kind | None = LISTS.get(key.decode(), "nothing")
    for place, raw in pieces(file, skip):
        if raw[:1] in b"},":  # the list is over; another one may follow
            following = _NEXT.fullmatch(raw)
            kind = LISTS.get(following[1].decode(), "nothing") if following else None
        elif kind is not None:
            yield _decoded(kind, place, raw)


def _of_array(file: InputFile, kind: Kind) -> Iterator[Entry]:
    """Posts; or the lists of several files that somebody put into one array."""
    for place, raw in pieces(file):
        entry = _decoded(kind, place, raw)
        value = entry[2]
        if entry[3] is None and isinstance(value, dict) and "timestamp" not in value and set(value) & set(LISTS):
            yield from _of_object(value, f"{place}, ")
        else:
            yield entry


def _of_object(value: Any, place: str) -> Iterator[Entry]:
    for key, held in value.items() if isinstance(value, dict) else ():
        kind = LISTS.get(key)
        listed = held.get(ACTIVITY_LOG) if isinstance(held, dict) else held
        if kind is not None and isinstance(listed, list):
            for position, entry in enumerate(listed, start=1):
                yield kind, f"{place}entry {position}", entry, None


def _decoded(kind: Kind, place: str, raw: bytes) -> Entry:
    try:
        return kind, place, msgspec.json.decode(mended(raw)), None
    except DECODING as error:
        return kind, place, example(raw), reason_of(error)
