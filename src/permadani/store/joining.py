"""People tables of several imports. An account has one person, so two people who share an account are one.

That is what ``people link`` does too. Under which keys people came is remembered (``people_joined``), so that it does
not matter in which order the tables come.
"""

from __future__ import annotations

import duckdb

Connection = duckdb.DuckDBPyConnection

LINKED_OTHERWISE = """
    WITH said AS (
        SELECT file, person, actor FROM staged_people
        UNION ALL SELECT NULL, p.person, p.actor FROM people p SEMI JOIN staged_people s ON s.actor = p.actor
    ),
    odd AS (SELECT actor, max(file) AS file FROM said GROUP BY actor HAVING min(person) <> max(person))
    SELECT odd.file, min(coalesce(s.uri, k.uri)) AS uri
    FROM odd LEFT JOIN staged_uris s ON s.id = odd.actor LEFT JOIN uris k ON k.id = odd.actor
    GROUP BY odd.file, odd.actor ORDER BY odd.file, uri
"""
PAIRS = """
    SELECT DISTINCT p.person, q.least FROM people p
    JOIN (SELECT actor, min(person) AS least FROM people GROUP BY actor HAVING min(person) <> max(person)) q
        ON q.actor = p.actor
    WHERE p.person <> q.least
"""


def by_present_names(connection: Connection) -> None:
    """Staged people that were joined with others before are called as these are now."""
    connection.execute(
        "UPDATE staged_people SET person = j.now FROM people_joined j WHERE staged_people.person = j.person"
    )


def linked_otherwise(connection: Connection) -> list[tuple[int, str]]:
    """Files and accounts that they give to another person than the store, or another file, does."""
    return connection.execute(LINKED_OTHERWISE).fetchall()


def join_people(connection: Connection) -> None:
    """Make one person of all who share accounts: the one with the least id."""
    one_of: dict[int, int] = {}

    def root(person: int) -> int:
        while (above := one_of.get(person, person)) != person:
            one_of[person] = one_of.get(above, above)
            person = above
        return person

    for person, least in connection.execute(PAIRS).fetchall():
        first, second = sorted((root(person), root(least)))
        one_of[second] = first
    moved = {person: root(person) for person in one_of}
    if not moved:
        return
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE moved AS SELECT unnest($p::BIGINT[]) AS person, unnest($n::BIGINT[]) AS now",
        {"p": list(moved), "n": list(moved.values())},
    )
    connection.execute("UPDATE people_joined SET now = m.now FROM moved m WHERE people_joined.now = m.person")
    connection.execute("INSERT INTO people_joined SELECT person, now FROM moved")
    connection.execute(
        """CREATE OR REPLACE TEMP TABLE people_now AS
           SELECT DISTINCT coalesce(m.now, p.person) AS person, p.actor
           FROM people p LEFT JOIN moved m USING (person)"""
    )
    connection.execute("DELETE FROM people")
    connection.execute("INSERT INTO people SELECT person, actor FROM people_now ORDER BY ALL")
