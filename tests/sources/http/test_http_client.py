"""What a well-behaved server gets from us, and what we make of its answers."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from urllib.parse import parse_qs

import pytest

from permadani.errors import AddressRefused, BadAnswer, BadStatus, BudgetSpent, FetchError, Unreachable
from permadani.settings import settings
from permadani.sources.http import Answer, Client, Known, guard, wire
from sources.http.hostile import Hostile, Seen, answer, calls, in_turn, json, redirect, status

OK = json({"ok": True})


def test_what_a_server_sees_of_us(server: Hostile, client: Client) -> None:
    client.get(server.on("/a", OK), {"q": "ä b", "limit": 3, "uris": ["x", "y"]})
    seen = server.seen[0]
    assert seen.query == {"q": ["ä b"], "limit": ["3"], "uris": ["x", "y"]}
    assert set(seen.headers) == {"host", "accept", "accept-encoding", "user-agent"}
    assert seen.headers["accept"] == "application/json"
    assert seen.headers["accept-encoding"] == "gzip"
    assert seen.headers["user-agent"].startswith("permadani/0")
    assert "contact not set" in seen.headers["user-agent"]


@pytest.mark.parametrize(
    ("contact", "shown"),
    [("mailto:ada@ada.example", "(+mailto:ada@ada.example)"), ("a\\r\\nX: y ü", "(+a??X: y ?)"), ("  ", "not set")],
)
def test_the_contact_of_the_settings(server: Hostile, client: Client, home: Path, contact: str, shown: str) -> None:
    (home / "config.toml").write_text(f'contact = "{contact}"\n')
    settings.cache_clear()
    client.get(server.on("/a", OK))
    assert shown in server.seen[0].headers["user-agent"]
    assert "x" not in server.seen[0].headers


def test_parameters_join_those_of_the_address(server: Hostile, client: Client) -> None:
    client.get(server.on("/a", OK) + "?rest_route=/wp/v2#x", {"page": 2})
    assert server.seen[0].query == {"rest_route": ["/wp/v2"], "page": ["2"]}


def test_connections_are_kept(server: Hostile, client: Client) -> None:
    url = server.on("/a", OK)
    for _ in range(3):
        client.get(url)
    assert client.requests == len(server.seen) == 3


def test_no_cookies_come_back(server: Hostile, client: Client) -> None:
    url = server.on("/a", json({}, headers={"Set-Cookie": "a=b; Path=/"}))
    client.get(url)
    client.get(url)
    assert "cookie" not in server.seen[1].headers


def test_the_environments_proxy_is_not_asked(server: Hostile, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    with Hostile() as proxy:
        proxy.on("*", json({"from": "proxy"}))
        for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
            monkeypatch.setenv(name, proxy.url())
        assert client.get(server.on("/a", OK)).json() == {"ok": True}
        assert proxy.seen == []


def test_conditional_requests(server: Hostile, client: Client) -> None:
    def page(seen: Seen) -> object:
        if seen.headers.get("if-none-match") == '"v1"' and "if-modified-since" in seen.headers:
            return status(304)
        return json({}, headers={"ETag": '"v1"', "Last-Modified": "Mon, 21 Sep 2026 14:14:20 GMT"})

    url = server.on("/a", calls(page))
    first = client.get(url)
    assert first.known == Known('"v1"', "Mon, 21 Sep 2026 14:14:20 GMT")
    assert not first.not_modified
    second = client.get(url, known=first.known)
    assert second.not_modified
    assert second.body == b""


def test_what_was_known_cannot_smuggle_headers(server: Hostile, client: Client) -> None:
    client.get(server.on("/a", OK), known=Known('"x"\r\nX-Evil: 1', "ü" * 1000))
    assert not {"x-evil", "if-none-match", "if-modified-since"} & set(server.seen[0].headers)


def test_nothing_changed_though_nobody_asked(server: Hostile, client: Client) -> None:
    with pytest.raises(BadAnswer):
        client.get(server.on("/a", status(304)))


def test_posts(server: Hostile, client: Client) -> None:
    url = server.on("/a", OK)
    client.post(url, {"text": "ä & b"})
    client.post(url, {"text": "ä & b"}, form=False)
    form, plain = server.seen
    assert parse_qs(form.body.decode()) == {"text": ["ä & b"]}
    assert form.headers["content-type"] == "application/x-www-form-urlencoded"
    assert plain.body == '{"text":"ä & b"}'.encode()
    assert plain.headers["content-type"] == "application/json"


def test_downloads(server: Hostile, client: Client, tmp_path: Path) -> None:
    got = client.download(server.on("/a", answer(b"x" * 200_000, zipped=True)), tmp_path / "a.car", limit=200_000)
    assert got.body == b""
    assert (tmp_path / "a.car").read_bytes() == b"x" * 200_000


def test_after_a_failed_download_there_is_no_file(server: Hostile, client: Client, tmp_path: Path) -> None:
    url = server.on("/a", answer(b"x" * 200_001, zipped=True))
    with pytest.raises(BadAnswer):
        client.download(url, tmp_path / "a.car", limit=200_000)
    with pytest.raises(FetchError, match=r"cannot be written"):
        client.download(url, tmp_path / "none" / "a.car", limit=1_000_000)
    assert list(tmp_path.iterdir()) == []


def test_told_and_counted(server: Hostile) -> None:
    told: list[str] = []
    server.on("/b", in_turn(status(500), OK))
    with Client(allow_local=True, told=told.append, sleep=lambda seconds: None) as client:
        client.get(server.on("/a", redirect("/b")))
        assert client.requests == 3
    assert told == [server.url("/a"), server.url("/b"), server.url("/b")]


def test_the_budget_counts_retries_and_redirects(server: Hostile) -> None:
    server.on("/a", redirect("/b"))
    server.on("/b", status(500))
    with Client(allow_local=True, max_requests=3, sleep=lambda seconds: None) as client:
        with pytest.raises(BudgetSpent) as caught:
            client.get(server.url("/a"))
        assert client.requests == len(server.seen) == 3
        assert caught.value.values["most"] == 3
        with pytest.raises(BudgetSpent):
            client.get(server.url("/a"))
        assert len(server.seen) == 3


# Redirects


@pytest.mark.parametrize("code", [301, 302, 303, 307, 308])
@pytest.mark.parametrize("to", ["/b?c=d", "b?c=d", "?c=d"])
def test_redirects_are_followed(server: Hostile, client: Client, code: int, to: str) -> None:
    behaviour = calls(lambda seen: OK if seen.query else redirect(to, code))
    server.on("/*", behaviour)
    got = client.get(server.url("/a"))
    assert got.json() == {"ok": True}
    assert got.url == server.url("/a" if to.startswith("?") else "/b") + "?c=d"


def test_five_redirects_and_no_sixth(server: Hostile, client: Client) -> None:
    for number in range(7):
        server.on(f"/{number}", redirect(f"/{number + 1}"))
    server.on("/7", OK)
    assert client.get(server.url("/2")).json() == {"ok": True}
    with pytest.raises(BadAnswer, match="without end"):
        client.get(server.url("/1"))


@pytest.mark.parametrize(
    "to",
    ["file:///etc/passwd", "ftp://ada.example/", "javascript:alert(1)", "http://[", "http://ada:b@127.0.0.1/", "//\\"],
)
def test_redirects_nobody_follows(server: Hostile, client: Client, to: str) -> None:
    with pytest.raises(AddressRefused):
        client.get(server.on("/a", redirect(to)))


def test_a_redirect_to_nowhere(server: Hostile, client: Client) -> None:
    with pytest.raises(BadAnswer, match="without saying where"):
        client.get(server.on("/a", status(302)))


def test_posts_are_not_redirected(server: Hostile, client: Client) -> None:
    server.on("/b", OK)
    with pytest.raises(BadStatus) as caught:
        client.post(server.on("/a", redirect("/b", 307)), {})
    assert caught.value.status == 307
    assert len(server.seen) == 1


def test_the_open_internet_sends_nobody_into_the_private_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """127.0.0.1 plays a server of the open internet here, 127.0.0.2 one of the private network."""
    monkeypatch.setattr(guard, "is_open", lambda address: address == "127.0.0.1")
    monkeypatch.setattr(wire, "is_local", lambda address: address != "127.0.0.1")
    with Hostile() as outside, Hostile(host="127.0.0.2") as inside:
        inside.on("/secret", OK)
        inside.on("/again", redirect("/secret"))
        outside.on("/out", redirect(inside.url("/secret")))
        inside.on("/through", redirect(outside.url("/out")))
        with Client(allow_local=True, sleep=lambda seconds: None) as client:
            assert client.get(inside.url("/again")).json() == {"ok": True}
            before = len(inside.seen)
            with pytest.raises(AddressRefused):
                client.get(outside.url("/out"))  # though a connection to the inside is open
            assert len(inside.seen) == before
            with pytest.raises(AddressRefused):
                client.get(inside.url("/through"))
            assert [seen.path for seen in inside.seen[before:]] == ["/through"]
        with Client(sleep=lambda seconds: None) as client, pytest.raises(AddressRefused):
            client.get(inside.url("/secret"))


# Where the connection goes


def test_the_connection_goes_to_the_address_that_was_checked(
    server: Hostile, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A name that changes its address between the check and the connection gains nothing: it is looked up once."""
    asked: list[str] = []

    def look(host: str, port: int, seconds: float) -> list[str]:
        asked.append(host)
        return ["127.0.0.1"] if len(asked) == 1 else ["169.254.169.254"]

    monkeypatch.setattr(guard, "looked_up", look)
    client.get(server.on("/a", OK).replace("127.0.0.1", "ada.example"))
    assert asked == ["ada.example"]
    assert server.seen[0].headers["host"] == f"ada.example:{server.port}"


