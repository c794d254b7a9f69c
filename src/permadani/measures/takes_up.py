"""The open questions of a subject's group channels, as columns like those of its approaches."""

from __future__ import annotations

import duckdb
import numpy as np

from permadani.measures.judged import Judged, plain_column
from permadani.measures.network import Scope, statement


def open_questions(connection: duckdb.DuckDBPyConnection, subject: int, scope: Scope) -> Judged:
    """Root posts of others on group channels that are covered both ways, in order of time.

    ``waited``: the subject was the first to answer; ``left``: somebody else was. ``regular``: the author had written
    there before. ``thread``: each question is its own. ``via``: ``root``. Call ``run`` first.
    """
    found = connection.execute(
        statement("open_question"),
        {
            "subject": subject, "since": scope.since, "until": scope.until, "as_of": scope.as_of,
            "window": scope.window,
        },
    ).fetchnumpy()  # fmt: skip
    columns = {name: plain_column(name, values) for name, values in found.items()}
    ripe, reached = columns["ripe"].astype(np.bool_), columns["reached"].astype(np.bool_)
    return Judged(eligible=ripe & reached, **columns)


def any_replies(connection: duckdb.DuckDBPyConnection) -> dict[str, tuple[int, int]]:
    """By group channel: how many questions there are, and how many have a reply of somebody else."""
    rows = connection.execute(
        """SELECT r.channel, count(*), count(f.object) FROM group_root r
           LEFT JOIN group_reply f ON f.object = r.object GROUP BY r.channel"""
    ).fetchall()
    return {channel: (roots, replied) for channel, roots, replied in rows}
