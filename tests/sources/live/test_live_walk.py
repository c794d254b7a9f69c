"""The walk back in time, over an invented network: what it claims is true whenever it is stopped."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from permadani.errors import BadAnswer, BadStatus, FetchError
from permadani.sources.live.base import FetchOptions, Page, State
from permadani.sources.live.timeline import Conversation, Entry, Stretch, oldest_of
from permadani.sources.live.walk import DAY, LATE, Walk
from permadani.vocabulary import Coverage, Object, Problem, Record

ADA, CHANNEL = "net:ada", "net"
START = 1_700_000_000_000_000


def message(id: str, actor: str, published: int, parent: str | None = None, deleted: bool | None = None) -> Object:
    return Object(
        id=id, channel=CHANNEL, kind="note", actor=actor, published=published, in_reply_to=parent, deleted=deleted
    )


@dataclass
class Network:
    """What Ada wrote (id to time) and what others wrote under it (id to parent, author and time)."""

    own: dict[str, int]
    replies: dict[str, tuple[str, str, int]] = field(default_factory=dict)
    per_page: int = 3
    broken: set[str] = field(default_factory=set)
    asked: list[str] = field(default_factory=list)
    actor: str = ADA
    channel: str = CHANNEL
    created: int | None = None
    basis: str = "net, read live"
    mentions_since: int | None = None
    total: int | None = None

    def owns(self, id: str) -> bool:
        return id.startswith(("p", "n", "slip"))

    def page(self, older: str | None) -> Stretch:
        self.asked.append(f"page {older or 'first'}")
        limit = int(older) if older else 2**62
        newest = sorted(((t, id) for id, t in self.own.items() if t < limit), reverse=True)
        shown = newest[: self.per_page]
        entries = [Entry(id, t, sum(parent == id for parent, _, _ in self.replies.values())) for t, id in shown]
        return Stretch(
            [message(id, ADA, t) for t, id in shown], entries, shown[-1][0] if shown else None,
            str(shown[-1][0]) if len(newest) > len(shown) else None, len(shown),
        )  # fmt: skip

    def conversation(self, entry: Entry) -> Conversation:
        self.asked.append(f"under {entry.id}")
        if entry.id in self.broken:
            raise BadStatus("{status}", status=500)
        under = {id: told for id, told in self.replies.items() if told[0] == entry.id}
        records: list[Record] = [message(id, actor, t, parent) for id, (parent, actor, t) in under.items()]
        return Conversation(records, {id: (actor, t) for id, (_, actor, t) in under.items()})

    def gone(self, messages: dict[str, tuple[str, int]]) -> list[Record]:
        self.asked.append(f"gone {sorted(messages)}")
        there = self.own.keys() | self.replies.keys()
        return [message(id, actor, t, deleted=True) for id, (actor, t) in messages.items() if id not in there]

    def rest(self) -> list[Record]:
        return []


def walk(network: Network, state: State | None, now: int, since: int = 0) -> Iterator[Page]:
    return Walk(network, json.loads(json.dumps(state)), FetchOptions(now, since)).pages()


def whole(network: Network, state: State | None, now: int, since: int = 0) -> tuple[list[Record], State]:
    pages = list(walk(network, state, now, since))
    return [record for page in pages for record in page.records], pages[-1].state


def claims(records: list[Record]) -> dict[str, tuple[int | None, int | None, str]]:
    """The last claims made, by direction."""
    return {r.direction: (r.since, r.until, r.completeness) for r in records if isinstance(r, Coverage)}


def ids(records: list[Record]) -> set[str]:
    return {r.id for r in records if isinstance(r, Object)}


def year(posts: int = 10) -> Network:
    own = {f"p{n}": START + n * 30 * DAY for n in range(posts)}
    replies = {f"r{n}": (f"p{n}", "net:bo", START + n * 30 * DAY + DAY) for n in range(0, posts, 2)}
    return Network(own, replies)


def test_everything_is_read_to_the_beginning() -> None:
    network = year()
    now = START + 400 * DAY
    records, _ = whole(network, None, now)
    assert ids(records) == network.own.keys() | network.replies.keys()
    assert claims(records) == {
        "outbound": (START, now, "complete"), "inbound": (START, now, "complete"), "mentions": (START, now, "none")
    }  # fmt: skip


def test_the_beginning_is_when_the_account_was_made() -> None:
    network = year()
    network.created = START - 100 * DAY
    records, _ = whole(network, None, START + 400 * DAY)
    assert claims(records)["outbound"][0] == START - 100 * DAY


def test_a_walk_that_goes_not_so_far_claims_less() -> None:
    network, now = year(), START + 400 * DAY
    records, _ = whole(network, None, now, since=START + 5 * 30 * DAY)
    oldest = START + 4 * 30 * DAY  # pages of three: p9 p8 p7, p6 p5 p4
    assert ids(records) & network.own.keys() == {f"p{n}" for n in range(4, 10)}
    assert claims(records)["outbound"] == (oldest, now, "complete")
    assert claims(records)["inbound"] == (oldest + LATE, now, "complete")


def test_a_short_stretch_is_partial() -> None:
    """Within the first weeks nothing is known of what came late under older messages."""
    network, now = year(), START + 9 * 30 * DAY + 3 * DAY
    network.per_page = 1
    page = list(walk(network, None, now))[1]
    assert claims(page.records)["inbound"] == (START + 9 * 30 * DAY, now, "partial")


def test_small_budgets_come_to_the_end_too() -> None:
    """A page with more conversations than a run may ask for is read over several runs, also where it is old."""
    network, now = year(), START + 400 * DAY
    network.per_page = 10
    state: State | None = None
    for _ in range(12):
        network.asked.clear()
        for page in walk(network, state, now):
            state = page.state
            if len(network.asked) >= 4:
                break
        else:
            return
    pytest.fail("it asks for the same again and again")


def test_a_second_run_asks_only_for_what_is_new() -> None:
    network, now = year(), START + 9 * 30 * DAY + DAY
    _, state = whole(network, None, now)
    network.asked.clear()
    network.own["new"] = now + DAY
    network.replies["late"] = ("p9", "net:cy", now + DAY)
    records, _ = whole(network, state, now + 2 * DAY)
    assert network.asked == ["page first", "under p9"]
    assert ids(records) >= {"new", "late"}
    assert claims(records)["inbound"] == (START, now + 2 * DAY, "complete")


def test_a_long_pause_is_read_without_a_gap() -> None:
    network = year(4)
    now = START + 4 * 30 * DAY
    _, state = whole(network, None, now)
    network.own |= {f"n{n}": now + n * DAY for n in range(1, 60)}
    records, _ = whole(network, state, now + 70 * DAY)
    assert ids(records) >= {f"n{n}" for n in range(1, 60)}


def test_deleted_in_between() -> None:
    network, now = year(), START + 9 * 30 * DAY + 2 * DAY
    network.replies["r9"] = ("p9", "net:bo", now - DAY)
    network.own["slip"] = now - DAY
    _, state = whole(network, None, now)
    del network.own["slip"], network.replies["r9"]
    records, state = whole(network, state, now + DAY)
    assert {r.id for r in records if isinstance(r, Object) and r.deleted} == {"slip", "r9"}
    records, _ = whole(network, state, now + 2 * DAY)
    assert not [r for r in records if isinstance(r, Object) and r.deleted]


def test_conversations_that_cannot_be_read_are_told_and_weaken_the_claim() -> None:
    network = year()
    network.broken = {"p4"}
    records, state = whole(network, None, START + 400 * DAY)
    assert [(r.reason, r.place) for r in records if isinstance(r, Problem)] == [("conversation_unreadable", "p4")]
    assert claims(records)["inbound"][2] == "partial"
    records, state = whole(network, state, START + 401 * DAY)
    assert claims(records)["inbound"][2] == "partial"
    network.broken.clear()
    records, state = whole(network, state, START + 402 * DAY)
    assert claims(records)["inbound"][2] == "complete"
    assert "r4" in ids(records)
    network.asked.clear()
    whole(network, state, START + 403 * DAY)
    assert network.asked == ["page first"]


def test_a_server_that_shows_no_conversation_is_not_asked_on() -> None:
    network, now = year(), START + 400 * DAY
    network.broken = set(network.own)
    with pytest.raises(BadStatus):
        list(walk(network, None, now))
    assert sum(asked.startswith("under") for asked in network.asked) == 3
    state = [page.state for page in stopping(walk(network, None, now))][-1]
    network.broken.clear()
    records, _ = whole(network, state, now)
    assert ids(records) >= network.replies.keys()
    assert claims(records)["inbound"] == (START, now, "complete")


def test_deleted_while_it_is_being_read() -> None:
    class Vanishing(Network):
        def conversation(self, entry: Entry) -> Conversation:
            if entry.id == "p4":
                self.own.pop("p4", None)
                raise BadStatus("{status}", status=404)
            return super().conversation(entry)

    network = year()
    records, _ = whole(Vanishing(network.own, network.replies), None, START + 400 * DAY)
    assert [r.id for r in records if isinstance(r, Object) and r.deleted] == ["p4"]
    assert claims(records)["inbound"][2] == "complete"


def test_a_message_that_is_there_while_what_is_under_it_is_not_shown() -> None:
    class Blind(Network):
        def conversation(self, entry: Entry) -> Conversation:
            if entry.id == "p4" and entry.id in self.broken:
                raise BadStatus("{status}", status=404)
            return super().conversation(entry)

    year_of, now = year(), START + 400 * DAY
    network = Blind(year_of.own, year_of.replies, broken={"p4"})
    records, state = whole(network, None, now)
    assert not [r for r in records if isinstance(r, Object) and r.deleted]
    assert [(r.reason, r.place) for r in records if isinstance(r, Problem)] == [("conversation_unreadable", "p4")]
    assert claims(records)["inbound"][2] == "partial"
    network.broken.clear()
    records, _ = whole(network, state, now + DAY)
    assert claims(records)["inbound"][2] == "complete"
    assert "r4" in ids(records)


def test_a_server_that_knows_nothing_any_more_deletes_nothing() -> None:
    class Broken(Network):
        out_of_order: bool = False

        def page(self, older: str | None) -> Stretch:
            if self.out_of_order:
                raise BadStatus("{status}", status=404)
            return super().page(older)

        def conversation(self, entry: Entry) -> Conversation:
            self.out_of_order = True
            raise BadStatus("{status}", status=404)

        def gone(self, messages: dict[str, tuple[str, int]]) -> list[Record]:
            return [message(id, actor, t, deleted=True) for id, (actor, t) in messages.items()]

    network = year()
    pages = list(stopping(walk(Broken(network.own, network.replies), None, START + 400 * DAY)))
    records = [record for page in pages for record in page.records]
    assert not [r for r in records if isinstance(r, Object) and r.deleted]


class Breaking(Network):
    """``shown``: how many of its messages a server lists that is out of order, or lost its way."""

    shown: int = 0

    def page(self, older: str | None) -> Stretch:
        stretch = super().page(older)
        entries = stretch.entries[: self.shown]
        times = [entry.published for entry in entries]
        ids = {entry.id for entry in entries}
        records: list[Record] = [one for one in stretch.records if isinstance(one, Object) and one.id in ids]
        return Stretch(records, entries, oldest_of(times), None, len(entries))


def breaking(network: Network, shown: int) -> Breaking:
    broken = Breaking(network.own, network.replies, network.per_page, total=len(network.own))
    broken.shown = shown
    return broken


@pytest.mark.parametrize("shown", [0, 1, 2])
def test_a_list_that_breaks_off_is_no_beginning(shown: int) -> None:
    network, now = year(), START + 400 * DAY
    network.total = len(network.own)
    records, state = whole(breaking(network, shown), None, now)
    assert [r.reason for r in records if isinstance(r, Problem)] == ["list_ends_early"]
    newest = max(network.own.values()) if shown else now
    assert claims(records).get("outbound", (now, 0, ""))[0] == newest
    records, _ = whole(network, state, now + DAY)
    assert ids(records) >= network.own.keys() - {"p9", "p8"}
    assert claims(records)["inbound"] == (START, now + DAY, "complete")


def test_where_more_is_counted_than_listed_the_last_page_alone_is_asked_for_again() -> None:
    """Some messages may be for followers only."""
    network, now = year(), START + 400 * DAY
    network.total = 3 * len(network.own)
    records, state = whole(network, None, now)
    assert claims(records)["inbound"] == (START + LATE, now, "complete")
    for day in (1, 2):
        network.asked.clear()
        _, state = whole(network, state, now + day * DAY)
        assert [asked for asked in network.asked if asked.startswith("under")] == []
        assert len(network.asked) == 2


def test_a_list_that_breaks_off_later_hides_nothing() -> None:
    network, now = year(), START + 9 * 30 * DAY + DAY
    network.total = len(network.own)
    _, state = whole(network, None, now)
    network.own["new"] = now + DAY
    with pytest.raises(BadAnswer, match="lists"):
        list(walk(breaking(network, 0), state, now + 90 * DAY))
    records, _ = whole(network, state, now + 91 * DAY)
    assert "new" in ids(records)


def test_whoever_deleted_much_is_believed() -> None:
    network, now = year(), START + 9 * 30 * DAY + DAY
    network.total = len(network.own)
    _, state = whole(network, None, now)
    for id in [f"p{n}" for n in range(9)]:
        del network.own[id]
    network.total = len(network.own)
    records, _ = whole(network, state, now + DAY)
    assert claims(records)["outbound"][1] == now + DAY


def test_nothing_is_deleted_where_nothing_is_listed() -> None:
    network, now = year(), START + 9 * 30 * DAY + DAY
    network.replies["r9"] = ("p9", "net:bo", now - 1)
    network.total = len(network.own)
    _, state = whole(network, None, now)
    found: list[Record] = []
    with pytest.raises(FetchError):
        for page in walk(breaking(network, 0), state, now + DAY):
            found += page.records
    assert not [r for r in found if isinstance(r, Object) and r.deleted]


def test_one_wrong_date_says_nothing_of_how_far_back_a_page_goes() -> None:
    assert oldest_of([50, 49, 3, 47, 46]) == 47
    assert oldest_of([50, 49, 48, 3]) == 49
    assert oldest_of([7]) == 7
    assert oldest_of([]) is None


class Answering(Network):
    """Whom Ada answered stands beside her answer in the list."""

    def page(self, older: str | None) -> Stretch:
        stretch = super().page(older)
        beside = [
            message(id, actor, t, parent) for id, (parent, actor, t) in self.replies.items()
            if any(entry.id == f"n-{id}" for entry in stretch.entries)
        ]  # fmt: skip
        return Stretch([*stretch.records, *beside], stretch.entries, stretch.oldest, stretch.older, stretch.counted)


def test_late_replies_are_seen_neither_answered_nor_unanswered() -> None:
    network, now = Answering({"p": START, "p2": START + 200 * DAY}), START + 201 * DAY
    _, state = whole(network, None, now)
    network.replies |= {"late1": ("p", "net:bo", now + DAY), "late2": ("p", "net:cy", now + DAY)}
    network.own["n-late1"] = now + 2 * DAY
    records, _ = whole(network, state, now + 3 * DAY)
    assert "n-late1" in ids(records)
    assert not ids(records) & {"late1", "late2"}
    told = [(one.reason, one.place, one.lost) for one in records if isinstance(one, Problem)]
    assert told == [("conversation_not_read", "late1", False)]


def test_whoever_is_met_beside_an_answer_is_told_where_reading_ends_before_the_conversation() -> None:
    own = {"p": START, "p2": START + 200 * DAY, "n-r1": START + 200 * DAY + 2, "n-r2": START + 200 * DAY + 3}
    replies = {"r1": ("p", "net:bo", START + DAY), "r2": ("p2", "net:cy", START + 200 * DAY + 1)}
    since, now = START + 150 * DAY, START + 201 * DAY
    for stops in (1, 2, 3):  # pages after which the first run is interrupted
        network = Answering(own, replies, per_page=1)
        kept: list[Record] = []
        state: State | None = None
        for page, _ in zip(walk(network, None, now, since), range(stops), strict=False):
            kept, state = [*kept, *page.records], page.state
        kept += whole(network, state, now, since)[0]
        assert "r2" in ids(kept)
        assert "r1" in ids(kept) or [one.place for one in kept if isinstance(one, Problem)] == ["r1"]
        assert "r2" not in {one.place for one in kept if isinstance(one, Problem)}


def test_a_count_of_none_is_not_believed_where_somebody_was_answered() -> None:
    class Silent(Answering):
        def page(self, older: str | None) -> Stretch:
            stretch = super().page(older)
            none = [Entry(entry.id, entry.published, 0) for entry in stretch.entries]
            return Stretch(stretch.records, none, stretch.oldest, stretch.older, stretch.counted)

    replies = {"r1": ("p", "net:bo", START + DAY), "r2": ("p", "net:cy", START + DAY)}
    network = Silent({"p": START, "n-r1": START + 2 * DAY}, replies)
    network.own |= {"p-3": START - DAY, "p2": START + 2 * DAY + 1}
    network.replies |= {"r3": ("p-3", "net:cy", START), "r4": ("p2", "net:cy", START + 2 * DAY + 2)}
    records, state = whole(network, None, START + 3 * DAY)
    assert ids(records) >= {"r1", "r2", "r3"}, "from then on it is not believed"
    assert claims(records)["inbound"][2] == "partial", "what was passed over before was not read"
    records, _ = whole(network, state, START + 4 * DAY)
    assert "r4" in ids(records)


def test_one_conversation_of_which_much_is_missing_counts_by_its_replies() -> None:
    class Viral(Network):
        def conversation(self, entry: Entry) -> Conversation:
            found = super().conversation(entry)
            return Conversation(found.records, found.replies, 600 if entry.id == "p0" else 0)

    own = {f"p{n}": START + n * DAY for n in range(200)}
    replies = {f"r{n}": (f"p{n}", "net:bo", START + n * DAY + 1) for n in range(200)}
    records, _ = whole(Viral(own, replies), None, START + 300 * DAY)
    assert claims(records)["inbound"][2] == "partial"


def test_mentions_that_were_read_once_stay_read() -> None:
    network, now = year(), START + 400 * DAY
    network.mentions_since = START
    _, state = whole(network, None, now)
    network.mentions_since = None
    records, _ = whole(network, state, now + DAY)
    told = [
        (r.since, r.until, r.completeness) for r in records if isinstance(r, Coverage) and r.direction == "mentions"
    ]
    assert told == [(START, now, "complete"), (now, now + DAY, "none")]


def test_conversations_that_stay_broken_hold_nobody_up() -> None:
    network, now = year(), START + 9 * 30 * DAY + DAY
    network.own |= {f"n{n}": now - n for n in range(1, 7)}
    network.replies |= {f"x{n}": (f"n{n}", "net:bo", now) for n in range(1, 7)}
    network.broken = {f"n{n}" for n in range(1, 7)}
    state: State | None = None
    for day in range(4):
        pages = list(stopping(walk(network, state, now + day * DAY)))
        state = pages[-1].state
    network.own["fresh"] = now + 5 * DAY
    records, _ = whole(network, state, now + 6 * DAY)
    assert "fresh" in ids(records)
    assert claims(records)["inbound"] == (START, now + 6 * DAY, "partial")


def stopping(pages: Iterator[Page]) -> Iterator[Page]:
    with contextlib.suppress(BadStatus):
        yield from pages


def test_mentions_where_they_were_read() -> None:
    network, now = year(), START + 400 * DAY
    network.mentions_since = START + 100 * DAY
    records, _ = whole(network, None, now)
    told = [
        (r.since, r.until, r.completeness) for r in records if isinstance(r, Coverage) and r.direction == "mentions"
    ]
    assert told[-2:] == [(START, START + 100 * DAY, "none"), (START + 100 * DAY, now, "complete")]


def test_nobody_is_led_in_a_ring() -> None:
    class Ring(Network):
        def page(self, older: str | None) -> Stretch:
            return Stretch([], [Entry("p", START, 0)], START, "again")

    with pytest.raises(BadAnswer, match="ring"):
        list(walk(Ring({}), None, START + DAY))


def test_an_account_that_wrote_nothing() -> None:
    nobody = Network({}, total=0)
    records, state = whole(nobody, None, START)
    assert records == []
    assert whole(nobody, state, START + DAY)[0] == []


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.integers(0, 200), min_size=0, max_size=25, unique=True),
    st.lists(st.tuples(st.integers(0, 24), st.integers(0, 30)), max_size=30),
    st.integers(1, 6),
    st.lists(st.integers(1, 12), min_size=1, max_size=6),
)
def test_stopped_anywhere_the_claims_are_true_and_the_end_is_the_same(
    days: list[int], replies: list[tuple[int, int]], per_page: int, stops: list[int]
) -> None:
    own = {f"p{day}": START + day * DAY for day in days}
    under = {}
    for n, (which, later) in enumerate(replies):
        if days:
            day = days[which % len(days)]
            under[f"r{n}"] = (f"p{day}", "net:bo", START + (day + later) * DAY + n)
    network = Network(own, under, per_page)
    now = START + 300 * DAY
    kept: list[Record] = []
    state: State | None = None
    for stop in stops:
        for count, page in enumerate(walk(network, state, now), start=1):
            kept += page.records
            state = page.state
            check(network, kept)
            if count == stop:
                break  # what the generator would have read next is lost, nothing else
    records, _ = whole(network, state, now)
    kept += records
    check(network, kept)
    assert ids(kept) == own.keys() | under.keys()
    if own:
        assert claims(kept)["outbound"][0] == min(own.values())


def check(network: Network, kept: list[Record]) -> None:
    """Whatever lies in a stretch that is claimed to be complete was seen."""
    seen, told = ids(kept), claims(kept)
    if "outbound" in told:
        assert seen >= {id for id, t in network.own.items() if t >= (told["outbound"][0] or 0)}
    if told.get("inbound", (0, 0, ""))[2] == "complete":
        since = told["inbound"][0] or 0
        late = {id for id, (parent, _, t) in network.replies.items() if t - network.own[parent] > LATE}
        assert seen >= {id for id, (_, _, t) in network.replies.items() if t >= since} - late
