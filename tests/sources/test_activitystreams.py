"""ActivityStreams beyond the golden pairs: whole archives, hostile shapes, what is not claimed, a real outbox."""

from __future__ import annotations

import io
import json
import tarfile
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from permadani.errors import InputError, UnexpectedEnd, Unreadable
from permadani.sources import InputFile, recognise, walk
from permadani.sources.activitystreams import ActivityStreams
from permadani.sources.base import ReadOptions
from permadani.sources.reading import jsonrecords, jsonstream
from permadani.vocabulary import Actor, Addressed, Announce, Coverage, Like, Object, Problem, Record

REAL = Path(__file__).parents[3] / "shared" / "data" / "mastodon-outbox"
GOLDEN = Path(__file__).parents[1] / "golden" / "activitystreams"
CONTEXT = "https://www.w3.org/ns/activitystreams"
PUBLIC = CONTEXT + "#Public"
ME = "https://kampung.example/users/melati"


def note(number: int = 1, **more: Any) -> dict[str, Any]:
    return {
        "id": f"{ME}/statuses/{number}", "type": "Note", "attributedTo": ME, "published": "2024-03-01T08:00:00Z",
        "to": [PUBLIC], "cc": [], "content": "<p>Halo</p>", "tag": [], **more,
    }  # fmt: skip


def create(message: Any, **more: Any) -> dict[str, Any]:
    return {"type": "Create", "id": "https://kampung.example/a/1", "actor": ME, "object": message, **more}


def outbox(*items: Any, **more: Any) -> dict[str, Any]:
    return {"@context": CONTEXT, "id": "outbox.json", "type": "OrderedCollection", "orderedItems": list(items), **more}


def opened(path: Path, content: Any) -> InputFile:
    text = content if isinstance(content, str | bytes) else json.dumps(content)
    path.write_bytes(text.encode("utf-8", "surrogatepass") if isinstance(text, str) else text)
    (file,) = walk(path)
    assert isinstance(file, InputFile)
    return file


def read(file: InputFile, owner: str | None = None) -> list[Record]:
    return list(ActivityStreams().read(file, ReadOptions(owner=owner)))


def of(kind: type[Any], found: list[Record]) -> list[Any]:
    return [r for r in found if isinstance(r, kind)]


def reasons(found: list[Record]) -> Counter[str]:
    return Counter(r.reason for r in found if isinstance(r, Problem))


def claimed(found: list[Record]) -> list[tuple[str | None, str, str]]:
    return [(c.actor, c.direction, c.completeness) for c in found if isinstance(c, Coverage)]


# -- whole archives ---------------------------------------------------------------------------------------------------


def test_an_archive_of_mastodon_is_read_as_it_was_downloaded(tmp_path: Path) -> None:
    with tarfile.open(tmp_path / "archive-20240303.tar.gz", "w:gz") as archive:
        for name in ("outbox.json", "likes.json", "bookmarks.json", "actor.json"):
            archive.add(GOLDEN / "mastodon" / name, name)
        picture = tarfile.TarInfo("avatar.png")
        picture.size = 8
        archive.addfile(picture, io.BytesIO(b"\x89PNG\r\n\x1a\n"))
    found: dict[str, list[Record]] = {}
    unknown = []
    for file in walk(tmp_path / "archive-20240303.tar.gz"):
        assert isinstance(file, InputFile)
        source = recognise(file)
        if source is None:
            unknown.append(file.name)
        else:
            assert source.name == "activitystreams"
            found[file.name] = read(file)
    assert unknown == ["avatar.png"]
    assert len(of(Object, found["outbox.json"])) == 6 and reasons(found["outbox.json"]) == {"direct_message": 2}
    assert {like.actor for like in of(Like, found["likes.json"])} == {ME}
    assert reasons(found["bookmarks.json"]) == {"no_messages": 1}
    assert of(Actor, found["actor.json"])[0].opted_out is True


def test_a_list_of_likes_needs_to_know_whose_it_is(tmp_path: Path) -> None:
    file = opened(tmp_path / "likes.json", outbox("https://a.example/1", id="likes.json"))
    with pytest.raises(Unreadable, match="whose") as caught:
        read(file)
    assert "--owner" in (caught.value.hint_text() or "")
    with pytest.raises(Unreadable):
        read(file, "@melati@kampung.example")  # which address that account has would be a guess
    assert read(file, ME) == [Like(actor=ME, object="https://a.example/1")]


