"""Bluesky read live from a real network on loopback, where everything that is said is known."""

from __future__ import annotations

import csv
import io
import json
import shutil
import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

import permadani
from permadani.api import OpenStore
from permadani.errors import NoDoor
from permadani.settings import settings
from permadani.store.fetchreport import FetchReport
from servers.bluesky.hall import Hall, iso
from servers.bluesky.network import PASSWORD, network, why_not

pytestmark = [
    pytest.mark.servers,
    pytest.mark.skipif(why_not() is not None, reason=f"Bluesky network: {why_not()}"),
]
KEYS = {
    "objects": ["id"], "announces": ["actor", "object"], "likes": ["actor", "object"], "follows": ["actor", "object"],
    "addressed": ["object", "actor", "kind"],
}  # fmt: skip


@pytest.fixture(scope="module")
def hall() -> Iterator[Hall]:
    """The network with a conversation in it; the tests that change it stand last."""
    with network() as one:
        made = Hall(one)
        made.converse()
        one.settle()
        yield made


def point_to(hall: Hall, environment: pytest.MonkeyPatch) -> None:
    environment.setenv("PERMADANI_BLUESKY_APPVIEW", hall.network.appview)
    environment.setenv("PERMADANI_BLUESKY_DIRECTORY", hall.network.directory)
    settings.cache_clear()


