"""What is kept of every import: the run, its files with their counts, and their problems with a few examples."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Any

import duckdb
import msgspec

from permadani import __version__
from permadani.store import merge
from permadani.store.importreport import FileReport
from permadani.store.rows import number
from permadani.store.staging import Staging
from permadani.vocabulary import Problem

Counts = dict[int, dict[str, tuple[int, int]]]
"""By file and table: rows read and rows new, as ``merge.counts_by_file`` gives them."""
Kind = tuple[str, bool]
"""A problem's reason, and whether something was lost."""


@dataclass(frozen=True, slots=True)
class ImportRun:
    """When it began, in microseconds; what the user named; whether cut files were taken."""

    started: int
    paths: str
    partial: bool


def write_down(
    connection: duckdb.DuckDBPyConnection, run: ImportRun, staged: list[tuple[int, FileReport, str]], counts: Counts,
    staging: Staging,
) -> None:  # fmt: skip
    """Write a run down, within the caller's transaction. ``staged``: number, report and digest of each file read."""
    id = number(connection, "SELECT max(id) FROM imports") + 1
    finished = time.time_ns() // 1000
    connection.execute(
        "INSERT INTO imports VALUES (?, ?, ?, ?, ?)", [id, run.started, finished, __version__, run.paths]
    )
    files, problems = [], []
    for file, report, digest in staged:
        read, new = merge.activity(counts.get(file, {}))
        files.append(
            {"id": file, "import": id, "path": report.path, "source": report.source, "digest": digest,
             "partial": run.partial, "read": read, "new": new, "known": read - new}
        )  # fmt: skip
        problems += problem_rows(file, staging.problems[file], staging.counts[file])
    insert(connection, "files", files)
    insert(connection, "problems", problems)
    keep_marks(connection, staging)


def problem_rows(file: int, kept: dict[Kind, list[Problem]], counts: dict[Kind, int]) -> list[dict[str, Any]]:
    """Rows of the problems of one file: the first few one by one, the rest as a number."""
    rows: list[dict[str, Any]] = []
    for (reason, lost), count in counts.items():
        of_kind = kept[reason, lost]
        rows += [
            {"file": file, "reason": reason, "place": p.place, "example": p.example, "lost": lost, "count": 1}
            for p in of_kind
        ]
        if count > len(of_kind):
            rest = count - len(of_kind)
            rows.append({"file": file, "reason": reason, "place": None, "example": None, "lost": lost, "count": rest})
    return rows


def keep_marks(connection: duckdb.DuckDBPyConnection, staging: Staging) -> None:
    """Remember what was left out because its author is forgotten."""
    connection.execute(
        "INSERT INTO forgotten SELECT unnest($marks::VARCHAR[]) EXCEPT SELECT mark FROM forgotten",
        {"marks": list(staging.forgotten_now)},
    )


def insert(connection: duckdb.DuckDBPyConnection, table: str, rows: list[dict[str, Any]]) -> None:
    """A few thousand plain rows in one statement (executemany takes a hundred times as long)."""
    if rows:
        columns = ", ".join(f'"{name}"' for name in rows[0])
        types = connection.execute(f"SELECT {columns} FROM {table} LIMIT 0").description or []
        shape = msgspec.json.encode([{column[0]: str(column[1]) for column in types}]).decode()
        connection.execute(
            f"INSERT INTO {table} ({columns}) SELECT unnest(from_json($rows::JSON, $shape), recursive := true)",
            {"rows": msgspec.json.encode(rows).decode(), "shape": shape},
        )
