"""Erasing somebody leaves no byte of theirs in the store, and nothing brings them back."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from permadani.errors import WhoError
from permadani.store import Store, staging
from permadani.store.identity import identify
from permadani.vocabulary import (
    Actor,
    Addressed,
    Announce,
    Coverage,
    Follow,
    Like,
    Object,
    Person,
    Problem,
    Record,
    Standing,
)
from store.doors import FakeDoor, fetched
from store.networks import START, Contents, contents, exported, post, roots_of

GONE = "https://hilang.example/users/kenanga"
ALIAS = "wordpress:blog.example/name/Kenanga Hilang"
KEPT = "x:user/1"
TRACES = (b"kenanga", b"Kenanga", b"hilang.example", b"pamit dulu", b"klien-rahasia", b"kabar lama")


def by_the_gone(name: str, text: str = "pamit dulu", **values: object) -> Object:
    values = {"actor": GONE, "client": "klien-rahasia", "url": f"https://hilang.example/@k/{name}"} | values
    return Object(id=f"https://hilang.example/{name}", channel="x", kind="note", published=START, text=text, **values)


def network() -> list[Record]:
    mine = "https://hilang.example/1"
    return [
        Actor(id=GONE, channel="x", handle="kenanga", name="Kenanga", url="https://hilang.example/@k", followers=7),
        Actor(id=ALIAS, channel="wordpress", name="Kenanga Hilang"),
        Actor(id=KEPT, channel="x", handle="melati", name="Melati"),
        post(0, KEPT, text="halaman pertama"),
        by_the_gone("1", in_reply_to="x:status/0"),
        by_the_gone("2", text="kabar lama", actor=ALIAS, quotes="x:status/0"),
        post(3, KEPT, text="balasan", in_reply_to=mine),
        post(4, KEPT, text="kutipan", quotes=mine),
        post(5, "x:user/2", text="hai"),
        post(6, KEPT, text="tanya", in_reply_to="https://hilang.example/2"),
        Addressed(object=mine, actor=KEPT, kind="mention"),
        Addressed(object="x:status/5", actor=GONE, kind="mention"),
        Announce(actor=GONE, object="x:status/0", published=START + 1),
        Announce(actor=KEPT, object=mine, published=START + 2),
        Announce(actor="x:user/2", object="x:status/0", published=START + 3),
        Like(actor=GONE, object="x:status/0"),
        Like(actor=KEPT, object=mine),
        Follow(actor=GONE, object=KEPT),
        Follow(actor=KEPT, object=GONE),
        Follow(actor=KEPT, object="x:user/2"),
        Standing(actor=GONE, observed=START, followers=7),
        Standing(actor=KEPT, observed=START, followers=9),
        Coverage(
            actor=GONE, channel="x", direction="outbound", since=None, until=None, completeness="complete", basis="a"
        ),
        Coverage(
            actor=None, channel="x", direction="inbound", since=None, until=None, completeness="partial", basis="b"
        ),
        Person(person="person:" + GONE, actor=GONE),
        Person(person="person:" + GONE, actor=ALIAS),
        Problem(reason="malformed_row", place="line 3", example="@kenanga: pamit dulu"),
    ]


def bytes_beside(store: Store) -> bytes:
    return b"".join(path.read_bytes() for path in sorted(store.path.parent.rglob("*")) if path.is_file())


def forgotten(store: Store) -> Contents:
    store.add(network())
    assert all(trace in bytes_beside(store) for trace in TRACES[:1])
    result = store.forget("@kenanga")
    assert (result.actors, result.objects) == (2, 2)
    return contents(store)


def test_no_byte_is_left_next_to_the_store(store: Store) -> None:
    forgotten(store)
    left = bytes_beside(store)
    for trace in TRACES:
        assert trace not in left
    for uri in (GONE, ALIAS, "https://hilang.example/1", "https://hilang.example/2"):
        assert uri.encode() not in left
    assert sorted(path.name for path in store.path.parent.iterdir()) == ["store.duckdb"]


def test_what_others_wrote_and_did_is_kept(store: Store) -> None:
    found = forgotten(store)
    texts = {row[0]: row[8] for row in found["objects"]}
    assert texts == {
        "x:status/0": "halaman pertama", "x:status/3": "balasan", "x:status/4": "kutipan", "x:status/5": "hai",
        "x:status/6": "tanya",
    }  # fmt: skip
    assert found["announces"] == [("x:user/2", "x:status/0", START + 3)]
    assert (found["likes"], found["addressed"], found["people"]) == ([], [], [])
    assert found["follows"] == [(KEPT, "x:user/2")]
    assert found["standings"] == [(KEPT, START, 9)]
    assert {row[0] for row in found["actors"]} == {KEPT, "x:user/2"}


def test_the_conversation_of_others_stays_together(store: Store) -> None:
    forgotten(store)
    assert roots_of(store)["x:status/3"] == "x:status/0"
    store.add(network())
    assert roots_of(store)["x:status/3"] == "x:status/0"


def test_what_others_said_to_the_gone_still_counts_as_said(store: Store) -> None:
    """Mailboxes are as if the store had never known the gone: an outbox row without a recipient."""
    forgotten(store)
    with store.session() as connection:
        out = connection.execute("SELECT object, recipient FROM outbox WHERE actor = ?", [identify(KEPT)]).fetchall()
        inbox = connection.execute("SELECT count(*) FROM inbox WHERE recipient = ?", [identify(GONE)]).fetchall()
    assert {row[0] for row in out} == {identify(f"x:status/{n}") for n in (0, 3, 4, 6)}
    assert all(row[1] != identify(GONE) for row in out)
    assert inbox == [(0,)]


def test_silence_of_the_gone_is_no_evidence(store: Store) -> None:
    rows = [row for row in forgotten(store)["coverage"] if row[0] is not None]
    assert [(row[0], row[2], row[5]) for row in rows] == [
        (f"permadani:id/{number}", "outbound", "none") for number in sorted((identify(GONE), identify(ALIAS)), key=str)
    ]


def test_an_import_does_not_bring_it_back(store: Store, tmp_path: Path) -> None:
    before = forgotten(store)
    (report,) = store.add([*network(), by_the_gone("3", text="pamit dulu lagi"), post(9, KEPT)]).files
    reasons = {p.reason: p.lost for p in report.problems}
    assert reasons == {"forgotten": False, "malformed_row": True}
    assert report.read == report.new + report.known
    after = contents(store)
    assert [row for row in after["objects"] if row[0] != "x:status/9"] == before["objects"]
    for name in ("actors", "addressed", "announces", "likes", "follows", "people", "standings"):
        assert after[name] == before[name], name
    with store.session(write=True) as connection:
        connection.execute("DELETE FROM problems")  # they quote the file that was imported again
    store.forget("x:user/2")  # written anew, so that the bytes of the deleted problems are gone too
    left = bytes_beside(store)
    for trace in TRACES:
        assert trace not in left


@pytest.mark.parametrize("batch", [1, 2, 20_000])
def test_new_messages_of_the_gone_leave_no_address_behind(
    store: Store, monkeypatch: pytest.MonkeyPatch, batch: int
) -> None:
    """Also where replies, likes and mentions come before the message that tells whose it is."""
    forgotten(store)
    monkeypatch.setattr(staging, "BATCH", batch)
    new = "https://hilang.example/99"
    store.add(
        [
            Like(actor=KEPT, object=new),
            Announce(actor=KEPT, object=new, published=START),
            Addressed(object=new, actor=KEPT, kind="mention"),
            post(20, KEPT, in_reply_to=new),
            by_the_gone("99"),
            post(21, KEPT, quotes=new),
        ]
    )
    assert new.encode() not in bytes_beside(store)
    found = contents(store)
    assert (found["likes"], found["addressed"]) == ([], [])
    assert new not in str(found)
    store.add([Like(actor=KEPT, object=new), post(22, KEPT, in_reply_to=new)])
    assert new.encode() not in bytes_beside(store)
    assert contents(store)["likes"] == []


def test_the_key_is_outside_the_store_and_for_the_owner_only(store: Store, home: Path) -> None:
    forgotten(store)
    key = home / "forget.key"
    assert key.stat().st_mode & 0o777 == 0o600
    secret = key.read_bytes()
    assert len(secret) == 32
    left = bytes_beside(store)
    assert secret not in left
    assert secret.hex().encode() not in left
    with store.session() as connection:
        marks = {row[0] for row in connection.execute("SELECT mark FROM forgotten").fetchall()}
    assert staging.mark(secret, GONE) in marks
    assert len(marks) == len({*marks}) >= 4


def test_a_person_linked_in_another_way_before_leaves_nothing(store: Store) -> None:
    store.add([r for r in network() if not isinstance(r, Person)])
    store.link(GONE, KEPT)
    store.unlink(GONE)
    store.link(ALIAS, GONE)
    store.forget("@kenanga")
    left = bytes_beside(store)
    for trace in TRACES:
        assert trace not in left


def test_an_export_goes_round_after_forgetting(store: Store, tmp_path: Path) -> None:
    before = forgotten(store)
    exported(store, tmp_path / "out")
    other = Store(tmp_path / "other.duckdb")
    assert other.import_(tmp_path / "out").usable
    after = contents(other)
    assert after == before


def test_forgetting_twice_two_and_nobody(store: Store) -> None:
    forgotten(store)
    with pytest.raises(WhoError, match="nobody"):
        store.forget("@kenanga")
    store.forget("@melati")
    assert b"halaman pertama" not in bytes_beside(store)
    assert [row[0] for row in contents(store)["objects"]] == ["x:status/5"]


def test_a_leftover_of_a_killed_attempt_is_in_nobodys_way(store: Store) -> None:
    store.add(network())
    store.path.with_name("store.duckdb.new").write_bytes(os.urandom(4096))
    store.forget("@kenanga")
    assert sorted(path.name for path in store.path.parent.iterdir()) == ["store.duckdb"]
    assert len(store.imports()[0].files) == 1


def test_what_fetches_remember_of_the_gone_goes_too(store: Store) -> None:
    store.add(network())
    own = FakeDoor([[]], "mastodon", f"mastodon {GONE}", GONE, "@kenanga@hilang.example on Mastodon")
    fetched(store, own, "@kenanga@hilang.example")
    remembering = FakeDoor([[]], place="one", who=KEPT, remembers={"seen": {"https://hilang.example/1": [GONE, 7]}})
    fetched(store, remembering)
    also = FakeDoor([[]], place="two", who=KEPT, remembers={"near": ["#HTTPS:\\/\\/", "it says @Kenanga here"]})
    fetched(store, also)
    fetched(store, FakeDoor([[]], place="three", who=KEPT, title="@kenanga.example on Bluesky"))
    result = store.forget("@kenanga")
    assert result.actors == 2
    left = bytes_beside(store)
    for trace in (b"@Kenanga here", b"hilang.example", b"users/kenanga"):
        assert trace not in left
    with store.session() as connection:
        rows = connection.execute("SELECT place, state IS NULL FROM fetches ORDER BY place").fetchall()
    assert rows == [("one", True), ("three", False), ("two", True)]
    assert [one.paths for one in store.imports()] == [
        "records", "", "@ada.example on Bluesky", "@ada.example on Bluesky", "@kenanga.example on Bluesky",
    ]  # fmt: skip
    assert [one.files[0].path for one in store.imports()][:2] == ["records", ""]
    assert fetched(store, remembering).complete
    assert remembering.states[1] is None
