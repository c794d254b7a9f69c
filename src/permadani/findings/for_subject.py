"""The list for the subject of an audit: every message written to it, why it counts or does not, and what it was
matched to."""

from __future__ import annotations

from collections import Counter
from typing import Any

import duckdb

from permadani.findings import cells
from permadani.findings.dates import iso
from permadani.findings.evidence import state_of
from permadani.findings.permission import require_permission
from permadani.findings.question import Question
from permadani.findings.reasons import Reason, reason
from permadani.findings.results import Match, OwnPitch, Received, State, SubjectList, Totals
from permadani.findings.subject import coverage_of, period_of, subject_of
from permadani.measures.judged import Column, Judged, judged_rows
from permadani.measures.network import DAY, Scope, run
from permadani.store.who import Who

MESSAGES = """
    SELECT m.object, mu.uri, coalesce(n.name, n.handle, nu.uri), nu.uri, m.channel, m.moment, m.via, t.text, t.url,
        l.why, au.uri, r.moment, back.text, back.url, r.matched_by
    FROM message m
    LEFT JOIN left_out l ON l.subject = m.subject AND l.object = m.object
    LEFT JOIN answer r ON r.subject = m.subject AND r.approach = m.object
    LEFT JOIN uris mu ON mu.id = m.object LEFT JOIN uris nu ON nu.id = m.actor LEFT JOIN actors n ON n.id = m.actor
    LEFT JOIN texts t ON t.object = m.object
    LEFT JOIN uris au ON au.id = r.answer LEFT JOIN texts back ON back.object = r.answer
    WHERE m.subject = $s AND m.moment >= $since AND m.moment <= $until ORDER BY m.moment, m.object
"""
OWN_PITCHES = """
    SELECT u.uri, o.published, t.text, t.url, p.recipients, p.copied
    FROM own_pitch p JOIN own_object o ON o.subject = p.subject AND o.object = p.object
    JOIN span c ON c.subject = o.subject AND c.channel = o.channel
    LEFT JOIN uris u ON u.id = p.object LEFT JOIN texts t ON t.object = p.object
    WHERE p.subject = $s AND p.back AND o.published >= $since AND o.published <= $until
        AND c.inbound <> 'none' AND c.outbound <> 'none' AND o.channel NOT IN (SELECT channel FROM group_channel)
    ORDER BY o.published, o.object
"""


def for_subject(connection: duckdb.DuckDBPyConnection, who: Who, question: Question) -> SubjectList:
    """Everything that the audit of the same question counted or left out, message by message, in order of time.

    Raises:
        Refusal: as for an audit.
    """
    require_permission(connection, who, me=question.me, research=question.research)
    scope = question.scope()
    run(connection, {who.subject: list(who.actors)}, scope)
    rows = judged_rows(connection, scope.window).get(who.subject)
    values = {"s": who.subject, "since": scope.since, "until": scope.until}
    judged = {} if rows is None else _judged(rows, scope.window)
    messages = tuple(
        _received(row, judged.get(row[0]), scope) for row in connection.execute(MESSAGES, values).fetchall()
    )
    coverage = coverage_of(connection, who.subject)
    return SubjectList(
        actor=subject_of(connection, who, scope.as_of),
        period=period_of(coverage, scope),
        window_days=scope.window // DAY,
        coverage=coverage,
        messages=messages,
        own_pitches=tuple(_own_pitch(row) for row in connection.execute(OWN_PITCHES, values).fetchall()),
        totals=_totals(messages),
    )


class _Judged:
    """One approach as the audit judged it."""

    __slots__ = ("eligible", "matched", "ripe", "standing", "state", "substance", "tenure", "unobserved")

    def __init__(self, rows: Judged, i: int, matched: bool, of_class: Column, tenure: str, unobserved: bool) -> None:
        self.unobserved = unobserved
        self.eligible, self.ripe, self.matched = bool(rows.eligible[i]), bool(rows.ripe[i]), matched
        self.state: State = state_of(rows, i, unobserved)
        self.standing, self.substance = str(of_class[i]), str(rows.substance[i])
        self.tenure = tenure


def _judged(rows: Judged, window: int) -> dict[int, _Judged]:
    matched = cells.matched(rows)
    of_class = cells.classes(rows, rows.where(matched) if matched.any() else None)
    tenure, unobserved = rows.tenure, rows.unobserved(window)
    return {
        int(number): _Judged(rows, i, bool(matched[i]), of_class, str(tenure[i]), bool(unobserved[i]))
        for i, number in enumerate(rows.object.tolist())
    }


def _received(row: tuple[Any, ...], judged: _Judged | None, scope: Scope) -> Received:
    _, uri, asker, asker_id, channel, moment, via, text, url, why, answer, answered, back, back_url, by = row
    match = None if answer is None else Match(answer, iso(answered) or "", back, back_url, by)
    counts, because = _why(via, why, judged, scope)
    return Received(
        object=uri, asker=asker, asker_id=asker_id, channel=channel, published=iso(moment) or "", via=via, text=text,
        url=url, counts=counts, why=because,
        state=judged.state if judged else None, standing=judged.standing if judged else None,
        tenure=judged.tenure if judged else None, substance=judged.substance if judged else None, match=match,
    )  # fmt: skip


def _why(via: str, left_out: str | None, judged: _Judged | None, scope: Scope) -> tuple[bool, Reason]:
    """Whether a message is in the denominator, and why."""
    if judged is None:
        return False, reason(f"list_{left_out}")
    if not judged.matched:
        return False, reason("list_unmatched")
    days = scope.window // DAY
    if not judged.ripe:
        return False, reason("list_unobserved" if judged.unobserved else "list_too_young", days=days)
    if not judged.eligible:
        return False, reason("list_not_reached", days=days)
    return True, reason(f"list_{via}")


def _own_pitch(row: tuple[Any, ...]) -> OwnPitch:
    uri, published, text, url, recipients, copied = row
    why = reason("list_own_pitch_copied", recipients=recipients) if copied else reason("list_own_pitch")
    return OwnPitch(uri, iso(published) or "", text, url, recipients, why)


def _totals(messages: tuple[Received, ...]) -> Totals:
    """Of what could be matched; where nothing could, of all approaches."""
    approaches = [one for one in messages if one.state is not None]
    matched = [one for one in approaches if one.why.key != "list_unmatched"] or approaches
    counted = [one for one in matched if one.counts]
    return Totals(
        messages=len(messages),
        approaches=len(matched),
        eligible=len(counted),
        answered=sum(one.state == "answered" for one in counted),
        answered_late=sum(one.state == "answered_late" for one in matched),
        not_counted=dict(sorted(Counter(one.why.key for one in messages if not one.counts).items())),
    )
