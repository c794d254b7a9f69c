"""ConvoKit corpora: published collections of conversations, one folder each, read without ConvoKit.

``utterances.jsonl`` (or ``utterances.json``) holds the messages, ``corpus.json`` beside it may say what the corpus is.
"""

from __future__ import annotations

import json
import re
from collections.abc import Generator, Iterator
from hashlib import blake2b
from typing import Any

from permadani.errors import InputError, UnexpectedEnd, Unreadable
from permadani.language import N_
from permadani.sources.base import ReadOptions
from permadani.sources.convokit.values import FloatMangled, Utterance, decode, is_address, key, moment
from permadani.sources.reading.files import InputFile
from permadani.sources.reading.jsonhead import Keys, entries, json_text, top
from permadani.sources.reading.jsonrecords import example, pieces, whole
from permadani.sources.reading.markup import display_name
from permadani.sources.reading.memory import Memory
from permadani.sources.reading.span import Span
from permadani.vocabulary import (
    Actor,
    Channel,
    Coverage,
    Cue,
    Direction,
    Object,
    Problem,
    Record,
    account,
    address_hash,
    message_id,
    named_actor,
)

SCHEME = "convokit"
UTTERANCES = ("utterances.jsonl", "utterances.json")
PARTS = frozenset({"speakers.json", "users.json", "conversations.json", "corpus.json", "index.json"})
BASIS = "ConvoKit corpus as collected"
AUDIENCES = ("personal", "group")
GONE = frozenset({"[deleted]", "[removed]"})
"""What Reddit, and corpora made of it, write in place of a name or a text that is gone."""


class ConvoKit:
    """See docs/sources/convokit.md."""

    name = "convokit"
    companions = ("corpus.json",)

    def recognises(self, file: InputFile) -> bool:
        try:
            return _has_utterances(file) or _is_part(file)
        except Exception:  # the contract: never raise; a damaged file is named by whoever reads it
            return False

    def read(self, file: InputFile, options: ReadOptions) -> Iterator[Record]:
        """Records of every utterance, then a partial coverage of their span.

        Raises:
            UnexpectedEnd: the file stops inside an utterance; those before it were yielded.
            Unreadable: no utterance has a time, ids went through floats, or none could be read.
            TooLarge: an utterance has more than 64 MB.
        """
        if _is_part(file):
            yield Problem(reason="no_messages", example=file.name, lost=False)
            return
        yield from _Reading(file).records()


def _has_utterances(file: InputFile) -> bool:
    return any(_is_utterance(keys, file.name) for keys in entries(json_text(file.head)))


def _is_utterance(keys: Keys, name: str) -> bool:
    found = top(keys)
    if b"id" not in found or not found & {b"conversation_id", b"root"}:
        return False
    if name in UTTERANCES and b"text" in found and len(found) <= 3:
        return True  # cut inside a very long text
    return (
        b"text" in found
        and bool(found & {b"speaker", b"user"})
        and bool(found & {b"reply-to", b"reply_to", b"timestamp"})
    )


def _is_part(file: InputFile) -> bool:
    """Whether it is another file of a corpus: what its speakers, conversations and measures are."""
    if file.name == "index.json" and any(b"utterances-index" in top(keys) for keys in entries(json_text(file.head), 1)):
        return True
    if file.name in PARTS or (file.name.startswith("info.") and file.name.endswith(".jsonl")):
        if not json_text(file.head):
            return False
    elif not file.name.endswith("-bin.p"):
        return False
    return any(beside is not None and _has_utterances(beside) for beside in map(file.beside, UTTERANCES))


