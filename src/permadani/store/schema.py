"""The tables of the store, made from the vocabulary: ids as BIGINT, times as BIGINT microseconds, texts apart."""

from __future__ import annotations

from permadani.vocabulary import TABLES, Column

VERSION = 4
"""Raised when the tables change shape; a store with a higher number is refused, one with a lower is brought up to date.

1: the first. 2: cues. 3: people who were joined. 4: what was fetched."""

SQL_TYPE = {"id": "BIGINT", "time": "BIGINT", "count": "BIGINT", "text": "VARCHAR", "flag": "BOOLEAN"}

APART = frozenset({"text", "url"})
"""Columns of objects that are kept in ``texts``, so that counting never reads them."""


def stored_columns(table: str) -> tuple[Column, ...]:
    """The vocabulary's columns as they stand in the table of the same name."""
    return tuple(c for c in TABLES[table].columns if not (table == "objects" and c.name in APART))


def _columns(columns: tuple[Column, ...]) -> str:
    return ", ".join(f"{c.name} {SQL_TYPE[c.type]}{' NOT NULL' if c.required else ''}" for c in columns)


MAILBOX = """
    recipient BIGINT, actor BIGINT NOT NULL, moment BIGINT NOT NULL, object BIGINT NOT NULL, thread BIGINT NOT NULL,
    parent BIGINT, via VARCHAR, inherited BOOLEAN, skewed BOOLEAN NOT NULL, channel VARCHAR NOT NULL,
    spam BOOLEAN, automatic BOOLEAN, deleted BOOLEAN, language VARCHAR, client VARCHAR
"""
"""Who spoke to whom, derived from objects and addressed, kept twice: ``inbox`` in order of (recipient, moment),
``outbox`` in order of (actor, moment). ``moment`` is the published time, never earlier than what is replied to."""


JOINED = "CREATE TABLE people_joined (person BIGINT NOT NULL, now BIGINT NOT NULL)"
"""Keys of people who turned out to share an account with another: under which key their accounts stand now."""

FETCHES = """CREATE TABLE fetches (place VARCHAR NOT NULL, source VARCHAR, asked VARCHAR, who VARCHAR, title VARCHAR,
    state VARCHAR, fetched BIGINT, complete BOOLEAN)"""
"""One row a place that was read live (``Door.place``). ``asked``: what the user typed last; ``state``: the door's own,
as JSON; NULL: the next run begins anew. ``complete``: whether the last run read all it wanted to."""


def ddl() -> str:
    """All tables of an empty store."""
    statements = [f"CREATE TABLE {name} ({_columns(stored_columns(name))})" for name in TABLES]
    statements += [
        "ALTER TABLE objects ADD COLUMN root BIGINT",
        "CREATE TABLE texts (object BIGINT NOT NULL, text VARCHAR, url VARCHAR)",
        "CREATE TABLE uris (id BIGINT NOT NULL, uri VARCHAR NOT NULL)",
        f"CREATE TABLE inbox ({MAILBOX})",
        f"CREATE TABLE outbox ({MAILBOX})",
        "CREATE TABLE imports (id INTEGER, started BIGINT, finished BIGINT, version VARCHAR, paths VARCHAR)",
        """CREATE TABLE files (id INTEGER, import INTEGER, path VARCHAR, source VARCHAR, digest VARCHAR,
            partial BOOLEAN, read BIGINT, new BIGINT, known BIGINT)""",
        """CREATE TABLE problems (file INTEGER, reason VARCHAR, place VARCHAR, example VARCHAR,
            lost BOOLEAN, count BIGINT)""",
        "CREATE TABLE forgotten (mark VARCHAR)",
        JOINED,
        FETCHES,
        "CREATE TABLE sorted_rows (name VARCHAR, rows BIGINT)",
        "CREATE TABLE meta (key VARCHAR, value VARCHAR)",
        f"INSERT INTO meta VALUES ('schema', '{VERSION}')",
    ]
    return ";\n".join(statements)


def upgrade(found: int) -> str:
    """What turns the tables of an older version into this one's."""
    statements = []
    if found < 2:
        statements.append(f"CREATE TABLE cues ({_columns(stored_columns('cues'))})")
    if found < 3:
        statements.append(JOINED)
    if found < 4:
        statements.append(FETCHES)
    return ";\n".join([*statements, f"UPDATE meta SET value = '{VERSION}' WHERE key = 'schema'"])


def staging_ddl() -> str:
    """Temporary tables that take records file by file before they are merged; objects carry their texts here."""
    statements = []
    for name, table in TABLES.items():
        columns = ", ".join(f"{c.name} {SQL_TYPE[c.type]}" for c in table.columns)
        statements.append(f"CREATE OR REPLACE TEMP TABLE staged_{name} (file INTEGER, {columns})")
    statements.append("CREATE OR REPLACE TEMP TABLE staged_uris (file INTEGER, id BIGINT, uri VARCHAR)")
    return ";\n".join(statements)