def test_what_is_claimed_of_an_outbox_of_several(tmp_path: Path) -> None:
    other = create(note(2, attributedTo="https://lain.example/u/x"), actor="https://lain.example/u/x")
    file = opened(tmp_path / "outbox.json", outbox(create(note()), other))
    assert {c[0] for c in claimed(read(file))} == {None}
    for owner in (ME, "@melati@kampung.example"):
        assert claimed(read(file, owner)) == [(ME, "inbound", "none"), (ME, "outbound", "complete")]
    assert {c[0] for c in claimed(read(file, "@citra@desa.example"))} == {None}


@pytest.mark.parametrize(
    ("envelope", "shown"),
    [
        ({"id": "outbox.json", "totalItems": 900}, "complete"),
        ({"id": "https://kampung.example/users/melati/outbox", "totalItems": 1}, "complete"),
        ({"id": "https://kampung.example/users/melati/outbox", "totalItems": 2}, "partial"),
        ({"id": "https://kampung.example/users/melati/outbox", "totalItems": "1"}, "partial"),
        (
            {"id": "https://kampung.example/users/melati/outbox", "totalItems": 1, "next": "https://x.example/"},
            "partial",
        ),
        ({"id": "https://kampung.example/users/melati/outbox?page=1", "type": "OrderedCollectionPage"}, "partial"),
    ],
)
def test_how_much_of_an_outbox_is_claimed(tmp_path: Path, envelope: dict[str, Any], shown: str) -> None:
    found = read(opened(tmp_path / "o.json", outbox(create(note()), **envelope)))
    assert claimed(found) == [(ME, "inbound", "none"), (ME, "outbound", shown)]


def test_any_other_collection_is_a_part(tmp_path: Path) -> None:
    found = read(opened(tmp_path / "o.json", outbox(note(), id="https://kampung.example/tags/halo")))
    assert claimed(found) == [(None, "inbound", "partial"), (None, "outbound", "partial")]


def test_a_large_outbox_is_read_one_activity_at_a_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = opened(tmp_path / "outbox.json", outbox(*(create(note(n)) for n in range(2000))))
    for module, name in ((jsonrecords, "WHOLE_LIMIT"), (jsonstream, "ELEMENT_LIMIT")):
        monkeypatch.setattr(module, name, 10_000)
    reading = ActivityStreams().read(file, ReadOptions())
    assert isinstance(next(reading), Actor)
    assert len(of(Object, list(reading))) == 2000


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.99])
def test_a_cut_outbox_gives_what_precedes_the_cut(tmp_path: Path, share: float) -> None:
    text = json.dumps(outbox(*(create(note(n)) for n in range(50)), totalItems=50))
    file = opened(tmp_path / "outbox.json", text[: int(len(text) * share)])
    found: list[Record] = []
    assert ActivityStreams().recognises(file)
    with pytest.raises(UnexpectedEnd):
        found.extend(ActivityStreams().read(file, ReadOptions()))
    assert abs(len(of(Object, found)) - 50 * share) <= 2 and claimed(found)


# -- people -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("told", "opted_out"),
    [
        ({}, None), ({"discoverable": True}, None), ({"discoverable": True, "indexable": True}, False),
        ({"discoverable": False}, True), ({"indexable": False, "discoverable": True}, True),
        ({"discoverable": None, "indexable": None}, None), ({"discoverable": "false"}, None),
        ({"summary": "<p>Guru <a href='x'>#<span>nobot</span></a></p>", "discoverable": True, "indexable": True}, True),
        ({"summary": "please noindex"}, True), ({"summary": "#NoIndex"}, True), ({"summary": "robots welcome"}, None),
        ({"name": "Melati #nobots"}, True), ({"summary": 5, "name": []}, None),
    ],
)  # fmt: skip
def test_who_asks_not_to_be_found(tmp_path: Path, told: dict[str, Any], opted_out: bool | None) -> None:
    file = opened(tmp_path / "actor.json", {"@context": CONTEXT, "type": "Person", "id": ME, **told})
    assert of(Actor, read(file))[0].opted_out is opted_out


