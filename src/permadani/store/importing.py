"""Importing: files to staging to store, all of a run in one transaction.

A run that is killed leaves the store as it was. A file that ends unexpectedly contributes nothing unless ``partial``.
A file whose bytes are known already is not read again.
"""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from functools import cached_property
from hashlib import blake2b
from pathlib import Path

import duckdb

from permadani import __version__
from permadani.errors import InputError, PermadaniError, TooLarge, UnexpectedEnd, Unreadable
from permadani.language import N_
from permadani.settings import forget_key
from permadani.sources import InputFile, ReadOptions, Source, Unopened, known_but_unread, recognise, sources, walk
from permadani.sources.foreign import checked, companions, is_own
from permadani.sources.reading.files import printable
from permadani.sources.reading.magic import is_media
from permadani.store import joining, merge
from permadani.store.importlog import Counts, ImportRun, write_down
from permadani.store.importreport import FileReport, ImportReport, ProblemCount, Progress, told
from permadani.store.rows import is_interrupt, number
from permadani.store.staging import Staging
from permadani.vocabulary import ACTIVITIES, TABLES, Coverage, Problem, Record

PROBLEM_SHARE = 0.01
"""More unreadable records than this make a file's coverage partial."""
FileKey = tuple[str, str, bool, str]
"""Digest, source, whether --partial was given, and name."""
ACTIVITY_RECORDS = frozenset(TABLES[name].record for name in ACTIVITIES)
DESCRIPTION = "datapackage.json"
REASON_OF = {UnexpectedEnd: "unexpected_end", TooLarge: "too_large", Unreadable: "unreadable"}


@dataclass(frozen=True, slots=True)
class ImportOptions:
    source: str | None = None
    owner: str | None = None
    partial: bool = False


