"""A Facebook export: one owner's posts, and comments under those of friends."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from formats.crowd import messages

WHO = "Sari Lestari"


def generate(folder: Path, count: int, size: int) -> None:
    """Texts as Facebook writes them: UTF-8 as if it were Latin-1."""
    posts, comments = folder / "posts", folder / "comments_and_reactions"
    posts.mkdir()
    comments.mkdir()
    with (
        (posts / "your_posts_1.json").open("w", encoding="ascii") as own,
        (comments / "comments.json").open("w", encoding="ascii") as said,
    ):
        own.write("[")
        said.write('{"comments_v2": [')
        begun = {own: False, said: False}
        for _, author, _, parent, _, when, text in messages(count, max(20, size - 300)):
            seconds = int(when.timestamp())
            entry: dict[str, Any] = {"timestamp": seconds}
            if parent is None:
                entry |= {"data": [{"post": f"{text} \u00c3\u00a9"}], "title": f"{WHO} updated her status."}
            else:
                comment = {"timestamp": seconds, "comment": f"{text} \u00c3\u00a9", "author": WHO}
                title = f"{WHO} commented on Friend {author}'s post."
                entry |= {"data": [{"comment": comment}], "title": title}
            out = own if parent is None else said
            out.write((",\n" if begun[out] else "\n") + json.dumps(entry, indent=2))
            begun[out] = True
        own.write("\n]\n")
        said.write("\n]}\n")
