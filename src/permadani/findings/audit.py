"""The audit of one account: measures and statistics put together into an answer that says how sure it is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import duckdb
import numpy as np

from permadani.findings import cells
from permadani.findings.abuse import took_out, weighed, without_list
from permadani.findings.amplification import amplification_of
from permadani.findings.answers import Draft, draft_of, followers_beside
from permadani.findings.checks import Asked
from permadani.findings.comparison import Compared, compare_all
from permadani.findings.participation import participation_of
from permadani.findings.permission import require_permission
from permadani.findings.practice import practice_of
from permadani.findings.question import Question
from permadani.findings.reasons import reason
from permadani.findings.results import Answers, Audit, CoverageLine
from permadani.findings.subject import (
    abuse_of,
    automation_of,
    coverage_of,
    limits_of,
    namesakes_of,
    period_of,
    subject_of,
)
from permadani.findings.takes_up import takes_up_of
from permadani.findings.usual import usual_of
from permadani.findings.withheld import fit_to_pass_on
from permadani.measures.judged import Column, Judged, judged_rows
from permadani.measures.network import DAY, Scope, run
from permadani.store.who import Who

AT_ONCE = 16
"""So many accounts are compared together."""


def audit(connection: duckdb.DuckDBPyConnection, who: Who, question: Question) -> Audit:
    """The audit of one person or account.

    Raises:
        Refusal: a verdict about somebody who is not public, without ``me`` or ``research``.
    """
    require_permission(connection, who, me=question.me, research=question.research)
    found = next(audits(connection, [who], question))
    if question.notes is not None and question.notes.abuse and took_out(connection):
        found = weighed(found, next(audits(connection, [who], without_list(question))))
    return found if question.own_eyes else fit_to_pass_on(found)


def audits(
    connection: duckdb.DuckDBPyConnection, people: list[Who], question: Question, *, thrifty: bool = False
) -> Iterator[Audit]:
    """Audits of many, in their order, with signs.

    ``thrifty``: comparisons that leave no question are made the cheaper way.
    """
    if not people:
        return
    scope = question.scope()
    run(connection, {who.subject: list(who.actors) for who in people}, scope)
    rows = judged_rows(connection, scope.window)
    for start in range(0, len(people), AT_ONCE):
        drafts = [_drafted(connection, who, rows.get(who.subject), scope, question)
                  for who in people[start : start + AT_ONCE]]  # fmt: skip
        asked = [one.asked() for one in drafts]
        compared = iter(compare_all([one for some in asked for one in some], thrifty=thrifty))
        for draft, some in zip(drafts, asked, strict=True):
            yield _finished(draft, {one.dimension: next(compared) for one in some}, thrifty=thrifty)


@dataclass(frozen=True)
class _Drafted:
    connection: duckdb.DuckDBPyConnection
    who: Who
    rows: Judged | None
    coverage: tuple[CoverageLine, ...]
    namesakes: int
    answers: Draft | Answers
    scope: Scope
    question: Question

    def asked(self) -> list[Asked]:
        return self.answers.asked() if isinstance(self.answers, Draft) and self.answers.comparable else []


def _drafted(
    connection: duckdb.DuckDBPyConnection, who: Who, rows: Judged | None, scope: Scope, question: Question
) -> _Drafted:
    coverage = coverage_of(connection, who.subject)
    namesakes = namesakes_of(connection, who)
    answers = draft_of(connection, who, rows, coverage, namesakes, scope, question)
    return _Drafted(connection, who, rows, coverage, namesakes, answers, scope, question)


def _finished(draft: _Drafted, compared: dict[str, Compared], *, thrifty: bool) -> Audit:
    connection, who, rows, coverage, scope = draft.connection, draft.who, draft.rows, draft.coverage, draft.scope
    subject, asked = who.subject, draft.question
    answers = draft.answers.finished(compared) if isinstance(draft.answers, Draft) else draft.answers
    if asked.usual:
        usual = usual_of(connection, who, answers.overall.cell, scope)
        why = answers.overall.reason
        if why.key == "no_yardstick":
            why = reason("no_usual" if usual is None else "usual_known")
        answers = replace(answers, overall=replace(answers.overall, reason=why, usual=usual))
    followers = followers_beside(connection, who, scope)
    amplification = amplification_of(
        connection, subject, rows, _classes(draft), coverage, scope, followers=followers,
        namesakes=draft.namesakes, thrifty=thrifty,
    )  # fmt: skip
    participation = participation_of(connection, subject, coverage, draft.namesakes, scope)
    practice = practice_of(
        connection, who, answers, amplification, participation, asked.claims, scope,
        rows=rows, coverage=coverage, namesakes=draft.namesakes,
    )  # fmt: skip
    abuse = abuse_of(connection, subject, scope)
    return Audit(
        actor=subject_of(connection, who, scope.as_of),
        period=period_of(coverage, scope),
        coverage=coverage,
        answers=answers,
        takes_up=takes_up_of(connection, subject, coverage, scope, followers=followers, thrifty=thrifty),
        amplification=amplification,
        participation=participation,
        practice=practice,
        regulars_unanswered=None if rows is None else cells.regulars_unanswered(rows),
        automation=automation_of(connection, subject, scope),
        limits=limits_of(connection, who, rows, coverage, draft.namesakes, abuse, scope),
        statement=None if asked.notes is None else asked.notes.statement(abuse),
        private=asked.evidence,
        window_days=scope.window // DAY,
    )


def _classes(draft: _Drafted) -> Column:
    """The classes of all approaches, ranked among those that can be measured where there are such."""
    if draft.rows is None:
        return np.array([], dtype="<U7")
    among = draft.answers.measurable if isinstance(draft.answers, Draft) and draft.answers.comparable else None
    return cells.classes(draft.rows, among)
