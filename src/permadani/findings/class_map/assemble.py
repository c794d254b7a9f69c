"""From the measures of a network to its class map."""

from __future__ import annotations

from collections.abc import Callable

import duckdb
import numpy as np

from permadani.findings.class_map.closure import SENIOR, closure_of, rich_club_of
from permadani.findings.class_map.events import Events, events_of
from permadani.findings.class_map.knowing import channels_of_map, left_out_of_map, limits_of_map
from permadani.findings.class_map.matrices import answers_matrix, labels_matrix, shares_of
from permadani.findings.class_map.measure import STEPS as MEASURED_STEPS
from permadani.findings.class_map.measure import Network, measured
from permadani.findings.class_map.over_time import over_time_of
from permadani.findings.class_map.pairs import reshare_ties
from permadani.findings.class_map.question import MapQuestion
from permadani.findings.class_map.reception import knows_followers, reception_by
from permadani.findings.class_map.rows import Measured, Rows, different, rows_by
from permadani.findings.class_map.second import second_post
from permadani.findings.class_map.ties import reciprocity
from permadani.findings.class_map.trends import trends_of
from permadani.findings.class_map.unequal import answers_received, reshares_received, spread
from permadani.findings.dates import iso
from permadani.findings.reasons import Reason, reason
from permadani.findings.results import ChannelOfMap, ClassMap, Matrix, ReceptionOn, Reciprocity, RichClub
from permadani.measures.class_map import TENURES, rows
from permadani.measures.judged import Column
from permadani.measures.network import DAY

STEPS = MEASURED_STEPS + 3
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
    network = measured(connection, scope, question.by, done)
    found, members, calendar = network.rows, network.members, network.calendar
    channels = channels_of_map(connection, network)
    left_out = left_out_of_map(network.left_out, int(rows(connection, "unseen_mention")["mentions"][0]))
    events = events_of(found, scope.window)
    done()
    answered = answers_received(found)
    partial = any(one.level == "partial" for one in channels)
    nothing = _no_answers(channels, events)
    closure, compared = closure_of(
        events, _club(network, len(channels)), nothing, partial=partial,
        by_age=lambda: events_of(found, scope.window, by_age=True),
    )  # fmt: skip
    over_time, numbers = over_time_of(found, calendar, compared, answered)
    done()
    result = ClassMap(
        period=(iso(int(members.since.min())), iso(int(members.until.max()))) if len(members.since) else (None, None),
        by=calendar.by,
        channels=channels,
        people=len(different(members.person)),
        posts=sum(one.posts for one in channels),
        reception=reception_by(found.received, followed=knows_followers(found.received), openings=True),
        by_channel=_by_channel(found.received, channels),
        approaches=_acts(found.approaches, ("asker", "target"), found.person, _nobody_approached(channels)),
        answers=answers_matrix(events, shares_of(found.approaches, found.person), nothing),
        reshares=_acts(found.reshares, ("giver", "taker"), found.person, reason("map_no_reshares")),
        closure=closure,
        reciprocity_of_replies=_reply_ties(found),
        reciprocity_of_reshares=_reshare_ties(found) if len(found.reshares["giver"]) else None,
        answers_received=spread(answered),
        reshares_received=reshares_received(
            found.received, found.reshares if len(found.reshares["giver"]) else None, found.person
        ),
        newcomers=second_post(network.second),
        trends=trends_of(found.received, over_time, numbers, calendar, partial=partial),
        over_time=over_time,
        left_out=left_out,
        limits=limits_of_map(
            channels, network.members, network.left_out, left_out, _tenureless(found.received), scope.window // DAY
        ),
        window_days=scope.window // DAY,
    )  # fmt: skip
    done()
    return result


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


def _club(network: Network, channels: int) -> RichClub | None:
    """None where no channel has seniors."""
    seniors = np.bincount(network.members.channel[network.members.group == SENIOR], minlength=channels)
    return rich_club_of(network.rows.tied, seniors, network.club) if seniors.sum() else None


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


def _reshare_ties(found: Measured) -> Reciprocity:
    ties = reshare_ties(found.reshares)
    people = len(different(found.person[np.concatenate([found.reshares["giver"], found.reshares["taker"]])]))
    return reciprocity(people, found.person[ties["person"]], ties["given"], ties["returned"])
