"""From the staging tables into the store, inside the caller's transaction.

The same message may come in several exports, whole or in part. Versions are joined so that the order of imports never
matters: known beats unknown; among two known values the greater stands (for times, texts and flags alike). Versions by
different authors are never mixed: one of them stands whole.
"""

from __future__ import annotations

from importlib.resources import files
from string import Template

import duckdb

from permadani.settings import settings
from permadani.store import schema
from permadani.store.database import memory_for
from permadani.store.joining import join_people
from permadani.store.rows import first, number
from permadani.store.threads import resolve_threads
from permadani.vocabulary import ACTIVITIES, TABLES

Connection = duckdb.DuckDBPyConnection
SETS = tuple(name for name in TABLES if name not in ("actors", "objects", "channels"))
"""Tables without anything to reconcile: a row is there or not."""
ORDER = {"objects": "actor, published", "inbox": "recipient, moment", "outbox": "actor, moment"}
TAIL_ROWS, TAIL_SHARE = 250_000, 0.25


def sql(name: str) -> str:
    """A statement file of this room."""
    return files("permadani.store").joinpath("sql", f"{name}.sql").read_text("utf-8")


def make_room(connection: Connection) -> None:
    """Let a large merge have more memory than small ones: its hash tables grow with the messages.

    Measured: 500,000 messages merge within 160 MB; each further one is given 250 bytes, up to half of this computer.
    """
    staged = number(connection, "SELECT count(*) FROM staged_objects")
    wanted = settings().memory_mb + max(0, staged - 500_000) * 250 // 1_000_000
    if wanted > settings().memory_mb:
        connection.execute(f"SET memory_limit = '{memory_for(wanted)}MB'")


def merge(connection: Connection) -> dict[str, int]:
    """Merge all staged records; returns how many rows were new, by table of the vocabulary."""
    make_room(connection)
    connection.execute(sql("uris"))
    # whoever wrote something exists, also where a source tells nothing else of them
    connection.execute("INSERT INTO staged_actors (id, channel) SELECT DISTINCT actor, channel FROM staged_objects")
    filled = staged_tables(connection)
    speaking = "objects" in filled or "addressed" in filled
    new = dict.fromkeys(TABLES, 0)
    new |= {name: _merge_set(connection, name) for name in SETS if name in filled or (name == "addressed" and speaking)}
    if "people" in filled:
        join_people(connection)
    new |= {name: _merge_reconciled(connection, name) for name in ("actors", "channels") if name in filled}
    if speaking:
        new["objects"] = _merge_objects(connection)
    return new


def staged_tables(connection: Connection) -> list[str]:
    """The tables of which something is staged. (The page of a fetch fills a few, and each statement takes its time.)"""
    return [name for name in TABLES if first(connection, f"SELECT 1 FROM staged_{name} LIMIT 1")]


def counts_by_file(connection: Connection) -> dict[int, dict[str, tuple[int, int]]]:
    """For each staged file and table: rows read, and rows that are the first of their key and not in the store yet.

    Must be called before ``merge``.
    """
    result: dict[int, dict[str, tuple[int, int]]] = {}
    for name in staged_tables(connection):
        table = TABLES[name]
        key = ", ".join(table.key)
        same = " AND ".join(f"s.{column} IS NOT DISTINCT FROM k.{column}" for column in table.key)
        rows = connection.execute(
            f"""WITH firsts AS (SELECT min(file) AS file, {key} FROM staged_{name} GROUP BY {key}),
                fresh AS (SELECT file, count(*) AS new FROM firsts s ANTI JOIN {name} k ON {same} GROUP BY file),
                seen AS (SELECT file, count(*) AS read FROM staged_{name} GROUP BY file)
                SELECT seen.file, read, coalesce(new, 0) FROM seen LEFT JOIN fresh USING (file)"""
        ).fetchall()
        for file, read, new in rows:
            result.setdefault(file, {})[name] = (read, new)
    return result


def activity(counts: dict[str, tuple[int, int]]) -> tuple[int, int]:
    """Rows read and new of one file: what people did; where it holds none of that, all its rows."""
    names = [name for name in counts if name in ACTIVITIES] or list(counts)
    return sum(counts[name][0] for name in names), sum(counts[name][1] for name in names)


def conflicts(connection: Connection) -> list[tuple[int, str]]:
    """Files and URIs of objects that came in versions which contradict each other (the greater value stands)."""
    return connection.execute(sql("conflicts")).fetchall()


def _merge_set(connection: Connection, name: str) -> int:
    columns = ", ".join(c.name for c in schema.stored_columns(name))
    same = " AND ".join(f"s.{c} IS NOT DISTINCT FROM k.{c}" for c in TABLES[name].key)
    if name == "coverage":
        return _merge_coverage(connection)
    order = "actor, published" if name == "announces" else columns
    if name == "addressed":
        connection.execute(
            f"""CREATE OR REPLACE TEMP TABLE fresh_addressed AS
                SELECT DISTINCT {columns} FROM staged_addressed s ANTI JOIN addressed k ON {same}"""
        )
        source = "SELECT * FROM fresh_addressed"
    else:
        source = f"SELECT DISTINCT {columns} FROM staged_{name} s ANTI JOIN {name} k ON {same}"
    return _changed(connection, f"INSERT INTO {name} {source} ORDER BY {order}")


