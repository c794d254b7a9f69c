"""X beyond the golden pairs: hostile files, what is claimed, and the real collection where it is at hand."""

from __future__ import annotations

import gzip
import json
from collections import Counter
from hashlib import blake2b
from pathlib import Path
from typing import Any

import pytest

from permadani.errors import InputError, TooLarge, UnexpectedEnd, Unreadable
from permadani.sources import InputFile, walk
from permadani.sources.base import ReadOptions
from permadani.sources.reading import jsonstream
from permadani.sources.x import X
from permadani.sources.x.shapes import client, language, moment, snowflake
from permadani.vocabulary import Actor, Addressed, Announce, Coverage, Object, Problem, Record

REAL = Path(__file__).parents[3] / "shared" / "data"


def tweet(key: int = 700_000_000_000_000_001, **fields: Any) -> dict[str, Any]:
    user = {"id_str": "7", "screen_name": "budi", "name": "Budi", "followers_count": 3}
    created = "Wed Feb 17 16:53:00 +0000 2016"  # what the id says too
    return {"id_str": str(key), "created_at": created, "text": "halo", "retweet_count": 0, "user": user, **fields}


def opened(path: Path, content: bytes | str) -> InputFile:
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    (file,) = walk(path)
    assert isinstance(file, InputFile)
    return file


def records(file: InputFile) -> list[Record]:
    return list(X().read(file, ReadOptions()))


def until_error(file: InputFile) -> tuple[list[Record], InputError]:
    found: list[Record] = []
    with pytest.raises(InputError) as caught:
        found.extend(X().read(file, ReadOptions()))  # extend keeps what came before the error
    return found, caught.value


def problems(found: list[Record]) -> Counter[str]:
    return Counter(r.reason for r in found if isinstance(r, Problem))


def of(kind: type[Any], found: list[Record]) -> list[Any]:
    return [r for r in found if isinstance(r, kind)]


GOOD = json.dumps(tweet())
DEEP = "[" * 200_000 + "]" * 200_000


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        ('{"id_str": "1", "created', "malformed_json"),
        ("garbage", "malformed_json"),
        ('{"id": NaN}', "malformed_json"),
        ('{"id_str":"5", "geo":' + DEEP + "}", "nested_too_deeply"),
        ('{"user":' * 200_000 + "1" + "}" * 200_000, "nested_too_deeply"),
        ('{"id": ' + "9" * 5000 + "}", "malformed_json"),
        ('{"id": "' + "9" * 5000 + '", "text": "a"}', "missing_id"),
        ('{"id": 3, "text": 5}', "unexpected_shape"),
        ("17", "not_a_tweet"),
        ('{"hello": "world"}', "not_a_tweet"),
        ('{"id": -1, "user": {}}', "missing_id"),
        ('{"errors": [{"code": 88, "message": "Rate limit exceeded"}]}', "api_error"),
    ],
)
def test_a_bad_line_is_a_problem_with_its_place(tmp_path: Path, bad: str, reason: str) -> None:
    found = records(opened(tmp_path / "t.jsonl", f"{GOOD}\n{bad}\n{GOOD}\n"))
    (problem,) = of(Problem, found)
    assert (problem.reason, problem.place, problem.lost) == (reason, "line 2", True)
    assert len(problem.example or "") <= 120
    assert len(of(Object, found)) == 2 and len(of(Coverage, found)) == 2


def test_broken_utf8_is_a_problem(tmp_path: Path) -> None:
    line = GOOD.encode().replace(b"halo", b"ha\xfflo")
    found = records(opened(tmp_path / "t.jsonl", line + b"\n" + GOOD.encode() + b"\n"))
    assert problems(found) == {"invalid_utf8": 1}


def test_a_number_of_5000_digits_that_nobody_reads_does_no_harm(tmp_path: Path) -> None:
    line = GOOD[:-1] + ', "favorite_count": ' + "7" * 5000 + "}"
    assert problems(records(opened(tmp_path / "t.jsonl", line))) == {}


def test_half_an_emoji_is_mended(tmp_path: Path) -> None:
    line = GOOD.replace("halo", r"halo \\ \ud83d\ude00 \ud83d")
    found = records(opened(tmp_path / "t.jsonl", f"{line}\n"))
    assert of(Object, found)[0].text == "halo \\ \U0001f600 \ufffd"
    assert problems(found) == {"lone_surrogate": 1}
    assert not of(Problem, found)[0].lost


