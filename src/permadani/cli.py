"""The command line: a thin skin over the library. Exit 0 done, 1 nothing usable or a refusal, 2 wrong usage."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from permadani import __version__
from permadani.errors import PermadaniError, Refusal
from permadani.language import LANGUAGES, N_, Translate, translator
from permadani.settings import settings, system_language

if TYPE_CHECKING:
    from permadani.api import OpenStore
    from permadani.findings.results import Audit

_ = translator(system_language())
F = TypeVar("F", bound=Callable[..., Any])
FORMATS = ("text", "json", "html")
DONE = "permadani.done"
"""Set in the context once something was changed for good."""


class Group(click.Group):
    """Turns the library's errors into one clear message, at one place."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except PermadaniError as error:
            fail(error)
        except BrokenPipeError:
            sys.stderr.close()
            sys.exit(1)
        except KeyboardInterrupt:
            done = (
                _("Stopped. The import is done.") if DONE in ctx.meta else _("Stopped. The store is as it was before.")
            )
            click.echo(done, err=True)
            sys.exit(130)


def fail(error: PermadaniError) -> None:
    """Say what went wrong and what to do, and leave with 1."""
    translate = translator(_language())
    click.echo(f"{translate('Error')}: {error.text(translate)}", err=True)
    if hint := error.hint_text(translate):
        click.echo(hint, err=True)
    sys.exit(1)


def _language() -> str:
    """The language asked for on the command line, wherever the error happened."""
    arguments = sys.argv
    for i, word in enumerate(arguments):
        if word.startswith("--lang="):
            return word[7:] if word[7:] in LANGUAGES else system_language()
        if word == "--lang" and i + 1 < len(arguments) and arguments[i + 1] in LANGUAGES:
            return arguments[i + 1]
    return system_language()


def common(*formats: str) -> Callable[[F], F]:
    """--store, --format, --output and --lang, as every command takes them."""

    def add(command: F) -> F:
        for option in (
            click.option("--lang", type=click.Choice(LANGUAGES), default=None, help=_("Language of the output.")),
            click.option(
                "--output", "-o", type=click.Path(path_type=Path, dir_okay=False), default=None,
                help=_("Write to this file instead of the terminal."),
            ),
            click.option("--format", "form", type=click.Choice(formats), default=None, help=_("How to show it.")),
            click.option(
                "--store", type=click.Path(path_type=Path, dir_okay=False, readable=False), default=None,
                help=_("The store file (default: your own)."),
            ),
        ):  # fmt: skip
            command = option(command)
        return command

    return add


def opened(store: Path | None) -> OpenStore:
    from permadani.api import OpenStore

    return OpenStore(store)


def chosen(form: str | None, output: Path | None) -> str:
    """The format asked for, or the one the file's name suggests."""
    if form:
        return form
    return {".html": "html", ".json": "json", ".jsonl": "json"}.get(output.suffix if output else "", "text")


def deliver(text: str, output: Path | None) -> None:
    """To the terminal or the file; a file that cannot be written is an error of ours."""
    if output is None:
        click.echo(text)
        return
    try:
        output.write_text(text if text.endswith("\n") else text + "\n", "utf-8")
    except OSError as error:
        raise PermadaniError(N_("{path} cannot be written ({detail})"), path=output, detail=error.strerror) from None


def dump(value: object) -> str:
    return json.dumps(value, indent=2, ensure_ascii=False)


@click.group(cls=Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="permadani")
def main() -> None:
    __doc__  # noqa: B018


main.help = _("Whom does an account answer? An honest audit from data people can really get.")


