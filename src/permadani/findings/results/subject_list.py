"""Every message that was written to an account, and what became of it: so that it can find and tell an error."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

from permadani.findings.reasons import Reason
from permadani.findings.results.account import CoverageLine, Subject
from permadani.findings.results.audit import plain
from permadani.findings.results.words import State


@dataclass(frozen=True, slots=True)
class Match:
    """The message that came back, and how it is known to belong to the approach (see ``Matching``)."""

    object: str
    published: str
    text: str | None
    url: str | None
    matched_by: Literal["structural", "named"]


@dataclass(frozen=True, slots=True)
class Received:
    """One message. ``counts``: whether it is in the denominator of the rate; ``why`` it is, or is not.

    ``asker``: what the writer is called; ``asker_id`` of the account it was written from. ``via``: how it came;
    ``thread`` is one that was written to somebody else in a conversation of the account. ``state``, ``standing``,
    ``tenure`` and ``substance`` are None for what is no approach. ``match``: also of answers that came too late.
    """

    object: str
    asker: str
    asker_id: str
    channel: str
    published: str
    via: Literal["reply", "comment", "to", "mention", "thread"]
    text: str | None
    url: str | None
    counts: bool
    why: Reason
    state: State | None = None
    standing: str | None = None
    tenure: str | None = None
    substance: str | None = None
    match: Match | None = None


@dataclass(frozen=True, slots=True)
class OwnPitch:
    """A sales pitch that the account sent: it is no answer. ``recipients``: people who got these words."""

    object: str
    published: str
    text: str | None
    url: str | None
    recipients: int
    why: Reason


@dataclass(frozen=True, slots=True)
class Totals:
    """Counted from the list; the audit's own figures must be the same.

    ``not_counted``: messages by the key of the reason why they do not count.
    """

    messages: int
    approaches: int
    eligible: int
    answered: int
    answered_late: int
    not_counted: dict[str, int]


@dataclass(frozen=True, slots=True)
class SubjectList:
    """The list for the subject of an audit, in order of time. It holds other people's words."""

    actor: Subject
    period: tuple[str | None, str | None]
    window_days: int
    coverage: tuple[CoverageLine, ...]
    messages: tuple[Received, ...]
    own_pitches: tuple[OwnPitch, ...]
    totals: Totals
    schema: str = field(default="permadani.subject/1", init=False)

    def to_dict(self) -> dict[str, Any]:
        """The JSON contract ``permadani.subject/1``; texts are English here, reports translate them. ``key`` beside a
        ``why`` is the reason's stable name."""
        record = plain(self)
        record["period"] = {"since": self.period[0], "until": self.period[1]}
        for name in ("messages", "own_pitches"):
            for one, entry in zip(getattr(self, name), record[name], strict=True):
                entry["key"] = one.why.key
        return {"schema": record.pop("schema"), **record}
