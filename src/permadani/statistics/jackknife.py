"""The cheaper form of the choice: conditional logit whose error comes from leaving out each asker and each thread.

Cost grows with the rows only, so it serves accounts with very many askers, and screens whole networks.

One-step delete-cluster jackknife: cluster g's rows are taken out of every risk set (where g holds the chosen row, the
whole choice goes). With U_g, D_g the changes of score and information, d_g = ((I + D_g)^-1 U_g) for the coefficient in
question, and V = (G - 1) / G sum d_g^2. Askers and threads cross, so V_asker + V_thread - V_both (Cameron, Gelbach &
Miller, J. Bus. Econ. Stat. 29, 2011). lambda is the largest of these over the model's own variance, at least 1, and the
signed root of the penalised likelihood ratio is divided by its square root.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from permadani.statistics.conditional import Batch, Fit, fit
from permadani.statistics.intervals import student
from permadani.statistics.queue import Floats, Ints

FARTHEST = 3.0
"""No single cluster moves the coefficient further than this (log odds)."""
LEVEL = 0.95
EXACT = 1e-3
"""So near, as a share of itself, the root at an end must come to what it should be."""
OPEN = 8.0
"""Standard errors beyond which an end of the interval is open."""


@dataclass(frozen=True, slots=True)
class Screened:
    """Of A accounts: the fit, and the fit of a choice blind to x (b = 0). ``root``: shape (A,), signed root at b = 0
    of the penalised likelihood ratio, before it is divided by sqrt(lambda)."""

    free: Fit
    blind: Fit
    root: Floats

    def only(self, batch: Batch, account: int) -> Screened:
        """That of one account, for ``batch.only(account)``."""
        at = slice(account, account + 1)
        return Screened(self.free.only(batch, account), self.blind.only(batch, account), self.root[at])


@dataclass(frozen=True, slots=True)
class Variances:
    """Jackknife variances of the coefficient in question, each shape (A,), with effective and real clusters."""

    model: Floats
    asker: Floats
    thread: Floats
    both: Floats
    effective: Floats
    clusters: Floats

    @property
    def inflation(self) -> Floats:
        crossed = self.asker + self.thread - self.both
        return np.asarray(np.maximum.reduce([self.model, self.asker, self.thread, crossed]) / self.model)

    @property
    def error(self) -> Floats:
        """Standard error of b."""
        return np.asarray(np.sqrt(self.model * self.inflation))

    @property
    def df(self) -> Floats:
        """max(5, min(6 g_eff, G - 1)), the smaller of askers and threads."""
        return np.maximum(5.0, np.minimum(6 * self.effective, self.clusters - 1))


def screen(batch: Batch) -> Screened:
    """All accounts of the batch without their jackknife. As lambda is at least 1, |root| can only shrink by it."""
    free = fit(batch)
    blind = fit(batch, 0.0, np.column_stack([np.zeros(len(batch)), free.beta[:, 1:]]))
    ratio = np.maximum(0.0, 2 * (free.value - blind.value))
    return Screened(free, blind, np.sign(free.beta[:, 0]) * np.sqrt(ratio))


def interval(batch: Batch, free: Fit, variances: Variances) -> tuple[float | None, float | None]:
    """95 % interval of the only account in the batch: all b whose root over sqrt(lambda) is within Student's t."""
    scale, reach = float(np.sqrt(variances.inflation[0])), student(0.5 + LEVEL / 2, float(variances.df[0]))
    centre, error = float(free.beta[0, 0]), float(variances.error[0])

    def root(b: float, start: Floats) -> tuple[float, Floats]:
        held = fit(batch, b, start)
        return float(np.sqrt(max(0.0, 2 * (free.value[0] - held.value[0])))) / scale, held.beta

    ends: list[float | None] = []
    for side in (-1, 1):
        b, start, before = centre + side * reach * error, free.beta, (centre, 0.0)
        end: float | None = None
        for _ in range(12):
            value, start = root(b, start)
            if abs(value - reach) < EXACT * reach:
                end = b
                break
            slope = (value - before[1]) / (b - before[0])
            if side * slope <= 0 or abs(b - centre) > OPEN * reach * error:
                break
            before, b = (b, value), b + (reach - value) / slope
        ends.append(end)
    return ends[0], ends[1]


