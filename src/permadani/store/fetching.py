"""Reading a door into the store, page by page. The store is open only while a page is being kept, never while the
network is waited for, so a run that is killed loses the page in flight at the most."""

from __future__ import annotations

import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

from permadani.errors import BudgetSpent, FetchError, PermadaniError, StoreError, StoreFull, StoreLocked
from permadani.language import N_
from permadani.sources.foreign import fault
from permadani.sources.live.base import Door, FetchOptions, Page, State, followers_of
from permadani.store import database
from permadani.store.fetched import asked_again, claims_of, finished, state_of
from permadani.store.fetchpage import Kept, keep
from permadani.store.fetchreport import FAULT, INTERRUPTED, STOPPED_BY, FetchProgress, FetchReport
from permadani.store.fetchstate import encoded
from permadani.store.importreport import ProblemCount
from permadani.store.rows import is_interrupt

MONTHS_BACK = 36
MONTH = 30_436_875 * 86_400
"""Microseconds: a twelfth of 365.2425 days."""

LEAST_HELPFUL = 50
"""Requests: what is advised to those who allowed too few."""


class Fault(FetchError):
    """A door broke its promises: what a server said found a hole in it."""


@dataclass(frozen=True, slots=True)
class FetchRequest:
    """``since``: microseconds UTC, None: ``MONTHS_BACK``; ``max_requests``: None: as many as the client allows."""

    since: int | None = None
    max_requests: int | None = None
    allow_local: bool = False
    akismet: bool = False
    permitted: Callable[[str, int | None], None] = lambda who, followers: None
    """Called with ``Door.who`` and ``followers_of`` it before anything is read; what it raises ends the fetch."""


def fetch(path: Path, text: str, request: FetchRequest, progress: FetchProgress) -> FetchReport:
    """Find the door to what a text names, and read it.

    Raises:
        FetchError: nothing could be read at all.
        StoreError: the store cannot be used; pages kept before stay.
    """
    from permadani.sources.http import Client
    from permadani.sources.http.client import MAX_REQUESTS
    from permadani.sources.live import knock

    budget, asked = request.max_requests or MAX_REQUESTS, asked_again(path, text)
    now = time.time_ns() // 1000
    since = now - MONTHS_BACK * MONTH if request.since is None else request.since
    progress.begin(budget)
    client = Client(
        allow_local=request.allow_local, max_requests=budget, waits=progress.waits,
        told=lambda url: progress.asks(client.requests, url),
    )  # fmt: skip
    with client:
        try:
            with _guarded(asked):
                door = knock(asked, client)
        except BudgetSpent as error:
            raise _too_few(error, client.requests) from None
        request.permitted(door.who, followers_of(door))
        options = FetchOptions(now=now, since=since, akismet=request.akismet)
        return read(path, door, asked, options, progress, lambda: client.requests)


def read(
    path: Path, door: Door, asked: str, options: FetchOptions, progress: FetchProgress, requests: Callable[[], int]
) -> FetchReport:
    """Read a door to its end, or as far as it goes. ``asked``: what the user typed; ``requests``: how many were made.

    Raises:
        FetchError: nothing could be read at all.
        StoreError: the store cannot be used; pages kept before stay.
    """
    reading = _Reading(path, door, asked, options, progress)
    stopped: str | None = None
    error: PermadaniError | None = None
    try:
        reading.run()
    except FetchError as caught:
        stopped, error = STOPPED_BY.get(type(caught), FAULT), caught
        if isinstance(caught, BudgetSpent) and not reading.kept.read:
            error = _too_few(caught, requests())
        if not reading.kept.pages:
            raise error from None
    except KeyboardInterrupt:
        stopped = INTERRUPTED
    except StoreError as caught:
        raise _still_kept(caught, reading.kept) from caught
    try:
        return _report(path, reading.kept, stopped, error, requests())
    except StoreError as caught:
        raise _still_kept(caught, reading.kept) from caught


def _too_few(error: BudgetSpent, requests: int) -> BudgetSpent:
    """Whoever runs the same again would get no further."""
    return BudgetSpent(
        error.message,
        hint=N_("No message was reached with so few: allow more, with --max-requests {more}."),
        **error.values | {"more": max(LEAST_HELPFUL, 2 * requests)},
    )


