"""What is fetched is kept page by page, with the state to go on from, and told honestly."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from typing import Any

import msgspec
import pytest

from permadani.errors import BadStatus, BudgetSpent, FetchError, RateLimited, Refusal, StoreMissing
from permadani.sources.live.base import FetchOptions, Page
from permadani.store import Store, fetchpage, staging
from permadani.store.fetchreport import FetchProgress
from permadani.vocabulary import Actor, Coverage, Like, Object, Problem
from store.doors import ADA, BASIS, FakeDoor, claim, fetched, page_of, said
from store.networks import START, contents, post

SPENT = BudgetSpent("spent")


def row(store: Store) -> tuple[Any, ...]:
    with store.session() as connection:
        (found,) = connection.execute("SELECT state, asked, complete FROM fetches").fetchall()
    return found[0] and msgspec.json.decode(found[0]), *found[1:]


def test_pages_and_their_state_are_kept_and_the_next_run_goes_on(store: Store) -> None:
    door = FakeDoor([page_of(0), page_of(1), SPENT])
    report = fetched(store, door)
    assert (report.stopped, report.complete, report.pages, report.requests) == ("budget", False, 2, 7)
    assert (report.read, report.new, report.known, report.objects, report.actors) == (6, 6, 0, 6, 3)
    assert row(store) == ({"done": 2}, "@ada.example", False)
    door.pages_to_read[2:] = [page_of(2), page_of(0)]
    report = fetched(store, door, "ada.example")
    assert (report.stopped, report.complete, report.pages) == (None, True, 2)
    assert (report.read, report.new, report.known) == (6, 3, 3)
    assert row(store) == ({"done": 4}, "ada.example", True)
    assert door.states == [None, {"done": 2}]


def test_a_whole_fetch_is_one_import_with_one_file(store: Store) -> None:
    store.add([post(0)], "earlier")
    bad = [Problem(reason="invalid_value", place=f"nr {n}") for n in range(15)]
    fetched(store, FakeDoor([[*page_of(0), *bad], page_of(1), [*page_of(1), *bad]]))
    fetched(store, FakeDoor([page_of(0)], place="bluesky other", title="@bo.example on Bluesky"))
    first, fetch, other = store.imports()
    assert (first.paths, other.paths) == ("earlier", "@bo.example on Bluesky")
    assert (fetch.paths, fetch.sources, fetch.read, fetch.new, fetch.known) == (
        "@ada.example on Bluesky", ("bluesky",), 9, 6, 3,
    )  # fmt: skip
    (file,) = fetch.files
    assert (file.digest, file.problems) == ("", 30)
    with store.session() as connection:
        rows = connection.execute("SELECT place, count FROM problems ORDER BY rowid").fetchall()
    assert len(rows) == staging.KEPT_EXAMPLES + 1
    assert rows[-1] == (None, 30 - staging.KEPT_EXAMPLES)


def test_claims_take_the_place_of_earlier_ones_of_the_same_kind(store: Store) -> None:
    others = [claim(basis="by hand"), claim(actor="did:plc:bo"), claim(actor=None), claim(channel="x")]
    store.add(others)
    fetched(store, FakeDoor([[claim(), claim("inbound", START, "partial")], page_of(0)]))
    claims = [("mentions", START, "none"), ("mentions", START + 5, "complete"), ("outbound", START - 9, "complete")]
    fetched(store, FakeDoor([[claim(d, since, how) for d, since, how in claims]], place="another run"))  # type: ignore[arg-type]
    found = [(r[0], r[2], r[3], r[5], r[6]) for r in contents(store)["coverage"]]
    assert sorted(found, key=str) == sorted(
        [(r.actor, r.direction, r.since, r.completeness, r.basis) for r in others]
        + [(ADA, d, since, how, BASIS) for d, since, how in claims],
        key=str,
    )


def test_the_report_tells_what_is_claimed_now(store: Store) -> None:
    report = fetched(store, FakeDoor([page_of(0), [claim(), claim("mentions", START, "none")]]))
    told = [(one.direction, one.since, one.completeness) for one in report.coverage]
    assert told == [("outbound", "2020-09-13T12:26:40Z", "complete"), ("mentions", "2020-09-13T12:26:40Z", "none")]
    record = report.to_dict()
    assert record["schema"] == "permadani.fetch/1"
    assert record["coverage"][0] == {
        "actor": ADA, "channel": "bluesky", "direction": "outbound", "since": "2020-09-13T12:26:40Z",
        "until": "2020-09-25T02:13:20Z", "completeness": "complete", "basis": BASIS,
    }  # fmt: skip
    assert (record["stopped"], record["message"], record["hint"]) == (None, None, None)
    absurd = fetched(store, FakeDoor([[claim(since=None, until=2**62)]], place="absurd"))
    assert (absurd.coverage[0].since, absurd.coverage[0].until) == (None, "9999-12-31T23:59:59Z")


def test_more_lost_than_one_in_a_hundred_weakens_what_is_claimed(store: Store) -> None:
    lost = [Problem(reason="invalid_value")]
    gone = [Problem(reason="conversation_unreadable") for _ in range(9)]
    pages: list[list[Any]] = [page_of(0), [*gone, claim()]]
    fetched(store, FakeDoor(pages))
    assert [r[5] for r in contents(store)["coverage"]] == ["complete"]
    fetched(store, FakeDoor(pages := [*pages, [*lost, *page_of(0)]]))
    ((*_, how, basis),) = contents(store)["coverage"]
    assert (how, basis) == ("partial", f"{BASIS} (1 of 7 records unreadable)")
    many = [said(n) for n in range(100, 300)]
    fetched(store, FakeDoor([*pages, many, [claim()]]))
    assert [r[5:] for r in contents(store)["coverage"]] == [("complete", BASIS)]


def test_what_another_of_the_same_title_lost_weakens_nothing(store: Store) -> None:
    nonsense: list[Any] = [Problem(reason="invalid_value") for _ in range(50)]
    fetched(store, FakeDoor([nonsense], place="bluesky did:plc:eveeve", who="did:plc:eveeve"))
    fetched(store, FakeDoor([page_of(0)]))
    assert [r[5:] for r in contents(store)["coverage"]] == [("complete", BASIS)]


def test_after_somebody_was_erased_it_is_still_known_what_others_lost(store: Store) -> None:
    lost: list[Any] = [Problem(reason="invalid_value")]
    fetched(store, FakeDoor([[*lost, *page_of(0)]]))
    store.forget("did:plc:tanya0")
    fetched(store, FakeDoor([page_of(0), page_of(0)]))
    assert "partial" in [r[5] for r in contents(store)["coverage"]]


@pytest.mark.parametrize(
    ("error", "stopped"),
    [
        (SPENT, "budget"),
        (RateLimited("later"), "rate_limited"),
        (BadStatus("no: {status}", status=403), "refused"),
        (ValueError("a hole"), "fault"),
        (RecursionError(), "fault"),
        (KeyboardInterrupt(), "interrupted"),
    ],
)
def test_whatever_ends_it_what_was_kept_stays(store: Store, error: BaseException, stopped: str) -> None:
    report = fetched(store, FakeDoor([page_of(0), error]))
    assert (report.stopped, report.complete, report.pages, report.usable) == (stopped, False, 1, True)
    assert (report.error is None) == (stopped == "interrupted")
    assert len(contents(store)["objects"]) == 3
    assert row(store) == ({"done": 1}, "@ada.example", False)


@pytest.mark.parametrize("error", [SPENT, KeyError("x")])
def test_where_nothing_could_be_read_the_error_itself_is_raised(store: Store, error: Exception) -> None:
    with pytest.raises(FetchError) as caught:
        fetched(store, FakeDoor([error]))
    assert caught.value.text()
    assert not store.path.exists()
    report = fetched(store, FakeDoor([KeyboardInterrupt()]))
    assert (report.stopped, report.pages, report.coverage, report.usable) == ("interrupted", 0, (), False)
    assert not store.path.exists()


@pytest.mark.parametrize(
    "records",
    [
        ["no record"],
        [Actor(id=7, channel="x")],  # type: ignore[arg-type]
        [Object(id="a:b", channel="x", kind="note", actor="a:c", published="1")],  # type: ignore[arg-type]
        None,
    ],
)
def test_a_door_that_breaks_its_promises_ends_the_fetch(store: Store, records: Any) -> None:
    report = fetched(store, FakeDoor([page_of(0), records, page_of(1)]))
    assert report.stopped == "fault"
    assert report.error
    assert "@ada.example on Bluesky" in report.error.text()
    assert report.error.hint_text()
    assert len(contents(store)["objects"]) == 3


def test_a_state_that_json_cannot_hold_ends_the_fetch(store: Store) -> None:
    ring: list[Any] = []
    ring.append(ring)
    for value in (ring, {1, 2}, float("nan"), b"x"):
        door = FakeDoor([page_of(0)], remembers={"odd": value})
        with pytest.raises(FetchError, match=r"@ada\.example on Bluesky"):
            fetched(store, door)
    half = FakeDoor([page_of(0), page_of(1)], remembers={"half": "\ud800", "nul": "\0"})
    fetched(store, half)
    assert fetched(store, half).complete
    assert half.states[1]["half"] == "\ud800"


def test_words_of_strangers_do_not_end_it(store: Store) -> None:
    odd = [
        said(1, text="\ud800 \0"),
        said(2, published=2**70) if False else said(2),
        Actor(id="did:plc:x", channel="bluesky", followers=2**70),
    ]
    names = {"place": "site \udc80", "who": "https://s.example/\ud800", "title": "\ud800 \0 " + 999 * "x"}
    report = fetched(store, FakeDoor([odd], **names), "\udc80")  # type: ignore[arg-type]
    assert (report.complete, len(report.title)) == (True, 200)
    assert store.last_fetch("https://s.example/\ud800")
    assert [p.reason for p in fetched(store, FakeDoor([odd], place="again")).problems] == ["invalid_value"]


def test_a_state_of_an_older_version_is_begun_anew(store: Store) -> None:
    fetched(store, FakeDoor([page_of(0)]))
    with store.session(write=True) as connection:
        connection.execute("""UPDATE fetches SET state = '{"was": "otherwise"}'""")
    door = FakeDoor([page_of(0), page_of(1)])
    assert fetched(store, door).complete
    assert door.states == [{"was": "otherwise"}, None]
    for broken in ("{", "[1]", "[" * 100_000):
        with store.session(write=True) as connection:
            connection.execute("UPDATE fetches SET state = $s", {"s": broken})
        door = FakeDoor([page_of(0)])
        assert fetched(store, door).complete
        assert door.states == [None]


def test_pages_without_records_wait_for_the_next_but_are_not_lost(store: Store) -> None:
    door = FakeDoor([page_of(0), [], [], SPENT])
    report = fetched(store, door)
    assert (report.pages, row(store)[0]) == (2, {"done": 3})
    nothing = FakeDoor([], place="nothing at all")
    assert fetched(store, nothing).usable
    assert store.last_fetch("nothing at all")


class Pressed(FetchProgress):
    def page(self, title: str, reading: str) -> None:
        signal.raise_signal(signal.SIGINT)


@pytest.fixture
def ctrl_c() -> Iterator[None]:
    """As in a terminal: what is started in the background has Ctrl-C ignored, and Python leaves it so."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("ctrl_c")
