"""Importing is idempotent and does not depend on the order in which files come."""

from __future__ import annotations

import itertools
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from permadani.store import Store
from permadani.vocabulary import Addressed, Announce, Coverage, Like, Object, Person, Record, Standing
from store.networks import ACTORS, DAY, START, account, contents, networks, post, roots_of, village

QUICK = settings(max_examples=6, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
LONG = settings(max_examples=120, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))


def imported_twice(records: list[Record]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        store = Store(Path(folder, "store.duckdb"))
        report = store.add(records)
        once = contents(store)
        again = store.add(records)
        assert contents(store) == once
        for one in (report, again):
            assert all(file.read == file.new + file.known for file in one.files)
        assert (again.actors, again.objects, again.announces, again.likes, again.follows) == (0, 0, 0, 0, 0)
        assert report.objects == len(once["objects"])
        assert report.actors == len(once["actors"])


def split_in_any_order(records: list[Record], order: list[int]) -> None:
    """``order`` names for each record the import it comes with."""
    with tempfile.TemporaryDirectory() as folder:
        whole = Store(Path(folder, "whole.duckdb"))
        whole.add(records)
        parts = Store(Path(folder, "parts.duckdb"))
        for part in sorted(set(order)):
            parts.add([record for record, at in zip(records, order, strict=True) if at == part])
        expected, found = contents(whole), contents(parts)
        if records:
            assert found == expected


@given(networks)
@QUICK
def test_the_same_records_twice_change_nothing(records: list[Record]) -> None:
    imported_twice(records)


@given(st.data(), networks)
@QUICK
def test_the_order_of_imports_does_not_matter(data: st.DataObject, records: list[Record]) -> None:
    size = len(records)
    split_in_any_order(records, data.draw(st.lists(st.integers(0, 2), min_size=size, max_size=size)))


@pytest.mark.slow
@given(networks)
@LONG
def test_the_same_records_twice_change_nothing_long(records: list[Record]) -> None:
    imported_twice(records)


@pytest.mark.slow
@given(st.data(), networks)
@LONG
def test_the_order_of_imports_does_not_matter_long(data: st.DataObject, records: list[Record]) -> None:
    size = len(records)
    split_in_any_order(records, data.draw(st.lists(st.integers(0, 2), min_size=size, max_size=size)))


def both_ways(*imports: list[Record]) -> None:
    """The imports in this order, in the other order, and all at once give one store."""
    with tempfile.TemporaryDirectory() as folder:
        found = []
        for number, order in enumerate((imports, imports[::-1], [[r for one in imports for r in one]])):
            store = Store(Path(folder, f"{number}.duckdb"))
            for records in order:
                store.add(records)
            found.append(contents(store))
        assert found[0] == found[1] == found[2]


def test_a_conversation_comes_together_over_several_imports(store: Store) -> None:
    chain = [post(0), *(post(n, ACTORS[n % 3], in_reply_to=f"x:status/{n - 1}") for n in range(1, 9))]
    for n in (7, 2, 5, 0, 8, 3, 1, 6, 4):
        store.add([chain[n]])
    assert set(roots_of(store).values()) == {"x:status/0"}
    assert len(roots_of(store)) == 9


def test_a_reply_to_something_never_seen_waits_there(store: Store) -> None:
    store.add([post(2, in_reply_to="x:status/1"), post(3, in_reply_to="x:status/2")])
    assert roots_of(store) == {"x:status/2": "x:status/1", "x:status/3": "x:status/1"}
    store.add([post(1, in_reply_to="x:status/0"), post(0)])
    assert set(roots_of(store).values()) == {"x:status/0"}


def test_a_thread_that_a_later_version_names_moves_the_replies_too() -> None:
    both_ways(
        [post(0), post(1, in_reply_to="x:status/0"), post(2, ACTORS[1], in_reply_to="x:status/1")],
        [post(5, ACTORS[2]), post(1, in_reply_to="x:status/0", thread="x:status/5")],
    )


def test_a_thread_that_is_named_later_for_a_reply_far_down_moves_everything_below() -> None:
    chain: list[Record] = [post(0), *(post(n, ACTORS[n % 3], in_reply_to=f"x:status/{n - 1}") for n in range(1, 7))]
    both_ways(chain, [post(3, in_reply_to="x:status/2", thread="x:status/9")], [post(9, ACTORS[4])])


@pytest.mark.parametrize("length", [1, 2, 3, 4, 5, 7, 64])
def test_a_ring_of_replies_ends_and_is_one_conversation(length: int) -> None:
    ring: list[Record] = [post(n, ACTORS[n % 3], in_reply_to=f"x:status/{(n + 1) % length}") for n in range(length)]
    outside = post(100, in_reply_to="x:status/0")
    both_ways(ring[: length // 2], ring[length // 2 :], [outside])
    with tempfile.TemporaryDirectory() as folder:
        store = Store(Path(folder, "store.duckdb"))
        store.add([*ring, outside])
        assert len(set(roots_of(store).values())) == 1


def test_a_ring_that_a_later_version_opens_is_a_conversation_again() -> None:
    ring: list[Record] = [post(n, ACTORS[n], in_reply_to=f"x:status/{(n + 1) % 3}") for n in range(3)]
    both_ways([*ring, post(7, in_reply_to="x:status/2")], [post(1, ACTORS[1], thread="x:status/8")], [post(8)])


def test_another_author_of_a_first_message_changes_who_was_spoken_to() -> None:
    comments: list[Record] = [post(n, ACTORS[3], thread="x:status/0") for n in range(1, 4)]
    deeper = post(6, ACTORS[4], in_reply_to="x:status/1", thread="x:status/0")
    both_ways([post(0, ACTORS[0]), *comments, deeper], [post(0, ACTORS[1])], [post(0, ACTORS[2])])


def test_deleted_takes_the_text_and_keeps_the_row(store: Store) -> None:
    said = post(0, text="rahasia", url="https://contoh.example/0")
    gone = post(0, deleted=True)
    both_ways([said], [gone])
    store.add([said, post(1, text="tetap")])
    store.add([gone])
    store.add([said])
    found = {row[0]: row for row in contents(store)["objects"]}
    columns = list(Object.__struct_fields__)
    row = dict(zip(columns, found["x:status/0"], strict=True))
    assert (row["deleted"], row["text"], row["url"], row["published"]) == (True, None, None, START)
    assert dict(zip(columns, found["x:status/1"], strict=True))["text"] == "tetap"


def test_known_beats_unknown_and_two_versions_are_reported(store: Store) -> None:
    store.add([post(0, language="id"), account(0, followers=3)])
    store.add([post(0, text="halo", spam=False), account(0, handle="melati")])
    (report,) = store.add([post(0, published=START + 1)]).files
    assert [(p.reason, p.count, p.lost) for p in report.problems] == [("conflicting_versions", 1, False)]
    found = contents(store)
    assert found["actors"][0] == ("x:user/0", "x", "melati", None, None, 3, None, None)
    row = dict(zip(Object.__struct_fields__, found["objects"][0], strict=True))
    assert (row["text"], row["language"], row["spam"], row["automatic"]) == ("halo", "id", False, None)


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
@pytest.mark.parametrize("together", [False, True])
def test_nobodys_words_stand_under_another_name(store: Store, order: tuple[int, ...], together: bool) -> None:
    """A stranger's file brings the id of somebody's message with other words: one version stands whole."""
    versions = [
        post(0, ACTORS[0], text="aku", language="id", url="https://contoh.example/1"),
        post(0, ACTORS[1], text="zzz", spam=True, published=START + DAY),
    ]
    batches = [[versions[n] for n in order]] if together else [[versions[n]] for n in order]
    reports = [store.add(batch) for batch in batches]
    assert [p.reason for file in reports[-1].files for p in file.problems] == ["conflicting_versions"]
    (found,) = contents(store)["objects"]
    row = dict(zip(Object.__struct_fields__, found, strict=True))
    whole = {version.actor: version for version in versions}[row["actor"]]
    assert {name: row[name] for name in ("published", "text", "language", "url", "spam")} == {
        name: getattr(whole, name) for name in ("published", "text", "language", "url", "spam")
    }


CHANGES: dict[str, tuple[Any, Any]] = {
    "in_reply_to": ("x:status/5", "x:status/6"), "thread": ("x:status/5", "x:status/6"), "spam": (True, False),
    "automatic": (True, False), "deleted": (True, False), "text": ("halo", "hai"),
    "quotes": ("x:status/5", "x:status/6"),
}  # fmt: skip


@pytest.mark.parametrize("name", CHANGES)
def test_two_versions_that_contradict_each_other_are_told(store: Store, name: str) -> None:
    one, other = CHANGES[name]
    assert store.add([post(0, **{name: one})]).files[0].problems == ()
    assert store.add([post(0)]).files[0].problems == ()  # unknown contradicts nothing
    (report,) = store.add([post(0, **{name: other})]).files
    assert [(p.reason, p.lost) for p in report.problems] == [("conflicting_versions", False)]


def test_one_true_among_many_unknown_flags_is_not_overlooked(store: Store) -> None:
    posts: list[Record] = [post(n) for n in range(5000)]
    posts[4321] = post(4321, spam=True, client="Kabar", text="satu", thread="x:status/9")
    store.add(posts)
    with store.session() as connection:
        found = connection.execute("SELECT spam, client FROM objects WHERE spam IS NOT NULL").fetchall()
        assert found == [(True, "Kabar")]
        assert connection.execute("SELECT text FROM texts").fetchall() == [("satu",)]


def test_counts_within_one_import_and_over_two(store: Store) -> None:
    like = Like(actor=ACTORS[0], object="x:status/0")
    first = store.add([post(0), post(0), post(1), like, like, account(0)])
    assert (first.files[0].read, first.files[0].new, first.files[0].known) == (5, 3, 2)
    assert (first.objects, first.likes, first.actors, first.announces, first.follows) == (2, 1, 1, 0, 0)
    share = Announce(actor=ACTORS[1], object="x:status/0", published=START)
    second = store.add([post(1), post(2), like, share])
    assert (second.files[0].read, second.files[0].new, second.files[0].known) == (4, 2, 2)
    assert (second.objects, second.announces, second.likes) == (1, 1, 0)


def test_partial_claims_of_one_collection_grow_together_and_complete_ones_stand() -> None:
    def claim(since: int | None, until: int | None, completeness: str) -> Record:
        return Coverage(
            actor=None, channel="x", direction="inbound", since=since, until=until,
            completeness=completeness, basis="b",  # type: ignore[arg-type]
        )  # fmt: skip

    both_ways(
        [claim(5, 9, "partial"), claim(1, 2, "complete")], [claim(3, 6, "partial")], [claim(None, None, "complete")]
    )
    with tempfile.TemporaryDirectory() as folder:
        store = Store(Path(folder, "store.duckdb"))
        store.add([claim(5, 9, "partial"), claim(1, 2, "complete")])
        store.add([claim(3, 6, "partial"), claim(1, 2, "complete")])
        assert [row[3:6] for row in contents(store)["coverage"]] == [(1, 2, "complete"), (3, 9, "partial")]


@pytest.mark.parametrize(
    "record",
    [
        post(0, published=2**63),
        Standing(actor=ACTORS[0], observed=START, followers=2**70),
        account(0, followers=-(2**63) - 1, created=None),
        Like(actor=ACTORS[0], object="x:status/0", published=10**30),
    ],
)
def test_a_number_that_no_column_can_hold_is_a_problem_and_nothing_else_suffers(store: Store, record: Record) -> None:
    (report,) = store.add([post(1), record, post(2), account(0, name="Melati")]).files
    assert [(p.reason, p.count, p.lost) for p in report.problems] == [("invalid_value", 1, True)]
    found = contents(store)
    assert len(found["objects"]) == 2
    assert [(row[0], row[3]) for row in found["actors"]] == [("x:user/0", "Melati")]


def test_a_village_in_five_imports_is_the_village() -> None:
    records = village()
    both_ways(records[:80], records[80:81], records[81:300], records[300:])


def test_people_who_share_an_account_are_one_in_whatever_order_they_come() -> None:
    """Also where a key comes again after its people were joined with others."""

    def of(key: str, *numbers: int) -> list[Record]:
        return [Person(person=key, actor=f"x:user/{n}") for n in numbers]

    tables = [of("p", 0, 1), of("q", 2, 3), of("r", 1, 2), of("q", 4), of("s", 5, 6)]
    found = set()
    for order in [*itertools.permutations(tables)][::11]:
        with tempfile.TemporaryDirectory() as folder:
            store = Store(Path(folder, "store.duckdb"))
            for table in order:
                store.add(table)
            found.add(tuple(contents(store)["people"]))
    ((*people,),) = found
    assert sorted(actor for _, actor in people) == [f"x:user/{n}" for n in range(7)]
    assert len({key for key, actor in people if actor < "x:user/5"}) == 1 and len({key for key, _ in people}) == 2


def test_mentions_that_come_after_their_message_reach_the_mailboxes() -> None:
    both_ways(
        [post(0), post(1, ACTORS[1], in_reply_to="x:status/0"), post(2, ACTORS[2], in_reply_to="x:status/1")],
        [Addressed(object="x:status/1", actor=ACTORS[4], kind="mention")],
        [Addressed(object="x:status/2", actor=ACTORS[4], kind="mention")],
    )
