"""What was planted and what was found, as sentences for the page and the terminal."""

from __future__ import annotations

from collections import Counter

from permadani.demo.model import DAY, Account
from permadani.demo.truth import Count, Truth
from permadani.findings.results import Amplification, Audit, Cell, Comparison
from permadani.language import N_
from permadani.reports.words import Words

PLANTED = {
    "rani": N_(
        "Answers mostly seniors: {junior} of 100 messages from juniors, {middle} of 100 from the middle class, "
        "{senior} of 100 from seniors. Of those who wait at the same moment a senior is answered, or passed on, "
        "{times} times as readily as a junior; newcomers and regulars alike. Advises others to reply to everyone."
    ),
    "bima": N_(
        "Answers everyone alike, whoever writes: {overall} of 100 messages, {junior} of 100 from juniors and "
        "{senior} of 100 from seniors. Of those who wait at the same moment nobody is preferred, neither seniors nor "
        "regulars, in what is answered and in what is passed on. Advises others to reply to everyone, and does."
    ),
    "nora": N_(
        "Gets far more messages than one person can answer, and does not look who wrote them: {overall} of 100 are "
        "answered, {junior} of 100 from juniors and {senior} of 100 from seniors. Of those who wait at the same moment "
        "nobody is preferred, neither seniors nor regulars."
    ),
    "tom": N_(
        "Was away for {weeks} weeks, in which {not_reached} messages came that could not be answered in time. "
        "Of the others {overall} of 100 are answered, and of those who wait at the same moment newcomers as readily as "
        "regulars. Who of them has many followers is not known. Speaks of the absence in a statement."
    ),
    "sari": N_(
        "An assistant lets a program publish {automation} of 100 messages of this account, thank-yous included, and "
        "sends {pitches} newcomers the same sales pitch: none of these is an answer. By hand {overall} of 100 messages "
        "are answered, whoever wrote them: too few to see a preference if there were one."
    ),
}
"""At most 500 characters each: a page shows no more."""
FIGURES = {
    "rani": N_("of 100 messages from juniors {junior}, from the middle class {middle}, from seniors {senior}"),
    "bima": N_("of 100 messages {overall}, from juniors {junior}, from seniors {senior}"),
    "nora": N_("of 100 messages {overall}, from juniors {junior}, from seniors {senior}"),
    "tom": N_(
        "of 100 messages {overall}, from newcomers {newcomer}, from regulars {regular}; {not_reached} while away"
    ),
    "sari": N_(
        "of 100 messages {overall}; {automation} of 100 of its own sent by a program, {own_pitches} sales pitches"
    ),
}


def planted(account: Account, truth: Truth, words: Words) -> str:
    def share(count: Count) -> str:
        return words.of_hundred(count.rate)

    away = sum(until - since for since, until in account.absences)
    return words.say(
        PLANTED[account.key],
        overall=share(truth.overall),
        **{name: share(count) for name, count in (truth.by_standing | truth.by_tenure).items()},
        times=round(1 / (truth.odds_by_standing or 1)),
        weeks=round(away / (7 * DAY)),
        not_reached=words.count(truth.not_reached),
        automation=words.of_hundred(truth.automation),
        pitches=words.count(truth.pitches),
    )


def found(account: Account, truth: Truth, audit: Audit, words: Words) -> list[str]:
    """Sentences: the figures, then each verdict with the odds that were planted."""
    answers, practice = audit.answers, Counter(claim.outcome for claim in audit.practice.claims)
    lines = [
        _figures(account, audit, words),
        words.say(
            N_("answers, juniors beside seniors: {verdict}"),
            verdict=_verdict(answers.by_standing, "standing", truth.odds_by_standing, words),
        ),
        words.say(
            N_("answers, newcomers beside regulars: {verdict}"),
            verdict=_verdict(answers.by_tenure, "tenure", truth.odds_by_tenure, words),
        ),
    ]
    if any(truth.reshared.values()):
        told = _verdict(audit.amplification, "standing", truth.odds_by_standing, words)
        lines.append(words.say(N_("reshares, juniors beside seniors: {verdict}"), verdict=told))
    if practice:
        lines.append(
            words.say(
                N_("its advice beside its deeds: {borne_out} borne out, {contradicted} contradicted, {open} open"),
                borne_out=practice["borne_out"], contradicted=practice["contradicted"],
                open=practice["not_checkable"],
            )
        )  # fmt: skip
    return lines


def _figures(account: Account, audit: Audit, words: Words) -> str:
    def figure(cell: Cell | None) -> str:
        return "–" if cell is None else words.figure(cell)

    answers = audit.answers
    cells, left_out = answers.by_standing.cells | answers.by_tenure.cells, answers.left_out
    names = ("junior", "middle", "senior", "newcomer", "regular")
    return words.say(
        FIGURES[account.key],
        overall=figure(answers.overall.cell),
        **{name: figure(cells.get(name)) for name in names},
        not_reached=words.count(left_out.not_reached if left_out else None),
        own_pitches=words.count(left_out.own_pitches if left_out else None),
        automation=words.of_hundred(audit.automation.share),
    )


def _verdict(compared: Comparison | Amplification, dimension: str, odds: float | None, words: Words) -> str:
    verdict, ratio = words.verdict(compared.verdict, dimension), compared.odds_ratio
    if ratio is None or odds is None:
        return verdict
    return words.say(
        N_("{verdict}; odds {value} [{low}–{high}], planted {planted}"),
        verdict=verdict, value=words.decimal(ratio.value), low=words.decimal(ratio.low), high=words.decimal(ratio.high),
        planted=words.decimal(odds),
    )  # fmt: skip