class Run:
    """One import: reads, stages, and at the end merges and records."""

    def __init__(
        self,
        connection: duckdb.DuckDBPyConnection,
        options: ImportOptions,
        progress: Progress,
        paths: str,
        commits: Callable[[], None] = lambda: None,
    ) -> None:
        self._paths, self._commits = paths, commits
        self._connection, self._options, self._progress = connection, options, progress
        self._forced = self._source_named(options.source) if options.source else None
        forgotten = {row[0] for row in connection.execute("SELECT mark FROM forgotten").fetchall()}
        self._staging = Staging(connection, forgotten, forget_key() if forgotten else None)
        self._next = number(connection, "SELECT max(id) FROM files") + 1
        self._reports: list[tuple[int | None, FileReport, str]] = []
        self._copies: dict[int, int] = {}
        self._beside: dict[str, str] = {}
        self._done = 0

    @staticmethod
    def _source_named(name: str) -> Source:
        known = sources()
        if name not in known:
            raise PermadaniError(
                N_("there is no source named {name}"), hint=N_("Known sources: {known}"), name=name,
                known=", ".join(known),
            )  # fmt: skip
        return known[name]

    @cached_property
    def _known(self) -> dict[FileKey, tuple[int, int | None]]:
        """Files that this version has read: their number, and how much was read of them."""
        rows = self._connection.execute(
            """SELECT f.digest, f.source, f.partial, f.path, f.id, f.read FROM files f JOIN imports i ON i.id = f.import
               WHERE i.version = $version AND f.digest <> ''""",
            {"version": __version__},
        ).fetchall()
        return {
            (digest, source, partial, _last_part(path)): (file, read)
            for digest, source, partial, path, file, read in rows
        }

    def take(self, item: InputFile | Unopened) -> None:
        """Read one file into the staging tables, or say why not."""
        if isinstance(item, Unopened):
            self._refused(item.path, None, item.error)
            return
        self._progress.file(item.path)
        base, item.progress = self._done, lambda count: self._progress.bytes(self._done + min(count, item.size))
        try:
            self._take(item)
        except (InputError, OSError) as error:
            self._refused(item.path, None, error)
        self._done = base + item.size
        self._progress.bytes(self._done)

    def _take(self, item: InputFile) -> None:
        with one_file_only():
            source = self._forced or recognise(item)
        if source is None:
            problem = ProblemCount("empty_file", 1, None)
            if item.name == DESCRIPTION and b'"created_by": "permadani' in item.head:
                problem = ProblemCount("description", 1, None, lost=False)
            elif is_media(item.head):
                problem = ProblemCount("media", 1, None, lost=False)
            elif item.size:
                problem = ProblemCount("not_recognised", 1, known_but_unread(item))
            self._reports.append((None, FileReport(item.path, None, 0, 0, 0, (problem,)), ""))
            return
        with one_file_only(source.name):
            digest = self._digest(item, source)
        key = digest, source.name, self._options.partial, _last_part(item.path)
        if known := self._known.get(key):
            file, read = known
            if read is None:  # a copy in the same run
                self._copies[len(self._reports)] = file
                self._reports.append((None, FileReport(item.path, source.name, 0, 0, 0, ()), digest))
            else:
                problems = self._recorded(file)
                self._reports.append((None, FileReport(item.path, source.name, read, 0, read, problems), digest))
            return
        file, self._next = self._next, self._next + 1
        self._staging.begin(file)
        try:
            ended_early = self._read(item, source)
        except (InputError, OSError) as error:
            self._staging.discard(file)
            self._refused(item.path, source.name, error, file)
        else:
            if ended_early is not None:
                self._staging.add(Problem(reason="unexpected_end", place=str(ended_early.values["place"])))
            self._known[key] = (file, None)
            self._reports.append((file, FileReport(item.path, source.name, 0, 0, 0, ()), digest))

    def _digest(self, item: InputFile, source: Source) -> str:
        """The digest of all that decides what is read: the file, what is read beside it, and whose it is said to be."""
        parts = [item.digest()]
        for name in companions(source):
            if (other := item.beside(name)) is None:
                continue
            if other.path not in self._beside:  # the same few for every file of an archive
                with suppress(OSError):  # gone meanwhile: it counts as absent
                    self._beside[other.path] = other.digest()
            parts += [self._beside[other.path]] if other.path in self._beside else []
        if self._options.owner:
            parts.append(self._options.owner)
        return parts[0] if len(parts) == 1 else blake2b(" ".join(parts).encode(), digest_size=16).hexdigest()

    def _read(self, item: InputFile, source: Source) -> UnexpectedEnd | None:
        """Stage a whole file; coverage waits until its problems are counted. Returns an end that was accepted."""
        add = self._staging.add
        claims: list[Coverage] = []
        ended_early, read, lost = None, 0, 0
        try:
            for record in self._records(item, source):
                if type(record) is Coverage:
                    claims.append(record)
                    continue
                if type(record) is Problem:
                    lost += record.lost
                elif type(record) in ACTIVITY_RECORDS:
                    read += 1
                add(record)
        except UnexpectedEnd as error:
            if not self._options.partial:
                raise
            ended_early = error
        except (duckdb.Error, RuntimeError) as error:
            if is_interrupt(error):
                raise KeyboardInterrupt from None
            raise
        doubtful = ended_early is not None or lost > PROBLEM_SHARE * (read + lost)
        for claim in claims:
            add(weakened(claim, lost, read, ended_early is not None) if doubtful else claim)
        return ended_early

    def _records(self, item: InputFile, source: Source) -> Iterator[Record]:
        """What the source yields. Only what the source does is guarded: a store that fails must end the run."""
        with one_file_only(source.name):
            records = source.read(item, ReadOptions(owner=self._options.owner))
            yield from records if is_own(source) else checked(records, source.name)

    def take_records(self, name: str, records: Iterable[Record], source: str = "records") -> None:
        """Stage records that a program made, as if they were a file called ``name``."""
        file, self._next = self._next, self._next + 1
        self._staging.begin(file)
        for record in records:
            self._staging.add(record)
        self._reports.append((file, FileReport(name, source, 0, 0, 0, ()), ""))

    def _recorded(self, file: int) -> tuple[ProblemCount, ...]:
        rows = self._connection.execute(
            """SELECT reason, sum(count), first(nullif(concat_ws(': ', place, example), '') ORDER BY rowid), lost
               FROM problems WHERE file = $file GROUP BY reason, lost ORDER BY reason, lost""",
            {"file": file},
        ).fetchall()
        return tuple(ProblemCount(reason, int(count), example, lost) for reason, count, example, lost in rows)

    def _refused(self, path: str, source: str | None, error: InputError | OSError, file: int | None = None) -> None:
        if file is not None:
            self._staging.problems.pop(file, None)
            self._staging.counts.pop(file, None)
        if isinstance(error, OSError):
            error = Unreadable(N_("the file cannot be read ({detail})"), detail=error.strerror or error)
        problem = ProblemCount(REASON_OF.get(type(error), "unreadable"), 1, told(error), error=error)
        self._reports.append((None, FileReport(path, source, 0, 0, 0, (problem,)), ""))

    def finish(self, started: int) -> ImportReport:
        """Merge what was staged and record the run in one transaction; without anything new nothing is touched.

        (Staging runs outside of it: within, DuckDB would keep every batch in memory until the end.)
        """
        self._progress.merging()
        self._staging.flush()
        self._connection.execute("BEGIN")
        report = self._merge(started)
        self._commits()
        self._connection.execute("COMMIT")
        return report

    def _merge(self, started: int) -> ImportReport:
        self._staging.purge()
        joining.by_present_names(self._connection)
        counts = merge.counts_by_file(self._connection)
        filled = {name for tables in counts.values() for name in tables}
        for reason, table, look in (
            ("conflicting_versions", "objects", merge.conflicts),
            ("linked_otherwise", "people", joining.linked_otherwise),
        ):
            for file, uri in look(self._connection) if table in filled else ():
                if file is not None:
                    self._staging.begin(file)
                    self._staging.add(Problem(reason=reason, example=uri, lost=False))
        new = merge.merge(self._connection) if counts else dict.fromkeys(TABLES, 0)
        staged = [(file, report, digest) for file, report, digest in self._reports if file is not None]
        if staged:
            self._write_down(ImportRun(started, self._paths, self._options.partial), staged, counts)
        reports = [self._counted(file, report, counts) for file, report, _ in self._reports]
        for place, original in self._copies.items():
            first = self._counted(original, reports[place], counts)
            reports[place] = replace(first, new=0, known=first.read)
        names = ("actors", "objects", "announces", "likes", "follows")
        return ImportReport(tuple(reports), **{name: new[name] for name in names})

    def _write_down(self, run: ImportRun, staged: list[tuple[int, FileReport, str]], counts: Counts) -> None:
        write_down(self._connection, run, staged, counts, self._staging)

    def _counted(self, file: int | None, report: FileReport, counts: Counts) -> FileReport:
        if file is None:
            return report
        read, new = merge.activity(counts.get(file, {}))
        examples = self._staging.problems[file]
        problems = tuple(
            ProblemCount(reason, count, _example(examples[reason, lost][0]), lost)
            for (reason, lost), count in sorted(self._staging.counts[file].items())
        )
        return replace(report, read=read, new=new, known=read - new, problems=problems)


