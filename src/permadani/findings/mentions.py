"""Mentions of an account where not all of them could be read: those that were seen are in no figure."""

from __future__ import annotations

from dataclasses import dataclass

import duckdb

from permadani.measures.network import Scope


@dataclass(frozen=True, slots=True)
class UnseenMentions:
    """``channels``: where that is so in the period. ``count``: mentions that were seen there all the same, and are left
    out."""

    channels: tuple[str, ...]
    count: int


def unseen_mentions(connection: duckdb.DuckDBPyConnection, subject: int, scope: Scope) -> UnseenMentions | None:
    """None where nothing says that mentions were not read. Call ``run`` first."""
    rows = connection.execute(
        """SELECT channel, sum(n)::BIGINT FROM (
               SELECT channel, 0 AS n FROM mention_gap WHERE subject = $s
               UNION ALL
               SELECT channel, 1 FROM left_out
               WHERE subject = $s AND why = 'mention_unseen' AND moment >= $since AND moment <= $until
           ) GROUP BY channel ORDER BY channel""",
        {"s": subject, "since": scope.since, "until": scope.until},
    ).fetchall()
    return UnseenMentions(tuple(row[0] for row in rows), sum(row[1] for row in rows)) if rows else None
