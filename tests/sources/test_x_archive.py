"""X archives beyond the golden pairs: what is claimed, hostile files, edited tweets, and real archives if at hand."""

from __future__ import annotations

import json
import random
import warnings
import zipfile
from collections import Counter
from pathlib import Path
from typing import Any

import msgspec
import pytest

from permadani.errors import InputError, TooLarge, UnexpectedEnd, Unreadable
from permadani.sources import InputFile, walk
from permadani.sources.base import ReadOptions
from permadani.sources.x_archive import XArchive
from permadani.vocabulary import Addressed, Announce, Coverage, Follow, Like, Object, Problem, Record

DATA = Path(__file__).parents[3] / "shared" / "data"
GOLDEN = Path(__file__).parents[1] / "golden" / "x_archive"
ACCOUNT = 'window.YTD.account.part0 = [{"account": {"accountId": "77", "username": "sari"}}]'
FIRST, LAST = "1763489771948081252", "1763490023606321312"


def tweet(key: str = "1763490000000000001", **fields: Any) -> dict[str, Any]:
    created = "Fri Mar 01 09:01:40 +0000 2024"
    return {"tweet": {"id_str": key, "created_at": created, "full_text": "halo", **fields}}


def written(folder: Path, *entries: Any, name: str = "tweets.js", variable: str = "tweets.part0") -> Path:
    """An archive with an account and one other file; entries are JSON, or written as they are."""
    folder.mkdir(exist_ok=True)
    (folder / "account.js").write_text(ACCOUNT, "utf-8")
    parts = [entry if isinstance(entry, str) else json.dumps(entry) for entry in entries]
    (folder / name).write_text(f"window.YTD.{variable} = [ {', '.join(parts)} ]", "utf-8")
    return folder / name


def files(path: Path) -> dict[str, InputFile]:
    return {file.name: file for file in walk(path) if isinstance(file, InputFile)}


def read(path: Path, owner: str | None = None) -> list[Record]:
    """The records of a file, which finds what lies in its folder."""
    return list(XArchive().read(files(path.parent)[path.name], ReadOptions(owner=owner)))


def until_error(path: Path) -> tuple[list[Record], InputError]:
    found: list[Record] = []
    with pytest.raises(InputError) as caught:
        found.extend(XArchive().read(files(path.parent)[path.name], ReadOptions()))  # keeps what came before the error
    return found, caught.value


def of(kind: type[Any], found: list[Record]) -> list[Any]:
    return [record for record in found if isinstance(record, kind)]


def reasons(found: list[Record]) -> Counter[str]:
    return Counter(problem.reason for problem in of(Problem, found))


def completeness(found: list[Record]) -> dict[str, str]:
    return {claim.direction: claim.completeness for claim in of(Coverage, found)}


CLAIMED = (
    "window.YTD.tweets.part0 = [",
    "window.YTD.tweet.part12 = [ {",
    'window.YTD.ip_audit.part0 = [ {"ipAudit',
    'window.__THAR_CONFIG = {\n  "userInfo',
    "Grailbird.data.tweets_2014_07 = \n [ {",
    'var user_details =  {\n  "screen_name" : "a"',
    'var payload_details =  {\n  "tweets" : 1',
    'var tweet_index =  [ {\n  "file_name" : "a"',
    '"tweet_id","in_reply_to_status_id","in_reply_to_user_id","timestamp","source","text","retweeted_status_id"\n',
    "tweet_id,in_reply_to_status_id,in_reply_to_user_id,timestamp,source,text\n",
)
NOT_CLAIMED = (
    "", "window.YTD", "window.YTD = 1", "window.x = [", 'var user_details = { email: $("#a") }', "var tweet_index = 3;",
    '[{"tweet": {"id_str": "1", "full_text": "a"}}]', '"tweet_id","text"\n', "\0" * 99, " " * 70_000,
    "window.YTD." * 9000, '"tweet_id","in_reply_to_status_id","in_reply_to_user_id",' + '"a",' * 20_000,
)  # fmt: skip


@pytest.mark.parametrize("content", CLAIMED)
def test_files_of_an_archive_are_claimed(tmp_path: Path, content: str) -> None:
    for number, text in enumerate((content, "\ufeff" + content, "\ufeff\n " + content)):
        if number < 2 or content.startswith(("window", "var", "Grail")):
            (tmp_path / "a").write_text(text, "utf-8")
            assert XArchive().recognises(files(tmp_path)["a"]), text


