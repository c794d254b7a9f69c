"""ConvoKit corpora; their golden pairs are in tests/golden/convokit."""

from __future__ import annotations

import json
import tarfile
import zipfile
from pathlib import Path
from typing import Any

import pytest

from permadani.errors import TooLarge, UnexpectedEnd, Unreadable
from permadani.sources import InputFile, recognise, walk
from permadani.sources.base import ReadOptions, Source
from permadani.sources.convokit import ConvoKit
from permadani.sources.convokit.values import FloatMangled, key, moment
from permadani.vocabulary import Channel, Coverage, Object, Problem, Record

TIME = 1_531_234_567


def utterance(id: Any = "1", **more: Any) -> dict[str, Any]:
    return {
        "id": id, "conversation_id": "1", "text": "Hello", "speaker": "dewi", "meta": {}, "reply-to": None,
        "timestamp": TIME,
    } | more  # fmt: skip


def corpus(folder: Path, *utterances: dict[str, Any], told: Any = None, name: str = "utterances.jsonl") -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_text("".join(json.dumps(u) + "\n" for u in utterances), "utf-8")
    if told is not None:
        (folder / "corpus.json").write_text(json.dumps(told), "utf-8")
    return path


def found(path: Path, inside: Path | None = None) -> InputFile:
    """The file, as an import of the folder ``inside`` sees it."""
    return next(f for f in walk(inside or path) if isinstance(f, InputFile) and f.name == path.name)


def read(file: InputFile) -> list[Record]:
    return list(ConvoKit().read(file, ReadOptions()))


def objects(records: list[Record]) -> list[Object]:
    return [r for r in records if isinstance(r, Object)]


def reasons(records: list[Record]) -> list[str]:
    return [r.reason for r in records if isinstance(r, Problem)]


def test_it_is_a_source() -> None:
    assert isinstance(ConvoKit(), Source)


def test_the_same_corpus_meets_in_another_folder_and_alone(tmp_path: Path) -> None:
    talk = (utterance("1"), utterance("2", **{"reply-to": "1"}))
    corpus(tmp_path / "a", *talk, told={"name": "Hall"})
    corpus(tmp_path / "elsewhere" / "b", *talk)
    first = objects(read(found(tmp_path / "a" / "utterances.jsonl", tmp_path / "a")))
    second = objects(read(found(tmp_path / "elsewhere" / "b" / "utterances.jsonl")))
    assert [o.id for o in first] == [o.id for o in second]
    assert first[1].in_reply_to == first[0].id
    assert first[0].channel == "convokit-hall"


def test_two_corpora_never_share_an_id(tmp_path: Path) -> None:
    one = objects(read(found(corpus(tmp_path / "corpus", utterance("0", text="One")))))
    two = objects(read(found(corpus(tmp_path / "x" / "corpus", utterance("0", text="Two")))))
    assert one[0].id != two[0].id
    assert one[0].actor != two[0].actor
    assert one[0].channel != two[0].channel


@pytest.mark.parametrize(
    ("told", "channel", "audience"),
    [
        ({"channel": "wiki", "audience": "group"}, "wiki", "group"),
        ({"name": "Cornell Movie–Dialogs"}, "convokit-cornell-movie-dialogs", None),
        ({"subreddit": "loom"}, "convokit-loom", None),
        ({"name": ["loom"]}, None, None),
        ({"channel": 5, "audience": "personal"}, None, "personal"),
        ([], None, None),
    ],
)
def test_what_corpus_json_tells(tmp_path: Path, told: Any, channel: str | None, audience: str | None) -> None:
    path = corpus(tmp_path, utterance(), told=told)
    records = read(found(path, tmp_path))
    (said,) = objects(records)
    assert said.channel == channel if channel else said.channel.startswith("convokit-")
    assert [r.audience for r in records if isinstance(r, Channel)] == ([audience] if audience else [])


def test_a_broken_corpus_json_is_told_and_the_rest_is_read(tmp_path: Path) -> None:
    path = corpus(tmp_path, utterance())
    (tmp_path / "corpus.json").write_text("{" * 5000)
    records = read(found(path, tmp_path))
    assert reasons(records) == ["unreadable"]
    assert len(objects(records)) == 1


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (TIME, TIME * 1_000_000),
        (1531234567.5, 1531234567500000),
        (" 1531234567 ", TIME * 1_000_000),
        ("1531234567.25", 1531234567250000),
        ("2018-07-10T14:56:07Z", TIME * 1_000_000),
        (-500_000_000, -500_000_000_000_000),
        (TIME * 1000, None),
        (3, None),
        (0, None),
        (9**400, None),
        (float("nan"), None),
        (float("inf"), None),
        ("9" * 5000, None),
        ("", None),
        (True, None),
        ([1], None),
        ({}, None),
        (None, None),
    ],
)
def test_times(value: Any, expected: int | None) -> None:
    assert moment(value) == expected


def test_ids() -> None:
    assert [key(v) for v in ("a.b", 7, 7.0, "", None, float("nan"), True, [], {})] == [
        "a.b", "7", "7", None, None, None, None, None, None,
    ]  # fmt: skip
    for mangled in (5.24956e17, "5.24956e+17", 1.5, float("inf")):
        with pytest.raises(FloatMangled):
            key(mangled)
    assert key("5e10") == "5e10"  # Reddit counts in base 36


