"""A Google+ Takeout: one JSON file a post, with its comments."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from formats.crowd import messages

WHO = "https://plus.google.com/1000000001"
URL = "https://plus.google.com"
OWNER = 1


def person(number: int) -> dict[str, str]:
    key = str(1_000_000_000 + number)
    return {"displayName": f"User {number}", "profilePageUrl": f"{URL}/{key}", "resourceName": f"users/{key}"}


def generate(folder: Path, count: int, size: int) -> None:
    """Every post is the owner's, as in a Takeout; a file a post."""
    posts = folder / "Takeout" / "Google+ Stream" / "Posts"
    posts.mkdir(parents=True)
    post: dict[str, Any] = {}
    authors: dict[int, int] = {}
    for number, author, root, parent, _, when, text in messages(count, max(20, size - 300)):
        time = f"{when:%Y-%m-%d %H:%M:%S}+0000"
        if parent is None:
            write(posts, post)
            authors = {number: OWNER}
            url = f"{URL}/{1_000_000_000 + OWNER}/posts/{number:011}"
            post = {"url": url, "creationTime": time, "author": person(OWNER), "content": text, "comments": []}
        else:
            who = OWNER if parent != root else author + 2
            authors[number] = who
            to = f"+User {authors[parent]} " if parent != root else ""
            post["comments"].append({"creationTime": time, "author": person(who), "content": to + text})
    write(posts, post)


def write(posts: Path, post: dict[str, Any]) -> None:
    if post:
        name = post["url"].rsplit("/", 1)[-1]
        (posts / f"{name}.json").write_text(json.dumps(post, indent=2), "utf-8")
