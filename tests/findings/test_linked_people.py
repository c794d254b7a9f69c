"""Linked accounts are one asker and one account in every measure: splitting people over two accounts changes nothing.

A random network is written twice: with one account each, and with every message under one of two accounts of the same
person, which are linked. Both audits must say the same.
"""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pytest

from permadani.api import OpenStore
from permadani.vocabulary import Actor, Addressed, Announce, Coverage, Direction, Like, Object, Record

DAY, START = 86_400_000_000, 1_577_836_800_000_000
DIRECTIONS: tuple[Direction, ...] = ("inbound", "outbound")
PEOPLE = ("ada", "bo", "cy", "di", "ed", "fi")
SENTENCES = (
    "Could you explain how the second chart was measured?",
    "Great post!",
    "Thank you, I will look it up and tell you.",
    "You should always answer your readers, also the newcomers.",
)


def network(seed: int, channel: str, *, split: bool) -> list[Record]:
    """The same messages for one seed; where ``split``, each under either account of its writer."""
    draw, coin = random.Random(seed), random.Random(seed + 1)  # noqa: S311

    def account(name: str) -> str:
        second = coin.random() < 0.5
        return f"{channel}:user/{name}{'-again' if split and second else ''}"

    records: list[Record] = []
    for name in PEOPLE:
        for key in (name, f"{name}-again") if split else (name,):
            records.append(Actor(id=f"{channel}:user/{key}", channel=channel, handle=key, name=name.title()))
            records += [
                Coverage(
                    actor=f"{channel}:user/{key}", channel=channel, direction=direction, since=START,
                    until=START + 90 * DAY, completeness="complete", basis="made up",
                )
                for direction in DIRECTIONS
            ]  # fmt: skip
    moment = START
    for number in range(120):
        moment += int(draw.expovariate(1 / (DAY / 3)))
        writer, other = draw.choice(PEOPLE), draw.choice(PEOPLE)
        parent = f"{channel}:status/{draw.randrange(number)}" if number and draw.random() < 0.7 else None
        id = f"{channel}:status/{number}"
        words = draw.choice(SENTENCES)
        records.append(
            Object(
                id=id, channel=channel, kind="note", actor=account(writer), published=moment, in_reply_to=parent,
                text=words, language="en", client="Kabar",
            )
        )  # fmt: skip
        if draw.random() < 0.2:
            records.append(Addressed(object=id, actor=account(other), kind="mention"))
        if draw.random() < 0.15:
            records.append(Announce(actor=account(other), object=id, published=moment + 60_000_000))
        if draw.random() < 0.15:
            records.append(Like(actor=account(other), object=id, published=moment + 60_000_000))
    return records


def said(folder: Path, records: list[Record], channel: str, who: str) -> dict[str, Any]:
    store = OpenStore(folder / "s.duckdb")
    store.add(records)
    handles = {record.handle for record in records if isinstance(record, Actor)}
    for name in PEOPLE:
        if f"{name}-again" in handles:
            store.link(f"{channel}:user/{name}", f"{channel}:user/{name}-again")
    audit = store.audit(f"{channel}:user/{who}", research=True).to_dict()
    return {key: audit[key] for key in ("questions", "regulars_unanswered", "automation", "limits")}


def assert_same(two: Any, one: Any, place: str = "") -> None:
    """Equal but for the last digit of fitted numbers, whose rows come in another order."""
    if isinstance(one, float) and isinstance(two, float):
        assert two == pytest.approx(one, rel=1e-6), place
    elif isinstance(one, dict):
        assert two.keys() == one.keys(), place
        for key in one:
            assert_same(two[key], one[key], f"{place}/{key}")
    elif isinstance(one, list):
        assert len(two) == len(one), place
        for number, pair in enumerate(zip(two, one, strict=True)):
            assert_same(*pair, f"{place}/{number}")
    else:
        assert two == one, place


@pytest.mark.parametrize(
    ("seed", "channel"),
    [(seed, channel) for channel in ("x", "pipermail") for seed in range(3)]
    + [pytest.param(seed, "x", marks=pytest.mark.slow) for seed in range(3, 30)],
)
def test_two_accounts_of_one_person_are_one(tmp_path: Path, seed: int, channel: str) -> None:
    who = PEOPLE[seed % 2]
    one = said(tmp_path / "one", network(seed, channel, split=False), channel, who)
    two = said(tmp_path / "two", network(seed, channel, split=True), channel, who)
    assert_same(two, one)
    overall = one["questions"][0].get("overall", {})
    assert channel != "x" or overall["cell"]["approaches"] > 3
