"""People: actors that are the same human or organisation. Linking is always somebody's decision, never a guess."""

from __future__ import annotations

import duckdb

from permadani.errors import WhoError
from permadani.language import N_
from permadani.store.identity import identify
from permadani.store.rows import first
from permadani.store.who import Who, ambiguous, person_of, subjects_named

PERSON = "person:"


def link(connection: duckdb.DuckDBPyConnection, names: list[str]) -> Who:
    """Join everything the names stand for as one person.

    A name may stand for several actors (an account and an anonymous signature): all of them are joined, because
    the user says that this name is this person. The person's id is that of its first actor, so linking twice, or in
    another order, gives the same people.
    """
    actors: dict[int, str] = {}
    for name in names:
        subjects = subjects_named(connection, name)
        subjects += [s for s in _same_name(connection, name) if s not in subjects]
        if not subjects:
            raise WhoError(N_("nobody called “{who}” is in the store"), who=name)
        for subject in subjects:
            actors |= person_of(connection, subject).actors
    if len(actors) < 2:
        message = N_("there is only one account to link: {uri}")
        raise WhoError(message, uri=", ".join(actors.values()))
    uri = PERSON + min(actors.values())
    person = identify(uri)
    before = {row[0] for row in connection.execute(
        "SELECT DISTINCT person FROM people WHERE actor IN (SELECT unnest($a::BIGINT[]))", {"a": list(actors)}
    ).fetchall()}  # fmt: skip
    connection.execute("BEGIN")
    _dissolve(connection, before)
    connection.execute("DELETE FROM people_joined WHERE person = $p", {"p": person})
    connection.execute("INSERT INTO uris SELECT $p, $u WHERE $p NOT IN (SELECT id FROM uris)", {"p": person, "u": uri})
    connection.execute("INSERT INTO people SELECT $p, unnest($a::BIGINT[])", {"p": person, "a": list(actors)})
    connection.execute("COMMIT")
    return person_of(connection, person)


def _same_name(connection: duckdb.DuckDBPyConnection, name: str) -> list[int]:
    """Actors with exactly this display name, whatever level the name was found on."""
    rows = connection.execute(
        """SELECT DISTINCT coalesce(p.person, a.id) FROM actors a LEFT JOIN people p ON p.actor = a.id
           WHERE a.name = $name""",
        {"name": name.strip()},
    ).fetchall()
    return [row[0] for row in rows]


def unlink(connection: duckdb.DuckDBPyConnection, name: str) -> Who:
    """Take a person apart again; returns who it was.

    Raises:
        WhoError: nobody linked is called so, or several people are.
    """
    subjects = subjects_named(connection, name)
    linked = [s for s in subjects if first(connection, "SELECT 1 FROM people WHERE person = ?", [s])]
    if not linked:
        raise WhoError(N_("“{who}” is not a linked person"), who=name)
    if len(linked) > 1:
        raise ambiguous(connection, name, linked)
    who = person_of(connection, linked[0])
    connection.execute("BEGIN")
    _dissolve(connection, {linked[0]})
    connection.execute("COMMIT")
    return who


def _dissolve(connection: duckdb.DuckDBPyConnection, persons: set[int]) -> None:
    """No account belongs to these people any more; what they were called, after one of them, goes with them."""
    former = connection.execute(
        "SELECT person FROM people_joined WHERE now IN (SELECT unnest($p::BIGINT[]))", {"p": list(persons)}
    ).fetchall()
    values = {"p": [*persons, *(row[0] for row in former)]}
    connection.execute("DELETE FROM people WHERE person IN (SELECT unnest($p::BIGINT[]))", values)
    connection.execute("DELETE FROM people_joined WHERE person IN (SELECT unnest($p::BIGINT[]))", values)
    connection.execute(
        f"DELETE FROM uris WHERE id IN (SELECT unnest($p::BIGINT[])) AND starts_with(uri, '{PERSON}')", values
    )


def people(connection: duckdb.DuckDBPyConnection) -> list[Who]:
    """All linked people, by name."""
    rows = connection.execute("SELECT DISTINCT person FROM people").fetchall()
    found = [person_of(connection, row[0]) for row in rows]
    return sorted(found, key=lambda who: min(who.actors.values(), default=""))
