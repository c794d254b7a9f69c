"""WHO: from what a person types to the actors they mean.

Levels, the first with a hit wins: id (of e-mail: the address), handle, profile URL, linked person, exact display name,
case-folded name; of an address: those who published articles on that site.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from shlex import quote

import duckdb

from permadani.errors import WhoError
from permadani.language import N_
from permadani.sources.live.asked import asked
from permadani.sources.live.closed import closed
from permadani.sources.reading.mail import mailto
from permadani.store.identity import identify
from permadani.store.rows import first
from permadani.store.staging import cleaned

MOST_SHOWN = 8
_HANDLE = re.compile(r"@[\w-]{1,60}")


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
        raise _nobody(connection, text)
    if len(subjects) > 1:
        raise ambiguous(connection, text, subjects)
    return person_of(connection, subjects[0])


def ambiguous(connection: duckdb.DuckDBPyConnection, text: str, subjects: list[int]) -> WhoError:
    """The error that lists whom a text could mean."""
    ranked = _ranked(connection, subjects)
    if asked(text).kind in ("url", "domain"):
        names = [_called(connection, subject) for subject, _, _ in ranked[: MOST_SHOWN + 1]]
        return WhoError(
            N_("“{who}” has {count} authors: {candidates}"),
            hint=N_("Audit one of them: permadani audit {name}"),
            who=text,
            count=len(subjects),
            candidates=", ".join([*names[:MOST_SHOWN], *("…" for _ in names[MOST_SHOWN:])]),
            name=quote(names[0]),
        )
    return WhoError(
        N_("“{who}” could be {count} people: {candidates}"),
        hint=N_("Name one by its id, or join them with `permadani people link`."),
        who=text,
        count=len(subjects),
        candidates=", ".join(
            [
                *(f"{uri} ({count:,} messages)" for _, uri, count in ranked[:MOST_SHOWN]),
                *("…" for _ in ranked[MOST_SHOWN : MOST_SHOWN + 1]),
            ]
        ),
    )


def _nobody(connection: duckdb.DuckDBPyConnection, text: str) -> WhoError:
    """The error that says who could be meant, or how whoever is meant can be read."""
    message, wanted = N_("nobody called “{who}” is in the store"), asked(text)
    if why := closed(wanted):
        return WhoError(message, hint=why.hint, **why.values | {"who": text})
    if wanted.kind != "name":
        if first(connection, "SELECT 1 FROM fetches WHERE complete AND $text IN (asked, who)", {"text": text.strip()}):
            return WhoError(message, hint=N_("It was read live already, but nothing there tells its author."), who=text)
        return WhoError(message, hint=N_("`permadani fetch {who}` reads it live."), who=text)
    near = _near(connection, text)
    hint = N_(
        "Did you mean {near}? Try the full id, the @handle, or the exact name; or read an account live: "
        "`permadani fetch` {live}"
    )
    if not near:
        hint = N_(
            "Try the full id, the @handle, or the exact name (`permadani people list` shows linked people); or read "
            "an account live: `permadani fetch` {live}"
        )
    name = wanted.text.removeprefix("@") if wanted.at and _HANDLE.fullmatch(wanted.text) else "name"
    live = f"@{name}.bsky.social, @{name}@server, https://…"
    return WhoError(message, hint=hint, who=text, near=near, live=live)


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


def _called(connection: duckdb.DuckDBPyConnection, subject: int) -> str:
    """The shortest name by which ``resolve`` finds a subject: a handle, a name, or the id."""
    who = person_of(connection, subject)
    names = connection.execute(
        """SELECT name FROM (SELECT unnest([handle, name]) AS name FROM actors
                             WHERE id IN (SELECT unnest($actors::BIGINT[])))
           WHERE length(name) BETWEEN 1 AND 60 ORDER BY length(name), name""",
        {"actors": list(who.actors)},
    ).fetchall()
    for (name,) in names:
        if name.isprintable() and name[0] != "-" and subjects_named(connection, name) == [subject]:
            return str(name)
    return next(iter(who.actors.values()))


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


def _ranked(connection: duckdb.DuckDBPyConnection, subjects: list[int]) -> list[tuple[int, str, int]]:
    """Each with an id and how many messages it wrote, the most first."""
    return connection.execute(
        """WITH asked AS (SELECT unnest($subjects::BIGINT[]) AS subject),
           members AS (SELECT subject, coalesce(p.actor, subject) AS actor
                       FROM asked LEFT JOIN people p ON p.person = subject)
           SELECT m.subject, min(u.uri), count(o.id) FROM members m LEFT JOIN uris u ON u.id = m.actor
           LEFT JOIN objects o ON o.actor = m.actor GROUP BY m.subject ORDER BY 3 DESC, 2""",
        {"subjects": subjects},
    ).fetchall()
