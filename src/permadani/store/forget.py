"""Erasing somebody: the store is written anew without them, because a database file keeps deleted bytes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import duckdb

from permadani.settings import forget_key
from permadani.store import database, schema
from permadani.store.fetchstate import MARK, mark_of, remembers
from permadani.store.merge import sql
from permadani.store.rows import first, number
from permadani.store.staging import mark
from permadani.store.who import Who
from permadani.vocabulary import TABLES

OWN_TABLES = ("sorted_rows", "meta")


@dataclass(frozen=True, slots=True)
class Forgotten:
    """How much was erased: accounts and what they wrote."""

    actors: int
    objects: int


def forget(path: Path, who: Who) -> Forgotten:
    """Rewrite the store without ``who``; returns what is gone.

    Gone are its accounts, messages, texts, URIs, counts, likes and links, the examples of all problems (they may quote
    it), and what fetches remember of it. Kept is an HMAC of every URI, its key outside the store, so that a later
    import does not bring it back.
    Its outbound coverage becomes none: nobody may conclude from the gap that it was silent.
    """
    fresh = path.with_name(path.name + ".new")
    for leftover in (fresh, fresh.with_name(fresh.name + ".wal")):
        leftover.unlink(missing_ok=True)
    try:
        with database.session(path, write=True, reach=(path.parent,)) as connection:
            result = _copy(connection, fresh, who)
        fresh.replace(path)
    finally:
        fresh.unlink(missing_ok=True)
    return result


def _copy(connection: duckdb.DuckDBPyConnection, fresh: Path, who: Who) -> Forgotten:
    execute = connection.execute
    execute("CREATE OR REPLACE TEMP TABLE gone_actors AS SELECT unnest($a::BIGINT[]) AS id", {"a": list(who.actors)})
    execute(
        "CREATE OR REPLACE TEMP TABLE gone_objects AS SELECT id FROM objects SEMI JOIN gone_actors g ON actor = g.id"
    )
    execute(
        """CREATE OR REPLACE TEMP TABLE gone AS SELECT id FROM gone_actors UNION SELECT id FROM gone_objects
           UNION SELECT p.person FROM people p SEMI JOIN gone_actors g ON p.actor = g.id"""
    )
    execute("INSERT INTO gone SELECT person FROM people_joined SEMI JOIN gone ON gone.id = people_joined.now")
    count = number(connection, "SELECT count(*) FROM gone_objects")
    erased = [row[0] for row in execute("SELECT uri FROM uris SEMI JOIN gone USING (id)").fetchall()]
    source = _source_name(connection)
    escaped = str(fresh.resolve()).replace("'", "''")
    execute(f"ATTACH '{escaped}' AS fresh")
    execute("USE fresh")
    execute(schema.ddl())
    actor_columns = {
        "actors": "id", "objects": "actor", "standings": "actor", "addressed": "actor", "announces": "actor",
        "likes": "actor", "coverage": "actor", "people": "actor", "cues": "actor",
    }  # fmt: skip
    tables = [*TABLES, "texts", "uris", "people_joined", "inbox", "outbox"]
    for name in tables:
        where = []
        if name in actor_columns:
            where.append(f"coalesce({actor_columns[name]} NOT IN (SELECT id FROM temp.gone_actors), true)")
        if name in ("addressed", "announces", "likes", "texts", "inbox", "outbox"):
            where.append("object NOT IN (SELECT id FROM temp.gone_objects)")
        if name == "follows":
            where += [f"{c} NOT IN (SELECT id FROM temp.gone_actors)" for c in ("actor", "object")]
        if name == "uris":
            where.append("id NOT IN (SELECT id FROM temp.gone)")
        if name == "people_joined":
            where.append("now NOT IN (SELECT id FROM temp.gone)")
        condition = f" WHERE {' AND '.join(where)}" if where else ""
        execute(f"INSERT INTO fresh.{name} BY NAME SELECT * FROM {source}.{name}{condition}")
    _mend_conversations(connection, source)
    for name in OWN_TABLES:
        execute(f"DELETE FROM fresh.{name}")
        execute(f"INSERT INTO fresh.{name} SELECT * FROM {source}.{name}")
    _copy_records_of_imports(connection, source, who, erased)
    execute(f"INSERT INTO fresh.problems SELECT file, reason, NULL, NULL, lost, count FROM {source}.problems")
    execute(f"INSERT INTO fresh.forgotten SELECT * FROM {source}.forgotten")
    key = forget_key()
    execute("INSERT INTO fresh.forgotten SELECT unnest($marks::VARCHAR[])", {"marks": [mark(key, u) for u in erased]})
    execute(
        f"""INSERT INTO fresh.coverage
            SELECT g.id, c.channel, 'outbound', NULL, NULL, 'none', 'erased at their request or yours'
            FROM temp.gone_actors g, (SELECT DISTINCT channel FROM {source}.coverage) c"""
    )
    execute(f"USE {source}")
    execute("DETACH fresh")
    return Forgotten(len(who.actors), count)


def _copy_records_of_imports(connection: duckdb.DuckDBPyConnection, source: str, who: Who, erased: list[str]) -> None:
    """What was imported and fetched. Where the gone themselves were fetched from is not known any more, nor what that
    was called; of the doors of others, those that remember the gone, or might, begin anew."""
    execute = connection.execute
    calls = _calls(connection, source, who)
    named = re.compile("|".join(rf"(?<![\w.@-]){re.escape(call)}(?![\w.@-])" for call in calls))
    theirs, anew, titles = [], [], []
    for place, kind, asked, whose, title, state in execute(
        f"SELECT place, source, asked, who, title, state FROM {source}.fetches"
    ).fetchall():
        if any(named.search(text.lower()) for text in (place, asked, whose, title)):
            theirs.append(place)
            titles.append(f"{kind} {title}")
        elif state is not None and remembers(state, [*erased, *calls]):
            anew.append(place)
    execute(
        f"""INSERT INTO fresh.fetches
            SELECT * REPLACE (CASE WHEN NOT list_contains($anew, place) THEN state END AS state)
            FROM {source}.fetches WHERE NOT list_contains($theirs, place)""",
        {"anew": anew, "theirs": theirs},
    )
    # without its digest a file is read again, and what was erased is told as such instead of as known
    execute(
        f"""INSERT INTO fresh.files SELECT * REPLACE (
                CASE WHEN starts_with(digest, '{MARK}') AND NOT list_contains($marks, digest) THEN digest END AS digest,
                CASE WHEN list_contains($titles, source || ' ' || path) THEN '' ELSE path END AS path)
            FROM {source}.files""",
        {"titles": titles, "marks": [mark_of(place) for place in theirs]},
    )
    execute(
        f"""INSERT INTO fresh.imports SELECT * REPLACE (
                CASE WHEN id IN (SELECT import FROM fresh.files WHERE path = '') THEN '' ELSE paths END AS paths)
            FROM {source}.imports"""
    )


def _calls(connection: duckdb.DuckDBPyConnection, source: str, who: Who) -> list[str]:
    """All by which the accounts of somebody are called in an address, in small letters."""
    rows = connection.execute(
        f"SELECT handle, url FROM {source}.actors SEMI JOIN temp.gone_actors g ON actors.id = g.id"
    ).fetchall()
    calls: set[str | None] = {*who.actors.values()}
    for handle, url in rows:
        host = urlsplit(url).hostname if url else None
        calls |= {handle and f"@{handle}", url, handle and host and f"{handle}@{host}"}
    return sorted(call.lower().rstrip("/") for call in calls if call)


def _mend_conversations(connection: duckdb.DuckDBPyConnection, source: str) -> None:
    """What others said in the conversations of the gone stays together, and is addressed to the others only."""
    execute = connection.execute
    execute(
        """UPDATE fresh.objects SET thread = root
           WHERE thread IS NULL AND in_reply_to IN (SELECT id FROM temp.gone_objects)"""
    )
    execute(
        f"""CREATE OR REPLACE TEMP TABLE affected AS
            SELECT id FROM fresh.objects WHERE in_reply_to IN (SELECT id FROM temp.gone_objects)
                OR root IN (SELECT id FROM temp.gone_objects)
            UNION SELECT object FROM {source}.addressed WHERE actor IN (SELECT id FROM temp.gone_actors)"""
    )
    execute(sql("mailbox"))


def _source_name(connection: duckdb.DuckDBPyConnection) -> str:
    row = first(connection, "SELECT current_database()")
    name = row[0] if row else ""
    return '"' + name.replace('"', '""') + '"'
