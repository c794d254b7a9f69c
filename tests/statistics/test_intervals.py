"""Intervals against published figures, and against their promise: 95 % coverage where people come several times."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from permadani.statistics.intervals import (
    FLOOR,
    ClusterSums,
    Share,
    clustered_share,
    design_effect,
    difference,
    share_of_sums,
    student,
    wilson,
)


@pytest.mark.parametrize(
    ("hits", "n", "low", "high"),
    [
        # Newcombe (Statistics in Medicine 17, 1998, p. 857-872), table I,
        # method 3: score without continuity correction
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0000, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_wilson_agrees_with_newcombe(hits: int, n: int, low: float, high: float) -> None:
    found = wilson(hits / n, n, 1.959964)
    assert found == pytest.approx((low, high), abs=5e-5)


@pytest.mark.parametrize(("degrees", "quantile"), [(1, 12.7062), (4, 2.7764), (30, 2.0423), (1000, 1.9623)])
def test_student_agrees_with_the_tables(degrees: float, quantile: float) -> None:
    assert student(0.975, degrees) == pytest.approx(quantile, abs=5e-5)


def test_single_askers_have_no_design_effect_beyond_sampling() -> None:
    hits = np.array([1.0, 0, 1, 0, 0, 1, 0, 0, 0, 1])
    assert design_effect(hits, np.ones(10)) == pytest.approx(10 / 9)


def test_identical_answers_within_askers_count_once() -> None:
    """Five askers who came four times each and always fared alike carry five answers, not twenty."""
    assert design_effect(np.array([4.0, 4, 0, 0, 0]), np.full(5, 4.0)) == pytest.approx(4 * 5 / 4)


def test_nobody_answered_is_as_uncertain_as_the_number_of_people() -> None:
    many = clustered_share(np.zeros(40), np.arange(40))
    few = clustered_share(np.zeros(40), np.arange(40) % 4)
    assert few.high is not None
    assert many.high is not None
    assert few.high > 3 * many.high


def test_four_of_four_is_not_four_of_four_hundred() -> None:
    four = clustered_share([1] * 4, range(4))
    hundreds = clustered_share([1] * 4 + [0] * 396, range(400))
    assert four.low is not None
    assert hundreds.high is not None
    assert four.low > hundreds.high


def test_nothing_gives_nothing() -> None:
    share = clustered_share([], [])
    assert (share.n, share.rate, share.low, share.high) == (0, None, None, None)


def test_another_level_is_another_quantile() -> None:
    """15 of 148, each asker once: at 99 % as Wilson at z = 2.5759 (t of 147 degrees: 2.6097) and 148 * 147 / 148."""
    found = clustered_share([1] * 15 + [0] * 133, range(148), level=0.99)
    assert (found.low, found.high) == pytest.approx(wilson(15 / 148, 147, 2.6097), abs=1e-5)
    assert clustered_share([1] * 15 + [0] * 133, range(148)) == clustered_share([1] * 15 + [0] * 133, range(148), 0.95)


def test_a_higher_level_keeps_its_promise_too() -> None:
    assert coverage(plain=False, level=0.99) >= 0.98


def test_one_person_alone_says_nothing() -> None:
    share = clustered_share([1, 1, 1, 0], ["bo"] * 4)
    assert (share.low, share.high) == (0.0, 1.0)


@given(st.lists(st.tuples(st.booleans(), st.integers(0, 8)), min_size=1, max_size=60))
def test_the_interval_holds_the_share_and_stays_between_0_and_1(rows: list[tuple[bool, int]]) -> None:
    share = clustered_share([hit for hit, _ in rows], [who for _, who in rows])
    assert share.rate is not None
    assert share.low is not None
    assert share.high is not None
    assert 0 <= share.low <= share.rate <= share.high <= 1


@given(st.lists(st.tuples(st.booleans(), st.integers(0, 8)), min_size=1, max_size=60), st.randoms())
def test_order_does_not_matter(rows: list[tuple[bool, int]], random: object) -> None:
    mixed = list(rows)
    random.shuffle(mixed)  # type: ignore[attr-defined]
    first = clustered_share([h for h, _ in rows], [w for _, w in rows])
    second = clustered_share([h for h, _ in mixed], [w for _, w in mixed])
    assert first.low == pytest.approx(second.low)
    assert first.high == pytest.approx(second.high)


def coverage(plain: bool, level: float = 0.95) -> float:
    """Share of 600 simulated accounts whose true rate lies in the interval; askers differ (beta, correlation 0.4)."""
    random = np.random.default_rng(20)
    truth, hits = 0.3, 0
    for _ in range(600):
        times = random.geometric(0.35, size=60)
        chances = random.beta(truth * 1.5, (1 - truth) * 1.5, size=60)
        who = np.repeat(np.arange(60), times)
        outcomes = random.random(who.size) < chances[who]
        if plain:
            low, high = wilson(float(outcomes.mean()), outcomes.size, 1.959964)
        else:
            share = clustered_share(outcomes, who, level)
            assert share.low is not None
            assert share.high is not None
            low, high = share.low, share.high
        hits += low <= truth <= high
    return hits / 600


def test_the_clustered_interval_keeps_its_promise() -> None:
    assert 0.93 <= coverage(plain=False) <= 0.98


def test_negative_control_the_plain_interval_does_not() -> None:
    assert coverage(plain=True) < 0.88


def effect_by_residuals(successes: np.ndarray, sizes: np.ndarray) -> float:
    """The design effect as Kish writes it, over the residuals of every cluster."""
    n, groups, rate = sizes.sum(), len(sizes), successes.sum() / sizes.sum()
    kish = (sizes**2).sum() / n
    if rate in (0.0, 1.0):
        return float(kish)
    if groups < 2:
        return float(n)
    variance = ((successes - rate * sizes) ** 2).sum() / n**2 * groups / (groups - 1)
    return float(max(1 + FLOOR * (kish - 1), variance / (rate * (1 - rate) / n)))


@given(st.lists(st.integers(1, 40).flatmap(lambda m: st.tuples(st.integers(0, m), st.just(m))), min_size=1))
def test_six_sums_tell_as_much_as_all_clusters(clusters: list[tuple[int, int]]) -> None:
    hits, sizes = np.array(clusters, dtype=float).T
    who = np.repeat(np.arange(len(sizes)), sizes.astype(int))
    outcomes = np.concatenate([np.arange(m) < s for s, m in clusters])
    whole = (hits.sum(), len(sizes), (sizes**2).sum(), (hits**2).sum(), (hits * sizes).sum())
    sums = ClusterSums(int(sizes.sum()), *(int(one) for one in whole))
    share = share_of_sums(sums)
    assert share == clustered_share(outcomes, who)
    assert share.n_effective == pytest.approx(sizes.sum() / effect_by_residuals(hits, sizes), rel=1e-12)


def test_sums_of_many_large_clusters_do_not_cancel() -> None:
    """Two kinds of clusters whose shares differ by one in ten million: floats would lose the difference."""
    size, groups = 10_000_000, 1000
    hits = [size // 2 + (g % 2) for g in range(groups)]
    sums = ClusterSums(
        size * groups, sum(hits), groups, groups * size**2, sum(h * h for h in hits), sum(h * size for h in hits)
    )
    share = share_of_sums(sums)
    assert share.rate == pytest.approx(0.5)
    assert share.n_effective == pytest.approx(size * groups / (1 + FLOOR * (size - 1)))


def test_no_sums_no_share() -> None:
    assert share_of_sums(ClusterSums(0, 0, 0, 0, 0, 0)) == clustered_share([], [])


def plain_share(hits: int, n: int) -> Share:
    """A share of single askers with Wilson's own interval."""
    rate = hits / n
    return Share(hits, n, n, rate, *wilson(rate, n, 1.959964), n)


