"""One exchange with one server: connected to an address that was checked, within a time that includes everything.

httpcore carries it; httpx reads the addresses and writes the requests. httpx's own client is left out: it would keep
cookies, look at redirects and at the environment. Proxies of the environment are thereby not used, since behind a proxy
nobody could say which address is visited in the end.
"""

from __future__ import annotations

import logging
import ssl
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, cast

import certifi
import httpcore
import httpx

from permadani.sources.http.guard import Reach, addresses, is_local

CONNECT_SECONDS = 8.0
"""To one address of a host; the next is tried after that."""


def _shows_no_headers(record: logging.LogRecord) -> bool:
    message = record.getMessage()
    return not message.startswith("receive_response") or not (".complete" in message or ".failed" in message)


logging.getLogger("httpcore.http11").addFilter(_shows_no_headers)
"""httpcore logs what servers answer in headers, and what cannot be read of it; one of them may send back the token that
it was given."""


@dataclass
class Clock:
    """How long the exchange under way may last. ``ended``: whether the server closed the connection."""

    until: float = 0.0
    ended: bool = False

    def left(self, seconds: float | None = None) -> float:
        rest = self.until - time.monotonic()
        if rest <= 0:
            raise httpcore.ReadTimeout("the time is over")
        return rest if seconds is None else min(rest, seconds)


class _Stream(httpcore.NetworkStream):
    """A connection whose every step ends with the clock: a body that trickles in cannot last longer."""

    def __init__(self, stream: httpcore.NetworkStream, clock: Clock, address: str) -> None:
        self._stream, self._clock, self._address = stream, clock, address

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        data = self._stream.read(max_bytes, self._clock.left(timeout))
        if not data:
            self._clock.ended = True
        return data

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._clock.left(timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        secured = self._stream.start_tls(ssl_context, server_hostname, self._clock.left(timeout))
        return _Stream(secured, self._clock, self._address)

    def get_extra_info(self, info: str) -> Any:
        # not asked of the socket, which forgets it when the other side breaks off
        return self._address if info == "checked_address" else self._stream.get_extra_info(info)


class _Backend(httpcore.NetworkBackend):
    """Connects to checked addresses only; TLS still asks for, and verifies, the name."""

    def __init__(self, clock: Clock, reach: Reach, allow_local: bool) -> None:
        self._clock, self._reach, self._allow_local = clock, reach, allow_local
        self._plain = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        try:
            allowed = self._allow_local and self._reach.permits(host)
            seconds = self._clock.left()
            found = addresses(host, port, allow_local=allowed, seconds=seconds, asked_for=self._reach.allowed)
            found = self._reach.learn(host, found)
        except TimeoutError:
            raise httpcore.ConnectTimeout("the name was not found in time") from None
        except OSError as error:
            raise httpcore.ConnectError(error) from None
        failed: httpcore.ConnectError | httpcore.ConnectTimeout | None = None
        for address in found[:4]:
            try:
                wait = self._clock.left(CONNECT_SECONDS)
                stream = self._plain.connect_tcp(address, port, wait, None, socket_options)
                return _Stream(stream, self._clock, address)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failed = failed or error
        raise failed or httpcore.ConnectError("no address")

    def connect_unix_socket(
        self, path: str, timeout: float | None = None, socket_options: Iterable[Any] | None = None
    ) -> httpcore.NetworkStream:
        raise NotImplementedError


@dataclass(frozen=True, slots=True)
class Reply:
    """A server's answer, its body not yet read. ``local``: whether it came from a private address."""

    status: int
    headers: httpx.Headers
    body: Iterable[bytes]
    local: bool


class Wire:
    """Connections that are kept for a while. With ``allow_local``, addresses of the private network are permitted as
    ``reach`` permits them.

    For one thread; raises what httpcore raises, and what ``guard.addresses`` does.
    """

    def __init__(self, reach: Reach, allow_local: bool) -> None:
        self.clock = Clock()
        context = ssl.create_default_context()  # the system's authorities, those of SSL_CERT_FILE …
        context.load_verify_locations(certifi.where())  # … and a list for systems that have none
        self._pool = httpcore.ConnectionPool(
            ssl_context=context,
            max_keepalive_connections=4,
            keepalive_expiry=10,
            network_backend=_Backend(self.clock, reach, allow_local),
        )

    def close(self) -> None:
        self._pool.close()

    @contextmanager
    def exchange(
        self, method: str, url: httpx.URL, headers: Mapping[bytes, bytes], content: bytes | None, seconds: float
    ) -> Iterator[Reply]:
        """One request; its answer is read within the ``with``, and all of it within ``seconds``."""
        self.clock.until, self.clock.ended = time.monotonic() + seconds, False
        request = httpx.Request(method, url, headers=headers, content=content)
        response = self._pool.handle_request(
            httpcore.Request(
                method,
                httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path),
                headers=request.headers.raw,
                content=content or b"",
                extensions={"timeout": {"pool": seconds}},
            )
        )
        try:
            address = response.extensions["network_stream"].get_extra_info("checked_address")
            body = cast(Iterable[bytes], response.stream)  # the pool is not the asynchronous one
            yield Reply(response.status, httpx.Headers(response.headers), body, is_local(address))
        finally:
            response.close()
