"""Import and audit speed on made-up exports, as ratios in one run: against reading the bytes, and against a peer.

    python benchmarks/run.py [--messages 500000] [--only x ...] [FILE_OR_FOLDER ...]

Real exports named on the command line are measured too. The peer is what a researcher would write in an afternoon:
plain Python that loads the JSON Lines into dictionaries and counts who was answered. Nothing here is a test.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from formats import formats

PEER = """
import json, sys
by_id, answered = {}, 0
for line in open(sys.argv[1], encoding='utf-8'):
    tweet = json.loads(line)
    by_id[tweet['id_str']] = tweet
for tweet in by_id.values():
    parent = by_id.get(tweet.get('in_reply_to_status_id_str'))
    above = by_id.get(parent.get('in_reply_to_status_id_str')) if parent else None
    if above and above['user']['id_str'] == tweet['user']['id_str']:
        answered += 1
print(answered)
"""


@dataclass(frozen=True)
class Run:
    """One finished process: wall seconds, peak resident memory in MB, what it printed."""

    seconds: float
    memory: float
    output: str


def measured(*command: str, home: Path) -> Run:
    started = time.perf_counter()
    with tempfile.TemporaryFile() as out:
        child = subprocess.Popen(
            command, stdout=out, stderr=subprocess.STDOUT, env={**os.environ, "PERMADANI_HOME": str(home)}
        )
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        seconds = time.perf_counter() - started
        out.seek(0)
        text = out.read().decode(errors="replace")
    if child.returncode:
        sys.exit(f"{' '.join(command)} failed:\n{text[-2000:]}")
    return Run(seconds, usage.ru_maxrss / 1024, text)


def reading(path: Path) -> float:
    """Seconds to read every byte once: the limit."""
    started = time.perf_counter()
    for file in [path] if path.is_file() else sorted(p for p in path.rglob("*") if p.is_file()):
        with file.open("rb") as stream:
            while stream.read(1 << 20):
                pass
    return time.perf_counter() - started


def bytes_of(path: Path) -> int:
    return path.stat().st_size if path.is_file() else sum(p.stat().st_size for p in path.rglob("*") if p.is_file())


def permadani(*words: str, home: Path) -> Run:
    return measured(sys.executable, "-m", "permadani", *words, home=home)


def import_row(name: str, path: Path, home: Path) -> str:
    import json

    limit = reading(path)
    run = permadani("import", str(path), "--format", "json", home=home)
    report = json.loads(run.output)
    read = sum(file["read"] for file in report["files"])
    megabytes = bytes_of(path) / 1e6
    return (f"{name:28} {read:>9,} {megabytes:>8.1f} {run.seconds:>7.2f} {read / run.seconds:>10,.0f} "
            f"{megabytes / run.seconds:>7.1f} {run.memory:>7.0f} {run.seconds / max(limit, 1e-4):>9.0f} x")  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--messages", type=int, default=500_000)
    parser.add_argument("--sizes", type=int, nargs="*", default=[400, 2500])
    parser.add_argument("--only", nargs="*", default=[], metavar="SOURCE", help="made-up exports of these only")
    parser.add_argument("real", nargs="*", type=Path)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="permadani-bench-") as folder:
        work = Path(folder)
        print(
            f"{'import of':28} {'messages':>9} {'MB':>8} {'s':>7} "
            f"{'per s':>10} {'MB/s':>7} {'MB mem':>7} {'vs read':>11}"
        )
        audits, peer = [], None
        for size in options.sizes:
            for source, made in formats().items():
                if options.only and source not in options.only:
                    continue
                path, home = work / source, work / f"home-{source}-{size}"
                path.mkdir()
                made.generate(path, options.messages, size)
                print(import_row(f"{source}, {size / 1000} kB made up", path, home), flush=True)
                if size == options.sizes[0] and made.WHO:
                    permadani("audit", made.WHO, "--research", "--format", "json", home=home)
                    audit = permadani("audit", made.WHO, "--research", "--format", "json", home=home)
                    audits.append((source, audit))
                    if source == "x":
                        peer = measured(sys.executable, "-c", PEER, str(path / "tweets.jsonl"), home=home)
                shutil.rmtree(path)
        for real in options.real:
            print(import_row(str(real)[-28:], real, work / f"home-{real.name}"), flush=True)
        start = min(
            measured(sys.executable, "-c", "import permadani.api, duckdb, numpy, scipy.special", home=work).seconds
            for _ in range(3)
        )
        print(f"\nstart-up of Python with DuckDB, NumPy, SciPy: {start:.2f} s")
        for source, audit in audits:
            print(f"audit of one account in the {source} store: {audit.seconds:.2f} s, "
                  f"{audit.seconds - start:.2f} s after start-up, {audit.memory:.0f} MB")  # fmt: skip
        if peer:
            print(f"peer, plain Python on the same tweets (only load and count): {peer.seconds:.2f} s, "
                  f"{peer.memory:.0f} MB")  # fmt: skip
        helps = min(permadani("--help", home=work).seconds for _ in range(5))
        print(f"permadani --help: {helps:.2f} s")


if __name__ == "__main__":
    main()
