"""Responses of YouTube's Data API v3: comment threads, comments, videos, channels; and single resources of them."""

from __future__ import annotations

from html import unescape
from typing import Any

from permadani.sources.reading.clock import iso
from permadani.sources.reading.markup import display_name, plain
from permadani.sources.youtube.records import REMEMBERED, Comment, Records, fields, id_of, text_of
from permadani.vocabulary import Follow

SPAM = {"published": False, "likelySpam": True}
LEFT_OUT = {"heldForReview": "held_for_moderation", "rejected": "not_published"}
OTHER = "no_messages"


class Threads:
    """How many replies of which threads are missing: told at the end, as they may come in a later page."""

    def __init__(self) -> None:
        self._missing: dict[str, tuple[str, int, int]] = {}  # thread -> place, replies it has, replies found

    def told(self, records: Records, key: str, total: Any, given: int) -> None:
        if isinstance(total, int) and given < total < 2**31:
            if len(self._missing) >= REMEMBERED:
                self.finish(records)
            self._missing[key] = (records.place, total, given)

    def found(self, parent: str) -> None:
        if parent in self._missing:
            place, total, given = self._missing[parent]
            self._missing[parent] = (place, total, given + 1)

    def finish(self, records: Records) -> None:
        for key, (place, total, given) in self._missing.items():
            if given < total:
                records.problem("replies_not_in_file", f"{key}: {given} of {total}", lost=False, place=place)
        self._missing.clear()


def add(records: Records, threads: Threads, value: Any, deep: int = 0) -> None:
    """Whatever one piece of a file holds: a response, a resource, or an array of either (once inside another)."""
    if isinstance(value, list):
        _items(records, threads, value, deep)
    elif not isinstance(value, dict):
        records.problem("not_a_comment", value)
    elif "error" in value and "items" not in value:
        error = fields(value["error"])
        message = error.get("message") if error else value["error"]
        records.problem("api_error", plain(message) if isinstance(message, str) else error.get("code"))
    elif isinstance(value.get("items"), list):
        _items(records, threads, value["items"], deep)
    elif isinstance(value.get("kind"), str) and value["kind"].endswith("ListResponse"):
        records.problem("unexpected_shape" if "items" in value else OTHER, value["kind"], lost="items" in value)
    else:
        _items(records, threads, [value], deep)


def _items(records: Records, threads: Threads, items: list[Any], deep: int) -> None:
    replies: list[Comment] = []
    before = records.place
    for number, item in enumerate(items, start=1):
        records.place = f"{before}, item {number}" if len(items) > 1 else before
        if not isinstance(item, dict):
            records.problem("not_a_comment", item)
            continue
        kind, snippet = _kind(item), fields(item.get("snippet"))
        if kind == "commentThread":
            _thread(records, threads, item, snippet)
        elif kind == "comment":
            if (comment := _comment(records, item)) is not None:
                replies.append(comment)
                threads.found(comment.thread)
        elif kind in ("video", "searchResult", "playlistItem"):
            _video(records, item, snippet, kind)
        elif kind == "channel":
            _channel(records, item, snippet)
        elif kind == "subscription":
            _subscription(records, snippet)
        elif not deep and ("items" in item or "error" in item):
            add(records, threads, item, deep + 1)
        elif kind:
            records.problem(OTHER, kind, lost=False)
        else:
            records.problem("not_a_comment", ", ".join(map(str, item)))
    records.place = before
    records.comments(replies)


def _kind(item: dict[str, Any]) -> str | None:
    """What a resource is: as it says, or where ``kind`` was not asked for by the fields it has."""
    kind = item.get("kind")
    if isinstance(kind, str) and kind.startswith("youtube#"):
        return kind.removeprefix("youtube#")
    snippet = fields(item.get("snippet"))
    if "topLevelComment" in snippet:
        return "commentThread"
    if "textDisplay" in snippet or "textOriginal" in snippet:
        return "comment"
    return None


def _thread(records: Records, threads: Threads, item: dict[str, Any], snippet: dict[str, Any]) -> None:
    first, given = snippet.get("topLevelComment"), fields(item.get("replies")).get("comments")
    answers = given if isinstance(given, list) else []
    if not isinstance(first, dict):  # it is not there where only part=replies was asked for
        if first is not None or not answers:
            records.problem("unexpected_shape", "topLevelComment")
        first = {}
    top = _comment(records, first, snippet) if first else None
    if given is not None and not isinstance(given, list):
        records.problem("unexpected_shape", "replies")
    found = [top] if top else []
    for answer in answers:
        if not isinstance(answer, dict):
            records.problem("not_a_comment", answer)
        elif (comment := _comment(records, answer, snippet, id_of(first.get("id")))) is not None:
            found.append(comment)
    records.comments(found)
    if (key := id_of(first.get("id")) or id_of(item.get("id"))) is not None:
        threads.told(records, key, snippet.get("totalReplyCount"), len(answers))


