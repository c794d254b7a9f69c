"""The demo from end to end: write exports, import them, audit, and show what was found beside what was planted."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import permadani
from permadani.demo.folder import STORE, claim
from permadani.demo.formats import actor_id, export_files, write_exports
from permadani.demo.hall import make_hall
from permadani.demo.network import CHANNELS, found_network, network_truth, planted_network
from permadani.demo.plans import PLANS
from permadani.demo.statement import statement_name, statement_text
from permadani.demo.telling import found, planted
from permadani.demo.truth import truth_of
from permadani.errors import PermadaniError
from permadani.findings.results import Audit
from permadani.language import LANGUAGES, N_, translator
from permadani.reports.class_map import class_map_html, class_map_json
from permadani.reports.html import audit_html, index_html
from permadani.reports.imports import import_lines
from permadani.reports.json import audit_json
from permadani.reports.words import Words

EXPORTS = "exports"
INDEX = "index.html"
MAP, MAP_DATA = "classes.html", "classes.json"
INDENT = " " * 11
"""Further lines of what was found stand below the first."""


def run_demo(folder: Path, language: str, scale: float = 1.0) -> Iterator[str]:
    """Everything into ``folder``; yields lines that say what happens. ``scale``: a smaller hall for tests.

    Raises:
        PermadaniError: the folder holds files that the demo has not made, or cannot be written.
    """
    words = Words(translator(language))
    hall = make_hall(scale)
    exports = [f"{EXPORTS}/{name}" for name in export_files(hall)]
    claim(folder, [*exports, *(name for plan in PLANS for name in _names(plan.key)), MAP, MAP_DATA, INDEX, STORE])
    try:
        write_exports(hall, folder / EXPORTS)
        yield words.say(
            N_("A fictional school hall: {accounts} accounts, {messages} messages to them and around them."),
            accounts=len(hall.accounts), messages=words.count(sum(len(place.messages) for place in hall.places)),
        )  # fmt: skip
        yield words.say(N_("Its exports lie in {folder}; they are imported like anybody's."), folder=folder / EXPORTS)
        store = permadani.open(folder / STORE)
        yield from import_lines(store.import_(folder / EXPORTS), words.translate)
        entries: list[tuple[str, Audit, dict[str, str]]] = []
        for account in hall.accounts:
            ids = [actor_id(account.person, place) for place in account.places]
            if len(ids) > 1:
                store.link(*ids)
            told_itself = statement_name(account.key)
            statement = None if told_itself is None else folder / told_itself
            if statement is not None:
                statement.write_text(statement_text(account), "utf-8")
            audit, truth = store.audit(ids[0], evidence=True, statement=statement), truth_of(account)
            card, data = f"{account.key}.html", f"audit-{account.key}.json"
            told = {code: planted(account, truth, Words(translator(code))) for code in LANGUAGES}
            page = audit_html(audit, language=language, extra={f"truth.{code}": text for code, text in told.items()})
            (folder / card).write_text(page, "utf-8")
            (folder / data).write_text(audit_json(audit), "utf-8")
            entries.append((card, audit, told))
            who = f"{account.person.name} (@{account.person.handle})"
            yield _shown(who, told[language], found(account, truth, audit, words), words)
        network = store.classes(channels=CHANNELS)
        (folder / MAP).write_text(class_map_html(network, language=language), "utf-8")
        (folder / MAP_DATA).write_text(class_map_json(network), "utf-8")
        truth_on_x = network_truth(hall)
        told = {code: planted_network(truth_on_x, Words(translator(code))) for code in LANGUAGES}
        title = words.say(N_("The network on X: {file}"), file=MAP)
        yield _shown(title, told[language], found_network(network, words), words)
        index = index_html(entries, language, network=(MAP, network, told))
        (folder / INDEX).write_text(index, "utf-8")
    except OSError as error:
        raise PermadaniError(N_("{path} cannot be written ({detail})"), path=folder, detail=error.strerror) from None
    yield ""
    yield words.say(N_("Open {path} in a browser."), path=(folder / INDEX).resolve())
    yield words.say(
        N_("Or ask yourself: permadani audit @{handle} --store {store}"),
        handle=hall.accounts[0].person.handle, store=folder / STORE,
    )  # fmt: skip


def _shown(what: str, told: str, found: list[str], words: Words) -> str:
    """What was planted above what was found."""
    return "\n".join(
        (
            "",
            what,
            words.say(N_("  planted: {what}"), what=told),
            words.say(N_("  found:   {what}"), what=f"\n{INDENT}".join(found)),
        )
    )


def _names(key: str) -> list[str]:
    """What is written about one account: the card, the data, and perhaps its own statement."""
    told = statement_name(key)
    return [f"{key}.html", f"audit-{key}.json", *([told] if told else [])]
