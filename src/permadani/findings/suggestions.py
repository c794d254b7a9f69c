"""Which accounts may be one person, and why it looks so. Nothing is joined here: that is somebody's decision.

Likeness of names is no reason: impostors choose their names. A link in one direction is none either, since anybody can
link to whom they like.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import duckdb

from permadani.measures.network import statement

MOST_SHARING = 5
"""So many accounts may share an address before it stops being one person's (a convention)."""
STRENGTH = {"checked_link": 8, "mutual_link": 4, "address": 2, "same_link": 1, "same_handle": 1}
"""From what was checked to what anybody can claim. Several reasons add up."""


@dataclass(frozen=True, slots=True)
class Reason:
    """``kind``: a key of ``STRENGTH``; ``value``: the address both name, for ``same_link``."""

    kind: str
    value: str | None = None


@dataclass(frozen=True, slots=True)
class Account:
    id: str
    name: str | None
    channel: str | None


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Two accounts that may be one person, the strongest reason first."""

    accounts: tuple[Account, Account]
    reasons: tuple[Reason, ...]

    def to_dict(self) -> dict[str, Any]:
        return {
            "actors": [{"id": one.id, "name": one.name, "channel": one.channel} for one in self.accounts],
            "reasons": [{"kind": reason.kind, "value": reason.value} for reason in self.reasons],
        }


def suggestions(connection: duckdb.DuckDBPyConnection) -> list[Suggestion]:
    """Pairs that are not linked yet, the best founded first, then by id."""
    for part in statement("shared_cue").split(";\n"):
        if part.strip():
            connection.execute(part, {"most": MOST_SHARING})
    rows = connection.execute(
        """SELECT x.uri, a.name, a.channel, y.uri, b.name, b.channel, list((s.reason, s.value))
           FROM shared_cue s JOIN uris x ON x.id = s.one JOIN uris y ON y.id = s.other
           LEFT JOIN actors a ON a.id = s.one LEFT JOIN actors b ON b.id = s.other
           GROUP BY ALL"""
    ).fetchall()
    found = [
        Suggestion(
            tuple(sorted((Account(*row[:3]), Account(*row[3:6])), key=lambda one: one.id)),  # type: ignore[arg-type]
            tuple(sorted((Reason(*why) for why in row[6]), key=lambda why: (-STRENGTH[why.kind], why.value or ""))),
        )
        for row in rows
    ]
    return sorted(found, key=lambda one: (-sum(STRENGTH[why.kind] for why in one.reasons), one.accounts[0].id))
