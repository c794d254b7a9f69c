"""The repository of one account (CAR): posts, replies, likes, reposts and follows; nothing of what others wrote."""

from __future__ import annotations

import random
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

from formats.crowd import words

sys.path.insert(0, str(Path(__file__).parents[2] / "tests" / "sources"))
from car_writer import repository_file, tid

WHO = None
"""A repository holds no messages of others: there is nothing to audit in it alone."""
DID = "did:plc:benchmarkbenchmarkbench"
START = datetime(2023, 7, 1, tzinfo=UTC)


def generate(folder: Path, count: int, size: int) -> None:
    """One repository; of ten records five are posts, three likes, one a repost and one a follow."""
    seed, records = random.Random(7), {}
    for number in range(count):
        moment = START + timedelta(seconds=97 * number)
        when, key = moment.isoformat(timespec="milliseconds"), tid(int(moment.timestamp() * 1_000_000), number % 1024)
        other = f"did:plc:{seed.randrange(50_000):024}"
        target = {"uri": f"at://{other}/app.bsky.feed.post/{tid(number << 20)}", "cid": "bafyexample"}
        kind = "post" if number % 10 < 5 else "like" if number % 10 < 8 else "repost"
        if number % 10 == 9:
            record = {"$type": "app.bsky.graph.follow", "subject": other, "createdAt": when}
        elif kind == "post":
            text = words(max(20, size - 300), seed)
            record = {"$type": "app.bsky.feed.post", "text": text, "langs": ["en"], "createdAt": when}
            if number % 2:
                record["reply"] = {"root": target, "parent": target}
        else:
            record = {"$type": f"app.bsky.feed.{kind}", "subject": target, "createdAt": when}
        records[f"{record['$type']}/{key}"] = record
    (folder / "repo.car").write_bytes(repository_file(DID, records, tid(int(moment.timestamp() * 1_000_000))))
