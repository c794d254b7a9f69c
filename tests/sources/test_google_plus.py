"""Google+ Takeout: HTML and JSON tell the same, people meet under one id, and nothing is guessed."""

from __future__ import annotations

import json
from collections import Counter
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from permadani.errors import InputError, TooLarge, UnexpectedEnd, Unreadable
from permadani.sources import InputFile, ReadOptions, recognise, walk
from permadani.sources.google_plus import PAGE_LIMIT, GooglePlus
from permadani.sources.google_plus.shapes import person, post_key, profile_key
from permadani.vocabulary import Addressed, Announce, Coverage, Like, Object, Problem, Record

SHARED = Path(__file__).parents[3] / "shared" / "data" / "google-plus-takeout-html"
GOLDEN = Path(__file__).parents[1] / "golden" / "google_plus"
URL = "https://plus.google.com/"
ME = {"displayName": "Sari", "profilePageUrl": f"{URL}+Sari", "resourceName": "users/10001"}
POST: dict[str, Any] = {
    "url": f"{URL}+Sari/posts/AbCdEf12345",
    "creationTime": "2015-01-01 10:00:00+0700",
    "author": ME,
}


def opened(path: Path) -> InputFile:
    (file,) = walk(path)
    assert isinstance(file, InputFile)
    return file


def read(file: InputFile) -> list[Record]:
    return list(GooglePlus().read(file, ReadOptions()))


def read_one(path: Path, content: Any) -> list[Record]:
    path.write_bytes(content if isinstance(content, bytes) else json.dumps(content).encode())
    assert GooglePlus().recognises(opened(path))
    return read(opened(path))


def someone(name: str, key: str, number: str) -> dict[str, str]:
    return {"displayName": name, "profilePageUrl": URL + key, "resourceName": f"users/{number}"}


def comment(author: Any, content: Any, second: int = 0) -> dict[str, Any]:
    return {"creationTime": f"2015-01-01 11:00:{second:02}+0700", "author": author, "content": content}


def linked(number: str, name: str) -> str:
    return f'<span>+<a class="proflink" href="{URL}{number}" oid="{number}">{name}</a></span>'


def addressed(records: list[Record]) -> list[tuple[str, str]]:
    return [(r.kind, r.actor.rsplit("/", 1)[-1]) for r in records if isinstance(r, Addressed)]


def reasons(records: list[Record]) -> Counter[str]:
    return Counter(record.reason for record in records if isinstance(record, Problem))


def test_html_and_json_of_one_post_give_the_same_records() -> None:
    page = read(opened(GOLDEN / "Takeout/Google+ Stream/Posts/20150302 - Resep soto.html"))
    data = read(opened(GOLDEN / "json/Takeout/Google+ Stream/Posts/20150302 - Resep soto.json"))
    assert len(page) > 20
    assert [r for r in page if not isinstance(r, Problem)] == [r for r in data if not isinstance(r, Problem)]


@pytest.mark.parametrize(
    ("address", "key"),
    [
        (f"{URL}+SariLestari", "+SariLestari"),
        (f"{URL}u/0/100000000000000000001", "100000000000000000001"),
        (f"{URL}%2BSari", "+Sari"),
        (f"{URL}communities/100000000000000000001", None),
        (f"{URL}s/%23soto/posts", None),
        ("https://plus.google.com.example/+Sari", None),
        ("https://[", None),
        (5, None),
    ],
)
def test_a_profile_is_known_by_its_address(address: Any, key: str | None) -> None:
    assert profile_key(address) == key


def test_a_post_has_one_key_whoever_stands_in_its_address() -> None:
    keys = {post_key(f"{URL}{who}/posts/AbCdEf12345") for who in ("+Sari", "10001", "u/0/10001", "b/10001/10001")}
    assert keys == {"AbCdEf12345"}
    assert post_key(f"{URL}+Sari/posts") is None and post_key("https://e.example/posts/AbCdEf12345") is None


def test_without_an_address_the_resource_name_tells_who_it_is() -> None:
    assert person("A", None, "users/10001").key == "10001"
    assert person("A", f"{URL}+A", "users/10001").key == "+A"
    assert person("A", None, "people/x").key is None


