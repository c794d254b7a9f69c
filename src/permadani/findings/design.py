"""From judged rows to a choice among those waiting: risk sets, what is compared, and what else may have mattered."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
import numpy.typing as npt

from permadani.measures.judged import Column, Judged
from permadani.measures.network import DAY
from permadani.statistics.choices import Choices
from permadani.statistics.classes import graded
from permadani.statistics.queue import Ints, RiskSets, risk_sets

Dimension = Literal["standing", "tenure"]
Flags = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float64]
GROUPS: dict[Dimension, tuple[str, str]] = {"standing": ("junior", "senior"), "tenure": ("newcomer", "regular")}
"""The two groups of a comparison: whom it is about, and whom they are held against."""
SMALL, LARGE = 0.1, 1 / 3
"""Juniors by absolute size have less than a tenth of the account's followers, seniors at least a third."""


@dataclass(frozen=True)
class Design:
    """The choices of one account with what the gate counts. ``low``, ``high``: shape (R,), rows of the two groups.

    ``columns``: what the columns of ``choices.z`` hold; one that never differs says nothing and is left out.
    ``labels``, ``unlabelled``: shape (R,), whether a row is labelled as of substance, or not at all.
    """

    choices: Choices
    columns: tuple[str, ...]
    item: Ints
    labels: Flags
    unlabelled: Flags
    low: Flags
    high: Flags

    @property
    def both_waiting(self) -> Flags:
        """Choices at which members of both groups waited, shape (E,)."""
        start = self.choices.start
        return np.logical_or.reduceat(self.low, start) & np.logical_or.reduceat(self.high, start)

    def askers(self, group: Flags) -> int:
        """Distinct people of a group who waited while members of both groups did."""
        telling = self.both_waiting[self.choices.choice]
        return len(np.unique(self.choices.asker[group & telling]))

    def with_substance(self, covariate: Floats) -> Design:
        """Another column for substance, shape (R,)."""
        z = self.choices.z.copy()
        z[:, self.columns.index("substantive")] = covariate
        return replace(self, choices=replace(self.choices, z=z))


def design(
    rows: Judged, groups: Column, dimension: Dimension, window: float, *, prior_contact: bool,
    coding: Floats | None = None,
) -> Design | None:  # fmt: skip
    """The choices among these rows; None where nobody was ever chosen while others waited.

    ``groups``: shape (n,), the group of each row; rows of unknown class are compared with nobody. ``window``: in
    microseconds. ``coding``: shape (n,), what is compared, else by rank or tenure; rows with NaN are left out.
    """
    x = coded(rows, groups, dimension) if coding is None else coding
    known = ~np.isnan(x)
    order = np.lexsort((rows.object, rows.moment))
    order = order[known[order]]
    rows, groups, x = rows.where(order), groups[order], x[order]
    sets = risk_sets(rows.moment, rows.waited, rows.left, window)
    if not len(sets):
        return None
    return _placed(rows, groups, x, sets, GROUPS[dimension], prior_contact=prior_contact)


def coded(rows: Judged, groups: Column, dimension: Dimension) -> Floats:
    """What is compared, shape (n,): how junior the asker is, or 1 for a newcomer and 0 for a regular; NaN unknown."""
    low, high = GROUPS[dimension]
    if dimension == "tenure":
        return np.where(groups == low, 1.0, np.where(groups == high, 0.0, np.nan))
    known = np.nonzero(groups != "unknown")[0]
    x = np.full(len(rows), np.nan)
    # an asker counts once, by the standing before the last approach, as the classes do
    askers, last, index = _last(rows.asker[known])
    x[known] = graded(rows.standing[known][last])[index] if len(askers) else np.nan
    return x


def _last(askers: Column) -> tuple[Column, Ints, Ints]:
    names, backwards, index = np.unique(askers[::-1], return_index=True, return_inverse=True)
    return names, len(askers) - 1 - backwards, index[::-1]


def by_size(rows: Judged, followers: int) -> tuple[Floats, Column]:
    """Juniors and seniors by absolute size beside the account's own followers: coding and groups, shape (n,) each."""
    standing = rows.standing
    low, high = standing < SMALL * followers, standing >= LARGE * followers
    x = np.where(np.isnan(standing), np.nan, np.where(low, 1.0, np.where(high, 0.0, 0.5)))
    return x, np.where(np.isnan(standing), "unknown", np.where(low, "junior", np.where(high, "senior", "middle")))


def _placed(
    rows: Judged, groups: Column, x: Floats, sets: RiskSets, names: tuple[str, str], *, prior_contact: bool
) -> Design:
    item, choice = sets.item, sets.choice
    mention = rows.via == "mention"
    thread, sizes = np.unique(rows.thread, return_inverse=True, return_counts=True)[1:]
    # where every message begins a thread of its own, threads tell no more than askers do
    none = mention | (sizes.max() == 1)
    waiting = np.maximum(0.0, sets.moment[choice] - rows.moment[item]) / DAY
    columns = {
        "substantive": (rows.substance == "substantive")[item],
        "substance unknown": (rows.substance == "unknown")[item],
        "days waiting": np.log1p(waiting),
        "hours waiting": np.log1p(24 * waiting),  # for who answers only what came within the hour
        "came later": np.log1p(_newer(sets)),
        "in the thread": np.log1p(_company(thread, rows.moment, sets)),
        "mention": mention[item],
        "language": np.nan_to_num(rows.language_match, nan=0.5)[item],
        "prior contact": (rows.prior_contact.astype(bool) & prior_contact)[item],
        **{f"channel {name}": (rows.channel == name)[item] for name in _others(rows.channel)},
    }
    columns = {name: column for name, column in columns.items() if np.ptp(column.astype(np.float64)) > 0}
    z = np.column_stack([np.zeros((len(item), 0)), *(column.astype(np.float64) for column in columns.values())])
    choices = Choices.of(x[item], z, sets.start, sets.chosen, rows.asker[item], np.where(none, -1, thread)[item])
    low, high = ((groups == name)[item] for name in names)
    labels, unlabelled = ((rows.substance == name)[item] for name in ("substantive", "unknown"))
    return Design(choices, tuple(columns), item, labels, unlabelled, low, high)


def _newer(sets: RiskSets) -> Floats:
    """How many of those waiting came later, row by row: a reader of the newest first goes by this."""
    end = sets.start + sets.sizes
    return np.asarray(end[sets.choice] - 1 - np.arange(len(sets.item)), dtype=np.float64)


def _company(thread: Ints, moment: Column, sets: RiskSets) -> Floats:
    """How many had written in the thread by then, row by row."""
    n = len(thread)
    key = np.sort(thread * n + np.arange(n))
    arrived = np.searchsorted(moment, sets.moment, side="right")[sets.choice]
    of_row = thread[sets.item]
    before = np.searchsorted(key, of_row * n + arrived, side="left") - np.searchsorted(key, of_row * n, side="left")
    return np.asarray(np.maximum(before, 1), dtype=np.float64)


def _others(channels: Column) -> list[str]:
    """All channels but the one with most messages, the most used first."""
    names, counts = np.unique(channels, return_counts=True)
    order = sorted(zip((-counts).tolist(), names.tolist(), strict=True))
    return [str(name) for _, name in order[1:]]
