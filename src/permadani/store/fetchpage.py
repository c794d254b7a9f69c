"""Keeping one page of a fetch: its records, the door's state after it, and the counts so far, in one transaction.

A fetch is one row in ``imports`` and one in ``files``, made with its first page; later pages add to them.
"""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

import duckdb

from permadani import __version__
from permadani.errors import Refusal
from permadani.language import N_
from permadani.sources.live.base import Door
from permadani.store.fetchreport import TABLES_TOLD
from permadani.store.fetchstate import decoded, encoded, mark_of, pruned
from permadani.store.identity import identify
from permadani.store.importing import ACTIVITY_RECORDS, PROBLEM_SHARE, ImportOptions, Run, weakened
from permadani.store.importlog import Counts, ImportRun, Kind, insert, keep_marks, problem_rows
from permadani.store.importreport import FileReport, ImportReport, Progress
from permadani.store.rows import number
from permadani.store.staging import KEPT_EXAMPLES, Staging, cleaned
from permadani.vocabulary import ACTIVITIES, Coverage, Problem, Record

WEIGHED = "conversation_unreadable"
"""A reason whose share the doors weigh themselves in what they claim."""
LONGEST_TITLE = 200
EARLIER = """
    DELETE FROM coverage WHERE actor IS NOT DISTINCT FROM $actor AND channel = $channel AND starts_with(basis, $basis)
        AND regexp_full_match(substr(basis, length($basis) + 1), '( \\(\\d+ of \\d+ records unreadable\\))?')
"""
"""What was claimed before on the same grounds, weakened or not."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What is kept of a fetch so far. ``file`` and ``run``: its rows in the store, None before the first page."""

    place: str
    source: str
    asked: str
    who: str
    title: str
    started: int
    file: int | None = None
    run: int | None = None
    forgotten: int | None = None
    """How many marks of the forgotten there were after the last page."""
    pages: int = 0
    read: int = 0
    new: int = 0
    tables: dict[str, int] = field(default_factory=lambda: dict.fromkeys(TABLES_TOLD, 0))
    problems: dict[Kind, list[Problem]] = field(default_factory=dict)
    counts: dict[Kind, int] = field(default_factory=dict)
    claimed: frozenset[tuple[str | None, str, str]] = frozenset()
    """Actor, channel and basis of all that was claimed."""

    @classmethod
    def nothing(cls, door: Door, asked: str) -> Kept:
        """What is kept before the first page. What doors call themselves may be words of strangers."""
        return cls(
            cleaned(door.place), door.source, cleaned(asked), cleaned(door.who), cleaned(door.title[:LONGEST_TITLE]),
            time.time_ns() // 1000,
        )  # fmt: skip


def keep(connection: duckdb.DuckDBPyConnection, kept: Kept, records: Iterable[Record], state: str) -> Kept:
    """Merge a page into the store; what is kept then. ``state``: as ``fetchstate.encoded`` writes it.

    Raises:
        Refusal: the account was erased here, or somebody was while the door was being read.
    """
    connection.execute("SET threads = 1")  # a page is too small to be shared: measured, a tenth quicker
    run = _PageRun(connection, kept, state)
    run.take_records(kept.title, records, kept.source)
    report = run.finish(kept.started)
    tables = {name: kept.tables[name] + getattr(report, name) for name in TABLES_TOLD}
    return replace(run.kept, tables=tables)


