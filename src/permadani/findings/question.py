"""What an audit is asked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from permadani.measures.network import FOREVER, Scope

if TYPE_CHECKING:
    from permadani.findings.claims import GivenClaim
    from permadani.findings.statement import Notes


@dataclass(frozen=True, slots=True)
class Question:
    """What an audit looks at. Times in microseconds UTC, None: no bound.

    ``me``: the account is the asker's own. ``research``: nobody will be singled out. ``evidence``: with the messages
    themselves. ``usual``: with how the share lies among accounts of like size.
    """

    since: int | None = None
    until: int | None = None
    as_of: int | None = None
    me: bool = False
    research: bool = False
    evidence: bool = False
    usual: bool = False
    notes: Notes | None = None
    claims: tuple[GivenClaim, ...] | None = None

    @property
    def own_eyes(self) -> bool:
        """Whether the result stays with the one who asks: what is only a sign is in no file that can be passed on."""
        return self.me or self.evidence

    def scope(self) -> Scope:
        plain = Scope()
        return Scope(
            since=-FOREVER if self.since is None else self.since,
            until=FOREVER if self.until is None else self.until,
            as_of=plain.as_of if self.as_of is None else self.as_of,
            abuse=() if self.notes is None else self.notes.abuse,
        )
