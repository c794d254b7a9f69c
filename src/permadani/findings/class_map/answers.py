"""Who answers whom, in all and by period: all that comes of the answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from permadani.findings.class_map.closure import closure_of, rich_club_of, sides_of
from permadani.findings.class_map.events import Events, events_of
from permadani.findings.class_map.matrices import answers_matrix, shares_of
from permadani.findings.class_map.members import Members
from permadani.findings.class_map.rows import Acts, places_by, rows_at
from permadani.findings.class_map.unequal import answers_received, spread
from permadani.findings.reasons import Reason, reason
from permadani.findings.results import ChannelOfMap, Closure, Inequality, Matrix, Ratio, RichClub
from permadani.measures.class_map import SENIOR


@dataclass(frozen=True, slots=True)
class AnswersOf:
    """One period. ``sides``: as of ``closure.sides_of``."""

    matrix: Matrix
    sides: tuple[Ratio | None, Ratio | None, Ratio | None]
    received: Inequality | None


@dataclass(frozen=True, slots=True)
class Answers:
    """``periods``: by number, those in which anybody answered or was approached."""

    matrix: Matrix
    closure: Closure
    received: Inequality | None
    periods: dict[int, AnswersOf]


def answers_of(acts: Acts, members: Members, channels: Sequence[ChannelOfMap], window: int) -> Answers:
    """``window``: in microseconds."""
    events = events_of(acts, window)
    nothing = _no_answers(channels, events)
    closure, compared = closure_of(
        events, _club(acts, members, len(channels)), nothing, partial=any(one.level == "partial" for one in channels),
        by_age=lambda: events_of(acts, window, by_age=True),
    )  # fmt: skip
    received = answers_received(acts)
    places = places_by(received["period"])
    periods = {}
    for one in sorted({*places, *np.unique(compared.period).tolist()}):
        here = compared.within(one)
        got = rows_at(received, ("person", "received"), places.get(one))
        sides = sides_of(here) if len(here) else (None, None, None)
        periods[one] = AnswersOf(answers_matrix(here, None, reason("map_no_answers")), sides, spread(got))
    return Answers(
        matrix=answers_matrix(events, shares_of(acts.approaches, acts.person), nothing), closure=closure,
        received=spread(received), periods=periods,
    )  # fmt: skip


NO_ANSWERS = AnswersOf(Matrix(0, 0, (), reason("map_no_answers")), (None, None, None), None)
"""Of a period in which nobody was approached."""


def _club(acts: Acts, members: Members, channels: int) -> RichClub | None:
    """None where no channel has seniors."""
    seniors = np.bincount(members.channel[members.group == SENIOR], minlength=channels)
    return rich_club_of(acts.tied, seniors, acts.club) if seniors.sum() else None


def _no_answers(channels: Sequence[ChannelOfMap], events: Events) -> Reason | None:
    """Why nothing can be said of who answers whom; None where it can."""
    if all(one.level == "none" for one in channels):
        return reason("map_nothing_observed")
    if not len(events):
        seen = [one for one in channels if one.level != "none"]
        return reason("map_flat" if all(one.flat for one in seen) else "map_no_answers")
    if not any(one.juniors + one.middle + one.seniors for one in channels):
        return reason("map_no_classes")
    return None
