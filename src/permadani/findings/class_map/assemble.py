"""From the measures of a network to its class map."""

from __future__ import annotations

from collections.abc import Callable

import duckdb
import numpy as np

from permadani.findings.class_map.closure import closure_of, rich_club_of
from permadani.findings.class_map.events import Events, events_of
from permadani.findings.class_map.knowing import channels_of_map, left_out_of_map, limits_of_map
from permadani.findings.class_map.matrices import answers_matrix, labels_matrix, shares_of
from permadani.findings.class_map.over_time import over_time_of
from permadani.findings.class_map.periods import periods_for
from permadani.findings.class_map.question import MapQuestion
from permadani.findings.class_map.ranks import Ranks, ranks_of
from permadani.findings.class_map.reception import knows_followers, reception_by
from permadani.findings.class_map.rows import Measured, Rows, different, measured, rows_by
from permadani.findings.class_map.second import second_post
from permadani.findings.class_map.ties import reciprocity
from permadani.findings.class_map.trends import trends_of
from permadani.findings.class_map.unequal import answers_received, reshares_received, spread
from permadani.findings.dates import iso
from permadani.findings.reasons import Reason, reason
from permadani.findings.results import ChannelOfMap, ClassMap, Matrix, ReceptionOn, Reciprocity, RichClub
from permadani.measures.class_map import ONCE_RANKED, TENURES, UNTIL_RANKS, columns, open_map, ranked, rows
from permadani.measures.judged import Column
from permadani.measures.network import DAY
from permadani.store.rows import number

STEPS = len(UNTIL_RANKS) + len(ONCE_RANKED) + 4
MOST_CHANNELS = 100
"""More channels than so many are not told by themselves."""
Progress = Callable[[int, int], None]


def class_map(
    connection: duckdb.DuckDBPyConnection, question: MapQuestion, progress: Progress | None = None
) -> ClassMap:
    """The map of what was asked. ``progress``: told how many steps are done, of how many.

    Raises:
        InputError: a channel is named that the store does not hold.
    """
    steps = iter(range(1, STEPS + 1))

    def done() -> None:
        if progress is not None:
            progress(next(steps, STEPS), STEPS)

    scope = question.scope(connection)
    open_map(connection, scope, done)
    last = rows_of_last(connection)
    ranks = ranks_of(last["channel"], last["standing"])
    since, until = (int(last[name].min() if name == "first_moment" else last[name].max()) if len(last[name]) else 0
                    for name in ("first_moment", "moment"))  # fmt: skip
    calendar = periods_for(question.by, since, until)
    ranked(connection, bounds_of(ranks), calendar.numbers, done)

    channels = channels_of_map(connection, ranks)
    out = rows(connection, "left_out")
    left_out = left_out_of_map(out, int(rows(connection, "unseen_mention")["mentions"][0]))
    found = measured(connection)
    done()
    events = events_of(found, scope.window)
    done()
    answered = answers_received(found)
    tied, partial = found.tied, any(one.level == "partial" for one in channels)
    nothing = _no_answers(channels, events)
    closure, compared = closure_of(
        events, _club(connection, tied, len(channels)), nothing, partial=partial,
        by_age=lambda: events_of(found, scope.window, by_age=True),
    )  # fmt: skip
    over_time, numbers = over_time_of(found, calendar, compared, answered)
    done()
    result = ClassMap(
        period=(iso(since), iso(until)) if len(last["moment"]) else (None, None),
        by=calendar.by,
        channels=channels,
        people=number(connection, "SELECT count(DISTINCT person) FROM member"),
        posts=sum(one.posts for one in channels),
        reception=reception_by(found.received, followed=knows_followers(found.received), openings=True),
        by_channel=_by_channel(found.received, channels),
        approaches=_acts(found.approaches, ("asker", "target"), found.person, _nobody_approached(channels)),
        answers=answers_matrix(events, shares_of(found.approaches, found.person), nothing),
        reshares=_acts(found.reshares, ("giver", "taker"), found.person, reason("map_no_reshares")),
        closure=closure,
        reciprocity_of_replies=_reply_ties(found),
        reciprocity_of_reshares=_reshare_ties(connection, found) if len(found.reshares["giver"]) else None,
        answers_received=spread(answered),
        reshares_received=reshares_received(
            found.received, found.reshares if len(found.reshares["giver"]) else None, found.person
        ),
        newcomers=second_post(rows(connection, "second")),
        trends=trends_of(found.received, over_time, numbers, calendar, partial=partial),
        over_time=over_time,
        left_out=left_out,
        limits=limits_of_map(
            connection, channels, out, left_out, _tenureless(found.received), scope.window // DAY
        ),
        window_days=scope.window // DAY,
    )  # fmt: skip
    done()
    return result


