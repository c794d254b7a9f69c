"""Times of the store as they are said."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

EARLIEST, LATEST = -62_135_596_800_000_000, 253_402_300_799_000_000
"""The years 1 and 9999 in microseconds."""


def iso(microseconds: int | None) -> str | None:
    """ISO 8601 in UTC to the second, or None where unknown."""
    if microseconds is None:
        return None
    microseconds = min(max(microseconds, EARLIEST), LATEST)  # a claim may be absurd; a calendar ends
    moment = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=microseconds)
    return moment.replace(microsecond=0).isoformat().replace("+00:00", "Z")


def day(microseconds: int) -> str:
    """The day in UTC, as ``2024-02-29``."""
    return str(iso(microseconds))[:10]
