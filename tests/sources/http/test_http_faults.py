"""Servers that fail, lie, dawdle and flood: each gives a clear error in bounded time, memory and number of requests."""

from __future__ import annotations

import signal
import threading
import tracemalloc
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as trying
from hypothesis import strategies as st

from permadani.errors import BadAnswer, BadStatus, FetchError, RateLimited, Unreachable
from permadani.sources.http import Client, guard, wire
from permadani.sources.http import client as client_module
from sources.http.hostile import (
    Behaviour,
    Hostile,
    answer,
    closed_mid_body,
    deep_json,
    endless,
    garbage,
    gzip_bomb,
    huge_headers,
    in_turn,
    json,
    large,
    lying_length,
    redirect_loop,
    reset_before_headers,
    reset_mid_body,
    silence,
    status,
    trickle,
    trickling_headers,
)

OK = json({"ok": True})
SOON = {"Retry-After": "2"}


@dataclass
class Slept:
    """All pauses, none of them waited for; ``told``: those of which the caller heard."""

    pauses: list[float] = field(default_factory=list)
    told: list[tuple[float, str]] = field(default_factory=list)

    def sleep(self, seconds: float) -> None:
        self.pauses.append(seconds)

    def waits(self, seconds: float, host: str) -> None:
        self.told.append((seconds, host))

    @property
    def long(self) -> list[float]:
        return [seconds for seconds, _ in self.told]


@pytest.fixture
def slept() -> Slept:
    return Slept()


@pytest.fixture
def server() -> Iterator[Hostile]:
    with Hostile() as running:
        yield running


@pytest.fixture
def client(slept: Slept) -> Iterator[Client]:
    with Client(allow_local=True, sleep=slept.sleep, waits=slept.waits) as ready:
        yield ready


# What passes


@pytest.mark.parametrize(
    "fault",
    [status(500), status(502), status(503), status(504), status(429), status(429, SOON), status(503, SOON),
     reset_before_headers(), reset_mid_body(), closed_mid_body(), garbage(b"")],
)  # fmt: skip
def test_once_broken_then_well(server: Hostile, client: Client, slept: Slept, fault: Behaviour) -> None:
    url = server.on("/a", in_turn(fault, fault, OK))
    assert client.get(url).json() == {"ok": True}
    assert client.requests == 3
    assert len(slept.told) == 2
    assert all(host == f"127.0.0.1:{server.port}" for _, host in slept.told)


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        (status(500), BadStatus), (status(502), BadStatus), (status(503), BadStatus), (status(504), BadStatus),
        (status(429), RateLimited), (status(429, SOON), RateLimited), (status(503, SOON), RateLimited),
        (reset_before_headers(), Unreachable), (reset_mid_body(), Unreachable), (closed_mid_body(), Unreachable),
        (garbage(b""), Unreachable), (garbage(b"HTTP/1.1 200 OK\r\nContent-Le"), Unreachable),
    ],
)  # fmt: skip
def test_storms_end_after_four_tries(
    server: Hostile, client: Client, slept: Slept, fault: Behaviour, error: type[FetchError]
) -> None:
    with pytest.raises(error) as caught:
        client.get(server.on("/a", fault))
    assert client.requests == len(server.seen) == 4
    assert len(slept.told) == 3
    assert slept.long == sorted(slept.long)  # each pause longer than the one before …
    assert sum(slept.long) <= 30
    assert f"127.0.0.1:{server.port}" in caught.value.text()


def test_backoff_has_jitter(server: Hostile, client: Client, slept: Slept) -> None:
    url = server.on("/a", status(500))
    for _ in range(5):
        with pytest.raises(BadStatus):
            client.get(url)
    assert len(set(slept.long)) == 15


@pytest.mark.parametrize("code", [400, 401, 403, 404, 405, 410, 418, 451, 501, 505, 599, 999, 300, 305])
def test_refusals_are_not_tried_again(server: Hostile, client: Client, code: int) -> None:
    with pytest.raises(BadStatus) as caught:
        client.get(server.on("/a", status(code)))
    assert caught.value.status == code
    assert client.requests == 1


