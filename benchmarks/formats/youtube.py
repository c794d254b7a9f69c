"""Pages of YouTube's Data API: videos, and the threads of comments under them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from formats.crowd import messages

WHO = "user1"


def generate(folder: Path, count: int, size: int) -> None:
    """A page a line: a video and then its threads, each with the replies in it."""
    with (folder / "pages.jsonl").open("w", encoding="utf-8") as out:
        threads: dict[int, dict[str, Any]] = {}
        owner = 0
        for number, author, root, parent, _, when, text in messages(count, max(20, size - 500)):
            stamp = f"{when:%Y-%m-%dT%H:%M:%SZ}"
            if parent is None:
                _page(out, threads)
                threads, owner = {}, author
                snippet = {"publishedAt": stamp, "channelId": _channel(author), "title": text, "channelTitle": "Bench"}
                video = {"kind": "youtube#video", "id": f"v{number}", "snippet": snippet}
                out.write(json.dumps({"kind": "youtube#videoListResponse", "items": [video]}) + "\n")
                continue
            key = f"c{number}" if parent == root else f"c{parent}.{number}"
            snippet = {
                "channelId": _channel(owner),
                "videoId": f"v{root}",
                "textDisplay": text,
                "textOriginal": text,
                "authorDisplayName": f"@user{author}",
                "authorChannelUrl": f"http://www.youtube.com/@user{author}",
                "authorChannelId": {"value": _channel(author)},
                "canRate": True,
                "viewerRating": "none",
                "likeCount": 0,
                "publishedAt": stamp,
                "updatedAt": stamp,
            }
            comment = {"kind": "youtube#comment", "id": key, "snippet": snippet}
            if parent == root:
                around = {"channelId": _channel(owner), "videoId": f"v{root}", "topLevelComment": comment}
                threads[number] = {
                    "kind": "youtube#commentThread",
                    "id": key,
                    "snippet": around | {"totalReplyCount": 0},
                }
            else:
                snippet["parentId"] = f"c{parent}"
                thread = threads[parent]
                thread["snippet"]["totalReplyCount"] += 1
                thread.setdefault("replies", {"comments": []})["comments"].append(comment)
        _page(out, threads)


def _page(out: Any, threads: dict[int, dict[str, Any]]) -> None:
    if threads:
        out.write(json.dumps({"kind": "youtube#commentThreadListResponse", "items": list(threads.values())}) + "\n")


def _channel(author: int) -> str:
    return f"UC{author:022}"
