"""What yt-dlp saves of a video with ``--write-comments``: one JSON object, its comments in an array."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import msgspec

from permadani.errors import TooLarge, UnexpectedEnd
from permadani.language import N_
from permadani.sources.reading.clock import EARLIEST, LATEST, iso
from permadani.sources.reading.files import InputFile
from permadani.sources.reading.jsonmembers import Whole, members
from permadani.sources.reading.jsonrecords import DECODING, example, mended, reason_of
from permadani.sources.reading.markup import display_name
from permadani.sources.youtube.records import Comment, Records, id_of, text_of
from permadani.vocabulary import Record, Standing

TOGETHER = 1_000
"""So many comments at least are looked at together for names, in whole threads (replies follow their comment)."""
HELD_LIMIT = 64 * 1024 * 1024
_DAY = re.compile(r"(\d{4})(\d\d)(\d\d)")


def read(file: InputFile, records: Records) -> Iterator[Record]:
    """Records of every video and comment. Raises as ``members`` does; what was complete has been yielded."""
    held: list[bytes] = []
    size = number = 0
    info: dict[str, Any] = {}
    try:
        for whole, raw in members(file, ("comments", "entries")):
            info = whole.fields
            if raw is None:
                yield from _end(held, records, whole, number - len(held))
                held, size, number = [], 0, 0
                continue
            if len(held) >= TOGETHER and b'"root"' in raw and "id" in info and "channel_id" in info:
                _comments(held, records, info, number - len(held))
                held, size = [], 0
                yield from records.taken()
            held.append(raw)
            size += len(raw)
            number += 1
            if size > HELD_LIMIT:
                raise TooLarge(N_("it has more than {limit} MB, too much for one piece"), limit=HELD_LIMIT // 1_000_000)
    except UnexpectedEnd:
        _comments(held, records, info, number - len(held))
        _video(records, info)
        yield from records.taken()
        raise


def _end(held: list[bytes], records: Records, whole: Whole, before: int) -> Iterator[Record]:
    if whole.broken:
        records.place = "video"
        records.problem("malformed_json", whole.fields.get("id"))
    _comments(held, records, whole.fields, before)
    _video(records, whole.fields)
    yield from records.taken()


def _comments(held: list[bytes], records: Records, info: dict[str, Any], before: int) -> None:
    found = []
    for number, raw in enumerate(held, start=before + 1):
        records.place = f"comment {number}"
        try:
            value = msgspec.json.decode(mended(raw))
        except DECODING as error:
            records.problem(reason_of(error), example(raw))
            continue
        if isinstance(value, dict) and isinstance(value.get("comments"), list):  # a video of a playlist
            records.comments(filter(None, (add_comment(records, one, value) for one in value["comments"])))
            _video(records, value)
        elif isinstance(value, dict) and "parent" not in value and "channel_id" in value:
            _video(records, value)
        elif (comment := add_comment(records, value, info)) is not None:
            found.append(comment)
    records.comments(found)


def add_comment(records: Records, value: Any, info: dict[str, Any]) -> Comment | None:
    """The comment, or None and the problem why there is none. Its time is reckoned from "3 days ago"."""
    if not isinstance(value, dict):
        records.problem("not_a_comment", value)
        return None
    key = id_of(value.get("id"))
    if key is None:
        records.problem("missing_id")
        return None
    published = _seconds(value.get("timestamp"))
    if published is None:
        records.problem("unparsable_time", value.get("timestamp"))
        return None
    records.problem("estimated_time", value.get("_time_text") or value.get("time_text"), lost=False)
    parent = id_of(value.get("parent"))
    if parent == "root":
        parent = None
    owner = id_of(info.get("channel_id"))
    writer = id_of(value.get("author_id")) or (owner if value.get("author_is_uploader") is True else None)
    author, called = records.author(writer, value.get("author"), value.get("author_url"), parent or key, key)
    text = text_of(value.get("text"))
    return Comment(
        key=key,
        parent=parent,
        video=id_of(info.get("id")),
        owner=owner,
        author=author,
        called=called,
        published=published,
        text=text.strip() or None if text else None,
    )


def _video(records: Records, info: dict[str, Any]) -> None:
    key, owner, name = id_of(info.get("id")), id_of(info.get("channel_id")), info.get("channel")
    if key is None or owner is None or not info.get("title") or info.get("_type") == "playlist":
        return
    records.place = f"video {key}"
    handle = info.get("uploader_id")
    actor = records.actor(
        owner,
        display_name(handle[1:]) if isinstance(handle, str) and handle.startswith("@") else None,
        display_name(name) if isinstance(name, str) else None,
    )
    followers, seen = info.get("channel_follower_count"), _seconds(info.get("epoch"))
    if isinstance(followers, int) and not isinstance(followers, bool) and 0 <= followers < 2**63 and seen is not None:
        records.out.append(Standing(actor=actor, observed=seen, followers=followers))
    published, day = _seconds(info.get("timestamp")), info.get("upload_date")
    if published is None and isinstance(day, str) and (match := _DAY.fullmatch(day)):
        published = iso("-".join(match.groups()))
        records.problem("estimated_time", day, lost=False)
    if published is None:
        records.problem("unparsable_time", day)
        return
    words = (text_of(info.get("title")), text_of(info.get("description")))
    records.video(key, actor, published, "\n".join(filter(None, words)).strip() or None)


def _seconds(value: Any) -> int | None:
    """Seconds since 1970 to microseconds, None where they are no time between 1900 and 2100."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) <= LATEST // 1_000_000:
        return None
    time = round(value * 1_000_000)
    return time if EARLIEST <= time <= LATEST else None
