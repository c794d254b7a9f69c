"""Whose messages it passes on that were not written to it: by class, and how unequally. No verdict follows."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from permadani.findings.results import STANDINGS, Composition
from permadani.language import N_
from permadani.reports import pictures
from permadani.reports.words import Words

if TYPE_CHECKING:
    from markupsafe import Markup

TABLE_ROWS = 10
_HUNDREDTH = 100  # people, from which on the most reshared hundredth is more than one


@dataclass(frozen=True, slots=True)
class Others:
    """The composition with its words; ``words`` make sentences, ``plain`` labels."""

    found: Composition
    words: Words
    plain: Words

    @property
    def total(self) -> str:
        words = self.words
        return words.say(
            N_("It passed on {reshares} of {people} that were not written to it. No verdict follows from these."),
            reshares=words.plural(self.found.reshares, N_("{n} message"), N_("{n} messages")),
            people=words.plural(self.found.people, N_("{n} person"), N_("{n} people")),
        )  # fmt: skip

    @property
    def concentration(self) -> str | None:
        """How unequally, in numbers of people; read from the curve."""
        words, found, half = self.words, self.found, self._half()
        said: list[str] = []
        if half is not None:
            said.append(
                words.say(_HALF[self._thinned, half == 1], reshares=words.count(found.reshares), n=words.count(half))
            )
        if found.top_share is not None and found.reshares:
            top = round(found.top_share * found.reshares)
            most = (
                N_("{n} went to the one person it reshared most.")
                if found.people < 2 * _HUNDREDTH
                else N_("{n} went to the hundredth of them that it reshared most.")
            )
            said.append(words.say(most, n=words.count(top)))
        if found.gini is not None:
            said.append(
                words.say(N_("Gini {gini} (0: all alike, 1: everything to one)."), gini=words.decimal(found.gini))
            )
        return words.join(*said) if said else None

    @property
    def _thinned(self) -> bool:
        """Whether the curve is drawn through fewer points than there are people: it then lies a little too high."""
        return len(self.found.lorenz) < self.found.people + 1

    def _half(self) -> int | None:
        """The fewest people who have half of the reshares (at most so many where the curve is thinned)."""
        below = [x for x, y in self.found.lorenz if y <= 0.5]
        above = [(x, y) for x, y in self.found.lorenz if y > 0.5]
        if not below or not above or not self.found.people:
            return None
        start = max(below)
        first = next(y for x, y in self.found.lorenz if x == start)
        end, last = above[0]
        across = start + (end - start) * (0.5 - first) / (last - first)
        return max(1, math.ceil(round((1 - across) * self.found.people, 6)))

    @property
    def classes(self) -> list[tuple[str, str, int, Markup]]:
        """Class (a known one), its name, reshares, and a bar of all reshares."""
        known = [group for group in STANDINGS if group in self.found.by_class]
        names = [*known, *(group for group in self.found.by_class if group not in STANDINGS)]
        return [
            (shape := group if group in known else "unknown", self.plain.group(group), number,
             pictures.share_bar(number, self.found.reshares, shape))
            for group in names
            if (number := self.found.by_class[group]) or group in known
        ]  # fmt: skip

    @property
    def curve(self) -> Markup | None:
        if len(self.found.lorenz) < 3:
            return None
        plain = self.plain
        label = plain.say(
            N_("Lorenz curve: people from the least to the most reshared, and how many of 100 reshares they had.")
        )
        across, up = plain.say(N_("of 100 people, least reshared first")), plain.say(N_("of 100 reshares"))
        return pictures.lorenz(self.found.lorenz, across, up, label)

    @property
    def curve_rows(self) -> list[tuple[str, str]]:
        return curve_rows(self.found.lorenz, self.plain)


def curve_rows(lorenz: Sequence[tuple[float, float]], plain: Words) -> list[tuple[str, str]]:
    """The curve as a table of at most ``TABLE_ROWS`` lines, without its beginning."""
    points = lorenz[1:]
    step = max(1, math.ceil(len(points) / TABLE_ROWS))
    chosen = [point for place, point in enumerate(reversed(points)) if place % step == 0]
    return [(plain.of_hundred(x), plain.of_hundred(y)) for x, y in reversed(chosen)]


_HALF = {
    (False, True): N_("Of its {reshares} other reshares, half went to {n} person."),
    (False, False): N_("Of its {reshares} other reshares, half went to {n} people."),
    (True, True): N_("Of its {reshares} other reshares, half went to {n} person."),
    (True, False): N_("Of its {reshares} other reshares, half went to at most {n} people."),
}
CURVE_HEADS = (N_("of 100 people, least reshared first"), N_("of 100 reshares"))
