"""Question 1: does it answer, and juniors as it answers seniors, newcomers as it answers regulars?"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal

import duckdb
import numpy as np

from permadani.findings import cells
from permadani.findings.checks import Asked
from permadani.findings.comparison import Compared
from permadani.findings.evidence import evidence_of
from permadani.findings.left_out import acknowledged_of, left_out_of
from permadani.findings.overall import overall_of
from permadani.findings.permission import standing_of
from permadani.findings.question import Question
from permadani.findings.reasons import Reason, reason
from permadani.findings.results import Answers, Cell, Comparison, CoverageLine, LeftOut, Overall, Verdict, Year
from permadani.findings.unheard import unheard
from permadani.findings.unlinked import unlinked_of
from permadani.measures.judged import Column, Judged
from permadani.measures.network import Scope
from permadani.statistics.trend import Trend
from permadani.store.rows import first
from permadani.store.who import Who

UNKNOWN_STANDING = 0.15
"""With more messages than this by people of unknown standing, those known may be a selection: nothing accusing."""
UNLINKED = 0.2
"""Where more than this of its answers may be among messages that can be tied to nothing, whose they were is unknown."""
DELETED = 0.1
"""With more messages than this deleted since, whose were left unanswered may not be seen."""
NAMED = 0.2
"""Where more of the answers than this were found only by the name they call, others without a name were missed."""


@dataclass(frozen=True)
class Draft:
    """Everything but the comparisons, which are made for many accounts at once.

    ``rows``: all approaches; ``measurable``: where answers can be tied to messages; ``of_class``: their classes.
    """

    connection: duckdb.DuckDBPyConnection
    who: Who
    rows: Judged
    measurable: Judged
    of_class: Column
    complete: bool
    namesakes: int
    followers: int | None
    scope: Scope
    question: Question
    over_time: tuple[Year, ...]

    @property
    def comparable(self) -> bool:
        return bool(len(self.measurable))

    def asked(self) -> list[Asked]:
        """By standing, where it is known of anybody, and by tenure."""
        asked = [Asked(self.measurable, self.measurable.tenure, "tenure", self.doubt is None)]
        if (self.of_class != "unknown").any():
            sure = self.doubt is None and self._unknown_standing() <= UNKNOWN_STANDING
            asked.append(Asked(self.measurable, self.of_class, "standing", sure, self.followers))
        return asked

    @cached_property
    def left_out(self) -> LeftOut:
        return left_out_of(self.connection, self.who.subject, self.rows, self.scope)

    @cached_property
    def unlinked(self) -> int:
        """Own messages, on the channels that can be measured, that nothing ties to what they answered."""
        channels = {*self.measurable.channel.tolist()}
        return unlinked_of(self.connection, self.who.subject, channels, self.scope)

    def _unknown_standing(self) -> float:
        """Share of approaches by people of no class."""
        return float((self.of_class == "unknown").mean())

    @cached_property
    def doubt(self) -> Reason | None:
        """Why nothing accusing may be said, whatever the figures, or None."""
        if not self.complete:
            return reason("comparison_partial")
        if self.namesakes:
            return reason("comparison_namesakes", count=self.namesakes)
        return self._named() or self._unlinked() or self._deleted()

    def _named(self) -> Reason | None:
        """Judged for each channel, so that another channel's links do not hide it."""
        for channel in sorted(set(self.measurable.channel.tolist())):
            some = self.measurable.where(self.measurable.channel == channel)
            answered = some.answered.astype(bool)
            named = int((answered & ~some.structural.astype(bool)).sum())
            if named > NAMED * answered.sum():
                return reason("comparison_named", named=named, answered=int(answered.sum()))
        return None

    def _unlinked(self) -> Reason | None:
        """Own messages that may have been answers to any of these, but nothing says to which."""
        rows = self.measurable
        if self.unlinked > UNLINKED * (self.unlinked + (rows.answered | rows.late).sum()):
            return reason("comparison_unlinked", count=self.unlinked)
        return None

    def _deleted(self) -> Reason | None:
        """Messages that were withdrawn perhaps because nobody answered."""
        deleted = self.left_out.deleted or 0
        if deleted > DELETED * (deleted + len(self.rows)):
            return reason("comparison_deleted", deleted=deleted, total=deleted + len(self.rows))
        return None

    def finished(self, compared: dict[str, Compared]) -> Answers:
        """``compared``: by dimension, as asked."""
        rows, measurable, scope = self.rows, self.measurable, self.scope
        if self.comparable:
            overall = overall_of(measurable, self.complete, self.namesakes, self.unlinked)
            standing, tenure = self._by_standing(compared.get("standing")), self._by_tenure(compared["tenure"])
            waiting_time = cells.waiting(measurable, self.of_class)
            trend = self._trend()
        else:
            joined = cells.joined_threads(rows)
            why = reason("matching_failed", joined=joined.joined, threads=joined.threads)
            overall = Overall("not_measurable", why, _without_rate(cells.cell(rows)))
            standing = tenure = Comparison("not_measurable", why, {}, {})
            waiting_time, trend = {}, None
        return Answers(
            overall=overall,
            by_standing=standing,
            by_tenure=tenure,
            matching=cells.matching(rows),
            over_time=self.over_time,
            trend=trend,
            waiting_time=waiting_time,
            left_out=self.left_out,
            acknowledged=acknowledged_of(self.connection, self.who.subject, rows, scope.as_of),
            evidence=evidence_of(self.connection, self.who.subject, rows, cells.classes(rows, measurable), scope.window)
            if self.question.evidence
            else None,
            standing_by=standing_by(self.connection, self.who.subject),
        )

    def _trend(self) -> Trend | None:
        trend = cells.trend_of(self.measurable, self.over_time)
        return None if trend == "fell" and not self.complete else trend

    def _by_tenure(self, compared: Compared) -> Comparison:
        rows = self.measurable
        return self._comparison(compared, cells.by_tenure(rows), cells.by_tenure(cells.substantive(rows)))

    def _by_standing(self, compared: Compared | None) -> Comparison:
        rows = self.measurable
        some = rows.substance == "substantive"
        counted = cells.by_standing(rows, self.of_class)
        with_substance = cells.by_standing(rows.where(some), self.of_class[some])
        if compared is None:
            return Comparison("not_measurable", reason("no_standing"), counted, with_substance)
        if compared.reason.key == "comparison_partial" and self.doubt is None:
            unknown = round(100 * self._unknown_standing())
            compared = replace(compared, reason=reason("comparison_unknown_standing", unknown=unknown))
        return self._comparison(compared, counted, with_substance)

    def _comparison(self, compared: Compared, counted: dict[str, Cell], with_substance: dict[str, Cell]) -> Comparison:
        why = compared.reason
        if why.key == "comparison_partial" and self.doubt is not None:
            why = self.doubt
        return Comparison(
            compared.verdict, why, counted, with_substance, compared.blind_choice, compared.odds_ratio, compared.model
        )