@pytest.mark.parametrize("content", NOT_CLAIMED, ids=range(len(NOT_CLAIMED)))
def test_others_are_not(tmp_path: Path, content: str) -> None:
    (tmp_path / "a").write_text(content, "utf-8")
    file = files(tmp_path)["a"]
    assert not XArchive().recognises(file)
    with pytest.raises(Unreadable):
        list(XArchive().read(file, ReadOptions()))


DEEP = "[" * 100_000 + "]" * 100_000


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        ("garbage", "malformed_json"),
        ("17", "unexpected_shape"),
        ("null", "unexpected_shape"),
        ('"text"', "unexpected_shape"),
        ("{}", "not_a_tweet"),
        ('{"tweet": null}', "not_a_tweet"),
        ('{"tweet": {"id_str": [1]}}', "unexpected_shape"),
        ('{"tweet": {"id_str": "6", "entities": {"urls": [3]}}}', "unexpected_shape"),
        ('{"tweet": {"id_str": "6", "full_text": 7}}', "unexpected_shape"),
        ('{"tweet": {"id_str": "x", "full_text": "a"}}', "missing_id"),
        ('{"tweet": {"id_str": "6", "full_text": "a", "created_at": "Fri Mar 99 2024"}}', "unparsable_time"),
        ('{"tweet": {"id_str": "6", "full_text": "a", "created_at": "0001-01-01 00:00:00 +0000"}}', "unparsable_time"),
        ('{"tweet": {"id_str": "6", "full_text": "RT @a: b", "created_at": {}}}', "unparsable_time"),
        ('{"tweet": {"full_text": "RT @a: b"}}', "missing_id"),
        (f'{{"tweet": {{"id_str": "6", "geo": {DEEP}}}}}', "nested_too_deeply"),
        ('{"tweet": {"id_str": "6", "id": NaN}}', "malformed_json"),
    ],
)
def test_a_bad_entry_is_a_problem_with_its_place(tmp_path: Path, bad: str, reason: str) -> None:
    found = read(written(tmp_path / "a", tweet(), bad, tweet("1763490000000000002")))
    (problem,) = of(Problem, found)
    assert (problem.reason, problem.place, problem.lost) == (reason, "entry 2", True)
    assert len(of(Object, found)) == 2


def test_numbers_without_end_do_no_harm(tmp_path: Path) -> None:
    huge = str(9**400)
    found = read(written(tmp_path / "a", tweet(), f'{{"tweet": {{"id": {huge}, "created_at": "x", "text": "a"}}}}'))
    assert reasons(found) == {"unparsable_time": 1}
    about = '{"userInfo": {"accountId": 9}, "dataTypes": {"tweets": {"files": [9]}}}'.replace("9", huge)
    (tmp_path / "a" / "manifest.js").write_text("window.__THAR_CONFIG = " + about)
    assert len(of(Object, read(tmp_path / "a" / "tweets.js"))) == 1


@pytest.mark.parametrize("value", ["[]", "{}", "3", "[null]", '[{"account": []}]', DEEP, '{"userInfo": 4}', "[", ""])
def test_a_broken_page_about_the_owner_is_nobody(tmp_path: Path, value: str) -> None:
    path = written(tmp_path / "a", tweet())
    for name, variable in (("account.js", "window.YTD.account.part0"), ("manifest.js", "window.__THAR_CONFIG")):
        (tmp_path / "a" / name).write_text(f"{variable} = {value}", "utf-8")
    found, error = until_error(path)
    assert (found, type(error)) == ([], Unreadable) and "--owner" in (error.hint_text() or "")
    assert len(of(Object, read(path, owner="78"))) == 1


@pytest.mark.parametrize(("said", "owner"), [("78", "x:user/78"), (" x:user/78 ", "x:user/78"), ("@sari", None)])
def test_whose_archive_it_is_may_be_said(tmp_path: Path, said: str, owner: str | None) -> None:
    path = written(tmp_path / "a", tweet())
    (tmp_path / "a" / "account.js").unlink()
    if owner is None:
        with pytest.raises(Unreadable, match="@sari is not the number of an account") as refused:
            read(path, said)
        assert "accountId" in (refused.value.hint_text() or "")
    else:
        assert of(Object, read(path, said))[0].actor == owner


def test_what_the_archive_says_goes_before_what_the_user_says(tmp_path: Path) -> None:
    assert of(Object, read(written(tmp_path / "a", tweet()), owner="78"))[0].actor == "x:user/77"


