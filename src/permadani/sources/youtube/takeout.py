"""Google Takeout: what the owner of a channel wrote and follows, in CSV tables."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from permadani.errors import UnexpectedEnd, Unreadable
from permadani.language import N_
from permadani.sources.reading.clock import iso
from permadani.sources.reading.files import InputFile
from permadani.sources.reading.markup import display_name
from permadani.sources.reading.span import Span
from permadani.sources.youtube.records import CHANNEL, Records, comment_id, id_of, video_id
from permadani.sources.youtube.table import Columns, columns, first_rows, rows
from permadani.sources.youtube.table import known as known_table
from permadani.vocabulary import Addressed, Coverage, Follow, Object, Record, account, message_id

MOST_OWNERS = 1_000
COMMENTS, CHANNELS = "../comments/comments.csv", "../channels/channel.csv"


def read(file: InputFile, records: Records, owner: str | None) -> Iterator[Record]:
    """Records of one table. Raises UnexpectedEnd where it stops in the middle, Unreadable where it is another one."""
    known = known_table(file.head)
    if known is None:
        raise Unreadable(N_("its columns are not those of a table of YouTube's"))
    table = rows(file, known, records)
    if known.kind == "other":
        records.problem("no_messages", file.name, lost=False)
        yield from records.taken()
        return
    if known.kind == "subscriptions":
        who = account(CHANNEL, _owner(file, owner))
        for row in table:
            _subscription(records, known, row, who)
            yield from records.taken()
        return
    owners: dict[str, Span] = {}
    cut: UnexpectedEnd | None = None
    try:
        for row in table:
            _message(records, known, row, owners)
            yield from records.taken()
    except UnexpectedEnd as error:
        cut = error
    yield from records.taken()
    yield from _coverage(owners, known.kind)
    if cut is not None:
        raise cut


def _coverage(owners: dict[str, Span], kind: str) -> Iterator[Coverage]:
    """All comments of the owner and nobody else's; chats are only a part of what somebody writes."""
    for who, span in owners.items():
        if span.since is None:
            continue
        yield Coverage(
            actor=who,
            channel=CHANNEL,
            direction="outbound",
            since=span.since,
            until=span.until,
            completeness="complete" if kind == "comments" else "partial",
            basis=f"Google Takeout, the owner's {kind}",
        )
        yield Coverage(
            actor=who,
            channel=CHANNEL,
            direction="inbound",
            since=span.since,
            until=span.until,
            completeness="none",
            basis="Google Takeout holds nobody else's comments",
        )


def _message(records: Records, known: Columns, row: list[str], owners: dict[str, Span]) -> None:
    cell = known.cells(row)
    key, stamp, channel = id_of(cell.get("id")), cell.get("time", ""), id_of(cell.get("channel"))
    if key is None:
        records.problem("missing_id")
        return
    published = iso(stamp)
    if published is None:
        records.problem("unparsable_time", stamp or None)
        return
    if channel is None:
        records.problem("missing_author", key)
        return
    published -= published % 1_000_000  # the API tells whole seconds: the same comment has one time
    who = records.actor(channel)
    records.messages += 1
    if who in owners or len(owners) < MOST_OWNERS:
        if who not in owners:
            owners[who] = Span(CHANNEL)
        records.out += owners[who].add(published, records.place or None)
    text, named = _words(records, cell.get("text", ""))
    parent, video, post = (id_of(cell.get(name)) for name in ("parent", "video", "post"))
    page = video_id(video) if video else message_id(CHANNEL, "post", post) if post else None
    chat = known.kind == "live chat"
    made = chat_id if chat else comment_id
    top = id_of(cell.get("top"))
    records.out.append(
        Object(
            id=made(key),
            channel=CHANNEL,
            kind="comment",
            actor=who,
            published=published,
            # a chat speaks to the room, and nobody knows whom in it
            in_reply_to=made(parent) if parent else None if chat else page,
            thread=page or (made(top) if top else None),
            text=text,
            url=f"https://www.youtube.com/watch?v={video}&lc={key}" if video and not chat else None,
        )
    )
    for whom in dict.fromkeys(named):
        if (other := account(CHANNEL, whom)) != who:
            records.out.append(Addressed(object=made(key), actor=other, kind="mention"))


def chat_id(key: str) -> str:
    return message_id(CHANNEL, "chat", key)


def _words(records: Records, cell: str) -> tuple[str | None, list[str]]:
    """The text and whom it names. It stands in pieces: ``{"text":"…"},{"text":"…"}``, until June 2024 one object
    ``{"takeoutSegments":[…]}`` around them; with real line ends inside."""
    cell = cell.strip()
    if not cell.startswith("{"):
        return cell or None, []
    try:
        parts = json.loads(f"[{cell}]", strict=False)
        if len(parts) == 1 and "takeoutSegments" in parts[0]:
            parts = parts[0]["takeoutSegments"]
        text = "".join(part["text"] for part in parts if isinstance(part.get("text"), str))
    except (ValueError, RecursionError, TypeError, KeyError, AttributeError):
        records.problem("malformed_json", cell, lost=False)
        return None, []
    mentions: list[Any] = [part["mention"] for part in parts if isinstance(part.get("mention"), dict)]
    named = (id_of(mention.get("externalChannelId") or mention.get("channelId")) for mention in mentions)
    return text.replace("\r\n", "\n").strip() or None, [whom for whom in named if whom]


def _subscription(records: Records, known: Columns, row: list[str], who: str) -> None:
    cell = known.cells(row)
    channel = id_of(cell.get("channel"))
    if channel is None:
        records.problem("missing_id", lost=False)
        return
    records.messages += 1
    records.out.append(Follow(actor=who, object=records.actor(channel, None, display_name(cell.get("title", "")))))


def _owner(file: InputFile, told: str | None) -> str:
    """The channel whose export it is: as the tables beside it say, else as the user says."""
    for path, kind in ((COMMENTS, "comments"), (CHANNELS, "other")):
        beside = file.beside(path)
        if beside is None:
            continue
        head = first_rows(beside.head)
        known = columns(head[0], head[1:]) if head else None
        if known is None or known.kind != kind or "channel" not in known.at:
            continue
        found = {row[known.at["channel"]] for row in head[1:] if len(row) == known.width}
        if len(found) == 1 and (owner := id_of(found.pop())) is not None:
            return owner
    if told:
        key = told.rstrip("/").rpartition("/channel/")[2].rpartition("user/")[2]
        if key.startswith("UC") and key.isascii():
            return key
    raise Unreadable(
        N_("it does not tell whose subscriptions these are"),
        hint=N_("Import the whole Takeout, or name your channel with --owner UC… (from YouTube's advanced settings)."),
    )
