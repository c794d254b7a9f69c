"""The questions at a glance, whether the share is usual, and what it advises beside what it does."""

from __future__ import annotations

from permadani.findings.results import Amplification, Participation, Practice, TakesUp
from permadani.language import N_
from permadani.reports.parts import practice as advice
from permadani.reports.parts import usual as yardsticks
from permadani.reports.parts.choices import FINDINGS, Choice
from permadani.reports.reading import asks_what_it_takes_up, measured_rate
from permadani.reports.terminal.page import Page
from permadani.reports.texts import PAIRS, QUESTIONS


def questions(page: Page) -> None:
    words, audit = page.words, page.audit
    page.title(N_("The questions"))
    overall, standing, tenure = audit.answers.overall, audit.answers.by_standing, audit.answers.by_tenure
    cell, verdict, detail = measured_rate(overall), words.verdict(overall.verdict), yardsticks.why(overall, words)
    if cell is not None and overall.verdict == "not_enough_evidence":
        verdict = words.say(N_("{figure} of 100 answered"), figure=words.figure(cell))
    lines = [(PAIRS["tenure"], words.verdict(tenure.verdict, "tenure"))]
    if standing.verdict in FINDINGS:
        lines.append((N_("Everyone"), verdict))
        verdict = words.verdict(standing.verdict, "standing")
        detail = Choice.of(standing, "answers", "standing", words).in_short
    else:
        lines.append((PAIRS["standing"], words.verdict(standing.verdict, "standing")))
    _question(page, QUESTIONS["answers"], verdict, detail)
    for label, said in lines:
        page.out(f"{words.say(label)}: {said}", indent=2)
    if asks_what_it_takes_up(audit):
        _part(page, "takes_up", audit.takes_up)
    _part(page, "amplification", audit.amplification)
    _part(page, "participation", audit.participation)
    _part(page, "practice", audit.practice)


def _part(page: Page, key: str, part: Participation | TakesUp | Amplification | Practice) -> None:
    words = page.words
    verdict = words.verdict(part.verdict, "standing" if key == "amplification" else None)
    if isinstance(part, Participation) and part.rate is not None:
        figure = f"{words.of_hundred(part.rate)} {words.range(part.low, part.high)}".strip()
        share = words.say(N_("{figure} of 100"), figure=figure)
        verdict = f"{verdict}: {share}"
    detail = words.reason(part.reason)
    if isinstance(part, Amplification) and part.verdict in FINDINGS:
        detail = Choice.of(part, "amplification", "standing", words).in_short
    if isinstance(part, Practice) and (outcomes := advice.summary(part, words)):
        verdict, detail = outcomes, words.say(advice.READER_JUDGES)
    _question(page, QUESTIONS[key], verdict, detail)


def _question(page: Page, question: str, verdict: str, detail: str) -> None:
    page.out(page.words.say(question), "dim")
    page.out(verdict, "bold", 2)
    if detail:
        page.out(detail, indent=2)


def usual(page: Page) -> None:
    """How the share spreads over accounts of like size; a line of it where the store can tell."""
    words, overall = page.words, page.audit.answers.overall
    found = yardsticks.yardstick(overall, words, words)
    if found is None:
        return
    page.console.print()
    page.out(found.question, "bold underline")
    if overall.usual is not None and overall.cell is not None and overall.cell.rate is not None:
        page.usual(overall.cell.rate, overall.usual)
    page.out(found.sentence)


def practice(page: Page) -> None:
    words, found = page.words, advice.advices(page.audit.practice, page.words, page.words)
    if not found:
        return
    page.title(N_("What it advises, and what it does"))
    page.out(words.say(advice.READER_JUDGES), "dim")
    for one in found:
        page.out(f"“{one.quote}”")
        page.out(" · ".join(filter(None, (one.date, one.rule, one.url))), "dim", 2)
        page.out(one.promised, indent=2)
        page.out(one.outcome, "bold", 2)
        if one.figure:
            page.out(f"{one.figure} {one.measured}. {one.counts}", indent=2)
        page.out(one.reason, indent=2)
    rest = len(page.audit.practice.claims) - len(found)
    if rest > 0:
        page.out(words.say(N_("{n} more are not shown."), n=words.count(rest)), "dim")
