"""One message of a mailbox as both passes over it see it: who signed it, where it lies, and how it came there."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import blake2b

from permadani.sources.email import kinds
from permadani.sources.email.mailbox import Role, role_of
from permadani.sources.reading import mail, mbox

_TRACES = ("received", "delivered-to", "return-path")
"""Servers write these on what they deliver; the copy that a program keeps of what it sent has none."""


@dataclass(frozen=True, slots=True)
class Letter:
    """``content``: a digest of sender and Date, the same for all copies. ``arrived``: it came over the network."""

    one: mail.Message
    line: str
    labels: list[str]
    roles: set[Role | None]
    sender: tuple[str, str] | None
    sent: bool
    spam: bool
    arrived: bool

    @property
    def address(self) -> str:
        return self.sender[1] if self.sender else ""

    @property
    def content(self) -> int:
        written = f"{self.address}\n{self.one.get('date')}".encode(errors="replace")
        return int.from_bytes(blake2b(written, digest_size=8).digest(), "big")


def letter_of(raw: bytes, folder: Role | None) -> Letter:
    """What a message says of itself; ``folder``: the role of the folder that it lies in."""
    line = mbox.FROM_LINE.match(raw)
    one = mail.message(raw, kinds.FIELDS, line.end() if line else 0)
    labels = _labels(one)
    roles = {role_of(label) for label in labels} | {folder}
    spam = "spam" in roles
    sent = "sent" in roles and not spam
    return Letter(
        one=one,
        line=mail.decoded(line[2]) if line else "",
        labels=labels,
        roles=roles,
        sender=next(iter(mail.addresses(one.get("from"))), None),
        sent=sent,
        spam=spam or (not sent and kinds.judged_spam(one) is True),
        arrived=any(name in one.fields for name in _TRACES),
    )


def _labels(one: mail.Message) -> list[str]:
    """Gmail's labels. It writes them above all that servers wrote; below that they are the sender's own invention."""
    for name in one.fields:  # in the order in which they came
        if name == "x-gmail-labels":
            found = mail.words(one.get(name)).split(",")
            return [label.strip() for label in found if label.strip()]
        if name in _TRACES:
            break
    return []
