"""The audit of one account: measures and statistics put together into an answer that says how sure it is."""

from __future__ import annotations

from dataclasses import dataclass

import duckdb
import numpy as np

from permadani.findings import cells
from permadani.findings.evidence import evidence_of
from permadani.findings.participation import participation_of
from permadani.findings.permission import is_public, require_permission
from permadani.findings.reasons import Reason, reason
from permadani.findings.results import (
    Amplification,
    Answers,
    Audit,
    Cell,
    Comparison,
    CoverageLine,
    LeftOut,
    Overall,
    Practice,
    TakesUp,
    Verdict,
    Waiting,
)
from permadani.findings.subject import automation_of, coverage_of, iso, limits_of, namesakes_of, subject_of
from permadani.measures.judged import Column, Judged, judged_rows
from permadani.measures.network import DAY, FOREVER, Scope, run
from permadani.settings import WINDOW_DAYS
from permadani.store.who import Who, person_of

ENOUGH, ENOUGH_ASKERS = 20, 10
"""Judged messages, and people behind them, below which a rate says too little to stand alone."""
FEW = 0.02


@dataclass(frozen=True, slots=True)
class Question:
    """What an audit looks at. Times in microseconds UTC, None: no bound."""

    since: int | None = None
    until: int | None = None
    as_of: int | None = None
    me: bool = False
    research: bool = False
    evidence: bool = False

    def scope(self) -> Scope:
        plain = Scope()
        return Scope(
            since=-FOREVER if self.since is None else self.since,
            until=FOREVER if self.until is None else self.until,
            as_of=plain.as_of if self.as_of is None else self.as_of,
        )


def audit(connection: duckdb.DuckDBPyConnection, who: Who, question: Question) -> Audit:
    """The audit of one person or account.

    Raises:
        Refusal: a verdict about somebody who is not public, without ``me`` or ``research``.
    """
    require_permission(connection, who, me=question.me, research=question.research)
    return _audits(connection, [who], question)[0]


def audit_all(connection: duckdb.DuckDBPyConnection, question: Question, min_approaches: int) -> list[Audit]:
    """Audits of everybody who was approached often enough.

    With ``research``: in the order of their ids. Without it: only public accounts that do answer, best lower bound
    first; nobody is listed for not answering.
    """
    rows = connection.execute(
        """SELECT coalesce(p.person, i.recipient) AS subject FROM inbox i LEFT JOIN people p ON p.actor = i.recipient
           WHERE i.via <> 'thread' GROUP BY 1 HAVING count(DISTINCT (i.actor, i.thread)) >= $least""",
        {"least": max(1, min_approaches)},
    ).fetchall()
    people = [person_of(connection, row[0]) for row in rows]
    people = [who for who in people if who.actors]
    if not question.research:
        people = [who for who in people if is_public(connection, list(who.actors)) and not _opted_out(connection, who)]
    found = [a for a in _audits(connection, people, question) if (_approaches(a) or 0) >= min_approaches]
    if question.research:
        return sorted(found, key=lambda a: a.actor.id)
    answering = [a for a in found if a.answers.overall.cell and (a.answers.overall.cell.low or 0) > FEW]
    return sorted(answering, key=lambda a: (-_low(a), a.actor.id))


def _opted_out(connection: duckdb.DuckDBPyConnection, who: Who) -> bool:
    """Whether any of its accounts asked not to be indexed: such people are in no list."""
    rows = connection.execute(
        "SELECT 1 FROM actors WHERE opted_out AND id IN (SELECT unnest($a::BIGINT[])) LIMIT 1", {"a": list(who.actors)}
    ).fetchall()
    return bool(rows)


def _approaches(audit: Audit) -> int | None:
    return audit.answers.overall.cell.approaches if audit.answers.overall.cell else None


def _low(audit: Audit) -> float:
    cell = audit.answers.overall.cell
    return cell.low if cell and cell.low is not None else 0.0


def _audits(connection: duckdb.DuckDBPyConnection, people: list[Who], question: Question) -> list[Audit]:
    if not people:
        return []
    scope = question.scope()
    run(connection, {who.subject: list(who.actors) for who in people}, scope)
    rows = judged_rows(connection, scope.window)
    return [_audit(connection, who, rows.get(who.subject), scope, question) for who in people]


def _audit(
    connection: duckdb.DuckDBPyConnection, who: Who, rows: Judged | None, scope: Scope, question: Question
) -> Audit:
    coverage = coverage_of(connection, who.subject)
    namesakes = namesakes_of(connection, who)
    return Audit(
        actor=subject_of(connection, who, scope.as_of),
        period=_period(coverage, scope),
        coverage=coverage,
        answers=_answers(connection, who, rows, coverage, namesakes, scope, question),
        takes_up=TakesUp("not_measurable", reason("no_group_channel")),
        amplification=Amplification("not_enough_evidence", reason("no_reshares"), {}),
        participation=participation_of(connection, who.subject, coverage),
        practice=Practice("not_enough_evidence", reason("no_claims")),
        regulars_unanswered=None if rows is None else cells.regulars_unanswered(rows),
        automation=automation_of(connection, who.subject),
        limits=limits_of(connection, who, rows, coverage, namesakes),
        private=question.evidence,
        window_days=scope.window // DAY,
    )


