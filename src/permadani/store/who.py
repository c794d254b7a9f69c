"""WHO: from what a person types to the actors they mean.

Levels, the first with a hit wins: id (of e-mail: the address), handle, profile URL, linked person, exact display name,
case-folded name; of an address: those who published articles on that site.
"""

from __future__ import annotations

from dataclasses import dataclass

import duckdb

from permadani.errors import WhoError
from permadani.language import N_
from permadani.sources.reading.mail import mailto
from permadani.store.identity import identify
from permadani.store.rows import first
from permadani.store.staging import cleaned

MOST_SHOWN = 8


@dataclass(frozen=True, slots=True)
class Who:
    """One human or organisation: its number (the person's, or the only actor's) and all its actors with their URIs."""

    subject: int
    actors: dict[int, str]
    person: str | None = None


LEVELS = (
    "SELECT id FROM actors WHERE id = $number OR id = $mailbox",
    """SELECT id FROM actors WHERE lower(handle) = lower($bare)
       OR (contains($bare, '@') AND lower(handle || '@' || split_part(url, '/', 3)) = lower($bare))""",
    "SELECT id FROM actors WHERE lower(rtrim(regexp_replace(url, '^https?://(www\\.)?', ''), '/')) = lower($address)",
    """SELECT actor FROM people
       WHERE person = $number OR person IN (SELECT now FROM people_joined WHERE person = $number)""",
    "SELECT id FROM actors WHERE name = $text",
    "SELECT id FROM actors WHERE lower(name) = lower($text)",
    """SELECT actor FROM (
           SELECT o.actor, lower(regexp_replace(t.url, '^https?://(www\\.)?', '')) AS place
           FROM objects o JOIN texts t ON t.object = o.id
           WHERE o.kind = 'article' AND regexp_full_match($address, '[^ ]+\\.[^ ]+'))
       WHERE place = lower($address) OR starts_with(place, lower($address) || '/')""",
)


def resolve(connection: duckdb.DuckDBPyConnection, text: str) -> Who:
    """The one person or account that ``text`` names.

    Raises:
        WhoError: nobody, or several people; they are listed with their message counts.
    """
    text = cleaned(text)
    subjects = subjects_named(connection, text)
    if not subjects:
        near = _near(connection, text)
        hint = N_("Did you mean {near}? Try the full id, the @handle, or the exact name.")
        if not near:
            hint = N_("Try the full id, the @handle, or the exact name; `permadani people list` shows linked people.")
        raise WhoError(N_("nobody called “{who}” is in the store"), hint=hint, who=text, near=near)
    if len(subjects) > 1:
        raise ambiguous(connection, text, subjects)
    return person_of(connection, subjects[0])


def ambiguous(connection: duckdb.DuckDBPyConnection, text: str, subjects: list[int]) -> WhoError:
    """The error that lists whom a text could mean."""
    return WhoError(
        N_("“{who}” could be {count} people: {candidates}"),
        hint=N_("Name one by its id, or join them with `permadani people link`."),
        who=text,
        count=len(subjects),
        candidates=_candidates(connection, subjects),
    )


def subjects_named(connection: duckdb.DuckDBPyConnection, text: str) -> list[int]:
    """The subjects (people, or actors without a person) on the first level that knows the text."""
    rows = connection.execute(
        """SELECT DISTINCT coalesce(p.person, hit.id) FROM (SELECT unnest($hits::BIGINT[])) hit(id)
           LEFT JOIN people p ON p.actor = hit.id""",
        {"hits": actors_named(connection, text)},
    ).fetchall()
    return sorted(row[0] for row in rows)


def actors_named(connection: duckdb.DuckDBPyConnection, text: str) -> list[int]:
    """The actors on the first level that knows the text."""
    text = cleaned(text)
    bare = text.strip().removeprefix("@")
    address = text.strip().split("://", 1)[-1].removeprefix("www.").removeprefix("mobile.").rstrip("/")
    address = address.replace("twitter.com/", "x.com/", 1) if address.startswith("twitter.com/") else address
    mailbox = identify(mailto(text.strip().lower()))
    values = {
        "number": identify(text.strip()),
        "mailbox": mailbox,
        "bare": bare,
        "address": address,
        "text": text.strip(),
    }
    for level in LEVELS:
        used = {name: value for name, value in values.items() if f"${name}" in level}
        if rows := connection.execute(f"SELECT DISTINCT hit.id FROM ({level}) hit(id)", used).fetchall():
            return sorted(row[0] for row in rows)
    return []


def person_of(connection: duckdb.DuckDBPyConnection, subject: int) -> Who:
    """All actors of a subject."""
    rows = connection.execute(
        """SELECT s.actor, coalesce(u.uri, 'permadani:id/' || s.actor) FROM (
               SELECT actor FROM people WHERE person = $subject
               UNION SELECT id FROM actors WHERE id = $subject
                   AND id NOT IN (SELECT actor FROM people WHERE person <> $subject)
           ) s LEFT JOIN uris u ON u.id = s.actor ORDER BY 2""",
        {"subject": subject},
    ).fetchall()
    person = first(
        connection,
        "SELECT u.uri FROM people p JOIN uris u ON u.id = p.person WHERE p.person = $subject LIMIT 1",
        {"subject": subject},
    )
    return Who(subject, dict(rows), person[0] if person else None)


def _near(connection: duckdb.DuckDBPyConnection, text: str) -> str:
    """A few names that look alike or hold the text, the most written to first."""
    rows = connection.execute(
        """WITH like_it AS (
               SELECT id, name, jaro_winkler_similarity(lower(name), lower($text)) AS likeness FROM actors
               WHERE jaro_winkler_similarity(lower(name), lower($text)) > 0.9 OR contains(lower(name), lower($text)))
           SELECT l.name FROM like_it l LEFT JOIN inbox i ON i.recipient = l.id
           GROUP BY l.name ORDER BY count(i.object) DESC, max(l.likeness) DESC, l.name LIMIT 3""",
        {"text": text.strip()},
    ).fetchall()
    return ", ".join(f"“{row[0][:60]}”" for row in rows)


def _candidates(connection: duckdb.DuckDBPyConnection, subjects: list[int]) -> str:
    rows = connection.execute(
        """WITH asked AS (SELECT unnest($subjects::BIGINT[]) AS subject),
           members AS (SELECT subject, coalesce(p.actor, subject) AS actor
                       FROM asked LEFT JOIN people p ON p.person = subject)
           SELECT min(u.uri), count(o.id) FROM members m LEFT JOIN uris u ON u.id = m.actor
           LEFT JOIN objects o ON o.actor = m.actor GROUP BY m.subject ORDER BY 2 DESC, 1""",
        {"subjects": subjects},
    ).fetchall()
    shown = [f"{uri} ({count:,} messages)" for uri, count in rows[:MOST_SHOWN]]
    if len(rows) > MOST_SHOWN:
        shown.append("…")
    return ", ".join(shown)
