"""Shares with Wilson's interval at the effective sample size, as docs/methods.md (Intervals) has it."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any

from scipy.special import stdtrit


def share(outcomes: Iterable[tuple[str, bool]]) -> dict[str, Any]:
    """Of (person, answered or not): counts, and the share where it may be said (10 posts of 5, as they weigh)."""
    pairs = list(outcomes)
    sizes: dict[str, int] = {}
    hits: dict[str, int] = {}
    for person, hit in pairs:
        sizes[person] = sizes.get(person, 0) + 1
        hits[person] = hits.get(person, 0) + int(hit)
    n, answered = len(pairs), sum(hits.values())
    found: dict[str, Any] = {"posts": n, "answered": answered, "people": len(sizes)}
    if n < 10 or n * n < 5 * sum(m * m for m in sizes.values()):
        return {**found, "rate": None, "low": None, "high": None}
    rate = answered / n
    low, high = interval(rate, n, [(hits[person], sizes[person]) for person in sizes])
    return {**found, "rate": rate, "low": low, "high": high}


def interval(rate: float, n: int, clusters: list[tuple[int, int]]) -> tuple[float, float]:
    kish = sum(m * m for _, m in clusters) / n
    if rate in (0.0, 1.0):
        deff = kish
    else:
        groups = len(clusters)
        variance = sum((y - rate * m) ** 2 for y, m in clusters) / n**2 * groups / (groups - 1)
        deff = max(1 + 0.4 * (kish - 1), variance / (rate * (1 - rate) / n))
    degrees = n**2 / sum(m * m for _, m in clusters) - 1
    if degrees < 1:
        return 0.0, 1.0
    t = float(stdtrit(degrees, 0.975))
    effective = n / deff
    centre = (rate + t * t / (2 * effective)) / (1 + t * t / effective)
    half = t / (1 + t * t / effective) * math.sqrt(rate * (1 - rate) / effective + t * t / (4 * effective**2))
    return min(max(0.0, centre - half), rate), max(min(1.0, centre + half), rate)
