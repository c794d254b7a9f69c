"""A door that reads from a list of pages, for the tests of what is done with doors."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from permadani.sources.live.base import FetchOptions, Page
from permadani.store import Store
from permadani.store.fetching import read
from permadani.store.fetchreport import FetchProgress, FetchReport
from permadani.vocabulary import Actor, Completeness, Coverage, Direction, Object, Record, Standing
from store.networks import START

ADA = "did:plc:adaadaadaadaadaadaadaad"
BASIS = "Bluesky, read at appview.example"


def said(number: int, actor: str = ADA, **values: Any) -> Object:
    values = {"text": f"kata nomor {number}"} | values
    return Object(
        id=f"at://{actor}/app.bsky.feed.post/{number}", channel="bluesky", kind="note", actor=actor,
        published=START + number * 60_000_000, **values,
    )  # fmt: skip


def claim(
    direction: Direction = "outbound", since: int | None = START, how: Completeness = "complete", **values: Any
) -> Coverage:
    values = {"actor": ADA, "channel": "bluesky", "until": START + 10**12, "basis": BASIS} | values
    return Coverage(direction=direction, since=since, completeness=how, **values)


def page_of(number: int) -> list[Record]:
    """Two messages of ada, a reply to one, profiles, and a claim that goes further back with each page."""
    asker = f"did:plc:tanya{number % 3}"
    return [
        Actor(id=ADA, channel="bluesky", handle="ada.example", name="Ada"),
        said(3 * number),
        said(3 * number + 1),
        said(3 * number + 2, asker, in_reply_to=said(3 * number).id),
        Standing(actor=asker, observed=START + number, followers=number),
        claim(since=START - number * 1000),
    ]


@dataclass
class FakeDoor:
    """``pages_to_read``: records, or an error to raise, page by page; its state is how many were read."""

    pages_to_read: list[Any] = field(default_factory=list)
    source: str = "bluesky"
    place: str = f"bluesky {ADA}"
    who: str = ADA
    title: str = "@ada.example on Bluesky"
    states: list[Any] = field(default_factory=list)
    """What it was handed, run by run."""
    remembers: dict[str, Any] = field(default_factory=dict)

    def pages(self, state: dict[str, Any] | None, options: FetchOptions) -> Iterator[Page]:
        self.states.append(state)
        done = int(state["done"]) if state else 0
        for number, records in enumerate(self.pages_to_read[done:], start=done + 1):
            if isinstance(records, BaseException):
                raise records
            yield Page(records, {"done": number} | self.remembers, f"page {number}")


def fetched(store: Store, door: FakeDoor, asked: str = "@ada.example", **more: Any) -> FetchReport:
    """Read a door as ``store.fetch`` does."""
    now = time.time_ns() // 1000
    progress = more.pop("progress", None) or FetchProgress()
    return read(store.path, door, asked, FetchOptions(now=now, since=START, **more), progress, lambda: 7)
