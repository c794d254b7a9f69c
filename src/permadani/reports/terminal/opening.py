"""Who, the one sentence, and the account's own word on it."""

from __future__ import annotations

from rich.text import Text

from permadani.language import N_
from permadani.reports.headline import Headline
from permadani.reports.parts import statement
from permadani.reports.reading import is_partial
from permadani.reports.terminal.page import Page


def opening(page: Page, head: Headline) -> None:
    audit, words = page.audit, page.words
    who = Text(words.name(audit.actor), "bold")
    handle = words.handle(audit.actor)
    if handle and handle != audit.actor.name:
        who.append(f"  {handle}", "not bold")
    page.console.print(who)
    meta = (words.channels(audit), words.followers(audit.actor.standing), words.period(*audit.period))
    page.out(" · ".join(meta), "dim")
    page.console.print()
    page.out(head.sentence, "bold")
    if head.caution:
        page.out(head.caution)
    if head.beside:
        page.out(head.beside)
    if head.reason:
        page.out(head.reason)
    cell = audit.answers.overall.cell
    if cell is not None and cell.approaches:
        counts = f"{words.messages_by(cell)}."
        if audit.answers.overall.verdict != "not_measurable":
            counts = f"{counts} {words.fate(cell, audit.window_days)}"
        page.out(counts, "dim")
        if is_partial(audit):
            page.out(words.say(N_("Only part of the messages was collected.")))
    if audit.answers.evidence is not None and not page.on_terminal:
        page.console.print()
        banner = N_("This file holds words and names of other people. Do not pass it on.")
        page.out(f"{words.say(N_('For your eyes.'))} {words.say(banner)}", "bold")


def own_words(page: Page) -> None:
    """The account's statement, marked as its own."""
    words, said = page.words, statement.said(page.audit.statement, page.words)
    if said is None:
        return
    page.title(statement.OWN_WORDS)
    if said.text:
        page.out(f"“{said.text}”", indent=2)
    for label, ours, theirs in said.lines:
        quoted = f"“{theirs}”" if theirs else ""
        page.out(f"{label}: " + " ".join(filter(None, (ours, quoted))), indent=2)
    page.out(words.say(statement.UNCHECKED), "dim")
