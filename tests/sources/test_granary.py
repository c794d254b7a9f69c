"""The conversion vectors of granary (CC0), by path: what becomes of each, beside what the vector itself says.

One name often stands for the same thing in ActivityStreams 1 (``NAME.as.json``) and 2 (``NAME.as2.json``): both must
give the same records. Many are fragments without an id, an author or a time; those must say which is missing.
The atproto vectors are in test_bluesky_vectors.py.
"""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from permadani.errors import UnexpectedEnd
from permadani.sources import InputFile, recognise, walk
from permadani.sources.activitystreams import ActivityStreams
from permadani.sources.base import ReadOptions
from permadani.sources.reading.clock import iso
from permadani.sources.reading.markup import plain
from permadani.vocabulary import Actor, Addressed, Announce, Follow, Like, Object, Problem, Record

VECTORS = Path(__file__).parents[3] / "shared" / "data" / "granary-testvectors" / "granary" / "tests" / "testdata"
pytestmark = pytest.mark.skipif(not VECTORS.exists(), reason="../shared/data is not here")

FORMATS = {"as": 1, "as2": 2}
"""What stands behind the name of a vector, up to the first hyphen: which version it is."""
NO_JSON = {"event_with_rsvps.as": "Python inside the JSON", "note_with_whitespace.as": "line breaks inside a string"}
NO_CONTEXT = {"activity_with_actor.as2", "video.as2"}
"""Version 2 without ``@context``: read when told to, but not recognised."""
JOINED = "activity_with_actor"
"""granary takes the name of an actor without an id as the name of another address; this source does not."""
BECAME = {
    "as": {
        "Object": 11, "Announce": 2, "Like": 6, "Follow": 3, "Actor": 8, "undone": 4, "other_activity": 5,
        "other_object": 4, "missing_id": 35, "missing_author": 24, "unparsable_time": 6, "malformed_json": 1,
        "unexpected_end": 1,
    },
    "as2": {
        "Object": 4, "Announce": 1, "Like": 3, "Follow": 2, "Actor": 6, "undone": 4, "other_activity": 4,
        "missing_id": 11, "missing_author": 8, "unparsable_time": 4,
    },
}  # fmt: skip
MISSING = ("missing_id", "missing_author", "unparsable_time")


def version(path: Path) -> str:
    return path.name.split(".")[1].split("-")[0]


def vectors() -> list[Path]:
    found = sorted(VECTORS.glob("*.json")) if VECTORS.exists() else []
    return [path for path in found if version(path) in FORMATS and path.name.count(".") == 2]


def opened(path: Path) -> InputFile:
    (file,) = walk(path)
    assert isinstance(file, InputFile)
    return file


def records(path: Path) -> list[Record]:
    return list(ActivityStreams().read(opened(path), ReadOptions()))


def outcome(found: list[Record]) -> str:
    """What became of a vector: the record it is about, else why there is none."""
    lost = [r.reason for r in found if isinstance(r, Problem) and r.lost]
    for kind in (Object, Announce, Like, Follow):
        if not lost and any(isinstance(r, kind) for r in found):
            return kind.__name__
    problems = lost or [r.reason for r in found if isinstance(r, Problem)]
    return problems[0] if problems else "Actor"


# -- what a vector says, read without the source ----------------------------------------------------------------------


def first(value: Any) -> Any:
    return value[0] if isinstance(value, list) and value else value or None


def named(value: Any) -> str | None:
    """The id of something that is named or embedded."""
    value = first(value)
    if not isinstance(value, dict):
        return value
    address = first(value.get("url"))
    return value.get("id") or (address.get("href") or address.get("value") if isinstance(address, dict) else address)


def one(path: Path) -> dict[str, Any]:
    """The vector, or the first entry of its feed."""
    return first(json.loads(path.read_text("utf-8")))  # type: ignore[no-any-return]


