"""Whose mail a file holds, and what may be claimed of it."""

from __future__ import annotations

from collections.abc import Iterator

from permadani.sources.reading import mail
from permadani.vocabulary import Completeness, Coverage, Direction

MOST_ADDRESSES = 10
"""Nobody sends from more addresses of their own: then the folder is not what its name says."""
MOST_AUTHORS = 100_000
"""In a file with more of them nobody looks whether the owner is one."""


class Claims:
    """What was seen in one file. ``single``: it holds one message only, one file of a folder."""

    def __init__(self, owner: str | None, *, single: bool) -> None:
        given = [part.strip().removeprefix("mailto:").lower() for part in (owner or "").split(",")]
        self._given = [part for part in given if mail.is_address(part)]
        self.no_address = bool(owner) and not self._given
        self._single = single
        self._senders: dict[str, None] = {}
        self._delivered: set[str] = set()
        self._authors: set[str] = set()
        self._since: int | None = None
        self._until: int | None = None
        self._received = self._kept = False

    @property
    def owner_unknown(self) -> bool:
        """Whether mail was kept of which nothing can be claimed, since nobody knows whose it is."""
        return self._kept and not self.owners()

    @property
    def nothing_sent(self) -> bool:
        """Whether a folder of mail is the owner's and nothing in it from them. One message tells nothing of that."""
        owners = set() if self._single or not self._kept else set(self.owners())
        return bool(owners) and len(self._authors) <= MOST_AUTHORS and not owners & self._authors

    def saw(self, one: mail.Message, sender: str, published: int | None, *, sent: bool) -> None:
        """One message that is kept; ``sent``: it lies among sent mail."""
        self._kept = True
        if len(self._authors) <= MOST_AUTHORS:
            self._authors.add(sender)
        if published is not None:
            self._since = published if self._since is None else min(self._since, published)
            self._until = published if self._until is None else max(self._until, published)
        if not sent:
            self._received = True
            found = mail.addresses(one.get("delivered-to"))
            if found and len(self._delivered) < 2:
                self._delivered.add(found[0][1])
        elif len(self._senders) <= MOST_ADDRESSES:
            self._senders[sender] = None

    def owners(self) -> list[str]:
        """As the user said; else who sent what lies among sent mail; else whom all was delivered to."""
        if self._given:
            return self._given
        if self._senders:
            return list(self._senders) if len(self._senders) <= MOST_ADDRESSES else []
        return list(self._delivered) if len(self._delivered) == 1 else []

    def coverage(self) -> Iterator[Coverage]:
        """Of the owner's addresses only; a folder of one's own mail may always lack what was deleted."""
        if self._since is None:
            return
        kept = "sent" if not self._received else "received" if not self._senders else "sent and received"
        basis = f"{kept} mail as its owner kept it"
        for address in self.owners():
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
