"""What an audit says: plain frozen results, without a word of presentation.

Unknown is ``None``, never 0. ``to_dict`` gives the contract ``permadani.audit/1``. Times are ISO 8601 in UTC there.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields, is_dataclass
from typing import Any, Literal

from permadani.findings.reasons import Reason

Verdict = Literal[
    "passes_over",
    "signs_of_passing_over",
    "favours",
    "signs_of_favouring",
    "even_handed",
    "answers_few",
    "takes_part",
    "sometimes",
    "rarely",
    "not_enough_evidence",
    "not_measurable",
]
State = Literal["answered", "answered_late", "unanswered", "not_reached", "too_young"]
STANDINGS = ("junior", "middle", "senior", "unknown")
TENURES = ("newcomer", "regular")


@dataclass(frozen=True, slots=True)
class Cell:
    """Counts of approaches, and answered / eligible with its 95 % interval (asker-clustered Wilson), as shares 0..1.

    ``approaches``: all. ``eligible``: at least the window old at the end of coverage, and reached. ``answered``: of
    the eligible, within the window. ``answered_late``: of all, after it. ``askers``: people behind them.
    """

    approaches: int
    eligible: int
    answered: int
    answered_late: int
    askers: int
    rate: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class BlindChoice:
    """What a choice blind to standing (tenure) would have given; the choice model fills it."""

    answers: int
    observed: int
    expected: float
    expected_low: float
    expected_high: float


@dataclass(frozen=True, slots=True)
class OddsRatio:
    value: float
    low: float | None
    high: float | None
    level: float


@dataclass(frozen=True, slots=True)
class Overall:
    verdict: Verdict
    reason: Reason
    cell: Cell | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """One rate per group. ``substantive``: the same cells for messages known to be of substance."""

    verdict: Verdict
    reason: Reason
    cells: dict[str, Cell]
    substantive: dict[str, Cell]
    blind_choice: BlindChoice | None = None
    odds_ratio: OddsRatio | None = None


@dataclass(frozen=True, slots=True)
class Matching:
    """How answers were tied to approaches (eligible ones, within the window), and the bounds of what was answered.

    ``structural``: by reply, quote or address. ``named``: by the asker's name in a flat thread. ``lower`` is their
    sum; ``upper`` counts every approach after which the account wrote anything in that thread.
    """

    structural: int
    named: int
    lower: int
    upper: int


@dataclass(frozen=True, slots=True)
class Rate:
    """``count`` of ``n`` as a share 0..1 with its 95 % interval, clustered by asker."""

    count: int
    n: int
    rate: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class Year:
    """``answers_by_actor``: all answers it gave that year. ``standing``: its own, last seen that year.

    ``of_all`` and ``ever_of_all``: of everybody who wrote (and is old enough to judge), whether or not the account
    was around, how many were answered within the window, and at any time.
    """

    year: int
    cell: Cell
    answers_by_actor: int
    standing: int | None
    measurable: bool
    reason: Reason | None = None
    of_all: Rate | None = None
    ever_of_all: Rate | None = None


@dataclass(frozen=True, slots=True)
class Waiting:
    """Kaplan-Meier over approaches: unanswered ones are censored. None: fewer than half were ever answered."""

    approaches: int
    median_hours: float | None
    answered_within_24h: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class Evidence:
    """One approach and what came back, side by side. Shown locally; in a file only with --private."""

    approach: str
    asker: str
    published: str
    text: str | None
    url: str | None
    standing: str
    tenure: str
    substance: str
    state: State
    answer: str | None = None
    answer_published: str | None = None
    answer_text: str | None = None
    answer_url: str | None = None
    matched_by: Literal["structural", "named"] | None = None
    acknowledged: bool = False


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Messages that are in no denominator: shown, never blamed. None: the data marks no such thing."""

    spam: int | None
    automatic: int | None
    deleted: int | None
    not_reached: int
    too_young: int
    inherited_mentions: int


@dataclass(frozen=True, slots=True)
class Answers:
    overall: Overall
    by_standing: Comparison
    by_tenure: Comparison
    matching: Matching | None
    over_time: tuple[Year, ...]
    trend: Literal["fell", "rose", "steady"] | None
    waiting_time: dict[str, Waiting]
    left_out: LeftOut | None
    acknowledged: int | None
    evidence: tuple[Evidence, ...] | None = None
    id: str = "answers"