def _merge_coverage(connection: Connection) -> int:
    """Complete claims stand as they are. Partial ones of the same basis grow together: a folder of a thousand
    files is one collection."""
    before = number(connection, "SELECT count(*) FROM coverage")
    connection.execute(sql("coverage"))
    return max(0, number(connection, "SELECT count(*) FROM coverage") - before)


def _changed(connection: Connection, statement: str) -> int:
    return number(connection, statement)


def _reconciled(columns: list[str]) -> str:
    """The join of the staged version ``s`` and the stored one ``k``: greatest() takes the known value."""
    return ", ".join(f"greatest(s.{c}, k.{c}) AS {c}" for c in columns)


def _merge_reconciled(connection: Connection, name: str) -> int:
    """Actors and channels: one row a key, columns joined."""
    table = TABLES[name]
    key, rest = table.key[0], [c.name for c in table.columns if c.name not in table.key]
    folded = ", ".join(f"max({c}) AS {c}" for c in rest)
    connection.execute(
        f"""CREATE OR REPLACE TEMP TABLE fresh AS
            WITH s AS (SELECT {key}, {folded} FROM staged_{name} GROUP BY {key})
            SELECT s.{key}, {_reconciled(rest)}, k.{key} IS NOT NULL AS known FROM s LEFT JOIN {name} k USING ({key})"""
    )
    changed = " OR ".join(f"k.{c} IS DISTINCT FROM f.{c}" for c in rest)
    assign = ", ".join(f"{c} = f.{c}" for c in rest)
    connection.execute(
        f"UPDATE {name} AS k SET {assign} FROM fresh f WHERE f.known AND k.{key} = f.{key} AND ({changed})"
    )
    return _changed(connection, f"INSERT INTO {name} SELECT * EXCLUDE (known) FROM fresh WHERE NOT known")


ONE_AUTHOR = """(SELECT t.* FROM staged_objects t SEMI JOIN (
    SELECT id, max(actor) AS actor FROM staged_objects GROUP BY id) m ON m.id = t.id AND m.actor = t.actor)"""


def _merge_objects(connection: Connection) -> int:
    """Objects, their texts, the conversations they belong to, and the mailboxes."""
    rest = [c.name for c in schema.stored_columns("objects") if c.name != "id"]
    apart = sorted(schema.APART)
    # Most exports hold each message once; grouping half a million texts for nothing takes a second.
    repeated = number(connection, "SELECT count(*) - count(DISTINCT id) FROM staged_objects")
    values = {
        "folded": ", ".join(f"max({c}) AS {c}" if repeated else c for c in [*rest, *apart]),
        "grouped": "GROUP BY id" if repeated else "",
        "staged": ONE_AUTHOR if repeated else "staged_objects",
        "joined": ", ".join(
            f"CASE s.wins WHEN 1 THEN s.{c} WHEN -1 THEN k.{c} ELSE greatest(s.{c}, k.{c}) END AS {c}" for c in rest
        ),
        "columns": ", ".join(["id", *rest]),
        "changed": " OR ".join(f"k.{c} IS DISTINCT FROM f.{c}" for c in rest),
        "assign": ", ".join(f"{c} = f.{c}" for c in rest),
    }
    connection.execute(Template(sql("objects")).substitute(values))
    resolve_threads(connection)
    connection.execute(Template(sql("objects_write")).substitute(values))
    new = number(connection, "SELECT count(*) FROM fresh WHERE NOT known")
    connection.execute(sql("mailbox"))
    _keep_sorted(connection)
    return new


def _keep_sorted(connection: Connection) -> None:
    """Each import adds a sorted run; now and then all runs are merged, so that an audit reads few row groups."""
    for name, order in ORDER.items():
        rows = number(connection, f"SELECT count(*) FROM {name}")
        sorted_rows = number(connection, "SELECT max(rows) FROM sorted_rows WHERE name = $name", {"name": name})
        if sorted_rows == 0 or rows - sorted_rows > max(TAIL_ROWS, TAIL_SHARE * sorted_rows):
            if sorted_rows:
                connection.execute(f"CREATE TABLE {name}_sorted AS SELECT * FROM {name} ORDER BY {order}")
                connection.execute(f"DROP TABLE {name}")
                connection.execute(f"ALTER TABLE {name}_sorted RENAME TO {name}")
            connection.execute("DELETE FROM sorted_rows WHERE name = $name", {"name": name})
            connection.execute("INSERT INTO sorted_rows VALUES ($name, $rows)", {"name": name, "rows": rows})
