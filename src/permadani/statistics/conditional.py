"""Conditional logit of a choice among those waiting, for many accounts at once, with weak priors on the nuisances.

    log L = sum over choices of [x_chosen . beta - log sum exp x . beta] - sum of beta_k^2 / (2 * 2.5^2) over nuisances

For accounts with few answers Firth's penalty 1/2 log det (I + prior) is added (Firth, Biometrika 80, 1993; Heinze &
Schemper, Stat. Med. 21, 2002), so that a class that was never chosen still has an estimate.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from permadani.statistics.choices import Choices
from permadani.statistics.queue import Floats, Ints

NUISANCE_SPREAD = 2.5
FIRTH_BELOW = 150
"""Answers below which Firth's penalty is used."""
STEPS, LONGEST, SETTLED = 60, 2.0, 1e-7


@dataclass(frozen=True)
class Batch:
    """The choices of A accounts behind one another; the same p columns in each, the one in question first.

    ``x``: (R, p). ``start``, ``sizes``, ``chosen``: (E,). ``account``: (E,), whose choice. ``rows``, ``choices``:
    (A + 1,), bounds of each account's rows and choices. ``asker``, ``thread``: (R,), codes of the whole batch; a row in
    no thread is one of its own.
    """

    x: Floats
    start: Ints
    sizes: Ints
    chosen: Ints
    account: Ints
    rows: Ints
    choices: Ints
    asker: Ints
    thread: Ints

    @classmethod
    def of(cls, accounts: Sequence[Choices], items: Sequence[Ints]) -> Batch:
        """``items``: for each account which waiting message a row is, shape (R,): the cluster of rows in no thread."""
        rows = np.cumsum([0, *(len(c.x) for c in accounts)])
        askers = np.cumsum([0, *(c.askers for c in accounts)])
        threads = [np.unique(np.where(c.thread < 0, -1 - item, c.thread), return_inverse=True)[1]
                   for c, item in zip(accounts, items, strict=True)]  # fmt: skip
        ends = np.cumsum([0, *(t.max(initial=-1) + 1 for t in threads)])
        return cls(
            np.concatenate([np.column_stack([c.x, c.z]) for c in accounts]),
            np.concatenate([c.start + at for c, at in zip(accounts, rows[:-1], strict=True)]),
            np.concatenate([c.sizes for c in accounts]),
            np.concatenate([c.chosen + at for c, at in zip(accounts, rows[:-1], strict=True)]),
            np.repeat(np.arange(len(accounts)), [len(c) for c in accounts]),
            rows,
            np.cumsum([0, *(len(c) for c in accounts)]),
            np.concatenate([c.asker + at for c, at in zip(accounts, askers[:-1], strict=True)]),
            np.concatenate([t + at for t, at in zip(threads, ends[:-1], strict=True)]),
        )

    def __len__(self) -> int:
        return len(self.rows) - 1

    def only(self, account: int) -> Batch:
        """One account of the batch, as a batch."""
        rows, choices = self.slices(account)
        first = int(self.rows[account])
        asker, thread = self.asker[rows], self.thread[rows]
        return Batch(
            self.x[rows], self.start[choices] - first, self.sizes[choices], self.chosen[choices] - first,
            np.zeros(choices.stop - choices.start, dtype=np.int64), self.rows[[account, account + 1]] - first,
            self.choices[[account, account + 1]] - self.choices[account], asker - asker.min(), thread - thread.min(),
        )  # fmt: skip

    def slices(self, account: int) -> tuple[slice, slice]:
        """Its rows and its choices."""
        return (
            slice(int(self.rows[account]), int(self.rows[account + 1])),
            slice(int(self.choices[account]), int(self.choices[account + 1])),
        )

    def by_account(self, values: Floats) -> Floats:
        """Sums of values of choices, shape (E, ...), by account, shape (A, ...)."""
        total = np.zeros((len(self), *values.shape[1:]))
        filled = np.diff(self.choices) > 0
        total[filled] = np.add.reduceat(values, self.choices[:-1][filled]) if len(values) else 0
        return total


