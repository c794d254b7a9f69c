"""The neutral objects table."""

from __future__ import annotations

import csv
from pathlib import Path

from formats.crowd import messages

WHO = "forum:user/1"


def generate(folder: Path, count: int, size: int) -> None:
    """The objects table."""
    with (folder / "objects.csv").open("w", encoding="utf-8", newline="") as out:
        table = csv.writer(out)
        table.writerow(["id", "channel", "kind", "actor", "published", "in_reply_to", "thread", "text"])
        for number, author, root, parent, _, when, text in messages(count, max(20, size - 120)):
            table.writerow(
                [f"forum:post/{number}", "forum", "note", f"forum:user/{author}", when.isoformat(),
                 "" if parent is None else f"forum:post/{parent}", f"forum:post/{root}", text]
            )  # fmt: skip
