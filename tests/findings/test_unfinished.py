"""A live reading that stopped early: the card says so, and does not say that nobody wrote."""

from __future__ import annotations

import io
from pathlib import Path

import duckdb
import pytest
from rich.console import Console

from permadani.findings.audit import audit
from permadani.findings.question import Question
from permadani.findings.results import Audit
from permadani.language import english
from permadani.reports.html import audit_html
from permadani.reports.terminal import print_audit
from permadani.store.who import resolve
from permadani.vocabulary import Coverage
from worlds import DAY, START, World

SITE = "blog.example"


def audited(world: World, folder: Path, who: str, read: str, *, complete: bool | None) -> Audit:
    """``read``: whom the store says was read live."""
    store = world.store(folder)
    with duckdb.connect(str(folder / "world.duckdb")) as connection:
        connection.execute(
            "INSERT INTO fetches VALUES ('place', 'bluesky', '@ada.example', ?, '@ada.example on X', NULL, 1, ?)",
            [read, complete],
        )
    with store.session() as connection:
        return audit(connection, resolve(connection, world.uri(who)), Question(research=True))


def limits(found: Audit) -> dict[str, dict[str, object]]:
    return {one.key: one.values for one in found.limits if one.key.startswith("unfinished")}


@pytest.fixture
def world() -> World:
    world = World()
    world.cover("ada", since=59)
    world.write("ada", 62, to=world.write("bo", 61, to=world.write("ada", 60)))
    return world


def test_it_stands_on_every_card(world: World, tmp_path: Path) -> None:
    found = audited(world, tmp_path, "ada", "x:user/ada", complete=False)
    said = {"account": "@ada.example on X", "date": "2020-02-29", "who": "@ada.example"}
    assert limits(found) == {"unfinished": said}
    file = io.StringIO()
    print_audit(found, Console(file=file, width=300, color_system=None), english)
    line = "@ada.example on X was not read to the end yet (back to 29 Feb 2020 so far); `permadani fetch @ada.example`"
    assert line in file.getvalue()
    assert line in audit_html(found)
    assert any("was not read to the end yet" in one for one in found.to_dict()["limits"])


@pytest.mark.parametrize(("read", "complete"), [("x:user/ada", True), ("x:user/bo", False), ("x:user/adam", False)])
def test_what_was_read_to_the_end_or_is_another_account(
    world: World, tmp_path: Path, read: str, complete: bool
) -> None:
    assert limits(audited(world, tmp_path, "ada", read, complete=complete)) == {}


@pytest.mark.parametrize(
    ("who", "mine"),
    [
        (f"x:user/ada@{SITE}", True),
        (f"x:{SITE}/name/Ada", True),
        (f"https://{SITE}/author/ada", True),
        (f"x:user/ada@other.{SITE}", False),
        (f"x:my{SITE}/name/Ada", False),
        (f"https://{SITE}.net/author/ada", False),
    ],
)
def test_the_authors_of_a_site(tmp_path: Path, who: str, mine: bool) -> None:
    world = World()
    world.cover(who)
    world.write(who, 1)
    assert bool(limits(audited(world, tmp_path, who, f"https://{SITE}/", complete=False))) is mine


def test_nothing_known_yet(tmp_path: Path) -> None:
    world = World()
    world.write("ada", 1)
    found = audited(world, tmp_path, "ada", "x:user/ada", complete=None)
    assert list(limits(found)) == ["unfinished_undated"]


def only_written(world: World, *more: Coverage) -> World:
    world.records = [one for one in world.records if getattr(one, "direction", "") != "inbound"]
    world.records += more
    return world


def test_messages_of_which_nothing_is_claimed_are_not_said_to_be_missing(world: World, tmp_path: Path) -> None:
    found = audited(only_written(world), tmp_path, "ada", "x:user/ada", complete=False)
    assert found.answers.overall.reason.key == "inbound_unclaimed"
    assert found.participation.reason.key == "inbound_unclaimed"
    assert "holds no messages to this account" not in " ".join(found.to_dict()["limits"])


def test_without_messages_there_are_none(tmp_path: Path) -> None:
    world = World()
    world.cover("ada")
    world.write("ada", 1)
    assert only_written(world).audit(tmp_path, "ada").answers.overall.reason.key == "no_inbound"


def test_a_claim_that_nothing_was_collected_stands(world: World, tmp_path: Path) -> None:
    nothing = Coverage(
        actor=world.actor("ada"), channel="x", direction="inbound", since=START, until=START + 400 * DAY,
        completeness="none", basis="an archive",
    )  # fmt: skip
    found = only_written(world, nothing).audit(tmp_path, "ada")
    assert found.answers.overall.reason.key == "no_inbound"
