"""The golden files of Bluesky, which are binary or long: ``python tests/sources/bluesky_samples.py`` writes them.

Everybody in them is made up.
"""

from __future__ import annotations

import base64
import json
from pathlib import Path
from typing import Any

from car_writer import Cid, car, cid_of, encode, repository, repository_file, section, tid, tree

GOLDEN = Path(__file__).parents[1] / "golden" / "bluesky"
ANI, BAYU, CITRA = (f"did:plc:{name}aaaaaaaaaaaaaaaaaaa" for name in ("aniii", "bayuu", "citra"))
MARCH = 1_709_283_600_000_000  # 2024-03-01T09:00:00Z
POST, LIKE, REPOST, FOLLOW = (f"app.bsky.{name}" for name in ("feed.post", "feed.like", "feed.repost", "graph.follow"))


def key(minutes: int) -> str:
    """The record key of a moment in March 2024."""
    return tid(MARCH + minutes * 60_000_000)


def when(minutes: int) -> str:
    return f"2024-03-01T{9 + minutes // 60:02}:{minutes % 60:02}:00.000Z"


def uri(did: str, minutes: int, collection: str = POST) -> str:
    return f"at://{did}/{collection}/{key(minutes)}"


def ref(address: str) -> dict[str, str]:
    return {"uri": address, "cid": "bafyexample"}


def post(text: str, minutes: int, **more: Any) -> dict[str, Any]:
    return {"$type": POST, "text": text, "createdAt": when(minutes), **more}


def reply(root: str, parent: str) -> dict[str, Any]:
    return {"root": ref(root), "parent": ref(parent)}


def mention(did: Any) -> dict[str, Any]:
    feature = {"$type": "app.bsky.richtext.facet#mention", "did": did}
    return {"index": {"byteStart": 0, "byteEnd": 5}, "features": [feature]}


def usual() -> dict[str, Any]:
    """An account with something of every kind."""
    media = {"$type": "app.bsky.embed.images", "images": []}
    shown = {"$type": "app.bsky.embed.record", "record": ref(uri(BAYU, 3))}
    feed = "at://did:plc:feeds/app.bsky.feed.generator/birds"
    return {
        "app.bsky.actor.profile/self": {
            "$type": "app.bsky.actor.profile",
            "displayName": "Ani <b>Example</b>",
            "description": "Birds. https://ani.example/birds, and (https://social.example/@ani). ani@example.org",
            "website": "https://ani.example",
            "labels": {"$type": "com.atproto.label.defs#selfLabels", "values": [{"val": "!no-unauthenticated"}]},
            "createdAt": "2023-07-02T10:00:00Z",
        },
        f"{POST}/{key(0)}": post("who has seen a hoopoe?", 0, langs=["en"]),
        f"{POST}/{key(5)}": post(
            "where was that?", 5, langs=["en", "id"], reply=reply(uri(ANI, 0), uri(BAYU, 3)),
            facets=[mention(CITRA), mention(BAYU), mention(ANI), mention("nobody")],
        ),
        f"{POST}/{key(6)}": post("and one more thing", 6, reply=reply(uri(ANI, 0), uri(ANI, 5))),
        f"{POST}/{key(7)}": post("look at this", 7, embed=shown),
        f"{POST}/{key(8)}": post(
            "", 8, embed={"$type": "app.bsky.embed.recordWithMedia", "record": shown, "media": media}
        ),
        f"{POST}/{key(9)}": post(
            "a feed for you", 9, embed={"$type": "app.bsky.embed.record", "record": ref(feed)}
        ),
        f"{POST}/{key(10)}": post("to a handle", 10, reply=reply("at://bayu.example/app.bsky.feed.post/3kabc",
                                                                 "at://bayu.example/app.bsky.feed.post/3kabd")),
        f"{POST}/{key(11)}": post("to nowhere", 11, reply={"root": None, "parent": "?"}),
        f"{LIKE}/{key(12)}": {"$type": LIKE, "subject": ref(uri(BAYU, 3)), "createdAt": when(12)},
        f"{LIKE}/{key(13)}": {"$type": LIKE, "subject": ref(feed), "createdAt": when(13)},
        f"{LIKE}/{key(14)}": {"$type": LIKE, "subject": "?", "createdAt": when(14)},
        f"{REPOST}/{key(15)}": {"$type": REPOST, "subject": ref(uri(CITRA, 1)), "createdAt": when(15)},
        f"{FOLLOW}/{key(16)}": {"$type": FOLLOW, "subject": BAYU, "createdAt": when(16)},
        f"{FOLLOW}/{key(17)}": {"$type": FOLLOW, "subject": "bayu.example", "createdAt": when(17)},
        f"app.bsky.feed.threadgate/{key(0)}": {
            "$type": "app.bsky.feed.threadgate", "post": uri(ANI, 0), "createdAt": when(18), "allow": [],
            "hiddenReplies": [uri(CITRA, 4)],
        },
        f"app.bsky.feed.postgate/{key(0)}": {
            "$type": "app.bsky.feed.postgate", "post": uri(ANI, 0), "createdAt": when(18)
        },
        "org.example.diary/today": {"$type": "org.example.diary", "text": "not for Bluesky"},
        f"{POST}/{key(19)}": {"$type": "org.example.diary", "text": "in the wrong drawer", "createdAt": when(19)},
    }  # fmt: skip