def version(key: str, text: str, when: str) -> dict[str, Any]:
    ids = {"editTweetIds": [FIRST, LAST], "editsRemaining": "4"}
    return tweet(key, full_text=text, created_at=f"Fri Mar 01 {when} +0000 2024", edit_info={"initial": ids})


@pytest.mark.parametrize("turned", [False, True])
def test_versions_of_a_tweet_are_one_message(tmp_path: Path, turned: bool) -> None:
    both = [version(FIRST, "hony", "09:01:40"), version(LAST, "honey", "09:02:40")]
    answer = tweet("1763500000000000001", in_reply_to_status_id_str=FIRST)
    found = read(written(tmp_path / "a", answer, *(reversed(both) if turned else both)))
    replying, message = of(Object, found)
    assert (message.id, message.text) == (f"x:status/{LAST}", "honey")
    assert message.published == 1_709_283_700_000_000  # of the first version
    assert replying.in_reply_to == message.id
    assert reasons(found) == {"older_version": 1}
    assert completeness(found) == {"inbound": "none", "outbound": "complete"}


def test_an_earlier_version_alone_stands_for_the_message(tmp_path: Path) -> None:
    path = written(tmp_path / "a", version(FIRST, "hony", "09:01:40"))
    assert [(o.id, o.text) for o in of(Object, read(path))] == [(f"x:status/{LAST}", "hony")]
    path.write_text(path.read_text().replace(" ]", ', {"tweet'), "utf-8")
    found, error = until_error(path)
    assert isinstance(error, UnexpectedEnd) and len(of(Object, found)) == 1


def test_a_text_that_looks_like_versions_is_none(tmp_path: Path) -> None:
    words = f'"editTweetIds" : ["{FIRST}", "{LAST}"]'
    found = read(written(tmp_path / "a", tweet(FIRST, full_text=words)))
    assert of(Object, found)[0].id == f"x:status/{FIRST}" and not of(Problem, found)


def test_two_long_texts_that_fit_are_not_guessed(tmp_path: Path) -> None:
    path = written(tmp_path / "a", tweet(full_text="It begins…"))
    note = '{{"noteTweet": {{"createdAt": "2024-03-01T09:01:40.000Z", "core": {{"text": "It begins {}"}}}}}}'
    (tmp_path / "a" / "note-tweet.js").write_text(
        "window.YTD.note_tweet.part0 = [" + ",".join(note.format(word) for word in ("so", "otherwise")) + "]"
    )
    found = read(path)
    assert of(Object, found)[0].text == "It begins…"
    assert reasons(found) == {"note_without_tweet": 2}


def test_very_many_of_all_that_is_compared_end_in_time(tmp_path: Path) -> None:
    url, many = "https://t.co/abcdefghij", 20_000
    crowded = tweet(full_text=f"{url} " * many, entities={"media": [{"url": url}] * many})
    path = written(tmp_path / "a", crowded, *[tweet(str(1_763_490_000_000_000_002 + n)) for n in range(many)])
    note = '{"noteTweet": {"createdAt": "2024-03-01T09:01:40.000Z", "core": {"text": "halo all of you"}}}'
    (tmp_path / "a" / "note-tweet.js").write_text("window.YTD.note_tweet.part0 = [" + ",".join([note] * many) + "]")
    found = read(path)
    assert len(of(Object, found)) == many + 1
    assert reasons(found) == {"note_without_tweet": many}


