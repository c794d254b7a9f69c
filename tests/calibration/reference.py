"""A conditional logit of its own making, in the plainest way, to see that the simulator plants what it says."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from calibration.answering import WINDOW
from calibration.people import DAY
from calibration.simulator import Simulated

Floats = npt.NDArray[np.float64]
TERMS = ("preference", "substance", "waiting", "size", "mention", "language", "contact")


def choices(one: Simulated) -> list[tuple[Floats, int]]:
    """For each answer in time the design of those waiting, shape (waiting, 7), and the row that was chosen."""
    rows = one.judged
    at = rows.moment + rows.waited
    comment = rows.via == "comment"
    fixed = np.column_stack([1 - one.classes / 2, one.substantive, ~comment, one.language, rows.prior_contact])
    found = []
    for chosen in np.nonzero(rows.answered)[0]:
        now = at[chosen]
        waiting = np.nonzero((rows.moment <= now) & (rows.moment >= now - WINDOW) & ~(at < now))[0]
        here = rows.thread[rows.moment <= now]
        sizes = np.array([np.count_nonzero(here == thread) for thread in rows.thread[waiting]])
        design = np.column_stack([
            fixed[waiting, :2], np.log1p((now - rows.moment[waiting]) / DAY), comment[waiting] * np.log(sizes),
            fixed[waiting, 2:],
        ]).astype(np.float64)  # fmt: skip
        found.append((design, int(np.nonzero(waiting == chosen)[0][0])))
    return found


def fit(accounts: list[Simulated]) -> tuple[Floats, Floats]:
    """Coefficients in the order of ``TERMS`` and their standard errors, all accounts together, by Newton."""
    events = [event for one in accounts for event in choices(one)]
    theta = np.zeros(len(TERMS))
    for _ in range(30):
        score, information = np.zeros(len(theta)), np.zeros((len(theta), len(theta)))
        for design, chosen in events:
            weight = np.exp(design @ theta - (design @ theta).max())
            weight /= weight.sum()
            mean = weight @ design
            score += design[chosen] - mean
            information += (design.T * weight) @ design - np.outer(mean, mean)
        step = np.linalg.solve(information, score)
        theta = theta + step
        if np.abs(step).max() < 1e-9:
            break
    return theta, np.sqrt(np.diag(np.linalg.inv(information)))
