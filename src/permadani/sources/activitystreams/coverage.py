"""What a file may claim to show: everything its owner wrote, or only what was collected."""

from __future__ import annotations

from typing import Any

from permadani.sources.activitystreams.memory import REMEMBERED, Memory
from permadani.sources.activitystreams.profile import owner_ids
from permadani.vocabulary import Completeness, Coverage, Direction

ARCHIVE = "outbox.json"
"""The id of the outbox in the archives of Mastodon and Pleroma."""
BASIS: dict[Completeness, str] = {
    "complete": "outbox of the account; deleted posts are missing",
    "partial": "part of the account's outbox",
    "none": "an outbox holds nothing that others wrote",
}
DIRECTIONS: tuple[Direction, Direction] = ("inbound", "outbound")
COLLECTED = "activities as collected by the user"


def claims(reading: Memory, collection: dict[str, Any] | None, owner: str | None, named: str | None) -> list[Coverage]:
    """An outbox shows all that its owner wrote and nothing of what reached the owner; anything else a part."""
    whose = _whose(reading, owner, named)
    shown = _shown(collection, reading.activities) if collection is not None and whose is not None else None
    if shown is not None and whose is not None:
        channel, span = reading.authors[whose]
        said: tuple[tuple[Direction, Completeness], ...] = (("inbound", "none"), ("outbound", shown))
        return [
            Coverage(
                actor=whose, channel=channel, direction=direction, since=span.since, until=span.until,
                completeness=how, basis=BASIS[how],
            )
            for direction, how in said if span.since is not None
        ]  # fmt: skip
    return [
        Coverage(
            actor=None, channel=channel, direction=direction, since=span.since, until=span.until,
            completeness="partial", basis=COLLECTED,
        )
        for channel, span in reading.spans.items()
        for direction in DIRECTIONS if span.since is not None
    ]  # fmt: skip


def _whose(reading: Memory, owner: str | None, named: str | None) -> str | None:
    """The owner by ``actor.json``, else the only one who acts in it, else whom the user names."""
    if owner is not None:
        return owner if owner in reading.authors else None
    if len(reading.authors) == 1:
        return next(iter(reading.authors))
    wanted = owner_ids(named) if len(reading.authors) < REMEMBERED else frozenset()
    return next((actor for actor in reading.authors if actor in wanted), None)


def _shown(collection: dict[str, Any], activities: int) -> Completeness | None:
    """How much of an outbox this is; None where it is no outbox.

    Complete is Mastodon's own, and one that holds as many activities as it says and no further pages. Mastodon's
    ``totalItems`` is not to be trusted: its archives hold more, or fewer.
    """
    names = [name for key in ("id", "partOf") if isinstance(name := collection.get(key), str)]
    if ARCHIVE in names:
        return "complete"
    if not any(name.split("?")[0].rstrip("/").endswith("/outbox") for name in names):
        return None
    total = collection.get("totalItems")
    paged = any(collection.get(key) is not None for key in ("first", "next", "prev", "partOf"))
    return "complete" if type(total) is int and 0 <= total <= activities and not paged else "partial"
