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


def graded(standings: npt.ArrayLike) -> npt.NDArray[np.float64]:
    """How junior each asker is, shape (n,), from standings of shape (n,): 1 for the mean junior, 0 for the mean senior.

    The mean of three codings, each scaled so that juniors less seniors make 1: the rank, lower half or not, top fifth
    or not. A preference that falls with rank, one that stops at the half and one that begins at the top are found
    alike. Only ranks matter. NaN throughout where there are no juniors or no seniors.
    """
    values = np.asarray(standings, dtype=np.float64)
    names = rank_classes(values)
    junior, senior = names == JUNIOR, names == SENIOR
    if not junior.any() or not senior.any():
        return np.full(values.shape, np.nan)
    _, group, sizes = np.unique(values, return_inverse=True, return_counts=True)
    rank = (np.cumsum(sizes) - sizes / 2)[group] / values.size
    top = rank[senior].mean()
    by_rank = (top - rank) / (top - rank[junior].mean())
    return np.asarray((by_rank + junior + ~senior) / 3)
