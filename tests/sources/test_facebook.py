"""Facebook's export: whose it is, whom its sentences mean, what is never guessed, and hostile files."""

from __future__ import annotations

import json
from collections import Counter
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from permadani.api import OpenStore
from permadani.errors import InputError, UnexpectedEnd, Unreadable
from permadani.language import english
from permadani.measures.network import Scope, run
from permadani.sources import InputFile, ReadOptions, recognise, walk
from permadani.sources.facebook import Facebook
from permadani.sources.facebook.mojibake import Repair
from permadani.sources.facebook.spans import PIECE, span_of
from permadani.sources.facebook.titles import comment_target, post_target
from permadani.vocabulary import Addressed, Coverage, Like, Object, Problem, Record

SHARED = Path(__file__).parents[3] / "shared" / "data" / "facebook-export"
GOLDEN = Path(__file__).parents[1] / "golden" / "facebook"
ME = "Sari Lestari"


def written(path: Path, content: Any) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else json.dumps(content).encode())
    return path


def opened(folder: Path, name: str) -> InputFile:
    found = [file for file in walk(folder) if isinstance(file, InputFile) and file.path.endswith("/" + name)]
    assert len(found) == 1
    return found[0]


def read(file: InputFile, owner: str | None = None) -> list[Record]:
    return list(Facebook().read(file, ReadOptions(owner=owner)))


def read_one(path: Path, content: Any, owner: str | None = None) -> list[Record]:
    written(path, content)
    return read(opened(path.parent, path.name), owner)


def comment(text: str, title: str, when: Any = 1_500_000_000, author: Any = ME) -> dict[str, Any]:
    data = [{"comment": {"timestamp": when, "comment": text, "author": author}}]
    return {"timestamp": when, "data": data, "title": title}


def reasons(records: list[Record]) -> Counter[str]:
    return Counter(record.reason for record in records if isinstance(record, Problem))


def objects(records: list[Record]) -> list[Object]:
    return [record for record in records if isinstance(record, Object)]


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Sari commented on Budi's post.", "Budi"),
        ("Sari commented on Budi Santoso’s photo.", "Budi Santoso"),
        ("Sari also commented on Budi's live video.", "Budi"),
        ("Sari replied to James' comment.", "James"),
        ("Sari replied to James's comment.", "James"),
        ("Sari commented on Mom's Kitchen's photo.", "Mom's Kitchen"),
        ("Sari commented on Budi's post in Mom's Kitchen.", "Budi"),
        ("Sari mengomentari kiriman Budi Santoso.", "Budi Santoso"),
        ("Sari mengomentari postingan milik Budi.", "Budi"),
        ("Sari mengomentari foto profil Budi.", "Budi"),
        ("Sari membalas komentar Ani.", "Ani"),
    ],
)
def test_a_sentence_names_whom_a_comment_is_written_to(title: str, name: str) -> None:
    target = comment_target(title)
    assert (target.sense, target.name) == ("named", name)


@pytest.mark.parametrize(
    ("title", "sense"),
    [
        ("Sari commented on her own post.", "own"),
        ("Sari replied to his own comment.", "own"),
        ("Sari commented on their own reel in Mom's Club.", "own"),
        ("Sari mengomentari kirimannya sendiri.", "own"),
        ("Sari membalas komentarnya sendiri.", "own"),
        ("Sari mengomentari fotonya sendiri.", "own"),
        ("Sari mengomentari fotonya.", "unknown"),  # hers, or that of somebody told of before?
        ("Sari commented on a post.", "nobody"),
        ("Sari replied to a comment.", "nobody"),
        ("Sari mengomentari sebuah kiriman.", "nobody"),
        ("Sari har kommenteret Budis opslag.", "unknown"),
        ("Sari commented on Budi's thing.", "unknown"),
        ("Sari commented on Ana's post in Bob's photo.", "unknown"),  # Ana, or Ana's post in Bob?
        ("Sari mengomentari foto Leonardo di Caprio.", "unknown"),  # a place, or a name?
        ("Sari commented on X commented on Budi's post.", "unknown"),
        ("Sari commented on 's post.", "unknown"),
        ("commented on Budi's post.", "unknown"),
        ("", "unknown"),
        ("Sari commented on " + "x" * 1000 + "'s post.", "unknown"),
    ],
)
def test_what_a_sentence_does_not_say_is_not_guessed(title: str, sense: str) -> None:
    assert (comment_target(title).sense, comment_target(title).name) == (sense, None)


