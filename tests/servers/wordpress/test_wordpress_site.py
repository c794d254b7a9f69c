"""A real WordPress read live: through its API as everybody and as its owner, through its feeds, and by its export."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest

import permadani
from permadani.api import OpenStore
from permadani.settings import secret_variable
from permadani.store.fetchreport import FetchReport
from servers.wordpress.loom import AUTHORS, PAGE, POSTS, Loom, date
from servers.wordpress.site import Site, site, why_not

pytestmark = [pytest.mark.servers, pytest.mark.skipif(why_not() is not None, reason=f"WordPress: {why_not()}")]
AS_OF = "2026-10-15"
"""After the last comment that is the same in every run, and before all that is made in the recent weeks."""


@pytest.fixture(scope="module")
def loom() -> Iterator[Loom]:
    """The site with its conversations; the tests that change it stand last."""
    with site() as one:
        made = Loom(one)
        made.fill()
        yield made


@pytest.fixture(scope="module")
def bare_site() -> Iterator[Site]:
    """A small site with addresses like /?p=7, whose API is at /?rest_route=/."""
    with site(pretty=False) as one:
        yield one


def name(one: Site) -> str:
    return one.url.partition("://")[2]


def secret(one: Site) -> str:
    variable = secret_variable(name(one))
    assert variable is not None
    return variable


def log_in(loom: Loom, monkeypatch: pytest.MonkeyPatch, login: str = "rani", password: str | None = None) -> None:
    monkeypatch.setenv(secret(loom.site), f"{login}:{password or loom.password}")


def whole(store: OpenStore, one: Site, **more: Any) -> FetchReport:
    report = store.fetch(one.url, allow_local=True, **more)
    assert report.stopped is None and report.error is None, report.error
    return report


def objects(store: OpenStore, folder: Path) -> dict[str, dict[str, str]]:
    """Messages by the end of their id: ``comment/12``, ``post/3``."""
    store.export(folder, csv=True)
    with (folder / "objects.csv").open(encoding="utf-8", newline="") as stream:
        lines = list(csv.DictReader(stream))
    return {f"{line['id'].split(':')[1].split('/')[0]}/{line['id'].rpartition('/')[2]}": line for line in lines}


def stable(loom: Loom) -> set[int]:
    return set(loom.said)


def reasons(report: FetchReport) -> dict[str, int]:
    return {one.reason: one.count for one in report.problems}


def differences(one: Any, other: Any, where: str = "") -> list[str]:
    """Where two cards differ: ``questions.answers.overall.cell.approaches: 44 != 40``."""
    if isinstance(one, dict) and isinstance(other, dict):
        keys = list(dict.fromkeys([*one, *other]))
        return [line for key in keys for line in differences(one.get(key), other.get(key), f"{where}.{key}".strip("."))]
    if isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        lines = []
        for place, (mine, theirs) in enumerate(zip(one, other, strict=True)):
            label = mine.get("id", place) if isinstance(mine, dict) else place
            lines += differences(mine, theirs, f"{where}.{label}")
        return lines
    return [] if one == other else [f"{where}: {one} != {other}"]


def card(store: OpenStore, who: str) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(json.dumps(store.audit(who, as_of=AS_OF, me=True).to_dict()))
    return told


def test_what_is_fetched_is_what_was_created(loom: Loom, store: OpenStore, tmp_path: Path) -> None:
    report = whole(store, loom.site)
    found = objects(store, tmp_path / "out")
    assert {key for key in found if key.startswith("post/")} == {f"post/{number}" for number in loom.posts}
    assert {key for key in found if key.startswith("comment/")} == {f"comment/{number}" for number in loom.said}
    assert len(loom.posts) == POSTS and report.read == POSTS + len(loom.said)
    for number, said in loom.said.items():
        row = found[f"comment/{number}"]
        above = ("comment", said["parent"]) if said["parent"] else ("post", said["post"])
        assert row["in_reply_to"] == f"wordpress:{above[0]}/{name(loom.site)}/{above[1]}"
        moment = datetime.fromisoformat(f"{said['date']}+00:00")
        assert int(row["published"]) == int(moment.timestamp()) * 1_000_000
        assert row["spam"] != "true" and row["deleted"] != "true"
        user = said.get("login")
        if user in AUTHORS:
            assert row["actor"] == f"wordpress:user/{user}@{name(loom.site)}"
        else:
            assert row["actor"] == f"wordpress:{name(loom.site)}/name/{said.get('name', 'Budi')}"
    assert reasons(report) == {"not_published:password": 1}
    assert {one.completeness for one in report.coverage} == {"complete"}
    assert all(one.basis.endswith("without a login, spam and held comments not seen") for one in report.coverage)


def test_its_owner_sees_what_moderation_did(
    loom: Loom, store: OpenStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    log_in(loom, monkeypatch)
    report = whole(store, loom.site)
    found = objects(store, tmp_path / "out")
    comments = {*loom.said, *loom.moderated["spam"], *loom.moderated["trash"]}
    assert {key for key in found if key.startswith("comment/")} == {f"comment/{number}" for number in comments}
    assert {key for key, row in found.items() if row["spam"] == "true"} == {
        f"comment/{n}" for n in loom.moderated["spam"]
    }
    trash = [found[f"comment/{number}"] for number in loom.moderated["trash"]]
    assert all(row["deleted"] == "true" and not row["text"] for row in trash)
    assert reasons(report) == {
        "not_published:password": 1,
        "held_for_moderation": len(loom.moderated["held"]),
        "on_left_out_post": len(loom.inside),
    }
    text = (tmp_path / "out" / "actors.csv").read_text() + (tmp_path / "out" / "objects.csv").read_text()
    assert "@mail.example" not in text and "192.0.2.7" not in text
    assert loom.password not in str(report)


def test_a_wrong_password_is_told_and_not_shown(loom: Loom, store: OpenStore, monkeypatch: pytest.MonkeyPatch) -> None:
    log_in(loom, monkeypatch, password="never given")  # noqa: S106
    report = whole(store, loom.site)
    assert report.read == POSTS + len(loom.said)
    assert reasons(report) == {"not_published:password": 1, "login_refused": 1}
    assert "never" not in str(report)


def test_a_login_that_may_not_moderate_reads_as_everybody(
    loom: Loom, store: OpenStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    password = loom.site.run("password", login="sekar")["password"]
    log_in(loom, monkeypatch, "sekar", password)
    report = whole(store, loom.site)
    assert report.read == POSTS + len(loom.said)
    assert reasons(report) == {"not_published:password": 1, "login_may_not_moderate": 1}


def test_api_export_and_login_give_the_same_card(
    loom: Loom, store: OpenStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Except for what coverage explains: how it is known and up to when, and that the trash stands in the export and,
    with the spam, before the owner's eyes only."""
    whole(store, loom.site)
    exported, owners = permadani.open(tmp_path / "exported.duckdb"), permadani.open(tmp_path / "owners.duckdb")
    exported.import_(loom.site.export(tmp_path / "loom.xml"))
    log_in(loom, monkeypatch)
    whole(owners, loom.site)
    for login in AUTHORS:
        cards = [card(one, f"wordpress:user/{login}@{name(loom.site)}") for one in (store, exported, owners)]
        for told in cards:
            assert [(line["inbound"], line["outbound"]) for line in told["coverage"]] == [("complete", "complete")]
            for line in told["coverage"]:
                del line["basis"], line["until"]
        assert cards[0]["questions"][0]["overall"]["cell"]["approaches"] > 10
        moderated = {kind: sum(one["to"] == login for one in some.values()) for kind, some in loom.moderated.items()}
        where = "questions.answers.left_out"
        trash = [f"{where}.deleted: None != {moderated['trash']}"]
        spam = [f"{where}.spam: 0 != {moderated['spam']}"] if moderated["spam"] else []
        assert differences(cards[0], cards[1]) == trash, f"{login}: the API and the export"
        known = trash if moderated["trash"] else []
        assert sorted(differences(cards[0], cards[2])) == [*known, *spam], f"{login}: without and with a login"