def test_the_next_address_is_tried(server: Hostile, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guard, "looked_up", lambda *_: ["127.0.0.9", "127.0.0.1"])  # nobody listens on the first
    assert client.get(server.on("/a", OK).replace("127.0.0.1", "ada.example")).json() == {"ok": True}


def test_loopback_is_refused_unless_allowed(server: Hostile) -> None:
    with Client() as client:
        for url in (server.url("/"), server.url("/", host="localhost"), f"http://[::1]:{server.port}/"):
            with pytest.raises(AddressRefused):
                client.get(url)
            with pytest.raises(AddressRefused):
                client.post(url, {})
    assert server.seen == []


def test_ipv6(client: Client) -> None:
    try:
        server = Hostile(host="::1").__enter__()
    except OSError:
        pytest.skip("this computer has no IPv6")
    with server:
        assert client.get(server.on("/a", OK)).json() == {"ok": True}
        assert server.seen[0].headers["host"] == f"[::1]:{server.port}"


def test_nobody_listens(client: Client) -> None:
    with Hostile() as gone:
        url = gone.url("/")
    with pytest.raises(Unreachable, match="cannot be reached: Connection refused"):
        client.get(url)
    assert client.requests == 4


# Answers


@pytest.mark.parametrize(
    "body",
    [b"", b" ", b"{", b"[1, 2", b"nul", b"NaN", b"[Infinity]", b"{'a': 1}", b'{"a": "\xff"}', b"<html>\x1b[31m</html>",
     b"[" * 100_000, b"[" * 100_000 + b"]" * 100_000, b'{"a":' * 100_000, b"1" * 10_000 + b"x", b"\x00", b'"\\ud800'],
)  # fmt: skip
def test_what_is_no_json(body: bytes) -> None:
    with pytest.raises(BadAnswer) as caught:
        Answer("https://ada.example:8443/x", 200, {}, body).json()
    assert "ada.example:8443" in caught.value.text()
    assert caught.value.text().isprintable()
    assert len(caught.value.text()) < 200


