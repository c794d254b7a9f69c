"""The mode of the random intercepts of a choice, and the curvature there (``choice.py`` has the model).

H, the negative second derivative, is D - A'A. A has a row for each choice: the expected number of rows of each asker,
covariate and thread. In D the block of the askers is diagonal. So askers are eliminated exactly, and what remains to
be factorised has the size of the threads and of the choices; or, where choices are many and askers few, H itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np
from scipy.linalg.blas import dsyrk, ssyrk
from scipy.linalg.lapack import dpotrf, dpotrs, dtrtrs, spotrf, spotrs

from permadani.statistics.choices import Choices
from permadani.statistics.queue import Floats, Ints

RIDGE = 0.16
"""Twice .08: the precision of the prior on each nuisance coefficient (standard deviation 2.5)."""
SETTLED = 1e-9
"""A Newton step that would gain less than this is not worth taking."""
STEPS, HALVINGS = 80, 30


class Factor(Protocol):
    logdet: float

    def solve(self, right: Floats) -> Floats: ...


@dataclass(frozen=True, slots=True)
class Mode:
    """The best nuisance parameters ``theta`` (askers, covariates, threads) at one b and two spreads.

    ``value``: log L(b, su, sv). ``slope``: d theta / d b.
    """

    b: float
    theta: Floats
    value: float
    slope: Floats
    factor: Factor


class Laplace:
    """Modes for one set of choices. ``ridge``: the precision of the prior on each column of ``z``, shape (p,)."""

    def __init__(self, choices: Choices, ridge: Floats | None = None) -> None:
        self.choices = choices
        self.p = choices.z.shape[1]
        self.ridge = np.full(self.p, RIDGE) if ridge is None else ridge
        self.threaded: Ints = np.nonzero(choices.thread >= 0)[0]
        self.thread = choices.thread[self.threaded]
        self._asker_of_choice = choices.choice * choices.askers + choices.asker
        self._thread_of_choice = choices.choice[self.threaded] * choices.threads + self.thread
        self._thread_of_asker = choices.asker[self.threaded] * choices.threads + self.thread
        self._chosen = self._total(np.bincount(choices.chosen, minlength=len(choices.x)).astype(np.float64))

    def _total(self, weights: Floats) -> Floats:
        """Sum of the rows' design, weighted: by asker, covariate, thread."""
        c = self.choices
        threads = np.bincount(self.thread, weights[self.threaded], c.threads)
        return np.concatenate([np.bincount(c.asker, weights, c.askers), weights @ c.z, threads])

    def precision(self, su: float, sv: float) -> Floats:
        c = self.choices
        return np.concatenate([np.full(c.askers, su**-2), self.ridge, np.full(c.threads, sv**-2)])

    def chances(self, b: float, theta: Floats) -> tuple[Floats, float]:
        """The probability of each row, and the log likelihood of what was chosen."""
        c = self.choices
        eta = b * c.x + theta[c.asker] + c.z @ theta[c.askers : c.askers + self.p]
        if c.threads:
            eta[self.threaded] += theta[c.askers + self.p :][self.thread]
        eta -= np.repeat(np.maximum.reduceat(eta, c.start), c.sizes)
        weight = np.exp(eta)
        sums = np.add.reduceat(weight, c.start)
        weight /= np.repeat(sums, c.sizes)
        return weight, float(eta[c.chosen].sum() - np.log(sums).sum())

    def score(self, chance: Floats, theta: Floats, precision: Floats) -> Floats:
        return self._chosen - self._total(chance) - precision * theta

    def mode(self, b: float, su: float, sv: float, start: Mode | None = None, *, same: bool = False) -> Mode:
        """The mode at ``b``, from the one at ``start``; ``same``: that had the same spreads, so its factor serves."""
        c = self.choices
        precision = self.precision(su, sv)
        theta = np.zeros(len(precision)) if start is None else start.theta + (b - start.b) * start.slope
        factor = start.factor if start is not None and same else None
        chance, log_likelihood = self.chances(b, theta)
        objective = log_likelihood - theta @ (precision * theta) / 2
        fresh, before = False, np.inf
        for _ in range(STEPS):
            score = self.score(chance, theta, precision)
            if factor is None:
                factor, fresh = self.factor(chance, su, sv), True
            step = factor.solve(score)
            gain = float(score @ step) / 2
            if gain < SETTLED:
                break
            if not fresh and gain > 0.1 * before:  # an old factor no longer leads anywhere
                factor = None
                before = np.inf
                continue
            before = gain
            for _ in range(HALVINGS):
                moved = theta + step
                chance, log_likelihood = self.chances(b, moved)
                reached = log_likelihood - moved @ (precision * moved) / 2
                if reached >= objective - 1e-10:
                    break
                step /= 2
            theta, objective = moved, reached
            fresh = False
        if factor is None or not fresh:
            factor = self.factor(chance, su, sv)
        value = objective - c.askers * np.log(su) - c.threads * np.log(sv) - factor.logdet / 2
        return Mode(b, theta, float(value), -factor.solve(self._pull(chance)), factor)

    def _pull(self, chance: Floats) -> Floats:
        """How the score's expected part moves with b."""
        c = self.choices
        weighted = chance * c.x
        return self._total(weighted - chance * np.repeat(np.add.reduceat(weighted, c.start), c.sizes))

    def factor(self, chance: Floats, su: float, sv: float) -> Factor:
        c, p = self.choices, self.p
        n_u, n_v, n_e = c.askers, c.threads, len(c)
        weighted = c.z * chance[:, None]
        d_u = np.asarray(np.bincount(c.asker, chance, n_u) + su**-2, dtype=np.float64)
        cross = np.empty((n_u, p + n_v))
        for k in range(p):
            cross[:, k] = np.bincount(c.asker, weighted[:, k], n_u)
        rest = np.zeros((p + n_v, p + n_v))
        rest[:p, :p] = weighted.T @ c.z + np.diag(self.ridge)
        a_u = _counted(self._asker_of_choice, chance, n_e, n_u)
        a_r = np.empty((n_e, p + n_v))
        a_r[:, :p] = np.add.reduceat(weighted, c.start, axis=0) if p else 0
        if n_v:
            some = chance[self.threaded]
            cross[:, p:] = _counted(self._thread_of_asker, some, n_u, n_v)
            a_r[:, p:] = _counted(self._thread_of_choice, some, n_e, n_v)
            for k in range(p):
                rest[p:, k] = np.bincount(self.thread, weighted[self.threaded, k], n_v)
                rest[k, p:] = rest[p:, k]
            rest[range(p, p + n_v), range(p, p + n_v)] = np.bincount(self.thread, some, n_v) + sv**-2
        kind = ByChoices if n_e < n_u + n_v else Whole
        return kind(d_u, cross, rest, a_u, a_r)