@dataclass(frozen=True, slots=True)
class Fit:
    """``beta``: (A, p). ``value``: (A,), penalised log likelihood. ``information``: (A, p, p), with the prior.
    ``chance``: (R,), probability of each row. ``mean``: (E, p), expected covariates of each choice."""

    beta: Floats
    value: Floats
    information: Floats
    chance: Floats
    mean: Floats

    def only(self, batch: Batch, account: int) -> Fit:
        """That of one account, for ``batch.only(account)``."""
        rows, choices = batch.slices(account)
        one = slice(account, account + 1)
        return Fit(self.beta[one], self.value[one], self.information[one], self.chance[rows], self.mean[choices])


def fit(
    batch: Batch, fixed: npt.ArrayLike | None = None, start: Floats | None = None, *,
    spread: float = NUISANCE_SPREAD, firth_below: int = FIRTH_BELOW,
) -> Fit:  # fmt: skip
    """The best coefficients; ``fixed``: the first one of each account is held there, shape (A,) or a number.

    With an infinite ``spread`` and ``firth_below`` 0 it is plain maximum likelihood.
    """
    accounts, p = len(batch), batch.x.shape[1]
    precision = np.concatenate([[0.0], np.full(p - 1, spread**-2)])
    firth = np.diff(batch.choices) < firth_below
    beta = np.zeros((accounts, p)) if start is None else start.copy()
    if fixed is not None:
        beta[:, 0] = fixed
    chosen = batch.by_account(batch.x[batch.chosen])
    now = _at(batch, beta, precision, firth)
    for _ in range(STEPS):
        score = chosen - batch.by_account(now.mean) - precision * now.beta
        if firth.any():
            score += _firth_score(batch, now, firth)
        step = _step(now.information, score, held=fixed is not None)
        longest = np.abs(step).max(axis=1, initial=0, keepdims=True)
        if longest.max(initial=0) < SETTLED:
            break
        step *= np.minimum(1, LONGEST / np.maximum(longest, SETTLED))  # shortened as a whole: it must go on uphill
        reached = _at(batch, now.beta + step, precision, firth)
        for _ in range(20):
            worse = reached.value < now.value - 1e-8
            if not worse.any():
                break
            step[worse] /= 2
            reached = _at(batch, now.beta + step, precision, firth)
        now = reached
    return now


def _step(information: Floats, score: Floats, *, held: bool) -> Floats:
    step = np.zeros_like(score)
    first = int(held)
    if score.shape[1] > first:
        step[:, first:] = np.linalg.solve(information[:, first:, first:], score[:, first:, None])[..., 0]
    return step


def _at(batch: Batch, beta: Floats, precision: Floats, firth: npt.NDArray[np.bool_]) -> Fit:
    accounts, p = beta.shape
    eta = np.empty(len(batch.x))
    for a in range(accounts):
        rows, _ = batch.slices(a)
        np.dot(batch.x[rows], beta[a], out=eta[rows])
    eta -= np.repeat(np.maximum.reduceat(eta, batch.start), batch.sizes)
    chance = np.exp(eta)
    sums = np.add.reduceat(chance, batch.start)
    chance /= np.repeat(sums, batch.sizes)
    weighted = batch.x * chance[:, None]
    mean = np.add.reduceat(weighted, batch.start, axis=0)
    information = np.empty((accounts, p, p))
    for a in range(accounts):
        rows, choices = batch.slices(a)
        information[a] = weighted[rows].T @ batch.x[rows] - mean[choices].T @ mean[choices]
    information[:, range(p), range(p)] += precision
    value = batch.by_account(eta[batch.chosen] - np.log(sums)) - (precision * beta**2).sum(axis=1) / 2
    if firth.any():
        value[firth] += np.linalg.slogdet(_regular(information[firth]))[1] / 2
    return Fit(beta, value, _regular(information), chance, mean)


def _regular(information: Floats) -> Floats:
    """A covariate in question that never differs has no information: a hair's breadth keeps the matrix solvable."""
    result = information.copy()
    result[:, 0, 0] += 1e-9
    return result


def _firth_score(batch: Batch, now: Fit, firth: npt.NDArray[np.bool_]) -> Floats:
    """1/2 sum of p h z, with z the centred covariates of a row and h = z' I^-1 z; exact for the logit family."""
    score = np.zeros_like(now.beta)
    for a in np.nonzero(firth)[0].tolist():
        rows, choices = batch.slices(a)
        z = batch.x[rows] - np.repeat(now.mean[choices], batch.sizes[choices], axis=0)
        leverage = np.einsum("ij,ij->i", z @ np.linalg.inv(now.information[a]), z)
        score[a] = (now.chance[rows] * leverage) @ z / 2
    return score
