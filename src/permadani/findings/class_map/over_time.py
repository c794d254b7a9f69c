"""The same figures for every period by itself."""

from __future__ import annotations

import numpy as np

from permadani.findings.class_map.answers import NO_ANSWERS, Answers
from permadani.findings.class_map.periods import Periods
from permadani.findings.class_map.reception import READ, knows_followers, reception_by
from permadani.findings.class_map.rows import Acts, Rows, places_by, rows_at
from permadani.findings.class_map.unequal import reshares_received
from permadani.findings.results import Inequality, PeriodOfMap, ReceptionBy
from permadani.measures.judged import Column

Written = dict[int, tuple[ReceptionBy, Inequality | None]]
"""By the number of each period with posts, in order: how they were received, and how they were passed on."""


def written_over_time(received: Rows, acts: Acts) -> Written:
    """``received``: of ``messages.received_rows``."""
    followed = knows_followers(received)
    reshares = places_by(acts.reshares["period"])
    found: Written = {}
    for one, places in places_by(received["period"]).items():
        posts = rows_at(received, READ, places)
        passed = rows_at(acts.reshares, ("taker",), reshares.get(one)) if reshares else None
        reception = reception_by(posts, in_time=True, followed=followed)
        found[one] = reception, reshares_received(posts, passed, acts.person)
    return found


def over_time_of(written: Written, answers: Answers, calendar: Periods) -> tuple[tuple[PeriodOfMap, ...], Column]:
    """Every period with posts, and their numbers, in order."""
    lines = []
    for one, (reception, reshares) in written.items():
        since, until = calendar.bounds(one)
        of = answers.periods.get(one, NO_ANSWERS)
        inside, outside, relative = of.sides
        lines.append(
            PeriodOfMap(
                period=calendar.name(one), since=since, until=until, reception=reception, answers=of.matrix,
                seniors_to_seniors=inside, others_to_seniors=outside, relative=relative, answers_received=of.received,
                reshares_received=reshares,
            )
        )  # fmt: skip
    return tuple(lines), np.array(list(written), dtype=np.int64)
