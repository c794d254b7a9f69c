"""What the accounts of one person wrote to others, without anything that was written to them."""

from __future__ import annotations

from dataclasses import dataclass

import duckdb

from permadani.measures.judged import Column
from permadani.measures.network import Scope, set_out, step

STEPS = (
    "own_object", "message", "observed", "span", "reshare_channel", "outbound_tie", "outbound_reply",
    "outbound_person", "parent_time",
)  # fmt: skip


KNOWN_BY = ("store", "x", "bluesky", "mastodon")
"""What tells the time of a message that was replied to: the message itself, or the form of its id."""


def run_outbound(connection: duckdb.DuckDBPyConnection, subject: int, actors: list[int], scope: Scope) -> None:
    """Compute these measures for one subject into temporary tables."""
    set_out(connection, {subject: actors})
    values = {"since": scope.since, "until": scope.until, "as_of": scope.as_of}
    for name in STEPS:
        step(connection, name, values)


@dataclass(frozen=True, slots=True)
class FirstReplies:
    """The first reply to each message of somebody else whose time is known, all columns of shape (n,).

    ``delay``: microseconds, negative where a clock was wrong. ``person``: to whom. ``year``: of the reply.
    ``known_by``: what tells the message's time, by its place in ``KNOWN_BY``.
    """

    delay: Column
    person: Column
    year: Column
    known_by: Column

    def __len__(self) -> int:
        return len(self.delay)

    def where(self, mask: Column) -> FirstReplies:
        return FirstReplies(*(getattr(self, name)[mask] for name in self.__slots__))


def first_replies(connection: duckdb.DuckDBPyConnection) -> FirstReplies:
    """In no order."""
    rows = connection.execute(
        """WITH replied AS (
               SELECT parent, min(published) AS published, min(person) AS person FROM outbound_person GROUP BY parent
           )
           SELECT r.published - t.moment AS delay, r.person, year(make_timestamp(r.published)) AS year,
               list_position($known_by, t.known_by) - 1 AS known_by
           FROM replied r JOIN parent_time t ON t.parent = r.parent""",
        {"known_by": list(KNOWN_BY)},
    ).fetchnumpy()
    return FirstReplies(**rows)
