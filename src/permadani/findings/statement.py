"""The account's own say: a file of its words that is printed with the audit (docs/statement.md)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated

import msgspec

from permadani.errors import Unreadable
from permadani.findings import handwritten
from permadani.findings.results import Absence, Statement
from permadani.language import N_

HINT = N_(
    "Known keys: text, answered_privately, policy, abuse (a list of messages or accounts), and [[away]] with since, "
    "until and note; a date is written 2020-07-31, without quotes. See docs/statement.md."
)
Words = Annotated[str, msgspec.Meta(max_length=5_000)]
Short = Annotated[str, msgspec.Meta(max_length=500)]
Name = Annotated[str, msgspec.Meta(min_length=1, max_length=2_000)]


class _Away(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    since: date
    until: date
    note: Short | None = None


class _Statement(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    text: Words | None = None
    answered_privately: Words | None = None
    policy: Words | None = None
    away: Annotated[list[_Away], msgspec.Meta(max_length=200)] = []
    abuse: Annotated[list[Name], msgspec.Meta(max_length=10_000)] = []


@dataclass(frozen=True, slots=True)
class Notes:
    """A statement as written. ``abuse``: messages (ids or addresses) and accounts (ids, handles or addresses), each
    once; the only part that changes a number: what it names leaves the denominator (``Scope.abuse``)."""

    text: str | None = None
    away: tuple[Absence, ...] = ()
    answered_privately: str | None = None
    policy: str | None = None
    abuse: tuple[str, ...] = ()

    def statement(self, abuse: int) -> Statement:
        """For the audit; ``abuse``: how many messages were left out on its word."""
        return Statement(self.text, self.away, self.answered_privately, self.policy, abuse)


def read_statement(path: Path) -> Notes:
    """The statement in a TOML file.

    Raises:
        InputError: it cannot be read, or holds something else than docs/statement.md says.
    """
    found = handwritten.read(path, _Statement, HINT)
    for number, one in enumerate(found.away, start=1):
        if one.until < one.since:
            raise Unreadable(
                N_("{path} cannot be used: absence {number} ends on {until}, before it begins on {since}"),
                hint=N_("Exchange since and until; both days are included."),
                path=path, number=number, since=one.since, until=one.until,
            )  # fmt: skip
    away = sorted(found.away, key=lambda one: (one.since, one.until))
    return Notes(
        text=_words(found.text),
        away=tuple(Absence(one.since.isoformat(), one.until.isoformat(), _words(one.note)) for one in away),
        answered_privately=_words(found.answered_privately),
        policy=_words(found.policy),
        abuse=tuple(dict.fromkeys(name for raw in found.abuse if (name := handwritten.line(raw)))),
    )


def _words(text: str | None) -> str | None:
    return handwritten.words(text) or None if text else None
