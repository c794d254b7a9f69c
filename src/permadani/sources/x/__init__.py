"""Tweets as researchers collect them: JSON of Twitter's API v1.1 and v2, one file or many.

A tweet per file, arrays, JSON Lines, response pages of both versions, twarc's flattened v2. The X *archive* that
people download themselves (``window.YTD…``) is another format and not read here.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any

import msgspec

from permadani.errors import UnexpectedEnd, Unreadable
from permadani.language import N_
from permadani.sources.base import ReadOptions
from permadani.sources.reading import jsonstream
from permadani.sources.reading.files import InputFile
from permadani.sources.x.detect import is_spread, is_tweets
from permadani.sources.x.records import LONGEST_EXAMPLE, Records
from permadani.sources.x.shapes import DECODER, Entry, FloatMangled, Tweet, User
from permadani.sources.x.v1 import add_status
from permadani.sources.x.v2 import add_page, add_tweet
from permadani.vocabulary import Record

BOM = b"\xef\xbb\xbf"
UTF16 = {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}
MALFORMED = "malformed_json"
_LONE_SURROGATE = re.compile(rb"(?i)\\\\|\\ud[89ab][0-9a-f]{2}\\ud[c-f][0-9a-f]{2}|(\\ud[89a-f][0-9a-f]{2})")


class X:
    """X/Twitter JSON. Actors are ``x:user/NUMBER``, tweets ``x:status/NUMBER``."""

    name = "x"

    def recognises(self, file: InputFile) -> bool:
        try:
            head = file.head
            if encoding := UTF16.get(head[:2]):  # claimed, so that it can be said what is wrong with it
                head = head[2:].decode(encoding, "ignore").encode("utf-8", "ignore")
            return is_tweets(head.removeprefix(BOM))
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
    head = file.head
    if head[:2] in UTF16 or b"\0" in head[:4]:
        raise Unreadable(N_("it is stored as UTF-16, not as UTF-8"), hint=N_("Save it again as UTF-8."))
    start = head.removeprefix(BOM).lstrip()
    if not start.startswith((b"{", b"[")):
        shown = start[:20].decode("utf-8", "replace")
        raise Unreadable(N_("it does not begin as JSON does, but with {start}"), start=repr(shown))
    with file.open() as stream:
        if head.startswith(BOM):
            stream.read(len(BOM))
        if start.startswith(b"[") or is_spread(start):
            yield from _elements(stream, records)
        else:
            yield from _lines(stream, records)


def _elements(stream: io.BufferedReader, records: Records) -> Iterator[list[Entry]]:
    for position, raw in enumerate(jsonstream.elements(stream), start=1):
        records.place = f"entry {position}"
        found = _decode(raw, records)
        if isinstance(found, str):
            records.problem(found, _example(raw))
            found = []
        yield found


def _lines(stream: io.BufferedReader, records: Records) -> Iterator[list[Entry]]:
    failed: tuple[str, bytes, str] | None = None  # held back: at the end of the file it means that it was cut
    for number, line in jsonstream.lines(stream):
        if failed is not None:
            records.place = failed[0]
            records.problem(failed[2], _example(failed[1]))
            failed = None
        records.place = f"line {number}"
        found = _decode(line, records)
        if isinstance(found, str):
            failed = (records.place, line, found)
            found = []
        yield found
    if failed is not None:
        place, line, reason = failed
        if reason == MALFORMED and (not line.endswith(b"\n") or not _balanced(line)):
            raise UnexpectedEnd(place)
        records.problem(reason, _example(line))


def _balanced(line: bytes) -> bool:
    """Whether brackets and quotes are closed (else the line was cut, though a line end was written after it)."""
    try:
        for _ in jsonstream.elements(io.BytesIO(line)):
            pass
    except UnexpectedEnd:
        return False
    return True


def _example(raw: bytes) -> str:
    return raw[:LONGEST_EXAMPLE].decode("utf-8", "replace").strip()


def _decode(raw: bytes, records: Records) -> list[Entry] | str:
    """The entries in one piece of JSON, or the reason why there are none. A part of a wrong shape is a problem."""
    try:
        found = DECODER.decode(raw)
    except msgspec.ValidationError:
        return _salvage(raw, records)
    except RecursionError:
        return "nested_too_deeply"
    except UnicodeDecodeError:
        return "invalid_utf8"
    except msgspec.DecodeError:
        # a text that some program cut inside an emoji: half of a pair, which is no character
        mended = _LONE_SURROGATE.sub(lambda m: b"\\ufffd" if m[1] else m[0], raw) if b"\\ud" in raw.lower() else raw
        if mended == raw:
            return MALFORMED
        records.problem("lone_surrogate", lost=False)
        return _decode(mended, records)
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
