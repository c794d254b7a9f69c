"""Whom an account replies to, from its own messages alone: archives that hold nothing of what was written to it.

Counts and delays of replies that were written. What was left without a reply is in none of them, so there is no rate.
"""

from __future__ import annotations

import duckdb
import numpy as np

from permadani.findings.dates import iso
from permadani.findings.permission import require_permission, standing_of
from permadani.findings.question import Question
from permadani.findings.reasons import Reason, reason
from permadani.findings.results import (
    Audience,
    Automation,
    Client,
    Concentration,
    Correspondent,
    CoverageLine,
    Delay,
    Hours,
    Outbound,
    OutboundYear,
    Rate,
    RateOf,
    RepliedTo,
    Written,
)
from permadani.findings.subject import MOST_CLIENTS, coverage_of, reshares_unnamed, subject_of, written_period_of
from permadani.findings.unheard import unheard
from permadani.measures.judged import Column
from permadani.measures.network import DAY, Scope
from permadani.measures.outbound import KNOWN_BY, FirstReplies, first_replies, run_outbound
from permadani.statistics.concentration import gini, lorenz, top_share
from permadani.statistics.intervals import clustered_share
from permadani.statistics.quantiles import Quantile, clustered_quantiles
from permadani.store.rows import first, number
from permadani.store.who import Who

PEOPLE_NEEDED = 20
"""With fewer people a tenth of them is one, and how unequal they are is chance."""
DELAYS_NEEDED = 6
"""With fewer no interval of the median has both ends."""
MOST_SHOWN = 20
TENTH, THIRD = 1 / 10, 1 / 3
"""Of its own followers, as where audits compare by absolute size."""


def outbound(connection: duckdb.DuckDBPyConnection, who: Who, question: Question) -> Outbound:
    """What the messages of one person or account tell.

    Raises:
        Refusal: about somebody who is not public, without ``me`` or ``research``.
    """
    require_permission(connection, who, me=question.me, research=question.research)
    scope = question.scope()
    run_outbound(connection, who.subject, list(who.actors), scope)
    coverage = coverage_of(connection, who.subject)
    written = _written(connection, scope)
    replies = first_replies(connection)
    people = _replied_to(connection)
    delay = _delay(connection, replies)
    audience = _audience(connection, who, scope)
    return Outbound(
        actor=subject_of(connection, who, scope.as_of),
        period=written_period_of(connection, who.subject, coverage, scope),
        coverage=coverage,
        rate=tuple(_rate_of(connection, who.subject, line) for line in coverage),
        written=written,
        replied_to=people,
        delay=delay,
        over_time=_over_time(connection, replies),
        clients=_clients(connection),
        audience=audience,
        limits=(*_limits(coverage, written, people, delay, audience), *reshares_unnamed(connection, coverage)),
        most=_most(connection) if question.evidence else None,
        private=question.evidence,
    )


def _rate_of(connection: duckdb.DuckDBPyConnection, subject: int, line: CoverageLine) -> RateOf:
    """Whether an audit may tell the share that was answered on this channel."""
    if line.basis is None:
        return RateOf(line.channel, False, reason("no_coverage", channel=line.channel))
    if line.outbound == "none":
        return RateOf(line.channel, False, reason("no_outbound"))
    if line.inbound == "none":
        return RateOf(line.channel, False, unheard(connection, subject, [line.channel]))
    group = number(connection, "SELECT count(*) FROM group_channel WHERE channel = $c", {"c": line.channel})
    if group:
        return RateOf(line.channel, False, reason("group_channel"))
    if not _written_to(connection, line.channel):
        return RateOf(line.channel, False, reason("no_approaches"))
    return RateOf(line.channel, True, reason("rate_by_audit"))


def _written_to(connection: duckdb.DuckDBPyConnection, channel: str) -> bool:
    """Whether anybody else's message to the account is in the store."""
    found = first(
        connection,
        "SELECT 1 FROM message WHERE channel = $c AND via <> 'thread' LIMIT 1",
        {"c": channel},
    )
    return found is not None


