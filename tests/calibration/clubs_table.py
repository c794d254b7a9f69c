"""The calibration of the club as a Markdown table: one line a world and size, and one for all sizes together."""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence
from concurrent.futures import Executor

import numpy as np

from calibration.clubs import WORLDS
from calibration.clubs_study import ClubRow, all_sizes, run_clubs
from calibration.study import Share
from calibration.table import markdown, percent

SIZES = ((60, 1_000), (60, 5_000), (300, 1_000), (300, 5_000))
"""People and messages."""
REPLICATIONS, QUICK_REPLICATIONS = 1_000, 25
MAPS = 25
"""So many of each kind go through a store."""
HEAD = (
    "world", "people", "messages", "counting sees a club", "closed (at most)", "not closed", "not enough",
    "not measurable", "interval covers", "relative: mean (truth)",
)  # fmt: skip


def cells(row: ClubRow) -> tuple[str, ...]:
    closed, (value, truth) = row.said("closed"), row.centre
    people, messages = (f"{n:,}" for n in row.size) if row.size else ("all", "")
    return (
        row.world.name,
        people,
        messages,
        percent(row.naive),
        f"{closed.count:,} of {closed.n:,} ({100 * closed.bounds()[1]:.1f} %)",
        *(percent(row.said(verdict)) for verdict in ("not_closed", "not_enough_evidence", "not_measurable")),
        f"{percent(row.coverage)} of {row.coverage.n:,}",
        "-" if np.isnan(value) else f"{value:.2f} ({truth:.2f})",
    )


def print_clubs(worlds: Sequence[str], replications: int, seed: int, pool: Executor) -> None:
    """Print the table as it grows; progress goes to stderr."""
    began, summed = time.monotonic(), []
    print(markdown(HEAD) + "\n" + markdown("---" for _ in HEAD), flush=True)
    for name in worlds:
        rows = []
        for size in SIZES:
            rows.append(run_clubs(WORLDS[name], size, replications, seed, pool, maps=MAPS))
            print(markdown(cells(rows[-1])), flush=True)
            print(f"{time.monotonic() - began:7.0f} s  {name}, {size}", file=sys.stderr, flush=True)
        summed.append(all_sizes(rows))
        print(markdown(cells(summed[-1])), flush=True)
    without = [row for row in summed if not row.world.planted]
    found = Share(sum(row.said("closed").count for row in without), sum(len(row.outcomes) for row in without))
    print(f"\nA club was seen in {found.count} of {found.n:,} networks without one "
          f"(at most {100 * found.bounds()[1]:.2f} %).")  # fmt: skip
    for row in without:
        if seeds := row.seeds("closed"):
            print(f"- {row.world.name}: seeds {', '.join(map(str, seeds))}")
    kinds, total = len(SIZES) * len(worlds), sum(len(row.outcomes) for row in summed)
    print(f"\n{total:,} networks judged, {kinds * min(MAPS, replications):,} of them through a store too, "
          f"in {time.monotonic() - began:.0f} s.", flush=True)  # fmt: skip
