"""Messages of an account that may have been answers, but that nothing ties to what they answered."""

from __future__ import annotations

from collections.abc import Collection

import duckdb

from permadani.measures.network import Scope
from permadani.store.rows import number


def unlinked_of(connection: duckdb.DuckDBPyConnection, subject: int, channels: Collection[str], scope: Scope) -> int:
    """How many of its own messages on these channels may answer what came within the period, with nothing that tells.

    Deleted without a known parent, or a reply to what is not in the store with nobody named; nothing automatic. They
    count up to one window after the period, since its last messages are answered then. Call ``run`` first.
    """
    return number(
        connection,
        """SELECT count(*) FROM unlinked WHERE subject = $s AND channel IN (SELECT unnest($c::VARCHAR[]))
           AND moment >= $since AND moment <= $until""",
        {"s": subject, "c": sorted(channels), "since": scope.since, "until": scope.until + scope.window},
    )
