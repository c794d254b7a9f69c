"""The list for the subject of an audit: so that it can find an error and tell of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rich.text import Text

from permadani.language import LANGUAGES, N_, Translate, translator
from permadani.reports.json import dump
from permadani.reports.page import known, page
from permadani.reports.parts import received
from permadani.reports.sheet import Sheet
from permadani.reports.terminal.degrading import degrading
from permadani.reports.words import Words

if TYPE_CHECKING:
    from rich.console import Console

    from permadani.findings.results import SubjectList

BOTH_LANGUAGES = 1000
"""Longer lists are written in one language: a page of everything twice would be too heavy to open."""
TEXT, TEXT_ON_TERMINAL = 600, 240
WARNING = N_("This holds words and names of other people. It is for the account that it is about.")


def print_subject_list(found: SubjectList, console: Console, translate: Translate) -> None:
    """Every message, on a terminal too: the list is there to be read through."""
    words = Words(translate)
    with degrading(console):
        sheet = Sheet(console, words)
        sheet.out(words.say(received.EVERY_MESSAGE, name=words.name(found.actor)), "bold")
        sheet.out(words.period(*found.period), "dim")
        sheet.out(words.say(WARNING), "bold")
        sheet.out(words.say(received.TELL))
        sheet.console.print()
        for label, number in received.totals(found, words):
            sheet.out(f"{label}: {number}")
        _not_counted(sheet, found)
        _collected(sheet, found)
        sheet.title(N_("The messages"))
        if not found.messages:
            sheet.out(words.say(N_("There are none.")))
        for one in received.shown(found, words, TEXT_ON_TERMINAL):
            _message(sheet, one)
        _pitches(sheet, found)


def _not_counted(sheet: Sheet, found: SubjectList) -> None:
    rows = received.not_counted(found, sheet.words)
    if rows:
        sheet.title(N_("Why messages do not count"))
        sheet.table((N_("reason"), N_("messages")), rows, range(1, 2))


def _collected(sheet: Sheet, found: SubjectList) -> None:
    sheet.title(N_("What was collected"))
    rows = received.collected(found, sheet.words)
    if rows:
        sheet.table(received.COVERAGE_HEADS, rows, range(0))
    else:
        sheet.out(sheet.words.say(N_("Nothing was collected about this account.")))


def _message(sheet: Sheet, one: received.Shown) -> None:
    words = sheet.words
    sheet.console.print()
    sheet.console.print(Text.assemble((f"{one.number}  ", "bold"), (one.meta, "dim")))
    missing = words.say(N_("text not available"))
    sheet.out(f"“{one.text}”" if one.text else missing, indent=3)
    if one.url:
        sheet.out(one.url, "dim", 3)
    sheet.out(" ".join(filter(None, (one.why, one.state))), indent=3)
    if one.matched:
        sheet.out(f"→ “{one.answer}”" if one.answer else f"→ {missing}", indent=3)
        sheet.out(" · ".join(filter(None, (one.answer_meta, one.matched, one.answer_url))), "dim", 5)


def _pitches(sheet: Sheet, found: SubjectList) -> None:
    words, rows = sheet.words, received.pitches(found, sheet.words, TEXT_ON_TERMINAL)
    if not rows:
        return
    sheet.title(N_("Its own sales pitches, which are no answers"))
    for one in rows:
        sheet.out(f"“{one.text}”" if one.text else words.say(N_("text not available")), indent=3)
        sheet.out(" · ".join(filter(None, (one.meta, one.url))), "dim", 3)
        sheet.out(one.why, indent=3)


def subject_list_html(found: SubjectList, *, language: str = "en") -> str:
    """One page; ``language`` is shown first, and alone where the list is long."""
    known(language)

    def body(code: str) -> dict[str, Any]:
        html, plain = Words(translator(code), html=True), Words(translator(code))
        return {
            "found": found,
            "headline": html.say(received.EVERY_MESSAGE, name=html.name(found.actor)),
            "tell": html.say(received.TELL),
            "warning": html.say(WARNING),
            "totals": received.totals(found, plain),
            "not_counted": received.not_counted(found, plain),
            "coverage": received.collected(found, plain),
            "coverage_heads": [plain.say(head) for head in received.COVERAGE_HEADS],
            "messages": received.shown(found, plain, TEXT),
            "pitches": received.pitches(found, plain, TEXT),
        }

    words = Words(translator(language))
    title = words.say(N_("What was written to {name}"), name=words.name(found.actor))
    languages = LANGUAGES if len(found.messages) <= BOTH_LANGUAGES else (language,)
    return page("subject.html", title, language, body, languages)


def subject_list_json(found: SubjectList) -> str:
    """The contract ``permadani.subject/1``, ending with a newline."""
    return dump(found.to_dict(), indent=2) + "\n"