def test_a_comment_on_something_of_ones_own_is_addressed_to_oneself(tmp_path: Path) -> None:
    titles = ("Sari commented on her own photo.", "Sari mengomentari kirimannya sendiri.", "Sari commented on a post.")
    found = read_one(tmp_path / "comments.json", {"comments_v2": [comment(title, title) for title in titles]})
    own, me = objects(found), "facebook:archive/name/Sari Lestari"
    assert [r for r in found if isinstance(r, Addressed)] == [
        Addressed(object=message.id, actor=me, kind="to") for message in own[:2]
    ]


def test_whoever_comments_on_their_own_photo_neither_approaches_nor_answers_anybody(tmp_path: Path) -> None:
    comments = [comment(str(n), "Sari commented on her own photo.", 1_500_000_000 + n) for n in range(9)]
    comments.append(comment("10", "Sari commented on a post."))
    written(tmp_path / "in" / "comments.json", {"comments_v2": comments})
    store = OpenStore(tmp_path / "s.duckdb")
    store.import_(tmp_path / "in")
    me = "facebook:archive/name/Sari Lestari"
    found = store.outbound(me, me=True).written
    assert (found.own_threads, found.unknown, found.replies, found.addressed, found.posts) == (9, 1, 0, 0, 0)
    whole = Coverage(
        actor=None, channel="facebook", direction="inbound", since=0, until=2**52, completeness="complete", basis="test"
    )
    store.add([whole])
    with store.session() as connection:  # everybody in the store, also where all that is written to them is known
        actors = [row[0] for row in connection.execute("SELECT DISTINCT actor FROM objects").fetchall()]
        run(connection, dict(enumerate([actor] for actor in actors)), Scope())
        for table in ("message", "own_message", "approach", "answer", "judged", "contact"):
            assert connection.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,), table


MAY, JUNE = 1_500_000_000, 1_503_000_000


def export_of(folder: Path) -> Path:
    """Posts of some days and later comments, downloaded together."""
    posts = [{"timestamp": MAY + n, "data": [{"post": str(n)}], "title": "Sari updated her status."} for n in (0, 9)]
    comments = [comment(str(n), "Sari commented on Budi's post.", JUNE + n) for n in (0, 9)]
    written(folder / "posts" / "your_posts_1.json", posts)
    written(folder / "comments_and_reactions" / "comments.json", {"comments_v2": comments})
    return folder


def test_the_files_of_one_download_claim_one_stretch(tmp_path: Path) -> None:
    export_of(tmp_path)
    written(tmp_path / "posts" / "your_posts_2.json", [{"timestamp": MAY - 5, "data": [{"post": "a"}]}])
    spans = {}
    for name in ("your_posts_1.json", "comments.json", "your_posts_2.json"):
        claims = [r for r in read(opened(tmp_path, name)) if isinstance(r, Coverage) and r.direction == "outbound"]
        assert [claim.completeness for claim in claims] == ["complete"]
        spans[name] = claims[0].since, claims[0].until
    until = (JUNE + 9) * 1_000_000
    assert spans == {
        "your_posts_1.json": (MAY * 1_000_000, until),
        "comments.json": (MAY * 1_000_000, until),
        "your_posts_2.json": ((MAY - 5) * 1_000_000, until),
    }


def test_a_download_of_posts_and_later_comments_is_complete(tmp_path: Path) -> None:
    store = OpenStore(tmp_path / "s.duckdb")
    store.import_(export_of(tmp_path / "in"))
    (line,) = store.outbound("facebook:archive/name/Sari Lestari", me=True).coverage
    assert line.outbound == "complete"


def test_times_beside_are_those_of_entries_and_possible(tmp_path: Path) -> None:
    long = b'[{"timestamp": 1500000000, "data": [{"post": "' + b"x" * (PIECE - 50)
    odd = b'\\"timestamp\\": 1, "}], "start_timestamp": 2}, {"timestamp": 0}, {"timestamp":  ' + b"9" * 400
    later = b'}, {"timestamp":1500000007}, {"timestamp": 15000000'
    file = opened(written(tmp_path / "a.json", long + odd + later).parent, "a.json")
    assert span_of(file) == (1_500_000_000_000_000, 1_500_000_007_000_000)
    written(tmp_path / "a.json", b'[{"timestamp": "x"}]')
    assert span_of(opened(tmp_path, "a.json")) is None