def _written(connection: duckdb.DuckDBPyConnection, scope: Scope) -> Written:
    kinds = dict(connection.execute("SELECT kind, count(*) FROM outbound_reply GROUP BY kind").fetchall())
    automatic = number(connection, "SELECT count(*) FROM outbound_reply WHERE kind = 'others' AND automatic")
    reshares = number(
        connection,
        """SELECT count(*) FROM (SELECT DISTINCT n.actor, n.object, n.published FROM announces n
               JOIN subject s ON s.actor = n.actor
               WHERE n.published BETWEEN $since AND least($until, $as_of))""",
        {"since": scope.since, "until": scope.until, "as_of": scope.as_of},
    )
    seen = number(connection, "SELECT count(*) FROM reshare_channel")
    return Written(
        messages=sum(kinds.values()),
        replies=kinds.get("others", 0),
        own_threads=kinds.get("own", 0),
        unknown=kinds.get("unknown", 0),
        addressed=kinds.get("addressed", 0),
        posts=kinds.get("post", 0),
        reshares=reshares if seen else None,
        automatic=automatic,
    )


def _replied_to(connection: duckdb.DuckDBPyConnection) -> RepliedTo:
    found = connection.execute("SELECT count(*) AS n FROM outbound_person GROUP BY person ORDER BY n").fetchnumpy()
    counts: Column = np.asarray(found["n"])
    weak = number(
        connection,
        """SELECT count(*) FROM (SELECT DISTINCT person FROM outbound_person) p JOIN uris u ON u.id = p.person
           WHERE u.uri LIKE '%/name/%' AND u.uri NOT LIKE 'http%'""",
    )
    once = int((counts == 1).sum())
    return RepliedTo(
        people=len(counts),
        replies=int(counts.sum()),
        once=once,
        again=len(counts) - once,
        weak=weak,
        concentration=_concentration(counts),
        needed=PEOPLE_NEEDED,
    )


def _concentration(counts: Column) -> Concentration | None:
    if len(counts) < PEOPLE_NEEDED:
        return None
    top, spread = top_share(counts, TENTH), gini(counts)
    if top is None or spread is None:
        return None
    return Concentration(max(1, int(len(counts) * TENTH + 1e-9)), top, spread, lorenz(counts))


def _delay(connection: duckdb.DuckDBPyConnection, replies: FirstReplies) -> Delay:
    messages = number(connection, "SELECT count(DISTINCT parent) FROM outbound_person")
    timed = replies.where(replies.delay >= 0)
    counts = np.bincount(timed.known_by, minlength=len(KNOWN_BY)).tolist()
    quarter, median, three_quarters = _quartiles(timed)
    day = clustered_share(timed.delay <= DAY, timed.person)
    return Delay(
        messages=messages,
        measured=len(timed),
        known_by=dict(zip(KNOWN_BY, counts, strict=True)),
        earlier=len(replies) - len(timed),
        unknown=messages - len(replies),
        unnamed=number(connection, "SELECT count(DISTINCT object) FROM outbound_person WHERE parent IS NULL"),
        quarter=quarter,
        median=median,
        three_quarters=three_quarters,
        within_24h=None if median is None else Rate(day.successes, day.n, day.rate, day.low, day.high),
        needed=DELAYS_NEEDED,
    )


def _quartiles(timed: FirstReplies) -> tuple[Hours | None, Hours | None, Hours | None]:
    if len(timed) < DELAYS_NEEDED:
        return None, None, None
    low, middle, high = clustered_quantiles(timed.delay, timed.person, (0.25, 0.5, 0.75))
    return _hours(low), _hours(middle), _hours(high)


def _hours(found: Quantile) -> Hours:
    """To a hundredth of a minute."""
    low, high = (None if end is None else round(end / DAY * 24, 4) for end in (found.low, found.high))
    return Hours(round(found.value / DAY * 24, 4), low, high)


def _over_time(connection: duckdb.DuckDBPyConnection, replies: FirstReplies) -> tuple[OutboundYear, ...]:
    rows = connection.execute(
        """SELECT year, w.messages, w.replies, coalesce(p.people, 0) FROM (
               SELECT year(make_timestamp(published)) AS year, count(*) AS messages,
                   count(*) FILTER (kind = 'others') AS replies
               FROM outbound_reply GROUP BY year
           ) w LEFT JOIN (
               SELECT year(make_timestamp(published)) AS year, count(DISTINCT person) AS people
               FROM outbound_person GROUP BY year
           ) p USING (year) ORDER BY year"""
    ).fetchall()
    timed = replies.where(replies.delay >= 0)
    years = []
    for year, messages, written, people in rows:
        of = timed.where(timed.year == year)
        years.append(OutboundYear(year, messages, written, people, len(of), _quartiles(of)[1]))
    return tuple(years)


