"""Repositories of Bluesky and the JSON of its API and streams: what becomes of them, and what strangers do to them."""

from __future__ import annotations

import gzip
import json
import random
import sys
from collections import Counter
from collections.abc import Callable
from hashlib import sha512
from pathlib import Path
from typing import Any

import pytest
from bluesky_samples import (
    ANI,
    BAYU,
    FOLLOW,
    GOLDEN,
    LIKE,
    MARCH,
    POST,
    key,
    post,
    ref,
    reply,
    samples,
    uri,
    when,
)
from car_writer import Cid, car, cid_of, encode, layer, repository, repository_file, section, tid, tree, varint
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from permadani.errors import InputError, TooLarge, UnexpectedEnd, Unreadable
from permadani.sources import InputFile, recognise, walk
from permadani.sources.base import ReadOptions
from permadani.sources.bluesky import Bluesky
from permadani.sources.bluesky.car import Blocks
from permadani.sources.bluesky.tree import Found, Tree
from permadani.sources.bluesky.uris import handle_of, reference, tid_moment
from permadani.vocabulary import Actor, Addressed, Announce, Coverage, Cue, Follow, Like, Object, Problem, Record

DATA = Path(__file__).parents[3] / "shared" / "data" / "bluesky-car"
real = pytest.mark.skipif(not DATA.exists(), reason="../shared/data is not here")


@pytest.fixture
def read(tmp_path: Path) -> Callable[..., list[Record]]:
    """The records of a file with this content; what ends it is raised after ``read.before`` was filled."""

    def reading(content: bytes, name: str = "repo.car", owner: str | None = None) -> list[Record]:
        (tmp_path / name).write_bytes(content)
        (file,) = walk(tmp_path / name)
        assert isinstance(file, InputFile)
        reading.before = []  # type: ignore[attr-defined]
        for record in Bluesky().read(file, ReadOptions(owner=owner)):
            reading.before.append(record)  # type: ignore[attr-defined]
        return reading.before  # type: ignore[attr-defined,no-any-return]

    return reading


def lines(*values: Any) -> bytes:
    return "".join(json.dumps(value) + "\n" for value in values).encode()


def reasons(records: list[Record]) -> list[str]:
    return [record.reason for record in records if isinstance(record, Problem)]


def of(records: list[Record], kind: type[Record]) -> list[Any]:
    return [record for record in records if isinstance(record, kind)]


def test_golden_files_are_what_their_maker_writes() -> None:
    assert {path.name: path.read_bytes() for path in GOLDEN.iterdir() if "expected" not in path.name} == samples()


# Names


def test_a_record_key_holds_its_time() -> None:
    assert tid_moment("3kly5whjwmc2v") == 1_708_576_524_989_000  # a real one: 15 s after the createdAt beside it
    assert tid_moment(tid(MARCH, 1023)) == MARCH
    assert [tid_moment(other) for other in ("self", "3kly5whjwmc2", "3KLY5WHJWMC2V", "zzzzzzzzzzzzz", None)] == [
        None
    ] * 5


def test_addresses() -> None:
    assert reference(uri(ANI, 0)) == (uri(ANI, 0), ANI, POST, key(0))
    assert reference("at://bayu.example/app.bsky.feed.post/3k") == (
        "at://bayu.example/app.bsky.feed.post/3k", None, POST, "3k",
    )  # fmt: skip
    for wrong in ("", "at://", ANI, f"at://{ANI}/{POST}", f"{uri(ANI, 0)}/x", f"{uri(ANI, 0)} ", 7, None, ["at://"]):
        assert reference(wrong) is None
    assert reference("at://" + "a" * 5000) is None and reference("at://did:plc:" + "a" * 5000) is None


def test_handles() -> None:
    assert handle_of("@Ani.Example") == handle_of("at://ani.example") == "ani.example"
    assert [handle_of(other) for other in ("ani", "ani@example.org", ANI, "handle.invalid", "", None, "a" * 9999)] == [
        None
    ] * 7