def test_without_any_time_it_is_refused_and_with_some_the_others_are_lost(tmp_path: Path) -> None:
    path = corpus(tmp_path / "film", utterance("1", timestamp=None), utterance("2", timestamp=None))
    with pytest.raises(Unreadable, match="none of its 2 utterances has a time"):
        read(found(path))
    records = read(found(corpus(tmp_path / "talk", utterance("1", timestamp=None), utterance("2"))))
    assert reasons(records) == ["unparsable_time"]
    assert [r.completeness for r in records if isinstance(r, Coverage)] == ["partial", "partial"]


def test_deleted_speakers_are_not_one_talkative_person(tmp_path: Path) -> None:
    records = read(found(corpus(tmp_path, *(utterance(str(n), speaker="[deleted]") for n in range(5)))))
    assert len({o.actor for o in objects(records)}) == 5
    assert reasons(records) == ["no_author_name"] * 5


def test_no_address_is_kept(tmp_path: Path) -> None:
    records = read(found(corpus(tmp_path, utterance(speaker="rania@mail.example"))))
    assert "rania@mail.example" not in str(records)
    assert "rania@…" in str(records)


def test_other_files_of_a_corpus_are_known_only_beside_utterances(tmp_path: Path) -> None:
    corpus(tmp_path / "a", utterance(), told={})
    for name in ("speakers.json", "users.json", "conversations.json", "index.json", "info.parsed.jsonl", "x-bin.p"):
        (tmp_path / "a" / name).write_text("{}")
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "users.json").write_text('{"dewi": {}}')
    known = {f.name for f in walk(tmp_path / "a") if isinstance(f, InputFile) and ConvoKit().recognises(f)}
    assert len(known) == 8
    assert reasons(read(found(tmp_path / "a" / "x-bin.p", tmp_path / "a"))) == ["no_messages"]
    assert not ConvoKit().recognises(found(tmp_path / "b" / "users.json", tmp_path / "b"))


def test_corpora_in_archives(tmp_path: Path) -> None:
    path = corpus(tmp_path / "hall", utterance(), told={"name": "Hall"})
    with zipfile.ZipFile(tmp_path / "hall.zip", "w") as archive:
        archive.write(path, "hall/utterances.jsonl")
        archive.write(path.parent / "corpus.json", "hall/corpus.json")
    with tarfile.open(tmp_path / "hall.tar.gz", "w:gz") as tar:
        tar.add(path.parent, "hall")
    for archive_path in (tmp_path / "hall.zip", tmp_path / "hall.tar.gz"):
        said = [
            o.channel
            for file in walk(archive_path)
            if isinstance(file, InputFile) and file.name == "utterances.jsonl"
            for o in objects(read(file))
        ]
        assert said == ["convokit-hall"]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{}",
        b"[]",
        b"null",
        b'{"id": 1, "text": "x", "user": {"screen_name": "a"}, "conversation_id": 1}',
        b'{"data": [{"id": "1", "conversation_id": "1", "text": "x"}]}',
        b'{"id": "1", "author_id": "2", "conversation_id": "1", "text": "x", "created_at": "2020-01-01T00:00:00Z"}',
        b'{"id": "1", "speaker": "x", "text": "y", "timestamp": 1}',
        b"id,speaker,text\n",
        b"\x80\x04\x95",
        b"[" * 100_000,
        b'{"a":' * 50_000,
    ],
)
def test_look_alikes_are_not_claimed(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "some.json"
    path.write_bytes(content)
    assert not ConvoKit().recognises(found(path))


def test_a_long_first_text_and_a_mark_do_not_hide_it(tmp_path: Path) -> None:
    path = corpus(tmp_path, utterance(text="word " * 50_000))
    assert recognise(found(path)) is not None
    path.write_bytes(b"\xef\xbb\xbf" + json.dumps(utterance()).encode())
    assert isinstance(recognise(found(path)), ConvoKit)


HOSTILE: list[Any] = [
    None, True, 0, -1, 9**400, 1.5, "", "x\0y", "\ud800", [], {}, [[]], {"a": {"b": []}}, "<script>x</script>",
    "e" * 70_000,
]  # fmt: skip


@pytest.mark.parametrize("field", ["id", "conversation_id", "root", "text", "speaker", "user", "reply-to", "timestamp"])
def test_any_value_anywhere_is_kept_or_counted(tmp_path: Path, field: str) -> None:
    utterances = [utterance("start"), *(utterance(str(n)) | {field: value} for n, value in enumerate(HOSTILE))]
    path = corpus(tmp_path, *utterances)
    lost = 0
    try:
        records = read(found(path))
    except Unreadable as error:
        assert "floating-point" in error.text()
        return
    lost = sum(isinstance(r, Problem) and r.lost for r in records)
    assert len(objects(records)) + lost == len(utterances)


def test_deep_nesting_and_cuts(tmp_path: Path) -> None:
    path = tmp_path / "utterances.jsonl"
    good = json.dumps(utterance()).encode()
    deep = b'{"id": "2", "meta": ' + b"[" * 100_000 + b"]" * 100_000 + b"}"
    path.write_bytes(good + b"\n" + deep + b"\n" + good + b"\n")
    records = read(found(path))
    assert reasons(records) == ["nested_too_deeply"]
    assert len(objects(records)) == 2
    path.write_bytes(good + b"\n" + good[:-20])
    with pytest.raises(UnexpectedEnd):
        read(found(path))


def test_a_giant_line_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("permadani.sources.reading.jsonstream.lines.__defaults__", (1000,))
    with pytest.raises(TooLarge):
        read(found(corpus(tmp_path, utterance(), utterance(text="x" * 5000))))
