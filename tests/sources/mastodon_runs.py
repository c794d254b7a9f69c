"""Runs over the stub of Mastodon's interface, and what a store would keep of them."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

import msgspec

from permadani.errors import FetchError
from permadani.sources.http import Client
from permadani.sources.live import asked
from permadani.sources.live.base import FetchOptions, State
from permadani.sources.mastodon.live import MastodonDoor, knock
from permadani.vocabulary import (
    Actor,
    Addressed,
    Announce,
    Object,
    Problem,
    Record,
    Standing,
)
from servers.mastodon.stub import Stub
from servers.mastodon.world import DAY, START, World, hall

NOW = START + 90 * DAY


@dataclass
class Kept:
    """What a store would have after some runs: the pages that came, the last state, the claims that stand."""

    records: list[Record] = field(default_factory=list)
    state: State | None = None
    stopped: FetchError | None = None
    requests: int = 0

    def objects(self) -> dict[str, Object]:
        """By id, the latest word on each; what one version does not know is taken from the others, as a store does."""
        found: dict[str, Object] = {}
        for record in self.records:
            if isinstance(record, Object):
                known = found.get(record.id, record)
                parent = record.in_reply_to or known.in_reply_to
                found[record.id] = msgspec.structs.replace(record, in_reply_to=parent, language=None, url=None)
        return found

    def of(self, kind: type[Record]) -> set[Record]:
        return {record for record in self.records if type(record) is kind}

    def problems(self) -> dict[str, int]:
        found: dict[str, int] = {}
        for record in self.records:
            if isinstance(record, Problem):
                found[record.reason] = found.get(record.reason, 0) + 1
        return found


def door_of(stub: Stub, client: Client, text: str | None = None) -> MastodonDoor:
    door = knock(asked(text or f"@ada@{stub.host}"), client)
    assert door is not None
    return door


def run(stub: Stub, kept: Kept | None = None, *, now: int = NOW, since: int = 0, most: int = 10_000) -> Kept:
    """One run; it goes on from what was kept, and stops where the budget is spent."""
    kept = kept or Kept()
    state = json.loads(json.dumps(kept.state))  # as a store gives it back
    with Client(allow_local=True, max_requests=most, sleep=lambda seconds: None) as client:
        try:
            for page in door_of(stub, client).pages(state, FetchOptions(now, since)):
                kept.records += page.records
                kept.state = page.state
            kept.stopped = None
        except FetchError as error:
            kept.stopped = error
        kept.requests += client.requests
    return kept


def compared(records: list[Record]) -> dict[str, set[Any]]:
    """What counts of a conversation: messages, whom they speak to, reshares, how many follow whom."""
    kept = Kept(records)
    return {
        "objects": set(kept.objects().values()),
        "addressed": kept.of(Addressed),
        "announces": kept.of(Announce),
        "standings": {(r.actor, r.followers) for r in records if isinstance(r, Standing)},
        "actors": {(r.id, r.handle, r.name, r.followers) for r in records if isinstance(r, Actor) and r.name},
    }


def hall_stub() -> Stub:
    """Small pages, so that a short conversation has many."""
    return Stub(hall(), most=7)


def crowd(replies: int, deep: bool = False) -> World:
    world = World(hall().me)
    post = world.write(world.me, 1)
    at = post
    for i in range(replies):
        at = world.write(world.person(f"p{i}"), 1.1 + i * 0.01, at if deep else post)
    return world