# Repositories


def test_the_owner_may_be_named(read: Callable[..., list[Record]]) -> None:
    content = repository_file(ANI, {}, key(60))
    assert of(read(content, owner="@ani.example"), Actor)[0].handle == "ani.example"
    assert of(read(content, owner="ani@example.org"), Actor)[0].handle is None
    assert of(read(content, owner=BAYU), Actor)[0].id == ANI


RECORDS = st.dictionaries(
    st.tuples(st.sampled_from([POST, LIKE, FOLLOW]), st.integers(0, 40_000)).map(lambda k: f"{k[0]}/{key(k[1])}"),
    st.tuples(st.text(max_size=20), st.integers(0, 40_000)),
    max_size=60,
)


def body(path: str, text: str, minutes: int) -> dict[str, Any]:
    kind = path.partition("/")[0]
    created = {"$type": kind, "createdAt": when(tid_minutes(path))}
    if kind == POST:
        return {**created, "text": text, "reply": reply(uri(BAYU, minutes), uri(BAYU, minutes))}
    return {**created, "subject": ref(uri(BAYU, minutes)) if kind == LIKE else f"did:plc:{minutes:024}"}


def tid_minutes(path: str) -> int:
    return 0 if (moment := tid_moment(path.rpartition("/")[2])) is None else (moment - MARCH) // 60_000_000


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(RECORDS, st.randoms(use_true_random=False))
def test_what_is_written_is_read(
    read: Callable[..., list[Record]], drawn: dict[str, tuple[str, int]], shuffle: random.Random
) -> None:
    """Records to a file and back, whatever the order of the blocks in it."""
    records = {path: body(path, *value) for path, value in drawn.items()}
    for path, record in records.items():  # minutes beyond a day are told by the key alone
        if tid_minutes(path) >= 14 * 60:
            record["createdAt"] = ""
    root, blocks = repository(ANI, records, key(50_000))
    shuffle.shuffle(blocks)
    found = read(car([root], blocks))
    posts = {post.id: (post.text, post.published, post.in_reply_to) for post in of(found, Object)}
    assert posts == {
        f"at://{ANI}/{path}": (text, MARCH + tid_minutes(path) * 60_000_000, uri(BAYU, minutes))
        for path, (text, minutes) in drawn.items() if path.startswith(POST)
    }  # fmt: skip
    likes = sorted((like.object, like.published) for like in of(found, Like))
    assert likes == sorted(
        (uri(BAYU, minutes), MARCH + tid_minutes(path) * 60_000_000)
        for path, (_, minutes) in drawn.items() if path.startswith(LIKE)
    )  # fmt: skip
    assert {follow.object for follow in of(found, Follow)} == {
        f"did:plc:{minutes:024}" for path, (_, minutes) in drawn.items() if path.startswith(FOLLOW)
    }
    assert set(reasons(found)) <= {"time_corrected"}
    assert {claim.completeness for claim in of(found, Coverage)} == {"complete", "none"}


def test_keys_of_several_layers_are_found(read: Callable[..., list[Record]]) -> None:
    records = {f"{POST}/{key(n)}": post(str(n), n) for n in range(800)}
    for n in range(800):
        records[f"{POST}/{key(n)}"]["createdAt"] = None
    assert max(map(layer, records)) >= 4
    assert len(of(read(repository_file(ANI, records, key(900))), Object)) == 800


