"""Observed / expected against formulas worked out event by event, and against their promise of coverage."""

from __future__ import annotations

import numpy as np
import pytest

from permadani.statistics.chosen import chosen_ratio, contrast
from permadani.statistics.intervals import student
from permadani.statistics.ratios import RatioEstimate
from permadani.statistics.shuffled import shuffled_ratios


def test_chosen_by_hand() -> None:
    """Ten givers choose once each, ten receivers: V is 10/9 of the plain sum of squared influences, t has 5 degrees."""
    hit = np.arange(10) < 6
    found = chosen_ratio(hit, np.full(10, 0.5), np.arange(10), np.arange(10), least_people=5)
    plain = (6 * (1 / 6 - 0.1) ** 2 + 4 * 0.1**2) * 10 / 9
    reach = student(0.975, 5) * np.sqrt(plain * 2 - plain * 0.9)
    assert (found.observed, found.expected) == (6, 5.0)
    assert found.value == pytest.approx(1.2)
    assert (found.low, found.high) == pytest.approx((1.2 * np.exp(-reach), 1.2 * np.exp(reach)))


def test_chosen_as_the_clusters_are_summed_one_by_one() -> None:
    random = np.random.default_rng(3)
    giver, receiver = random.integers(0, 30, 400), random.integers(0, 40, 400)
    chance = random.uniform(0.1, 0.6, 400)
    hit = random.random(400) < chance
    influence = hit / hit.sum() - chance / chance.sum()

    def clustered(who: np.ndarray) -> float:
        sums = [influence[who == one].sum() for one in set(who.tolist())]
        return float(np.square(sums).sum() * len(sums) / (len(sums) - 1))

    def effective(who: np.ndarray, weight: np.ndarray) -> float:
        sums = np.array([weight[who == one].sum() for one in set(who.tolist())])
        return float(sums.sum() ** 2 / (sums**2).sum())

    acts, got = clustered(giver), clustered(receiver)
    variance = max(acts + got - (influence**2).sum(), acts, got)
    degrees = min(effective(giver, chance), effective(receiver, hit)) - 1
    reach = student(0.995, degrees) * np.sqrt(variance)
    found = chosen_ratio(hit, chance, giver, receiver, level=0.99)
    value = hit.sum() / chance.sum()
    assert (found.value, found.low, found.high) == pytest.approx(
        (value, value * np.exp(-reach), value * np.exp(reach)), rel=1e-9
    )
    scattered = chosen_ratio(hit, chance.astype(np.float32), giver * 10**15 - 3, receiver * -7, level=0.99)
    assert scattered.low == pytest.approx(found.low, rel=1e-6)


def test_contrast_of_different_people_adds_their_variances() -> None:
    """Nobody in common: on the log scale the squared half widths (in units of t) add up."""
    random = np.random.default_rng(4)
    events = []
    for part in range(2):
        giver, receiver = random.integers(0, 40, 600), random.integers(0, 60, 600)
        chance = random.uniform(0.1, 0.6, 600)
        events.append((random.random(600) < chance, chance, giver + 100 * part, receiver + 100 * part))
    found, parts = contrast(*events), [chosen_ratio(*one) for one in events]
    assert found.value == pytest.approx(parts[0].value / parts[1].value)
    widths = [np.log(one.high / one.value) for one in (found, *parts)]
    # t differs a little between the three, the effective numbers of clusters being some 30 to 40
    assert widths[0] == pytest.approx(np.hypot(*widths[1:]), rel=0.05)


def test_contrast_of_shared_people_is_surer_where_they_raise_both() -> None:
    """Every giver likes the class to another degree, in both: what they share cancels out of the relative figure."""
    random = np.random.default_rng(5)
    giver = np.repeat(np.arange(40), 25)
    liking = np.repeat(random.uniform(0.1, 0.9, 40), 25)
    first, second = (
        (random.random(1000) < liking, np.full(1000, 0.4), giver, np.arange(1000) + 1000 * part) for part in range(2)
    )
    together = contrast(first, second)
    apart = contrast(first, (second[0], second[1], giver + 40, second[3]))
    assert together.value == apart.value
    assert np.log(together.high / together.low) < 0.8 * np.log(apart.high / apart.low)


def test_contrast_knows_the_same_people_however_great_their_numbers() -> None:
    """Few events of people with great numbers against many: whoever is in both must not be taken for somebody else."""
    random = np.random.default_rng(6)
    liking = random.uniform(0.1, 0.9, 20_000)
    few, many = 19_900 + random.integers(0, 100, 500), np.concatenate([np.arange(20_000), np.arange(19_900, 20_000)])
    first, second = (
        (random.random(len(who)) < liking[who], np.full(len(who), 0.4), who, np.arange(len(who)) + 30_000 * part)
        for part, who in enumerate((few, many))
    )
    scattered = [(hit, chance, who * 10**12, other) for hit, chance, who, other in (first, second)]
    mirrored = [(hit, chance, 19_999 - who, other) for hit, chance, who, other in (first, second)]
    found = contrast(first, second)
    assert found.low is not None
    for same in (scattered, mirrored):
        assert contrast(*same).low == pytest.approx(found.low, rel=1e-9)


