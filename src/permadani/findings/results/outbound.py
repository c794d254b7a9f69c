"""What the messages of one account alone can tell: whom it replies to, how often, how fast; no rate, no verdict."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from permadani.findings.reasons import Reason
from permadani.findings.results.account import Automation, CoverageLine, Subject
from permadani.findings.results.audit import plain
from permadani.findings.results.cells import Rate
from permadani.findings.results.table import Table, Tabular, columns, number


@dataclass(frozen=True, slots=True)
class Written:
    """Messages of the period by whom they speak to; all but ``reshares`` add up to ``messages``.

    ``replies``: to others. ``own_threads``: replies to itself. ``unknown``: replies to what was not collected, and whom
    they speak to is not known. ``addressed``: to somebody, in reply to nothing. ``posts``: to everybody.
    ``reshares``: None where the data shows nobody's. ``automatic``: of the replies to others, sent by a program.
    """

    messages: int
    replies: int
    own_threads: int
    unknown: int
    addressed: int
    posts: int
    reshares: int | None
    automatic: int


@dataclass(frozen=True, slots=True)
class Concentration:
    """How unequally the replies are spread over people. ``top_share``: what went to the ``top_people`` replied to most,
    a tenth of them, 0..1. ``lorenz``: points from (0, 0) to (1, 1), those replied to least first."""

    top_people: int
    top_share: float
    gini: float
    lorenz: tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class RepliedTo:
    """People it replied to by hand; linked accounts are one person.

    ``replies``: to them, each counted for everybody whom it speaks to. ``once``, ``again``: people with one reply, and
    with more. ``weak``: people known by a name only. ``concentration``: None for fewer than ``needed`` people.
    """

    people: int
    replies: int
    once: int
    again: int
    weak: int
    concentration: Concentration | None
    needed: int


@dataclass(frozen=True, slots=True)
class Hours:
    """A time in hours with its 95 % interval; None is an open end."""

    hours: float
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class Delay:
    """From a message to the first reply to it, of those it did reply to.

    ``messages``: of others that it replied to. ``measured``: those whose time is known and not after the reply's.
    ``known_by``: of these, how many times come from where: ``store`` (the message itself), or its id (``x``,
    ``bluesky``, ``mastodon``). ``earlier``: the reply carries the earlier time. ``unknown``: no time is known.
    ``unnamed``: replies that do not tell which message they reply to (in no other number here). The quartiles are None
    for fewer than ``needed``; intervals are clustered by person.
    """

    messages: int
    measured: int
    known_by: dict[str, int]
    earlier: int
    unknown: int
    unnamed: int
    quarter: Hours | None
    median: Hours | None
    three_quarters: Hours | None
    within_24h: Rate | None
    needed: int


@dataclass(frozen=True, slots=True)
class OutboundYear:
    """``replies`` to others, of these ``people`` by hand. ``measured``: delays of first replies given in that year."""

    year: int
    messages: int
    replies: int
    people: int
    measured: int
    median: Hours | None


@dataclass(frozen=True, slots=True)
class Audience:
    """People it replied to by their followers, beside its ``own``: fewer than a tenth, between, a third or more.

    ``known``: of how many people the followers are known. The three are None where its own are not.
    """

    own: int | None
    known: int
    fewer_than_tenth: int | None
    between: int | None
    third_or_more: int | None


@dataclass(frozen=True, slots=True)
class Correspondent:
    """Somebody it replied to: a third party, shown locally, in a file only with --private."""

    id: str
    name: str
    replies: int
    first: str
    last: str


@dataclass(frozen=True, slots=True)
class RateOf:
    """Whether an answer rate can be said on a channel (by an audit; never here), and why or why not."""

    channel: str
    measurable: bool
    reason: Reason


@dataclass(frozen=True, slots=True)
class Outbound(Tabular):
    """``clients``: programs of the replies to others. ``most``: None unless asked for (``private``)."""

    actor: Subject
    period: tuple[str | None, str | None]
    coverage: tuple[CoverageLine, ...]
    rate: tuple[RateOf, ...]
    written: Written
    replied_to: RepliedTo
    delay: Delay
    over_time: tuple[OutboundYear, ...]
    clients: Automation
    audience: Audience | None
    limits: tuple[Reason, ...]
    most: tuple[Correspondent, ...] | None = None
    private: bool = False
    schema: str = field(default="permadani.outbound/1", init=False)

    @property
    def table(self) -> Table:
        """The years: counts, and the median delay in hours with its bounds."""
        rows = []
        for year in self.over_time:
            median = (None,) * 3 if year.median is None else (year.median.hours, year.median.low, year.median.high)
            counts = (year.year, year.messages, year.replies, year.people, year.measured)
            rows.append((*counts, *map(number, median)))
        return Table(
            "replies_by_year",
            columns(count="year messages replies people measured", number="median_hours median_low median_high"),
            tuple(rows),
        )

    def to_dict(self) -> dict[str, Any]:
        """The contract ``permadani.outbound/1``; texts are English here. ``key``: the reason's stable name."""
        record = plain(self)
        record["period"] = {"since": self.period[0], "until": self.period[1]}
        for one, entry in zip(self.rate, record["rate"], strict=True):
            entry["key"] = one.reason.key
        del record["private"]
        if self.most is None:
            del record["most"]
        return {"schema": record.pop("schema"), **record}
