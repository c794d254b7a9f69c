"""Reading an account through Mastodon's interface, from a stub that says it is one (tests/servers/mastodon)."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as examples
from hypothesis import strategies as st

from permadani.errors import BadAnswer, BadStatus, BudgetSpent, FetchError, NoDoor
from permadani.sources.foreign import fault
from permadani.sources.http import Client
from permadani.sources.live import asked
from permadani.sources.live.base import FetchOptions, State
from permadani.sources.mastodon.live import MastodonDoor, knock
from permadani.vocabulary import (
    TABLE_OF,
    Actor,
    Addressed,
    Announce,
    Coverage,
    Object,
    Problem,
    Record,
    Standing,
)
from servers.mastodon.stub import SAYS, Stub
from servers.mastodon.world import DAY, START, World, hall
from sources.http.hostile import Hostile

NOW = START + 90 * DAY


@pytest.fixture
def stub() -> Iterator[Stub]:
    with Stub(hall(), most=7) as running:
        yield running


@dataclass
class Kept:
    """What a store would have after some runs: the pages that came, the last state, the claims that stand."""

    records: list[Record] = field(default_factory=list)
    state: State | None = None
    stopped: FetchError | None = None
    requests: int = 0

    def objects(self) -> dict[str, Object]:
        """By id, the latest word on each; what one version does not know is taken from the others, as a store does."""
        found: dict[str, Object] = {}
        for record in self.records:
            if isinstance(record, Object):
                known = found.get(record.id, record)
                parent = record.in_reply_to or known.in_reply_to
                found[record.id] = msgspec.structs.replace(record, in_reply_to=parent, language=None, url=None)
        return found

    def of(self, kind: type[Record]) -> set[Record]:
        return {record for record in self.records if type(record) is kind}

    def problems(self) -> dict[str, int]:
        found: dict[str, int] = {}
        for record in self.records:
            if isinstance(record, Problem):
                found[record.reason] = found.get(record.reason, 0) + 1
        return found


def door_of(stub: Stub, client: Client, text: str | None = None) -> MastodonDoor:
    door = knock(asked(text or f"@ada@{stub.host}"), client)
    assert door is not None
    return door


def run(stub: Stub, kept: Kept | None = None, *, now: int = NOW, since: int = 0, most: int = 10_000) -> Kept:
    """One run; it goes on from what was kept, and stops where the budget is spent."""
    kept = kept or Kept()
    state = json.loads(json.dumps(kept.state))  # as a store gives it back
    with Client(allow_local=True, max_requests=most, sleep=lambda seconds: None) as client:
        try:
            for page in door_of(stub, client).pages(state, FetchOptions(now, since)):
                kept.records += page.records
                kept.state = page.state
            kept.stopped = None
        except FetchError as error:
            kept.stopped = error
        kept.requests += client.requests
    return kept


def compared(records: list[Record]) -> dict[str, set[Any]]:
    """What counts of a conversation: messages, whom they speak to, reshares, how many follow whom."""
    kept = Kept(records)
    return {
        "objects": set(kept.objects().values()),
        "addressed": kept.of(Addressed),
        "announces": kept.of(Announce),
        "standings": {(r.actor, r.followers) for r in records if isinstance(r, Standing)},
        "actors": {(r.id, r.handle, r.name, r.followers) for r in records if isinstance(r, Actor) and r.name},
    }


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


# -- a whole walk ---------------------------------------------------------------------------------------------------


def test_the_whole_conversation_is_read_as_it_was_held(stub: Stub) -> None:
    kept = run(stub)
    assert kept.stopped is None
    read, held = compared(kept.records), compared(stub.world.records())
    for name, expected in held.items():
        assert read[name] == expected, name
    assert {seen.headers.get("authorization") for seen in stub.server.seen} == {None}


def test_all_that_was_read_is_claimed_and_what_federation_hides_is_said(stub: Stub) -> None:
    claims = [record for record in run(stub).records if isinstance(record, Coverage)]
    last = {claim.direction: claim for claim in claims if claim.until == NOW}
    born = START - 300 * DAY
    assert (last["outbound"].since, last["outbound"].completeness) == (born, "complete")
    assert (last["inbound"].since, last["inbound"].completeness) == (born, "complete")
    assert last["mentions"].completeness == "none"
    assert {claim.basis for claim in claims} == {last["inbound"].basis}
    assert "what came from other servers is only what reached this one" in last["inbound"].basis


def test_ids_are_those_of_an_archive(stub: Stub) -> None:
    from permadani.sources.activitystreams.reading import Reading

    kept = run(stub)
    post = next(m for m in stub.world.messages if m.by is stub.world.me and m.to is not None and m.names)
    reading = Reading()
    reading.take(
        {
            "type": "Create", "actor": stub.world.actor_uri(post.by), "published": "2023-11-20T00:00:00Z",
            "to": ["https://www.w3.org/ns/activitystreams#Public"],
            "object": {
                "type": "Note", "id": stub.world.uri(post), "attributedTo": stub.world.actor_uri(post.by),
                "inReplyTo": stub.world.uri(post.to), "content": f"<p>{post.text}</p>",
                "url": f"{stub.world.page_of(post.by)}/{post.number}",
                "published": stub.world.status(post)["created_at"],
                "tag": [{"type": "Mention", "href": stub.world.actor_uri(p), "name": f"@{p.name}"} for p in post.names],
            },
        },
        "entry 1",
    )  # fmt: skip
    archived = next(record for record in reading.out if isinstance(record, Object))
    live = kept.objects()[archived.id]
    assert msgspec.structs.replace(archived, language=None, url=None) == msgspec.structs.replace(live, client=None)
    told = {record for record in reading.out if isinstance(record, Addressed)}
    assert told <= kept.of(Addressed)


def test_what_is_for_some_only_is_left_out_and_counted(stub: Stub) -> None:
    kept = run(stub)
    assert kept.problems().get("followers_only") is None  # the stub shows it to nobody
    assert all("secret" not in (o.text or "") and "follow me" not in (o.text or "") for o in kept.objects().values())


def test_a_deleted_parent_leaves_whom_it_spoke_to(stub: Stub) -> None:
    kept = run(stub)
    answer = next(m for m in stub.world.messages if m.to is not None and m.to.deleted)
    uri = stub.world.uri(answer)
    assert kept.objects()[uri].in_reply_to is None
    assert Addressed(object=uri, actor=stub.world.actor_uri(answer.to.by), kind="to") in kept.of(Addressed)  # type: ignore[union-attr]
    assert kept.problems()["reply_without_parent"] == 1


def test_a_program_is_known_as_one_and_who_opted_out_too(stub: Stub) -> None:
    kept = run(stub)
    tick, fay = f"http://{stub.host}/users/tick", "https://far.example/users/fay"
    assert {o.automatic for o in kept.objects().values() if o.actor == tick} == {True}
    people = {r.id: r for r in kept.records if isinstance(r, Actor)}
    assert people[fay].opted_out is True and people[f"http://{stub.host}/users/bo"].opted_out is False
    assert people[fay].followers is None, "zeros of another server may mean that nobody counted"


def test_messages_of_others_in_the_list_are_not_its_own(stub: Stub) -> None:
    stub.stray = [m for m in stub.world.messages if m.by.name == "dee" and m.boosts is None][:3]
    kept = run(stub)
    assert kept.problems()["another_author"] >= 3
    assert compared(kept.records)["announces"] == compared(stub.world.records())["announces"]
    assert all(o.actor == "https://big.example/users/dee" for o in kept.objects().values() if "big.example" in o.id)


@pytest.mark.parametrize("batches", [True, False])
def test_unknown_parents_are_asked_for(batches: bool) -> None:
    with Stub(hall(), most=7, batches=batches) as stub:
        kept = run(stub)
        assert compared(kept.records)["objects"] == compared(stub.world.records())["objects"]
        assert ("/api/v1/statuses" in stub.asked) is True
        single = [path for path in stub.asked if path.startswith("/api/v1/statuses/") and "context" not in path]
        assert bool(single) is not batches


def test_servers_that_do_not_tell_an_accounts_uri() -> None:
    """Before Mastodon 4.2: known by WebFinger, by the address of its messages, by being met before."""

    def older(path: str, value: Any) -> Any:
        if isinstance(value, dict):
            if "followers_count" in value:
                value.pop("uri", None)
            for part in value.values():
                older(path, part)
        for part in value if isinstance(value, list) else ():
            older(path, part)
        return value

    with Stub(hall(), most=7, changes=older) as stub:
        read, held = compared(run(stub).records), compared(stub.world.records())
        assert read["objects"] == held["objects"]
        assert read["addressed"] == held["addressed"]


# -- limits ---------------------------------------------------------------------------------------------------------


def crowd(replies: int, deep: bool = False) -> World:
    world = World(hall().me)
    post = world.write(world.me, 1)
    at = post
    for i in range(replies):
        at = world.write(world.person(f"p{i}"), 1.1 + i * 0.01, at if deep else post)
    return world


@pytest.mark.parametrize(
    ("world", "how"), [(crowd(5), "complete"), (crowd(70), "partial"), (crowd(25, True), "partial")]
)
def test_a_conversation_that_is_cut_off_is_not_claimed(world: World, how: str) -> None:
    with Stub(world) as stub:
        claims = [r for r in run(stub).records if isinstance(r, Coverage) and r.direction == "inbound"]
        assert {claim.completeness for claim in claims} == {how}


def test_replies_that_the_server_counts_and_does_not_show_are_missing() -> None:
    world = crowd(3)
    world.messages[0].more = {"replies_count": 4}
    with Stub(world) as stub:
        claims = [r for r in run(stub).records if isinstance(r, Coverage) and r.direction == "inbound"]
        assert {claim.completeness for claim in claims} == {"partial"}


def test_conversations_that_are_refused_are_not_asked_for_again() -> None:
    with Stub(hall(), refused=("/context", 401)) as stub:
        kept = run(stub)
    assert len([path for path in stub.asked if path.endswith("/context")]) == 1
    assert kept.stopped is None
    inbound = [r for r in kept.records if isinstance(r, Coverage) and r.direction == "inbound"]
    assert {claim.completeness for claim in inbound} == {"partial"}


def test_a_message_that_is_deleted_while_it_is_read_is_no_gap() -> None:
    world = crowd(3)
    other = world.write(world.me, 2)
    world.write(world.people[0], 2.1, other)

    def deletes(path: str, value: Any) -> Any:
        if path.endswith("/accounts/1/statuses"):
            other.deleted = True  # it stands on the page that was just made
        return value

    with Stub(world, changes=deletes) as stub:
        kept = run(stub)
        assert kept.objects()[world.uri(other)].deleted is True
        assert kept.objects()[world.uri(other)].text is None
        inbound = [r for r in kept.records if isinstance(r, Coverage) and r.direction == "inbound"]
        assert {claim.completeness for claim in inbound} == {"complete"}


@pytest.mark.parametrize("code", [500, 503])
def test_a_server_that_breaks_down_on_the_way_leaves_a_whole_shorter_stretch(stub: Stub, code: int) -> None:
    kept = run(stub, most=14)
    claimed = kept.of(Coverage)
    assert claimed, "some pages came"
    stub.refused = ("/statuses", code)
    run(stub, kept)
    assert isinstance(kept.stopped, BadStatus) and kept.stopped.status == code
    assert kept.of(Coverage) == claimed
    stub.refused = None
    run(stub, kept)
    assert kept.stopped is None and compared(kept.records) == compared(run(stub).records)


def test_a_message_with_a_false_date_does_not_end_the_walk() -> None:
    """Whoever dates a message before the account was made cannot make us believe that all since then was read."""
    world = hall()
    for i, year in enumerate(("1970", "2003", "2099")):
        post = world.write(world.me, 55.05 + i)
        post.more = {"created_at": f"{year}-01-01T00:00:00.000Z"}
    with Stub(world, most=7) as stub:
        since = START + 20 * DAY
        kept = run(stub, since=since)
        outbound = [r for r in kept.records if isinstance(r, Coverage) and r.direction == "outbound"]
        first = outbound[-1].since
        assert first is not None and since - 9 * DAY < first <= since
        own = {
            m.text for m in world.messages if m.by is world.me and m.at >= first and m.visibility == "public" and m.text
        }
        assert own <= {o.text for o in kept.objects().values()}


def test_pages_in_a_ring_end(stub: Stub) -> None:
    stub.ring = True
    kept = run(stub)
    assert isinstance(kept.stopped, BadAnswer)
    assert kept.objects(), "what was read before is kept"


def contexts(stub: Stub) -> list[str]:
    return [path.split("/")[4] for path in stub.asked if path.endswith("/context")]


def test_a_conversation_is_asked_for_once(stub: Stub) -> None:
    """What came under the account's own answers in it is in the same tree."""
    run(stub)
    posts = {m.number for m in stub.world.messages if m.by is stub.world.me and m.to is None and m.text}
    assert len(contexts(stub)) == 20 and set(contexts(stub)) < posts


