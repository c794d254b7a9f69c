"""The class structure of a network, and its contract ``permadani.classes/1``. Shares 0..1; None is unknown, never 0."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

from permadani.findings.reasons import Reason
from permadani.findings.results.audit import plain
from permadani.findings.results.table import Table, Tabular

Club = Literal["closed", "not_closed", "not_enough_evidence", "not_measurable"]
Change = Literal["fell", "rose", "steady"]
TENURES_OF_POSTS = ("newcomer", "regular", "unknown")


@dataclass(frozen=True, slots=True)
class ChannelOfMap:
    """One channel: whom its posts speak to, what standing means there, and how far it was collected.

    ``standing``: what people are ranked by; None where nothing is known. ``people``: accounts that posted; ``known``:
    of these, with a standing; ``juniors``, ``middle``, ``seniors``: of those, by their last post (equal standings stay
    together, so the half may be more). ``junior_to``: the greatest standing of a junior; ``senior_from``: the least of
    a senior; followers to two digits, None of fewer than 10 people. ``level``: none where nobody's reception could be
    seen. ``flat``: no message there replies to a comment. ``basis``: how it is known what was collected of everybody;
    ``claimed``: of how many single accounts something was collected.
    """

    channel: str
    audience: Literal["personal", "group"]
    standing: Literal["followers", "network"] | None
    people: int
    known: int
    juniors: int
    middle: int
    seniors: int
    posts: int
    junior_to: int | None
    senior_from: int | None
    level: Literal["complete", "partial", "none"]
    flat: bool
    since: str | None
    until: str | None
    basis: str | None
    claimed: int = 0


@dataclass(frozen=True, slots=True)
class Reception:
    """Posts and how many of them anybody else answered; None: too few for a share. Clustered by author.

    ``answered``: at any time (over time: within the window, of posts old enough).
    """

    posts: int
    answered: int
    people: int
    rate: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class Band:
    """Reception of posts by people with ``low``..``high`` followers (both included; ``high`` None: or more)."""

    least: int
    most: int | None
    reception: Reception


@dataclass(frozen=True, slots=True)
class ReceptionBy:
    """``by_followers``: None where no follower counts are known.

    ``openings``: the same of those posts alone that begin a conversation, which are answered oftener than replies are;
    None within itself.
    """

    all: Reception
    by_class: dict[str, Reception]
    by_tenure: dict[str, Reception]
    by_followers: tuple[Band, ...] | None
    openings: ReceptionBy | None = None


@dataclass(frozen=True, slots=True)
class ReceptionOn:
    """Reception on one channel: figures over several mix them."""

    channel: str
    reception: ReceptionBy


@dataclass(frozen=True, slots=True)
class Ratio:
    """Observed / expected with its interval at ``level``; None: too few, and never a division by zero."""

    observed: int
    expected: float
    value: float | None
    low: float | None
    high: float | None
    level: float = 0.95


@dataclass(frozen=True, slots=True)
class MatrixCell:
    """From the class that acts to the class it goes to.

    ``count``: all such acts. ``ratio``: of those that tell something (answers with somebody else waiting), observed /
    expected. ``givers``, ``receivers``: people. ``share``: of answers only: of the approaches (questions) of ``to``
    that came to ``source`` and are old enough, how many were answered in time; None on matrices without.
    """

    source: str
    to: str
    count: int
    givers: int
    receivers: int
    ratio: Ratio
    share: Reception | None = None


@dataclass(frozen=True, slots=True)
class Matrix:
    """All sixteen cells, by rows, or none with the ``reason``. ``count``: acts in all; ``telling``: those in ratios."""

    count: int
    telling: int
    cells: tuple[MatrixCell, ...]
    reason: Reason | None = None

    def cell(self, source: str, to: str) -> MatrixCell | None:
        return next((one for one in self.cells if one.source == source and one.to == to), None)


@dataclass(frozen=True, slots=True)
class RichClub:
    """Ties between seniors: ``ties`` of ``possible`` ordered pairs; ``expected`` ties of a blind draw by degree.

    ``coefficient``: ties / possible; ``ratio``: ties / expected; None where there is nothing to divide by.
    """

    seniors: int
    ties: int
    possible: int
    expected: float | None
    coefficient: float | None
    ratio: float | None


@dataclass(frozen=True, slots=True)
class Closure:
    """Whether the seniors form a closed club. ``relative``: the first over the second; its ``observed`` and
    ``expected`` are those of the first."""

    verdict: Club
    reason: Reason
    seniors_to_seniors: Ratio | None
    others_to_seniors: Ratio | None
    relative: Ratio | None
    rich_club: RichClub | None


@dataclass(frozen=True, slots=True)
class Reciprocity:
    """Directed ties, and how many are returned; None: too few, or nothing of that kind is seen on these channels."""

    ties: int
    returned: int
    people: int
    rate: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class Estimate:
    """A figure with its 95 % interval."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Inequality:
    """How unequally something is spread over people (zeros included). ``top_people``: a hundredth, at least one."""

    people: int
    received: int
    gini: Estimate | None
    top_people: int
    top_share: Estimate | None
    lorenz: tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class SecondPost:
    """Of ``posts`` newcomers (here one post a person), ``answered`` wrote again in another conversation."""

    answered_first: Reception
    unanswered_first: Reception
    difference: Estimate | None