BUDI, ANI = someone("Budi", "+Budi", "10002"), someone("Ani", "10003", "10003")


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (linked("10002", "Budi") + " ya", [("to", "+Budi")]),
        (linked("10002", "Budi") + ", " + linked("10003", "Ani") + ": ya", [("to", "+Budi"), ("to", "10003")]),
        ("ya " + linked("10002", "Budi"), [("mention", "+Budi")]),
        (linked("10002", "Budi") + " dan " + linked("10009", "Dewi"), [("to", "+Budi"), ("mention", "10009")]),
        ("+Budi ya", [("to", "+Budi")]),
        ("+Budiman ya", []),
        ("+Dewi ya", []),
        ("Budi: ya", []),
        ("+1", []),
        (linked("10001", "Sari") + " saya sendiri", []),
    ],
)
def test_an_answer_speaks_to_whom_its_beginning_names(
    tmp_path: Path, content: str, expected: list[tuple[str, str]]
) -> None:
    comments = [comment(BUDI, "a", 1), comment(ANI, "b", 2), comment(ME, content, 3)]
    assert addressed(read_one(tmp_path / "a.json", POST | {"comments": comments})) == expected


def test_of_two_with_one_name_nobody_is_addressed(tmp_path: Path) -> None:
    twins = [comment(someone("Budi", f"+Budi{n}", f"1000{n}"), "a", n) for n in (4, 5)]
    found = read_one(tmp_path / "a.json", POST | {"comments": [*twins, comment(ME, "+Budi ya", 9)]})
    assert addressed(found) == []


def test_the_longest_name_that_fits_is_meant(tmp_path: Path) -> None:
    both = [comment(BUDI, "a", 1), comment(someone("Budi Santoso", "+BudiS", "10007"), "b", 2)]
    found = read_one(tmp_path / "a.json", POST | {"comments": [*both, comment(ME, "+Budi Santoso ya", 9)]})
    assert addressed(found) == [("to", "+BudiS")]


def page_of(comments: list[tuple[str, str, str]]) -> bytes:
    """(account, name, words) of the comments, one a minute."""
    said = "".join(
        f'<div class="comment"><a href="{URL}{key}" class="author">{name}</a>'
        f'<span class="time"> - 2015-01-01 11:{n:02}:00+0700</span><div class="comment-content">{words}</div></div>'
        for n, (key, name, words) in enumerate(comments)
    )
    return (
        f'<html><body><div><a href="{URL}+Sari" class="author">Sari</a> - <a href="{URL}+Sari/posts/AbCdEf12345">'
        f'2015-01-01 10:00:00+0700</a></div><div class="main-content">Halo</div><div class="visibility">Shared with: '
        f'Public</div><div class="comments">{said}</div></body></html>'
    ).encode()


def test_a_number_in_html_is_the_one_commenter_of_that_name(tmp_path: Path) -> None:
    """HTML shows commenters by their +Name, but links to them by number."""
    answer = ("+Sari", "Sari", linked("10002", "Budi") + " ya")
    assert addressed(read_one(tmp_path / "a.html", page_of([("+Budi", "Budi", "a"), answer]))) == [("to", "+Budi")]
    two = [("+Budi", "Budi", "a"), ("+BudiLain", "Budi", "b"), answer]
    assert addressed(read_one(tmp_path / "b.html", page_of(two))) == [("to", "10002")]
    numbered = [("10009", "Budi", "a"), answer]
    assert addressed(read_one(tmp_path / "c.html", page_of(numbered))) == [("to", "10002")]


