"""Ties and how many are returned, ties between seniors, and how unequally something is spread."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from class_map.tables import Seat

Tie = tuple[Seat, Seat]


def rich_club(seniors: list[Seat], tied: set[Tie]) -> dict[str, Any]:
    """Ties between seniors of a channel, and how many a blind draw of everybody's ties would make."""
    ties, possible, expected = 0, 0, 0.0
    given = Counter(source for source, _ in tied)
    received = Counter(to for _, to in tied)
    on_channel = Counter(channel for (_, channel), _ in tied)
    for one in seniors:
        for other in seniors:
            if one != other and one[1] == other[1]:
                possible += 1
                ties += (one, other) in tied
                if on_channel[one[1]]:
                    expected += given[one] * received[other] / on_channel[one[1]]
    return {"seniors": len(seniors), "ties": ties, "possible": possible, "expected": expected}


def reciprocity(tied: set[Tie]) -> dict[str, int]:
    returned = sum(1 for source, to in tied if (to, source) in tied)
    return {"ties": len(tied), "returned": returned, "people": len({person for tie in tied for person, _ in tie})}


def spread(received: Iterable[int]) -> dict[str, Any]:
    """The Gini coefficient 2 Σ i x₍ᵢ₎ / (n Σ x) – (n + 1) / n, and the share of the top hundredth, at least one."""
    values = sorted(received)
    n, total = len(values), sum(values)
    top = max(1, n // 100)
    found: dict[str, Any] = {"people": n, "received": total, "top_people": top, "gini": None, "top_share": None}
    found["top_can_be_judged"] = False  # an interval needs two in the top, at least
    if total:
        weighted = sum((place + 1) * value for place, value in enumerate(values))
        found["gini"] = 2 * weighted / (n * total) - (n + 1) / n
        found["top_share"] = sum(values[-top:]) / total
        holders = sum(values[-top:]) ** 2 / sum(value**2 for value in values[-top:])
        found["top_can_be_judged"] = holders >= 2 and found["top_share"] < 1
    return found
