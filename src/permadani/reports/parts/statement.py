"""The account's own words about this audit, marked as such, and what was left out of every denominator."""

from __future__ import annotations

from dataclasses import dataclass

from permadani.findings.results import Absence, LeftOut, Statement
from permadani.language import N_
from permadani.reports.foreign import safe
from permadani.reports.words import Words

LONGEST = 1500  # characters of one text
OWN_WORDS = N_("In the account's own words")
UNCHECKED = N_("This is what the account says. It was not checked.")


@dataclass(frozen=True, slots=True)
class Said:
    """``text``: its own sentence, or None; ``lines``: label, what follows in our words, its own words or None."""

    text: str | None
    lines: list[tuple[str, str, str | None]]


def said(statement: Statement | None, words: Words) -> Said | None:
    if statement is None:
        return None
    lines: list[tuple[str, str, str | None]] = [
        (words.say(N_("away")), _days(absence, words), safe(absence.note, 200) or None) for absence in statement.away
    ]
    if statement.answered_privately:
        lines.append((words.say(N_("answered privately")), "", safe(statement.answered_privately, LONGEST)))
    if statement.policy:
        lines.append((words.say(N_("policy")), "", safe(statement.policy, LONGEST)))
    if statement.abuse:
        left = words.plural(
            statement.abuse, N_("{n} message is left out at its word"), N_("{n} messages are left out at its word")
        )
        lines.append((words.say(N_("abuse")), left, None))
    return Said(safe(statement.text, LONGEST) or None, lines)


def _days(absence: Absence, words: Words) -> str:
    if absence.since == absence.until:
        return words.date(absence.since)
    return words.period(absence.since, absence.until)


def left_out(found: LeftOut, days: int, words: Words) -> list[tuple[str, str]]:
    """What is in no denominator, and how much of it; unknown where the data marks no such thing."""
    rows = [
        (words.say(N_("marked as spam")), words.count_known(found.spam)),
        (words.say(N_("automatic messages")), words.count_known(found.automatic)),
        (words.say(N_("came while the account was away")), words.count(found.not_reached)),
        (words.say(N_("younger than {days} days"), days=days), words.count(found.too_young)),
        (words.say(N_("mentions inherited from a conversation")), words.count(found.inherited_mentions)),
        (words.say(N_("deleted since")), words.count_known(found.deleted)),
    ]
    if found.unobserved:
        rows.append((words.say(N_("outside of what was observed")), words.count(found.unobserved)))
    for label, number in (
        (N_("mentions, where not all could be read"), found.unseen_mentions),
        (N_("sales pitches"), found.pitches),
        (N_("abuse, at the account's own word"), found.abuse),
        (N_("its own sales pitches, which are no answers"), found.own_pitches),
    ):
        if number is not None:
            rows.append((words.say(label), words.count(number)))
    return rows
