"""Question 2: does it pass on good words that were written to it, and whose?"""

from __future__ import annotations

from dataclasses import replace

import duckdb
import numpy as np

from permadani.findings import cells
from permadani.findings.comparison import compare
from permadani.findings.reasons import Reason, about, reason
from permadani.findings.results import STANDINGS, Amplification, Composition, CoverageLine
from permadani.findings.unheard import unheard
from permadani.measures.judged import Column, Judged
from permadani.measures.network import Scope
from permadani.statistics.concentration import gini, lorenz, top_share

UNKNOWN = 0.15
"""With more messages than this of unknown substance, nothing accusing is said."""


def amplification_of(
    connection: duckdb.DuckDBPyConnection, subject: int, rows: Judged | None, of_class: Column,
    coverage: tuple[CoverageLine, ...], scope: Scope, *, followers: int | None = None, namesakes: int = 0,
    thrifty: bool = False,
) -> Amplification:  # fmt: skip
    """Reshares and quotes of approaches of substance, as a choice among those that waited; and what else it reshared.

    ``rows``: its approaches; None where it has none. ``of_class``: their classes, shape (n,). ``followers``: its own.
    ``namesakes``: unlinked signatures of its name in its conversations.
    """
    shown = shown_channels(connection)
    others = _others(connection, subject, rows, of_class, scope)
    why = _unmeasurable(connection, subject, coverage, shown)
    if why is not None:
        return Amplification("not_measurable", why, {}, others=others)
    if rows is None:
        return Amplification("not_enough_evidence", reason("no_approaches"), {}, others=others)
    visible = np.isin(rows.channel, sorted(shown))
    rows, of_class = passed_on(connection, subject, rows.where(visible), scope.window), of_class[visible]
    dull = float((rows.substance == "unknown").mean()) if len(rows) else 0.0
    some = rows.substance == "substantive"
    rows, of_class = rows.where(some), of_class[some]
    if not len(rows):
        return Amplification("not_enough_evidence", reason("nothing_of_substance"), {}, others=others)
    counted = cells.by_standing(rows, of_class)
    used = set(np.unique(rows.channel).tolist())
    complete = all(line.inbound == line.outbound == "complete" for line in coverage if line.channel in used)
    if not rows.answered.any():
        # that it passed nothing on can be said only if all that it passed on was seen
        sent = all(line.outbound == "complete" for line in coverage if line.channel in used)
        why = reason("no_reshares" if sent else "no_reshares_partial")
        return Amplification("not_enough_evidence", why, counted, others=others)
    if (of_class == "unknown").all():
        return Amplification("not_measurable", reason("no_standing"), counted, others=others)
    # an unlinked account of the same name may pass on what this one does not
    accusable = complete and dull <= UNKNOWN and not namesakes and float((of_class == "unknown").mean()) <= UNKNOWN
    found = compare(rows, of_class, "standing", accusable=accusable, followers=followers, thrifty=thrifty)
    return Amplification(
        found.verdict,
        about("reshares", found.reason),
        counted,
        found.blind_choice,
        found.odds_ratio,
        found.model,
        others,
    )


def shown_channels(connection: duckdb.DuckDBPyConnection) -> set[str]:
    """Where anybody's reshares can be seen."""
    return {row[0] for row in connection.execute("SELECT channel FROM reshare_channel").fetchall()}


def _unmeasurable(
    connection: duckdb.DuckDBPyConnection, subject: int, coverage: tuple[CoverageLine, ...], shown: set[str]
) -> Reason | None:
    """Why nothing can be said of what it passed on, or None."""
    sent = [line for line in coverage if line.outbound != "none"]
    if not sent:
        named = ", ".join(line.channel for line in coverage)
        unclaimed = all(line.basis is None for line in coverage)
        return reason("no_coverage", channel=named) if coverage and unclaimed else reason("no_outbound")
    seen = [line for line in sent if line.channel in shown]
    if not seen:
        return reason("reshares_unseen", channel=", ".join(line.channel for line in sent))
    if any(line.inbound != "none" for line in seen):
        return None
    if all(line.inbound == "none" for line in coverage):
        return unheard(connection, subject, [line.channel for line in coverage])
    return reason("no_inbound_there", channel=", ".join(line.channel for line in seen))


def passed_on(connection: duckdb.DuckDBPyConnection, subject: int, rows: Judged, window: int) -> Judged:
    """The same approaches with the time until each was first passed on in the place of the answer."""
    first = dict(
        connection.execute(
            "SELECT approach, min(moment) FROM reshare WHERE subject = $s AND approach IS NOT NULL GROUP BY approach",
            {"s": subject},
        ).fetchall()
    )
    waited = np.array([first.get(one, np.nan) for one in rows.object.tolist()], dtype=np.float64) - rows.moment
    return replace(rows, waited=waited, answered=waited <= window, late=waited > window)


def _others(
    connection: duckdb.DuckDBPyConnection, subject: int, rows: Judged | None, of_class: Column, scope: Scope
) -> Composition | None:
    """What it reshared that was not written to it; None where it reshared nothing else."""
    found = connection.execute(
        """SELECT author, standing FROM reshare WHERE subject = $s AND approach IS NULL
           AND moment >= $since AND moment <= $until ORDER BY author, object""",
        {"s": subject, "since": scope.since, "until": scope.until},
    ).fetchnumpy()
    if not len(found["author"]):
        return None
    authors, counts = np.unique(np.asarray(found["author"]), return_counts=True)
    standings = np.ma.filled(np.ma.asarray(found["standing"]).astype(np.float64), np.nan)
    if rows is None or not _by_followers(connection, subject):
        standings = np.full(len(standings), np.nan)
    names = _within_bounds(standings, rows, of_class)
    return Composition(
        reshares=int(counts.sum()),
        people=len(authors),
        by_class={name: int((names == name).sum()) for name in STANDINGS},
        gini=gini(counts),
        lorenz=lorenz(counts),
        top_share=top_share(counts),
    )


def _by_followers(connection: duckdb.DuckDBPyConnection, subject: int) -> bool:
    """Whether the classes of its askers rest on followers: other kinds of standing are not mixed with these."""
    kinds = connection.execute("SELECT DISTINCT kind FROM standing WHERE subject = $s", {"s": subject}).fetchall()
    return kinds == [("followers",)]


def _within_bounds(standings: Column, rows: Judged | None, of_class: Column) -> Column:
    """Classes of other people by the bounds of its askers' classes, shape (n,): no more followers than a junior has,
    no fewer than a senior, else middle; unknown stays unknown."""
    names = np.full(len(standings), "unknown", dtype="<U7")
    if rows is None or (of_class == "unknown").all():
        return names
    _, latest = np.unique(rows.asker[::-1], return_index=True)  # an asker's class is by the last standing
    last, of_asker = rows.standing[::-1][latest], of_class[::-1][latest]
    known = ~np.isnan(standings)
    names[known] = "middle"
    seniors, juniors = last[of_asker == "senior"], last[of_asker == "junior"]
    if len(seniors):
        names[known & (standings >= seniors.min())] = "senior"
    if len(juniors):
        names[known & (standings <= juniors.max())] = "junior"
    return names