def test_a_zip_gives_the_same_as_the_folder(tmp_path: Path) -> None:
    folder = GOLDEN / "current" / "data"
    with zipfile.ZipFile(tmp_path / "archive.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for path in folder.glob("*.js"):
            archive.write(path, f"data/{path.name}")
    zipped = 0
    for file in walk(tmp_path / "archive.zip"):
        assert isinstance(file, InputFile)
        assert list(XArchive().read(file, ReadOptions())) == read(folder / file.name), file.name
        zipped += 1
    assert zipped > 10


def test_direct_messages_are_never_looked_into(tmp_path: Path) -> None:
    for variable in ("direct_messages", "direct_messages_group", "direct_message", "direct_message_headers"):
        path = written(tmp_path / "a", "this is broken and private", name="d.js", variable=f"{variable}.part0")
        assert read(path) == [Problem(reason="private_messages", example=variable, lost=False)]
    path = written(tmp_path / "a", "broken", name="ads.js", variable="ad_engagements.part0")
    assert read(path) == [Problem(reason="no_messages", example="ad_engagements", lost=False)]


def test_a_part_alone_claims_no_whole(tmp_path: Path) -> None:
    path = written(tmp_path / "a", tweet(), name="tweets-part1.js", variable="tweets.part1")
    assert completeness(read(path)) == {"inbound": "none", "outbound": "partial"}
    written(tmp_path / "a", tweet())
    assert completeness(read(path))["outbound"] == "complete"


@pytest.mark.parametrize(("said", "claimed"), [("1", "complete"), ("2", "partial"), ("many", "complete")])
def test_fewer_tweets_than_the_archive_says_are_a_part(tmp_path: Path, said: str, claimed: str) -> None:
    path = written(tmp_path / "a", tweet())
    about: dict[str, Any] = {"dataTypes": {"tweets": {"files": [{"fileName": "data/tweets.js", "count": said}]}}}
    about["archiveInfo"] = {"generationDate": "2024-04-01T00:00:00.000Z"}
    (tmp_path / "a" / "manifest.js").write_text("window.__THAR_CONFIG = " + json.dumps(about))
    (*_, outbound) = of(Coverage, read(path))
    assert outbound.completeness == claimed
    assert (outbound.until == 1_711_929_600_000_000) == (claimed == "complete")


def test_an_archive_that_calls_itself_partial_is_one(tmp_path: Path) -> None:
    path = written(tmp_path / "a", tweet())
    listed = {"tweets": {"files": [{"fileName": "data/tweets.js"}]}}
    about = {"dataTypes": listed, "archiveInfo": {"isPartialArchive": True}}
    (tmp_path / "a" / "manifest.js").write_text("window.__THAR_CONFIG = " + json.dumps(about))
    assert completeness(read(path))["outbound"] == "partial"


def test_no_date_of_an_archive_reaches_into_the_future(tmp_path: Path) -> None:
    path = written(tmp_path / "a", tweet(), tweet("12", created_at="Fri Mar 01 09:01:40 +0000 2097"))
    about: dict[str, Any] = {"dataTypes": {"tweets": {"files": [{"fileName": "data/tweets.js"}]}}}
    about["archiveInfo"] = {"generationDate": "2098-01-01T00:00:00.000Z"}
    (tmp_path / "a" / "manifest.js").write_text("window.__THAR_CONFIG = " + json.dumps(about))
    found = read(path)
    assert reasons(found) == {"future_time": 1}
    assert {(c.since, c.until) for c in of(Coverage, found)} == {(of(Object, found)[0].published,) * 2}


def test_two_owners_in_one_folder_are_refused(tmp_path: Path) -> None:
    path = written(tmp_path / "a", tweet())
    for key, refused in (("77", False), ("66", True)):
        about = json.dumps({"userInfo": {"accountId": key, "userName": "bo"}})
        (tmp_path / "a" / "manifest.js").write_text("window.__THAR_CONFIG = " + about)
        if refused:
            found, error = until_error(path)
            assert isinstance(error, Unreadable) and "77" in error.text() and "66" in error.text() and found == []
        else:
            assert len(of(Object, read(path))) == 1


def test_a_zip_with_two_accounts_is_nobodys(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        archive.writestr("data/account.js", ACCOUNT)
        archive.writestr("data/tweets.js", f"window.YTD.tweets.part0 = [{json.dumps(tweet())}]")
        archive.writestr("data/account.js", ACCOUNT.replace("77", "66"))
    (file,) = (f for f in walk(tmp_path / "a.zip") if f.path.endswith("tweets.js"))
    assert isinstance(file, InputFile) and file.beside("account.js") is None


def test_files_of_two_ages_in_one_folder_are_not_the_whole(tmp_path: Path) -> None:
    path = written(tmp_path / "a", tweet())
    assert completeness(read(path))["outbound"] == "complete"
    other = written(tmp_path / "a", tweet("1763490000000000002"), name="tweet.js", variable="tweet.part0")
    assert completeness(read(path))["outbound"] == completeness(read(other))["outbound"] == "partial"


def test_a_month_that_is_gone_is_missed_by_the_next_reading(tmp_path: Path) -> None:
    path = old(tmp_path).parent / "data" / "js" / "tweets" / "2014_05.js"
    path.parent.mkdir()
    names = ["2014_05", "2014_06"]
    index = [{"file_name": f"data/js/tweets/{name}.js", "var_name": f"tweets_{name}"} for name in names]
    (path.parents[1] / "tweet_index.js").write_text("var tweet_index = " + json.dumps(index))
    for name in names:
        entry = {"id_str": f"46{name[-1]}000000000000000", "text": "a", "created_at": "2014-05-08 21:52:33 +0000"}
        entry["user"] = {"id_str": "91"}  # type: ignore[assignment]
        (path.parent / f"{name}.js").write_text(f"Grailbird.data.tweets_{name} = " + json.dumps([entry]))

    def outbound() -> list[str]:
        found = [file for file in walk(tmp_path) if isinstance(file, InputFile) and file.name == path.name]
        return [c.completeness for c in XArchive().read(found[0], ReadOptions()) if isinstance(c, Coverage)]

    assert outbound() == ["none", "complete"]
    (path.parent / "2014_06.js").unlink()
    assert outbound() == ["none", "partial"]


@pytest.mark.parametrize("name", ["tweets.js", "like.js", "follower.js", "account.js", "manifest.js", "profile.js"])
def test_a_file_cut_anywhere_raises_nothing_else(tmp_path: Path, name: str) -> None:
    whole = (GOLDEN / "current" / "data" / name).read_bytes()
    (tmp_path / "account.js").write_text(ACCOUNT, "utf-8")
    start, draw = whole.index(b"=") + 2, random.Random(4)  # noqa: S311
    for end in sorted(draw.sample(range(start, len(whole) - 3), min(60, len(whole) - start - 3))):
        (tmp_path / name).write_bytes(whole[:end])
        with pytest.raises(InputError):
            read(tmp_path / name)


SHAPES: tuple[Any, ...] = (
    None,
    [],
    {},
    [[]],
    0,
    -1,
    10**30,
    1e300,
    True,
    "",
    "\0",
    "\ud83d",
    "5.2e+17",
    [{}],
    {"a": []},
)


def mutated(value: Any, chance: random.Random) -> Any:
    """A copy in which now and then something is of another kind."""
    if chance.random() < 0.04:
        return chance.choice(SHAPES)
    if isinstance(value, dict):
        return {key: mutated(inner, chance) for key, inner in value.items()}
    return [mutated(inner, chance) for inner in value] if isinstance(value, list) else value


@pytest.mark.parametrize("name", ["tweets.js", "note-tweet.js", "like.js", "manifest.js", "profile.js", "account.js"])
def test_wrong_kinds_anywhere_raise_nothing_else(tmp_path: Path, name: str) -> None:
    for path in (GOLDEN / "current" / "data").glob("*.js"):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    head, _, body = (GOLDEN / "current" / "data" / name).read_text("utf-8-sig").partition("=")
    value, chance = json.loads(body.rstrip().rstrip(";")), random.Random(name)  # noqa: S311
    for _ in range(60):
        (tmp_path / name).write_text(f"{head}= {json.dumps(mutated(value, chance))}", "utf-8")
        for asked in {name, "tweets.js"}:
            try:
                read(tmp_path / asked)
            except InputError:
                continue


def old(folder: Path) -> Path:
    (folder / "data" / "js").mkdir(parents=True)
    (folder / "data" / "js" / "user_details.js").write_text('var user_details = {"id" : "91"}', "utf-8")
    return folder / "tweets.csv"


HEADER = '"tweet_id","in_reply_to_status_id","in_reply_to_user_id","timestamp","source","text"\n'


def row(key: str, text: str) -> str:
    return f'"{key}","","","2014-08-14 21:52:33 +0000","web","{text}"\n'


def test_hostile_rows(tmp_path: Path) -> None:
    path = old(tmp_path)
    middle = '"1","","","2014-07-08 21:52:33 +0000","web","' + "x" * 200_000 + '"\n'  # longer than csv allows
    latin = row("500000000000000003", "a\0b caf").encode() + b'"500000000000000004","","","","web","caf\xe9"\n'
    path.write_bytes((HEADER + row("500000000000000001", "one") + middle).encode() + latin + b"\n1,2\n")
    found = read(path)
    assert [o.id[-1] for o in of(Object, found)] == ["1", "3", "4"]
    assert reasons(found) == {"malformed_row": 2, "invalid_utf8": 1}
    assert of(Object, found)[2].text == "caf\ufffd"


def test_a_line_without_end_is_refused(tmp_path: Path) -> None:
    path = old(tmp_path)
    path.write_text(HEADER + row("500000000000000001", "one") + '"' + "x" * (1 << 21), "utf-8")
    found, error = until_error(path)
    assert isinstance(error, TooLarge) and len(of(Object, found)) == 1


@pytest.mark.parametrize("key", ["5.34098E+17", "534098257878978560.0"])
def test_ids_of_a_spreadsheet_are_refused(tmp_path: Path, key: str) -> None:
    path = old(tmp_path)
    path.write_text(HEADER + row("500000000000000001", "one") + row(key, "two"), "utf-8")
    assert isinstance(until_error(path)[1], Unreadable)


def test_a_table_cut_anywhere_is_told(tmp_path: Path) -> None:
    path = old(tmp_path)
    whole = HEADER + row("500000000000000001", "one") + row("500000000000000002", "two")
    for end in range(len(HEADER) + len(row("500000000000000001", "one")) + 1, len(whole) - 2):
        path.write_text(whole[:end], "utf-8")
        found, error = until_error(path)
        assert isinstance(error, UnexpectedEnd) and len(of(Object, found)) == 1, whole[:end]


def test_table_and_months_say_the_same_of_a_tweet() -> None:
    months = of(Object, read(GOLDEN / "old/data/js/tweets/2014_08.js")) + of(
        Object, read(GOLDEN / "old/data/js/tweets/2010_09.js")
    )
    agree(of(Object, list(XArchive().read(files(GOLDEN / "old")["tweets.csv"], ReadOptions()))), months)


def agree(few: list[Object], many: list[Object]) -> None:
    """The same messages, and what the first ones tell the others tell too."""
    known = {record.id: msgspec.structs.asdict(record) for record in many}
    assert {record.id for record in few} == known.keys()
    for record in few:
        told = {key: value for key, value in msgspec.structs.asdict(record).items() if value is not None}
        known_values = {key: known[record.id][key] for key in told}
        assert known_values | {"url": None} == told | {"url": None}


@pytest.mark.skipif(not (DATA / "x-archive-alrocar").exists(), reason="../shared/data is not here")
def test_a_real_archive_of_today() -> None:
    folder = DATA / "x-archive-alrocar" / "data"
    found = read(folder / "tweets.js")
    owner = of(Coverage, found)[0].actor
    own = [o for o in of(Object, found) if o.actor == owner]
    counts = reasons(found)
    assert len(own) + len(of(Announce, found)) + counts.total() == 1223
    assert counts == {"reshare_without_original": 11, "older_version": 5}
    spoken = {a.object for a in of(Addressed, found) if a.kind == "to"}
    assert len([o for o in own if o.in_reply_to or o.id in spoken]) == 820  # one to a person, not to a tweet
    assert len([o for o in own if len(o.text or "") > 290]) > 15  # long texts were found
    assert completeness(found) == {"inbound": "none", "outbound": "complete"}
    assert reasons(read(folder / "community-tweet.js")) == {"no_messages": 1}


@pytest.mark.skipif(not (DATA / "x-archive-congressedits").exists(), reason="../shared/data is not here")
def test_a_real_archive_of_2018_in_both_forms() -> None:
    folder = DATA / "x-archive-congressedits"
    months, rows = [], []
    for file in walk(folder):
        if isinstance(file, InputFile) and XArchive().recognises(file):
            found = list(XArchive().read(file, ReadOptions()))
            assert not [problem for problem in of(Problem, found) if problem.lost]
            if "/tweets/" in file.path:
                months += found
            elif file.name == "tweets.csv":
                rows += found
    for found in (months, rows):
        own = [o for o in of(Object, found) if o.actor == "x:user/2612261960"]
        assert len(own) + len(of(Announce, found)) == 2313
        assert completeness(found) == {"inbound": "none", "outbound": "complete"}
        spoken = {a.object for a in of(Addressed, found) if a.kind == "to"}
        assert len([o for o in own if o.in_reply_to or o.id in spoken]) == 7
    agree(of(Object, rows), of(Object, months))
    assert set(of(Announce, rows)) == set(of(Announce, months))


def test_lists_tell_likes_and_follows(tmp_path: Path) -> None:
    likes = written(tmp_path / "a", {"like": {"tweetId": "5"}}, name="like.js", variable="like.part0")
    assert of(Like, read(likes)) == [Like(actor="x:user/77", object="x:status/5")]
    follows = written(tmp_path / "b", {"follower": {"accountId": "5"}}, name="f.js", variable="follower.part0")
    assert of(Follow, read(follows)) == [Follow(actor="x:user/5", object="x:user/77")]
