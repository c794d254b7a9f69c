"""Who writes, when and where: the messages of one account before anybody answers. Times in microseconds."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from calibration.scenarios import Scenario, Three

DAY = 86_400e6
HOUR = DAY / 24
Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]
LOWER, UPPER = 0.5, 0.8
"""Juniors are the lower half, seniors the top fifth."""


@dataclass(frozen=True, slots=True)
class Mail:
    """One row a message, by time. ``standing``, ``rank``, ``classes`` (0 junior, 1 middle, 2 senior): of the askers.

    ``rank``: among those who wrote what is no spam. ``posts``: when she published, by thread; a thread above these
    is a mention. Rows with an infinite moment are kept for those who will come back. ``away``: from, until.
    ``shunned``: the thread of a storm.
    """

    moment: Floats
    asker: Ints
    thread: Ints
    comment: Bools
    spam: Bools
    standing: Floats
    rank: Floats
    classes: Ints
    posts: Floats
    away: list[tuple[float, float]]
    days: float
    shunned: int = -1


def ranks(values: Floats) -> Floats:
    """The middle rank of each value as a share of all, shape (n,); a lowest group of more than half is 0."""
    ordered = np.sort(values)
    low, high = np.searchsorted(ordered, values, "left"), np.searchsorted(ordered, values, "right")
    return np.where((low == 0) & (high > LOWER * len(values)), 0.0, (low + high) / 2 / len(values))


def rank_class(rank: Floats) -> Ints:
    """0 junior, 1 middle, 2 senior."""
    return (rank > LOWER).astype(np.int64) + (rank > UPPER)


def of_class(shares: Three, classes: Ints) -> Floats:
    """The number of each one's class."""
    return np.array(shares)[classes]