def _comment(
    records: Records, item: dict[str, Any], around: dict[str, Any] | None = None, above: str | None = None
) -> Comment | None:
    """The comment, or None and the problem why there is none. ``around``: the thread it came in, ``above``: its top."""
    snippet = fields(item.get("snippet"))
    key = id_of(item.get("id"))
    if key is None:
        records.problem("missing_id")
        return None
    status = snippet.get("moderationStatus")
    if isinstance(status, str) and status in LEFT_OUT:
        records.problem(LEFT_OUT[status], lost=False)
        return None
    stamp = snippet.get("publishedAt")
    published = iso(stamp) if isinstance(stamp, str) else None
    if published is None:
        records.problem("unparsable_time", stamp)
        return None
    # without the field the id still tells: THREAD.REPLY
    parent = id_of(snippet.get("parentId")) or above or (key.partition(".")[0] if "." in key[1:] else None)
    around = around or {}
    written = snippet.get("authorChannelId")
    author, called = records.author(
        id_of(written.get("value") if isinstance(written, dict) else written),
        snippet.get("authorDisplayName"),
        snippet.get("authorChannelUrl"),
        parent or key,
        key,
    )
    text = text_of(snippet.get("textOriginal"))
    if text is None and (shown := text_of(snippet.get("textDisplay"))) is not None:
        text = plain(shown)
    return Comment(
        key=key,
        parent=parent,
        video=id_of(snippet.get("videoId")) or id_of(around.get("videoId")),
        owner=id_of(snippet.get("channelId")) or id_of(around.get("channelId")),
        author=author,
        called=called,
        published=published,
        text=text.strip() or None if text else None,
        spam=SPAM.get(status) if isinstance(status, str) else None,
    )


def _video(records: Records, item: dict[str, Any], snippet: dict[str, Any], kind: str) -> None:
    """A video by its channel. Search results cut the description short, so only their title is kept."""
    stamp, owner, name = snippet.get("publishedAt"), snippet.get("channelId"), snippet.get("channelTitle")
    description, key = snippet.get("description"), item.get("id")
    if kind == "searchResult":
        found, description = fields(key), None
        if found.get("kind") != "youtube#video":
            _found_channel(records, found, snippet)
            return
        key = found.get("videoId")
    elif kind == "playlistItem":  # its own time and channel are those of the playlist
        details = fields(item.get("contentDetails"))
        key = fields(snippet.get("resourceId")).get("videoId") or details.get("videoId")
        owner, name = snippet.get("videoOwnerChannelId"), snippet.get("videoOwnerChannelTitle")
        stamp = details.get("videoPublishedAt")
        if stamp is None or owner is None:
            records.problem(OTHER, kind, lost=False)
            return
    key, owner = id_of(key), id_of(owner)
    if not snippet:
        records.problem(OTHER, f"{kind}: {', '.join(map(str, item))}", lost=False)
        return
    published = iso(stamp) if isinstance(stamp, str) else None
    if key is None or owner is None or published is None:
        reason = "missing_id" if key is None else "missing_author" if owner is None else "unparsable_time"
        records.problem(reason, stamp if key and owner else key)
        return
    title = text_of(snippet.get("title"))
    about = text_of(description)
    words = (unescape(title).strip() if title else None, about.strip() if about else None)
    actor = records.actor(owner, None, display_name(name) if isinstance(name, str) else None)
    language = text_of(snippet.get("defaultLanguage"))
    records.video(key, actor, published, "\n".join(filter(None, words)) or None, language)


def _found_channel(records: Records, found: dict[str, Any], snippet: dict[str, Any]) -> None:
    key, title = id_of(found.get("channelId")), snippet.get("title")
    if key is not None:
        records.actor(key, None, display_name(title) if isinstance(title, str) else None)
    records.problem(OTHER, found.get("kind"), lost=False)


def _channel(records: Records, item: dict[str, Any], snippet: dict[str, Any]) -> None:
    key = id_of(item.get("id"))
    if key is None:
        records.problem("missing_id", "channel", lost=False)
        return
    counts = fields(item.get("statistics"))
    followers = None if counts.get("hiddenSubscriberCount") is True else _count(counts.get("subscriberCount"))
    title, url, made = (snippet.get(name) for name in ("title", "customUrl", "publishedAt"))
    handle = display_name(url[1:]) if isinstance(url, str) and url.startswith("@") else None
    records.actor(
        key,
        handle,
        display_name(title) if isinstance(title, str) else None,
        followers=followers,
        created=iso(made) if isinstance(made, str) else None,
    )
    records.messages += 1


def _subscription(records: Records, snippet: dict[str, Any]) -> None:
    whom, title = fields(snippet.get("resourceId")).get("channelId"), snippet.get("title")
    who, whom = id_of(snippet.get("channelId")), id_of(whom)
    if who is None or whom is None:
        records.problem("missing_id", "subscription", lost=False)
        return
    other = records.actor(whom, None, display_name(title) if isinstance(title, str) else None)
    records.out.append(Follow(actor=records.actor(who), object=other))
    records.messages += 1


def _count(value: Any) -> int | None:
    """Counts are written as text."""
    if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) < 19:
        value = int(value)
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 2**63 else None
