"""Is such a share usual? Only the user's own store can tell, from accounts of like size in it, or nothing can."""

from __future__ import annotations

import duckdb
import numpy as np

from permadani.findings import cells
from permadani.findings.overall import ENOUGH, ENOUGH_ASKERS
from permadani.findings.permission import standing_of
from permadani.findings.results import Cell, Usual
from permadani.measures.judged import judged_rows
from permadani.measures.network import Scope, run
from permadani.store.who import Who, person_of

LEAST, MOST = 10, 40
"""With fewer accounts nothing is said; of more the nearest in size are taken."""
LIKE = 3.0
"""Accounts of like size have from a third to three times as many followers, or messages received."""


def usual_of(connection: duckdb.DuckDBPyConnection, who: Who, cell: Cell | None, scope: Scope) -> Usual | None:
    """How this account's share lies among those of like size; None where fewer than ten can be measured.

    Size is followers where they are known of enough accounts, else messages received. Nobody is named.
    """
    if cell is None or cell.rate is None:
        return None
    followers = standing_of(connection, list(who.actors), scope.as_of)
    sizes = _received(connection, who)
    followed = _followed(connection, who, scope) if followers else {}
    if followers and len(near := _near(followed, followers)) >= LEAST:
        return _spread(connection, near, followed, "followers", cell.rate, scope)
    near = _near(sizes, cell.approaches)
    return _spread(connection, near, sizes, "approaches", cell.rate, scope) if len(near) >= LEAST else None


def _received(connection: duckdb.DuckDBPyConnection, who: Who) -> dict[int, int]:
    """How many approaches each other person received, where there may be enough; who opted out is in no list."""
    rows = connection.execute(
        """SELECT coalesce(p.person, i.recipient) AS subject, count(DISTINCT (i.actor, i.thread)) AS n
           FROM inbox i LEFT JOIN people p ON p.actor = i.recipient JOIN actors a ON a.id = i.recipient
           WHERE i.via <> 'thread' GROUP BY 1
           HAVING n >= $enough AND subject <> $s AND NOT coalesce(bool_or(a.opted_out), false)""",
        {"enough": ENOUGH, "s": who.subject},
    ).fetchall()
    return dict(rows)


def _followed(connection: duckdb.DuckDBPyConnection, who: Who, scope: Scope) -> dict[int, int]:
    """The last known followers of each other person who received enough messages."""
    received = _received(connection, who)
    rows = connection.execute(
        """WITH last AS (SELECT actor, arg_max(followers, (observed, followers)) AS followers FROM standings
                         WHERE observed <= $as_of GROUP BY actor)
           SELECT coalesce(p.person, a.id), max(coalesce(l.followers, a.followers)) AS n
           FROM actors a LEFT JOIN last l ON l.actor = a.id LEFT JOIN people p ON p.actor = a.id
           WHERE coalesce(p.person, a.id) IN (SELECT unnest($s::BIGINT[])) GROUP BY 1 HAVING n IS NOT NULL""",
        {"s": list(received), "as_of": scope.as_of},
    ).fetchall()
    return dict(rows)


def _near(sizes: dict[int, int], size: int) -> list[int]:
    """Those of like size, the nearest first."""
    apart = {subject: abs(np.log((n + 1) / (size + 1))) for subject, n in sizes.items()}
    return sorted((s for s, d in apart.items() if d <= np.log(LIKE)), key=lambda s: (apart[s], s))[:MOST]


def _spread(
    connection: duckdb.DuckDBPyConnection, near: list[int], sizes: dict[int, int], size_of: str, rate: float,
    scope: Scope,
) -> Usual | None:  # fmt: skip
    people = [person_of(connection, subject) for subject in near]
    shares, measured = [], []
    with connection.cursor() as aside:  # its temporary tables are its own
        run(aside, {one.subject: list(one.actors) for one in people}, scope)
        for subject, rows in judged_rows(aside, scope.window).items():
            cell = cells.cell(rows.where(cells.matched(rows)))
            if cell.rate is not None and cell.eligible >= ENOUGH and cell.askers >= ENOUGH_ASKERS:
                shares.append(cell.rate)
                measured.append(sizes[subject])
    if len(shares) < LEAST:
        return None
    low, median, high = (float(x) for x in np.quantile(shares, [0.25, 0.5, 0.75]))
    below = int((np.array(shares) < rate).sum())
    return Usual(len(shares), low, median, high, below, size_of, min(measured), max(measured))  # type: ignore[arg-type]
