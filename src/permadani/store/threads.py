"""Conversations: every object's root, the first message that its replies lead to, whatever the order of imports.

The pointer of an object is the thread its source gave, else what it replies to, else itself. A pointer to a message
that was never seen ends there, and is followed on when that message arrives in a later import.
"""

from __future__ import annotations

from importlib.resources import files

import duckdb
import numpy as np

from permadani.store.rows import number

MOST_HOPS = 64
"""Pointer doubling reaches 2^64 ancestors; whatever still moves then is a ring of replies."""


def resolve_threads(connection: duckdb.DuckDBPyConnection) -> None:
    """Fill ``hop`` with the root of every object of ``fresh``, and of all whose way leads through one that changed."""
    connection.execute(_sql("pointers"))
    for _ in range(MOST_HOPS):
        if not number(connection, _sql("hop")):
            break
    _close_rings(connection)


def _close_rings(connection: duckdb.DuckDBPyConnection) -> None:
    """Replies in a ring have no first message: the least id of the ring stands for it, whichever came first."""
    ends = connection.execute(
        "SELECT DISTINCT h.target FROM hop h JOIN pointers p ON p.id = h.target WHERE p.target <> p.id ORDER BY 1"
    ).fetchnumpy()["target"]
    if not len(ends):
        return
    connection.register("ends", {"id": ends})
    pointers = dict(connection.execute(_sql("ring")).fetchall())
    connection.unregister("ends")
    least: dict[int, int] = {}
    for end in ends.tolist():
        ring, member = [], end
        while member not in least:
            least[member] = member
            ring.append(member)
            member = pointers[member]
        least |= dict.fromkeys(ring, min(ring, default=end))
    members = {"id": np.array(list(least), np.int64), "least": np.array(list(least.values()), np.int64)}
    connection.register("rings", members)
    connection.execute("UPDATE hop SET target = least FROM rings WHERE hop.target = rings.id")
    connection.unregister("rings")


def _sql(name: str) -> str:
    return files("permadani.store").joinpath("sql", f"{name}.sql").read_text("utf-8")
