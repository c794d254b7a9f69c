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
            query = neutral_rows(connection, table)
            written[table.name] = number(connection, f"COPY ({query}) TO '{target}' ({how})")
        description = json.dumps(_package(list(TABLES.values()), suffix), indent=2, ensure_ascii=False)
        (folder / "datapackage.json").write_text(description + "\n", "utf-8")
    except (OSError, duckdb.IOException) as error:
        detail = error.strerror if isinstance(error, OSError) else str(error).splitlines()[0]
        raise PermadaniError(N_("{path} cannot be written ({detail})"), path=folder, detail=detail) from error
    return written


def neutral_rows(connection: duckdb.DuckDBPyConnection, table: Table) -> str:
    """A query for the table with its URIs in place of the numbers, in an order that does not depend on the imports.

    The URIs are put in column by column, each step in a temporary table: all joins at once need all URIs in memory as
    many times as there are columns (200,000 messages did not fit).
    """
    kept = [c.name for c in table.columns if not _is_apart(table, c)]
    connection.execute(f"CREATE OR REPLACE TEMP TABLE gathered AS SELECT {', '.join(kept)} FROM {table.name}")
    for column in table.columns:
        if column.type == "id":
            key = ", g.id AS number_id" if (table.name, column.name) == ("objects", "id") else ""
            connection.execute(
                f"""CREATE OR REPLACE TEMP TABLE next AS
                    SELECT g.* REPLACE (coalesce(u.uri, '{LOST_URI}' || g.{column.name}) AS {column.name}){key}
                    FROM gathered g LEFT JOIN uris u ON u.id = g.{column.name}"""
            )
            connection.execute("DROP TABLE gathered")
            connection.execute("ALTER TABLE next RENAME TO gathered")
    columns = ", ".join(f"texts.{c.name}" if _is_apart(table, c) else f"g.{c.name}" for c in table.columns)
    joined = " LEFT JOIN texts ON texts.object = g.number_id" if table.name == "objects" else ""
    order = ", ".join(f"{name} NULLS LAST" for name in table.key)
    return f"SELECT * FROM (SELECT {columns} FROM gathered g{joined}) ORDER BY {order}"


def _is_apart(table: Table, column: Column) -> bool:
    return table.name == "objects" and column.name in ("text", "url")


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
