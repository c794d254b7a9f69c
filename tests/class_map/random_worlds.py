"""Small random networks with everything that may go wrong in real ones; the same seed makes the same world."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from typing import Any

from permadani.vocabulary import (
    Actor,
    Addressed,
    Announce,
    Channel,
    Coverage,
    Object,
    Person,
    Record,
    Standing,
)

DAY = 86_400_000_000
START = 1_577_836_800_000_000  # 2020-01-01
DAYS = 500


@dataclass
class Network:
    """One channel. ``followers``: share of accounts with counts; ``links``: whether comments are replied to."""

    channel: str
    accounts: int
    messages: int
    followers: float
    pages: bool = False
    links: bool = True


NETWORKS = {
    "followers": Network("x", 30, 260, 0.8),
    "network": Network("mastodon", 24, 260, 0),
    "blog": Network("wordpress", 20, 160, 0, pages=True),
    "flat": Network("disqus", 20, 120, 0, pages=True, links=False),
    "list": Network("pipermail-a-list", 24, 220, 0),
    "forum": Network("forum", 20, 160, 0.5, pages=True),
}


@dataclass
class RandomWorld:
    seed: int
    records: list[Record] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.random = random.Random(self.seed)  # noqa: S311 - worlds, not secrets
        self._times: set[int] = set()
        self._objects: list[Object] = []
        self._named: dict[str, set[str]] = {}
        self._person: dict[str, str] = {}
        self._skewed: set[str] = set()

    def time(self, moment: float) -> int:
        """No two messages at the same microsecond: which was first would be a matter of taste."""
        at = START + int(moment * DAY)
        while at in self._times:
            at += 1000
        self._times.add(at)
        return at

    def add(self, network: Network) -> list[str]:
        """A channel with its accounts and messages; returns the accounts."""
        rnd, channel = self.random, network.channel
        accounts = [
            f"{channel}:site/name/Name {i}" if rnd.random() < 0.1 else f"{channel}:user/{i}"
            for i in range(network.accounts)
        ]
        for actor in accounts:
            known = rnd.random() < network.followers
            count = int(10 ** rnd.uniform(0, 6)) if rnd.random() > 0.05 else 0
            undated = count if known and rnd.random() < 0.4 else None
            self.records.append(Actor(id=actor, channel=channel, followers=undated))
            if known and rnd.random() < 0.8:
                self.records += [
                    Standing(
                        actor=actor, observed=self.time(rnd.uniform(-60, DAYS)),
                        followers=int(count * rnd.uniform(0.3, 3)),
                    )
                    for _ in range(rnd.randint(1, 6))
                ]  # fmt: skip
        comes = [0 if i < len(accounts) / 2 else rnd.uniform(0, DAYS) for i in range(len(accounts))]
        here: list[Object] = []
        for day in sorted(rnd.uniform(0, DAYS) for _ in range(network.messages)):
            weights = [(came <= day) / (1 + i) ** 0.7 for i, came in enumerate(comes)]
            self._write(network, here, rnd.choices(accounts, weights)[0], day, accounts)
        self._objects += here
        self._reshares(here, accounts)
        return accounts

    def _write(self, network: Network, here: list[Object], actor: str, day: float, accounts: list[str]) -> None:
        rnd = self.random
        recent = [one for one in here if START + (day - 30) * DAY <= one.published <= START + day * DAY]
        parent, what = None, rnd.random()
        more: dict[str, Any] = {"kind": "article" if network.pages else "note", "published": self.time(day)}
        if recent and what < 0.75:
            parent = rnd.choice(recent[-8:])
            spoken_to = next((one for one in here if one.id in (parent.in_reply_to, parent.thread)), None)
            if spoken_to is not None and rnd.random() < 0.6:
                actor = spoken_to.actor
            more = self._reply(network, parent, day)
        elif what < 0.78:
            more["in_reply_to"] = f"{network.channel}:status/never-seen-{rnd.randint(0, 5)}"
        elif recent and what < 0.84:
            more["quotes"] = rnd.choice(recent).id
        uri = f"{network.channel}:status/{len(here)}"
        one = Object(id=uri, channel=network.channel, actor=actor, **more, **self._flags())
        here.append(one)
        self.records.append(one)
        self._address(one, parent, accounts)

    def _reply(self, network: Network, parent: Object, day: float) -> dict[str, Any]:
        """A reply, or a comment that replies to nothing; some clocks are wrong, by hours or by days."""
        rnd, first = self.random, self._first(parent)
        after = (parent.published - START) / DAY
        more = {"kind": "comment" if network.pages else "note", "thread": first.id}
        more["published"] = max(self.time(day), self.time(after + rnd.expovariate(0.3)))
        if network.pages and (not network.links or rnd.random() < 0.4):
            if rnd.random() < 0.1 and network.links:
                more["in_reply_to"] = first.id
            return more
        more["in_reply_to"] = parent.id
        if rnd.random() < 0.5:
            del more["thread"]
        if rnd.random() < 0.06 and parent.id not in self._skewed:
            self._skewed.add(parent.id)
            more["published"] = self.time(after - rnd.uniform(0, 0.99))
        elif rnd.random() < 0.02:
            more["published"] = self.time(after - rnd.uniform(2, 20))
        return more

    def _flags(self) -> dict[str, Any]:
        flag = self.random.random()
        if flag > 0.14:
            return {"spam": False, "automatic": False, "deleted": False} if flag < 0.3 else {}
        if flag < 0.07:
            return {"spam": True} if flag < 0.04 else {"automatic": True}
        return {"client": "IFTTT"} if flag < 0.09 else {"deleted": True}

    def _first(self, message: Object) -> Object:
        known = {one.id: one for one in (r for r in self.records if isinstance(r, Object))}
        while (above := message.thread or message.in_reply_to) in known:
            message = known[above]  # type: ignore[index]
        return message

    def _address(self, one: Object, parent: Object | None, accounts: list[str]) -> None:
        """Mentions, some of them copied from the parent, and recipients."""
        rnd = self.random
        named = set(rnd.sample(accounts, rnd.choice((0, 0, 0, 0, 1, 1, 2))))
        if parent is not None and rnd.random() < 0.6:
            named |= self._named.get(parent.id, set())
        self._named[one.id] = named
        for actor in sorted(named):
            kind = "to" if rnd.random() < 0.15 else "mention"
            self.records.append(Addressed(object=one.id, actor=actor, kind=kind))  # type: ignore[arg-type]

    def _reshares(self, here: list[Object], accounts: list[str]) -> None:
        rnd = self.random
        for _ in range(len(here) // 3):
            target = rnd.choice(here)
            at = self.time((target.published - START) / DAY + rnd.expovariate(0.5))
            self.records.append(Announce(actor=rnd.choice(accounts), object=target.id, published=at))
        self.records.append(Announce(actor=accounts[0], object="nowhere:status/1", published=self.time(3)))

    def claim(
        self, actor: str | None, channel: str, since: float | None = 0, until: float | None = DAYS + 30,
        level: str = "complete", directions: tuple[str, ...] = ("inbound", "outbound"),
    ) -> None:  # fmt: skip
        self.records += [
            Coverage(
                actor=actor, channel=channel, direction=direction,  # type: ignore[arg-type]
                since=None if since is None else START + int(since * DAY),
                until=None if until is None else START + int(until * DAY),
                completeness=level, basis="a random world",  # type: ignore[arg-type]
            )
            for direction in directions
        ]  # fmt: skip

    def link(self, person: str, *actors: str) -> None:
        self.records += [Person(person=f"person:{person}", actor=actor) for actor in actors]

    def group(self, channel: str) -> None:
        self.records.append(Channel(channel=channel, audience="group"))


def everything_collected(seed: int) -> list[Record]:
    """Two networks, a blog and a forum, all complete, with people on both networks and under two names."""
    world = RandomWorld(seed)
    x, mastodon = world.add(NETWORKS["followers"]), world.add(NETWORKS["network"])
    blog, forum = world.add(NETWORKS["blog"]), world.add(NETWORKS["forum"])
    for channel in ("x", "mastodon", "wordpress", "forum"):
        world.claim(None, channel, since=-10)
    world.group("forum")
    world.link("both", x[0], mastodon[1])
    world.link("two", mastodon[2], mastodon[7])
    world.link("named", blog[1], blog[3])
    world.link("all", x[4], mastodon[4], blog[4], forum[4])
    return world.records


def collected_in_part(seed: int) -> list[Record]:
    """Claims about some accounts, some of the time, in part, and of nothing; not all mentions could be read."""
    world = RandomWorld(seed)
    x, mastodon = world.add(NETWORKS["followers"]), world.add(NETWORKS["network"])
    flat = world.add(NETWORKS["flat"])
    for actor in x[:8]:
        world.claim(actor, "x", since=world.random.uniform(-20, 100), until=world.random.uniform(250, 520))
    world.claim(x[8], "x", level="partial")
    world.claim(x[9], "x", level="none", directions=("inbound",))
    world.claim(x[9], "x", directions=("outbound",))
    world.claim(x[10], "x", since=None, until=None, level="none")
    world.claim(x[2], "x", since=None, until=None, level="none", directions=("outbound",))
    world.claim(x[1], "x", since=50, until=200, level="none", directions=("mentions",))
    world.claim(x[3], "x", level="partial", directions=("mentions",))
    world.claim(x[3], "x", since=100, until=150, directions=("mentions",))
    world.claim(None, "mastodon", since=20, until=None, level="partial")
    world.claim(None, "mastodon", since=40, until=300)
    world.claim(None, "mastodon", since=330, until=460)
    world.claim(mastodon[0], "mastodon", since=100, until=200, level="partial")
    world.claim(mastodon[3], "mastodon", since=100, until=200, level="none")
    for page in flat[:5]:
        world.claim(page, "disqus", since=None, until=None)
    world.link("two", x[5], x[11])
    world.link("mentioned", x[3], x[12])
    return world.records


def lists(seed: int) -> list[Record]:
    """A mailing list in quarters, a forum in part, and a chat that speaks to people."""
    world = RandomWorld(seed)
    world.add(NETWORKS["list"])
    world.group("pipermail-a-list")
    for quarter in range(5):
        world.claim(None, "pipermail-a-list", since=quarter * 91 - 1, until=(quarter + 1) * 91)
    forum = world.add(NETWORKS["forum"])
    world.group("forum")
    world.claim(None, "forum", since=100, until=400, level="partial")
    world.claim(forum[0], "forum", since=0, until=300)
    world.add(Network("irc", 10, 60, 0))
    world.records.append(Channel(channel="irc", audience="personal"))
    world.claim(None, "irc")
    return world.records


def nothing_claimed(seed: int) -> list[Record]:
    """An archive of one account's own messages: nobody's reception can be seen. For odd seeds beside a network."""
    world = RandomWorld(seed)
    accounts = world.add(NETWORKS["network"])
    world.claim(accounts[0], "mastodon", directions=("outbound",))
    if seed % 2:
        world.add(NETWORKS["followers"])
        world.claim(None, "x")
    return world.records


WORLDS = {
    "everything_collected": everything_collected, "collected_in_part": collected_in_part, "lists": lists,
    "nothing_claimed": nothing_claimed,
}  # fmt: skip
