"""Fetching on the command line, and audits that fetch first."""

from __future__ import annotations

import json
import os
import pty
import shlex
import time
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from cli.command import obeying_ctrl_c
from cli.paged import begun, site
from permadani.api import OpenStore
from permadani.cli import main
from permadani.errors import BudgetSpent, NoDoor, Unreachable
from permadani.sources.http import Client
from permadani.sources.http.client import MAX_REQUESTS
from permadani.vocabulary import Actor, Coverage, Object, Problem, Standing
from store.doors import ADA, FakeDoor, claim, page_of, said
from store.networks import START

SPENT = BudgetSpent("all used up", hint="again")


def public(followers: int = 20_000) -> list[Any]:
    """So that a verdict may be said."""
    return [Standing(actor=ADA, observed=START, followers=followers)]


@pytest.fixture
def door(monkeypatch: pytest.MonkeyPatch) -> FakeDoor:
    """The only door there is; ``asked`` holds what it was knocked at with."""
    found = FakeDoor([[*page_of(0), *public()]])
    found.asked = []  # type: ignore[attr-defined]

    def knock(text: str, client: Client) -> FakeDoor:
        found.asked.append(text)  # type: ignore[attr-defined]
        if isinstance(found.place, BaseException):
            raise found.place
        return found

    monkeypatch.setattr("permadani.sources.live.knock", knock)
    return found


def call(store: OpenStore, *arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [*map(str, arguments), "--store", str(store.path)], prog_name="permadani")


def asked(door: FakeDoor) -> list[str]:
    return door.asked  # type: ignore[attr-defined, no-any-return]


def day_later(store: OpenStore, hours: int = 25) -> None:
    with store.session(write=True) as connection:
        connection.execute("UPDATE fetches SET fetched = fetched - $hours * 3600000000", {"hours": hours})


def test_fetch_says_what_was_read_and_what_cannot_be_seen(store: OpenStore, door: FakeDoor) -> None:
    until = START + 10**12
    door.pages_to_read.append(
        [
            Problem(reason="replies_limited", place="here", lost=False), claim(), claim("inbound"),
            claim("mentions", START, "none"), claim("mentions", until - 1, "complete"),
        ]
    )  # fmt: skip
    result = call(store, "fetch", "@ada.example")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.splitlines() == [
        "@ada.example on Bluesky: 3 read, 3 new, 0 already known; 0 requests",
        "    · 1 × not everybody may reply (here)",
        "New in the store: 3 messages, 2 accounts, 0 reshares, 0 likes, 0 follows.",
        "What the store holds of it now:",
        "    what it wrote, 13 Sep 2020 – 25 Sep 2020: complete",
        "    what came under its messages, 13 Sep 2020 – 25 Sep 2020: complete",
        "    where it is named elsewhere, 13 Sep 2020 – 25 Sep 2020: cannot be seen",
        "    where it is named elsewhere, 25 Sep 2020 – 25 Sep 2020: complete",
        "All was read, as far back as asked. Run it again later to add what is new.",
    ]


def test_fetch_json(store: OpenStore, door: FakeDoor) -> None:
    door.pages_to_read.append(SPENT)
    result = call(store, "fetch", "@ada.example", "--format", "json")
    assert (result.exit_code, result.stderr) == (0, "")
    report = json.loads(result.stdout)
    assert list(report) == [
        "schema", "who", "title", "place", "source", "requests", "pages", "read", "new", "known", "actors", "objects",
        "announces", "likes", "follows", "problems", "left_out", "coverage", "complete", "stopped", "message", "hint",
    ]  # fmt: skip
    assert (report["schema"], report["who"], report["stopped"], report["complete"]) == (
        "permadani.fetch/1", ADA, "budget", False,
    )  # fmt: skip
    assert (report["message"], report["hint"]) == ("all used up", "again")


def test_what_stopped_it_and_how_to_go_on(store: OpenStore, door: FakeDoor) -> None:
    door.pages_to_read.append(SPENT)
    result = call(store, "fetch", "@ada.example")
    assert result.exit_code == 0
    assert result.stdout.endswith(
        "Stopped after 0 requests, as many as one run may make.\n"
        "What was fetched is kept; run the same command again to go on.\n"
    )
    door.pages_to_read[1:] = [page_of(1), Unreachable("{host} is away\x1b[31m", hint="Wait.", host="a.example")]
    result = call(store, "fetch", "@ada.example")
    assert result.exit_code == 0
    assert result.stdout.endswith(
        "Stopped early: a.example is away. Wait.\nWhat was fetched is kept; run the same command again to go on.\n"
    )