def test_json_with_a_byte_order_mark() -> None:
    assert Answer("https://ada.example/", 200, {}, b'\xef\xbb\xbf {"a": 1e3}').json() == {"a": 1000}


def test_json_with_half_an_emoji() -> None:
    body = b'{"text": "cut \\ud83d", "whole": "\\ud83d\\ude00", "path": "\\\\ud83d"}'
    assert Answer("https://ada.example/", 200, {}, body).json() == {
        "text": "cut \ufffd",
        "whole": "😀",
        "path": "\\ud83d",
    }


@pytest.mark.parametrize(
    ("kind", "body", "text"),
    [
        ("", "grün".encode(), "grün"),
        ("text/html; charset=ISO-8859-1", "grün".encode("latin-1"), "grün"),
        ('text/html; charset="windows-1252"', "„grün“".encode("cp1252"), "„grün“"),
        ("text/html; charset=utf-8", b"gr\xfcn", "gr\ufffdn"),
        ("text/html; charset=klingon", "grün".encode(), "grün"),
        ("text/html; charset=rot13", b"abc", "abc"),
        ("text/html; charset=punycode", b"abc-def", "abc-def"),
        ("text/html; charset=unicode_escape", b"\\u0041", "\\u0041"),
        ("text/html; charset=\x00", b"abc", "abc"),
        ("text/html; charset*=utf-8''%FF", b"abc", "abc"),
        ("text/html; charset=latin-1", b"\xef\xbb\xbfabc", "abc"),
        ("text/html", "\ufeffgrün".encode("utf-16-le"), "grün"),
        ("text/html; charset=koi8-r", "мир".encode("koi8-r"), "мир"),
        ("text/html; charset=Shift_JIS", "日本".encode("shift_jis"), "日本"),
    ],
)
def test_text_by_its_charset(kind: str, body: bytes, text: str) -> None:
    assert Answer("https://ada.example/", 200, {"content-type": kind}, body).text() == text


