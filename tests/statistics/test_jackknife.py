"""The conditional logit against R and statsmodels, the jackknife against a prototype and against really leaving out."""

from __future__ import annotations

import numpy as np
import pytest

from permadani.statistics.blind import blind
from permadani.statistics.choices import Choices
from permadani.statistics.conditional import Batch, fit
from permadani.statistics.jackknife import interval, jackknife, screen
from statistics_fixtures import NAMES, figures

EVERY = {"spread": float("inf"), "firth_below": 0}


@pytest.mark.parametrize("name", NAMES)
def test_maximum_likelihood_of_r(name: str) -> None:
    """R: survival::clogit(method = "exact")."""
    _, batch, expected = figures(name)
    told = expected["maximum_likelihood_by_R_survival"]
    found = fit(batch, **EVERY)  # type: ignore[arg-type]
    assert found.beta[0] == pytest.approx(told["coef"], abs=1e-6)
    assert np.sqrt(np.diag(np.linalg.inv(found.information[0]))) == pytest.approx(told["se"], abs=1e-6)
    assert found.value[0] == pytest.approx(told["loglik"], abs=1e-6)


def test_maximum_likelihood_of_statsmodels() -> None:
    """Cox regression with a stratum for each choice, run here and now."""
    duration = pytest.importorskip("statsmodels.duration.hazard_regression")
    choices, batch, _ = figures("own")
    chosen = np.zeros(len(choices.x), dtype=int)
    chosen[choices.chosen] = 1
    columns = np.column_stack([choices.x, choices.z])
    model = duration.PHReg(2.0 - chosen, columns, status=chosen, strata=choices.choice, ties="breslow").fit()
    found = fit(batch, **EVERY)  # type: ignore[arg-type]
    assert found.beta[0] == pytest.approx(model.params, abs=1e-6)
    assert found.value[0] == pytest.approx(model.llf, abs=1e-8)


@pytest.mark.parametrize("name", NAMES)
def test_the_cheaper_form_of_the_prototype(name: str) -> None:
    choices, batch, expected = figures(name)
    told = expected["prototype"]
    screened = screen(batch)
    variances = jackknife(batch, screened.free)
    assert screened.free.beta[0] == pytest.approx(told["coef"], abs=1e-6)
    for mine, theirs in (
        ("model", "var_model"),
        ("asker", "var_asker"),
        ("thread", "var_thread"),
        ("both", "var_both"),
    ):
        assert getattr(variances, mine)[0] == pytest.approx(told[theirs], abs=2e-6), mine
    assert variances.inflation[0] == pytest.approx(told["lam"], abs=1e-5)
    assert variances.df[0] == pytest.approx(told["df"], abs=1e-4)
    ends = interval(batch, screened.free, variances)
    assert ends == pytest.approx((told["log_odds_low"], told["log_odds_high"]), abs=2e-3)
    by_blind = blind(screened.blind.chance, choices.x > 0, choices.start, choices.chosen)
    assert by_blind.observed == told["observed_to_juniors"]
    assert by_blind.expected == pytest.approx(told["expected_blind"], abs=1e-6)
    assert by_blind.variance == pytest.approx(told["null_variance"], abs=1e-6)


def test_many_accounts_at_once_as_one_by_one() -> None:
    choices, alone, _ = figures("own")
    turned = choices.with_x(1 - choices.x)
    items = np.arange(len(choices.x))
    both = Batch.of([choices, turned, choices], [items] * 3)
    together, single = screen(both), screen(Batch.of([choices], [items]))
    assert together.root == pytest.approx([single.root[0], -single.root[0], single.root[0]], abs=1e-6)
    assert together.free.beta[0] == pytest.approx(together.free.beta[2], abs=1e-9)
    several, one = jackknife(both, together.free), jackknife(Batch.of([choices], [items]), single.free)
    assert several.inflation == pytest.approx([one.inflation[0]] * 3, abs=1e-5)
    assert len(alone) == 1


def test_one_step_is_near_to_really_leaving_a_cluster_out() -> None:
    """With many small clusters one Newton step is as good as a new fit."""
    rng = np.random.default_rng(5)
    events, size = 80, 8
    start = np.arange(events) * size
    x = rng.integers(0, 2, events * size).astype(float)
    chosen = start + rng.integers(0, size, events)
    asker = rng.integers(0, 60, events * size)
    nobody = -np.ones(len(x), dtype=int)
    whole = Choices.of(x, np.zeros((len(x), 0)), start, chosen, asker, nobody)
    batch = Batch.of([whole], [np.arange(len(x))])
    free = fit(batch, **EVERY)  # type: ignore[arg-type]
    moves = []
    for gone in range(whole.askers):
        stays = whole.asker != gone
        events_left = [e for e in range(events) if stays[chosen[e]] and stays[start[e] : start[e] + size].sum() > 1]
        rows = [r for e in events_left for r in range(start[e], start[e] + size) if stays[r]]
        sizes = np.array([stays[start[e] : start[e] + size].sum() for e in events_left])
        begin = np.cumsum(sizes) - sizes
        picked = [rows.index(chosen[e]) for e in events_left]
        less = Choices.of(x[rows], np.zeros((len(rows), 0)), begin, picked, asker[rows], nobody[rows])
        again = fit(Batch.of([less], [np.arange(len(rows))]), **EVERY)  # type: ignore[arg-type]
        moves.append(again.beta[0, 0] - free.beta[0, 0])
    really = (len(moves) - 1) / len(moves) * float(np.square(moves).sum())
    assert jackknife(batch, free).asker[0] == pytest.approx(really, rel=0.05)


def test_a_class_that_was_never_chosen_has_an_estimate() -> None:
    start = np.arange(20) * 4
    x = np.tile([1.0, 0, 0, 0], 20)
    choices = Choices.of(x, np.zeros((80, 0)), start, start + 1, np.arange(80), -np.ones(80))
    found = screen(Batch.of([choices], [np.arange(80)]))
    assert np.isfinite(found.free.beta).all()
    assert -6 < found.free.beta[0, 0] < -1
    assert found.root[0] < -2


def test_covariates_that_say_nearly_the_same_do_not_stop_the_fit() -> None:
    """Found in an audit: a step cut short in one coordinate alone led downhill, and the fit stayed where it began."""
    rng = np.random.default_rng(7)
    events, size = 60, 10
    start = np.arange(events) * size
    days = rng.exponential(3, events * size)
    x = rng.integers(0, 2, events * size).astype(float)
    newest = np.array([np.argmin(days[s : s + size]) for s in start])
    z = np.column_stack([np.log1p(days), np.log1p(24 * days)])
    choices = Choices.of(x, z, start, start + newest, np.arange(events * size), -np.ones(events * size))
    found = screen(Batch.of([choices], [np.arange(events * size)]))
    assert found.free.value[0] > found.blind.value[0] - 1e-6
    score = choices.z[choices.chosen].sum(axis=0) - found.free.mean[:, 1:].sum(axis=0) - found.free.beta[0, 1:] / 6.25
    assert found.free.value[0] > -events * np.log(size) / 2
    assert np.abs(score).max() < 2  # Firth's part is left over, and no more
