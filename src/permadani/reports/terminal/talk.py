"""What was written to the account and what came back, side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich import box
from rich.table import Table
from rich.text import Text

from permadani.findings.results import Evidence
from permadani.language import N_
from permadani.reports.foreign import safe
from permadani.reports.terminal.page import Page
from permadani.reports.texts import ONE_OF_GROUP

if TYPE_CHECKING:
    from rich.console import RenderableType

EVIDENCE_SHOWN = 20  # on a terminal; in a file all of it
_AT_ONCE = 200  # rows in one table, so that a long file needs no more memory than a short one


def evidence(page: Page) -> None:
    evidence = page.audit.answers.evidence
    if evidence is None:
        return
    words = page.words
    page.title(N_("Side by side"))
    heads = (N_("written to the account"), N_("what came back"))
    shown = evidence[:EVIDENCE_SHOWN] if page.on_terminal else evidence
    for start in range(0, len(shown), _AT_ONCE):
        table = Table(
            box=box.SIMPLE_HEAD, padding=(0, 1), pad_edge=False, show_lines=True, expand=True,
            show_header=start == 0,
        )  # fmt: skip
        for head in heads:
            table.add_column(Text(words.say(head)), ratio=1, overflow="fold")
        for one in shown[start : start + _AT_ONCE]:
            table.add_row(*_pair(page, one))
        page.console.print(table)
    if len(evidence) > len(shown):
        page.out(words.say(N_("{n} more are not shown."), n=words.count(len(evidence) - len(shown))), "dim")


def _pair(page: Page, one: Evidence) -> tuple[RenderableType, RenderableType]:
    words, days = page.words, page.audit.window_days
    missing = words.say(N_("text not available"))
    classes = [words.say(ONE_OF_GROUP[k]) for k in (one.tenure, one.standing) if k in ONE_OF_GROUP and k != "unknown"]
    left = Text(f"“{safe(one.text, 240)}”" if one.text else missing)
    who = " · ".join([safe(one.asker, 40), *classes, words.date(one.published, clock=True)])
    left.append(f"\n{who}", "dim")
    states = {
        "unanswered": N_("no answer within {days} days"),
        "not_reached": N_("the account was away: not counted"),
        "unobserved": N_("outside of what was observed: not counted"),
        "too_young": N_("younger than {days} days: not counted yet"),
    }
    if one.state in states:
        right = Text(words.say(states[one.state], days=days), "italic")
        if one.acknowledged:
            right.append("\n" + words.say(N_("acknowledged with a like")), "dim")
        return left, right
    right = Text(f"“{safe(one.answer_text, 240)}”" if one.answer_text else missing)
    notes = [words.date(one.answer_published, clock=True)]
    if one.state == "answered_late":
        notes.insert(0, words.say(N_("later than {days} days"), days=days))
    right.append("\n" + " · ".join(notes), "dim")
    return left, right
