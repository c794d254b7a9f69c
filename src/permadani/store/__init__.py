"""The store: the only writer of what was imported, one DuckDB file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb

from permadani.settings import settings
from permadani.store import database, importing, people
from permadani.store.forget import Forgotten, forget
from permadani.store.importing import ImportOptions, ImportReport, Progress
from permadani.store.who import Who, resolve
from permadani.vocabulary import Record

__all__ = ["ImportOptions", "ImportReport", "Progress", "RecordedImport", "Store", "Who"]


@dataclass(frozen=True, slots=True)
class RecordedImport:
    """One earlier import. Times in microseconds UTC."""

    id: int
    started: int
    version: str
    files: int
    sources: tuple[str, ...]
    paths: str
    read: int
    new: int
    known: int
    problems: int


class Store:
    """One store file. It is opened for the length of each task only, so that other programs can use it in between."""

    def __init__(self, path: Path | str | None = None) -> None:
        self.path = Path(path).expanduser() if path is not None else settings().store

    @contextmanager
    def session(self, *, write: bool = False, reach: tuple[Path, ...] = ()) -> Iterator[duckdb.DuckDBPyConnection]:
        """A connection for one task; see ``database.session``."""
        with database.session(self.path, write=write, reach=reach) as connection:
            yield connection

    def import_(
        self,
        *paths: Path | str,
        source: str | None = None,
        owner: str | None = None,
        partial: bool = False,
        progress: Progress | None = None,
    ) -> ImportReport:
        """Import files, folders and archives; all of them or, if the process dies, none.

        Bad records and unusable files are counted in the report, not raised.
        """
        options = ImportOptions(source, owner, partial)
        with self.session(write=True) as connection:
            return importing.import_paths(connection, [Path(p) for p in paths], options, progress or Progress())

    def add(self, records: Iterable[Record], name: str = "records") -> ImportReport:
        """Import records of ``permadani.vocabulary`` that a program made; ``name`` is what ``imports`` shows."""
        with self.session(write=True) as connection:
            return importing.import_records(connection, name, records)

    def imports(self) -> list[RecordedImport]:
        """What was imported so far, oldest first."""
        with self.session() as connection:
            rows = connection.execute(
                """SELECT i.id, i.started, i.version, count(f.id), list_sort(list(DISTINCT f.source)), min(f.path),
                       sum(f.read), sum(f.new), sum(f.known),
                       (SELECT coalesce(sum(p.count), 0) FROM problems p JOIN files q ON q.id = p.file
                        WHERE q.import = i.id AND p.lost)
                   FROM imports i JOIN files f ON f.import = i.id GROUP BY ALL ORDER BY i.id"""
            ).fetchall()
        return [
            RecordedImport(i, started, version, files, tuple(sources), path, int(read), int(new), int(known), int(lost))
            for i, started, version, files, sources, path, read, new, known, lost in rows
        ]

    def who(self, text: str) -> Who:
        """The one person or account that a text names; raises WhoError."""
        with self.session() as connection:
            return resolve(connection, text)

    def link(self, *names: str) -> Who:
        """Say that these names are one person."""
        with self.session(write=True) as connection:
            return people.link(connection, list(names))

    def unlink(self, name: str) -> Who:
        """Take a linked person apart again."""
        with self.session(write=True) as connection:
            return people.unlink(connection, name)

    def people(self) -> list[Who]:
        """All linked people."""
        with self.session() as connection:
            return people.people(connection)

    def forget(self, name: str) -> Forgotten:
        """Erase somebody and what they wrote from the file itself."""
        return forget(self.path, self.who(name))
