"""From measured rows to cells: counts with their interval, by class, by tenure, by year."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from permadani.findings.reasons import Reason, reason
from permadani.findings.results import STANDINGS, TENURES, Cell, Matching, Rate, Waiting, Year
from permadani.measures.judged import Column, Judged, hours
from permadani.measures.network import DAY
from permadani.statistics.classes import rank_classes
from permadani.statistics.intervals import clustered_share
from permadani.statistics.trend import Trend, logistic_slope, trend
from permadani.statistics.waiting import kaplan_meier

MATCHING_THREADS, MATCHING_JOINED, MATCHING_FOUND = 10, 0.5, 0.02
"""Matching has failed where the account joined half of ten or more threads, but under 2 of 100 answers were found."""
TREND_ELIGIBLE = 5
"""A year needs this many judged messages to be the first or last of a trend."""


def cell(rows: Judged) -> Cell:
    """Counts of these approaches and the share answered in time."""
    share = clustered_share(rows.answered[rows.eligible], rows.asker[rows.eligible])
    return Cell(
        approaches=len(rows),
        eligible=share.n,
        answered=share.successes,
        answered_late=int(rows.late.sum()),
        askers=len(np.unique(rows.asker)),
        rate=share.rate,
        low=share.low,
        high=share.high,
    )


def _of_everybody(rows: Judged, outcomes: Column) -> Rate:
    ripe = rows.ripe.astype(bool)
    share = clustered_share(outcomes[ripe], rows.asker[ripe])
    return Rate(share.successes, share.n, share.rate, share.low, share.high)


def classes(rows: Judged) -> Column:
    """The class of each approach's asker, shape (n,): ranks among all askers of known standing, else unknown.

    An asker counts once, by the standing before the last approach.
    """
    result = np.full(len(rows), "unknown", dtype="<U7")
    known = ~np.isnan(rows.standing)
    if not known.any():
        return result
    askers, latest = np.unique(rows.asker[::-1], return_index=True)
    standings = rows.standing[::-1][latest]
    measured = ~np.isnan(standings)
    named = dict(zip(askers[measured].tolist(), rank_classes(standings[measured]).tolist(), strict=True))
    return np.array([named.get(asker, "unknown") for asker in rows.asker.tolist()], dtype="<U7")


def by_standing(rows: Judged, of: Column) -> dict[str, Cell]:
    return {name: cell(rows.where(of == name)) for name in STANDINGS}


def by_tenure(rows: Judged) -> dict[str, Cell]:
    regular = rows.regular.astype(bool)
    return {name: cell(rows.where(regular if name == "regular" else ~regular)) for name in TENURES}


def substantive(rows: Judged) -> Judged:
    return rows.where(rows.substance == "substantive")


def matching(rows: Judged) -> Matching:
    """Bounds of what was answered in time, of the eligible."""
    eligible = rows.where(rows.eligible.astype(bool))
    structural = int((eligible.answered & eligible.structural).sum())
    named = int((eligible.answered & ~eligible.structural).sum())
    upper = int(eligible.joined_in_time.sum())
    return Matching(structural, named, structural + named, upper)


@dataclass(frozen=True, slots=True)
class Joined:
    """Of the threads in which somebody approached, how many the account joined afterwards, and whether its answers
    there could be tied to messages at all."""

    threads: int
    joined: int
    found: bool


def joined_threads(rows: Judged) -> Joined:
    threads, index = np.unique(rows.thread, return_inverse=True)
    joined = int((np.bincount(index, weights=rows.joined_ever) > 0).sum()) if len(threads) else 0
    share_found = float((rows.answered | rows.late).mean()) if len(rows) else 0.0
    failed = (
        len(threads) >= MATCHING_THREADS and joined >= MATCHING_JOINED * len(threads) and share_found < MATCHING_FOUND
    )
    return Joined(len(threads), joined, not failed)


def years(rows: Judged, answers: dict[int, int], standings: dict[int, int]) -> tuple[Year, ...]:
    """The same frequencies by year of the approach, with the account's load and standing beside them.

    ``answers``: all answers it gave, by year; ``standings``: its own standing, last seen that year.
    """
    result = []
    for year in sorted({int(y) for y in np.unique(rows.year)}):
        of_year = rows.where(rows.year == year)
        joined = joined_threads(of_year)
        counted = cell(of_year)
        if not joined.found:
            why = reason("unmeasurable_year", joined=joined.joined, threads=joined.threads)
            counted = Cell(counted.approaches, counted.eligible, counted.answered, counted.answered_late,
                           counted.askers, None, None, None)  # fmt: skip
            result.append(Year(year, counted, answers.get(year, 0), standings.get(year), False, why))
            continue
        in_time = _of_everybody(of_year, of_year.answered)
        ever = _of_everybody(of_year, of_year.answered | of_year.late)
        answers_given = answers.get(year, 0)
        result.append(Year(year, counted, answers_given, standings.get(year), True, None, in_time, ever))
    return tuple(result)


def trend_of(rows: Judged, by_year: tuple[Year, ...]) -> Trend | None:
    """Fell, rose, steady or nothing, over the years that can be measured."""
    usable = [y for y in by_year if y.measurable and y.cell.eligible >= TREND_ELIGIBLE]
    if len(usable) < 2:
        return None
    mask = rows.eligible & np.isin(rows.year, [y.year for y in usable])
    slope = logistic_slope(rows.answered[mask], rows.year[mask], rows.asker[mask])
    first, last = usable[0].cell, usable[-1].cell
    if first.low is None or first.high is None or last.low is None or last.high is None:
        return None
    return trend(slope, usable[-1].year - usable[0].year, (first.low, first.high), (last.low, last.high))


def waiting(rows: Judged, of: Column) -> dict[str, Waiting]:
    """Time to an answer, for everybody, by class and by tenure; groups without a message are left out."""
    groups = {"all": np.ones(len(rows), dtype=bool)}
    groups |= {name: of == name for name in STANDINGS if name != "unknown"}
    groups |= {"newcomer": ~rows.regular.astype(bool), "regular": rows.regular.astype(bool)}
    result = {}
    for name, mask in groups.items():
        some = rows.where(mask & (rows.watched > 0))
        if len(some):
            came = ~np.isnan(some.waited)
            found = kaplan_meier(np.where(came, some.waited, some.watched), came, DAY)
            result[name] = Waiting(found.n, hours(found.median), found.by, found.low, found.high)
    return result


def regulars_unanswered(rows: Judged) -> int:
    """Askers with an account who came at least twice, could be answered each time, and never were (late included)."""
    counted = rows.where(rows.eligible & ~rows.weak.astype(bool))
    if not len(counted):
        return 0
    _, index = np.unique(counted.asker, return_inverse=True)
    times = np.bincount(index)
    heard = np.bincount(index, weights=counted.answered | counted.late)
    return int(((times >= 2) & (heard == 0)).sum())


def unknown_reason(rows: Judged) -> Reason | None:
    """A limit line about messages whose substance is unknown."""
    count = int((rows.substance == "unknown").sum())
    return reason("unknown_substance", count=count, total=len(rows)) if count else None
