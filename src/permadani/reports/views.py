"""What the page shows, part by part: pictures with their sentences, and the rows of their tables."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from permadani.findings.results import (
    STANDINGS,
    TENURES,
    Amplification,
    Audit,
    Cell,
    Comparison,
    Evidence,
    Participation,
    Practice,
    TakesUp,
    Year,
)
from permadani.language import N_
from permadani.reports import pictures
from permadani.reports.foreign import safe, web_link
from permadani.reports.headline import Headline, headline
from permadani.reports.texts import FROM_GROUP, MEANINGS, ONE_OF_GROUP, TONES
from permadani.reports.words import Words, answered, is_wide, regulars_unanswered, with_silent_years

if TYPE_CHECKING:
    from markupsafe import Markup

EVIDENCE_SHOWN = 400
CLIENTS_SHOWN = 12


@dataclass(frozen=True, slots=True)
class Figure:
    """One group: its picture, or None where there is nothing to draw."""

    group: str
    name: str
    meaning: str
    says: str
    cell: Cell
    value: str
    range: str
    picture: Markup | None
    strip: Markup | None
    wide: bool


@dataclass(frozen=True, slots=True)
class Card:
    question: str
    verdict: str
    mark: Markup
    tone: str
    detail: str
    lines: tuple[tuple[str, str, Markup], ...] = ()


class View:
    """All parts of one audit in one language. ``html`` makes sentences, ``plain`` makes labels."""

    def __init__(self, audit: Audit, html: Words, plain: Words) -> None:
        self.audit, self.html, self.plain = audit, html, plain

    @property
    def headline(self) -> Headline:
        return headline(self.audit, self.html)

    # who got an answer

    def figures(self, comparison: Comparison, groups: Iterable[str]) -> list[Figure]:
        return [self._figure(group, comparison.cells[group]) for group in groups if group in comparison.cells]

    def tenures(self) -> list[Figure]:
        return [figure for figure in self.figures(self.audit.answers.by_tenure, TENURES) if figure.cell.approaches]

    def standings(self) -> list[Figure]:
        """Empty where standing says nothing: every asker is of unknown class."""
        figures = self.figures(self.audit.answers.by_standing, STANDINGS)
        known = [figure for figure in figures if figure.group != "unknown" and figure.cell.approaches]
        return [figure for figure in figures if figure.cell.approaches] if known else []

    def _figure(self, group: str, cell: Cell) -> Figure:
        plain = self.plain
        return Figure(
            group=group,
            name=plain.group(group),
            meaning=self.html.say(MEANINGS[group]),
            says=self.html.say(FROM_GROUP[group]),
            cell=cell,
            value=plain.of_hundred(cell.rate),
            range=plain.range(cell.low, cell.high),
            picture=self._dots(group, cell),
            strip=None
            if cell.rate is None
            else pictures.interval(cell.rate, cell.low, cell.high, group, self.sentence(group, cell)),
            wide=is_wide(cell),
        )

    def _dots(self, group: str, cell: Cell) -> Markup | None:
        label = self.sentence(group, cell)
        if cell.rate is not None:
            return pictures.hundred(cell.rate, cell.low, cell.high, group, label)
        return pictures.counted(cell.answered, cell.eligible, group, label) if cell.eligible else None

    def sentence(self, group: str, cell: Cell) -> str:
        plain = self.plain
        if not cell.eligible:
            return plain.say(N_("{group}: none of the messages can be judged."), group=plain.group(group))
        if cell.rate is None:
            return plain.say(
                N_("{group}: {answered} of {eligible} messages were answered; not enough to say how often."),
                group=plain.group(group), answered=plain.count(cell.answered), eligible=plain.count(cell.eligible),
            )  # fmt: skip
        return plain.say(
            N_("{group}: of 100 messages {figure} were answered within {days} days."),
            group=plain.group(group), figure=plain.figure(cell), days=self.audit.window_days,
        )  # fmt: skip

    def substantive(self, comparison: Comparison, groups: Iterable[str]) -> list[tuple[str, Cell]]:
        found = [(self.plain.group(g), comparison.substantive[g]) for g in groups if g in comparison.substantive]
        return [(name, cell) for name, cell in found if cell.eligible]

    def blind(self, comparison: Comparison, group: str) -> tuple[Markup, str] | None:
        """Picture and sentence of what a choice blind to the group would have given."""
        choice, plain = comparison.blind_choice, self.plain
        if choice is None:
            return None
        template = (
            N_(
                "Of {answers} answers, a choice blind to standing would have sent {expected} [{low}–{high}] to "
                "juniors; {observed} went there."
            )
            if group == "junior"
            else N_(
                "Of {answers} answers, a choice blind to who is new would have sent {expected} [{low}–{high}] to "
                "newcomers; {observed} went there."
            )
        )
        sentence = plain.say(
            template, answers=plain.count(choice.answers), observed=plain.count(choice.observed),
            expected=plain.count(round(choice.expected)), low=plain.count(round(choice.expected_low)),
            high=plain.count(round(choice.expected_high)),
        )  # fmt: skip
        picture = pictures.blind(choice, group, sentence)
        return picture, sentence

    def pairs(self, figures: Iterable[Figure]) -> list[tuple[str, Cell]]:
        return [(figure.name, figure.cell) for figure in figures]

    def row(self, name: str, cell: Cell) -> list[str]:
        """One line of the table that stands beside every picture of cells."""
        plain = self.plain
        counts = (cell.approaches, cell.eligible, answered(cell), cell.answered_late, cell.askers)
        rate = plain.say(N_("not enough to say")) if cell.rate is None else plain.figure(cell)
        return [name, *(plain.count(count) for count in counts), rate]

    def mark(self, tone: str) -> Markup:
        return pictures.verdict_mark(tone)

    # the questions

    def cards(self) -> list[Card]:
        audit, say = self.audit, self.html.say
        cards = [
            self._answers(),
            self._card(say(N_("Does it pass on good words of people without followers?")), audit.amplification),
            self._card(say(N_("Does it join the conversations under its own posts?")), audit.participation),
            self._card(say(N_("Does it do what it tells others to do?")), audit.practice),
        ]
        if audit.answers.overall.reason.key == "group_channel" or audit.takes_up.reason.key != "no_group_channel":
            cards.insert(1, self._card(say(N_("Whose open questions does it take up?")), audit.takes_up))
        return cards

    def _answers(self) -> Card:
        answers, html = self.audit.answers, self.html
        overall = answers.overall
        tone, verdict, detail = TONES[overall.verdict], html.verdict(overall.verdict), html.reason(overall.reason)
        if overall.reason.key == "no_yardstick" and overall.cell is not None and overall.cell.rate is not None:
            tone = "measured"
            verdict = html.say(N_("{figure} of 100 answered"), figure=html.figure(overall.cell))
        above = N_("{verdict}: the comparison is not built yet; see the figures above")
        below = N_("{verdict}: the comparison is not built yet; see the figures below")
        lines = tuple(
            (html.say(pair), self._compared(comparison, dimension, not_built), _mark(comparison.verdict))
            for pair, dimension, comparison, not_built in (
                (N_("Newcomers and regulars"), "tenure", answers.by_tenure, above),
                (N_("Juniors and seniors"), "standing", answers.by_standing, below),
            )
        )
        question = html.say(N_("Does it answer juniors as it answers seniors?"))
        return Card(question, verdict, pictures.verdict_mark(tone), tone, detail, lines)

    def _compared(self, comparison: Comparison, dimension: str, not_built: str) -> str:
        verdict = self.html.verdict(comparison.verdict, dimension)
        why_not = comparison.reason.key == "comparison_not_built" and comparison.verdict == "not_enough_evidence"
        if not why_not or all(cell.rate is None for cell in comparison.cells.values()):
            return verdict
        return self.html.say(not_built, verdict=verdict)

    def _card(self, question: str, part: Participation | TakesUp | Amplification | Practice) -> Card:
        html = self.html
        detail = html.reason(part.reason)
        return Card(question, html.verdict(part.verdict), _mark(part.verdict), TONES[part.verdict], detail)

    def participation_strip(self) -> tuple[Markup, str] | None:
        part, plain = self.audit.participation, self.plain
        if part.rate is None:
            return None
        label = plain.say(
            N_("Of 100 conversations under its own posts it joined {rate} {range}."),
            rate=plain.of_hundred(part.rate), range=plain.range(part.low, part.high),
        )  # fmt: skip
        return pictures.interval(part.rate, part.low, part.high, "neutral", label), label

    # over time

    def years(self) -> tuple[Markup, Markup] | None:
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

    def year_value(self, index: int) -> str:
        year = self.audit.answers.over_time[index]
        if year.measurable and year.cell.rate is not None:
            return self.plain.figure(year.cell)
        return self.plain.year_note(year)

    def year_row(self, index: int) -> tuple[object, ...]:
        """One line of the table beside the chart."""
        plain, year = self.plain, self.audit.answers.over_time[index]
        cell = year.cell
        return (
            year.year, self.year_value(index), plain.count(cell.eligible), plain.count(answered(cell)),
            plain.count(cell.approaches), plain.optional(year.of_all), plain.optional(year.ever_of_all),
            plain.count(year.answers_by_actor), plain.count(year.standing),
        )  # fmt: skip

    # waiting

    def waiting(self) -> list[tuple[str, str, str, str, Markup, int]]:
        """Group, its shape's key, when half had an answer, within a day, picture, messages."""
        plain, rows = self.plain, []
        order = [*TENURES, *STANDINGS]
        known = self.audit.answers.waiting_time.items()
        for key, wait in sorted(known, key=lambda item: order.index(item[0]) if item[0] in order else -1):
            if not wait.approaches or (wait.median_hours is None and wait.answered_within_24h is None):
                continue
            half = (
                plain.say(N_("fewer than half were ever answered"))
                if wait.median_hours is None
                else plain.say(N_("half were answered within {time}"), time=plain.hours(wait.median_hours))
            )
            day = plain.of_hundred(wait.answered_within_24h)
            bounds = plain.range(wait.low, wait.high)
            picture = pictures.waiting(
                wait.median_hours, 24 * self.audit.window_days, key, f"{plain.group(key)}: {half}."
            )
            rows.append((plain.group(key), key, half, f"{day} {bounds}".strip(), picture, wait.approaches))
        return rows

    def waiting_scale(self) -> Markup:
        names = [self.plain.say(text) for text in (N_("an hour"), N_("a day"), N_("a week"))]
        return pictures.waiting_scale(24 * self.audit.window_days, names)

    # automation, matching

    def automation(self) -> tuple[Markup, str] | None:
        automation, plain = self.audit.automation, self.plain
        if automation.share is None:
            return None
        label = plain.say(
            N_("Of 100 of its own messages whose program is known, {share} were published automatically."),
            share=plain.of_hundred(automation.share),
        )
        shares = [(automation.share, "automatic"), (max(0.0, 1 - automation.share), "by-hand")]
        return pictures.parts_of(shares, label), label

    def clients(self) -> list[tuple[str, int, bool]]:
        return [(safe(c.name, 60), c.objects, c.automatic) for c in self.audit.automation.clients[:CLIENTS_SHOWN]]

    def regulars_unanswered(self) -> int | None:
        return regulars_unanswered(self.audit)

    def matching(self) -> tuple[Markup, str] | None:
        answers = self.audit.answers
        matching, overall, over_time = answers.matching, answers.overall, answers.over_time
        if matching is None:
            return None
        plain = self.plain
        # All years, as the bounds are; the overall cell leaves out those that cannot be measured.
        total = sum(year.cell.eligible for year in over_time) or (overall.cell.eligible if overall.cell else 0)
        if not max(total, matching.upper):
            return None
        sentence = plain.say(
            N_(
                "Of {total} messages that can be judged, at least {lower} were answered ({structural} by a reply, "
                "{named} by naming the asker) and at most {upper}: after so many the account wrote in that thread "
                "again."
            ),
            total=plain.count(total), lower=plain.count(matching.lower), upper=plain.count(matching.upper),
            structural=plain.count(matching.structural), named=plain.count(matching.named),
        )  # fmt: skip
        share = max(1, total, matching.upper)
        kinds = (
            (matching.structural / share, "structural"),
            (matching.named / share, "named"),
            (max(0, matching.upper - matching.lower) / share, "possible"),
            (max(0, share - matching.upper) / share, "unseen"),
        )
        return pictures.parts_of(kinds, sentence), sentence

    # side by side

    def evidence(self) -> list[dict[str, object]]:
        return [self._pair(one) for one in (self.audit.answers.evidence or ())[:EVIDENCE_SHOWN]]

    def _pair(self, one: Evidence) -> dict[str, object]:
        plain = self.plain
        known = [key for key in (one.tenure, one.standing) if key in ONE_OF_GROUP and key != "unknown"]
        return {
            "group": one.tenure if one.tenure in TENURES else "unknown",
            "asker": safe(one.asker, 60),
            "who": " · ".join(plain.say(ONE_OF_GROUP[key]) for key in known),
            "text": safe(one.text, 600) if one.text else None,
            "date": plain.date(one.published, clock=True),
            "url": web_link(one.url),
            "state": one.state,
            "answer": safe(one.answer_text, 600) if one.answer_text else None,
            "answer_date": plain.date(one.answer_published, clock=True) if one.answer_published else None,
            "answer_url": web_link(one.answer_url),
            "named": one.matched_by == "named",
            "acknowledged": one.acknowledged,
            "ditto": one.substance == "ditto",
        }


def _lying(bar: pictures.Bar, figure: str, load: str, plain: Words) -> pictures.Bar:
    messages = plain.say(N_("{n} messages"), n=bar.below[0])
    return pictures.Bar(bar.name, bar.rate, bar.low, bar.high, figure, (messages, load), f"{bar.note} · {messages}")


def _mark(verdict: str) -> Markup:
    return pictures.verdict_mark(TONES[verdict])