def jackknife(batch: Batch, free: Fit) -> Variances:
    model: Floats = np.asarray(np.linalg.inv(free.information)[:, 0, 0], dtype=np.float64)
    pairs = np.unique(batch.asker * (batch.thread.max(initial=0) + 1) + batch.thread, return_inverse=True)[1]
    parts = _Parts(batch, free)
    found = [_delete(batch, free, parts, clusters) for clusters in (batch.asker, batch.thread, pairs)]
    fewer = found[0][1] <= found[1][1]
    return Variances(
        model, found[0][0], found[1][0], found[2][0],
        np.where(fewer, found[0][1], found[1][1]), np.minimum(found[0][2], found[1][2]),
    )  # fmt: skip


def _delete(batch: Batch, free: Fit, parts: _Parts, cluster: Ints) -> tuple[Floats, Floats, Floats]:
    """Variance, effective and real number of clusters, each shape (A,)."""
    clusters = int(cluster.max()) + 1
    key = parts.choice * clusters + cluster
    order = np.argsort(key, kind="stable")  # choice by choice, as the rows lie, so that reading them stays local
    begin = np.nonzero(np.diff(key[order], prepend=-1))[0]
    # the first row of each pair of choice and cluster names both; mostly a cluster has one row in a choice
    alone = len(begin) == len(order)
    of_choice, of_cluster = (parts.choice, cluster) if alone else (parts.choice[order[begin]], cluster[order[begin]])

    def by_pair(rows: Floats) -> Floats:
        return rows if alone else np.asarray(np.add.reduceat(rows.take(order, axis=-1), begin, axis=-1))

    share = by_pair(free.chance)
    goes = (by_pair(parts.chosen) > 0) | (share > 1 - 1e-9)
    left = np.where(goes, 0.0, 1 / np.where(goes, 1.0, 1 - share))
    mean = parts.mean.take(of_choice, axis=1)
    moved = (mean - by_pair(parts.weighted)) * left
    score = mean - np.where(goes, parts.picked.take(of_choice, axis=1), moved)
    change = parts.whole.take(of_choice, axis=1)
    change -= by_pair(parts.squares)
    change *= left
    change -= moved[parts.upper[0]] * moved[parts.upper[1]]
    change -= parts.spread.take(of_choice, axis=1)
    account = np.zeros(clusters, dtype=np.int64)
    account[of_cluster] = batch.account[of_choice]
    information = free.information[account]
    for line, (i, j) in zip(change, zip(*parts.upper, strict=True), strict=True):
        total = np.bincount(of_cluster, line, clusters)
        information[:, i, j] += total
        if i != j:
            information[:, j, i] += total
    scores: Floats = np.column_stack([np.bincount(of_cluster, line, clusters) for line in score]).astype(np.float64)
    moves = _solved(information, scores)
    return _summed(np.clip(moves, -FARTHEST, FARTHEST), account, len(batch))


class _Parts:
    """What all three ways of clustering need, a line a covariate (or product of two), so that lines are read as they
    lie: weighted covariates and their products by row (R) and by choice (E)."""

    def __init__(self, batch: Batch, free: Fit) -> None:
        self.choice = np.repeat(np.arange(len(batch.start)), batch.sizes)
        self.chosen = np.zeros(len(batch.x))
        self.chosen[batch.chosen] = 1
        self.upper = np.triu_indices(batch.x.shape[1])
        x = np.ascontiguousarray(batch.x.T)
        self.weighted = x * free.chance
        self.squares = self.weighted[self.upper[0]]
        self.squares *= x[self.upper[1]]
        self.mean = np.ascontiguousarray(free.mean.T)
        self.picked = x.take(batch.chosen, axis=1)
        self.whole = np.add.reduceat(self.squares, batch.start, axis=1)
        self.spread = self.whole - self.mean[self.upper[0]] * self.mean[self.upper[1]]


def _solved(matrices: Floats, right: Floats) -> Floats:
    """First element of each solution; a cluster without which nothing can be told moves as far as any may."""
    try:
        return np.asarray(np.linalg.solve(matrices, right[..., None])[:, 0, 0])
    except np.linalg.LinAlgError:
        return np.asarray((np.linalg.pinv(matrices, hermitian=True) @ right[..., None])[:, 0, 0])


def _summed(moves: Floats, account: npt.NDArray[np.int64], accounts: int) -> tuple[Floats, Floats, Floats]:
    clusters = np.bincount(account, minlength=accounts).astype(np.float64)
    second = np.bincount(account, moves**2, accounts)
    fourth = np.bincount(account, moves**4, accounts)
    variance = np.where(clusters > 1, (clusters - 1) / np.maximum(clusters, 1) * second, 0.0)
    with np.errstate(divide="ignore", invalid="ignore"):
        effective = np.where(fourth > 0, second**2 / fourth, clusters)
    return variance, effective, clusters