@pytest.mark.parametrize(
    "fault", [status(500), status(503, SOON), status(429), reset_before_headers(), reset_mid_body()]
)
def test_a_post_is_not_sent_twice(server: Hostile, client: Client, fault: Behaviour) -> None:
    with pytest.raises(FetchError):
        client.post(server.on("/a", in_turn(fault, OK)), {"x": "y"})
    assert len(server.seen) == 1


def test_a_post_that_never_arrived_is_sent_again(client: Client) -> None:
    with Hostile() as gone:
        url = gone.url("/")
    with pytest.raises(Unreachable):
        client.post(url, {})
    assert client.requests == 4


# What servers ask for


def test_retry_after_is_kept_to(server: Hostile, client: Client, slept: Slept) -> None:
    client.get(server.on("/a", in_turn(status(429, {"Retry-After": "20"}), OK)))
    assert slept.long == [pytest.approx(20, abs=1)]


def test_half_a_minute_in_all(server: Hostile, client: Client, slept: Slept) -> None:
    with pytest.raises(RateLimited, match="asks to come back after 2"):
        client.get(server.on("/a", status(429, {"Retry-After": "20"})))
    assert client.requests == 2
    assert slept.long == [pytest.approx(20, abs=1)]


@pytest.mark.parametrize("ask", ["3600", "Fri, 31 Dec 2200 23:59:59 GMT", "9999999999999"])
def test_who_wants_more_is_visited_another_time(server: Hostile, client: Client, slept: Slept, ask: str) -> None:
    url = server.on("/a", status(503, {"Retry-After": ask}))
    for _ in range(2):  # the second time without asking
        with pytest.raises(RateLimited) as caught:
            client.get(url)
        assert ("until" in caught.value.values) == (ask == "3600")
    assert len(server.seen) == 1
    assert slept.told == []
    with Hostile() as other:  # which has nothing to do with it
        client.get(other.on("/a", OK))


@pytest.mark.parametrize("ask", ["soon", "-5", "0", "", "Mon, 21 Sep 1970 14:14:20 GMT", "\u0663"])
def test_nonsense_in_retry_after(server: Hostile, client: Client, slept: Slept, ask: str) -> None:
    assert client.get(server.on("/a", in_turn(status(429, {"Retry-After": ask}), OK))).json() == {"ok": True}
    assert len(slept.long) == 1
    assert slept.long[0] <= 1


def test_with_nothing_left_the_next_request_waits(server: Hostile, client: Client, slept: Slept) -> None:
    spent = {"RateLimit-Limit": "3000", "RateLimit-Remaining": "0", "RateLimit-Reset": "9"}
    url = server.on("/a", in_turn(json({}, headers=spent), OK))
    client.get(url)
    assert slept.told == []
    client.get(url)
    assert slept.long == [pytest.approx(9, abs=1)]
    client.get(url)
    assert len(slept.told) == 1


def test_with_nothing_left_for_long_nothing_is_sent(server: Hostile, client: Client) -> None:
    spent = {"X-RateLimit-Remaining": "0", "X-RateLimit-Reset": "2100-01-01T00:00:00Z"}
    url = server.on("/a", json({}, headers=spent))
    client.get(url)
    with pytest.raises(RateLimited):
        client.get(url)
    with pytest.raises(RateLimited):
        client.post(url, {})
    assert len(server.seen) == 1


def test_a_short_pause_between_requests(server: Hostile, client: Client, slept: Slept) -> None:
    url = server.on("/a", OK)
    for _ in range(5):
        client.get(url)
    assert len(slept.pauses) == 4
    assert all(0 < pause <= 0.05 for pause in slept.pauses)
    assert slept.told == []


# What makes no sense, or is too much


