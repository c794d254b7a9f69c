"""The demo as a command."""

from __future__ import annotations

from pathlib import Path

import click

from permadani.cli.base import main
from permadani.language import LANGUAGES, translator
from permadani.settings import settings, system_language

_ = translator(system_language())


@main.command(help=_("Make a fictional school hall with known truth, import it, audit it, and show both."))
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path), default=Path("demo"))
@click.option("--lang", type=click.Choice(LANGUAGES), default=None, help=_("Language of the output."))
def demo(folder: Path, lang: str | None) -> None:
    from permadani.demo import run_demo

    language = lang or settings().language
    for line in run_demo(folder, language):
        click.echo(line)
