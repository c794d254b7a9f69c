"""What was collected of each channel, what was left out, and what could not be known."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import duckdb
import numpy as np

from permadani.findings.class_map.measure import Network
from permadani.findings.class_map.members import Members
from permadani.findings.class_map.ranks import Ranks
from permadani.findings.class_map.rows import Rows, different
from permadani.findings.dates import iso
from permadani.findings.reasons import Reason, reason
from permadani.findings.results import ChannelOfMap, LeftOutOfMap
from permadani.measures.class_map import CLASSES, UNKNOWN, WHY_NONE
from permadani.measures.judged import Column

LEAST_KNOWN = 10
Level = Literal["complete", "partial", "none"]


def channels_of_map(
    connection: duckdb.DuckDBPyConnection, network: Network, written: tuple[Column, Column]
) -> tuple[ChannelOfMap, ...]:
    """One line a channel, in the order of their names. ``written``: of ``messages.channel_posts``."""
    found = connection.execute(
        """SELECT h.channel, h.name, h.grouped, k.followed, f.channel IS NOT NULL, min(c.in_since), max(c.in_until),
               count(c.seat) FILTER (c.in_since IS NOT NULL)
           FROM channel h
           JOIN followed k ON k.channel = h.channel
           LEFT JOIN flat f ON f.channel = h.channel
           LEFT JOIN claim c ON c.channel = h.channel
           GROUP BY ALL ORDER BY h.name"""
    ).fetchall()
    bases = dict(
        connection.execute(
            # what is claimed of single accounts names them, and is only counted
            """SELECT channel, string_agg(DISTINCT basis, '; ' ORDER BY basis) FROM coverage
               WHERE completeness <> 'none' AND direction = 'inbound' AND actor IS NULL GROUP BY channel"""
        ).fetchall()
    )
    members = network.members
    sizes = np.bincount(members.channel * len(CLASSES) + members.group, minlength=len(found) * len(CLASSES))
    lines = []
    for channel, name, grouped, followed, flat, since, until, claimed in found:
        rank = network.ranks.get(channel, Ranks(0, 0, None, None))
        posts, sure = (int(of[channel]) if channel < len(of) else 0 for of in written)
        juniors, middle, seniors, _ = sizes[channel * len(CLASSES) :][: len(CLASSES)].tolist()
        standing: Literal["followers", "network"] | None = "followers" if followed else "network"
        lines.append(
            ChannelOfMap(
                channel=name, audience="group" if grouped else "personal", standing=standing if rank.known else None,
                people=rank.people, known=rank.known, juniors=juniors,
                middle=middle, seniors=seniors, posts=posts, junior_to=_told(rank.junior_to, rank, standing),
                senior_from=_told(rank.senior_from, rank, standing), level=_level(posts, sure),
                flat=bool(flat), since=iso(since), until=iso(until), basis=bases.get(name), claimed=claimed,
            )
        )  # fmt: skip
    return tuple(lines)


def _told(bound: int | None, rank: Ranks, standing: str | None) -> int | None:
    """A bound as it may be told: it is somebody's count, so followers are rounded, and of few people none is told."""
    if bound is None or rank.known < LEAST_KNOWN:
        return None
    return bound if standing == "network" else int(float(f"{bound:.1e}"))


def _level(posts: int, sure: int) -> Level:
    if not posts:
        return "none"
    return "complete" if sure == posts else "partial"


def left_out_of_map(found: Rows, unseen_mentions: int) -> LeftOutOfMap:
    """``messages.left_out_rows``."""
    counts = dict(zip((WHY_NONE[why] for why in found["why"].tolist()), found["messages"].tolist(), strict=True))
    of = {name: int(counts.get(name, 0)) for name in ("spam", "automatic", "deleted", "unobserved", "flat")}
    return LeftOutOfMap(**of, unseen_mentions=unseen_mentions)


def limits_of_map(
    channels: Sequence[ChannelOfMap], members: Members, found: Rows, left_out: LeftOutOfMap, tenureless: int,
    window_days: int,
) -> tuple[Reason, ...]:  # fmt: skip
    """Plain sentences. ``found``: of ``messages.left_out_rows``. ``tenureless``: posts of unknown tenure."""
    limits = [reason("map_unseen")]
    if sum(one.posts > 0 for one in channels) > 1:
        limits.append(reason("map_several_channels"))
    if any(one.level == "partial" for one in channels):
        limits.append(reason("map_partial_level"))
    limits += [
        reason("map_channel_left_out", channel=one.channel, reason=reason("map_nothing_observed"))
        for one in channels if one.level == "none"
    ]  # fmt: skip
    posts = found["why"] == 0
    total = sum(one.posts for one in channels)
    young = int(np.asarray(found["young"])[posts].sum())
    everybody, weak, unknown = (
        len(different(members.person[mask])) for mask in (slice(None), members.weak, members.group == UNKNOWN)
    )
    accounts = sum(one.people for one in channels)
    told = (
        ("map_unknown_class", unknown, everybody), ("map_weak", weak, everybody),
        ("map_undated", int(members.undated.sum()), accounts), ("map_tenure_unknown", tenureless, total),
    )  # fmt: skip
    limits += [reason(key, count=count, total=of) for key, count, of in told if count]
    if young:
        limits.append(reason("map_young", count=young, total=total, days=window_days))
    if left_out.flat:
        limits.append(reason("map_flat_comments", count=left_out.flat))
    if left_out.unseen_mentions:
        limits.append(reason("map_unseen_mentions", count=left_out.unseen_mentions))
    return tuple(limits)
