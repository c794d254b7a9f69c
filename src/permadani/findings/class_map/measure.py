"""A network measured: classes, tenure and periods put to what was read."""

from __future__ import annotations

from dataclasses import dataclass

from permadani.findings.class_map.members import Members, members_of
from permadani.findings.class_map.messages import (
    Seen,
    firsts_of,
    in_scope,
    left_out_rows,
    received_rows,
    second_rows,
    seen_of,
)
from permadani.findings.class_map.pairs import club_ties, tied_rows
from permadani.findings.class_map.periods import By, Periods, periods_for
from permadani.findings.class_map.ranks import Ranks
from permadani.findings.class_map.reading import Readings
from permadani.findings.class_map.rows import Acts, Rows, rows_where
from permadani.findings.class_map.standings import Rungs, Standings
from permadani.measures.class_map import NetworkScope
from permadani.measures.seats import NOBODY_ASKED, Seats


@dataclass(frozen=True, slots=True)
class Network:
    """Who is there and how they rank."""

    seats: Seats
    seen: Seen
    members: Members
    ranks: dict[int, Ranks]
    rungs: Rungs
    calendar: Periods


@dataclass(frozen=True, slots=True)
class Posts:
    """Rows as in ``messages``."""

    received: Rows
    second: Rows
    left_out: Rows


def network_of(found: Readings, standings: Standings, scope: NetworkScope, by: By | None) -> Network:
    seats, messages = found.seats, found.messages
    seen = seen_of(messages, len(seats), scope)
    members, ranks, rungs = members_of(seen, seats, standings)
    return Network(seats, seen, members, ranks, rungs, periods_for(by, *_span(members)))


def posts_of(found: Readings, network: Network, scope: NetworkScope) -> Posts:
    """``found``: its messages are let go of, as nothing else reads them."""
    messages, seats = found.messages, found.seats
    firsts = firsts_of(messages, network.seen, seats)
    received = received_rows(messages, firsts, network.rungs, network.calendar, scope)
    received["channel"], received["person"] = (of[received["number"]] for of in (seats.channel, seats.person))
    second = second_rows(messages, firsts, network.seen, scope)
    left_out = left_out_rows(messages, scope)
    messages.clear()
    return Posts(received, second, left_out)


def acts_of(found: Readings, network: Network, scope: NetworkScope) -> Acts:
    """``found``: its reshares are let go of."""
    seats, group = found.seats, network.members.by_number(len(found.seats))

    def with_classes(rows: Rows, **moments: str) -> Rows:
        """The period of each row's ``moment``, and the class of each side (``asker_class`` ...) at the moment named."""
        classes = {f"{side}_class": network.rungs.classes(rows[side], rows[at]) for side, at in moments.items()}
        return {**rows, **classes, "period": network.calendar.of(rows["moment"])}

    reshares = with_classes(_asked_for(found.reshares, seats, scope), giver="moment", taker="written")
    found.reshares.clear()
    return Acts(
        approaches=with_classes(_between(found.approaches, seats, "asker", "target"), asker="moment", target="moment"),
        questions=with_classes(found.questions, asker="moment", replier="answered"),
        reshares={name: values for name, values in reshares.items() if name not in ("moment", "written")},
        tied=tied_rows(found.ties, seats, group),
        club=club_ties(found.ties, seats, group),
        person=seats.person,
    )


def _asked_for(reshares: Rows, seats: Seats, scope: NetworkScope) -> Rows:
    """Those of the period, on the channels and between people asked for."""
    wanted = in_scope(reshares["moment"], scope) & (reshares["channel"] != NOBODY_ASKED)
    return _between(reshares if wanted.all() else rows_where(reshares, wanted), seats, "giver", "taker")


def _between(found: Rows, seats: Seats, one: str, other: str) -> Rows:
    """The rows of which both sides are people on the channels asked for."""
    asked = seats.channel != NOBODY_ASKED
    return found if asked.all() else rows_where(found, asked[found[one]] & asked[found[other]])


def _span(members: Members) -> tuple[int, int]:
    """From the first post to the last one."""
    return (int(members.since.min()), int(members.until.max())) if len(members.number) else (0, 0)
