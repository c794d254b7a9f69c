"""From when to when the messages of a file reach. One wrong date must not make a claim reach for decades."""

from __future__ import annotations

import time
from datetime import UTC, datetime

from permadani.sources.reading.clock import EARLIEST, LATEST, iso
from permadani.vocabulary import Problem

DAY = 86_400_000_000
FUTURE, TOO_EARLY = "future_time", "time_before_channel"


def _day(text: str) -> int:
    found = iso(text)
    assert found is not None  # noqa: S101
    return found


_WEB = _day("1991-08-06")
"""The first web page. Blogs, forums and bridges to them bring along what was written elsewhere before they existed."""
BEGINNINGS = {
    "x": _day("2006-03-21"),
    "facebook": _day("2004-02-04"),
    "youtube": _day("2005-02-14"),
    "google_plus": _day("2011-06-28"),
    "bluesky": _day("2022-11-01"),
    **dict.fromkeys(("disqus", "mastodon", "web", "wordpress"), _WEB),
}
"""When the first message of a channel was published."""
_BY_SCHEME = {"discourse": _WEB}
"""The same for channels named ``SCHEME-…``."""


def now() -> int:
    return time.time_ns() // 1000


def beginning(channel: str) -> int:
    """Before this nobody wrote there."""
    return BEGINNINGS.get(channel) or _BY_SCHEME.get(channel.partition("-")[0], EARLIEST)


class Span:
    """The first and the last time at which something was published on a channel, as far as the times can be true.

    A time after the moment of reading (a day is allowed for clocks and zones), or from before the channel existed, is
    a mistake or a lie: the message may stay, but the claim does not reach there.
    """

    __slots__ = ("_earliest", "_latest", "since", "until")

    def __init__(self, channel: str) -> None:
        self._earliest, self._latest = beginning(channel), min(now() + DAY, LATEST)
        self.since: int | None = None
        self.until: int | None = None

    def impossible(self, published: int) -> str | None:
        """Why a time cannot be true; None where it can."""
        if published > self._latest:
            return FUTURE
        return TOO_EARLY if published < self._earliest else None

    def add(self, published: int, place: str | None = None) -> tuple[Problem, ...]:
        """Reach to this time too; where it cannot be, the problem to tell of."""
        if (reason := self.impossible(published)) is not None:
            day = f"{datetime.fromtimestamp(published // 1_000_000, UTC):%Y-%m-%d}"
            return (Problem(reason=reason, place=place, example=day, lost=False),)
        if self.since is None or published < self.since:
            self.since = published
        if self.until is None or published > self.until:
            self.until = published
        return ()

    @property
    def stretch(self) -> tuple[int, int] | None:
        """First and last; None where no message had a time that can be true."""
        return None if self.since is None or self.until is None else (self.since, self.until)
