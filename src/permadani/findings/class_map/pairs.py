"""Ties: who ever spoke to whom, or reshared whom, in the period, and what came back."""

from __future__ import annotations

import numpy as np

from permadani.findings.class_map.rows import Rows
from permadani.measures.class_map import CLASSES
from permadani.measures.judged import Column
from permadani.measures.seats import NOBODY_ASKED, Seats
from permadani.statistics.packed import begins, counts, sorted_rows

SENIOR = CLASSES.index("senior")


def ties_of(spoke: Rows) -> Rows:
    """Two people once: ``low``, ``high``, and in how many conversations each spoke to the other (``up``, ``down``: from
    the lesser number to the greater, and back). ``spoke``: rows of ``tie.sql``."""
    low, high, ways = sorted_rows(spoke["low"], spoke["high"], spoke["up"] | spoke["down"] << 1)
    start = begins(low, high)
    return {
        "low": low[start],
        "high": high[start],
        "up": counts((ways & 1) == 1, start),
        "down": counts(ways > 1, start),
    }


def tied_rows(ties: Rows, seats: Seats, group: Column) -> Rows:
    """Everybody with a tie: how many go out (``given``), how many of these were returned, how many come in (``taken``).

    ``group``: the class of everybody, shape (seats,).
    """
    up, down = ties["up"] > 0, ties["down"] > 0

    def by_seat(of_low: Column, of_high: Column) -> Column:
        sides = ((ties["low"], of_low), (ties["high"], of_high))
        low, high = (np.bincount(who, weights=values, minlength=len(seats)) for who, values in sides)
        return (low + high).astype(np.int64)

    given, returned, taken = (
        by_seat(up, down), by_seat(up & down, up & down), by_seat(down, up),
    )  # fmt: skip
    number = np.flatnonzero((given + taken > 0) & (seats.channel != NOBODY_ASKED))
    return {
        "number": number, "channel": seats.channel[number], "class": group[number], "given": given[number],
        "returned": returned[number], "taken": taken[number],
    }  # fmt: skip


def club_ties(ties: Rows, seats: Seats, group: Column) -> int:
    """Ties between seniors of one channel."""
    low, high = ties["low"], ties["high"]
    inside = (group[low] == SENIOR) & (group[high] == SENIOR) & (seats.channel[low] == seats.channel[high])
    return sum(int((ties[way][inside] > 0).sum()) for way in ("up", "down"))


def reshare_ties(reshares: Rows) -> Rows:
    """Everybody who passed anybody on: how many different people, and how many of these passed them on, too."""
    giver, taker = sorted_rows(reshares["giver"], reshares["taker"])
    start = begins(giver, taker)
    giver, taker = giver[start], taker[start]
    many = int(max(giver.max(initial=0), taker.max(initial=0))) + 1
    here, back = (one * np.int64(many) + other for one, other in ((giver, taker), (taker, giver)))
    # looking up what is sorted goes through memory once
    order = np.argsort(back)
    place = np.minimum(np.searchsorted(here, back[order]), len(here) - 1)
    returned = np.zeros(len(here), dtype=np.bool_)
    returned[order] = here[place] == back[order]
    first = begins(giver)
    return {
        "person": giver[first], "given": np.diff(first, append=len(giver)),
        "returned": counts(returned, first),
    }  # fmt: skip
