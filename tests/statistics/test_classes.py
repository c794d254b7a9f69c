"""Ranks among the askers: halves, fifths, ties."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from permadani.statistics.classes import graded, rank_classes


@pytest.mark.parametrize(
    ("standings", "expected"),
    [
        (range(10), "jjjjjmmmss"),
        ([0, 0, 0, 5, 9], "jjjms"),
        ([0] * 6 + [1, 2, 3, 4], "jjjjjjmmss"),
        ([7] * 5, "jjjjj"),
        ([1, 1, 1, 1, 9, 9, 9, 9, 9, 9], "jjjjmmmmmm"),
        ([5], "j"),
        ([], ""),
    ],
)
def test_classes(standings: list[int], expected: str) -> None:
    assert "".join(name[0] for name in rank_classes(list(standings))) == expected


@given(st.lists(st.integers(0, 10**9), max_size=50))
def test_only_ranks_matter_and_equals_stay_together(standings: list[int]) -> None:
    first = rank_classes(standings)
    assert (first == rank_classes([s * 2 + 1 for s in standings])).all()
    by_value: dict[int, set[str]] = {}
    for value, name in zip(standings, first, strict=True):
        by_value.setdefault(value, set()).add(str(name))
    assert all(len(names) == 1 for names in by_value.values())


@given(st.lists(st.integers(0, 1000), min_size=1, max_size=50))
def test_a_larger_standing_never_has_a_lower_class(standings: list[int]) -> None:
    order = {"junior": 0, "middle": 1, "senior": 2}
    values = sorted(standings)
    ranks = [order[str(name)] for name in rank_classes(np.array(values))]
    assert ranks == sorted(ranks)


def test_graded_by_hand() -> None:
    """Ten askers: juniors 1-5 (mean rank .25), seniors 9-10 (.9)."""
    found = graded(range(10))
    ranks = (np.arange(10) + 0.5) / 10
    expected = ((0.9 - ranks) / 0.65 + np.r_[np.ones(5), np.zeros(5)] + np.r_[np.ones(8), np.zeros(2)]) / 3
    assert found == pytest.approx(expected)
    assert found[:5].mean() - found[8:].mean() == pytest.approx(1)


@pytest.mark.parametrize("standings", [[7] * 5, [], [3]])
def test_nobody_to_hold_against_is_unknown(standings: list[int]) -> None:
    assert np.isnan(graded(standings)).all()


@given(st.lists(st.integers(0, 50), min_size=5, max_size=40))
def test_graded_hangs_on_ranks_alone(standings: list[int]) -> None:
    assert np.array_equal(graded(standings), graded([s**3 + 2 * s for s in standings]), equal_nan=True)
