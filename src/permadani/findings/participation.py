"""Question 3: does it take part in the conversations under its own posts?"""

from __future__ import annotations

from dataclasses import dataclass

import duckdb
import numpy as np

from permadani.findings.reasons import Reason, reason
from permadani.findings.results import CoverageLine, Participation, Verdict
from permadani.findings.unheard import unheard
from permadani.findings.unlinked import unlinked_of
from permadani.measures.judged import Column
from permadani.measures.network import FOREVER, Scope
from permadani.statistics.intervals import Share, clustered_share

ENOUGH = 15
TAKES_PART, RARELY = 1 / 3, 1 / 10
UNKNOWN = 0.15
"""With more comments than this of unknown substance, nothing accusing is said."""
WEEK = 7 * 86_400_000_000
LEVEL = 0.95


@dataclass(frozen=True, slots=True)
class Posts:
    """One entry a post that drew comments while the account was around, all of shape (n,).

    ``joined``: in time; ``joined_ever``: at any time; ``elsewhere``: it spoke to one who commented, in time, anywhere.
    ``dull``: how many of its ``comments`` are of unknown substance. ``published``: microseconds UTC.
    """

    published: Column
    channel: Column
    joined: Column
    joined_ever: Column
    elsewhere: Column
    dull: Column
    comments: Column

    @property
    def channels(self) -> set[str]:
        return {*self.channel.tolist()}

    def share(self, outcomes: Column, level: float) -> Share:
        """The share of these posts, clustered by week."""
        return clustered_share(outcomes.astype(bool), self.published // WEEK, level)

    def below(self, outcomes: Column, bound: float, level: float) -> bool:
        high = self.share(outcomes, level).high
        return high is not None and high <= bound


def participation_of(
    connection: duckdb.DuckDBPyConnection, subject: int, coverage: tuple[CoverageLine, ...], namesakes: int,
    scope: Scope,
) -> Participation:  # fmt: skip
    """Of the posts that drew three comments of substance within 72 hours while it was around, the share it joined.

    The interval is clustered by the week of the post. The bounds of the verdict are conventions.
    """
    if not any(line.inbound != "none" and line.outbound != "none" for line in coverage):
        if any(line.inbound != "none" for line in coverage):
            return _without("not_measurable", "no_outbound")
        return _without("not_measurable", unheard(connection, subject, [line.channel for line in coverage]).key)
    posts, away = posts_of(connection, subject, -FOREVER)
    share = posts.share(posts.joined, LEVEL)
    verdict: Verdict = "sometimes"
    if share.n < ENOUGH or share.low is None or share.high is None:
        verdict, why = "not_enough_evidence", reason("few_conversations", count=share.n, needed=ENOUGH)
    else:
        why = reason("participation_measured", joined=share.successes, conversations=share.n)
        if share.low >= TAKES_PART:
            verdict = "takes_part"
        elif share.high <= RARELY:
            unlinked = unlinked_of(connection, subject, posts.channels, scope)
            against = against_joins(posts, coverage, namesakes, unlinked, RARELY, LEVEL)
            verdict, why = ("rarely", why) if against is None else ("not_enough_evidence", against)
    return Participation(verdict, why, share.n, share.successes, share.rate, share.low, share.high, away)


def posts_of(connection: duckdb.DuckDBPyConnection, subject: int, since: int) -> tuple[Posts, int]:
    """The posts since then (microseconds) while it was around, and how many others there are."""
    rows = connection.execute(
        """SELECT published, channel, around, joined, joined_ever, elsewhere, dull, comments FROM participation
           WHERE subject = $s AND published >= $since""",
        {"s": subject, "since": since},
    ).fetchnumpy()
    around = np.asarray(rows.pop("around"), dtype=bool)
    columns = {name: np.asarray(values)[around] for name, values in rows.items()}
    return Posts(**columns), int((~around).sum())


def against_joins(
    posts: Posts, coverage: tuple[CoverageLine, ...], namesakes: int, unlinked: int, bound: float, level: float
) -> Reason | None:
    """What forbids to say that it joined fewer than ``bound`` of these, or None. ``unlinked``: see ``unlinked_of``."""
    known = [line for line in coverage if line.inbound != "none" and line.outbound != "none"]
    if not all(line.inbound == line.outbound == "complete" for line in known):
        return reason("few_but_partial")
    if posts.dull.sum() > UNKNOWN * posts.comments.sum():
        return reason("too_dull")
    if namesakes:
        return reason("few_but_namesakes", count=namesakes)
    ever = posts.joined_ever.astype(bool)
    if not posts.below(ever | posts.elsewhere.astype(bool), bound, level):
        return reason("joined_elsewhere" if posts.below(ever, bound, level) else "joined_late")
    if ever.sum() + unlinked >= bound * len(ever):
        return reason("few_but_unlinked", count=unlinked)
    return None


def _without(verdict: Verdict, key: str) -> Participation:
    return Participation(verdict, reason(key), None, None, None, None, None, None)
