"""What commands share that read accounts and sites live."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

import click

from permadani.cli.base import DONE, stopped
from permadani.errors import FetchError
from permadani.language import N_, Translate, translator
from permadani.settings import system_language

if TYPE_CHECKING:
    from permadani.api import OpenStore
    from permadani.store.fetchreport import FetchReport

_ = translator(system_language())
F = TypeVar("F", bound=Callable[..., Any])
FRESH = 24 * 3_600_000_000
"""Microseconds: what was fetched within this time is not fetched again by an audit."""

LEAST_REQUESTS = 10
"""With fewer, no account gets past its profile, nor a site past the search for its feeds."""


def going_online(command: F) -> F:
    """Options of every command that goes online."""
    for option in (
        click.option(
            "--allow-local", is_flag=True, help=_("Addresses of this computer and its network may be visited.")
        ),
        click.option(
            "--max-requests", type=click.IntRange(LEAST_REQUESTS), default=None, metavar="N",
            help=_("Make at most so many requests in this run (default: 200)."),
        ),
    ):  # fmt: skip
        command = option(command)
    return command


@dataclass(frozen=True, slots=True)
class Online:
    """How an audit may go online. ``max_requests``: None for the client's own; ``anybody``: whoever it is about may be
    judged, public or not."""

    offline: bool
    anybody: bool
    max_requests: int | None
    allow_local: bool


def fetched(library: OpenStore, who: str, translate: Translate, **options: Any) -> FetchReport:
    """Fetch with a bar on the terminal. After Ctrl-C the command ends where the report was told."""
    from permadani.reports.progress import FetchBar

    meta = click.get_current_context().meta
    before = meta.get(DONE)
    meta[DONE] = left(0, translate)

    class Bar(FetchBar):
        def page(self, title: str, reading: str) -> None:
            meta[DONE] = left(1, translate)
            super().page(title, reading)

    with Bar(translate) as bar:
        report = library.fetch(who, progress=bar, **options)
    meta[DONE] = before
    return report


def left(pages: int, translate: Translate) -> str:
    """What Ctrl-C leaves behind when so many pages were kept."""
    if not pages:
        return translate(N_("Stopped. Nothing was fetched yet; run the same command again to begin."))
    return translate(N_("Stopped. What was fetched is kept; run the same command again to go on."))


def up_to_date(library: OpenStore, who: str, online: Online, translate: Translate) -> str:
    """Read an account live before it is audited, where that is needed and possible; whom to audit then.

    Raises:
        FetchError: it cannot be read, and the store knows nothing of it. What has no door is not tried.
        Refusal: a verdict on it would be refused anyway; nothing was read.
    """
    here = library.at_hand(who)
    named = who if here.known or here.last is None else here.last.who
    if here.closed is not None and not here.known and here.last is None:
        raise here.closed
    if online.offline or not here.live or here.closed is not None:
        return named
    if here.last is None and here.covered:
        say(translate(N_("`permadani fetch {who}` would add what is public now.")), who=who)
        return named
    reading = N_("Reading {who} live first (--offline does without; Ctrl-C keeps what was read).")
    # a fetch of the future was timed by a wrong clock
    if here.last is not None and 0 <= time.time_ns() // 1000 - here.last.fetched < FRESH:
        if here.last.complete:
            return named
        reading = N_(
            "The last run did not finish; reading on with {who} (--offline does without; Ctrl-C keeps what was read)."
        )
    say(translate(reading), who=who)
    from permadani.reports.fetching import stop_lines
    from permadani.store.fetchreport import BUDGET, INTERRUPTED

    try:
        report = fetched(
            library, who, translate, max_requests=online.max_requests, allow_local=online.allow_local,
            permitted=None if online.anybody else partial(_permitted, library),
        )  # fmt: skip
    except FetchError as error:
        if here.last is None and not here.known:
            raise
        say(translate(N_("{who} could not be read now: {why}")), who=who, why=error.text(translate))
        say(translate(N_("The audit is of what is in the store already.")))
        return named
    if report.stopped == INTERRUPTED:
        stopped(left(report.pages, translate))
    if not report.complete:
        why, how = stop_lines(report, translate)
        say(why)
        if report.stopped == BUDGET and not report.read:
            say(how)
        else:
            say(translate(N_("`permadani fetch {who}` goes on from there.")), who=who)
    return report.who


def _permitted(library: OpenStore, account: str, followers: int | None) -> None:
    """Nobody is read for the sake of a verdict that will be refused."""
    from permadani.findings.permission import require_permission_to_read

    if followers is None:
        return
    with library.session() if library.path.exists() else nullcontext() as connection:
        require_permission_to_read(connection, account, followers)


def say(text: str, **values: str) -> None:
    """A line on stderr. Values may be words of strangers."""
    from permadani.reports.foreign import safe

    click.echo(text.format(**{name: safe(value, 300) for name, value in values.items()}) if values else text, err=True)
