"""Reading an account through Mastodon's interface, from a stub that says it is one (tests/servers/mastodon)."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from permadani.errors import BadAnswer, BadStatus, BudgetSpent
from permadani.sources.http import Client
from permadani.sources.live.base import FetchOptions
from permadani.vocabulary import (
    TABLE_OF,
    Actor,
    Addressed,
    Coverage,
    Object,
    Record,
    Standing,
)
from servers.mastodon.stub import Stub
from servers.mastodon.world import DAY, START, World, hall
from sources.mastodon_runs import NOW, Kept, compared, crowd, door_of, hall_stub, run


@pytest.fixture
def stub() -> Iterator[Stub]:
    with hall_stub() as running:
        yield running


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
    assert stub.world.uri(late) not in fresh, "answered or not, what comes late under an old message is not seen"
    assert "mention_without_id" not in kept.problems(), "who was met before is known"
    told = {one for one in compared(stub.world.records())["objects"] if one.id != stub.world.uri(late)}
    assert compared(kept.records)["objects"] == told


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