def test_where_it_is_cut_off_the_answers_are_asked_for_apart() -> None:
    world = crowd(70)
    for i in range(3):
        mine = world.write(world.me, 3 + i, world.messages[40 + i])
        world.write(world.people[-1 - i], 3.5 + i, mine)
    with Stub(world) as stub:
        kept = run(stub)
        assert len(contexts(stub)) == len(set(contexts(stub))) == 4
        assert {m.text for m in world.messages[-6:]} <= {o.text for o in kept.objects().values()}


# -- several runs ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("most", [7, 11, 25])
def test_many_short_runs_read_what_one_long_one_reads(stub: Stub, most: int) -> None:
    kept = Kept()
    for _ in range(60):
        run(stub, kept, most=most)
        if kept.stopped is None:
            break
        assert isinstance(kept.stopped, BudgetSpent)
    assert kept.stopped is None
    assert compared(kept.records) == compared(run(stub).records)


@pytest.mark.parametrize("share", [0.05, 0.3, 0.5, 0.8, 0.95])
def test_whoever_is_stopped_anywhere_loses_the_page_in_flight_at_most(stub: Stub, share: float) -> None:
    whole = run(stub)
    with Client(allow_local=True, sleep=lambda seconds: None) as client:
        pages = list(door_of(stub, client).pages(None, FetchOptions(NOW, 0)))
    some = pages[: int(len(pages) * share) + 1]
    kept = Kept([record for page in some for record in page.records], some[-1].state)
    run(stub, kept)
    assert compared(kept.records) == compared(whole.records)


