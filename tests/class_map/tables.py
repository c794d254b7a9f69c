"""The exported tables as plain rows: what was written, by whom, when, under what. Loops, no cleverness."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd

import permadani

DAY = 86_400_000_000
WINDOW = 14 * DAY
GROUPS_BY_NATURE = {"pipermail", "discourse", "irc"}
AUTOMATIC_CLIENTS = Path(permadani.__file__).parent / "measures" / "rules" / "automatic_clients.txt"


def rows(folder: Path, name: str) -> Iterator[dict[str, Any]]:
    """The rows of a table; what is empty is None."""
    connection = duckdb.connect()
    frame = connection.execute(f"SELECT * FROM '{folder / name}.parquet'").df()
    connection.close()
    for record in frame.to_dict("records"):
        yield {key: None if pd.isna(value) else value for key, value in record.items()}


Seat = tuple[str, str]
"""A person on a channel."""


@dataclass(eq=False)
class Message:
    id: str
    channel: str
    kind: str
    actor: str
    person: str
    published: int
    moment: int
    in_reply_to: str | None
    quotes: str | None
    spam: bool
    automatic: bool
    deleted: bool
    root: str

    @property
    def seat(self) -> Seat:
        """Linked accounts on one channel share standing, class, tenure and claims."""
        return self.person, self.channel

    @property
    def of_a_person(self) -> bool:
        """Programs and spam answer nothing."""
        return not self.spam and not self.automatic


@dataclass(eq=False)
class Tables:
    messages: dict[str, Message]
    person_of: dict[str, str]
    accounts: dict[str, list[str]]
    followers: dict[str, int]
    """Undated counts by account."""
    channel_of: dict[str, str]
    standings: dict[str, list[tuple[int, int]]]
    addressed: dict[str, dict[str, str]]
    """By message: account and ``to`` (which is the stronger) or ``mention``."""
    announces: list[tuple[str, str, int]]
    coverage: list[dict[str, Any]]
    group: set[str]
    children: dict[str, list[Message]] = field(default_factory=dict)
    threads: dict[str, list[Message]] = field(default_factory=dict)
    quoted: dict[str, list[Message]] = field(default_factory=dict)

    def person(self, actor: str) -> str:
        return self.person_of.get(actor, actor)

    def of_seat(self, seat: Seat) -> list[str]:
        """The accounts of a person on a channel."""
        person, channel = seat
        return [one for one in self.accounts.get(person, [person]) if self.channel_of.get(one) == channel]

    def __post_init__(self) -> None:
        for one in self.messages.values():
            self.threads.setdefault(one.root, []).append(one)
            if one.in_reply_to is not None:
                self.children.setdefault(one.in_reply_to, []).append(one)
            if one.quotes is not None:
                self.quoted.setdefault(one.quotes, []).append(one)


def load(folder: Path) -> Tables:
    programs = {line.strip() for line in AUTOMATIC_CLIENTS.read_text("utf-8").splitlines() if line[:1] not in ("", "#")}
    person_of: dict[str, str] = {}
    accounts: dict[str, list[str]] = {}
    for row in rows(folder, "people"):
        person_of[row["actor"]] = row["person"]
        accounts.setdefault(row["person"], []).append(row["actor"])
    objects = {row["id"]: row for row in rows(folder, "objects")}
    messages = {}
    for row in objects.values():
        automatic = row["automatic"]
        if automatic is None:
            automatic = (row["client"] or "").lower() in programs
        messages[row["id"]] = Message(
            id=row["id"], channel=row["channel"], kind=row["kind"], actor=row["actor"],
            person=person_of.get(row["actor"], row["actor"]), published=row["published"], moment=moment(row, objects),
            in_reply_to=row["in_reply_to"], quotes=row["quotes"], spam=bool(row["spam"]), automatic=bool(automatic),
            deleted=bool(row["deleted"]), root=root(row["id"], objects),
        )  # fmt: skip
    followers, channel_of = {}, {}
    for row in rows(folder, "actors"):
        channel_of[row["id"]] = row["channel"]
        if row["followers"] is not None:
            followers[row["id"]] = int(row["followers"])
    standings: dict[str, list[tuple[int, int]]] = {}
    for row in rows(folder, "standings"):
        standings.setdefault(row["actor"], []).append((row["observed"], int(row["followers"])))
    addressed: dict[str, dict[str, str]] = {}
    for row in rows(folder, "addressed"):
        named = addressed.setdefault(row["object"], {})
        named[row["actor"]] = "to" if "to" in (row["kind"], named.get(row["actor"])) else "mention"
    told = {row["channel"]: row["audience"] for row in rows(folder, "channels")}
    group = {name for name in GROUPS_BY_NATURE if told.get(name) != "personal"}
    group |= {name for name, audience in told.items() if audience == "group"}
    announces = [(row["actor"], row["object"], row["published"]) for row in rows(folder, "announces")]
    return Tables(
        messages, person_of, accounts, followers, channel_of, standings, addressed, announces,
        list(rows(folder, "coverage")), group,
    )  # fmt: skip


def moment(row: dict[str, Any], objects: dict[str, dict[str, Any]]) -> int:
    """A reply is never older than what it replies to, where the clocks differ by less than a day (methods.md)."""
    parent = objects.get(row["in_reply_to"])
    if parent is not None and parent["kind"] != "article" and 0 <= parent["published"] - row["published"] <= DAY:
        return int(parent["published"]) + 1
    return int(row["published"])


def root(of: str, objects: dict[str, dict[str, Any]]) -> str:
    """The first message that the pointers lead to; a message never seen is the end of the way."""
    here = of
    for _ in range(100_000):
        row = objects.get(here)
        target = here if row is None else row["thread"] or row["in_reply_to"] or here
        if target == here:
            return here
        here = target
    raise AssertionError("a ring of replies: the reference does not know them")
