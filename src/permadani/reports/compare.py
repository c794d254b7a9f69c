"""Several audits side by side, without an order of better and worse."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from permadani.language import N_, Translate, translator
from permadani.reports.json import dump
from permadani.reports.page import known, page
from permadani.reports.parts.side_by_side import NO_RANKING, Entry, lines
from permadani.reports.sheet import Sheet
from permadani.reports.terminal.degrading import degrading
from permadani.reports.words import Words

if TYPE_CHECKING:
    from rich.console import Console

    from permadani.findings.results import Audit

COLUMNS_SHOWN = 4
"""With more accounts than this the page sets them below each other."""


def print_compare(audits: Sequence[Audit], console: Console, translate: Translate) -> None:
    """A table on the terminal; on a narrow one, or for many accounts, a paragraph for each line of it."""
    words = Words(translate)
    with degrading(console):
        sheet = Sheet(console, words)
        sheet.out(words.say(N_("Side by side")), "bold underline")
        sheet.out(words.say(NO_RANKING), "dim")
        for audit in audits:
            meta = (words.channels(audit), words.followers(audit.actor.standing), words.period(*audit.period))
            sheet.out(f"{words.name(audit.actor, 40)}: {' · '.join(meta)}")
        rows = [[line.label, *map(_said, line.entries)] for line in lines(audits, words)]
        sheet.named_table(["", *(words.name(audit.actor, 40) for audit in audits)], rows, even=True)
        sheet.out(words.say(BRACKETS), "dim")


def _said(entry: Entry) -> str:
    return f"{entry.text}: {entry.why}" if entry.why else entry.text


BRACKETS = N_("The brackets [ ] hold the range in which the true figure lies, 95 times of 100.")


def compare_html(audits: Sequence[Audit], *, language: str = "en") -> str:
    """One page; ``language`` is shown first."""
    known(language)

    def body(code: str) -> dict[str, Any]:
        html, plain = Words(translator(code), html=True), Words(translator(code))
        return {
            "audits": audits,
            "names": [plain.name(audit.actor, 40) for audit in audits],
            "lines": lines(audits, plain),
            "no_ranking": html.say(NO_RANKING),
            "stacked": len(audits) > COLUMNS_SHOWN,
        }

    words = Words(translator(language))
    names = ", ".join(words.name(audit.actor, 40) for audit in audits)
    return page("compare.html", words.say(N_("Side by side: {names}"), names=names), language, body)


def compare_json(audits: Sequence[Audit]) -> str:
    """The contract ``permadani.compare/1``: the audits as they are, in the order given."""
    return dump({"schema": "permadani.compare/1", "audits": [audit.to_dict() for audit in audits]}, indent=2) + "\n"
