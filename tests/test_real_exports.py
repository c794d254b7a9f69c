"""Real exports that are not part of the project, where somebody has laid them beside it; skipped elsewhere."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from permadani.api import OpenStore
from permadani.cli import main

DATA = Path(__file__).parent.parent.parent / "shared" / "data"
pytestmark = pytest.mark.skipif(not DATA.exists(), reason="../shared/data is not here")


def call(store: Path, *words: str | Path) -> Result:
    result = CliRunner().invoke(main, [*map(str, words), "--store", str(store)])
    assert result.exit_code == 0, result.output
    return result


def test_a_blogger_under_four_names(tmp_path: Path) -> None:
    store = tmp_path / "s.duckdb"
    call(store, "import", DATA / "disqus-benbalter")
    call(store, "people", "link", "BenBalter", "Ben", "Ben Balter", "Benjamin J. Balter")
    audit = json.loads(call(store, "audit", "Ben Balter", "--format", "json").stdout)
    answers = audit["questions"][0]
    overall = answers["overall"]["cell"]
    assert (overall["approaches"], overall["askers"], overall["answered_late"]) == (480, 450, 24)
    years = {year["year"]: year for year in answers["over_time"]}
    in_time = {year: round(100 * years[year]["of_all"]["rate"]) for year in (2010, 2011, 2012, 2013, 2014, 2015)}
    ever = {year: round(100 * years[year]["ever_of_all"]["rate"]) for year in (2010, 2011, 2012)}
    # 2010: one answer came after 12 days to a later message of the same person in the thread, so 22 of 24, not 21
    assert in_time == {2010: 92, 2011: 51, 2012: 28, 2013: 7, 2014: 6, 2015: 6}
    assert ever == {2010: 92, 2011: 59, 2012: 37}
    assert answers["trend"] == "fell"
    assert answers["by_standing"]["verdict"] == "not_measurable"
    tenure = {name: cell["approaches"] for name, cell in answers["by_tenure"]["cells"].items()}
    assert tenure == {"newcomer": 450, "regular": 30}


def test_threads_of_tweets_accuse_nobody(tmp_path: Path) -> None:
    store = tmp_path / "s.duckdb"
    report = json.loads(call(store, "import", DATA / "rumoureval", "--format", "json").stdout)
    assert sum(1 for file in report["files"] if file["source"] == "x") == 1330
    assert report["objects"] == 1334  # 1,330 tweets and four that are quoted inside them
    again = json.loads(call(store, "import", DATA / "rumoureval", "--format", "json").stdout)
    assert (again["objects"], again["actors"]) == (0, 0)
    lines = call(store, "audit", "--all", "--research", "--min-approaches", "10").stdout.splitlines()
    cards = [json.loads(line) for line in lines]
    assert len(cards) >= 20
    assert [card["actor"]["id"] for card in cards] == sorted(card["actor"]["id"] for card in cards)
    for card in cards:
        assert {line["inbound"] for line in card["coverage"]} == {"partial"}
        for question in card["questions"]:
            parts = [question, *(part for part in question.values() if isinstance(part, dict))]
            assert {part["verdict"] for part in parts if "verdict" in part} <= {"not_enough_evidence", "not_measurable"}


def test_everything_at_once_imports_what_is_known_and_names_the_rest(tmp_path: Path) -> None:
    store = tmp_path / "s.duckdb"
    report = json.loads(call(store, "import", DATA, "--format", "json").stdout)
    read = {name: sum(f["read"] for f in report["files"] if f["source"] == name) for name in ("disqus", "wordpress")}
    assert read == {"disqus": 1367, "wordpress": 139}
    unknown = [file for file in report["files"] if file["source"] is None]
    assert len(unknown) > 500
    assert all(file["problems"] for file in unknown)
    again = json.loads(call(store, "import", DATA, "--format", "json").stdout)
    assert [again[name] for name in ("objects", "actors", "announces", "likes", "follows")] == [0, 0, 0, 0, 0]


def test_one_store_holds_all_and_one_person_has_a_line_for_each_channel(tmp_path: Path) -> None:
    """Accounts of four channels are called one person here (they are not: it is a test of the card)."""
    store = tmp_path / "s.duckdb"
    call(store, "import", DATA)
    names = ("x:user/2615411984", "https://fakermaker.example", "Ben Balter")
    del names
    accounts = json.loads(call(store, "people", "list", "--format", "json").stdout)
    assert accounts["people"] == []


@pytest.mark.parametrize(
    ("archive", "replies", "messages"), [("x-archive-alrocar", 820, 404), ("mastodon-outbox", 129, 120)]
)
def test_an_archive_of_ones_own_messages_tells_to_whom_and_how_fast(
    tmp_path: Path, archive: str, replies: int, messages: int
) -> None:
    store = tmp_path / "s.duckdb"
    call(store, "import", DATA / archive)
    with OpenStore(store).session() as connection:
        most = "SELECT u.uri FROM objects o JOIN uris u ON u.id = o.actor GROUP BY u.uri ORDER BY count(*) DESC LIMIT 1"
        ((owner,),) = connection.execute(most).fetchall()
    found = json.loads(call(store, "outbound", owner, "--me", "--format", "json").stdout)
    written, delay = found["written"], found["delay"]
    # one of X's 820 names somebody in the place of a message
    assert sum(written[kind] for kind in ("replies", "own_threads", "unknown", "addressed")) == replies
    assert (delay["messages"], delay["measured"], delay["earlier"]) == (messages, messages, 0)
    assert delay["median"]["low"] < delay["median"]["hours"] < delay["median"]["high"]
    assert [one["key"] for one in found["rate"]] == ["no_inbound"]