def test_where_nothing_could_be_used(store: OpenStore, door: FakeDoor) -> None:
    door.pages_to_read[:] = [Unreachable("{host} is away", hint="Wait.", host="a.example")]
    for form in ("text", "json"):
        result = call(store, "fetch", "@ada.example", "--format", form)
        assert (result.exit_code, result.stdout, result.stderr) == (1, "", "Error: a.example is away\nWait.\n")
    assert not store.path.exists()


def test_ctrl_c_tells_what_is_kept(store: OpenStore, door: FakeDoor) -> None:
    door.pages_to_read.append(KeyboardInterrupt())
    result = call(store, "fetch", "@ada.example", "--lang", "en")
    assert result.exit_code == 130
    assert "3 read, 3 new" in result.stdout
    assert result.stderr == "Stopped. What was fetched is kept; run the same command again to go on.\n"


def test_ctrl_c_before_the_first_page(store: OpenStore, door: FakeDoor) -> None:
    door.pages_to_read[:] = [KeyboardInterrupt()]
    for command in ("fetch", "audit"):
        result = call(store, command, "@ada.example")
        assert (result.exit_code, result.stdout) == (130, "")
        assert result.stderr.endswith("Stopped. Nothing was fetched yet; run the same command again to begin.\n")
    door.place = KeyboardInterrupt()  # type: ignore[assignment]
    result = call(store, "fetch", "@ada.example")
    assert result.stderr == "Stopped. Nothing was fetched yet; run the same command again to begin.\n"


def test_a_day_still_to_come_is_a_slip(store: OpenStore, door: FakeDoor) -> None:
    store.add(public())
    for command in (("fetch", "@ada.example"), ("audit", "@ada.example"), ("compare", "a", "b"), ("outbound", "a")):
        result = call(store, *command, "--since", "2999-12-31")
        assert result.exit_code == 2
        assert "still to come" in result.stderr
    assert asked(door) == []


def test_too_few_requests_are_told_as_such(store: OpenStore, door: FakeDoor) -> None:
    hint = "No message was reached with so few: allow more, with --max-requests 50."
    door.pages_to_read[:] = [[Actor(id=ADA, channel="bluesky", handle="ada.example"), *public()], SPENT]
    for command in ("fetch", "audit"):
        result = call(store, command, "@ada.example", "--max-requests", "10")
        assert result.exit_code == 0, result.stderr
        assert result.output.count(hint) == 1
        assert "goes on from there" not in result.stderr and "to go on" not in result.output
        store.path.unlink()
    door.place = SPENT  # type: ignore[assignment]
    result = call(store, "audit", "@ada.example")
    assert (result.exit_code, result.stderr.splitlines()[1:]) == (1, ["Error: all used up", hint])
    assert call(store, "fetch", "@ada.example", "--max-requests", "9").exit_code == 2


