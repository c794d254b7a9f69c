"""What a fetch did, and how it tells while it runs."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from permadani.errors import (
    AddressRefused,
    BadAnswer,
    BadStatus,
    BudgetSpent,
    FetchError,
    NoDoor,
    PermadaniError,
    RateLimited,
    Unreachable,
)
from permadani.store.importreport import ProblemCount

INTERRUPTED, BUDGET, FAULT = "interrupted", "budget", "fault"
STOPPED_BY: dict[type[FetchError], str] = {
    BudgetSpent: BUDGET, RateLimited: "rate_limited", Unreachable: "unreachable", BadStatus: "refused",
    BadAnswer: "bad_answer", AddressRefused: "address_refused", NoDoor: "no_door",
}  # fmt: skip
TABLES_TOLD = ("actors", "objects", "announces", "likes", "follows")
EARLIEST, LATEST = -62_135_596_800_000_000, 253_402_300_799_000_000
"""The years 1 and 9999 in microseconds."""


@dataclass(frozen=True, slots=True)
class Claim:
    """One line of coverage as it stands in the store now; times in ISO 8601, None where there is no end."""

    actor: str | None
    channel: str
    direction: str
    since: str | None
    until: str | None
    completeness: str
    basis: str


@dataclass(frozen=True, slots=True)
class FetchReport:
    """``permadani.fetch/1``: what was read of one account or site in one run. read = new + known, of what people did;
    ``actors`` … ``follows``: new in the store.

    ``stopped``: None where the run read all it wanted to; else budget, interrupted, rate_limited, unreachable, refused,
    bad_answer, address_refused, no_door or fault, with its ``error`` (None for interrupted).
    """

    who: str
    title: str
    place: str
    source: str
    requests: int
    pages: int
    read: int
    new: int
    known: int
    actors: int
    objects: int
    announces: int
    likes: int
    follows: int
    problems: tuple[ProblemCount, ...]
    coverage: tuple[Claim, ...]
    stopped: str | None
    error: PermadaniError | None = field(default=None, compare=False)
    schema: str = field(default="permadani.fetch/1", init=False)

    @property
    def complete(self) -> bool:
        return self.stopped is None

    @property
    def usable(self) -> bool:
        """Whether it was of any use; where it was not, ``store.fetch`` raises the error (unless it was Ctrl-C)."""
        return self.pages > 0 or self.complete

    def to_dict(self) -> dict[str, Any]:
        names = ("who", "title", "place", "source", "requests", "pages", "read", "new", "known", *TABLES_TOLD)
        return {
            "schema": self.schema,
            **{name: getattr(self, name) for name in names},
            "problems": [p.to_dict() for p in self.problems if p.lost],
            "left_out": [p.to_dict() for p in self.problems if not p.lost],
            "coverage": [asdict(claim) for claim in self.coverage],
            "complete": self.complete,
            "stopped": self.stopped,
            "message": self.error.text() if self.error else None,
            "hint": self.error.hint_text() if self.error else None,
        }


class FetchProgress:
    """What a caller may want to show; this one shows nothing."""

    def begin(self, budget: int) -> None:
        """At most ``budget`` requests will be made."""

    def asks(self, done: int, url: str) -> None:
        """The request of number ``done`` is about to be made."""

    def waits(self, seconds: float, host: str) -> None:
        """A pause, because a server or good manners ask for it."""

    def page(self, title: str, reading: str) -> None:
        """A page was kept; ``reading`` says in a few words what it was."""


def moment(microseconds: int | None) -> str | None:
    """In ISO 8601 to the second; None where unknown. A claim may be absurd, and a calendar ends."""
    if microseconds is None:
        return None
    when = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=min(max(microseconds, EARLIEST), LATEST))
    return when.replace(microsecond=0).isoformat().replace("+00:00", "Z")