@pytest.mark.parametrize(
    ("recipients", "kept"),
    [
        ({}, True), ({"to": PUBLIC}, True), ({"to": "as:Public"}, True), ({"cc": ["Public"]}, True),
        ({"to": [ME + "/followers"]}, True), ({"to": ["https://x.example/u/1"]}, False), ({"to": [], "cc": []}, False),
        ({"to": [], "cc": None}, False), ({"to": 5}, False), ({"to": [{"id": PUBLIC}]}, True),
        ({"audience": [PUBLIC]}, True), ({"to": {"alias": ["@public"]}}, False),
    ],
)  # fmt: skip
def test_only_what_was_meant_for_many_is_read(tmp_path: Path, recipients: dict[str, Any], kept: bool) -> None:
    message = {k: v for k, v in note().items() if k not in ("to", "cc")} | recipients
    for file in (
        opened(tmp_path / "o.json", outbox(create(message))),
        opened(tmp_path / "p.json", outbox(create({**message, "to": None, "cc": None}, **recipients))),
    ):
        found = read(file)
        assert bool(of(Object, found)) is kept and ("Halo" in str(found)) is kept
        assert reasons(found)["direct_message"] == (not kept)


@pytest.mark.parametrize("private", [{"to": ["https://x.example/u/1"]}, {"to": []}, {"directMessage": True}])
def test_it_is_left_out_where_either_the_activity_or_the_message_says_private(
    tmp_path: Path, private: dict[str, Any]
) -> None:
    public = {"to": [PUBLIC], "cc": None}
    for message, around in ((public, {**public, **private}), ({**public, **private}, public)):
        found = read(opened(tmp_path / "o.json", outbox(create(note(**message), **around))))
        assert of(Object, found) == [] and "Halo" not in str(found)
        assert reasons(found)["direct_message"] == 1


def test_a_deleted_message_keeps_its_bare_row_whichever_comes_first(tmp_path: Path) -> None:
    deletion = {"type": "Delete", "actor": ME, "object": {"type": "Tombstone", "id": f"{ME}/statuses/1"}}
    for items in ([create(note()), deletion], [deletion, create(note())]):
        found = of(Object, read(opened(tmp_path / "o.json", outbox(*items))))
        assert found[-1].deleted is True and found[-1].text is None and found[-1].actor == ME


def test_a_program_says_so(tmp_path: Path) -> None:
    (tmp_path / "actor.json").write_text(json.dumps({"@context": CONTEXT, "type": "Service", "id": ME}))
    opened(tmp_path / "outbox.json", outbox(create(note())))
    (file,) = (f for f in walk(tmp_path) if isinstance(f, InputFile) and f.name == "outbox.json")
    assert of(Object, read(file))[0].automatic is True


@pytest.mark.parametrize(
    ("parent", "to"),
    [
        ("https://a.example/users/budi/statuses/1", "https://a.example/users/budi"),
        ("https://a.example/ap/users/12/statuses/1", "https://a.example/ap/users/12"),
        ("https://a.example/@budi/1", None), ("https://a.example/objects/1", None), (f"{ME}/statuses/0", None),
        ({"id": "https://a.example/1", "attributedTo": {"id": "https://a.example/u/b"}}, "https://a.example/u/b"),
        ("at://did:plc:abc/app.bsky.feed.post/1", "did:plc:abc"),
    ],
)  # fmt: skip
def test_whom_a_reply_speaks_to(tmp_path: Path, parent: Any, to: str | None) -> None:
    found = read(opened(tmp_path / "o.json", outbox(create(note(inReplyTo=parent)))))
    assert [(r.actor, r.kind) for r in of(Addressed, found)] == ([(to, "to")] if to else [])


# -- hostile ----------------------------------------------------------------------------------------------------------

DEEP: Any = "x"
for _ in range(300):
    DEEP = [DEEP]
HOSTILE: list[Any] = [
    None, True, 0, -1, 1.5, 10**400, "", "x", "\0", "\ud800", "http://[::1", "https://a.example/\n<script>", [], {},
    [[]], [{}], {"id": {}}, {"id": [1], "type": [None]}, {"type": {"a": 1}}, {"@context": {"@context": 1}}, DEEP,
    ["https://a.example/1", None, 7, {"url": [{"href": []}]}], {"name": ["a"], "displayName": {}},
    "https://" + "a" * 9000,
]  # fmt: skip
FIELDS = [
    "id", "type", "actor", "object", "published", "to", "cc", "url", "content", "contentMap", "summary", "name", "tag",
    "inReplyTo", "attributedTo", "replies", "generator", "mediaType", "quote", "quoteUrl", "first", "items", "tags",
    "orderedItems", "totalItems", "formerType", "updated", "verb", "objectType", "author", "authors", "displayName",
    "attachments", "attachment", "alsoKnownAs", "movedTo", "followers", "preferredUsername", "urls", "discoverable",
    "alias", "href", "audience", "@type", "@id", "partOf", "next", "endTime", "icon",
]  # fmt: skip


