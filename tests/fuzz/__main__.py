"""Try many damaged files and print what became of them: ``make fuzz ARGS="--minutes 10 --source x"``.

Every input follows from the seed number; a failing one is kept in ``build/fuzz`` with the error beside it, and again:
``make fuzz ARGS="--source x --only 1234"``. Exit 1 if anything was found.
"""

from __future__ import annotations

import argparse
import resource
import sys
import time
import traceback
from collections import Counter
from multiprocessing import Process, Queue
from pathlib import Path
from random import Random

from fuzz.damage import damaged
from fuzz.seeds import names, seeds
from fuzz.trying import read

KEPT = Path("build/fuzz")
MEMORY = 700 * 1024 * 1024
"""What the process may take in all: Python, the parsers, and one small broken file."""


def peak() -> float:
    """Most memory this process ever held, in MB."""
    status = Path("/proc/self/status")
    if status.exists():
        return int(status.read_text().split("VmHWM:")[1].split()[0]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def one(source: str, number: int) -> tuple[str, float]:
    """Try input ``number`` of a source; returns what became of it and the seconds it took."""
    draw = Random(f"{source}/{number}")  # noqa: S311
    seed = draw.choice(seeds(source))
    data, told = damaged(seed.data, draw)
    try:
        outcome = read(seed, data, forced=draw.random() < 0.5)
    except Exception:
        KEPT.mkdir(parents=True, exist_ok=True)
        place = KEPT / f"{source}-{number}-{Path(seed.name).name}"
        place.write_bytes(data)
        place.with_name(place.name + ".error").write_text(f"{seed.name}: {told}\n{traceback.format_exc()}")
        return "FAILED", 0.0
    return outcome.kind, outcome.seconds


def work(source: str, until: float, start: int, results: Queue) -> None:  # type: ignore[type-arg]
    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY))
    counts: Counter[str] = Counter()
    slowest, number = 0.0, start
    while time.monotonic() < until:
        kind, seconds = one(source, number)
        counts[kind] += 1
        slowest, number = max(slowest, seconds), number + 1
    results.put((source, counts, slowest, peak()))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--minutes", type=float, default=5, help="for all sources together, on one core")
    parser.add_argument("--source", action="append", help="only this one (may be repeated)")
    parser.add_argument("--start", type=int, default=0, help="the first number")
    parser.add_argument("--only", type=int, help="try this number again and show what it raises")
    options = parser.parse_args()
    chosen = options.source or names()
    if options.only is not None:
        print(one(chosen[0], options.only))
        return 0
    columns = ("records", "problems", "refused", "not_recognised", "FAILED")
    print(
        f"{'source':16} {'tried':>8} " + " ".join(f"{name:>14}" for name in columns) + f" {'slowest s':>10} {'MB':>5}"
    )
    total: Counter[str] = Counter()
    for source in chosen:
        results: Queue = Queue()  # type: ignore[type-arg]
        until = time.monotonic() + 60 * options.minutes / len(chosen)
        child = Process(target=work, args=(source, until, options.start, results))
        child.start()
        child.join(60 * options.minutes / len(chosen) + 60)
        if child.exitcode != 0:
            child.kill()
            print(f"{source:16} the process died ({child.exitcode})")
            total["FAILED"] += 1
            continue
        _, counts, slowest, memory = results.get()
        total += counts
        print(f"{source:16} {counts.total():>8,} " + " ".join(f"{counts[name]:>14,}" for name in columns)
              + f" {slowest:>10.2f} {memory:>5.0f}", flush=True)  # fmt: skip
    print(f"{'all':16} {total.total():>8,} " + " ".join(f"{total[name]:>14,}" for name in columns))
    return 1 if total["FAILED"] else 0


if __name__ == "__main__":
    sys.exit(main())
