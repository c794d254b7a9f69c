"""Question 4: does it do what it advises others to do? Both sides are shown; the reader judges.

A claim is held against the messages (or posts) that came since it was published; one without a date against all. It is
*contradicted* only if the 99 % interval lies wholly below the bound, both directions were completely covered, and
nothing else could explain it; *borne out* if the interval lies wholly at or above; else *not checkable*.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

import duckdb
import numpy as np

from permadani.findings import cells
from permadani.findings.amplification import passed_on, shown_channels
from permadani.findings.claims import MOST, GivenClaim, Said, claims_found, claims_given
from permadani.findings.dates import iso
from permadani.findings.participation import UNKNOWN, against_joins, posts_of
from permadani.findings.reasons import Reason, reason
from permadani.findings.results import (
    Amplification,
    Answers,
    Claim,
    Comparison,
    CoverageLine,
    Overall,
    Participation,
    Practice,
    Rate,
)
from permadani.findings.unlinked import unlinked_of
from permadani.measures.judged import Column, Judged
from permadani.measures.network import FOREVER, Scope
from permadani.statistics.intervals import Share, clustered_share
from permadani.store.who import Who

LEVEL, ENOUGH = 0.99, 20
"""The level of the interval, and how many messages or posts must be judged since the words were published."""
Outcome = Literal["borne_out", "contradicted", "not_checkable"]


@dataclass(frozen=True, slots=True)
class _Measured:
    """``figure``: None where nothing was measured, because of ``reason``. ``against``: what forbids to contradict."""

    figure: Share | None
    reason: Reason | None = None
    against: Reason | None = None


@dataclass(frozen=True)
class _Evidence:
    connection: duckdb.DuckDBPyConnection
    subject: int
    rows: Judged | None
    coverage: tuple[CoverageLine, ...]
    namesakes: int
    answers: Answers
    amplification: Amplification
    participation: Participation
    scope: Scope


def practice_of(
    connection: duckdb.DuckDBPyConnection, who: Who, answers: Answers, amplification: Amplification,
    participation: Participation, given: Sequence[GivenClaim] | None, scope: Scope, *,
    rows: Judged | None, coverage: tuple[CoverageLine, ...], namesakes: int,
) -> Practice:  # fmt: skip
    """Claims beside deeds. ``given``: claims from a file, shown before those found; ``rows``: all its approaches."""
    until = min(scope.until, scope.as_of)
    heard = [one for one in claims_found(connection, who.subject) if one.published is None or one.published <= until]
    said = [*claims_given(connection, who.subject, tuple(given or ())), *heard]
    evidence = _Evidence(
        connection, who.subject, rows, coverage, namesakes, answers, amplification, participation, scope
    )
    return told(tuple(_claim(one, evidence) for one in said[:MOST]))


def told(claims: tuple[Claim, ...]) -> Practice:
    """The claims with the counts of their outcomes."""
    if not claims:
        return Practice("not_enough_evidence", reason("no_claims"))
    outcomes = Counter(one.outcome for one in claims)
    counts = {name: outcomes[name] for name in ("borne_out", "contradicted", "not_checkable")}
    return Practice("not_enough_evidence", reason("claims_found", count=len(claims), **counts), claims)


def _claim(said: Said, evidence: _Evidence) -> Claim:
    since = -FOREVER if said.published is None else said.published
    if said.checked_by == "amplification":
        measured = _amplified(evidence, since, said.threshold)
    elif said.checked_by == "participation":
        measured = _joined(evidence, since, said.threshold)
    else:
        measured = _answered(evidence, since, said)
    outcome, why = _outcome(measured, said.threshold)
    share = measured.figure
    figure = None if share is None else Rate(share.successes, share.n, share.rate, share.low, share.high)
    return Claim(
        said.quote, said.object, iso(said.published), said.checked_by, said.threshold, outcome, why, figure, said.rule,
        said.url,
    )  # fmt: skip


def _outcome(measured: _Measured, threshold: float) -> tuple[Outcome, Reason]:
    share = measured.figure
    if share is None:
        return "not_checkable", measured.reason or reason("claim_open")
    if share.n < ENOUGH or share.low is None or share.high is None:
        return "not_checkable", reason("claim_too_few", count=share.n, needed=ENOUGH)
    if share.low >= threshold:
        return "borne_out", reason("claim_borne_out")
    if share.high >= threshold:
        return "not_checkable", reason("claim_open")
    if measured.against is not None:
        return "not_checkable", measured.against
    return "contradicted", reason("claim_contradicted")


def _answered(evidence: _Evidence, since: int, said: Said) -> _Measured:
    """The share answered in time of those who wrote since then: of all, or of the group that the claim names."""
    _, part, *group = said.checked_by.split(".")
    question: Overall | Comparison = getattr(evidence.answers, part)
    if evidence.rows is None or question.verdict == "not_measurable":
        return _Measured(None, question.reason)
    rows = evidence.rows.where(cells.matched(evidence.rows))
    some = rows.eligible.astype(bool) & (rows.moment >= since)
    if group == ["newcomer"]:
        some &= rows.tenure == "newcomer"
    elif group:
        some &= cells.classes(rows) == group[0]
    judged = rows.where(some)
    share = clustered_share(judged.answered, judged.asker, LEVEL)
    return _Measured(share, against=_against_answers(evidence, judged, since, said.threshold))


def _against_answers(evidence: _Evidence, judged: Judged, since: int, threshold: float) -> Reason | None:
    """What forbids to say that fewer were answered than the words promise, or None."""
    if not _complete(evidence.coverage, judged.channel):
        return reason("few_but_partial")
    if evidence.namesakes:
        return reason("few_but_namesakes", count=evidence.namesakes)
    if not _below(judged.answered | judged.late, judged.asker, threshold):
        return reason("few_but_late")
    scope = replace(evidence.scope, since=max(since, evidence.scope.since))
    unlinked = unlinked_of(evidence.connection, evidence.subject, {*judged.channel.tolist()}, scope)
    if (judged.answered | judged.late).sum() + unlinked >= threshold * len(judged):
        return reason("few_but_unlinked", count=unlinked)
    elsewhere = judged.joined_in_time | judged.anywhere | judged.answered
    return None if _below(elsewhere, judged.asker, threshold) else reason("few_but_matching")


def _amplified(evidence: _Evidence, since: int, threshold: float) -> _Measured:
    """The share passed on of the messages of substance that came since then, where reshares can be seen."""
    question = evidence.amplification
    whose_only = question.reason.key == "no_standing"  # that its askers are in no class takes nothing from the share
    if evidence.rows is None or (question.verdict == "not_measurable" and not whose_only):
        return _Measured(None, question.reason)
    rows = evidence.rows.where(np.isin(evidence.rows.channel, sorted(shown_channels(evidence.connection))))
    rows = passed_on(evidence.connection, evidence.subject, rows, evidence.scope.window)
    rows = rows.where(rows.eligible.astype(bool) & (rows.moment >= since))
    judged = rows.where(rows.substance == "substantive")
    share = clustered_share(judged.answered, judged.asker, LEVEL)
    against: Reason | None = None
    if not _complete(evidence.coverage, judged.channel):
        against = reason("few_but_partial")
    elif len(rows) and float((rows.substance == "unknown").mean()) > UNKNOWN:
        against = reason("claim_dull")
    elif not _below(judged.answered | judged.late, judged.asker, threshold):
        against = reason("few_but_late")
    elif question.others is not None:
        # whose readers they are is not known: what it passed on may be theirs
        against = reason("claim_reshares_others", count=question.others.reshares, people=question.others.people)
    return _Measured(share, against=against)


def _joined(evidence: _Evidence, since: int, threshold: float) -> _Measured:
    """The share joined of its own posts since then that drew comments of substance, clustered by week."""
    question = evidence.participation
    if question.verdict == "not_measurable":
        return _Measured(None, question.reason)
    posts, _ = posts_of(evidence.connection, evidence.subject, since)
    scope = replace(evidence.scope, since=max(since, evidence.scope.since))
    unlinked = unlinked_of(evidence.connection, evidence.subject, posts.channels, scope)
    against = against_joins(posts, evidence.coverage, evidence.namesakes, unlinked, threshold, LEVEL)
    if against is not None and against.key == "too_dull":
        against = reason("claim_dull")
    return _Measured(posts.share(posts.joined, LEVEL), against=against)


def _below(outcomes: Column, clusters: Column, threshold: float) -> bool:
    high = clustered_share(outcomes, clusters, LEVEL).high
    return high is not None and high < threshold


def _complete(coverage: tuple[CoverageLine, ...], channels: Column) -> bool:
    """Whether every channel that was used is completely covered, both ways."""
    used = set(np.unique(channels).tolist())
    return all(line.inbound == line.outbound == "complete" for line in coverage if line.channel in used)
