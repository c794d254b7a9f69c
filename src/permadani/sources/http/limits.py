"""How fast a server wants to be asked, as its headers say it."""

from __future__ import annotations

import re
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

PAUSE = 0.05
"""Seconds between two requests to one server, whatever it allows."""
LONGEST = 366 * 86_400.0
_NUMBER = re.compile(r"\d{1,15}(?:\.\d{1,9})?", re.ASCII)
_SINCE_1970 = 1_000_000_000
"""A larger number of seconds is a moment (from 2001 on), not a time to wait."""


def _moment(text: str) -> float | None:
    """Seconds since 1970 of an HTTP date or an ISO date."""
    for read in (parsedate_to_datetime, datetime.fromisoformat):
        try:
            found = read(text)
            return (found if found.tzinfo else found.replace(tzinfo=UTC)).timestamp()
        except (ValueError, TypeError, OverflowError, IndexError):
            continue
    return None


def seconds_of(text: str, now: float) -> float | None:
    """``Retry-After`` or the time of a reset: seconds, seconds or milliseconds since 1970, an HTTP or ISO date.
    What lies in the past is 0; None where it cannot be read; never more than ``LONGEST``."""
    text = text.strip()[:100]
    if _NUMBER.fullmatch(text):
        number = float(text)
        if number >= _SINCE_1970 * 1000:
            number /= 1000
        seconds = number - now if number >= _SINCE_1970 else number
    elif (moment := _moment(text)) is not None:
        seconds = moment - now
    else:
        return None
    return min(max(seconds, 0.0), LONGEST)


def asked(status: int, headers: Mapping[str, str], now: float) -> float | None:
    """For how many seconds the server wants to be left alone; None where it does not say."""
    # the server's own clock, where it shows it: ours may be wrong, and what counts is the time between
    now = _moment(headers.get("date", "")) or now
    if status in (429, 503) and (wait := seconds_of(headers.get("retry-after", ""), now)) is not None:
        return wait
    for prefix in ("ratelimit-", "x-ratelimit-"):
        if status == 429 or headers.get(prefix + "remaining", "").strip() == "0":
            wait = seconds_of(headers.get(prefix + "reset", ""), now)
            if wait is not None:
                return wait
    return None


@dataclass
class Pace:
    """When each server may be asked again. ``until``: as it said itself, on this computer's steady clock."""

    until: dict[str, float] = field(default_factory=dict)
    last: dict[str, float] = field(default_factory=dict)

    def learn(self, host: str, status: int, headers: Mapping[str, str]) -> None:
        self.last[host] = time.monotonic()
        if wait := asked(status, headers, time.time()):
            self.until[host] = time.monotonic() + wait

    def wait(self, host: str) -> float:
        """Seconds that the server wants us to wait now."""
        return max(self.until.get(host, 0.0) - time.monotonic(), 0.0)

    def pause(self, host: str) -> float:
        """Seconds until the short pause between two requests is over."""
        return max(self.last.get(host, -PAUSE) + PAUSE - time.monotonic(), 0.0)

    def waited(self, host: str) -> None:
        self.until.pop(host, None)