def said(vector: dict[str, Any]) -> str:
    """Which record a vector is about, in its own words."""
    verb, kind = vector.get("verb") or vector.get("type"), vector.get("objectType") or vector.get("type")
    inner = first(vector.get("object"))
    if verb in ("post", "Create", "update", "Update") and isinstance(inner, dict):
        return said(inner)
    if verb in ("accept", "Accept") and isinstance(inner, dict) and said(inner) == "Follow":
        return "Follow"
    known = {"share": "Announce", "like": "Like", "favorite": "Like", "follow": "Follow"}
    if verb in (*known, *known.values()):
        return known.get(str(verb), str(verb))
    if kind in ("person", "organization", "Person", "Organization"):
        return "Actor"
    return "Object" if kind in MESSAGES and not vector.get("verb") else "nothing"


MESSAGES = {"note", "comment", "article", "question", "event", "video", "Note", "Article", "Question", "Event", "Video"}


@pytest.mark.parametrize("path", vectors(), ids=lambda p: p.name.removesuffix(".json"))
def test_a_vector_gives_what_it_says_or_says_what_is_missing(path: Path) -> None:
    name = path.name.removesuffix(".json")
    if name in NO_JSON:
        return
    found, vector = records(path), one(path)
    became, kind = outcome(found), said(vector)
    message = first(vector.get("object")) if vector.get("verb") == "post" or vector.get("type") == "Create" else vector
    doer = named(vector.get("actor") or vector.get("author"))
    author = named(message.get("attributedTo") or message.get("author")) or doer if kind == "Object" else doer
    if became == "Object":
        written = next(r for r in found if isinstance(r, Object))
        assert kind == "Object" and written.id == named(message)
        assert written.actor == author or author is None or "/name/" in written.actor
        assert written.published == iso(message["published"])
        assert written.in_reply_to == named(message.get("inReplyTo"))
        words = plain(message.get("content") or "")
        assert (written.text or "").endswith(words)
        assert written.kind == (
            "article" if message.get("objectType", message.get("type")).lower() == "article" else "note"
        )
    elif became in ("Announce", "Like", "Follow"):
        deed = next(r for r in found if isinstance(r, Announce | Like | Follow))
        assert kind == became
        about = first(vector["object"]) if vector.get("verb", vector.get("type")) in ("accept", "Accept") else vector
        assert (deed.actor, deed.object) == (named(about["actor"]), named(about["object"]))
        if not isinstance(deed, Follow):
            assert deed.published == iso(vector.get("published", ""))
    elif became == "Actor":
        profile = next(r for r in found if isinstance(r, Actor))
        node = vector.get("object", vector)
        assert kind == "Actor" and profile.id == named(node)
        assert profile.name == (node.get("name") or node.get("displayName"))
        assert profile.handle == (node.get("preferredUsername") or node.get("username"))
    elif became == "missing_id":
        assert not str(named(message) or "").startswith(("http", "tag:", "did:", "at:"))
    elif became == "missing_author":
        assert author is None or not any(word in author for word in ("http", "tag:", "did:"))
    elif became == "unparsable_time":
        assert kind in ("Object", "Announce") and not message.get("published")
    elif became == "undone":
        assert vector.get("verb", vector.get("type")) in ("undo", "Undo", "stop-following")
    elif became == "other_object":
        assert message.get("objectType") == "bookmark" or (kind == "nothing" and message.get("objectType") is None)
    else:
        assert became == "other_activity" and kind == "nothing"


def essence(found: list[Record]) -> list[Any]:
    """What both versions can say: of messages all but the channel, of people only who they are."""
    kept: list[Any] = []
    for r in found:
        if isinstance(r, Object):
            kept.append((r.id, r.kind, r.actor, r.published, r.in_reply_to, r.quotes, r.text, r.url))
        elif isinstance(r, Announce | Like | Follow | Addressed):
            kept.append(r)
        elif isinstance(r, Problem):
            kept.append((r.reason, r.lost))
        elif isinstance(r, Actor):
            kept.append((r.id, r.handle, r.name))
    return kept


PAIRS = sorted({path.name.split(".")[0] for path in vectors() if version(path) == "as"}
               & {path.name.split(".")[0] for path in vectors() if version(path) == "as2"})  # fmt: skip


