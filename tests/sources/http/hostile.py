"""A small server on loopback that misbehaves as it is told: for tests of everything that reads from the network.

    from sources.http.hostile import Hostile, answer, in_turn, json, status

    with Hostile() as server:
        server.on("/feed", answer(b"hello", type="text/plain"))
        server.on("/api/*", in_turn(status(503), json({"posts": []})))      # once broken, then always well
        server.on("/page", calls(lambda seen: {"cursor": seen.query.get("cursor", ["0"])[0]}))
        client.get(server.url("/feed"))                                      # http://127.0.0.1:PORT/feed
        assert [seen.path for seen in server.seen] == ["/feed"]

A path that ends with ``*`` stands for all that begin so; the longest wins; what is not there is answered with 404.
A behaviour is a function of what was asked (``Seen``) and of the connection: it writes whatever it likes, and returns
True where another request may follow on the same connection; otherwise the connection is closed.

well-behaved   answer, json, calls (a function decides), redirect, in_turn (one after the other, the last for ever)
statuses       status (with headers: ``status(429, {"Retry-After": "1"})`` is a storm, inside ``in_turn`` a gust)
cut off        reset_before_headers, reset_mid_body, closed_mid_body
slow           silence, trickle (the body), trickling_headers
too much       large, endless, gzip_bomb, huge_headers
lies           lying_length, garbage, wrong_json, deep_json, redirect("file:///etc/passwd"), redirect_loop
"""

from __future__ import annotations

import contextlib
import gzip
import json as jsonlib
import socket
import ssl
import struct
import threading
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlsplit

_CRLF = b"\r\n"
_PIECE = b"x" * 65536


@dataclass(frozen=True, slots=True)
class Seen:
    """One request. ``headers``: names in small letters; ``query``: lists by name."""

    method: str
    path: str
    query: dict[str, list[str]]
    headers: dict[str, str]
    body: bytes = b""

    @property
    def form(self) -> dict[str, list[str]]:
        return parse_qs(self.body.decode())


Behaviour = Callable[[Seen, socket.socket], bool | None]


@dataclass
class Hostile:
    """``seen``: every request so far. ``tls``: a context to serve https with. ``stopping``: set when it ends, for
    behaviours that wait."""

    tls: ssl.SSLContext | None = None
    host: str = "127.0.0.1"
    seen: list[Seen] = field(default_factory=list)
    stopping: threading.Event = field(default_factory=threading.Event)
    _routes: dict[str, Behaviour] = field(default_factory=dict)
    _open: set[socket.socket] = field(default_factory=set)

    def __enter__(self) -> Hostile:
        self._listener = socket.create_server(
            (self.host, 0), family=socket.AF_INET6 if ":" in self.host else socket.AF_INET
        )
        self.port: int = self._listener.getsockname()[1]
        self._accepting = threading.Thread(target=self._accept, daemon=True)
        self._accepting.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stopping.set()
        with contextlib.suppress(OSError):  # wakes accept()
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for connection in list(self._open):
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
        self._accepting.join(5)

    def on(self, path: str, behaviour: Behaviour) -> str:
        """Say what happens at a path; gives its address."""
        self._routes[path] = behaviour
        return self.url(path.rstrip("*"))

    def url(self, path: str = "/", host: str | None = None) -> str:
        """The address of a path; ``host`` where another name for this computer is wanted."""
        name = host or (f"[{self.host}]" if ":" in self.host else self.host)
        return f"{'https' if self.tls else 'http'}://{name}:{self.port}{path}"

    def _behaviour(self, path: str) -> Behaviour:
        fitting = [one for one in self._routes if one == path or (one.endswith("*") and path.startswith(one[:-1]))]
        return self._routes[max(fitting, key=len)] if fitting else status(404)

    def _accept(self) -> None:
        while not self.stopping.is_set():
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection: socket.socket) -> None:
        with contextlib.suppress(OSError, ValueError):
            if self.tls:
                connection = self.tls.wrap_socket(connection, server_side=True)
        self._open.add(connection)
        with contextlib.suppress(OSError, ValueError), connection:  # the client went away, or sent no HTTP
            connection.settimeout(30)
            with connection.makefile("rb") as stream:
                while seen := _request(stream):
                    self.seen.append(seen)
                    if not self._behaviour(seen.path)(seen, connection):
                        break
        self._open.discard(connection)