def _clients(connection: duckdb.DuckDBPyConnection) -> Automation:
    """The programs of the replies to others, and the share of those that need no person."""
    row = first(
        connection,
        """SELECT count(*), count(*) FILTER (origin_known), count(*) FILTER (origin_known AND automatic)
           FROM outbound_reply WHERE kind = 'others'""",
    )
    replies, known, automatic = row or (0, 0, 0)
    clients = connection.execute(
        """SELECT client, count(*), bool_or(automatic) FROM outbound_reply WHERE kind = 'others' AND client IS NOT NULL
           GROUP BY client ORDER BY 2 DESC, 1 LIMIT $most""",
        {"most": MOST_CLIENTS},
    ).fetchall()
    return Automation(automatic / known if known else None, replies, known, tuple(Client(*one) for one in clients))


def _audience(connection: duckdb.DuckDBPyConnection, who: Who, scope: Scope) -> Audience | None:
    """Followers of the people it replied to; None where nobody's are known."""
    found = connection.execute(
        """WITH person AS (SELECT DISTINCT person FROM outbound_person),
           account AS (
               SELECT o.person, coalesce(p.actor, o.person) AS actor
               FROM person o LEFT JOIN people p ON p.person = o.person
           ),
           seen AS (
               SELECT s.actor, arg_max(s.followers, (s.observed, s.followers)) AS followers FROM standings s
               SEMI JOIN account a ON a.actor = s.actor WHERE s.observed <= $as_of GROUP BY s.actor
           )
           SELECT max(coalesce(s.followers, n.followers)) AS followers
           FROM account a LEFT JOIN seen s ON s.actor = a.actor LEFT JOIN actors n ON n.id = a.actor
           GROUP BY a.person HAVING max(coalesce(s.followers, n.followers)) IS NOT NULL""",
        {"as_of": scope.as_of},
    ).fetchnumpy()
    followers: Column = np.asarray(found["followers"])
    if not len(followers):
        return None
    own = standing_of(connection, list(who.actors), scope.as_of)
    if own is None:
        return Audience(None, len(followers), None, None, None)
    small, large = int((followers < own * TENTH).sum()), int((followers >= own * THIRD).sum())
    return Audience(own, len(followers), small, len(followers) - small - large, large)


def _most(connection: duckdb.DuckDBPyConnection) -> tuple[Correspondent, ...]:
    """Those it replied to most: names of third parties."""
    rows = connection.execute(
        """SELECT u.uri, coalesce(n.name, n.handle, u.uri), m.replies, m.first, m.last FROM (
               SELECT person, count(*) AS replies, min(published) AS first, max(published) AS last
               FROM outbound_person GROUP BY person
           ) m
           LEFT JOIN uris u ON u.id = m.person
           LEFT JOIN (SELECT coalesce(p.person, a.id) AS person, min(a.name) AS name, min(a.handle) AS handle
                      FROM actors a LEFT JOIN people p ON p.actor = a.id GROUP BY 1) n ON n.person = m.person
           ORDER BY m.replies DESC, u.uri LIMIT $most""",
        {"most": MOST_SHOWN},
    ).fetchall()
    return tuple(Correspondent(uri, name, replies, iso(a) or "", iso(b) or "") for uri, name, replies, a, b in rows)


def _limits(
    coverage: tuple[CoverageLine, ...], written: Written, people: RepliedTo, delay: Delay, audience: Audience | None
) -> tuple[Reason, ...]:
    """What these numbers do not say, in plain sentences."""
    limits = [reason("reply_or_first_word"), reason("unseen")]
    if not coverage or all(line.basis is None for line in coverage):
        limits.append(reason("written_unclaimed"))
    elif any(line.outbound == "none" for line in coverage):
        limits.append(reason("written_missing"))
    if any(line.outbound == "partial" for line in coverage):
        limits.append(reason("written_partial"))
    if written.unknown:
        limits.append(reason("replies_to_unknown", count=written.unknown))
    if written.automatic:
        limits.append(reason("automatic_replies", count=written.automatic, total=written.replies))
    if people.weak:
        limits.append(reason("weak_people", count=people.weak, total=people.people))
    if delay.unnamed:
        limits.append(reason("delay_unnamed", count=delay.unnamed))
    if delay.unknown:
        limits.append(reason("delay_unknown", count=delay.unknown, total=delay.messages))
    if delay.earlier:
        limits.append(reason("delay_earlier", count=delay.earlier))
    if delay.known_by["bluesky"]:
        limits.append(reason("delay_claimed", count=delay.known_by["bluesky"], total=delay.measured))
    if people.people and audience is None:
        limits.append(reason("audience_unknown"))
    elif audience is not None and audience.own is None:
        limits.append(reason("own_audience_unknown"))
    return tuple(limits)