def mail(scenario: Scenario, approaches: int, rng: np.random.Generator) -> Mail:
    """All that will be written; 90 days for 200 messages, 180 for 1,000, so that 30 to 60 wait at a time."""
    spare = int(0.25 * scenario.come_back * approaches)
    spam = int(scenario.spam * approaches)
    n = approaches - spare + spam
    days = 90 * scenario.pace * (approaches / 200) ** 0.43
    away = _away(scenario, days)
    posts = np.sort(rng.uniform(0, days * DAY, max(4, round((1 - scenario.mentions) * n / 7))))
    posts = _outside(posts, away, days)

    popularity = rng.lognormal(0, scenario.popularity_sd, len(posts)) * _density(scenario, posts / DAY / days)
    pull = np.exp(rng.normal(0, scenario.thread_lean, len(posts)) * (1 + np.log1p(popularity)) / 2)
    comment = rng.random(n) >= scenario.mentions
    thread = np.where(comment, rng.choice(len(posts), n, p=popularity / popularity.sum()), -1)
    moment = np.where(
        comment, posts[thread] + rng.exponential(1.5 * DAY, n), _spread(scenario, rng.random(n)) * days * DAY
    )
    lean = np.where(comment, pull[thread], 1.0)
    over = moment > days * DAY
    moment[over] = rng.uniform(np.where(comment, posts[thread], 0.0), days * DAY)[over]
    speech = int(rng.integers(len(posts) // 3, 2 * len(posts) // 3))
    if scenario.burst:
        struck = rng.random(n) < scenario.burst
        comment = np.where(struck, rng.random(n) < 0.5, comment)
        thread = np.where(struck, np.where(comment, speech, -1), thread)
        moment = np.where(struck, posts[speech] + rng.uniform(0, 2 * DAY, n), moment)
        lean = np.where(struck, scenario.lean, lean)
    if scenario.storm:
        struck = rng.random(n) < scenario.storm
        comment, thread = comment | struck, np.where(struck, speech, thread)
        moment = np.where(struck, posts[speech] + rng.exponential(4 * DAY, n), moment)
        lean = np.where(struck, 2 * scenario.lean, lean)
    if scenario.growth > 1:
        lean = np.where(moment > days * DAY / 2, scenario.lean, lean)
    for since, until in away:
        lean = np.where((moment >= since) & (moment < until), scenario.lean, lean)
    if scenario.coarse:
        moment = np.floor(moment / HOUR) * HOUR
        posts = np.floor(posts / HOUR) * HOUR

    order = np.argsort(moment, kind="stable")
    moment, thread, lean = moment[order], thread[order], lean[order]
    asker, standing = _askers(scenario, lean, rng)
    moment, thread, asker = _habits(scenario, moment, thread, asker, len(standing), posts, rng)
    flagged = np.zeros(n, dtype=bool)
    flagged[rng.choice(n, spam, replace=False)] = True
    thread = _one_a_thread(asker, thread, len(posts))

    writes = np.unique(asker[~flagged])
    rank = np.full(len(standing), 0.0)
    rank[writes] = ranks(standing[writes])
    later = np.arange(spare)
    return Mail(
        moment=np.append(moment, np.full(spare, np.inf)),
        asker=np.append(asker, np.zeros(spare, dtype=np.int64)),
        thread=np.append(thread, thread.max() + 1 + later),
        comment=np.append(thread < len(posts), np.zeros(spare, dtype=bool)),
        spam=np.append(flagged, np.zeros(spare, dtype=bool)),
        standing=standing,
        rank=rank,
        classes=rank_class(rank),
        posts=posts,
        away=away,
        days=days,
        shunned=speech if scenario.storm else -1,
    )


def _away(scenario: Scenario, days: float) -> list[tuple[float, float]]:
    """Absences, spread evenly; together at most half of all days."""
    lengths = np.array(scenario.absences)
    if lengths.sum() > days / 2:
        lengths = lengths * (days / 2 / lengths.sum())
    starts = days * (np.arange(len(lengths)) + 0.5) / max(1, len(lengths)) - lengths / 2
    return [(start * DAY, (start + length) * DAY) for start, length in zip(starts, lengths, strict=True)]


def _outside(moments: Floats, away: list[tuple[float, float]], days: float) -> Floats:
    """Moments in an absence are put at its begin, somewhat earlier."""
    for since, until in away:
        inside = (moments >= since) & (moments < until)
        moments = np.where(inside, since - (until - moments) / 10, moments)
    return np.sort(np.clip(moments, 0, days * DAY))


def _density(scenario: Scenario, part: Floats) -> Floats:
    return np.where(part > 0.5, scenario.growth, 1.0)


def _spread(scenario: Scenario, uniform: Floats) -> Floats:
    """From uniform shares to shares of the time, ``growth`` times as many in its second half."""
    first = 1 / (1 + scenario.growth)
    return np.where(uniform < first, uniform / first / 2, 0.5 + (uniform - first) / (1 - first) / 2)


def _askers(scenario: Scenario, lean: Floats, rng: np.random.Generator) -> tuple[Ints, Floats]:
    """Who wrote each message, and the followers of all who could; juniors ``lean`` times as often."""
    size = max(14, round(0.45 * len(lean)))
    standing = np.sort(rng.lognormal(6, 2, size)).round()
    if scenario.coarse:
        digits = 10 ** np.floor(np.log10(np.maximum(standing, 1)))
        standing = np.where(standing < 200, 0.0, np.round(standing / digits) * digits)
    often = rng.lognormal(0, 1.1, size) * of_class(scenario.writes, rank_class((np.arange(size) + 0.5) / size))
    half = size // 2
    low, high = np.cumsum(often[:half]), np.cumsum(often[half:])
    junior = rng.random(len(lean)) < lean * low[-1] / (lean * low[-1] + high[-1])
    place = rng.random(len(lean))
    asker = np.where(
        junior,
        np.searchsorted(low, place * low[-1]),
        half + np.searchsorted(high, place * high[-1]),
    )
    if scenario.habit:
        asker = np.where(rng.random(len(lean)) < scenario.habit, size // 4, asker)
    if scenario.best_friend:
        asker = np.where(rng.random(len(lean)) < scenario.best_friend, size - 1, asker)
    return asker, standing


def _habits(
    scenario: Scenario, moment: Floats, thread: Ints, asker: Ints, people: int, posts: Floats, rng: np.random.Generator
) -> tuple[Floats, Ints, Ints]:
    """What classes do differently: when and where they write. Classes are about those of all who could write."""
    n, classes = len(moment), rank_class((np.arange(people) + 0.5) / people)[asker]
    end = moment.max()
    if scenario.night:
        after = (np.floor(moment / DAY) + 0.9 + rng.uniform(0, 0.25, n)) * DAY
        moment = np.where(classes == 0, after, moment)
    if scenario.late != Scenario.late:
        after = np.minimum(posts[thread] + rng.exponential(DAY, n) * of_class(scenario.late, classes), end)
        moment = np.where(thread >= 0, after, moment)
    if scenario.speaks is not None:
        mention = rng.random(n) < of_class(scenario.speaks, classes)
        latest = np.maximum(np.searchsorted(posts, moment) - 1 - rng.integers(0, 3, n), 0)
        thread = np.where(mention, -1, np.where(thread < 0, latest, thread))
        moment = np.where(mention, moment, np.maximum(moment, posts[thread]))
    order = np.argsort(moment, kind="stable")
    return moment[order], thread[order], asker[order]


def place_in_thread(thread: Ints) -> Floats:
    """The how many-th message of its thread each is, 1 for the first; rows in order of time."""
    order = np.argsort(thread, kind="stable")
    _, first, sizes = np.unique(thread[order], return_index=True, return_counts=True)
    place = np.empty(len(thread))
    place[order] = np.arange(len(thread)) - np.repeat(first, sizes) + 1
    return place


def _one_a_thread(asker: Ints, thread: Ints, posts: int) -> Ints:
    """A second message in the same thread belongs to the same approach, so here it becomes a mention elsewhere."""
    _, first = np.unique(np.stack([asker, thread]), axis=1, return_index=True)
    again = np.ones(len(thread), dtype=bool)
    again[first] = False
    return np.where(again | (thread < 0), posts + np.arange(len(thread)), thread)
