"""How unequally answers and reshares are spread over people."""

from __future__ import annotations

import numpy as np

from permadani.findings.class_map.events import Asked
from permadani.findings.results import Estimate, Inequality
from permadani.measures.judged import Column
from permadani.statistics.concentration import gini_interval, lorenz, top_share_interval

LEAST_PEOPLE = 10
"""Of fewer people no coefficient is said (a convention)."""
PART = 0.01


def answers_received(asked: Asked, period: int | None = None) -> Inequality | None:
    """Answers in time by everybody who approached somebody or asked a group; None where nobody did."""
    mask = slice(None) if period is None else asked.period == period
    askers, hits = asked.asker[mask], asked.answered[mask]
    if not len(askers):
        return None
    _, index = np.unique(askers, return_inverse=True)
    return inequality(np.bincount(index, weights=hits))


def inequality(amounts: Column) -> Inequality:
    """``amounts``: what each person received, zeros included, shape (n,)."""
    people, received = len(amounts), int(amounts.sum())
    top = max(1, int(people * PART + 1e-9)) if people else 0
    if people < LEAST_PEOPLE or not received:
        return Inequality(people, received, None, top, None, ())
    return Inequality(
        people=people, received=received, gini=_estimate(gini_interval(amounts)), top_people=top,
        top_share=_estimate(top_share_interval(amounts, PART)), lorenz=lorenz(amounts),
    )  # fmt: skip


def _estimate(found: tuple[float, float, float] | None) -> Estimate | None:
    return None if found is None else Estimate(*found)
