"""What becomes of channels, videos and comments, and what is remembered while one file is read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from permadani.sources.reading.markup import display_name
from permadani.sources.reading.memory import Memory
from permadani.sources.reading.span import Span
from permadani.vocabulary import (
    Actor,
    Addressed,
    Coverage,
    Direction,
    Object,
    Problem,
    Record,
    account,
    message_id,
    named_actor,
)

CHANNEL = "youtube"
REMEMBERED = 100_000
"""Actors that are remembered so that they are not yielded again and again; then it begins anew."""
LONGEST_EXAMPLE = 120
LONGEST_ID = 200
MOST_WORDS = 6
"""A display name that stands at the beginning of a reply has at most so many words."""
DIRECTIONS: tuple[Direction, Direction] = ("inbound", "outbound")


def video_id(key: str) -> str:
    return message_id(CHANNEL, "video", key)


def comment_id(key: str) -> str:
    return message_id(CHANNEL, "comment", key)


def text_of(value: Any) -> str | None:
    return value if isinstance(value, str) and value else None


def id_of(value: Any) -> str | None:
    """An id of YouTube: letters, digits and some signs, never a number."""
    return value if isinstance(value, str) and 0 < len(value) <= LONGEST_ID and not value.isspace() else None


def fields(value: Any) -> dict[str, Any]:
    """An object of the file, empty where something else stands there."""
    return value if isinstance(value, dict) else {}


def folded(name: str) -> str:
    return " ".join(name.split()).lower()


@dataclass(slots=True)
class Comment:
    """One comment of the API or of yt-dlp. ``video``, ``owner``: whose page it stands on, where that is told."""

    key: str
    parent: str | None
    video: str | None
    owner: str | None
    author: str
    called: list[str]
    published: int
    text: str | None
    spam: bool | None = None

    @property
    def thread(self) -> str:
        """The comment at the top: replies stand in one row under it."""
        return self.parent or self.key


class Records:
    """Collects the records of one file; ``out`` is handed over and emptied again and again."""

    def __init__(self, basis: str) -> None:
        self.out: list[Record] = []
        self.place = ""
        self.messages = 0
        self.first_loss: Problem | None = None
        self._basis = basis
        self._seen = Memory[tuple[str, str | None, str | None]]()
        self._span = Span(CHANNEL)

    def problem(self, reason: str, example: object = None, *, lost: bool = True, place: str | None = None) -> None:
        text = None if example is None else str(example)[:LONGEST_EXAMPLE]
        problem = Problem(reason=reason, place=place or self.place or None, example=text, lost=lost)
        if lost and self.first_loss is None:
            self.first_loss = problem
        self.out.append(problem)

    def taken(self) -> Iterator[Record]:
        """What was collected since the last time."""
        found, self.out = self.out, []
        yield from found

    def actor(self, key: str, handle: str | None = None, name: str | None = None, **more: Any) -> str:
        """The id of a channel; the record where it says something new."""
        id = account(CHANNEL, key)
        if self._seen.is_new((key, handle, name)) or more:
            url = f"https://www.youtube.com/channel/{key}"
            self.out.append(Actor(id=id, channel=CHANNEL, handle=handle, name=name, url=url, **more))
        return id

    def author(self, key: str | None, shown: Any, page: Any, thread: str, message: str) -> tuple[str, list[str]]:
        """Who wrote a comment, and what they are called. ``shown``: a name, or since 2023 the @handle.

        Without a channel a name is one person within one thread only, and nobody without a name is somebody else.
        """
        name = display_name(shown) if isinstance(shown, str) else None
        handle = name[1:] if name and name.startswith("@") else None
        if handle:
            name = None
        elif isinstance(page, str) and "youtube.com/@" in page:
            handle = display_name(page.rpartition("youtube.com/@")[2].partition("/")[0])
        called = [folded(word) for word in (handle, name) if word]
        if key:
            return self.actor(key, handle, name), called
        signed = name or (f"@{handle}" if handle else None)
        if signed is None:
            self.problem("no_author_name", lost=False)
        id = named_actor(CHANNEL, thread, signed or f"#{message}")
        if self._seen.is_new((id, handle, name)):
            self.out.append(Actor(id=id, channel=CHANNEL, handle=handle, name=name))
        return id, called

    def spans(self, published: int) -> None:
        self.messages += 1
        self.out += self._span.add(published, self.place or None)

    def video(self, key: str, owner: str, published: int, text: str | None, language: str | None = None) -> None:
        self.spans(published)
        id = video_id(key)
        self.out.append(
            Object(
                id=id,
                channel=CHANNEL,
                kind="article",
                actor=owner,
                published=published,
                thread=id,
                text=text,
                language=language,
                url=f"https://www.youtube.com/watch?v={key}",
            )
        )

    def comments(self, found: Iterable[Comment]) -> None:
        """Comments that were found together: within a thread a reply may begin with the name of whom it answers."""
        found = list(found)
        called: dict[str, dict[str, set[str]]] = {}
        for comment in found:
            for name in comment.called:
                called.setdefault(comment.thread, {}).setdefault(name, set()).add(comment.author)
        for comment in found:
            self._comment(comment, called.get(comment.thread, {}))

    def _comment(self, comment: Comment, called: dict[str, set[str]]) -> None:
        self.spans(comment.published)
        id = comment_id(comment.key)
        video = video_id(comment.video) if comment.video else None
        page = f"https://www.youtube.com/watch?v={comment.video}&lc={comment.key}" if comment.video else None
        self.out.append(
            Object(
                id=id,
                channel=CHANNEL,
                kind="comment",
                actor=comment.author,
                published=comment.published,
                in_reply_to=comment_id(comment.parent) if comment.parent else video,
                thread=video,
                text=comment.text,
                url=page,
                spam=comment.spam,
            )
        )
        if comment.parent is None:
            if comment.owner and (owner := account(CHANNEL, comment.owner)) != comment.author:
                self.out.append(Addressed(object=id, actor=owner, kind="to"))
        elif comment.text and (name := _hailed(comment.text, called)) is not None:
            whom = called.get(name, set())
            if len(whom) != 1:
                self.problem("mention_without_id", f"@{name}", lost=False)
            elif comment.author not in whom:
                self.out.append(Addressed(object=id, actor=next(iter(whom)), kind="mention"))

    def coverage(self) -> Iterator[Record]:
        """A collection never knows what it missed: partial in both directions."""
        for direction in DIRECTIONS if self._span.since is not None else ():
            yield Coverage(
                actor=None,
                channel=CHANNEL,
                direction=direction,
                since=self._span.since,
                until=self._span.until,
                completeness="partial",
                basis=self._basis,
            )


def _hailed(text: str, called: dict[str, set[str]]) -> str | None:
    """The name that a text begins with (``@name …``): the longest one known in the thread, else its first word."""
    text = text[:300].lstrip("\u200b\ufeff \u00a0")
    if not text.startswith("@") or text[1:2].isspace():
        return None
    words = text[1:].replace("\u200b", " ").lower().split()[:MOST_WORDS]
    for count in range(len(words), 0, -1):
        name = " ".join(words[:count])
        for known in (name, name.rstrip(".,:;!?-–")):
            if known in called:
                return known
    return words[0] if words and len(words[0]) > 1 else None
