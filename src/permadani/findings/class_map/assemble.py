"""From the measures of a network to its class map."""

from __future__ import annotations

from collections.abc import Callable

import duckdb
import numpy as np

from permadani.findings.class_map.closure import closure_of, rich_club_of, sides_of
from permadani.findings.class_map.events import Asked, Events, asked_of, events_of
from permadani.findings.class_map.knowing import channels_of_map, left_out_of_map, limits_of_map
from permadani.findings.class_map.matrices import answers_matrix, labels_matrix, shares_of
from permadani.findings.class_map.periods import Periods, periods_for
from permadani.findings.class_map.question import MapQuestion
from permadani.findings.class_map.ranks import Ranks, ranks_of
from permadani.findings.class_map.reception import periods_of, reception_by, sums_of
from permadani.findings.class_map.second import second_post
from permadani.findings.class_map.ties import reciprocity
from permadani.findings.class_map.trends import trends_of
from permadani.findings.class_map.unequal import answers_received, inequality
from permadani.findings.dates import iso
from permadani.findings.reasons import Reason, reason
from permadani.findings.results import ChannelOfMap, ClassMap, Inequality, PeriodOfMap, Reciprocity
from permadani.measures.class_map import ONCE_RANKED, UNTIL_RANKS, columns, make, open_map, ranked, rows
from permadani.measures.judged import Column
from permadani.measures.network import DAY
from permadani.store.rows import number

