"""What fell and what rose over the periods, with the intervals of the slopes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from math import log

import numpy as np

from permadani.findings.class_map.over_time import Written
from permadani.findings.class_map.periods import Periods
from permadani.findings.class_map.rows import Rows
from permadani.findings.reasons import reason
from permadani.findings.results import Estimate, PeriodOfMap, ReceptionBy, TrendOf
from permadani.findings.results.class_map import Change
from permadani.measures.class_map import CLASSES, TENURES
from permadani.measures.judged import Column
from permadani.statistics.trend import STEADY, Slope, logistic_slope, trend, weighted_slope

NORMAL = 1.959964
LEAST_PERIODS = 3
EVEN_GINI = 0.05
"""A change of the coefficient over the whole span that stays within so much is called steady (a convention)."""
Bounds = tuple[float, float]


def reception_trends(received: Rows, written: Written, calendar: Periods) -> tuple[TrendOf, ...]:
    """How reception changed. ``received``: of ``messages.received_rows``."""
    if len(written) < LEAST_PERIODS:
        return ()
    found = []
    year = float(calendar.years(np.ones(1))[0])
    for kind, names, column in (
        ("all", ("all",), None),
        ("class", CLASSES, "class"),
        ("tenure", TENURES[:1], "tenure"),
    ):
        for code, name in enumerate(names):
            bounds = [_reception(one, kind, name) for one, _ in written.values()]
            places = slice(None) if column is None else np.flatnonzero(received[column] == code)
            found.append(_of_reception(name, received, places, bounds, year))
    return tuple(found)


def trends_of(
    reception: tuple[TrendOf, ...], periods: Sequence[PeriodOfMap], numbers: Column, calendar: Periods, *, partial: bool
) -> tuple[TrendOf, ...]:
    """``reception``: of ``reception_trends``; ``numbers``: of the periods, which stand in order.

    ``partial``: only part was collected, perhaps another part each year: then nothing is said to have changed.
    """
    if len(periods) < LEAST_PERIODS:
        return ()
    when = calendar.years(numbers)
    found = [
        *reception,
        _weighted("closure", [_log_ratio(one) for one in periods], when, STEADY),
        _weighted("gini_answers", [_gini(one, "answers_received") for one in periods], when, EVEN_GINI),
        _weighted("gini_reshares", [_gini(one, "reshares_received") for one in periods], when, EVEN_GINI),
    ]
    return tuple(_with_reason(one, partial=partial) for one in found if one.change is not None)


def _with_reason(trend_of: TrendOf, *, partial: bool) -> TrendOf:
    if partial:
        return replace(trend_of, word=None, reason=reason("map_trend_partial"))
    return trend_of if trend_of.word else replace(trend_of, reason=reason("map_trend_unsure"))


def _reception(by: ReceptionBy, kind: str, name: str) -> Bounds | None:
    cell = by.all if kind == "all" else by.by_class[name] if kind == "class" else by.by_tenure[name]
    return None if cell.low is None or cell.high is None else (cell.low, cell.high)


def _of_reception(
    name: str, received: Rows, places: Column | slice, bounds: Sequence[Bounds | None], year: float
) -> TrendOf:
    """``places``: of the rows in question. ``year``: so much of one is a period."""
    told = [one for one in bounds if one is not None]
    if len(told) < LEAST_PERIODS:
        return TrendOf("reception", name, None, None)
    names = ("in_time", "period", "person", "old")
    in_time, period, person, old = (received[one][places] for one in names)
    by_period = logistic_slope(in_time, period, person, old, between=True)
    slope = by_period and Slope(*(one / year for one in (by_period.value, by_period.low, by_period.high)))
    span = float(np.ptp(period[old > 0])) * year
    return TrendOf("reception", name, _estimate(slope), trend(slope, span, told[0], told[-1]))


def _weighted(what: str, values: Sequence[tuple[float, float, float] | None], when: Column, even: float) -> TrendOf:
    told = [(one, moment) for one, moment in zip(values, when, strict=True) if one is not None]
    if len(told) < LEAST_PERIODS:
        return TrendOf(what, "all", None, None)  # type: ignore[arg-type]
    rows, moments = np.array([one for one, _ in told]), np.array([moment for _, moment in told])
    errors = (rows[:, 2] - rows[:, 1]) / (2 * NORMAL)
    slope = weighted_slope(rows[:, 0], errors, moments)
    word = _word(slope, float(np.ptp(moments)), (rows[0, 1], rows[0, 2]), (rows[-1, 1], rows[-1, 2]), even)
    return TrendOf(what, "all", _estimate(slope), word)  # type: ignore[arg-type]


def _word(slope: Slope | None, span: float, first: Bounds, last: Bounds, even: float) -> Change | None:
    word = trend(slope, span, first, last)
    if word in ("fell", "rose") or slope is None:
        return word
    return "steady" if slope.low * span > -even and slope.high * span < even else None


def _log_ratio(period: PeriodOfMap) -> tuple[float, float, float] | None:
    of = period.relative
    if of is None or not of.value or not of.low or of.high is None:
        return None
    return log(of.value), log(of.low), log(of.high)


def _gini(period: PeriodOfMap, which: str) -> tuple[float, float, float] | None:
    spread = getattr(period, which)
    if spread is None or spread.gini is None or spread.gini.high <= spread.gini.low:
        return None
    return spread.gini.value, spread.gini.low, spread.gini.high


def _estimate(slope: Slope | None) -> Estimate | None:
    return None if slope is None else Estimate(slope.value, slope.low, slope.high)
