"""Real exports that are not part of the project, where somebody has laid them beside it; skipped elsewhere."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import permadani
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


KNOWN = {
    # 1,206 tweets, 5 earlier versions of edited ones, 12 retweets of which one names its original: 1,223
    "x-archive-alrocar": ({"x_archive": 1209}, {"objects": 1207, "announces": 1}, {"older_version": 5,
                          "reshare_without_original": 11, "no_messages": 3}),
    # 2,290 tweets and 23 retweets with their originals, twice: as JSON and as CSV
    "x-archive-congressedits": ({"x_archive": 4673}, {"objects": 2313, "announces": 23}, {"no_messages": 2}),
    # 216 activities: 190 as the file claims, and 26 direct messages
    "mastodon-outbox": ({"activitystreams": 190}, {"objects": 164, "announces": 26}, {"direct_message": 26}),
    "bluesky-car": ({"bluesky": 420}, {"objects": 160, "announces": 33, "likes": 86, "follows": 139}, {}),
    # 279 posts and 149 comments
    "google-plus-takeout-html": ({"google_plus": 605}, {"objects": 428, "likes": 177}, {"reshare_without_time": 12}),
    # 222 threads and 1,145 comments
    "disqus-benbalter": ({"disqus": 1367}, {"objects": 1367}, {}),
    "wordpress-wxr-wptest": ({"wordpress": 139}, {"objects": 139}, {"pingback": 4}),
    "mbox-r-package-devel": ({"pipermail": 1240}, {"objects": 1240}, {}),
    "feeds": ({"feed": 141}, {"objects": 141}, {}),
    "rumoureval": ({"x": 1335}, {"objects": 1334}, {}),
}  # fmt: skip


@pytest.mark.parametrize("folder", KNOWN)
def test_every_folder_gives_its_known_counts(tmp_path: Path, folder: str) -> None:
    read, new, left_out = KNOWN[folder]
    report = json.loads(call(tmp_path / "s.duckdb", "import", DATA / folder, "--format", "json").stdout)
    found: Counter[str] = Counter()
    aside: Counter[str] = Counter()
    for file in report["files"]:
        found.update({file["source"]: file["read"]} if file["read"] else {})
        aside.update({problem["reason"]: problem["count"] for problem in file["left_out"]})
    assert dict(found) == read
    assert {name: report[name] for name in new} == new
    assert {reason: aside[reason] for reason in left_out} == left_out


def replies(store: Path, channel: str) -> int:
    with permadani.open(store).session() as connection:
        # the owner's, to a message, or to a person of whom no message is named
        count = """SELECT count(*) FROM objects o SEMI JOIN coverage c ON c.actor = o.actor
                   WHERE o.channel = ? AND (in_reply_to IS NOT NULL
                   OR EXISTS (SELECT 1 FROM addressed a WHERE a.object = o.id AND a.kind = 'to'))"""
        return int(connection.execute(count, [channel]).fetchall()[0][0])


@pytest.mark.parametrize(
    ("folder", "channel", "count"),
    [
        ("x-archive-alrocar", "x", 820),
        ("x-archive-congressedits", "x", 7),
        ("mastodon-outbox", "mastodon", 129),  # and 26 direct messages, which are left out
    ],
)
def test_replies_are_replies(tmp_path: Path, folder: str, channel: str, count: int) -> None:
    call(tmp_path / "s.duckdb", "import", DATA / folder)
    assert replies(tmp_path / "s.duckdb", channel) == count


def test_every_message_of_the_lists_is_accounted_for(tmp_path: Path) -> None:
    """Counted without the parser: lines that begin a message of pipermail."""
    begins = re.compile(rb"^From \S+ at \S+ +\w{3} \w{3} [ \d]\d \d\d:\d\d:\d\d \d{4}$", re.MULTILINE)
    folder = DATA / "mbox-r-package-devel"
    expected = {path.name: len(begins.findall(path.read_bytes())) for path in folder.iterdir()}
    report = json.loads(call(tmp_path / "s.duckdb", "import", folder, "--format", "json").stdout)
    found = {
        Path(file["path"]).name: file["read"] + sum(problem["count"] for problem in file["problems"])
        for file in report["files"]
    }
    assert found == expected


PERSON = (
    "x:user/52338276", "https://indieweb.social/users/philhawksworth", "did:plc:z5vnbioquyhivxirw3bbljmu",
    "disqus:user/BenBalter",
)  # fmt: skip


def test_one_store_holds_all_and_one_person_has_a_line_for_each_channel(tmp_path: Path) -> None:
    """Accounts of four channels are called one person here (they are not: it is a test of the card)."""
    store = tmp_path / "s.duckdb"
    report = json.loads(call(store, "import", DATA, "--format", "json").stdout)
    used = {file["source"] for file in report["files"] if file["read"]}
    assert used >= {"x_archive", "x", "activitystreams", "bluesky", "google_plus", "facebook", "disqus", "wordpress",
                    "pipermail", "feed"}  # fmt: skip
    unknown = [file for file in report["files"] if file["source"] is None]
    assert unknown and all(file["problems"] or file["left_out"] for file in unknown)
    again = json.loads(call(store, "import", DATA, "--format", "json").stdout)
    assert [again[name] for name in ("objects", "actors", "announces", "likes", "follows")] == [0, 0, 0, 0, 0]
    call(store, "people", "link", *PERSON)
    card = json.loads(call(store, "audit", "disqus:user/BenBalter", "--research", "--format", "json").stdout)
    lines = {line["channel"]: (line["inbound"], line["outbound"]) for line in card["coverage"]}
    assert len(card["coverage"]) == len(lines)
    assert lines == {
        "x": ("none", "complete"), "mastodon": ("none", "complete"), "bluesky": ("none", "complete"),
        "disqus": ("complete", "complete"),
    }  # fmt: skip
    overall = card["questions"][0]["overall"]
    assert overall["cell"]["approaches"] > 300  # under one of four names
    alone = json.loads(call(store, "outbound", "disqus:user/BenBalter", "--research", "--format", "json").stdout)
    assert alone["schema"] == "permadani.outbound/1"
