"""The CSV tables of a YouTube Takeout: which one it is, and its rows line by line."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass

from permadani.errors import UnexpectedEnd, Unreadable
from permadani.language import N_
from permadani.sources.reading.clock import iso
from permadani.sources.reading.files import HEAD_BYTES, InputFile
from permadani.sources.reading.jsonhead import BOM, UTF16
from permadani.sources.reading.textlines import bounded
from permadani.sources.youtube.records import Records

LINE_LIMIT = 8 * 1024 * 1024
"""The most bytes of a line; a field may have 128 kB (a comment has at most 10,000 characters)."""
FIRST_ROWS = 5
NAMES = {
    "comments": {
        "comment id": "id",
        "channel id": "channel",
        "comment create timestamp": "time",
        "parent comment id": "parent",
        "post id": "post",
        "video id": "video",
        "comment text": "text",
        "top-level comment id": "top",
    },
    "live chat": {
        "live chat id": "id",
        "channel id": "channel",
        "live chat create timestamp": "time",
        "parent live chat id": "parent",
        "video id": "video",
        "live chat text": "text",
    },
    "subscriptions": {"channel id": "channel", "channel url": "url", "channel title": "title"},
}
NEEDED = {
    "comments": {"id", "channel", "time", "text"},
    "live chat": {"id", "channel", "time", "text"},
    "subscriptions": {"channel", "url", "title"},
}
OTHERS = (
    "playlist video creation timestamp",
    "playlist title (original)",
    "channel title (original)",
    "video title (original)",
)
"""Columns of tables that hold no messages: playlists, channels, uploads."""
LAYOUTS = (
    ("id", "channel", "time", "", "parent", "post", "video", "text", "top"),
    ("id", "channel", "time", "", "parent", "video", "text", "top"),
    ("id", "channel", "time", "", "parent", "video", "text"),
    ("channel", "time", "", "id", "parent", "video", "text"),
)
"""The orders of comments.csv that were seen (2023 to 2026): for headers in another language than English."""
_CHANNEL = re.compile(r"UC[\w-]{22}")
_COMMENT = re.compile(r"(?:Ug[\w-]{8,60}(?:AaABAg|CoAEC)|z[0-9a-z]{20,60})(?:\.[\w-]{1,80})?")


@dataclass(frozen=True, slots=True)
class Columns:
    """Which table it is, where its columns stand, and how many there are."""

    kind: str
    at: dict[str, int]
    width: int

    def cells(self, row: list[str]) -> dict[str, str]:
        return {name: row[place].strip() for name, place in self.at.items()}


def columns(header: list[str], first: list[list[str]]) -> Columns | None:
    """The table with this header; ``first``: its first rows, by which one in another language is known."""
    names = [" ".join(name.lower().split()) for name in header]
    for kind, known in NAMES.items():
        at = {known[name]: place for place, name in enumerate(names) if name in known}
        if at.keys() >= NEEDED[kind] and (kind != "subscriptions" or len(names) == len(at)):
            return Columns(kind, at, len(header))
    if any(name in names for name in OTHERS):
        at = {"channel": names.index("channel id")} if "channel id" in names else {}
        return Columns("other", at, len(header))
    for layout in LAYOUTS:
        at = {name: place for place, name in enumerate(layout) if name}
        if len(layout) == len(header) and first and all(_fits(row, at, len(header)) for row in first):
            return Columns("comments", at, len(header))
    if len(header) == 3 and first and all(_follows(row) for row in first):
        return Columns("subscriptions", {"channel": 0, "url": 1, "title": 2}, 3)
    return None


def _fits(row: list[str], at: dict[str, int], width: int) -> bool:
    return (
        len(row) == width
        and _COMMENT.fullmatch(row[at["id"]]) is not None
        and _CHANNEL.fullmatch(row[at["channel"]]) is not None
        and iso(row[at["time"]]) is not None
        and row[at["text"]].startswith("{")
    )


def _follows(row: list[str]) -> bool:
    return len(row) == 3 and _CHANNEL.fullmatch(row[0]) is not None and row[1].endswith(f"youtube.com/channel/{row[0]}")


def first_rows(head: bytes) -> list[list[str]]:
    """The header and the first rows that are whole."""
    if b"," not in head or head[:2] in UTF16 or b"\0" in head:
        return []
    lines = head.decode("utf-8-sig", "replace").split("\n")
    if len(head) >= HEAD_BYTES:
        lines.pop()
    found: list[list[str]] = []
    with suppress(csv.Error):  # a field without end: what precedes it is told apart already
        found.extend(csv.reader(f"{line}\n" for line in lines if line.strip()))
    # the last one may be cut inside its text
    return found if len(found) < 3 or len(found[-1]) == len(found[0]) else found[:-1]


def known(head: bytes) -> Columns | None:
    """The table that a file begins with, None where it is none of YouTube's."""
    found = first_rows(head)
    return columns(found[0], found[1 : 1 + FIRST_ROWS]) if found else None


def rows(file: InputFile, table: Columns, records: Records) -> Iterator[list[str]]:
    """The rows below the header; those of another width become problems. Sets ``records.place``.

    Raises:
        UnexpectedEnd: it stops inside a row.
        Unreadable: it is UTF-16.
        TooLarge: a line has more than 8 MB.
    """
    if file.head[:2] in UTF16:
        raise Unreadable(N_("it is stored as UTF-16, not as UTF-8"), hint=N_("Save it again as UTF-8."))
    lines = _Lines(file, records)
    reader = csv.reader(lines)
    before: tuple[str, list[str]] | None = None
    while True:
        place = f"line {lines.number + 1}"
        try:
            row = next(reader)
        except StopIteration:
            break
        except csv.Error as error:
            if before is not None:
                yield from _whole(before, table, records)
            before, records.place = None, place
            records.problem("malformed_row", error)
            continue
        if before is not None:
            yield from _whole(before, table, records)
        before = (place, row) if row and lines.started else None
        lines.started = True
    if lines.open or (before is not None and len(before[1]) < table.width and not lines.ended):
        raise UnexpectedEnd(before[0] if before else place)
    if before is not None:
        yield from _whole(before, table, records)


def _whole(found: tuple[str, list[str]], table: Columns, records: Records) -> Iterator[list[str]]:
    records.place, row = found
    if len(row) == table.width:
        yield row
    else:
        records.problem("malformed_row", ",".join(row))


class _Lines:
    """The lines of a file as text. ``open``: whether a quote is open; ``ended``: whether the last line has its end."""

    def __init__(self, file: InputFile, records: Records) -> None:
        self._file, self._records = file, records
        self.number = 0
        self.open = self.ended = self.started = False

    def __iter__(self) -> Iterator[str]:
        with self._file.open() as stream:
            while line := bounded(stream, self.number + 1, LINE_LIMIT):
                if self.number == 0:
                    line = line.removeprefix(BOM)
                self.number += 1
                self.open ^= line.count(b'"') % 2 == 1
                self.ended = line.endswith(b"\n")
                yield self._text(line)

    def _text(self, line: bytes) -> str:
        try:
            return line.decode("utf-8")
        except UnicodeDecodeError:
            self._records.problem("invalid_utf8", lost=False, place=f"line {self.number}")
            return line.decode("utf-8", "replace")
