"""How long people wait for an answer: Kaplan-Meier, so that messages still waiting are neither dropped nor counted."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt


@dataclass(frozen=True, slots=True)
class WaitingTime:
    """``median``: when half are answered (unit of the input), None if never seen. ``by``: share answered by the
    horizon with its 95 % log-log interval (Greenwood's variance)."""

    n: int
    median: float | None
    by: float | None
    low: float | None
    high: float | None


def kaplan_meier(durations: npt.ArrayLike, answered: npt.ArrayLike, horizon: float) -> WaitingTime:
    """Kaplan & Meier (JASA 53, 1958) of the time to an answer.

    ``durations``: shape (n,), time to the answer, or for those unanswered how long it was watched.
    ``answered``: shape (n,), whether the answer came. ``horizon``: when the share is read off.
    """
    time = np.asarray(durations, dtype=np.float64)
    event = np.asarray(answered, dtype=bool)
    if time.size == 0:
        return WaitingTime(0, None, None, None, None)
    moments = np.unique(time[event])
    at_risk = time.size - np.searchsorted(np.sort(time), moments, side="left")
    events = np.searchsorted(np.sort(time[event]), moments, side="right") - np.searchsorted(
        np.sort(time[event]), moments, side="left"
    )
    survival = np.cumprod(1 - events / at_risk)
    half = np.nonzero(survival <= 0.5 + 1e-9)[0]  # products of fractions fall short of a half
    median = float(moments[half[0]]) if half.size else None
    upto = moments <= horizon
    if not upto.any():
        share = 0.0 if (time >= horizon).any() else None
        high = None if share is None else 1 - 0.05 ** (1 / time.size)
        return WaitingTime(time.size, median, share, share, high)
    left = float(survival[upto][-1])
    if left <= 0:
        return WaitingTime(time.size, median, 1.0, 0.05 ** (1 / time.size), 1.0)
    with np.errstate(divide="ignore"):
        greenwood = float((events[upto] / (at_risk[upto] * (at_risk[upto] - events[upto]))).sum())
    spread = 1.959964 * np.sqrt(greenwood) / abs(np.log(left))
    return WaitingTime(time.size, median, 1 - left, 1 - left ** np.exp(-spread), 1 - left ** np.exp(spread))