@pytest.mark.parametrize(
    "fault",
    [
        garbage(), garbage(b"SSH-2.0-OpenSSH_9.2\r\n\r\n"), garbage(b"HTTP/1.1 2000000000 OK\r\n\r\n"),
        garbage(b"HTTP/1.1 200 OK\r\nNo colon here\r\n\r\n"), garbage(b"HTTP/1.1 200 OK\r\nX: \x00\r\n\r\n"),
        garbage(b"HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n"),
        garbage(b"HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n"),
        garbage(b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab"),
        garbage(b"HTTP/1.1 200 OK\r\nContent-Length: " + b"9" * 5000 + b"\r\n\r\n"),
        garbage(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\n"),
        garbage(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: magic\r\n\r\n"),
        garbage(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + b"f" * 100 + b"\r\n"),
        huge_headers(), garbage(b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 100_000), garbage(b"x" * 1_000_000),
        answer(b"no gzip", headers={"Content-Encoding": "gzip"}), answer(b"x", headers={"Content-Encoding": "br"}),
        answer(b"x", headers={"Content-Encoding": "gzip, gzip"}), redirect_loop(), deep_json(),
    ],
)  # fmt: skip
def test_nonsense(server: Hostile, client: Client, fault: Behaviour) -> None:
    with pytest.raises(BadAnswer) as caught:
        client.get(server.on("/a", fault)).json()
    assert client.requests <= 6
    assert caught.value.text().isprintable()


@pytest.mark.parametrize(
    "fault",
    [large(), large(told=False), endless(), gzip_bomb(300_000_000), lying_length(1, b"x" * 2_000_000)],
    ids=["100 MB", "without its length", "endless", "gzip", "lie"],
)
def test_floods_are_not_held(server: Hostile, client: Client, fault: Behaviour) -> None:
    url = server.on("/a", fault)
    client.get(server.on("/warm", OK))
    tracemalloc.start()
    try:
        client.get(url, limit=1_000_000)
    except BadAnswer as error:
        assert "1000000 bytes" in error.text()
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 4_000_000


def test_floods_on_disk(server: Hostile, client: Client, tmp_path: Path) -> None:
    for fault in (large(), endless(), gzip_bomb(100_000_000)):
        with pytest.raises(BadAnswer):
            client.download(server.on("/a", fault), tmp_path / "x", limit=1_000_000)
    assert list(tmp_path.iterdir()) == []


def test_exactly_the_limit(server: Hostile, client: Client) -> None:
    for zipped in (False, True):
        url = server.on("/a", answer(b"x" * 100_000, zipped=zipped))
        assert len(client.get(url, limit=100_000).body) == 100_000
        with pytest.raises(BadAnswer):
            client.get(url, limit=99_999)


def test_the_flood_in_a_refusal(server: Hostile, client: Client) -> None:
    with pytest.raises(BadStatus):
        client.get(server.on("/a", answer(b"x" * 5_000_000, 404)))


def _packed(*parts: bytes) -> bytes:
    import gzip

    return b"".join(gzip.compress(part, mtime=0) for part in parts)


@pytest.mark.parametrize(
    ("body", "read"),
    [(_packed(b"a", b"", b"b"), b"ab"), (_packed(b"a") + b"\0" * 100, b"a"), (_packed(b"x" * 200_000), b"x" * 200_000),
     (b"", b""), (_packed(*[b"y"] * 900), b"y" * 900)],
    ids=["members", "padded", "long", "nothing", "many members"],
)  # fmt: skip
def test_gzip_as_it_comes(server: Hostile, client: Client, body: bytes, read: bytes) -> None:
    url = server.on("/a", answer(body, headers={"Content-Encoding": "gzip"}))
    assert client.get(url).body == read


def test_gzip_of_nothing_without_end(server: Hostile, client: Client) -> None:
    url = server.on("/a", answer(_packed(*[b""] * 50_000), headers={"Content-Encoding": "gzip"}))
    with pytest.raises(BadAnswer):
        client.get(url, limit=100_000)


def test_gzip_cut_off(server: Hostile, client: Client) -> None:
    for cut in (5, 20, len(_packed(b"x" * 1000)) - 1):
        url = server.on("/a", answer(_packed(b"x" * 1000)[:cut], headers={"Content-Encoding": "gzip"}))
        with pytest.raises(BadAnswer, match="damaged"):
            client.get(url)


@given(raw=st.binary(max_size=200), start=st.sampled_from([b"", b"HTTP/1.1 200 OK\r\n", b"HTTP/1.1 200 OK\r\n\r\n"]))
@trying(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_bytes_are_an_answer_or_an_error(server: Hostile, client: Client, raw: bytes, start: bytes) -> None:
    client._most = client.requests + 10
    try:
        client.get(server.on("/a", garbage(start + raw)))
    except FetchError as error:
        assert error.text().isprintable()


# What takes too long


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client_module, "SECONDS", 0.4)
    monkeypatch.setattr(client_module, "DOWNLOAD_SECONDS", 0.4)


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize("fault", [silence(), trickle(), trickling_headers(), lying_length(10**6, b"x")])
def test_slow_servers_have_a_time_in_all(server: Hostile, client: Client, tmp_path: Path, fault: Behaviour) -> None:
    with pytest.raises(Unreachable):
        client.get(server.on("/a", fault))
    assert client.requests <= 4
    with pytest.raises(Unreachable):
        client.download(server.on("/a", fault), tmp_path / "x", limit=10**9)
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(Unreachable):
        client.post(server.on("/b", in_turn(fault, OK)), {})
    assert [seen.path for seen in server.seen].count("/b") == 1


@pytest.mark.usefixtures("impatient")
def test_slow_names(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    done = threading.Event()
    monkeypatch.setattr(guard.socket, "getaddrinfo", lambda *_, **__: done.wait(20) and [])
    with pytest.raises(Unreachable, match="in time"):
        client.get("http://ada.example/")
    done.set()


def test_ctrl_c_while_a_server_is_silent(server: Hostile, client: Client) -> None:
    main = threading.main_thread().ident
    assert main is not None

    def press() -> None:
        while not server.seen:
            threading.Event().wait(0.01)
        signal.pthread_kill(main, signal.SIGINT)

    threading.Thread(target=press, daemon=True).start()
    with pytest.raises(KeyboardInterrupt):
        client.get(server.on("/a", silence()))
    assert client.get(server.on("/b", OK)).json() == {"ok": True}


def test_ctrl_c_in_the_middle_of_a_download(server: Hostile, client: Client, tmp_path: Path) -> None:
    main = threading.main_thread().ident
    assert main is not None

    def press() -> None:
        while not (tmp_path / "x").exists():
            threading.Event().wait(0.01)
        signal.pthread_kill(main, signal.SIGINT)

    threading.Thread(target=press, daemon=True).start()
    with pytest.raises(KeyboardInterrupt):
        client.download(server.on("/a", trickle(0.02)), tmp_path / "x", limit=10**6)
    assert not (tmp_path / "x").exists()


def test_a_connection_that_died_in_between(server: Hostile, client: Client) -> None:
    """The server closes what it had promised to keep; the next request opens another."""
    url = server.on("/a", OK)
    client.get(url)
    for connection in list(server._open):
        connection.close()
    assert client.get(url).json() == {"ok": True}


def test_connecting_has_a_time(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """A server whose queue is full, as good as one that drops what is sent to it."""
    import socket

    monkeypatch.setattr(wire, "CONNECT_SECONDS", 0.1)
    with socket.socket() as full:
        full.bind(("127.0.0.1", 0))
        full.listen(0)
        waiting = []
        for _ in range(3):
            one = socket.socket()
            one.setblocking(False)
            one.connect_ex(full.getsockname())
            waiting.append(one)
        with pytest.raises(Unreachable, match="in time"):
            client.get(f"http://127.0.0.1:{full.getsockname()[1]}/")
        for one in waiting:
            one.close()
