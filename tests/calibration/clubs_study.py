"""Many networks with the same planted truth before the verdict on the senior club.

The first of each kind go from records through a store to the map that a user gets. That takes DuckDB a third of a
second each, so the rest are judged from the waiting sets on, by the same code; where both are done, they must agree.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable
from concurrent.futures import Executor
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np
from scipy.special import bdtrc

from calibration.clubs import SENIOR, START, WINDOW, Network, World, network
from calibration.study import SEEDS, Share
from permadani.api import OpenStore
from permadani.findings.class_map.closure import closure_of
from permadani.findings.class_map.events import events_of
from permadani.findings.class_map.rows import Acts
from permadani.findings.reasons import reason
from permadani.findings.results import Closure

NAIVE_LEVEL = 0.01


@dataclass(frozen=True, slots=True)
class ClubOutcome:
    """One network: its seed, the verdict and the key of its reason, the relative figure with its 95 % interval (NaN:
    none) and what it is in truth; ``naive``: whether who counts answers sees a club."""

    seed: int
    verdict: str
    reason: str
    value: float
    low: float
    high: float
    truth: float
    naive: bool


@dataclass(frozen=True, slots=True)
class ClubRow:
    """All networks of one world and size (people, messages; None: of all sizes)."""

    world: World
    size: tuple[int, int] | None
    outcomes: tuple[ClubOutcome, ...]

    def said(self, *verdicts: str) -> Share:
        return Share(sum(one.verdict in verdicts for one in self.outcomes), len(self.outcomes))

    @property
    def naive(self) -> Share:
        return Share(sum(one.naive for one in self.outcomes), len(self.outcomes))

    @property
    def given(self) -> list[ClubOutcome]:
        return [one for one in self.outcomes if np.isfinite(one.low) and np.isfinite(one.truth)]

    @property
    def coverage(self) -> Share:
        """How often the interval of the relative figure holds the truth, of those that have one."""
        return Share(sum(one.low <= one.truth <= one.high for one in self.given), len(self.given))

    @property
    def centre(self) -> tuple[float, float]:
        """Geometric means of the figure and of the truth; NaN where there is none."""
        some = [one for one in self.given if one.value > 0 and one.truth > 0]
        if not some:
            return float("nan"), float("nan")
        value, truth = np.exp(np.log([(one.value, one.truth) for one in some]).mean(axis=0)).tolist()
        return value, truth

    def seeds(self, verdict: str) -> list[int]:
        """Which networks got this verdict, to be looked at again."""
        return [one.seed for one in self.outcomes if one.verdict == verdict]


def counts(net: Network) -> bool:
    """The naive judge: seniors answer seniors more often than blind drawing from all who write would."""
    senior = net.classes == SENIOR
    by_seniors = np.isfinite(net.answered) & senior[net.target]
    n, hits = int(by_seniors.sum()), int((by_seniors & senior[net.asker]).sum())
    share = float(senior[np.unique(net.asker)].mean())
    return n > 0 and hits > 0 and float(bdtrc(hits - 1, n, share)) < NAIVE_LEVEL


def mapped(net: Network) -> Closure:
    """The closure in the map that a user gets."""
    with tempfile.TemporaryDirectory(prefix="permadani-clubs-") as folder:
        store = OpenStore(Path(folder, "store.duckdb"))
        store.add(net.records())
        return store.classes().closure


def judged(net: Network) -> Closure:
    """The same without a store, so without a rich club: approaches as the measures would tell of them."""
    at = np.full(len(net.moment), -1, dtype=np.int64)
    hit = np.isfinite(net.answered)
    at[hit] = START + net.answered[hit].astype(np.int64)
    approaches = {
        "asker": net.asker, "target": net.target, "moment": START + net.moment.astype(np.int64), "answered": at,
        "judged": np.ones_like(at), "period": np.zeros_like(at), "asker_class": net.classes[net.asker],
        "target_class": net.classes[net.target],
    }  # fmt: skip
    questions = dict.fromkeys(("asker", "channel", "moment", "answered", "replier", "period", "asker_class",
                               "replier_class"), np.zeros(0, dtype=np.int64))  # fmt: skip
    measured = Acts(approaches, questions, {}, {}, 0, np.arange(len(net.classes)))
    find = partial(events_of, measured, int(WINDOW))
    nothing = None if hit.any() else reason("map_no_answers")
    return closure_of(find(), None, nothing, partial=False, by_age=partial(find, by_age=True))[0]


def _figures(of: Closure) -> list[float]:
    """All numbers of the three ratios; NaN where there is none."""
    ratios = (of.seniors_to_seniors, of.others_to_seniors, of.relative)
    told = [None if one is None else getattr(one, name) for one in ratios
            for name in ("observed", "expected", "value", "low", "high")]  # fmt: skip
    return [np.nan if one is None else float(one) for one in told]


def club_outcome(world: World, size: tuple[int, int], last_mapped: int, seed: int) -> ClubOutcome:
    """Make the network of this seed and let it be judged; through a store too up to the seed ``last_mapped``."""
    net = network(world, *size, seed)
    found = judged(net)
    if seed <= last_mapped:
        told = mapped(net)
        same = told.verdict == found.verdict and np.allclose(_figures(told), _figures(found), equal_nan=True)
        assert same, f"{world.name} {size} seed {seed}: the map says {told}, from the waiting sets on it is {found}"
    ratio = found.relative
    value, low, high = (np.nan, np.nan, np.nan) if ratio is None else (
        np.nan if one is None else one for one in (ratio.value, ratio.low, ratio.high)
    )  # fmt: skip
    return ClubOutcome(seed, found.verdict, str(found.reason.key), value, low, high, net.truth, counts(net))


def run_clubs(
    world: World, size: tuple[int, int], replications: int, seed: int, pool: Executor | None = None, maps: int = 0
) -> ClubRow:
    """So many networks of one kind, the first ``maps`` of them through a store; the same seed gives the same networks,
    with or without ``pool``."""
    first = seed * SEEDS
    one = partial(club_outcome, world, size, first + maps - 1)
    seeds = range(first, first + replications)
    done = pool.map(one, seeds, chunksize=max(1, min(25, replications // 8))) if pool else map(one, seeds)
    return ClubRow(world, size, tuple(done))


def all_sizes(rows: Iterable[ClubRow]) -> ClubRow:
    """Rows of one world, together."""
    of = list(rows)
    return ClubRow(of[0].world, None, tuple(one for row in of for one in row.outcomes))
