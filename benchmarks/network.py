"""How long `permadani classes` takes for a network of ten million interactions, beside reading and beside a peer.

    python benchmarks/network.py [--interactions 10000000 1000000] [--peer 1000000]

The limit is to read the needed columns once, with the same memory and threads. The peer is what a researcher would
write in polars: it counts reception by class and who answers whom by class, from the same tables held as Parquet. It
leaves out expected counts, intervals, coverage, standing from the network, linked people, tenure, ties, concentration,
second posts, and all of it over time. Nothing here is a test.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

MAKE = """
import json, sys
from pathlib import Path
sys.path.insert(0, sys.argv[1])
import crowd
print(json.dumps(crowd.make(Path(sys.argv[2]), int(sys.argv[3]), followers=sys.argv[4] == "True")))
"""
PARQUET = """
import json, sys
import duckdb
folder = sys.argv[2]
with duckdb.connect(sys.argv[1], read_only=True) as connection:
    for table, columns in json.loads(sys.argv[3]).items():
        connection.execute(f"COPY (SELECT {columns} FROM {table}) TO '{folder}/{table}.parquet' (FORMAT parquet)")
"""
READ = """
import sys, time
from permadani.settings import NETWORK_MEMORY_MB
from permadani.store import Store
NEEDED = {
    "objects": "id, actor, channel, published, in_reply_to, root, quotes, spam, automatic, deleted, client",
    "inbox": "recipient, actor, moment, object, thread, parent, via, inherited, channel, spam, automatic, deleted",
    "announces": "actor, object, published",
    "standings": "actor, observed, followers",
}
with Store(sys.argv[1]).session(memory_mb=NETWORK_MEMORY_MB) as connection:
    started = time.perf_counter()
    for table, columns in NEEDED.items():
        connection.execute(f"SELECT sum(hash({columns})) FROM {table}").fetchall()
    print(time.perf_counter() - started)
"""
PEER = """
import sys, time
from pathlib import Path
import polars as pl
folder, followers = Path(sys.argv[1]), sys.argv[2] == "True"
started = time.perf_counter()
objects, inbox, announces, standings = (
    pl.read_parquet(folder / f"{name}.parquet") for name in ("objects", "inbox", "announces", "standings")
)
if followers:
    known = standings.sort("observed").group_by("actor").last().rename({"followers": "standing"})
else:
    known = inbox.group_by(pl.col("recipient").alias("actor")).agg(pl.col("actor").n_unique().alias("standing"))
written = objects.select("actor").unique().join(known, on="actor", how="left")
rank = pl.col("standing").rank("average") / pl.col("standing").count()
of = written.select("actor", pl.when(rank.is_null()).then(3).when(rank > 0.8).then(2).when(rank > 0.5).then(1)
                    .otherwise(0).cast(pl.Int8).alias("of"))