def test_feeds_give_the_same_answers(loom: Loom, store: OpenStore, tmp_path: Path) -> None:
    on_page = [number for number, one in loom.said.items() if one["post"] == loom.posts[PAGE]]
    whole(store, loom.site)
    feeds = permadani.open(tmp_path / "feeds.duckdb")
    loom.site.close("/wp-json")
    try:
        report = whole(feeds, loom.site)
    finally:
        loom.site.close()
    assert report.source == "feed" and "api_closed" in reasons(report)
    assert {one.completeness for one in report.coverage} == {"partial"}
    for login, shown in AUTHORS.items():
        api = card(store, f"wordpress:user/{login}@{name(loom.site)}")["questions"][0]
        feed = card(feeds, f"wordpress:{name(loom.site)}/name/{shown}")["questions"][0]
        api, feed = api["overall"]["cell"], feed["overall"]["cell"]
        pings = sum(one["to"] == login for one in loom.moderated["ping"].values())
        if login != loom.said[on_page[0]]["to"]:
            assert feed["answered"] == api["answered"] > 10
            # feeds do not tell pingbacks from people, and name who wrote behind a password
            assert feed["approaches"] == api["approaches"] + pings + (login == "rani")
        else:
            assert feed["approaches"] < api["approaches"] + pings, "feeds hold no pages, and few comments on them"