@main.command("import", help=_("Import exports: files, folders, ZIP archives. What is not recognised is named."))
@click.argument("paths", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option("--as", "source", default=None, metavar="SOURCE", help=_("Read every file as this source."))
@click.option("--owner", default=None, metavar="WHO", help=_("Whose export it is, where the format does not tell."))
@click.option("--partial", is_flag=True, help=_("Take what is readable of files that end unexpectedly."))
@common("text", "json")
def import_(
    paths: tuple[Path, ...], source: str | None, owner: str | None, partial: bool,
    store: Path | None, form: str | None, output: Path | None, lang: str | None,
) -> None:  # fmt: skip
    from permadani.reports.imports import import_lines
    from permadani.reports.progress import ProgressBar

    translate = translator(lang or settings().language)
    with ProgressBar(translate) as progress:
        report = opened(store).import_(*paths, source=source, owner=owner, partial=partial, progress=progress)
        click.get_current_context().meta[DONE] = True
    if chosen(form, output) == "json":
        deliver(dump(report.to_dict()), output)
    else:
        deliver("\n".join(import_lines(report, translate)), output)
    if not report.usable:
        click.echo(translate("Nothing could be used."), err=True)
        sys.exit(1)


@main.command(help=_("List what was imported so far."))
@common("text", "json")
def imports(store: Path | None, form: str | None, output: Path | None, lang: str | None) -> None:
    translate = translator(lang or settings().language)
    found = opened(store).imports()
    if chosen(form, output) == "json":
        fields = ("id", "version", "sources", "paths", "read", "new", "known", "problems")
        rows = [
            {"started": when(one.started).isoformat(), **{name: getattr(one, name) for name in fields},
             "files": [asdict(file) for file in one.files]}
            for one in found
        ]  # fmt: skip
        deliver(dump({"schema": "permadani.imports/1", "imports": rows}), output)
        return
    from permadani.reports.foreign import safe
    from permadani.reports.words import Words

    words = Words(translate)
    text = translate("{when}  {sources}: {files} files, {read} read, {new} new, {problems} problems  {path}")
    lines = [
        text.format(
            when=f"{when(one.started):%Y-%m-%d %H:%M}", sources=", ".join(one.sources),
            files=words.count(len(one.files)), read=words.count(one.read), new=words.count(one.new),
            problems=words.count(one.problems), path=safe(one.paths, 200),
        )
        for one in found
    ]  # fmt: skip
    deliver("\n".join(lines) or translate("Nothing was imported yet."), output)


@main.command(help=_("Erase somebody and what they wrote; a later import does not bring it back."))
@click.argument("who")
@click.option("--yes", is_flag=True, help=_("Do not ask."))
@common("text", "json")
def forget(who: str, yes: bool, store: Path | None, form: str | None, output: Path | None, lang: str | None) -> None:
    translate = translator(lang or settings().language)
    library = opened(store)
    found = library.who(who)
    if not yes and not sys.stdin.isatty():
        raise Refusal(N_("erasing cannot be undone, and nobody is here to ask"), hint=N_("Say --yes if you are sure."))
    if not yes:
        names = ", ".join(found.actors.values())
        click.confirm(translate("Erase {who} from the store for good?").format(who=names), abort=True)
    gone = library.forget(who)
    if chosen(form, output) == "json":
        deliver(dump({"schema": "permadani.forget/1", "actors": gone.actors, "objects": gone.objects}), output)
    else:
        text = translate("Erased: {actors} accounts and {objects} messages.")
        deliver(text.format(actors=gone.actors, objects=gone.objects), output)


@main.group(help=_("Say which accounts are the same person."))
def people() -> None:
    pass


def _show_people(found: list[Any], form: str | None, output: Path | None, translate: Translate) -> None:
    if chosen(form, output) == "json":
        rows = [{"person": who.person, "actors": sorted(who.actors.values())} for who in found]
        deliver(dump({"schema": "permadani.people/1", "people": rows}), output)
    else:
        lines = [" = ".join(sorted(who.actors.values())) for who in found]
        deliver("\n".join(lines) or translate("Nobody is linked."), output)


@people.command("link", help=_("Join the accounts that these names stand for as one person."))
@click.argument("names", nargs=-1, required=True)
@common("text", "json")
def people_link(
    names: tuple[str, ...], store: Path | None, form: str | None, output: Path | None, lang: str | None
) -> None:
    _show_people([opened(store).link(*names)], form, output, translator(lang or settings().language))


@people.command("list", help=_("List the people that were joined."))
@common("text", "json")
def people_list(store: Path | None, form: str | None, output: Path | None, lang: str | None) -> None:
    _show_people(opened(store).people(), form, output, translator(lang or settings().language))


@people.command("unlink", help=_("Take a person apart again."))
@click.argument("name")
@common("text", "json")
def people_unlink(name: str, store: Path | None, form: str | None, output: Path | None, lang: str | None) -> None:
    who = opened(store).unlink(name)
    translate = translator(lang or settings().language)
    if chosen(form, output) == "json":
        _show_people([who], "json", output, translate)
    else:
        deliver(translate("No longer one person: {actors}").format(actors=", ".join(who.actors.values())), output)


@main.command(help=_("Write everything as neutral tables (Parquet or CSV) that can be imported again unchanged."))
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option("--csv", is_flag=True, help=_("CSV instead of Parquet."))
@common("text", "json")
def export(
    folder: Path, csv: bool, store: Path | None, form: str | None, output: Path | None, lang: str | None
) -> None:
    written = opened(store).export(folder, csv=csv)
    translate = translator(lang or settings().language)
    if chosen(form, output) == "json":
        deliver(dump({"schema": "permadani.export/1", "folder": str(folder), "tables": written}), output)
    else:
        lines = [f"{name}: {count:,}" for name, count in written.items()]
        deliver("\n".join([*lines, translate("Written to {folder}").format(folder=folder)]), output)


def when(microseconds: int) -> datetime:
    """Microseconds since 1970 as a time in UTC."""
    return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=microseconds)


