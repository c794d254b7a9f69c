"""Statuses and accounts as several kinds of servers describe them, one by one."""

from __future__ import annotations

from typing import Any

import pytest

from permadani.sources.mastodon.accounts import Accounts
from permadani.sources.mastodon.conversations import Tree
from permadani.sources.mastodon.numbers import LAST, Numbers
from permadani.sources.mastodon.server import base_of, local_id
from permadani.sources.mastodon.statuses import Statuses
from permadani.vocabulary import Actor, Addressed, Announce, Cue, Object, Problem, Record, Standing

NOW = 1_700_000_000_000_000


def account(**more: Any) -> dict[str, Any]:
    return {
        "id": "7", "username": "wati", "acct": "wati", "display_name": "Wati", "url": "https://home.example/@wati",
        "created_at": "2020-01-01T00:00:00.000Z", "note": "", "followers_count": 12, "following_count": 3, **more,
    }  # fmt: skip


def status(**more: Any) -> dict[str, Any]:
    return {
        "id": "100", "uri": "https://home.example/users/wati/statuses/100", "created_at": "2023-01-01T00:00:00.000Z",
        "url": "https://home.example/@wati/100", "visibility": "public", "content": "<p>Hello &amp; welcome</p>",
        "account": account(), "in_reply_to_id": None, "in_reply_to_account_id": None, "reblog": None, "mentions": [],
        "spoiler_text": "", "language": "id", **more,
    }  # fmt: skip


def read(*values: Any, numbers: Numbers | None = None) -> list[Record]:
    out: list[Record] = []
    statuses = Statuses(Accounts("home.example", NOW, out), out, numbers or Numbers())
    found = [one for value in values if (one := statuses.seen(value, "here"))]
    for one in found:
        statuses.write(one)
    return out


def only(kind: type[Record], records: list[Record]) -> Any:
    (found,) = (record for record in records if type(record) is kind)
    return found


def actor_id(**more: Any) -> str | None:
    return Accounts("home.example", NOW, []).take(account(**more))


@pytest.mark.parametrize(
    ("more", "id"),
    [
        ({"uri": "https://home.example/users/wati"}, "https://home.example/users/wati"),
        ({"uri": "https://home.example/ap/users/1234"}, "https://home.example/ap/users/1234"),
        ({"pleroma": {"ap_id": "https://home.example/users/wati"}}, "https://home.example/users/wati"),
        ({"url": "https://home.example/users/wati"}, "https://home.example/users/wati"),
        ({}, "https://home.example/@wati"),
        ({"url": "javascript:alert(1)"}, None),
        ({"url": 7, "uri": [], "pleroma": "yes", "id": None}, None),
    ],
)
def test_who_an_account_is_for_the_rest_of_the_world(more: dict[str, Any], id: str | None) -> None:
    assert actor_id(**more) == id


def test_the_address_of_a_message_tells_its_author() -> None:
    assert only(Object, read(status())).actor == "https://home.example/users/wati"


@pytest.mark.parametrize(
    ("more", "followers"),
    [
        ({}, 12), ({"followers_count": -1}, None), ({"followers_count": True}, None),
        ({"followers_count": 10**30}, None),
        ({"followers_count": "12"}, None), ({"followers_count": 0, "following_count": 0}, 0),
        ({"followers_count": 0, "following_count": 0, "acct": "wati@far.example"}, None),
        ({"followers_count": 0, "following_count": 5, "acct": "wati@far.example"}, 0),
        ({"pleroma": {"hide_followers_count": True}, "followers_count": 0}, None),
    ],
)  # fmt: skip
def test_followers_that_nobody_counted_are_unknown_and_not_none(more: dict[str, Any], followers: int | None) -> None:
    out: list[Record] = []
    Accounts("home.example", NOW, out).take(account(**more))
    assert only(Actor, out).followers == followers
    standings = [record for record in out if isinstance(record, Standing)]
    assert [(one.observed, one.followers) for one in standings] == ([] if followers is None else [(NOW, followers)])


@pytest.mark.parametrize(
    ("more", "opted_out"),
    [
        ({}, None), ({"discoverable": True, "indexable": True}, False), ({"discoverable": True}, None),
        ({"discoverable": False}, True), ({"indexable": False}, True), ({"noindex": True}, True),
        ({"note": '<p>Potter. <a href="https://home.example/tags/nobot">#<span>nobot</span></a></p>'}, True),
        ({"display_name": "Wati #noindex"}, True), ({"discoverable": "no"}, None),
    ],
)  # fmt: skip
def test_who_asks_not_to_be_found(more: dict[str, Any], opted_out: bool | None) -> None:
    out: list[Record] = []
    Accounts("home.example", NOW, out).take(account(**more))
    assert only(Actor, out).opted_out is opted_out


def test_links_in_the_profile_and_those_that_link_back() -> None:
    out: list[Record] = []
    fields = [
        {"name": "Blog", "value": '<a href="https://wati.example/" rel="me">wati</a>', "verified_at": "2024-01-01"},
        {"name": "Shop", "value": '<a href="https://shop.example/x">x</a>', "verified_at": None},
        {"name": "Bad", "value": '<a href="javascript:alert(1)">x</a>'}, "nonsense",
    ]  # fmt: skip
    Accounts("home.example", NOW, out).links({"fields": fields}, "https://home.example/users/wati")
    assert {(cue.kind, cue.value) for cue in out if isinstance(cue, Cue)} == {
        ("me", "https://wati.example/"), ("link", "https://shop.example/x"),
    }  # fmt: skip


