"""The command that tells whom an account replies to, where only its own messages are known."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import click

from permadani.cli.audit import asking, on_terminal, printed, within
from permadani.cli.base import FORMATS, chosen, common, deliver, main, opened
from permadani.language import translator
from permadani.settings import settings, system_language

_ = translator(system_language())


@main.command(help=_("Whom does this account reply to, how often and how fast? From its own messages alone: no rate."))
@click.argument("who")
@click.option("--me", is_flag=True, help=_("This account is mine."))
@partial(asking, private=_("Show the names of those it replied to most, also in files."))
@common(*FORMATS)
def outbound(
    who: str, me: bool, research: bool, since: int | None, until: int | None, as_of: int | None, private: bool,
    store: Path | None, form: str | None, output: Path | None, lang: str | None,
) -> None:  # fmt: skip
    within(since, until, as_of)
    language = lang or settings().language
    form = chosen(form, output)
    found = opened(store).outbound(
        who, me=me, research=research, evidence=private or on_terminal(form, output), since=since, until=until,
        as_of=as_of,
    )  # fmt: skip
    if form == "json":
        from permadani.reports.outbound import outbound_json

        deliver(outbound_json(found), output)
    elif form == "html":
        from permadani.reports.outbound import outbound_html

        deliver(outbound_html(found, language=language), output)
    else:
        from permadani.reports.terminal.outbound import print_outbound

        printed(lambda console: print_outbound(found, console, translator(language)), output)
