"""YouTube: Data API, yt-dlp and Takeout; its golden pairs are in tests/golden/youtube."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path
from typing import Any

import pytest

from permadani.errors import UnexpectedEnd, Unreadable
from permadani.sources import InputFile, recognise, walk
from permadani.sources.base import ReadOptions, Source
from permadani.sources.youtube import YouTube
from permadani.vocabulary import Actor, Addressed, Coverage, Follow, Object, Problem, Record, Standing

RANIA, DEWI, BUDI = "UCrania0000000000000000R", "UCdewi00000000000000000D", "UCbudi00000000000000000B"
HEADER = "Comment ID,Channel ID,Comment Create Timestamp,Price,Parent Comment ID,Video ID,Comment Text\n"


def opened(path: Path, inside: Path | None = None) -> InputFile:
    return next(f for f in walk(inside or path) if isinstance(f, InputFile) and f.path == str(path))


def read(path: Path, owner: str | None = None, inside: Path | None = None) -> list[Record]:
    return list(YouTube().read(opened(path, inside), ReadOptions(owner)))


def written(tmp_path: Path, content: Any, name: str = "page.json") -> Path:
    path = tmp_path / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else json.dumps(content).encode())
    return path


def objects(records: list[Record]) -> list[Object]:
    return [r for r in records if isinstance(r, Object)]


def reasons(records: list[Record], lost: bool | None = None) -> list[str]:
    return [r.reason for r in records if isinstance(r, Problem) and lost in (None, r.lost)]


def spoken(records: list[Record]) -> list[tuple[str, str, str]]:
    return [
        (r.object.removeprefix("youtube:comment/"), r.actor.removeprefix("youtube:user/"), r.kind)
        for r in records
        if isinstance(r, Addressed)
    ]


def comment(
    id: Any = "c1", author: Any = DEWI, name: Any = "@dewi", text: Any = "Hello", **more: Any
) -> dict[str, Any]:
    snippet = {
        "channelId": RANIA,
        "videoId": "v1",
        "textDisplay": text,
        "textOriginal": text,
        "authorDisplayName": name,
        "authorChannelId": {"value": author},
        "publishedAt": "2023-07-13T06:26:01Z",
    }
    return {"kind": "youtube#comment", "id": id, "snippet": snippet | more}


def thread(top: Any, *replies: Any, total: Any = 0) -> dict[str, Any]:
    snippet = {"channelId": RANIA, "videoId": "v1", "topLevelComment": top, "totalReplyCount": total}
    return {"kind": "youtube#commentThread", "id": "c1", "snippet": snippet, "replies": {"comments": list(replies)}}


def page(*items: Any, kind: str = "commentThread") -> dict[str, Any]:
    return {"kind": f"youtube#{kind}ListResponse", "items": list(items)}


def reply(id: str, author: str, name: str, text: str) -> dict[str, Any]:
    return comment(f"c1.{id}", author, name, text, parentId="c1")


def test_it_is_a_source() -> None:
    assert isinstance(YouTube(), Source)


def test_a_comment_speaks_to_the_owner_of_the_video_and_a_reply_does_not(tmp_path: Path) -> None:
    records = read(written(tmp_path, page(thread(comment(), reply("1", BUDI, "@budi", "Me too")))))
    assert spoken(records) == [("c1", RANIA, "to")]
    assert [o.in_reply_to for o in objects(records)] == ["youtube:video/v1", "youtube:comment/c1"]


def test_the_owner_does_not_speak_to_themselves(tmp_path: Path) -> None:
    assert spoken(read(written(tmp_path, page(thread(comment(author=RANIA)))))) == []


@pytest.mark.parametrize(
    ("text", "whom"),
    [
        ("@budi yes", BUDI),
        ("\u200b@Budi, yes", BUDI),
        ("@Ani Lestari yes", "UCani"),
        ("@ani lestari: yes", "UCani"),
        ("@anil yes", None),
        ("yes @budi", None),
        ("@twin yes", None),
        ("@", None),
        ("@ budi", None),
    ],
)
def test_a_name_at_the_beginning_tells_whom_a_reply_answers(tmp_path: Path, text: str, whom: str | None) -> None:
    replies = (
        reply("1", BUDI, "@budi", "One"),
        reply("2", "UCani", "Ani Lestari", "Two"),
        reply("3", "UCt1", "Twin", "Three"),
        reply("4", "UCt2", "twin", "Four"),
        reply("5", RANIA, "@rania", text),
    )
    records = read(written(tmp_path, page(thread(comment(), *replies, total=5))))
    assert spoken(records)[1:] == ([("c1.5", whom, "mention")] if whom else [])
    named = text.startswith(("@a", "@t")) and whom is None
    assert reasons(records) == (["mention_without_id"] if named else [])


def test_names_of_one_thread_mean_nothing_in_another(tmp_path: Path) -> None:
    other = thread(comment("c9", BUDI, "@budi"))
    records = read(written(tmp_path, page(thread(comment(), reply("1", RANIA, "@rania", "@budi yes"), total=1), other)))
    assert [kind for *_, kind in spoken(records)] == ["to", "to"]
    assert reasons(records) == ["mention_without_id"]


def test_missing_replies_are_told_unless_they_come_later(tmp_path: Path) -> None:
    first = page(thread(comment(), total=2))
    assert reasons(read(written(tmp_path, first))) == ["replies_not_in_file"]
    rest = page(reply("1", BUDI, "@budi", "One"), reply("2", DEWI, "@dewi", "Two"), kind="comment")
    records = read(written(tmp_path, [first, rest]))
    assert reasons(records) == []
    assert len(objects(records)) == 3


def test_somebody_without_a_channel_is_one_person_in_one_thread(tmp_path: Path) -> None:
    items = [thread(comment(f"c{n}", None, name)) for n, name in enumerate(("Ani", "Ani", None, ""))]
    records = read(written(tmp_path, page(*items)))
    assert len({o.actor for o in objects(records)}) == 4
    assert reasons(records) == ["no_author_name"] * 2


def test_hidden_subscribers_are_unknown_and_not_none(tmp_path: Path) -> None:
    counts: list[dict[str, Any]] = [
        {"subscriberCount": "12"},
        {"subscriberCount": "0", "hiddenSubscriberCount": True},
        {"subscriberCount": 9**400},
        {"subscriberCount": "many"},
        {},
    ]
    channels = [{"kind": "youtube#channel", "id": f"UC{n}", "statistics": found} for n, found in enumerate(counts)]
    records = read(written(tmp_path, page(*channels, kind="channel")))
    assert [r.followers for r in records if isinstance(r, Actor)] == [12, None, None, None, None]


@pytest.mark.parametrize("shape", ["page", "items", "array", "lines", "pretty", "pages", "bare", "one"])
def test_every_way_to_save_responses(tmp_path: Path, shape: str) -> None:
    threads = [thread(comment("c1")), thread(comment("c2"))]
    bare = [{"id": t["id"], "snippet": t["snippet"]} for t in threads]
    contents = {
        "page": json.dumps(page(*threads)),
        "items": json.dumps({"items": bare}),
        "array": json.dumps(threads),
        "lines": "\n".join(map(json.dumps, threads)),
        "pretty": json.dumps(page(*threads), indent=2),
        "pages": json.dumps([page(threads[0]), page(threads[1])]),
        "bare": "\ufeff" + json.dumps(bare),
        "one": json.dumps(threads[0]) + "\n" + json.dumps(threads[1]["snippet"]["topLevelComment"]),
    }
    path = written(tmp_path, contents[shape].encode())
    assert isinstance(recognise(opened(path)), YouTube)
    assert [o.id for o in objects(read(path))] == ["youtube:comment/c1", "youtube:comment/c2"]


def info(*comments: Any, **more: Any) -> dict[str, Any]:
    return {
        "id": "v1", "title": "A loom", "formats": [{"url": "https://a.googlevideo.com/x"}], "channel_id": RANIA,
        "channel_url": f"https://www.youtube.com/channel/{RANIA}", "uploader_id": "@rania", "timestamp": 1_689_138_000,
        "channel_follower_count": 5, "epoch": 1_760_000_000, "extractor": "youtube", "comments": list(comments),
    } | more  # fmt: skip


def scraped(id: str, parent: str = "root", author: Any = DEWI, name: str = "@dewi", text: str = "Hi") -> dict[str, Any]:
    return {
        "id": id, "parent": parent, "text": text, "author_id": author, "author": name, "timestamp": 1_689_206_400,
        "_time_text": "2 years ago",
    }  # fmt: skip


def test_yt_dlp_gives_the_ids_of_the_api_and_says_that_times_are_estimates(tmp_path: Path) -> None:
    comments = [scraped("c1"), scraped("c1.1", "c1", RANIA, "@rania", "@dewi yes")]
    records = read(written(tmp_path, info(*comments)))
    assert [o.id for o in objects(records)] == ["youtube:comment/c1", "youtube:comment/c1.1", "youtube:video/v1"]
    assert spoken(records) == [("c1", RANIA, "to"), ("c1.1", DEWI, "mention")]
    assert reasons(records) == ["estimated_time"] * 2
    assert [r.followers for r in records if isinstance(r, Standing)] == [5]


def test_many_comments_of_yt_dlp_come_piece_by_piece_in_whole_threads(tmp_path: Path) -> None:
    comments = []
    for n in range(0, 3000, 3):
        comments += [
            scraped(f"c{n}"),
            scraped(f"c{n}.1", f"c{n}", BUDI, f"@budi{n}"),
            scraped(f"c{n}.2", f"c{n}", RANIA, "@rania", f"@budi{n} yes"),
        ]
    for keys in (False, True):
        path = written(tmp_path, json.dumps(info(*comments), sort_keys=keys).encode())
        records = read(path)
        assert len(objects(records)) == 3001
        assert reasons(records) == ["estimated_time"] * 3000
        assert sum(kind == "mention" for *_, kind in spoken(records)) == 1000


def test_other_sites_of_yt_dlp_are_not_claimed(tmp_path: Path) -> None:
    other = info(extractor="vimeo", channel_url="https://vimeo.example/x", formats=[{"url": "https://vimeo.example/y"}])
    assert not YouTube().recognises(opened(written(tmp_path, other)))
    path = written(tmp_path, info(description="x" * 10, formats=[{"url": "https://a.googlevideo.com/x"}] * 5000))
    assert YouTube().recognises(opened(path))


def takeout(tmp_path: Path, rows: str, header: str = HEADER, name: str = "comments/comments.csv") -> Path:
    return written(tmp_path, (header + rows).encode(), name)


def row(id: str = "UgwA", channel: str = DEWI, time: str = "2023-07-13T06:26:01+00:00", text: str = "hi") -> str:
    return f'{id},{channel},{time},0,,v1,"{{""text"":""{text}""}}"\n'


def test_a_takeout_knows_its_owner_and_nothing_that_came_in(tmp_path: Path) -> None:
    records = read(takeout(tmp_path, row() + row("UgwB", text="two\r\nlines, one comma")))
    claims = [(r.actor, r.direction, r.completeness) for r in records if isinstance(r, Coverage)]
    assert claims == [
        (f"youtube:user/{DEWI}", "outbound", "complete"),
        (f"youtube:user/{DEWI}", "inbound", "none"),
    ]
    assert [o.text for o in objects(records)] == ["hi", "two\nlines, one comma"]


def test_subscriptions_need_an_owner(tmp_path: Path) -> None:
    rows = f"{RANIA},http://www.youtube.com/channel/{RANIA},Rania\n"
    path = takeout(tmp_path, rows, "Channel Id,Channel Url,Channel Title\n", "subscriptions/subscriptions.csv")
    with pytest.raises(Unreadable) as refused:
        read(path)
    assert "--owner" in str(refused.value.hint)
    for owner in (DEWI, f"https://www.youtube.com/channel/{DEWI}/", f"youtube:user/{DEWI}"):
        assert [r.actor for r in read(path, owner) if isinstance(r, Follow)] == [f"youtube:user/{DEWI}"]
    for stranger in ("@dewi", "dewi", "https://www.youtube.com/@dewi"):
        with pytest.raises(Unreadable):
            read(path, stranger)
    takeout(tmp_path, row(channel=BUDI))
    assert [r.actor for r in read(path, inside=tmp_path) if isinstance(r, Follow)] == [f"youtube:user/{BUDI}"]
    takeout(tmp_path, row(channel=BUDI) + row())  # two channels: nobody knows which
    with pytest.raises(Unreadable):
        read(path, inside=tmp_path)


def test_a_takeout_inside_a_zip(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "takeout.zip", "w") as archive:
        archive.writestr("Takeout/YouTube and YouTube Music/comments/comments.csv", HEADER + row())
        archive.writestr(
            "Takeout/YouTube and YouTube Music/subscriptions/subscriptions.csv",
            f"Channel Id,Channel Url,Channel Title\n{RANIA},http://www.youtube.com/channel/{RANIA},Rania\n",
        )
    found: list[Record] = []
    for file in walk(tmp_path / "takeout.zip"):
        assert isinstance(file, InputFile)
        found += YouTube().read(file, ReadOptions())
    assert len(objects(found)) == 1
    assert [r.actor for r in found if isinstance(r, Follow)] == [f"youtube:user/{DEWI}"]


@pytest.mark.parametrize(
    "text",
    ["", "{", '"{""text"":1}"', '"{""takeoutSegments"":[1]}"', '"{}"', '"[[[["', '"{""text"":null},{""text"":""x""}"',
     '"' + '{""a"":' * 5000 + '"', '"{""text"":""x"",""mention"":{""externalChannelId"":5}}"', "plain words"],
)  # fmt: skip
def test_any_text_of_a_takeout_keeps_its_comment(tmp_path: Path, text: str) -> None:
    rows = f"UgwA,{DEWI},2023-07-13T06:26:01+00:00,0,,v1,{text}"
    records = read(takeout(tmp_path, rows + ("" if text.count('"') % 2 else "\n") + row("UgwB")))
    assert objects(records)[-1].id == "youtube:comment/UgwB"
    assert reasons(records, lost=True) == []
    assert len(objects(records)) == 2


@pytest.mark.parametrize(
    "end", [b'UgwB,x,2023-07-13T06:26:01Z,0,,v1,"{""te', b"UgwB,UCx,2023", b'UgwB,x,y,0,,v1,"' + b"z" * 200_000]
)
def test_a_cut_takeout(tmp_path: Path, end: bytes) -> None:
    path = takeout(tmp_path, row())
    path.write_bytes(path.read_bytes() + end)
    found: list[Record] = []
    with pytest.raises(UnexpectedEnd):
        for record in YouTube().read(opened(path), ReadOptions()):
            found.append(record)  # noqa: PERF402 -- what comes before the cut counts
    assert len(objects(found)) == 1
    assert any(isinstance(r, Coverage) for r in found)


def test_broken_bytes_and_rows_of_a_takeout_are_counted(tmp_path: Path) -> None:
    path = takeout(tmp_path, row())
    path.write_bytes(path.read_bytes() + b"a,b\n" + row("UgwC", text="caf\xe9").encode("latin-1") + b"\n\n")
    records = read(path)
    assert sorted(reasons(records)) == ["invalid_utf8", "malformed_row"]
    assert objects(records)[-1].text == "caf\ufffd"


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{}",
        b"[]",
        b'{"kind": "youtube"}',
        b'{"text": "they wrote {\\"kind\\": \\"youtube#comment\\"}", "kind": "x"}',
        b'{"error": {"code": 403, "errors": [{"domain": "global"}]}}',
        b'{"id": "1", "formats": [], "extractor": "vimeo", "title": "x"}',
        b'{"id": "1", "text": "x", "parent": "2", "author_id": "3"}',
        b'[{"header": "Search", "title": "x", "time": "y"}]',
        b"id,actor,published\n",
        b"Channel Id,Channel Url,Channel Title,More\n",
        b"a,b,c\n1,2,3\n",
        b"Channel\x00Id,Channel Url,Channel Title\n",
        b"[" * 100_000,
        b'{"kind":' * 50_000,
        b'"' * 70_000 + b",",
        b"," * 70_000,
    ],
)
def test_look_alikes_are_not_claimed(tmp_path: Path, content: bytes) -> None:
    assert not YouTube().recognises(opened(written(tmp_path, content)))


HOSTILE: list[Any] = [
    None, True, 0, -1, 9**400, 1.5, "", "x\0y", "\ud800", [], {}, [[]], {"a": {"b": []}}, ["x"], "<script>x</script>",
    "e" * 70_000,
]  # fmt: skip


@pytest.mark.parametrize("field", [*comment()["snippet"], "parentId", "authorChannelUrl", "moderationStatus", "id"])
def test_any_value_in_a_comment_is_kept_or_counted(tmp_path: Path, field: str) -> None:
    items = []
    for number, value in enumerate(HOSTILE):
        made = comment(f"c{number}")
        (made if field == "id" else made["snippet"])[field] = value
        items.append(thread(made))
    records = read(written(tmp_path, page(thread(comment("start")), *items)))
    assert len(objects(records)) + len(reasons(records, lost=True)) == len(HOSTILE) + 1


@pytest.mark.parametrize("value", HOSTILE)
def test_any_value_in_the_place_of_a_part_never_raises_anything_else(tmp_path: Path, value: Any) -> None:
    odd = [
        value,
        page(value),
        {"kind": "youtube#commentThreadListResponse", "items": value},
        page({"kind": value, "snippet": value}),
        page(thread(value)),
        page({**thread(comment()), "replies": value}),
        page({**thread(comment()), "replies": {"comments": value}}),
        page({**thread(comment(), total=value), "replies": {"comments": [value]}}),
        page(*({"kind": f"youtube#{kind}", "id": value, "snippet": value, "statistics": value, "contentDetails": value}
               for kind in ("video", "searchResult", "playlistItem", "channel", "subscription"))),
        {"error": value},
        page(page(page(page(value)))),
        info(value, scraped("c1") | dict.fromkeys(("id", "parent", "timestamp"), value)),
        info(scraped("c1") | dict.fromkeys(("author_id", "author", "author_url", "text"), value)),
        info(scraped("c1"), **dict.fromkeys(("id", "channel_id", "timestamp", "epoch", "upload_date"), value)),
        info(scraped("c1"), title=value, description=value, channel=value, channel_follower_count=value),
    ]  # fmt: skip
    path = written(tmp_path, "\n".join(map(json.dumps, odd)).encode())
    good = written(tmp_path, json.dumps(thread(comment())).encode() + b"\n" + path.read_bytes(), "lines.jsonl")
    assert len(objects(read(good))) >= 1
    for number, part in enumerate(odd[-4:]):
        try:
            read(written(tmp_path, part, f"{number}.info.json"))
        except Unreadable as error:
            assert error.text()


def test_deep_nesting_is_one_lost_piece(tmp_path: Path) -> None:
    good = json.dumps(thread(comment())).encode()
    path = written(tmp_path, good + b'\n{"items":' + b"[" * 100_000 + b"]" * 100_000 + b"}\n" + good)
    assert reasons(read(path)) == ["nested_too_deeply"]