def test_the_second_run_asks_only_for_what_is_new(stub: Stub) -> None:
    kept = run(stub)
    first, before = kept.requests, len(kept.records)
    ada, bo = stub.world.me, stub.world.people[0]
    old = [m for m in stub.world.messages if m.by is ada and not m.to and m.text and m.visibility == "public"][-1]
    late = stub.world.write(bo, 88, old, names=(ada,))
    stub.world.write(ada, 89, late, names=(bo,))
    run(stub, kept, now=NOW + DAY)
    assert kept.requests - first < first / 2
    fresh = {r.id for r in kept.records[before:] if isinstance(r, Object)}
    assert stub.world.uri(late) in fresh
    assert compared(kept.records)["objects"] == compared(stub.world.records())["objects"]


def test_what_was_deleted_since_keeps_its_bare_row(stub: Stub) -> None:
    world, ada = stub.world, stub.world.me
    post = world.write(ada, 85)
    reply, other = world.write(world.people[0], 85.1, post), world.write(world.people[1], 85.2, post)
    own = world.write(ada, 86)
    kept = run(stub)
    reply.deleted = own.deleted = True
    run(stub, kept, now=NOW + DAY)
    found = kept.objects()
    assert found[world.uri(reply)].deleted is True and found[world.uri(reply)].text is None
    assert found[world.uri(own)].deleted is True and found[world.uri(own)].text is None
    assert found[world.uri(other)].deleted is None