def test_ctrl_c_between_two_pages(store: Store) -> None:
    report = fetched(store, FakeDoor([page_of(0), page_of(1)]), progress=Pressed())
    assert (report.stopped, report.pages, report.new) == ("interrupted", 1, 3)
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_ctrl_c_while_a_page_is_being_kept_waits_until_it_is(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    write_place = fetchpage.write_place

    def pressed(*values: Any) -> None:
        signal.raise_signal(signal.SIGINT)
        write_place(*values)

    monkeypatch.setattr("permadani.store.fetchpage.write_place", pressed)
    report = fetched(store, FakeDoor([page_of(0), page_of(1)]))
    assert (report.stopped, report.pages, report.new, report.objects) == ("interrupted", 1, 3, 3)
    assert (len(contents(store)["objects"]), row(store)[0]) == (3, {"done": 1})


class Peeking(FakeDoor):
    """Other programs can use the store while a page is waited for."""

    def pages(self, state: dict[str, Any] | None, options: FetchOptions) -> Iterator[Page]:
        for page in super().pages(state, options):
            yield page
            self.store.add([post(page.state["done"])])

    store: Store


def test_the_store_is_free_while_the_network_is_waited_for(store: Store) -> None:
    door = Peeking([page_of(0), page_of(1)])
    door.store = store
    fetched(store, door)
    assert len(contents(store)["objects"]) == 8
    assert [(one.sources, one.new) for one in store.imports()] == [
        (("bluesky",), 6), (("records",), 1), (("records",), 1),
    ]  # fmt: skip


def test_who_is_found_again_by_what_was_typed_or_who_it_is(store: Store) -> None:
    assert store.last_fetch("@ada.example") is None
    assert store.at_hand("@ada.example").live
    fetched(store, FakeDoor([page_of(0)]))
    site = FakeDoor([[]], source="site", place="site blog.example", who="https://blog.example/", title="blog.example")
    fetched(store, site, "https://blog.example/2024/tanya")
    for text in ("@ada.example", "ada.example", ADA, f"bluesky {ADA}", "Ada"):
        last = store.last_fetch(text)
        assert last
        assert (last.who, last.asked, last.complete) == (ADA, "@ada.example", True), text
    for text in ("blog.example", "http://blog.example/", "https://blog.example/2023/lain"):
        last = store.last_fetch(text)
        assert last
        assert last.who == "https://blog.example/", text
    for text in ("bo.example", "blog.examples", "https://blog.example.evil/", "Bo"):
        assert store.last_fetch(text) is None, text
    assert [store.at_hand(text).live for text in ("@a@b.example", "https://b.example", "Ada", "did:plc:x")] == [
        True, True, False, True,
    ]  # fmt: skip


def test_what_is_at_hand_before_anything_is_fetched(store: Store) -> None:
    """One who only said something to others is known, but nothing is claimed of them."""
    handle = Actor(id="did:plc:tanya0", channel="bluesky", handle="tanya.example")
    fetched(store, FakeDoor([[*page_of(0), handle]]))
    ada, asker, nobody = (store.at_hand(who) for who in ("@ada.example", "@tanya.example", "@bo.example"))
    assert (ada.known, ada.covered, ada.last is None) == (True, True, False)
    assert (asker.known, asker.covered, asker.last) == (True, False, None)
    assert (nobody.live, nobody.known, nobody.covered, nobody.last) == (True, False, False, None)
    store.add([claim(actor=None)])
    assert store.at_hand("@tanya.example").covered
    store.add([Actor(id="mailto:budi@surat.example", channel="email")])
    assert not store.at_hand("budi@surat.example").live
    assert store.at_hand("lain@surat.example").live


def test_the_fetch_of_one_account_is_not_that_of_another_of_the_same_person(store: Store) -> None:
    other = "https://mastodon.example/users/ada"
    store.add([Actor(id=other, channel="mastodon", handle="ada", url="https://mastodon.example/@ada", name="Ada M")])
    fetched(store, FakeDoor([page_of(0)]))
    store.link(ADA, other)
    assert store.last_fetch("@ada@mastodon.example") is None
    last = store.last_fetch("Ada M")
    assert last
    assert last.who == ADA


def test_the_authors_of_a_site_are_known_by_its_address(store: Store) -> None:
    def article(number: int, author: str, url: str) -> Object:
        id = f"wordpress:post/blog.example/{number}"
        return Object(
            id=id, channel="wordpress", kind="article", actor=author, published=START + number, thread=id, url=url
        )

    ani, budi = "wordpress:user/ani@blog.example", "wordpress:user/budi@blog.example"
    store.add([article(1, ani, "https://www.blog.example/satu"), article(2, ani, "https://lain.example/blog.example/")])
    assert list(store.who("https://blog.example/").actors.values()) == [ani]
    assert list(store.who("blog.example").actors.values()) == [ani]
    with pytest.raises(Exception, match="nobody called"):
        store.who("log.example")
    store.add([article(3, budi, "https://blog.example")])
    with pytest.raises(Exception, match=r"has 2 authors.*ani@blog"):
        store.who("blog.example")


def test_the_erased_are_not_fetched_again(store: Store) -> None:
    fetched(store, FakeDoor([page_of(0), page_of(1)]))
    store.forget(ADA)
    with pytest.raises(Refusal, match="erased"):
        fetched(store, FakeDoor([page_of(0)]))
    assert ADA.encode() not in store.path.read_bytes()


def test_no_state_brings_the_erased_back(store: Store) -> None:
    asker, reply = "did:plc:tanya0", said(2, "did:plc:tanya0").id
    fetched(store, FakeDoor([page_of(0)]))
    store.forget(asker)
    door = FakeDoor(
        [[], [*page_of(0), Like(actor=ADA, object=reply)], page_of(1)],
        remembers={
            "seen": {reply: [asker, 7], said(0).id: [ADA, 7], "109": [asker, 8]},
            "under": {said(0).id: [reply, "109", said(5).id], reply: []},
            "counts": {reply: 3, said(0).id: 1},
        },
    )
    report = fetched(store, door)
    assert {p.reason for p in report.problems} == {"forgotten"}
    assert row(store)[0] == {
        "done": 3, "seen": {said(0).id: [ADA, 7]}, "under": {said(0).id: [said(5).id]}, "counts": {said(0).id: 1},
    }  # fmt: skip
    for trace in (asker, reply):
        assert trace.encode() not in store.path.read_bytes()


def test_somebody_is_erased_while_a_page_is_waited_for(store: Store) -> None:
    door = Erasing([page_of(0), page_of(1), page_of(2)])
    door.store = store
    with pytest.raises(Refusal, match="while @ada"):
        fetched(store, door)
    assert b"did:plc:tanya0" not in store.path.read_bytes()
    assert fetched(store, FakeDoor([page_of(0), page_of(1), page_of(2)])).complete


class Erasing(FakeDoor):
    def pages(self, state: dict[str, Any] | None, options: FetchOptions) -> Iterator[Page]:
        for page in super().pages(state, options):
            yield page
            if page.state["done"] == 2:
                self.store.forget("did:plc:tanya0")

    store: Store


def test_a_name_alone_is_nothing_to_visit(store: Store) -> None:
    from permadani.errors import NoDoor

    with pytest.raises(NoDoor):
        store.fetch("Ada")
    with pytest.raises(NoDoor):
        store.fetch("https://x.com/ada")
    assert not store.path.exists()
    with pytest.raises(StoreMissing):
        store.who("Ada")


def test_claims_of_everybody_on_a_channel_are_told(store: Store) -> None:
    everybody = Coverage(
        actor=None,
        channel="wordpress",
        direction="inbound",
        since=START,
        until=None,
        completeness="complete",
        basis="b",
    )
    door = FakeDoor([[everybody]], source="site", place="site s", who="https://s.example/", title="s.example")
    (one,) = fetched(store, door).coverage
    assert (one.actor, one.until, one.channel) == (None, None, "wordpress")
