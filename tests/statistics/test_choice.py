"""The integrated likelihood against a prototype's figures, a brute-force reckoning, and its own symmetries."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from permadani.statistics import laplace
from permadani.statistics.choice import ASKER_SPREADS, THREAD_SPREADS, Likelihood, preference
from permadani.statistics.choices import Choices
from permadani.statistics.laplace import RIDGE, ByChoices, Laplace, Whole
from statistics_fixtures import NAMES, figures

Array = np.ndarray[Any, np.dtype[np.float64]]


@pytest.mark.parametrize("name", NAMES)
def test_log_likelihoods_of_the_prototype(name: str) -> None:
    choices, _, expected = figures(name)
    told = expected["integrated_likelihood"]
    likelihood = Likelihood(choices)
    assert (choices.askers, choices.threads) == (told["askers"], told["threads"])
    assert likelihood.centre == pytest.approx(told["free_fit"]["b"], abs=1e-5)
    assert likelihood.error == pytest.approx(told["free_fit"]["se"], abs=1e-6)
    for point in told["log_likelihood"]:
        assert likelihood.at(point["b"]) == pytest.approx(point["value"], abs=1e-4)


@pytest.mark.parametrize("name", NAMES)
def test_estimate_roots_and_interval_of_the_prototype(name: str) -> None:
    choices, _, expected = figures(name)
    told = expected["integrated_likelihood"]
    found = preference(choices)
    assert found is not None
    assert found.answers == told["answers_informative"]
    assert found.estimate == pytest.approx(told["b_hat"], abs=1e-4)
    assert found.highest == pytest.approx(told["log_likelihood_max"], abs=1e-4)
    assert found.root_at_0 == pytest.approx(told["root_at_0"], abs=1e-4)
    assert found.root(-0.4054651081081644) == pytest.approx(told["root_at_minus_log_1_5"], abs=1e-4)
    # the prototype read its ends off a grid, good to about 0.02
    assert [found.low, found.high] == pytest.approx(told["interval_of_log_odds"], abs=0.02)


def small(seed: int = 3, events: int = 9, askers: int = 5) -> Choices:
    """A few choices, of which everything can be reckoned the long way."""
    rng = np.random.default_rng(seed)
    sizes = rng.integers(2, 6, events)
    rows = int(sizes.sum())
    start = np.cumsum(sizes) - sizes
    return Choices.of(
        rng.integers(0, 2, rows), rng.normal(size=(rows, 2)), start, start + rng.integers(0, sizes),
        rng.integers(0, askers, rows), rng.integers(-1, 3, rows),
    )  # fmt: skip


def by_brute_force(choices: Choices, b: float, su: float, sv: float) -> float:
    """log L(b, su, sv) with dense matrices, plain Newton and no trick at all."""
    n_u, p, n_v = choices.askers, choices.z.shape[1], choices.threads
    rows = np.zeros((len(choices.x), n_u + p + n_v))
    rows[np.arange(len(rows)), choices.asker] = 1
    rows[:, n_u : n_u + p] = choices.z
    threaded = choices.thread >= 0
    rows[threaded, n_u + p + choices.thread[threaded]] = 1
    precision = np.array([su**-2] * n_u + [RIDGE] * p + [sv**-2] * n_v)
    theta = np.zeros(len(precision))
    for _ in range(100):
        score, hessian, value = -precision * theta, np.diag(precision), -float(precision @ theta**2) / 2
        for start, size, chosen in zip(choices.start, choices.sizes, choices.chosen, strict=True):
            some = slice(start, start + size)
            eta = b * choices.x[some] + rows[some] @ theta
            chance = np.exp(eta) / np.exp(eta).sum()
            mean = chance @ rows[some]
            score = score + rows[chosen] - mean
            hessian = hessian + (rows[some].T * chance) @ rows[some] - np.outer(mean, mean)
            value += float(np.log(chance[chosen - start]))
        theta = theta + np.linalg.solve(hessian, score)
    return value - n_u * np.log(su) - n_v * np.log(sv) - float(np.linalg.slogdet(hessian)[1]) / 2


@pytest.mark.parametrize("b", [-1.2, 0.0, 0.8])
def test_agrees_with_brute_force(b: float) -> None:
    choices = small()
    values = [by_brute_force(choices, b, su, sv) for su in ASKER_SPREADS for sv in THREAD_SPREADS]
    whole = np.log(np.mean(np.exp(np.array(values) - max(values)))) + max(values)
    assert Likelihood(choices).at(b) == pytest.approx(whole, abs=2e-5)  # modes are sought to 1e-9 of log likelihood


def test_both_ways_of_factorising_give_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    choices = small(events=12, askers=8)
    found = []
    for kind in (ByChoices, Whole):
        monkeypatch.setattr(laplace, "ByChoices", kind)
        monkeypatch.setattr(laplace, "Whole", kind)
        model = Laplace(choices)
        theta = np.linspace(-1, 1, len(model.precision(0.6, 0.6)))
        factor = model.factor(model.chances(0.3, theta)[0], 0.6, 0.6)
        assert isinstance(factor, kind)
        found.append((factor.logdet, factor.solve(np.random.default_rng(1).normal(size=len(theta)))))
    assert found[0][0] == pytest.approx(
        found[1][0], abs=1e-5
    )  # one of them keeps its largest block in single precision
    assert found[0][1] == pytest.approx(found[1][1], abs=1e-5)


def test_swapping_the_classes_turns_the_sign() -> None:
    choices = figures("own")[0]
    one, other = preference(choices), preference(choices.with_x(1 - choices.x))
    assert one is not None
    assert other is not None
    assert other.estimate == pytest.approx(-one.estimate, abs=1e-6)
    assert other.root_at_0 == pytest.approx(-one.root_at_0, abs=1e-6)
    assert one.low is not None
    assert other.high == pytest.approx(-one.low, abs=1e-3)


def test_names_of_askers_and_order_of_choices_do_not_matter() -> None:
    choices = small(events=30)
    found = preference(choices)
    turned = np.arange(len(choices))[::-1]
    rows = np.concatenate([np.arange(choices.start[e], choices.start[e] + choices.sizes[e]) for e in turned])
    start = np.cumsum(choices.sizes[turned]) - choices.sizes[turned]
    again = preference(
        Choices.of(
            choices.x[rows], choices.z[rows], start, start + (choices.chosen - choices.start)[turned],
            100 - choices.asker[rows], choices.thread[rows],
        )
    )  # fmt: skip
    assert found is not None
    assert again is not None
    assert again.estimate == pytest.approx(found.estimate, abs=1e-5)
    assert again.root_at_0 == pytest.approx(found.root_at_0, abs=1e-5)


def test_never_chosen_has_an_open_end() -> None:
    """Ten juniors and ten seniors wait each time, and always a senior is chosen: no lower end can be told."""
    rng = np.random.default_rng(1)
    x = np.tile(np.r_[np.ones(3), np.zeros(3)], 12)
    start = np.arange(12) * 6
    choices = Choices.of(
        x, rng.normal(size=(72, 1)), start, start + 3 + np.arange(12) % 3, np.arange(72) % 30, -np.ones(72)
    )
    found = preference(choices)
    assert found is not None
    assert found.estimate < -1
    assert found.high is not None
    assert found.low is None or found.low < found.estimate - 2 * found.error


def test_nothing_to_compare_is_none() -> None:
    choices = small()
    assert preference(replace(choices, x=np.zeros(len(choices.x)))) is None


@pytest.mark.parametrize("b", [-2.9, 2.9])
def test_a_very_clear_preference_has_two_ends(b: float) -> None:
    """Found in the demo: the nearer end was crept up to from one side and called open."""
    rng = np.random.default_rng(4)
    events, size = 300, 12
    x = rng.integers(0, 2, events * size).astype(float)
    start = np.arange(events) * size
    weight = np.exp(b * x).reshape(events, size)
    picked = (weight.cumsum(axis=1) / weight.sum(axis=1, keepdims=True) < rng.random((events, 1))).sum(axis=1)
    askers = rng.integers(0, 150, len(x))
    found = preference(Choices.of(x, rng.normal(size=(len(x), 1)), start, start + picked, askers, -np.ones(len(x))))
    assert found is not None
    assert found.low is not None
    assert found.high is not None
    assert found.low < b < found.high
    for end in (found.low, found.high):
        assert abs(found.root(end)) == pytest.approx(1.968, abs=0.02)  # t(.975, 299)