# -- with a token ---------------------------------------------------------------------------------------------------


@pytest.fixture
def token(stub: Stub, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv(f"PERMADANI_SECRET_127_0_0_1_{stub.server.port}", stub.world.token)
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


def test_a_wrong_token_is_no_traceback_and_is_not_shown(stub: Stub, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(f"PERMADANI_SECRET_127_0_0_1_{stub.server.port}", "a-wrong-token")
    with Client(allow_local=True) as client, pytest.raises(NoDoor, match="not take the token") as caught:
        knock(asked(f"@ada@{stub.host}"), client)
    assert "a-wrong-token" not in caught.value.text() + repr(caught.value.__dict__)


# -- hostile answers ------------------------------------------------------------------------------------------------

NASTY = st.one_of(
    st.none(), st.booleans(), st.integers(-(2**70), 2**70), st.floats(allow_nan=False, allow_infinity=False),
    st.text(max_size=20),
    st.sampled_from(["<script>alert(1)</script>", "\ud800", "9" * 500, "https://[", "0001-01-01T00:00:00Z", "\x00"]),
    st.lists(st.none(), max_size=3), st.dictionaries(st.text(max_size=5), st.none(), max_size=2),
)  # fmt: skip


def mutated(value: Any, chance: Random, nasty: list[Any], left: list[int]) -> Any:
    """The same JSON with some values swapped for nasty ones; ``left``: how many more."""
    if left[0] and chance.random() < 1 / 40:
        left[0] -= 1
        return chance.choice([*nasty, [value], {"id": value}, list(value) if isinstance(value, dict) else str(value)])
    if isinstance(value, dict):
        return {name: mutated(part, chance, nasty, left) for name, part in value.items()}
    if isinstance(value, list):
        return [mutated(part, chance, nasty, left) for part in value]
    return value


@examples(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(seed=st.integers(0, 2**32), nasty=st.lists(NASTY, min_size=1, max_size=6), many=st.sampled_from([2, 6, 30]))
def test_hostile_answers_end_in_problems_or_an_error_of_ours(seed: int, nasty: list[Any], many: int) -> None:
    world = crowd(3)
    world.write(world.me, 2, boosts=world.messages[1])
    world.write(world.people[0], 3, names=(world.me,))
    # the stub answers in a thread of its own, where nothing can be drawn
    chance, left = Random(seed), [many]  # noqa: S311
    with (
        Stub(world, changes=lambda path, value: mutated(value, chance, nasty, left)) as stub,
        pytest.MonkeyPatch.context() as patch,
    ):
        patch.setenv(f"PERMADANI_SECRET_127_0_0_1_{stub.server.port}", world.token)
        read_hostile(stub)


def read_hostile(stub: Stub) -> None:
    with Client(allow_local=True, max_requests=60, sleep=lambda seconds: None) as client:
        try:
            for page in door_of(stub, client).pages(None, FetchOptions(NOW, 0)):
                json.dumps(page.state)
                for record in page.records:
                    assert fault(record) is None
        except FetchError as error:
            assert error.text()


def test_the_stub_says_that_it_is_one(stub: Stub) -> None:
    with Client(allow_local=True) as client:
        told = client.get(f"http://{stub.host}/api/v2/instance")
    assert told.headers["x-stub"] == SAYS and "stub" in told.json()["version"]


# -- in the store ---------------------------------------------------------------------------------------------------


def test_the_audit_equals_that_of_the_same_conversation_from_tables(stub: Stub, tmp_path: Path) -> None:
    import permadani

    fetched, held = permadani.open(tmp_path / "fetched.duckdb"), permadani.open(tmp_path / "held.duckdb")
    report = fetched.fetch(f"@ada@{stub.host}", allow_local=True, max_requests=1000, since=0)
    assert report.stopped is None and not any(problem.lost for problem in report.problems)
    who = report.who
    claims = [record for record in run(stub).records if isinstance(record, Coverage)]
    covered = [
        Coverage(actor=who, channel="mastodon", direction=claim.direction, since=claim.since, until=claim.until,
                 completeness=claim.completeness, basis="told by hand")
        for claim in {claim.direction: claim for claim in claims}.values()
    ]  # fmt: skip
    # when somebody looked at the followers is the one thing that cannot be equal: today, and then
    held_then = [record for record in stub.world.records() if not isinstance(record, Standing)]
    write_tables(tmp_path / "tables", [*held_then, *covered])
    assert all(not problem.lost for file in held.import_(tmp_path / "tables").files for problem in file.problems)
    one, other = (store.audit(who, research=True, as_of=NOW).to_dict() for store in (fetched, held))
    assert one["questions"] == other["questions"]
    answers = one["questions"][0]
    assert answers["id"] == "answers" and answers["overall"]["cell"]["answered"] > 10


def write_tables(folder: Path, records: list[Record]) -> None:
    """The neutral tables, as a researcher would hand them in."""
    folder.mkdir()
    for kind, table in TABLE_OF.items():
        rows = [record for record in records if type(record) is kind]
        if rows:
            names = [column.name for column in table.columns]
            with (folder / f"{table.name}.csv").open("w", newline="") as file:
                writer = csv.writer(file)
                writer.writerow(names)
                writer.writerows([getattr(row, name) for name in names] for row in rows)
