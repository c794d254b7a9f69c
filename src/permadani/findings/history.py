"""Where what is known of an account begins late, or was not read to its end."""

from __future__ import annotations

import duckdb
import numpy as np

from permadani.findings.dates import day
from permadani.findings.reasons import Reason, reason
from permadani.measures.judged import Judged
from permadani.measures.network import SETTLING_DAYS
from permadani.store.who import Who


def history_shortened(connection: duckdb.DuckDBPyConnection, subject: int, rows: Judged) -> list[Reason]:
    """One line a channel on which the account is older than what is known of it (`shortened.sql`)."""
    found = connection.execute(
        "SELECT channel, since FROM shortened WHERE subject = $s ORDER BY channel", {"s": subject}
    ).fetchall()
    unknown = rows.where(rows.tenure == "unknown")
    return [
        reason(
            "history_shortened", channel=channel, date=day(since), days=SETTLING_DAYS,
            count=len(np.unique(unknown.asker[unknown.channel == channel])),
        )
        for channel, since in found
        if (rows.channel == channel).any()
    ]  # fmt: skip


def unfinished(connection: duckdb.DuckDBPyConnection, who: Who) -> list[Reason]:
    """One line for each of its accounts and sites that was read live, but not yet as far back as wanted."""
    rows = connection.execute(
        "SELECT who, asked, title FROM fetches WHERE NOT coalesce(complete, false) ORDER BY place"
    ).fetchall()
    lines = []
    for place, asked, title in rows:
        mine = [number for number, uri in who.actors.items() if _of(uri, place)]
        if not mine:
            continue
        since = connection.execute(
            """SELECT min(o.since) FROM observed o
               WHERE o.subject = $s AND o.level = 'known' AND o.since > -8000000000000000000
                   AND o.channel IN (SELECT channel FROM actors WHERE id IN (SELECT unnest($a::BIGINT[])))""",
            {"s": who.subject, "a": mine},
        ).fetchall()[0][0]
        key = "unfinished" if since is not None else "unfinished_undated"
        values = {} if since is None else {"date": day(since)}
        lines.append(reason(key, account=title or place, who=asked or place, **values))
    return lines


def _of(uri: str, place: str) -> bool:
    """Whether an account is the one that was read, or one of the site that was."""
    if uri == place:
        return True
    scheme, found, site = place.partition("://")
    site = site.rstrip("/")
    return bool(found and site and scheme.startswith("http")) and (
        uri.endswith(f"@{site}") or f":{site}/name/" in uri or uri.startswith(f"{scheme}://{site}/")
    )