def test_small_budgets_come_to_the_same(loom: Loom, store: OpenStore, tmp_path: Path) -> None:
    whole(store, loom.site)
    pieces = permadani.open(tmp_path / "pieces.duckdb")
    reports = [pieces.fetch(loom.site.url, allow_local=True, max_requests=6) for _ in range(3)]
    while (
        reports[-1].stopped is not None and len(reports) < 20
    ):  # a busy machine answers late, and what is tried again counts
        reports.append(pieces.fetch(loom.site.url, allow_local=True, max_requests=6 + len(reports)))
    assert reports[0].stopped == "budget" and reports[-1].stopped is None
    assert objects(pieces, tmp_path / "pieces") == objects(store, tmp_path / "whole")


def test_a_second_run_fetches_only_what_is_new(loom: Loom, store: OpenStore) -> None:
    first, again = whole(store, loom.site), whole(store, loom.site)
    assert (again.read, again.new) == (0, 0)
    assert again.requests < first.requests


@pytest.mark.parametrize(
    "page", ["/", "/2025/pattern-0/", "/2025/pattern-0/#comment-7", "/?p={post}", "/feed/", "/comments/feed/"]
)
def test_any_page_leads_to_the_site(loom: Loom, store: OpenStore, page: str) -> None:
    report = store.fetch(loom.site.url + page.format(post=loom.posts[0]), allow_local=True, max_requests=8)
    assert (report.place, report.who) == (f"wordpress {name(loom.site)}", loom.site.url)


def test_the_api_without_pretty_addresses(bare_site: Site, store: OpenStore, tmp_path: Path) -> None:
    loom = Loom(bare_site)
    post = loom.post("Only one", datetime(2026, 5, 6, tzinfo=UTC), author="rani")
    loom.say(post, "rani", [{"text": "Hello", "name": "Tono", "date": "2026-05-07 08:00:00"}])
    report = whole(store, bare_site)
    assert report.who == f"wordpress:user/rani@{name(bare_site)}", "a site of one author speaks for that author"
    assert report.read == 2
    assert set(objects(store, tmp_path / "out")) == {f"post/{post}", *(f"comment/{number}" for number in loom.said)}


def test_what_changes_between_two_runs(loom: Loom, store: OpenStore, tmp_path: Path) -> None:
    """New comments by the form and the API, edits, and deletions of comments, of an answer and of a post."""
    now = datetime.now(UTC)
    post = loom.post("Of this week", now - timedelta(days=3), author="rani")
    unwanted = loom.post("Soon gone", now - timedelta(days=2), author="sekar")
    times = [date(now - timedelta(days=2, hours=n)) for n in range(4)]
    recent = loom.say(post, "rani", [{"text": "Recent", "name": "Wening", "date": time} for time in times])
    whole(store, loom.site)
    loom.site.run("delete", comment=recent[0])
    loom.site.run("trash", comment=recent[1])
    loom.site.run("unpublish", post=unwanted)
    form = {"comment_post_ID": post, "author": "Ratri", "email": "ratri@mail.example", "comment": "By the form"}
    assert httpx.post(f"{loom.site.url}/wp-comments-post.php", data=form).status_code == 302
    answer = httpx.post(
        f"{loom.site.url}/wp-json/wp/v2/comments", auth=("rani", loom.password),
        json={"post": post, "parent": recent[2], "content": "By the API"},
    )  # fmt: skip
    assert answer.status_code == 201, answer.text
    report = whole(store, loom.site)
    found = objects(store, tmp_path / "out")
    gone = {f"comment/{recent[0]}", f"comment/{recent[1]}", f"post/{unwanted}"}
    assert {key for key, row in found.items() if row["deleted"] == "true"} == gone
    assert all(not found[key]["text"] for key in gone)
    assert found[f"comment/{answer.json()['id']}"]["actor"] == f"wordpress:user/rani@{name(loom.site)}"
    assert [row["text"] for row in found.values() if row["actor"].endswith("/name/Ratri")].count("By the form") == 1
    assert report.read == 2 + len(gone)
    assert "conflicting_versions" not in reasons(report)
