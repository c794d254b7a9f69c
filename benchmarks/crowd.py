"""A made-up network of any size, written straight into a store by SQL: the same each time, in seconds."""

from __future__ import annotations

from pathlib import Path

import duckdb

from permadani.store import database

START, YEARS = 1_600_000_000_000_000, 3
SPAN = YEARS * 365 * 86_400_000_000
DAY = 86_400_000_000
ID = "(hash({0})::HUGEINT - 9223372036854775808)::BIGINT"


def chance(number: str, salt: int) -> str:
    """A number of 0..1, uniform, that belongs to ``number`` (SQL, an integer) and ``salt``."""
    return f"((hash({number} * 64 + {salt}) >> 11)::DOUBLE / 9007199254740992)"


def make(path: Path, interactions: int, *, followers: bool) -> dict[str, int]:
    """Fill a new store with about so many interactions: three quarters replies, a quarter reshares; 3 posts for 10 of
    them, by one person for 20. Few write most, and few posts draw most. ``followers``: a count with every message.

    Returns:
        Rows by table.
    """
    with database.session(path, write=True) as connection:
        connection.execute("SET memory_limit = '4GB'")
        _messages(connection, interactions, max(1000, interactions // 20))
        _store(connection, followers)
        tables = ("objects", "inbox", "announces", "standings")
        return {table: _count(connection, table) for table in tables}


def _count(connection: duckdb.DuckDBPyConnection, table: str) -> int:
    row = connection.execute(f"SELECT count(*) FROM {table}").fetchone()
    return int(row[0]) if row else 0


def _messages(connection: duckdb.DuckDBPyConnection, interactions: int, people: int) -> None:
    """Temporary tables of posts, replies to them, answers to three of ten replies, and reshares; people as numbers."""
    posts, replies, reshares = interactions * 3 // 10, interactions * 6 // 10, interactions // 4

    def someone(salt: int, skew: int) -> str:
        return f"floor({people} * pow({chance('i', salt)}, {skew}))::BIGINT"

    def later(salt: int, days: int, skew: int = 1) -> str:
        return f"1 + (pow({chance('i', salt)}, {skew}) * {days * DAY})::BIGINT"

    connection.execute(f"""
        CREATE TEMP TABLE people AS SELECT i, {ID.format("'person' || i")} AS actor FROM range({people}) g(i);
        CREATE TEMP TABLE post AS
        SELECT i, {ID.format("'post' || i")} AS id, {someone(1, 3)} AS author,
            {START} + ({chance("i", 2)} * {SPAN})::BIGINT AS moment
        FROM range({posts}) g(i);
        CREATE TEMP TABLE reply AS
        SELECT r.i, {ID.format("'reply' || r.i")} AS id, p.id AS root, p.author AS owner, r.author,
            p.moment + r.later AS moment
        FROM (SELECT i, floor({posts} * pow({chance("i", 3)}, 2))::BIGINT AS post, {someone(4, 2)} AS author,
                  {later(5, 10, 3)} AS later
              FROM range({replies}) g(i)) r
        JOIN post p ON p.i = r.post;
        CREATE TEMP TABLE answer AS
        SELECT {ID.format("'answer' || i")} AS id, id AS parent, root, owner AS author, author AS recipient,
            moment + {later(7, 2)} AS moment
        FROM reply WHERE author <> owner AND {chance("i", 6)} < 0.3;
        CREATE TEMP TABLE passed_on AS
        SELECT r.author, p.id AS object, p.moment + r.later AS moment
        FROM (SELECT i, floor({posts} * pow({chance("i", 8)}, 3))::BIGINT AS post, {someone(9, 2)} AS author,
                  {later(10, 10)} AS later
              FROM range({reshares}) g(i)) r
        JOIN post p ON p.i = r.post""")


def _store(connection: duckdb.DuckDBPyConnection, followers: bool) -> None:
    connection.execute("""
        INSERT INTO actors (id, channel) SELECT actor, 'x' FROM people;
        INSERT INTO objects (id, channel, kind, actor, published, in_reply_to, thread, root)
        SELECT m.id, 'x', 'note', a.actor, m.moment, m.parent, m.root, m.root
        FROM (SELECT id, author, moment, NULL AS parent, id AS root FROM post
              UNION ALL SELECT id, author, moment, root, root FROM reply
              UNION ALL SELECT id, author, moment, parent, root FROM answer) m
        JOIN people a ON a.i = m.author;
        CREATE TEMP TABLE spoken AS
        SELECT b.actor AS recipient, a.actor, m.moment, m.id AS object, m.root AS thread, m.parent, 'reply' AS via,
            false AS inherited, false AS skewed, 'x' AS channel
        FROM (SELECT id, author, owner AS recipient, moment, root AS parent, root FROM reply
              UNION ALL SELECT id, author, recipient, moment, parent, root FROM answer) m
        JOIN people a ON a.i = m.author JOIN people b ON b.i = m.recipient""")
    columns = "recipient, actor, moment, object, thread, parent, via, inherited, skewed, channel"
    connection.execute(f"INSERT INTO inbox ({columns}) SELECT * FROM spoken ORDER BY recipient, moment, object")
    connection.execute(f"INSERT INTO outbox ({columns}) SELECT * FROM spoken ORDER BY actor, moment, object")
    connection.execute("""
        INSERT INTO announces (actor, object, published)
        SELECT a.actor, p.object, p.moment FROM passed_on p JOIN people a ON a.i = p.author ORDER BY 1, 3, 2""")
    for direction in ("inbound", "outbound"):
        connection.execute(
            f"INSERT INTO coverage VALUES (NULL, 'x', '{direction}', {START - 400 * DAY}, {START + SPAN + 400 * DAY}, "
            "'complete', 'made up')"
        )
    if followers:
        connection.execute(f"""
            INSERT INTO standings (actor, observed, followers)
            SELECT actor, published, (abs(actor) % 100000 * (1 + (published - {START}) / {SPAN}))::BIGINT
            FROM objects""")
