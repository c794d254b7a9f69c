"""What can go wrong on the network, at any moment of a fetch: a clear error or a shorter whole stretch, never a wrong
claim, and the next run ends where an undisturbed one does. (The server is the Mastodon stub, which says it is one.)"""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest

from permadani.api import OpenStore
from permadani.errors import FetchError
from permadani.sources import http
from permadani.sources.http import Client, client
from permadani.store.fetchreport import FetchReport
from servers.mastodon.stub import Stub
from servers.mastodon.world import World, hall
from sources.http import hostile
from sources.http.hostile import Behaviour, Seen
from store.networks import Contents, contents

FAULTS: dict[str, Callable[[], Behaviour]] = {
    "reset before the headers": hostile.reset_before_headers,
    "reset in the middle of a page": hostile.reset_mid_body,
    "closed in the middle of a page": hostile.closed_mid_body,
    "429 without a word": lambda: hostile.status(429),
    "429 for an hour": lambda: hostile.status(429, {"Retry-After": "3600"}),
    "429 until the year 9999": lambda: hostile.status(429, {"Retry-After": "Fri, 31 Dec 9999 23:59:59 GMT"}),
    "500": lambda: hostile.status(500),
    "503 with a page of HTML": lambda: hostile.status(503, {}, "<html><script>alert(1)</script>" * 1000),
    "404": lambda: hostile.status(404),
    "wrong JSON": hostile.wrong_json,
    "JSON of another shape": lambda: hostile.json({"feed": 7}),
    "JSON nested without end": hostile.deep_json,
    "no HTTP": hostile.garbage,
    "100 MB": hostile.large,
    "100 MB without saying so": lambda: hostile.large(told=False),
    "a body without end": hostile.endless,
    "a decompression bomb": hostile.gzip_bomb,
    "a length that lies": lambda: hostile.lying_length(5, b'[{"id": 1}]'),
    "silence": hostile.silence,
    "a trickle": hostile.trickle,
    "headers of a megabyte": hostile.huge_headers,
    "a redirect to a forbidden address": lambda: hostile.redirect("http://169.254.169.254/latest/meta-data/"),
    "a redirect to a file": lambda: hostile.redirect("file:///etc/passwd"),
    "redirects in a ring": hostile.redirect_loop,
}


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody sleeps, and nobody waits for twenty seconds."""
    monkeypatch.setattr(http, "Client", partial(Client, sleep=lambda seconds: None))
    monkeypatch.setattr(client, "SECONDS", 0.5)


@pytest.fixture
def stub() -> Iterator[Stub]:
    with Stub(evening(), most=5) as server:
        yield server


def evening() -> World:
    """The beginning of the hall: enough for several pages."""
    world = hall()
    world.messages = world.messages[:36]
    return world


def broken_from(stub: Stub, number: int, fault: Behaviour) -> Callable[[], None]:
    """From the request of this number on the server fails; call what is returned to mend it."""
    stub.server.seen.clear()
    well = stub.server._routes["/*"]

    def behaviour(seen: Seen, connection: socket.socket) -> bool | None:
        return (fault if len(stub.server.seen) >= number else well)(seen, connection)

    stub.server.on("/*", behaviour)
    return lambda: stub.server.on("/*", well) and None


def fetched(store: OpenStore, stub: Stub) -> FetchReport | FetchError:
    try:
        return store.fetch(f"@ada@{stub.host}", since=0, allow_local=True)
    except FetchError as error:
        return error


def ids(store: OpenStore) -> set[object]:
    """Whose words, without what was not asked yet (a parent's address comes in an answer of its own)."""
    with store.session() as connection:
        return {row[0] for row in connection.execute("SELECT id FROM objects").fetchall()}


def deleted(store: OpenStore) -> set[object]:
    with store.session() as connection:
        return {row[0] for row in connection.execute("SELECT id FROM objects WHERE deleted").fetchall()}


def messages(found: Contents) -> set[object]:
    return set(found["objects"])


QUICK = ("reset in the middle of a page", "404", "a redirect to a forbidden address")
MOMENTS = [(fault, share) for fault in FAULTS for share in (0.15, 0.6)]


@pytest.mark.parametrize(
    ("fault", "share"),
    [
        pytest.param(
            *one, id=f"{one[0]} at {one[1]:.0%}", marks=[] if one[0] in QUICK and one[1] > 0.5 else [pytest.mark.slow]
        )
        for one in MOMENTS
    ],
)
def test_a_server_that_fails(tmp_path: Path, stub: Stub, fault: str, share: float) -> None:
    whole = OpenStore(tmp_path / "whole.duckdb")
    undisturbed = fetched(whole, stub)
    assert isinstance(undisturbed, FetchReport)
    assert undisturbed.complete
    store = OpenStore(tmp_path / "store.duckdb")
    mend = broken_from(stub, 1 + int(share * undisturbed.requests), FAULTS[fault]())
    found = fetched(store, stub)
    if isinstance(found, FetchError):
        assert found.text()
        assert "<script>" not in found.text()
    else:
        assert found.pages
        assert ids(store) <= ids(whole)
        assert whole_stretch(whole, store)
    mend()
    after = fetched(store, stub)
    assert isinstance(after, FetchReport), after
    assert after.complete
    assert ids(store) == ids(whole)
    assert deleted(store) == deleted(whole)
    if fault != "404":  # "there is no such message" is believed of whom somebody replied to
        assert messages(contents(store)) == messages(contents(whole))


def whole_stretch(whole: OpenStore, store: OpenStore) -> bool:
    """Whether all that the account wrote within what is claimed to be complete is in the store."""
    query = "SELECT id, published FROM objects WHERE actor IN (SELECT actor FROM coverage WHERE direction = 'outbound')"
    with whole.session() as connection:
        written = dict(connection.execute(query).fetchall())
    with store.session() as connection:
        seen = {row[0] for row in connection.execute("SELECT id FROM objects").fetchall()}
        stretches = connection.execute(
            "SELECT since, until FROM coverage WHERE direction = 'outbound' AND completeness = 'complete'"
        ).fetchall()
    return all(id in seen for id, at in written.items() for since, until in stretches if since <= at <= until)


@pytest.mark.slow
@pytest.mark.parametrize("fault", ["500", "reset before the headers", "429 without a word"])
def test_one_failure_is_tried_again(tmp_path: Path, stub: Stub, fault: str) -> None:
    well, bad = stub.server._routes["/*"], FAULTS[fault]()
    requests = []
    for number in (0, 2, 9):  # which of them fails; none at first
        stub.server.seen.clear()
        stub.server.on("/*", lambda s, c, n=number: (bad if len(stub.server.seen) == n else well)(s, c))
        report = fetched(OpenStore(tmp_path / f"{number}.duckdb"), stub)
        assert isinstance(report, FetchReport)
        assert report.complete
        requests.append(report.requests)
    assert requests == [requests[0], *[requests[0] + 1] * 2]


def test_a_cursor_that_leads_in_a_ring(tmp_path: Path, stub: Stub) -> None:
    stub.ring = True
    report = fetched(OpenStore(tmp_path / "s.duckdb"), stub)
    assert isinstance(report, FetchReport)
    assert (report.stopped, report.complete) == ("bad_answer", False)
    assert report.pages


def test_pages_without_end_are_ended_by_the_budget(tmp_path: Path, stub: Stub) -> None:
    """A server that invents ever older messages."""
    pattern = next(iter(stub._listed("1", {"limit": "1"}, False, "/")[0]))

    def invented(seen: Seen) -> Behaviour:
        number = int(seen.query.get("max_id", ["100000"])[0]) - 1
        one = {**pattern, "id": str(number), "uri": f"{pattern['uri']}/{number}", "replies_count": 0}
        return hostile.json([one], headers={"Link": f'<{seen.path}?max_id={number}>; rel="next"'})

    stub.server.on("/api/v1/accounts/1/statuses", hostile.calls(invented))
    report = OpenStore(tmp_path / "s.duckdb").fetch(f"@ada@{stub.host}", since=0, allow_local=True, max_requests=20)
    assert (report.requests, report.stopped) == (20, "budget")
    assert report.new


def test_a_server_whose_clock_is_wrong(tmp_path: Path, stub: Stub) -> None:
    """Messages of the year 2099 claim nothing, and are no end to anything."""

    def skewed(path: str, value: object) -> object:
        if path.endswith("/statuses") and isinstance(value, list) and value:
            value[0]["created_at"] = "2099-01-01T00:00:00.000Z"
        return value

    stub.changes = skewed
    store = OpenStore(tmp_path / "s.duckdb")
    report = fetched(store, stub)
    assert isinstance(report, FetchReport)
    with store.session() as connection:
        latest = connection.execute("SELECT max(until), epoch_us(now()) FROM coverage").fetchall()[0]
    assert latest[0] <= latest[1]


def test_deleted_while_it_is_being_read(tmp_path: Path, stub: Stub) -> None:
    """The list still had it; its conversation is gone."""
    world = stub.world
    victims = [m for m in world.messages if m.by is world.me and m.to is None][:3]

    def erase(path: str, value: object) -> object:
        if path.endswith("/statuses"):
            for message in victims:
                message.deleted = True
        return value

    stub.changes = erase
    store = OpenStore(tmp_path / "s.duckdb")
    report = fetched(store, stub)
    assert isinstance(report, FetchReport)
    assert report.complete
