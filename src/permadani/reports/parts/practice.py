"""What it advises others to do, in its own words, beside what was measured. The reader judges."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from permadani.findings.results import Claim, Practice
from permadani.language import N_
from permadani.reports import pictures
from permadani.reports.foreign import safe, web_link
from permadani.reports.texts import FROM_GROUP
from permadani.reports.words import Words

if TYPE_CHECKING:
    from markupsafe import Markup

CLAIMS_SHOWN = 50
OUTCOMES = {
    "borne_out": N_("borne out"),
    "contradicted": N_("contradicted"),
    "not_checkable": N_("not checkable"),
}
COUNTED = {
    "borne_out": N_("{n} borne out"),
    "contradicted": N_("{n} contradicted"),
    "not_checkable": N_("{n} not checkable"),
}
MEASURED = {
    "answers": N_("of 100 messages to it were answered"),
    "takes_up": N_("of 100 open questions were taken up by it"),
    "amplification": N_("of 100 messages of substance to it were passed on"),
    "participation": N_("of 100 conversations under its own posts were joined by it"),
}
MEASURED_OF = {
    "takes_up": N_("of 100 open questions of {group} were taken up by it"),
    "amplification": N_("of 100 messages of substance from {group} were passed on"),
}
READER_JUDGES = N_("What it advises others to do, beside what it does itself. The reader judges.")


@dataclass(frozen=True, slots=True)
class Advice:
    """One claim as it is shown; ``figure``: measured, None where nothing was."""

    quote: str
    date: str
    url: str | None
    outcome: str
    key: str
    mark: Markup
    promised: str
    figure: str | None
    measured: str
    counts: str | None
    strip: Markup | None
    reason: str
    rule: str


def advices(practice: Practice, html: Words, plain: Words) -> list[Advice]:
    return [_advice(claim, html, plain) for claim in practice.claims[:CLAIMS_SHOWN]]


def summary(practice: Practice, words: Words) -> str | None:
    """How many claims came out how; None where there are none."""
    counts = Counter(str(claim.outcome) for claim in practice.claims)
    said = [words.say(text, n=words.count(counts[key])) for key, text in COUNTED.items() if counts[key]]
    if not said:
        return None
    total = words.plural(len(practice.claims), N_("{n} claim"), N_("{n} claims"))
    return words.say(N_("{claims}: {outcomes}"), claims=total, outcomes=", ".join(said))


def _advice(claim: Claim, html: Words, plain: Words) -> Advice:
    figure, what = claim.figure, _what(claim.checked_by, plain)
    known = figure is not None and figure.rate is not None
    strip = None
    if figure is not None and figure.rate is not None:
        label = f"{plain.figure(figure)} {what}"
        strip = pictures.interval(figure.rate, figure.low, figure.high, "neutral", label)
    return Advice(
        quote=safe(claim.quote, 400),
        date=plain.date(claim.published) if claim.published else plain.say(N_("no date")),
        url=web_link(claim.url),
        outcome=plain.say(OUTCOMES[claim.outcome]),
        key=claim.outcome,
        mark=pictures.verdict_mark(claim.outcome),
        promised=html.say(
            N_("Taken as: at least {threshold} of 100. The bound is a convention."),
            threshold=plain.of_hundred(claim.threshold),
        ),
        figure=html.figure(figure) if figure is not None and known else None,
        measured=what,
        counts=None if figure is None else html.say(
            N_("{count} of {n}; the range holds 99 times of 100."), count=plain.count(figure.count),
            n=plain.count(figure.n),
        ),
        strip=strip,
        reason=html.reason(claim.reason),
        rule=plain.say(N_("given by whoever made this audit"))
        if claim.rule == "given"
        else plain.say(N_("found by the rule {rule}"), rule=safe(claim.rule, 60)),
    )  # fmt: skip


def _what(path: str, words: Words) -> str:
    """What a path into the audit measures; one that is not known is shown as it is."""
    first, *_middle, last = path.split(".") if "." in path else (path, "")
    if first == "answers" and last in FROM_GROUP:
        return words.say(FROM_GROUP[last])
    if first in MEASURED_OF and last in FROM_GROUP:
        return words.say(MEASURED_OF[first], group=words.group(last))
    if first in MEASURED:
        return words.say(MEASURED[first])
    return words.say(N_("of 100 ({what})"), what=safe(path, 60))