@pytest.mark.parametrize(
    ("code", "body", "reason", "short"),
    [
        (400, '{"error": "InvalidRequest", "message": "Actor not found"}', "Actor not found", "InvalidRequest"),
        (404, '{"error": "Record not found"}', "Record not found", ""),
        (401, '{"code": "rest_forbidden", "message": "Sorry."}', "Sorry.", "rest_forbidden"),
        (403, "<html>", "", ""),
        (410, '{"error": {"a": 1}, "message": 7}', "", ""),
        (400, '{"message": "a\\u001b[31m\\u202eb\\n{c} %s"}', "a[31mb {c} %s", ""),
        (400, '["error"]', "", ""),
        (400, "[" * 50_000, "", ""),
        (451, b"\xff\xfe", "", ""),
    ],
)  # fmt: skip
def test_statuses(server: Hostile, client: Client, code: int, body: str | bytes, reason: str, short: str) -> None:
    with pytest.raises(BadStatus) as caught:
        client.get(server.on("/a", answer(body, code)))
    error = caught.value
    assert error.status == code
    assert error.values["host"] == f"127.0.0.1:{server.port}"
    assert (error.values["reason"], error.values["code"]) == (reason, short)
    assert error.text().endswith(reason or str(code))
    assert client.requests == 1
    hint = error.hint_text()
    assert (f"PERMADANI_SECRET_127_0_0_1___{server.port}" in str(hint)) == (code in (401, 403))


def test_a_long_reason_is_shortened(server: Hostile, client: Client) -> None:
    with pytest.raises(BadStatus) as caught:
        client.get(server.on("/a", json({"message": "long " * 10_000}, 400)))
    assert len(caught.value.text()) < 250


def test_without_a_with(server: Hostile) -> None:
    client = Client(allow_local=True)
    assert client.get(server.on("/a", OK)).json() == {"ok": True}
    client.__exit__(None, None, None)


def test_any_of_these_may_be_interrupted(server: Hostile) -> None:
    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    handlers: list[dict[str, Callable[..., None]]] = [{"told": stop}, {"waits": stop}, {"sleep": stop}]
    url = server.on("/a", status(500))
    for handler in handlers:
        with Client(allow_local=True, **handler) as client, pytest.raises(KeyboardInterrupt):  # type: ignore[arg-type]
            client.get(url)
