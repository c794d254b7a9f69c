"""What becomes of the entries of a Facebook export."""

from __future__ import annotations

import re
from collections.abc import Iterator
from hashlib import blake2b
from typing import Any
from urllib.parse import urlsplit

from permadani.sources.facebook.mojibake import Repair
from permadani.sources.facebook.owner import CHANNEL, Owner, author, key_of
from permadani.sources.facebook.titles import Target, comment_target, post_target
from permadani.sources.reading.clock import EARLIEST, LATEST
from permadani.sources.reading.markup import display_name
from permadani.sources.reading.memory import Memory
from permadani.sources.reading.span import Span
from permadani.vocabulary import Actor, Addressed, Follow, Like, Object, Problem, Record, account, message_id

MOST_IDS = 1_000_000
"""Ids of this many entries are remembered, to count those that come twice; then it begins anew."""
MILLISECONDS = 100_000_000_000
"""A timestamp above this is not in seconds."""
LONGEST_EXAMPLE = 120
_MENTION = re.compile(r"@\[(\d{1,20}):\d{1,6}:([^\[\]\n]{1,200})\]")


def moment(value: Any) -> int | None:
    """Seconds, some milliseconds, to microseconds; 0 is how Facebook writes that it does not know."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 < abs(value) < MILLISECONDS * 1000:
        return None
    microseconds = int(value * (1_000 if abs(value) >= MILLISECONDS else 1_000_000))
    return microseconds if EARLIEST <= microseconds <= LATEST else None


def parts(entry: dict[str, Any], key: str) -> Iterator[dict[str, Any]]:
    """The objects in a list, whatever else is in it."""
    listed = entry.get(key)
    if isinstance(listed, list):
        yield from (part for part in listed if isinstance(part, dict))


class Records:
    """Turns entries into records; remembers whom it has named, the span, and what came before."""

    def __init__(self, owner: Owner, repair: Repair) -> None:
        self.owner, self.repair = owner, repair
        self.span = Span(CHANNEL)
        self._named: set[str] = {owner.id}
        self._ids = Memory[str](MOST_IDS)

    def post(self, entry: dict[str, Any], place: str) -> Iterator[Record]:
        published = moment(entry.get("timestamp"))
        if published is None:
            yield self._lost("unparsable_time", place, entry)
            return
        words, fingerprint = self._post_words(entry)
        text, mentions = self._mentions(words)
        id = self._id("post", published, f"{text}\0{fingerprint}")
        if id is None:
            yield Problem(reason="repeated_entry", place=place, example=text[:LONGEST_EXAMPLE] or None, lost=False)
            return
        yield from self.span.add(published, place)
        yield self._object(id, "note", self.owner.id, published, text)
        title = self.repair(entry.get("title"))
        target = post_target(title) if title else Target("nobody")
        yield from self._addressed(id, self.owner.id, target, title, place, mentions + self._tags(entry))

    def comment(self, entry: dict[str, Any], place: str) -> Iterator[Record]:
        said: dict[str, Any] = next(
            (part["comment"] for part in parts(entry, "data") if isinstance(part.get("comment"), dict)), {}
        )
        published = moment(entry.get("timestamp")) or moment(said.get("timestamp"))
        if published is None:
            yield self._lost("unparsable_time", place, entry)
            return
        actor, signed = self.owner.id, author(entry, self.repair)
        if signed and self.owner.name and signed != self.owner.name:
            yield Problem(reason="another_author", place=place, example=signed, lost=False)
            actor = self.owner.acquaintance(signed)
            yield from self._actor(actor, signed)
        text, mentions = self._mentions(self.repair(said.get("comment")))
        id = self._id("comment", published, f"{text}\0{self._attached(entry)[1]}\0{actor}")
        if id is None:
            yield Problem(reason="repeated_entry", place=place, example=text[:LONGEST_EXAMPLE] or None, lost=False)
            return
        if actor == self.owner.id:
            yield from self.span.add(published, place)
        yield self._object(id, "comment", actor, published, text)
        title = self.repair(entry.get("title"))
        target = comment_target(title, self.repair(said.get("group")) or None)
        yield from self._addressed(id, actor, target, title, place, mentions)

    def reaction(self, entry: dict[str, Any], place: str) -> Iterator[Record]:
        """Only the form of 2025 says what was liked: by its address."""
        found = set()
        for value in parts(entry, "label_values"):
            href = value.get("href")
            if isinstance(href, str) and href.startswith("https://") and len(href) <= 2000:
                try:
                    host = urlsplit(href).hostname or ""
                except ValueError:
                    continue
                if host == "facebook.com" or host.endswith(".facebook.com"):
                    found.add(href)
        if len(found) == 1:
            yield Like(actor=self.owner.id, object=found.pop(), published=moment(entry.get("timestamp")))
        else:
            yield Problem(reason="like_without_object", place=place, lost=False)

    def page(self, entry: dict[str, Any], place: str) -> Iterator[Record]:
        names = [entry.get("name"), *(part.get("name") for part in parts(entry, "data"))]
        name = next((name for text in names if (name := display_name(self.repair(text)))), None)
        if name is None:
            yield Problem(reason="missing_value", place=place, example="name", lost=False)
            return
        key = key_of(entry.get("url"))
        actor = account(CHANNEL, key.lower()) if key else self.owner.acquaintance(name)
        yield from self._actor(actor, name)
        yield Follow(actor=self.owner.id, object=actor)

    def _post_words(self, entry: dict[str, Any]) -> tuple[str, str]:
        """What the owner wrote, and what tells this post from others of the same second."""
        written = [self.repair(part["post"]) for part in parts(entry, "data") if isinstance(part.get("post"), str)]
        attached, fingerprint = self._attached(entry)
        return "\n".join(dict.fromkeys(filter(str.strip, written or attached))), fingerprint

    def _attached(self, entry: dict[str, Any]) -> tuple[list[str], str]:
        """The words under pictures, in notes and polls; and what is attached, by names that no export changes."""
        words, things = [], []
        for attachment in parts(entry, "attachments"):
            for part in parts(attachment, "data"):
                for kind, own in (("media", ("description",)), ("note", ("title", "text")), ("poll", ("question",))):
                    inner = part.get(kind)
                    if isinstance(inner, dict):
                        words += [self.repair(inner.get(key)) for key in own]
                        uri = inner.get("uri")
                        things.append(uri.rsplit("/", 1)[-1] if isinstance(uri, str) else "")
                link = part.get("external_context")
                if isinstance(link, dict) and isinstance(link.get("url"), str):
                    things.append(link["url"])
        return words, "\0".join(sorted(filter(None, things)))

    def _mentions(self, text: str) -> tuple[str, list[tuple[str, str]]]:
        """The text with ``@[NUMBER:2048:NAME]`` as names, and those named: account and name."""
        if "@[" not in text:
            return text.strip(), []
        named = [(account(CHANNEL, m[1]), m[2]) for m in _MENTION.finditer(text)]
        return _MENTION.sub(lambda m: m[2], text).strip(), named

    def _tags(self, entry: dict[str, Any]) -> list[tuple[str, str]]:
        listed = entry.get("tags")
        texts = [t.get("name") if isinstance(t, dict) else t for t in listed] if isinstance(listed, list) else []
        names = [name for text in texts if (name := display_name(self.repair(text)))]
        return [(self.owner.acquaintance(name), name) for name in names]

    def _addressed(
        self, id: str, actor: str, target: Target, title: str, place: str, mentions: list[tuple[str, str]]
    ) -> Iterator[Record]:
        if target.sense == "unknown":
            example = title[:LONGEST_EXAMPLE] or None
            yield Problem(reason="untranslated_title", place=place, example=example, lost=False)
        spoken = {actor}
        if target.sense == "own":  # what stands under one's own things is written in one's own thread
            yield Addressed(object=id, actor=actor, kind="to")
        name = display_name(target.name) if target.name else None
        if name is not None:
            # the same name in the comment itself comes with its account
            known = {account for account, named in mentions if named == name}
            to = known.pop() if len(known) == 1 else self.owner.acquaintance(name)
            if to not in spoken:
                spoken.add(to)
                yield from self._actor(to, name)
                yield Addressed(object=id, actor=to, kind="to")
        for mentioned, named in mentions:
            if mentioned not in spoken:
                spoken.add(mentioned)
                yield from self._actor(mentioned, display_name(named))
                yield Addressed(object=id, actor=mentioned, kind="mention")

    def _actor(self, id: str, name: str | None) -> Iterator[Actor]:
        if id not in self._named:
            self._named.add(id)
            key = id.removeprefix(account(CHANNEL, ""))
            url = f"https://www.facebook.com/{key}" if key != id else None
            yield Actor(id=id, channel=CHANNEL, name=name, url=url)

    def _object(self, id: str, kind: str, actor: str, published: int, text: str) -> Object:
        return Object(id=id, channel=CHANNEL, kind=kind, actor=actor, published=published, text=text or None)

    def _id(self, kind: str, published: int, content: str) -> str | None:
        """A key that is the same in every export of this account; None where this file had it already."""
        seconds = published // 1_000_000
        whole = "\0".join((self.owner.key, kind, str(seconds), " ".join(content.split())))
        digest = blake2b(whole.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()
        id = message_id(CHANNEL, kind, f"{seconds}-{digest}")
        return id if self._ids.is_new(id) else None

    def _lost(self, reason: str, place: str, entry: dict[str, Any]) -> Problem:
        return Problem(reason=reason, place=place, example=str(entry.get("timestamp"))[:LONGEST_EXAMPLE])