def test_reshares_are_quotes_or_announces(tmp_path: Path) -> None:
    original = {
        "url": f"{URL}10003/posts/Original123",
        "author": ANI,
        "creationTime": "2014-12-31 10:00:00Z",
        "content": "x",
    }
    quoted = read_one(tmp_path / "a.json", POST | {"content": "Setuju", "resharedPost": original})
    plain = read_one(tmp_path / "b.json", POST | {"content": " <br>", "resharedPost": original})
    post, source = "google_plus:post/AbCdEf12345", "google_plus:post/Original123"
    assert {o.id: o.quotes for o in quoted if isinstance(o, Object)} == {post: source, source: None}
    assert [r.object for r in plain if isinstance(r, Announce)] == [source]
    assert [o.id for o in plain if isinstance(o, Object)] == [source]
    commented = POST | {"resharedPost": original, "comments": [comment(BUDI, "a")]}
    found = read_one(tmp_path / "c.json", commented)
    assert [r.object for r in found if isinstance(r, Announce)] == [source]
    assert {o.id: o.quotes for o in found if isinstance(o, Object) and o.id == post} == {post: None}


def test_likes_have_no_time_and_reshares_of_others_are_counted(tmp_path: Path) -> None:
    found = read_one(tmp_path / "a.json", POST | {"plusOnes": [{"plusOner": BUDI}], "reshares": [{"resharer": ANI}]})
    assert [(r.actor, r.published) for r in found if isinstance(r, Like)] == [("google_plus:user/+Budi", None)]
    assert reasons(found) == {"reshare_without_time": 1}


def test_what_only_single_people_saw_is_left_out(tmp_path: Path) -> None:
    acl = {"visibleToStandardAcl": {"users": [BUDI], "circles": []}}
    found = read_one(tmp_path / "a.json", POST | {"content": "rahasia", "postAcl": acl})
    assert found == [Problem(reason="direct_message", place="line 1", example="AbCdEf12345", lost=False)]
    acl = {"visibleToStandardAcl": {"users": [BUDI], "circles": [{"type": "CIRCLE_TYPE_PUBLIC"}]}}
    found = read_one(tmp_path / "a.json", POST | {"content": "halo", "postAcl": acl})
    assert any(isinstance(r, Object) for r in found)
    assert addressed(found) == []  # whom a comment names is added to "Shared with"


def test_a_post_claims_its_own_span_in_part(tmp_path: Path) -> None:
    found = read_one(tmp_path / "a.json", POST | {"comments": [comment(BUDI, "a")]})
    claims = [r for r in found if isinstance(r, Coverage)]
    assert [(c.direction, c.completeness) for c in claims] == [("inbound", "partial"), ("outbound", "partial")]
    assert {(c.since, c.until) for c in claims} == {(1_420_081_200_000_000, 1_420_084_800_000_000)}


ODD: list[Any] = [None, 5, "x", [], {}, [5], {"a": 1}, True, 9**400, "\ud800"]


@pytest.mark.parametrize("odd", ODD, ids=range(len(ODD)))
@pytest.mark.parametrize(
    "key", ["url", "creationTime", "content", "comments", "plusOnes", "reshares", "postAcl", "album"]
)
def test_hostile_values_are_problems(tmp_path: Path, key: str, odd: Any) -> None:
    comments = [comment(odd, "a", 1), comment(BUDI, odd, 2), comment(BUDI, "b", 3) | {"creationTime": odd}, odd]
    post = {"content": "a", "comments": comments, "resharedPost": odd} | POST | {key: odd}
    (tmp_path / "a.json").write_text(json.dumps(post))
    with suppress(InputError):
        found = read(opened(tmp_path / "a.json"))
        assert reasons(found) or any(isinstance(r, Object) for r in found)


@pytest.mark.parametrize("tag", ["div", "span", "a", "b"])
def test_deep_nesting_does_no_harm(tmp_path: Path, tag: str) -> None:
    deep = f"<{tag}>" * 100_000 + "dalam" + f"</{tag}>" * 100_000
    with pytest.raises(Unreadable):
        read_one(tmp_path / "a.html", page_of([("+Budi", "Budi", deep)]))
    nested = POST | {"content": deep, "comments": [comment(BUDI, deep)]}
    assert sum(isinstance(r, Object) for r in read_one(tmp_path / "b.json", nested)) == 2


def test_json_nested_too_deeply_is_a_problem(tmp_path: Path) -> None:
    content = json.dumps(POST)[:-1] + ', "album": ' + "[" * 100_000 + "]" * 100_000 + "}"
    assert reasons(read_one(tmp_path / "a.json", content.encode())) == {"nested_too_deeply": 1}