def test_no_hit_is_zero_with_an_upper_end() -> None:
    """100 expected of givers who chose once each: e^-3 is one in twenty. 10 events a giver count as one."""
    none, few, many = np.zeros(200, dtype=bool), np.repeat(np.arange(20), 10), np.arange(200)
    once = chosen_ratio(none, np.full(200, 0.5), many, many)
    assert (once.observed, once.value, once.low) == (0, 0.0, 0.0)
    assert once.high == pytest.approx(2.9957 / 100, rel=1e-4)
    assert chosen_ratio(none, np.full(200, 0.5), few, many).high == pytest.approx(29.957 / 100, rel=1e-4)
    some = (np.arange(200) < 100, np.full(200, 0.5), few, many)
    relative = contrast((none, np.full(200, 0.5), many, many), some)
    assert (relative.value, relative.low) == (0.0, 0.0)
    assert relative.high > once.high
    assert contrast(some, (none, np.full(200, 0.5), many, many)) == RatioEstimate(100, 100.0, None, None, None)


@pytest.mark.parametrize(
    "events",
    [
        ([], [], [], []),
        ([True] * 4, [0.9] * 4, range(4), range(4)),  # four people, less than five expected
        ([True] * 40, [0.9] * 40, [1, 2, 3, 4] * 10, range(40)),  # four givers
        ([True] * 40, [0.9] * 40, range(40), [1, 2, 3, 4] * 10),  # four receivers
        ([True] * 40, [1.0] * 40, range(40), range(40)),  # nobody else could have been chosen
        ([False] * 40, [0.0] * 40, range(40), range(40)),  # nobody of the class waited
        ([True], [0.5], [1], [1]),
    ],
)
def test_too_few_say_nothing(events: tuple[list[bool], list[float], list[int], list[int]]) -> None:
    found = chosen_ratio(*events)
    assert (found.observed, found.expected) == (sum(events[0]), pytest.approx(sum(events[1])))
    assert (found.value, found.low, found.high) == (None, None, None)
    assert contrast(events, events).value is None


def counted(who: np.ndarray, source: np.ndarray, to: np.ndarray) -> tuple[np.ndarray, ...]:
    rows, count = np.unique(np.column_stack([who, source, to]), axis=0, return_counts=True)
    return rows[:, 0], rows[:, 1], rows[:, 2], count, np.zeros(len(rows), dtype=np.int64)


def test_shuffled_as_the_influences_are_summed_event_by_event() -> None:
    random = np.random.default_rng(6)
    n = 800
    giver, receiver = random.integers(0, 50, n), random.integers(0, 70, n)
    source = np.where(random.random(n) < 0.2, 3, giver % 3)  # people change class
    to = receiver % 4
    found = shuffled_ratios(counted(giver, source, to), counted(receiver * 10**12, source, to))
    for k in range(4):
        for m in range(4):
            inside, row, column = (source == k) & (to == m), source == k, to == m
            influence = inside / inside.sum() - row / row.sum() - column / column.sum() + 1 / n
            assert influence.sum() == pytest.approx(0, abs=1e-9)
            parts = []
            for who in (giver, receiver):
                sums = np.bincount(who, weights=influence)
                people = len(set(who.tolist()))
                parts.append((sums**2).sum() * people / (people - 1))
            variance = max(sum(parts) - (influence**2).sum(), *parts)
            acts, came = np.bincount(giver[row]), np.bincount(receiver[column])
            degrees = min(float(one.sum() ** 2 / (one**2).sum()) for one in (acts, came)) - 1
            reach = student(0.975, degrees) * np.sqrt(variance)
            value = inside.sum() * n / (row.sum() * column.sum())
            cell = found[k][m]
            assert cell.expected == pytest.approx(row.sum() * column.sum() / n)
            assert (cell.value, cell.low, cell.high) == pytest.approx(
                (value, value * np.exp(-reach), value * np.exp(reach)), rel=1e-9
            )


def test_shuffled_cells_that_say_nothing() -> None:
    nothing = shuffled_ratios(([], [], [], [], []), ([], [], [], [], []))
    assert len(nothing) == 4
    assert all(cell == RatioEstimate(0, 0.0, None, None, None) for row in nothing for cell in row)
    # class 0 goes to class 1 alone and the other way round, once a person; classes 2 and 3 do not exist
    who, source = np.arange(200), np.arange(200) % 2
    once = (who, source, 1 - source, np.ones(200), 0 * who)
    found = shuffled_ratios(once, once)
    assert (found[0][0].value, found[0][0].low) == (0.0, 0.0)
    assert found[0][0].high == pytest.approx(2.9957 / 50, rel=1e-4)
    assert found[0][1].value == pytest.approx(2.0)
    assert found[2][2] == RatioEstimate(0, 0.0, None, None, None)
    # only one class acts: nobody else's labels could be shuffled
    one_acts = (who, 0 * who, source, np.ones(200), 0 * who)
    alone = shuffled_ratios(one_acts, one_acts)
    assert alone[0][0] == RatioEstimate(100, 100.0, None, None, None)