def _period(coverage: tuple[CoverageLine, ...], scope: Scope) -> tuple[str | None, str | None]:
    """What was asked for, cut to what was covered."""
    since = [line.since for line in coverage if line.since]
    until = [line.until for line in coverage if line.until]
    first, last = min(since, default=None), max(until, default=None)
    if scope.since > -FOREVER:
        first = max(filter(None, (first, iso(scope.since))))
    end = min(scope.until, scope.as_of)
    if end < Scope().as_of:
        last = min(filter(None, (last, iso(end))))
    return first, last


def _unmeasurable(coverage: tuple[CoverageLine, ...], group: set[str]) -> Reason | None:
    """Why no answer rate can be given at all, or None."""
    personal = [line for line in coverage if line.channel not in group]
    if any(line.inbound != "none" and line.outbound != "none" for line in personal):
        return None
    if coverage and not personal:
        return reason("group_channel")
    if all(line.basis is None for line in personal):
        names = ", ".join(line.channel for line in personal)
        return reason("no_coverage", channel=names) if names else reason("no_inbound")
    return reason("no_outbound" if any(line.inbound != "none" for line in personal) else "no_inbound")


def _answers(
    connection: duckdb.DuckDBPyConnection,
    who: Who,
    rows: Judged | None,
    coverage: tuple[CoverageLine, ...],
    namesakes: int,
    scope: Scope,
    question: Question,
) -> Answers:
    group = {row[0] for row in connection.execute("SELECT channel FROM group_channel").fetchall()}
    why = _unmeasurable(coverage, group)
    if why is not None:
        return _nothing_to_say("not_measurable", why)
    if rows is None:
        return _nothing_to_say("not_enough_evidence", reason("no_approaches"))
    matched = cells.matched(rows)
    by_year = cells.years(rows, matched, *_load(connection, who, scope))
    measurable = rows.where(matched)
    joined = cells.joined_threads(rows)
    if not len(measurable):
        why = reason("matching_failed", joined=joined.joined, threads=joined.threads)
        overall = Overall("not_measurable", why, _without_rate(cells.cell(rows)))
        empty = Comparison("not_measurable", why, {}, {})
        standing, tenure, trend = empty, empty, None
        waiting_time: dict[str, Waiting] = {}
    else:
        of_class = cells.classes(measurable)
        complete = _complete(coverage, measurable)
        overall = _overall(measurable, complete, namesakes)
        standing = _by_standing(measurable, of_class)
        tenure = Comparison(
            "not_enough_evidence", reason("comparison_not_built"),
            cells.by_tenure(measurable), cells.by_tenure(cells.substantive(measurable)),
        )  # fmt: skip
        waiting_time = cells.waiting(measurable, of_class)
        trend = cells.trend_of(measurable, by_year)
        if trend == "fell" and not complete:
            trend = None
    return Answers(
        overall=overall,
        by_standing=standing,
        by_tenure=tenure,
        matching=cells.matching(rows),
        over_time=by_year,
        trend=trend,
        waiting_time=waiting_time,
        left_out=_left_out(connection, who.subject, rows, scope),
        acknowledged=_acknowledged(connection, who.subject, rows, scope.as_of),
        evidence=evidence_of(connection, who.subject, rows, cells.classes(rows, measurable))
        if question.evidence
        else None,
    )


def _nothing_to_say(verdict: Verdict, why: Reason) -> Answers:
    nothing = Comparison(verdict, why, {}, {})
    return Answers(Overall(verdict, why, None), nothing, nothing, None, (), None, {}, None, None)


def _without_rate(cell: Cell) -> Cell:
    return Cell(cell.approaches, cell.eligible, cell.answered, cell.answered_late, cell.askers, None, None, None)


def _complete(coverage: tuple[CoverageLine, ...], rows: Judged) -> bool:
    """Whether every channel these rows come from is completely covered, both ways."""
    used = set(np.unique(rows.channel).tolist())
    return all(line.inbound == line.outbound == "complete" for line in coverage if line.channel in used)


def _overall(rows: Judged, complete: bool, namesakes: int) -> Overall:
    """The share of everybody, and *answers few of anyone* only where nothing at all speaks against it."""
    cell = cells.cell(rows)
    judged_askers = len(np.unique(rows.asker[rows.eligible.astype(bool)]))
    if cell.eligible < ENOUGH or judged_askers < ENOUGH_ASKERS or cell.high is None:
        counts = {"eligible": cell.eligible, "askers": judged_askers, "needed": ENOUGH, "people": ENOUGH_ASKERS}
        return Overall("not_enough_evidence", reason("too_few", **counts), cell)
    if cell.high >= FEW:
        few_of_part = cell.answered == 0 and not complete
        return Overall("not_enough_evidence", reason("few_but_partial" if few_of_part else "no_yardstick"), cell)
    against = cells.doubts(rows)
    if not complete:
        why = reason("few_but_partial")
    elif namesakes:
        why = reason("few_but_namesakes", count=namesakes)
    elif against.ever >= FEW:
        why = reason("few_but_late")
    elif against.people >= FEW:
        why = reason("few_but_people", people=f"{100 * against.people:.0f}")
    elif against.joined >= FEW or against.anywhere >= FEW:
        why = reason("few_but_matching")
    else:
        values = {"high": f"{100 * cell.high:.1f}", "days": WINDOW_DAYS, "eligible": cell.eligible}
        return Overall("answers_few", reason("answers_few", **values), cell)
    return Overall("not_enough_evidence", why, cell)


