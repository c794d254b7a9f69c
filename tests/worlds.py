"""Small hand-made networks: a few lines a conversation, so that every expected number can be counted by eye."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from permadani.api import OpenStore
from permadani.findings.audit import audit
from permadani.findings.question import Question
from permadani.findings.results import Audit
from permadani.store.who import resolve
from permadani.vocabulary import (
    Actor,
    Addressed,
    Announce,
    Coverage,
    Like,
    Object,
    Record,
    Standing,
)

DAY = 86_400_000_000
START = 1_577_836_800_000_000  # 2020-01-01


@dataclass
class World:
    """Records of one channel; days are counted from 1 January 2020 and may be fractions."""

    channel: str = "x"
    records: list[Record] = field(default_factory=list)
    people: set[str] = field(default_factory=set)
    roots: dict[str, str] = field(default_factory=dict)
    count: int = 0

    def uri(self, name: str) -> str:
        return name if ":" in name else f"{self.channel}:user/{name}"

    def actor(self, name: str, **more: Any) -> str:
        uri = self.uri(name)
        if uri not in self.people:
            self.people.add(uri)
            plain = uri.rsplit("/", 1)[-1]
            self.records.append(Actor(id=uri, channel=self.channel, handle=plain, name=plain.title(), **more))
        return uri

    def write(self, who: str, day: float, *, to: str | None = None, mentions: tuple[str, ...] = (), **more: Any) -> str:
        """A message; ``to`` is the message it replies to. Returns its id."""
        self.count += 1
        uri = f"{self.channel}:status/{self.count}"
        more.setdefault("kind", "note")
        more.setdefault("text", f"Could you explain how number {self.count} was measured in your last survey?")
        self.records.append(
            Object(
                id=uri, channel=self.channel, actor=self.actor(who), published=START + int(day * DAY), in_reply_to=to,
                **more,
            )
        )  # fmt: skip
        for name in mentions:
            self.records.append(Addressed(object=uri, actor=self.actor(name), kind="mention"))
        return uri

    def conversations(self, who: str, askers: int, answered: int, *, first: int = 0, day: float = 1) -> None:
        """One post of ``who`` a conversation, one comment by a new asker each; the first ``answered`` get an answer."""
        for i in range(first, first + askers):
            post = self.write(who, day + i * 0.01)
            asked = self.write(f"asker{i}", day + 1 + i * 0.01, to=post)
            if i - first < answered:
                self.write(who, day + 2 + i * 0.01, to=asked)
        self.write(who, day + 5 + (first + askers) * 0.01)

    def standing(self, who: str, followers: int, day: float = 0) -> None:
        self.records.append(Standing(actor=self.actor(who), observed=START + int(day * DAY), followers=followers))

    def like(self, who: str, what: str, day: float) -> None:
        self.records.append(Like(actor=self.actor(who), object=what, published=START + int(day * DAY)))

    def reshare(self, who: str, what: str, day: float) -> None:
        self.records.append(Announce(actor=self.actor(who), object=what, published=START + int(day * DAY)))

    def cover(
        self,
        who: str | None,
        inbound: str = "complete",
        outbound: str = "complete",
        until: float = 400,
        since: float = 0,
    ) -> None:
        for direction, level in (("inbound", inbound), ("outbound", outbound)):
            self.records.append(
                Coverage(
                    actor=None if who is None else self.actor(who), channel=self.channel, direction=direction,  # type: ignore[arg-type]
                    since=START + int(since * DAY), until=START + int(until * DAY), completeness=level,  # type: ignore[arg-type]
                    basis="a world made by hand",
                )
            )  # fmt: skip

    def store(self, folder: Path) -> OpenStore:
        store = OpenStore(folder / "world.duckdb")
        store.add(self.records)
        return store

    def audit(self, folder: Path, who: str, **question: Any) -> Audit:
        """The audit of ``who`` in a new store; as research, so that nobody has to be public."""
        question.setdefault("research", True)
        question.setdefault("evidence", True)
        store = self.store(folder)
        with store.session() as connection:
            return audit(connection, resolve(connection, self.uri(who)), Question(**question))
