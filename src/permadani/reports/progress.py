"""Progress bars: on stderr, only on a terminal."""

from __future__ import annotations

import sys
from types import TracebackType
from typing import Any, Self

from permadani.language import N_, Translate
from permadani.reports.foreign import safe
from permadani.store import Progress
from permadani.store.fetchreport import FetchProgress

LONGEST = 40
READINGS = {
    "getRepo": N_("what it wrote"),
    "getQuotes": N_("who quoted it"),
    "listNotifications": N_("where it is named elsewhere"),
    "mentions": N_("where it is named elsewhere"),
}
"""What doors call the pages that they read, for people."""


class _Bar:
    """A bar as a context manager; silent where nobody looks."""

    def __init__(self, description: str, *counters: str) -> None:
        """``counters``: names of rich's columns that say how much is done."""
        self._bar = None
        if sys.stderr.isatty():
            from rich import progress
            from rich.console import Console

            columns = [getattr(progress, name)() for name in (*counters, "TimeRemainingColumn")]
            text = progress.TextColumn("{task.description}", markup=False)
            self._bar = progress.Progress(
                text, progress.BarColumn(), *columns, console=Console(stderr=True), transient=True
            )
            self._task = self._bar.add_task(description, total=None)

    def __enter__(self) -> Self:
        if self._bar:
            self._bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bar:
            self._bar.stop()

    def _show(self, **values: Any) -> None:
        if self._bar:
            self._bar.update(self._task, **values)


class ProgressBar(_Bar, Progress):
    """For imports: bytes read and the file at hand."""

    def __init__(self, translate: Translate) -> None:
        self._translate = translate
        super().__init__(translate("Reading"), "DownloadColumn")

    def start(self, total: int) -> None:
        self._show(total=total)

    def file(self, path: str) -> None:
        name = path.rsplit("/", 1)[-1]
        self._show(description=name if len(name) <= 40 else name[:39] + "…")

    def bytes(self, done: int) -> None:
        self._show(completed=done)

    def merging(self) -> None:
        self._show(description=self._translate("Sorting into the store"))


class CountBar(_Bar):
    """How many of how many are done."""

    def __init__(self, description: str) -> None:
        super().__init__(description, "MofNCompleteColumn")

    def done(self, count: int, total: int) -> None:
        self._show(completed=count, total=total)


class FetchBar(_Bar, FetchProgress):
    """For fetches: requests of the budget, and what is being read or waited for."""

    def __init__(self, translate: Translate) -> None:
        self._translate = translate
        self._reading = ""
        super().__init__(translate("Reading"), "MofNCompleteColumn")

    def begin(self, budget: int) -> None:
        self._show(total=budget)

    def asks(self, done: int, url: str) -> None:
        host = url.partition("://")[2].partition("/")[0].rpartition("@")[2]
        self._show(completed=done, description=self._reading or safe(host, LONGEST))

    def waits(self, seconds: float, host: str) -> None:
        text = self._translate(N_("waiting {seconds} s for {host}"))
        self._show(description=text.format(seconds=max(1, round(seconds)), host=safe(host, 40)))

    def page(self, title: str, reading: str) -> None:
        self._reading = self._words(safe(title, LONGEST), reading)
        self._show(description=self._reading)

    def _words(self, title: str, reading: str) -> str:
        """Who is read, and what of it where a person would understand that: not an address, nor a bare number."""
        if text := READINGS.get(reading):
            return f"{title}: {self._translate(text)}"
        if not any(letter.isalpha() for letter in reading) or "://" in reading or reading in title:
            return title
        return f"{title}: {safe(reading, LONGEST)}"