def test_a_known_group_at_the_end_is_no_part_of_the_name() -> None:
    title = "Sari mengomentari foto Budi di Resep Nusantara."
    assert comment_target(title).sense == "unknown"
    assert comment_target(title, "Resep Nusantara").name == "Budi"


def test_a_post_on_somebodys_timeline_speaks_to_them() -> None:
    assert post_target("Sari wrote on Budi's timeline.").name == "Budi"
    assert post_target("Sari shared a link to James' timeline.").name == "James"
    assert post_target("Sari menulis di kronologi Budi.").name == "Budi"
    assert post_target("Sari updated her status.").sense == "nobody"
    assert post_target("Sari har tilføjet et nyt billede.").sense == "unknown"


def test_mojibake_is_mended_and_other_text_kept() -> None:
    repair = Repair()
    assert repair("caf\u00c3\u00a9 \u00f0\u009f\u0098\u0080") == "café 😀"
    assert repair.kept == 0
    assert repair("café") == "café"  # Latin-1, but no UTF-8
    assert repair("☕") == "☕"
    assert (repair.kept, repair.example) == (2, "café")
    assert repair(None) == repair(5) == repair(["a"]) == ""


def test_the_owner_is_whom_the_profile_names_wherever_it_lies(tmp_path: Path) -> None:
    profile = {
        "profile_v2": {
            "name": {"full_name": "Jos\u00c3\u00a9"},
            "profile_uri": "https://www.facebook.com/profile.php?id=77",
        }
    }
    comments = {"comments_v2": [comment("a", "X commented on Budi's post.", author="Jos\u00c3\u00a9")]}
    for number, (place, where) in enumerate(
        [
            ("profile_information/profile_information.json", "comments_and_reactions/comments.json"),
            (
                "personal_information/profile_information/profile_information.json",
                "your_facebook_activity/comments_and_reactions/comments.json",
            ),
        ]
    ):
        folder = tmp_path / str(number)
        written(folder / place, profile)
        written(folder / where, comments)
        (said,) = objects(read(opened(folder, "comments.json"), "ignored"))
        assert said.actor == "facebook:user/77"


@pytest.mark.parametrize(
    ("said", "actor"),
    [
        ("sari.lestari", "facebook:user/sari.lestari"),
        ("https://www.facebook.com/Sari.Lestari", "facebook:user/sari.lestari"),
        ("https://m.facebook.com/profile.php?id=12", "facebook:user/12"),
        ("facebook:user/sari.lestari", "facebook:user/sari.lestari"),
        ("Sari Lestari", "facebook:archive/name/Sari Lestari"),
        ("facebook:archive/name/Sari Lestari", "facebook:archive/name/Sari Lestari"),
    ],
)
def test_owner_may_be_said_in_many_ways(tmp_path: Path, said: str, actor: str) -> None:
    posts = [{"timestamp": 1_500_000_000, "data": [{"post": "a"}], "title": f"{ME} updated her status."}]
    (post,) = objects(read_one(tmp_path / "your_posts_1.json", posts, said))
    assert post.actor == actor


def test_without_an_owner_a_file_is_refused_with_a_hint(tmp_path: Path) -> None:
    posts = [{"timestamp": 1_500_000_000, "data": [{"post": "a"}]}]
    with pytest.raises(Unreadable) as error:
        read_one(tmp_path / "your_posts_1.json", posts)
    assert "--owner" in (error.value.hint or "")
    two = {"comments_v2": [comment("a", "", author="A"), comment("b", "", author="B")]}
    for owner in (None, "somebody"):
        with pytest.raises(Unreadable):
            read_one(tmp_path / "comments.json", two, owner)


def test_what_somebody_else_wrote_is_not_the_owners(tmp_path: Path) -> None:
    both = [
        comment("a", f"{ME} commented on Budi's post."),
        comment("b", f"Budi commented on {ME}'s post.", author="Budi"),
    ]
    found = read_one(tmp_path / "comments.json", {"comments_v2": both}, ME)
    owner, budi = f"facebook:archive/name/{ME}", f"facebook:{ME}/name/Budi"
    assert [o.actor for o in objects(found)] == [owner, budi]
    assert [r.actor for r in found if isinstance(r, Addressed)] == [budi, owner]
    assert reasons(found) == {"another_author": 1}


