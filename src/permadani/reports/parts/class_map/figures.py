"""Figures of the map with their ranges. A figure that its n does not carry is none, and is said to be too few."""

from __future__ import annotations

from typing import Literal

from permadani.findings.results import ClassMap, Estimate, Ratio
from permadani.language import N_
from permadani.reports.parts.class_map.names import MONTHLY
from permadani.reports.texts import MONTHS
from permadani.reports.words import Share, Words

Mark = Literal["more", "less", "either", "few"]

TOO_FEW = N_("too few")
FINE = 1.55
VAGUE = 0.6  # a range of so much of everything, or more, tells next to nothing (a convention)
WHOLE_FROM = 9.95


class Section:
    """One part of the map in one language; ``words`` make sentences, ``plain`` labels and tables."""

    def __init__(self, found: ClassMap, words: Words, plain: Words) -> None:
        self.found, self.words, self.plain = found, words, plain

    def sentences(self, *said: str | None) -> list[str]:
        return [one for one in said if one is not None]


def vague(low: float | None, high: float | None) -> bool:
    """Whether the range of a share is nearly everything."""
    return low is None or high is None or high - low >= VAGUE


def share(of: Share | None, words: Words) -> str | None:
    """``65 [52–76]`` of 100; None where n does not carry it."""
    if of is None or of.rate is None or of.low is None or of.high is None:
        return None
    return words.bounded(words.of_hundred(of.rate), words.range(of.low, of.high))


def share_or_few(of: Share | None, words: Words) -> str:
    return share(of, words) or words.say(TOO_FEW)


def factors(value: float, low: float, high: float, words: Words) -> str:
    """How many times, with the range: two digits where it matters on which side of 1 or of 1.5 it lies."""
    digits = 2 if low < FINE else 1
    number, *ends = (factor(one, words, digits) for one in (value, low, high))
    return words.bounded(number, f"[{ends[0]}–{ends[1]}]")


def factor(number: float, words: Words, digits: int = 2) -> str:
    """``2.15``; from ten on a whole number."""
    if number >= WHOLE_FROM:
        return words.count(round(number))
    return f"{number:.{digits}f}".replace(".", words.point)


def times(ratio: Ratio | None, words: Words) -> str | None:
    """``2.1 [1.6–2.8]`` times what was expected; None where n does not carry it."""
    if ratio is None or ratio.value is None or ratio.low is None or ratio.high is None:
        return None
    return factors(ratio.value, ratio.low, ratio.high, words)


def times_or_few(ratio: Ratio | None, words: Words) -> str:
    return times(ratio, words) or words.say(TOO_FEW)


def mark(ratio: Ratio | None) -> Mark:
    """On which side of 1 all of the interval lies."""
    if ratio is None or ratio.value is None or ratio.low is None or ratio.high is None:
        return "few"
    return "more" if ratio.low > 1 else "less" if ratio.high < 1 else "either"


def estimate(of: Estimate | None, words: Words) -> str | None:
    """A figure with two digits and its range."""
    if of is None:
        return None
    return words.bounded(words.decimal(of.value), f"[{words.decimal(of.low)}–{words.decimal(of.high)}]")


def expected(number: float, words: Words) -> str:
    """How many a blind choice would have given: whole where there are many."""
    return factor(number, words, 1)


def part(of: Estimate | None, words: Words) -> str | None:
    """An estimate of a share as of 100."""
    if of is None:
        return None
    return words.bounded(words.of_hundred(of.value), words.range(of.low, of.high))


def apart(first: Share | None, second: Share | None) -> bool:
    """Whether the intervals do not meet and neither is nearly everything, so that a difference may be said."""
    if first is None or second is None or vague(first.low, first.high) or vague(second.low, second.high):
        return False
    return (first.low or 0) > (second.high or 0) or (second.low or 0) > (first.high or 0)


def period(name: str, words: Words) -> str:
    """``2015-04`` as Apr 2015; a year as it is."""
    year, _, month = name.partition("-")
    if not month:
        return year
    return str(words.say(MONTHLY, month=words.say(MONTHS[int(month) - 1]), year=year))
