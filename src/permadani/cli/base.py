"""What every command shares: errors as one message, common options, delivery, dates."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, NoReturn, TypeVar

import click

from permadani import __version__
from permadani.errors import PermadaniError
from permadani.language import LANGUAGES, N_, translator
from permadani.settings import system_language

if TYPE_CHECKING:
    from permadani.api import OpenStore

_ = translator(system_language())
F = TypeVar("F", bound=Callable[..., Any])
LONGEST_MESSAGE = 4_000
AHEAD = timedelta(hours=14)
"""By so much a day begins earlier somewhere than in UTC."""
FORMATS = ("text", "json", "html")
GRAPHS = ("gexf", "graphml")
ENDINGS = {".txt": "text", ".html": "html", ".htm": "html", ".json": "json", ".jsonl": "json", ".gexf": "gexf",
           ".graphml": "graphml"}  # fmt: skip
"""What the name of a file asks for; every other one gets text, but for those of ``FOREIGN``."""
FOREIGN = frozenset((
    ".csv", ".tsv", ".ndjson", ".parquet", ".arrow", ".feather", ".xls", ".xlsx", ".ods", ".xml", ".yaml", ".yml",
    ".sqlite", ".db", ".duckdb", ".pkl", ".rds", ".dta", ".sav", ".gml", ".net", ".dot", ".pdf", ".docx", ".odt",
    ".png", ".svg", ".jpg", ".zip", ".gz", ".bz2", ".xz", ".7z",
))  # fmt: skip
"""Whoever asks for these would be served badly by a text under such a name."""
DONE = "permadani.done"
"""Set in the context once something was changed for good: what Ctrl-C then leaves behind, as a text."""


class Group(click.Group):
    """Turns the library's errors into one clear message, at one place."""

    def make_context(self, *args: Any, **more: Any) -> click.Context:
        try:
            return super().make_context(*args, **more)
        except KeyboardInterrupt:  # click would say "Aborted!" and leave with 1
            stopped()

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except PermadaniError as error:
            fail(error)
        except BrokenPipeError:
            sys.stderr.close()
            sys.exit(1)
        except KeyboardInterrupt:
            stopped(ctx.meta.get(DONE))


def stopped(left: str | None = None) -> NoReturn:
    """Say what Ctrl-C left behind, and leave with 130."""
    click.echo(left or _("Stopped. The store is as it was before."), err=True)
    sys.exit(130)


def fail(error: PermadaniError) -> None:
    """Say what went wrong and what to do, and leave with 1. There may be words of strangers in it."""
    from permadani.reports.foreign import safe

    translate = translator(_language())
    click.echo(f"{translate('Error')}: {safe(error.text(translate), LONGEST_MESSAGE)}", err=True)
    if hint := error.hint_text(translate):
        click.echo(safe(hint, LONGEST_MESSAGE), err=True)
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


class ImportCommand(click.Command):
    """Its help ends with what can be imported."""

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        from permadani.reports.formats import READS

        with formatter.section(_("Sources")):
            formatter.write_dl([(name, _(text)) for name, text in READS.items()])
        super().format_epilog(ctx, formatter)


def common(*formats: str) -> Callable[[F], F]:
    """--store, --format, --output and --lang, as every command takes them."""

    def add(command: F) -> F:
        for option in (
            click.option("--lang", type=click.Choice(LANGUAGES), default=None, help=_("Language of the output.")),
            click.option(
                "--output", "-o", type=click.Path(path_type=Path, dir_okay=False), default=None, callback=writable,
                help=_("Write to this file instead of the terminal."),
            ),
            click.option(
                "--format", "form", type=click.Choice(formats), default=None, is_eager=True, help=_("How to show it."),
            ),
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


def writable(ctx: click.Context, parameter: click.Parameter, value: Path | None) -> Path | None:
    """Before anything is done: a file whose name asks for what this command cannot write is a slip, unless --format
    says what to write. (So that option is eager: it is read before this one.)"""
    if value is None or ctx.params.get("form"):
        return value
    formats = next(list(one.type.choices) for one in ctx.command.params if one.name == "form")  # type: ignore[attr-defined]
    ending = value.suffix.lower()
    if ending in FOREIGN or ENDINGS.get(ending, "text") not in formats:
        known = ", ".join(name for name, form in ENDINGS.items() if form in formats and name not in (".htm", ".jsonl"))
        told = _("this command does not write {ending} files. It writes {known}; or say --format.")
        raise click.BadParameter(told.format(ending=ending, known=known))
    return value


def chosen(form: str | None, output: Path | None) -> str:
    """The format asked for, or the one that the file's name suggests."""
    return form or ENDINGS.get(output.suffix.lower() if output else "", "text")


def deliver(text: str, output: Path | None) -> None:
    """To the terminal or the file; a file that cannot be written is an error of ours."""
    if output is None:
        click.echo(text)
        return
    try:
        output.write_text(text if text.endswith("\n") else text + "\n", "utf-8")
    except OSError as error:
        raise PermadaniError(N_("{path} cannot be written ({detail})"), path=output, detail=error.strerror) from None


def deliver_bytes(write: Callable[[IO[bytes]], None], output: Path | None) -> None:
    """As ``deliver``, for what is written piece by piece."""
    if output is None:
        write(sys.stdout.buffer)
        sys.stdout.buffer.flush()
        return
    try:
        with output.open("wb") as stream:
            write(stream)
    except OSError as error:
        raise PermadaniError(N_("{path} cannot be written ({detail})"), path=output, detail=error.strerror) from None


def dump(value: object) -> str:
    return json.dumps(value, indent=2, ensure_ascii=False)


@click.group(cls=Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="permadani")
def main() -> None:
    __doc__  # noqa: B018


main.help = _("Whom does an account answer? An honest audit from data people can really get.")


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
    if parameter.name == "since" and when > datetime.now(UTC) + AHEAD:
        raise click.BadParameter(_("that day is still to come"))
    return (when - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(microseconds=1)