def test_two_exports_of_one_account_meet(tmp_path: Path) -> None:
    """The second is younger: another language, other folders, one comment more."""
    first = [comment("Halo", f"{ME} commented on Budi's post.")]
    second = [comment("Halo", f"{ME} mengomentari kiriman Budi."), comment("Lagi", "", 1_500_000_001)]
    picture = {"timestamp": 1_500_000_002, "attachments": [{"data": [{"media": {"uri": "posts/media/a/1_n.jpg"}}]}]}
    moved = json.loads(json.dumps(picture).replace("posts/media", "your_facebook_activity/posts/media"))
    old = read_one(tmp_path / "1" / "comments.json", {"comments": first}, ME)
    new = read_one(tmp_path / "2" / "comments.json", {"comments_v2": second}, ME)
    assert objects(old)[0] == objects(new)[0] and len(objects(new)) == 2
    assert {r for r in old if isinstance(r, Addressed)} <= set(new)
    pictures = [read_one(tmp_path / n / "your_posts_1.json", [p], ME) for n, p in (("3", picture), ("4", moved))]
    assert objects(pictures[0]) == objects(pictures[1]) != []


def test_the_same_entry_twice_is_one_and_counted(tmp_path: Path) -> None:
    twice = [comment("Ya", ""), comment("Ya", ""), comment("Ya", "", 1_500_000_001)]
    found = read_one(tmp_path / "comments.json", {"comments_v2": twice})
    assert len(objects(found)) == 2 and reasons(found)["repeated_entry"] == 1


def test_nothing_inbound_and_all_outbound_only_where_posts_and_comments_are(tmp_path: Path) -> None:
    comments = {"comments_v2": [comment("a", "")]}
    posts = [{"timestamp": 1_500_000_000, "data": [{"post": "a"}]}]
    written(tmp_path / "comments_and_reactions" / "comments.json", comments)

    def claims(name: str) -> dict[str, str]:
        found = read(opened(tmp_path, name))
        return {c.direction: c.completeness for c in found if isinstance(c, Coverage)}

    assert claims("comments.json") == {"inbound": "none", "outbound": "partial"}
    written(tmp_path / "posts" / "your_posts_1.json", posts)
    assert claims("comments.json") == claims("your_posts_1.json") == {"inbound": "none", "outbound": "complete"}


def test_a_like_needs_the_address_of_what_was_liked(tmp_path: Path) -> None:
    def labelled(*hrefs: Any) -> dict[str, Any]:
        return {
            "timestamp": 1_500_000_000,
            "media": [],
            "label_values": [{"label": "URL", "href": h} for h in hrefs],
            "fbid": "1",
        }

    good = "https://www.facebook.com/budi/posts/1"
    bad = [labelled(), labelled("https://facebook.com.example/a"), labelled("https://[", 5), labelled(good, good + "2")]
    found = read_one(tmp_path / "likes_and_reactions.json", [labelled(good), *bad], ME)
    assert [r.object for r in found if isinstance(r, Like)] == [good]
    assert reasons(found)["like_without_object"] == len(bad)


def test_private_messages_are_not_opened_and_said_to_be_there(tmp_path: Path) -> None:
    private = [Problem(reason="private_messages", lost=False)]
    assert read(opened(GOLDEN / "new", "message_1.json")) == private
    # end to end encrypted ones, since 2024
    letter = {"senderName": "Ani", "text": "rahasia", "timestamp": 1500000000000, "isUnsent": False, "type": "text"}
    path = tmp_path / "Ani_1.json"
    path.write_text(json.dumps({"participants": ["Ani"], "threadName": "Ani_1", "messages": [letter]}), "utf-8")
    (file,) = walk(path)
    assert isinstance(file, InputFile) and Facebook().recognises(file) and read(file) == private
    path.write_text(json.dumps({"participants": ["Ani"], "messages": [{"from": "Ani", "timestamp": 1}]}), "utf-8")
    (file,) = walk(path)
    assert isinstance(file, InputFile) and not Facebook().recognises(file)


def test_lists_of_friends_and_the_like_hold_no_messages() -> None:
    for name in ("your_friends.json", "album/0.json", "your_comment_active_days.json"):
        found = read(opened(GOLDEN / "new", name))
        assert found == [Problem(reason="no_messages", lost=False)]


def test_no_address_number_or_place_of_the_profile_is_kept() -> None:
    for file in walk(GOLDEN / "new"):
        if isinstance(file, InputFile) and not file.name.endswith(".jsonl"):
            told = repr(read(file))
            assert not any(
                secret in told for secret in ("@example.org", "192.0.2.7", "-6.2", "106.8", "Monas", "rahasia")
            )


