"""An audit on the terminal: picture before table before prose, without need of colour, at 80 columns.

Nothing here is read as Rich markup: every string goes through ``Text``, and what strangers wrote through
``foreign.safe`` first, which takes terminal sequences and marks of direction away.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import IO, TYPE_CHECKING, Any, cast

from rich import box
from rich.table import Table
from rich.text import Text

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
)
from permadani.language import N_, Translate
from permadani.reports.foreign import safe
from permadani.reports.headline import headline
from permadani.reports.sheet import NARROW, Sheet
from permadani.reports.texts import EVERYBODY, ONE_OF_GROUP, TRENDS
from permadani.reports.words import Words, answered, is_partial, regulars_unanswered, with_silent_years

if TYPE_CHECKING:
    from rich.console import Console, RenderableType

EVIDENCE_SHOWN = 20  # on a terminal; in a file all of it
_AT_ONCE = 200  # rows in one table, so that a long file needs no more memory than a short one
CLIENTS_SHOWN = 6


# What an encoding without them gets instead; all else that it cannot write becomes a question mark.
_PLAIN = str.maketrans({"–": "-", "—": "-", "·": "|", "“": '"', "”": '"', "’": "'", "…": "~", "─": "-"})


def print_audit(audit: Audit, console: Console, translate: Translate) -> None:
    """Print the whole audit; evidence too, where it is there: to a terminal cut short, to a file with a warning."""
    file = console.file
    console.file = cast("IO[str]", _Degrading(file))
    try:
        _Printer(audit, console, Words(translate)).print()
    finally:
        console.file = file


class _Degrading:
    """A file that writes what its encoding has and something like it for the rest."""

    def __init__(self, file: IO[str]) -> None:
        self._file = file

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)

    def write(self, text: str) -> int:
        encoding = getattr(self._file, "encoding", None) or "utf-8"
        try:
            text.encode(encoding)
        except UnicodeEncodeError:
            text = text.translate(_PLAIN).encode(encoding, "replace").decode(encoding)
        return self._file.write(text)


class _Printer(Sheet):
    def __init__(self, audit: Audit, console: Console, words: Words) -> None:
        super().__init__(console, words)
        self.audit = audit
        # Asked of the file itself: colour that was asked for makes no terminal of a file.
        self.on_terminal = console.file.isatty()

    def print(self) -> None:
        self._opening()
        self._tenures()
        self._standings()
        self._questions()
        self._years()
        self._waiting()
        self._programs()
        self._regulars()
        self._how_we_know()
        self._limits()
        self._evidence()

    def _opening(self) -> None:
        audit, words = self.audit, self.words
        who = Text(words.name(audit.actor), "bold")
        handle = words.handle(audit.actor)
        if handle and handle != audit.actor.name:
            who.append(f"  {handle}", "not bold")
        self.console.print(who)
        meta = (words.channels(audit), words.followers(audit.actor.standing), words.period(*audit.period))
        self.out(" · ".join(meta), "dim")
        self.console.print()
        head = headline(audit, words)
        self.out(head.sentence, "bold")
        if head.caution:
            self.out(head.caution)
        if head.reason:
            self.out(head.reason)
        cell = audit.answers.overall.cell
        if cell is not None and cell.approaches:
            counts = f"{words.messages_by(cell)}."
            if audit.answers.overall.verdict != "not_measurable":
                counts = f"{counts} {words.fate(cell, audit.window_days)}"
            self.out(counts, "dim")
            if is_partial(audit):
                self.out(words.say(N_("Only part of the messages was collected.")))
        if audit.answers.evidence is not None and not self.on_terminal:
            self.console.print()
            banner = N_("This file holds words and names of other people. Do not pass it on.")
            self.out(f"{words.say(N_('For your eyes.'))} {words.say(banner)}", "bold")

    def _comparison(self, title: str, comparison: Comparison, groups: Sequence[str], dimension: str) -> None:
        words = self.words
        self.title(title)
        cells = [(group, comparison.cells[group]) for group in groups if group in comparison.cells]
        cells = [(group, cell) for group, cell in cells if cell.approaches]
        for group, cell in cells:
            self.hundred(group, cell)
        if any(cell.rate is not None for _group, cell in cells):
            sure, probable, possible, rest = self.glyphs[:4]
            legend = words.say(
                N_(
                    "Of 100 messages: {sure} answered at the least, {probable} up to the figure, "
                    "{possible} up to the upper bound, {rest} no answer seen"
                ),
                sure=sure, probable=probable, possible=possible, rest=rest,
            )  # fmt: skip
            self.out(legend, "dim")
        if cells:
            rows = [self._cell_row(words.group(group), cell) for group, cell in cells]
            rows += [
                self._cell_row(words.say(N_("{group} (of substance)"), group=words.group(group)), substantive)
                for group, substantive in comparison.substantive.items()
                if substantive.eligible
            ]
            heads = (
                N_("who wrote"), N_("messages"), N_("could be judged"), N_("answered in time"),
                N_("answered later"), N_("people"), N_("of 100 answered"),
            )  # fmt: skip
            self.table(heads, rows, range(1, 7))
        self.out(words.finding(comparison, dimension))

    def _cell_row(self, name: str, cell: Cell) -> list[str]:
        counts = (cell.approaches, cell.eligible, answered(cell), cell.answered_late, cell.askers)
        return [name, *map(self.words.count, counts), "–" if cell.rate is None else self.words.figure(cell)]

    def _tenures(self) -> None:
        comparison = self.audit.answers.by_tenure
        if any(cell.approaches for cell in comparison.cells.values()):
            self._comparison(N_("Who got an answer"), comparison, TENURES, "tenure")

    def _standings(self) -> None:
        comparison = self.audit.answers.by_standing
        known = any(cell.approaches for group, cell in comparison.cells.items() if group != "unknown")
        if not known and self.audit.answers.overall.verdict == "not_measurable":
            return
        self._comparison(N_("By how many follow them"), comparison, STANDINGS if known else (), "standing")

    def _questions(self) -> None:
        words, audit = self.words, self.audit
        self.title(N_("The questions"))
        overall = audit.answers.overall
        measured = overall.reason.key == "no_yardstick" and overall.cell is not None and overall.cell.rate is not None
        verdict = words.verdict(overall.verdict)
        if measured and overall.cell is not None:
            verdict = words.say(N_("{figure} of 100 answered"), figure=words.figure(overall.cell))
        self._question(N_("Does it answer juniors as it answers seniors?"), verdict, words.reason(overall.reason))
        if overall.reason.key == "group_channel" or audit.takes_up.reason.key != "no_group_channel":
            self._part(N_("Whose open questions does it take up?"), audit.takes_up)
        self._part(N_("Does it pass on good words of people without followers?"), audit.amplification)
        self._part(N_("Does it join the conversations under its own posts?"), audit.participation)
        self._part(N_("Does it do what it tells others to do?"), audit.practice)

    def _part(self, question: str, part: Participation | TakesUp | Amplification | Practice) -> None:
        words = self.words
        verdict = words.verdict(part.verdict)
        if isinstance(part, Participation) and part.rate is not None:
            figure = f"{words.of_hundred(part.rate)} {words.range(part.low, part.high)}".strip()
            share = words.say(N_("{figure} of 100"), figure=figure)
            verdict = f"{verdict}: {share}"
        self._question(question, verdict, words.reason(part.reason))

    def _question(self, question: str, verdict: str, detail: str) -> None:
        self.out(self.words.say(question), "dim")
        self.out(verdict, "bold", 2)
        if detail:
            self.out(detail, indent=2)

    def _years(self) -> None:
        answers, words = self.audit.answers, self.words
        if not answers.over_time:
            return
        self.title(N_("Over the years"))
        self._years_pictured(min(40, self.console.width // 2))
        for year in answers.over_time:
            if year.reason is not None:
                self.out(f"{year.year}: {words.reason(year.reason)}", "dim")
        if answers.trend:
            self.out(words.say(TRENDS[answers.trend]), "bold")
        loads = [
            (
                str(y.year), words.count(y.cell.approaches), words.optional(y.of_all), words.optional(y.ever_of_all),
                words.count(y.answers_by_actor), words.count(y.standing),
            )
            for y in answers.over_time
        ]  # fmt: skip
        heads = (
            N_("year"), N_("wrote"), N_("of 100 of these in time"), N_("of 100 ever"),
            N_("its answers"), N_("its followers"),
        )  # fmt: skip
        self.table(heads, loads, range(1, 6))
        self.out(words.say(EVERYBODY), "dim")

    def _years_pictured(self, length: int) -> None:
        """A line for each year, those without a message too; below each other where the terminal is narrow."""
        words, lines = self.words, []
        for year in with_silent_years(self.audit.answers.over_time):
            if isinstance(year, tuple):
                lines.append((words.silent(*year), Text("–", "dim"), words.say(N_("no messages")), ""))
                continue
            cell = year.cell
            number = words.say(N_("{n} messages"), n=words.count(cell.eligible))
            if year.measurable and cell.rate is not None:
                row, figure = self.row(cell, length), words.figure(cell)
            else:
                row = Text(self.glyphs[4] + self.glyphs[3] * (length - 1), "dim")
                figure = words.year_note(year)
            lines.append((str(year.year), row, figure, number))
        if self.console.width < NARROW:
            for name, row, figure, number in lines:
                self.out("  ".join(filter(None, (name, figure, number))))
                self.console.print(row)
            return
        grid = Table.grid(padding=(0, 2, 0, 0))
        for name, row, figure, number in lines:
            grid.add_row(Text(name, "bold"), row, Text(figure), Text(number, "dim"))
        self.console.print(grid)

    def _waiting(self) -> None:
        words, rows = self.words, []
        for group, wait in self.audit.answers.waiting_time.items():
            if not wait.approaches or (wait.median_hours is None and wait.answered_within_24h is None):
                continue
            half = (
                words.say(N_("fewer than half were ever answered"))
                if wait.median_hours is None
                else words.say(N_("half were answered within {time}"), time=words.hours(wait.median_hours))
            )
            day = f"{words.of_hundred(wait.answered_within_24h)} {words.range(wait.low, wait.high)}".strip()
            rows.append((words.group(group), half, day))
        if rows:
            self.title(N_("How long they waited"))
            self.table((N_("who wrote"), N_("waiting time"), N_("of 100 answered within a day")), rows, range(2, 3))

    def _programs(self) -> None:
        words, automation = self.words, self.audit.automation
        self.title(N_("Sent by a program"))
        if automation.share is None:
            self.out(words.say(N_("The data does not say with which program the account wrote.")))
        else:
            sentence = words.say(
                N_("Of 100 of its own messages whose program is known, {share} were published automatically."),
                share=words.of_hundred(automation.share),
            )
            self.out(sentence)
            rows = [
                (safe(c.name, 40), words.count(c.objects), words.say(N_("automatic") if c.automatic else N_("by hand")))
                for c in automation.clients[:CLIENTS_SHOWN]
            ]
            if rows:
                self.table((N_("program"), N_("messages"), N_("kind")), rows, range(1, 2))

    def _regulars(self) -> None:
        words, count = self.words, regulars_unanswered(self.audit)
        self.title(N_("Regulars without any answer"))
        if count is None:
            why = N_("Those who wrote cannot be told apart surely enough, or what was left unanswered cannot be seen.")
            self.out(words.say(N_("not known")), "bold")
            self.out(words.say(why))
            return
        template = (
            N_("{n} person wrote more than once and never got an answer.")
            if count == 1
            else N_("{n} people wrote more than once and never got an answer.")
        )
        nobody = N_("Nobody who came back was left without any answer.")
        self.out(words.say(template, n=words.count(count)) if count else words.say(nobody))

    def _how_we_know(self) -> None:
        words, answers = self.words, self.audit.answers
        self.title(N_("How we know"))
        rows = [
            (
                words.channel(line.channel), words.completeness(line.inbound), words.completeness(line.outbound),
                words.period(line.since, line.until), words.basis(line.basis, 160),
            )
            for line in self.audit.coverage
        ]  # fmt: skip
        if rows:
            heads = (
                N_("channel"), N_("messages to it"), N_("messages by it"), N_("period"), N_("how that is known"),
            )  # fmt: skip
            self.table(heads, rows, range(0))
        else:
            self.out(words.say(N_("Nothing was collected about this account.")))
        found = answers.matching
        if found is not None and (found.upper or any(year.cell.eligible for year in answers.over_time)):
            sentence = words.say(
                N_("Answers found: {lower} to {upper} ({structural} by a reply, {named} by naming the asker)."),
                lower=words.count(found.lower), upper=words.count(found.upper),
                structural=words.count(found.structural), named=words.count(found.named),
            )  # fmt: skip
            self.out(sentence)
        if answers.acknowledged is not None:
            self.out(words.liked(answers.acknowledged))
        if answers.left_out is not None:
            out = answers.left_out
            sentence = words.say(
                N_(
                    "Left out: marked as spam: {spam}; automatic: {automatic}; came while the account was away: {away};"
                    " younger than {days} days: {young}; inherited mentions: {inherited}; deleted since: {deleted}."
                ),
                spam=words.count_known(out.spam), automatic=words.count_known(out.automatic),
                deleted=words.count_known(out.deleted), away=words.count(out.not_reached),
                young=words.count(out.too_young), inherited=words.count(out.inherited_mentions),
                days=self.audit.window_days,
            )  # fmt: skip
            self.out(sentence)

    def _limits(self) -> None:
        if self.audit.limits:
            self.title(N_("What could not be known"))
        for limit in self.audit.limits:
            grid = Table.grid(padding=(0, 1))
            grid.add_row(Text("-"), Text(self.words.reason(limit)))
            self.console.print(grid)

    def _evidence(self) -> None:
        evidence = self.audit.answers.evidence
        if evidence is None:
            return
        words = self.words
        self.title(N_("Side by side"))
        heads = (N_("written to the account"), N_("what came back"))
        shown = evidence[:EVIDENCE_SHOWN] if self.on_terminal else evidence
        for start in range(0, len(shown), _AT_ONCE):
            table = Table(
                box=box.SIMPLE_HEAD, padding=(0, 1), pad_edge=False, show_lines=True, expand=True,
                show_header=start == 0,
            )  # fmt: skip
            for head in heads:
                table.add_column(Text(words.say(head)), ratio=1, overflow="fold")
            for one in shown[start : start + _AT_ONCE]:
                table.add_row(*self._pair(one))
            self.console.print(table)
        if len(evidence) > len(shown):
            self.out(words.say(N_("{n} more are not shown."), n=words.count(len(evidence) - len(shown))), "dim")

    def _pair(self, one: Evidence) -> tuple[RenderableType, RenderableType]:
        words, days = self.words, self.audit.window_days
        missing = words.say(N_("text not available"))
        classes = [
            words.say(ONE_OF_GROUP[k]) for k in (one.tenure, one.standing) if k in ONE_OF_GROUP and k != "unknown"
        ]
        left = Text(f"“{safe(one.text, 240)}”" if one.text else missing)
        who = " · ".join([safe(one.asker, 40), *classes, words.date(one.published, clock=True)])
        left.append(f"\n{who}", "dim")
        states = {
            "unanswered": N_("no answer within {days} days"),
            "not_reached": N_("the account was away: not counted"),
            "too_young": N_("younger than {days} days: not counted yet"),
        }
        if one.state in states:
            right = Text(words.say(states[one.state], days=days), "italic")
            if one.acknowledged:
                right.append("\n" + words.say(N_("acknowledged with a like")), "dim")
            return left, right
        right = Text(f"“{safe(one.answer_text, 240)}”" if one.answer_text else missing)
        notes = [words.date(one.answer_published, clock=True)]
        if one.state == "answered_late":
            notes.insert(0, words.say(N_("later than {days} days"), days=days))
        right.append("\n" + " · ".join(notes), "dim")
        return left, right