@pytest.mark.parametrize("text", [GOOD.encode()[:-9], f"[{GOOD},{GOOD}"[:-20].encode(), b'{\n"id_str": "5",\n"te'])
def test_a_file_that_stops_says_so_after_what_it_gave(tmp_path: Path, text: bytes) -> None:
    found, error = until_error(opened(tmp_path / "t.json", text))
    assert isinstance(error, UnexpectedEnd)
    assert len(of(Coverage, found)) in (0, 2)


def test_a_cut_last_line_with_a_line_end_is_a_cut_too(tmp_path: Path) -> None:
    found, error = until_error(opened(tmp_path / "t.jsonl", f"{GOOD}\n{GOOD[:-30]}\n"))
    assert isinstance(error, UnexpectedEnd) and "line 2" in str(error)
    assert len(of(Object, found)) == 1 and len(of(Coverage, found)) == 2


def test_a_cut_gz_gives_what_it_has(tmp_path: Path) -> None:
    lines = [json.dumps(tweet(7 * 10**17 + i, text=blake2b(b"%d" % i).hexdigest())) for i in range(20_000)]
    packed = gzip.compress("\n".join(lines).encode())
    found, error = until_error(opened(tmp_path / "t.jsonl.gz", packed[: len(packed) // 2]))
    assert isinstance(error, UnexpectedEnd)
    assert len(of(Object, found)) > 1000 and len(of(Coverage, found)) == 2


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_utf16_is_named(tmp_path: Path, encoding: str) -> None:
    file = opened(tmp_path / "t.json", GOOD.encode(encoding))
    assert X().recognises(file) == (encoding == "utf-16")  # only with its mark
    with pytest.raises(Unreadable, match="UTF-16"):
        records(file)


def test_a_utf8_mark_does_no_harm(tmp_path: Path) -> None:
    for name, text in (("a.jsonl", GOOD), ("b.json", f"[{GOOD}]")):
        file = opened(tmp_path / name, b"\xef\xbb\xbf" + text.encode())
        assert X().recognises(file)
        assert len(of(Object, records(file))) == 1


def test_a_line_without_end_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jsonstream.lines, "__defaults__", (1 << 20,))
    monkeypatch.setattr(jsonstream.elements, "__defaults__", (1 << 20, 1 << 18, 0))
    for name, text in (("a.jsonl", '{"text": "'), ("b.json", '[{"text": "')):
        with pytest.raises(TooLarge):
            records(opened(tmp_path / name, text + "x" * (3 << 20)))


@pytest.mark.slow
def test_a_line_of_200_mb_is_refused(tmp_path: Path) -> None:
    with pytest.raises(TooLarge):
        records(opened(tmp_path / "a.jsonl", '{"text": "' + "x" * 200_000_000))


@pytest.mark.parametrize("field", ["id", "in_reply_to_status_id", "in_reply_to_user_id", "quoted_status_id"])
@pytest.mark.parametrize("value", ["5.24956e+17", "524956000000000000.0", '"5.24956E+17"', '"524956.0"'])
def test_ids_that_were_floats_refuse_the_file(tmp_path: Path, field: str, value: str) -> None:
    line = json.dumps({k: v for k, v in tweet().items() if k != "id_str" or field != "id"})
    with pytest.raises(Unreadable, match=r"floating-point.*line 2") as caught:
        records(opened(tmp_path / "t.jsonl", f'{GOOD}\n{line[:-1]}, "{field}": {value}}}\n'))
    assert "spreadsheet" in str(caught.value.hint_text())


def test_a_string_id_is_trusted_over_a_mangled_number(tmp_path: Path) -> None:
    found = records(opened(tmp_path / "t.jsonl", GOOD[:-1] + ', "id": 7.0e+17}'))
    assert of(Object, found)[0].id == "x:status/700000000000000001"


def test_nothing_but_problems_is_unreadable(tmp_path: Path) -> None:
    page = json.dumps({"data": [{"id": "1520000000000000000", "text": "a", "edit_history_tweet_ids": ["1"]}]})
    found, error = until_error(opened(tmp_path / "t.json", page))
    assert isinstance(error, Unreadable) and "missing_author" in str(error)
    assert problems(found) == {"missing_author": 1}


def test_nobody_addresses_themselves_or_twice(tmp_path: Path) -> None:
    people = [{"id": i, "screen_name": f"u{i}"} for i in (7, 8, 8, 9)]
    line = json.dumps(tweet(in_reply_to_user_id=8, entities={"user_mentions": people}))
    found = records(opened(tmp_path / "t.json", line))
    assert [(a.actor, a.kind) for a in of(Addressed, found)] == [("x:user/8", "to"), ("x:user/9", "mention")]


def test_an_original_in_many_retweets_is_yielded_once_and_every_count_of_its_author(tmp_path: Path) -> None:
    original = tweet(700_000_000_000_000_001)
    lines = []
    for i in range(3):
        nested = {**original, "user": {**original["user"], "followers_count": 100 + i}}
        other = {"id_str": f"2{i}", "screen_name": f"r{i}", "followers_count": 1}
        created = f"Wed Feb 17 23:30:0{i} +0000 2016"
        lines.append(tweet(700_100_000_000_000_000 + i, retweeted_status=nested, user=other, created_at=created))
    found = records(opened(tmp_path / "t.json", json.dumps(lines)))
    assert len(of(Announce, found)) == 3 and len(of(Object, found)) == 1
    at = moment("Wed Feb 17 23:30:00 +0000 2016")
    assert at is not None
    counts = [
        (r.observed - at, r.followers)
        for r in found
        if getattr(r, "actor", "") == "x:user/7" and hasattr(r, "observed")
    ]
    assert counts == [(0, 100), (1_000_000, 101), (2_000_000, 102)]
    since = {c.since for c in of(Coverage, found)}
    assert since == {at}  # the original is older than what was collected


def test_the_time_inside_an_id_goes_before_a_claim_that_is_days_away(tmp_path: Path) -> None:
    dates = ["Wed May 20 10:00:00 +0000 2099", "Tue Jan 05 10:00:00 +0000 1971", "Thu Feb 18 09:00:00 +0000 2016"]
    lines = [tweet(700_000_000_000_000_001 + n, created_at=date) for n, date in enumerate(dates)]
    page = {"data": [{"id": "700000000000000009", "text": "a", "author_id": "7", "created_at": "2031-01-01T00:00:00Z"}]}
    found = records(opened(tmp_path / "t.json", "\n".join(map(json.dumps, [*lines, page]))))
    inside = 1_455_727_980_028_000
    assert [o.published for o in of(Object, found)] == [inside, inside, moment(dates[2]), inside]
    assert problems(found) == {"time_corrected": 3}
    assert {(c.since, c.until) for c in of(Coverage, found)} == {(inside, moment(dates[2]))}


def test_a_time_that_nothing_can_correct_is_kept_but_not_claimed(tmp_path: Path) -> None:
    dates = ["Wed May 20 10:00:00 +0000 2099", "Tue Jan 05 10:00:00 +0000 1971", "Tue Mar 03 10:00:00 +0000 2009"]
    lines = [tweet(1_000_000 + n, created_at=date) for n, date in enumerate(dates)]
    lines.append(tweet(9_000_000_000_000_000_000, created_at=dates[2]))  # an id of the year 2078
    found = records(opened(tmp_path / "t.json", json.dumps(lines)))
    assert [o.published for o in of(Object, found)] == [moment(date) for date in [*dates, dates[2]]]
    assert problems(found) == {"future_time": 1, "time_before_channel": 1}
    assert {(c.since, c.until) for c in of(Coverage, found)} == {(moment(dates[2]), moment(dates[2]))}


def test_memory_of_actors_is_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("permadani.sources.x.records.REMEMBERED", 2)
    users = [{"id_str": str(i), "screen_name": f"u{i}"} for i in (1, 2, 1, 2, 3, 1)]
    lines = [json.dumps(tweet(7 * 10**17 + n, user=u)) for n, u in enumerate(users)]
    found = of(Actor, records(opened(tmp_path / "t.jsonl", "\n".join(lines))))
    assert [a.id[-1] for a in found] == ["1", "2", "3", "1"]


def test_values() -> None:
    assert moment("Tue Mar 24 10:50:07 +0000 2015") == moment("2015-03-24T10:50:07.000Z") == 1427194207000000
    assert moment("Tue Mar 24 12:50:07 +0200 2015") == 1427194207000000
    for wrong in (
        "Tue Foo 24 10:50:07 +0000 2015",
        "Tue Mar 24 25:50:07 +0000 2015",
        "Tue Feb 30 10:50:07 +0000 2015",
        "",
        5,
        None,
    ):
        assert moment(wrong) is None
    # Twitter's documentation of snowflake: the first one was made at 2010-11-04T01:42:54Z
    assert snowflake("29700859247") == 1_288_834_981_738_000 and snowflake("20") is None and snowflake("9" * 20) is None
    assert [language(c) for c in ("in", "iw", "und", "", None, "id", "zh-cn")] == [
        "id",
        "he",
        None,
        None,
        None,
        "id",
        "zh-cn",
    ]
    assert client('<a href="http://x.example" rel="nofollow">A &amp; B</a>') == "A & B"
    assert len(client("<a " * 200_000) or "") <= 500  # and it does not take minutes
    assert [client(c) for c in ("Kabar Web", "", None)] == ["Kabar Web", None, None]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        '{"580320684305416192":{"580321148728164353":[]}}',
        '{"id":"1","conversation_id":"1","text":"a","speaker":"b","meta":{},"timestamp":1}',  # ConvoKit
        '{"id":"1","created_at":"2020-01-01T00:00:00Z","in_reply_to_id":null,"content":"<p>a</p>","account":{"id":"2"}}',
        '{"@context":"https://www.w3.org/ns/activitystreams","type":"OrderedCollection","orderedItems":[]}',
        '{"id":1,"idstr":"1","mid":"1","text":"a","created_at":"x","source":"","user":{"screen_name":"a"},"reposts_count":1}',
        '{"id":1,"text":"a","statusnet_html":"a","in_reply_to_status_id":null,"user":{"screen_name":"a"}}',
        'window.YTD.tweets.part0 = [{"tweet":{"id_str":"1","full_text":"a"}}]',
        '[{"tweet":{"id_str":"1","full_text":"a","retweet_count":"0"}}]',
        '{"data":[{"id":"1","message":"a"}],"paging":{}}',
        '{"data":[{"id":"q1","text":"a"}]}',
        '{"data":[{"id":1,"text":"a"}]}',
        '{"data":[{"id":"1","text":"a","label":"b"}]}',
        '{"data":[{"id":"1","text":"a"}],"version":"1.1"}',
        '{"id":"1","text":"a"}',
        '{"data":[{"type":"articles","id":"1","attributes":{"text":"a"}}],"meta":{}}',
        '{"id":"3","author_id":"4","text":"a forum post"}',
        '"' + r"\"" * 30_000,
        '{"' + r"\"" * 30_000,
        "[" * 60_000,
        '{"a":' * 10_000,
        '{"id_str"' * 8000,
    ],
)
def test_other_json_is_not_claimed(tmp_path: Path, text: str) -> None:
    assert not X().recognises(opened(tmp_path / "t.json", text))


