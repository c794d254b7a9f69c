"""The share of everybody, and when it may be said that an account answers few of anyone."""

from __future__ import annotations

import numpy as np

from permadani.findings import cells
from permadani.findings.reasons import reason
from permadani.findings.results import Overall
from permadani.measures.judged import Judged
from permadani.settings import WINDOW_DAYS

ENOUGH, ENOUGH_ASKERS = 20, 10
"""Judged messages, and people behind them, below which a rate says too little to stand alone."""
FEW = 0.02


def overall_of(rows: Judged, complete: bool, namesakes: int, unlinked: int) -> Overall:
    """The share of everybody, and *answers few of anyone* only where nothing at all speaks against it.

    ``unlinked``: messages of its own that may be answers to these, see ``unlinked_of``.
    """
    cell = cells.cell(rows)
    judged_askers = len(np.unique(rows.asker[rows.eligible.astype(bool)]))
    if cell.eligible < ENOUGH or judged_askers < ENOUGH_ASKERS or cell.high is None:
        counts = {"eligible": cell.eligible, "askers": judged_askers, "needed": ENOUGH, "people": ENOUGH_ASKERS}
        return Overall("not_enough_evidence", reason("too_few", **counts), cell)
    if cell.high >= FEW:
        few_of_part = cell.answered == 0 and not complete
        return Overall("not_enough_evidence", reason("few_but_partial" if few_of_part else "no_yardstick"), cell)
    against = cells.doubts(rows)
    if not complete:
        why = reason("few_but_partial")
    elif namesakes:
        why = reason("few_but_namesakes", count=namesakes)
    elif against.ever >= FEW:
        why = reason("few_but_late")
    elif cell.answered + _late(rows) + unlinked >= FEW * cell.eligible:
        why = reason("few_but_unlinked", count=unlinked)
    elif against.people >= FEW:
        why = reason("few_but_people", people=f"{100 * against.people:.0f}")
    elif against.joined >= FEW or against.anywhere >= FEW:
        why = reason("few_but_matching")
    else:
        values = {"high": f"{100 * cell.high:.1f}", "days": WINDOW_DAYS, "eligible": cell.eligible}
        return Overall("answers_few", reason("answers_few", **values), cell)
    return Overall("not_enough_evidence", why, cell)


def _late(rows: Judged) -> int:
    """How many of the eligible were answered after the window."""
    return int(rows.late[rows.eligible.astype(bool)].sum())
