"""The choice among those waiting: does it depend on ``x``? An integrated likelihood.

At each answer e one of those waiting was chosen. With eta the linear predictor of a waiting message,

    P(i is chosen | one of R_e is) = exp(eta_i) / sum over j in R_e of exp(eta_j)

(McFadden's conditional logit, 1974; Cox's partial likelihood, 1975). The number of answers is conditioned on, so
capacity, absence, bursts and messages too young to judge drop out. Askers and threads differ for reasons of their own,
so both have a random intercept:

    eta_i = b x_i + z_i . gamma + u[asker] + v[thread]
    Q     = sum over e of [eta_chosen - log sum exp eta] - .08 |gamma|^2 - |u|^2 / (2 su^2) - |v|^2 / (2 sv^2)
    log L(b, su, sv) = max over gamma, u, v of Q - n_u log su - n_v log sv - 1/2 log det H,    H = -d2Q at fixed b

(Laplace's approximation; Breslow & Clayton, JASA 88, 1993), averaged over a grid of su and sv. No prior on b.
The penalty on gamma is a normal prior with standard deviation 2.5 (Gelman et al., Ann. Appl. Stat. 2, 2008).

Where the time goes: H is a matrix of askers, threads and covariates, but the block of the askers is diagonal up to one
rank for each choice. So the askers are eliminated exactly, and what is factorised has the size of choices, or of
threads. A factor once made serves for the Newton steps around it, and the mode at one b predicts that at the next.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np

from permadani.statistics.choices import Choices
from permadani.statistics.intervals import student
from permadani.statistics.laplace import RIDGE, Laplace, Mode
from permadani.statistics.queue import Floats

ASKER_SPREADS, THREAD_SPREADS = (0.1, 0.5, 0.9, 1.4), (0.1, 0.6, 1.1)
"""The grid of su and sv."""
NEGLIGIBLE = 10.0
"""A point of the grid that is this much less likely (natural log) adds nothing that could be seen."""
LEVEL = 0.95
OPEN = 8.0
"""Standard errors beyond the estimate at which an end of the interval is called open."""
STEPS = (0, -1, 1, -2.3, 2.3)
"""Where log L is evaluated, in standard errors from the centre: the outermost lie beyond the ends of most intervals."""
SPAN, STRETCHES = 1.6, 8
"""Between points this near (in standard errors) the root is read off a curve; so often more points are sought."""


class Likelihood:
    """log L(b) of one set of choices, evaluated point by point with what earlier points taught.

    ``centre``, ``error``: b and its standard error at su = sv = .6, with a weak normal prior on b (precision .05).
    """

    def __init__(self, choices: Choices) -> None:
        self.choices = choices
        self._laplace = Laplace(choices)
        self._grid = [(su, sv) for su in ASKER_SPREADS for sv in (THREAD_SPREADS if choices.threads else (1.0,))]
        self._modes: dict[tuple[float, float], list[Mode]] = {}
        self._values: dict[float, float] = {}
        self.centre, self.error = self._free_fit()

    def _free_fit(self) -> tuple[float, float]:
        c = self.choices
        free = Laplace(replace(c, z=np.column_stack([c.x, c.z])), np.r_[0.05, np.full(c.z.shape[1], RIDGE)])
        mode = free.mode(0.0, 0.6, 0.6)
        unit = np.zeros(len(mode.theta))
        unit[c.askers] = 1
        return float(mode.theta[c.askers]), float(np.sqrt(mode.factor.solve(unit)[c.askers]))

    def at(self, b: float) -> float:
        """log L(b)."""
        if b not in self._values:
            self._values[b] = self._integrate(b)
        return self._values[b]

    def _integrate(self, b: float) -> float:
        first = not self._modes
        values, near = [], None
        for su, sv in self._grid if first else list(self._modes):
            known = self._modes.setdefault((su, sv), [])
            start = min(known, key=lambda mode: abs(mode.b - b)) if known else near
            near = self._laplace.mode(b, su, sv, start, same=bool(known))
            known.append(near)
            values.append(near.value)
        logs = np.array(values)
        top = logs.max()
        if first:
            for pair, value in zip(list(self._modes), values, strict=True):
                if value < top - NEGLIGIBLE:
                    del self._modes[pair]
        return float(top + np.log(np.exp(logs - top).sum() / len(self._grid)))

    def points(self) -> tuple[Floats, Floats]:
        """All b evaluated so far in rising order, and log L there."""
        b = np.array(sorted(self._values))
        return b, np.array([self._values[x] for x in b.tolist()])


@dataclass(frozen=True, slots=True)
class Preference:
    """What the choices say about b, in log odds.

    ``estimate``: where log L is highest. ``low``, ``high``: 95 % interval, None where an end is open. ``error``: the
    standard error. ``root_at_0``: signed root of the likelihood ratio of no preference, negative below.
    ``answers``: choices among rows that differ in x.
    """

    estimate: float
    low: float | None
    high: float | None
    error: float
    root_at_0: float
    answers: int
    likelihood: Likelihood
    highest: float

    def root(self, b: float) -> float:
        """Signed root of the likelihood ratio of ``b``: how far the estimate lies from it, in standard errors."""
        return _root(self, b)


def preference(choices: Choices, beside: float | None = None) -> Preference | None:
    """b with its interval and root; None where x never differs among those waiting.

    ``beside``: the standard error that another method gives. Where it is larger the model may miss something that
    askers or threads share, so error and interval are stretched to the geometric mean of both (docs/methods.md has the
    simulation). The root is the model's own.

    log L is evaluated at the centre of the free fit, 1 and 2.3 standard errors to both sides, and 0; the estimate is
    the vertex of the parabola through the highest three. The interval holds all b whose root is within Student's t
    with ``answers`` - 1 degrees of freedom.
    """
    if choices.informative < 2:
        return None
    likelihood = Likelihood(choices)
    for step in STEPS:
        likelihood.at(likelihood.centre + step * likelihood.error)
    likelihood.at(0.0)
    for _ in range(STRETCHES):
        b, value = likelihood.points()
        top = int(np.argmax(value))
        if 0 < top < len(b) - 1:
            break
        likelihood.at(float(b[top]) + (1 if top else -1) * likelihood.error)  # the top lies further out
    estimate, highest = _vertex(*likelihood.points())
    found = Preference(estimate, None, None, likelihood.error, 0.0, choices.informative, likelihood, highest)
    stretch = 1.0 if beside is None else float(np.sqrt(max(1.0, beside / likelihood.error)))
    reach = stretch * student(0.5 + LEVEL / 2, choices.informative - 1)
    ends = [_end(found, side, reach) for side in (-1, 1)]
    error = stretch * likelihood.error
    return replace(found, low=ends[0], high=ends[1], error=error, root_at_0=_root(found, 0.0))


def _vertex(b: Floats, value: Floats) -> tuple[float, float]:
    """Where the parabola through the highest three points is highest, and how high."""
    three = np.argsort(value)[-3:]
    x, y = b[three] - b[three].mean(), value[three]
    curve, slope, level = np.polyfit(x, y, 2)
    if curve >= 0:  # the top lies outside: the highest point seen is all that is known
        return float(b[three[-1]]), float(y[-1])
    return float(b[three].mean() - slope / (2 * curve)), float(level - slope**2 / (4 * curve))


def _root(found: Preference, b: float) -> float:
    ratio = 2 * (found.highest - found.likelihood.at(b))
    return float(np.sign(found.estimate - b) * np.sqrt(max(0.0, ratio)))


def _end(found: Preference, side: int, reach: float) -> float | None:
    """The b on one side of the estimate at which the root reaches ``reach``.

    The root is nearly a straight line in b, so a curve through the points around it is read off.
    """
    farthest = found.estimate + side * OPEN * found.error
    for _ in range(STRETCHES):
        b, _values = found.likelihood.points()
        b = b[side * (b - found.estimate) > 0][::side]
        roots = [abs(_root(found, x)) for x in b.tolist()]
        known = [(found.estimate, 0.0), *zip(b.tolist(), roots, strict=True)]
        after = next((k for k in range(1, len(known)) if known[k][1] >= reach), None)
        if after is not None and abs(known[after][0] - known[after - 1][0]) <= SPAN * found.error:
            return _read_off(known[max(0, after - 2) : after + 2], reach)
        if len(known) == 1:
            found.likelihood.at(found.estimate + side * reach * found.error)
            continue
        (b0, r0), (b1, r1) = known[-2:] if after is None else known[after - 1 : after + 1]
        if after is None and b1 == farthest:
            return None  # too far away to be called an end
        if r1 <= r0:  # a hollow between two tops: the end lies further out
            found.likelihood.at(min(b1 + found.error, farthest) if side > 0 else max(b1 - found.error, farthest))
            continue
        guess = b0 + (reach - r0) * (b1 - b0) / (r1 - r0)
        # a little beyond, so that the end comes to lie between points, and is not crept up to from one side
        guess += side * min(0.3 * found.error, abs(guess - b1) / (10 if after is None else 2))
        found.likelihood.at(farthest if side * (guess - farthest) > 0 else guess)
    return None


def _read_off(known: list[tuple[float, float]], reach: float) -> float:
    """b at ``reach`` on the polynomial (Lagrange) that gives b from the root through these points."""
    if min(b[1] - a[1] for a, b in pairwise(known)) <= 1e-6:  # not rising: only the two ends around it can be trusted
        known = known[-2:] if known[-2][1] < reach else known[-3:-1]
    total = 0.0
    for i, (b, root) in enumerate(known):
        others = [r for j, (_, r) in enumerate(known) if j != i]
        total += b * float(np.prod([(reach - r) / (root - r) for r in others]))
    return total