def _still_kept(error: StoreError, kept: Kept) -> StoreError:
    """Other commands leave the store as it was before; a fetch leaves the pages that it kept."""
    if not kept.pages:
        return error
    hint = N_("What was fetched before is kept; run the same command again to go on.")
    if isinstance(error, StoreFull):
        hint = N_("Free some disk space. What was fetched before is kept; run the same command again to go on.")
    elif isinstance(error, StoreLocked):
        hint = N_("Wait until it has finished. What was fetched before is kept; run the same command again to go on.")
    return type(error)(error.message, hint=hint, **error.values)


class _Reading:
    """One run over one door. ``kept``: what is in the store by now."""

    def __init__(self, path: Path, door: Door, asked: str, options: FetchOptions, progress: FetchProgress) -> None:
        self._path, self._door, self._options, self._progress = path, door, options, progress
        self._unkept: tuple[Page, str] | None = None
        """A page that waits to be kept, and its state as the store keeps it."""
        self.kept = Kept.nothing(door, asked)

    def run(self) -> None:
        state = state_of(self._path, self.kept.place)
        try:
            self._read(state)
        except Fault:
            # what an older version of the door left behind is no reason never to read it again
            if state is None or self.kept.pages:
                raise
            self._read(None)

    def _read(self, state: State | None) -> None:
        pages: Iterator[Page] = iter(())
        try:
            with _guarded(self.kept.title):
                pages = iter(self._door.pages(state, self._options))
            while (found := self._next(pages)) is not None:
                # what only moves the state on waits for the next page with records
                self._unkept = found
                if found[0].records:
                    self._keep()
        finally:
            with suppress(Exception):
                if close := getattr(pages, "close", None):
                    close()
            if self._unkept is not None:
                self._keep()
        with database.session(self._path, write=True) as connection:
            finished(connection, self.kept)

    def _next(self, pages: Iterator[Page]) -> tuple[Page, str] | None:
        """The next page with its state, if it is one that a store can take; None at the end."""
        with _guarded(self.kept.title):
            page = next(pages, None)
            if page is None:
                return None
            state = encoded(page.state)
            for record in page.records:
                if wrong := fault(record):
                    raise TypeError(wrong)
        return page, state

    def _keep(self) -> None:
        assert self._unkept is not None  # noqa: S101
        (page, state), self._unkept = self._unkept, None
        with _undisturbed() as begin, database.session(self._path, write=True) as connection:
            begin()
            self.kept = keep(connection, self.kept, page.records, state)
        self._progress.page(self.kept.title, page.reading)


@contextmanager
def _guarded(title: str) -> Iterator[None]:
    """A fault in a door ends the fetch with an error of ours."""
    try:
        yield
    except PermadaniError as error:
        if isinstance(error, FetchError):
            raise
        raise Fault(error.message, error.hint, **error.values) from error
    except (Exception, SystemExit) as error:
        if isinstance(error, Exception) and is_interrupt(error):
            raise KeyboardInterrupt from None
        raise Fault(
            N_("{who} cannot be read ({detail})"),
            hint=N_("This is a fault in Permadani; please report it with the command that shows it."),
            who=title,
            detail=f"{type(error).__name__}: {str(error)[:160]}",
        ) from error


@contextmanager
def _undisturbed() -> Iterator[Callable[[], None]]:
    """From when the function given here is called to the end, Ctrl-C waits: a page is kept, and known to be."""
    before = None
    pressed = False

    def wait(number: int, frame: FrameType | None) -> None:
        nonlocal pressed
        pressed = True

    def begin() -> None:
        nonlocal before
        if threading.current_thread() is threading.main_thread():
            before = signal.signal(signal.SIGINT, wait)

    try:
        yield begin
    finally:
        if before is not None:
            signal.signal(signal.SIGINT, before)
    if pressed:
        raise KeyboardInterrupt


def _report(path: Path, kept: Kept, stopped: str | None, error: PermadaniError | None, requests: int) -> FetchReport:
    problems = tuple(
        ProblemCount(reason, count, _example(kept, reason, lost), lost)
        for (reason, lost), count in sorted(kept.counts.items())
    )
    return FetchReport(
        who=kept.who, title=kept.title, place=kept.place, source=kept.source, requests=requests, pages=kept.pages,
        read=kept.read, new=kept.new, known=kept.read - kept.new, **kept.tables, problems=problems,
        coverage=claims_of(path, kept.who, kept.claimed), stopped=stopped, error=error,
    )  # fmt: skip


def _example(kept: Kept, reason: str, lost: bool) -> str | None:
    first = kept.problems[reason, lost][0]
    return ": ".join(part for part in (first.place, first.example) if part) or None
