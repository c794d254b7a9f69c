"""Reading an account of Bluesky now: its profile and repository, its feed and the conversations in it, and with its
own login what names it elsewhere.

What is asked of whom is in ``api``; the walk back in time in ``sources/live/walk``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote, urlsplit

import msgspec

from permadani.errors import BudgetSpent, FetchError, NoDoor
from permadani.language import N_
from permadani.settings import secret_for, settings
from permadani.sources.bluesky.api import BATCH, Api, Session, log_in, login_name, server_of
from permadani.sources.bluesky.mentions import Mentions, Named
from permadani.sources.bluesky.owned import Owned
from permadani.sources.bluesky.profiles import profile_view
from permadani.sources.bluesky.timeline import BlueskyTimeline
from permadani.sources.bluesky.uris import count, did_of, handle_of
from permadani.sources.http import Client
from permadani.sources.live.asked import Asked
from permadani.sources.live.base import FetchOptions, Page, State
from permadani.sources.live.walk import DAY, Walk
from permadani.vocabulary import Actor, Coverage, Problem, Record, Standing

ENTRANCE = "bsky.social"
"""Where accounts of Bluesky's own servers (``*.host.bsky.network``) log in."""
AGAIN = 7 * DAY
"""How long a profile is not asked for again."""
MOST_REMEMBERED = 2_000
MOST_QUOTE_PAGES = 5
GATE = ("hidden_reply", "replies_limited")
_PROFILE = re.compile(r"/profile/([^/]+)(?:/.*)?")


def knock(asked: Asked, client: Client) -> BlueskyDoor | None:
    """The door to a DID, a handle or a page of bsky.app; None where it is nothing of Bluesky's."""
    name = _name(asked)
    if name is None:
        return None
    sure = asked.kind != "domain" or asked.at or asked.host.endswith("." + ENTRANCE)
    api = Api(client, settings().bluesky_appview)
    try:
        profile = api.profile(name)
    except BudgetSpent:
        raise
    except FetchError:
        if sure:
            raise
        return None  # a site may have that name, and Bluesky need not be there for it
    if profile is None:
        if not sure:
            return None
        raise NoDoor(
            N_("Bluesky knows no account “{name}”"),
            hint=N_("It may have been renamed, switched off or deleted. An account of Mastodon is @name@server."),
            name=name,
        )
    return BlueskyDoor(api, client, profile)


def _name(asked: Asked) -> str | None:
    """The DID or handle that was asked for."""
    if asked.kind == "did":
        return asked.name
    if asked.kind == "domain":
        return handle_of(asked.host) if urlsplit(asked.url).path in ("", "/") else None
    if asked.kind == "url" and asked.host in ("bsky.app", "www.bsky.app"):
        match = _PROFILE.fullmatch(urlsplit(asked.url).path)
        name = unquote(match[1]) if match else ""
        if found := did_of(name) or handle_of(name):
            return found
        raise NoDoor(
            N_("{url} is not the page of an account"),
            hint=N_("Write https://bsky.app/profile/NAME, or @NAME."),
            url=asked.url,
        )
    return None


class Memory(msgspec.Struct):
    """What the door remembers between runs. ``server``: where the account is; ``repository``: its own side was read;
    ``asked``: whose profile was fetched, and when; ``quoted``: quotes of posts as they were counted when they were
    read; ``askers``, ``quotes``: those that are still to be asked for."""

    walk: State | None = None
    server: str | None = None
    repository: bool = False
    asked: dict[str, int] = {}
    askers: list[str] = []
    quoted: dict[str, int] = {}
    quotes: dict[str, int] = {}
    named: Named = msgspec.field(default_factory=Named)


@dataclass
class BlueskyDoor:
    """See ``live.base.Door``. ``profile`` is the account's as the application view showed it when it was knocked at."""

    api: Api
    client: Client
    profile: dict[str, Any]
    source: str = "bluesky"

    def __post_init__(self) -> None:
        self.account = next(one for one in profile_view(self.profile) if type(one) is Actor)
        self.who = self.account.id
        self.followers = self.account.followers
        self.place = f"bluesky {self.who}"
        self.title = f"@{self.account.handle or self.who} on Bluesky"

    def pages(self, state: State | None, options: FetchOptions) -> Iterator[Page]:
        run = _Run(self, msgspec.convert(state, Memory) if state else Memory(), options)
        yield from run.pages()

    def server(self) -> str | None:
        """The address of the account's own server."""
        return server_of(self.client, settings().bluesky_directory, self.who)


