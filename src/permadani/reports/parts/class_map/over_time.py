"""How all of it changed: small lines of each figure by month or year, their tables, and trends in words."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from permadani.findings.results import Estimate, PeriodOfMap, Ratio, Reception, TrendOf
from permadani.language import N_
from permadani.reports.parts.class_map.figures import (
    TOO_FEW,
    Section,
    estimate,
    factors,
    period,
    share,
    share_or_few,
    times,
    times_or_few,
    vague,
)
from permadani.reports.parts.class_map.names import LABELS

TITLE = N_("Over time")
CLUB_TITLE = N_("The seniors among themselves, and how unequally all is spread")
RECEPTION_HEADS = (
    N_("period"), N_("posts"), N_("everybody"), N_("juniors"), N_("middle"), N_("seniors"), N_("unknown"),
    N_("first posts"), N_("later posts"),
)  # fmt: skip
CLUB_HEADS = (
    N_("period"), N_("answers"), N_("seniors to seniors"), N_("others to seniors"), N_("first over second"),
    N_("Gini of answers"), N_("Gini of reshares"),
)  # fmt: skip
RECEPTION_NOTE = N_(
    "Of 100 posts, answered within {days} days; posts that were younger at the end of what was collected are not "
    "counted."
)
POSTS_OF = {
    "all": N_("Of 100 posts"),
    "junior": N_("Of 100 posts of juniors"),
    "middle": N_("Of 100 posts of the middle class"),
    "senior": N_("Of 100 posts of seniors"),
    "unknown": N_("Of 100 posts of people of unknown class"),
    "newcomer": N_("Of 100 first posts"),
    "regular": N_("Of 100 later posts"),
}
CHANGED = {
    "fell": N_("{of_posts}, fewer were answered in time as time went on: {size}."),
    "rose": N_("{of_posts}, more were answered in time as time went on: {size}."),
    "steady": N_("{of_posts}, about as many were answered in time throughout: {size}."),
}
CLUB_CHANGED = {
    "fell": N_("How much more seniors answer one another than others answer them fell: {size}."),
    "rose": N_("How much more seniors answer one another than others answer them rose: {size}."),
    "steady": N_("How much more seniors answer one another than others answer them was steady: {size}."),
}
GINI_CHANGED = {
    "gini_answers": {
        "fell": N_("Answers became more evenly spread: {size}."),
        "rose": N_("Answers became more unequally spread: {size}."),
        "steady": N_("Answers were spread about as unequally throughout: {size}."),
    },
    "gini_reshares": {
        "fell": N_("Reshares became more evenly spread: {size}."),
        "rose": N_("Reshares became more unequally spread: {size}."),
        "steady": N_("Reshares were spread about as unequally throughout: {size}."),
    },
}
SIZES = {
    "reception": N_("each year the odds of an answer were {figure} times those of the year before"),
    "closure": N_("each year the figure was {figure} times that of the year before"),
    "gini_answers": N_("the Gini coefficient changed by {figure} a year"),
    "gini_reshares": N_("the Gini coefficient changed by {figure} a year"),
}
UNSURE = "map_trend_unsure"
LONGEST = 600  # periods of a line; what is longer has a wrong clock in it
TREND_HEADS = (N_("what"), N_("of whom"), N_("change a year"), N_("in a word"))
TREND_NAMES = {
    "reception": N_("answered in time (odds, times)"),
    "closure": N_("closure of the seniors (times)"),
    "gini_answers": N_("Gini of answers (added)"),
    "gini_reshares": N_("Gini of reshares (added)"),
}
TREND_WORDS = {"fell": N_("fell"), "rose": N_("rose"), "steady": N_("steady")}


@dataclass(frozen=True, slots=True)
class Point:
    """One period on a line. ``value``: None where nothing may be said, and ``figure`` says why."""

    period: str
    value: float | None
    low: float | None
    high: float | None
    figure: str


@dataclass(frozen=True, slots=True)
class Line:
    """One small line: its name, and its points in order. ``top``: the upper end of its scale, 1.0 for shares."""

    key: str
    name: str
    points: tuple[Point, ...]
    top: float
    middle: float | None = None

    @property
    def known(self) -> list[Point]:
        return [one for one in self.points if one.value is not None]

    @property
    def ends(self) -> list[Point]:
        """The first and the last figure that tell something; of shares those whose range is not nearly everything."""
        telling = [one for one in self.known if self.middle is not None or not vague(one.low, one.high)]
        return telling[:1] + telling[1:][-1:]


class OverTimeTold(Section):
    """Periods in order. On lines those between without any post have their place too; tables leave them out."""

    @property
    def several(self) -> bool:
        """Whether there is more than one period, so that a change can be seen at all."""
        return len(self.found.over_time) > 1

    # lines

    def reception_lines(self) -> list[Line]:
        """Everybody, each class, first and later posts; a line without any figure is left out."""
        reads: list[tuple[str, Callable[[PeriodOfMap], Reception | None]]] = [("all", lambda p: p.reception.all)]
        reads += [(key, _of_class(key)) for key in ("junior", "middle", "senior", "unknown")]
        reads += [(key, _of_tenure(key)) for key in ("newcomer", "regular")]
        return self._lines([self._reception_line(key, read) for key, read in reads])

    def club_lines(self) -> list[Line]:
        """The three figures of closure, and the two Gini coefficients."""
        plain, places = self.plain, self._places()
        ratios = (
            ("seniors_to_seniors", CLUB_HEADS[2]), ("others_to_seniors", CLUB_HEADS[3]), ("relative", CLUB_HEADS[4]),
        )  # fmt: skip
        lines = []
        for key, name in ratios:
            points = []
            for name_of, one in places:
                ratio: Ratio | None = None if one is None else getattr(one, key)
                said = times(ratio, plain)
                value, low, high = (ratio.value, ratio.low, ratio.high) if ratio and said else (None, None, None)
                points.append(Point(name_of, value, low, high, str(said or plain.say(TOO_FEW))))
            top = max([2.0, *(one.value for one in points if one.value is not None)])
            lines.append(Line(key, plain.say(name), tuple(points), top, 1.0))
        for key, name in (("answers_received", CLUB_HEADS[5]), ("reshares_received", CLUB_HEADS[6])):
            points = []
            for name_of, one in places:
                spread = None if one is None else getattr(one, key)
                gini: Estimate | None = None if spread is None else spread.gini
                said = str(estimate(gini, plain) or ("–" if spread is None else plain.say(TOO_FEW)))
                value, low, high = (None, None, None) if gini is None else (gini.value, gini.low, gini.high)
                points.append(Point(name_of, value, low, high, said))
            lines.append(Line(key, plain.say(name), tuple(points), 1.0))
        return self._lines(lines)

    def _reception_line(self, key: str, read: Callable[[PeriodOfMap], Reception | None]) -> Line:
        plain, points = self.plain, []
        for name_of, one in self._places():
            of = None if one is None else read(one)
            said = share(of, plain)
            found = (of.rate, of.low, of.high) if of is not None and said else (None, None, None)
            points.append(Point(name_of, *found, str(said or self._none(of))))
        return Line(key, plain.say(LABELS[key]), tuple(points), 1.0)

    @staticmethod
    def _lines(lines: Sequence[Line]) -> list[Line]:
        return [line for line in lines if line.known]

    def _none(self, of: Reception | None) -> str:
        return self.plain.say(N_("none known")) if of is None or not of.posts else self.plain.say(TOO_FEW)

    def _places(self) -> list[tuple[str, PeriodOfMap | None]]:
        """Every month or year from the first to the last, so that lines do not draw gaps together."""
        plain, periods = self.plain, self.found.over_time
        by_number = {_number(one.period): one for one in periods}
        first, last = min(by_number, default=0), max(by_number, default=-1)
        if last - first >= LONGEST:
            return [(period(one.period, plain), one) for one in periods]
        monthly = self.found.by == "month"
        return [(period(_name(n, monthly=monthly), plain), by_number.get(n)) for n in range(first, last + 1)]

    def from_to(self, line: Line) -> str:
        """The first and the last figure of a line, with their periods."""
        ends = [f"{one.period}: {one.figure}" for one in line.ends]
        return " → ".join(ends) or self.plain.say(N_("too wide ranges"))

    # tables

    def reception_rows(self) -> list[tuple[str, ...]]:
        """Under ``RECEPTION_HEADS``."""
        plain, rows = self.plain, []
        for one in self.found.over_time:
            found = one.reception
            groups = [found.by_class.get(key) for key in ("junior", "middle", "senior", "unknown")]
            groups += [found.by_tenure.get(key) for key in ("newcomer", "regular")]
            cells = [self._cell(of) for of in (found.all, *groups)]
            rows.append((period(one.period, plain), plain.count(found.all.posts or None), *cells))
        return rows

    def _cell(self, of: Reception | None) -> str:
        return "–" if of is None or not of.posts else str(share_or_few(of, self.plain))

    def club_rows(self) -> list[tuple[str, ...]]:
        """Under ``CLUB_HEADS``."""
        plain = self.plain
        rows = []
        for one in self.found.over_time:
            ratios = (one.seniors_to_seniors, one.others_to_seniors, one.relative)
            ginis = [
                "–" if of is None else str(estimate(of.gini, plain) or plain.say(TOO_FEW))
                for of in (one.answers_received, one.reshares_received)
            ]
            answers = plain.count(None if one.answers.reason is not None else one.answers.count)
            rows.append((
                period(one.period, plain), answers, *("–" if r is None else times_or_few(r, plain) for r in ratios),
                *ginis,
            ))  # fmt: skip
        return rows

    # trends

    def trends(self) -> list[str]:
        """A sentence for each trend of which something can be said; none where nothing is told over time."""
        if not self.several:
            one = N_("There is only one period, so no change can be seen.")
            return [self.words.say(one)] if self.found.over_time else []
        words, changes = self.words, [one for one in self.found.trends if one.change is not None]
        if not changes:
            return [words.say(N_("There is too little to say whether anything fell or rose."))]
        said = [one for one in map(self._trend, changes) if one is not None]
        unsaid = {one.reason.key: one.reason for one in changes if one.word is None and one.reason is not None}
        if said:
            others = N_("Of the other figures that is not said: {reason}.")
            return [*said, *(words.say(others, reason=words.reason(one)) for one in unsaid.values())]
        if set(unsaid) <= {UNSURE}:
            nothing = [words.say(N_("Nothing clearly fell or rose: {reason}."), reason=words.reason(one))
                       for one in unsaid.values()]  # fmt: skip
            return nothing or [words.say(N_("Nothing clearly fell or rose."))]
        none = N_("Whether anything fell or rose is not said: {reason}.")
        return [words.say(none, reason=words.reason(one)) for one in unsaid.values()]

    def _trend(self, trend: TrendOf) -> str | None:
        words = self.words
        if trend.word is None or trend.change is None:
            return None
        size = words.say(SIZES[trend.what], figure=self._change(trend, trend.change))
        if trend.what == "reception":
            return words.say(CHANGED[trend.word], of_posts=words.say(POSTS_OF[trend.of]), size=size)
        templates = CLUB_CHANGED if trend.what == "closure" else GINI_CHANGED[trend.what]
        return words.say(templates[trend.word], size=size)

    def _change(self, trend: TrendOf, change: Estimate, *, plain: bool = False) -> str:
        """On the scale on which it is told: logarithms as factors, coefficients as what is added."""
        words = self.plain if plain else self.words
        if trend.what in GINI_CHANGED:
            return estimate(change, words) or ""
        value, low, high = (math.exp(min(one, 50.0)) for one in (change.value, change.low, change.high))
        return factors(value, low, high, words)

    def trend_rows(self) -> list[tuple[str, ...]]:
        """Every trend under ``TREND_HEADS``, those of which nothing may be said too."""
        plain = self.plain
        return [
            (
                plain.say(TREND_NAMES[one.what]),
                plain.say(LABELS[one.of]) if one.what == "reception" and one.of in LABELS else "–",
                plain.say(TOO_FEW) if one.change is None else str(self._change(one, one.change, plain=True)),
                plain.say(N_("not said")) if one.word is None else plain.say(TREND_WORDS[one.word]),
            )
            for one in self.found.trends
        ]  # fmt: skip


def _number(name: str) -> int:
    """``2015`` as 2015, ``2015-04`` as the number of months."""
    year, _, month = name.partition("-")
    return int(year) * 12 + int(month) - 1 if month else int(year)


def _name(number: int, *, monthly: bool) -> str:
    return f"{number // 12:04}-{number % 12 + 1:02}" if monthly else str(number)


def _of_class(key: str) -> Callable[[PeriodOfMap], Reception | None]:
    return lambda one: one.reception.by_class.get(key)


def _of_tenure(key: str) -> Callable[[PeriodOfMap], Reception | None]:
    return lambda one: one.reception.by_tenure.get(key)
