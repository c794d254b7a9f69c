"""The whole audit, and its contract ``permadani.audit/1``."""

from __future__ import annotations

from dataclasses import dataclass, field, fields, is_dataclass
from typing import Any

from permadani.findings.reasons import Reason
from permadani.findings.results.account import Automation, CoverageLine, Statement, Subject
from permadani.findings.results.cells import Year
from permadani.findings.results.questions import Amplification, Answers, Participation, Practice, TakesUp
from permadani.findings.results.table import Table, Tabular, columns, number


@dataclass(frozen=True, slots=True)
class Audit(Tabular):
    """An audit of one account; ``answers`` and ``participation`` are also the first and third of ``questions``."""

    actor: Subject
    period: tuple[str | None, str | None]
    coverage: tuple[CoverageLine, ...]
    answers: Answers
    takes_up: TakesUp
    amplification: Amplification
    participation: Participation
    practice: Practice
    regulars_unanswered: int | None
    automation: Automation
    limits: tuple[Reason, ...]
    statement: Statement | None = None
    private: bool = False
    window_days: int = 14
    schema: str = field(default="permadani.audit/1", init=False)

    @property
    def questions(self) -> tuple[Answers | TakesUp | Amplification | Participation | Practice, ...]:
        return (self.answers, self.takes_up, self.amplification, self.participation, self.practice)

    @property
    def table(self) -> Table:
        """All cells: question part, group, and the counts, rate and bounds of ``Cell``."""
        parts = [("overall", "all", self.answers.overall.cell)]
        for name in ("by_standing", "by_tenure"):
            parts += [(name, group, cell) for group, cell in getattr(self.answers, name).cells.items()]
        parts += [("over_time", str(year.year), year.cell) for year in self.answers.over_time]
        return Table(
            "answers",
            columns(
                text="part group", count="approaches eligible answered answered_late askers", number="rate low high"
            ),
            tuple(
                (
                    part, group, cell.approaches, cell.eligible, cell.answered, cell.answered_late, cell.askers,
                    number(cell.rate), number(cell.low), number(cell.high),
                )
                for part, group, cell in parts
                if cell is not None
            ),
        )  # fmt: skip

    def to_dict(self) -> dict[str, Any]:
        """The JSON contract; texts are English here, reports translate them."""
        answers = plain(self.answers)
        answers["over_time"] = [_flat_year(year) for year in self.answers.over_time]
        if self.answers.evidence is None:
            del answers["evidence"]
        return {
            "schema": self.schema,
            "actor": plain(self.actor),
            "period": {"since": self.period[0], "until": self.period[1]},
            "window_days": self.window_days,
            "coverage": plain(self.coverage),
            "questions": [
                answers,
                plain(self.takes_up),
                plain(self.amplification),
                plain(self.participation),
                plain(self.practice),
            ],
            "regulars_unanswered": {"count": self.regulars_unanswered},
            "automation": plain(self.automation),
            "statement": plain(self.statement),
            "limits": plain(self.limits),
        }


def _flat_year(year: Year) -> dict[str, Any]:
    record = plain(year)
    return {"year": record.pop("year"), **record.pop("cell"), **record}


def plain(value: Any) -> Any:
    if isinstance(value, Reason):
        return str(value)
    if is_dataclass(value):
        names = sorted((f.name for f in fields(value)), key=lambda name: name != "id")
        return {name: plain(getattr(value, name)) for name in names}
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, tuple | list):
        return [plain(item) for item in value]
    return value
