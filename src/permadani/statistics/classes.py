"""Junior, middle, senior: ranks of standing among one account's own askers."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

JUNIOR, MIDDLE, SENIOR = "junior", "middle", "senior"


def rank_classes(standings: npt.ArrayLike) -> npt.NDArray[np.str_]:
    """The class of each asker, from standings of shape (n,), each asker once.

    Juniors are the lower half, seniors the top fifth, the rest middle. Equal standings stay together: a group is
    placed by its middle rank, and a lowest group of more than half is junior as a whole. Only ranks matter, so any
    monotone rescaling of the standings gives the same classes.
    """
    values = np.asarray(standings)
    if values.size == 0:
        return np.array([], dtype="<U6")
    _, group, sizes = np.unique(values, return_inverse=True, return_counts=True)
    below = np.concatenate([[0], np.cumsum(sizes)[:-1]]) / values.size
    share = sizes / values.size
    middle_rank = below + share / 2
    names = np.where(middle_rank > 0.8, SENIOR, np.where(middle_rank <= 0.5, JUNIOR, MIDDLE))
    names[(below == 0) & (share > 0.5)] = JUNIOR
    return names[group]
