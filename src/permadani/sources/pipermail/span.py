"""What stretch of a list's life one file of its archive covers."""

from __future__ import annotations

from collections.abc import Iterator

from permadani.sources.pipermail.period import DAY, last_before, period_of
from permadani.sources.reading.files import InputFile
from permadani.vocabulary import Coverage, Direction

_DIRECTIONS: tuple[Direction, Direction] = ("inbound", "outbound")
INSIDE = 0.9
"""The name of a file is believed where at least so many of its messages are from the time that it names."""


class Span:
    """From the first to the last message; and up to the turn of the period of a file where it is not far (a day).

    Between two files that follow each other and lie side by side nothing is missing either.
    """

    def __init__(self, file: InputFile, channel: str) -> None:
        self._file, self._channel, self._period = file, channel, period_of(file.name)
        self._all = self._inside = 0
        self._since: int | None = None
        self._until: int | None = None
        self._bounds: tuple[int, int] | None = None

    def saw(self, published: int | None) -> None:
        """One message, and when it was sent, where its clock can be believed."""
        self._all += 1
        if published is None:
            return
        self._since = published if self._since is None else min(self._since, published)
        self._until = published if self._until is None else max(self._until, published)
        if self._period and self._period.since - DAY <= published < self._period.until + DAY:
            self._inside += 1
            low, high = self._bounds or (published, published)
            self._bounds = min(low, published), max(high, published)

    def _stretch(self) -> tuple[int, int] | None:
        if self._period is None or self._bounds is None or self._inside < INSIDE * self._all:
            return None if self._since is None or self._until is None else (self._since, self._until)
        since, until = self._bounds
        if since - self._period.since <= DAY:
            since = min(since, self._period.since)
        if self._period.until - until <= DAY:
            until = max(until, self._period.until)
        before = last_before(self._file, self._period)
        return since if before is None else min(since, before - DAY), until

    def coverage(self, name: str | None) -> Iterator[Coverage]:
        """Of everybody who writes there; what people answered one another privately is in no archive.

        All lists without a name share one channel: none of them tells all that was written there.
        """
        stretch = self._stretch()
        if stretch is None:
            return
        for direction in _DIRECTIONS:
            yield Coverage(
                actor=None,
                channel=self._channel,
                direction=direction,
                since=stretch[0],
                until=stretch[1],
                completeness="complete" if name else "partial",
                basis=f"public archive of the mailing list {name}" if name else "public archive of a mailing list",
            )
