"""The store: the only writer of what was imported, one DuckDB file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb

from permadani.settings import settings
from permadani.store import database, importing, people
from permadani.store.fetchstate import MARK
from permadani.store.forget import Forgotten, forget
from permadani.store.importing import ImportOptions
from permadani.store.importreport import ImportReport, Progress
from permadani.store.who import Who, resolve
from permadani.vocabulary import Record

if TYPE_CHECKING:
    from permadani.store.fetched import AtHand, LastFetch
    from permadani.store.fetchreport import FetchProgress, FetchReport

__all__ = ["ImportOptions", "ImportReport", "Progress", "RecordedFile", "RecordedImport", "Store", "Who"]


@dataclass(frozen=True, slots=True)
class RecordedFile:
    """One file of an earlier import. ``digest``: blake2b of its bytes, empty of what was read live; None after
    something of it was erased."""

    path: str
    source: str
    digest: str | None
    read: int
    new: int
    known: int
    partial: bool
    problems: int


@dataclass(frozen=True, slots=True)
class RecordedImport:
    """One earlier import. ``started`` in microseconds UTC; ``paths``: what was named on the command line."""

    id: int
    started: int
    version: str
    paths: str
    files: tuple[RecordedFile, ...]

    @property
    def sources(self) -> tuple[str, ...]:
        return tuple(sorted({file.source for file in self.files}))

    @property
    def read(self) -> int:
        return sum(file.read for file in self.files)

    @property
    def new(self) -> int:
        return sum(file.new for file in self.files)

    @property
    def known(self) -> int:
        return sum(file.known for file in self.files)

    @property
    def problems(self) -> int:
        return sum(file.problems for file in self.files)


class Store:
    """One store file. It is opened for the length of each task only, so that other programs can use it in between."""

    def __init__(self, path: Path | str | None = None) -> None:
        self.path = Path(path).expanduser() if path is not None else settings().store

    @contextmanager
    def session(
        self, *, write: bool = False, reach: tuple[Path, ...] = (), memory_mb: int | None = None
    ) -> Iterator[duckdb.DuckDBPyConnection]:
        """A connection to the store as it is, for one task; see ``database.session``."""
        database.must_exist(self.path)
        with database.session(self.path, write=write, reach=reach, memory_mb=memory_mb) as connection:
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
        named = [Path(path) for path in paths]
        with importing.last_word() as commits, database.session(self.path, write=True) as connection:
            return importing.import_paths(connection, named, options, progress or Progress(), commits)

    def add(self, records: Iterable[Record], name: str = "records") -> ImportReport:
        """Import records of ``permadani.vocabulary`` that a program made; ``name`` is what ``imports`` shows."""
        with database.session(self.path, write=True) as connection:
            return importing.import_records(connection, name, records)

    def fetch(
        self, who: str, *, since: int | None = None, max_requests: int | None = None, allow_local: bool = False,
        akismet: bool = False, progress: FetchProgress | None = None,
        permitted: Callable[[str, int | None], None] | None = None,
    ) -> FetchReport:  # fmt: skip
        """Read an account or site live: ``@ada.bsky.social``, ``@ada@mastodon.example``, ``https://blog.example``.

        Each page is kept as it comes, and the next call goes on from there. ``since``: how far back to read, in
        microseconds UTC (None: 36 months). ``allow_local``: addresses of this computer and its network may be visited.
        ``akismet``: comments that nobody marked are sent to Akismet, which says what is spam (docs/sources/akismet.md).
        ``permitted`` is called before anything is read, with whom an audit would be about and how many follow them, as
        far as the door knows (None: it does not); what it raises ends the fetch.
        Ctrl-C ends the reading, not the program: the report says so.

        Raises:
            FetchError: nothing could be read; where something was, the report says what stopped it.
            StoreError: the store cannot be used; pages kept before stay.
        """
        from permadani.store.fetching import FetchRequest, fetch
        from permadani.store.fetchreport import FetchProgress

        request = FetchRequest(since, max_requests, allow_local, akismet, permitted or (lambda who, followers: None))
        return fetch(self.path, who, request, progress or FetchProgress())

    def at_hand(self, who: str) -> AtHand:
        """What the store knows of somebody, and when they were fetched last; also where there is no store."""
        from permadani.store.fetched import at_hand

        return at_hand(self.path, who)

    def last_fetch(self, who: str) -> LastFetch | None:
        """When and how an account or site was fetched last; None where it never was."""
        return self.at_hand(who).last

    def imports(self) -> list[RecordedImport]:
        """What was imported so far, oldest first; nothing where no store is."""
        if not self.path.exists():
            return []
        with self.session() as connection:
            runs = connection.execute("SELECT id, started, version, paths FROM imports ORDER BY id").fetchall()
            rows = connection.execute(
                """SELECT f.import, f.path, f.source, CASE WHEN starts_with(f.digest, $mark) THEN '' ELSE f.digest END,
                       f.read, f.new, f.known, f.partial,
                       coalesce((SELECT sum(p.count) FROM problems p WHERE p.file = f.id AND p.lost), 0)
                   FROM files f ORDER BY f.id""",
                {"mark": MARK},
            ).fetchall()
        files: dict[int, list[RecordedFile]] = {}
        for run, path, source, digest, read, new, known, partial, problems in rows:
            one = RecordedFile(path, source, digest, read, new, known, partial, int(problems))
            files.setdefault(run, []).append(one)
        return [
            RecordedImport(run, started, version, paths, tuple(files.get(run, ())))
            for run, started, version, paths in runs
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
        """All linked people; nobody where no store is."""
        if not self.path.exists():
            return []
        with self.session() as connection:
            return people.people(connection)

    def forget(self, name: str) -> Forgotten:
        """Erase somebody and what they wrote from the file itself."""
        return forget(self.path, self.who(name))