def legacy() -> bytes:
    """As it was until March 2023: entities, votes, declarations, and a repository that keeps its past."""
    records: dict[str, Any] = {
        "app.bsky.system.declaration/self": {
            "$type": "app.bsky.system.declaration", "actorType": "app.bsky.system.actorUser"
        },
        f"{POST}/{tid(1_671_000_000_000_000)}": {
            "$type": POST, "text": "@bayu hello", "createdAt": "2022-12-14T06:40:00.000Z",
            "entities": [
                {"type": "mention", "index": {"start": 0, "end": 5}, "value": BAYU},
                {"type": "link", "index": {"start": 6, "end": 9}, "value": "https://example.org"},
            ],
        },
        f"app.bsky.feed.vote/{tid(1_671_001_200_000_000)}": {
            "$type": "app.bsky.feed.vote", "direction": "up", "subject": ref(f"at://{BAYU}/{POST}/3jhdfiifhlk2k"),
            "createdAt": "2022-12-14T07:00:00.000Z",
        },
        "app.bsky.feed.vote/self": {
            "$type": "app.bsky.feed.vote", "direction": "down", "subject": ref(f"at://{BAYU}/{POST}/3jhdfiifhlk2k"),
            "createdAt": "2022-12-14T07:00:00.000Z",
        },
        "app.bsky.graph.follow/one": {
            "$type": FOLLOW, "subject": {"did": BAYU, "declarationCid": "bafyexample"},
            "createdAt": "2022-12-14T07:00:00.000Z",
        },
    }  # fmt: skip
    root, blocks = repository(ANI, records, version=2)
    _, past = repository(ANI, {**records, f"{POST}/gone": post("deleted since", 0)}, version=2)
    return car([root], [*blocks, *(block for block in past if block not in blocks)])


def times() -> bytes:
    """Claims that cannot be, with and without a key that knows better."""
    claims = {
        key(0): "2012-02-22T20:26:41Z", key(1): "2124-03-01T09:00:00Z", key(2): "2024-03-01T11:02:00",
        key(3): "yesterday", key(4): None, key(5): 9**20, key(6): "2024-03-01T09:59:00Z",
        "import-1": "2012-02-22T20:26:41Z", "import-2": "2124-03-01T09:00:00Z", "import-3": "", "import-4": when(9),
    }  # fmt: skip
    records: dict[str, Any] = {f"{POST}/{rkey}": {**post("when?", 0), "createdAt": at} for rkey, at in claims.items()}
    del records[f"{POST}/{key(4)}"]["createdAt"]
    records[f"{POST}/{key(5)}"]["createdAt"] = 2**63
    return repository_file(ANI, records, key(60))


def damaged() -> bytes:
    """A block that was changed, one of an unknown kind, a record that is none, a node that is none."""
    records: dict[str, Any] = {f"{POST}/{key(n)}": post(f"message {n}", n) for n in range(3)}
    leaves: dict[str, Cid] = {path: cid_of(encode(record)) for path, record in records.items()}
    broken = b"\x9f\x01\xff"
    leaves |= {f"{POST}/{key(4)}": cid_of(broken), f"{POST}/{key(5)}": cid_of(encode([1, 2]))}
    root, nodes = tree(leaves)
    commit = encode({"did": ANI, "version": 3, "data": root, "prev": None, "rev": key(60), "sig": b""})
    bodies = [encode(record) for record in records.values()]
    changed = section(bodies[1].replace(b"message", b"massage"), cid_of(bodies[1]))
    other = section(b"??", b"\x01\x71\x16\x20" + bytes(32))
    whole = car([cid_of(commit)], [commit, *nodes, bodies[0], bodies[2], broken, encode([1, 2])])
    return whole + changed + other


def slice_() -> bytes:
    """What com.atproto.sync.getRecord and the firehose give: a few blocks of a larger repository."""
    records: dict[str, Any] = {f"{POST}/{key(n)}": post(f"message {n}", n) for n in range(12)}
    root, blocks = repository(ANI, records, key(60))
    wanted = encode(records[f"{POST}/{key(4)}"])
    return car([root], [block for block in blocks if b"message" not in block or block == wanted])


