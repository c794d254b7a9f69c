"""The shapes in an X archive: a tweet of API v1.1 with a few fields of its own, wrapped or not."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, TypeVar

import msgspec

from permadani.sources.reading.jsonrecords import DECODING, mended, reason_of
from permadani.sources.x.shapes import Entities, Id, Tweet, snowflake


class Link(msgspec.Struct, gc=False):
    url: str | None = None
    expanded_url: str | None = None


class Media(msgspec.Struct, gc=False):
    """``source_…``: the tweet, and its author, in which a picture was published first."""

    url: str | None = None
    source_status_id_str: Id = None
    source_status_id: Id = None
    source_user_id_str: Id = None
    source_user_id: Id = None


class ArchiveEntities(Entities, gc=False):
    urls: list[Link] | None = None
    media: list[Media] | None = None


class ArchiveTweet(Tweet, gc=False):
    entities: ArchiveEntities | None = None


class Wrapped(ArchiveTweet, gc=False):
    """An entry: since about 2020 ``{"tweet": {…}}``, before that the tweet itself."""

    tweet: ArchiveTweet | None = None


class LikeFields(msgspec.Struct, gc=False):
    """No time: X does not tell when. The text is not the owner's and not read."""

    tweetId: Id = None


class Account(msgspec.Struct, gc=False):
    accountId: Id = None


class ListEntry(msgspec.Struct, gc=False):
    """An entry of like.js, follower.js or following.js."""

    like: LikeFields | None = None
    follower: Account | None = None
    following: Account | None = None


class NoteCore(msgspec.Struct, gc=False):
    text: str | None = None


class NoteFields(msgspec.Struct, gc=False):
    createdAt: Any = None
    core: NoteCore | None = None


class NoteEntry(msgspec.Struct, gc=False):
    noteTweet: NoteFields | None = None


T = TypeVar("T")
TWEET = msgspec.json.Decoder(Wrapped)
LIST = msgspec.json.Decoder(ListEntry)
NOTE = msgspec.json.Decoder(NoteEntry)


def decoded(decoder: msgspec.json.Decoder[T], raw: bytes) -> tuple[T, str | None] | tuple[None, str]:
    """A piece of JSON, or None; and a reason: of None, or that half a character had to be mended."""
    try:
        return decoder.decode(raw), None
    except DECODING as error:
        whole = mended(raw)
        if whole == raw:
            return None, reason_of(error)
    try:
        return decoder.decode(whole), "lone_surrogate"
    except DECODING as error:
        return None, reason_of(error)


def utc(text: Any) -> Any:
    """``2014-07-08 21:52:33 +0000`` as ISO 8601, which API times are understood beside; others as they are."""
    if isinstance(text, str) and len(text) == 25 and text.endswith(" +0000") and text[10] == " ":
        return f"{text[:10]}T{text[11:19]}Z"
    return text


def second_of(key: str) -> str | None:
    """The time in an id, in whole seconds as the channel writes times, so that versions of one tweet agree."""
    time = snowflake(key)
    return datetime.fromtimestamp(time // 1_000_000, UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if time else None
