"""Discourse forums; their golden pairs are in tests/golden/discourse. No real sample is at hand: see the page."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from written_exports import Read, opened

from permadani.errors import InputError, UnexpectedEnd, Unreadable
from permadani.sources import InputFile, walk
from permadani.sources.base import ReadOptions, Source
from permadani.sources.discourse import Discourse
from permadani.sources.discourse.cooked import of_html, of_markdown
from permadani.sources.discourse.site import site_of
from permadani.vocabulary import Addressed, Channel, Coverage, Cue, Object, Problem

SHARED = Path(__file__).parents[3] / "shared" / "data"
AVATAR = "/user_avatar/hall.example/ani/{size}/1_2.png"
HUGE = 9**400


def post(number: int = 1, cooked: Any = "<p>Hello</p>", **more: Any) -> dict[str, Any]:
    return {
        "id": 900 + number,
        "username": "Ani",
        "avatar_template": AVATAR,
        "created_at": "2021-05-01T08:00:00.000Z",
        "cooked": cooked,
        "post_number": number,
        "post_type": 1,
        "topic_id": 55,
        "user_id": 21,
    } | more


def topic(*posts: Any, **more: Any) -> dict[str, Any]:
    return {"id": 55, "title": "Knots", "post_stream": {"posts": list(posts)}} | more


def read(tmp_path: Path, *values: Any, name: str = "topics.jsonl") -> Read:
    path = tmp_path / name
    path.write_text("".join(json.dumps(value) + "\n" for value in values), "utf-8")
    return Read(Discourse(), path)


def addressed(found: Read) -> list[tuple[str, str]]:
    return [(r.actor.partition("/")[2], r.kind) for r in found.records if isinstance(r, Addressed)]


def test_it_is_a_source() -> None:
    assert isinstance(Discourse(), Source)


@pytest.mark.skipif(not SHARED.exists(), reason="../shared/data is not here")
def test_it_claims_nothing_of_the_real_data() -> None:
    claimed = [
        file.path
        for path in SHARED.iterdir()
        for file in walk(path)
        if isinstance(file, InputFile) and Discourse().recognises(file)
    ]
    assert claimed == []


def test_an_answer_to_a_post_and_one_to_the_topic(tmp_path: Path) -> None:
    found = read(tmp_path, topic(post(1), post(2), post(3, reply_to_post_number=2), post(4, reply_to_post_number=4)))
    assert [(o.kind, (o.in_reply_to or "")[-2:], (o.thread or "")[-2:]) for o in found.objects] == [
        ("article", "", "/1"),
        ("comment", "/1", "/1"),
        ("comment", "/2", "/1"),
        ("comment", "/1", "/1"),
    ]


def test_two_forums_are_never_mixed(tmp_path: Path) -> None:
    other = AVATAR.replace("hall", "loom")
    found = read(tmp_path, topic(post()), topic(post(avatar_template=other)))
    assert [o.id for o in found.objects] == ["discourse:post/hall.example/55/1", "discourse:post/loom.example/55/1"]
    assert [o.actor for o in found.objects] == ["discourse:user/ani@hall.example", "discourse:user/ani@loom.example"]


def test_every_forum_is_a_group_of_its_own_with_its_own_span(tmp_path: Path) -> None:
    later = post(2, avatar_template=AVATAR.replace("hall", "loom"), created_at="2022-05-01T08:00:00.000Z")
    found = read(tmp_path, topic(post()), topic(post(2)), topic(later))
    hall, loom = "discourse-hall.example", "discourse-loom.example"
    assert [r for r in found.records if isinstance(r, Channel)] == [
        Channel(channel=name, audience="group") for name in (hall, loom)
    ]
    assert [a.channel for a in found.actors] == [hall, loom]
    assert [o.channel for o in found.objects] == [hall, hall, loom]
    spans = [(c.channel, c.direction, c.since, c.until) for c in found.coverage]
    first, last = found.objects[0].published, found.objects[2].published
    assert spans == [
        (name, direction, when, when)
        for name, when in ((hall, first), (loom, last))
        for direction in ("inbound", "outbound")
    ]


def test_a_forum_that_nobody_tells_is_refused_with_a_hint(tmp_path: Path) -> None:
    with pytest.raises(Unreadable) as refused:
        read(tmp_path, topic(post(avatar_template="/letter_avatar_proxy/v4/letter/a/1/{size}.png")))
    assert "folder" in (refused.value.hint or "")


@pytest.mark.parametrize(
    ("folder", "site"),
    [("forum.example.org", "forum.example.org"), ("Forum.Example.Org/topics", "forum.example.org"), ("my.old", None)],
)
def test_the_folder_may_tell_the_forum(tmp_path: Path, folder: str, site: str | None) -> None:
    (tmp_path / folder).mkdir(parents=True)
    nameless = topic(post(avatar_template=None))
    if site is None:
        with pytest.raises(Unreadable):
            read(tmp_path / folder, nameless)
    else:
        assert [o.id for o in read(tmp_path / folder, nameless).objects] == [f"discourse:post/{site}/55/1"]
    told = read(tmp_path / folder, topic(post()))
    assert [o.id for o in told.objects] == ["discourse:post/hall.example/55/1"]


@pytest.mark.parametrize(
    ("holder", "site"),
    [
        ({"url": "https://hall.example/t/knots/55"}, "hall.example"),
        ({"post_url": "https://Hall.example:8443/forum/t/55/2"}, "hall.example"),
        ({"url": "https://hall.example/u/ani"}, None),
        ({"post_url": "/t/knots/55/2"}, None),
        ({"avatar_template": "https://cdn.example/x/user_avatar/hall.example/ani/{size}/1.png"}, "hall.example"),
        ({"avatar_template": "https://avatars.cdn.example/v4/letter/a/1/{size}.png"}, None),
        ({"details": {"participants": [5, {"avatar_template": AVATAR}]}}, "hall.example"),
        ({"details": {"participants": {"a": 1}, "created_by": []}, "users": 5}, None),
        ([], None),
    ],
)
def test_where_the_forum_is_told(holder: Any, site: str | None) -> None:
    assert site_of(holder) == site


def test_quoted_words_are_not_own_words() -> None:
    quote = '<aside class="quote no-group" data-username="eko" data-post="2" data-topic="5">{}</aside>'
    said = of_html(quote.format(f"<p>Old</p>{quote.format('Older')}") + "<p>New <b>words</b></p>" + quote.format("b"))
    assert said.text == "New words"
    assert [(q.user, q.post, q.topic) for q in said.quotes] == [("eko", 2, 5)] * 2
    unclosed = of_html('<p>Before</p><aside class="quote" data-post="1"><p>After</p>')
    assert unclosed.text == "Before\nAfter"


def test_only_links_to_people_are_mentions() -> None:
    said = of_html(
        '<a class="mention" href="/u/ani">@Ani</a> <a href="/forum/users/b%C3%BCdi" class="mention">@x</a>'
        '<a class="mention-group" href="/groups/staff">@staff</a> <span class="mention">@nobody</span>'
        '<a href="/u/citra">a link</a> <aside class="quote"><a class="mention" href="/u/dewi">@dewi</a></aside>'
    )
    assert said.mentions == ["ani", "büdi"]


def test_quotes_as_they_are_typed() -> None:
    said = of_markdown(
        '[quote="eko, post:3, topic:12, full:true"]\nOld\n[quote]Older[/quote]\n[/quote]\nNew\n\n  words'
    )
    assert said.text == "New\nwords"
    assert [(q.user, q.post, q.topic) for q in said.quotes] == [("eko", 3, 12)]


def test_whom_a_post_speaks_to_is_told_once_and_never_its_author(tmp_path: Path) -> None:
    cooked = "".join(f'<a class="mention" href="/u/{name}">@{name}</a>' for name in ("ANI", "budi", "Budi", "citra"))
    quote = '<aside class="quote" data-username="Citra" data-post="9">x</aside>'
    answered = {"username": "Budi", "name": "B"}
    found = read(tmp_path, topic(post(2, cooked + quote, reply_to_post_number=1, reply_to_user=answered)))
    assert addressed(found) == [("budi@hall.example", "to"), ("citra@hall.example", "mention")]
    assert [o.quotes for o in found.objects] == ["discourse:post/hall.example/55/9"]


def test_a_quote_of_what_is_answered_is_no_other_message(tmp_path: Path) -> None:
    quote = '<aside class="quote" data-username="Budi" data-post="1" data-topic="55">x</aside><p>Yes</p>'
    found = read(tmp_path, topic(post(2, quote)))
    assert [(o.quotes, o.text) for o in found.objects] == [(None, "Yes")]


def test_robots_are_programs_and_people_are_not_known_to_be_none(tmp_path: Path) -> None:
    found = read(tmp_path, topic(post(1), post(2, user_id=-1), post(3, username="System"), post(4, user_id=None)))
    assert [o.automatic for o in found.objects] == [None, True, True, None]


def test_what_is_gone_or_hidden_keeps_no_words(tmp_path: Path) -> None:
    gone = [
        post(1, "secret", user_deleted=True),
        post(2, "secret", deleted_at="2021-05-02"),
        post(3, "secret", hidden=True),
    ]
    found = read(tmp_path, topic(*gone))
    assert [(o.text, o.deleted) for o in found.objects] == [(None, True), (None, True), (None, None)]
    assert "secret" not in repr(found.records) and found.reasons() == ["words_hidden"]


def test_what_was_not_said_in_public_is_left_out(tmp_path: Path) -> None:
    private = topic(post(), archetype="private_message")
    found = read(tmp_path, private, topic(post(2, post_type=4), post(3, post_type=3), post(4)), {"private_posts": []})
    assert [o.id[-1] for o in found.objects] == ["4"]
    assert found.reasons() == [
        "not_published:private_message",
        "not_published:whisper",
        "not_a_comment:small_action",
        "private_messages",
    ]
    assert read(tmp_path, {"private_posts": [post()]}).reasons() == ["private_messages"]
    assert not any(problem.lost for problem in found.problems)


def test_posts_that_were_not_loaded_are_counted(tmp_path: Path) -> None:
    found = read(tmp_path, topic(post(), post_stream={"posts": [post()], "stream": list(range(1500))}))
    assert [(p.reason, p.example, p.lost) for p in found.problems] == [("posts_not_loaded", "1,499 of 1,500", False)]
    assert {c.completeness for c in found.coverage} == {"partial"}


def test_a_topic_that_a_program_wrapped_is_read(tmp_path: Path) -> None:
    assert len(read(tmp_path, {"topic": topic(post())}).objects) == 1
    assert len(read(tmp_path, [topic(post()), topic(post(2))], name="all.json").objects) == 2


def archive(tmp_path: Path, *rows: str, name: str = "user_archive.csv") -> Path:
    path = tmp_path / name
    header = "topic_title,categories,is_pm,post_raw,post_cooked,like_count,reply_count,url,created_at\n"
    path.write_text(header + "".join(rows), "utf-8")
    return path


@pytest.mark.parametrize("word", ["Yes", "Ja", "Sí", "はい", "是", "да", "1", "TRUE", "", "-", "Perhaps", "\0no"])
def test_a_row_of_an_archive_is_public_only_where_it_surely_is(tmp_path: Path, word: str) -> None:
    file = archive(tmp_path, ROW.replace(",No,", f",{word},").replace("Hello", "secret"), ROW.replace("55/2", "55/3"))
    found = list(Discourse().read(opened(file), ReadOptions(owner="Ani")))
    assert [r.id[-1] for r in found if isinstance(r, Object)] == ["3"]
    assert "secret" not in repr(found)
    (problem,) = (r for r in found if isinstance(r, Problem))
    assert (problem.reason, problem.lost) in {("not_published:private_message", False), ("perhaps_private", True)}


@pytest.mark.parametrize("word", ["No", "Nein", "TIDAK", "いいえ", "否", "нет", "false", "0", " Não "])
def test_a_row_of_an_archive_is_public_in_many_languages(tmp_path: Path, word: str) -> None:
    found = list(Discourse().read(opened(archive(tmp_path, ROW.replace(",No,", f",{word},"))), ReadOptions(owner="A")))
    assert [r.text for r in found if isinstance(r, Object)] == ["Hello"]


@pytest.mark.parametrize(
    "sign",
    [
        {"details": {"allowed_users": [{"username": "bo"}]}},
        {"details": {"allowed_groups": []}},
        {"pm_with_non_human_user": True},
        {"archetype": "regular", "topic_archetype": "private_message"},
    ],
)
def test_a_topic_that_names_its_readers_is_private(tmp_path: Path, sign: dict[str, Any]) -> None:
    found = read(tmp_path, topic(post(), **sign), topic(post(2), details={"participants": [], "allowed_users": None}))
    assert [o.id[-1] for o in found.objects] == ["2"]
    assert found.reasons() == ["not_published:private_message"]


ROW = "Knots,Craft,No,Hello,<p>Hello</p>,0,0,https://hall.example/t/knots/55/2,2021-05-01T08:00:00.000Z\n"


def test_the_owner_of_an_archive_is_in_its_name_or_told(tmp_path: Path) -> None:
    with pytest.raises(Unreadable) as refused:
        Read(Discourse(), archive(tmp_path, ROW))
    assert "--owner" in (refused.value.hint or "")
    records = list(Discourse().read(opened(tmp_path / "user_archive.csv"), ReadOptions(owner="@Ani")))
    folder = tmp_path / "user_archive-Ani-210501-080000-7"
    folder.mkdir()
    assert Read(Discourse(), archive(folder, ROW)).records == records
    claims = [(c.actor, c.direction, c.completeness) for c in records if isinstance(c, Coverage)]
    ani = "discourse:user/ani@hall.example"
    assert claims == [(ani, "inbound", "none"), (ani, "outbound", "complete")]


def test_a_post_of_an_archive_is_the_one_of_its_topic(tmp_path: Path) -> None:
    (found,) = (
        r for r in Discourse().read(opened(archive(tmp_path, ROW)), ReadOptions(owner="Ani")) if hasattr(r, "thread")
    )
    (told,) = read(tmp_path, topic(post(2))).objects
    assert (found.id, found.actor, found.published, found.thread, found.text) == (
        told.id, told.actor, told.published, told.thread, told.text,
    )  # fmt: skip
    assert found.in_reply_to is None  # the archive does not tell


def test_a_cut_archive_yields_its_rows_first(tmp_path: Path) -> None:
    records = []
    for cut in (ROW + ROW[:20], ROW + 'Knots,Craft,No,"Hel'):
        with pytest.raises(UnexpectedEnd):
            for record in Discourse().read(opened(archive(tmp_path, cut)), ReadOptions(owner="Ani")):
                records.append(record)  # noqa: PERF402
        assert isinstance(records[-1], Coverage)


def test_the_address_of_an_owner_is_kept_as_a_hash(tmp_path: Path) -> None:
    archive(tmp_path, ROW)
    owner = {"username": "Ani", "email": "ani@mail.example", "website": "https://ani.example", "user_option": {}}
    (tmp_path / "preferences.json").write_text(json.dumps({"user": owner}))
    files = [file for file in walk(tmp_path) if isinstance(file, InputFile) and file.name == "preferences.json"]
    records = list(Discourse().read(files[0], ReadOptions()))
    assert [r.kind for r in records if isinstance(r, Cue)] == ["link", "address"]
    assert "mail.example" not in repr(records)


@pytest.mark.parametrize(
    "content",
    [
        "",
        "{",
        '{"posts": [{"id": 1, "title": "a", "slug": "b"}]}',
        '{"latest_posts": [{"title": "x", "url": "y"}]}',
        '{"data": {"children": [{"data": {"topic_id": 1}}]}}',
        '{"post_stream": 1}',
        '{"user_actions": []}',
        '{"username": "ani", "email": "x"}',
        "id,title,url,created_at\n",
        "topic_title,url\n",
        "post_id,text\n",
    ],
)
def test_other_files_are_not_claimed(tmp_path: Path, content: str) -> None:
    path = tmp_path / "x.json"
    path.write_text(content)
    assert not Discourse().recognises(opened(path))


def test_a_cut_topic_and_one_with_a_mark_are_claimed(tmp_path: Path) -> None:
    whole = json.dumps(topic(*(post(n) for n in range(1, 30))))
    path = tmp_path / "x"
    for content in ("\ufeff" + whole, whole[:400], "\n" + json.dumps(topic(post()), indent=2)):
        path.write_text(content)
        assert Discourse().recognises(opened(path))
    path.write_text(whole[: len(whole) // 2])
    records = []
    with pytest.raises(UnexpectedEnd):
        for record in Discourse().read(opened(path), ReadOptions()):
            records.append(record)  # noqa: PERF402
    assert sum(type(r).__name__ == "Object" for r in records) > 10 and isinstance(records[-1], Coverage)


DEEP = "[" * 100_000
HOSTILE = [
    json.dumps(
        topic(post(HUGE), post(post_type=HUGE), post(topic_id=HUGE, user_id=HUGE), post(reply_to_post_number=HUGE))
    ),
    json.dumps(topic(*(post(**{key: value}) for key in post() for value in (None, [], {}, 5, "x", True, -1, 1e300)))),
    json.dumps(topic(post(), title=[], archetype={}, details=5, users={}, url=7)),
    json.dumps({"post_stream": {"posts": {"a": 1}, "stream": 5}}),
    json.dumps({"latest_posts": [None, 5, [], post()]}),
    json.dumps({"user_actions": [None, {"action_type": "5"}, {"action_type": 1}, {"action_type": HUGE, "slug": ""}]}),
    '{"post_stream": {"posts": ' + DEEP,
    '{"post_stream": {"posts": [' + DEEP + "]" * 100_000 + "]}}",
    json.dumps(topic(post(1, '<aside class="quote">' * 100_000))),
    json.dumps(topic(post(1, "<a " * 200_000 + 'class="mention"'))),
    json.dumps(topic(post(1, '<a class="mention" href="/u/' * 20_000))),
    json.dumps(topic(post(1, None, raw="[quote=" * 100_000 + "[/quote]" * 100_000))),
    json.dumps(topic(post(1, "<script>alert(1)</script>" * 1000, name="<b>A</b>\0", username="a/b?c#d<e>"))),
    '{"post_stream": {"posts": [{"post_number": 1, "cooked": "\\ud83d", "username": "\\udc00", "topic_id": 1, '
    '"created_at": "2020-01-01T00:00:00Z", "avatar_template": "/user_avatar/hall.example/x/"}]}}',
    json.dumps(topic(post(created_at="9999-12-31T00:00:00Z"), post(created_at="0001-01-01"))),
    "topic_title,categories,is_pm,post,like_count,reply_count,url,created_at\n" + '"' * 100_001,
    "topic_title,categories,is_pm,post,like_count,reply_count,url,created_at\n\0,\0\n" + "," * 1000,
    "topic_title,categories,is_pm,post,like_count,reply_count,url,created_at\n" + "x" * 3_000_000,
]


@pytest.mark.parametrize("content", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_files_neither_crash_nor_hang(tmp_path: Path, content: str) -> None:
    path = tmp_path / "x.json"
    path.write_bytes(content.encode("utf-8", "surrogatepass"))
    Discourse().recognises(opened(path))
    found = []
    try:
        for record in Discourse().read(opened(path), ReadOptions(owner="ani")):
            found.append(record)  # noqa: PERF402
    except InputError:
        pass
    assert all(len(repr(record)) < 1_000_000 for record in found if isinstance(record, Problem))