def test_scripts_are_never_words(tmp_path: Path) -> None:
    bad = "<script>alert(1)</script>Halo <b onclick=x>Budi</b>"
    found = read_one(tmp_path / "a.json", POST | {"content": bad, "author": ME | {"displayName": bad}})
    assert "alert" not in repr(found) and "onclick" not in repr(found)


def test_a_page_that_was_cut_gives_what_is_whole_in_it(tmp_path: Path) -> None:
    whole = page_of([("+Budi", "Budi", f"komentar {n}") for n in range(9)])
    for part, comments in ((0.99, 8), (0.7, 5)):
        (tmp_path / "a.html").write_bytes(whole[: int(len(whole) * part)])
        found: list[Record] = []
        with pytest.raises(UnexpectedEnd):
            found.extend(GooglePlus().read(opened(tmp_path / "a.html"), ReadOptions()))
        texts = [r.text for r in found if isinstance(r, Object) and r.kind == "comment"]
        assert texts == [f"komentar {n}" for n in range(len(texts))] and abs(len(texts) - comments) <= 1
        assert any(isinstance(r, Coverage) for r in found)


def test_a_page_beyond_all_measure_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_bytes(page_of([]) + b" " * PAGE_LIMIT)
    with pytest.raises(TooLarge):
        read(opened(tmp_path / "a.html"))


def test_files_are_known_with_a_mark_and_cut(tmp_path: Path) -> None:
    page = opened(GOLDEN / "Takeout/Google+ Stream/Posts/20150302 - Resep soto.html").head
    data = opened(GOLDEN / "json/Takeout/Google+ Stream/Posts/20150302 - Resep soto.json").head
    for content in (page, page[:400], data, data[:500], json.dumps([POST]).encode()):
        for beginning in (content, b"\xef\xbb\xbf" + content):
            (tmp_path / "a").write_bytes(beginning)
            source = recognise(opened(tmp_path / "a"))
            assert source is not None and source.name == "google_plus"


@pytest.mark.parametrize(
    "content",
    [
        b"<html><body><a href='https://plus.google.com/1'>follow me</a></body></html>",
        b'<html><div class="main-content"><a class="author" href="https://blog.example/">A</a></div></html>',
        b'{"creationTime": "2015", "author": "A"}',
        b'{"creationTime": "2015", "author": {"displayName": "A"}}',
        b'{"items": [{"timestampMs": "1"}]}',
        b'{"resourceName": "people/1"}',
        b"<!DOCTYPE NETSCAPE-Bookmark-file-1><TITLE>Bookmarks</TITLE>",
        b"",
        b"{",
        b"<html>",
        b"[" * 70_000,
        b"<" * 70_000,
    ],
)
def test_look_alikes_are_not_claimed(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "file").write_bytes(content)
    assert not GooglePlus().recognises(opened(tmp_path / "file"))


@pytest.mark.skipif(not SHARED.exists(), reason="../shared/data is not here")
def test_a_real_takeout_has_all_its_posts_and_comments() -> None:
    source, kinds, lost, owners = GooglePlus(), Counter[str](), 0, set()
    for file in walk(SHARED / "examples"):
        assert isinstance(file, InputFile) and source.recognises(file)
        for record in read(file):
            if isinstance(record, Object):
                kinds[record.kind] += 1
                if record.kind == "note":
                    owners.add(record.actor)
            lost += isinstance(record, Problem) and record.lost
    assert kinds == {"note": 279, "comment": 149}
    assert lost == 0 and len(owners) == 1


def test_very_many_commenters_under_one_post_are_read(tmp_path: Path) -> None:
    """Each is called by name: looking through all names for each comment would take hours."""
    many = [
        comment(someone(f"Budi {n}", f"+Budi{n}", str(20_000 + n)), f"+Budi {n - 1} ya {n}", n % 60)
        for n in range(20_000)
    ]
    found = read_one(tmp_path / "a.json", POST | {"comments": many})
    assert sum(isinstance(r, Object) for r in found) == 20_001
    assert len(addressed(found)) == 19_999
