"""What a statement's list of abuse does to an audit: it takes messages out, but no evidence away.

The list is the account's own word, and unchecked. So the audit is made once more without it: what is worse then is
told, and what is favourable only with it is not said.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TypeVar

import duckdb

from permadani.findings.practice import told
from permadani.findings.question import Question
from permadani.findings.reasons import Reason, reason
from permadani.findings.results import Amplification, Audit, Claim, Comparison, Participation

Part = TypeVar("Part", Comparison, Amplification, Participation)
FAVOURABLE = ("even_handed", "favours", "takes_part")
RESTS = reason("rests_on_abuse")


def took_out(connection: duckdb.DuckDBPyConnection) -> bool:
    """Whether the list names any message of what was measured last."""
    return bool(connection.execute("SELECT 1 FROM abuse LIMIT 1").fetchall())


def without_list(question: Question) -> Question:
    """The same question, of figures alone, where nothing is called abuse."""
    notes = None if question.notes is None else replace(question.notes, abuse=())
    return replace(question, notes=notes, evidence=False, usual=False)


def weighed(audit: Audit, plain: Audit) -> Audit:
    """The audit with what its list of abuse changes. ``plain``: the same without the list."""
    answers, other = audit.answers, plain.answers
    return replace(
        audit,
        answers=replace(
            answers,
            by_standing=_own(answers.by_standing, other.by_standing),
            by_tenure=_own(answers.by_tenure, other.by_tenure),
        ),
        amplification=_own(audit.amplification, plain.amplification),
        participation=_own(audit.participation, plain.participation),
        practice=told(
            tuple(_claim(*both) for both in zip(audit.practice.claims, plain.practice.claims, strict=True)),
        ),
        limits=(*audit.limits, *(reason("abuse_changes", what=what) for what in _worse(audit, plain))),
    )


def _own(found: Part, plain: Part) -> Part:
    """What is found, unless it is favourable and only so with the list."""
    if found.verdict in FAVOURABLE and plain.verdict != found.verdict:
        return replace(found, verdict="not_enough_evidence", reason=RESTS)
    return found


def _claim(found: Claim, plain: Claim) -> Claim:
    if found.outcome == "borne_out" and plain.outcome != "borne_out":
        return replace(found, outcome="not_checkable", reason=RESTS)
    return found


def _worse(audit: Audit, plain: Audit) -> Iterator[Reason]:
    """What the audit would say against the account without the list; signs are not told."""
    answers, other = audit.answers, plain.answers
    for found, without, verdict, key in (
        (answers.overall, other.overall, "answers_few", "abuse_answers_few"),
        (answers.by_standing, other.by_standing, "passes_over", "abuse_passes_over_juniors"),
        (answers.by_tenure, other.by_tenure, "passes_over", "abuse_passes_over_newcomers"),
        (audit.amplification, plain.amplification, "passes_over", "abuse_passes_over_reshares"),
        (audit.participation, plain.participation, "rarely", "abuse_rarely"),
    ):
        if without.verdict == verdict != found.verdict:
            yield reason(key)
    both = zip(audit.practice.claims, plain.practice.claims, strict=True)
    contradicted = sum(without.outcome == "contradicted" != found.outcome for found, without in both)
    if contradicted:
        yield reason("abuse_contradicted", count=contradicted)
