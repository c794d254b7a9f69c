"""The one sentence that a lay reader takes home, chosen by rules from the verdicts.

A finding about classes comes first, then *answers few*, then signs, then *even-handed*, then the measured rate, and
where there is no rate the reason why. Always in natural frequencies, with the range; nobody is said to "ignore".
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from permadani.language import N_
from permadani.reports.parts.choices import SIDES, SIGNS, Choice, Dimension
from permadani.reports.parts.usual import why
from permadani.reports.reading import is_partial, measured_rate
from permadani.reports.words import Words

if TYPE_CHECKING:
    from permadani.findings.results import Audit, Cell, Comparison

_STANDING = {
    "passes_over": N_(
        "{name} passes over juniors: of 100 messages from them {few} were answered, of 100 from seniors {many}."
    ),
    "favours": N_("{name} favours juniors: of 100 messages from them {few} were answered, of 100 from seniors {many}."),
    "signs_of_passing_over": N_(
        "There are signs that {name} passes over juniors: of 100 messages from them {few} were answered, "
        "of 100 from seniors {many}."
    ),
    "signs_of_favouring": N_(
        "There are signs that {name} favours juniors: of 100 messages from them {few} were answered, "
        "of 100 from seniors {many}."
    ),
    "even_handed": N_(
        "{name} answers juniors as readily as seniors: of 100 messages {few} were answered here, {many} there."
    ),
}
_TENURE = {
    "passes_over": N_(
        "{name} passes over newcomers: of 100 messages from them {few} were answered, of 100 from regulars {many}."
    ),
    "favours": N_(
        "{name} favours newcomers: of 100 messages from them {few} were answered, of 100 from regulars {many}."
    ),
    "signs_of_passing_over": N_(
        "There are signs that {name} passes over newcomers: of 100 messages from them {few} were answered, "
        "of 100 from regulars {many}."
    ),
    "signs_of_favouring": N_(
        "There are signs that {name} favours newcomers: of 100 messages from them {few} were answered, "
        "of 100 from regulars {many}."
    ),
    "even_handed": N_(
        "{name} answers newcomers as readily as regulars: of 100 messages {few} were answered here, {many} there."
    ),
}


@dataclass(frozen=True, slots=True)
class Headline:
    """``reason``: why no more can be said, or None where the sentence says it all.

    ``caution``: what could turn the figure round, so that it must not stand far below. ``about``: the comparison that
    it speaks of; ``beside`` it what a blind choice would have given, since two shares alone are no verdict. ``unsure``:
    the reason says how unsure it is, so that it must stand beside it too.
    """

    sentence: str
    reason: str | None
    measured: bool
    caution: str | None = None
    about: Dimension | None = None
    beside: str | None = None
    unsure: bool = False


def headline(audit: Audit, words: Words) -> Headline:
    found = _found(audit, words)
    namesakes = [words.reason(limit) for limit in audit.limits if limit.key == "namesakes"]
    if namesakes and audit.answers.overall.reason.key != "few_but_namesakes":  # which says the same
        found = replace(found, caution=namesakes[0])
    return found


def _found(audit: Audit, words: Words) -> Headline:
    answers = audit.answers
    overall = answers.overall
    for verdicts in (("passes_over", "favours"), ("answers_few",), ("signs_of_passing_over", "signs_of_favouring"),
                     ("even_handed",)):  # fmt: skip
        if overall.verdict in verdicts:
            return Headline(_answers_few(audit, words), words.reason(overall.reason), measured=True)
        for found in (
            _compared(audit, words, _STANDING, answers.by_standing, "standing"),
            _compared(audit, words, _TENURE, answers.by_tenure, "tenure"),
        ):
            if found is not None and found[0] in verdicts:
                return found[1]
    return _overall(audit, words)


def _compared(
    audit: Audit, words: Words, templates: dict[str, str], comparison: Comparison, dimension: Dimension
) -> tuple[str, Headline] | None:
    """The verdict and its headline; None where there is no finding, or no two figures to say it with."""
    few, many = (comparison.cells.get(group) for group in SIDES[dimension])
    if comparison.verdict not in templates or few is None or many is None or few.rate is None or many.rate is None:
        return None
    sentence = words.say(
        templates[comparison.verdict], name=words.name(audit.actor), few=words.figure(few), many=words.figure(many)
    )
    choice = Choice.of(comparison, "answers", dimension, words)
    reason = words.reason(comparison.reason)
    said = words.join(reason, choice.caution) if choice.caution else reason
    return comparison.verdict, Headline(
        sentence, said, measured=True, about=dimension, beside=choice.blind, unsure=comparison.verdict in SIGNS
    )


def _answers_few(audit: Audit, words: Words) -> str:
    cell = audit.answers.overall.cell
    most = None if cell is None or cell.high is None else math.ceil(round(cell.high * 100, 6))
    return words.say(
        N_("Of 100 messages to {name}, at most {high} were answered within {days} days."),
        name=words.name(audit.actor), high=words.count(most), days=audit.window_days,
    )  # fmt: skip


def _overall(audit: Audit, words: Words) -> Headline:
    overall, name = audit.answers.overall, words.name(audit.actor)
    reason = why(overall, words)
    if overall.verdict == "not_measurable":
        sentence = words.say(N_("How often {name} answers cannot be known from this data."), name=name)
        return Headline(sentence, reason, measured=False)
    if overall.reason.key == "no_approaches":
        sentence = words.say(N_("Nobody wrote to {name} in what was collected."), name=name)
        return Headline(sentence, None, measured=False)
    measured = measured_rate(overall)
    if measured is not None:
        return Headline(rate_sentence(audit, words, measured), reason, measured=True)
    if overall.reason.key == "too_few" and overall.cell is not None:
        # Where nothing can be judged, how many more are needed is no reason: they may all have come while it was away.
        return Headline(_counted(overall.cell, words, name), reason if overall.cell.eligible else None, measured=False)
    sentence = words.say(N_("There is not enough evidence to say how often {name} answers."), name=name)
    return Headline(sentence, reason, measured=False)


def rate_sentence(audit: Audit, words: Words, cell: Cell) -> str:
    template = (
        N_("Of 100 collected messages to {name}, {figure} were answered within {days} days.")
        if is_partial(audit)
        else N_("Of 100 messages to {name}, {figure} were answered within {days} days.")
    )
    return words.say(template, name=words.name(audit.actor), figure=words.figure(cell), days=audit.window_days)


def _counted(cell: Cell, words: Words, name: str) -> str:
    if cell.eligible == 0:
        return words.say(N_("None of the messages to {name} can be judged."), name=name)
    return words.say(
        N_("{answered} of {eligible} messages to {name} were answered: too few to say how often."),
        answered=words.count(cell.answered), eligible=words.count(cell.eligible), name=name,
    )  # fmt: skip
