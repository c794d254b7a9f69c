"""Tweets of v1.1, as researchers collect them."""

from __future__ import annotations

import json
from pathlib import Path

from formats.crowd import messages

WHO = "@user1"


def generate(folder: Path, count: int, size: int) -> None:
    """Tweets of v1.1 as collected; ``size`` bytes a line where the fixed fields leave room."""
    with (folder / "tweets.jsonl").open("w", encoding="utf-8") as out:
        for number, author, _, parent, _, when, text in messages(count, max(20, size - 300)):
            tweet = {
                "id_str": str(600_000_000_000_000_000 + number),
                "created_at": when.strftime("%a %b %d %H:%M:%S +0000 %Y"),
                "text": text,
                "lang": "en",
                "user": {
                    "id_str": str(author + 1),
                    "screen_name": f"user{author}",
                    "followers_count": 10 + author % 9000,
                },
            }
            if parent is not None:
                tweet["in_reply_to_status_id_str"] = str(600_000_000_000_000_000 + parent)
            out.write(json.dumps(tweet) + "\n")
