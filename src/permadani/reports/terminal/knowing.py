"""What a program sent, who never got an answer, how all this is known, and what could not be known."""

from __future__ import annotations

from rich.table import Table
from rich.text import Text

from permadani.language import N_
from permadani.reports.foreign import safe
from permadani.reports.parts import received
from permadani.reports.parts.statement import left_out
from permadani.reports.reading import regulars_unanswered
from permadani.reports.terminal.page import Page

CLIENTS_SHOWN = 6


def programs(page: Page) -> None:
    words, automation = page.words, page.audit.automation
    page.title(N_("Sent by a program"))
    if automation.share is None:
        page.out(words.say(N_("The data does not say with which program the account wrote.")))
    else:
        sentence = words.say(
            N_("Of 100 of its own messages whose program is known, {share} were published automatically."),
            share=words.of_hundred(automation.share),
        )
        page.out(sentence)
        rows = [
            (safe(c.name, 40), words.count(c.objects), words.say(N_("automatic") if c.automatic else N_("by hand")))
            for c in automation.clients[:CLIENTS_SHOWN]
        ]
        if rows:
            page.table((N_("program"), N_("messages"), N_("kind")), rows, range(1, 2))


def regulars(page: Page) -> None:
    words, count = page.words, regulars_unanswered(page.audit)
    page.title(N_("Regulars without any answer"))
    if count is None:
        why = N_("Those who wrote cannot be told apart surely enough, or what was left unanswered cannot be seen.")
        page.out(words.say(N_("not known")), "bold")
        page.out(words.say(why))
        return
    template = (
        N_("{n} person wrote more than once and never got an answer.")
        if count == 1
        else N_("{n} people wrote more than once and never got an answer.")
    )
    nobody = N_("Nobody who came back was left without any answer.")
    page.out(words.say(template, n=words.count(count)) if count else words.say(nobody))


def how_we_know(page: Page) -> None:
    words, answers = page.words, page.audit.answers
    page.title(N_("How we know"))
    rows = received.collected(page.audit, words)
    if rows:
        page.table(received.COVERAGE_HEADS, rows, range(0))
    else:
        page.out(words.say(N_("Nothing was collected about this account.")))
    found = answers.matching
    if found is not None and (found.upper or any(year.cell.eligible for year in answers.over_time)):
        sentence = words.say(
            N_("Answers found: {lower} to {upper} ({structural} by a reply, {named} by naming the asker)."),
            lower=words.count(found.lower), upper=words.count(found.upper),
            structural=words.count(found.structural), named=words.count(found.named),
        )  # fmt: skip
        page.out(sentence)
    if answers.acknowledged is not None:
        page.out(words.liked(answers.acknowledged))
    if answers.left_out is not None:
        left = left_out(answers.left_out, page.audit.window_days, words)
        listed = "; ".join(f"{label}: {number}" for label, number in left)
        page.out(words.say(N_("Left out: {listed}."), listed=listed))


def limits(page: Page) -> None:
    if page.audit.limits:
        page.title(N_("What could not be known"))
    for limit in page.audit.limits:
        grid = Table.grid(padding=(0, 1))
        grid.add_row(Text("-"), Text(page.words.reason(limit)))
        page.console.print(grid)