def rows_of_last(connection: duckdb.DuckDBPyConnection) -> dict[str, Column]:
    """The last standing of everybody who posted; NaN where unknown."""
    last = columns(connection, "SELECT channel, first_moment, moment, standing FROM last")
    last["standing"] = np.ma.filled(np.ma.asarray(last["standing"]).astype(np.float64), np.nan)
    return last


def bounds_of(ranks: dict[int, Ranks]) -> list[tuple[int, int | None, int | None]]:
    return [(channel, one.junior_to, one.senior_from) for channel, one in ranks.items()]


def _tenureless(received: Rows) -> int:
    return int(received["posts"][received["tenure"] == TENURES.index("unknown")].sum())


def _by_channel(received: Rows, channels: tuple[ChannelOfMap, ...]) -> tuple[ReceptionOn, ...]:
    """Every channel with posts by itself (the largest hundred), in the order of their names; nothing of one alone."""
    largest = sorted(channels, key=lambda one: (-one.posts, one.channel))[:MOST_CHANNELS]
    shown = {one.channel for one in largest if one.posts}
    if len(shown) < 2:
        return ()
    found = []
    for one, posts in rows_by(received, "channel"):
        if channels[one].channel in shown:
            reception = reception_by(posts, followed=knows_followers(posts), openings=True)
            found.append(ReceptionOn(channels[one].channel, reception))
    return tuple(found)


def _acts(rows_of: Rows, names: tuple[str, str], person: Column, nothing: Reason) -> Matrix:
    giver, taker = (person[rows_of[name]] for name in names)
    source, to = (rows_of[f"{name}_class"] for name in names)
    return labels_matrix(giver, taker, source, to, rows_of["channel"], nothing)


def _club(connection: duckdb.DuckDBPyConnection, tied: Rows, channels: int) -> RichClub | None:
    """None where no channel has seniors."""
    found = columns(connection, "SELECT channel FROM member WHERE class = 2")
    seniors = np.bincount(found["channel"], minlength=channels).astype(np.int64)
    if not seniors.sum():
        return None
    return rich_club_of(tied, seniors, int(rows(connection, "club_tie")["ties"][0]))


def _no_answers(channels: tuple[ChannelOfMap, ...], events: Events) -> Reason | None:
    """Why nothing can be said of who answers whom; None where it can."""
    if all(one.level == "none" for one in channels):
        return reason("map_nothing_observed")
    if not len(events):
        seen = [one for one in channels if one.level != "none"]
        return reason("map_flat" if all(one.flat for one in seen) else "map_no_answers")
    if not any(one.juniors + one.middle + one.seniors for one in channels):
        return reason("map_no_classes")
    return None


def _nobody_approached(channels: tuple[ChannelOfMap, ...]) -> Reason:
    grouped = channels and all(one.audience == "group" for one in channels)
    return reason("map_nobody_approached" if grouped else "map_no_answers")


def _reply_ties(found: Measured) -> Reciprocity:
    person = found.person[found.tied["number"]]
    return reciprocity(len(different(person)), person, found.tied["given"], found.tied["returned"])


def _reshare_ties(connection: duckdb.DuckDBPyConnection, found: Measured) -> Reciprocity:
    ties = rows(connection, "reshare_tie")
    people = len(different(found.person[np.concatenate([found.reshares["giver"], found.reshares["taker"]])]))
    return reciprocity(people, found.person[ties["person"]], ties["given"], ties["returned"])
