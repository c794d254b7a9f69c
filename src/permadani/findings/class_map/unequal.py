"""How unequally answers and reshares are spread over people."""

from __future__ import annotations

import numpy as np

from permadani.findings.class_map.rows import Acts, Rows, close_ranks
from permadani.findings.results import Estimate, Inequality
from permadani.measures.judged import Column
from permadani.statistics.concentration import gini_interval, lorenz, top_share_interval

LEAST_PEOPLE, LEAST_RECEIVED = 10, 10
"""Of fewer people, or of less to spread, no coefficient is said (a convention)."""
PART = 0.01


def answers_received(found: Acts) -> Rows:
    """Everybody who approached somebody or asked a group: one row an approach or question (``person``, ``period``), and
    whether an answer came in time (``received``)."""
    judged = found.approaches["judged"] == 1
    parts = [(found.approaches, slice(None) if judged.all() else judged), (found.questions, slice(None))]
    names = ("asker", "period", "answered")
    asker, period, answered = (np.concatenate([rows[name][places] for rows, places in parts]) for name in names)
    return {"person": found.person[asker], "period": period, "received": answered >= 0}


def reshares_received(posts: Rows, reshares: Rows | None, person: Column) -> Inequality | None:
    """How unequally those who posted were passed on; None where nobody was, ever.

    ``posts``, ``reshares``: rows of ``messages.received_rows`` and ``reshare.sql``, of a period or all; ``person``: as
    in ``Acts``.
    """
    if reshares is None or not len(posts["person"]):
        return None
    posted = np.bincount(posts["person"]) > 0
    takers = person[reshares["taker"]]
    return inequality(np.bincount(takers, minlength=len(posted))[: len(posted)][posted])


def spread(rows: Rows | None) -> Inequality | None:
    """How unequally ``received`` is spread over people; None where there is nobody to receive."""
    if rows is None or not len(rows["person"]):
        return None
    person = close_ranks(rows["person"])
    everybody = np.bincount(person) > 0
    return inequality(np.bincount(person[rows["received"]], minlength=len(everybody))[everybody])


def inequality(amounts: Column) -> Inequality:
    """``amounts``: what each person received, zeros included, whole numbers of shape (n,)."""
    people, received = len(amounts), int(amounts.sum())
    top = max(1, int(people * PART + 1e-9)) if people else 0
    if people < LEAST_PEOPLE or received < LEAST_RECEIVED:
        return Inequality(people, received, None, top, None, ())
    amounts = np.repeat(np.arange(int(amounts.max()) + 1), np.bincount(amounts))  # sorted, once for all that follows
    return Inequality(
        people=people, received=received, gini=_estimate(gini_interval(amounts)), top_people=top,
        top_share=_estimate(top_share_interval(amounts, PART)), lorenz=lorenz(amounts),
    )  # fmt: skip


def _estimate(found: tuple[float, float, float] | None) -> Estimate | None:
    """None also where nothing is excluded."""
    return None if found is None or found[2] - found[1] >= 1 else Estimate(*found)
