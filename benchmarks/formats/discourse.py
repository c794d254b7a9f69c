"""A Discourse forum: a topic a line, with its posts, as somebody who saved all topics has them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from formats.crowd import messages

WHO = "@user1"


def generate(folder: Path, count: int, size: int) -> None:
    text_size = max(20, size - 300)
    with (folder / "topics.jsonl").open("w", encoding="utf-8") as out:
        posts: list[dict[str, Any]] = []
        numbers: dict[int, tuple[int, int]] = {}  # message -> number in its topic, author
        for number, author, root, parent, _, when, text in messages(count, text_size):
            if parent is None:
                write(out, posts)
                posts, numbers = [], {}
            numbers[number] = len(posts) + 1, author
            post = {
                "id": number + 1,
                "username": f"user{author}",
                "name": f"User {author}",
                "avatar_template": f"/user_avatar/forum.example/user{author}/{{size}}/1_2.png",
                "created_at": when.strftime("%Y-%m-%dT%H:%M:%S.000Z"),
                "cooked": f"<p>{text}</p>",
                "post_number": len(posts) + 1,
                "post_type": 1,
                "topic_id": root + 1,
                "user_id": author + 1,
            }
            if parent is not None and parent != root:
                answered, whose = numbers[parent]
                post |= {"reply_to_post_number": answered, "reply_to_user": {"username": f"user{whose}"}}
            posts.append(post)
        write(out, posts)


def write(out: Any, posts: list[dict[str, Any]]) -> None:
    if posts:
        stream = {"posts": posts, "stream": [post["id"] for post in posts]}
        out.write(json.dumps({"id": posts[0]["topic_id"], "title": "A topic", "post_stream": stream}) + "\n")
