"""A whole network: who is ranked, what chance alone may give, and what is not passed on."""

from __future__ import annotations

from dataclasses import replace
from math import exp
from pathlib import Path

import numpy as np
import pytest

from permadani.findings.everybody import _does_answer, _reckoned, lower_bounds, ranked
from permadani.findings.reasons import reason
from permadani.findings.results import Audit, Cell, ChoiceModel, Claim, Comparison, OddsRatio, Verdict
from permadani.findings.withheld import fit_to_pass_on
from permadani.statistics.intervals import clustered_share
from worlds import World


@pytest.fixture
def plain(tmp_path: Path) -> Audit:
    world = World()
    world.cover("ada")
    world.conversations("ada", 30, 10)
    return world.audit(tmp_path, "ada", evidence=False)


def compared(verdict: Verdict, log_odds: float, error: float, root: float) -> Comparison:
    ratio = OddsRatio(exp(log_odds), exp(log_odds - 2 * error), exp(log_odds + 2 * error), 0.95)
    model = ChoiceModel(100, {"junior": 50, "senior": 50}, "integrated", root, (), exp(-4.13 * error), 90)
    return Comparison(verdict, reason(verdict), {}, {}, None, ratio, model)


def named(audit: Audit, name: str, comparison: Comparison) -> Audit:
    return replace(
        audit, actor=replace(audit.actor, id=name), answers=replace(audit.answers, by_standing=comparison)
    )  # fmt: skip


def network(plain: Audit, *special: Comparison) -> list[Audit]:
    rng = np.random.default_rng(1)
    fair = [
        named(plain, f"fair{k}", compared("even_handed", rng.normal(0, 0.3), 0.3, rng.normal())) for k in range(200)
    ]
    return [*fair, *(named(plain, f"special{k}", one) for k, one in enumerate(special))]


def test_what_chance_may_give_among_many_is_only_a_sign(plain: Audit) -> None:
    found = _reckoned(network(plain, compared("passes_over", -1.0, 0.3, -3.3)), "by_standing")
    last = found[-1].answers.by_standing
    assert (last.verdict, last.reason.key) == ("signs_of_passing_over", "among_many")


def test_what_is_beyond_chance_stays(plain: Audit) -> None:
    found = _reckoned(network(plain, compared("passes_over", -2.5, 0.3, -8.0)), "by_standing")
    last = found[-1].answers.by_standing
    assert last.verdict == "passes_over"
    assert last.model is not None
    assert last.model.shrunk is not None
    assert last.odds_ratio is not None
    assert last.odds_ratio.value < last.model.shrunk.value < 1  # drawn towards the others


def test_the_others_never_make_anybody_accused(plain: Audit) -> None:
    """In a network where all pass over juniors an undecided account stays undecided."""
    everybody = [named(plain, f"a{k}", compared("passes_over", -2.0, 0.3, -7.0)) for k in range(50)]
    undecided = named(plain, "b", compared("not_enough_evidence", -0.6, 0.5, -1.2))
    found = _reckoned([*everybody, undecided], "by_standing")
    assert found[-1].answers.by_standing.verdict == "not_enough_evidence"


def test_nothing_to_compare_is_left_alone(plain: Audit) -> None:
    assert _reckoned([plain], "by_standing") == [plain]
    assert _reckoned([], "by_standing") == []


def share(answered: int, of: int) -> Cell:
    found = clustered_share(np.r_[np.ones(answered), np.zeros(of - answered)], np.arange(of))
    return Cell(of, of, answered, 0, of, found.rate, found.low, found.high)


def test_few_lucky_messages_do_not_lead_the_list(plain: Audit) -> None:
    cells = [share(20, 20), share(380, 420), *(share(int(x), 200) for x in np.linspace(20, 120, 12))]
    audits = [
        replace(
            plain, actor=replace(plain.actor, id=f"{k:02}"),
            answers=replace(plain.answers, overall=replace(plain.answers.overall, cell=cell)),
        )
        for k, cell in enumerate(cells)
    ]  # fmt: skip
    assert [one.actor.id for one in ranked(audits)][:2] == ["01", "00"]
    bounds = lower_bounds(cells)
    assert bounds[0] < (cells[0].low or 0)
    assert all(0 <= bound <= 1 for bound in bounds)