@pytest.fixture(autouse=True)
def here(hall: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    point_to(hall, monkeypatch)


@pytest.fixture(scope="module")
def once(hall: Hall, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, FetchReport]:
    """A store that was filled by one fetch, without a login."""
    path = tmp_path_factory.mktemp("once") / "store.duckdb"
    with pytest.MonkeyPatch.context() as environment:
        point_to(hall, environment)
        return path, whole(permadani.open(path))


@pytest.fixture
def fetched(once: tuple[Path, FetchReport], tmp_path: Path) -> tuple[OpenStore, FetchReport]:
    """A copy of that store, and what was said of the fetch."""
    path, report = once
    return permadani.open(Path(shutil.copy(path, tmp_path / "fetched.duckdb"))), report


def log_in(hall: Hall, monkeypatch: pytest.MonkeyPatch, login: str | None = None) -> None:
    """The user gives a login for the server of the network: as a rule ani's, with an app password."""
    if login is None:
        name = f"tests {time.time_ns()}"
        password = hall.network.call(hall.ani, "com.atproto.server.createAppPassword", {"name": name})["password"]
        login = f"{hall.ani.handle}:{password}"
    port = hall.network.server.rpartition(":")[2]
    monkeypatch.setenv(f"PERMADANI_SECRET_LOCALHOST___{port}", login)


def rows(store: OpenStore, folder: Path) -> dict[str, dict[str, str]]:
    """What a store holds, by table and key, without what is empty."""
    store.export(folder, csv=True)
    found: dict[str, dict[str, str]] = {}
    for table, key in KEYS.items():
        text = (folder / f"{table}.csv").read_text(encoding="utf-8")
        for line in csv.DictReader(io.StringIO(text, newline="")):
            told = {name: value for name, value in line.items() if value}
            found.setdefault(table, {})[" ".join(line[name] for name in key)] = json.dumps(told, sort_keys=True)
    return found


def differences(one: dict[str, dict[str, str]], other: dict[str, dict[str, str]]) -> list[tuple[str | None, ...]]:
    """The first rows in which two stores differ."""
    return [
        (table, one.get(table, {}).get(key), other.get(table, {}).get(key))
        for table in KEYS
        for key in sorted(one.get(table, {}).keys() | other.get(table, {}).keys())
        if one.get(table, {}).get(key) != other.get(table, {}).get(key)
    ][:5]


def whole(store: OpenStore, who: str = "@ani.test", **more: Any) -> FetchReport:
    report = store.fetch(who, allow_local=True, **more)
    assert report.stopped is None and report.error is None, report.error
    return report


def claims(report: FetchReport) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for one in report.coverage:
        found.setdefault(one.direction, set()).add(one.completeness)
    return found


def from_tables(hall: Hall, folder: Path, report: FetchReport, seen: str) -> OpenStore:
    """A store with what was created, as somebody would hand it in who had seen as much."""
    bounds = {(one.direction, one.completeness): (one.since, one.until) for one in report.coverage}
    since, until = bounds["inbound", "complete"]
    named = bounds.get(("mentions", "complete"))
    tables = hall.tables(
        folder / f"tables-{seen}", seen=seen, since=since, until=until, mentions_since=named[0] if named else None
    )
    store = permadani.open(folder / f"tables-{seen}.duckdb")
    store.import_(tables)
    return store


def judged(store: OpenStore, report: FetchReport) -> dict[str, Any]:
    """The audit as of the end of the fetch (a second later, since reports round to seconds)."""
    as_of = datetime.fromisoformat(report.coverage[0].until or "") + timedelta(seconds=1)
    told: dict[str, Any] = json.loads(json.dumps(store.audit("@ani.test", as_of=as_of, me=True).to_dict()))
    for line in told["coverage"]:
        del line["basis"]
    return told


Fetched = tuple[OpenStore, FetchReport]


def test_what_is_fetched_is_what_was_created(hall: Hall, fetched: Fetched, tmp_path: Path) -> None:
    store, report = fetched
    tables = from_tables(hall, tmp_path, report, "in public")
    created, seen = rows(tables, tmp_path / "created"), rows(store, tmp_path / "seen")
    assert len(created["objects"]) == len(hall.rows["objects"]) - len(hall.unseen)
    assert not differences(created, seen)
    assert claims(report) == {"inbound": {"complete"}, "outbound": {"complete"}, "mentions": {"none"}}
    hidden = {one.example.rpartition(": ")[2] for one in report.problems if one.reason == "hidden_reply"}
    assert hidden == hall.hidden


def test_a_second_run_asks_for_nothing_it_knows(fetched: Fetched) -> None:
    store, first = fetched
    again = whole(store)
    assert (again.new, again.requests) == (0, 2), "the profile and the first page of the feed"
    assert first.requests > 10


def test_the_audit_is_that_of_the_tables(hall: Hall, fetched: Fetched, tmp_path: Path) -> None:
    store, report = fetched
    tables = from_tables(hall, tmp_path, report, "in public")
    assert judged(store, report) == judged(tables, report)


def test_with_its_own_login_mentions_are_read_too(
    hall: Hall, store: OpenStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    log_in(hall, monkeypatch)
    report = whole(store)
    assert claims(report)["mentions"] >= {"complete"}
    tables = from_tables(hall, tmp_path, report, "all")
    created, seen = rows(tables, tmp_path / "created"), rows(store, tmp_path / "seen")
    assert not differences(created, seen)
    assert judged(store, report) == judged(tables, report)


def test_other_logins_open_nothing(hall: Hall, fetched: Fetched, monkeypatch: pytest.MonkeyPatch) -> None:
    store, _ = fetched
    log_in(hall, monkeypatch, f"{hall.others[0].handle}:{PASSWORD}")
    report = whole(store)
    assert claims(report)["mentions"] == {"none"}
    assert not [one for one in report.problems if one.reason == "login_refused"]
    log_in(hall, monkeypatch, f"{hall.ani.handle}:wrong")
    report = whole(store)
    assert claims(report)["mentions"] == {"none"}
    assert [one for one in report.problems if one.reason == "login_refused"]
    assert "wrong" not in str(report)


def test_who_asks_for_it_is_shown_only_to_those_who_are_logged_in(
    hall: Hall, store: OpenStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = f"@{hall.private.handle}"
    with pytest.raises(NoDoor, match="logged in"):
        store.fetch(name, allow_local=True)
    log_in(hall, monkeypatch, f"{hall.private.handle}:{PASSWORD}")
    assert whole(store, name).objects > 0


@pytest.mark.parametrize("form", ["{handle}", "@{handle}", "{did}", "https://bsky.app/profile/{handle}/post/3kabc"])
def test_an_account_has_many_names(hall: Hall, store: OpenStore, form: str) -> None:
    name = form.format(handle=hall.ani.handle, did=hall.ani.did)
    assert store.fetch(name, allow_local=True, max_requests=6).who == hall.ani.did


def test_nobody_has_that_name(hall: Hall, store: OpenStore) -> None:
    with pytest.raises(NoDoor, match=r"nobody\.test"):
        store.fetch("@nobody.test", allow_local=True)


def test_small_budgets_come_to_the_same(fetched: Fetched, tmp_path: Path) -> None:
    store, _ = fetched
    pieces = permadani.open(tmp_path / "pieces.duckdb")
    reports = []
    for _ in range(20):
        reports.append(pieces.fetch("@ani.test", allow_local=True, max_requests=7))
        if reports[-1].stopped is None:
            break
    assert len(reports) > 3 and reports[-1].stopped is None
    assert all(one.requests <= 7 for one in reports)
    assert not differences(rows(store, tmp_path / "one"), rows(pieces, tmp_path / "many"))
    assert claims(reports[-1]) == {"inbound": {"complete"}, "outbound": {"complete"}, "mentions": {"none"}}


def test_what_changes_between_two_runs(hall: Hall, fetched: Fetched, tmp_path: Path) -> None:
    """A new post with an answer, and two deletions: of an answer, and of a post of the account."""
    store, _ = fetched
    ani, asker = hall.ani, hall.juniors[0]
    said = sorted(hall.rows["objects"].values(), key=lambda row: row["published"], reverse=True)
    own = {row["id"] for row in said if row["actor"] == ani.did}
    answered = {row["in_reply_to"] for row in said}
    gone = [
        next(row["id"] for row in said if row["in_reply_to"] in own and row["id"] not in own),
        next(row["id"] for row in said if row["id"] in own and row["id"] not in answered),
    ]
    for uri in gone:
        writer = next(one for one in hall.people if one.did == hall.rows["objects"][uri]["actor"])
        hall.network.delete(writer, uri)
    start = hall.post(ani, "One more question for you all.")
    late = hall.post(asker, "Here is one more answer.", to=start)
    hall.network.settle()
    report = whole(store)
    assert report.new == 2
    bare = {uri: json.loads(row) for uri, row in rows(store, tmp_path / "after")["objects"].items()}
    assert {uri for uri, row in bare.items() if row.get("deleted") == "true"} == set(gone)
    assert all("text" not in bare[uri] for uri in gone)
    assert bare[late.uri]["in_reply_to"] == start.uri
    assert report.requests < 10
    assert iso(hall.clock) <= report.coverage[0].until