def test_a_compressed_repository_is_read_as_far_as_it_goes(read: Callable[..., list[Record]]) -> None:
    records = {f"{POST}/{key(n)}": post(sha512(b"%d" % n).hexdigest() * 20, n) for n in range(40)}
    whole = repository_file(ANI, records, key(60))
    packed = gzip.compress(whole, mtime=0)
    assert len(of(read(packed, "repo.car.gz"), Object)) == 40
    with pytest.raises(UnexpectedEnd):
        read(packed[: len(packed) // 2], "repo.car.gz")
    before = read.before  # type: ignore[attr-defined]
    assert 5 < len(of(before, Object)) < 35
    assert len(of(before, Object)) + reasons(before).count("missing_block") == 40
    assert [claim.completeness for claim in of(before, Coverage)] == ["partial", "none"]


@pytest.mark.parametrize("cut", range(70, 6600, 811))
def test_a_file_cut_anywhere_says_so(read: Callable[..., list[Record]], cut: int) -> None:
    whole = samples()["repo.car"]
    try:
        found = read(whole[:cut])
    except UnexpectedEnd:
        found = read.before  # type: ignore[attr-defined]
    else:  # cut between two blocks: nothing is half, but something is missing
        assert "missing_block" in reasons(found)
    assert all(claim.completeness != "complete" for claim in of(found, Coverage))


def test_a_ring_of_nodes_comes_to_an_end(read: Callable[..., list[Record]]) -> None:
    """Hashes forbid rings, but not nodes that stand in two places: two to the power of 60 records otherwise."""
    nodes = [encode({"l": None, "e": []})]
    for _ in range(60):
        below = cid_of(nodes[-1])
        nodes.append(encode({"l": below, "e": [{"p": 0, "k": b"a/b", "v": below, "t": below}]}))
    commit = encode({"did": ANI, "data": cid_of(nodes[-1]), "version": 3})
    found = read(car([cid_of(commit)], [commit, *nodes]))
    assert 60 <= reasons(found).count("broken_tree") <= 200
    assert of(found, Coverage)[0].completeness == "partial"


def test_one_block_named_a_million_times_is_refused(read: Callable[..., list[Record]]) -> None:
    big = encode({"$type": "org.example", "text": "x" * 900_000})
    name = cid_of(big)
    entries = [{"p": 0, "k": b"a/%06d" % n, "v": name, "t": None} for n in range(8_000)]
    node = encode({"l": None, "e": entries})
    commit = encode({"did": ANI, "data": cid_of(node), "version": 3})
    with pytest.raises(TooLarge):
        read(car([cid_of(commit)], [commit, node, big]))


def test_a_very_deep_tree(read: Callable[..., list[Record]]) -> None:
    nodes = [encode({"l": None, "e": []})]
    for _ in range(20_000):
        nodes.append(encode({"l": cid_of(nodes[-1]), "e": []}))
    commit = encode({"did": ANI, "data": cid_of(nodes[-1]), "version": 3})
    assert reasons(read(car([cid_of(commit)], [commit, *nodes]))) == []


BAD_ENTRIES: list[Any] = [
    7, None, [], {}, {"p": 0}, {"p": -1, "k": b"a/b", "v": b"", "t": None}, {"p": 500, "k": b"a/b", "v": b"x"},
    {"p": 0, "k": "a/b", "v": b""}, {"p": "0", "k": b"a/b", "v": b""}, {"p": 0, "k": b"\xff/b", "v": b"x"},
    {"p": 0, "k": b"ab", "v": b"x"}, {"p": 0, "k": b"a/b/c", "v": b"x"}, {"p": 0, "k": b"a/" + b"b" * 5000, "v": b"x"},
    {"p": 2**63, "k": b"a/b", "v": b"x"}, {"p": 0, "k": b"", "v": b"x"}, {"p": 0, "k": b"a/b", "v": {"a": 1}},
]  # fmt: skip


@pytest.mark.parametrize("entry", BAD_ENTRIES, ids=repr)
def test_nodes_of_a_wrong_shape(read: Callable[..., list[Record]], entry: Any) -> None:
    good = encode(post("hello", 0))
    node = encode({"l": 7, "e": [{"p": 0, "k": f"{POST}/{key(0)}".encode(), "v": cid_of(good), "t": "?"}, entry]})
    commit = encode({"did": ANI, "data": cid_of(node), "rev": key(9), "version": 3})
    found = read(car([cid_of(commit)], [commit, node, good]))
    assert len(of(found, Object)) == 1 and reasons(found) == ["broken_tree"]
    assert of(found, Coverage)[0].completeness == "partial"


def test_the_same_key_twice(read: Callable[..., list[Record]]) -> None:
    one, two = encode(post("one", 0)), encode(post("two", 0))
    entries = [{"p": 0, "k": f"{POST}/{key(0)}".encode(), "v": cid_of(block), "t": None} for block in (one, two)]
    node = encode({"l": None, "e": entries})
    commit = encode({"did": ANI, "data": cid_of(node), "version": 3})
    found = read(car([cid_of(commit)], [commit, node, one, two]))
    assert [made.text for made in of(found, Object)] == ["one"]
    assert reasons(found) == ["duplicate_id", "older_version"]


@pytest.mark.parametrize(
    "rest",
    [
        b"\xff" * 12,
        b"\xff" * 9 + b"\x01",
        b"\x00" * 40,
        b"\x80" * 9 + b"\x7f",
        b"\xff\xff\xff\x7f",
        b"\x05abcde",
        b"\x80",
    ],
)
def test_lengths_that_cannot_be_end_the_file(read: Callable[..., list[Record]], rest: bytes) -> None:
    with pytest.raises(UnexpectedEnd):
        read(samples()["repo.car"] + rest)
    assert len(of(read.before, Object)) == 8  # type: ignore[attr-defined]


def test_a_block_of_many_megabytes_is_passed_over(read: Callable[..., list[Record]]) -> None:
    root, blocks = repository(ANI, {f"{POST}/{key(0)}": post("hello", 0)}, key(60))
    huge = section(encode("x" * 3_000_000))
    start = car([root], blocks[:1])
    found = read(
        start + huge + b"".join(map(section, blocks[1:])) + section(b"picture", b"\x01\x55\x12\x20" + bytes(32))
    )
    assert sorted(reasons(found)) == ["too_large", "wrong_hash"] and len(of(found, Object)) == 1


HEADERS: list[Any] = [
    None, 7, [], {}, {"version": 1}, {"version": 1, "roots": 7}, {"version": 2, "roots": []},
    {"version": 1, "roots": []}, {"version": 1, "roots": ["x"]}, {"version": 1, "roots": [b""]},
    {"version": 1, "roots": [Cid(b"\1\x71\x12\x20" + b"0" * 32)]},
]  # fmt: skip


@pytest.mark.parametrize("header", HEADERS, ids=repr)
def test_headers_of_a_wrong_shape(read: Callable[..., list[Record]], header: Any) -> None:
    raw = encode(header)
    with pytest.raises(Unreadable):
        read(varint(len(raw)) + raw)


@pytest.mark.parametrize(
    "commit",
    [
        None,
        7,
        [],
        {},
        {"did": ANI},
        {"did": 7, "data": b""},
        {"did": "ani.example", "data": b""},
        {"did": ANI, "data": "x"},
    ],
    ids=repr,
)
def test_commits_of_a_wrong_shape(read: Callable[..., list[Record]], commit: Any) -> None:
    raw = encode(commit)
    with pytest.raises(Unreadable):
        read(car([cid_of(raw)], [raw]))


def test_nesting_without_end(read: Callable[..., list[Record]]) -> None:
    bodies = [b"\x81" * depth + b"\x01" for depth in (900, 5_000, 1_000_000)]
    bodies.append(b"\xa1\x65reply" + b"\xa1\x66parent" * 900 + b"\x01")
    root, nodes = tree({f"{POST}/{key(n)}": cid_of(body) for n, body in enumerate(bodies)})
    commit = encode({"did": ANI, "data": root, "version": 3})
    found = read(car([cid_of(commit)], [commit, *nodes, *bodies]))
    assert reasons(found) == ["unreadable_record"] * 3 + ["time_corrected", "missing_text", "reply_without_parent"]


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**63), 2**63) | st.text(max_size=8)
    | st.sampled_from([ANI, uri(BAYU, 1)]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(
        ["uri", "did", "parent", "root", "record", "features", "$type", "values", "val", "x"]), inner, max_size=3),
    max_leaves=8,
)  # fmt: skip
FIELDS = [
    "text", "createdAt", "reply", "embed", "facets", "entities", "langs", "subject", "labels", "displayName",
    "description", "website", "allow", "hiddenReplies", "direction", "$type", "post",
]  # fmt: skip
COLLECTIONS = [
    POST, LIKE, FOLLOW, "app.bsky.feed.repost", "app.bsky.feed.vote", "app.bsky.actor.profile",
    "app.bsky.feed.threadgate",
]  # fmt: skip


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(COLLECTIONS), st.dictionaries(st.sampled_from(FIELDS), ANYTHING, max_size=8))
def test_fields_of_any_kind(read: Callable[..., list[Record]], collection: str, fields: dict[str, Any]) -> None:
    found = read(repository_file(ANI, {f"{collection}/{key(0)}": fields}, key(60)))
    made = [record for record in found if not isinstance(record, Coverage | Actor)]
    assert made or collection in ("app.bsky.actor.profile", "app.bsky.feed.threadgate")


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.integers(0, 6000), st.integers(0, 255)), max_size=6), st.integers(60, 7000))
def test_bytes_changed_anywhere(read: Callable[..., list[Record]], changes: list[tuple[int, int]], length: int) -> None:
    content = bytearray(samples()["repo.car"])
    for place, byte in changes:
        content[place % len(content)] = byte
    try:
        found = read(bytes(content[:length]))
    except InputError:
        found = read.before  # type: ignore[attr-defined]
    assert all(record.actor == ANI for record in of(found, Object))


