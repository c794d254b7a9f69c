"""The simulator plants what it says, and it bites: those who compare rates accuse fair accounts in it."""

from __future__ import annotations

from dataclasses import fields

import numpy as np
import pytest

from calibration import naive
from calibration.hunted import HUNTED
from calibration.people import rank_class, ranks
from calibration.reference import TERMS, fit
from calibration.scenarios import CONFOUNDED, GRADED, SCENARIOS
from calibration.simulator import WINDOW, simulate
from calibration.study import ACCUSING, Share, run
from permadani.findings.cells import classes
from permadani.measures.judged import Judged
from permadani.statistics.classes import rank_classes

EVERY = {**SCENARIOS, **HUNTED}
NAMES = np.array(["junior", "middle", "senior"])


@pytest.mark.parametrize("beta", [0.0, -1.4])
def test_a_plain_fit_finds_what_was_planted(beta: float) -> None:
    scenario = SCENARIOS["plain"]
    found, errors = fit([simulate(scenario, 1000, beta, seed) for seed in range(12)])
    planted = (beta, scenario.substance_effect, scenario.wait_effect, scenario.size_effect, scenario.mention_effect,
               scenario.language_effect, scenario.contact_effect)  # fmt: skip
    assert len(planted) == len(TERMS)
    assert np.abs((found - planted) / errors).max() < 3
    assert errors[0] < 0.05


def test_another_truth_would_be_noticed() -> None:
    found, errors = fit([simulate(SCENARIOS["plain"], 1000, -0.7, seed) for seed in range(12)])
    assert abs(found[0] - 0.0) / errors[0] > 10
    assert abs(found[0] + 1.4) / errors[0] > 10


@pytest.mark.parametrize("name", EVERY)
def test_the_rows_are_what_an_audit_measures(name: str) -> None:
    scenario = EVERY[name]
    one = simulate(scenario, 300, -0.7, 3)
    rows = one.judged
    waited, came = np.asarray(rows.waited), ~np.isnan(rows.waited)
    assert (200 if sum(scenario.withdrawn) else 270) <= len(rows) <= 300
    assert all(len(getattr(rows, field.name)) == len(rows) for field in fields(Judged))
    assert (np.diff(rows.moment) >= 0).all()
    assert (waited[came] >= 0).all()
    assert (rows.answered == (waited <= WINDOW)).all()
    assert (rows.late == (waited > WINDOW)).all()
    assert (rows.eligible == (rows.ripe & rows.reached)).all()
    assert rows.reached[rows.answered].all()
    assert rows.joined_in_time[rows.answered].all()
    assert len(np.unique(rows.object)) == len(rows)
    pairs = np.stack([rows.asker, rows.thread])
    assert len(np.unique(pairs, axis=1)[0]) == len(rows), "one approach of a pair in a thread"
    if scenario.fame == 1 and not sum(scenario.withdrawn):
        assert (NAMES[one.classes] == classes(rows)).all(), "classes are ranks of those who wrote"
    assert 0.5 * scenario.share < rows.answered.mean() < 1.4 * scenario.share
    firsts = np.unique(rows.asker, return_index=True)[1]
    assert not rows.regular[firsts].any()
    assert rows.regular.sum() == len(rows) - len(firsts)


def test_the_same_seed_gives_the_same_people_whatever_is_planted() -> None:
    fair, unfair = (simulate(SCENARIOS["sessions"], 200, beta, 7).judged for beta in (0.0, -1.4))
    again = simulate(SCENARIOS["sessions"], 200, 0.0, 7).judged
    for name in ("asker", "moment", "thread", "standing", "substance"):
        assert (getattr(fair, name) == getattr(unfair, name)).all()
    assert (np.nan_to_num(fair.waited) == np.nan_to_num(again.waited)).all()
    assert (np.nan_to_num(fair.waited) != np.nan_to_num(unfair.waited)).any()


