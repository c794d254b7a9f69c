"""The verdict between groups: its gate, its checks, and what it refuses to say."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from calibration.scenarios import SCENARIOS
from calibration.simulator import simulate
from permadani.findings import cells
from permadani.findings.checks import Asked
from permadani.findings.comparison import Compared, compare, compare_all
from permadani.measures.judged import Judged
from worlds import World


def account(beta: float, approaches: int = 500, scenario: str = "sessions", seed: int = 5) -> Judged:
    return simulate(SCENARIOS[scenario], approaches, beta, seed).judged


def judged(rows: Judged, *, accusable: bool = True, followers: int | None = None) -> Compared:
    return compare(rows, cells.classes(rows), "standing", accusable=accusable, followers=followers)


@pytest.fixture(scope="module")
def unfair() -> Judged:
    return account(-2.2)


@pytest.fixture(scope="module")
def found(unfair: Judged) -> Compared:
    return judged(unfair)


def test_a_strong_preference_is_found_and_every_check_was_made(found: Compared) -> None:
    assert (found.verdict, found.reason.key) == ("passes_over", "passes_over")
    assert found.model is not None
    assert found.model.form == "integrated"
    assert found.model.root is not None
    assert found.model.root < -3.29
    names = [check.name for check in found.model.checks]
    assert names == [
        "clustered",
        "answered_elsewhere",
        "window_3",
        "window_30",
        "substance_corrected",
        "without_prior_contact",
    ]
    assert all(check.agrees for check in found.model.checks)
    assert found.odds_ratio is not None
    assert found.odds_ratio.low is not None
    assert found.odds_ratio.high is not None
    assert found.odds_ratio.low < np.exp(-2.2) < found.odds_ratio.high
    blind = found.blind_choice
    assert blind is not None
    assert blind.observed < blind.expected_low < blind.expected < blind.expected_high <= blind.answers


def test_part_of_the_messages_accuses_nobody(unfair: Judged) -> None:
    partial = judged(unfair, accusable=False)
    assert (partial.verdict, partial.reason.key) == ("not_enough_evidence", "comparison_partial")


def test_favouring_is_the_mirror_image() -> None:
    assert judged(account(1.8)).verdict == "favours"


def test_by_absolute_size_the_sign_must_be_the_same(unfair: Judged) -> None:
    """With everybody far above or far below the account no such comparison can be made, and none is invented."""
    alone = judged(unfair, followers=10**12)
    assert alone.model is not None
    check = next(check for check in alone.model.checks if check.name == "absolute_size")
    assert (check.agrees, check.odds_ratio) == (None, None)
    compared = judged(unfair, followers=int(np.nanquantile(unfair.standing, 0.8)))
    assert compared.model is not None
    check = next(check for check in compared.model.checks if check.name == "absolute_size")
    assert check.agrees is True


def test_unknown_substance_leaves_only_signs(unfair: Judged) -> None:
    dull = unfair.substance.copy()
    dull[::4] = "unknown"
    found = judged(replace(unfair, substance=dull))
    assert (found.verdict, found.reason.key) == ("signs_of_passing_over", "substance_unknown")


@pytest.mark.parametrize("approaches", [10, 30])
def test_few_messages_do_not_pass_the_gate(approaches: int) -> None:
    found = judged(account(-1.8, approaches))
    assert found.verdict == "not_enough_evidence"
    assert found.reason.key in ("gate_answers", "gate_askers", "gate_expected", "gate_variance")
    assert found.model is not None
    assert found.model.answers < 30


def test_even_handed_needs_much() -> None:
    assert judged(account(0.0, 200)).reason.key != "even_handed"
    rows = account(0.0, 4000, "plain", seed=3)
    assert compare_all([Asked(rows, cells.classes(rows), "standing", True)], thrifty=True)[0].verdict == "even_handed"


def test_undecided_says_how_much_more_would_be_needed() -> None:
    found = judged(account(0.0, 200))
    assert found.reason.key == "undecided"
    model = found.model
    assert model is not None
    assert model.visible_odds_ratio is not None
    assert model.answers_needed is not None
    assert 0 < model.visible_odds_ratio < 1
    assert model.answers_needed > model.answers or model.visible_odds_ratio > 0.25


def test_nobody_waited_beside_anybody() -> None:
    """One message a month, each answered: no choice was ever made."""
    rows = account(0.0, 40)
    alone = replace(rows, moment=np.arange(40) * 40 * 86_400_000_000, waited=np.full(40, 3.6e9))
    found = judged(alone)
    assert (found.verdict, found.reason.key) == ("not_enough_evidence", "gate_answers")
    assert found.model is not None
    assert found.model.answers == 0
    assert found.odds_ratio is None


def test_order_of_rows_does_not_matter(unfair: Judged, found: Compared) -> None:
    assert judged(unfair.where(np.random.default_rng(0).permutation(len(unfair)))) == found


def test_the_thrifty_way_gives_the_same_verdicts() -> None:
    accounts = (account(0.0), account(-2.2), account(0.0, 30))
    asked = [Asked(rows, cells.classes(rows), "standing", True) for rows in accounts]
    whole, thrifty = compare_all(asked), compare_all(asked, thrifty=True)
    assert [one.verdict for one in thrifty] == [one.verdict for one in whole]
    assert [one.model and one.model.form for one in thrifty] == ["jackknife", "integrated", None]
    assert thrifty[0].blind_choice == whole[0].blind_choice


def test_very_many_askers_go_the_cheaper_way() -> None:
    found = judged(account(-1.6, 4200, "favourites"))
    assert found.model is not None
    assert found.model.form == "jackknife"
    assert found.verdict == "passes_over"


def mostly_senior_friends() -> World:
    """She answers friends more readily than strangers, and most of her friends are large: no less fair to juniors."""
    rng = np.random.default_rng(3)
    world = World()
    world.cover("ada", until=900)
    world.actor("ada", followers=50_000)
    friends = [f"large{i}" for i in range(180)] + [f"small{i}" for i in range(20)]
    for i, name in enumerate(friends):
        world.actor(name, followers=(9_000 if name.startswith("large") else 20) + i)
        world.write("ada", 0.1 + i / 1000, mentions=(name,))
    for k in range(800):
        if rng.random() < 0.5:
            name, chance = friends[rng.integers(len(friends))], 0.7
        else:  # strangers write once: who was answered would be a friend
            large = rng.random() < 0.3
            name, chance = f"stranger{k}", 0.08
            world.actor(name, followers=(9_000 if large else 20) + k)
        asked = world.write(name, 2 + k / 3, mentions=("ada",))
        if rng.random() < chance:
            world.write("ada", 2 + k / 3 + rng.uniform(0.5, 6), to=asked)
    return world


def test_friends_explain_a_difference(tmp_path: Path) -> None:
    standing = mostly_senior_friends().audit(tmp_path, "ada", evidence=False).answers.by_standing
    assert (standing.verdict, standing.reason.key) == ("not_enough_evidence", "prior_contact_explains")
    assert standing.model is not None
    assert [(check.name, check.agrees) for check in standing.model.checks] == [("without_prior_contact", False)]
