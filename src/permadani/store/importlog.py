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

Counts = dict[int, dict[str, tuple[int, int]]]
"""By file and table: rows read and rows new, as ``merge.counts_by_file`` gives them."""


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
        for (reason, lost), count in staging.counts[file].items():
            kept = staging.problems[file][reason, lost]
            problems += [
                {"file": file, "reason": reason, "place": p.place, "example": p.example, "lost": lost, "count": 1}
                for p in kept
            ]
            if count > len(kept):
                problems.append(
                    {"file": file, "reason": reason, "place": None, "example": None, "lost": lost,
                     "count": count - len(kept)}
                )  # fmt: skip
    _insert(connection, "files", files)
    _insert(connection, "problems", problems)
    connection.execute(
        "INSERT INTO forgotten SELECT unnest($marks::VARCHAR[]) EXCEPT SELECT mark FROM forgotten",
        {"marks": list(staging.forgotten_now)},
    )


def _insert(connection: duckdb.DuckDBPyConnection, table: str, rows: list[dict[str, Any]]) -> None:
    """A few thousand plain rows in one statement (executemany takes a hundred times as long)."""
    if rows:
        columns = ", ".join(f'"{name}"' for name in rows[0])
        types = connection.execute(f"SELECT {columns} FROM {table} LIMIT 0").description or []
        shape = msgspec.json.encode([{column[0]: str(column[1]) for column in types}]).decode()
        connection.execute(
            f"INSERT INTO {table} ({columns}) SELECT unnest(from_json($rows::JSON, $shape), recursive := true)",
            {"rows": msgspec.json.encode(rows).decode(), "shape": shape},
        )
