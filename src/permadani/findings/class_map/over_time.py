"""The same figures for every period by itself."""

from __future__ import annotations

import numpy as np

from permadani.findings.class_map.closure import sides_of
from permadani.findings.class_map.events import Events
from permadani.findings.class_map.matrices import answers_matrix
from permadani.findings.class_map.periods import Periods
from permadani.findings.class_map.reception import knows_followers, reception_by
from permadani.findings.class_map.rows import Measured, Rows, by_period
from permadani.findings.class_map.unequal import reshares_received, spread
from permadani.findings.reasons import reason
from permadani.findings.results import PeriodOfMap
from permadani.measures.judged import Column


def over_time_of(
    found: Measured, calendar: Periods, events: Events, answered: Rows
) -> tuple[tuple[PeriodOfMap, ...], Column]:
    """Every period with posts, and their numbers, in order."""
    followed = knows_followers(found.received)
    answers, reshares = dict(by_period(answered)), dict(by_period(found.reshares))
    none = {name: values[:0] for name, values in found.reshares.items()} if reshares else None
    lines, numbers = [], []
    for one, posts in by_period(found.received):
        here = events.within(one)
        sides = sides_of(here) if len(here) else (None, None, None)
        since, until = calendar.bounds(one)
        numbers.append(one)
        lines.append(
            PeriodOfMap(
                period=calendar.name(one), since=since, until=until,
                reception=reception_by(posts, in_time=True, followed=followed),
                answers=answers_matrix(here, None, reason("map_no_answers")), seniors_to_seniors=sides[0],
                others_to_seniors=sides[1], relative=sides[2], answers_received=spread(answers.get(one)),
                reshares_received=reshares_received(posts, reshares.get(one, none), found.person),
            )
        )  # fmt: skip
    return tuple(lines), np.array(numbers, dtype=np.int64)
