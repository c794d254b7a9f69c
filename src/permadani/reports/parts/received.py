"""The list for the subject of an audit: every message, whether it counts and why, and what it was matched to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from permadani.findings.results import Received, SubjectList
from permadani.language import N_
from permadani.reports.foreign import safe, web_link
from permadani.reports.texts import ONE_OF_GROUP
from permadani.reports.words import Words

if TYPE_CHECKING:
    from permadani.findings.results import Audit, Outbound, OwnPitch

EVERY_MESSAGE = N_("Every message that was written to {name}, and what became of it")
TELL = N_(
    "If something is wrong here, write to whoever made this audit and name the number before the message: a message "
    "that should not count, an answer that was not found or was given elsewhere, people who were taken for one."
)
VIA = {
    "reply": N_("a reply to it"),
    "comment": N_("a comment under its post"),
    "to": N_("a message to it"),
    "mention": N_("a mention of it"),
    "thread": N_("written to somebody else in its conversation"),
}
SUBSTANCE = {
    "substantive": N_("of substance"),
    "ditto": N_("bare applause"),
    "unknown": N_("substance unknown"),
}
STATES: dict[str | None, str] = {  # the others are said by the reason
    "answered": N_("Answered in time."),
    "answered_late": N_("Answered later than {days} days."),
    "unanswered": N_("No answer within {days} days."),
}
MATCHED = {
    "structural": N_("found by a reply, a quote or its address"),
    "named": N_("found by the asker's name"),
}


@dataclass(frozen=True, slots=True)
class Shown:
    """One message as it is shown. ``why`` says whether it counts.

    ``answer``: its words, None where there is no answer or no text of it.
    """

    number: str
    group: str
    text: str | None
    meta: str
    url: str | None
    counts: bool
    why: str
    state: str | None
    matched: str | None
    answer: str | None
    answer_meta: str | None
    answer_url: str | None


def shown(found: SubjectList, words: Words, length: int) -> list[Shown]:
    """All of them, numbered in order of time; words of others cut to ``length`` characters."""
    return [_shown(number, one, found, words, length) for number, one in enumerate(found.messages, start=1)]


def _shown(number: int, one: Received, found: SubjectList, words: Words, length: int) -> Shown:
    known = [key for key in (one.tenure, one.standing) if key in ONE_OF_GROUP and key != "unknown"]
    meta = [
        safe(one.asker, 60), words.date(one.published, clock=True), words.channel(one.channel),
        words.say(VIA[one.via]), *(words.say(ONE_OF_GROUP[key]) for key in known),
    ]  # fmt: skip
    if one.substance in SUBSTANCE:
        meta.append(words.say(SUBSTANCE[one.substance]))
    match = one.match
    return Shown(
        number=words.count(number),
        group=one.tenure if one.tenure in ("newcomer", "regular") else "unknown",
        text=safe(one.text, length) or None,
        meta=" · ".join(meta),
        url=web_link(one.url),
        counts=one.counts,
        why=words.reason(one.why),
        state=words.say(STATES[one.state], days=found.window_days) if one.state in STATES else None,
        matched=None if match is None else words.say(MATCHED[match.matched_by]),
        answer=None if match is None else safe(match.text, length) or None,
        answer_meta=None if match is None else words.date(match.published, clock=True),
        answer_url=None if match is None else web_link(match.url),
    )


def totals(found: SubjectList, words: Words) -> list[tuple[str, str]]:
    """The audit's own figures, counted from the list."""
    counted = found.totals
    return [
        (words.say(label), words.count(number))
        for label, number in (
            (N_("messages in this list"), counted.messages),
            (N_("first messages of a person in a conversation"), counted.approaches),
            (N_("of these, could be judged"), counted.eligible),
            (N_("of these, answered in time"), counted.answered),
            (N_("answered later, of all"), counted.answered_late),
        )
    ]


def not_counted(found: SubjectList, words: Words) -> list[tuple[str, str]]:
    """Why messages do not count, and how many there are of each kind; the commonest first."""
    whys = {one.why.key: one.why for one in reversed(found.messages)}
    counted = sorted(found.totals.not_counted.items(), key=lambda item: (-item[1], item[0]))
    return [(words.reason(whys[key]) if key in whys else safe(key, 60), words.count(n)) for key, n in counted]


@dataclass(frozen=True, slots=True)
class Pitch:
    text: str | None
    meta: str
    url: str | None
    why: str


def pitches(found: SubjectList, words: Words, length: int) -> list[Pitch]:
    return [_pitch(one, words, length) for one in found.own_pitches]


def _pitch(one: OwnPitch, words: Words, length: int) -> Pitch:
    to = words.plural(one.recipients, N_("to {n} person"), N_("to {n} people"))
    meta = f"{words.date(one.published, clock=True)} · {to}"
    return Pitch(safe(one.text, length) or None, meta, web_link(one.url), words.reason(one.why))


COVERAGE_HEADS = (
    N_("channel"), N_("messages to it"), N_("messages by it"), N_("period"), N_("how that is known"),
)  # fmt: skip


def collected(found: SubjectList | Audit | Outbound, words: Words) -> list[tuple[str, ...]]:
    """The rows of what was collected, one a channel."""
    return [
        (
            words.channel(line.channel), words.completeness(line.inbound), words.completeness(line.outbound),
            words.period(line.since, line.until), words.basis(line.basis, 160),
        )
        for line in found.coverage
    ]  # fmt: skip
