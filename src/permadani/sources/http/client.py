"""One client for every request that Permadani makes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from permadani.settings import Secret

MAX_BODY = 16 * 1024 * 1024
MAX_REQUESTS = 200


@dataclass(frozen=True, slots=True)
class Known:
    """What the server said of an answer that we have already (``etag``, ``last_modified``): for conditional requests.
    Plain text, so that a door can keep it in its state."""

    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """``url``: where it came from in the end, after redirects. ``headers``: names in small letters."""

    url: str
    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def not_modified(self) -> bool:
        """Nothing changed since what was ``known``; the body is empty."""
        return self.status == 304

    @property
    def known(self) -> Known:
        """For the next conditional request."""
        return Known(self.headers.get("etag"), self.headers.get("last-modified"))

    def json(self) -> Any:
        """The body as JSON. Raises BadAnswer."""
        raise NotImplementedError

    def text(self) -> str:
        """The body as text, by its charset, else UTF-8; what cannot be decoded is replaced."""
        raise NotImplementedError


class Client:
    """``requests`` counts every request that left this computer, retries and redirects included."""

    def __init__(
        self,
        *,
        allow_local: bool = False,
        max_requests: int = MAX_REQUESTS,
        told: Callable[[str], None] = lambda url: None,
        waits: Callable[[float, str], None] = lambda seconds, host: None,
    ) -> None:
        """``told(url)`` is called before each request; ``waits(seconds, host)`` before each pause."""
        self.requests = 0
        raise NotImplementedError

    def __enter__(self) -> Client:
        raise NotImplementedError

    def __exit__(self, *_: object) -> None:
        raise NotImplementedError

    def get(
        self,
        url: str,
        params: Mapping[str, str | int | list[str]] | None = None,
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
        raise NotImplementedError

    def post(self, url: str, data: Mapping[str, str], *, form: bool = True, secret: Secret | None = None) -> Answer:
        """As ``get``; ``form``: urlencoded, else JSON. Never sent again after it may have arrived."""
        raise NotImplementedError

    def download(self, url: str, target: Path, *, params: Mapping[str, str | int] | None = None, limit: int) -> Answer:
        """As ``get``, but the body goes to a file; ``body`` is empty. BadAnswer where it has over ``limit`` bytes."""
        raise NotImplementedError
