"""Tweets as Twitter's API v1.1 and v2 gave them: typed shapes for msgspec, and the values in them.

Only fields that become records are named; the decoder skips the rest. Both versions share one shape, so that one
decoding tells which it is. Ids, times and counts are taken as they come and judged here.
"""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import msgspec

from permadani.sources.reading.clock import LATEST, iso

Id = str | int | float | None
Number = int | float | None

FIRST_SNOWFLAKE = 29_700_859_247
"""The first id (2010-11-04) that carries its time: milliseconds since TWITTER_EPOCH above 22 lower bits."""
TWITTER_EPOCH = 1_288_834_974_657

MANGLED = re.compile(r"[+-]?\d+(?:\.\d*)?[eE]\+\d+|[+-]?\d+\.\d*(?:[eE]\d+)?")
"""How a 64-bit id looks after a spreadsheet or a float column: 5.24956e+17."""
LONGEST_ID = 20


class Metrics(msgspec.Struct, gc=False):
    followers_count: Number = None


class User(msgspec.Struct, gc=False):
    """An author (v1.1 ``user``, v2 ``includes.users``) or a mention of one, which has fewer fields."""

    id: Id = None
    id_str: str | None = None
    screen_name: str | None = None
    username: str | None = None
    name: str | None = None
    created_at: Any = None
    followers_count: Number = None
    public_metrics: Metrics | None = None


class Entities(msgspec.Struct, gc=False):
    user_mentions: list[User] | None = None
    mentions: list[User] | None = None


class LongText(msgspec.Struct, gc=False):
    """``extended_tweet`` (v1.1, more than 140 characters) or ``note_tweet`` (v2, more than 280)."""

    full_text: str | None = None
    text: str | None = None
    entities: Entities | None = None


class Collected(msgspec.Struct, gc=False):
    """What twarc notes beside a response."""

    retrieved_at: Any = None


class Tweet(msgspec.Struct, gc=False):
    id: Id = None
    id_str: str | None = None
    created_at: Any = None
    text: str | None = None
    full_text: str | None = None
    lang: str | None = None
    source: str | None = None
    entities: Entities | None = None
    in_reply_to_user_id: Id = None
    # v1.1
    user: User | None = None
    in_reply_to_status_id_str: str | None = None
    in_reply_to_status_id: Id = None
    in_reply_to_user_id_str: str | None = None
    in_reply_to_screen_name: str | None = None
    quoted_status_id_str: str | None = None
    quoted_status_id: Id = None
    quoted_status: Tweet | None = None
    retweeted_status: Tweet | None = None
    extended_tweet: LongText | None = None
    # v2; author, in_reply_to_user and the tweets inside referenced_tweets only where twarc flattened it
    author_id: Id = None
    author: User | None = None
    conversation_id: Id = None
    referenced_tweets: list[Reference] | None = None
    in_reply_to_user: User | None = None
    note_tweet: LongText | None = None
    twarc: Collected | None = msgspec.field(name="__twarc", default=None)


class Reference(Tweet, gc=False):
    type: str | None = None


class Includes(msgspec.Struct, gc=False):
    users: list[User] = []
    tweets: list[Tweet] = []


class Failure(msgspec.Struct, gc=False):
    """An entry of ``errors``: v2 names a tweet or user that is gone (type, detail), v1.1 a failed call (code)."""

    type: str | None = None
    title: str | None = None
    detail: str | None = None
    message: str | None = None
    code: Id = None


class Entry(Tweet, gc=False):
    """One line or element: a tweet, a v1.1 search response, or a page or stream line of v2."""

    statuses: list[Tweet] | None = None
    data: Tweet | list[Tweet] | None = None
    includes: Includes | None = None
    errors: list[Failure] | None = None
    meta: Any = None
    # notices in recorded v1.1 streams
    delete: Any = None
    limit: Any = None
    scrub_geo: Any = None
    status_withheld: Any = None
    user_withheld: Any = None
    disconnect: Any = None
    warning: Any = None


