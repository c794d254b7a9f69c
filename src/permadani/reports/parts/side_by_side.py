"""Several audits beside each other: one line a figure, one column an account, in the order in which they were given."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from permadani.findings.reasons import reason
from permadani.findings.results import Audit, Cell, Comparison
from permadani.language import N_
from permadani.reports import pictures
from permadani.reports.parts import practice, statement
from permadani.reports.parts.choices import Choice, Dimension, to_hundred
from permadani.reports.parts.groups import strip
from permadani.reports.reading import has_amplification, measured_rate
from permadani.reports.texts import FROM_GROUP, PAIRS, TONES
from permadani.reports.words import Words

if TYPE_CHECKING:
    from markupsafe import Markup

NO_RANKING = N_(
    "In the order asked for. This is no ranking: the accounts differ in load, channel and in what could be seen."
)


@dataclass(frozen=True, slots=True)
class Entry:
    """What one account's column says; ``why`` in more words. ``given``: whether it says anything of its own.

    ``prose``: a sentence rather than a figure or a verdict.
    """

    text: str
    why: str | None = None
    picture: Markup | None = None
    mark: Markup | None = None
    given: bool = True
    prose: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    label: str
    entries: list[Entry]


NOTHING = Entry("–", given=False)
Column = Callable[[Audit, Words], Entry]


def lines(audits: Sequence[Audit], words: Words) -> list[Line]:
    """All lines that say something of at least one of them; no account is told the same reason twice."""
    found = [Line(words.say(label), [column(audit, words) for audit in audits]) for label, column in _COLUMNS]
    found = [line for line in found if any(entry.given for entry in line.entries)]
    for place in range(len(audits)):
        told: set[str | None] = set()
        for line in found:
            entry = line.entries[place]
            if entry.why in told:
                line.entries[place] = replace(entry, why=None)
            told.add(entry.why)
    return found


def _collected(audit: Audit, words: Words) -> Entry:
    """By channel, and both ways: what was written to it may be missing where what it wrote is complete."""
    if not audit.coverage:
        return Entry(words.completeness("none"), prose=True)
    said = [
        words.say(
            N_("{channel}: to it {inbound}, by it {outbound}"), channel=words.channel(line.channel),
            inbound=words.completeness(line.inbound), outbound=words.completeness(line.outbound),
        )
        for line in audit.coverage
    ]  # fmt: skip
    return Entry("; ".join(said), prose=True)


def _wrote(audit: Audit, words: Words) -> Entry:
    cell = audit.answers.overall.cell
    if cell is None or not cell.approaches:
        return NOTHING
    judged = words.say(N_("{n} could be judged"), n=words.count(cell.eligible))
    return Entry(f"{words.messages_by(cell)}; {judged}", prose=True)


def _overall(audit: Audit, words: Words) -> Entry:
    overall = audit.answers.overall
    cell = measured_rate(overall)
    if cell is None:
        return Entry(words.verdict(overall.verdict), words.reason(overall.reason))
    why = None if overall.verdict == "not_enough_evidence" else words.verdict(overall.verdict)
    return _figure(cell, "neutral", words.say(N_("of 100 messages to it were answered")), words, why)


def _usual(audit: Audit, words: Words) -> Entry:
    usual = audit.answers.overall.usual
    if usual is None:
        measured = measured_rate(audit.answers.overall) is not None
        return Entry(words.reason(reason("no_usual")), prose=True) if measured else NOTHING
    template = N_("Of {accounts} of like size, half answer between {low} and {high} of 100, the middle one {median}.")
    said = words.say(
        template, accounts=words.plural(usual.accounts, N_("{n} account"), N_("{n} accounts")),
        low=words.of_hundred(usual.low), high=words.of_hundred(usual.high), median=words.of_hundred(usual.median),
    )  # fmt: skip
    return Entry(said, prose=True)


def _group(dimension: Dimension, group: str) -> Column:
    def column(audit: Audit, words: Words) -> Entry:
        comparison = _of(audit, dimension)
        cell = comparison.cells.get(group)
        if cell is None or not cell.approaches:
            return _nothing(comparison, words)
        return _figure(cell, group, words.say(FROM_GROUP[group]), words)

    return column


def _figure(cell: Cell, group: str, what: str, words: Words, why: str | None = None) -> Entry:
    if cell.rate is None:
        counts = words.say(
            N_("{answered} of {eligible}: not enough to say"),
            answered=words.count(cell.answered), eligible=words.count(cell.eligible),
        ) if cell.eligible else words.say(N_("nothing can be said"))  # fmt: skip
        return Entry(counts, why)
    figure = words.figure(cell)
    return Entry(figure, why, strip(group, cell, f"{figure} {what}"))


def _nothing(comparison: Comparison, words: Words) -> Entry:
    """No figure; that it is not measurable is said in every line."""
    if comparison.verdict != "not_measurable":
        return NOTHING
    return replace(NOTHING, text=words.verdict("not_measurable"))


def _of(audit: Audit, dimension: Dimension) -> Comparison:
    return audit.answers.by_standing if dimension == "standing" else audit.answers.by_tenure


def _verdict(dimension: Dimension) -> Column:
    def column(audit: Audit, words: Words) -> Entry:
        comparison = _of(audit, dimension)
        choice = Choice.of(comparison, "answers", dimension, words)
        said = words.reason(comparison.reason)
        why = f"{said} {choice.caution}" if choice.caution else said
        return Entry(words.verdict(comparison.verdict, dimension), why, mark=_mark(comparison.verdict))

    return column


def _blind(dimension: Dimension) -> Column:
    def column(audit: Audit, words: Words) -> Entry:
        comparison = _of(audit, dimension)
        said = Choice.of(comparison, "answers", dimension, words).blind
        return Entry(said, prose=True) if said else _nothing(comparison, words)

    return column


def _odds(dimension: Dimension) -> Column:
    def column(audit: Audit, words: Words) -> Entry:
        ratio = Choice.of(_of(audit, dimension), "answers", dimension, words).chosen.odds_ratio
        if ratio is None:
            return _nothing(_of(audit, dimension), words)
        value, low, high = (to_hundred(number, words) for number in (ratio.value, ratio.low, ratio.high))
        return Entry(words.say(N_("{value} [{low}–{high}] to 100"), value=value, low=low, high=high))

    return column


def _takes_up(audit: Audit, words: Words) -> Entry:
    part = audit.takes_up
    if part.reason.key == "no_group_channel":
        return NOTHING
    return Entry(words.verdict(part.verdict), words.reason(part.reason), mark=_mark(part.verdict))


def _amplification(audit: Audit, words: Words) -> Entry:
    part = audit.amplification
    blind = Choice.of(part, "amplification", "standing", words).blind if has_amplification(part) else None
    return Entry(
        words.verdict(part.verdict, "standing"), blind or words.reason(part.reason), mark=_mark(part.verdict)
    )  # fmt: skip


def _participation(audit: Audit, words: Words) -> Entry:
    part = audit.participation
    verdict, why, mark = words.verdict(part.verdict), words.reason(part.reason), _mark(part.verdict)
    if part.rate is None:
        return Entry(verdict, why, mark=mark)
    figure = f"{words.of_hundred(part.rate)} {words.range(part.low, part.high)}".strip()
    text = f"{verdict}: {words.say(N_('{figure} of 100'), figure=figure)}"
    return Entry(text, why, pictures.interval(part.rate, part.low, part.high, "neutral", text), mark)


def _practice(audit: Audit, words: Words) -> Entry:
    found = practice.summary(audit.practice, words)
    return Entry(found) if found else Entry(words.reason(audit.practice.reason), given=False, prose=True)


def _own_words(audit: Audit, words: Words) -> Entry:
    said = statement.said(audit.statement, words)
    if said is None:
        return NOTHING
    quotes = [text for text in (said.text, *(theirs for _label, _ours, theirs in said.lines)) if text]
    return Entry(" ".join(f"“{text}”" for text in quotes) or "–", prose=True)


def _mark(verdict: str) -> Markup:
    return pictures.verdict_mark(TONES[verdict])


_COLUMNS: tuple[tuple[str, Column], ...] = (
    (N_("What was collected"), _collected),
    (N_("Who wrote"), _wrote),
    (N_("Of 100 messages, answered"), _overall),
    (N_("Is that usual?"), _usual),
    (N_("Of 100 from newcomers"), _group("tenure", "newcomer")),
    (N_("Of 100 from regulars"), _group("tenure", "regular")),
    (PAIRS["tenure"], _verdict("tenure")),
    (N_("If it had chosen blind to who is new"), _blind("tenure")),
    (N_("Newcomers chosen, to 100 regulars"), _odds("tenure")),
    (N_("Of 100 from juniors"), _group("standing", "junior")),
    (N_("Of 100 from seniors"), _group("standing", "senior")),
    (PAIRS["standing"], _verdict("standing")),
    (N_("If it had chosen blind to standing"), _blind("standing")),
    (N_("Juniors chosen, to 100 seniors"), _odds("standing")),
    (N_("Whose open questions it takes up"), _takes_up),
    (N_("Whom it passes on"), _amplification),
    (N_("Conversations under its own posts"), _participation),
    (N_("What it advises, and what it does"), _practice),
    (statement.OWN_WORDS, _own_words),
)
