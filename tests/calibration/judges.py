"""Who judges: the verdict of the audit, at the top of the house. Functions of a module, so that workers find them."""

from __future__ import annotations

from typing import Any

from permadani.findings.cells import classes
from permadani.findings.comparison import compare
from permadani.measures.judged import Judged


def by_standing(rows: Judged) -> Any:
    """Juniors against seniors, everything collected, an account of unknown size."""
    return compare(rows, classes(rows), "standing", accusable=True, followers=None)


def by_tenure(rows: Judged) -> Any:
    """Newcomers against regulars."""
    return compare(rows, tenures(rows), "tenure", accusable=True, followers=None)


def tenures(rows: Judged) -> Any:
    import numpy as np

    return np.where(rows.regular.astype(bool), "regular", "newcomer")
