"""What was planted and what was found, as sentences for the page and the terminal."""

from __future__ import annotations

from permadani.demo.model import DAY, Account
from permadani.demo.truth import Count, Truth
from permadani.findings.results import Audit, Cell
from permadani.language import N_
from permadani.reports.words import Words

PLANTED = {
    "rani": N_(
        "Answers almost only seniors: {junior} of 100 messages from juniors, {middle} of 100 from the middle class, "
        "{senior} of 100 from seniors."
    ),
    "bima": N_(
        "Answers everyone alike, whoever writes: {overall} of 100 messages, {junior} of 100 from juniors and "
        "{senior} of 100 from seniors."
    ),
    "nora": N_(
        "Gets far more messages than one person can answer, and does not look who wrote them: {overall} of 100 are "
        "answered, {junior} of 100 from juniors and {senior} of 100 from seniors."
    ),
    "tom": N_(
        "Was away for {weeks} weeks, in which {not_reached} messages came that could not be answered in time. "
        "Of the others {overall} of 100 are answered, newcomers and regulars alike."
    ),
    "sari": N_(
        "An assistant lets a program publish {automation} of 100 messages of this account, thank-yous included. "
        "By hand {overall} of 100 messages are answered, whoever wrote them."
    ),
}
FOUND = {
    "rani": N_("of 100 messages from juniors {junior}, from the middle class {middle}, from seniors {senior}"),
    "bima": N_("of 100 messages {overall}, from juniors {junior}, from seniors {senior}"),
    "nora": N_("of 100 messages {overall}, from juniors {junior}, from seniors {senior}"),
    "tom": N_(
        "of 100 messages {overall}, from newcomers {newcomer}, from regulars {regular}; {not_reached} while away"
    ),
    "sari": N_("of 100 messages {overall}; {automation} of 100 of its own sent by a program"),
}


def planted(account: Account, truth: Truth, words: Words) -> str:
    def share(count: Count) -> str:
        return words.of_hundred(count.rate)

    away = sum(until - since for since, until in account.absences)
    return words.say(
        PLANTED[account.key],
        overall=share(truth.overall),
        **{name: share(count) for name, count in (truth.by_standing | truth.by_tenure).items()},
        weeks=round(away / (7 * DAY)),
        not_reached=words.count(truth.not_reached),
        automation=words.of_hundred(truth.automation),
    )


def found(account: Account, audit: Audit, words: Words) -> str:
    def figure(cell: Cell | None) -> str:
        return "–" if cell is None else words.figure(cell)

    answers = audit.answers
    cells = answers.by_standing.cells | answers.by_tenure.cells
    names = ("junior", "middle", "senior", "newcomer", "regular")
    return words.say(
        FOUND[account.key],
        overall=figure(answers.overall.cell),
        **{name: figure(cells.get(name)) for name in names},
        not_reached=words.count(answers.left_out.not_reached if answers.left_out else None),
        automation=words.of_hundred(audit.automation.share),
    )
