"""How long `permadani outbound` takes for an account with very many messages of its own, none to it.

    python benchmarks/outbound.py [--messages 1000000]

Six of ten messages are replies to one of fifty thousand people, whose messages are not in the store.
"""

from __future__ import annotations

import argparse
import random
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import permadani
from permadani.vocabulary import Actor, Addressed, Coverage, Object, Record

OWNER = "x:user/1"
START, STEP = 1_400_000_000_000, 300_000  # milliseconds: one message every five minutes
EPOCH = 1_288_834_974_657


def records(count: int) -> Iterator[Record]:
    rng = random.Random(1)
    yield Actor(id=OWNER, channel="x", handle="ada", name="Ada", followers=9_000)
    for direction, level in (("inbound", "none"), ("outbound", "complete")):
        yield Coverage(
            actor=OWNER, channel="x", direction=direction, completeness=level,  # type: ignore[arg-type]
            since=START * 1000, until=(START + count * STEP) * 1000, basis="made up",
        )  # fmt: skip
    for i in range(count):
        moment = START + i * STEP
        id, parent = _status(moment, i), None
        if rng.random() < 0.6:
            parent = _status(moment - int(rng.expovariate(1 / 3_600_000)), rng.randrange(4096))
            someone = f"x:user/{2 + int(rng.paretovariate(0.8)) % 50_000}"
            yield Addressed(object=id, actor=someone, kind="to")
        client = "Web App" if i % 20 else "IFTTT"
        yield Object(
            id=id, channel="x", kind="note", actor=OWNER, published=moment * 1000, in_reply_to=parent, client=client
        )


def _status(moment: int, sequence: int) -> str:
    return f"x:status/{(moment - EPOCH) << 22 | sequence & 0xFFF}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--messages", type=int, default=1_000_000)
    count = parser.parse_args().messages
    with tempfile.TemporaryDirectory() as folder:
        store = permadani.open(Path(folder, "store.duckdb"))
        store.add(records(count))
        for _ in range(3):
            started = time.perf_counter()
            found = store.outbound("@ada", evidence=True)
            seconds = time.perf_counter() - started
            print(f"{found.written.messages:,} messages, {found.written.replies:,} replies: {seconds:.2f} s")


if __name__ == "__main__":
    main()
