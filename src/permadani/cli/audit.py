"""Commands that ask: audit and compare."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from permadani.cli.base import FORMATS, chosen, common, deliver, main, moment, opened
from permadani.cli.live import Online, going_online, up_to_date
from permadani.errors import Refusal
from permadani.language import N_, translator
from permadani.settings import settings, system_language

if TYPE_CHECKING:
    from rich.console import Console

    from permadani.api import OpenStore
    from permadani.reports.progress import CountBar

_ = translator(system_language())
F = TypeVar("F", bound=Callable[..., Any])


def asking(command: F, private: str = _("Show the messages themselves, also in files.")) -> F:
    """Options of every command that asks about accounts. ``private``: what the option of that name shows."""
    for option in (
        click.option("--private", is_flag=True, help=private),
        click.option("--as-of", callback=moment, metavar="DATE", help=_("Ignore everything after this day.")),
        click.option("--until", callback=moment, metavar="DATE", help=_("Only messages up to this day.")),
        click.option("--since", callback=moment, metavar="DATE", help=_("Only messages from this day on.")),
        click.option("--research", is_flag=True, help=_("I study a network and will not single people out.")),
    ):
        command = option(command)
    return command


@main.command(help=_("Whom does this account answer, how sure is that, and what cannot be known?"))
@click.argument("who", required=False)
@click.option("--all", "everybody", is_flag=True, help=_("Everybody who was approached often enough, as JSON Lines."))
@click.option("--me", is_flag=True, help=_("This account is mine."))
@click.option(
    "--min-approaches", type=click.IntRange(1), default=10, show_default=True, help=_("With --all: at least this many.")
)
@click.option(
    "--claims",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    default=None,
    help=_("What the account advises others to do, in a file (docs/claims.md); shown before what is found."),
)
@click.option(
    "--statement",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    default=None,
    help=_("The account's own words about this audit, in a file (docs/statement.md)."),
)
@click.option("--usual", is_flag=True, help=_("Also: is that usual among accounts of like size in the store?"))
@click.option(
    "--for-subject",
    is_flag=True,
    help=_("The list for the one who is judged: every message, why it counts, and what it was matched to."),
)
@click.option("--offline", is_flag=True, help=_("Never go online: audit what is in the store."))
@going_online
@asking
@common(*FORMATS)
def audit(
    who: str | None, everybody: bool, me: bool, min_approaches: int, claims: Path | None, statement: Path | None,
    usual: bool, for_subject: bool, offline: bool, max_requests: int | None, allow_local: bool, research: bool,
    since: int | None, until: int | None, as_of: int | None, private: bool, store: Path | None, form: str | None,
    output: Path | None, lang: str | None,
) -> None:  # fmt: skip
    if bool(who) == everybody:
        raise click.UsageError(_("Name one account or use --all, one of the two."))
    if everybody and (form or output) and chosen(form, output) != "json":
        raise click.UsageError(_("--all writes JSON Lines: leave --format out, and let the file end in .jsonl."))
    if everybody and (claims or statement or usual or for_subject):
        raise click.UsageError(_("--claims, --statement, --usual and --for-subject are about one account."))
    if for_subject and (claims or usual):
        raise click.UsageError(_("--claims and --usual change nothing in the list of --for-subject."))
    within(since, until, as_of)
    language = lang or settings().language
    period = {"since": since, "until": until, "as_of": as_of}
    library = opened(store)
    if everybody:
        _everybody(library, min_approaches, language, output, research=research, evidence=private, **period)
        return
    form, online = chosen(form, output), Online(offline, me or research, max_requests, allow_local)
    if for_subject and not (private or on_terminal(form, output)):
        raise Refusal(
            N_("the list for the one who is judged holds words and names of other people"),
            hint=N_("Say --private if the file goes to nobody but them."),
        )
    who = up_to_date(library, who or "", online, translator(language))
    if for_subject:
        asked = {"me": me, "research": research, "statement": statement, **period}
        _for_subject(library, who, form, output, language, asked)
        return
    with _bar(language):
        result = library.audit(
            who, me=me, research=research, evidence=private or on_terminal(form, output), usual=usual,
            claims=claims, statement=statement, **period,
        )  # fmt: skip
    if form == "json":
        from permadani.reports.json import audit_json

        deliver(audit_json(result), output)
    elif form == "html":
        from permadani.reports.html import audit_html

        deliver(audit_html(result, language=language), output)
    else:
        from permadani.reports.terminal import print_audit

        printed(lambda console: print_audit(result, console, translator(language)), output)


@main.command(help=_("Two or more accounts side by side, and whether their shares are usual in the store."))
@click.argument("names", nargs=-1, required=True, metavar="WHO WHO...")
@asking
@common(*FORMATS)
def compare(
    names: tuple[str, ...], research: bool, since: int | None, until: int | None, as_of: int | None, private: bool,
    store: Path | None, form: str | None, output: Path | None, lang: str | None,
) -> None:  # fmt: skip
    if len(names) < 2:
        raise click.UsageError(_("Name two accounts or more."))
    within(since, until, as_of)
    language = lang or settings().language
    form = chosen(form, output)
    with _bar(language) as bar:
        found = opened(store).compare(
            *names, research=research, evidence=private or on_terminal(form, output), progress=bar.done,
            since=since, until=until, as_of=as_of,
        )  # fmt: skip
    if form == "json":
        from permadani.reports.compare import compare_json

        deliver(compare_json(found), output)
    elif form == "html":
        from permadani.reports.compare import compare_html

        deliver(compare_html(found, language=language), output)
    else:
        from permadani.reports.compare import print_compare

        printed(lambda console: print_compare(found, console, translator(language)), output)


def within(since: int | None, until: int | None, as_of: int | None) -> None:
    """A period that ends before it begins is a slip."""
    if since is not None and any(end is not None and end < since for end in (until, as_of)):
        raise click.UsageError(_("The period ends before it begins."))


def on_terminal(form: str, output: Path | None) -> bool:
    """Whether nobody but the one who asks sees it."""
    return form == "text" and output is None and sys.stdout.isatty()


def printed(show: Callable[[Console], None], output: Path | None) -> None:
    """On the terminal, or as a text file."""
    from io import StringIO

    from rich.console import Console

    page = StringIO()
    show(Console() if output is None else Console(file=page, width=100, no_color=True))
    if output is not None:
        deliver(page.getvalue(), output)


def _bar(language: str) -> CountBar:
    from permadani.reports.progress import CountBar

    return CountBar(translator(language)(N_("Auditing")))


def _everybody(
    library: OpenStore, min_approaches: int, language: str, output: Path | None, *, research: bool, evidence: bool,
    **period: int | None,
) -> None:  # fmt: skip
    from permadani.reports.json import audit_line

    translate = translator(language)
    with _bar(language) as bar:
        found = library.audit_all(
            research=research, evidence=evidence, min_approaches=min_approaches, progress=bar.done, **period
        )
    lines = "\n".join(audit_line(one) for one in found)
    if lines or output:
        deliver(lines, output)
    if not found:
        nobody = N_("Nobody was approached often enough.")
        unlisted = N_("Nobody who was approached often enough can be listed as one that answers.")
        click.echo(translate(nobody if research else unlisted), err=True)


def _for_subject(
    library: OpenStore, who: str, form: str, output: Path | None, language: str, asked: dict[str, Any]
) -> None:
    from permadani.reports import subject

    found = library.for_subject(who, **asked)
    if form == "json":
        deliver(subject.subject_list_json(found), output)
    elif form == "html":
        deliver(subject.subject_list_html(found, language=language), output)
    else:
        printed(lambda console: subject.print_subject_list(found, console, translator(language)), output)