class _PageRun(Run):
    """An import of one page that adds to what earlier pages of the same fetch wrote down."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, kept: Kept, state: str) -> None:
        super().__init__(connection, ImportOptions(), Progress(), kept.title)
        self.kept, self._state = kept, state
        self._refuse_the_forgotten()
        self._file = self._next = kept.file or self._next
        self._claims: list[Coverage] = []

    def _refuse_the_forgotten(self) -> None:
        staging, kept = self._staging, self.kept
        if staging.erased(kept.who):
            raise Refusal(
                N_("{who} was erased from this store with `permadani forget`, and is not read again"),
                hint=N_("Name another store with --store if you have changed your mind."),
                who=kept.title,
            )
        if kept.forgotten not in (None, len(staging.marks)):
            raise Refusal(
                N_("somebody was erased from this store while {who} was being read"),
                hint=N_("Run the same command again: it goes on without them."),
                who=kept.title,
            )

    def take_records(self, name: str, records: Iterable[Record], source: str = "records") -> None:
        """Stage a page. A claim that the account's unreadable records belie is weakened, as those of files are."""
        records = list(records)
        self._claims = [record for record in records if type(record) is Coverage]
        lost, read = self._so_far()
        lost += sum(r.lost and r.reason != WEIGHED for r in records if type(r) is Problem)
        read += sum(type(r) in ACTIVITY_RECORDS for r in records)
        doubtful = lost > PROBLEM_SHARE * (read + lost)
        super().take_records(
            name, [weakened(r, lost, read, False) if doubtful and type(r) is Coverage else r for r in records], source
        )

    def _so_far(self) -> tuple[int, int]:
        """Records lost and activities read of this place, in all runs. Not by its title, which two may share."""
        values = {"mark": mark_of(self.kept.place)}
        files = "SELECT id FROM files WHERE digest = $mark"
        lost = number(
            self._connection,
            f"SELECT sum(count) FROM problems WHERE file IN ({files}) AND lost AND reason <> $weighed",
            values | {"weighed": WEIGHED},
        )
        return lost, number(self._connection, "SELECT sum(read) FROM files WHERE digest = $mark", values)

    def _merge(self, started: int) -> ImportReport:
        for actor, channel, basis in {(claim.actor, claim.channel, claim.basis) for claim in self._claims}:
            values = {"actor": None if actor is None else identify(actor), "channel": channel, "basis": basis}
            self._connection.execute(EARLIER, values)
        return super()._merge(started)

    def _write_down(self, run: ImportRun, staged: list[tuple[int, FileReport, str]], counts: Counts) -> None:
        kept, execute = self.kept, self._connection.execute
        here = counts.get(self._file, {})
        read = kept.read + sum(here[name][0] for name in ACTIVITIES if name in here)
        new = kept.new + sum(here[name][1] for name in ACTIVITIES if name in here)
        problems, of_kind = _together(kept, self._staging, self._file)
        finished = time.time_ns() // 1000
        import_ = kept.run if kept.run is not None else number(self._connection, "SELECT max(id) FROM imports") + 1
        execute("DELETE FROM imports WHERE id = $id", {"id": import_})
        execute("INSERT INTO imports VALUES (?, ?, ?, ?, ?)", [import_, run.started, finished, __version__, run.paths])
        execute("DELETE FROM files WHERE id = $id", {"id": self._file})
        execute(
            "INSERT INTO files VALUES (?, ?, ?, ?, ?, false, ?, ?, ?)",
            [self._file, import_, kept.title, kept.source, mark_of(kept.place), read, new, read - new],
        )
        if self._staging.counts[self._file]:
            execute("DELETE FROM problems WHERE file = $id", {"id": self._file})
            insert(self._connection, "problems", problem_rows(self._file, problems, of_kind))
        keep_marks(self._connection, self._staging)
        forgotten = len(self._staging.marks)
        state = encoded(pruned(decoded(self._state) or {}, self._staging.erased)) if forgotten else self._state
        write_place(self._connection, kept, state, finished)
        self.kept = replace(
            kept, file=self._file, run=import_, forgotten=forgotten, pages=kept.pages + 1, read=read, new=new,
            problems=problems, counts=of_kind,
            claimed=kept.claimed | {(claim.actor, claim.channel, claim.basis) for claim in self._claims},
        )  # fmt: skip


def write_place(connection: duckdb.DuckDBPyConnection, kept: Kept, state: str | None, now: int) -> None:
    """The row of a place that is being read; not complete until its door has nothing more."""
    connection.execute("DELETE FROM fetches WHERE place = $place", {"place": kept.place})
    connection.execute(
        "INSERT INTO fetches VALUES (?, ?, ?, ?, ?, ?, ?, false)",
        [kept.place, kept.source, kept.asked, kept.who, kept.title, state, now],
    )


def _together(kept: Kept, staging: Staging, file: int) -> tuple[dict[Kind, list[Problem]], dict[Kind, int]]:
    """The problems of all pages so far, with a few examples of each kind."""
    problems = {kind: list(some) for kind, some in kept.problems.items()}
    counts = dict(kept.counts)
    for kind, count in staging.counts[file].items():
        counts[kind] = counts.get(kind, 0) + count
        problems[kind] = (problems.get(kind, []) + staging.problems[file][kind])[:KEPT_EXAMPLES]
    return problems, counts