def test_options_reach_the_door(store: OpenStore, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = {}

    class Seeing(FakeDoor):
        def pages(self, state: Any, options: Any) -> Any:
            seen["since"], seen["akismet"] = options.since, options.akismet
            return super().pages(state, options)

    def client(**options: Any) -> Client:
        seen.update(options)
        return Client(**options)

    monkeypatch.setattr("permadani.sources.live.knock", lambda text, client: Seeing([page_of(0)]))
    monkeypatch.setattr("permadani.sources.http.Client", client)
    assert call(store, "fetch", "@ada.example").exit_code == 0
    assert (seen["max_requests"], seen["allow_local"], seen["akismet"]) == (MAX_REQUESTS, False, False)
    years = (time.time_ns() // 1000 - seen["since"]) / (365.25 * 86_400_000_000)
    assert 2.99 < years < 3.01
    options = ("--since", "2020-01-01", "--max-requests", "17", "--allow-local", "--akismet")
    assert call(store, "fetch", "@ada.example", *options).exit_code == 0
    assert (seen["max_requests"], seen["allow_local"], seen["akismet"]) == (17, True, True)
    assert seen["since"] == 1_577_836_800_000_000
    assert call(store, "fetch", "@ada.example", "--max-requests", "0").exit_code == 2
    assert store.fetch("@ada.example", since="2020-01-01").usable
    assert seen["since"] == 1_577_836_800_000_000
    assert f"default: {MAX_REQUESTS}" in call(store, "fetch", "--help").stdout.replace("\n", " ").replace("  ", "")


def test_a_name_is_fetched_again_by_what_was_typed(store: OpenStore, door: FakeDoor) -> None:
    assert call(store, "fetch", "@ada.example").exit_code == 0
    assert call(store, "fetch", "Ada").exit_code == 0
    assert asked(door) == ["@ada.example", "@ada.example"]


def test_an_audit_of_somebody_unknown_fetches_first(store: OpenStore, door: FakeDoor) -> None:
    result = call(store, "audit", "@ada.example", "--format", "json")
    assert result.exit_code == 0
    assert result.stderr == ("Reading @ada.example live first (--offline does without; Ctrl-C keeps what was read).\n")
    assert json.loads(result.stdout)["actor"]["id"] == ADA
    again = call(store, "audit", "@ada.example", "--format", "json")
    assert (again.exit_code, again.stderr, again.stdout) == (0, "", result.stdout)
    assert asked(door) == ["@ada.example"]
    day_later(store)
    assert call(store, "audit", "@ada.example", "--offline").stderr == ""
    assert call(store, "audit", "Ada").stderr == ""
    assert call(store, "outbound", "@ada.example").stderr == ""
    assert len(asked(door)) == 1
    assert call(store, "audit", "@ada.example", "--for-subject", "--private").stderr.startswith("Reading @ada.example")
    assert len(asked(door)) == 2
    day_later(store, -1000)  # by a clock that went wrong
    assert call(store, "audit", "@ada.example").exit_code == 0
    assert len(asked(door)) == 3


def test_an_audit_tells_that_the_fetch_stopped_early(store: OpenStore, door: FakeDoor) -> None:
    door.pages_to_read.append(SPENT)
    result = call(store, "audit", "@ada.example")
    assert result.exit_code == 0
    assert result.stderr.splitlines()[1:] == [
        "Stopped after 0 requests, as many as one run may make.",
        "`permadani fetch @ada.example` goes on from there.",
    ]


def test_an_audit_reads_on_where_the_last_run_stopped_early(store: OpenStore, door: FakeDoor) -> None:
    door.pages_to_read.append(SPENT)
    assert call(store, "fetch", "@ada.example").exit_code == 0
    door.pages_to_read.insert(1, page_of(1))
    result = call(store, "audit", "@ada.example")
    assert result.exit_code == 0
    assert result.stderr.splitlines() == [
        "The last run did not finish; reading on with @ada.example (--offline does without; Ctrl-C keeps what was"
        " read).",
        "Stopped after 0 requests, as many as one run may make.",
        "`permadani fetch @ada.example` goes on from there.",
    ]
    assert len(asked(door)) == 2
    door.pages_to_read[2] = page_of(2)
    assert call(store, "audit", "@ada.example").stderr.startswith("The last run did not finish")
    assert (call(store, "audit", "@ada.example").stderr, len(asked(door))) == ("", 3)
    with store.session() as connection:
        assert connection.execute("SELECT complete FROM fetches").fetchall() == [(True,)]


def test_a_verdict_on_one_who_is_not_public_is_refused_before_anything_is_kept(
    store: OpenStore, door: FakeDoor
) -> None:
    door.followers = 4_999  # type: ignore[attr-defined]
    for more in ((), ("--for-subject", "--private")):
        result = call(store, "audit", "@ada.example", *more)
        assert (result.exit_code, result.stdout) == (1, "")
        assert "verdicts on named others are given for public accounts only (5,000 followers" in result.stderr
        assert "Use --me if this is you, or --research" in result.stderr
    assert not store.path.exists()
    assert door.states == []
    for allowed in ("--me", "--research"):
        store.path.unlink(missing_ok=True)
        assert call(store, "audit", "@ada.example", allowed).exit_code == 0


@pytest.mark.parametrize("followers", [None, 5_000])
def test_who_is_public_or_may_be_is_read(store: OpenStore, door: FakeDoor, followers: int | None) -> None:
    door.followers = followers  # type: ignore[attr-defined]
    assert call(store, "audit", "@ada.example").exit_code == 0
    assert door.states == [None]


def test_fetch_reads_whoever_is_named(store: OpenStore, door: FakeDoor) -> None:
    door.followers = 3  # type: ignore[attr-defined]
    assert call(store, "fetch", "@ada.example").exit_code == 0


def test_a_small_account_of_a_public_person_is_read(store: OpenStore, door: FakeDoor) -> None:
    big = "https://social.example/users/ada"
    store.add(
        [Actor(id=ADA, channel="bluesky", handle="ada.example"), Actor(id=big, channel="mastodon", followers=9_000)]
    )
    door.followers = 3  # type: ignore[attr-defined]
    assert call(store, "audit", "@ada.example").exit_code == 1
    store.link(ADA, big)
    result = call(store, "audit", "@ada.example")
    assert (result.exit_code, door.states) == (0, [None]), result.stderr


def test_what_comes_from_an_export_alone_is_audited_from_it(store: OpenStore, door: FakeDoor) -> None:
    store.add([Actor(id=ADA, channel="bluesky", handle="ada.example"), said(0), claim(), *public()])
    result = call(store, "audit", "@ada.example")
    assert (result.exit_code, asked(door)) == (0, [])
    assert result.stderr == "`permadani fetch @ada.example` would add what is public now.\n"


def test_one_who_was_only_seen_as_an_asker_is_fetched(store: OpenStore, door: FakeDoor) -> None:
    store.add([Actor(id=ADA, channel="bluesky", handle="ada.example"), said(0), *public()])
    assert call(store, "audit", "@ada.example").exit_code == 0
    assert asked(door) == ["@ada.example"]


def test_where_it_cannot_be_read_now_the_store_is_audited(store: OpenStore, door: FakeDoor) -> None:
    away = Unreachable("{host} is away", host="a.example")
    door.pages_to_read[:] = [away]
    result = call(store, "audit", "@ada.example")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.endswith("Error: a.example is away\n")
    door.pages_to_read[:] = [[*page_of(0), *public()], away]
    assert call(store, "audit", "@ada.example").exit_code == 0
    day_later(store)
    result = call(store, "audit", "@ada.example")
    assert result.exit_code == 0
    assert result.stderr.splitlines()[1:] == [
        "@ada.example could not be read now: a.example is away", "The audit is of what is in the store already.",
    ]  # fmt: skip
    assert "Ada" in result.stdout


def test_what_has_no_door_is_not_tried(store: OpenStore, door: FakeDoor) -> None:
    for who, way in (("https://x.com/ada", "Ask for your archive"), ("my export.zip", "import 'my export.zip'")):
        for more in ((), ("--offline",)):
            result = call(store, "audit", who, *more)
            assert (result.exit_code, asked(door)) == (1, [])
            assert result.stderr.startswith("Error: ") and way in result.stderr
    store.add([Actor(id="x:user/1", channel="x", url="https://x.com/ada", name="Ada", followers=9_000)])
    result = call(store, "audit", "https://x.com/ada")
    assert (result.exit_code, result.stderr, asked(door)) == (0, "", [])


def test_a_folder_here_is_no_site(store: OpenStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "blog.example").mkdir()
    monkeypatch.chdir(tmp_path)
    for command in ("audit", "fetch"):
        result = call(store, command, "blog.example")
        assert (result.exit_code, result.stdout) == (1, "")
        assert result.stderr == (
            "Error: “blog.example” is a file or folder, or called like one: it is not read live\n"
            "Files are read by: permadani import blog.example. Of a site, write the whole address: https://…\n"
        )
    assert not store.path.exists()


def test_where_the_door_cannot_be_opened_the_store_is_audited(store: OpenStore, door: FakeDoor) -> None:
    assert call(store, "audit", "@ada.example").exit_code == 0
    day_later(store)
    door.place = Unreachable("{host} is away", host="a.example")  # type: ignore[assignment]
    result = call(store, "audit", "@ada.example")
    assert result.exit_code == 0 and "Ada" in result.stdout
    assert result.stderr.splitlines()[1:] == [
        "@ada.example could not be read now: a.example is away", "The audit is of what is in the store already.",
    ]  # fmt: skip


def test_no_door_names_another_way(store: OpenStore, door: FakeDoor) -> None:
    door.place = NoDoor("no open door", hint="Ask for your archive.")  # type: ignore[assignment]
    for command in ("fetch", "audit"):
        result = call(store, command, "https://ada.example")
        assert (result.exit_code, result.stdout) == (1, "")
        assert result.stderr.endswith("Error: no open door\nAsk for your archive.\n")


def test_a_bare_name_never_goes_online(store: OpenStore, door: FakeDoor) -> None:
    result = call(store, "audit", "Ada")
    assert (result.exit_code, asked(door)) == (1, [])
    assert "there is no store" in result.stderr


def test_a_site_with_several_authors_names_them(store: OpenStore, door: FakeDoor) -> None:
    def article(number: int, author: str) -> Object:
        return Object(
            id=f"wordpress:post/blog.example/{number}", channel="wordpress", kind="article", published=START + number,
            actor=f"wordpress:user/{author}@blog.example", url=f"https://blog.example/{number}",
        )  # fmt: skip

    door.who, door.place, door.title = "https://blog.example", "wordpress blog.example", "Blog"
    door.pages_to_read[:] = [[article(1, "ani"), article(2, "budi")]]
    result = call(store, "audit", "https://blog.example/tentang")
    assert result.exit_code == 1
    told = "Error: “{}” has 2 authors: wordpress:user/ani@blog.example, wordpress:user/budi@blog.example\n"
    told += "Audit one of them: permadani audit wordpress:user/ani@blog.example\n"
    assert result.stderr.endswith(told.format("https://blog.example"))
    result = call(store, "audit", "blog.example")
    assert (result.exit_code, len(asked(door))) == (1, 1)
    assert result.stderr == told.format("blog.example")
    store.add(
        [
            Actor(id="wordpress:user/ani@blog.example", channel="wordpress", name="Ani Wati"),
            Actor(id="wordpress:user/budi@blog.example", channel="wordpress", name="Budi\x1b[31m", handle="b;rm"),
        ]
    )
    result = call(store, "audit", "blog.example")
    assert "Ani Wati" in result.stderr and "b;rm" in result.stderr and "join" not in result.stderr
    name = shlex.split(result.stderr.splitlines()[-1].partition(": ")[2])[2:]
    assert store.who(*name).actors.keys() <= store.who("Ani Wati").actors.keys() | store.who("b;rm").actors.keys()
    store.add([Actor(id="wordpress:comment/7", channel="wordpress", name="Ani Wati")])
    assert "wordpress:user/ani@blog.example" in call(store, "audit", "blog.example").stderr


@pytest.mark.parametrize(("who", "live"), [
    ("@jack", "@jack.bsky.social, @jack@server, https://…"), ("Jack Pena", "@name.bsky.social, @name@server"),
])  # fmt: skip
def test_whoever_is_unknown_may_be_read_live(store: OpenStore, who: str, live: str) -> None:
    for _ in range(2):
        for command in (("audit", who), ("outbound", who), ("compare", who, "@ada")):
            result = call(store, *command)
            assert (result.exit_code, result.stdout) == (1, "")
            if store.path.exists():
                assert live in result.stderr
            assert "`permadani fetch`" in result.stderr and "@server" in result.stderr
        store.add([Actor(id=ADA, channel="bluesky", handle="ada", name="Jack Penas")])


def test_compare_says_how_a_live_account_gets_into_the_store(store: OpenStore, door: FakeDoor) -> None:
    store.add([Actor(id=ADA, channel="bluesky", handle="ada.example"), said(0), *public()])
    result = call(store, "compare", "@new.bsky.social", "@ada.example")
    assert (result.exit_code, asked(door)) == (1, [])
    assert result.stderr.endswith("\n`permadani fetch @new.bsky.social` reads it live.\n")
    assert "permadani import FILE" in call(store, "compare", "https://x.com/new", "@ada.example").stderr


def test_many_claims_alike_are_told_together(store: OpenStore, door: FakeDoor) -> None:
    claims = [claim(actor=f"wordpress:user/{n}", channel="wordpress", basis="b") for n in range(40)]
    everybody = claim("inbound", START, "partial", actor=None, channel="wordpress", basis="b")
    one = Coverage(
        actor="wordpress:user/3", channel="wordpress", direction="inbound", since=None, until=None,
        completeness="none", basis="b",
    )  # fmt: skip
    door.pages_to_read[:] = [[*claims, everybody, one]]
    lines = call(store, "fetch", "https://blog.example").stdout.splitlines()
    assert sorted(lines[-4:-1]) == [
        "    what came under its messages, 13 Sep 2020 – 25 Sep 2020: in part (everybody there)",
        "    what came under its messages, period unknown: cannot be seen (wordpress:user/3)",
        "    what it wrote, 13 Sep 2020 – 25 Sep 2020: complete (40 accounts)",
    ]


def test_progress_stands_on_the_terminal_alone(store: OpenStore) -> None:
    with site(3) as paged:
        leader, follower = pty.openpty()
        process = begun(obeying_ctrl_c, "fetch", paged.address, "--allow-local", "--store", store.path, err=follower)
        os.close(follower)
        shown = b""
        while True:
            try:
                more = os.read(leader, 4096)
            except OSError:
                break
            if not more:
                break
            shown += more
        out, _ = process.communicate(timeout=60)
        os.close(leader)
    assert process.returncode == 0
    assert b"9 read, 9 new" in out
    assert b"/200" in shown
    assert b"127.0.0.1" in shown
    assert b"@ada.example on Bluesky: page 2" in shown
