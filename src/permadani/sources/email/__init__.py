"""Personal e-mail: an mbox (also Google's Takeout), a Maildir, single messages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from hashlib import blake2b

from permadani.errors import UnexpectedEnd, Unreadable
from permadani.language import N_
from permadani.sources.base import ReadOptions
from permadani.sources.email import kinds
from permadani.sources.email.claims import Claims
from permadani.sources.email.mailbox import Role, flagged_draft, folder_of, has_sent_beside, role_of
from permadani.sources.email.recognition import is_mailbox, is_message
from permadani.sources.reading import mail, mbox
from permadani.sources.reading.cues import Cues
from permadani.sources.reading.files import InputFile
from permadani.sources.reading.jsonhead import BOM
from permadani.sources.reading.mailtext import text_of
from permadani.sources.reading.markup import display_name
from permadani.sources.reading.ownwords import own_words
from permadani.vocabulary import Actor, Addressed, Object, Problem, Record, message_id

CHANNEL = "email"
SEEN_MOST = 100_000
CLIENT_LENGTH = 100
MOST_RECIPIENTS = 50
"""A message to more people than this is a circular: it speaks to nobody in particular."""
REMEMBERED = 2_000_000
"""Ids of so many messages are remembered to tell duplicates; the store joins those that come later."""
_FORWARDED = re.compile(r"(?i)\s*(?:fwd?|wg|tr|rv|terusan|diteruskan)\s?:")


class Email:
    """See docs/sources/email.md."""

    name = "email"

    def recognises(self, file: InputFile) -> bool:
        return is_mailbox(file.head) or is_message(file.head)

    def read(self, file: InputFile, options: ReadOptions) -> Iterator[Record]:
        return _Reading(file, options).records()


class _Reading:
    """One pass over one file."""

    def __init__(self, file: InputFile, options: ReadOptions) -> None:
        self._file = file
        self._single = mbox.begins(file.head) is None
        self._role = role_of(folder_of(file, self._single))
        self._claims = Claims(options.owner, single=self._single)
        self._cues = Cues()
        self._seen: dict[str, bool] = {}  # actors that were told of -> whether with a name
        self._messages: dict[int, int] = {}  # hash of the id -> hash of who wrote it when

    def records(self) -> Iterator[Record]:
        if self._claims.no_address:
            yield Problem(reason="owner_no_address", lost=False)
        cut: UnexpectedEnd | None = None
        pieces, number = self._pieces(), 0
        while True:
            try:
                raw = next(pieces, b"")
            except UnexpectedEnd as error:
                cut = error
                break
            if raw == b"":
                break
            number += 1
            place = f"message {number}"
            if raw is None:
                yield Problem(reason="message_too_large", place=place)
                continue
            yield from self._message(raw, place)
        if self._claims.owner_unknown:
            yield Problem(reason="owner_unknown", lost=False)
        if cut is None and self._claims.nothing_sent and self._role is None and not has_sent_beside(self._file):
            yield Problem(reason="sent_mail_absent", lost=False)
        if self._messages:
            for address in self._claims.owners():
                yield from self._actor("", address)
        yield from self._claims.coverage()
        if cut is not None:
            raise cut

    def _pieces(self) -> Iterator[bytes | None]:
        with self._file.open() as stream:
            if not self._single:
                yield from mbox.messages(stream)
                return
            raw = stream.read(mbox.MESSAGE_LIMIT + 1)
        if not is_message(raw[:65536]):
            raise Unreadable(N_("it holds no e-mail: there is no header with a sender at its beginning"))
        yield raw.removeprefix(BOM) if len(raw) <= mbox.MESSAGE_LIMIT else None

    def _message(self, raw: bytes, place: str) -> Iterator[Record]:
        line = mbox.FROM_LINE.match(raw)
        one = mail.message(raw, kinds.FIELDS, line.end() if line else 0)
        labels = [label.strip() for label in mail.words(one.get("x-gmail-labels")).split(",") if label.strip()]
        roles = {role_of(label) for label in labels} | {self._role}
        reason = self._left_out(one, roles)
        if reason is not None:
            yield Problem(reason=reason, place=place, lost=False)
            return
        sender = next(iter(mail.addresses(one.get("from"))), None)
        if sender is None:
            yield Problem(reason="missing_author", place=place)
            return
        published, believed = mail.moment(one, mail.decoded(line[2]) if line else "")
        if published is None:
            yield Problem(reason="unparsable_time", place=place, example=one.get("date")[:80] or None)
            return
        words = own_words(text_of(one)) or self._subject(one)
        id, problem = self._identified(one, sender[1], words)
        if problem is not None:
            yield Problem(reason=problem, place=place, lost=False)
        if id is None:
            return
        if not believed:
            yield Problem(reason="claimed_time", place=place, example=one.get("date")[:80] or None, lost=False)
        self._claims.saw(one, sender[1], published if mail.possible(published) else None, sent="sent" in roles)
        yield from self._actor(*sender)
        yield from self._object(one, id, sender[1], published, words, labels, roles)
        yield from self._recipients(one, id, sender[1], place)

    def _left_out(self, one: mail.Message, roles: set[Role | None]) -> str | None:
        if "draft" in roles or flagged_draft(self._file):
            return "draft"
        return "chat" if "chat" in roles else kinds.left_out(one)

    @staticmethod
    def _subject(one: mail.Message) -> str | None:
        """What a message without words says in its subject; that of an answer was written by somebody else."""
        return None if "in-reply-to" in one.fields else own_words(mail.words(one.get("subject")))

    def _identified(self, one: mail.Message, sender: str, words: str | None) -> tuple[str | None, str | None]:
        """The id of a message, or None for one that came before; and what there is to say about it.

        What the same sender wrote in the same second under the same id is one message: a copy in another folder.
        """
        found = mail.own_id(one.get("message-id"))
        written = "\n".join((sender, one.get("date"), one.get("subject"), one.get("to"), words or ""))
        by_content = message_id(
            CHANNEL, "digest", blake2b(written.encode(errors="replace"), digest_size=12).hexdigest()
        )
        id = mail.mid(found) if found else by_content
        content = hash((sender, one.get("date")))
        before = self._messages.get(hash(id))
        if before is None:
            if len(self._messages) >= REMEMBERED:
                self._messages.clear()
            self._messages[hash(id)] = content
            return id, None if found else "no_message_id"
        return (None, "duplicate_message") if before == content else (by_content, "duplicate_id")

    def _actor(self, name: str, address: str) -> Iterator[Record]:
        """Once a file, and once more where a name is told later."""
        id = mail.mailto(address)
        told = self._seen.get(id)
        if told or (told is False and not name):
            return
        if len(self._seen) >= SEEN_MOST:
            self._seen.clear()
        self._seen[id] = bool(name)
        yield Actor(id=id, channel=CHANNEL, name=display_name(name) if name else None)
        yield from self._cues.address(id, address)

    def _object(
        self, one: mail.Message, id: str, sender: str, published: int, words: str | None, labels: list[str],
        roles: set[Role | None],
    ) -> Iterator[Record]:  # fmt: skip
        parent, first = mail.parents(one)
        if _FORWARDED.match(mail.words(one.get("subject"))):
            parent = first = None  # to pass on what somebody wrote is no answer to them
        spam = True if "spam" in roles else False if labels else kinds.judged_spam(one)
        client = one.get("user-agent") or one.get("x-mailer")
        yield Object(
            id=id,
            channel=CHANNEL,
            kind="mail",
            actor=mail.mailto(sender),
            published=published,
            in_reply_to=mail.mid(parent) if parent else None,
            thread=mail.mid(first) if first else None,
            text=words,
            client=display_name(mail.words(client)[:CLIENT_LENGTH]) if client else None,
            spam=spam,
            automatic=mail.automatic(one, sender) or None,
        )

    def _recipients(self, one: mail.Message, id: str, sender: str, place: str) -> Iterator[Record]:
        """Those in To. Who gets a copy is not spoken to."""
        found = dict.fromkeys(address for value in one.fields.get("to", ()) for _, address in mail.addresses(value))
        found.pop(sender, None)
        if len(found) > MOST_RECIPIENTS:
            yield Problem(reason="many_recipients", place=place, lost=False)
            return
        for address in found:
            yield from self._actor("", address)  # the name in a letter to them is what its writer calls them
            yield Addressed(object=id, actor=mail.mailto(address), kind="to")
