"""An audit on the terminal: picture before table before prose, without need of colour, at 80 columns.

Nothing here is read as Rich markup: every string goes through ``Text``, and what strangers wrote through
``foreign.safe`` first, which takes terminal sequences and marks of direction away.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from permadani.language import N_, Translate
from permadani.reports.headline import headline
from permadani.reports.reading import leading, standing_kind
from permadani.reports.terminal import comparisons, knowing, opening, questions, talk, times
from permadani.reports.terminal.degrading import degrading
from permadani.reports.terminal.page import Page
from permadani.reports.texts import BY_STANDING
from permadani.reports.words import Words

if TYPE_CHECKING:
    from rich.console import Console

    from permadani.findings.results import Audit


def print_audit(audit: Audit, console: Console, translate: Translate) -> None:
    """Print the whole audit; evidence too, where it is there: to a terminal cut short, to a file with a warning."""
    with degrading(console) as on_terminal:
        _print(Page(audit, console, Words(translate), on_terminal=on_terminal))


def _print(page: Page) -> None:
    head = headline(page.audit, page.words)
    opening.opening(page, head)
    opening.own_words(page)
    if leading(head.about) == "standing":
        comparisons.answers(page, "standing", N_("Who got an answer"), said_above=True)
    else:
        comparisons.answers(page, "tenure", N_("Who got an answer"), said_above=head.about == "tenure")
    questions.usual(page)
    questions.questions(page)
    if leading(head.about) == "standing":
        comparisons.answers(page, "tenure", N_("Newcomers and regulars"))
    else:
        comparisons.answers(page, "standing", BY_STANDING[standing_kind(page.audit)])
    comparisons.takes_up(page)
    comparisons.amplification(page)
    questions.practice(page)
    times.years(page)
    times.waiting(page)
    knowing.programs(page)
    knowing.regulars(page)
    knowing.how_we_know(page)
    knowing.limits(page)
    talk.evidence(page)
