"""Passwords and tokens: where they go, and where they never show."""

from __future__ import annotations

import logging
from base64 import b64encode
from pathlib import Path
from urllib.parse import quote

import pytest

from permadani.errors import AddressRefused, BadAnswer, BadStatus, FetchError
from permadani.settings import Secret
from permadani.sources.http import Client
from permadani.sources.http.words import masked, quoted, without
from sources.http.hostile import Hostile, Seen, answer, calls, garbage, json, redirect, status

TOKEN = Secret("tok-3n/ö+kept".replace("ö", "o"))
LOGIN = Secret("ada:pa55 w0rd/x")


def test_how_they_are_sent(server: Hostile, client: Client) -> None:
    url = server.on("/a", json({}))
    client.get(url, secret=TOKEN)
    client.get(url, secret=LOGIN)
    client.post(url, {}, secret=Secret("tok-3n\n"))
    client.get(url)
    assert [seen.headers.get("authorization") for seen in server.seen] == [
        f"Bearer {TOKEN.reveal()}", "Basic " + b64encode(LOGIN.reveal().encode()).decode(), "Bearer tok-3n", None,
    ]  # fmt: skip


@pytest.mark.parametrize("value", ["tok\r\nX-Evil: 1".replace(":", ""), "tökenn", "two words", "tok\x00en"])
def test_a_token_that_is_none(server: Hostile, client: Client, value: str) -> None:
    with pytest.raises(AddressRefused) as caught:
        client.get(server.on("/a", json({})), secret=Secret(value))
    assert value not in caught.value.text()
    assert server.seen == []


def test_never_in_the_open(monkeypatch: pytest.MonkeyPatch) -> None:
    with Client(allow_local=True) as client:
        for url in ("http://ada.example/", "http://10.0.0.1/", "http://192.168.0.1/"):
            with pytest.raises(AddressRefused, match="without encryption"):
                client.get(url, secret=TOKEN)
            with pytest.raises(AddressRefused, match="without encryption"):
                client.post(url, {}, secret=TOKEN)
            with pytest.raises(AddressRefused, match="without encryption"):
                client.post(url, {"key": TOKEN})
    with Client() as client, pytest.raises(AddressRefused, match="without encryption"):
        client.get("http://127.0.0.1/", secret=TOKEN)
    assert client.requests == 0


def test_they_stay_with_their_origin(server: Hostile, client: Client) -> None:
    with Hostile() as other:
        other.on("/b", redirect(server.url("/end")))
        server.on("/end", json({}))
        server.on("/same", redirect("/end"))
        server.on("/a", redirect(other.url("/b")))
        client.get(server.url("/same"), secret=TOKEN)
        client.get(server.url("/a"), secret=TOKEN)
        sent = [(seen.path, "authorization" in seen.headers) for seen in server.seen]
        assert sent == [("/same", True), ("/end", True), ("/a", True), ("/end", False)]
        assert "authorization" not in other.seen[0].headers


def test_another_name_of_the_same_server_is_another_origin(server: Hostile, client: Client) -> None:
    server.on("/end", json({}))
    client.get(server.on("/a", redirect(server.url("/end", host="localhost"))), secret=TOKEN)
    assert "authorization" not in server.seen[1].headers


def _echoes(seen: Seen) -> str:
    sent = seen.headers["authorization"].split()[-1]
    return f"{sent} {TOKEN.reveal()} {LOGIN.reveal()} pa55 w0rd/x {quote(TOKEN.reveal(), safe='')} to\u200bk-3n/o+kept"


@pytest.mark.parametrize("secret", [TOKEN, LOGIN])
def test_a_server_cannot_bring_them_into_an_error(
    server: Hostile, client: Client, secret: Secret, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    told: list[str] = []
    client._told = told.append
    echoes: list[FetchError] = []
    for behaviour in (
        lambda seen: json({"error": _echoes(seen), "message": _echoes(seen)}, 400),
        lambda seen: json({"error": seen.headers["authorization"].split()[-1]}, 401),
        lambda seen: answer(_echoes(seen)),
        lambda seen: redirect("ftp://x/" + quote(_echoes(seen))),
        lambda seen: redirect("http://x:0/" + quote(seen.headers["authorization"].split()[-1], safe="")),
        lambda seen: redirect("/next?" + quote(seen.headers["authorization"].split()[-1])),
        lambda seen: status(500),
        lambda seen: garbage(seen.headers["authorization"].encode() + b"\r\n\r\n"),
        lambda seen: garbage(b"HTTP/1.1 200 " + seen.headers["authorization"].encode() + b"\r\n\r\n"),
        lambda seen: garbage(b"HTTP/1.1 200 OK\r\nX " + seen.headers["authorization"].encode() + b"\r\n\r\n"),
        lambda seen: garbage(
            b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + seen.headers["authorization"].encode() + b"\r\n"
        ),
    ):
        url = server.on("/a", calls(behaviour))
        with pytest.raises(FetchError) as caught:
            client.get(url, secret=secret).json()
        echoes.append(caught.value)
        echoes += [caught.value.__context__] if isinstance(caught.value.__context__, FetchError) else []
    assert len(server.seen) >= 8
    value = secret.reveal()
    shown = [str(told), caplog.text, repr(client.__dict__), *(f"{e} {e!r} {e.values} {e.hint_text()}" for e in echoes)]
    for hidden in {value, value.partition(":")[2] or value, b64encode(value.encode()).decode(), quote(value, safe="")}:
        assert not [text for text in shown if hidden in text]


def test_secrets_in_posted_data(server: Hostile, client: Client) -> None:
    url = server.on("/a", calls(lambda seen: json({"error": f"bad key {seen.form['key'][0]}"}, 400)))
    with pytest.raises(BadStatus) as caught:
        client.post(url, {"key": TOKEN, "text": "x"})
    assert server.seen[0].form == {"key": [TOKEN.reveal()], "text": ["x"]}
    assert caught.value.values["reason"] == "bad key •••"


def test_a_posted_secret_in_an_answer_that_is_no_json(server: Hostile, client: Client) -> None:
    got = client.post(server.on("/a", answer(f"key={TOKEN.reveal()}")), {"key": TOKEN})
    with pytest.raises(BadAnswer) as caught:
        got.json()
    assert TOKEN.reveal() not in repr(got.__class__) + str(caught.value)
    assert "secrets" not in repr(got)


def test_the_hint_when_one_was_refused(server: Hostile, client: Client) -> None:
    with pytest.raises(BadStatus) as caught:
        client.get(server.on("/a", status(401)), secret=TOKEN)
    assert "not accepted" in str(caught.value.hint_text())


def test_masking() -> None:
    assert masked("nothing here", (TOKEN, LOGIN)) == "nothing here"
    assert masked("", (Secret(""),)) == ""
    assert masked("abc", (Secret(" "),)) == "abc"
    assert quoted("x" * 150 + TOKEN.reveal(), (TOKEN,)) == "x" * 150 + "•••"
    assert "tok" not in quoted("x" * 155 + TOKEN.reveal(), (TOKEN,))
    error = BadStatus("{status} {path}", status=400, path=Path("/x"))
    assert without((), error) is error
    assert without((TOKEN,), error).values == error.values