DECODER = msgspec.json.Decoder(Entry | list[Entry])


class FloatMangled(ValueError):
    """An id that went through a floating-point number: its last digits are lost."""


def number(value: Id, otherwise: Id = None) -> str | None:
    """An id as its digits (of ``otherwise`` where the first says nothing), None where there is none.

    Raises:
        FloatMangled: it is a float, or written like one.
    """
    if value is None:
        return None if otherwise is None else number(otherwise)
    if isinstance(value, str):
        if value.isdigit() and value.isascii() and len(value) <= LONGEST_ID:
            return value
        if MANGLED.fullmatch(value):
            raise FloatMangled(value)
    elif isinstance(value, float):
        raise FloatMangled(value)
    elif value > 0:
        return str(value)
    return None if otherwise is None else number(otherwise)


_NAMES = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_MONTHS = {name: f"{month:02}" for month, name in enumerate(_NAMES, start=1)}
_V1 = re.compile(r"\w{3} (\w{3}) (\d\d) (\d\d:\d\d:\d\d) ([+-]\d\d)(\d\d) (\d{4})")
_MINUTE = 60_000_000
_DAYS: dict[str, int] = {}  # filled with the days that were met
_MINUTES = {f"{h:02}:{m:02}:": (h * 60 + m) * _MINUTE for h in range(24) for m in range(60)}
_SECONDS = {f"{s:02} +0000 ": s * 1_000_000 for s in range(60)}


def moment(value: Any) -> int | None:
    """``Tue Mar 24 10:50:07 +0000 2015`` (v1.1) or ISO 8601 (v2) to microseconds, None where it is neither."""
    if not isinstance(value, str):
        return None
    try:  # three times as fast as parsing, and nearly every v1.1 tweet gets through
        return _DAYS[value[4:11] + value[26:]] + _MINUTES[value[11:17]] + _SECONDS[value[17:26]]
    except KeyError:
        pass
    match = _V1.fullmatch(value)
    if match is None:
        return iso(value)
    month, day, time, hours, minutes, year = match.groups()
    date = f"{year}-{_MONTHS.get(month, '00')}-{day}"
    if (start := iso(date)) is not None and len(_DAYS) < 10_000:
        _DAYS[f"{month} {day} {year}"] = start
    return iso(f"{date}T{time}{hours}:{minutes}")


def snowflake(key: str) -> int | None:
    """The time inside an id, None for ids from before November 2010."""
    if (value := int(key)) < FIRST_SNOWFLAKE:
        return None
    time = ((value >> 22) + TWITTER_EPOCH) * 1000
    return time if time <= LATEST else None


def count(value: Number) -> int | None:
    return int(value) if value is not None and value >= 0 and value == int(value) else None


_LANGUAGES: dict[str | None, str | None] = {
    **dict.fromkeys(("", None, "und", "qam", "qct", "qht", "qme", "qst", "zxx", "art")),
    **{"in": "id", "iw": "he", "ji": "yi"},
}


def language(code: str | None) -> str | None:
    """The BCP 47 tag: Twitter writes Indonesian ``in`` and Hebrew ``iw``; und, qme, … say that it does not know."""
    return _LANGUAGES.get(code, code)


_ANCHOR = re.compile(r"<a\b[^<>]*>([^<]*)</a>", re.IGNORECASE)
LONGEST_CLIENT = 500
_clients: dict[str, str | None] = {}


def client(source: str | None) -> str | None:
    """The program's name: the words of v1.1's link, or v2's plain text."""
    if not source:
        return None
    source = source[:LONGEST_CLIENT]
    if source in _clients:
        return _clients[source]
    match = _ANCHOR.search(source)
    name = unescape(match[1] if match else source).strip() or None
    if len(_clients) < 10_000:
        _clients[source] = name
    return name


def words(text: str | None) -> str | None:
    return unescape(text) if text and "&" in text else text
