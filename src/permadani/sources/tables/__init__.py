"""The neutral tables: what researchers hand in, and what ``permadani export`` writes.

``NAME.csv`` or ``NAME.parquet`` with NAME and columns from ``vocabulary.TABLES``. Nothing is guessed but the channel
(from the id) and the kind (note) of objects.
"""

from __future__ import annotations

import os
from array import array
from collections.abc import Iterator
from pathlib import Path

from permadani.errors import InputError, UnexpectedEnd, Unreadable
from permadani.language import N_
from permadani.sources.base import ReadOptions
from permadani.sources.reading.files import InputFile, Unopened
from permadani.sources.reading.span import Span
from permadani.sources.reading.walk import walk
from permadani.sources.tables.open import Opened, looks_like, opened
from permadani.sources.tables.rows import Rows
from permadani.vocabulary import TABLES, Coverage, Direction, Object, Problem, Record, Table

DESCRIPTIONS = frozenset({"datapackage.json"})
"""Files beside the tables that describe them and hold no records."""
COVERAGE_FILES = frozenset({"coverage.csv", "coverage.csv.gz", "coverage.parquet", "coverage.parquet.gz"})
BASIS = "neutral tables without a coverage table"
DERIVED = {("objects", "channel"), ("actors", "channel")}
LONGEST_EXAMPLE = 120


def table_of(file: InputFile) -> Table | None:
    """The table that a file is named after; capital letters are no other name."""
    stem, _, suffix = file.name.lower().rpartition(".")
    return TABLES.get(stem) if suffix in ("csv", "parquet") else None


def required_columns(table: Table) -> list[str]:
    """What must be there; the channel of actors and objects can be told from their ids."""
    return [c.name for c in table.columns if c.required and (table.name, c.name) not in DERIVED]


class Tables:
    """Neutral tables, one file at a time."""

    name = "tables"

    def recognises(self, file: InputFile) -> bool:
        try:
            table = table_of(file)
            return table is not None and looks_like(table, file)
        except Exception:  # the contract: never raise; a damaged file is named by whoever reads it
            return False

    def read(self, file: InputFile, options: ReadOptions) -> Iterator[Record]:
        """The records of one table; for objects a partial coverage, unless a usable coverage table lies beside them.

        Raises:
            UnexpectedEnd: a CSV stops in the middle of a row; the rows before it were yielded.
            Unreadable: columns are missing, ids are floats, it is not UTF-8 with commas, or it is damaged.
            TooLarge: it needs too much memory.
        """
        table = table_of(file)
        if table is None:
            names = ", ".join(TABLES)
            raise Unreadable(N_("a neutral table is called NAME.csv or NAME.parquet, NAME one of {names}"), names=names)
        required = required_columns(table)
        claims = table.record is Object and not self._covered(file)
        spans: dict[str, Span] = {}
        cut: UnexpectedEnd | None = None
        with opened(file, table, required) as rows:
            if rows.unknown:
                example = ", ".join(rows.unknown)[:LONGEST_EXAMPLE]
                yield Problem(reason="unknown_column", place="header", example=example, lost=False)
            for record in _records(rows, table, required, ours=_is_ours(file)):
                if claims and type(record) is Object:
                    if record.channel not in spans:
                        spans[record.channel] = Span(record.channel)
                    yield from spans[record.channel].add(record.published)
                yield record
            try:
                yield from rows.rejects()
            except UnexpectedEnd as error:
                cut = error
        yield from _coverage(spans)
        if cut is not None:
            raise cut

    def _covered(self, file: InputFile) -> bool:
        """Whether a coverage table beside it speaks: it can be read, and not all of its rows are bad (none is fine)."""
        for beside in _beside(file, COVERAGE_FILES):
            said = lost = False
            try:
                for record in self.read(beside, ReadOptions()):
                    said |= type(record) is Coverage
                    lost |= type(record) is Problem and record.lost
            except InputError:
                continue
            if said or not lost:
                return True
        return False


def _records(rows: Opened, table: Table, required: list[str], *, ours: bool) -> Iterator[Record]:
    exact = frozenset(c.name for c in rows.columns) if ours else rows.exact
    maker = Rows(table, rows.columns, required, exact)
    width = len(rows.columns)
    first = array("Q")  # for every key that occurs again the hash of its first row, 0 before it came
    number = 0
    for batch in rows.rows():
        if not first and rows.repeated:
            first = array("Q", bytes(8 * rows.repeated))
        for row in batch:
            number += 1
            place = f"row {number}"
            mangled, key, content = row[width:]
            if mangled is not None:
                raise Unreadable(
                    N_("ids in it passed through floating-point numbers ({example}, {place}); they are lost"),
                    hint=N_("Without ids no reply finds its message. Make the table again with text ids."),
                    example=mangled,
                    place=place,
                )
            if key is not None:
                if known := first[key]:
                    example = str(row[0])[:LONGEST_EXAMPLE]
                    yield Problem(reason="duplicate_id", place=place, example=example, lost=known != content)
                    continue
                first[key] = content
            yield from maker.convert(row[:width], place)


def _coverage(spans: dict[str, Span]) -> Iterator[Coverage]:
    directions: tuple[Direction, Direction] = ("inbound", "outbound")
    for channel, span in sorted(spans.items()):
        for direction in directions if span.since is not None else ():
            yield Coverage(
                actor=None,
                channel=channel,
                direction=direction,
                since=span.since,
                until=span.until,
                completeness="partial",
                basis=BASIS,
            )


def _is_ours(file: InputFile) -> bool:
    """Whether Permadani itself wrote the table: then small times are microseconds too (a broken date of 1970)."""
    try:
        return any(b'"created_by": "permadani' in found.head for found in _beside(file, DESCRIPTIONS))
    except InputError:
        return False


def _beside(file: InputFile, names: frozenset[str]) -> Iterator[InputFile]:
    """The files of these names in the same folder, on disk or in the same ZIP; each can be read until the next."""
    found: Iterator[InputFile | Unopened]
    try:
        if file.disk_path is not None:
            paths = sorted(entry.path for entry in os.scandir(file.disk_path.parent) if entry.name.lower() in names)
            found = (item for path in paths for item in walk(Path(path)))
        else:
            found = walk(Path(file.path.partition("!/")[0]))
        folder = file.path.rpartition("/")[0]
        for item in found:
            there, _, name = item.path.rpartition("/")
            if isinstance(item, InputFile) and (file.disk_path or (there == folder and name.lower() in names)):
                yield item
    except OSError:
        return
