"""Observed / expected of classes to classes, were labels shuffled within each stratum (``ratios``)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import log

import numpy as np
import numpy.typing as npt

from permadani.statistics.intervals import LEVEL
from permadani.statistics.order import ranks
from permadani.statistics.ratios import LEAST_EXPECTED, LEAST_PEOPLE, RatioEstimate, estimate, variance_of
from permadani.statistics.strata import Side

MOST_VALUES = 4_000_000
"""So many numbers at most stand in the table that says what an event of each stratum and class adds (or one cell's)."""

Floats = npt.NDArray[np.float64]
Counts = tuple[npt.ArrayLike, npt.ArrayLike, npt.ArrayLike, npt.ArrayLike, npt.ArrayLike]


def shuffled_ratios(
    by_giver: Counts,
    by_receiver: Counts,
    level: float = LEVEL,
    least_expected: float = LEAST_EXPECTED,
    least_people: int = LEAST_PEOPLE,
    classes: int = 4,
) -> list[list[RatioEstimate]]:
    """Observed / expected of every class (row) to every class (column), were labels shuffled within each stratum.

    ``by_giver``: (giver, class of the giver, class it goes to, count, stratum), each of shape (N,), classes and strata
    from 0; one person may stand in several rows, classes and strata. ``by_receiver``: the same events by (receiver,
    ...). N is not the same in both. Nobody of one stratum (a channel) can act towards anybody of another.

    Expected E: the sum over strata of row sum R x column sum C / all n, there. Influence of an event on log(O / E):
    1/O in the cell, less C/n/E in its row, less R/n/E in its column, plus R C/n^2/E everywhere, with R, C, n of the
    event's stratum (the derivatives by the weight of that event). Student's t as for ``chosen_ratio``: givers weigh by
    what of E is due to their acts in the row (times C/n), receivers by what is due to those that came to them in the
    column (times R/n); G counts people of strata with that row and column. No hit: as there, deff being
    sum m e / sum e of givers with m acts in the row and e expected, or of receivers, whichever is more.

    In a stratum in which one class gives or receives all, nothing could have been otherwise: it is part of O and E, but
    carries nothing. None: fewer than ``least_expected`` expected in the other strata, or fewer than ``least_people``
    givers in the row or receivers in the column there.

    Raises:
        ValueError: the two do not count the same events, or a class is out of range.
    """
    cut = len(np.asarray(by_giver[4]))
    strata = np.concatenate([np.asarray(by_giver[4]), np.asarray(by_receiver[4])])
    if not len(strata) or not 0 <= int(strata.min()) <= int(strata.max()) < len(strata):
        strata, _ = ranks(strata)
    givers = Side.read(*by_giver[:4], strata[:cut], classes)
    receivers = Side.read(*by_receiver[:4], strata[cut:], classes)
    if not np.array_equal(givers.table, receivers.table):
        raise ValueError("both sides must count the same events")
    cells = [_Cell.read(givers.table, k, m) for k in range(classes) for m in range(classes)]
    # a little less will do: in which order strata are summed must not decide
    least = max(least_expected * (1 - 1e-9), np.finfo(float).tiny)
    carrying = [cell for cell in cells if cell.telling >= least]
    known = {
        (cell.row, cell.column): _shuffled(cell, giver, receiver, level, least_people)
        for cell, giver, receiver in zip(
            carrying, _clusters(givers, carrying, True), _clusters(receivers, carrying, False), strict=True
        )
    }
    nothing = [RatioEstimate(int(cell.observed), cell.expected, None, None, None) for cell in cells]
    found = [known.get((cell.row, cell.column), none) for cell, none in zip(cells, nothing, strict=True)]
    return [found[k * classes : (k + 1) * classes] for k in range(classes)]


@dataclass(frozen=True, slots=True)
class _Cell:
    """A class to a class. By strata, shape (strata,): ``given``, R / n; ``came``, C / n; ``here``: neither is 0;
    ``open``: and neither is 1. ``telling``: expected in the open ones. ``single``: the sum of squared influences."""

    row: int
    column: int
    observed: float
    expected: float
    telling: float
    given: Floats
    came: Floats
    here: npt.NDArray[np.bool_]
    open: npt.NDArray[np.bool_]
    single: float

    @classmethod
    def read(cls, table: Floats, k: int, m: int) -> _Cell:
        whole, row, column = table.sum((1, 2)), table[:, k].sum(1), table[:, :, m].sum(1)
        some = np.where(whole > 0, whole, 1.0)
        expected = row * column / some
        here = expected > 0
        telling = here & (row < whole) & (column < whole)
        observed = float(table[:, k, m].sum())
        cell = cls(
            k, m, observed, float(expected.sum()), float(expected[telling].sum()), row / some, column / some, here,
            telling, 0.0,
        )  # fmt: skip
        return replace(cell, single=float((table * cell.influence(table.shape) ** 2).sum())) if observed else cell

    def influence(self, shape: tuple[int, ...]) -> Floats:
        """Of an event of each kind on log(O / E), shape (strata, classes, classes)."""
        each = np.zeros(shape) + (self.given * self.came / self.expected)[:, None, None]
        each[:, self.row] -= (self.came / self.expected)[:, None]
        each[:, :, self.column] -= (self.given / self.expected)[:, None]
        each[:, self.row, self.column] += 1 / self.observed
        return each

    def values(self, shape: tuple[int, ...], of_giver: bool) -> Floats:
        """Of an event of each kind, shape (strata, classes, classes, 3): its influence (no hit: 1 for an act that could
        have been one), the part of the expected that is due to it, and whether it is in a stratum that counts."""
        held = np.zeros((*shape, 3))
        held[..., 2] = self.here[:, None, None]
        own = held[:, self.row] if of_giver else held[:, :, self.column]
        own[..., 1] = (self.open * (self.came if of_giver else self.given))[:, None]
        if self.observed:
            held[..., 0] = self.influence(shape)
        else:
            own[..., 0] = self.open[:, None]
        return held


@dataclass(frozen=True, slots=True)
class _Clusters:
    """Sums over the people of one side, for one cell: ``squares`` of influences (or, if no hit, m e), of the expected
    ``due`` to each and of its squares; how many ``people`` anything is due to, and how many there are in ``all``."""

    squares: float
    due: float
    due_squares: float
    people: int
    all: int

    @property
    def effective(self) -> float:
        return self.due**2 / self.due_squares


def _clusters(side: Side, cells: list[_Cell], of_giver: bool) -> list[_Clusters]:
    shape, found = side.table.shape, []
    some = max(1, MOST_VALUES // max(1, 3 * side.table.size))
    for first in range(0, len(cells), some):
        batch = cells[first : first + some]
        values = np.concatenate([cell.values(shape, of_giver).reshape(-1, 3) for cell in batch], axis=1)
        hit = np.array([cell.observed > 0 for cell in batch])
        total = np.zeros((5, len(batch)))
        for sums in side.sums(values):
            moved, due, present = sums[:, 0::3], sums[:, 1::3], sums[:, 2::3]
            total[0] += np.where(hit, np.einsum("ij,ij->j", moved, moved), np.einsum("ij,ij->j", moved, due))
            total[1] += due.sum(0)
            total[2] += np.einsum("ij,ij->j", due, due)
            total[3] += np.count_nonzero(due, axis=0)
            total[4] += np.count_nonzero(present, axis=0)
        found += [_Clusters(a, b, c, int(d), int(e)) for a, b, c, d, e in total.T.tolist()]
    return found


def _shuffled(cell: _Cell, giver: _Clusters, receiver: _Clusters, level: float, least_people: int) -> RatioEstimate:
    observed, expected = int(cell.observed), cell.expected
    if min(giver.people, receiver.people) < max(2, least_people):
        return RatioEstimate(observed, expected, None, None, None)
    if not observed:
        blocks = max(1.0, *(side.squares / side.due for side in (giver, receiver)))
        return RatioEstimate(0, expected, 0.0, 0.0, -log(1 - level) * blocks / expected)
    variance = variance_of(giver.squares, receiver.squares, cell.single, giver.all, receiver.all)
    degrees = min(giver.effective, receiver.effective) - 1
    return estimate(observed, expected, observed / expected, variance, degrees, level)