def test_ranks_are_those_of_the_audit() -> None:
    rng = np.random.default_rng(5)
    for size in (1, 2, 5, 40, 333):
        for most in (2, 10, 10_000):
            values = rng.integers(0, most, size).astype(np.float64)
            assert (NAMES[rank_class(ranks(values))] == rank_classes(values)).all()


def test_what_is_planted_is_in_the_rows() -> None:
    def some(name: str, seeds: int = 4) -> list[Judged]:
        return [simulate(SCENARIOS[name], 400, 0.0, seed).judged for seed in range(seeds)]

    assert all(row.reached.mean() < 0.95 for row in some("absence"))
    for rows in some("burst"):
        after = np.searchsorted(rows.moment, rows.moment + int(2 * 86_400e6))
        assert (after - np.arange(len(rows))).max() > 0.25 * len(rows), "in two days"
    for rows in some("load_shift"):
        half = (rows.moment[0] + rows.moment[-1]) / 2
        late = rows.moment > half
        assert late.sum() > 2 * (~late).sum()
        assert rows.answered[late].mean() < rows.answered[~late].mean()
    for rows in some("spam_and_ties"):
        assert len(np.unique(rows.standing)) < 0.5 * len(np.unique(rows.asker))
        at = (rows.moment + rows.waited)[rows.answered]
        assert len(np.unique(at)) < 0.9 * len(at), "several answered at one moment"
        assert len(np.unique(rows.moment)) < len(rows)
    assert simulate(SCENARIOS["spam_and_ties"], 400, 0.0, 1).spam == 60
    for name, low, high in (("mislabelled", 0.1, 0.2), ("plain", 0, 0)):
        one = simulate(SCENARIOS[name], 1000, 0.0, 1)
        assert low <= ((one.judged.substance == "substantive") != one.substantive).mean() <= high
    one = simulate(SCENARIOS["mislabelled_by_class"], 2000, 0.0, 1)
    wrong = (one.judged.substance == "substantive") != one.substantive
    assert wrong[one.classes == 0].mean() > wrong[one.classes == 2].mean() + 0.05
    for quick, slow in zip(some("newest_first"), some("sessions"), strict=True):
        assert np.median(quick.waited[quick.answered]) < 0.8 * np.median(slow.waited[slow.answered])


def test_a_graded_preference_differs_by_beta_between_juniors_and_seniors() -> None:
    fair, unfair = (simulate(GRADED, 2000, beta, 1) for beta in (0.0, -1.0))
    change = (unfair.eta - fair.eta)[unfair.judged.prior_contact == fair.judged.prior_contact]
    of = unfair.classes[unfair.judged.prior_contact == fair.judged.prior_contact]
    assert change[of == 0].mean() - change[of == 2].mean() == pytest.approx(-1, abs=0.05)
    assert len(np.unique(change)) > 50


def test_those_who_compare_rates_accuse_fair_accounts() -> None:
    """The negative control: without it nothing here would be hard."""
    accused = {name: run(naive.rates, SCENARIOS[name], 500, 0.0, 20, 1).share(ACCUSING) for name in CONFOUNDED}
    assert accused["confounded_substance"].value > 0.4
    assert accused["mislabelled"].value > 0.3
    assert accused["burst"].value > 0.25
    assert accused["load_shift"].value > 0.25
    assert all(share.value > 0.05 for share in accused.values()), accused
    assert run(naive.rates, SCENARIOS["plain"], 500, 0.0, 20, 1).share(ACCUSING).value < 0.1


def test_regressing_the_outcome_is_not_enough() -> None:
    wrong = [run(naive.logistic, SCENARIOS[name], 1000, 0.0, 20, 1) for name in ("burst", "load_shift")]
    assert all(row.share(ACCUSING).value > 0.1 for row in wrong)
    assert all(row.coverage.value < 0.8 for row in wrong)


def test_bounds_of_a_share() -> None:
    low, high = Share(0, 100).bounds()
    assert (low, round(high, 4)) == (0.0, 0.037)
    assert Share(50, 100).bounds() == pytest.approx((0.4038, 0.5962), abs=1e-4)
