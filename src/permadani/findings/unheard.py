"""Why what an account left unanswered is not known, where what was written to it was not collected."""

from __future__ import annotations

from collections.abc import Iterable

import duckdb

from permadani.findings.reasons import Reason, reason
from permadani.store.rows import number


def unheard(connection: duckdb.DuckDBPyConnection, subject: int, channels: Iterable[str]) -> Reason:
    """That no messages to it are there; or that some are, but nothing is claimed about them: an unfinished reading, for
    one. (A claim that there are none speaks of what was collected then, and stands.)"""
    there = number(
        connection,
        """SELECT count(*) FROM message m
           WHERE m.subject = $s AND m.via <> 'thread' AND m.channel IN (SELECT unnest($channels::VARCHAR[]))
               AND NOT EXISTS (SELECT 1 FROM observed o WHERE o.subject = m.subject AND o.channel = m.channel
                   AND o.direction = 'inbound')""",
        {"s": subject, "channels": list(channels)},
    )
    return reason("inbound_unclaimed" if there else "no_inbound")
