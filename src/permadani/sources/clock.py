"""Times of exports to microseconds since 1970 in UTC."""

from __future__ import annotations

from datetime import UTC, datetime

EARLIEST, LATEST = -2_208_988_800_000_000, 4_102_444_800_000_000
"""1900 and 2100: a time outside is a mistake of the file."""


def microseconds(moment: datetime) -> int:
    """Exact (no float in between); a moment without a zone is taken as UTC."""
    moment = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    delta = moment - datetime(1970, 1, 1, tzinfo=UTC)
    return (delta.days * 86_400 + delta.seconds) * 1_000_000 + delta.microseconds


def iso(text: str) -> int | None:
    """ISO 8601 to microseconds, or None where it is not a time between 1900 and 2100."""
    try:
        value = microseconds(datetime.fromisoformat(text.strip()))
    except (ValueError, OverflowError):
        return None
    return value if EARLIEST <= value <= LATEST else None
