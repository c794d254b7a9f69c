"""Networks of people who write under each other's posts, with or without a club of seniors among them.

Each account picks whom it answers among those who wait for it at that moment; what is planted is how it weighs them.
Nothing here uses the statistics it is meant to try. Times in microseconds from the start.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from calibration.people import DAY, HOUR, Bools, Floats, Ints, of_class, rank_class, ranks
from calibration.scenarios import Three
from permadani.vocabulary import Actor, Coverage, Object, Record, Standing

START = 1_577_836_800_000_000
"""1 January 2020."""
WINDOW = 14 * DAY
DAYS = 60
"""For so long people write; answers may come until two weeks later."""
MINUTE = HOUR / 60
CHANNEL = "x"
SENIOR = 2


@dataclass(frozen=True, slots=True)
class World:
    """What is planted. Odds are of a senior against anybody else who waits; ``sd`` those of normal intercepts.

    ``club``: the odds with seniors who answer; ``rank``: with everybody. ``matched``: no club, but everybody favours
    seniors so much that seniors are answered as often as with a club of these odds, by the same accounts at the same
    times. ``writes``, ``heard``: how often one of a class writes under posts, and is written to. ``answers``: of the
    messages that come to one of a class, about so many are answered. ``homophily``: how many times more often seniors
    write to seniors. ``friendship``: sd of the log of how much one account takes to another, when writing and when
    answering. ``crowds``: sd of the log of how many a post draws; ``mood``: sd of the log odds that a post's
    conversation is answered. ``fresh``: days after which, to one of a class, a message has lost e-fold. ``bursts``:
    seniors write in so many bursts. ``hours``: seniors write and answer in the evening, the rest in the daytime;
    ``weekends``: on two days of the week, the rest on five.
    """

    name: str
    about: str
    club: float = 1.0
    rank: float = 1.0
    matched: float = 1.0
    writes: Three = (1.0, 1.5, 2.5)
    heard: Three = (1.0, 2.0, 5.0)
    answers: Three = (0.4, 0.4, 0.4)
    homophily: float = 1.0
    friendship: float = 0.0
    crowds: float = 0.5
    mood: float = 0.0
    fresh: Three = (5.0, 5.0, 5.0)
    bursts: int = 0
    hours: bool = False
    weekends: bool = False

    @property
    def planted(self) -> bool:
        return self.club > 1

    @property
    def blind(self) -> bool:
        """Whether no account heeds the class of who waits: the relative figure is 1 then."""
        return self.club == self.rank == self.matched == 1


WITHOUT = (
    World("degree-matched", "as with a club of odds 6, each account as busy, seniors answered as often", matched=6.0),
    World("homophily", "seniors write to seniors eight times as often; answers are blind", homophily=8.0),
    World("busy seniors", "seniors answer four times as much as others", answers=(0.2, 0.2, 0.8)),
    World("rank", "everybody favours seniors at odds 3", rank=3.0),
    World("crowds", "few posts draw most messages, and some conversations are answered", crowds=1.5, mood=1.5),
    World("favourites", "everybody has friends, of all classes", friendship=1.5),
    World("bursts", "seniors write in bursts, and the newest is answered first", bursts=8, fresh=(0.2, 0.2, 0.2)),
    World("hours", "seniors write and answer in the evening, the rest in the daytime", hours=True),
    World("weekends", "seniors write and answer on two days of the week, the rest on the others, newest first",
          weekends=True, fresh=(0.2, 0.2, 0.2)),
)  # fmt: skip
WITH = (
    World("club, odds 3", "seniors prefer seniors at odds 3, others do not", club=3.0),
    World("club, odds 6", "seniors prefer seniors at odds 6, others do not", club=6.0),
)
HUNTED = (
    World("weekends, any", "as weekends, and how long a message waited hardly matters", weekends=True),
    World("hours, newest first", "as hours, and the newest is answered first", hours=True, fresh=(0.2, 0.2, 0.2)),
    World("weekends, seniors newest first", "as weekends, and only seniors answer the newest first", weekends=True,
          fresh=(20.0, 20.0, 0.1)),
    World("all at once", "homophily, rank, friends, crowds and busy seniors", homophily=4.0, rank=2.0, friendship=1.0,
          crowds=1.5, mood=1.0, answers=(0.2, 0.3, 0.6)),
)  # fmt: skip
"""Looked for to mislead."""
WORLDS = {world.name: world for world in (*WITHOUT, *WITH, *HUNTED)}


@dataclass(frozen=True, slots=True)
class Network:
    """Who wrote to whom under which post, a row each by time.

    ``answered``: when the one written to answered, NaN never. ``classes`` (0 junior, 1 middle, 2 senior) and
    ``followers``: of people. ``owner``, ``posted``: of posts. ``true``, ``share``: of answers with somebody else
    waiting, in the order of ``picked`` (rows), how probable a senior was, and how many of those waiting were seniors.
    """

    world: World
    followers: Ints
    classes: Ints
    owner: Ints
    posted: Floats
    asker: Ints
    target: Ints
    post: Ints
    moment: Floats
    answered: Floats
    picked: Ints
    true: Floats
    share: Floats

    @property
    def truth(self) -> float:
        """What observed / expected of seniors, divided by that of the others, is on average: 1 where choices are
        blind, else from the probabilities of these choices. NaN where a side has no choices."""
        if self.world.blind:
            return 1.0
        senior = self.classes[self.target[self.picked]] == SENIOR
        sums = [side[mask].sum() for mask in (senior, ~senior) for side in (self.true, self.share)]
        return float(sums[0] / sums[1] * sums[3] / sums[2]) if min(sums) > 0 else float("nan")

    def records(self) -> Iterator[Record]:
        """All that a source would yield of it; everything is covered."""
        end = START + int((DAYS + 30) * DAY)
        for direction in ("inbound", "outbound"):
            yield Coverage(actor=None, channel=CHANNEL, direction=direction, since=START - int(DAY), until=end,
                           completeness="complete", basis="simulated")  # type: ignore[arg-type] # fmt: skip
        for one, followers in enumerate(self.followers.tolist()):
            yield Actor(id=_user(one), channel=CHANNEL, handle=f"person{one}")
            yield Standing(actor=_user(one), observed=START - int(DAY), followers=followers)
        for post, (owner, posted) in enumerate(zip(self.owner.tolist(), self.posted.tolist(), strict=True)):
            yield _note(f"p{post}", owner, posted, None, f"p{post}")
        rows = zip(*(column.tolist() for column in (self.asker, self.target, self.post, self.moment, self.answered)),
                   strict=True)  # fmt: skip
        for row, (asker, target, post, moment, answered) in enumerate(rows):
            yield _note(f"m{row}", asker, moment, f"p{post}", f"p{post}")
            if not np.isnan(answered):
                yield _note(f"a{row}", target, answered, f"m{row}", f"p{post}")


def _user(one: int) -> str:
    return f"{CHANNEL}:user/{one}"


def _note(name: str, actor: int, moment: float, parent: str | None, thread: str) -> Object:
    above = None if parent is None else f"{CHANNEL}:status/{parent}"
    return Object(id=f"{CHANNEL}:status/{name}", channel=CHANNEL, kind="note", actor=_user(actor),
                  published=START + int(moment), in_reply_to=above, thread=f"{CHANNEL}:status/{thread}")  # fmt: skip


def network(world: World, people: int, messages: int, seed: int) -> Network:
    """The network of this seed, of about so many messages: posts, what is written under them, and answers."""
    rng = np.random.default_rng([seed, zlib.crc32(world.name.encode()), people, messages])
    followers = np.floor(rng.lognormal(5, 2, people)).astype(np.int64)
    classes = rank_class(ranks(followers.astype(np.float64)))
    liking = np.exp(rng.normal(0, world.friendship, (people, people)))
    posts = max(0, round(0.15 * messages) - people)
    written = round((messages - people - posts) / 1.4)
    heard = of_class(world.heard, classes) * rng.lognormal(0, 0.5, people)
    owner = np.concatenate([np.arange(people), rng.choice(people, posts, p=heard / heard.sum())])
    posted = rng.uniform(0, (DAYS - 5) * DAY, len(owner))
    asker, target = _pairs(world, classes, heard, liking, written, rng)
    post = _under(world, owner, target, rng)
    new = np.unique(asker * len(owner) + post, return_index=True)[1]  # whoever wrote there already says no more
    asker, target, post = asker[new], target[new], post[new]
    moment = _moments(world, classes[asker], posted[post], rng)
    order = np.argsort(moment, kind="stable")
    asker, target, post, moment = asker[order], target[order], post[order], moment[order]
    never, none = np.full(len(moment), np.nan), np.zeros(0)
    bare = Network(world, followers, classes, owner, posted, asker, target, post, moment, never,
                   none.astype(np.int64), none, none)  # fmt: skip
    return _answering(bare, liking, rng.normal(0, world.mood, len(owner)), rng)


def _pairs(
    world: World, classes: Ints, heard: Floats, liking: Floats, count: int, rng: np.random.Generator
) -> tuple[Ints, Ints]:
    """Who writes to whom, shapes (count,): everybody writes as often as they do, wherever their liking leads them."""
    people, senior = len(classes), classes == SENIOR
    writes = of_class(world.writes, classes) * rng.lognormal(0, 0.5, people)
    pull = heard * liking * np.where(senior[:, None] & senior, world.homophily, 1.0)
    np.fill_diagonal(pull, 0)
    weight = (writes / pull.sum(axis=1))[:, None] * pull
    pair = rng.choice(people * people, count, p=weight.ravel() / weight.sum())
    return pair // people, pair % people


def _under(world: World, owner: Ints, target: Ints, rng: np.random.Generator) -> Ints:
    """Under which post of the one written to."""
    draw = rng.lognormal(0, world.crowds, len(owner))
    post = np.zeros(len(target), dtype=np.int64)
    for one in np.unique(target):
        own, here = np.nonzero(owner == one)[0], np.nonzero(target == one)[0]
        post[here] = rng.choice(own, len(here), p=draw[own] / draw[own].sum())
    return post


def _moments(world: World, classes: Ints, posted: Floats, rng: np.random.Generator) -> Floats:
    moment = posted + MINUTE + rng.exponential(1.5 * DAY, len(posted))
    if world.bursts:
        burst = rng.uniform(0, DAYS * DAY, (world.bursts, 1))
        next_ = np.min(np.where(burst > posted, burst, np.inf), axis=0)
        caught = (classes == SENIOR) & np.isfinite(next_)
        moment = np.where(caught, next_ + rng.exponential(3 * HOUR, len(posted)), moment)
    if world.hours:
        moment = _at_hours(moment, classes, rng)
        moment += DAY * (moment <= posted)
    if world.weekends:
        moment = _on_days(moment, classes)
    return np.minimum(moment, DAYS * DAY + rng.uniform(0, DAY, len(posted)))


def _at_hours(moments: Floats, classes: Ints, rng: np.random.Generator) -> Floats:
    first = np.where(classes == SENIOR, 18, 8)
    return moments // DAY * DAY + (first + 6 * rng.random(len(moments))) * HOUR


def _on_days(moments: Floats, classes: Ints) -> Floats:
    """Put off until one of their days comes: the last two of seven for seniors, the first five for the rest."""
    into = moments % (7 * DAY)
    wait = np.where(classes == SENIOR, np.maximum(5 * DAY - into, 0), np.where(into >= 5 * DAY, 7 * DAY - into, 0))
    spread = 2 * DAY * ((moments / HOUR) % 1)  # not all in the first minute
    return moments + np.where(wait > 0, wait + spread, 0)


def _sittings(net: Network, rng: np.random.Generator) -> list[Floats]:
    """When each account answers one message if any waits, in order: a few at a sitting, minutes apart."""
    came = np.bincount(net.target, minlength=len(net.classes))
    wanted = rng.poisson(of_class(net.world.answers, net.classes) * came / 2)
    found = []
    for one, count in enumerate(wanted):
        begun = rng.uniform(0, (DAYS + 5) * DAY, count)
        if net.world.hours:
            begun = _at_hours(begun, np.full(count, net.classes[one]), rng)
        if net.world.weekends:
            begun = _on_days(begun, np.full(count, net.classes[one]))
        begun = np.repeat(begun, 1 + rng.poisson(1.2, count))
        found.append(np.sort(begun + rng.uniform(0, HOUR, len(begun))))
    return found


def _answering(net: Network, liking: Floats, mood: Floats, rng: np.random.Generator) -> Network:
    sittings = _sittings(net, rng)
    luck = [rng.random(len(times)) for times in sittings]
    if net.world.matched == 1:
        return _answered(net, net.world, liking, mood, sittings, luck)
    with_club = _answered(net, replace(net.world, club=net.world.matched), liking, mood, sittings, luck)
    wanted = (net.classes[with_club.asker[with_club.picked]] == SENIOR).sum()
    odds, high = 1.0, net.world.matched
    for _ in range(7):  # as many answers to seniors as with the club
        middle = (odds + high) / 2
        tried = _answered(net, replace(net.world, rank=middle), liking, mood, sittings, luck)
        if (net.classes[tried.asker[tried.picked]] == SENIOR).sum() < wanted:
            odds = middle
        else:
            high = middle
    return _answered(net, replace(net.world, rank=high), liking, mood, sittings, luck)


def _answered(
    net: Network, world: World, liking: Floats, mood: Floats, sittings: list[Floats], luck: list[Floats]
) -> Network:
    """Every sitting of everybody: one of those waiting is picked by weight. ``luck``: a uniform number for each."""
    answered = net.answered.copy()
    of_senior: Bools = net.classes == SENIOR
    picked, true, share = [], [], []
    for one, times in enumerate(sittings):
        mine = np.nonzero(net.target == one)[0]
        if not len(mine) or not len(times):
            continue
        odds = world.rank * (world.club if of_senior[one] else 1.0)
        seniors, fresh = of_senior[net.asker[mine]], world.fresh[net.classes[one]] * DAY
        weight = liking[one, net.asker[mine]] * np.exp(mood[net.post[mine]]) * np.where(seniors, odds, 1.0)
        moment, open_ = net.moment[mine], np.ones(len(mine), dtype=bool)
        for now, lot in zip(times, luck[one], strict=True):
            waiting = np.nonzero(open_ & (moment < now) & (moment >= now - WINDOW))[0]
            if not len(waiting):
                continue
            p = weight[waiting] * np.exp((moment[waiting] - now) / fresh)
            line = np.cumsum(p)
            chosen = waiting[min(np.searchsorted(line, lot * line[-1], "right"), len(waiting) - 1)]
            open_[chosen] = False
            answered[mine[chosen]] = np.floor(now)
            if len(waiting) > 1:
                picked.append(mine[chosen])
                true.append(p[seniors[waiting]].sum() / line[-1])
                share.append(seniors[waiting].mean())
    return replace(net, answered=answered, picked=np.array(picked, dtype=np.int64), true=np.array(true),
                   share=np.array(share))  # fmt: skip