def view(did: str, minutes: int, text: str, **more: Any) -> dict[str, Any]:
    """A post as the API shows it."""
    name = {ANI: "ani", BAYU: "bayu", CITRA: "citra"}[did]
    author = {"did": did, "handle": f"{name}.example", "displayName": name.title(), "labels": []}
    record = post(text, minutes, **more.pop("record", {}))
    return {"uri": uri(did, minutes), "cid": "bafyexample", "author": author, "record": record,
            "replyCount": 0, "indexedAt": when(minutes), **more}  # fmt: skip


def thread() -> dict[str, Any]:
    quoted = {"$type": "app.bsky.embed.record#viewRecord", "uri": uri(CITRA, 1), "cid": "bafyexample",
              "author": {"did": CITRA, "handle": "citra.example"}, "value": post("the first bird", 1),
              "indexedAt": when(1)}  # fmt: skip
    gone = {"$type": "app.bsky.embed.record#viewNotFound", "uri": uri(CITRA, 2), "notFound": True}
    below = [
        {"$type": "app.bsky.feed.defs#threadViewPost", "post": view(
            BAYU, 3, "I did", record={"reply": reply(uri(ANI, 0), uri(ANI, 0))},
            embed={"$type": "app.bsky.embed.recordWithMedia#view", "record": {"record": gone}, "media": {}},
        ), "replies": []},
        {"$type": "app.bsky.feed.defs#blockedPost", "uri": uri(CITRA, 4), "blocked": True, "author": {"did": CITRA}},
        {"$type": "app.bsky.feed.defs#notFoundPost", "uri": uri(CITRA, 5), "notFound": True},
    ]  # fmt: skip
    top = view(ANI, 0, "who has seen a hoopoe?", embed={"$type": "app.bsky.embed.record#view", "record": quoted})
    gate = {"uri": uri(ANI, 0, "app.bsky.feed.threadgate"), "cid": "bafyexample", "record": {
        "$type": "app.bsky.feed.threadgate", "post": uri(ANI, 0), "hiddenReplies": [uri(CITRA, 5)],
        "createdAt": when(9)}, "lists": []}  # fmt: skip
    return {"thread": {"$type": "app.bsky.feed.defs#threadViewPost", "post": top, "replies": below},
            "threadgate": gate}  # fmt: skip


def thread_2() -> dict[str, Any]:
    """A thread as getPostThreadV2 and getPostThreadOtherV2 give it."""
    item, answers = "app.bsky.unspecced.defs#threadItem", {"reply": reply(uri(ANI, 0), uri(ANI, 0))}
    return {"thread": [
        {"uri": uri(ANI, 0), "depth": 0, "value": {"$type": f"{item}Post", "post": view(ANI, 0, "a question")}},
        {"uri": uri(BAYU, 3), "depth": 1, "value": {
            "$type": f"{item}Post", "hiddenByThreadgate": True,
            "post": view(BAYU, 3, "an answer nobody should see", record=answers)}},
        {"uri": uri(CITRA, 4), "depth": 1, "value": {"$type": f"{item}NotFound"}},
    ], "hasOtherReplies": False}  # fmt: skip


def feed() -> dict[str, Any]:
    answer = view(ANI, 6, "where?", record={"reply": reply(uri(ANI, 0), uri(BAYU, 3))})
    reason = {"$type": "app.bsky.feed.defs#reasonRepost", "by": {"did": ANI, "handle": "ani.example"},
              "uri": uri(ANI, 15, REPOST), "indexedAt": when(15)}  # fmt: skip
    return {"feed": [
        {"post": answer, "reply": {"root": view(ANI, 0, "who?"), "parent": view(BAYU, 3, "I"), "x": 1}},
        {"post": view(CITRA, 1, "the first bird"), "reason": reason},
        {"post": view(ANI, 0, "who?"), "reason": {"$type": "app.bsky.feed.defs#reasonPin"}},
        {"post": {"uri": "?", "record": {"text": "without an address"}}},
        7,
    ], "cursor": "next"}  # fmt: skip


