"""Encrypted connections: the certificate must be the name's, whichever address is connected to."""

from __future__ import annotations

import shutil
import ssl
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from permadani.errors import AddressRefused, Unreachable
from permadani.settings import Secret
from permadani.sources.http import Client, guard
from sources.http.hostile import Hostile, json, redirect

pytestmark = pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl makes the certificate")


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate of ada.example, signed by itself, with its key in one file."""
    folder = tmp_path_factory.mktemp("tls")
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=ada.example",
         "-addext", "subjectAltName=DNS:ada.example", "-keyout", folder / "key.pem", "-out", folder / "cert.pem"],
        check=True, capture_output=True,
    )  # fmt: skip
    return folder


@pytest.fixture
def asked() -> list[str | None]:
    """The names that clients asked for in their greeting."""
    return []


@pytest.fixture
def server(certificate: Path, asked: list[str | None], monkeypatch: pytest.MonkeyPatch) -> Iterator[Hostile]:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate / "cert.pem", certificate / "key.pem")
    context.sni_callback = lambda _, name, __: asked.append(name)  # type: ignore[misc]
    monkeypatch.setattr(guard, "looked_up", lambda *_: ["127.0.0.1"])
    with Hostile(tls=context) as running:
        running.on("/a", json({"ok": True}))
        yield running


@pytest.fixture
def trusted(certificate: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate / "cert.pem"))


@pytest.mark.usefixtures("trusted")
def test_the_name_is_asked_for_and_verified(server: Hostile, asked: list[str | None]) -> None:
    with Client(allow_local=True) as client:
        assert client.get(server.url("/a", host="ada.example"), secret=Secret("tok-3n")).json() == {"ok": True}
        assert client.get(server.url("/a", host="ADA.example.")).json() == {"ok": True}
        assert set(asked) == {"ada.example"}
        assert server.seen[0].headers["authorization"] == "Bearer tok-3n"
        for other in ("ben.example", "127.0.0.1", "x.ada.example"):
            with pytest.raises(Unreachable, match="cannot be trusted"):
                client.get(server.url("/a", host=other))
        assert len(server.seen) == 2


def test_a_certificate_of_nobody(server: Hostile) -> None:
    with Client(allow_local=True, sleep=lambda seconds: None) as client:
        with pytest.raises(Unreachable, match=r"cannot be trusted: self.signed certificate"):
            client.get(server.url("/a", host="ada.example"))
        assert client.requests == 1
    assert server.seen == []


@pytest.mark.usefixtures("trusted")
def test_nobody_is_sent_from_https_to_http(server: Hostile) -> None:
    with Hostile() as plain, Client(allow_local=True) as client:
        plain.on("/", json({}))
        server.on("/down", redirect(plain.url("/")))
        with pytest.raises(AddressRefused, match="without encryption"):
            client.get(server.url("/down", host="ada.example"))
        assert plain.seen == []


@pytest.mark.usefixtures("trusted")
def test_from_http_to_https(server: Hostile) -> None:
    with Hostile() as plain, Client(allow_local=True) as client:
        url = plain.on("/", redirect(server.url("/a", host="ada.example")))
        assert client.get(url, secret=Secret("tok-3n")).url == server.url("/a", host="ada.example")
        assert "authorization" not in server.seen[0].headers


def test_https_to_a_server_that_speaks_http() -> None:
    with Hostile() as plain, Client(allow_local=True, sleep=lambda seconds: None) as client:
        with pytest.raises(Unreachable):
            client.get(plain.url("/").replace("http:", "https:"))
        assert client.requests <= 4


@pytest.mark.usefixtures("trusted")
def test_http_to_a_server_that_speaks_https(server: Hostile) -> None:
    with Client(allow_local=True, sleep=lambda seconds: None) as client, pytest.raises(Unreachable):
        client.get(server.url("/a", host="ada.example").replace("https:", "http:"))