@contextmanager
def one_file_only(source: str | None = None) -> Iterator[None]:
    """A stranger's file found a hole in a parser, or a source of another package broke its promises: Unreadable, so
    that the other files of the run do not suffer. (What is thrown into a generator from outside passes.)"""
    try:
        yield
    except (InputError, OSError):
        raise
    except (Exception, SystemExit) as error:
        if isinstance(error, Exception) and is_interrupt(error):
            raise KeyboardInterrupt from None
        detail = f"{type(error).__name__}: {str(error)[:160]}"
        if source is None:
            raise Unreadable(N_("the file cannot be read ({detail})"), detail=detail) from error
        raise Unreadable(
            N_("the source {name} cannot understand the file ({detail})"),
            hint=N_("This may be a fault in that source; please report it with the command that shows it."),
            name=source,
            detail=detail,
        ) from error


def _last_part(path: str) -> str:
    """The name of a file; the same bytes under another name may be another table."""
    return path.rsplit("/", 1)[-1]


def weakened(claim: Coverage, lost: int, read: int, cut: bool) -> Coverage:
    """A claim of completeness that the file did not live up to."""
    if claim.completeness != "complete":
        return claim
    why = "file cut off" if cut else f"{lost} of {read + lost} records unreadable"
    return Coverage(
        actor=claim.actor, channel=claim.channel, direction=claim.direction, since=claim.since, until=claim.until,
        completeness="partial", basis=f"{claim.basis} ({why})",
    )  # fmt: skip


def _example(problem: Problem) -> str | None:
    parts = [part for part in (problem.place, problem.example) if part]
    return ": ".join(parts) or None


def _now() -> int:
    return time.time_ns() // 1000


def bytes_under(paths: Iterable[Path]) -> int:
    """The size of all files named, for a progress bar."""
    total = 0
    for path in paths:
        if path.is_dir():
            for folder, _, names in os.walk(path):
                for name in names:
                    try:
                        total += Path(folder, name).lstat().st_size
                    except OSError:
                        continue
        elif path.exists():
            total += path.stat().st_size
    return total


@contextmanager
def last_word() -> Iterator[Callable[[], None]]:
    """Once the function given here was called, Ctrl-C waits until the end: what is committed cannot be undone, and
    nobody may be told that it was."""
    before = None

    def from_now_on() -> None:
        nonlocal before
        if threading.current_thread() is threading.main_thread():
            before = signal.signal(signal.SIGINT, signal.SIG_IGN)

    try:
        yield from_now_on
    finally:
        if before is not None:
            signal.signal(signal.SIGINT, before)


def import_records(connection: duckdb.DuckDBPyConnection, name: str, records: Iterable[Record]) -> ImportReport:
    """Import records that a program made, in one transaction."""
    started = _now()
    run = Run(connection, ImportOptions(), Progress(), name)
    run.take_records(name, records)
    return run.finish(started)


def import_paths(
    connection: duckdb.DuckDBPyConnection,
    paths: list[Path],
    options: ImportOptions,
    progress: Progress,
    commits: Callable[[], None] = lambda: None,
) -> ImportReport:
    """Import files, folders and archives in one transaction; ``commits`` is called when it can no longer be undone."""
    started = _now()
    progress.start(bytes_under(paths))
    run = Run(connection, options, progress, " ".join(map(printable, paths)), commits)
    for path in paths:
        for item in walk(path):
            run.take(item)
    return run.finish(started)