def _by_standing(rows: Judged, of_class: Column) -> Comparison:
    counted = cells.by_standing(rows, of_class)
    some = rows.substance == "substantive"
    with_substance = cells.by_standing(rows.where(some), of_class[some])
    known = sum(cell.approaches for name, cell in counted.items() if name != "unknown")
    if not known:
        return Comparison("not_measurable", reason("no_standing"), counted, with_substance)
    return Comparison("not_enough_evidence", reason("comparison_not_built"), counted, with_substance)


def _load(connection: duckdb.DuckDBPyConnection, who: Who, scope: Scope) -> tuple[dict[int, int], dict[int, int]]:
    """By year: how many messages it wrote to others in reply, and its own last standing."""
    answers = connection.execute(
        """SELECT year(make_timestamp(moment)), count(DISTINCT object) FROM own_message
           WHERE subject = $s AND via IN ('reply', 'to') AND NOT automatic GROUP BY 1""",
        {"s": who.subject},
    ).fetchall()
    standings = connection.execute(
        """SELECT year(make_timestamp(observed)), arg_max(followers, (observed, followers)) FROM standings
           WHERE actor IN (SELECT unnest($a::BIGINT[])) AND observed <= $as_of GROUP BY 1""",
        {"a": list(who.actors), "as_of": scope.as_of},
    ).fetchall()
    return dict(answers), dict(standings)


def _left_out(connection: duckdb.DuckDBPyConnection, subject: int, rows: Judged, scope: Scope) -> LeftOut:
    """What is in no denominator, each message once, of what could be judged at all."""
    period = {"s": subject, "since": scope.since, "until": scope.until}
    counts = dict(
        connection.execute(
            """SELECT why, count(*) FROM left_out
               WHERE subject = $s AND moment >= $since AND moment <= $until GROUP BY why""",
            period,
        ).fetchall()
    )
    spam, automatic, deleted, texts = connection.execute(
        """SELECT coalesce(bool_or(m.spam_known), false), coalesce(bool_or(m.origin_known), false),
               coalesce(bool_or(m.deleted_known), false), count(w.object) > 0
           FROM message m JOIN span c ON c.subject = m.subject AND c.channel = m.channel
           LEFT JOIN wording w ON w.object = m.object
           WHERE m.subject = $s AND c.inbound <> 'none' AND c.outbound <> 'none'
               AND m.channel NOT IN (SELECT channel FROM group_channel)
               AND m.moment >= $since AND m.moment <= $until""",
        period,
    ).fetchall()[0]
    # only pitches sent to people who had written there: what it begins is no answer anyway
    own_pitches = connection.execute(
        """SELECT count(*) FROM own_pitch p JOIN own_object o ON o.subject = p.subject AND o.object = p.object
           WHERE p.subject = $s AND p.back AND o.published >= $since AND o.published <= $until""",
        period,
    ).fetchall()[0][0]
    written, read = connection.execute(
        """SELECT count(*), count(w.object) FROM (SELECT DISTINCT object FROM own_message WHERE subject = $s) m
           LEFT JOIN wording w ON w.object = m.object AND w.own""",
        {"s": subject},
    ).fetchall()[0]
    matched = cells.matched(rows)
    judged = rows.where(matched) if matched.any() else rows
    return LeftOut(
        spam=counts.get("spam", 0) if spam else None,
        automatic=counts.get("automatic", 0) if automatic else None,
        deleted=counts.get("deleted", 0) if deleted else None,
        not_reached=int((judged.ripe & ~judged.reached.astype(bool)).sum()),
        too_young=int((~judged.ripe.astype(bool)).sum()),
        inherited_mentions=counts.get("inherited", 0) + counts.get("unclear", 0),
        pitches=counts.get("pitch", 0) if texts else None,
        abuse=counts.get("abuse", 0) if scope.abuse else None,
        own_pitches=own_pitches if read or not written else None,
    )


def _acknowledged(connection: duckdb.DuckDBPyConnection, subject: int, rows: Judged, as_of: int) -> int | None:
    """Unanswered approaches it liked; None where none of its likes are known."""
    likes = connection.execute(
        """SELECT 1 FROM likes l JOIN subject s ON l.actor = s.actor
           WHERE s.subject = $s AND coalesce(l.published <= $as_of, true) LIMIT 1""",
        {"s": subject, "as_of": as_of},
    ).fetchall()
    return int((rows.acknowledged & ~rows.answered & ~rows.late).sum()) if likes else None