def test_both_sides_must_be_of_the_same_events() -> None:
    with pytest.raises(ValueError, match="same events"):
        shuffled_ratios(([1], [0], [0], [2], [0]), ([1], [0], [0], [1], [0]))
    with pytest.raises(ValueError, match="same events"):
        shuffled_ratios(([1], [0], [0], [2], [0]), ([1], [0], [0], [2], [1]))
    with pytest.raises(ValueError, match="classes are numbers"):
        shuffled_ratios(([1], [4], [0], [2], [0]), ([1], [4], [0], [2], [0]))


def covered(estimates: list[RatioEstimate]) -> float:
    """How many intervals hold the middle (on the log scale) of all the values."""
    truth = np.exp(np.mean([np.log(one.value) for one in estimates]))
    return float(np.mean([one.low <= truth <= one.high for one in estimates]))


def chosen_network(
    random: np.random.Generator, givers: int, receivers: int, spread: float, waiting: int = 6
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Events (hit, chance, giver, receiver): each giver chooses some times among a few receivers who wait, of whom
    the class in question is a third. ``spread``: standard deviation of log preference and of log attractiveness."""
    member = np.arange(receivers) % 3 == 0
    attractive = random.normal(0.0, spread, receivers)
    liking = random.normal(0.4, spread, givers)
    giver = np.repeat(np.arange(givers), random.geometric(0.08, givers))
    set_ = random.integers(0, receivers, (len(giver), waiting))
    weight = attractive[set_] + np.where(member[set_], liking[giver][:, None], 0.0)
    taken = set_[np.arange(len(giver)), np.argmax(weight + random.gumbel(size=set_.shape), axis=1)]
    return member[taken], member[set_].mean(axis=1), giver, taken


def shuffled_network(
    random: np.random.Generator, givers: int, receivers: int, spread: float
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Events (giver, class of giver, class of receiver, receiver), two classes; givers of class 1 like class 1, each
    to another degree; some receivers get far more than others."""
    of_giver, of_receiver = np.arange(givers) % 3 == 0, np.arange(receivers) % 3 == 0
    weight = np.exp(random.normal(0.0, spread, receivers))
    liking = np.exp(random.normal(0.0, spread, givers) + 0.5 * of_giver)
    giver = np.repeat(np.arange(givers), random.geometric(0.08, givers))
    inside, outside = weight[of_receiver].sum(), weight[~of_receiver].sum()
    to = random.random(len(giver)) < liking[giver] * inside / (liking[giver] * inside + outside)
    receiver = np.empty(len(giver), dtype=np.int64)
    for kind in (False, True):
        pool = np.nonzero(of_receiver == kind)[0]
        rows = to == kind
        receiver[rows] = random.choice(pool, rows.sum(), p=weight[pool] / weight[pool].sum())
    return giver, of_giver[giver].astype(np.int8), to.astype(np.int8), receiver


@pytest.mark.parametrize(("givers", "receivers", "spread"), [(30, 600, 1.0), (60, 120, 0.8), (60, 120, 0.0)])
def test_chosen_intervals_keep_their_promise(givers: int, receivers: int, spread: float) -> None:
    """With many receivers 95 %; with few, who are chosen again and again, more than that: all that comes to one
    receiver is or is not of the class, which the sum over receivers takes for their doing."""
    random = np.random.default_rng(5)
    assert covered([chosen_ratio(*chosen_network(random, givers, receivers, spread)) for _ in range(300)]) >= 0.92


def test_chosen_intervals_are_not_idle_where_receivers_are_many() -> None:
    random = np.random.default_rng(5)
    assert covered([chosen_ratio(*chosen_network(random, 30, 600, 1.0)) for _ in range(300)]) <= 0.98


@pytest.mark.parametrize("column", [0, 1])
def test_shuffled_intervals_keep_their_promise(column: int) -> None:
    random = np.random.default_rng(5)
    found = []
    for _ in range(300):
        giver, source, to, receiver = shuffled_network(random, 200, 300, 0.8)
        sides = counted(giver, source, to), counted(receiver, source, to)
        found.append(shuffled_ratios(*sides, classes=2)[1][column])
    assert 0.92 <= covered(found) <= 0.985


def test_negative_control_events_taken_for_different_people_do_not() -> None:
    random = np.random.default_rng(5)
    found = []
    for _ in range(200):
        hit, chance, _, _ = chosen_network(random, 30, 600, 1.0)
        found.append(chosen_ratio(hit, chance, np.arange(len(hit)), np.arange(len(hit))))
    assert covered(found) < 0.88