heard = inbox.filter(pl.col("actor") != pl.col("recipient")).select(pl.col("parent").alias("id")).unique()
posts = objects.join(of, on="actor").join(heard.with_columns(heard=pl.lit(True)), on="id", how="left")
reception = posts.group_by("of").agg(pl.len(), pl.col("heard").is_not_null().sum().alias("answered"))
first = inbox.group_by("thread", "actor", "recipient").agg(pl.col("moment").min())
back = first.rename({"actor": "recipient", "recipient": "actor", "moment": "came"})
answers = first.join(back, on=["thread", "actor", "recipient"]).filter(pl.col("moment") > pl.col("came"))
other = of.rename({"actor": "recipient", "of": "to"})
matrix = answers.join(of, on="actor").join(other, on="recipient").group_by("of", "to").len()
passed = announces.join(objects.select(pl.col("id").alias("object"), pl.col("actor").alias("recipient")), on="object")
reshares = passed.join(of, on="actor").join(other, on="recipient").group_by("of", "to").len()
print(reception.height, matrix.height, reshares.height, time.perf_counter() - started)
"""
PEER_READS = {
    "objects": "id, actor, published", "inbox": "thread, parent, actor, recipient, moment",
    "announces": "actor, object", "standings": "actor, observed, followers",
}  # fmt: skip


@dataclass(frozen=True)
class Run:
    """One finished process: wall and CPU seconds, peak resident memory in MB, what it printed."""

    seconds: float
    busy: float
    memory: float
    output: str


def measured(*command: str, home: Path) -> Run:
    threads = {"OPENBLAS_NUM_THREADS": "2", "POLARS_MAX_THREADS": "2"}
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as errors:
        started = time.perf_counter()
        child = subprocess.Popen(
            command, stdout=out, stderr=errors, env={**os.environ, **threads, "PERMADANI_HOME": str(home)}
        )
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        seconds = time.perf_counter() - started
        out.seek(0)
        errors.seek(0)
        if child.returncode:
            sys.exit(f"{' '.join(command)[:200]} failed:\n{errors.read().decode(errors='replace')[-2000:]}")
        return Run(seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, out.read().decode())


def python(code: str, *words: str, home: Path) -> Run:
    """Run from a file: with -c DuckDB thinks that somebody is looking on, and prints how far it is."""
    file = home / "task.py"
    file.write_text(code, "utf-8")
    return measured(sys.executable, str(file), *words, home=home)


def best(runs: list[Run]) -> Run:
    return min(runs, key=lambda run: run.seconds)


def row(work: Path, interactions: int, followers: bool, peer: bool, start: Run, runs: int) -> str:
    store, home = work / "store.duckdb", work
    # In a process of its own, as all that holds much here: a child's peak begins with what its parent held.
    words = (str(Path(__file__).parent), str(store), str(interactions), str(followers))
    rows = json.loads(python(MAKE, *words, home=home).output)
    reading = best([python(READ, str(store), home=home) for _ in range(runs)])
    limit = float(reading.output)
    ask = (sys.executable, "-m", "permadani", "classes", "--format", "json", "--store", str(store))
    asked = best([measured(*ask, home=home) for _ in range(runs)])
    found = json.loads(asked.output)
    took, busy = asked.seconds - start.seconds, asked.busy - start.busy
    other = "–"
    if peer:
        (work / "parquet").mkdir()
        python(PARQUET, str(store), str(work / "parquet"), json.dumps(PEER_READS), home=home)
        run = best([python(PEER, str(work / "parquet"), str(followers), home=home) for _ in range(runs)])
        seconds = float(run.output.split()[-1])
        other = f"{seconds:.2f} s, {run.memory:.0f} MB"
    name = f"{interactions:,}, {'followers' if followers else 'from the network'}"
    return (f"{name:30} {rows['inbox']:>10,} {rows['announces']:>10,} {found['people']:>8,} {took:>7.2f} {busy:>7.2f} "
            f"{asked.memory:>7.0f} {limit:>7.2f} {took / limit:>7.1f} x  {other}")  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--interactions", type=int, nargs="+", default=[1_000_000, 10_000_000])
    parser.add_argument("--peer", type=int, default=1_000_000, help="the peer is asked up to so many interactions")
    parser.add_argument("--runs", type=int, default=3, help="the shortest of so many")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="permadani-bench-") as folder:
        home = Path(folder)
        start = best([python("import permadani.api, duckdb, numpy, scipy.special", home=home) for _ in range(3)])
        print(f"start-up of Python with DuckDB, NumPy, SciPy: {start.seconds:.2f} s, subtracted below\n")
        print(f"{'class map of':30} {'replies':>10} {'reshares':>10} {'people':>8} {'s':>7} {'CPU, s':>7} {'MB':>7} "
              f"{'read, s':>7} {'vs read':>9}  peer (counts only)")  # fmt: skip
        for interactions in options.interactions:
            for followers in (True, False):
                with tempfile.TemporaryDirectory(dir=home) as work:
                    peer = interactions <= options.peer
                    print(row(Path(work), interactions, followers, peer, start, options.runs), flush=True)


if __name__ == "__main__":
    main()
