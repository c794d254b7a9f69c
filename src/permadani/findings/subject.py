"""Who is audited, what was covered, what publishes in its name, and what could not be seen."""

from __future__ import annotations

from dataclasses import replace

import duckdb

from permadani.findings.dates import iso
from permadani.findings.history import history_shortened, unfinished
from permadani.findings.mentions import mentions_unread, unseen_mentions
from permadani.findings.permission import standing_of
from permadani.findings.reasons import Reason, reason
from permadani.findings.results import Automation, Client, CoverageLine, Subject
from permadani.findings.unheard import unheard
from permadani.measures.judged import Judged
from permadani.measures.network import FOREVER, Scope
from permadani.store.rows import first, number
from permadani.store.who import Who

MOST_CLIENTS = 12


def subject_of(connection: duckdb.DuckDBPyConnection, who: Who, as_of: int) -> Subject:
    """Its id (the person's, if linked), the name and channel it uses most, and its last standing."""
    row = first(
        connection,
        """SELECT a.name, a.handle, a.channel, u.uri FROM actors a
           LEFT JOIN (SELECT actor, count(*) AS n FROM objects GROUP BY actor) o ON o.actor = a.id
           JOIN uris u ON u.id = a.id
           WHERE a.id IN (SELECT unnest($a::BIGINT[]))
           ORDER BY a.name IS NULL, coalesce(o.n, 0) DESC, u.uri LIMIT 1""",
        {"a": list(who.actors)},
    )
    name, handle, channel, uri = row if row else (None, None, "", next(iter(who.actors.values()), ""))
    return Subject(
        id=who.person or uri,
        name=name or handle or uri,
        channel=channel,
        standing=standing_of(connection, list(who.actors), as_of),
        handle=handle,
        actors=tuple(sorted(who.actors.values())),
    )


def coverage_of(connection: duckdb.DuckDBPyConnection, subject: int) -> tuple[CoverageLine, ...]:
    """One line a channel; its period is that in which both directions are known, where both are."""
    rows = connection.execute(
        "SELECT channel, inbound, outbound, since, until, basis FROM span WHERE subject = $s ORDER BY channel",
        {"s": subject},
    ).fetchall()
    return tuple(CoverageLine(c, i, o, iso(s), iso(u), basis) for c, i, o, s, u, basis in rows)


def written_period_of(
    connection: duckdb.DuckDBPyConnection, subject: int, coverage: tuple[CoverageLine, ...], scope: Scope
) -> tuple[str | None, str | None]:
    """As ``period_of``, of what the account wrote, whether or not it is known what was written to it."""
    rows = connection.execute(
        "SELECT channel, written_since, written_until FROM span WHERE subject = $s AND outbound <> 'none'",
        {"s": subject},
    ).fetchall()
    written = {channel: (iso(since), iso(until)) for channel, since, until in rows}
    lines = (replace(line, since=s, until=u) for line in coverage
             for s, u in [written.get(line.channel, (line.since, line.until))])  # fmt: skip
    return period_of(tuple(lines), scope)


def period_of(coverage: tuple[CoverageLine, ...], scope: Scope) -> tuple[str | None, str | None]:
    """What was asked for, cut to what was covered."""
    since = [line.since for line in coverage if line.since]
    until = [line.until for line in coverage if line.until]
    first, last = min(since, default=None), max(until, default=None)
    if scope.since > -FOREVER:
        first = max(filter(None, (first, iso(scope.since))))
    end = min(scope.until, scope.as_of)
    if end < Scope().as_of:
        last = min(filter(None, (last, iso(end))))
    if first is not None and last is not None and last < first:  # nothing was covered of what was asked for
        last = first
    return first, last


def automation_of(connection: duckdb.DuckDBPyConnection, subject: int, scope: Scope) -> Automation:
    """Which programs published in its name in the period, and the share of those that need no person."""
    period = {"s": subject, "since": scope.since, "until": scope.until}
    objects, known, automatic = connection.execute(
        """SELECT count(*), count(*) FILTER (origin_known), count(*) FILTER (origin_known AND automatic)
           FROM own_object WHERE subject = $s AND published >= $since AND published <= $until""",
        period,
    ).fetchall()[0]
    clients = connection.execute(
        """SELECT client, count(*), bool_or(automatic) FROM own_object
           WHERE subject = $s AND client IS NOT NULL AND published >= $since AND published <= $until
           GROUP BY client ORDER BY 2 DESC, 1 LIMIT $most""",
        period | {"most": MOST_CLIENTS},
    ).fetchall()
    return Automation(automatic / known if known else None, objects, known, tuple(Client(*row) for row in clients))


def namesakes_of(connection: duckdb.DuckDBPyConnection, who: Who) -> int:
    """How many other actors may be the same person, unlinked: they carry its exact name and write in its conversations,
    or answer a third or more of what is written to it (`helper.sql`).

    (A real blogger answered under four names; without the links he looked silent.)
    """
    return number(
        connection,
        """WITH around AS (
               SELECT actor FROM message WHERE subject = $s AND NOT spam
               UNION SELECT o.actor FROM outbox o SEMI JOIN approach a ON a.subject = $s AND o.thread = a.thread
           )
           SELECT count(*) FROM (
               SELECT r.actor FROM around r JOIN actors n ON n.id = r.actor
               WHERE r.actor NOT IN (SELECT actor FROM subject WHERE subject = $s) AND lower(n.name) IN (
                   SELECT lower(a.name) FROM actors a JOIN subject s ON s.actor = a.id WHERE s.subject = $s)
               UNION SELECT actor FROM helper WHERE subject = $s
           )""",
        {"s": who.subject},
    )


