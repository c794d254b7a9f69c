"""A store says the same again, to the last digit; so does one whose records came in another order, or in two parts."""

from __future__ import annotations

import json
import random
from dataclasses import replace
from pathlib import Path

import msgspec
import pytest

from class_map.random_worlds import NETWORKS, RandomWorld
from permadani.api import OpenStore
from permadani.vocabulary import Announce, Object, Record

HOUR = 3_600_000_000


def crowd() -> list[Record]:
    """5,000 messages of four channels, claimed complete; many of one hour have the same time, as in coarse exports."""
    world = RandomWorld(11)
    sizes = {"followers": 2_000, "network": 1_500, "blog": 500, "list": 1_000}
    accounts = {}
    for name, messages in sizes.items():
        accounts[name] = world.add(replace(NETWORKS[name], accounts=messages // 8, messages=messages))
        world.claim(None, NETWORKS[name].channel, since=-10)
    world.group(NETWORKS["list"].channel)
    for number in range(20):
        world.link(str(number), accounts["followers"][number], accounts["network"][number + 3])
    return [coarse(one) for one in world.records]


def coarse(record: Record) -> Record:
    if not isinstance(record, Object | Announce):
        return record
    return msgspec.structs.replace(record, published=record.published // HOUR * HOUR)


def told(store: OpenStore) -> str:
    return json.dumps(store.classes(by="month").to_dict())


def stored(folder: Path, *parts: list[Record]) -> OpenStore:
    folder.mkdir()
    store = OpenStore(folder / "crowd.duckdb")
    for one in parts:
        store.add(one)
    return store


@pytest.fixture(scope="module")
def records() -> list[Record]:
    return crowd()


@pytest.fixture(scope="module")
def store(records: list[Record], tmp_path_factory: pytest.TempPathFactory) -> OpenStore:
    return stored(tmp_path_factory.mktemp("same") / "first", records)


@pytest.fixture(scope="module")
def expected(store: OpenStore) -> str:
    return told(store)


def test_there_is_much_to_sum(store: OpenStore, expected: str) -> None:
    """Or the order of sums would not show."""
    found = store.classes(by="month")
    assert found.posts > 4_000
    assert found.answers.telling > 200
    assert len(found.over_time) > 12
    assert any(one.ratio.value is not None for one in found.answers.cells)
    assert json.loads(expected)["posts"] == found.posts


def test_five_runs_say_the_same(store: OpenStore, expected: str) -> None:
    assert {told(store) for _ in range(5)} == {expected}


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(2))
def test_another_order_of_records_says_the_same(
    records: list[Record], expected: str, tmp_path: Path, seed: int
) -> None:
    other = list(records)
    random.Random(seed).shuffle(other)  # noqa: S311 - no secret
    assert other != records
    assert told(stored(tmp_path / "shuffled", other)) == expected


def test_two_halves_say_the_same(records: list[Record], expected: str, tmp_path: Path) -> None:
    """The later half first: what replies to messages that are not there yet finds them once they are."""
    half = len(records) // 2
    assert told(stored(tmp_path / "halves", records[half:], records[:half])) == expected
