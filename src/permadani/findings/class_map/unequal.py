"""How unequally answers and reshares are spread over people."""

from __future__ import annotations

import numpy as np

from permadani.findings.class_map.rows import Measured, Rows, close_ranks, different, rows_where
from permadani.findings.results import Estimate, Inequality
from permadani.measures.judged import Column
from permadani.statistics.concentration import gini_interval, lorenz, top_share_interval

LEAST_PEOPLE, LEAST_RECEIVED = 10, 10
"""Of fewer people, or of less to spread, no coefficient is said (a convention)."""
PART = 0.01


def answers_received(found: Measured) -> Rows:
    """Everybody who approached somebody or asked a group: one row an approach or question (``person``, ``period``), and
    whether an answer came in time (``received``)."""
    judged = found.approaches["judged"] == 1
    both = (rows_where(found.approaches, judged), found.questions)
    joined = {name: np.concatenate([one[name] for one in both]) for name in ("asker", "period", "answered")}
    return {
        "person": found.person[joined["asker"]], "period": joined["period"], "received": joined["answered"] >= 0,
    }  # fmt: skip


def reshares_received(posts: Rows, reshares: Rows | None, person: Column) -> Inequality | None:
    """How unequally those who posted were passed on; None where nobody was, ever.

    ``posts``, ``reshares``: rows of ``received.sql`` and ``reshare.sql``, of a period or all; ``person``: as in
    ``Measured``.
    """
    if reshares is None or not len(posts["person"]):
        return None
    posted = different(posts["person"])
    takers = person[reshares["taker"]]
    place = np.minimum(np.searchsorted(posted, takers), len(posted) - 1)
    return inequality(np.bincount(place[posted[place] == takers], minlength=len(posted)))


def spread(rows: Rows | None) -> Inequality | None:
    """How unequally ``received`` is spread over people; None where there is nobody to receive."""
    if rows is None or not len(rows["person"]):
        return None
    person = close_ranks(rows["person"])
    amounts = np.bincount(person, weights=rows["received"])
    return inequality(amounts[np.bincount(person) > 0])


def inequality(amounts: Column) -> Inequality:
    """``amounts``: what each person received, zeros included, shape (n,)."""
    people, received = len(amounts), int(amounts.sum())
    top = max(1, int(people * PART + 1e-9)) if people else 0
    if people < LEAST_PEOPLE or received < LEAST_RECEIVED:
        return Inequality(people, received, None, top, None, ())
    return Inequality(
        people=people, received=received, gini=_estimate(gini_interval(amounts)), top_people=top,
        top_share=_estimate(top_share_interval(amounts, PART)), lorenz=lorenz(amounts),
    )  # fmt: skip


def _estimate(found: tuple[float, float, float] | None) -> Estimate | None:
    """None also where nothing is excluded."""
    return None if found is None or found[2] - found[1] >= 1 else Estimate(*found)