def test_a_message_in_all_its_parts() -> None:
    numbers = Numbers({"https://far.example/users/eko/statuses/1": "99"})
    records = read(
        status(
            in_reply_to_id="99", in_reply_to_account_id="8", spoiler_text="Warning", application={"name": "Tusky"},
            quote={"state": "accepted", "quoted_status": {"uri": "https://far.example/users/eko/statuses/5"}},
            mentions=[
                {"id": "8", "username": "eko", "url": "https://far.example/users/eko", "acct": "eko@far.example"},
                {"id": "9", "username": "sri", "url": "https://home.example/@sri", "acct": "sri"},
                {"id": "10", "username": "tuti", "url": "https://other.example/@tuti", "acct": "tuti@other.example"},
            ],
        ),
        numbers=numbers,
    )  # fmt: skip
    message = only(Object, records)
    assert (message.text, message.language, message.client) == ("Warning\nHello & welcome", "id", "Tusky")
    assert message.in_reply_to == "https://far.example/users/eko/statuses/1"
    assert message.quotes == "https://far.example/users/eko/statuses/5"
    assert {(r.actor, r.kind) for r in records if isinstance(r, Addressed)} == {
        ("https://far.example/users/eko", "to"), ("https://home.example/users/sri", "mention"),
    }  # fmt: skip
    assert [r.reason for r in records if isinstance(r, Problem)] == ["mention_without_id"], "tuti's id is not guessed"


@pytest.mark.parametrize(
    ("more", "quotes"),
    [
        ({"quote": {"state": "pending", "quoted_status": {"uri": "https://far.example/s/5"}}}, None),
        ({"quote": {"state": "accepted", "quoted_status": None}}, None),
        ({"quote": {"state": "accepted", "quoted_status_id": "99"}}, "https://far.example/s/1"),
        ({"quote": {"uri": "https://far.example/s/6"}}, "https://far.example/s/6"),
        ({"pleroma": {"quote_url": "https://far.example/s/7"}}, "https://far.example/s/7"),
        ({"quote": "https://far.example/s/8"}, None),
    ],
)
def test_quotes_in_the_ways_of_several_servers(more: dict[str, Any], quotes: str | None) -> None:
    assert only(Object, read(status(**more), numbers=Numbers({"https://far.example/s/1": "99"}))).quotes == quotes


@pytest.mark.parametrize(
    ("visibility", "reason"),
    [("direct", "direct_message"), *((who, "followers_only") for who in ("private", "list", "circle", 7))],
)
def test_what_not_everybody_may_read_is_counted_without_a_word_of_it(visibility: Any, reason: str) -> None:
    (problem,) = read(status(visibility=visibility, content="a secret"))
    assert isinstance(problem, Problem) and (problem.reason, problem.lost, problem.example) == (reason, False, None)


@pytest.mark.parametrize("visibility", ["public", "unlisted", "local", None])
def test_what_everybody_may_read_is_read(visibility: Any) -> None:
    assert only(Object, read(status(visibility=visibility))).text == "Hello & welcome"


def test_a_boost_brings_the_boosted_message_and_no_private_one() -> None:
    inner = status(id="50", uri="https://far.example/users/eko/statuses/50", account=account(id="8", username="eko"))
    boost = status(uri="https://home.example/users/wati/statuses/100/activity", reblog=inner)
    boost["account"] = account(uri="https://home.example/users/wati")
    records = read(boost)
    told = only(Announce, records)
    assert (told.actor, told.object) == ("https://home.example/users/wati", inner["uri"])
    assert only(Object, records).id == inner["uri"]
    assert not [r for r in read({**boost, "reblog": {**inner, "visibility": "private"}}) if isinstance(r, Object)]
    assert not [r for r in read({**boost, "visibility": "direct"}) if isinstance(r, Announce | Object)]


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        (None, "not_a_post"), ([], "not_a_post"), ({}, "missing_id"), (status(uri="/relative"), "missing_id"),
        (status(id={}), "missing_id"), (status(created_at=5), "unparsable_time"),
        (status(account="wati"), "missing_author"), (status(account=None), "missing_author"),
        (status(created_at="0000-00-00"), "unparsable_time"),
    ],
)  # fmt: skip
def test_what_is_no_message_is_counted_as_lost(value: Any, reason: str) -> None:
    problem = only(Problem, read(value))
    assert (problem.reason, problem.lost) == (reason, True)


@pytest.mark.parametrize(
    ("value", "number"),
    [("103", "103"), (103, "103"), ("9xKq_-Z", "9xKq_-Z"), (True, None), (-1, None), (1.5, None), ("", None),
     ("../1", None), ("1?max_id=2", None), ("1" * 65, None), (10**30, None), (None, None)],
)  # fmt: skip
def test_numbers_are_safe_to_stand_in_an_address(value: Any, number: str | None) -> None:
    assert local_id(value) == number


def test_only_this_computer_is_asked_without_tls() -> None:
    assert base_of("127.0.0.1:3000") == "http://127.0.0.1:3000" and base_of("localhost") == "http://localhost"
    assert (
        base_of("localhost.example") == "https://localhost.example"
        and base_of("a.example:80") == "https://a.example:80"
    )


def test_numbers_that_are_kept_are_those_asked_for_and_the_last() -> None:
    numbers = Numbers({"https://a.example/old": "1", "https://a.example/seen": "2", "broken": "3"})
    for i in range(LAST):
        numbers.know(str(100 + i), f"https://a.example/{i}")
    kept = numbers.of(["https://a.example/seen", "https://a.example/never"])
    assert kept["https://a.example/seen"] == "2" and "https://a.example/old" not in kept and len(kept) == LAST + 1
    assert Numbers(["no", "dict"]).of(["https://a.example/seen"]) == {}


def test_a_tree_in_a_ring_ends() -> None:
    tree = Tree("1", {"2": "3", "3": "2", "4": "1", "5": "4"}, {}, False)
    assert sorted(tree.under("1")) == ["4", "5"] and tree.under("2") == ["3"]
