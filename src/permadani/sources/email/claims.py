"""Whose mail a file holds, and what may be claimed of it."""

from __future__ import annotations

from collections.abc import Iterator

from permadani.sources.reading import mail
from permadani.vocabulary import Completeness, Coverage, Direction

MOST_AUTHORS = 100_000
"""In a file with more of them nobody looks whether the owner is one."""


def addresses_of(owner: str | None) -> list[str]:
    """The addresses in what the user said of the owner."""
    given = [part.strip().removeprefix("mailto:").lower() for part in (owner or "").split(",")]
    return [part for part in given if mail.is_address(part)]


class Claims:
    """What was seen in one file. ``owners``: whose it is. ``single``: it holds one message only."""

    def __init__(self, owners: list[str], *, single: bool) -> None:
        self.owners = owners
        self._single = single
        self._senders: set[str] = set()
        self._authors: set[str] = set()
        self._since: int | None = None
        self._until: int | None = None
        self._received = self._kept = False

    @property
    def owner_unknown(self) -> bool:
        """Whether mail was kept of which nothing can be claimed, since nobody knows whose it is."""
        return self._kept and not self.owners

    @property
    def nothing_sent(self) -> bool:
        """Whether a folder of mail is the owner's and nothing in it from them. One message tells nothing of that."""
        owners = set() if self._single or not self._kept else set(self.owners)
        return bool(owners) and len(self._authors) <= MOST_AUTHORS and not owners & self._authors

    def saw(self, sender: str, published: int | None, *, sent: bool) -> None:
        """One message that is kept; ``sent``: it lies among sent mail."""
        self._kept = True
        if len(self._authors) <= MOST_AUTHORS:
            self._authors.add(sender)
        if published is not None:
            self._since = published if self._since is None else min(self._since, published)
            self._until = published if self._until is None else max(self._until, published)
        if not sent:
            self._received = True
        elif sender in self.owners:
            self._senders.add(sender)

    def coverage(self) -> Iterator[Coverage]:
        """Of the owner's addresses only; a folder of one's own mail may always lack what was deleted."""
        if self._since is None:
            return
        kept = "sent" if not self._received else "received" if not self._senders else "sent and received"
        basis = f"{kept} mail as its owner kept it"
        for address in self.owners:
            yield self._claim(address, "inbound", "partial" if self._received else "none", basis)
            sent: Completeness = "partial" if self._single else "complete"
            yield self._claim(address, "outbound", sent if address in self._senders else "none", basis)

    def _claim(self, address: str, direction: Direction, completeness: Completeness, basis: str) -> Coverage:
        nothing = completeness == "none"
        return Coverage(
            actor=mail.mailto(address),
            channel="email",
            direction=direction,
            since=None if nothing else self._since,
            until=None if nothing else self._until,
            completeness=completeness,
            basis=basis,
        )