class _Run:
    """One run: what it has found out, and what is left to ask."""

    def __init__(self, door: BlueskyDoor, memory: Memory, options: FetchOptions) -> None:
        self.door, self.memory, self.options = door, memory, options
        self.account = door.account
        self.timeline: BlueskyTimeline
        self.mentions: Mentions | None = None
        self._gates: set[tuple[str, str | None]] = set()

    def pages(self) -> Iterator[Page]:
        memory = self.memory
        problems = self._find_server()
        server = memory.server
        session, more = self._session(server)
        api = self.door.api
        if self.account.opted_out:
            if session is None or server is None:
                raise NoDoor(
                    N_("@{name} asks to be shown only to people who are logged in"),
                    hint=N_("It is read only with its own login; docs/live.md says how to give that."),
                    name=self.account.handle or self.account.id,
                )
            api = Api(self.door.client, server, session.token)
        self.timeline = timeline = BlueskyTimeline(
            api,
            self.account.id,
            self.account.created,
            logged_in=session is not None and api is not self.door.api,
            total=count(self.door.profile.get("postsCount")),
        )
        yield self._page([*self._profile(), *problems, *more], self.door.title)
        if not memory.repository and server is not None:
            yield from self._repository(server)
        if session is not None and server is not None:
            self.mentions = Mentions(Api(self.door.client, server, session.token), timeline, memory.named)
            for records in self.mentions.news(self.options.now):
                yield self._page(records, "listNotifications")
        walk = Walk(timeline, memory.walk, self.options)
        for page in walk.pages():
            memory.walk = page.state
            yield self._page(page.records, page.reading)
            yield from self._named()
            yield from self._asides(last=any(type(one) is Coverage for one in page.records))
        yield from self._asides(last=True)

    def _page(self, records: list[Record], reading: str) -> Page:
        self._gather()
        records = [one for one in records if not self._told_already(one)]
        return Page(records, msgspec.to_builtins(self.memory), reading)

    def _told_already(self, record: Record) -> bool:
        """The same gate stands in the repository and at the thread."""
        if not isinstance(record, Problem) or record.reason not in GATE:
            return False
        told = record.reason, record.example
        known = told in self._gates
        self._gates.add(told)
        return known

    # -- who it is

    def _profile(self) -> list[Record]:
        told: list[Record] = list(profile_view(self.door.profile))
        if self.account.followers is not None:
            told.append(Standing(actor=self.account.id, observed=self.options.now, followers=self.account.followers))
        return told

    def _find_server(self) -> list[Record]:
        """The account's own server; it is not needed for reading what others see."""
        if self.memory.server is not None:
            return []
        try:
            self.memory.server = self.door.server()
        except BudgetSpent:
            raise
        except FetchError as error:
            return [Problem(reason="account_server_unknown", example=error.text(), lost=False)]
        return [] if self.memory.server else [Problem(reason="account_server_unknown", lost=False)]

    def _session(self, server: str | None) -> tuple[Session | None, list[Record]]:
        """A session of the audited account itself, where the user has given its login."""
        host = urlsplit(server or "").netloc
        at, login = server, secret_for(host) if host else None
        if login is None and (host == ENTRANCE or host.endswith(".bsky.network")):
            at, login = f"https://{ENTRANCE}", secret_for(ENTRANCE)
        if login is None or at is None:
            return None, []
        name = login_name(login)
        if "@" not in name and name not in (self.account.handle, self.account.id):
            return None, []  # somebody else's
        try:
            session = log_in(self.door.client, at, login)
        except BudgetSpent:
            raise
        except FetchError as error:
            self.memory.server = None  # it may have moved; the next run asks again
            return None, [Problem(reason="login_refused", example=error.text(), lost=False)]
        return (session, []) if session.did == self.account.id else (None, [])

    # -- its own side

    def _repository(self, server: str) -> Iterator[Page]:
        memory, newest = self.memory, self.timeline.newest()
        owned = Owned(self.door.client, server, self.account, newest, self.options.now)
        for records in owned.pages():
            yield self._page(records, "getRepo")
        memory.repository = owned.done
        if not owned.done:
            memory.server = None  # it may have moved; the next run asks again
        yield self._page(owned.claims(), "getRepo")

    # -- what is asked for beside the walk

    def _named(self) -> Iterator[Page]:
        """What names the account, as far back as its feed was read."""
        shown = [self.timeline.shown, (self.memory.walk or {}).get("oldest")]
        if self.mentions is None:
            return
        first = min((one for one in shown if isinstance(one, int)), default=None)
        if first is not None:
            for records in self.mentions.back(max(first, self.options.since)):
                yield self._page(records, "listNotifications")
        self.mentions.claim(first)

    def _gather(self) -> None:
        """What came up since, where it was not asked for before."""
        memory, timeline = self.memory, self.timeline
        waiting = set(memory.askers)
        for did in timeline.askers:
            if did not in waiting and memory.asked.get(did, 0) < self.options.now - AGAIN:
                memory.askers.append(did)
        timeline.askers.clear()
        for uri, quotes in timeline.quoted.items():
            if memory.quoted.get(uri) != quotes:
                memory.quotes[uri] = quotes
        timeline.quoted.clear()

    def _asides(self, *, last: bool) -> Iterator[Page]:
        """Quotes of posts whose conversations were read, and profiles in batches; ``last``: the last batch too."""
        memory = self.memory
        while last and memory.quotes:
            uri, cursor = next(iter(memory.quotes)), None
            for left in reversed(range(MOST_QUOTE_PAGES)):
                records, cursor = self.timeline.quotes(uri, cursor)
                if cursor is None or left == 0:
                    memory.quoted[uri] = memory.quotes.pop(uri)
                    memory.quoted = dict(list(memory.quoted.items())[-MOST_REMEMBERED:])
                yield self._page(records, "getQuotes")
                if uri not in memory.quotes:
                    break
        while len(memory.askers) >= (1 if last else BATCH):
            batch = memory.askers[:BATCH]
            records = self.timeline.profiles(batch, self.options.now)
            del memory.askers[:BATCH]
            memory.asked.update((did, self.options.now) for did in batch)
            memory.asked = dict(list(memory.asked.items())[-MOST_REMEMBERED:])
            yield self._page(records, f"{len(batch)}")
