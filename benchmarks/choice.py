"""How long the choice among those waiting takes, on simulated accounts, beside a peer that fits the same choices.

    python benchmarks/choice.py [--accounts 200]

The peer is statsmodels' Cox regression with a stratum for each choice: the plain fit alone, without random intercepts,
cluster errors or interval. The limit is to read the columns once. Nothing here is a test.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

import numpy as np

from calibration.scenarios import SCENARIOS
from calibration.simulator import simulate
from permadani.findings import cells
from permadani.findings.checks import Asked
from permadani.findings.comparison import compare, compare_all
from permadani.findings.design import Design
from permadani.findings.preference import found
from permadani.statistics.conditional import Batch
from permadani.statistics.jackknife import screen

PILES = ("favourites", "sessions", "pile_ons", "coin")


def asked(scenario: str, approaches: int, beta: float, seed: int) -> Asked:
    rows = simulate(SCENARIOS[scenario], approaches, beta, seed).judged
    return Asked(rows, cells.classes(rows), "standing", True)


def timed(work: Callable[[], object], runs: int = 3) -> float:
    """The shortest of some runs, in seconds."""
    best = float("inf")
    for _ in range(runs):
        started = time.perf_counter()
        work()
        best = min(best, time.perf_counter() - started)
    return best


def drawn(one: Asked) -> Design:
    design = one.design()
    if design is None:
        sys.exit("nobody was chosen")
    return design


def peer(design: Design) -> float:
    from statsmodels.duration.hazard_regression import PHReg

    c = design.choices
    chosen = np.zeros(len(c.x), dtype=int)
    chosen[c.chosen] = 1
    columns = np.column_stack([c.x, c.z])
    return timed(lambda: PHReg(2.0 - chosen, columns, status=chosen, strata=c.choice, ties="breslow").fit(), 1)


def one_account() -> None:
    heads = ("answers", "rows", "askers", "draw", "fit", "verdict", "peer fits")
    print(f"{'one account':26} " + " ".join(f"{head:>9}" for head in heads))
    for scenario, approaches, beta in (
        ("favourites", 200, 0.0), ("favourites", 1_000, 0.0), ("sessions", 1_000, 0.0), ("favourites", 1_000, -1.4),
        ("favourites", 10_000, 0.0), ("favourites", 100_000, 0.0),
    ):  # fmt: skip
        one = asked(scenario, approaches, beta, 7)
        design = drawn(one)
        draw = timed(lambda one=one: one.design())
        fit = timed(lambda d=design: found(d.choices, d.item))
        verdict = timed(lambda o=one: compare(o.rows, o.groups, o.dimension, accusable=True), 1)
        other = f"{peer(design):8.2f}s" if approaches <= 1_000 else f"{'–':>9}"
        name = f"{scenario}, {approaches:,}" + (f", {beta}" if beta else "")
        counts = (len(design.choices), len(design.item), design.choices.askers)
        print(f"{name:26} " + " ".join(f"{count:>9,}" for count in counts)
              + f" {draw:>8.3f}s {fit:>8.2f}s {verdict:>8.2f}s {other}", flush=True)  # fmt: skip


def network(accounts: int, approaches: int) -> None:
    everybody = [asked(PILES[k % len(PILES)], approaches, 0.0, k) for k in range(accounts)]
    reading = timed(lambda: [float(np.nansum(one.rows.waited)) for one in everybody])
    drawing = timed(lambda: [drawn(one) for one in everybody], 1)
    designs = [drawn(one) for one in everybody]

    def screened() -> None:
        for at in range(0, accounts, 16):
            some = designs[at : at + 16]
            screen(Batch.of([d.choices for d in some], [d.item for d in some]))

    screening = timed(screened, 1)
    whole = timed(lambda: compare_all(everybody, thrifty=True), 1)
    print(f"\n{accounts:,} accounts of {approaches:,} approaches, on one core, milliseconds an account:")
    for name, seconds in (
        ("read the columns once", reading), ("draw the risk sets", drawing), ("screen", screening),
        ("all, with interval and verdict", whole),
    ):  # fmt: skip
        print(f"  {name:32} {1000 * seconds / accounts:8.2f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--accounts", type=int, default=200)
    options = parser.parse_args()
    one_account()
    network(options.accounts, 1_000)


if __name__ == "__main__":
    main()
