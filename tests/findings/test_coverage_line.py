"""The line that says what was collected: its period holds for both directions."""

from __future__ import annotations

from pathlib import Path

import pytest

from permadani.findings.outbound import outbound
from permadani.findings.question import Question
from permadani.store.who import resolve
from permadani.vocabulary import Coverage
from worlds import DAY, START, World

Stretch = tuple[float | None, float | None] | None


def world_of(inbound: Stretch, written: Stretch) -> World:
    world = World()
    for direction, stretch in (("inbound", inbound), ("outbound", written)):
        since, until = stretch or (None, None)
        world.records.append(
            Coverage(
                actor=world.actor("ada"), channel="x", direction=direction,  # type: ignore[arg-type]
                since=None if since is None else START + int(since * DAY),
                until=None if until is None else START + int(until * DAY),
                completeness="none" if stretch is None else "complete", basis="by hand",
            )
        )  # fmt: skip
    world.write("bo", 20, to=world.write("ada", 19))
    world.write("ada", 50)
    return world


@pytest.mark.parametrize(
    ("inbound", "written", "since", "until"),
    [
        ((9, 99), (0, 199), "2020-01-10", "2020-04-09"),
        ((0, 199), (9, 99), "2020-01-10", "2020-04-09"),
        ((None, 99), (9, 100), "2020-01-10", "2020-04-09"),
        (None, (9, 99), "2020-01-10", "2020-04-09"),
        ((9, 99), None, "2020-01-10", "2020-04-09"),
        ((None, 99), (None, 99), None, "2020-04-09"),
        ((0, 9), (30, 99), None, None),
    ],
)
def test_period(tmp_path: Path, inbound: Stretch, written: Stretch, since: str | None, until: str | None) -> None:
    found = world_of(inbound, written).audit(tmp_path, "ada")
    line = found.coverage[0]
    assert (line.since and line.since[:10], line.until and line.until[:10]) == (since, until)
    assert found.period == (line.since, line.until)


def test_what_it_wrote_alone_has_the_period_of_what_it_wrote(tmp_path: Path) -> None:
    with world_of((9, 99), (0, 199)).store(tmp_path).session() as connection:
        found = outbound(connection, resolve(connection, "ada"), Question(research=True))
    assert found.period == ("2020-01-01T00:00:00Z", "2020-07-18T00:00:00Z")
