"""tweets.csv of the archives before 2019: the same tweets as the months beside it, with less about each."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from itertools import islice

from permadani.errors import UnexpectedEnd
from permadani.sources.base import ReadOptions
from permadani.sources.reading.files import InputFile
from permadani.sources.reading.textlines import TextLines
from permadani.sources.x.shapes import FloatMangled, Tweet, number
from permadani.sources.x_archive.archive import around, needed, owner_beside
from permadani.sources.x_archive.kinds import Kind, nothing
from permadani.sources.x_archive.reading import Timeline, mangled, unknown_user
from permadani.sources.x_archive.shapes import second_of
from permadani.vocabulary import Record

_LOOKED_AT = 1000
_FEWEST = 5
"""So many ids, all of them ending in 000, are no accident."""
_LONG_ID = re.compile(rb'(?:^|\n)"?(\d{16,20})"?,')


def read_table(file: InputFile, kind: Kind, options: ReadOptions) -> Iterator[Record]:
    """Records of every row, then coverage of the owner's side.

    Raises: see ``Source.read``.
    """
    ids = [found[1] for found in islice(_LONG_ID.finditer(file.head), _LOOKED_AT)]
    if len(ids) >= _FEWEST and all(key.endswith(b"000") for key in ids):
        raise mangled(Exception(ids[0].decode()), "line 2")
    timeline = Timeline(needed(owner_beside(file, options), options))
    records = timeline.records
    cut: UnexpectedEnd | None = None
    try:
        with file.open() as stream:
            for row in _rows(TextLines(stream), timeline):
                timeline.add(_tweet(row))
                yield from records.out
                records.out.clear()
    except UnexpectedEnd as error:
        cut = error
    except FloatMangled as error:
        raise mangled(error, records.place) from None
    yield from records.out
    yield from timeline.claims(around(file, kind))
    if cut is not None:
        raise cut
    if timeline.entries == 0:
        yield nothing(kind)
    timeline.refuse_if_empty()


def _rows(lines: TextLines, timeline: Timeline) -> Iterator[dict[str, str]]:
    """The rows by column; the first archives leave out empty columns at the end."""
    reader = csv.reader(lines, strict=True)
    header = next(reader)
    needed_columns = header.index("text") + 1
    while True:
        timeline.records.place = f"line {reader.line_num + 1}"
        try:
            row = next(reader, None)
        except csv.Error as error:
            if lines.ended:
                raise UnexpectedEnd(timeline.records.place) from None
            timeline.entries += 1
            timeline.records.problem("malformed_row", error)
            continue
        if row is None:
            return
        if not row:
            continue
        whole = len(row) == len(header) and row[needed_columns - 1]  # nobody publishes an empty tweet
        if lines.unfinished and not whole:
            raise UnexpectedEnd(timeline.records.place)
        timeline.entries += 1
        if len(row) < needed_columns or len(row) > len(header):
            timeline.records.problem("malformed_row", ",".join(row))
            continue
        if lines.broken:
            timeline.records.problem("invalid_utf8", lost=False)
            lines.broken = False
        yield dict(zip(header, row, strict=False))


def _tweet(row: dict[str, str]) -> Tweet:
    """A row as a tweet of API v1.1."""
    reshared = number(row.get("retweeted_status_id") or None)
    original = None
    if reshared:
        time = row.get("retweeted_status_timestamp") or second_of(reshared)  # the first archives do not tell it
        author = unknown_user(number(row.get("retweeted_status_user_id") or None))
        original = Tweet(id_str=reshared, user=author, created_at=time)
    return Tweet(
        id_str=row["tweet_id"],
        created_at=row.get("timestamp"),
        text=row["text"],
        source=row.get("source"),
        in_reply_to_status_id_str=row["in_reply_to_status_id"] or None,
        in_reply_to_user_id_str=row["in_reply_to_user_id"] or None,
        retweeted_status=original,
    )
