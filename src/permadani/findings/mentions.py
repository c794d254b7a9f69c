"""Mentions of an account where not all of them could be read: those that were seen are in no figure."""

from __future__ import annotations

from dataclasses import dataclass

import duckdb

from permadani.findings.dates import day
from permadani.findings.reasons import Reason, reason
from permadani.measures.network import Scope


@dataclass(frozen=True, slots=True)
class MentionGap:
    """A channel where not all mentions were read in the time that is judged. ``since``, ``until``: microseconds, None
    where this reaches to the beginning (end) of that time. ``count``: mentions that were seen all the same."""

    channel: str
    since: int | None
    until: int | None
    count: int


@dataclass(frozen=True, slots=True)
class UnseenMentions:
    """``gaps``: where the time that is judged is concerned. ``count``: mentions that were seen there, or in other times
    of which mentions were not read, and are left out."""

    gaps: tuple[MentionGap, ...]
    count: int


def unseen_mentions(connection: duckdb.DuckDBPyConnection, subject: int, scope: Scope) -> UnseenMentions | None:
    """None where nothing says that mentions were not read. Call ``run`` first."""
    period = {"s": subject, "since": scope.since, "until": scope.until}
    seen = dict(
        connection.execute(
            """SELECT channel, count(*) FROM left_out
               WHERE subject = $s AND why = 'mention_unseen' AND moment >= $since AND moment <= $until
               GROUP BY channel""",
            period,
        ).fetchall()
    )
    rows = connection.execute(
        "SELECT channel, since, until FROM mention_gap WHERE subject = $s ORDER BY channel", {"s": subject}
    ).fetchall()
    if not rows and not seen:
        return None
    gaps = tuple(MentionGap(channel, since, until, seen.get(channel, 0)) for channel, since, until in rows)
    return UnseenMentions(gaps, sum(seen.values()))


def mentions_unread(unseen: UnseenMentions) -> list[Reason]:
    """One line for all channels on which this is so all the time, and one for each on which it is for a part."""
    whole = [gap for gap in unseen.gaps if gap.since is None and gap.until is None]
    lines = []
    if whole:
        channels = ", ".join(gap.channel for gap in whole)
        lines.append(reason("mentions_unseen", channel=channels, count=sum(gap.count for gap in whole)))
    for gap in unseen.gaps:
        ends = {"since": gap.since, "until": gap.until}
        dates = {name: day(moment) for name, moment in ends.items() if moment is not None}
        if dates:
            key = "between" if len(dates) == 2 else "after" if gap.since is not None else "before"
            lines.append(reason(f"mentions_unseen_{key}", channel=gap.channel, count=gap.count, **dates))
    return lines