@dataclass(frozen=True, slots=True)
class TrendOf:
    """``what``: reception, closure, gini_answers, gini_reshares; ``of``: a class, a tenure or all.

    ``change``: a year, of the log-odds (reception), the log ratio (closure), the coefficient (gini). ``word``: None
    where nothing may be said, for the ``reason``.
    """

    what: Literal["reception", "closure", "gini_answers", "gini_reshares"]
    of: str
    change: Estimate | None
    word: Change | None
    reason: Reason | None = None


@dataclass(frozen=True, slots=True)
class PeriodOfMap:
    """One month (``2015-04``) or year (``2015``). ``reception``: in time, of posts old enough."""

    period: str
    since: str
    until: str
    reception: ReceptionBy
    answers: Matrix
    seniors_to_seniors: Ratio | None
    others_to_seniors: Ratio | None
    relative: Ratio | None
    answers_received: Inequality | None
    reshares_received: Inequality | None


@dataclass(frozen=True, slots=True)
class LeftOutOfMap:
    """Messages that are no posts, each counted once; ``unseen_mentions``: approaches left out."""

    spam: int
    automatic: int
    deleted: int
    unobserved: int
    flat: int
    unseen_mentions: int


@dataclass(frozen=True, slots=True)
class ClassMap(Tabular):
    """The class map of a store, or of some of its channels. As one table it is its reception; ``tables`` are all."""

    period: tuple[str | None, str | None]
    by: Literal["month", "year"]
    channels: tuple[ChannelOfMap, ...]
    people: int
    posts: int
    reception: ReceptionBy
    by_channel: tuple[ReceptionOn, ...]
    approaches: Matrix
    answers: Matrix
    reshares: Matrix
    closure: Closure
    reciprocity_of_replies: Reciprocity
    reciprocity_of_reshares: Reciprocity | None
    answers_received: Inequality | None
    reshares_received: Inequality | None
    newcomers: SecondPost
    trends: tuple[TrendOf, ...]
    over_time: tuple[PeriodOfMap, ...]
    left_out: LeftOutOfMap
    limits: tuple[Reason, ...]
    window_days: int = 14
    schema: str = field(default="permadani.classes/1", init=False)

    @property
    def tables(self) -> dict[str, Table]:
        """Every figure, tidy: one row one figure with its n and interval; for Arrow, polars and pandas."""
        from permadani.findings.results.class_tables import class_tables

        return class_tables(self)

    @property
    def table(self) -> Table:
        """Who is heard: reception by class, tenure and followers."""
        return self.tables["reception"]

    def to_dict(self) -> dict[str, Any]:
        """The JSON contract; texts are English here, reports translate them."""
        return {
            "schema": self.schema,
            "period": {"since": self.period[0], "until": self.period[1]},
            "by": self.by,
            "window_days": self.window_days,
            "channels": plain(self.channels),
            "people": self.people,
            "posts": self.posts,
            "reception": _reception(self.reception),
            "by_channel": [{"channel": one.channel, **_reception(one.reception)} for one in self.by_channel],
            "matrices": {
                "approaches": _matrix(self.approaches),
                "answers": _matrix(self.answers),
                "reshares": _matrix(self.reshares),
            },
            "closure": plain(self.closure),
            "reciprocity": {
                "replies": plain(self.reciprocity_of_replies),
                "reshares": plain(self.reciprocity_of_reshares),
            },
            "concentration": {
                "answers": plain(self.answers_received),
                "reshares": plain(self.reshares_received),
            },
            "newcomers": plain(self.newcomers),
            "trends": plain(self.trends),
            "over_time": [_period(one) for one in self.over_time],
            "left_out": plain(self.left_out),
            "limits": plain(self.limits),
        }


def _reception(of: ReceptionBy) -> dict[str, Any]:
    bands = None
    if of.by_followers is not None:
        bands = [{"least": b.least, "most": b.most, **plain(b.reception)} for b in of.by_followers]
    return {
        "all": plain(of.all),
        "by_class": plain(of.by_class),
        "by_tenure": plain(of.by_tenure),
        "by_followers": bands,
        **({} if of.openings is None else {"openings": _reception(of.openings)}),
    }


def _matrix(of: Matrix) -> dict[str, Any]:
    cells = []
    for one in of.cells:
        record = plain(one)
        share = record.pop("share")
        ratio = record.pop("ratio")
        cells.append({"from": record.pop("source"), **record, **ratio, "share": share})
    return {"count": of.count, "telling": of.telling, "reason": plain(of.reason), "cells": cells}


def _period(of: PeriodOfMap) -> dict[str, Any]:
    return {
        "period": of.period,
        "since": of.since,
        "until": of.until,
        "reception": _reception(of.reception),
        "answers": _matrix(of.answers),
        "closure": {
            "seniors_to_seniors": plain(of.seniors_to_seniors),
            "others_to_seniors": plain(of.others_to_seniors),
            "relative": plain(of.relative),
        },
        "concentration": {"answers": plain(of.answers_received), "reshares": plain(of.reshares_received)},
    }
