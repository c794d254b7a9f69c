"""One try of one request: sent, answered, read; and what failed, told apart by whether it may pass."""

from __future__ import annotations

import contextlib
import io
import ssl
import time

import httpcore

from permadani.errors import BadAnswer, FetchError, Unreachable
from permadani.language import N_
from permadani.sources.http.answer import Answer
from permadani.sources.http.body import pieces
from permadani.sources.http.limits import Pace, asked
from permadani.sources.http.refusals import AGAIN, bad_status, rate_limited
from permadani.sources.http.wanted import REDIRECTS, Wanted
from permadani.sources.http.wire import Reply, Wire
from permadani.sources.http.words import quoted

_MOST_EXPLAINED = 65_536


class Passing(Exception):
    """A failure that may be gone with the next try. ``arrived``: whether the server may have got the request."""

    def __init__(self, error: FetchError, arrived: bool = True) -> None:
        super().__init__()
        self.error, self.arrived = error, arrived


def attempt(wire: Wire, wanted: Wanted, pace: Pace, seconds: float) -> tuple[Answer, bool]:
    """The answer (of a redirect, without its body), and whether it came from a private address.

    Raises:
        Passing: it may be tried again.
        FetchError: it need not be tried again.
    """
    host = wanted.host
    try:
        with wire.exchange(wanted.method, wanted.url, wanted.sent(), wanted.content, seconds) as reply:
            pace.learn(host, reply.status, reply.headers)
            headers = dict(reply.headers.items())
            if not 200 <= reply.status < 300 and not _wanted_status(wanted, reply.status):
                raise _refusal(wanted, reply, headers)
            body = b"" if reply.status in REDIRECTS else _read(wanted, reply)
            return Answer(str(wanted.url), reply.status, headers, body, wanted.secrets), reply.local
    except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
        raise _unconnected(host, error) from None
    except httpcore.TimeoutException:
        raise Passing(Unreachable(N_("{host} did not answer in time"), host=host)) from None
    except httpcore.NetworkError:
        raise Passing(Unreachable(N_("{host} broke off the connection"), host=host)) from None
    except httpcore.ProtocolError:
        if wire.clock.ended:
            raise Passing(Unreachable(N_("{host} broke off the connection"), host=host)) from None
        raise BadAnswer(N_("{host} sent something that is not HTTP"), host=host) from None


def _wanted_status(wanted: Wanted, status: int) -> bool:
    return wanted.method == "GET" and (status in REDIRECTS or status == 304)


def _read(wanted: Wanted, reply: Reply) -> bytes:
    if reply.status == 304 and wanted.known is None:
        raise BadAnswer(N_("{host} says that nothing changed, but was not asked that"), host=wanted.host)
    body = pieces(reply, wanted.limit, wanted.host)
    if wanted.target is None:
        whole = io.BytesIO()  # gives its bytes without a second copy of them
        whole.writelines(body)
        return whole.getvalue()
    try:
        with wanted.target.open("wb") as stream:
            stream.writelines(body)
    except OSError as error:
        raise FetchError(
            N_("{path} cannot be written ({detail})"), path=wanted.target, detail=error.strerror or error
        ) from None
    return b""


def _refusal(wanted: Wanted, reply: Reply, headers: dict[str, str]) -> Exception:
    body = bytearray()
    with contextlib.suppress(BadAnswer, httpcore.NetworkError, httpcore.ProtocolError, httpcore.TimeoutException):
        for piece in pieces(reply, _MOST_EXPLAINED, wanted.host):
            body += piece
    error: FetchError = bad_status(wanted.host, reply.status, bytes(body), wanted.secrets, wanted.secret is not None)
    wait = asked(reply.status, headers, time.time())
    if reply.status == 429 or (reply.status == 503 and wait is not None):
        error = rate_limited(wanted.host, wait)
    return Passing(error) if reply.status in AGAIN else error


def _unconnected(host: str, error: Exception) -> Exception:
    cause = error.args[0] if error.args else None
    if isinstance(cause, ssl.SSLError):
        detail = getattr(cause, "verify_message", "") or cause.reason or ""
        return Unreachable(
            N_("the connection to {host} cannot be trusted: {detail}"), host=host, detail=quoted(str(detail))
        )
    if isinstance(error, httpcore.ConnectTimeout):
        return Passing(Unreachable(N_("{host} did not answer in time"), host=host), arrived=False)
    detail = (isinstance(cause, OSError) and cause.strerror) or ""
    return Passing(
        Unreachable(
            N_("{host} cannot be reached: {detail}"),
            hint=N_("Is this computer connected to the internet?"),
            host=host,
            detail=quoted(detail),
        ),
        arrived=False,
    )