def moment(ctx: click.Context, parameter: click.Parameter, value: str | None) -> int | None:
    """A date or time in ISO 8601 to microseconds UTC; a plain date as an end means its last moment."""
    if value is None:
        return None
    try:
        when = datetime.fromisoformat(value)
    except ValueError:
        raise click.BadParameter(_("use a date like 2024-03-31")) from None
    if len(value) == len("2024-03-31") and parameter.name != "since":
        when += timedelta(days=1, microseconds=-1)
    when = when.replace(tzinfo=UTC) if when.tzinfo is None else when
    return (when - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(microseconds=1)


@main.command(help=_("Whom does this account answer, how sure is that, and what cannot be known?"))
@click.argument("who", required=False)
@click.option("--all", "everybody", is_flag=True, help=_("Everybody who was approached often enough, as JSON Lines."))
@click.option("--me", is_flag=True, help=_("This account is mine."))
@click.option("--research", is_flag=True, help=_("I study a network and will not single people out."))
@click.option(
    "--min-approaches", type=click.IntRange(1), default=10, show_default=True, help=_("With --all: at least this many.")
)
@click.option("--since", callback=moment, metavar="DATE", help=_("Only messages from this day on."))
@click.option("--until", callback=moment, metavar="DATE", help=_("Only messages up to this day."))
@click.option("--as-of", callback=moment, metavar="DATE", help=_("Ignore everything after this day."))
@click.option("--private", is_flag=True, help=_("Show the messages themselves, also in files."))
@common(*FORMATS)
def audit(
    who: str | None, everybody: bool, me: bool, research: bool, min_approaches: int, since: int | None,
    until: int | None, as_of: int | None, private: bool, store: Path | None, form: str | None, output: Path | None,
    lang: str | None,
) -> None:  # fmt: skip
    if bool(who) == everybody:
        raise click.UsageError(_("Name one account or use --all, one of the two."))
    if everybody and (form or output) and chosen(form, output) != "json":
        raise click.UsageError(_("--all writes JSON Lines: leave --format out, and let the file end in .jsonl."))
    if since is not None and any(end is not None and end < since for end in (until, as_of)):
        raise click.UsageError(_("The period ends before it begins."))
    language = lang or settings().language
    library = opened(store)
    if everybody:
        from permadani.reports.json import audit_line

        found = library.audit_all(
            research=research, min_approaches=min_approaches, since=since, until=until, as_of=as_of
        )
        lines = "\n".join(audit_line(one) for one in found)
        if lines or output:
            deliver(lines, output)
        if not found:
            translate = translator(language)
            nobody = N_("Nobody was approached often enough.")
            unlisted = N_("Nobody who was approached often enough can be listed as one that answers.")
            click.echo(translate(nobody if research else unlisted), err=True)
        return
    form = chosen(form, output)
    on_terminal = form == "text" and output is None and sys.stdout.isatty()
    result = library.audit(
        who or "", me=me, research=research, evidence=private or on_terminal, since=since, until=until, as_of=as_of
    )
    show(result, form, language, output)


def show(result: Audit, form: str, language: str, output: Path | None) -> None:
    """One result, many renderings."""
    if form == "json":
        from permadani.reports.json import audit_json

        deliver(audit_json(result), output)
    elif form == "html":
        from permadani.reports.html import audit_html

        deliver(audit_html(result, language=language), output)
    else:
        from io import StringIO

        from rich.console import Console

        from permadani.reports.terminal import print_audit

        page = StringIO()
        console = Console() if output is None else Console(file=page, width=100, no_color=True)
        print_audit(result, console, translator(language))
        if output is not None:
            deliver(page.getvalue(), output)


@main.command(help=_("Make a fictional school hall with known truth, import it, audit it, and show both."))
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path), default=Path("demo"))
@click.option("--lang", type=click.Choice(LANGUAGES), default=None, help=_("Language of the output."))
def demo(folder: Path, lang: str | None) -> None:
    from permadani.demo import run_demo

    language = lang or settings().language
    for line in run_demo(folder, language):
        click.echo(line)
