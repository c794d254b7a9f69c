"""Who was waiting whenever somebody was chosen: from arrivals and answers to risk sets."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

MOST_WAITING, CONTROLS = 200, 100
"""Above so many waiting, about so many of them stand for all."""
MOST_ROWS, LEAST_CONTROLS = 300_000, 10
"""With very many answers fewer controls each say as much: n controls lose 1 / (n + 1) of the information."""


@dataclass(frozen=True, slots=True)
class RiskSets:
    """At each of E choices, those who waited. Rows stand choice by choice.

    ``item``: shape (R,), which waiting item a row is. ``start``: shape (E,), the first row of each choice.
    ``chosen``: shape (E,), the row that was chosen. ``moment``: shape (E,), when.
    """

    item: Ints
    start: Ints
    chosen: Ints
    moment: Floats

    def __len__(self) -> int:
        return len(self.start)

    @property
    def sizes(self) -> Ints:
        """How many waited at each choice, shape (E,)."""
        return np.diff(self.start, append=len(self.item))

    @property
    def choice(self) -> Ints:
        """The choice each row belongs to, shape (R,)."""
        return np.repeat(np.arange(len(self.start)), self.sizes)

    def where(self, rows: npt.NDArray[np.bool_]) -> RiskSets:
        """The same choices among fewer: rows for which ``rows`` holds; a choice whose chosen row falls out goes whole,
        and so does one in which nobody else is left."""
        choice = self.choice
        keeps = rows[self.chosen] & (np.bincount(choice, weights=rows, minlength=len(self)) > 1)
        kept = rows & keeps[choice]
        place = np.cumsum(kept) - 1
        sizes = np.bincount(choice[kept], minlength=len(self))[keeps]
        start = np.concatenate([[0], np.cumsum(sizes)[:-1]]).astype(np.int64) if len(sizes) else np.zeros(0, np.int64)
        return RiskSets(self.item[kept], start, place[self.chosen[keeps]], self.moment[keeps])


def risk_sets(arrived: npt.ArrayLike, waited: npt.ArrayLike, left: npt.ArrayLike, window: float) -> RiskSets:
    """The risk sets of one queue of n items, sorted by arrival; all times in one unit.

    ``arrived``: shape (n,). ``waited``: how long until it was chosen, NaN if never. ``left``: how long until it
    ceased to wait without being chosen, NaN if never. An item waits from its arrival until it is chosen or leaves, at
    most ``window``. Where two are chosen at one moment the earlier arrival goes first, and no longer waits at the
    second. Choices with nobody else waiting tell nothing and are left out.

    Where more than 200 wait, only those whose place in the queue has the same remainder as the chosen one's, by a
    divisor that depends on the number waiting alone: whoever of them had been chosen, the same set would have been
    taken, so the partial likelihood stays valid (Goldstein & Langholz, Ann. Stat. 20, 1992, for sampled risk sets).
    """
    arrival = np.asarray(arrived, dtype=np.float64)
    delay = np.asarray(waited, dtype=np.float64)
    gone = arrival + np.minimum(np.nan_to_num(np.asarray(left, dtype=np.float64), nan=np.inf), window)
    timely = delay <= np.minimum(window, gone - arrival)
    items = np.nonzero(timely)[0]
    moments = arrival[items] + delay[items]
    order = np.lexsort((items, moments))
    items, moments = items[order], moments[order]
    turn = np.full(len(arrival), len(items), dtype=np.int64)
    turn[items] = np.arange(len(items))

    first = np.searchsorted(arrival, moments - window, side="left")
    end = np.maximum(np.searchsorted(arrival, moments, side="right"), items + 1)
    exits = np.sort(np.where(timely, np.minimum(gone, arrival + np.nan_to_num(delay)), gone))
    waiting = end - np.searchsorted(exits, moments, side="left")
    controls = max(LEAST_CONTROLS, min(CONTROLS, MOST_ROWS // max(1, len(items))))
    stride = np.where(waiting > 2 * controls, -(-waiting // controls), 1)

    first = first + (items - first) % stride
    counts = -(-(end - first) // stride)
    begin = np.cumsum(counts) - counts
    choice = np.repeat(np.arange(len(items)), counts)
    item = first[choice] + (np.arange(counts.sum()) - begin[choice]) * stride[choice]
    still = (turn[item] >= choice) & (gone[item] >= moments[choice])
    sizes = np.bincount(choice[still], minlength=len(items))
    telling = sizes > 1
    kept = still & telling[choice]
    item, choice = item[kept], choice[kept]
    sizes = sizes[telling]
    start = (np.cumsum(sizes) - sizes).astype(np.int64)
    chosen = np.nonzero(item == items[choice])[0]
    return RiskSets(item.astype(np.int64), start, chosen.astype(np.int64), moments[telling])
