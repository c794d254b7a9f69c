"""Labels shuffled within strata: against derivatives taken numerically, and against what may not change anything."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from permadani.statistics import shuffled, strata
from permadani.statistics.intervals import student
from permadani.statistics.ratios import RatioEstimate
from permadani.statistics.shuffled import shuffled_ratios

Acts = tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray, np.ndarray]
"""Giver, receiver, class of the giver, class of the receiver, stratum: one entry an act."""


def counted(*columns: np.ndarray) -> tuple[np.ndarray, ...]:
    who, source, to, stratum = columns
    rows, count = np.unique(np.column_stack([who, source, to, stratum]), axis=0, return_counts=True)
    return rows[:, 0], rows[:, 1], rows[:, 2], count, rows[:, 3]


def matrix(acts: Acts, **limits: int) -> list[list[RatioEstimate]]:
    giver, receiver, source, to, stratum = acts
    return shuffled_ratios(counted(giver, source, to, stratum), counted(receiver, source, to, stratum), **limits)


def drawn(seed: int, n: int, people: int, channels: int) -> Acts:
    """People who act on several channels, in several classes, and are not impartial."""
    random = np.random.default_rng(seed)
    giver, receiver = random.integers(0, people, n), (people * random.random(n) ** 2).astype(np.int64)
    stratum = random.integers(0, channels, n)
    source = np.where(random.random(n) < 0.2, 3, (giver + stratum) % 4)
    to = np.where((random.random(n) < 0.2) & (stratum > 0), source, receiver % 3)
    return giver, receiver, source, to, stratum


def same(one: list[list[RatioEstimate]], other: list[list[RatioEstimate]]) -> None:
    for row, beside in zip(one, other, strict=True):
        for a, b in zip(row, beside, strict=True):
            close(a, b)


def close(one: RatioEstimate, other: RatioEstimate) -> None:
    assert one.observed == other.observed
    for name in ("expected", "value", "low", "high"):
        a, b = getattr(one, name), getattr(other, name)
        assert a == b or a == pytest.approx(b, rel=1e-9)


def expected(acts: Acts, weight: np.ndarray, k: int, m: int) -> float:
    _, _, source, to, stratum = acts
    whole = 0.0
    for c in set(stratum.tolist()):
        here = weight * (stratum == c)
        whole += float(here[source == k].sum() * here[to == m].sum() / here.sum())
    return whole


@pytest.mark.parametrize("channels", [1, 3])
def test_influences_are_the_derivatives_by_the_weight_of_each_act(channels: int) -> None:
    acts = giver, receiver, source, to, stratum = drawn(1, 240, 25, channels)
    found, told = matrix(acts), 0
    for k in range(4):
        for m in range(4):
            inside, cell = (source == k) & (to == m), found[k][m]

            def log_ratio(weight: np.ndarray, k: int = k, m: int = m, inside: np.ndarray = inside) -> float:
                return float(np.log(weight[inside].sum() / expected(acts, weight, k, m)))

            assert cell.expected == pytest.approx(expected(acts, np.ones(240), k, m))
            if cell.value is None:
                continue
            told, step = told + 1, 1e-4
            influence = np.array([
                (log_ratio(1 + step * one) - log_ratio(1 - step * one)) / (2 * step) for one in np.eye(240)
            ])  # fmt: skip
            shares = [  # of the expected, by its row and by its column
                sum(
                    (kind & (stratum == c)) * (other & (stratum == c)).sum() / (stratum == c).sum()
                    for c in range(channels)
                )
                for kind, other in ((source == k, to == m), (to == m, source == k))
            ]
            parts, degrees = [], []
            for who, share in zip((giver, receiver), shares, strict=True):
                sums, people = np.bincount(who, weights=influence), len(set(who.tolist()))
                due = np.bincount(who, weights=share)
                assert due.sum() == pytest.approx(cell.expected)
                parts.append((sums**2).sum() * people / (people - 1))
                degrees.append(due.sum() ** 2 / (due**2).sum() - 1)
            variance = max(sum(parts) - (influence**2).sum(), *parts)
            reach = student(0.975, min(degrees)) * np.sqrt(variance)
            ends = cell.value * np.exp(-reach), cell.value * np.exp(reach)
            assert (cell.low, cell.high) == pytest.approx(ends, rel=1e-5)
    assert told >= 8


def two_channels(random: np.random.Generator) -> Acts:
    """Seniors (2) act and are addressed mostly on the second channel; within each, who acts says nothing about to whom.
    Everybody has a class of their own and is on one channel; some are far more active and more addressed."""
    columns = []
    for channel, seniors in enumerate((0.15, 0.7)):
        people = np.arange(300) + 300 * channel
        of = np.where(random.random(300) < seniors, 2, 0)
        act, draw = np.exp(random.normal(0, 0.7, 300)), np.exp(random.normal(0, 0.7, 300))
        giver, receiver = (random.choice(300, 2000, p=weight / weight.sum()) for weight in (act, draw))
        columns.append((people[giver], people[receiver], of[giver], of[receiver], np.full(2000, channel)))
    giver, receiver, source, to, stratum = (np.concatenate(one) for one in zip(*columns, strict=True))
    return giver, receiver, source, to, stratum


def test_nobody_is_expected_to_reach_into_another_channel() -> None:
    random, cells, mixed = np.random.default_rng(8), [], []
    for _ in range(150):
        acts = two_channels(random)
        cells.append(matrix(acts)[2][2])
        mixed.append(matrix((*acts[:4], 0 * acts[4]))[2][2])
    assert np.mean([cell.value for cell in cells]) == pytest.approx(1, abs=0.02)
    assert np.mean([cell.low <= 1 <= cell.high for cell in cells]) >= 0.92
    # taken for one channel, nearly all of them would be called more than chance
    assert np.mean([cell.low > 1 for cell in mixed]) > 0.9


def test_what_could_not_have_been_otherwise_carries_nothing() -> None:
    who = np.arange(200)
    source = who % 2
    # only class 0 acts on channel 0, only class 1 is addressed on channel 1: there every shuffle is what it was
    forced = [(who, who + 500, 0 * who, source, 0 * who), (who + 200, who + 700, source, 0 * who + 1, 0 * who + 1)]
    both: Acts = tuple(np.concatenate(one) for one in zip(*forced, strict=True))
    assert matrix(both)[0][1] == RatioEstimate(200, 200.0, None, None, None)
    # a third, where it could, has 4 expected: too few; 9 are not
    for acts, told in ((16, False), (36, True)):
        few, even = np.arange(acts), np.arange(acts) % 2
        free = (few + 400, few + 900, even, np.arange(acts) // 2 % 2, 0 * few + 2)
        cell = matrix(tuple(np.concatenate(one) for one in zip(both, free, strict=True)))[0][1]
        assert cell.expected == 200 + acts / 4
        assert (cell.value is not None) == told
    # and where of those who could, only four act in the row
    few = np.arange(200)
    free = (few % 8 + 400, few + 900, few % 2, few // 2 % 2, 0 * few + 2)
    assert matrix(tuple(np.concatenate(one) for one in zip(both, free, strict=True)))[0][1].value is None


def test_no_hit_has_its_upper_end_from_the_channels_where_one_could_have_been() -> None:
    who = np.arange(200)
    avoiding = (who, who + 500, who % 2, 1 - who % 2, 0 * who)
    # on another channel givers of class 0 act, a hundred times each, but nobody of class 0 is there to be addressed
    elsewhere = (who % 2, who + 900, 0 * who, 0 * who + 1, 0 * who + 1)
    found = matrix(tuple(np.concatenate(one) for one in zip(avoiding, elsewhere, strict=True)))[0][0]
    assert (found.observed, found.expected, found.value, found.low) == (0, 50.0, 0.0, 0.0)
    assert found.high == pytest.approx(2.9957 / 50, rel=1e-4)


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10**6), st.integers(1, 4), st.integers(20, 400))
def test_neither_the_order_nor_the_names_of_anything_matter(seed: int, channels: int, n: int) -> None:
    acts, random = drawn(seed, n, 30, channels), np.random.default_rng(seed)
    giver, receiver, source, to, stratum = acts
    found = matrix(acts, least_expected=1)
    sides = counted(giver, source, to, stratum), counted(receiver, source, to, stratum)
    mixed = []
    for side in sides:
        # in another order, and one entry in two
        twice = [np.concatenate([one, one[:1]]) for one in side]
        twice[3] = np.concatenate([[0], side[3][1:], side[3][:1]])
        order = random.permutation(len(twice[0]))
        mixed.append(tuple(one[order] for one in twice))
    same(found, shuffled_ratios(*mixed, least_expected=1))
    names, channel = random.permutation(10**6)[:30] - 500, random.permutation(50)[:channels] * 10**9
    same(found, matrix((names[giver], names[receiver], source, to, channel[stratum]), least_expected=1))


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10**6), st.integers(1, 3), st.integers(20, 400))
def test_a_channel_split_into_two_alike_changes_nothing(seed: int, channels: int, n: int) -> None:
    """Everything twice on one channel, or once on each of two with the same people."""
    acts = drawn(seed, n, 30, channels)
    twice = [np.concatenate([one, one]) for one in acts]
    split = [*twice[:4], np.concatenate([acts[4], np.where(acts[4] == 0, channels, acts[4])])]
    same(matrix(tuple(twice)), matrix(tuple(split)))


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10**6), st.integers(20, 300))
def test_a_channel_without_the_two_classes_changes_nothing(seed: int, n: int) -> None:
    """Acts of and towards classes 2 and 3 among other people, on a channel of their own."""
    acts = drawn(seed, n, 30, 2)
    other = drawn(seed + 1, 100, 30, 1)
    apart = (other[0] + 100, other[1] + 100, 2 + other[2] % 2, 2 + other[3] % 2, other[4] + 2)
    found, more = matrix(acts), matrix(tuple(np.concatenate(one) for one in zip(acts, apart, strict=True)))
    for k in (0, 1):
        for m in (0, 1):
            close(found[k][m], more[k][m])


def test_large_counts_are_worked_off_in_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    acts = drawn(4, 900, 60, 5)
    found = matrix(acts)
    monkeypatch.setattr(strata, "CHUNK", 7)
    monkeypatch.setattr(shuffled, "MOST_VALUES", 600)
    same(found, matrix(acts))
    assert found[0][0].value is not None