@pytest.mark.parametrize(
    ("first", "second", "low", "high"),
    [
        # Newcombe (Statistics in Medicine 17, 1998, p. 873-890), table II, method 10
        ((56, 70), (48, 80), 0.0524, 0.3339),
        ((9, 10), (3, 10), 0.1705, 0.8090),
        ((6, 7), (2, 7), 0.0582, 0.8062),
        ((5, 56), (0, 29), -0.0381, 0.1926),
        ((0, 10), (0, 20), -0.1611, 0.2775),
        ((10, 10), (0, 10), 0.6075, 1.0),
    ],
)
def test_difference_agrees_with_newcombe(
    first: tuple[int, int], second: tuple[int, int], low: float, high: float
) -> None:
    found = difference(plain_share(*first), plain_share(*second))
    assert found == pytest.approx((first[0] / first[1] - second[0] / second[1], low, high), abs=5e-5)


def test_difference_agrees_with_statsmodels() -> None:
    from statsmodels.stats.proportion import confint_proportions_2indep

    for a, n, b, m in [(3, 20, 9, 31), (0, 9, 4, 12), (40, 41, 17, 90)]:
        oracle = confint_proportions_2indep(a, n, b, m, method="newcomb", compare="diff")
        found = difference(plain_share(a, n), plain_share(b, m))
        assert found is not None
        assert found[1:] == pytest.approx(oracle, abs=1e-6)


def test_no_difference_from_nothing_and_all_from_one_person_alone() -> None:
    none, one = clustered_share([], []), clustered_share([1, 1, 0], ["bo"] * 3)
    assert difference(none, one) is None
    assert difference(one, none) is None
    found = difference(one, one)
    assert found is not None
    assert found[0] == 0
    assert found[1] < -0.7
    assert found[2] > 0.7


def test_the_difference_keeps_its_promise_where_people_come_several_times() -> None:
    random = np.random.default_rng(11)
    held = 0
    for _ in range(400):
        shares = []
        for truth in (0.3, 0.5):
            times = random.geometric(0.35, size=50)
            chances = random.beta(truth * 1.5, (1 - truth) * 1.5, size=50)
            who = np.repeat(np.arange(50), times)
            shares.append(clustered_share(random.random(who.size) < chances[who], who))
        found = difference(*shares)
        assert found is not None
        held += found[1] <= -0.2 <= found[2]
    assert 0.93 <= held / 400 <= 0.99
