"""Personal e-mail: an mbox (also Google's Takeout), a Maildir, single messages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from hashlib import blake2b

from permadani.errors import InputError, UnexpectedEnd, Unreadable
from permadani.language import N_
from permadani.sources.base import ReadOptions
from permadani.sources.email import kinds
from permadani.sources.email.claims import Claims, addresses_of
from permadani.sources.email.letter import Letter, letter_of
from permadani.sources.email.mailbox import flagged_draft, folder_of, role_of, senders_in, sent_beside, undelivered
from permadani.sources.email.recognition import is_mailbox, is_message
from permadani.sources.email.survey import REMEMBERED, Survey
from permadani.sources.reading import mail, mbox
from permadani.sources.reading.cues import Cues
from permadani.sources.reading.files import InputFile
from permadani.sources.reading.jsonhead import BOM
from permadani.sources.reading.mailtext import text_of
from permadani.sources.reading.markup import display_name
from permadani.sources.reading.memory import Memory
from permadani.sources.reading.ownwords import own_words
from permadani.vocabulary import Actor, Addressed, Object, Problem, Record, message_id

CHANNEL = "email"
SEEN_MOST = 100_000
CLIENT_LENGTH = 100
MOST_RECIPIENTS = 50
"""A message to more people than this is a circular: it speaks to nobody in particular."""
_FORWARDED = re.compile(r"(?i)\s*(?:fwd?|wg|tr|rv|terusan|diteruskan)\s?:")


class Email:
    """See docs/sources/email.md."""

    name = "email"

    def recognises(self, file: InputFile) -> bool:
        return is_mailbox(file.head) or is_message(file.head)

    def read(self, file: InputFile, options: ReadOptions) -> Iterator[Record]:
        return _Reading(file, options).records()


class _Reading:
    """Two passes over one file: the first one tells whose mail it is and which ids can be trusted."""

    def __init__(self, file: InputFile, options: ReadOptions) -> None:
        self._file = file
        self._single = mbox.begins(file.head) is None
        self._role = role_of(folder_of(file, self._single))
        given = addresses_of(options.owner)
        self._no_address = bool(options.owner) and not given
        self._beside = None if self._role == "sent" else sent_beside(file)
        self._survey = Survey(given, senders_in(self._beside) if self._beside and not given else ())
        self._cues = Cues()
        self._seen: dict[str, bool] = {}  # actors that were told of -> whether with a name
        self._read = Memory[tuple[str, int]](REMEMBERED)  # messages whose id came more than once
        self._kept = False

    def records(self) -> Iterator[Record]:
        if undelivered(self._file):
            yield Problem(reason="undelivered", lost=False)
            return
        if self._no_address:
            yield Problem(reason="owner_no_address", lost=False)
        self._look_through()
        self._claims = Claims(self._survey.owners(), single=self._single)
        cut: UnexpectedEnd | None = None
        try:
            for number, raw in enumerate(self._pieces(), start=1):
                place = f"message {number}"
                if raw is None:
                    yield Problem(reason="message_too_large", place=place)
                else:
                    yield from self._message(raw, place)
        except UnexpectedEnd as error:
            cut = error
        if self._claims.owner_unknown:
            yield Problem(reason="owner_unknown", lost=False)
        alone = self._role in (None, "inbox") and self._beside is None
        if cut is None and self._claims.nothing_sent and alone:
            yield Problem(reason="sent_mail_absent", lost=False)
        if self._kept:
            for address in self._claims.owners:
                yield from self._actor("", address)
        yield from self._claims.coverage()
        if cut is not None:
            raise cut

    def _look_through(self) -> None:
        progress, self._file.progress = self._file.progress, None
        try:
            for raw in self._pieces():
                letter = letter_of(raw, self._role) if raw is not None else None
                if letter is not None and letter.sender and self._left_out(letter) is None:
                    self._survey.saw(letter)
        except InputError:
            pass  # told by the second pass
        finally:
            self._file.progress = progress
        self._survey.done()

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
        letter = letter_of(raw, self._role)
        one, sender = letter.one, letter.sender
        reason = self._left_out(letter) or ("not_sent_by_owner" if self._survey.forged(letter) else None)
        if reason is not None:
            yield Problem(reason=reason, place=place, lost=False)
            return
        if sender is None:
            yield Problem(reason="missing_author", place=place)
            return
        published, believed = mail.moment(one, letter.line)
        if published is None:
            yield Problem(reason="unparsable_time", place=place, example=one.get("date")[:80] or None)
            return
        words = own_words(text_of(one)) or self._subject(one)
        id, problem = self._identified(letter, words)
        if problem is not None:
            yield Problem(reason=problem, place=place, lost=False)
        if id is None:
            return
        if not believed:
            yield Problem(reason="claimed_time", place=place, example=one.get("date")[:80] or None, lost=False)
        self._kept = True
        self._claims.saw(sender[1], published if mail.possible(published) else None, sent=letter.sent)
        yield from self._actor(*sender)
        recipients = self._recipients(letter)
        yield self._object(letter, id, published, words, recipients)
        if len(recipients) > MOST_RECIPIENTS:
            yield Problem(reason="many_recipients", place=place, lost=False)
            return
        for address in recipients:
            yield from self._actor("", address)  # the name in a letter to them is what its writer calls them
            yield Addressed(object=id, actor=mail.mailto(address), kind="to")

    def _left_out(self, letter: Letter) -> str | None:
        if "draft" in letter.roles or flagged_draft(self._file):
            return "draft"
        return "chat" if "chat" in letter.roles else kinds.left_out(letter.one)

    @staticmethod
    def _subject(one: mail.Message) -> str | None:
        """What a message without words says in its subject; that of an answer was written by somebody else."""
        return None if "in-reply-to" in one.fields else own_words(mail.words(one.get("subject")))

    def _identified(self, letter: Letter, words: str | None) -> tuple[str | None, str | None]:
        """The id of a message, or None for one that came before; and what there is to say about it.

        What the same sender wrote in the same second under the same id is one message: a copy in another folder.
        """
        one = letter.one
        found = mail.own_id(one.get("message-id"))
        if found is not None:
            if not self._survey.repeated(found):
                return mail.mid(found), None
            if self._known(found, letter.content):
                return None, "duplicate_message"
            disputed = self._survey.disputed(found, letter.content)
            return (_claimed(found, letter.content), "duplicate_id") if disputed else (mail.mid(found), None)
        written = "\n".join((letter.address, one.get("date"), one.get("subject"), one.get("to"), words or ""))
        digest = blake2b(written.encode(errors="replace"), digest_size=12).hexdigest()
        if self._known(digest, 0):
            return None, "duplicate_message"
        return message_id(CHANNEL, "digest", digest), "no_message_id"

    def _known(self, key: str, content: int) -> bool:
        """Whether this message came before; from now on it did."""
        return not self._read.is_new((key, content))

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
        self, letter: Letter, id: str, published: int, words: str | None, recipients: list[str]
    ) -> Object:  # fmt: skip
        one = letter.one
        parent, first = mail.parents(one)
        if _FORWARDED.match(mail.words(one.get("subject"))):
            parent = first = None  # to pass on what somebody wrote is no answer to them
        meant = self._survey.meant(parent, recipients) if parent else None
        client = one.get("user-agent") or one.get("x-mailer")
        answered = None if parent is None else mail.mid(parent) if meant is None else _claimed(parent, meant)
        return Object(
            id=id,
            channel=CHANNEL,
            kind="mail",
            actor=mail.mailto(letter.address),
            published=published,
            in_reply_to=answered,
            thread=mail.mid(first) if first else None,
            text=words,
            client=display_name(mail.words(client)[:CLIENT_LENGTH]) if client else None,
            spam=True if "spam" in letter.roles else False if letter.labels else kinds.judged_spam(one),
            automatic=mail.automatic(one, letter.address) or None,
        )

    @staticmethod
    def _recipients(letter: Letter) -> list[str]:
        """Those in To. Who gets a copy is not spoken to."""
        fields = letter.one.fields.get("to", ())
        found = dict.fromkeys(address for value in fields for _, address in mail.addresses(value))
        found.pop(letter.address, None)
        return list(found)


def _claimed(id: str, content: int) -> str:
    """What a message is known by where others claim its id."""
    return message_id(CHANNEL, "claimed", f"{mail.in_uri(id)}/{content:016x}")
