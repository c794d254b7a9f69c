"""Ties: who ever spoke to whom, or reshared whom, in the period, and what came back."""

from __future__ import annotations

import numpy as np

from permadani.findings.class_map.rows import Rows, joined
from permadani.measures.class_map import SENIOR
from permadani.measures.judged import Column
from permadani.measures.seats import NOBODY_ASKED, Seats
from permadani.statistics.packed import begins, counts, sorted_slices


def ties_of(spoke: Rows) -> Rows:
    """Two people once: ``low``, ``high``, and in how many conversations each spoke to the other (``up``, ``down``: from
    the lesser number to the greater, and back). ``spoke``: rows of ``tie.sql``."""
    ways = spoke["up"] | spoke["down"] << 1
    some = sorted_slices([spoke["low"]], [spoke["high"]], [ways], whole=2)
    return joined([_ties(*(spoke[name][:0] for name in ("low", "high", "up"))), *(_ties(*rows) for rows in some)])


def _ties(low: Column, high: Column, ways: Column) -> Rows:
    start = begins(low, high)
    up, down = counts((ways & 1) == 1, start), counts(ways > 1, start)
    return {"low": low[start], "high": high[start], "up": up, "down": down}


def tied_rows(ties: Rows, seats: Seats, group: Column) -> Rows:
    """Everybody with a tie: how many go out (``given``), how many of these were returned, how many come in (``taken``).

    ``group``: the class of everybody, shape (seats,).
    """
    given, returned, taken = by_seat(ties, len(seats))
    number = np.flatnonzero((given + taken > 0) & (seats.channel != NOBODY_ASKED))
    return {
        "number": number, "channel": seats.channel[number], "class": group[number], "given": given[number],
        "returned": returned[number], "taken": taken[number],
    }  # fmt: skip


def by_seat(ties: Rows, seats: int) -> tuple[Column, Column, Column]:
    """How many ties go out from each seat, how many of these were returned, how many come in; shape (seats,) each."""
    up, down = ties["up"] > 0, ties["down"] > 0
    both = up & down

    def ends(of_low: Column, of_high: Column) -> Column:
        sides = ((ties["low"], of_low), (ties["high"], of_high))
        low, high = (np.bincount(who[mask], minlength=seats) for who, mask in sides)
        return low + high

    return ends(up, down), ends(both, both), ends(down, up)


def club_ties(ties: Rows, seats: Seats, group: Column) -> int:
    """Ties between seniors of one channel."""
    low, high = ties["low"], ties["high"]
    inside = (group[low] == SENIOR) & (group[high] == SENIOR) & (seats.channel[low] == seats.channel[high])
    return sum(int((ties[way][inside] > 0).sum()) for way in ("up", "down"))


def reshare_ties(reshares: Rows) -> Rows:
    """Everybody who passed anybody on or was: how many different people they passed on, and how many of these passed
    them on, too."""
    giver, taker = reshares["giver"], reshares["taker"]
    up = giver < taker
    ways = {"up": up.astype(np.int8), "down": (~up).astype(np.int8)}
    ties = ties_of({"low": np.minimum(giver, taker), "high": np.maximum(giver, taker), **ways})
    given, returned, taken = by_seat(ties, int(ties["high"].max(initial=-1)) + 1)
    number = np.flatnonzero(given + taken)
    return {"number": number, "given": given[number], "returned": returned[number]}
