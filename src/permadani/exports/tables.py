"""The neutral tables out of the store: Parquet or CSV, described by ``datapackage.json``.

What is written here, ``permadani import`` reads back unchanged.
"""

from __future__ import annotations

import json
from pathlib import Path

import duckdb

from permadani import __version__
from permadani.errors import PermadaniError
from permadani.language import N_
from permadani.store.identity import LOST_URI
from permadani.store.rows import number
from permadani.vocabulary import TABLES, Column, Table

FRICTIONLESS = {"id": "string", "text": "string", "time": "integer", "count": "integer", "flag": "boolean"}


def export_tables(connection: duckdb.DuckDBPyConnection, folder: Path, *, csv: bool = False) -> dict[str, int]:
    """Write every table of the vocabulary that has rows into ``folder``; returns rows by table.

    Raises PermadaniError where the folder cannot be written.

    Times are epoch microseconds. An id whose URI was erased is written as ``permadani:id/NUMBER``.
    In CSV an empty field is unknown, a quoted empty field is an empty text.
    """
    written: dict[str, int] = {}
    suffix = "csv" if csv else "parquet"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for table in TABLES.values():
            target = str((folder / f"{table.name}.{suffix}").resolve()).replace("'", "''")
            how = "FORMAT csv, HEADER, QUOTE '\"', NULLSTR ''" if csv else "FORMAT parquet, COMPRESSION zstd"
            written[table.name] = number(connection, f"COPY ({_select(table)}) TO '{target}' ({how})")
        description = json.dumps(_package(list(TABLES.values()), suffix), indent=2, ensure_ascii=False)
        (folder / "datapackage.json").write_text(description + "\n", "utf-8")
    except (OSError, duckdb.IOException) as error:
        detail = error.strerror if isinstance(error, OSError) else str(error).splitlines()[0]
        raise PermadaniError(N_("{path} cannot be written ({detail})"), path=folder, detail=detail) from error
    return written


def _select(table: Table) -> str:
    """The table with its URIs in place of the numbers, in an order that does not depend on the imports."""
    columns, joins = [], []
    for column in table.columns:
        if column.type == "id":
            alias = f"u_{column.name}"
            joins.append(f"LEFT JOIN uris {alias} ON {alias}.id = t.{column.name}")
            columns.append(f"coalesce({alias}.uri, '{LOST_URI}' || t.{column.name}) AS {column.name}")
        elif table.name == "objects" and column.name in ("text", "url"):
            columns.append(f"texts.{column.name} AS {column.name}")
        else:
            columns.append(f"t.{column.name} AS {column.name}")
    if table.name == "objects":
        joins.append("LEFT JOIN texts ON texts.object = t.id")
    order = ", ".join(f"{name} NULLS LAST" for name in table.key)
    return f"SELECT * FROM (SELECT {', '.join(columns)} FROM {table.name} t {' '.join(joins)}) ORDER BY {order}"


def _package(tables: list[Table], suffix: str) -> dict[str, object]:
    return {
        "name": "permadani",
        "profile": "data-package",
        "created_by": f"permadani {__version__}",
        "resources": [
            {
                "name": table.name,
                "path": f"{table.name}.{suffix}",
                "schema": {"fields": [_field(c) for c in table.columns], "primaryKey": list(table.key)},
            }
            for table in tables
        ],
    }


def _field(column: Column) -> dict[str, object]:
    field: dict[str, object] = {"name": column.name, "type": FRICTIONLESS[column.type], "description": column.meaning}
    if column.type == "time":
        field["description"] = f"{column.meaning}; microseconds since 1970 in UTC"
    if column.required:
        field["constraints"] = {"required": True}
    return field