# scipy.linalg's own wrappers around these routines cost as much as the routines themselves at this size


def _cholesky(symmetric: Floats) -> Floats:
    """The lower factor; its upper triangle holds anything."""
    lower, failed = dpotrf(symmetric, lower=1, clean=0, overwrite_a=1)
    if failed:
        raise np.linalg.LinAlgError("not positive definite")  # pragma: no cover - a penalised logit always is
    return np.asarray(lower)


def _solve(lower: Floats, right: Floats) -> Floats:
    return np.asarray(dpotrs(lower, right, lower=1)[0])


def _logdet(lower: Floats) -> float:
    return float(2 * np.log(lower.diagonal().astype(np.float64)).sum())


def _counted(place: Ints, weights: Floats, rows: int, columns: int) -> Floats:
    """Sums of weights by place in a matrix."""
    return np.asarray(np.bincount(place, weights, rows * columns).reshape(rows, columns), dtype=np.float64)


class ByChoices:
    """Askers eliminated, then threads and covariates, then the choices.

    The last and largest block is kept in single precision: the score is exact, so Newton's steps lead to the same
    mode, and the determinant errs by about 1e-6.
    """

    def __init__(self, d_u: Floats, cross: Floats, rest: Floats, a_u: Floats, a_r: Floats) -> None:
        n = len(d_u)
        self._d, self._cross, self._a_u = d_u, cross, a_u
        self._cross_d = cross / d_u[:, None]
        self._rest = _cholesky(rest - cross.T @ self._cross_d)
        self._a_r = a_r - a_u @ self._cross_d
        half = np.empty((len(a_u), n + len(rest)), dtype=np.float32)
        np.multiply(a_u, 1 / np.sqrt(d_u), out=half[:, :n], casting="same_kind")
        half[:, n:] = dtrtrs(self._rest, self._a_r.T, lower=1)[0].T
        block = ssyrk(-1.0, half.T, trans=1, lower=1)
        block[np.diag_indices_from(block)] += 1
        self._choices = spotrf(block, lower=1, clean=0, overwrite_a=1)[0]
        self.logdet = float(np.log(d_u).sum()) + _logdet(self._rest) + _logdet(self._choices)

    def solve(self, right: Floats) -> Floats:
        n = len(self._d)
        upper = right[:n] / self._d
        lower = _solve(self._rest, right[n:] - upper @ self._cross)
        pull = spotrs(self._choices, (self._a_u @ upper + self._a_r @ lower).astype(np.float32), lower=1)[0]
        pull = np.asarray(pull, dtype=np.float64)
        lower = lower + _solve(self._rest, pull @ self._a_r)
        upper = upper + (pull @ self._a_u) / self._d - self._cross_d @ lower
        return np.concatenate([upper, lower])


class Whole:
    """H itself, where the choices outnumber its rows."""

    def __init__(self, d_u: Floats, cross: Floats, rest: Floats, a_u: Floats, a_r: Floats) -> None:
        whole = dsyrk(-1.0, np.hstack([a_u, a_r]).T, trans=0, lower=1)
        n = len(d_u)
        whole[np.diag_indices(n)] += d_u
        whole[n:, :n] += cross.T
        whole[n:, n:] += rest
        self._lower = _cholesky(whole)
        self.logdet = _logdet(self._lower)

    def solve(self, right: Floats) -> Floats:
        return _solve(self._lower, right)
