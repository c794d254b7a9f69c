"""About whom a verdict may be given: public accounts, oneself, or in research. Nobody else is judged by name."""

from __future__ import annotations

import duckdb

from permadani.errors import Refusal
from permadani.language import N_
from permadani.store.identity import identify
from permadani.store.rows import first, number
from permadani.store.who import Who, person_of, subjects_named

PUBLIC_STANDING = 5_000
PUBLIC_SITES = ("disqus", "wordpress")
"""Channels whose articles are public sites; their authors are public."""


def standing_of(
    connection: duckdb.DuckDBPyConnection, actors: list[int], as_of: int = 9_000_000_000_000_000_000
) -> int | None:
    """The last known follower count of the largest of these accounts."""
    row = first(
        connection,
        """SELECT max(coalesce(s.followers, a.followers)) FROM actors a
           LEFT JOIN (SELECT actor, arg_max(followers, (observed, followers)) AS followers FROM standings
                      WHERE actor IN (SELECT unnest($a::BIGINT[])) AND observed <= $as_of GROUP BY actor) s
               ON s.actor = a.id
           WHERE a.id IN (SELECT unnest($a::BIGINT[]))""",
        {"a": actors, "as_of": as_of},
    )
    return None if row is None or row[0] is None else int(row[0])


def is_public(connection: duckdb.DuckDBPyConnection, actors: list[int]) -> bool:
    """5,000 followers or more, or the author of a public site."""
    followers = standing_of(connection, actors)
    if followers is not None and followers >= PUBLIC_STANDING:
        return True
    return (
        number(
            connection,
            """SELECT count(*) FROM objects WHERE actor IN (SELECT unnest($a::BIGINT[]))
           AND kind = 'article' AND channel IN (SELECT unnest($c::VARCHAR[]))""",
            {"a": actors, "c": list(PUBLIC_SITES)},
        )
        > 0
    )


def require_permission(connection: duckdb.DuckDBPyConnection, who: Who, *, me: bool, research: bool) -> None:
    """Raises Refusal where a named verdict would be about somebody who is not public."""
    if me or research or is_public(connection, list(who.actors)):
        return
    raise _not_public()


def require_permission_to_read(connection: duckdb.DuckDBPyConnection | None, account: str, followers: int) -> None:
    """As ``require_permission``, before anything of an account is read: ``followers`` is what its network says now.
    ``connection``: to the store, None where there is none; there it may be known that a public person has the account.
    """
    if followers >= PUBLIC_STANDING:
        return
    if connection is not None:
        for subject in subjects_named(connection, account):
            others = [actor for actor in person_of(connection, subject).actors if actor != identify(account)]
            if is_public(connection, others):
                return
    raise _not_public()


def _not_public() -> Refusal:
    return Refusal(
        N_("verdicts on named others are given for public accounts only ({number} followers, or a public site)"),
        hint=N_("Use --me if this is you, or --research if you study a network and will not single people out."),
        number=f"{PUBLIC_STANDING:,}",
    )
