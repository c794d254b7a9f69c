"""Who is audited, what was covered, what publishes in its name, and its own word on it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Client:
    name: str
    objects: int
    automatic: bool


@dataclass(frozen=True, slots=True)
class Automation:
    """Share of the account's own messages published by a program; None where no client is known."""

    share: float | None
    objects: int
    known: int
    clients: tuple[Client, ...]


@dataclass(frozen=True, slots=True)
class CoverageLine:
    """``since`` and ``until``: where both directions are known, of both at once."""

    channel: str
    inbound: Literal["complete", "partial", "none"]
    outbound: Literal["complete", "partial", "none"]
    since: str | None
    until: str | None
    basis: str | None


@dataclass(frozen=True, slots=True)
class Subject:
    """Who is audited. ``standing``: followers, last seen; None where unknown."""

    id: str
    name: str
    channel: str
    standing: int | None
    handle: str | None = None
    actors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Absence:
    """Days in ISO 8601, both included."""

    since: str
    until: str
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Statement:
    """The account's own words about this audit; printed as such, never checked.

    ``abuse``: how many messages left the denominator on its word.
    """

    text: str | None
    away: tuple[Absence, ...]
    answered_privately: str | None
    policy: str | None
    abuse: int
