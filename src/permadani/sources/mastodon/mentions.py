"""Messages that name the account, from its notifications: only its own owner can see these."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import msgspec

from permadani.errors import BadAnswer, BadStatus
from permadani.sources.activitystreams.shapes import time
from permadani.sources.live.cursors import Cursors
from permadani.sources.mastodon.server import Server, local_id
from permadani.sources.mastodon.timeline import AccountTimeline
from permadani.vocabulary import Problem, Record

PAGE = 80
DROPPING = ("for_not_following", "for_not_followers", "for_new_accounts", "for_limited_accounts")
"""What an owner can have thrown away before it becomes a notification (Mastodon 4.3); private mentions do not count."""


class Read(msgspec.Struct):
    """What was read of the notifications, between runs."""

    newest: str | None = None
    """The newest that was read; all between it and ``since`` were."""
    since: int | None = None
    older: str | None = None
    at_end: bool = False


@dataclass(frozen=True, slots=True)
class MentionsPage:
    records: list[Record]
    read: Read


class Mentions:
    """One run over the notifications of the account whose token is used."""

    def __init__(self, server: Server, timeline: AccountTimeline, read: Read) -> None:
        self.read = read
        self._server, self._timeline = server, timeline

    def pages(self, since: int) -> Iterator[MentionsPage]:
        """What is new, then further back to ``since``. Raises FetchError as the client does; what was yielded stays."""
        if self.read.newest is not None:
            yield from self._news(self.read.newest)
        read, cursors = self.read, Cursors()
        while not read.at_end and (read.since is None or read.since > since):
            listed, older = self._page({"max_id": read.older} if read.older else {})
            times = [when for value in listed if (when := _time(value)) is not None]
            read = self.read = Read(
                newest=read.newest or _first(listed),
                since=min((*times, read.since), default=None) if read.since is not None else min(times, default=None),
                older=cursors.new(older) if older else None,
                at_end=older is None,
            )
            yield self._kept(listed)

    def _news(self, newest: str) -> Iterator[MentionsPage]:
        """Whoever stops in between begins anew at the top: only at the end it is known that nothing is missing."""
        top, older, cursors = newest, None, Cursors()
        first = True
        while first or older is not None:
            params = {"since_id": newest, **({"max_id": older} if older else {})}
            listed, following = self._page(params)
            if first:
                top, first = _first(listed) or newest, False
            older = cursors.new(following) if following and listed else None
            if older is None:
                self.read = msgspec.structs.replace(self.read, newest=top)
            yield self._kept(listed)

    def _page(self, params: dict[str, str]) -> tuple[list[Any], str | None]:
        asked: dict[str, str | int | list[str]] = {"types[]": ["mention"], "limit": PAGE, "include_filtered": "true"}
        return self._server.many("/api/v1/notifications", {**asked, **params})

    def _kept(self, listed: list[Any]) -> MentionsPage:
        statuses = self._timeline.statuses
        messages = [
            value.get("status") for value in listed if isinstance(value, dict) and value.get("type") == "mention"
        ]
        found = [status for value in messages if (status := statuses.seen(value, "mentions"))]
        self._timeline.parents(found)
        for status in found:
            statuses.write(status, hint=True)
        return MentionsPage(self._timeline.taken(), self.read)


def all_are_kept(server: Server) -> bool:
    """Whether nothing that names the account is thrown away before it becomes a notification."""
    try:
        policy = server.one("/api/v2/notifications/policy")
    except BadStatus as error:
        return error.status == 404  # a server without such a policy keeps all
    except BadAnswer:
        return False
    return all(policy.get(rule) != "drop" for rule in DROPPING)


def refused(error: BadStatus) -> Problem:
    """A token that may not read notifications: said, and the rest is read."""
    return Problem(reason="api_error", place="notifications", example=error.text(), lost=False)


def _time(value: Any) -> int | None:
    return time(value.get("created_at")) if isinstance(value, dict) else None


def _first(listed: list[Any]) -> str | None:
    return next((id for value in listed if isinstance(value, dict) and (id := local_id(value.get("id")))), None)
