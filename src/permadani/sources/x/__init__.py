"""Tweets as researchers collect them: JSON of Twitter's API v1.1 and v2, one file or many.

A tweet per file, arrays, JSON Lines, response pages of both versions, twarc's flattened v2. The X *archive* that
people download themselves (``window.YTD…``) is another source, ``x_archive``.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec

from permadani.errors import UnexpectedEnd, Unreadable
from permadani.language import N_
from permadani.sources.base import ReadOptions
from permadani.sources.reading.files import InputFile
from permadani.sources.reading.jsonhead import json_text
from permadani.sources.reading.jsonrecords import DECODING, MALFORMED, example, mended, pieces, reason_of
from permadani.sources.x.detect import is_tweets
from permadani.sources.x.records import Records
from permadani.sources.x.shapes import DECODER, Entry, FloatMangled, Tweet, User
from permadani.sources.x.v1 import add_status
from permadani.sources.x.v2 import add_page, add_tweet
from permadani.vocabulary import Record


class X:
    """X/Twitter JSON. Actors are ``x:user/NUMBER``, tweets ``x:status/NUMBER``."""

    name = "x"

    def recognises(self, file: InputFile) -> bool:
        try:
            return is_tweets(json_text(file.head))  # UTF-16 too: claimed, so that it can be said what is wrong with it
        except Exception:  # the contract: never raise; a damaged file is named by whoever reads it
            return False

    def read(self, file: InputFile, options: ReadOptions) -> Iterator[Record]:
        """Records of every tweet, then a partial coverage of the span of the tweets.

        Raises:
            UnexpectedEnd: the file stops inside a tweet; the tweets before it were yielded.
            Unreadable: ids went through floats, it is not UTF-8 JSON, or no tweet in it could be read.
            TooLarge: an entry or line has more than 64 MB.
        """
        records = Records()
        cut: UnexpectedEnd | None = None
        try:
            for entries in _entries(file, records):
                try:
                    for entry in entries:
                        _add(records, entry)
                except FloatMangled as error:
                    raise Unreadable(
                        N_("ids in it passed through floating-point numbers ({example}, {place}); they are lost"),
                        hint=N_("Without ids no reply finds its tweet. Use the JSON as it came, not a spreadsheet's."),
                        example=error,
                        place=records.place,
                    ) from None
                yield from records.out
                records.out.clear()
        except UnexpectedEnd as error:
            cut = error
        yield from records.out
        yield from records.coverage()
        if cut is not None:
            raise cut
        if records.tweets == 0 and (loss := records.first_loss) is not None:
            raise Unreadable(
                N_("no tweet in it could be read (first: {reason}, {place})"),
                hint=N_("Tweets of API v2 need their author_id and created_at: ask for these fields."),
                reason=loss.reason,
                place=loss.place,
            )


def _add(records: Records, entry: Entry) -> None:
    if entry.statuses is not None:
        for status in entry.statuses:
            add_status(records, status)
    elif entry.user is not None:
        add_status(records, entry)
    elif entry.id is not None:
        add_tweet(records, entry)
    elif entry.data is not None or entry.includes or entry.errors is not None or entry.meta is not None:
        add_page(records, entry)
    elif entry.id_str is not None:
        add_status(records, entry)
    elif entry.delete is not None:
        records.problem("deleted_upstream", lost=False)
    elif any(
        (entry.limit, entry.scrub_geo, entry.status_withheld, entry.user_withheld, entry.disconnect, entry.warning)
    ):
        records.problem("stream_notice", lost=False)
    else:
        records.problem("not_a_tweet")


def _entries(file: InputFile, records: Records) -> Iterator[list[Entry]]:
    """What each line or element holds; what does not decode becomes a problem. Keeps ``records.place``."""
    for records.place, raw in pieces(file):
        found = _decode(raw, records)
        if isinstance(found, str):
            records.problem(found, example(raw))
            found = []
        yield found


def _decode(raw: bytes, records: Records) -> list[Entry] | str:
    """The entries in one piece of JSON, or the reason why there are none. A part of a wrong shape is a problem."""
    try:
        found = DECODER.decode(raw)
    except msgspec.ValidationError:
        return _salvage(raw, records)
    except DECODING as error:
        whole = mended(raw)
        if whole == raw:
            return reason_of(error)
        records.problem("lone_surrogate", lost=False)
        return _decode(whole, records)
    return found if isinstance(found, list) else [found]


def _salvage(raw: bytes, records: Records) -> list[Entry] | str:
    """The parts of an entry that have the shape of tweets and users, where some have not."""
    try:
        value = msgspec.json.decode(raw)
    except (ValueError, RecursionError):
        return MALFORMED
    if not isinstance(value, dict):
        return "not_a_tweet"
    includes = value.get("includes")
    for holder, key, kind in (
        (value, "data", Tweet),
        (value, "statuses", Tweet),
        (includes, "tweets", Tweet),
        (includes, "users", User),
    ):
        if isinstance(holder, dict) and isinstance(parts := holder.get(key), list):
            holder[key] = [part for part in parts if _fits(part, kind, records)]
    return [msgspec.convert(value, Entry)] if _fits(value, Entry, records) else []


def _fits(part: Any, kind: type[msgspec.Struct], records: Records) -> bool:
    try:
        msgspec.convert(part, kind)
    except (msgspec.ValidationError, RecursionError) as error:
        records.problem("unexpected_shape", error)
        return False
    return True
