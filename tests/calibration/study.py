"""Many accounts with the same planted truth before one judge: how often it accuses, finds and covers."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from multiprocessing import get_context
from typing import Any, Protocol

import numpy as np

from calibration.scenarios import Scenario
from calibration.simulator import simulate
from permadani.measures.judged import Judged

ACCUSING = frozenset({"passes_over"})
SIGNS = frozenset({"passes_over", "signs_of_passing_over"})
FAVOURING = frozenset({"favours"})
SIGNS_OF_FAVOURING = frozenset({"favours", "signs_of_favouring"})
SEEDS = 1_000_000
"""Account k of a study with seed s is ``simulate(..., seed=s * SEEDS + k)``."""


class Judgement(Protocol):
    verdict: Any
    odds_ratio: Any


Judge = Callable[[Judged], Judgement]


@dataclass(frozen=True, slots=True)
class Share:
    """``count`` of ``n``, with Wilson's 95 % bounds."""

    count: int
    n: int

    @property
    def value(self) -> float:
        return self.count / self.n if self.n else float("nan")

    def bounds(self, z: float = 1.96) -> tuple[float, float]:
        if not self.n:
            return 0.0, 1.0
        centre = (self.value + z * z / (2 * self.n)) / (1 + z * z / self.n)
        half = z / (1 + z * z / self.n) * np.sqrt(self.value * (1 - self.value) / self.n + z * z / (4 * self.n**2))
        return max(0.0, float(centre - half)), min(1.0, float(centre + half))


@dataclass(frozen=True, slots=True)
class Outcome:
    """One account: its seed, the verdict and the key of its reason, the log odds with their interval (NaN: none;
    infinite: an open end)."""

    seed: int
    verdict: str
    reason: str
    log_odds: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Row:
    """All accounts of one scenario, size and planted ``beta``."""

    scenario: str
    approaches: int
    beta: float
    outcomes: tuple[Outcome, ...]

    def share(self, verdicts: Iterable[str]) -> Share:
        wanted = set(verdicts)
        return Share(sum(one.verdict in wanted for one in self.outcomes), len(self.outcomes))

    @property
    def verdicts(self) -> dict[str, int]:
        return dict(Counter(one.verdict for one in self.outcomes))

    @property
    def reasons(self) -> dict[str, int]:
        """How often each reason was given."""
        return dict(Counter(f"{one.verdict}: {one.reason}" for one in self.outcomes))

    @property
    def coverage(self) -> Share:
        """How often the 95 % interval holds the planted log odds, of those that have one."""
        given = [one for one in self.outcomes if not np.isnan(one.log_odds)]
        return Share(sum(one.low <= self.beta <= one.high for one in given), len(given))

    @property
    def estimates(self) -> tuple[float, float]:
        """Mean and sd of the estimated log odds; NaN where there is none."""
        given = np.array([one.log_odds for one in self.outcomes if np.isfinite(one.log_odds)])
        return (float(given.mean()), float(given.std())) if len(given) else (float("nan"), float("nan"))

    def seeds(self, verdicts: Iterable[str]) -> list[int]:
        """Which accounts got one of these verdicts, to be looked at again."""
        wanted = set(verdicts)
        return [one.seed for one in self.outcomes if one.verdict in wanted]


def outcome(judge: Judge, scenario: Scenario, approaches: int, beta: float, seed: int) -> Outcome:
    """Make the account of this seed and let it be judged."""
    judged = judge(simulate(scenario, approaches, beta, seed).judged)
    ratio, why = judged.odds_ratio, str(getattr(getattr(judged, "reason", None), "key", ""))
    if ratio is None:
        return Outcome(seed, judged.verdict, why, np.nan, np.nan, np.nan)
    with np.errstate(divide="ignore"):
        low = -np.inf if ratio.low is None else float(np.log(ratio.low))
        high = np.inf if ratio.high is None else float(np.log(ratio.high))
        return Outcome(seed, judged.verdict, why, float(np.log(ratio.value)), low, high)


@contextmanager
def processes(count: int = 2) -> Iterator[Executor]:
    """Workers with one thread each."""
    for name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS"):
        os.environ[name] = "1"  # read when a worker starts
    with ProcessPoolExecutor(count, mp_context=get_context("spawn")) as pool:
        yield pool


def run(
    judge: Judge,
    scenario: Scenario,
    approaches: int,
    beta: float,
    replications: int,
    seed: int,
    pool: Executor | None = None,
) -> Row:
    """So many accounts of one kind; the same seed gives the same accounts, with or without ``pool``."""
    one = partial(outcome, judge, scenario, approaches, beta)
    seeds = range(seed * SEEDS, seed * SEEDS + replications)
    done = pool.map(one, seeds, chunksize=max(1, min(25, replications // 8))) if pool else map(one, seeds)
    return Row(scenario.name, approaches, beta, tuple(done))
