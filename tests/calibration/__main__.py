"""The full calibration: ``make calibrate``. Prints a Markdown table; progress goes to stderr; nothing is written."""

from __future__ import annotations

import argparse
import sys
import time
from concurrent.futures import Executor

from calibration import clubs_table, naive
from calibration.clubs import WITH, WITHOUT, WORLDS
from calibration.hunted import HUNTED
from calibration.judges import by_standing
from calibration.scenarios import SCENARIOS
from calibration.study import ACCUSING, SIGNS, processes, run
from calibration.table import BETAS, Line, head, markdown, together

SIZES, REPLICATIONS = (50, 200, 500, 1000), 200
QUICK_SIZES, QUICK_REPLICATIONS = (50, 200), 40
EVERY = {**SCENARIOS, **HUNTED}


def options(given: list[str] | None = None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make calibrate", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="small accounts and few of them: minutes, not hours")
    parser.add_argument("--scenarios", nargs="+", default=list(SCENARIOS), choices=list(EVERY), metavar="NAME",
                        help=f"of {', '.join(SCENARIOS)}; looked for to mislead: {', '.join(HUNTED)}")  # fmt: skip
    parser.add_argument("--sizes", nargs="+", type=int, metavar="N", help="messages an account receives")
    parser.add_argument("--betas", nargs="+", type=float, default=list(BETAS), metavar="B",
                        help="planted log odds of a junior against a senior")  # fmt: skip
    parser.add_argument("--replications", type=int, metavar="N", help="accounts of each kind")
    parser.add_argument("--seed", type=int, default=1, help="another seed gives other accounts")
    which = parser.add_mutually_exclusive_group()
    which.add_argument("--clubs", action="store_true", help="only the networks with and without a club of seniors")
    which.add_argument("--accounts", action="store_true", help="only the accounts")
    parser.add_argument("--worlds", nargs="+", default=[world.name for world in (*WITHOUT, *WITH)], choices=WORLDS,
                        metavar="NAME", help=f"of networks: {'; '.join(WORLDS)}")  # fmt: skip
    parser.add_argument("--networks", type=int, metavar="N", help="networks of each world and size")
    chosen = parser.parse_args(given)
    chosen.sizes = chosen.sizes or (QUICK_SIZES if chosen.quick else SIZES)
    chosen.replications = chosen.replications or (QUICK_REPLICATIONS if chosen.quick else REPLICATIONS)
    chosen.networks = chosen.networks or (clubs_table.QUICK_REPLICATIONS if chosen.quick else clubs_table.REPLICATIONS)
    return chosen


def line(chosen: argparse.Namespace, name: str, size: int, pool: Executor) -> tuple[Line, list[str]]:
    """One scenario at one size, and a note for each fair account about which something was said."""
    made, notes = Line(name, size), []
    for judge in (naive.rates, naive.logistic):
        row = run(judge, EVERY[name], size, 0.0, chosen.replications, chosen.seed, pool)
        made.naive[judge.__name__] = row.share(ACCUSING)
    for beta in chosen.betas:
        row = run(by_standing, EVERY[name], size, beta, chosen.replications, chosen.seed, pool)
        made.rows[beta] = [row]
        if beta == 0:
            notes += [f"{name}, {size} approaches, seed {seed}: accused" for seed in row.seeds(ACCUSING)]
            notes += [f"{name}, {size} approaches, seed {seed}: signs" for seed in row.seeds(SIGNS - ACCUSING)]
    return made, notes


def main(given: list[str] | None = None) -> int:
    chosen = options(given)
    if not chosen.clubs:
        accounts(chosen)
    if not chosen.accounts:
        print()
        with processes() as pool:
            clubs_table.print_clubs(chosen.worlds, chosen.networks, chosen.seed, pool)
    return 0


def accounts(chosen: argparse.Namespace) -> None:
    """The table of accounts and their verdicts."""
    began, notes = time.monotonic(), []
    print(head(), flush=True)
    with processes() as pool:
        for size in chosen.sizes:
            lines = []
            for name in chosen.scenarios:
                made, found = line(chosen, name, size, pool)
                lines.append(made)
                notes += found
                print(markdown(made.cells()), flush=True)
                print(f"{time.monotonic() - began:7.0f} s  {name}, {size} approaches", file=sys.stderr, flush=True)
            print(markdown(together(lines).cells()), flush=True)
    if notes:
        print("\nFair accounts that were not left in peace:\n")
        print("\n".join(f"- {note}" for note in notes))
    kinds = len(chosen.sizes) * len(chosen.scenarios)
    judged = kinds * len(chosen.betas) * chosen.replications
    print(
        f"\n{judged} accounts judged, and {kinds * chosen.replications} of them by the naive judges too, "
        f"in {time.monotonic() - began:.0f} s."
    )


if __name__ == "__main__":
    sys.exit(main())
