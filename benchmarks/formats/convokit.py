"""A ConvoKit corpus."""

from __future__ import annotations

import json
from pathlib import Path

from formats.crowd import messages

WHO = "user1"


def generate(folder: Path, count: int, size: int) -> None:
    """Utterances with the metadata that a corpus of a forum has, and the small files beside them."""
    with (folder / "utterances.jsonl").open("w", encoding="utf-8") as out:
        for number, author, root, parent, _, when, text in messages(count, max(20, size - 300)):
            utterance = {
                "id": f"u{number}",
                "conversation_id": f"u{root}",
                "text": text,
                "speaker": f"user{author}",
                "meta": {"score": number % 50, "top_level_comment": None, "retrieved_on": 1_540_000_000, "gilded": 0},
                "reply-to": None if parent is None else f"u{parent}",
                "timestamp": int(when.timestamp()),
                "vectors": [],
            }
            out.write(json.dumps(utterance) + "\n")
    (folder / "corpus.json").write_text('{"name": "bench"}')
    (folder / "index.json").write_text('{"utterances-index": {}, "speakers-index": {}, "version": 1}')