DEEP = b'[{"timestamp": 1500000000, "data": [{"post": ' + b"[" * 100_000 + b"]" * 100_000 + b"}]}]"
DATA: list[Any] = [None, 5, "x", {}, [None, 5, [], {"post": 5}, {"post": None}], [{"post": "a"}]]
ATTACHED: list[Any] = [5, {"media": 5}, {"media": {"uri": 5, "description": []}}, {"external_context": {"url": 7}}]
MIXED: dict[str, Any] = {
    "timestamp": 1_500_000_000, "data": [{"post": "a\0b\ud800"}], "title": {"a": 1}, "tags": [None, {}, 5, {"name": 5}],
    "attachments": [None, {"data": ATTACHED}],
}  # fmt: skip
COMMENTS: list[Any] = [5, None, [], "x", {}, {"timestamp": 1, "data": [{"comment": 5}]}, comment("a", "t", author=[5])]
HOSTILE: list[Any] = [
    [{"timestamp": value, "data": [{"post": "a"}]} for value in (None, True, "x", 10**30, 9**400, [], {}, 1e308, 0)],
    [{"timestamp": 1_500_000_000, "data": value} for value in DATA],
    [MIXED],
    {"comments_v2": COMMENTS},
    {"comments_v2": {"a": 1}},
    {"comments_v2": None},
    {"page_likes_v2": [{"name": 5, "timestamp": 1}, {"timestamp": 1, "name": "<script>x</script>"}]},
    {"profile_v2": {"name": {"full_name": 5}, "websites": 5, "emails": [None], "registration_timestamp": "x"}},
    {"profile_v2": {"name": {"full_name": "A"}, "websites": [5, {"address": 5}], "emails": {"emails": [5, None]}}},
    {"reactions_v2": [{"timestamp": 1, "data": [{"reaction": 5}]}]},
    [{"timestamp": 1, "label_values": 5, "fbid": []}, {"timestamp": 1, "label_values": [5, {"href": 5}], "fbid": 1}],
    DEEP,
]  # fmt: skip


@pytest.mark.parametrize("content", HOSTILE, ids=range(len(HOSTILE)))
@pytest.mark.parametrize("name", ["comments.json", "your_posts_1.json", "likes_and_reactions.json"])
def test_hostile_shapes_are_problems(tmp_path: Path, content: Any, name: str) -> None:
    written(tmp_path / name, content)
    file = opened(tmp_path, name)
    assert Facebook().recognises(file) in (True, False)
    with suppress(InputError):
        read(file, ME)


def test_hostile_values_are_counted(tmp_path: Path) -> None:
    found = read_one(tmp_path / "your_posts_1.json", HOSTILE[0], ME)
    assert reasons(found)["unparsable_time"] == len(HOSTILE[0]) and not objects(found)


