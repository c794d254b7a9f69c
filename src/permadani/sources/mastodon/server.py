"""One server's interface: lists, objects, and the cursor to the next page. Nothing of what it answers is trusted."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qs, urlsplit

from permadani.errors import BadAnswer
from permadani.language import N_
from permadani.settings import Secret
from permadani.sources.http import Answer, Client

Params = Mapping[str, "str | int | list[str]"]
LOCAL = ("localhost", "127.0.0.1")
_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")
_NEXT = re.compile(r"<([^<>]{1,4000})>\s*;[^<>,]{0,200}?\brel=\"?next\"?")
LONGEST_HEADER = 20_000


def base_of(host: str) -> str:
    """Where a host that was typed is asked. This computer itself is asked without TLS, and only where the client allows
    it."""
    name = host.rpartition(":")[0] if ":" in host else host
    return f"{'http' if name in LOCAL else 'https'}://{host}"


def local_id(value: Any) -> str | None:
    """A server's own number of something: digits as text, of other servers letters too, of old ones a number."""
    if type(value) is int:
        value = str(value) if 0 <= value < 10**20 else None
    return value if isinstance(value, str) and _ID.fullmatch(value) else None


class Server:
    """``base``: scheme and host; ``secret``: the token that the user gave for this host; it is sent to no other."""

    def __init__(self, base: str, client: Client, secret: Secret | None) -> None:
        self.host, self.secret = base.partition("://")[2], secret
        self._client, self._base = client, base

    def anonymous(self) -> Server:
        """The same server as everybody sees it."""
        return Server(self._base, self._client, None)

    def get(self, path: str, params: Params | None = None) -> Answer:
        return self._client.get(f"{self._base}{path}", params, secret=self.secret)

    def one(self, path: str, params: Params | None = None) -> dict[str, Any]:
        """Raises BadAnswer where the answer is no object, and what ``Client.get`` raises."""
        value = self.get(path, params).json()
        if not isinstance(value, dict):
            raise self._nonsense(path)
        return value

    def many(self, path: str, params: Params | None = None) -> tuple[list[Any], str | None]:
        """A list, and the ``max_id`` of what comes after it; None at the end. Raises as ``one``."""
        answer = self.get(path, params)
        value = answer.json()
        if not isinstance(value, list):
            raise self._nonsense(path)
        return value, _older(answer, value)

    def _nonsense(self, path: str) -> BadAnswer:
        return BadAnswer(N_("{url} answered with something else than documented"), url=f"{self._base}{path}")


def _older(answer: Answer, entries: list[Any]) -> str | None:
    """Only the number is taken from the link to the next page, never its address: it could lead anywhere."""
    link = answer.headers.get("link")
    if link is not None:
        found = _NEXT.search(link[:LONGEST_HEADER])
        try:
            values = parse_qs(urlsplit(found[1]).query).get("max_id") if found else None
        except ValueError:
            values = None
        return local_id(values[0]) if values else None
    last = entries[-1] if entries else None
    return local_id(last.get("id")) if isinstance(last, dict) else None