def stream() -> list[Any]:
    """Lines of Jetstream."""

    def event(minutes: int, operation: str, collection: str, record: Any = None, **more: Any) -> dict[str, Any]:
        commit = {"rev": key(minutes), "operation": operation, "collection": collection, "rkey": key(minutes)}
        return {"did": BAYU, "time_us": MARCH + minutes * 60_000_000 + 500, "kind": "commit",
                "commit": {**commit, **({"record": record} if record else {}), **more}}  # fmt: skip

    return [
        event(3, "create", POST, post("I did", 3, reply=reply(uri(ANI, 0), uri(ANI, 0)))),
        event(4, "create", LIKE, {"$type": LIKE, "subject": ref(uri(ANI, 0)), "createdAt": when(4)}),
        event(5, "create", FOLLOW, {"$type": FOLLOW, "subject": ANI, "createdAt": when(5)}),
        event(6, "create", POST, post("from tomorrow", 600)),
        event(3, "delete", POST),
        event(-60 * 24 * 9, "delete", POST),
        event(4, "delete", LIKE),
        event(7, "update", "app.bsky.actor.profile", {"$type": "app.bsky.actor.profile", "displayName": "Bayu"},
              rkey="self"),
        event(8, "create", POST, "no record"),
        event(9, "create", POST, post("", 9), rkey="a/b"),
        {"did": BAYU, "time_us": MARCH, "kind": "identity", "identity": {"did": BAYU, "handle": "bayu.example"}},
        {"did": CITRA, "time_us": MARCH, "kind": "account", "account": {"active": False, "status": "deleted"}},
        {"did": CITRA, "time_us": MARCH, "type": "com", "commit": {
            "rev": key(1), "type": "c", "collection": POST, "rkey": key(1), "record": post("the first bird", 1)}},
        {"did": "nobody", "time_us": 9**20, "kind": "commit", "commit": {}},
    ]  # fmt: skip


def firehose() -> dict[str, Any]:
    """A message of subscribeRepos, written as JSON."""
    record = post("I did", 3, reply=reply(uri(ANI, 0), uri(ANI, 0)))
    root, blocks = repository(BAYU, {f"{POST}/{key(3)}": record}, key(3))
    name = "b" + base64.b32encode(cid_of(encode(record))).decode().rstrip("=").lower()
    packed = base64.b64encode(car([root], blocks)).decode().rstrip("=")
    return {"blobs": [], "blocks": {"$bytes": packed}, "ops": [
        {"action": "create", "cid": {"$link": name}, "path": f"{POST}/{key(3)}"},
        {"action": "create", "cid": {"$link": "bafyelsewhere"}, "path": f"{POST}/{key(4)}"},
        {"action": "delete", "cid": None, "path": f"{POST}/{key(2)}"},
    ], "repo": BAYU, "rev": key(3), "seq": 1, "time": when(3)}  # fmt: skip


def pages() -> dict[str, Any]:
    """JSON files by name."""
    ani = {"did": ANI, "handle": "ani.example", "displayName": "Ani", "followersCount": 12, "description":
           "https://ani.example/birds", "labels": [{"src": ANI, "val": "!no-unauthenticated"}],
           "createdAt": "2023-07-02T10:00:00Z", "indexedAt": when(0)}  # fmt: skip
    bayu = {"did": BAYU, "handle": "handle.invalid", "labels": [{"src": CITRA, "val": "!no-unauthenticated"}]}
    return {
        "thread.json": thread(),
        "thread-v2.json": thread_2(),
        "feed.json": feed(),
        "follows.json": {"subject": ani, "follows": [bayu, {"did": "?"}], "cursor": "x"},
        "likes.json": {"uri": uri(ANI, 0), "likes": [
            {"actor": bayu, "createdAt": when(4), "indexedAt": when(4)}, {"actor": None}]},
        "reposts.json": {"uri": uri(ANI, 0), "repostedBy": [bayu]},
        "records.json": {"records": [
            {"uri": f"at://{ANI}/{path}", "cid": "bafyexample", "value": record}
            for path, record in list(usual().items())[1:4]]},
        "profile.json": ani,
        "did.json": {"@context": ["https://www.w3.org/ns/did/v1"], "id": ANI, "alsoKnownAs": ["at://ani.example"]},
        "bare.json": post("nobody's", 0),
        "empty.json": {"records": [], "uri": uri(ANI, 0)},
        "firehose.json": firehose(),
    }  # fmt: skip


def samples() -> dict[str, bytes]:
    """Every golden file by its name."""
    repo = repository_file(ANI, usual(), key(60))
    lines = "".join(json.dumps(event, separators=(",", ":")) + "\n" for event in stream())
    made = {
        "repo.car": repo,
        "legacy.car": legacy(),
        "times.car": times(),
        "damaged.car": damaged(),
        "slice.car": slice_(),
        "empty.car": repository_file(ANI, {}, key(60)),
        "cut.car": repo[: len(repo) * 2 // 3],
        "no-commit.car": car([cid_of(b"\xa0")], [b"\xa0"]),
        "stream.jsonl": lines.encode() + b'{"did":"did:plc:x"\n' + lines.splitlines()[1].encode() + b"\n",
        "cut.jsonl": lines.encode()[:900],
        "bom.json": b"\xef\xbb\xbf" + json.dumps(pages()["profile.json"], indent=1).encode(),
    }
    return made | {name: json.dumps(page, indent=1).encode() for name, page in pages().items()}


if __name__ == "__main__":
    for name, content in samples().items():
        (GOLDEN / name).write_bytes(content)
