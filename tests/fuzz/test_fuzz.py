"""Damaged files give records, problems or a refusal with a reason; never a crash, a hang or a file outside."""

from __future__ import annotations

import zipfile
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fuzz.damage import DAMAGES, damaged
from fuzz.seeds import GOLDEN, Seed, names, seeds
from fuzz.trying import Wrong, alarm, check, read
from permadani.api import OpenStore
from permadani.vocabulary import Object

CALM = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow, HealthCheck.data_too_large]}


@pytest.mark.parametrize("source", names())
@settings(max_examples=25, **CALM)  # type: ignore[arg-type]
@given(draw=st.randoms(use_true_random=False), forced=st.booleans())
def test_damage_is_told_and_kills_nothing(source: str, draw: Random, forced: bool) -> None:
    seed = draw.choice(seeds(source))
    data, _ = damaged(seed.data, draw)
    read(seed, data, forced=forced)


@pytest.mark.slow
@pytest.mark.parametrize("source", names())
def test_cuts_of_every_sample_are_told(source: str) -> None:
    """Truncation at 400 places of the smallest sample, and at 25 of each other one."""
    for number, seed in enumerate(sorted(seeds(source), key=lambda one: len(one.data))):
        step = max(1, len(seed.data) // (400 if number == 0 else 25))
        for end in range(0, len(seed.data), step):
            read(seed, seed.data[:end], forced=True)


@pytest.mark.parametrize("source", names())
def test_damaged_files_in_one_archive_leave_a_store_that_works(source: str, tmp_path: Path) -> None:
    """Through the import: damaged files of a source in a ZIP; the report accounts for each of them."""
    draw = Random(source)  # noqa: S311
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        for number in range(12):
            seed = draw.choice(seeds(source))
            archive.writestr(f"{number}/{seed.name}", damaged(seed.data, draw)[0])
    store = OpenStore(tmp_path / "s.duckdb")
    with alarm(120):
        report = store.import_(tmp_path / "a.zip")
        again = store.import_(tmp_path / "a.zip")
    for file in report.files:
        for problem in file.problems:
            assert "fault in that source" not in (problem.example or ""), (file.path, problem.example)
        assert file.read or file.problems or file.source, file.path
    assert (again.objects, again.actors, again.announces, again.likes, again.follows) == (0, 0, 0, 0, 0)
    assert {p.name for p in tmp_path.iterdir()} <= {"a.zip", "s.duckdb", "s.duckdb.wal"}


def test_the_judges_would_notice() -> None:
    """What the tests above rest on: a wrong record, a hang and a written file are found."""
    with pytest.raises(Wrong, match="published"):
        check(Object(id="x:status/1", channel="x", kind="note", actor="x:user/1", published="soon"))  # type: ignore[arg-type]
    with pytest.raises(Wrong, match="empty"):
        check(Object(id="", channel="x", kind="note", actor="x:user/1", published=1))
    with pytest.raises(Exception, match="more than 1 s"), alarm(1):
        while True:
            pass


@pytest.mark.parametrize("damage", DAMAGES, ids=lambda one: one.__name__)
def test_damages_are_repeatable_and_do_damage(damage) -> None:  # type: ignore[no-untyped-def]
    seed = Seed("x", "v1_array.json", (GOLDEN / "x" / "v1_array.json").read_bytes())
    results = [damage(seed.data, Random(number)) for number in range(20)]  # noqa: S311
    assert results == [damage(seed.data, Random(number)) for number in range(20)]  # noqa: S311
    assert sum(result != seed.data for result in results) >= 15