def test_without_libipld_it_says_what_to_install(
    read: Callable[..., list[Record]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "libipld", None)
    with pytest.raises(Unreadable, match="libipld") as caught:
        read(samples()["repo.car"])
    assert "permadani[bluesky]" in (caught.value.hint_text() or "")
    assert of(read(samples()["thread.json"], "thread.json"), Object)  # JSON needs nothing


def test_a_profile_names_its_links(read: Callable[..., list[Record]]) -> None:
    profile = {"$type": "app.bsky.actor.profile", "description": "see HTTPS://ani.example/x), http://b.example. "
               "javascript:alert(1) ftp://c.example mail ani@example.org www.d.example <a href='https://e.example'>",
               "website": "javascript:alert(2)", "displayName": "<script>x</script>"}  # fmt: skip
    found = read(repository_file(ANI, {"app.bsky.actor.profile/self": profile}, key(60)))
    assert [cue.value for cue in of(found, Cue)] == ["HTTPS://ani.example/x", "http://b.example", "https://e.example"]
    assert of(found, Actor)[-1].name is None and of(found, Actor)[-1].opted_out is None


def test_a_post_to_everybody_takes_no_time_for_ever(read: Callable[..., list[Record]]) -> None:
    facets = [{"features": [{"$type": "app.bsky.richtext.facet#mention", "did": f"did:plc:{n}"}]} for n in range(9_000)]
    found = read(repository_file(ANI, {f"{POST}/{key(0)}": post("hello", 0, facets=facets)}, key(60)))
    assert len(of(found, Addressed)) == 9_000


# JSON


@pytest.mark.parametrize("name", sorted(name for name in samples() if name.endswith((".json", ".jsonl"))))
def test_json_may_be_one_line_or_several(read: Callable[..., list[Record]], tmp_path: Path, name: str) -> None:
    (tmp_path / "a.json").write_bytes(samples()[name])
    (file,) = walk(tmp_path / "a.json")
    assert isinstance(file, InputFile) and Bluesky().recognises(file)
    assert (found := recognise(file)) is not None and found.name == "bluesky"


LOOK_ALIKES: list[Any] = [
    {}, [], {"feed": []}, {"posts": [{"id": 1}]}, {"did": "did:key:z6", "time_us": "x"}, {"uri": "spotify:track:1"},
    {"uri": "https://a.example", "record": {}}, {"@context": [], "id": "https://a.example", "alsoKnownAs": ["at://a.example"]},
    {"$type": "com.example.thing", "text": "at last"}, {"did": "did:plc:abc"}, {"type": "app.bsky.feed.post"},
    {"text": "see \"at://did:plc:abc/app.bsky.feed.post/1\""}, {"records": [{"id": 3}], "uri": "x"},
]  # fmt: skip


@pytest.mark.parametrize("value", LOOK_ALIKES, ids=repr)
def test_look_alikes_are_not_claimed(tmp_path: Path, value: Any) -> None:
    (tmp_path / "a.json").write_text(json.dumps(value), "utf-8")
    (file,) = walk(tmp_path / "a.json")
    assert isinstance(file, InputFile) and not Bluesky().recognises(file)


@pytest.mark.parametrize(
    "content",
    [b"", b"\x3a", samples()["repo.car"][:12], b"\x3a\xa2eroots\x81\xd8\x2a\x58\x25\x00\x01\x70\x12\x20", b"\0" * 99,
     b"\x0a\xa1gversion\x02", b"{" * 70_000, b'{"did":' * 9_000, b'"' * 70_000],
)  # fmt: skip
def test_other_bytes_are_not_claimed(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a").write_bytes(content)
    (file,) = walk(tmp_path / "a")
    assert isinstance(file, InputFile) and not Bluesky().recognises(file)


def test_a_cut_repository_is_recognised(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(samples()["repo.car"][:70])
    (file,) = walk(tmp_path / "a")
    assert isinstance(file, InputFile) and Bluesky().recognises(file)


def test_likes_and_follows_without_address_belong_to_the_owner(read: Callable[..., list[Record]]) -> None:
    like = {"$type": LIKE, "subject": ref(uri(BAYU, 1)), "createdAt": when(2)}
    follow = {"$type": FOLLOW, "subject": BAYU, "createdAt": when(2)}
    found = read(lines(like, follow, post("whose?", 1)), "a.jsonl", ANI)
    assert [(record.actor, record.object) for record in of(found, Like) + of(found, Follow)] == [
        (ANI, uri(BAYU, 1)), (ANI, BAYU),
    ]  # fmt: skip
    assert reasons(found) == ["missing_id"]
    with pytest.raises(Unreadable, match="missing_author"):
        read(lines(like, follow), "a.jsonl", "ani.example")


def test_notifications(read: Callable[..., list[Record]]) -> None:
    entry = {"uri": uri(BAYU, 3, LIKE), "cid": "x", "author": {"did": BAYU, "handle": "bayu.example"}, "reason": "like",
             "reasonSubject": uri(ANI, 0), "record": {"$type": LIKE, "subject": ref(uri(ANI, 0)), "createdAt": when(3)},
             "isRead": True, "indexedAt": when(3)}  # fmt: skip
    found = read(lines({"notifications": [entry], "cursor": "x"}), "a.json")
    assert [(like.actor, like.object) for like in of(found, Like)] == [(BAYU, uri(ANI, 0))]


def test_the_server_corrects_a_claim(read: Callable[..., list[Record]]) -> None:
    future = {"uri": f"at://{ANI}/{POST}/import-1", "cid": "x", "author": {"did": ANI, "handle": "ani.example"},
              "record": {**post("hello", 0), "createdAt": "2098-01-01T00:00:00Z"}, "indexedAt": when(5)}  # fmt: skip
    found = read(lines(future), "a.json")
    assert of(found, Object)[0].published == MARCH + 5 * 60_000_000 and reasons(found) == ["time_corrected"]


def test_a_reshare_by_the_api_and_by_the_archive_meet_at_the_post(read: Callable[..., list[Record]]) -> None:
    (by_api,) = of(read(samples()["feed.json"], "feed.json"), Announce)
    (by_archive,) = of(read(samples()["repo.car"]), Announce)
    assert by_api == by_archive


def test_very_deep_threads(read: Callable[..., list[Record]]) -> None:
    content = b'{"thread":{"post":{"uri":"at://did:plc:a/app.bsky.feed.post/b"},"replies":[' * 100_000
    with pytest.raises(InputError):
        read(content + b"]}}" * 100_000, "a.json")


WRONG: list[Any] = [
    None, 7, "x", [], [[]], {}, {"uri": 7}, {"post": {}}, {"post": {"uri": uri(ANI, 0)}},
    {"uri": uri(ANI, 0), "record": 7}, {"uri": uri(ANI, 0), "value": None, "author": 7},
    {"uri": "at://bayu.example/app.bsky.feed.post/1", "record": {}}, {"thread": None}, {"thread": {"post": None}},
    {"feed": [None, 7, {"post": {"uri": 7, "record": []}, "reason": {"by": 7}, "reply": 7}]}, {"likes": [None]},
    {"followers": [7], "subject": 7}, {"did": ANI, "time_us": None, "commit": {"operation": 7}},
    {"did": ANI, "time_us": 9.5, "commit": {"operation": "create", "collection": None, "rkey": {}}},
    {"did": ANI, "time_us": 1, "commit": 7, "identity": {"handle": 7}}, {"did": 7, "time_us": 1},
    {"repo": ANI, "ops": [None, {"action": "create", "path": 7, "cid": {"$link": 7}}], "blocks": {"$bytes": "%%%"}},
    {"repo": ANI, "ops": [], "blocks": {"$bytes": "AAAA"}}, {"repo": 7, "ops": 7, "blocks": 7}, {"didDoc": 7},
    {"alsoKnownAs": 7, "id": ANI}, {"profiles": [7]}, {"notifications": 7}, {"$type": 7},
    {"$type": "app.bsky.feed.defs#x"},
    {"uri": uri(ANI, 0), "embed": {"record": {"record": {"$type": "app.bsky.embed.record#view"}}}, "record": {}},
    {"uri": uri(ANI, 0), "embeds": [7, {"record": 7}], "value": {"$type": POST}},
]  # fmt: skip


@pytest.mark.parametrize("value", WRONG, ids=repr)
def test_json_of_a_wrong_shape(read: Callable[..., list[Record]], value: Any) -> None:
    good = {"uri": uri(BAYU, 1), "value": post("hello", 1)}
    found = read(lines(good, [value], good), "a.jsonl")
    assert len(of(found, Object)) >= 2
    assert len(found) > 5


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(sorted(n for n in samples() if n.endswith("json"))), st.data())
def test_json_with_parts_exchanged(read: Callable[..., list[Record]], name: str, data: st.DataObject) -> None:
    value = json.loads(samples()[name].removeprefix(b"\xef\xbb\xbf"))
    for _ in range(data.draw(st.integers(1, 3))):
        holder = value
        while True:
            keys = list(holder) if isinstance(holder, dict) else list(range(len(holder)))
            if not keys:
                break
            place = data.draw(st.sampled_from(keys))
            if not isinstance(holder[place], dict | list) or data.draw(st.booleans()):
                holder[place] = data.draw(ANYTHING)
                break
            holder = holder[place]
    try:
        found = read(json.dumps(value).encode(), "a.json")
    except InputError:
        found = read.before  # type: ignore[attr-defined]
    assert all(reference(made.id) for made in of(found, Object))


def test_a_huge_number_and_half_an_emoji(read: Callable[..., list[Record]]) -> None:
    content = b'{"uri":"%s","value":{"text":"\\ud83d","createdAt":%s}}\n' % (uri(ANI, 3).encode(), b"9" * 400)
    (made,) = of(read(content, "a.json"), Object)
    assert made.text == "\ufffd" and made.published == MARCH + 3 * 60_000_000


# Real files


def opened(name: str) -> InputFile:
    (path,) = DATA.rglob(name)
    (file,) = walk(path)
    assert isinstance(file, InputFile) and Bluesky().recognises(file)
    return file


def counted(name: str) -> Counter[str]:
    found: Counter[str] = Counter()
    for record in Bluesky().read(opened(name), ReadOptions()):
        if isinstance(record, Problem):
            found[record.reason] += 1
        elif isinstance(record, Coverage):
            found[f"{record.direction} {record.completeness}"] += 1
        elif isinstance(record, Object):
            found["posts"] += 1
            found["replies"] += record.in_reply_to is not None
            found["quotes"] += record.quotes is not None
        elif isinstance(record, Addressed):
            found[record.kind] += 1
        else:
            found[type(record).__name__] += 1
    del found["Actor"]
    return +found


COMPLETE, NONE = "outbound complete", "inbound none"
REAL: dict[str, dict[str, int]] = {
    # a whole account of 2025, with records of other applications
    "bnewbold.*.car": {"posts": 23, "replies": 2, "quotes": 1, "to": 2, "mention": 4, "Like": 2, "Announce": 1,
                       "Follow": 3, "other_record": 8, COMPLETE: 1, NONE: 1},
    # of spring 2023: entities before facets, and a repository with its past
    "paul_staging.repo.car": {"posts": 101, "replies": 19, "quotes": 6, "to": 8, "mention": 4, "Like": 60,
                              "Announce": 15, "Follow": 8, "older_version": 215, COMPLETE: 1, NONE: 1},
    "fakermaker.repo.car": {"posts": 26, "replies": 23, "to": 23, "mention": 1, "Like": 22, "Announce": 15,
                            "Follow": 78, "older_version": 506, COMPLETE: 1, NONE: 1},
    "bafyrei*.car": {"posts": 5, "mention": 2, COMPLETE: 1, NONE: 1},
    "greenground.repo.car": {"Follow": 2, COMPLETE: 1, NONE: 1},
    "repo_slice.car": {"posts": 1, "mention": 1, "missing_block": 5, "outbound partial": 1, NONE: 1},
}  # fmt: skip


@real
@pytest.mark.parametrize("name", REAL)
def test_real_repositories(name: str) -> None:
    assert counted(name) == REAL[name]


@real
@pytest.mark.parametrize("name", [name for name in REAL if "slice" not in name])
def test_trees_are_written_as_real_ones_are(name: str) -> None:
    """The oracle of the writer and the reader: the root of the tree of what was found is the one that was signed."""
    (path,) = DATA.rglob(name)
    with path.open("rb") as stream:
        blocks = Blocks(stream, path.stat().st_size)
        assert list(blocks.scan()) == []
        (signed,) = (b for b in (blocks.get(blocks.roots[0]),) if b)
        from libipld import decode_dag_cbor

        root = decode_dag_cbor(signed[0])["data"]
        leaves: dict[str, Cid] = {}

        class Noting(Tree):
            def _record(self, path: str, cid: bytes) -> Found | Problem:
                leaves[path] = Cid(cid)
                return super()._record(path, cid)

        assert all(isinstance(found, Found) for found in Noting(blocks, root).walk())
    assert tree(leaves)[0] == root


@real
def test_real_json() -> None:
    whole = {"inbound partial": 1, "outbound partial": 1}
    assert counted("post_record.json") == {"posts": 1, "time_corrected": 1, **whole}
    # its createdAt is local time without a zone, two hours away from the key: the SDK of 2023 wrote it so
    assert counted("like_record.json") == {"Like": 1, "time_corrected": 1, **whole}
    assert counted("thread_view_post_with_embed_media.json") == {"posts": 2, "quotes": 1, **whole}
    assert counted("get_follows.json") == {"Follow": 6, "Cue": 6}
    assert counted("feed_record.json") == counted("custom_record.json") == {"other_record": 1}
    assert counted("did_doc.json") == {"no_messages": 1}


@real
def test_real_messages_of_the_firehose() -> None:
    found: Counter[str] = Counter()
    for path in DATA.rglob("firehose_commit_*.json"):
        found += counted(path.name)
    assert found == {"Follow": 42, "Announce": 2, "inbound partial": 2, "outbound partial": 2}