@dataclass(frozen=True, slots=True)
class NotBuilt:
    """A question that this version does not answer."""

    id: str
    verdict: Verdict
    reason: Reason


@dataclass(frozen=True, slots=True)
class Participation:
    """Of its posts that drew three comments of substance within 72 hours, how many it joined.

    ``conversations``: such posts while the account was around. ``joined`` of them. Interval clustered by week.
    """

    verdict: Verdict
    reason: Reason
    conversations: int | None
    joined: int | None
    rate: float | None
    low: float | None
    high: float | None
    not_around: int | None
    id: str = "participation"


@dataclass(frozen=True, slots=True)
class Client:
    name: str
    objects: int
    automatic: bool


@dataclass(frozen=True, slots=True)
class Automation:
    """Share of the account's own messages published by a program; None where no client is known."""

    share: float | None
    objects: int
    known: int
    clients: tuple[Client, ...]


@dataclass(frozen=True, slots=True)
class CoverageLine:
    channel: str
    inbound: Literal["complete", "partial", "none"]
    outbound: Literal["complete", "partial", "none"]
    since: str | None
    until: str | None
    basis: str | None


@dataclass(frozen=True, slots=True)
class Subject:
    """Who is audited. ``standing``: followers, last seen; None where unknown."""

    id: str
    name: str
    channel: str
    standing: int | None
    handle: str | None = None
    actors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Audit:
    """An audit of one account; ``answers`` and ``participation`` are also the first and third of ``questions``."""

    actor: Subject
    period: tuple[str | None, str | None]
    coverage: tuple[CoverageLine, ...]
    answers: Answers
    takes_up: NotBuilt
    amplification: NotBuilt
    participation: Participation
    practice: NotBuilt
    regulars_unanswered: int | None
    automation: Automation
    limits: tuple[Reason, ...]
    statement: None = None
    private: bool = False
    window_days: int = 14
    schema: str = field(default="permadani.audit/1", init=False)

    @property
    def questions(self) -> tuple[Answers | NotBuilt | Participation, ...]:
        return (self.answers, self.takes_up, self.amplification, self.participation, self.practice)

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        """All cells as one Arrow table: question part, group, and the counts, rate and bounds of ``Cell``."""
        import duckdb

        parts = [("overall", "all", self.answers.overall.cell)]
        for name in ("by_standing", "by_tenure"):
            parts += [(name, group, cell) for group, cell in getattr(self.answers, name).cells.items()]
        parts += [("over_time", str(year.year), year.cell) for year in self.answers.over_time]
        rows = [{"part": part, "group": group, **_plain(cell)} for part, group, cell in parts if cell is not None]
        shape = (
            'STRUCT(part VARCHAR, "group" VARCHAR, approaches BIGINT, eligible BIGINT, answered BIGINT, '
            "answered_late BIGINT, askers BIGINT, rate DOUBLE, low DOUBLE, high DOUBLE)[]"
        )
        with duckdb.connect() as connection:
            query = f"SELECT unnest($rows::{shape}, recursive := true)"
            return connection.query(query, params={"rows": rows}).__arrow_c_stream__(requested_schema)

    def to_dict(self) -> dict[str, Any]:
        """The JSON contract; texts are English here, reports translate them."""
        answers = _plain(self.answers)
        answers["over_time"] = [_flat_year(year) for year in self.answers.over_time]
        if self.answers.evidence is None:
            del answers["evidence"]
        practice = {**_plain(self.practice), "claims": []}
        return {
            "schema": self.schema,
            "actor": _plain(self.actor),
            "period": {"since": self.period[0], "until": self.period[1]},
            "window_days": self.window_days,
            "coverage": _plain(self.coverage),
            "questions": [
                answers,
                _plain(self.takes_up),
                _plain(self.amplification),
                _plain(self.participation),
                practice,
            ],
            "regulars_unanswered": {"count": self.regulars_unanswered},
            "automation": _plain(self.automation),
            "statement": self.statement,
            "limits": _plain(self.limits),
        }


def _flat_year(year: Year) -> dict[str, Any]:
    record = _plain(year)
    return {"year": record.pop("year"), **record.pop("cell"), **record}


def _plain(value: Any) -> Any:
    if isinstance(value, Reason):
        return str(value)
    if is_dataclass(value):
        names = sorted((f.name for f in fields(value)), key=lambda name: name != "id")
        return {name: _plain(getattr(value, name)) for name in names}
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, tuple | list):
        return [_plain(item) for item in value]
    return value
