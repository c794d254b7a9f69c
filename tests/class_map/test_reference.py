"""What ``permadani classes`` says, against the reference that was written from docs/classes.md alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from class_map.asked import classes
from class_map.compared import compare, intervals
from class_map.random_worlds import DAY, START, WORLDS
from class_map.reference import Reference
from permadani.api import OpenStore

DATA = Path(__file__).parent.parent.parent.parent / "shared" / "data"
REAL = ("rumoureval", "mbox-r-package-devel")
SEEDS = range(3)


def made(name: str, seed: int, folder: Path) -> OpenStore:
    """A store of a random world, and its tables beside it."""
    store = OpenStore(folder / "world.duckdb")
    store.add(WORLDS[name](seed))
    store.export(folder / "tables")
    return store


@pytest.mark.parametrize("seed", [pytest.param(seed, marks=[pytest.mark.slow] if seed else []) for seed in SEEDS])
@pytest.mark.parametrize("name", WORLDS)
def test_random_worlds(name: str, seed: int, tmp_path: Path) -> None:
    store = made(name, seed, tmp_path)
    expected = Reference(tmp_path / "tables").map()
    for by in ("month", "year"):
        found = classes(store, by=by)
        assert compare(found, expected) == []
        assert list(intervals(found)) == []


@pytest.mark.parametrize("name", ["everything_collected", "collected_in_part", "lists"])
def test_a_part_of_the_time_and_one_channel(name: str, tmp_path: Path) -> None:
    store = made(name, 11, tmp_path)
    since, until = START + 120 * DAY, START + 380 * DAY
    reference = Reference(tmp_path / "tables")
    assert compare(classes(store, since=since, until=until), reference.map(since, until)) == []
    channel = sorted(reference.channels)[-1]
    alone = Reference(tmp_path / "tables", (channel,))
    assert compare(classes(store, channels=(channel,)), alone.map()) == []


def test_the_worlds_hold_what_they_are_for(tmp_path: Path) -> None:
    """A reference that is compared on nothing but zeros would prove nothing."""
    whole = []
    for name in WORLDS:
        for seed in (0, 1):
            folder = tmp_path / f"{name}{seed}"
            folder.mkdir()
            made(name, seed, folder)
            whole.append(Reference(folder / "tables").map())
    left_out = {why: sum(one["left_out"][why] for one in whole) for why in whole[0]["left_out"]}
    assert min(left_out.values()) >= 10, left_out
    assert sum(one["matrices"]["answers"]["telling"] for one in whole) >= 60
    for tenure in ("newcomer", "regular", "unknown"):
        assert sum(one["reception"]["by_tenure"][tenure]["answered"] for one in whole) >= 10
    assert sum(one["newcomers"]["answered_first"]["answered"] for one in whole) >= 3
    assert {channel["level"] for one in whole for channel in one["channels"]} == {"complete", "partial", "none"}
    assert any(channel["flat"] for one in whole for channel in one["channels"])
    assert any(cell["expected"] > 5 for one in whole for cell in one["matrices"]["answers"]["cells"])


@pytest.mark.parametrize("folder", REAL)
def test_real_exports(folder: str, tmp_path: Path) -> None:
    if not (DATA / folder).exists():
        pytest.skip(f"../shared/data/{folder} is not here")
    store = OpenStore(tmp_path / "real.duckdb")
    store.import_(DATA / folder)
    store.export(tmp_path / "tables")
    expected = Reference(tmp_path / "tables").map()
    for by in ("month", "year"):
        found = classes(store, by=by)
        assert compare(found, expected) == []
        assert list(intervals(found)) == []