@pytest.mark.parametrize("name", PAIRS)
def test_both_versions_of_one_name_give_the_same(name: str) -> None:
    written = [VECTORS / f"{name}.{kind}.json" for kind in ("as", "as-from-as2", "as2", "as2-from-as")]
    old, *others = [path for path in written if path.exists()]
    for other in others:
        left, right = essence(records(other)), essence(records(old))
        if name == JOINED:
            left, right = ([e for e in side if None not in e] for side in (left, right))
            right = [e for e in right if "J K" not in e]
        assert left == right, other.name


def completed(vector: dict[str, Any]) -> dict[str, Any]:
    """A fragment with the id, author and time that it lacks, as the post of somebody."""
    message = dict(
        first(vector["object"]) if vector.get("verb") == "post" or vector.get("type") == "Create" else vector
    )
    message.setdefault("id", "https://example.org/1")
    message.setdefault("published", "2020-01-02T03:04:05Z")
    old = "objectType" in message
    return {
        **({"objectType": "activity", "verb": "post"} if old else {"@context": vector["@context"], "type": "Create"}),
        "actor": "https://example.org/somebody",
        "object": message,
    }


FRAGMENTS = [
    path
    for path in vectors()
    if path.name.removesuffix(".json") not in (*NO_JSON, *NO_CONTEXT)
    and said(one(path)) == "Object"
    and outcome(records(path)) in MISSING
]


def read_completed(path: Path, folder: Path) -> list[Record]:
    (folder / path.name).write_text(json.dumps(completed(one(path))))
    file = opened(folder / path.name)
    assert ActivityStreams().recognises(file)
    return list(ActivityStreams().read(file, ReadOptions()))


@pytest.mark.parametrize("path", FRAGMENTS, ids=lambda p: p.name.removesuffix(".json"))
def test_a_fragment_with_what_it_lacks_is_read_in_full(path: Path, tmp_path: Path) -> None:
    found = read_completed(path, tmp_path)
    written = next(r for r in found if isinstance(r, Object))
    message = completed(one(path))["object"]
    assert outcome([r for r in found if not isinstance(r, Problem) or r.lost]) == "Object"
    assert (written.text or "").endswith(plain(message.get("content") or ""))
    assert written.in_reply_to == named(message.get("inReplyTo"))
    tags = message.get("tags") or message.get("tag") or []
    people = [t.get("url") or t.get("href") for t in tags if t.get("objectType", t.get("type", "")).lower() in PEOPLE]
    assert [r.actor for r in found if isinstance(r, Addressed)] == people
    assert written.quotes == next(
        (named(a) for a in message.get("attachments", ()) if a.get("objectType") == "note"), None
    )


PEOPLE = ("person", "mention")


@pytest.mark.parametrize("name", PAIRS)
def test_completed_fragments_of_one_name_give_the_same(name: str, tmp_path: Path) -> None:
    found = [essence(read_completed(path, tmp_path)) for path in FRAGMENTS if path.name.split(".")[0] == name]
    assert all(other == found[0] for other in found)


def test_how_many_fragments_there_are() -> None:
    assert Counter(version(path) for path in FRAGMENTS) == {"as": 56, "as2": 19}


def test_every_vector_is_recognised_that_says_what_it_is() -> None:
    for path in vectors():
        found = recognise(opened(path))
        unknown = path.name.removesuffix(".json") in NO_CONTEXT
        assert found is None if unknown else found is not None and found.name == "activitystreams", path.name


def test_no_other_vector_is_claimed() -> None:
    others = [p for p in VECTORS.iterdir() if p.is_file() and p not in vectors()]
    assert [p.name for p in others if ActivityStreams().recognises(opened(p))] == []


@pytest.mark.parametrize("kind", FORMATS)
def test_how_many_of_how_many_convert(kind: str) -> None:
    """The table of docs/sources/activitystreams.md."""
    became: Counter[str] = Counter()
    for path in vectors():
        if version(path) != kind:
            continue
        try:
            became[outcome(records(path))] += 1
        except UnexpectedEnd:
            became["unexpected_end"] += 1
    assert became == BECAME[kind]
