"""Progress bars: on stderr, only on a terminal."""

from __future__ import annotations

import sys
from types import TracebackType
from typing import Self

from permadani.language import Translate
from permadani.store import Progress


class ProgressBar(Progress):
    """Use as a context manager; shows bytes read and the file at hand, nothing where nobody looks."""

    def __init__(self, translate: Translate) -> None:
        self._translate = translate
        self._bar = None
        if sys.stderr.isatty():
            from rich.console import Console
            from rich.progress import BarColumn, DownloadColumn, TextColumn, TimeRemainingColumn
            from rich.progress import Progress as Bar

            self._bar = Bar(
                TextColumn("{task.description}", markup=False), BarColumn(), DownloadColumn(), TimeRemainingColumn(),
                console=Console(stderr=True), transient=True,
            )  # fmt: skip
            self._task = self._bar.add_task(translate("Reading"))

    def __enter__(self) -> Self:
        if self._bar:
            self._bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bar:
            self._bar.stop()

    def start(self, total: int) -> None:
        if self._bar:
            self._bar.update(self._task, total=total)

    def file(self, path: str) -> None:
        if self._bar:
            name = path.rsplit("/", 1)[-1]
            self._bar.update(self._task, description=name if len(name) <= 40 else name[:39] + "…")

    def bytes(self, done: int) -> None:
        if self._bar:
            self._bar.update(self._task, completed=done)

    def merging(self) -> None:
        if self._bar:
            self._bar.update(self._task, description=self._translate("Sorting into the store"))


class CountBar:
    """How many of how many are done; a context manager, silent where nobody looks."""

    def __init__(self, description: str) -> None:
        self._bar = None
        if sys.stderr.isatty():
            from rich.console import Console
            from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
            from rich.progress import Progress as Bar

            self._bar = Bar(
                TextColumn("{task.description}", markup=False), BarColumn(), MofNCompleteColumn(),
                TimeRemainingColumn(), console=Console(stderr=True), transient=True,
            )  # fmt: skip
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

    def done(self, count: int, total: int) -> None:
        if self._bar:
            self._bar.update(self._task, completed=count, total=total)
