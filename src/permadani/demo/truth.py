"""What was planted, counted from the hall itself and not by an audit."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from permadani.demo.model import PROGRAMS, RANKS, WINDOW, Account, Approach
from permadani.demo.plans import PLANS


@dataclass(frozen=True, slots=True)
class Count:
    """The four counts of a cell, by the definitions of docs/methods.md."""

    approaches: int
    eligible: int
    answered: int
    answered_late: int

    @property
    def rate(self) -> float:
        """Of what it could have answered; 0 where there was nothing."""
        return self.answered / self.eligible if self.eligible else 0.0


@dataclass(frozen=True, slots=True)
class Truth:
    """``not_reached``: came too early in an absence. ``automatic`` of ``known``: own messages on X by a program.

    ``odds_by_standing``, ``odds_by_tenure``: how readily a junior (newcomer) is chosen beside a senior (regular) among
    those who wait at the same moment, for answers and reshares alike. 1: an even choice; None: nobody's rank is known.
    ``reshared``: messages to it that it passed on, by rank. ``pitches``: people who got a sales pitch by hand.
    """

    overall: Count
    by_standing: dict[str, Count]
    by_tenure: dict[str, Count]
    odds_by_standing: float | None
    odds_by_tenure: float
    not_reached: int
    automatic: int
    known: int
    reshared: dict[str, int]
    pitches: int

    @property
    def automation(self) -> float | None:
        return self.automatic / self.known if self.known else None


def truth_of(account: Account) -> Truth:
    standing: dict[str, list[Approach]] = {name: [] for name in ("junior", "middle", "senior", "unknown")}
    tenure: dict[str, list[Approach]] = {"newcomer": [], "regular": []}
    known = set()
    for approach in account.approaches:
        standing[approach.asker.rank or "unknown"].append(approach)
        tenure["regular" if approach.asker in known else "newcomer"].append(approach)
        known.add(approach.asker)
    own = [m for p in account.places for m in p.messages if m.author is account.person]
    told = [m.client for m in own if m.client is not None and m.reshares is None]
    to_it = {a.message for a in account.approaches}
    reshared = [m.reshares.author.rank for m in own if m.reshares in to_it]
    plan = next(plan for plan in PLANS if plan.key == account.key)
    ripe = [a for a in account.approaches if a.message.at + WINDOW <= a.place.ends]
    return Truth(
        overall=_count(account, account.approaches),
        by_standing={name: _count(account, group) for name, group in standing.items()},
        by_tenure={name: _count(account, group) for name, group in tenure.items()},
        odds_by_standing=1 / plan.senior if any(place.on_x for place in account.places) else None,
        odds_by_tenure=1.0,
        not_reached=sum(not account.reached(a) for a in ripe),
        automatic=sum(client in PROGRAMS for client in told),
        known=len(told),
        reshared={rank: reshared.count(rank) for rank in RANKS},
        pitches=sum(message.role == "pitch" for message in own),
    )


def _count(account: Account, approaches: Iterable[Approach]) -> Count:
    counted = list(approaches)
    waited = {a: a.answered - a.message.at for a in counted if a.answered is not None}
    eligible = [a for a in counted if account.eligible(a)]
    return Count(
        approaches=len(counted),
        eligible=len(eligible),
        answered=sum(a in waited and waited[a] <= WINDOW for a in eligible),
        answered_late=sum(wait > WINDOW for wait in waited.values()),
    )