STEPS = len(UNTIL_RANKS) + len(ONCE_RANKED) + 4
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

    sums = sums_of(rows(connection, "received_sum"))
    done()
    channels = channels_of_map(connection, ranks)
    out = rows(connection, "left_out")
    left_out = left_out_of_map(out, int(rows(connection, "unseen_mention")["mentions"][0]))
    person = people_of(connection)
    waiting, asked = rows(connection, "waiting"), rows(connection, "asked")
    events = events_of(waiting, asked, scope.window, person)
    askers = asked_of(waiting, asked, person)
    del waiting, asked  # hundreds of megabytes in a large network
    done()
    numbers = periods_of(sums)
    reshared = _reshared(connection)
    over_time = tuple(_period(one, calendar, sums, events, askers, reshared) for one in numbers)
    done()
    tied = rows(connection, "tied")
    seniors = np.array([number(connection, f"SELECT count(*) FROM member WHERE class = 2 AND channel = {c}")
                        for c in range(len(channels))], dtype=np.int64)  # fmt: skip
    club = rich_club_of(tied, seniors, int(rows(connection, "club_tie")["ties"][0]))
    nothing = _no_answers(channels, events)
    reshares = labels_matrix(rows(connection, "reshared"), rows(connection, "reshared_by"), reason("map_no_reshares"))
    approaches = labels_matrix(
        rows(connection, "approached"), rows(connection, "approached_by"), _nobody_approached(channels)
    )
    trends = trends_of(rows_of_received(connection), over_time, np.array(numbers, dtype=np.int64), calendar)
    done()
    return ClassMap(
        period=(iso(since), iso(until)) if len(last["moment"]) else (None, None),
        by=calendar.by,
        channels=channels,
        people=number(connection, "SELECT count(DISTINCT person) FROM member"),
        posts=sum(one.posts for one in channels),
        reception=reception_by(sums),
        approaches=approaches,
        answers=answers_matrix(events, shares_of(rows(connection, "share")), nothing),
        reshares=reshares,
        closure=closure_of(
            events, club if len(seniors) and seniors.sum() else None, nothing,
            partial=any(one.level == "partial" for one in channels),
            by_age=lambda: _by_age(connection, scope.window, person),
        ),
        reciprocity_of_replies=reciprocity(len(tied["number"]), tied["given"], tied["returned"]),
        reciprocity_of_reshares=_reshare_ties(connection) if reshares.count else None,
        answers_received=answers_received(askers),
        reshares_received=_all_time(connection) if reshares.count else None,
        newcomers=second_post(rows(connection, "second")),
        trends=trends,
        over_time=over_time,
        left_out=left_out,
        limits=limits_of_map(connection, channels, out, left_out, scope.window // DAY),
        window_days=scope.window // DAY,
    )  # fmt: skip


def rows_of_last(connection: duckdb.DuckDBPyConnection) -> dict[str, Column]:
    """The last standing of everybody who posted; NaN where unknown."""
    last = columns(connection, "SELECT channel, first_moment, moment, standing FROM last")
    last["standing"] = np.ma.filled(np.ma.asarray(last["standing"]).astype(np.float64), np.nan)
    return last


def bounds_of(ranks: dict[int, Ranks]) -> list[tuple[int, int | None, int | None]]:
    return [(channel, one.junior_to, one.senior_from) for channel, one in ranks.items()]


def rows_of_received(connection: duckdb.DuckDBPyConnection) -> dict[str, Column]:
    """What the trends read of ``received``."""
    return columns(connection, "SELECT person, period, class, tenure, old, in_time FROM received")


def people_of(connection: duckdb.DuckDBPyConnection) -> Column:
    """For the number of each seat the least number of the same person, shape (seats,)."""
    person = np.arange(number(connection, "SELECT count(*) FROM seated"), dtype=np.int64)
    linked = rows(connection, "numbered")
    person[linked["number"]] = linked["least"]
    return person


def _by_age(connection: duckdb.DuckDBPyConnection, window: int, person: Column) -> Events:
    return events_of(rows(connection, "waiting"), rows(connection, "asked"), window, person, by_age=True)


def _period(
    one: int, calendar: Periods, sums: dict[tuple[int, int, int], tuple[int, ...]], events: Events, askers: Asked,
    reshared: dict[str, Column] | None,
) -> PeriodOfMap:  # fmt: skip
    here = events.where(events.period == one)
    sides = sides_of(here) if len(here) else (None, None, None)
    since, until = calendar.bounds(one)
    return PeriodOfMap(
        period=calendar.name(one), since=since, until=until, reception=reception_by(sums, one),
        answers=answers_matrix(here, None, reason("map_no_answers")), seniors_to_seniors=sides[0],
        others_to_seniors=sides[1], relative=sides[2], answers_received=answers_received(askers, one),
        reshares_received=_of_period(reshared, one),
    )  # fmt: skip


def _reshared(connection: duckdb.DuckDBPyConnection) -> dict[str, Column] | None:
    """Reshares by author and period; None where nobody's are seen."""
    make(connection, "reshares_received")
    if not number(connection, "SELECT count(*) FROM reshare"):
        return None
    return columns(connection, "SELECT period, received FROM reshares_received")


def _of_period(reshared: dict[str, Column] | None, period: int) -> Inequality | None:
    return None if reshared is None else inequality(reshared["received"][reshared["period"] == period])


def _all_time(connection: duckdb.DuckDBPyConnection) -> Inequality:
    found = columns(connection, "SELECT sum(received) AS received FROM reshares_received GROUP BY person")
    return inequality(found["received"])


def _no_answers(channels: tuple[ChannelOfMap, ...], events: Events) -> Reason | None:
    """Why nothing can be said of who answers whom; None where it can."""
    if all(one.level == "none" for one in channels):
        return reason("map_nothing_observed")
    if not len(events):
        seen = [one for one in channels if one.level != "none"]
        return reason("map_flat" if all(one.flat for one in seen) else "map_no_answers")
    if not any(one.known for one in channels):
        return reason("map_no_classes")
    return None


def _nobody_approached(channels: tuple[ChannelOfMap, ...]) -> Reason:
    grouped = channels and all(one.audience == "group" for one in channels)
    return reason("map_nobody_approached" if grouped else "map_no_answers")


def _reshare_ties(connection: duckdb.DuckDBPyConnection) -> Reciprocity:
    found = rows(connection, "reshare_tie")
    people = number(connection, "SELECT count(*) FROM (SELECT giver FROM reshare UNION SELECT taker FROM reshare)")
    return reciprocity(people, found["given"], found["returned"])
