"""The door to an account on a Mastodon server, with and without a token, from a stub that says it is one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec
import pytest

from permadani.errors import BadAnswer, BadStatus, NoDoor
from permadani.sources.http import Answer, Client
from permadani.sources.live import asked
from permadani.sources.live.base import followers_of
from permadani.sources.mastodon.live import knock
from permadani.vocabulary import (
    Coverage,
)
from servers.mastodon.stub import Stub
from servers.mastodon.world import DAY
from sources.http.hostile import Hostile, json
from sources.mastodon_runs import NOW, Kept, compared, door_of, hall_stub, run

FINGER: dict[str, Any] = {
    "subject": "acct:ada@ada.example",
    "links": [{"rel": "self", "type": "application/activity+json", "href": "https://social.ada.example/users/ada"}],
}
ACCOUNT = {"id": "1", "username": "ada", "uri": "https://social.ada.example/users/ada"}


class Answers(Client):
    """Answers by address, without a server; all else is not there."""

    def __init__(self, told: dict[str, Any]) -> None:
        super().__init__()
        self.told, self.asked = told, list[str]()

    def get(self, url: str, *_: Any, **__: Any) -> Answer:
        self.asked.append(url)
        if url not in self.told:
            raise BadStatus("{host} answered with status {status}", host="nobody", status=404)
        return Answer(url, 200, {}, msgspec.json.encode(self.told[url]))


@pytest.fixture
def stub() -> Iterator[Stub]:
    with hall_stub() as running:
        yield running


# -- the door -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text", ["@ada@HOST", "ada@HOST", "http://HOST/@ada", "http://HOST/users/ada", "http://HOST/@ada/12"]
)
def test_the_door_is_found_by_name_and_by_address(stub: Stub, text: str) -> None:
    with Client(allow_local=True) as client:
        door = door_of(stub, client, text.replace("HOST", stub.host))
    assert door.who == f"http://{stub.host}/users/ada"
    assert door.place == f"mastodon {door.who}"
    assert door.title == f"@ada@{stub.host} on Mastodon"
    assert door.source == "mastodon"
    assert followers_of(door) == 9_000


def test_somebody_else_is_asked_for_at_their_own_server(stub: Stub) -> None:
    with Client(allow_local=True) as client:
        door = door_of(stub, client, f"http://127.0.0.1:1/@ada@{stub.host}")
    assert door.who == f"http://{stub.host}/users/ada"


def test_an_account_that_is_not_there_is_said_not_to_be(stub: Stub) -> None:
    with Client(allow_local=True) as client, pytest.raises(NoDoor, match="knows no account “nobody”"):
        knock(asked(f"@nobody@{stub.host}"), client)


def test_other_sites_are_left_to_other_doors() -> None:
    with Hostile() as server, Client(allow_local=True) as client:
        assert knock(asked(server.url("/@ada")), client) is None
        assert knock(asked(server.url("/2024/05/a-post")), client) is None
        with pytest.raises(NoDoor, match="does not speak Mastodon's interface") as caught:
            knock(asked(f"@ada@127.0.0.1:{server.port}"), client)
    assert "archive" in (caught.value.hint_text() or "")


@pytest.mark.parametrize("path", ["/", "/@ada/../..", "/about", "/tags/rugs", "/@"])
def test_addresses_that_are_no_profile_are_not_even_asked_about(stub: Stub, path: str) -> None:
    with Client(allow_local=True) as client:
        if path != "/@ada/../..":
            assert knock(asked(f"http://{stub.host}{path}"), client) is None
            assert stub.asked == []


def test_a_server_for_members_only_says_so(stub: Stub) -> None:
    stub.closed = True
    with Client(allow_local=True) as client, pytest.raises(NoDoor, match="only to those who log in") as caught:
        knock(asked(f"@ada@{stub.host}"), client)
    assert "docs/sources/mastodon.md" in (caught.value.hint_text() or "")


@pytest.mark.parametrize(
    "href", ["http://10.0.0.7/users/ada", "file:///etc/passwd", "https://name:word@far.example/users/ada", "https://["]
)
def test_an_actor_at_a_strange_address_is_not_followed(stub: Stub, href: str) -> None:
    def lies(path: str, value: Any) -> Any:
        if path.endswith("webfinger"):
            value["links"][1]["href"] = href
        return value

    stub.changes = lies
    with Client(allow_local=True) as client:
        assert door_of(stub, client).who == f"http://{stub.host}/users/ada"  # what the server itself says of it


def test_an_answer_about_another_account_is_refused(stub: Stub) -> None:
    stub.changes = lambda path, value: {**value, "uri": "https://far.example/users/cy"} if "lookup" in path else value
    with Client(allow_local=True) as client, pytest.raises(BadAnswer, match="another account"):
        knock(asked(f"@ada@{stub.host}"), client)


def subject(stub: Stub, told: str) -> None:
    """WebFinger calls the account something else than what was asked."""

    def changes(path: str, value: Any) -> Any:
        return {**value, "subject": told} if path.endswith("webfinger") else value

    stub.changes = changes


def test_a_name_at_another_host_is_shown_only_if_that_host_confirms_it(stub: Stub) -> None:
    with Hostile() as other, Client(allow_local=True) as client:
        subject(stub, f"acct:ada@127.0.0.1:{other.port}")
        assert door_of(stub, client).title == f"@ada@{stub.host} on Mastodon"
        assert other.seen, "the other host is asked"
        self = {"rel": "self", "type": "application/activity+json", "href": f"{other.url('')}users/ada"}
        other.on("/.well-known/webfinger", json({"subject": "acct:ada@far.example", "links": [self]}))
        assert door_of(stub, client).title == f"@ada@{stub.host} on Mastodon"


def test_a_name_that_its_host_confirms_is_shown() -> None:
    client = Answers(
        {
            "https://social.ada.example/.well-known/webfinger": FINGER,
            "https://ada.example/.well-known/webfinger": FINGER,
            "https://social.ada.example/api/v1/accounts/lookup": ACCOUNT,
        }
    )
    door = knock(asked("@ada@social.ada.example"), client)
    assert door is not None and door.title == "@ada@ada.example on Mastodon"
    del client.told["https://ada.example/.well-known/webfinger"]
    door = knock(asked("@ada@social.ada.example"), client)
    assert door is not None and door.title == "@ada@social.ada.example on Mastodon"


def test_an_actor_with_another_name_is_not_believed_where_the_server_does_not_tell_its_address() -> None:
    client = Answers(
        {
            "https://evil.example/.well-known/webfinger": {**FINGER, "subject": "acct:bo@evil.example"},
            "https://social.ada.example/api/v1/accounts/lookup": {"id": "2", "username": "bo"},
        }
    )
    with pytest.raises(BadAnswer, match="another account"):
        knock(asked("@x@evil.example"), client)


def test_an_actor_under_tls_is_never_asked_without(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PERMADANI_SECRET_127_0_0_1___4443", "tok-3n")
    actor = {**FINGER["links"][0], "href": "https://127.0.0.1:4443/users/ada"}
    client = Answers({"http://127.0.0.1/.well-known/webfinger": {**FINGER, "links": [actor]}})
    with pytest.raises(NoDoor):
        knock(asked("@ada@127.0.0.1"), client)
    assert all(url.startswith("https://127.0.0.1:4443/") for url in client.asked[1:])
    client = Answers({})
    assert knock(asked("https://127.0.0.1:4443/users/ada"), client) is None
    assert client.asked and all(url.startswith("https://") for url in client.asked)


# -- with a token ---------------------------------------------------------------------------------------------------


@pytest.fixture
def token(stub: Stub, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv(f"PERMADANI_SECRET_127_0_0_1___{stub.server.port}", stub.world.token)
    return stub.world.token


def mentions(kept: Kept) -> dict[str, tuple[int | None, int | None]]:
    last = [r for r in kept.records if isinstance(r, Coverage) and r.direction == "mentions" and r.until]
    return {claim.completeness: (claim.since, claim.until) for claim in last[-2:]}


def test_the_account_itself_sees_who_names_it(stub: Stub, token: str) -> None:
    kept = run(stub)
    assert kept.stopped is None
    held = compared(stub.world.records(mentions=True))
    own = {o for o in compared(kept.records)["objects"] if o.text == "for those who follow me"}
    assert len(own) == 1, "its own messages for followers are its own to keep"
    assert compared(kept.records)["objects"] - own == held["objects"]
    told = mentions(kept)
    oldest = min(m.at for m in stub.world.messages if stub.world.me in m.names and m.arrived)
    assert told["complete"] == (oldest, NOW)
    assert any(seen.query.get("include_filtered") == ["true"] for seen in stub.server.seen)


def test_private_words_of_others_are_counted_and_not_kept(stub: Stub, token: str) -> None:
    kept = run(stub)
    assert kept.problems()["direct_message"] >= 1 and kept.problems()["followers_only"] >= 1
    assert "secret" not in repr(kept.records) and token not in repr(kept.records) + repr(kept.state)


def test_the_token_of_somebody_else_opens_no_notifications(stub: Stub, token: str) -> None:
    stub.token_of = stub.world.people[0]
    kept = run(stub)
    assert "/api/v1/notifications" not in stub.asked
    assert set(mentions(kept)) == {"none"}
    assert all(o.text != "for those who follow me" for o in kept.objects().values())


def test_where_mentions_are_thrown_away_they_are_not_claimed(stub: Stub, token: str) -> None:
    stub.policy = {"for_not_following": "drop", "for_private_mentions": "drop"}
    assert set(mentions(run(stub))) == {"none"}
    stub.policy = {"for_not_following": "filter", "for_private_mentions": "drop"}
    assert "complete" in mentions(run(stub))


def test_the_second_run_asks_for_new_notifications_only(stub: Stub, token: str) -> None:
    kept = run(stub)
    asked_before = stub.asked.count("/api/v1/notifications")
    new = stub.world.write(stub.world.people[1], 90.5, names=(stub.world.me,))
    run(stub, kept, now=NOW + DAY)
    assert stub.asked.count("/api/v1/notifications") - asked_before == 1
    assert stub.world.uri(new) in kept.objects()
    assert asked_before > 1


def test_a_token_for_something_else_is_said_and_the_rest_is_read(stub: Stub, token: str) -> None:
    stub.refused = ("/api/v1/notifications", 403)
    kept = run(stub)
    assert kept.stopped is None and kept.problems()["api_error"] == 1
    assert set(mentions(kept)) == {"none"}


@pytest.mark.parametrize("token", ["a-wrong-token", "no token at all", "name:a-wrong-token"])
def test_with_a_wrong_token_the_account_is_read_as_by_a_stranger(
    stub: Stub, monkeypatch: pytest.MonkeyPatch, token: str
) -> None:
    stranger = run(stub)
    monkeypatch.setenv(f"PERMADANI_SECRET_127_0_0_1___{stub.server.port}", token)
    kept = run(stub)
    assert kept.stopped is None
    assert kept.problems() == {**stranger.problems(), "login_refused": 1}
    assert compared(kept.records)["objects"] == compared(stranger.records)["objects"]
    assert "wrong-token" not in repr(kept.records) + repr(kept.state)


def test_a_wrong_token_is_no_traceback_and_is_not_shown(stub: Stub, monkeypatch: pytest.MonkeyPatch) -> None:
    stub.closed = True
    monkeypatch.setenv(f"PERMADANI_SECRET_127_0_0_1___{stub.server.port}", "a-wrong-token")
    with Client(allow_local=True) as client, pytest.raises(NoDoor, match="not take the token") as caught:
        knock(asked(f"@ada@{stub.host}"), client)
    assert "a-wrong-token" not in caught.value.text() + repr(caught.value.__dict__)