@pytest.mark.parametrize("field", FIELDS)
def test_any_value_in_any_field_is_survived(tmp_path: Path, field: str) -> None:
    person = {"type": "Person", "id": ME, "name": "M", "attachment": [{"type": "PropertyValue", "value": "v"}]}
    items: list[Any] = []
    for value in HOSTILE:
        worse = {field: value}
        items += [
            create(note(**worse)), create(note(), **worse), {**person, **worse}, {"type": "Tombstone", **worse},
            create(note(tag=[{"type": "Mention", "href": ME + "x", "name": "@a", **worse}])),
            create(note(inReplyTo={"id": ME + "x", "content": "a", "attributedTo": person, **worse})),
            {"objectType": "activity", "verb": "post", "actor": ME, "object": {"objectType": "note", **worse}},
            *({"type": t, "actor": ME, "object": note(), "published": "2024-01-01T00:00:00Z", **worse}
              for t in ("Announce", "Like", "Undo", "Delete", "Accept", "Update", "Follow")),
        ]  # fmt: skip
    found = read(opened(tmp_path / "outbox.json", outbox(*items)))
    assert len(found) > len(items) // 4
    for value in HOSTILE:
        for whole in (outbox(create(note()), **{field: value}), {**note(), "@context": CONTEXT, field: value}):
            file = opened(tmp_path / "o.json", whole)
            ActivityStreams().recognises(file)
            read(file)


@pytest.mark.parametrize(
    "text",
    [
        "", "{", "[", "{}", "[]", "null", "[" * 100_000, '{"@context": "' + CONTEXT + '", "type": ' + "[" * 100_000,
        '{"@context":"' + CONTEXT + '","orderedItems":' + "[" * 100_000 + "]" * 100_000 + "}",
        '{"@context":"' + CONTEXT + '","orderedItems":[' + '{"object":' * 50_000 + "1" + "}" * 50_000 + "]}",
        '{"@context":"' + CONTEXT + '","orderedItems":[1e999,NaN,{"a":},"\\ud83d",{"content":"\\ud83d"}]}',
        '{"@context":"' + CONTEXT + '","orderedItems":3,"items":{"a":[1]}}', '{"orderedItems":[1]}}}}{{{',
        '"@context" ' * 5000, '{"@context":' * 5000, '{"objectType":"note","id":' * 3000,
    ],
)  # fmt: skip
def test_broken_json_is_told_and_survived(tmp_path: Path, text: str) -> None:
    file = opened(tmp_path / "outbox.json", text)
    ActivityStreams().recognises(file)
    try:
        read(file)
    except InputError as error:
        assert error.text()


def test_utf_16_is_recognised_and_refused(tmp_path: Path) -> None:
    file = opened(tmp_path / "outbox.json", json.dumps(outbox()).encode("utf-16"))
    assert ActivityStreams().recognises(file)
    with pytest.raises(Unreadable, match="UTF-16"):
        read(file)


def test_no_script_and_no_address_is_kept(tmp_path: Path) -> None:
    person = {"type": "Person", "name": "Ani <script>x()</script> ani@example.org", "id": ME}
    content = "<p>a</p><script>steal()</script><style>b{}</style>"
    found = read(opened(tmp_path / "o.json", outbox(create(note(content=content, attributedTo=person)))))
    assert of(Object, found)[0].text == "a" and "steal" not in str(found) and "x()" not in str(found)


# -- what is not claimed ----------------------------------------------------------------------------------------------

