"""What the store knows of earlier fetches: which places, when, how far, and what is claimed of them."""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import duckdb

from permadani.errors import NoDoor
from permadani.sources.live.asked import asked
from permadani.sources.live.base import State
from permadani.sources.live.closed import closed
from permadani.store import database
from permadani.store.fetchpage import Kept, write_place
from permadani.store.fetchreport import Claim, moment
from permadani.store.fetchstate import decoded
from permadani.store.identity import identify
from permadani.store.rows import first
from permadani.store.staging import cleaned
from permadani.store.who import actors_named, person_of, subjects_named

Connection = duckdb.DuckDBPyConnection
LETTERS = (
    "SELECT coalesce(bool_and(channel = 'email'), false) FROM actors WHERE id IN (SELECT unnest($actors::BIGINT[]))"
)
"""Whether these are all people who write e-mails: their addresses look like accounts, and are none."""
COVERED = """
    SELECT 1 FROM actors a JOIN coverage c ON c.actor = a.id OR (c.actor IS NULL AND c.channel = a.channel)
    WHERE a.id IN (SELECT unnest($actors::BIGINT[])) LIMIT 1
"""
MOST_CLAIMED = 200
"""Accounts whose coverage a report lists."""


@dataclass(frozen=True, slots=True)
class LastFetch:
    """When and how a place was read last. ``asked``: what the user typed then; ``who``: whom an audit would be about;
    ``fetched``: microseconds UTC; ``complete``: whether it was read as far back as wanted."""

    place: str
    source: str
    asked: str
    who: str
    title: str
    fetched: int
    complete: bool


@dataclass(frozen=True, slots=True)
class AtHand:
    """What is known of a WHO before anything is fetched. ``live``: written as something that can be visited;
    ``known``: whether somebody in the store is called so; ``covered``: whether the store claims to hold more of them
    than what they said to others; ``closed``: why it cannot be read live, whatever the network says."""

    live: bool
    known: bool
    covered: bool
    last: LastFetch | None
    closed: NoDoor | None = None


def at_hand(path: Path, text: str) -> AtHand:
    """What the store knows of ``text``; nothing where there is no store."""
    wanted = asked(text)
    live, why = wanted.kind != "name", closed(wanted)
    if not path.exists():
        return AtHand(live, known=False, covered=False, last=None, closed=why)
    with database.session(path) as connection:
        actors = actors_named(connection, text)
        letters = connection.execute(LETTERS, {"actors": actors}).fetchall()[0][0]
        covered = bool(connection.execute(COVERED, {"actors": actors}).fetchall())
        return AtHand(live and not letters, bool(actors), covered, last_fetch(connection, text), why)


def last_fetch(connection: Connection, text: str) -> LastFetch | None:
    """The last fetch of what a text names: what was typed then, the account or site, or a person with that account."""
    columns = "place, source, asked, who, title, fetched, complete"
    rows = connection.execute(f"SELECT {columns} FROM fetches ORDER BY fetched DESC").fetchall()
    found = [LastFetch(*row) for row in rows]
    text = cleaned(text)
    wanted = _plain(text)
    for one in found:
        if text.strip() in (one.place, one.who) or wanted in (_plain(one.asked), _plain(one.who)):
            return one
    if asked(text).kind in ("url", "domain"):  # any page of a site
        for one in found:
            if asked(one.who).kind == "url" and wanted.startswith(_plain(one.who) + "/"):
                return one
    actors = actors_named(connection, text)
    if asked(text).kind == "name":  # of a person any account will do
        subjects = subjects_named(connection, text)
        actors = [actor for subject in subjects for actor in person_of(connection, subject).actors]
    return next((one for one in found if identify(one.who) in actors), None)


def asked_again(path: Path, text: str) -> str:
    """What to visit for a text: itself, or for a mere name what was typed when its account was fetched before."""
    wanted = asked(text)
    if wanted.kind == "name" and path.exists():
        with database.session(path) as connection:
            if last := last_fetch(connection, text):
                return last.asked
    return wanted.text


def state_of(path: Path, place: str) -> State | None:
    """What the door of a place left with its last page."""
    if not path.exists():
        return None
    with database.session(path) as connection:
        row = first(connection, "SELECT state FROM fetches WHERE place = $place", {"place": place})
    return decoded(row[0]) if row else None


def finished(connection: Connection, kept: Kept) -> None:
    """Say that a place was read to its end."""
    place, now = {"place": kept.place}, time.time_ns() // 1000
    if first(connection, "SELECT 1 FROM fetches WHERE place = $place", place) is None:
        write_place(connection, kept, None, now)
    connection.execute("UPDATE fetches SET complete = true, fetched = $now WHERE place = $place", place | {"now": now})


def claims_of(path: Path, who: str, claimed: Iterable[tuple[str | None, str, str]]) -> tuple[Claim, ...]:
    """What is known now of an account, and of all accounts of which something was claimed; its own first. Of those who
    were erased, whose addresses are gone, nothing."""
    if not path.exists():
        return ()
    actors = list(dict.fromkeys([who, *sorted(actor for actor, _, _ in claimed if actor is not None)]))[:MOST_CLAIMED]
    everybody = [channel for actor, channel, _ in claimed if actor is None]
    with database.session(path) as connection:
        rows = connection.execute(
            """SELECT u.uri, c.channel, c.direction, c.since, c.until, c.completeness, c.basis
               FROM coverage c LEFT JOIN uris u ON u.id = c.actor
               WHERE (u.uri IS NOT NULL AND c.actor IN (SELECT unnest($actors::BIGINT[])))
                  OR (c.actor IS NULL AND c.channel IN (SELECT unnest($everybody::VARCHAR[])))
               ORDER BY u.uri <> $who, u.uri, c.channel, c.direction = 'mentions', c.direction DESC,
                   c.since NULLS FIRST""",
            {"actors": [identify(uri) for uri in actors], "everybody": everybody, "who": who},
        ).fetchall()
    return tuple(Claim(a, c, d, moment(since), moment(until), how, why) for a, c, d, since, until, how, why in rows)


def _plain(text: str) -> str:
    """An address or handle as people may write it: without @, scheme, and slash at the end."""
    return text.strip().lower().removeprefix("@").rpartition("://")[2].removeprefix("www.").rstrip("/")