def _request(stream: Any) -> Seen | None:
    line = stream.readline(65536).decode("latin-1").split()
    if len(line) != 3:
        return None
    headers: dict[str, str] = {}
    while (raw := stream.readline(65536).strip()) != b"":
        name, _, value = raw.decode("latin-1").partition(":")
        headers[name.strip().lower()] = value.strip()
    parts = urlsplit(line[1])
    body = stream.read(int(headers.get("content-length", 0)))
    return Seen(line[0], parts.path, parse_qs(parts.query, keep_blank_values=True), headers, body)


def _head(code: int, headers: Mapping[str, str]) -> bytes:
    lines = [
        f"HTTP/1.1 {code} {'OK' if code < 300 else 'So'}",
        *(f"{name}: {value}" for name, value in headers.items()),
    ]
    return "\r\n".join(lines).encode("latin-1", "replace") + _CRLF + _CRLF


def answer(
    body: bytes | str = b"",
    code: int = 200,
    headers: Mapping[str, str] | None = None,
    type: str = "text/plain; charset=utf-8",
    zipped: bool = False,
) -> Behaviour:
    """A body as it should be; ``zipped``: with gzip."""
    content = body.encode() if isinstance(body, str) else body
    content = gzip.compress(content) if zipped else content

    def behaviour(seen: Seen, connection: socket.socket) -> bool:
        told = {"Content-Type": type, "Content-Length": str(len(content)), **(headers or {})}
        if zipped:
            told["Content-Encoding"] = "gzip"
        if code in (204, 304):
            del told["Content-Length"]
        connection.sendall(_head(code, told) + (b"" if code in (204, 304) else content))
        return True

    return behaviour


def json(value: Any, code: int = 200, headers: Mapping[str, str] | None = None) -> Behaviour:
    """Any value as JSON."""
    return answer(jsonlib.dumps(value), code, headers, "application/json")


def calls(function: Callable[[Seen], Any]) -> Behaviour:
    """What a function says: a Behaviour, or anything that JSON can hold."""

    def behaviour(seen: Seen, connection: socket.socket) -> bool | None:
        said = function(seen)
        return (said if callable(said) else json(said))(seen, connection)

    return behaviour


def in_turn(*behaviours: Behaviour) -> Behaviour:
    """The first request meets the first behaviour, and so on; the last one stays."""
    left = list(behaviours)

    def behaviour(seen: Seen, connection: socket.socket) -> bool | None:
        return (left.pop(0) if len(left) > 1 else left[0])(seen, connection)

    return behaviour


def status(code: int, headers: Mapping[str, str] | None = None, body: bytes | str = b"") -> Behaviour:
    """A bare status: 429 and 503 storms, 404, 410 and so on."""
    return answer(body, code, headers)


def redirect(to: str, code: int = 302, headers: Mapping[str, str] | None = None) -> Behaviour:
    """To another path, host or scheme."""
    return answer(b"", code, {"Location": to, **(headers or {})})


def redirect_loop() -> Behaviour:
    """To an address that is always new, for ever."""

    def behaviour(seen: Seen, connection: socket.socket) -> bool | None:
        count = int(seen.query.get("n", ["0"])[0]) + 1
        return redirect(f"{seen.path}?n={count}")(seen, connection)

    return behaviour


def _reset(connection: socket.socket) -> None:
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    connection.shutdown(socket.SHUT_RD)


def reset_before_headers() -> Behaviour:
    """The connection breaks before a word was said."""
    return lambda seen, connection: _reset(connection)