@pytest.mark.parametrize(
    "text",
    [
        '{"data":[{"id":"1","text":"hi"}]}',
        '{"data":{"id":"1","text":"hi"}}\n{"data":{"id":"2","text":"ho"}}\n',
        '{"data":[{"id":"1","text":"hi","created_at":"2020-01-01T00:00:00Z"}],"meta":{"result_count":1}}',
        '{"data":[{"id":"1","text":"hi","edit_history_tweet_ids":["1"]}]}',
        '{"id":"1","text":"hi","conversation_id":"1","reply_settings":"everyone","public_metrics":{"like_count":1}}',
    ],
)
def test_tweets_without_their_authors_are_claimed_and_refused_with_the_reason(tmp_path: Path, text: str) -> None:
    file = opened(tmp_path / "t.json", text)
    assert X().recognises(file)
    _, error = until_error(file)
    assert isinstance(error, Unreadable)
    assert "no tweet in it could be read (first: missing_author" in str(error) and "author_id" in (error.hint or "")


def test_tweets_cut_by_the_head_are_claimed(tmp_path: Path) -> None:
    huge = {"created_at": "", "id_str": "1", "text": "a", "in_reply_to_status_id_str": None, "retweet_count": 1}
    text = json.dumps({**huge, "entities": {"urls": ["x" * 100_000]}, "user": {"screen_name": "a"}})
    assert X().recognises(opened(tmp_path / "t.json", text))
    assert X().recognises(opened(tmp_path / "u.json", f"[{text}]"))


def real_files() -> list[InputFile]:
    if not REAL.is_dir():
        pytest.skip("the real exports are not at ../shared/data")
    return [f for f in walk(REAL) if isinstance(f, InputFile)]


def test_of_all_real_exports_only_the_tweets_are_claimed() -> None:
    claimed = [f for f in real_files() if X().recognises(f)]
    assert all("/rumoureval/" in f.path and f.name != "structure.json" for f in claimed)
    assert len(claimed) == 1330


def test_real_tweets_keep_their_replies() -> None:
    files = [f for f in real_files() if X().recognises(f)]
    found = [r for f in files for r in records(f)]
    assert problems(found) == {}
    objects = {o.id: o for o in of(Object, found)}
    collected = {f"x:status/{f.name.removesuffix('.json')}" for f in files}
    assert len(collected) == 1330 and collected <= set(objects)
    raw = {f.name: json.loads(f.head) for f in files}
    for status in raw.values():
        parent = status["in_reply_to_status_id"]
        assert objects[f"x:status/{status['id']}"].in_reply_to == (f"x:status/{parent}" if parent else None)
    kept = [o for o in objects.values() if o.in_reply_to in objects]
    assert len(kept) >= 1270
