"""One client for every request that Permadani makes: polite, patient to a point, and careful where it goes."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

import msgspec
import tenacity

from permadani.errors import AddressRefused, BadAnswer, BudgetSpent, FetchError
from permadani.language import N_
from permadani.settings import Secret
from permadani.sources.http.answer import Answer, Known
from permadani.sources.http.attempt import Passing, attempt
from permadani.sources.http.guard import Reach, checked
from permadani.sources.http.limits import Pace
from permadani.sources.http.refusals import rate_limited
from permadani.sources.http.wanted import REDIRECTS, Params, Wanted, keep_secret, redirected, with_params
from permadani.sources.http.wire import Wire
from permadani.sources.http.words import masked, without

MAX_BODY = 16 * 1024 * 1024
MAX_REQUESTS = 200
SECONDS = 20.0
DOWNLOAD_SECONDS = 120.0
TRIES = 4
MOST_REDIRECTS = 5
MOST_WAIT = 30.0
"""Seconds that one request may spend in pauses; whoever wants more is visited another time."""
_BACKOFF = tenacity.wait_exponential(multiplier=0.5, max=8) + tenacity.wait_random(0, 0.5)


@dataclass
class _Patience:
    """What one request may still use, all its tries and redirects together. ``until``: on the steady clock, pauses not
    counted."""

    until: float
    pauses: float = MOST_WAIT


class Client:
    """``requests`` counts every request that left this computer, retries and redirects included. For one thread.

    ``allow_local`` permits addresses of this computer and its private network, where what the user named lies there
    itself (``guard.Reach``); nothing on the open internet leads to one of them.
    """

    def __init__(
        self,
        *,
        allow_local: bool = False,
        max_requests: int = MAX_REQUESTS,
        told: Callable[[str], None] = lambda url: None,
        waits: Callable[[float, str], None] = lambda seconds, host: None,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        """``told(url)`` is called before each request; ``waits(seconds, host)`` before each pause that a person would
        notice; ``sleep(seconds)`` does all the waiting."""
        self.requests = 0
        self._most, self._told, self._waits, self._sleep = max_requests, told, waits, sleep
        self._allow_local, self._reach, self._pace = allow_local, Reach(allow_local), Pace()
        self._wires: dict[bool, Wire] = {}

    def __enter__(self) -> Client:
        return self

    def __exit__(self, *_: object) -> None:
        for wire in self._wires.values():
            wire.close()
        self._wires.clear()

    @property
    def typed(self) -> str:
        """The host in what the user typed, empty where there is none: it decides how far ``allow_local`` goes."""
        return self._reach.typed

    @typed.setter
    def typed(self, host: str) -> None:
        with contextlib.suppress(AddressRefused):
            self._reach.typed = checked(f"https://{host}").raw_host.decode("ascii").strip("[]") if host else ""

    def get(
        self,
        url: str,
        params: Params | None = None,
        *,
        accept: str = "application/json",
        secret: Secret | None = None,
        known: Known | None = None,
        limit: int = MAX_BODY,
    ) -> Answer:
        """An answer with a status of 2xx, or 304 where ``known`` was given.

        Raises:
            AddressRefused, Unreachable, BadStatus, BadAnswer, RateLimited, BudgetSpent
        """
        address = with_params(checked(url), params)
        secrets = () if secret is None else (secret,)
        wanted = Wanted("GET", address, {"accept": accept}, limit, SECONDS, None, secret, secrets, known)
        return self._visit(wanted)

    def post(
        self, url: str, data: Mapping[str, str | Secret], *, form: bool = True, secret: Secret | None = None
    ) -> Answer:
        """As ``get``; ``form``: urlencoded, else JSON. Never sent again after it may have arrived, and not redirected:
        a redirect is a BadStatus. A Secret in ``data`` is shown nowhere, as ``secret`` is not."""
        open_data = {name: value.reveal() if isinstance(value, Secret) else value for name, value in data.items()}
        secrets = tuple(one for one in (secret, *data.values()) if isinstance(one, Secret))
        content = urlencode(open_data).encode() if form else msgspec.json.encode(open_data)
        kind = "application/x-www-form-urlencoded" if form else "application/json"
        headers = {"accept": "application/json", "content-type": kind}
        return self._visit(Wanted("POST", checked(url), headers, MAX_BODY, SECONDS, content, secret, secrets))

    def download(self, url: str, target: Path, *, params: Mapping[str, str | int] | None = None, limit: int) -> Answer:
        """As ``get``, but the body goes to a file; ``body`` is empty. BadAnswer where it has over ``limit`` bytes.
        After an error there is no file."""
        address = with_params(checked(url), {**params} if params else None)
        wanted = Wanted("GET", address, {"accept": "*/*"}, limit, DOWNLOAD_SECONDS, target=target)
        try:
            return self._visit(wanted)
        except BaseException:
            target.unlink(missing_ok=True)
            raise

    def _visit(self, wanted: Wanted) -> Answer:
        """The answer, or an error in which no secret shows. It is raised apart from the one that it is made of: that
        one would stay in its context, for whoever prints whole tracebacks."""
        try:
            return self._over_redirects(wanted)
        except FetchError as error:
            failed = without(wanted.secrets, error)
        raise failed

    def _over_redirects(self, wanted: Wanted) -> Answer:
        keep_secret(wanted, self._allow_local)
        allow_local = self._allow_local
        patience = _Patience(time.monotonic() + 3 * wanted.seconds)
        for _ in range(MOST_REDIRECTS + 1):
            answer, from_local = self._tries(wanted, allow_local, patience)
            if answer.status not in REDIRECTS:
                return answer
            # from the open internet nobody is sent into the private network, whatever was allowed to the user
            allow_local = allow_local and from_local
            wanted = redirected(wanted, answer.headers.get("location"))
            keep_secret(wanted, allow_local)
        raise BadAnswer(N_("{host} sends us from one address to the next without end"), host=wanted.host)

    def _tries(self, wanted: Wanted, allow_local: bool, patience: _Patience) -> tuple[Answer, bool]:
        """One address, up to ``TRIES`` times."""
        if allow_local not in self._wires:
            self._wires[allow_local] = Wire(self._reach, allow_local)
        wire = self._wires[allow_local]

        def once() -> tuple[Answer, bool]:
            self._wait(wanted.host, self._pace.wait(wanted.host), patience)
            if pause := self._pace.pause(wanted.host):
                self._sleep(pause)
            if self.requests >= self._most:
                raise BudgetSpent(
                    N_("all {most} requests that were allowed are used up"),
                    hint=N_("What was read is kept. Run it again to go on, or allow more with --max-requests."),
                    most=self._most,
                )
            self.requests += 1
            self._told(masked(str(wanted.url), wanted.secrets))
            return attempt(wire, wanted, self._pace, min(wanted.seconds, patience.until - time.monotonic()))

        def again(error: BaseException) -> bool:
            return (
                isinstance(error, Passing)
                and (wanted.method == "GET" or not error.arrived)
                and self._pace.wait(wanted.host) <= patience.pauses
                and time.monotonic() < patience.until - 1
            )

        trying = tenacity.Retrying(
            retry=tenacity.retry_if_exception(again),
            stop=tenacity.stop_after_attempt(TRIES),
            wait=lambda state: max(_BACKOFF(state), self._pace.wait(wanted.host)),
            sleep=lambda seconds: self._wait(wanted.host, min(float(seconds), patience.pauses), patience),
            reraise=True,
        )
        try:
            return trying(once)
        except Passing as passing:
            raise passing.error from None

    def _wait(self, host: str, seconds: float, patience: _Patience) -> None:
        if seconds <= 0:
            return
        if seconds > patience.pauses:
            raise rate_limited(host, seconds)
        patience.pauses -= seconds
        patience.until += seconds
        self._waits(seconds, host)
        self._sleep(seconds)
        self._pace.waited(host)
