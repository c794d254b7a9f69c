"""Bluesky read live, over answers written here; tests/servers/bluesky asks a real network."""

from __future__ import annotations

import copy
import json
import random
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from bluesky_samples import ANI, BAYU, CITRA, MARCH, POST, REPOST, key, mention, ref, reply, uri, view, when
from car_writer import repository_file

from permadani.errors import AddressRefused, BadAnswer, BadStatus, BudgetSpent, FetchError, NoDoor, Unreachable
from permadani.settings import Secret
from permadani.sources.bluesky.api import Api
from permadani.sources.bluesky.live import BlueskyDoor, knock
from permadani.sources.bluesky.records import Records
from permadani.sources.bluesky.timeline import BlueskyTimeline
from permadani.sources.http import Answer
from permadani.sources.live import FetchOptions, asked
from permadani.sources.live.base import State, followers_of
from permadani.vocabulary import Actor, Addressed, Announce, Coverage, Object, Problem, Record, Standing

APPVIEW, SERVER = "https://public.api.bsky.app", "https://pds.example"
MINUTE = 60_000_000
NOW = MARCH + 600 * MINUTE
OPTIONS = FetchOptions(now=NOW, since=0)
Given = dict[str, Any]


class Network:
    """Answers by method; what is not there is 400, as the servers say. It may be asked ``most`` times."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, Given]] = []
        self.secrets: list[tuple[str, str]] = []
        self.most = 10_000
        self.profiles: dict[str, Given] = {
            did: {"did": did, "handle": f"{name}.example", "followersCount": followers, "labels": []}
            for did, name, followers in ((ANI, "ani", 900), (BAYU, "bayu", 5), (CITRA, "citra", 70))
        }
        self.posts: dict[str, Given] = {}
        self.reposts: list[Given] = []
        self.per_page = 100
        self.hidden: list[str] = []
        self.repository: bytes | FetchError = BadStatus("{status}", status=404)
        self.notifications: list[Given] = []
        self.session: Given | FetchError = {"did": ANI, "accessJwt": "token-of-ani"}
        self.document: Any = {"id": ANI, "service": [
            {"id": "#atproto_pds", "type": "AtprotoPersonalDataServer", "serviceEndpoint": SERVER}]}  # fmt: skip
        self.spoil: Callable[[str, Any], Any] = lambda method, answer: answer

    # -- what was written

    def say(self, did: str, minutes: int, text: str, to: str | None = None, **more: Any) -> str:
        record = more.pop("record", {})
        if to is not None:
            above = self.posts[to]["record"].get("reply")
            record["reply"] = reply(above["root"]["uri"] if above else to, to)
        name = uri(did, minutes)
        told = view(BAYU, minutes, text, record=record, **more)
        author = {"did": did, "handle": self.profiles[did]["handle"], "labels": []}
        self.posts[name] = told | {"uri": name, "author": author}
        return name

    def below(self, name: str) -> list[str]:
        return [one for one, told in self.posts.items() if _parent(told) == name]

    def shown(self, name: str) -> Given:
        return {"replyCount": 0} | self.posts[name] | {"replyCount": len(self.below(name))}

    # -- the client

    requests = 0

    def get(self, url: str, params: Given | None = None, *, secret: Secret | None = None, **_: Any) -> Answer:
        self._counted(url)
        if secret is not None:
            self.secrets.append((url, secret.reveal()))
        if not url.startswith((APPVIEW + "/xrpc/", SERVER + "/xrpc/")):
            return self._answer(url, self.document)
        method = url.rpartition(".")[2]
        self.asked.append((method, params or {}))
        return self._answer(method, getattr(self, "_" + method)(**(params or {})))

    def post(self, url: str, data: Given, *, form: bool = True, secret: Secret | None = None) -> Answer:
        self._counted(url)
        assert not form and url == SERVER + "/xrpc/com.atproto.server.createSession"
        assert isinstance(data["password"], Secret)  # so that the client keeps it out of errors and off open wires
        self.asked.append(("createSession", {**data, "password": data["password"].reveal()}))
        if isinstance(self.session, FetchError):
            raise self.session
        return self._answer("createSession", self.session)

    def download(self, url: str, target: Path, *, params: Given, limit: int) -> Answer:
        self._counted(url)
        assert url == SERVER + "/xrpc/com.atproto.sync.getRepo" and params == {"did": ANI}
        if isinstance(self.repository, FetchError):
            raise self.repository
        if len(self.repository) > limit:
            raise BadAnswer("too large")
        target.write_bytes(self.repository)
        return Answer(url, 200, {}, b"")

    def _counted(self, url: str) -> None:
        assert url.startswith("https://")
        if self.requests >= self.most:
            raise BudgetSpent("spent")
        self.requests += 1

    def _answer(self, method: str, value: Any) -> Answer:
        return Answer(f"{APPVIEW}/{method}", 200, {}, json.dumps(self.spoil(method, value)).encode())

    # -- the methods

    def _getProfile(self, actor: str) -> Given:
        for did, one in self.profiles.items():
            if actor in (did, one["handle"]):
                return one
        raise BadStatus("{status}", status=400)

    def _getProfiles(self, actors: list[str]) -> Given:
        assert len(actors) <= 25
        return {"profiles": [self.profiles[did] for did in actors if did in self.profiles]}

    def _getAuthorFeed(self, actor: str, limit: int, cursor: str = "0", **more: str) -> Given:
        assert limit == 100
        if actor != ANI:
            raise BadStatus("{status}", status=400)
        assert more == {"filter": "posts_with_replies", "includePins": "false"}
        entries = [{"post": self.shown(name)} for name, told in self.posts.items() if told["author"]["did"] == ANI]
        for entry in entries:
            if parent := _parent(entry["post"]):
                entry["reply"] = {"root": self._or_gone(parent), "parent": self._or_gone(parent)}
        entries += self.reposts
        entries.sort(key=lambda e: e.get("reason", e["post"])["indexedAt"], reverse=True)
        start = int(cursor)
        page = entries[start : start + self.per_page]
        more_of_it = start + self.per_page < len(entries)
        return {"feed": page, **({"cursor": str(start + self.per_page)} if more_of_it else {})}

    def _or_gone(self, name: str) -> Given:
        return self.shown(name) if name in self.posts else {"uri": name, "notFound": True}

    def _getPostThread(self, uri: str, depth: int, parentHeight: int) -> Given:
        if uri not in self.posts:
            raise BadStatus("{status}", status=400)
        record = {"$type": "app.bsky.feed.threadgate", "post": uri, "hiddenReplies": self.hidden, "createdAt": when(9)}
        gate = {"uri": f"at://{ANI}/app.bsky.feed.threadgate/{key(0)}", "cid": "x", "record": record}
        return {"thread": self.thread(uri, depth), **({"threadgate": gate} if self.hidden else {})}

    def thread(self, name: str, depth: int) -> Given:
        replies = {"replies": [self.thread(one, depth - 1) for one in self.below(name)]} if depth else {}
        return {"$type": "app.bsky.feed.defs#threadViewPost", "post": self.shown(name), **replies}

    def _getQuotes(self, uri: str, limit: int, cursor: str = "0") -> Given:
        quoting = [
            one for one in self.posts.values() if one["record"].get("embed", {}).get("record", {}).get("uri") == uri
        ]
        return {"uri": uri, "posts": quoting}

    def _getPosts(self, uris: list[str]) -> Given:
        assert len(uris) <= 25
        return {"posts": [self.shown(name) for name in uris if name in self.posts]}

    def _listNotifications(self, reasons: list[str], priority: str, limit: int, cursor: str = "0") -> Given:
        assert reasons == ["mention", "reply", "quote"] and priority == "false"
        page = self.notifications[int(cursor) : int(cursor) + 2]
        left = int(cursor) + 2 < len(self.notifications)
        return {"notifications": page, **({"cursor": str(int(cursor) + 2)} if left else {})}


def _parent(told: Given) -> str | None:
    found: str | None = told["record"].get("reply", {}).get("parent", {}).get("uri")
    return found


def notice(did: str, minutes: int, text: str, **record: Any) -> Given:
    told = view(did, minutes, text, record={"facets": [mention(ANI)], **record})
    return told | {"reason": "mention", "isRead": False}


@pytest.fixture
def network() -> Network:
    """Ani asks two questions; Bayu and Citra answer the first, and Ani answers Bayu; Ani reshares Citra."""
    one = Network()
    first = one.say(ANI, 10, "who has seen a hoopoe?")
    second = one.say(BAYU, 12, "I did", first)
    third = one.say(ANI, 15, "where was that?", second)
    one.say(BAYU, 18, "near the river", third)
    one.say(CITRA, 20, "so did I", first)
    one.say(ANI, 30, "and a kingfisher?")
    elsewhere = one.say(CITRA, 5, "a list of birds")
    one.reposts.append({"post": one.shown(elsewhere), "reason": {
        "$type": "app.bsky.feed.defs#reasonRepost", "by": one.profiles[ANI], "uri": uri(ANI, 25, REPOST),
        "indexedAt": when(25)}})  # fmt: skip
    return one


def door(network: Network, name: str = "@ani.example") -> BlueskyDoor:
    found = knock(asked(name), network)  # type: ignore[arg-type]
    assert found is not None
    return found


def read(network: Network, state: State | None = None, options: FetchOptions = OPTIONS) -> tuple[list[Record], State]:
    """Everything, and the last state; each page and state as a store would keep them."""
    records: list[Record] = []
    for page in door(network).pages(json.loads(json.dumps(state)), options):
        records += page.records
        state = page.state
    assert state is not None
    return records, json.loads(json.dumps(state))


def of(records: list[Record], kind: type[Any]) -> list[Any]:
    return [one for one in records if type(one) is kind]


def claims(records: list[Record]) -> dict[str, tuple[int | None, int | None, str]]:
    return {one.direction: (one.since, one.until, one.completeness) for one in of(records, Coverage)
            if one.basis.startswith("Bluesky")}  # fmt: skip


def reasons(records: list[Record]) -> set[str]:
    return {one.reason for one in of(records, Problem)}


# -- whose door


@pytest.mark.parametrize("name", [
    ANI, "@ani.example", "ani.example", "@ANI.example", "https://bsky.app/profile/ani.example",
    f"https://bsky.app/profile/{ANI}/post/3kabc", "https://bsky.app/profile/ani.example/post/3kabc?x=1",
])  # fmt: skip
def test_names_of_an_account(network: Network, name: str) -> None:
    found = door(network, name)
    assert (found.source, found.who, found.place, found.title) == (
        "bluesky", ANI, f"bluesky {ANI}", "@ani.example on Bluesky"
    )  # fmt: skip
    assert followers_of(found) == network.profiles[ANI]["followersCount"]


@pytest.mark.parametrize("name", [
    "blog.example", "blog.example/ani", "ani.example/about", "@ani@social.example", "https://ani.example",
    "https://blog.example/profile/ani.example", "somebody",
])  # fmt: skip
def test_what_is_nothing_of_blueskys(network: Network, name: str) -> None:
    assert knock(asked(name), network) is None  # type: ignore[arg-type]


@pytest.mark.parametrize("name", ["@nobody.example", "did:plc:nobody", "nobody.bsky.social",
                                  "https://bsky.app/profile/nobody.example", "https://bsky.app/about",
                                  "https://bsky.app/profile/%00"])  # fmt: skip
def test_who_is_not_there_is_told(network: Network, name: str) -> None:
    with pytest.raises(NoDoor):
        knock(asked(name), network)  # type: ignore[arg-type]


def test_somebody_else_is_no_answer(network: Network) -> None:
    network._getProfile = lambda actor: network.profiles[BAYU]  # type: ignore[method-assign]
    with pytest.raises(BadAnswer):
        knock(asked(ANI), network)  # type: ignore[arg-type]


def test_a_site_can_be_tried_while_bluesky_is_away(network: Network) -> None:
    network._getProfile = _raising(Unreachable("away"))  # type: ignore[method-assign]
    assert knock(asked("blog.example"), network) is None  # type: ignore[arg-type]
    with pytest.raises(Unreachable):
        knock(asked("@blog.example"), network)  # type: ignore[arg-type]
    network._getProfile = _raising(BudgetSpent("spent"))  # type: ignore[method-assign]
    with pytest.raises(BudgetSpent):
        knock(asked("blog.example"), network)  # type: ignore[arg-type]


def _raising(error: FetchError) -> Callable[..., Given]:
    def method(**_: Any) -> Given:
        raise error

    return method


# -- what is read


def test_everything_is_read_once(network: Network) -> None:
    records, _ = read(network)
    assert {one.id for one in of(records, Object)} == network.posts.keys()
    assert [(one.actor, one.object, one.published) for one in of(records, Announce)] == [
        (ANI, uri(CITRA, 5), MARCH + 25 * MINUTE)
    ]
    assert {(one.actor, one.followers, one.observed) for one in of(records, Standing)} == {
        (ANI, 900, NOW), (BAYU, 5, NOW), (CITRA, 70, NOW)
    }  # fmt: skip
    assert {(one.object, one.actor) for one in of(records, Addressed)} >= {(uri(BAYU, 12), ANI), (uri(ANI, 15), BAYU)}
    start = MARCH + 10 * MINUTE
    assert claims(records) == {
        "outbound": (start, NOW, "complete"), "inbound": (start, NOW, "complete"), "mentions": (start, NOW, "none")
    }  # fmt: skip
    # one thread for the question and the answer below it; nothing for what nobody answered
    assert [method for method, _ in network.asked] == ["getProfile", "getAuthorFeed", "getPostThread", "getProfiles"]


def test_a_second_run_asks_only_for_what_is_new(network: Network) -> None:
    _, state = read(network)
    network.asked.clear()
    network.say(BAYU, 40, "a kingfisher too", uri(ANI, 30))
    records, _ = read(network, state, FetchOptions(now=NOW + MINUTE, since=0))
    assert [method for method, _ in network.asked] == ["getProfile", "getAuthorFeed", "getPostThread"]
    assert uri(BAYU, 40) in {one.id for one in of(records, Object)}


def test_small_budgets_come_to_the_same(network: Network) -> None:
    network.per_page = 2
    network.posts[uri(ANI, 10)]["quoteCount"] = 1
    quote = {"embed": {"$type": "app.bsky.embed.record", "record": ref(uri(ANI, 10))}}
    network.say(BAYU, 50, "look", record=quote)
    whole, _ = read(network)
    state: State | None = None
    pieces: list[Record] = []
    for _ in range(12):
        network.requests, network.most = 0, 5
        try:
            for page in door(network).pages(state, OPTIONS):
                pieces += page.records
                state = json.loads(json.dumps(page.state))
        except BudgetSpent:
            continue
        break
    else:
        pytest.fail("never at the end")
    for kind in (Object, Announce, Standing, Addressed):
        assert {repr(one) for one in of(pieces, kind)} == {repr(one) for one in of(whole, kind)}
    assert uri(BAYU, 50) in {one.id for one in of(whole, Object)}
    assert claims(pieces) == claims(whole)


def test_pins_are_no_deeds(network: Network) -> None:
    """A pin shows an old post out of its order: it says nothing of how far back was read."""
    old = network._getAuthorFeed(ANI, 100, filter="posts_with_replies", includePins="false")
    pin = {**old["feed"].pop(), "reason": {"$type": "app.bsky.feed.defs#reasonPin"}}
    network._getAuthorFeed = lambda **_: {"feed": [*old["feed"], pin]}  # type: ignore[method-assign]
    records, _ = read(network)
    assert len(of(records, Announce)) == 1
    assert claims(records)["outbound"][0] == MARCH + 15 * MINUTE


def test_standing_of_those_whom_it_reshares_or_answers_elsewhere(network: Network) -> None:
    for did, minutes in (("did:plc:dewi", 3), ("did:plc:eko", 4)):
        network.profiles[did] = {"did": did, "handle": f"{did[8:]}.example", "followersCount": minutes, "labels": []}
    far = network.say("did:plc:dewi", 3, "from afar")
    near = network.say("did:plc:eko", 4, "from nearby")
    network.reposts.append({**network.reposts[0], "post": network.shown(far)})
    network.say(ANI, 26, "where is that?", near)
    records, _ = read(network)
    assert {(one.actor, one.followers) for one in of(records, Standing)} >= {("did:plc:dewi", 3), ("did:plc:eko", 4)}


def test_quotes_are_asked_for_when_their_number_changes(network: Network) -> None:
    network.posts[uri(ANI, 10)]["quoteCount"] = 1
    _, state = read(network)
    assert [method for method, _ in network.asked].count("getQuotes") == 1
    network.asked.clear()
    _, state = read(network, state)
    assert "getQuotes" not in [method for method, _ in network.asked]
    network.posts[uri(ANI, 10)]["quoteCount"] = 2
    read(network, state)
    assert [method for method, _ in network.asked].count("getQuotes") == 1


def test_hidden_answers_are_marked(network: Network) -> None:
    """Once, though the gate stands in the repository and at the thread."""
    network.hidden = [uri(CITRA, 20)]
    gate = network._getPostThread(uri(ANI, 10), 1, 0)["threadgate"]["record"]
    network.repository = repository_file(ANI, {**own(network), f"app.bsky.feed.threadgate/{key(10)}": gate}, key(40))
    records, _ = read(network)
    assert [(one.example, one.lost) for one in of(records, Problem) if one.reason == "hidden_reply"] == [
        (uri(CITRA, 20), False)
    ]
    assert uri(CITRA, 20) in {one.id for one in of(records, Object)}


def test_who_asks_not_to_be_shown_is_counted_without_words(network: Network) -> None:
    label = {"src": CITRA, "uri": f"at://{CITRA}/app.bsky.actor.profile/self", "val": "!no-unauthenticated"}
    for told in network.posts.values():
        if told["author"]["did"] == CITRA:
            told["author"]["labels"] = [label]
    records, _ = read(network)
    assert {one.text for one in of(records, Object) if one.actor == CITRA} == {None}
    assert all(one.text for one in of(records, Object) if one.actor != CITRA)
    assert any(one.id == CITRA and one.opted_out for one in of(records, Actor))


def test_an_account_that_asks_for_it_is_read_only_with_its_login(
    network: Network, monkeypatch: pytest.MonkeyPatch
) -> None:
    network.profiles[ANI]["labels"] = [{"src": ANI, "val": "!no-unauthenticated"}]
    with pytest.raises(NoDoor, match="logged in"):
        read(network)
    monkeypatch.setenv("PERMADANI_SECRET_PDS_EXAMPLE", "ani.example:app-password")
    records, _ = read(network)
    assert {one.text for one in of(records, Object) if one.actor == ANI} >= {"who has seen a hoopoe?"}
    assert {value for _, value in network.secrets} == {"token-of-ani"}


# -- conversations


def test_conversations_are_asked_on_where_an_answer_ends(network: Network) -> None:
    last = uri(ANI, 30)
    for number in range(150):
        last = network.say((BAYU, CITRA)[number % 2], 31 + number, f"step {number}", last)
    records, _ = read(network)
    assert network.posts.keys() == {one.id for one in of(records, Object)}
    assert claims(records)["inbound"][2] == "complete"
    assert [method for method, _ in network.asked].count("getPostThread") == 3


def test_a_conversation_that_is_shown_in_part_is_partial(network: Network) -> None:
    for number in range(30):
        network.say(BAYU, 31 + number, f"answer {number}", uri(ANI, 30))
    below = network.below
    network.below = lambda name: below(name)[:20] if name == uri(ANI, 30) else below(name)  # type: ignore[method-assign]
    shown = network.shown
    network.shown = lambda name: {**shown(name), **({"replyCount": 30} if name == uri(ANI, 30) else {})}  # type: ignore[method-assign]
    records, _ = read(network)
    assert claims(records)["inbound"][2] == "partial"
    assert "replies_not_shown" in reasons(records)


def test_answers_that_are_counted_and_not_shown_are_a_gap(network: Network) -> None:
    shown = network.shown
    network.shown = lambda name: {**shown(name), "replyCount": shown(name)["replyCount"] + 1}  # type: ignore[method-assign]
    records, _ = read(network)
    assert claims(records)["inbound"][2] == "partial"
    assert "replies_not_shown" in reasons(records)


def test_answers_that_are_named_as_blocked_are_no_gap(network: Network) -> None:
    thread = network._getPostThread

    def blocked(**asked: Any) -> Any:
        page = thread(**asked)
        page["thread"]["replies"].append({"uri": "at://did:plc:x/app.bsky.feed.post/3k", "blocked": True})
        page["thread"]["post"]["replyCount"] += 1
        return page

    network._getPostThread = blocked  # type: ignore[method-assign]
    records, _ = read(network)
    assert claims(records)["inbound"][2] == "complete"


def test_what_was_deleted_since_is_bare(network: Network) -> None:
    _, state = read(network)
    del network.posts[uri(CITRA, 20)], network.posts[uri(ANI, 30)]
    records, _ = read(network, state, FetchOptions(now=NOW + MINUTE, since=0))
    gone = {one.id: one for one in of(records, Object) if one.deleted}
    assert gone.keys() == {uri(CITRA, 20), uri(ANI, 30)}
    assert (gone[uri(CITRA, 20)].actor, gone[uri(CITRA, 20)].published) == (CITRA, MARCH + 20 * MINUTE)
    assert all(one.text is None for one in gone.values())


def test_a_page_that_is_thrown_away_takes_nothing_with_it(network: Network) -> None:
    timeline = BlueskyTimeline(Api(network, APPVIEW), ANI, None, logged_in=False)  # type: ignore[arg-type]
    assert timeline.page(None).records == timeline.page(None).records
    assert {one.id for one in timeline.page(None).records if type(one) is Object} >= {uri(BAYU, 12), uri(CITRA, 5)}


def test_deleted_while_reading(network: Network) -> None:
    feed = network._getAuthorFeed(ANI, 100, filter="posts_with_replies", includePins="false")
    network._getAuthorFeed = lambda **_: feed  # type: ignore[method-assign]
    del network.posts[uri(ANI, 10)], network.posts[uri(BAYU, 12)], network.posts[uri(CITRA, 20)]
    records, _ = read(network)
    assert {one.id for one in of(records, Object) if one.deleted} == {uri(ANI, 10)}
    assert claims(records)["inbound"][2] == "complete"


def test_a_conversation_that_is_not_shown_was_not_read(network: Network) -> None:
    """The post is there; the thread of the beginning, which was read on the way, is kept."""
    hidden = network._getPostThread
    alone = network.say(ANI, 31, "beside the thread", uri(BAYU, 12))
    network.say(BAYU, 32, "an answer that is not shown", alone)

    def thread(uri: str, **more: Any) -> Given:
        if uri == alone:
            raise BadStatus("{status}", status=400)
        told = json.loads(json.dumps(hidden(uri, **more)))
        for below in told["thread"]["replies"]:
            below["replies"] = [one for one in below["replies"] if one["post"]["uri"] != alone]
        return told

    network._getPostThread = thread  # type: ignore[method-assign]
    records, _ = read(network)
    assert claims(records)["inbound"][2] == "partial" and "conversation_unreadable" in reasons(records)
    assert not [one for one in of(records, Object) if one.deleted]
    assert {one.id for one in of(records, Object)} == network.posts.keys() - {uri(BAYU, 32)}


# -- the account's own side


def own(network: Network) -> dict[str, Any]:
    return {f"{POST}/{name.rpartition('/')[2]}": told["record"] for name, told in network.posts.items()
            if told["author"]["did"] == ANI}  # fmt: skip


def test_the_repository_tells_of_everything_the_account_wrote(network: Network) -> None:
    old = {f"{POST}/{key(-60 * 24)}": {"$type": POST, "text": "long ago", "createdAt": "2024-02-29T09:00:00Z"}}
    network.repository = repository_file(ANI, {**own(network), **old}, key(40))
    records, state = read(network)
    assert "long ago" in {one.text for one in of(records, Object)}
    of_repository = [one for one in of(records, Coverage) if not one.basis.startswith("Bluesky")]
    assert [(one.direction, one.since, one.until, one.completeness) for one in of_repository] == [
        ("outbound", MARCH - 60 * 24 * MINUTE, NOW, "complete")
    ]
    network.repository = BadAnswer("not again")
    assert "repository_unread" not in reasons(read(network, state)[0])


def test_an_old_repository_claims_nothing(network: Network) -> None:
    """A server that an account has left may still give what it has."""
    stale = {path: record for path, record in own(network).items() if not path.endswith(key(30))}
    network.repository = repository_file(ANI, stale, key(20))
    records, _ = read(network)
    assert all(one.basis.startswith("Bluesky") for one in of(records, Coverage))


def broken(network: Network) -> Iterator[tuple[bytes | FetchError, bool]]:
    whole = repository_file(ANI, own(network), key(40))
    yield repository_file(BAYU, own(network), key(40)), False
    yield whole[:-80], False
    yield b"nothing of the kind", False
    yield b"", False
    yield BadAnswer("more than 64 MB"), False
    yield BadStatus("{status}", status=501), True
    yield Unreachable("away"), True


def test_whatever_is_wrong_with_a_repository_is_not_the_end(network: Network) -> None:
    for repository, again in broken(network):
        network.repository = repository
        records, state = read(network)
        assert "repository_unread" in reasons(records)
        assert claims(records)["inbound"][2] == "complete"
        assert all(one.basis.startswith("Bluesky") for one in of(records, Coverage))
        assert {one.actor for one in of(records, Object) if one.text == "who has seen a hoopoe?"} == {ANI}
        network.repository = repository_file(ANI, own(network), key(40))
        later, _ = read(network, state)
        assert any(not one.basis.startswith("Bluesky") for one in of(later, Coverage)) == again


def test_without_libipld(network: Network, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "libipld", None)
    network.repository = repository_file(ANI, own(network), key(40))
    records, _ = read(network)
    assert any("libipld" in (one.example or "") for one in of(records, Problem))


@pytest.mark.parametrize("document", [None, [], {}, {"id": ANI}, {"id": BAYU, "service": []},
                                      {"id": ANI, "service": [None, {"id": 3}, {"id": "#atproto_pds",
                                       "serviceEndpoint": "file:///etc"}]}], ids=repr)  # fmt: skip
def test_no_server_is_told_and_no_end(network: Network, document: Any) -> None:
    network.document = document
    records, _ = read(network)
    assert "account_server_unknown" in reasons(records)
    assert claims(records)["inbound"][2] == "complete"


# -- mentions


def test_mentions_with_the_accounts_own_login(network: Network, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PERMADANI_SECRET_PDS_EXAMPLE", "ani.example:app-password")
    network.notifications = [notice(CITRA, 60 - number, f"@ani, number {number}") for number in range(5)]
    records, state = read(network)
    assert {one.text for one in of(records, Object)} >= {f"@ani, number {number}" for number in range(5)}
    assert claims(records)["mentions"] == (MARCH + 10 * MINUTE, NOW, "complete")
    assert ("createSession", {"identifier": "ani.example", "password": "app-password"}) in network.asked
    assert all(url.startswith(SERVER) for url, _ in network.secrets)
    assert "password" not in json.dumps(state) and "token-of-ani" not in json.dumps(state)
    network.notifications.insert(0, notice(BAYU, 70, "@ani, one more"))
    network.asked.clear()
    records, _ = read(network, state, FetchOptions(now=NOW + MINUTE, since=0))
    assert "@ani, one more" in {one.text for one in of(records, Object)}
    assert claims(records)["mentions"] == (MARCH + 10 * MINUTE, NOW + MINUTE, "complete")
    assert [method for method, _ in network.asked].count("listNotifications") == 1


def test_nothing_is_claimed_of_mentions_that_may_have_been_thrown_away(
    network: Network, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PERMADANI_SECRET_PDS_EXAMPLE", "ani.example:app-password")
    weeks = 15 * 24 * 60
    late = {"indexedAt": "2024-03-16T09:00:00.000Z", "uri": uri(CITRA, weeks)}
    network.notifications = [notice(CITRA, 60, "@ani", createdAt="2024-03-16T09:00:00.000Z") | late]
    records, _ = read(network, None, FetchOptions(now=NOW + 2 * weeks * MINUTE, since=0))
    told = sorted((one.since, one.until, one.completeness) for one in of(records, Coverage)[-4:]
                  if one.direction == "mentions")  # fmt: skip
    start, seen, now = MARCH + 10 * MINUTE, MARCH + weeks * MINUTE, NOW + 2 * weeks * MINUTE
    assert told == [(start, seen, "none"), (seen, now, "complete")]


@pytest.mark.parametrize("login", ["bayu.example:app-password", "did:plc:other:app-password"])
def test_the_login_of_somebody_else_is_not_used(network: Network, monkeypatch: pytest.MonkeyPatch, login: str) -> None:
    monkeypatch.setenv("PERMADANI_SECRET_PDS_EXAMPLE", login)
    records, _ = read(network)
    assert not network.secrets and "createSession" not in [method for method, _ in network.asked]
    assert claims(records)["mentions"][2] == "none"


def test_who_turns_out_to_be_somebody_else_sees_nothing(network: Network, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PERMADANI_SECRET_PDS_EXAMPLE", "ani@mail.example:app-password")
    network.session = {"did": BAYU, "accessJwt": "token-of-bayu"}
    records, _ = read(network)
    assert not network.secrets and claims(records)["mentions"][2] == "none"


@pytest.mark.parametrize("error", [BadStatus("{status}", status=401), AddressRefused("in the open"),
                                   BadAnswer("no JSON"), Unreachable("away")], ids=repr)  # fmt: skip
def test_a_refused_login_is_told(network: Network, monkeypatch: pytest.MonkeyPatch, error: FetchError) -> None:
    monkeypatch.setenv("PERMADANI_SECRET_PDS_EXAMPLE", "ani.example:app-password")
    network.session = error
    records, _ = read(network)
    assert "login_refused" in reasons(records) and claims(records)["mentions"][2] == "none"


def test_notifications_in_a_ring(network: Network, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PERMADANI_SECRET_PDS_EXAMPLE", "ani.example:app-password")
    network._listNotifications = lambda **_: {"notifications": [], "cursor": "again"}  # type: ignore[method-assign]
    with pytest.raises(BadAnswer, match="ring"):
        read(network)


# -- strangers


JUNK: list[Any] = [None, True, -1, 10**30, 1e300, "", "x", "\ud800", [], [[]], {}, {"uri": 3}, ["x"], {"": None},
                   "at://did:plc:x/app.bsky.feed.post/y", "did:plc:x"]  # fmt: skip


def _places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    yield path
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, one in inside:
        yield from _places(one, (*path, name))


def _spoilt(value: Any, chance: random.Random) -> Any:
    """A copy of an answer with something else in one to three places."""
    whole = [copy.deepcopy(value)]
    for _ in range(chance.randint(1, 3)):
        path = (0, *chance.choice(list(_places(whole[0]))))
        holder: Any = whole
        for name in path[:-1]:
            holder = holder[name]
        holder[path[-1]] = copy.deepcopy(chance.choice(JUNK))
    return whole[0]


@pytest.mark.parametrize("method", ["getProfile", "getAuthorFeed", "getPostThread", "getProfiles", "getQuotes",
                                    "getPosts", "listNotifications", "createSession"])  # fmt: skip
def test_wrong_types_anywhere(network: Network, monkeypatch: pytest.MonkeyPatch, method: str) -> None:
    """Problems, or a FetchError; never another error, and never a record that is none."""
    monkeypatch.setenv("PERMADANI_SECRET_PDS_EXAMPLE", "ani.example:app-password")
    network.notifications = [notice(CITRA, 60, "@ani")]
    network.posts[uri(ANI, 10)]["quoteCount"] = 1
    network.hidden = [uri(CITRA, 20)]
    _, state = read(network)
    del network.posts[uri(CITRA, 20)]
    for seed in range(150):
        chance = random.Random(f"{method} {seed}")  # noqa: S311
        network.spoil = lambda name, answer, chance=chance: _spoilt(answer, chance) if name == method else answer  # type: ignore[misc]
        network.requests, network.most = 0, 200
        try:
            records, _ = read(network, state if method == "getPosts" or seed % 2 else None)
        except FetchError:
            continue
        for one in records:
            for name in one.__struct_fields__:
                assert not isinstance(getattr(one, name), (list, dict, float)), one
            if type(one) is Standing:
                assert 0 <= one.followers < 2**53


# -- time


@pytest.mark.parametrize(("claimed", "inside", "seen", "believed"), [
    (0, 0, 0, 0),            # all agree
    (0, 1, 2, 0),            # within the hour the claim stands, in a repository and in an answer alike
    (59, None, 0, 59),
    (-61, None, 0, 0),       # an hour before the server saw it
    (61, None, 0, 0),        # an hour after
    (-600, 3, 5, 3),         # the key agrees with the server: the same as in a repository
    (-600, -600, 0, 0),      # a key that was made up with the claim
    (-600, 0, -600, 0),      # the server has no time of its own and repeats the claim
    (0, -600, 2, 0),         # two against one
    (-600, 0, None, 0),      # a repository: the key
    (-600, None, None, -600),
])  # fmt: skip
def test_whose_time_is_believed(claimed: int, inside: int | None, seen: int | None, believed: int) -> None:
    records = Records()
    found = records.moment(
        when(600 + claimed), None if inside is None else key(600 + inside),
        None if seen is None else MARCH + (600 + seen) * MINUTE,
    )  # fmt: skip
    assert found is not None
    assert (found - MARCH) // MINUTE - 600 == believed
    assert bool(of(records.out, Problem)) == (believed != claimed)


def test_a_reshare_is_dated_by_its_key_wherever_it_is_found() -> None:
    in_a_repository, in_a_feed = Records(), Records()
    assert (
        in_a_repository.reshared(when(600), key(601)) == in_a_feed.reshared(when(602), key(601)) == MARCH + 601 * MINUTE
    )
    assert in_a_feed.reshared(when(602), "import-1") == MARCH + 602 * MINUTE
