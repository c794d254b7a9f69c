"""What is planted is in the hall itself, before any audit looks at it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from halls import KEYS
from permadani.demo.answering import STALENESS, SUBSTANCE
from permadani.demo.hall import make_hall
from permadani.demo.model import DAY, WINDOW, Account, Approach, Hall
from permadani.demo.truth import Truth, truth_of

FEW = 2.0
"""Choices by which a group may be off what was planted at the end: a debt, not an error that grows."""


@pytest.fixture(scope="module")
def hall() -> Hall:
    return make_hall()


@pytest.fixture(scope="module")
def truths(hall: Hall) -> dict[str, Truth]:
    return {account.key: truth_of(account) for account in hall.accounts}


def account_of(hall: Hall, key: str) -> Account:
    return next(account for account in hall.accounts if account.key == key)


def choices(account: Account) -> Iterator[tuple[Approach, list[Approach], int]]:
    """Every answer in time, with those who waited then and the moment."""
    answers = [(a.answered, a) for a in account.approaches if a.answered and a.answered <= a.message.at + WINDOW]
    for at, chosen in sorted(answers, key=lambda one: one[0]):
        yield chosen, [
            a for a in account.approaches
            if at - WINDOW <= a.message.at <= at - 60 and (a.answered is None or a.answered >= at)
        ], at  # fmt: skip


def readiness(approach: Approach, at: int, odds: float) -> float:
    """As planted: ``odds`` of a junior beside a senior, the middle class halfway between them."""
    of_rank = {"junior": 1.0, "middle": odds**-0.5, "senior": 1 / odds}.get(approach.asker.rank or "", 1.0)
    fresh = (1 + (at - approach.message.at) / DAY) ** -STALENESS
    return float(of_rank * fresh * (SUBSTANCE if approach.substantive else 1))


@pytest.mark.parametrize("key", KEYS)
def test_chooses_by_the_odds_that_truth_names(hall: Hall, truths: dict[str, Truth], key: str) -> None:
    """Juniors and newcomers get what the planted weights among those waiting promise, no more and no less."""
    account, odds = account_of(hall, key), truths[key].odds_by_standing or 1.0
    known: set[object] = set()
    new: set[Approach] = set()
    for approach in account.approaches:
        if approach.asker not in known:
            new.add(approach)
        known.add(approach.asker)
    off = {"junior": 0.0, "senior": 0.0, "newcomer": 0.0}
    count = 0
    for chosen, waiting, at in choices(account):
        count += 1
        weights = {a: readiness(a, at, odds) for a in waiting}
        total = sum(weights.values())
        groups = {name: {a for a in waiting if a.asker.rank == name} for name in ("junior", "senior")}
        groups["newcomer"] = {a for a in waiting if a in new}
        for name, group in groups.items():
            off[name] += (chosen in group) - sum(weights[a] for a in group) / total
    assert count >= truths[key].overall.answered > 20
    assert max(abs(by) for by in off.values()) < FEW, off


def test_what_was_planted(truths: dict[str, Truth]) -> None:
    """The plan itself, written down a second time."""
    odds = {key: (truths[key].odds_by_standing, truths[key].odds_by_tenure) for key in KEYS}
    assert odds == {"rani": (1 / 16, 1), "bima": (1, 1), "nora": (1, 1), "tom": (None, 1), "sari": (1, 1)}
    shares = {"rani": 0.18, "bima": 0.64, "nora": 0.09, "tom": 0.5, "sari": 0.06}
    assert {key: truths[key].overall.rate for key in KEYS} == pytest.approx(shares, abs=0.02)
    standing = truths["rani"].by_standing
    assert standing["junior"].rate < 0.07
    assert standing["senior"].rate > 0.4
    for key in ("bima", "nora"):
        junior, senior = (truths[key].by_standing[name].rate for name in ("junior", "senior"))
        assert abs(junior - senior) < 0.06
    approaches = {key: truths[key].overall.approaches for key in KEYS}
    assert min(approaches[key] for key in ("rani", "bima", "nora")) >= 1000
    assert min(approaches.values()) >= 300
    assert truths["tom"].not_reached > 50
    assert truths["sari"].not_reached > 10
    assert (truths["sari"].automation or 0) > 0.75
    assert truths["sari"].pitches > 10
    assert truths["rani"].reshared["senior"] > 2 * truths["rani"].reshared["junior"]
