"""On group channels: whose open questions it takes up."""

from __future__ import annotations

import duckdb
import numpy as np

from permadani.findings import cells
from permadani.findings.comparison import compare
from permadani.findings.design import Dimension
from permadani.findings.reasons import Reason, about, reason
from permadani.findings.results import STANDINGS, TENURES, Cell, Comparison, CoverageLine, TakesUp
from permadani.findings.unheard import unheard
from permadani.measures.judged import Column, Judged
from permadani.measures.network import Scope
from permadani.measures.takes_up import any_replies, open_questions

LINKED_ROOTS, LINKED_SHARE = 10, 0.02
"""Where under 2 of 100 of ten or more questions have any reply, replies are not tied to what they answer."""


def takes_up_of(
    connection: duckdb.DuckDBPyConnection, subject: int, coverage: tuple[CoverageLine, ...], scope: Scope, *,
    followers: int | None = None, thrifty: bool = False,
) -> TakesUp:  # fmt: skip
    """Who is chosen among the questions that nobody had answered yet: newcomers or regulars, juniors or seniors.

    A newcomer asks or writes there for the first time. A question leaves the choice when somebody else answers it.
    The verdict is that between newcomers and regulars: how many people listen to somebody is seldom known in a group.
    ``followers``: its own.
    """
    group = {row[0] for row in connection.execute("SELECT channel FROM group_channel").fetchall()}
    lines = [line for line in coverage if line.channel in group]
    if not lines:
        return TakesUp("not_measurable", reason("no_group_channel"))
    why = _unmeasurable(connection, subject, lines)
    if why is not None:
        return TakesUp("not_measurable", why)
    rows = open_questions(connection, subject, scope)
    if not len(rows):
        return TakesUp("not_enough_evidence", reason("no_open_questions"))
    rows = rows.where(~np.isin(rows.channel, _unlinked(connection)))
    if not len(rows):
        return TakesUp("not_measurable", reason("questions_unlinked"))
    used = set(np.unique(rows.channel).tolist())
    complete = all(line.inbound == line.outbound == "complete" for line in lines if line.channel in used)
    of_class, of_tenure = cells.classes(rows), rows.tenure
    by_tenure = _compared(rows, of_tenure, "tenure", complete, None, thrifty)
    by_standing = _compared(rows, of_class, "standing", complete, followers, thrifty)
    return TakesUp(by_tenure.verdict, by_tenure.reason, by_standing, by_tenure)


def _unmeasurable(connection: duckdb.DuckDBPyConnection, subject: int, lines: list[CoverageLine]) -> Reason | None:
    if any(line.inbound != "none" and line.outbound != "none" for line in lines):
        return None
    if all(line.basis is None for line in lines):
        return reason("no_coverage", channel=", ".join(line.channel for line in lines))
    if any(line.inbound != "none" for line in lines):
        return reason("no_outbound")
    return unheard(connection, subject, [line.channel for line in lines])


def _unlinked(connection: duckdb.DuckDBPyConnection) -> list[str]:
    """Channels (chat rooms, for one) where nothing says which message answers which."""
    return [
        channel for channel, (roots, replied) in any_replies(connection).items()
        if roots >= LINKED_ROOTS and replied < LINKED_SHARE * roots
    ]  # fmt: skip


def _compared(
    rows: Judged, groups: Column, dimension: Dimension, complete: bool, followers: int | None, thrifty: bool
) -> Comparison:
    some = rows.substance == "substantive"
    counted = _counted(rows, groups, dimension)
    with_substance = _counted(rows.where(some), groups[some], dimension)
    if (groups == "unknown").all():
        return Comparison("not_measurable", reason("no_standing"), counted, with_substance)
    if not rows.answered.any():
        return Comparison("not_enough_evidence", reason("took_up_nothing"), counted, with_substance)
    found = compare(rows, groups, dimension, accusable=complete, followers=followers, thrifty=thrifty)
    why = about("questions", found.reason)
    return Comparison(found.verdict, why, counted, with_substance, found.blind_choice, found.odds_ratio, found.model)


def _counted(rows: Judged, groups: Column, dimension: Dimension) -> dict[str, Cell]:
    names = STANDINGS if dimension == "standing" else TENURES
    return {name: cells.cell(rows.where(groups == name)) for name in names}
