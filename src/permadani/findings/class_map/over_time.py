"""The same figures for every period by itself."""

from __future__ import annotations

import numpy as np

from permadani.findings.class_map.closure import sides_of
from permadani.findings.class_map.events import Events
from permadani.findings.class_map.matrices import answers_matrix
from permadani.findings.class_map.periods import Periods
from permadani.findings.class_map.reception import READ, knows_followers, reception_by
from permadani.findings.class_map.rows import Measured, Rows
from permadani.findings.class_map.unequal import reshares_received, spread
from permadani.findings.reasons import reason
from permadani.findings.results import PeriodOfMap
from permadani.measures.judged import Column
from permadani.statistics.order import by_number

NOWHERE = np.zeros(0, dtype=np.int64)


def over_time_of(
    found: Measured, calendar: Periods, events: Events, answered: Rows
) -> tuple[tuple[PeriodOfMap, ...], Column]:
    """Every period with posts, and their numbers, in order."""
    followed = knows_followers(found.received)
    posts, answers, reshares = (_by_period(rows["period"]) for rows in (found.received, answered, found.reshares))
    lines, numbers = [], []
    for one, places in posts.items():
        written = _rows(found.received, READ, places)
        passed = _rows(found.reshares, ("taker",), reshares.get(one, NOWHERE)) if reshares else None
        got = _rows(answered, ("person", "received"), answers.get(one, NOWHERE))
        here = events.within(one)
        sides = sides_of(here) if len(here) else (None, None, None)
        since, until = calendar.bounds(one)
        numbers.append(one)
        lines.append(
            PeriodOfMap(
                period=calendar.name(one), since=since, until=until,
                reception=reception_by(written, in_time=True, followed=followed),
                answers=answers_matrix(here, None, reason("map_no_answers")), seniors_to_seniors=sides[0],
                others_to_seniors=sides[1], relative=sides[2], answers_received=spread(got),
                reshares_received=reshares_received(written, passed, found.person),
            )
        )  # fmt: skip
    return tuple(lines), np.array(numbers, dtype=np.int64)


def _by_period(period: Column) -> dict[int, Column]:
    """The places of the rows of each period, in order of periods; nothing of no rows."""
    if not len(period):
        return {}
    first, last = int(period.min()), int(period.max())
    order, begins = by_number(period - first, last - first + 1)
    places = np.split(order, begins[1:-1])
    return {first + number: here for number, here in enumerate(places) if len(here)}


def _rows(found: Rows, names: tuple[str, ...], places: Column) -> Rows:
    return {name: found[name][places] for name in names}
