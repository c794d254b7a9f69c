"""The pictures of the class map, made of what ``Told`` says: each with the sentence that says the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import log
from typing import TYPE_CHECKING

from permadani.findings.results import Closure, Matrix, PeriodOfMap, Ratio
from permadani.language import N_
from permadani.reports import pictures
from permadani.reports.parts.class_map.closure import ADDRESSING
from permadani.reports.parts.class_map.figures import mark, period, share_or_few, times, times_or_few
from permadani.reports.parts.class_map.matrices import MARKS, Heat, MatrixTold
from permadani.reports.parts.class_map.names import CLASSES, LABELS, MEANINGS, NAMES, TO
from permadani.reports.parts.class_map.over_time import Line
from permadani.reports.parts.class_map.reception import Shown
from permadani.reports.parts.class_map.spread import SpreadTold
from permadani.reports.parts.class_map.told import Told

if TYPE_CHECKING:
    from markupsafe import Markup

PANELS_SHOWN = 36
SINGLY = 50  # so many posts can be drawn one by one
BOUND = 1.5  # from here on the relative figure may be called closed
POSTS_OF, POSTS = N_("of 100 posts of {group} were answered"), N_("of 100 {group} were answered")
OTHER_POSTS = N_("of 100 posts that may be first or later ones were answered")
AGAIN = {
    "answered": N_("of 100 whose first post was answered wrote again"),
    "no": N_("of 100 whose first post was not answered wrote again"),
}
PERIOD_HEADS = (N_("period"), N_("who"))
RATIO_ROWS = {
    "seniors_to_seniors": (N_("seniors to seniors"), "senior"),
    "others_to_seniors": (N_("everybody else to seniors"), "neutral"),
    "relative": (N_("the first over the second"), "neutral"),
}


@dataclass(frozen=True, slots=True)
class Dots:
    """One icon array with its words. ``picture``: None where there is nothing to draw."""

    group: str
    name: str
    value: str
    range: str
    says: str
    meaning: str
    counts: str
    picture: Markup | None


@dataclass(frozen=True, slots=True)
class Row:
    """One line: its name, its picture, and the same as a figure."""

    name: str
    picture: Markup | None
    figure: str


@dataclass(frozen=True, slots=True)
class Panel:
    """One of many small pictures. ``ends``: the first and the last period of which something is known, and what."""

    name: str
    picture: Markup
    ends: tuple[tuple[str, str], ...] = ()


class Drawn:
    """All pictures of one map in one language."""

    def __init__(self, told: Told) -> None:
        self.told, self.found, self.plain = told, told.found, told.plain

    def heads(self, texts: Sequence[str]) -> list[str]:
        """The heads of a table in the reader's language."""
        return [self.plain.say(text) for text in texts]

    # who is heard

    def classes(self) -> list[Dots]:
        plain = self.plain
        return [
            self._dots(one, plain.say(POSTS_OF, group=plain.say(NAMES[one.key])), MEANINGS[one.key])
            for one in self.told.reception.classes()
            if one.of.posts
        ]

    def tenures(self) -> list[Dots]:
        plain, found = self.plain, []
        for one in self.told.reception.tenures():
            if not one.of.posts:
                continue
            other = one.key == "unknown"
            says = plain.say(OTHER_POSTS) if other else plain.say(POSTS, group=plain.say(NAMES[one.key]))
            found.append(self._dots(one, says, MEANINGS["unknown_tenure" if other else one.key]))
        return found

    def newcomers(self) -> list[Dots]:
        shown = [one for one in self.told.newcomers.shown() if one.of.posts]
        return [
            replace(
                self._dots(one, self.plain.say(AGAIN[one.key]), None, "newcomer"),
                counts=self.plain.plural(one.of.posts, N_("{n} newcomer."), N_("{n} newcomers.")),
            )
            for one in shown
        ]

    def _dots(self, one: Shown, says: str, meaning: str | None, group: str | None = None) -> Dots:
        plain, of, group = self.plain, one.of, group or one.key
        value, bounds, picture = "", "", None
        if of.rate is not None and one.known:
            value, bounds = plain.of_hundred(of.rate), plain.range(of.low, of.high)
            picture = pictures.hundred(of.rate, of.low, of.high, group, f"{one.name}: {one.figure} {says}")
        else:
            says = plain.say(
                N_("{name}: {answered} of {posts}, too few to say how many of 100"), name=one.name,
                answered=plain.count(of.answered), posts=plain.count(of.posts),
            )  # fmt: skip
            if of.posts <= SINGLY:
                picture = pictures.counted(of.answered, of.posts, group, says)
        counts = plain.say(
            N_("{posts} by {people}."), posts=plain.plural(of.posts, N_("{n} post"), N_("{n} posts")),
            people=plain.plural(of.people, N_("{n} person"), N_("{n} people")),
        )  # fmt: skip
        return Dots(group, one.name, value, bounds, says, plain.say(meaning) if meaning else "", counts, picture)

    def everybody(self) -> Row:
        return self._strip(self.told.reception.everybody())

    def followers(self) -> list[Row]:
        return [self._strip(one) for one in self.told.reception.followers()]

    def _strip(self, one: Shown, group: str = "neutral") -> Row:
        of = one.of
        picture = None
        if of.rate is not None and one.known:
            picture = pictures.interval(of.rate, of.low, of.high, group, f"{one.name}: {one.figure}")
        return Row(one.name, picture, one.figure)

    # who acts towards whom

    def heat(self, matrix: MatrixTold) -> Markup | None:
        """None where no field has a figure."""
        rows = matrix.heat()
        if not rows:
            return None
        named = [
            (name, [self._field(one) for one in fields]) for name, fields in zip(matrix.row_names(), rows, strict=True)
        ]
        return pictures.heat_map(matrix.heat_heads(), CLASSES, named, matrix.title)

    def _field(self, one: Heat) -> pictures.Field:
        figure, _, bounds = one.figure.partition(" [")
        few = one.mark == "few"
        return pictures.Field(
            one.mark, one.value, "" if few else figure, figure if few else f"[{bounds}",
            "" if few else self.plain.say(MARKS[one.mark]),
        )  # fmt: skip

    def received(self, matrix: MatrixTold) -> list[Row]:
        """Of 100 that came to seniors how many they answered, by the class it came from; only of answers."""
        rows = []
        for key in CLASSES:
            cell = matrix.matrix.cell("senior", key)
            if cell is not None and cell.share is not None and cell.share.posts:
                name, figure = self.plain.say(LABELS[key]), str(share_or_few(cell.share, self.plain))
                rows.append(self._strip(Shown(key, name, cell.share, figure, cell.share.rate is not None), key))
        return rows

    # the club

    def club(self) -> tuple[list[Row], Markup | None]:
        """The three figures on lines of one scale, and that scale."""
        closure, plain = self.found.closure, self.plain
        found = [(key, _carried(getattr(closure, key))) for key in RATIO_ROWS]
        known = [one for _, one in found if one is not None]
        far = pictures.reach([bound for one in known for bound in (one.value, one.low, one.high)])
        rows = []
        for key, one in found:
            name, group = RATIO_ROWS[key]
            rows.append(self._ratio(plain.say(name), group, _of(closure, key), one, far, key == "relative"))
        return (rows, pictures.ratio_scale(far)) if known else ([], None)

    def _ratio(self, name: str, group: str, raw: Ratio | None, one: Ratio | None, far: int, decides: bool) -> Row:
        figure = str(times_or_few(raw, self.plain))
        if one is None or one.value is None:
            return Row(name, None, figure)
        bound = BOUND if decides else None
        return Row(
            name, pictures.ratio_line(one.value, one.low, one.high, group, f"{name}: {figure}", far, bound), figure
        )

    def verdict_mark(self) -> Markup:
        return pictures.verdict_mark(self.told.closure.tone)

    def reciprocity(self) -> list[Row]:
        found, plain = self.found, self.plain
        both = ((ADDRESSING, found.reciprocity_of_replies), (N_("reshares"), found.reciprocity_of_reshares))
        rows = []
        for name, one in both:
            if one is None or one.rate is None:
                continue
            label, figure = plain.say(name), plain.figure(one)
            picture = pictures.interval(one.rate, one.low, one.high, "neutral", f"{label}: {figure}")
            rows.append(Row(label, picture, figure))
        return rows

    # how unequally

    def curve(self, spread: SpreadTold) -> Markup | None:
        if not spread.has_curve or spread.of is None:
            return None
        across, up = map(self.plain.say, spread.curve_heads())
        return pictures.lorenz(spread.of.lorenz, across, up, spread.curve_label)

    # over time

    def reception_panels(self) -> list[Panel]:
        scale = [(0.0, "0"), (0.5, "50"), (1.0, "100")]
        return [
            self._panel(line, line.key, scale, [pictures.Point(p.value, p.low, p.high) for p in line.points])
            for line in self.told.over_time.reception_lines()
        ]

    def club_panels(self) -> list[Panel]:
        """The three figures of closure, on one logarithmic scale; 1 is in the middle."""
        lines = [line for line in self.told.over_time.club_lines() if line.middle]
        far = pictures.reach([bound for line in lines for p in line.known for bound in (p.value, p.low, p.high)])
        scale, panels = [(0.0, f"1/{far}"), (0.5, "1"), (1.0, str(far))], []
        for line in lines:
            group = "senior" if line.key == "seniors_to_seniors" else "neutral"
            points = [pictures.Point(*(_placed(one, far) for one in (p.value, p.low, p.high))) for p in line.points]
            panels.append(self._panel(line, group, scale, points, 0.5))
        return panels

    def spread_panels(self) -> list[Panel]:
        """Gini coefficients."""
        lines = [line for line in self.told.over_time.club_lines() if not line.middle]
        scale = [(0.0, "0"), (1.0, "1")]
        return [
            self._panel(line, "neutral", scale, [pictures.Point(p.value, p.low, p.high) for p in line.points])
            for line in lines
        ]

    def _panel(
        self, line: Line, group: str, scale: Sequence[tuple[float, str]], points: Sequence[pictures.Point],
        even: float | None = None,
    ) -> Panel:  # fmt: skip
        ends = line.points[0].period, line.points[-1].period
        label = f"{line.name}. {self.told.over_time.from_to(line)}"
        said = tuple((one.period, one.figure) for one in line.ends)
        return Panel(line.name, pictures.panel(points, group, ends, scale, label, even), said)

    def heats(self, beside: int) -> list[Panel]:
        """Who answered whom, one small map a period; the latest where there is no room for all (``beside`` others)."""
        known = [one for one in self.found.over_time if any(mark(c.ratio) != "few" for c in one.answers.cells)]
        return [self._heat_of(one) for one in known[-max(1, PANELS_SHOWN - beside) :]]

    def _heat_of(self, one: PeriodOfMap) -> Panel:
        plain, name = self.plain, period(one.period, self.plain)
        rows = [[_small(one.answers, source, to) for to in CLASSES] for source in CLASSES]
        clear = [
            f"{plain.say(LABELS[cell.source])} {plain.say(TO[cell.to])} {times(cell.ratio, plain)}"
            for cell in one.answers.cells
            if mark(cell.ratio) in {"more", "less"}
        ]
        said = "; ".join(clear) or plain.say(N_("no clear difference"))
        return Panel(name, pictures.small_heat(CLASSES, rows, f"{name}: {said}"))

    def heats_heads(self) -> tuple[str, ...]:
        plain = self.plain
        return (*map(plain.say, PERIOD_HEADS), *(plain.say(TO[key]) for key in CLASSES))

    def heats_rows(self) -> list[tuple[str, ...]]:
        """Every period, a line for each class that answered: how many times as often as expected."""
        plain, rows = self.plain, []
        for one in self.found.over_time:
            for source in CLASSES:
                cells = [one.answers.cell(source, to) for to in CLASSES]
                if any(cell is not None and cell.count for cell in cells):
                    figures = ["–" if c is None else str(times_or_few(c.ratio, plain)) for c in cells]
                    rows.append((period(one.period, plain), plain.say(LABELS[source]), *figures))
        return rows


def _of(closure: Closure, key: str) -> Ratio | None:
    found: Ratio | None = getattr(closure, key)
    return found


def _carried(ratio: Ratio | None) -> Ratio | None:
    return None if mark(ratio) == "few" else ratio


def _placed(value: float | None, far: int) -> float | None:
    """From 1/far at the floor to far at the top; 1 is in the middle."""
    if value is None:
        return None
    return min(1.0, max(0.0, 0.5 + log(value) / (2 * log(far)))) if value > 0 else 0.0


def _small(answers: Matrix, source: str, to: str) -> tuple[str, float | None]:
    cell = answers.cell(source, to)
    kind = mark(None if cell is None else cell.ratio)
    return kind, None if cell is None or kind == "few" else cell.ratio.value
