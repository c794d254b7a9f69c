"""Archives of mailing lists, as Mailman writes them: one text file a month, quarter or year."""

from __future__ import annotations

import re
from collections.abc import Iterator
from hashlib import blake2b

from permadani.errors import UnexpectedEnd, Unreadable
from permadani.language import N_
from permadani.sources.base import ReadOptions
from permadani.sources.pipermail.listname import list_of
from permadani.sources.pipermail.people import writer
from permadani.sources.pipermail.span import Span
from permadani.sources.pipermail.subjects import Subjects, plain_subject
from permadani.sources.reading import mail, mbox
from permadani.sources.reading.cues import Cues
from permadani.sources.reading.files import InputFile
from permadani.sources.reading.jsonhead import BOM
from permadani.sources.reading.mailtext import text_of
from permadani.sources.reading.markup import display_name
from permadani.sources.reading.memory import Memory
from permadani.sources.reading.ownwords import own_words
from permadani.vocabulary import Actor, Channel, Object, Problem, Record, message_id

SCHEME = "pipermail"
FIELDS = mail.AUTOMATIC | frozenset(
    {"from", "date", "subject", "message-id", "in-reply-to", "references", "received", "content-type",
     "content-transfer-encoding", "content-disposition", "user-agent", "x-mailer"}
)  # fmt: skip
_DIGEST = re.compile(r"(?:\[[^\]]{1,60}\] )?\S.{0,80} Digest, Vol \d+, Issue \d+")
_FROM_FIELD = re.compile(rb"(?m)^From:[^\n]*\S at \S")


class Pipermail:
    """See docs/sources/pipermail.md."""

    name = "pipermail"

    def recognises(self, file: InputFile) -> bool:
        head = file.head.removeprefix(BOM).lstrip(b"\r\n")
        found = mbox.begins(head)
        return found is not None and mbox.obfuscated(found) and _FROM_FIELD.search(head, 0, 4000) is not None

    def read(self, file: InputFile, options: ReadOptions) -> Iterator[Record]:
        return _Reading(file).records()


class _Reading:
    """One pass over one file. Every list is a channel of its own: who writes to one need not have seen the others."""

    def __init__(self, file: InputFile) -> None:
        self._file = file
        self._list = list_of(file)
        self._channel = f"{SCHEME}-{self._list}" if self._list else SCHEME
        self._span = Span(file, self._channel)
        self._cues = Cues()
        self._subjects = Subjects()
        self._seen = Memory[str]()
        self._messages: dict[str, int] = {}

    def records(self) -> Iterator[Record]:
        if mbox.begins(self._file.head) is None:
            raise Unreadable(N_("it holds no e-mail: there is no From line at its beginning"))
        yield Channel(channel=self._channel, audience="group")
        if self._list is None:
            yield Problem(reason="list_unknown", lost=False)
        cut: UnexpectedEnd | None = None
        try:
            with self._file.open() as stream:
                for number, raw in enumerate(mbox.messages(stream), start=1):
                    place = f"message {number}"
                    if raw is None:
                        yield Problem(reason="message_too_large", place=place)
                    else:
                        yield from self._message(raw, place)
        except UnexpectedEnd as error:
            cut = error
        yield from self._span.coverage(self._list)
        if cut is not None:
            raise cut

    def _message(self, raw: bytes, place: str) -> Iterator[Record]:
        line = mbox.FROM_LINE.match(raw)
        one = mail.message(raw, FIELDS, line.end() if line else 0)
        subject = mail.words(one.get("subject"))
        if _DIGEST.match(subject):
            yield Problem(reason="digest", place=place, lost=False)
            return
        who = writer(mail.words(one.get("from")), self._list)
        if who is None:
            yield Problem(reason="missing_author", place=place)
            return
        published, believed = mail.moment(one, mail.decoded(line[2]) if line else "")
        if published is None:
            yield Problem(reason="unparsable_time", place=place, example=one.get("date")[:80] or None)
            return
        words = own_words(text_of(one))
        id, problem = self._identified(one, who.id, words)
        if problem is not None:
            yield Problem(reason=problem, place=place, lost=False)
        if id is None:
            return
        if not believed:
            yield Problem(reason="claimed_time", place=place, example=one.get("date")[:80] or None, lost=False)
        self._span.saw(published if mail.possible(published) else None)
        parent, first = (None if key is None else self._id("message", mail.in_uri(key)) for key in mail.parents(one))
        if parent is None:
            parent = first = self._subjects.parent(subject, published)
            if parent is not None:
                yield Problem(reason="threaded_by_subject", place=place, lost=False)
        self._subjects.saw(subject, id, published, opens=parent is None)
        if self._seen.is_new(who.id):
            yield Actor(id=who.id, channel=self._channel, name=who.name)
            yield from self._cues.address(who.id, who.address)
        client = one.get("user-agent") or one.get("x-mailer")
        yield Object(
            id=id,
            channel=self._channel,
            kind="mail",
            actor=who.id,
            published=published,
            in_reply_to=parent,
            thread=first,
            text=words or (own_words(plain_subject(subject)) if parent is None else None),
            client=display_name(mail.words(client)[:100]) if client else None,
            automatic=mail.automatic(one, who.address or "") or None,
        )

    def _identified(self, one: mail.Message, writer: str, words: str | None) -> tuple[str | None, str | None]:
        """The id of a message, or None for one that came before; and what there is to say about it."""
        found = mail.own_id(one.get("message-id"))
        written = "\n".join((writer, one.get("date"), one.get("subject"), words or ""))
        digest = blake2b(written.encode(errors="replace"), digest_size=12).hexdigest()
        by_content = self._id("digest", digest)
        id = self._id("message", mail.in_uri(found)) if found else by_content
        content = hash((writer, one.get("date")))
        before = self._messages.get(id)
        if before is None:
            self._messages[id] = content
            return id, None if found else "no_message_id"
        return (None, "duplicate_message") if before == content else (by_content, "duplicate_id")

    def _id(self, kind: str, key: str) -> str:
        """A message to two lists is two messages, one to each group."""
        return message_id(SCHEME, kind, f"{self._list}/{key}" if self._list else key)