def limits_of(
    connection: duckdb.DuckDBPyConnection,
    who: Who,
    rows: Judged | None,
    coverage: tuple[CoverageLine, ...],
    namesakes: int,
    abuse: int,
    scope: Scope,
) -> tuple[Reason, ...]:
    """What could not be seen, in plain sentences. ``abuse``: messages left out on the statement's word."""
    limits = [reason("unseen")]
    for line in coverage:
        if "none" in (line.inbound, line.outbound):
            why = reason("no_outbound")
            if line.inbound == "none":
                why = unheard(connection, who.subject, [line.channel])
            if line.basis is None:
                why = reason("no_coverage", channel=line.channel)
            limits.append(reason("channel_left_out", channel=line.channel, reason=why))
    if any(line.basis for line in coverage) and all(line.inbound == "none" for line in coverage if line.basis):
        limits.append(reason("outbound_only"))
    limits += reshares_uncollected(connection, who.subject, scope) + reshares_unnamed(connection, coverage)
    if any("partial" in (line.inbound, line.outbound) for line in coverage):
        limits.append(reason("partial"))
    unseen = unseen_mentions(connection, who.subject, scope)
    if unseen is not None:
        limits += mentions_unread(unseen)
    if namesakes:
        limits.append(reason("namesakes", count=namesakes))
    limits += unfinished(connection, who)
    if rows is not None:
        limits += history_shortened(connection, who.subject, rows)
        limits += _limits_of_rows(connection, who, rows)
    if abuse:
        limits.append(reason("abuse_left_out", count=abuse, total=_received(connection, who.subject, scope)))
    return tuple(limits)


ORIGINAL_UNNAMED = {"x_archive": "x", "facebook": "facebook"}
"""Sources of archives in which some reshares do not name what was passed on, and their channels."""


def reshares_uncollected(connection: duckdb.DuckDBPyConnection, subject: int, scope: Scope) -> list[Reason]:
    """Reshares of messages that are not in the store: nobody can tell whose they were."""
    count = number(
        connection,
        """SELECT count(DISTINCT n.object) FROM announces n JOIN subject s ON n.actor = s.actor
           ANTI JOIN objects o ON o.id = n.object
           WHERE s.subject = $s AND n.published >= $since AND n.published <= $until""",
        {"s": subject, "since": scope.since, "until": min(scope.until, scope.as_of)},
    )
    return [reason("reshares_uncollected", count=count)] if count else []


def reshares_unnamed(connection: duckdb.DuckDBPyConnection, coverage: tuple[CoverageLine, ...]) -> list[Reason]:
    """Reshares that an archive counts without naming what was passed on."""
    sources = [s for s, channel in ORIGINAL_UNNAMED.items() if any(line.channel == channel for line in coverage)]
    count = number(
        connection,
        """SELECT sum(p.count) FROM problems p JOIN files f ON f.id = p.file
           WHERE p.reason = 'reshare_without_original' AND f.source IN (SELECT unnest($sources::VARCHAR[]))""",
        {"sources": sources},
    )
    return [reason("reshares_unnamed", count=count)] if count else []


def abuse_of(connection: duckdb.DuckDBPyConnection, subject: int, scope: Scope) -> int:
    """How many messages are in no denominator because the statement calls them abuse."""
    return number(
        connection,
        "SELECT count(*) FROM left_out WHERE subject = $s AND why = 'abuse' AND moment BETWEEN $since AND $until",
        {"s": subject, "since": scope.since, "until": scope.until},
    )


def _received(connection: duckdb.DuckDBPyConnection, subject: int, scope: Scope) -> int:
    """Messages to it, without spam and what programs sent."""
    return number(
        connection,
        """SELECT count(DISTINCT object) FROM message WHERE subject = $s AND via <> 'thread' AND NOT spam
           AND NOT automatic AND moment BETWEEN $since AND $until""",
        {"s": subject, "since": scope.since, "until": scope.until},
    )


def _limits_of_rows(connection: duckdb.DuckDBPyConnection, who: Who, rows: Judged) -> list[Reason]:
    import numpy as np

    limits = []
    askers = len(np.unique(rows.asker))
    weak = len(np.unique(rows.asker[rows.weak.astype(bool)]))
    if weak:
        limits.append(reason("weak_identities", count=weak, total=askers))
    known = ~np.isnan(rows.standing)
    unknown = askers - len(np.unique(rows.asker[known]))
    if unknown:
        limits.append(reason("unknown_standing", count=unknown, total=askers))
    undated = len(np.unique(rows.asker[known & ~rows.dated.astype(bool)]))
    if undated:
        limits.append(reason("undated_followers", count=undated))
    dull = int((rows.substance == "unknown").sum())
    if dull:
        limits.append(reason("unknown_substance", count=dull, total=len(rows)))
    skewed = number(
        connection,
        """SELECT (SELECT count(*) FROM message WHERE subject = $s AND skewed)
                + (SELECT count(DISTINCT object) FROM own_message WHERE subject = $s AND skewed)""",
        {"s": who.subject},
    )
    if skewed:
        limits.append(reason("clock_skew", count=skewed))
    unclear = number(
        connection,
        "SELECT count(*) FROM message WHERE subject = $s AND via = 'mention' AND inherited IS NULL",
        {"s": who.subject},
    )
    if unclear:
        limits.append(reason("unknown_inheritance", count=unclear))
    return limits