class _Reading:
    """One pass over the utterances of one corpus."""

    def __init__(self, file: InputFile) -> None:
        self._file = file
        self._place = ""
        self._corpus: str | None = None
        self._channel = SCHEME
        self._seen = Memory[str]()
        self._span = Span(SCHEME)
        self._loss: Problem | None = None
        self._timed = 0
        self._untimed = 0

    def records(self) -> Iterator[Record]:
        told = yield from self._told()
        cut: UnexpectedEnd | None = None
        try:
            for place, raw in pieces(self._file):
                self._place = place
                found, note = decode(raw)
                if found is None:
                    yield self._lost(str(note), example(raw))
                    continue
                if note is not None:
                    yield Problem(reason=note, place=place, lost=False)
                try:
                    yield from self._utterance(found, told)
                except FloatMangled as error:
                    raise Unreadable(
                        N_("ids in it passed through floating-point numbers ({example}, {place}); they are lost"),
                        hint=N_("Without ids no reply finds its message. Make the corpus again with text ids."),
                        example=error,
                        place=self._place,
                    ) from None
        except UnexpectedEnd as error:
            cut = error
        yield from self._coverage()
        if cut is not None:
            raise cut
        self._refuse_nothing()

    def _refuse_nothing(self) -> None:
        if self._timed:
            return
        if self._untimed:
            raise Unreadable(
                N_("none of its {count} utterances has a time, so nothing can be said about answering"),
                hint=N_("Films, court rooms and transcripts have an order but no times; none is invented."),
                count=f"{self._untimed:,}",
            )
        if self._loss is not None:
            raise Unreadable(
                N_("no utterance in it could be read (first: {reason}, {place})"),
                reason=self._loss.reason,
                place=self._loss.place,
            )

    def _told(self) -> Generator[Record, None, dict[str, Any]]:
        """What corpus.json says: yields the problems with it, returns its values."""
        beside = self._file.beside("corpus.json")
        if beside is None:
            return {}
        try:
            told = whole(beside)
        except InputError as error:
            yield Problem(reason="unreadable", place="corpus.json", example=error.text()[:120], lost=False)
            return {}
        return told if isinstance(told, dict) else {}

    def _begin(self, key: str, speaker: Any, text: Any, told: dict[str, Any]) -> Iterator[Record]:
        """The first utterance names the corpus: the same one in another folder meets, another one never."""
        first = json.dumps([key, str(speaker), str(text)]).encode()
        self._corpus = blake2b(first, digest_size=5).hexdigest()
        channel, name = told.get("channel"), told.get("name") or told.get("subreddit")
        if isinstance(channel, str) and channel.strip():
            self._channel = channel.strip()[:80]
        else:
            slug = "-".join(re.findall(r"[a-z0-9]+", name[:200].lower())) if isinstance(name, str) else ""
            self._channel = f"{SCHEME}-{slug or self._corpus}"
        self._span = Span(self._channel)
        audience = told.get("audience")
        if audience in AUDIENCES:
            yield Channel(channel=self._channel, audience=audience)
        elif audience is not None:
            yield Problem(
                reason="invalid_value", place="corpus.json", example=f"audience: {str(audience)[:80]}", lost=False
            )

    def _utterance(self, said: Utterance, told: dict[str, Any]) -> Iterator[Record]:
        id = key(said.id)
        if id is None:
            yield self._lost("missing_id")
            return
        who = said.user if said.speaker is None else said.speaker
        if self._corpus is None:
            yield from self._begin(id, who, said.text, told)
        published = moment(said.timestamp)
        if published is None:
            self._untimed += 1
            stamp = None if said.timestamp is None else str(said.timestamp)[:80]
            yield self._lost("unparsable_time", stamp)
            return
        actor = yield from self._speaker(who, id)
        if actor is None:
            return
        self._timed += 1
        yield from self._span.add(published, self._place)
        text = said.text
        if text is not None and not isinstance(text, str):
            yield Problem(reason="invalid_value", place=self._place, example=f"text: {str(text)[:80]}", lost=False)
            text = None
        parent = key(said.dashed if said.reply_to is None else said.reply_to)
        thread = key(said.root if said.conversation_id is None else said.conversation_id)
        words = text.strip() if text else None
        yield Object(
            id=self._message(id),
            channel=self._channel,
            kind="comment" if parent else "note",
            actor=actor,
            published=published,
            in_reply_to=self._message(parent) if parent else None,
            thread=self._message(thread) if thread else None,
            text=None if words in GONE else words or None,
            deleted=True if words in GONE else None,
        )

    def _message(self, key: str) -> str:
        return message_id(SCHEME, str(self._corpus), key)

    def _speaker(self, who: Any, message: str) -> Generator[Record, None, str | None]:
        """Yields the speaker where new, returns the id. Whoever is deleted gets one for this message alone."""
        if isinstance(who, list | dict | bool):
            yield self._lost("missing_author", str(who)[:80])
            return None
        name = key(who)
        if name is None or not name.strip() or name in GONE:
            yield Problem(reason="no_author_name", place=self._place, lost=False)
            return named_actor(SCHEME, str(self._corpus), f"#{message}")
        hashed = address_hash(name) if is_address(name) else None
        id = account(SCHEME, f"{self._corpus}/{hashed or name}")
        if self._seen.is_new(id):
            shown = display_name(name)
            yield Actor(id=id, channel=self._channel, handle=None if hashed else shown, name=shown if hashed else None)
            if hashed:
                yield Cue(actor=id, kind="address", value=hashed)
        return id

    def _lost(self, reason: str, example: str | None = None) -> Problem:
        problem = Problem(reason=reason, place=self._place, example=example)
        self._loss = self._loss or problem
        return problem

    def _coverage(self) -> Iterator[Record]:
        directions: tuple[Direction, Direction] = ("inbound", "outbound")
        for direction in directions if self._span.since is not None else ():
            yield Coverage(
                actor=None,
                channel=self._channel,
                direction=direction,
                since=self._span.since,
                until=self._span.until,
                completeness="partial",
                basis=BASIS,
            )
