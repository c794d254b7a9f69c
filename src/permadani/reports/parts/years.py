"""Over the years: share and load beside each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from permadani.findings.results import Year
from permadani.language import N_
from permadani.reports import pictures
from permadani.reports.parts.part import Part
from permadani.reports.reading import answered, with_silent_years
from permadani.reports.words import Words

if TYPE_CHECKING:
    from markupsafe import Markup


class Years(Part):
    """The chart, and the rows of its table."""

    def charts(self) -> tuple[Markup, Markup] | None:
        """The chart standing (wide screens) and lying (narrow ones)."""
        over_time, plain, standing = self.audit.answers.over_time, self.plain, self.standing_known()
        if not any(year.measurable and year.cell.rate is not None for year in over_time):
            return None
        lines = [plain.say(N_("messages")), plain.say(N_("its answers"))]
        if standing:
            lines.append(plain.say(N_("followers")))
        bars: list[pictures.Bar] = []
        lying: list[pictures.Bar] = []
        said: list[str] = []
        for year in with_silent_years(over_time):
            if isinstance(year, tuple):  # years in which nobody wrote keep their place
                first, last = year
                name, nothing = plain.silent(first, last), plain.say(N_("no messages"))
                bars.append(
                    pictures.Bar(name if first == last else "…", None, None, None, "", ("–",) * len(lines), silent=True)
                )
                lying.append(pictures.Bar(name, None, None, None, "", (), nothing, silent=True))
                said.append(f"{name}: {nothing}")
                continue
            cell = year.cell
            measured = year.measurable and cell.rate is not None
            note = "" if measured else plain.year_note(year)
            below = [plain.short_count(cell.eligible), plain.short_count(year.answers_by_actor)]
            if standing:
                below.append(plain.short_count(year.standing))
            bars.append(
                pictures.Bar(
                    name=str(year.year),
                    rate=cell.rate if measured else None,
                    low=cell.low,
                    high=cell.high,
                    value=plain.of_hundred(cell.rate),
                    below=tuple(below),
                    note=note,
                )
            )
            lying.append(_lying(bars[-1], plain.figure(cell), self._load(year), plain))
            said.append(f"{year.year}: {plain.figure(cell) if measured else note}")
        label = plain.say(N_("Of 100 messages, answered in each year: {years}."), years="; ".join(said))
        return pictures.years(bars, lines, label), pictures.year_rows(lying, label)

    def standing_known(self) -> bool:
        return any(year.standing is not None for year in self.audit.answers.over_time)

    def _load(self, year: Year) -> str:
        """What it had to carry that year, short enough for a narrow screen."""
        plain = self.plain
        answers = plain.short_count(year.answers_by_actor)
        if not self.standing_known():
            return plain.say(N_("its answers: {answers}"), answers=answers)
        followers = plain.short_count(year.standing)
        return plain.say(N_("its answers: {answers} · followers: {followers}"), answers=answers, followers=followers)

    def value(self, index: int) -> str:
        year = self.audit.answers.over_time[index]
        if year.measurable and year.cell.rate is not None:
            return self.plain.figure(year.cell)
        return self.plain.year_note(year)

    def row(self, index: int) -> tuple[object, ...]:
        """One line of the table beside the chart."""
        plain, year = self.plain, self.audit.answers.over_time[index]
        cell = year.cell
        return (
            year.year, self.value(index), plain.count(cell.eligible), plain.count(answered(cell)),
            plain.count(cell.approaches), plain.optional(year.of_all), plain.optional(year.ever_of_all),
            plain.count(year.answers_by_actor), plain.count(year.standing),
        )  # fmt: skip


def _lying(bar: pictures.Bar, figure: str, load: str, plain: Words) -> pictures.Bar:
    messages = plain.say(N_("{n} messages"), n=bar.below[0])
    return pictures.Bar(bar.name, bar.rate, bar.low, bar.high, figure, (messages, load), f"{bar.note} · {messages}")