LOOK_ALIKES: dict[str, Any] = {
    "JSON-LD": {"@context": "https://schema.org", "@type": "Person", "name": "A"},
    "xAPI": {
        "actor": {"objectType": "Agent", "mbox": "mailto:a@example.org"}, "verb": {"id": "http://adlnet.gov/x"},
        "object": {"objectType": "Activity", "id": "http://a.example/"},
    },
    "Mastodon API": {"id": "1", "created_at": "2024-01-01", "content": "a", "account": {"acct": "a"}},
    "WebFinger": {"subject": "acct:a@b.example", "links": [{"rel": "self", "type": "application/activity+json"}]},
    "Google+": {"kind": "plus#activity", "verb": "post", "actor": {}, "object": {"objectType": "note"}, "id": "z"},
    "Gnip": {"id": "tag:search.twitter.com,2005:1", "objectType": "activity", "verb": "post", "object": {}},
    "quoted": {"title": "a", "text": '"@context": "https://www.w3.org/ns/activitystreams"', "type": "Note"},
    "inside": {"page": {"@context": CONTEXT, "type": "Note"}},
    "other types": {"objectType": "invoice", "id": "1", "content": "a"},
    "bluesky": {"$type": "app.bsky.feed.post", "text": "a", "createdAt": "2024-01-01T00:00:00Z"},
    "manifest": {"@context": ["http://iiif.io/api/presentation/3/context.json"], "type": "Manifest", "items": []},
}  # fmt: skip


@pytest.mark.parametrize("name", LOOK_ALIKES)
def test_look_alikes_are_not_claimed(tmp_path: Path, name: str) -> None:
    for content in (LOOK_ALIKES[name], [LOOK_ALIKES[name]]):
        assert not ActivityStreams().recognises(opened(tmp_path / "file.json", content))


@pytest.mark.parametrize(
    "context",
    [
        CONTEXT, CONTEXT.replace("https", "http"), [CONTEXT], ["https://w3id.org/security/v1", CONTEXT],
        [{"a": ["b"]}, CONTEXT], {"@vocab": CONTEXT}, CONTEXT + "#",
    ],
)  # fmt: skip
def test_every_way_to_name_the_context_is_known(tmp_path: Path, context: Any) -> None:
    for whole in (outbox(create(note())), note(), create(note()), {"type": "Person", "id": ME}):
        text = json.dumps({**whole, "@context": context})
        for written in (
            text,
            "\ufeff" + text,
            "[" + text + "]",
            text + "\n" + text + "\n",
            json.dumps(whole | {"@context": context}, indent=2),
        ):
            assert ActivityStreams().recognises(opened(tmp_path / "file.json", written))


def test_activities_without_a_context_are_known_by_whom_they_are_for(tmp_path: Path) -> None:
    line = json.dumps(create(note(), to=[PUBLIC]))
    assert ActivityStreams().recognises(opened(tmp_path / "a.jsonl", line + "\n" + line))
    assert not ActivityStreams().recognises(opened(tmp_path / "a.jsonl", line.replace("#Public", "")))


# -- a real outbox ----------------------------------------------------------------------------------------------------


@pytest.mark.skipif(not REAL.exists(), reason="../shared/data is not here")
def test_a_real_outbox_is_counted_not_believed() -> None:
    (file,) = walk(REAL)
    assert isinstance(file, InputFile) and ActivityStreams().recognises(file)
    raw = json.loads((REAL / "outbox.json").read_text("utf-8"))
    notes = [a["object"] for a in raw["orderedItems"] if a["type"] == "Create"]
    direct = [n for n in notes if not any("Public" in r or r.endswith("/followers") for r in n["to"] + n["cc"])]
    found = read(file)
    messages = of(Object, found)
    assert raw["totalItems"] == 190 and len(raw["orderedItems"]) == 216
    assert sum(n["inReplyTo"] is not None for n in notes) == 155
    assert (len(messages), len(of(Announce, found)), len(direct)) == (164, 26, 26)
    assert sum(m.in_reply_to is not None for m in messages) == 129  # all 26 direct messages are replies
    assert reasons(found) == {"direct_message": 26}
    assert {m.id for m in messages} == {n["id"] for n in notes} - {n["id"] for n in direct}
    told = {r.object for r in of(Addressed, found) if r.kind == "to"}
    alone = [m for m in messages if m.in_reply_to and m.id not in told]
    assert len(told) == 120
    # of the rest, all but one go on from the owner's own; that one's server does not tell the author in the address
    assert [m.in_reply_to.startswith(m.actor) for m in alone].count(False) == 1 and len(alone) == 9
    assert [c[2] for c in claimed(found)] == ["none", "complete"]
