"""Commands that say which accounts are one person."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from permadani.cli.base import chosen, common, deliver, dump, main, opened
from permadani.language import Translate, translator
from permadani.settings import settings, system_language

_ = translator(system_language())


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


@people.command("suggest", help=_("Propose accounts that may be one person, each with its reason; nothing is joined."))
@common("text", "json")
def people_suggest(store: Path | None, form: str | None, output: Path | None, lang: str | None) -> None:
    found = opened(store).suggestions()
    if chosen(form, output) == "json":
        rows = [one.to_dict() for one in found]
        deliver(dump({"schema": "permadani.people_suggest/1", "suggestions": rows}), output)
        return
    from permadani.reports.suggestions import suggestion_lines

    deliver("\n".join(suggestion_lines(found, translator(lang or settings().language))), output)
