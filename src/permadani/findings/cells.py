"""From measured rows to cells: counts with their interval, by class, by tenure, by year."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from permadani.findings.reasons import reason
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


def classes(rows: Judged, among: Judged | None = None) -> Column:
    """The class of each approach's asker, shape (n,): ranks among all askers of known standing, else unknown.

    ``among``: whose askers are ranked, where not these rows' own.

    An asker counts once, by the standing before the last approach.
    """
    ranked = rows if among is None else among
    askers, latest = np.unique(ranked.asker[::-1], return_index=True)
    standings = ranked.standing[::-1][latest]
    known = ~np.isnan(standings)
    named = dict(zip(askers[known].tolist(), rank_classes(standings[known]).tolist(), strict=True))
    return np.array([named.get(asker, "unknown") for asker in rows.asker.tolist()], dtype="<U7")


def by_standing(rows: Judged, of: Column) -> dict[str, Cell]:
    return {name: cell(rows.where(of == name)) for name in STANDINGS}


def by_tenure(rows: Judged) -> dict[str, Cell]:
    return {name: cell(rows.where(rows.tenure == name)) for name in TENURES}


def substantive(rows: Judged) -> Judged:
    return rows.where(rows.substance == "substantive")


@dataclass(frozen=True, slots=True)
class Doubts:
    """Upper bounds (0..1) of everything that speaks against "answers few": each must be low before it is said."""

    answered: float
    ever: float
    joined: float
    anywhere: float
    people: float


def doubts(rows: Judged) -> Doubts:
    """Of the eligible: answered in time; ever; the thread joined in time; the asker addressed anywhere in time; and
    of the people who asked, those ever answered."""
    eligible = rows.where(rows.eligible.astype(bool))

    def upper(outcomes: Column, clusters: Column) -> float:
        high = clustered_share(outcomes, clusters).high
        return 1.0 if high is None else high

    ever = eligible.answered | eligible.late
    _, index = np.unique(eligible.asker, return_inverse=True)
    heard = np.bincount(index, weights=ever) > 0 if len(eligible) else np.zeros(0)
    return Doubts(
        answered=upper(eligible.answered, eligible.asker),
        ever=upper(ever, eligible.asker),
        joined=upper(eligible.joined_in_time, eligible.asker),
        anywhere=upper(eligible.anywhere | eligible.answered, eligible.asker),
        people=upper(heard, np.arange(len(heard))),
    )


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


def matched(rows: Judged) -> Column:
    """Whether answers can be tied to messages, judged for each channel and year, shape (n,): where one comment system
    lost its links, another channel's answers must not hide it."""
    result = np.ones(len(rows), dtype=bool)
    for channel, year in {*zip(rows.channel.tolist(), rows.year.tolist(), strict=True)}:
        some = (rows.channel == channel) & (rows.year == year)
        result[some] = joined_threads(rows.where(some)).found
    for channel in set(rows.channel.tolist()):  # thin years tell nothing alone, but together they may
        some = rows.channel == channel
        if not joined_threads(rows.where(some)).found:
            result[some] = False
    return result


def years(rows: Judged, measurable: Column, answers: dict[int, int], standings: dict[int, int]) -> tuple[Year, ...]:
    """The same frequencies by year of the approach, with the account's load and standing beside them.

    ``measurable``: see ``matched``. ``answers``: all answers it gave, by year. ``standings``: its own standing, last
    seen that year.
    """
    result = []
    for year in sorted({int(y) for y in np.unique(rows.year)}):
        whole = rows.where(rows.year == year)
        joined, of_year = joined_threads(whole), rows.where((rows.year == year) & measurable)
        counted = cell(of_year)
        if not len(of_year):
            counted = cell(whole)
            why = reason("unmeasurable_year", joined=joined.joined, threads=joined.threads)
            counted = Cell(counted.approaches, counted.eligible, counted.answered, counted.answered_late,
                           counted.askers, None, None, None)  # fmt: skip
            result.append(Year(year, counted, answers.get(year, 0), standings.get(year), False, why))
            continue
        # where it was away the whole year, "0 of everybody" would blame absence
        around = counted.eligible > 0
        in_time = _of_everybody(of_year, of_year.answered) if around else None
        ever = _of_everybody(of_year, of_year.answered | of_year.late) if around else None
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
    wider = logistic_slope(rows.joined_in_time[mask], rows.year[mask], rows.asker[mask])
    first, last = usable[0].cell, usable[-1].cell
    if first.low is None or first.high is None or last.low is None or last.high is None:
        return None
    word = trend(slope, usable[-1].year - usable[0].year, (first.low, first.high), (last.low, last.high))
    if word == "fell" and (wider is None or wider.high >= 0):
        return None  # it went on joining those conversations: perhaps only the links between messages got lost
    return word


def waiting(rows: Judged, of: Column) -> dict[str, Waiting]:
    """Time to an answer of those who wrote while it was around, by class and by tenure; empty groups are left out."""
    groups = {"all": np.ones(len(rows), dtype=bool)}
    groups |= {name: of == name for name in STANDINGS if name != "unknown"}
    groups |= {name: rows.tenure == name for name in TENURES}
    result = {}
    for name, mask in groups.items():
        some = rows.where(mask & (rows.watched > 0) & (rows.reached.astype(bool) | ~np.isnan(rows.waited)))
        if len(some):
            came = ~np.isnan(some.waited)
            found = kaplan_meier(np.where(came, some.waited, some.watched), came, DAY)
            shares = [None if x is None else float(x) for x in (found.by, found.low, found.high)]
            result[name] = Waiting(found.n, hours(found.median), *shares)
    return result


def regulars_unanswered(rows: Judged) -> int | None:
    """Askers with an account who came at least twice, could be answered each time, and never were (late included).

    None where nothing could be judged, or nobody has an account.
    """
    counted = rows.where(rows.eligible & ~rows.weak.astype(bool))
    if not len(counted):
        return None
    _, index = np.unique(counted.asker, return_inverse=True)
    times = np.bincount(index)
    heard = np.bincount(index, weights=counted.answered | counted.late)
    return int(((times >= 2) & (heard == 0)).sum())