def draft_of(
    connection: duckdb.DuckDBPyConnection, who: Who, rows: Judged | None, coverage: tuple[CoverageLine, ...],
    namesakes: int, scope: Scope, question: Question,
) -> Draft | Answers:  # fmt: skip
    """All that is needed for question 1, or the answer at once where nothing can be said."""
    group = {row[0] for row in connection.execute("SELECT channel FROM group_channel").fetchall()}
    why = _unmeasurable(connection, who.subject, coverage, group)
    if why is not None:
        return _nothing_to_say("not_measurable", why)
    if rows is None:
        return _nothing_to_say("not_enough_evidence", reason("no_approaches"))
    matched = cells.matched(rows)
    measurable = rows.where(matched)
    return Draft(
        connection, who, rows, measurable, cells.classes(measurable), _complete(coverage, measurable), namesakes,
        followers_beside(connection, who, scope), scope, question,
        cells.years(rows, matched, *_load(connection, who, rows, scope)),
    )  # fmt: skip


def followers_beside(connection: duckdb.DuckDBPyConnection, who: Who, scope: Scope) -> int | None:
    """The account's own followers, where those of its askers are followers too and not counted in the network."""
    if standing_by(connection, who.subject) != "followers":
        return None
    return standing_of(connection, list(who.actors), scope.as_of)


def standing_by(connection: duckdb.DuckDBPyConnection, subject: int) -> Literal["followers", "network"] | None:
    """What the standing of its askers is: their followers, or people who replied to them; None where unknown of all."""
    kind = first(connection, "SELECT kind FROM standing WHERE subject = $s LIMIT 1", {"s": subject})
    if kind is None:
        return None
    return "followers" if kind[0] == "followers" else "network"


def _unmeasurable(
    connection: duckdb.DuckDBPyConnection, subject: int, coverage: tuple[CoverageLine, ...], group: set[str]
) -> Reason | None:
    """Why no answer rate can be given at all, or None."""
    personal = [line for line in coverage if line.channel not in group]
    if any(line.inbound != "none" and line.outbound != "none" for line in personal):
        return None
    if coverage and not personal:
        return reason("group_channel")
    if all(line.basis is None for line in personal):
        names = ", ".join(line.channel for line in personal)
        return reason("no_coverage", channel=names) if names else reason("no_inbound")
    if any(line.inbound != "none" for line in personal):
        return reason("no_outbound")
    return unheard(connection, subject, [line.channel for line in personal])


def _nothing_to_say(verdict: Verdict, why: Reason) -> Answers:
    nothing = Comparison(verdict, why, {}, {})
    return Answers(Overall(verdict, why, None), nothing, nothing, None, (), None, {}, None, None)


def _without_rate(cell: Cell) -> Cell:
    return Cell(cell.approaches, cell.eligible, cell.answered, cell.answered_late, cell.askers, None, None, None)


def _complete(coverage: tuple[CoverageLine, ...], rows: Judged) -> bool:
    """Whether every channel these rows come from is completely covered, both ways."""
    used = set(np.unique(rows.channel).tolist())
    return all(line.inbound == line.outbound == "complete" for line in coverage if line.channel in used)


def _load(
    connection: duckdb.DuckDBPyConnection, who: Who, rows: Judged, scope: Scope
) -> tuple[dict[int, int], dict[int, int]]:
    """By year: how many messages it wrote to others in reply on the channels that are looked at, and its standing."""
    answers = connection.execute(
        """SELECT year(make_timestamp(moment)), count(DISTINCT object) FROM own_message
           WHERE subject = $s AND via IN ('reply', 'to') AND NOT automatic
               AND channel IN (SELECT unnest($channels::VARCHAR[])) GROUP BY 1""",
        {"s": who.subject, "channels": np.unique(rows.channel).tolist()},
    ).fetchall()
    standings = connection.execute(
        """SELECT year(make_timestamp(observed)), arg_max(followers, (observed, followers)) FROM standings
           WHERE actor IN (SELECT unnest($a::BIGINT[])) AND observed <= $as_of GROUP BY 1""",
        {"a": list(who.actors), "as_of": scope.as_of},
    ).fetchall()
    return dict(answers), dict(standings)
