"""Whether a share is usual: beside the accounts of like size in the reader's own store."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from permadani.findings.results import Overall, Usual
from permadani.language import N_
from permadani.reports import pictures
from permadani.reports.reading import measured_rate
from permadani.reports.words import Words

if TYPE_CHECKING:
    from markupsafe import Markup

LIKE_SIZE = {
    "followers": N_("{low} to {high} followers"),
    "approaches": N_("{low} to {high} messages received"),
}


@dataclass(frozen=True, slots=True)
class Yardstick:
    """``sentence`` says all; ``picture`` and ``rows`` again, None and empty where the store cannot tell."""

    question: str
    sentence: str
    picture: Markup | None
    rows: list[tuple[str, str]]


def yardstick(overall: Overall, html: Words, plain: Words) -> Yardstick | None:
    """None where it was not asked, or there is no rate to ask it of."""
    cell, usual = measured_rate(overall), overall.usual
    if cell is None or cell.rate is None:
        return None
    question = html.say(N_("Is {figure} of 100 usual?"), figure=html.figure(cell))
    if usual is None:
        asked = overall.reason.key == "no_usual"
        return Yardstick(question, html.reason(overall.reason), None, []) if asked else None
    own = plain.say(N_("this account: {rate}"), rate=plain.of_hundred(cell.rate))
    middle = plain.say(N_("the middle one: {rate}"), rate=plain.of_hundred(usual.median))
    sentence = spread(usual, plain)
    picture = pictures.usual(cell.rate, usual, f"{sentence} {own}.", (own, middle))
    rows = [
        (plain.say(N_("this account")), plain.figure(cell)),
        (plain.say(N_("a quarter answers up to")), plain.of_hundred(usual.low)),
        (plain.say(N_("the middle one")), plain.of_hundred(usual.median)),
        (plain.say(N_("a quarter answers from")), plain.of_hundred(usual.high)),
    ]
    return Yardstick(question, spread(usual, html), picture, rows)


def spread(usual: Usual, words: Words) -> str:
    """The quartiles in natural frequencies, with how many accounts they are of and how large these are."""
    size = words.say(
        LIKE_SIZE[usual.size_of], low=words.short_count(usual.size_low), high=words.short_count(usual.size_high)
    )
    accounts = words.plural(usual.accounts, N_("{n} account"), N_("{n} accounts"))
    template = N_(
        "The store behind this audit holds {accounts} of like size ({size}) that could be measured. Of 100 messages, "
        "half of these accounts answer between {low} and {high}, the middle one {median}; {below} of them answer a "
        "smaller share than this account."
    )
    return words.say(
        template, accounts=accounts, size=size, low=words.of_hundred(usual.low), high=words.of_hundred(usual.high),
        median=words.of_hundred(usual.median), below=words.count(usual.below),
    )  # fmt: skip


def why(overall: Overall, words: Words) -> str:
    """The reason of everybody's verdict; what is usual instead of that nobody knows it, where the store can tell."""
    if overall.usual is not None and overall.reason.key in ("no_yardstick", "usual_known"):
        return spread(overall.usual, words)
    return words.reason(overall.reason)