def test_a_cut_file_gives_what_precedes_the_cut(tmp_path: Path) -> None:
    whole = json.dumps({"comments_v2": [comment(f"nr {n}", "", 1_500_000_000 + n) for n in range(50)]}).encode()
    path = written(tmp_path / "comments.json", whole[: len(whole) // 2])
    found: list[Record] = []
    with pytest.raises(UnexpectedEnd):
        found.extend(Facebook().read(opened(tmp_path, path.name), ReadOptions()))
    assert 20 < len(objects(found)) < 26
    assert [r.direction for r in found if isinstance(r, Coverage)] == ["inbound", "outbound"]


@pytest.mark.parametrize("cut", [2000, 300, 120])
def test_a_file_is_known_though_it_is_cut_or_has_a_mark(tmp_path: Path, cut: int) -> None:
    for name in ("comments.json", "your_posts__check_ins__photos_and_videos_1.json", "likes_and_reactions_1.json"):
        content = opened(GOLDEN / "new", name).head
        for beginning in (content[:cut], b"\xef\xbb\xbf" + content[:cut]):
            written(tmp_path / "file.json", beginning)
            if cut > 200 or name == "comments.json":
                assert Facebook().recognises(opened(tmp_path, "file.json")), name


@pytest.mark.parametrize(
    "content",
    [
        {"comments": [{"body": "a", "created_utc": 1}]},
        {"comments": [{"timestamp": 1, "text": "a"}]},
        {"friends": ["a", "b"]},
        {"profile": {"name": "a"}},
        {"profile_v2": "somewhere.json", "other": 1},
        {"videos": [{"timestamp": 1}]},
        [{"timestamp": 1, "title": "a"}],
        [{"timestamp": 1, "data": [1, 2], "title": "a"}],
        [{"timestamp": 1, "text": "a", "data": [{"post": "b"}]}],
        {"comments_media_comments": [{"title": "a"}]},
        {"messages": [{"text": "a"}]},
        b"<html><body>uiBox</body></html>",
        b"",
        b"{",
        b"[" * 70_000,
        b'{"comments_v2',
    ],
)
def test_look_alikes_are_not_claimed(tmp_path: Path, content: Any) -> None:
    written(tmp_path / "file", content)
    assert not Facebook().recognises(opened(tmp_path, "file"))


BASE = b'<html><head><meta http-equiv="Content-Type" content="text/html; charset=UTF-8" /><base href="../../" />'
POST = b'<div class="_a6-p"><div>Halo</div></div><div class="_3-94 _a6-o"><div class="_a72d">Jan 5, 2024</div></div>'
STYLE = b"<style>" + b".a{b:c}" * 9_000 + b"</style>"


@pytest.mark.parametrize(
    "page",
    [
        BASE + b'<title>Your posts</title></head><body class="_5vb_ _2yq"><main class="_a706" role="main">'
        b'<section class="_3-95 _2ph- _a6-g"><h2 id="u_0" class="_2pim _a6-h">Sari posted.</h2>' + POST,
        b'\xef\xbb\xbf<!DOCTYPE html>\n<html lang="id"><title>Komentar</title><div class="_a6-g">' + POST,
        BASE + b"<style>._3-95{margin:8px}.uiBoxWhite{color:#000}</style>",
        BASE + b"<style>._a6-g, ._a6-p{margin:8px}</style>" + STYLE,
        BASE + b'</head><body><div class="pam _3-95 _2pi0 _2lej uiBoxWhite noborder">',
    ],
)
def test_a_page_made_for_reading_is_refused_with_what_to_ask_for(tmp_path: Path, page: bytes) -> None:
    file = opened(written(tmp_path / "your_posts.html", page).parent, "your_posts.html")
    assert Facebook().recognises(file)
    with pytest.raises(Unreadable, match="web pages") as refused:
        read(file)
    assert "JSON" in (refused.value.hint_text(english) or "")


def test_any_web_page_that_is_said_to_be_of_facebook_gets_that_hint(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match="web pages"):
        read_one(tmp_path / "a.html", b"<html><body>Sari's profile</body></html>")


@pytest.mark.parametrize(
    "page",
    [
        b'<html><a href="https://www.facebook.com/sari">Facebook</a> uiBoxWhite _3-95 _a6-g _a6-p',
        b'<html><pre>&lt;div class="pam _3-95 _2ph- _a6-g uiBoxWhite noborder"&gt;&lt;p class="_a6-p"&gt;',
        b'<html><div class="_a6-g">facebook.com',
        b'<div class="_a6-g"><div class="_a6-p">',
        BASE + b'<title>Liked</title><main class="_a706"><a href="https://www.instagram.com/x"></a>' + POST,
        b"<html>" + b'<a href="' * 7_000,
        b"<html>" + b"<a " * 20_000,
    ],
)
def test_other_web_pages_are_not_claimed(tmp_path: Path, page: bytes) -> None:
    written(tmp_path / "file.html", page)
    assert not Facebook().recognises(opened(tmp_path, "file.html"))


def test_pages_of_instagram_are_not_claimed(tmp_path: Path) -> None:
    written(tmp_path / "your_instagram_activity" / "likes.html", BASE + b'<main class="_a706">' + POST)
    assert not Facebook().recognises(opened(tmp_path, "likes.html"))


@pytest.mark.skipif(not SHARED.exists(), reason="../shared/data is not here")
def test_real_files_are_read() -> None:
    counted: dict[str, tuple[int, int]] = {}
    for file in walk(SHARED / "test"):
        assert isinstance(file, InputFile)
        source = recognise(file)
        if file.name == "post_comments.json":  # Instagram's
            assert source is None
            continue
        assert source is not None and source.name == "facebook"
        found = read(file, "Somebody Else")
        lost = sum(problem.lost for problem in found if isinstance(problem, Problem))
        counted[file.path.rsplit("/test/", 1)[-1]] = len(objects(found)), lost
        if file.name == "comments_and_reactions.json":
            assert "Ø" in repr(found) and "Ã" not in repr(found)
    assert sorted(counted.values()) == [(0, 0), (3, 0), (6, 0), (8, 0), (14, 0), (14, 0)]