def reset_mid_body(body: bytes = b'{"posts": [', said: int = 1000) -> Behaviour:
    """Part of the body, then the connection breaks."""

    def behaviour(seen: Seen, connection: socket.socket) -> None:
        connection.sendall(_head(200, {"Content-Type": "application/json", "Content-Length": str(said)}) + body)
        _reset(connection)

    return behaviour


def closed_mid_body(body: bytes = b'{"posts": [', said: int = 1000) -> Behaviour:
    """Part of the body, then a polite end."""
    return lying_length(said, body)


def silence() -> Behaviour:
    """Nothing at all, until the server stops or the client has enough."""

    def behaviour(seen: Seen, connection: socket.socket) -> None:
        with contextlib.suppress(TimeoutError):
            connection.recv(1)

    return behaviour


def trickle(seconds: float = 0.05, body: bytes = b" " * 10_000, said: int | None = None) -> Behaviour:
    """The body, one byte after the other."""

    def behaviour(seen: Seen, connection: socket.socket) -> bool:
        connection.sendall(_head(200, {"Content-Type": "application/json", "Content-Length": str(said or len(body))}))
        for byte in body:
            connection.sendall(bytes([byte]))
            threading.Event().wait(seconds)
        return True

    return behaviour


def trickling_headers(seconds: float = 0.05) -> Behaviour:
    """Headers without end, one after the other."""

    def behaviour(seen: Seen, connection: socket.socket) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\n")
        for number in range(10_000):
            connection.sendall(f"X-{number}: x\r\n".encode())
            threading.Event().wait(seconds)

    return behaviour


def large(size: int = 100_000_000, told: bool = True, type: str = "application/json") -> Behaviour:
    """A body of ``size`` bytes; ``told``: with its Content-Length, else by closing the connection."""

    def behaviour(seen: Seen, connection: socket.socket) -> bool:
        length = {"Content-Length": str(size)} if told else {"Connection": "close"}
        connection.sendall(_head(200, {"Content-Type": type, **length}))
        for start in range(0, size, len(_PIECE)):
            connection.sendall(_PIECE[: size - start])
        return told

    return behaviour


def endless() -> Behaviour:
    """A body in chunks that never ends."""

    def behaviour(seen: Seen, connection: socket.socket) -> None:
        connection.sendall(_head(200, {"Content-Type": "application/json", "Transfer-Encoding": "chunked"}))
        while True:
            connection.sendall(b"10000\r\n" + _PIECE + _CRLF)

    return behaviour


def gzip_bomb(size: int = 1_000_000_000) -> Behaviour:
    """A few hundred kilobytes that become ``size`` bytes of zeros."""
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    million = bytes(1_000_000)
    packed = b"".join(packer.compress(million) for _ in range(size // len(million))) + packer.flush()

    def behaviour(seen: Seen, connection: socket.socket) -> bool:
        told = {"Content-Type": "application/json", "Content-Encoding": "gzip", "Content-Length": str(len(packed))}
        connection.sendall(_head(200, told) + packed)
        return True

    return behaviour


def lying_length(said: int, body: bytes) -> Behaviour:
    """A Content-Length that is not the body's; then the connection is closed."""

    def behaviour(seen: Seen, connection: socket.socket) -> None:
        connection.sendall(_head(200, {"Content-Type": "application/json", "Content-Length": str(said)}) + body)

    return behaviour


def garbage(raw: bytes = b"\x00\xff\x13 this is no HTTP\r\n\r\n") -> Behaviour:
    """Bytes as they are."""

    def behaviour(seen: Seen, connection: socket.socket) -> None:
        connection.sendall(raw)

    return behaviour


def huge_headers(size: int = 1_000_000) -> Behaviour:
    """One header of ``size`` bytes."""
    return answer(b"{}", headers={"X-Long": "x" * size})


def wrong_json(body: bytes = b'{"posts": [1, 2,') -> Behaviour:
    """Something that says it is JSON."""
    return answer(body, type="application/json")


def deep_json(depth: int = 200_000) -> Behaviour:
    """Lists in lists in lists."""
    return wrong_json(b"[" * depth + b"]" * depth)
