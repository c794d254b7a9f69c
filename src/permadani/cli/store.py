"""Commands that fill and keep the store."""

from __future__ import annotations

import sys
from dataclasses import asdict
from pathlib import Path

import click

from permadani.cli.base import DONE, ImportCommand, chosen, common, deliver, dump, main, opened, when
from permadani.errors import Refusal
from permadani.language import N_, translator
from permadani.settings import settings, system_language

_ = translator(system_language())


@main.command(
    "import",
    cls=ImportCommand,
    help=_("Import exports: files, folders, ZIP archives. What is not recognised is named."),
)
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
        click.get_current_context().meta[DONE] = _("Stopped. The import is done.")
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
    text = translate("{when}  {sources}: {files}, {read} read, {new} new, {problems}  {path}")
    lines = [
        text.format(
            when=f"{when(one.started):%Y-%m-%d %H:%M}", sources=", ".join(one.sources),
            files=words.plural(len(one.files), N_("{n} file"), N_("{n} files")),
            read=words.count(one.read), new=words.count(one.new),
            problems=words.plural(one.problems, N_("{n} problem"), N_("{n} problems")), path=safe(one.paths, 200),
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
        from permadani.reports.words import Words

        words = Words(translate)
        text = words.say(
            N_("Erased: {actors} and {objects}."),
            actors=words.plural(gone.actors, N_("{n} account"), N_("{n} accounts")),
            objects=words.plural(gone.objects, N_("{n} message"), N_("{n} messages")),
        )
        deliver(text, output)


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
