"""Who is junior and who is senior on each channel: ranks of the last standing of everybody who posted there."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from permadani.measures.judged import Column
from permadani.statistics.classes import JUNIOR, SENIOR, rank_classes

LEAST_RANKED = 5
"""Fewer people of known standing are no ranks: the only blogger among hundreds of guests is nobody's junior."""


@dataclass(frozen=True, slots=True)
class Ranks:
    """One channel: ``people`` who posted, of how many a standing is known, and the bounds of classes (None: none)."""

    people: int
    known: int
    junior_to: int | None
    senior_from: int | None


def ranks_of(channel: Column, standing: Column) -> dict[int, Ranks]:
    """By channel. ``channel``, ``standing``: one entry an account that posted, shape (n,); NaN is unknown."""
    order = np.argsort(channel, kind="stable")
    numbers, start = np.unique(channel[order], return_index=True)
    return (
        {int(one): _ranked(here) for one, here in zip(numbers, np.split(standing[order], start[1:]), strict=True)}
        if len(numbers)
        else {}
    )


def _ranked(standing: Column) -> Ranks:
    known = standing[~np.isnan(standing)]
    if len(known) < LEAST_RANKED:
        return Ranks(people=len(standing), known=len(known), junior_to=None, senior_from=None)
    names = rank_classes(known)
    juniors, seniors = known[names == JUNIOR], known[names == SENIOR]
    return Ranks(
        people=len(standing),
        known=len(known),
        junior_to=int(juniors.max()) if len(juniors) else None,
        senior_from=int(seniors.min()) if len(seniors) else None,
    )