def test_signs_stay_with_the_one_who_asks(plain: Audit) -> None:
    signs = named(plain, "a", compared("signs_of_passing_over", -1.0, 0.4, -2.6))
    passed = fit_to_pass_on(signs).answers.by_standing
    assert (passed.verdict, passed.reason.key) == ("not_enough_evidence", "signs_withheld")
    assert passed.odds_ratio is None
    assert passed.blind_choice is None
    assert passed.model is not None
    assert (passed.model.root, passed.model.answers) == (None, 100)


@pytest.mark.parametrize("verdict", ["passes_over", "favours", "signs_of_favouring", "even_handed"])
def test_all_else_is_passed_on(plain: Audit, verdict: Verdict) -> None:
    audit = named(plain, "a", compared(verdict, -1.0, 0.4, -4.0))
    assert fit_to_pass_on(audit) == audit


def crowd(*rates: float) -> World:
    """Accounts of like size that answer these shares of 40 messages."""
    world = World()
    world.cover(None)
    for k, rate in enumerate(rates):
        world.actor(f"host{k}", followers=6_000)
        for i in range(40):
            asked = world.write(f"asker{k}x{i}", 1 + i + k / 100, mentions=(f"host{k}",))
            if i < rate * 40:
                world.write(f"host{k}", 1.5 + i + k / 100, to=asked)
            world.write(f"host{k}", 1.7 + i + k / 100)  # around every day
    return world


def test_usual_is_told_from_accounts_of_like_size(tmp_path: Path) -> None:
    rates = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0, 0.55]
    store = crowd(*rates).store(tmp_path)
    usual = store.audit("@host10", research=True, usual=True).answers.overall.usual
    assert usual is not None
    assert (usual.accounts, usual.below, usual.size_of) == (10, 5, "followers")
    assert (usual.low, usual.median, usual.high) == pytest.approx((0.325, 0.55, 0.775))
    assert (usual.size_low, usual.size_high) == (6_000, 6_000)
    assert store.audit("@host10", research=True).answers.overall.usual is None  # not asked


def test_too_few_of_like_size_tell_nothing(tmp_path: Path) -> None:
    store = crowd(*[0.5] * 9).store(tmp_path)
    assert store.audit("@host0", research=True, usual=True).answers.overall.usual is None


def test_two_side_by_side(tmp_path: Path) -> None:
    store = crowd(0.2, 0.8).store(tmp_path)
    found = store.compare("@host1", "@host0", research=True)
    assert [one.actor.handle for one in found] == ["host1", "host0"]


def test_a_whole_network_in_order_of_ids_or_best_first(tmp_path: Path) -> None:
    store = crowd(0.2, 0.9, 0.5).store(tmp_path)
    told: list[tuple[int, int]] = []
    every = store.audit_all(research=True, progress=lambda done, total: told.append((done, total)))
    assert [one.actor.handle for one in every] == ["host0", "host1", "host2"]
    assert told == [(1, 3), (2, 3), (3, 3)]
    best = store.audit_all()
    assert [one.actor.handle for one in best] == ["host1", "host2"]  # a fifth at most is not called answering


def test_nobody_of_whom_anything_was_found_is_listed_as_one_who_answers(plain: Audit) -> None:
    rich = replace(plain.answers.overall, cell=share(380, 420))
    answering = replace(plain, answers=replace(plain.answers, overall=rich))
    assert _does_answer(answering)
    assert not _does_answer(named(answering, "a", compared("passes_over", -2.0, 0.3, -7.0)))
    assert not _does_answer(replace(answering, participation=replace(answering.participation, verdict="rarely")))
    claim = Claim("Reply to everyone.", None, None, "answers.overall", 0.5, "contradicted", reason("signs"), None, "x")
    assert not _does_answer(replace(answering, practice=replace(answering.practice, claims=(claim,))))


def test_no_figure_accuses_in_a_file_where_no_verdict_does(plain: Audit) -> None:
    unsaid = named(plain, "a", compared("not_enough_evidence", -2.0, 0.3, -7.0))
    passed = fit_to_pass_on(unsaid).answers.by_standing
    assert (passed.odds_ratio, passed.blind_choice) == (None, None)
    undecided = named(plain, "b", compared("not_enough_evidence", -0.3, 0.3, -1.0))
    assert fit_to_pass_on(undecided) == undecided
