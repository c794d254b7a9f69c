"""An account's own side in one go: its repository, as its server gives it to anybody."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

from permadani.errors import BadStatus, BudgetSpent, FetchError, InputError, RateLimited, Unreachable, Unreadable
from permadani.language import N_
from permadani.sources.base import ReadOptions
from permadani.sources.bluesky.repository import OUTBOUND, read_repository
from permadani.sources.bluesky.uris import CHANNEL
from permadani.sources.http import Client
from permadani.sources.reading.files import InputFile
from permadani.vocabulary import Actor, Coverage, Object, Problem, Record

MOST_BYTES = 64_000_000
CHUNK = 5_000
"""Records a page."""


class Owned:
    """``newest``: a post of it that others see. ``done``: it need not be asked for again."""

    def __init__(self, client: Client, server: str, account: Actor, newest: str | None, now: int) -> None:
        self._client, self._server, self._account, self._newest, self._now = client, server, account, newest, now
        self.done = False
        self._claim: Coverage | None = None

    def pages(self) -> Iterator[list[Record]]:
        """Its records in chunks, without claims. Whatever goes wrong with it is a problem and no more: what others can
        see is read anyway."""
        try:
            with tempfile.TemporaryDirectory(prefix="permadani-") as folder:
                path = Path(folder, "repository.car")
                self._client.download(
                    f"{self._server}/xrpc/com.atproto.sync.getRepo", path, params={"did": self._account.id},
                    limit=MOST_BYTES,
                )  # fmt: skip
                yield from self._read(path)
            self.done = True
        except BudgetSpent:
            raise
        except (FetchError, InputError) as error:
            later = isinstance(error, (Unreachable, RateLimited)) or (
                isinstance(error, BadStatus) and error.status >= 500
            )
            self.done, self._claim = not later, None
            yield [Problem(reason="repository_unread", example=error.text(), lost=False)]

    def _read(self, path: Path) -> Iterator[list[Record]]:
        waiting, fresh, owner = list[Record](), self._newest is None, None
        file = InputFile(path.name, path.name, path.stat().st_size, lambda: path.open("rb"), disk_path=path)
        for record in read_repository(file, ReadOptions(owner=self._account.handle)):
            if isinstance(record, Coverage):
                if record.direction == "outbound" and record.completeness == "complete":
                    self._claim = record if fresh else None
                continue
            if owner is None and isinstance(record, Actor):  # whose it is comes before all others
                owner = record.id
                if owner != self._account.id:
                    raise Unreadable(N_("the server gave the repository of somebody else"))
            if isinstance(record, Object) and record.id == self._newest:
                fresh = True
            waiting.append(record)
            if len(waiting) >= CHUNK:
                yield waiting
                waiting = []
        yield waiting

    def claims(self) -> list[Record]:
        """That everything the account wrote was seen, where the repository was whole and holds the newest post that
        others see. What others wrote is no matter of a repository."""
        claim, created = self._claim, self._account.created
        if claim is None:
            return []
        since = claim.since if claim.since is None or created is None else min(claim.since, created)
        return [
            Coverage(
                actor=self._account.id, channel=CHANNEL, direction="outbound", since=since, until=self._now,
                completeness="complete", basis=OUTBOUND,
            )
        ]  # fmt: skip
