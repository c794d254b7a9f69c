"""From the measures of a network to its class map."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor

import duckdb

from permadani.findings.class_map.answers import Answers, answers_of
from permadani.findings.class_map.knowing import channels_of_map, left_out_of_map, limits_of_map
from permadani.findings.class_map.matrices import labels_matrix
from permadani.findings.class_map.measure import Network, acts_of, network_of, posts_of
from permadani.findings.class_map.messages import channel_posts
from permadani.findings.class_map.over_time import over_time_of, written_over_time
from permadani.findings.class_map.pairs import reshare_ties
from permadani.findings.class_map.question import MapQuestion
from permadani.findings.class_map.reading import STEPS as READING_STEPS
from permadani.findings.class_map.reading import Readings, readings
from permadani.findings.class_map.reception import knows_followers, reception_by
from permadani.findings.class_map.rows import Acts, Rows, different, rows_by
from permadani.findings.class_map.second import second_post
from permadani.findings.class_map.ties import reciprocity
from permadani.findings.class_map.trends import reception_trends, trends_of
from permadani.findings.class_map.unequal import reshares_received
from permadani.findings.dates import iso
from permadani.findings.reasons import Reason, reason
from permadani.findings.results import ChannelOfMap, ClassMap, Matrix, ReceptionOn, Reciprocity
from permadani.measures.class_map import TENURES, NetworkScope, rows
from permadani.measures.judged import Column
from permadani.measures.network import DAY

STEPS = READING_STEPS + 3
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
    with ThreadPoolExecutor(max_workers=1) as beside:
        # Posts here, acts there: neither needs the other until the end.
        found, standings = readings(connection, scope, beside, done)
        network = network_of(found, standings, scope, question.by)
        del standings
        acting = beside.submit(_acts, found, network, scope)
        channels = channels_of_map(connection, network, channel_posts(found.messages, network.seats, scope))
        answering = beside.submit(_answers, acting, network, channels, scope)
        posts = posts_of(found, network, scope)
        left_out = left_out_of_map(posts.left_out, int(rows(connection, "unseen_mention")["mentions"][0]))
        done()
        received, acts = posts.received, acting.result()
        followed = knows_followers(received)
        reception = reception_by(received, followed=followed, openings=True)
        written = written_over_time(received, acts)
        changed = reception_trends(received, written, network.calendar)
        approaches = _matrix(acts.approaches, ("asker", "target"), acts.person, _nobody_approached(channels))
        reshares = _matrix(acts.reshares, ("giver", "taker"), acts.person, reason("map_no_reshares"))
        reciprocal = _reciprocity(acts.tied, acts.person)
        reshared = passed_on = None
        if len(acts.reshares["giver"]):
            reshared = _reciprocity(reshare_ties(acts.reshares), acts.person)
            passed_on = reshares_received(received, acts.reshares, acts.person)
        done()
        answers = answering.result()
    over_time, numbers = over_time_of(written, answers, network.calendar)
    members = network.members
    partial = any(one.level == "partial" for one in channels)
    result = ClassMap(
        period=(iso(int(members.since.min())), iso(int(members.until.max()))) if len(members.since) else (None, None),
        by=network.calendar.by,
        channels=channels,
        people=len(different(members.person)),
        posts=sum(one.posts for one in channels),
        reception=reception,
        by_channel=_by_channel(received, channels),
        approaches=approaches,
        answers=answers.matrix,
        reshares=reshares,
        closure=answers.closure,
        reciprocity_of_replies=reciprocal,
        reciprocity_of_reshares=reshared,
        answers_received=answers.received,
        reshares_received=passed_on,
        newcomers=second_post(posts.second),
        trends=trends_of(changed, over_time, numbers, network.calendar, partial=partial),
        over_time=over_time,
        left_out=left_out,
        limits=limits_of_map(
            channels, members, posts.left_out, left_out, _tenureless(received), scope.window // DAY
        ),
        window_days=scope.window // DAY,
    )  # fmt: skip
    done()
    return result


def _acts(found: Readings, network: Network, scope: NetworkScope) -> Acts:
    acts = acts_of(found, network, scope)
    found.ties.clear()
    return acts


def _answers(
    acting: Future[Acts], network: Network, channels: tuple[ChannelOfMap, ...], scope: NetworkScope
) -> Answers:
    return answers_of(acting.result(), network.members, channels, scope.window)


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


def _matrix(rows_of: Rows, names: tuple[str, str], person: Column, nothing: Reason) -> Matrix:
    giver, taker = (person[rows_of[name]] for name in names)
    source, to = (rows_of[f"{name}_class"] for name in names)
    return labels_matrix(giver, taker, source, to, rows_of["channel"], nothing)


def _nobody_approached(channels: tuple[ChannelOfMap, ...]) -> Reason:
    grouped = channels and all(one.audience == "group" for one in channels)
    return reason("map_nobody_approached" if grouped else "map_no_answers")


def _reciprocity(ties: Rows, person: Column) -> Reciprocity:
    """A person is one, whatever the account."""
    who = person[ties["number"]]
    return reciprocity(len(different(who)), who, ties["given"], ties["returned"])
