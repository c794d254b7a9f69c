"""The command that reads an account or site live into the store."""

from __future__ import annotations

from pathlib import Path

import click

from permadani.cli.base import chosen, common, deliver, dump, main, moment, opened, stopped
from permadani.cli.live import fetched, going_online, left
from permadani.language import translator
from permadani.settings import settings, system_language

_ = translator(system_language())


@main.command(help=_("Read an account or site live: @name.bsky.social, @name@server, or a web address."))
@click.argument("who")
@click.option("--since", callback=moment, metavar="DATE", help=_("How far back to read (default: the last 36 months)."))
@going_online
@click.option(
    "--akismet", is_flag=True,
    help=_("Send comments that nobody marked as spam to Akismet, and ask whether they are (docs/sources/akismet.md)."),
)  # fmt: skip
@common("text", "json")
def fetch(
    who: str, since: int | None, max_requests: int | None, allow_local: bool, akismet: bool,
    store: Path | None, form: str | None, output: Path | None, lang: str | None,
) -> None:  # fmt: skip
    from permadani.reports.fetching import fetch_lines
    from permadani.store.fetchreport import INTERRUPTED

    translate = translator(lang or settings().language)
    report = fetched(
        opened(store), who, translate, since=since, max_requests=max_requests, allow_local=allow_local, akismet=akismet
    )
    if chosen(form, output) == "json":
        deliver(dump(report.to_dict()), output)
    elif report.usable:
        deliver("\n".join(fetch_lines(report, translate)), output)
    if report.stopped == INTERRUPTED:
        stopped(left(report.pages, translate))
