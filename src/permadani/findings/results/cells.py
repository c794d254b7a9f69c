"""Counts and shares with their intervals."""

from __future__ import annotations

from dataclasses import dataclass

from permadani.findings.reasons import Reason


@dataclass(frozen=True, slots=True)
class Cell:
    """Counts of approaches, and answered / eligible with its 95 % interval (asker-clustered Wilson), as shares 0..1.

    ``approaches``: all. ``eligible``: at least the window old at the end of coverage, and reached. ``answered``: of
    the eligible, within the window. ``answered_late``: of all, after it. ``askers``: people behind them.
    """

    approaches: int
    eligible: int
    answered: int
    answered_late: int
    askers: int
    rate: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class Matching:
    """How answers were tied to approaches (eligible ones, within the window), and the bounds of what was answered.

    ``structural``: by reply, quote or address. ``named``: by the asker's name in a flat thread. ``lower`` is their
    sum; ``upper`` counts every approach after which the account wrote anything in that thread.
    """

    structural: int
    named: int
    lower: int
    upper: int


@dataclass(frozen=True, slots=True)
class Rate:
    """``count`` of ``n`` as a share 0..1 with its 95 % interval, clustered by asker."""

    count: int
    n: int
    rate: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class Year:
    """``answers_by_actor``: all answers it gave that year. ``standing``: its own, last seen that year.

    ``of_all`` and ``ever_of_all``: of everybody who wrote (and is old enough to judge), whether or not the account
    was around, how many were answered within the window, and at any time.
    """

    year: int
    cell: Cell
    answers_by_actor: int
    standing: int | None
    measurable: bool
    reason: Reason | None = None
    of_all: Rate | None = None
    ever_of_all: Rate | None = None


@dataclass(frozen=True, slots=True)
class Waiting:
    """Kaplan-Meier over approaches: unanswered ones are censored. None: fewer than half were ever answered."""

    approaches: int
    median_hours: float | None
    answered_within_24h: float | None
    low: float | None
    high: float | None
