"""The command that shows a network: the class map, and graphs of it for other tools."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from permadani.cli.audit import printed, within
from permadani.cli.base import FORMATS, GRAPHS, chosen, common, deliver, deliver_bytes, main, moment, opened
from permadani.language import N_, translator
from permadani.settings import settings, system_language

if TYPE_CHECKING:
    from permadani.api import OpenStore
    from permadani.exports.graphs import Graph

_ = translator(system_language())


@main.command(
    help=_("A whole network: who is heard, who answers whom, do the seniors form a closed club? Names nobody.")
)
@click.option(
    "--channel", "channels", multiple=True, metavar="CHANNEL",
    help=_("Only this channel, by its name or the end of it; may be given several times (default: all)."),
)  # fmt: skip
@click.option("--since", callback=moment, metavar="DATE", help=_("Only messages from this day on."))
@click.option("--until", callback=moment, metavar="DATE", help=_("Only messages up to this day."))
@click.option(
    "--by", type=click.Choice(["month", "year"]), default=None,
    help=_("Show how it changed, by month or by year (default: as the length of time suggests)."),
)  # fmt: skip
@click.option(
    "--accounts", is_flag=True, help=_("With gexf or graphml: the accounts, under numbers that tell nothing.")
)
@click.option("--private", is_flag=True, help=_("With --accounts: their names, addresses and standing too."))
@common(*FORMATS, *GRAPHS)
def classes(
    channels: tuple[str, ...], since: int | None, until: int | None, by: Any, accounts: bool, private: bool,
    store: Path | None, form: str | None, output: Path | None, lang: str | None,
) -> None:  # fmt: skip
    form = chosen(form, output)
    if accounts and form not in GRAPHS:
        raise click.UsageError(_("--accounts makes a graph: add --format gexf or --format graphml."))
    if private and not accounts:
        raise click.UsageError(_("--private names accounts; a map of classes has none. Add --accounts."))
    within(since, until, None)
    language = lang or settings().language
    library = opened(store)
    question: dict[str, Any] = {"channels": channels, "since": since, "until": until}
    if accounts:
        from permadani.exports.class_graphs import account_graph

        _graph(account_graph(library.account_graph(**question, private=private)), form, output)
        return
    found = _found(library, language, by=by, **question)
    if form in GRAPHS:
        from permadani.exports.class_graphs import class_graph

        _graph(class_graph(found), form, output)
    elif form == "json":
        from permadani.reports.class_map import class_map_json

        deliver(class_map_json(found), output)
    elif form == "html":
        from permadani.reports.class_map import class_map_html

        deliver(class_map_html(found, language=language), output)
    else:
        from permadani.reports.terminal.class_map import print_class_map

        printed(lambda console: print_class_map(found, console, translator(language)), output)


def _found(library: OpenStore, language: str, **question: Any) -> Any:
    from permadani.reports.progress import CountBar

    with CountBar(translator(language)(N_("Reading the network"))) as bar:
        return library.classes(**question, progress=bar.done)


def _graph(graph: Graph, form: str, output: Path | None) -> None:
    from permadani.exports.graphs import WRITERS

    deliver_bytes(partial(WRITERS[form], graph), output)
