"""WordPress through its API, with a server that lies, forgets and stops in the middle."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from permadani.errors import BadAnswer, BadStatus, BudgetSpent, FetchError, NoDoor
from permadani.settings import secret_variable
from permadani.sources.wordpress.opening import home_of
from permadani.vocabulary import Actor, Coverage, Cue, Object, Problem, Record, address_hash
from sources.http.hostile import (
    Behaviour,
    Hostile,
    answer,
    calls,
    closed_mid_body,
    deep_json,
    garbage,
    in_turn,
    json,
    large,
    redirect,
    redirect_loop,
    reset_mid_body,
    status,
    wrong_json,
)
from sources.wordpress_stub import DAY, NOW, OPTIONS, Stub, client, comment, door, pages, post, run, when

LATER = replace(OPTIONS, now=NOW + DAY)


@pytest.fixture
def stub() -> Iterator[Stub]:
    with Hostile() as server:
        yield Stub(server)


def site(stub: Stub) -> str:
    return stub.home.partition("://")[2]


def objects(records: list[Record]) -> dict[str, Object]:
    """By the end of their ids: ``comment/3``."""
    found = [one for one in records if isinstance(one, Object)]
    return {f"{one.id.split(':')[1].split('/')[0]}/{one.id.rpartition('/')[2]}": one for one in found}


def reasons(records: list[Record]) -> list[str]:
    return [one.reason for one in records if isinstance(one, Problem)]


def claims(records: list[Record]) -> dict[str, tuple[str, int | None, int | None]]:
    """The last of each direction."""
    found = [one for one in records if isinstance(one, Coverage)]
    return {one.direction: (one.completeness, one.since, one.until) for one in found}


def talk(stub: Stub, count: int = 250) -> None:
    stub.lists["comments"] = [comment(number, 90 - number / 10) for number in range(1, count + 1)]


def test_a_site_of_one_author_speaks_for_that_author(stub: Stub) -> None:
    found = door(stub)
    assert found.who == f"wordpress:user/rani@{site(stub)}"
    assert (found.source, found.place, found.title) == ("wordpress", f"wordpress {site(stub)}", site(stub))
    stub.lists["users"].append({"id": 2, "slug": "sekar", "name": "Sekar"})
    assert door(stub).who == stub.home


def test_every_page_is_read(stub: Stub) -> None:
    talk(stub)
    records, state = run(stub)
    assert set(objects(records)) == {"post/1", *(f"comment/{number}" for number in range(1, 251))}
    assert claims(records)["inbound"] == ("complete", NOW - 100 * DAY, NOW)
    assert claims(records)["outbound"] == ("complete", NOW - 100 * DAY, NOW)
    again, _ = run(stub, state, LATER)
    assert not objects(again) and claims(again)["inbound"] == ("complete", NOW - 100 * DAY, NOW + DAY)


def test_whoever_stops_has_a_shorter_stretch_and_loses_a_page_at_most(stub: Stub) -> None:
    talk(stub)
    whole = objects(run(stub)[0])
    for stop in range(1, 12):
        kept, state = dict[str, Object](), None
        for count, page in enumerate(pages(stub), start=1):
            if count == stop:
                break
            kept |= objects(page.records)
            state = page.state
            for direction in claims(page.records).values():
                times = [one.published for one in kept.values() if one.kind == "comment"]
                assert direction[2] in (max(times), NOW)
        stub.told.clear()
        rest, _ = run(stub, state, LATER)
        assert kept | objects(rest) == whole, stop
        listed = [query for route, query in stub.told if route == "comments" and query["per_page"] == "100"]
        asked = [query["page"] for query in listed if "include" not in query]
        assert len(asked) <= 6, (
            "what was read is not read again but for one page, and the weeks that are looked at twice"
        )


def test_small_budgets_come_to_the_same(stub: Stub) -> None:
    talk(stub, 450)
    whole = objects(run(stub)[0])
    found, state, spent = dict[str, Object](), None, 0
    for attempt in range(20):
        try:
            for page in pages(stub, state, replace(OPTIONS, now=NOW + attempt), most=7):
                found |= objects(page.records)
                state = page.state
            break
        except BudgetSpent:
            spent += 1
    assert spent > 1 and found == whole


def test_what_is_deleted_while_a_list_is_left_makes_no_gap(stub: Stub) -> None:
    """What was there moves up by as much; new messages must not hide it."""
    talk(stub, 350)
    stub.lists["posts"] += [post(number, 200) for number in range(2, 300)]
    for stop in (2, 3, 5, 6):
        kept, state = dict[str, Object](), None
        for count, page in enumerate(pages(stub), start=1):
            kept, state = kept | objects(page.records), page.state
            if count == stop:
                break
        comments, posts = list(stub.lists["comments"]), list(stub.lists["posts"])
        stub.lists["comments"] = [*comments[40:], *(comment(number, -0.1) for number in range(900, 940))]
        stub.lists["posts"] = posts[:1] + posts[40:]
        found = kept | objects(run(stub, state, LATER)[0])
        wanted = {f"comment/{one['id']}" for one in stub.lists["comments"]} | {
            f"post/{one['id']}" for one in posts[40:]
        }
        assert wanted <= set(found), stop
        stub.lists["comments"], stub.lists["posts"] = comments, posts


def test_new_changed_and_deleted(stub: Stub) -> None:
    stub.lists["posts"] += [post(2, 3), post(3, 2)]
    stub.lists["comments"] = [comment(number, 10 - number, post=2) for number in range(1, 8)]
    _, state = run(stub)
    stub.lists["comments"] = [one for one in stub.lists["comments"] if one["id"] not in (3, 5)]
    stub.lists["comments"].append(comment(9, -0.5, post=2, parent=4))
    stub.lists["posts"] = [one for one in stub.lists["posts"] if one["id"] != 3] + [
        post(4, 50, modified_gmt=when(-0.4))
    ]
    records, _ = run(stub, state, LATER)
    found = objects(records)
    assert {key for key, one in found.items() if one.deleted} == {"comment/3", "comment/5", "post/3"}
    assert found["comment/3"].text is None and found["comment/3"].thread == f"wordpress:post/{site(stub)}/2"
    assert {key for key, one in found.items() if not one.deleted} == {"comment/9", "post/4"}
    assert found["comment/9"].in_reply_to == f"wordpress:comment/{site(stub)}/4"


def test_what_a_list_forgets_is_not_deleted_while_it_can_be_asked_for(stub: Stub) -> None:
    stub.lists["comments"] = [comment(number, 5) for number in (1, 2, 3)]
    _, state = run(stub)
    hidden = stub.lists["comments"]
    shown = calls(lambda seen: hidden if "include" in seen.query else [hidden[0]])
    stub.instead["comments"] = shown
    records, _ = run(stub, state, LATER)
    assert not objects(records)


def test_a_server_that_forgets_everything_deletes_nothing(stub: Stub) -> None:
    stub.lists["comments"] = [comment(number, 5) for number in range(1, 60)]
    _, state = run(stub)
    stub.lists["comments"] = []
    records, _ = run(stub, state, LATER)
    assert not objects(records) and "too_many_missing" in reasons(records)


def test_before_5_7_nothing_is_known_of_changes(stub: Stub) -> None:
    stub.lists["posts"] = [post(number, 300 - number) for number in range(1, 151)]
    stub.knows_changes = False
    _, state = run(stub)
    stub.lists["posts"].append(post(200, -0.5))
    stub.told.clear()
    records, _ = run(stub, state, LATER)
    assert set(objects(records)) == {"post/200"}
    assert len([query for route, query in stub.told if route == "posts"]) == 2


@pytest.mark.parametrize(
    ("totals", "most"),
    [
        (lambda total, pages: {"X-WP-Total": "1", "X-WP-TotalPages": "1"}, 6),
        (lambda total, pages: None, 6),
        (lambda total, pages: {"X-WP-Total": "-3", "X-WP-TotalPages": "many"}, 6),
    ],
    ids=["too few", "none", "nonsense"],
)
def test_totals_that_lie(stub: Stub, totals: Any, most: int) -> None:
    talk(stub)
    stub.totals = totals
    assert len(objects(run(stub)[0])) == 251
    assert len([route for route, _ in stub.told if route == "comments"]) <= most


def promises(entries: list[Any], total: int | None = 1000) -> Any:
    told = {} if total is None else {"X-WP-Total": str(total), "X-WP-TotalPages": str(-(-total // 100))}
    return json(entries, headers=told)


@pytest.mark.parametrize("total", [250, 30, None])
def test_an_empty_list_is_not_believed_at_once(stub: Stub, total: int | None) -> None:
    talk(stub)
    stub.instead["comments"] = promises([], total)
    records, state = run(stub)
    assert set(claims(records).values()) <= {("partial", NOW - 100 * DAY, NOW)}
    assert "list_ends_early:comments" in reasons(records)
    del stub.instead["comments"]
    records, state = run(stub, state, LATER)
    assert len([name for name in objects(records) if name.startswith("comment/")]) == 250
    assert claims(records)["inbound"] == ("complete", NOW - 100 * DAY, NOW + DAY)


@pytest.mark.parametrize("shown", [0, 1, 60], ids=["empty", "one", "short"])
def test_a_page_in_the_middle_that_is_too_short(stub: Stub, shown: int) -> None:
    talk(stub, 450)
    times = 0

    def short(seen: Any) -> Any:
        nonlocal times
        found = stub.list("comments", seen)
        if seen.query.get("page") == ["3"]:
            times += 1
            return promises([comment(number, 90 - number / 10) for number in range(201, 201 + shown)], 450)
        return found

    stub.instead["comments"] = calls(short)
    records, state = run(stub)
    assert times == 2, "it is asked for again, once"
    assert claims(records)["inbound"][0] == claims(records)["outbound"][0] == "partial"
    assert not [one for one in records if isinstance(one, Object) and one.deleted]
    stub.instead.clear()
    records, state = run(stub, state, LATER)
    assert len(objects(records)) >= 450
    assert claims(records)["inbound"] == ("complete", NOW - 100 * DAY, NOW + DAY)


def test_a_page_that_is_too_short_once_is_read(stub: Stub) -> None:
    talk(stub)
    answers = iter([promises([comment(101, 79.9)], 250)])
    stub.instead["comments"] = calls(
        lambda seen: (seen.query.get("page") == ["2"] and next(answers, None)) or stub.list("comments", seen)
    )
    records, _ = run(stub)
    assert len(objects(records)) == 251
    assert claims(records)["inbound"][0] == "complete"


def test_a_list_that_breaks_off_before_the_number_it_tells(stub: Stub) -> None:
    talk(stub, 450)
    refusal = json({"code": "rest_comment_invalid_page_number"}, 400)
    stub.instead["comments"] = calls(
        lambda seen: refusal if seen.query.get("page") == ["3"] else stub.list("comments", seen)
    )
    assert claims(run(stub)[0])["inbound"][0] == "partial"


def test_what_is_counted_and_never_shown_is_taken_as_it_is_the_second_time(stub: Stub) -> None:
    talk(stub)
    stub.totals = lambda total, pages: {"X-WP-Total": str(total + 20), "X-WP-TotalPages": str(pages)}
    _, state = run(stub)
    _, state = run(stub, state, LATER)
    stub.told.clear()
    records, _ = run(stub, state, replace(LATER, now=LATER.now + DAY))
    assert claims(records)["inbound"][0] == "partial"
    assert len([route for route, query in stub.told if route == "comments" and query["per_page"] == "100"]) < 4


def test_a_few_that_are_counted_and_not_shown_do_no_harm(stub: Stub) -> None:
    talk(stub)
    stub.totals = lambda total, pages: {"X-WP-Total": str(total + 2), "X-WP-TotalPages": str(pages)}
    assert claims(run(stub)[0])["inbound"][0] == "complete"


@pytest.mark.parametrize("secret", ["no colon", "rani:wrong"])
def test_a_login_that_cannot_be_right_is_told(stub: Stub, monkeypatch: pytest.MonkeyPatch, secret: str) -> None:
    talk(stub, 3)
    stub.instead["users/me"] = status(401)
    log_in(stub, monkeypatch)
    variable = secret_variable(site(stub))
    assert variable is not None
    monkeypatch.setenv(variable, secret)
    records, _ = run(stub)
    assert reasons(records).count("login_refused") == 1 and len(objects(records)) == 4


def test_pages_that_were_promised_and_do_not_come(stub: Stub) -> None:
    talk(stub, 5)
    stub.totals = lambda total, pages: {"X-WP-Total": "99999999999", "X-WP-TotalPages": "999999999"}
    kept: list[Record] = []
    with pytest.raises(BadAnswer, match="promises more pages"):
        for page in pages(stub):
            kept += page.records
    assert len(objects(kept)) == 6
    assert len(stub.told) < 40


def test_the_same_page_for_ever(stub: Stub) -> None:
    talk(stub, 100)
    stub.instead["comments"] = json(stub.lists["comments"], headers={"X-WP-TotalPages": "50"})
    kept: list[Record] = []
    with pytest.raises(BadAnswer, match="ring"):
        for page in pages(stub):
            kept += page.records
    assert len(objects(kept)) == 101


JUNK = [None, True, -1, 10**30, 1.5, "", "text", "\ud800", [], {}, ["x"], {"rendered": 7}, "9" * 5000, "<b" * 500]


@pytest.mark.parametrize("field", sorted({*post(1, 1), *comment(1, 1)}))
def test_wrong_types_anywhere(stub: Stub, field: str) -> None:
    """Each a counted problem or no matter at all; what stands beside it is read."""
    stub.lists["posts"] += [post(number, 50) | {field: junk} for number, junk in enumerate(JUNK, start=10)]
    stub.lists["comments"] = [comment(number, 40) | {field: junk} for number, junk in enumerate(JUNK, start=10)]
    stub.lists["comments"].append(comment(99, 30))
    stub.instead["posts"] = json(stub.lists["posts"])
    stub.instead["comments"] = json(stub.lists["comments"])
    records, _ = run(stub)
    found = objects(records)
    assert "comment/99" in found and "post/1" in found
    for one in found.values():
        assert one.published > 0 and one.actor.startswith("wordpress:") and isinstance(one.text, str | None)


@pytest.mark.parametrize("junk", [7, "text", None, {}, [[]], [None, 7, "x", comment(5, 40)]])
def test_lists_that_are_none(stub: Stub, junk: Any) -> None:
    good = json([])
    stub.instead["comments"] = in_turn(good, json(junk))
    try:
        records, _ = run(stub)
    except FetchError:
        assert not isinstance(junk, list)
    else:
        assert isinstance(junk, list) and "unexpected_shape" in reasons(records)


@pytest.mark.parametrize("front", [[], 7, {"namespaces": 5}, {"namespaces": None}, {"namespaces": [{"a": 1}]}])
def test_a_front_page_that_is_none_is_no_api(stub: Stub, front: Any) -> None:
    stub.instead[""] = json(front)
    with pytest.raises(NoDoor):
        door(stub)


@pytest.mark.parametrize("refusal", [401, 403, 404])
def test_an_api_that_shows_no_comments_is_closed(stub: Stub, refusal: int) -> None:
    stub.instead["comments"] = status(refusal)
    with pytest.raises(NoDoor):
        door(stub)


def test_a_server_in_trouble_is_not_closed(stub: Stub) -> None:
    stub.instead["comments"] = status(500)
    with pytest.raises(BadStatus):
        door(stub)


def test_nobody_speaks_for_another_site(stub: Stub) -> None:
    stub.front["home"] = "https://famous.example"
    records, _ = run(stub)
    assert all(one.id.startswith(f"wordpress:post/{site(stub)}/") for one in objects(records).values())


@pytest.mark.parametrize(
    ("claimed", "root", "page", "home"),
    [
        ("https://a.example", "https://a.example/wp-json/", "https://a.example/x", "https://a.example"),
        ("https://www.a.example/", "https://a.example/wp-json/", "https://a.example/", "https://www.a.example"),
        ("https://a.example/blog", "https://a.example/blog/?rest_route=/", "https://a.example/blog/x",
         "https://a.example/blog"),
        ("https://b.example", "https://a.example/wp-json/", "https://a.example/", "https://a.example"),
        ("https://a.example/~good", "https://a.example/~evil/wp-json/", "https://a.example/~evil/",
         "https://a.example/~evil"),
        ("https://a.example", "https://a.example/~evil/wp-json/", "https://a.example/~evil/",
         "https://a.example/~evil"),
        ("https://a.example", "https://api.example/sites/7/", "https://a.example/x", "https://a.example"),
        ("javascript:alert(1)", "https://a.example/wp-json/", "https://a.example/", "https://a.example"),
        ("https://[", "https://a.example/index.php?rest_route=/", "https://a.example/", "https://a.example"),
    ],
)  # fmt: skip
def test_the_address_of_a_site(claimed: str, root: str, page: str, home: str) -> None:
    assert home_of(claimed, root, page) == home


def test_authors_that_are_not_listed_are_numbers(stub: Stub) -> None:
    stub.instead["users"] = status(403)
    stub.lists["comments"] = [
        comment(1, 50),
        comment(2, 49, parent=1, author=1, author_name="Rani"),
        comment(3, 48, author=5),
    ]
    records, state = run(stub)
    found = objects(records)
    assert found["comment/2"].actor == found["post/1"].actor == f"wordpress:user/#1@{site(stub)}"
    assert found["comment/3"].actor == f"wordpress:{site(stub)}/name/Guest 3"
    assert "users_not_listed" in reasons(records)
    stub.lists["comments"].append(comment(4, -0.5, author=1, author_name="Rani"))
    assert objects(run(stub, state, LATER)[0])["comment/4"].actor == f"wordpress:user/#1@{site(stub)}"


def test_what_other_services_keep_is_not_claimed(stub: Stub) -> None:
    stub.lists["posts"] = [post(1, 100, link=f"{stub.home}/post-1/")]
    stub.html('<div id="disqus_thread"></div>', "/post-1/")
    records, _ = run(stub)
    assert claims(records)["inbound"][0] == "none" and claims(records)["outbound"][0] == "partial"
    assert "comments_elsewhere:Disqus" in reasons(records)
    assert all("Disqus" in one.basis for one in records if isinstance(one, Coverage))
    stub.lists["comments"] = [comment(1, 50)]
    assert claims(run(stub)[0])["inbound"][0] == "partial"


def test_where_nobody_can_comment_nobody_is_left_without_an_answer(stub: Stub) -> None:
    stub.lists["posts"] = [post(1, 100, comment_status="closed")]
    assert claims(run(stub)[0])["inbound"][0] == "none"
    stub.lists["comments"] = [comment(1, 50)]
    assert claims(run(stub)[0])["inbound"][0] == "complete"


def test_comments_on_other_types(stub: Stub) -> None:
    stub.types = {
        "post": {"rest_base": "posts"}, "recipe": {"rest_base": "recipes"}, "attachment": {"rest_base": "media"},
        "evil": {"rest_base": "../../x"}, "odd": 7, "wp_block": {"rest_base": "blocks"},
    }  # fmt: skip
    stub.lists["recipes"] = [post(70, 60)]
    stub.lists["comments"] = [comment(1, 50, post=70), comment(2, 49, post=71)]
    records, state = run(stub)
    assert {"post/70", "comment/1"} <= set(objects(records))
    assert "comment/2" not in objects(records) and "on_left_out_post" in reasons(records)
    assert {seen.path.rpartition("/")[2] for seen in stub.server.seen}.isdisjoint({"media", "blocks", "x"})
    assert state["left_out"] == [71]


def test_what_is_older_than_wanted_is_read_where_it_is_answered(stub: Stub) -> None:
    stub.lists["posts"] = [post(1, 500), post(2, 450), post(3, 50)]
    stub.lists["comments"] = [
        comment(1, 480), comment(2, 440, post=2), comment(3, 40, parent=1), comment(4, 30, post=3),
    ]  # fmt: skip
    options = replace(OPTIONS, since=NOW - 100 * DAY)
    records, state = run(stub, None, options)
    assert set(objects(records)) == {"post/3", "comment/3", "comment/4", "post/1", "comment/1"}
    assert claims(records)["inbound"] == ("complete", NOW - 100 * DAY, NOW)
    records, _ = run(stub, state, replace(LATER, since=0))
    assert {"post/2", "comment/2"} <= set(objects(records))
    assert claims(records)["inbound"] == ("complete", NOW - 500 * DAY, NOW + DAY)


def log_in(stub: Stub, monkeypatch: pytest.MonkeyPatch) -> None:
    variable = secret_variable(site(stub))
    assert variable is not None
    monkeypatch.setenv(variable, "rani:abcd efgh")


def test_with_a_login_each_state_is_asked_for_alone(stub: Stub, monkeypatch: pytest.MonkeyPatch) -> None:
    log_in(stub, monkeypatch)
    stub.lists["users"][0]["username"], stub.lists["users"][0]["email"] = "Rani.W", "Rani@loom.example"
    stub.lists["comments"] = [
        comment(1, 50, author_email="Tono@mail.example", author_ip="192.0.2.1"), comment(2, 49, status="spam"),
        comment(3, 48, status="trash"), comment(4, 47, status="hold"),
    ]  # fmt: skip
    records, _ = run(stub)
    found = objects(records)
    assert (found["comment/2"].spam, found["comment/3"].deleted, found["comment/3"].text) == (True, True, None)
    assert "comment/4" not in found and reasons(records) == ["held_for_moderation"]
    assert found["post/1"].actor == f"wordpress:user/Rani.W@{site(stub)}"
    cues = {one.value for one in records if isinstance(one, Cue) and one.kind == "address"}
    assert cues == {address_hash("tono@mail.example"), address_hash("rani@loom.example")}
    assert "192.0.2.1" not in str(records)
    asked = [query.get("status") for route, query in stub.told if route == "comments" and query.get("context")]
    assert asked == ["approve", "spam", "trash", "hold"]


def test_a_secret_goes_to_no_other_host(monkeypatch: pytest.MonkeyPatch) -> None:
    with Hostile() as page, Hostile() as api:
        stub = Stub(api)
        log_in(stub, monkeypatch)
        page.on("/", answer(stub.page, type="text/html"))
        with client() as one:
            from permadani.sources.live import knock

            list(knock(page.url("/"), one).pages(None, OPTIONS))
        assert not [seen for seen in [*page.seen, *api.seen] if "authorization" in seen.headers]


@pytest.mark.parametrize("asked", [True, False])
@pytest.mark.parametrize("signed_in", [True, False])
def test_akismet_is_asked_only_where_it_is_wanted(
    stub: Stub, monkeypatch: pytest.MonkeyPatch, asked: bool, signed_in: bool
) -> None:
    with Hostile() as akismet:
        akismet.on("/1.1/verify-key", answer("valid"))
        akismet.on("/1.1/comment-check", calls(lambda seen: answer(str("Pills" in str(seen.form)).lower())))
        monkeypatch.setenv("PERMADANI_AKISMET", akismet.url("").rstrip("/"))
        monkeypatch.setenv(f"PERMADANI_SECRET_127_0_0_1___{akismet.port}", "key")
        if signed_in:
            log_in(stub, monkeypatch)
        told = {"author_ip": "192.0.2.1"}
        stub.lists["comments"] = [
            comment(1, 50, content={"raw": "Pills"}, **told), comment(2, 49, **told), comment(3, 48, author=1, **told),
            comment(4, 47, status="spam", **told),
        ]  # fmt: skip
        records, _ = run(stub, None, replace(OPTIONS, akismet=asked))
        judged = [seen.form["comment_content"] for seen in akismet.seen if seen.path.endswith("check")]
        found = objects(records)
        if asked and signed_in:
            assert judged == [["Pills"], ["Comment 2"]]
            assert (found["comment/1"].spam, found["comment/2"].spam) == (True, False)
            assert "akismet_spam" in reasons(records)
        else:
            assert not akismet.seen and not found["comment/1"].spam
        assert ("akismet_no_login" in reasons(records)) is (asked and not signed_in)


def test_akismet_without_a_key_is_told(stub: Stub, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PERMADANI_AKISMET", "http://127.0.0.1:1")
    log_in(stub, monkeypatch)
    talk(stub, 3)
    assert "akismet_no_key" in reasons(run(stub, None, replace(OPTIONS, akismet=True))[0])
    assert "akismet_no_key" not in reasons(run(stub)[0])


@pytest.mark.parametrize("state", [{"cursors": 7}, {"done": {"posts": "x"}}, {"recent": {"1": [1]}}, {"other": 1}])
def test_a_state_of_another_version(stub: Stub, state: Any) -> None:
    talk(stub, 3)
    assert len(objects(run(stub, state)[0])) == 4


def test_a_list_that_is_refused_later_is_told(stub: Stub) -> None:
    stub.instead["pages"] = status(403)
    talk(stub, 3)
    records, state = run(stub)
    assert "list_refused:pages" in reasons(records) and claims(records)["outbound"][0] == "partial"
    del stub.instead["pages"]
    records, _ = run(stub, state, LATER)
    assert claims(records)["outbound"] == ("complete", NOW - 100 * DAY, NOW + DAY)


def test_people(stub: Stub) -> None:
    stub.lists["comments"] = [
        comment(1, 50, author_name="<b>Tono</b> &amp; co."), comment(2, 49, author_name="tono@mail.example"),
        comment(3, 48, author_name=""), comment(4, 47, author_name="Ani", author_url="javascript:alert(1)"),
        comment(5, 46, type="pingback"), comment(6, 45, date_gmt="", date=when(45)),
        comment(7, 44, date_gmt="x", date="y"),
    ]  # fmt: skip
    records, _ = run(stub)
    names = [one.name for one in records if isinstance(one, Actor)]
    assert names == ["Rani", "Guest 6", "Tono & co.", "tono@…", None, "Ani"]
    assert sorted(reasons(records)) == ["local_time", "no_author_name", "pingback", "unparsable_time"]
    assert objects(records)["comment/6"].published == NOW // 10**6 * 10**6 - 45 * DAY - 7 * 3_600_000_000
    assert [one.value for one in records if isinstance(one, Cue)] == [stub.home]


def test_judging_fits_into_small_budgets(stub: Stub, monkeypatch: pytest.MonkeyPatch) -> None:
    with Hostile() as akismet:
        akismet.on("/1.1/verify-key", answer("valid"))
        akismet.on("/1.1/comment-check", answer("false"))
        monkeypatch.setenv("PERMADANI_AKISMET", akismet.url("").rstrip("/"))
        monkeypatch.setenv(f"PERMADANI_SECRET_127_0_0_1___{akismet.port}", "key")
        log_in(stub, monkeypatch)
        stub.lists["comments"] = [comment(number, 90 - number, author_ip="192.0.2.1") for number in range(1, 71)]
        found, state = dict[str, Object](), None
        for attempt in range(9):
            try:
                options = replace(OPTIONS, now=NOW + attempt, akismet=True)
                for page in pages(stub, state, options, most=40):
                    found, state = found | objects(page.records), page.state
                break
            except BudgetSpent:
                continue
        assert len(found) == 71
        sent = [seen.form["comment_content"][0] for seen in akismet.seen if seen.path.endswith("check")]
        assert set(sent) == {f"Comment {number}" for number in range(1, 71)}
        assert len(sent) < 110, "what is on a page that was not kept is sent again, nothing else"


FAULTS: dict[str, Behaviour] = {
    "reset mid-body": reset_mid_body(b"[{"),
    "closed mid-body": closed_mid_body(b"[{"),
    "server errors": status(500),
    "a storm of 429": status(429, {"Retry-After": "86400"}),
    "wrong JSON": wrong_json(b"[{'id': 1"),
    "deep JSON": deep_json(),
    "a page instead of JSON": answer("<br><b>Warning</b>: in wp-content on line 7 []", type="text/html"),
    "no HTTP": garbage(),
    "too large": large(40_000_000),
    "sent into the private network": redirect("http://169.254.169.254/"),
    "sent round and round": redirect_loop(),
    "refused": status(403),
}


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("list_of", ["posts", "comments"])
def test_a_fault_in_the_middle_keeps_what_was_read(stub: Stub, list_of: str, fault: str) -> None:
    """An error of ours, what came before is kept, and the next run goes on to the same end."""
    talk(stub, 250)
    stub.lists["posts"] = [post(number, 300) for number in range(1, 151)]
    whole = objects(run(stub)[0])
    truth = calls(lambda seen: stub.list(list_of, seen))
    page = "2" if list_of == "posts" else "3"
    stub.instead[list_of] = calls(lambda seen: FAULTS[fault] if seen.query.get("page") == [page] else truth)
    found, state = dict[str, Object](), None
    with pytest.raises(FetchError):
        for one in pages(stub):
            found, state = found | objects(one.records), one.state
    assert set(found) < set(whole) and len(found) >= 100
    del stub.instead[list_of]
    found |= objects(run(stub, state, LATER)[0])
    assert found == whole
