"""Risk sets against a reckoning by hand, message by message."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from permadani.statistics.queue import CONTROLS, MOST_WAITING, RiskSets, risk_sets

NEVER = float("nan")


def members(sets: RiskSets) -> list[tuple[set[int], int, float]]:
    """Who waited, who was chosen and when, choice by choice."""
    ends = (sets.start + sets.sizes).tolist()
    return [
        (set(sets.item[a:b].tolist()), int(sets.item[c]), float(t))
        for a, b, c, t in zip(sets.start.tolist(), ends, sets.chosen.tolist(), sets.moment.tolist(), strict=True)
    ]


def by_hand(
    arrived: list[float], waited: list[float], left: list[float], window: float
) -> list[tuple[set[int], int, float]]:
    events = sorted(
        (arrived[i] + w, i)
        for i, w in enumerate(waited)
        if not np.isnan(w) and w <= window and (np.isnan(left[i]) or w <= left[i])
    )
    gone: set[int] = set()
    found = []
    for moment, chosen in events:
        waiting = {
            i
            for i, a in enumerate(arrived)
            if i == chosen
            or (i not in gone and a <= moment <= a + window and not (left[i] == left[i] and a + left[i] < moment))
        }
        gone.add(chosen)
        if len(waiting) > 1:
            found.append((waiting, chosen, moment))
    return found


def test_a_few_by_eye() -> None:
    # three arrive on days 0, 1, 2; the second is chosen on day 3, the first on day 5, the third never
    sets = risk_sets([0, 1, 2], [5, 2, NEVER], [NEVER] * 3, 14)
    assert members(sets) == [({0, 1, 2}, 1, 3.0), ({0, 2}, 0, 5.0)]


def test_who_waits_too_long_or_was_taken_by_somebody_else_waits_no_more() -> None:
    sets = risk_sets([0, 1, 2, 3], [NEVER, NEVER, NEVER, 14], [NEVER, 3, NEVER, NEVER], 14)
    assert members(sets) == []  # on day 17 the first three are too old or gone
    sets = risk_sets([0, 1, 2, 3], [NEVER, NEVER, NEVER, 2], [NEVER, 3, NEVER, NEVER], 14)
    assert members(sets) == [({0, 2, 3}, 3, 5.0)]


def test_two_chosen_at_one_moment_go_one_after_the_other() -> None:
    sets = risk_sets([0, 1, 2], [5, 4, NEVER], [NEVER] * 3, 14)
    assert members(sets) == [({0, 1, 2}, 0, 5.0), ({1, 2}, 1, 5.0)]


def test_later_than_the_window_is_no_choice() -> None:
    assert len(risk_sets([0, 1], [15, NEVER], [NEVER] * 2, 14)) == 0


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.integers(0, 60), st.one_of(st.none(), st.integers(0, 20)), st.one_of(st.none(), st.integers(0, 20))
        ),
        max_size=40,
    )
)
def test_as_by_hand(queue: list[tuple[int, int | None, int | None]]) -> None:
    queue.sort(key=lambda item: item[0])
    arrived = [float(a) for a, _, _ in queue]
    waited = [NEVER if w is None else float(w) for _, w, _ in queue]
    left = [NEVER if gone is None else float(gone) for _, _, gone in queue]
    assert members(risk_sets(arrived, waited, left, 14)) == by_hand(arrived, waited, left, 14)


def test_above_two_hundred_waiting_about_a_hundred_stand_for_all() -> None:
    n = 1000
    waited = np.full(n, NEVER)
    waited[::7] = 1.5
    sets = risk_sets(np.sort(np.random.default_rng(0).random(n)), waited, np.full(n, NEVER), 14)
    assert len(sets) == len(waited[::7])
    assert sets.sizes.max() <= MOST_WAITING
    assert sets.sizes.min() >= CONTROLS // 2
    assert (sets.item[sets.chosen] % 7 == 0).all()


def test_whoever_is_chosen_the_same_set_is_taken() -> None:
    """What makes sampled sets valid: the set depends on who waits, not on which of them was chosen."""
    arrived = np.arange(500) / 500
    first = risk_sets(arrived, np.where(np.arange(500) == 50, 3.0, NEVER), np.full(500, NEVER), 14)
    taken = sorted(first.item.tolist())
    assert 1 < len(taken) < 250
    for other in taken[::20]:
        again = risk_sets(arrived, np.where(np.arange(500) == other, 3.0, NEVER), np.full(500, NEVER), 14)
        assert sorted(again.item.tolist()) == taken


def test_fewer_rows_keep_only_choices_that_still_tell() -> None:
    sets = risk_sets([0, 1, 2], [5, 2, NEVER], [NEVER] * 3, 14)
    assert members(sets.where(sets.item != 2)) == [({0, 1}, 1, 3.0)]
    assert members(sets.where(sets.item != 1)) == [({0, 2}, 0, 5.0)]
