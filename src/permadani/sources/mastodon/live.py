"""The door to an account on Mastodon, or on any server with the same interface (Pleroma, Akkoma, GoToSocial, …)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import msgspec

from permadani.errors import AddressRefused, BadAnswer, BadStatus, NoDoor, RateLimited, Unreachable
from permadani.language import N_
from permadani.settings import secret_for
from permadani.sources.activitystreams.shapes import nodes, web
from permadani.sources.http import Client
from permadani.sources.live.asked import Asked, asked
from permadani.sources.live.base import FetchOptions, Page, State
from permadani.sources.live.walk import Walk
from permadani.sources.mastodon.accounts import followers_told
from permadani.sources.mastodon.mentions import Mentions, Read, all_are_kept, refused
from permadani.sources.mastodon.numbers import Numbers
from permadani.sources.mastodon.server import Server, base_of, local_id
from permadani.sources.mastodon.timeline import AccountTimeline
from permadani.vocabulary import Problem, Record

SOURCE = "mastodon"
ACTIVITY_TYPES = ("application/activity+json", "application/ld+json")
_PAGE = re.compile(r"/(?:@|users/)([\w.-]{1,100})(?:@([^/@]{1,260}))?(?:/.*)?")
_SUBJECT = re.compile(r"acct:([\w.-]{1,100})@([^\s@/]{1,260})")


@dataclass(frozen=True, slots=True)
class _Name:
    """What WebFinger tells: the actor's id, and the name it goes by, a claim unless it is at the host asked."""

    actor: str
    name: str
    host: str


def knock(wanted: Asked, client: Client) -> MastodonDoor | None:
    """The door to ``@name@host`` or a profile's address; None where it is neither, or not of such a server.

    Raises:
        NoDoor: the server does not speak Mastodon's interface, or has no such account.
        FetchError: as the client does.
    """
    if wanted.kind == "acct":
        return _open(wanted.name, wanted.host, client)
    match = _PAGE.fullmatch(urlsplit(wanted.url).path) if wanted.kind == "url" else None
    if match is None:
        return None
    if match[2] is not None:
        elsewhere = asked(f"@{match[1]}@{match[2]}")
        return _open(elsewhere.name, elsewhere.host, client) if elsewhere.kind == "acct" else None
    try:
        return _open(match[1], wanted.host, client, scheme=urlsplit(wanted.url).scheme)
    except NoDoor as error:
        if error.message == NO_INTERFACE:
            return None  # a blog may well have pages of such names
        raise


NO_INTERFACE = N_("{host} does not speak Mastodon's interface: no account can be read there from outside")
ARCHIVE_WAY = N_("If it is your account, ask the server for your archive, then: permadani import FILE")


def _open(name: str, host: str, client: Client, scheme: str = "http") -> MastodonDoor:
    base = base_of(host) if scheme == "http" else f"https://{host}"
    found = _webfinger(name, host, base, client)
    home = urlsplit(found.actor).netloc.lower() if found else host
    server = Server(f"{urlsplit(found.actor).scheme}://{home}" if found else base, client, secret_for(home))
    called = found.name if found else name
    server, account, problems = _account(server, called, found is not None)
    number, username = local_id(account.get("id")), account.get("username")
    if number is None or not isinstance(username, str):
        raise NoDoor(NO_INTERFACE, hint=ARCHIVE_WAY, host=home)
    told = web(account.get("uri"))
    actor = found.actor if found else told
    if actor is None or (told is not None and told != actor) or username.lower() != called.lower():
        raise BadAnswer(N_("{host} answers for another account than {name}"), host=home, name=called)
    if found is not None and told is None and home != host and not _names(actor, called):
        raise BadAnswer(N_("{host} answers for another account than {name}"), host=home, name=called)
    shown = found.host if found and (found.host in (host, home) or _confirmed(found, client)) else home
    return MastodonDoor(server, number, actor, account, f"@{username}@{shown}", problems)


def _account(server: Server, name: str, is_known: bool) -> tuple[Server, dict[str, Any], list[Record]]:
    """The account, the server as it can be asked on, and what to tell: a token that is not taken is left out."""
    asked_for = "/api/v1/accounts/lookup", {"acct": name}
    try:
        return server, server.one(*asked_for), []
    except AddressRefused as error:
        if server.secret is None:
            raise
        refusal: AddressRefused | BadStatus = error
    except (BadStatus, BadAnswer) as error:
        if server.secret is None or not isinstance(error, BadStatus) or error.status not in (401, 403):
            raise _why(error, server, name, is_known) from None
        refusal = error
    stranger = server.anonymous()
    try:
        account = stranger.one(*asked_for)
    except (BadStatus, BadAnswer) as error:
        hidden = isinstance(error, BadStatus) and error.status in (401, 403)
        raise _why(error, server if hidden else stranger, name, is_known) from None
    return stranger, account, [Problem(reason="login_refused", place=server.host, example=refusal.text(), lost=False)]


def _names(actor: str, name: str) -> bool:
    """Whether an actor's address ends with a name, as those of servers do that tell no address of their accounts."""
    return urlsplit(actor).path.rpartition("/")[2].removeprefix("@").lower() == name.lower()


def _confirmed(found: _Name, client: Client) -> bool:
    """Whether the host of a name says too that the name is this actor's: else anybody could go by any name."""
    try:
        there = _webfinger(found.name, found.host, base_of(found.host), client)
    except (AddressRefused, RateLimited, Unreachable):
        return False
    return there is not None and there.actor == found.actor


def _webfinger(name: str, host: str, base: str, client: Client) -> _Name | None:
    """None where the host does not answer such questions, or names no actor."""
    try:
        resource = {"resource": f"acct:{name}@{host}"}
        answer = client.get(
            f"{base}/.well-known/webfinger", resource, accept="application/jrd+json, application/json"
        ).json()
    except (BadStatus, BadAnswer):
        return None
    if not isinstance(answer, dict):
        return None
    for link in nodes(answer.get("links")):
        kind, href = link.get("type"), web(link.get("href"))
        if link.get("rel") != "self" or href is None or not _fits(href, base):
            continue
        if isinstance(kind, str) and kind.startswith(ACTIVITY_TYPES):
            subject = answer.get("subject")
            told = _SUBJECT.fullmatch(subject) if isinstance(subject, str) and len(subject) < 400 else None
            return _Name(href, told[1] if told else name, told[2].lower() if told else host)
    return None


def _fits(href: str, base: str) -> bool:
    """An actor's address must be under TLS; only of the very server on this computer that was asked it need not be."""
    try:
        parts = urlsplit(href)
    except ValueError:
        return False
    if "@" in parts.netloc or not parts.hostname:
        return False
    return parts.scheme == "https" or f"{parts.scheme}://{parts.netloc}" == base


def _why(error: BadStatus | BadAnswer, server: Server, name: str, is_known: bool) -> NoDoor | BadStatus:
    """Why the account could not be looked up: no interface, no account, or only for those who log in.

    ``is_known``: WebFinger named it.
    """
    if isinstance(error, BadStatus) and error.status >= 500:
        return error
    hidden = isinstance(error, BadStatus) and error.status in (401, 403)
    speaks = _speaks(server)
    if hidden and server.secret is not None:
        return NoDoor(
            N_("{host} does not take the token that was given for it"),
            hint=N_("docs/sources/mastodon.md says how a token is made."),
            host=server.host,
        )
    if hidden and (speaks or is_known):
        return NoDoor(
            N_("{host} shows accounts only to those who log in"),
            hint=N_("Give permadani a token of an account there; docs/sources/mastodon.md says how."),
            host=server.host,
        )
    if speaks and not hidden:
        return NoDoor(N_("{host} knows no account “{name}”"), host=server.host, name=name)
    return NoDoor(NO_INTERFACE, hint=ARCHIVE_WAY, host=server.host)


def _speaks(server: Server) -> bool:
    for version in ("v2", "v1"):
        try:
            instance = server.one(f"/api/{version}/instance")
        except (BadStatus, BadAnswer):
            continue
        if isinstance(instance.get("version"), str) and ("domain" in instance or "uri" in instance):
            return True
    return False


class MastodonDoor:
    """One account (live/base.py tells what a door is)."""

    source = SOURCE

    def __init__(
        self, server: Server, number: str, actor: str, account: dict[str, Any], title: str, problems: list[Record]
    ) -> None:
        """``problems``: what was met at the door."""
        self.who, self.place, self.title = actor, f"{SOURCE} {actor}", f"{title} on Mastodon"
        self._server, self._number, self._account, self._problems = server, number, account, problems
        self.followers = followers_told(account)

    def pages(self, state: State | None, options: FetchOptions) -> Iterator[Page]:
        kept = state or {}
        numbers = Numbers(kept.get("numbers"))
        timeline = AccountTimeline(
            self._server, self._number, self.who, self._account, options.now, numbers, kept.get("people")
        )
        read = msgspec.convert(kept.get("mentions") or {}, Read)
        own = self._is_own()
        if self._problems:
            yield Page(self._problems, kept, self._server.host)
        if own:
            timeline.statuses.private_of = self._number
            mentions = Mentions(self._server, timeline, read)
            try:
                for part in mentions.pages(options.since):
                    read = part.read
                    yield Page(part.records, {**kept, "mentions": msgspec.to_builtins(read)}, "mentions")
                timeline.mentions_since = read.since if all_are_kept(self._server) else None
            except BadStatus as error:
                problem: list[Record] = [refused(error)]
                yield Page(problem, {**kept, "mentions": msgspec.to_builtins(read)}, "mentions")
        for page in Walk(timeline, kept or None, options).pages():
            more = {
                "numbers": numbers.of(page.state["seen"]),
                "people": timeline.accounts.last(),
                "mentions": msgspec.to_builtins(read),
            }
            yield Page(page.records, {**page.state, **more}, page.reading)

    def _is_own(self) -> bool:
        """Whether the token is the account's own: of others nothing but what all may see is asked for."""
        if self._server.secret is None:
            return False
        try:
            own = self._server.one("/api/v1/accounts/verify_credentials")
        except (BadStatus, BadAnswer) as error:
            wrong = isinstance(error, BadStatus) and error.status == 401
            reason = "login_refused" if wrong else "api_error"
            self._problems.append(Problem(reason=reason, place=self._server.host, example=error.text(), lost=False))
            return False
        return local_id(own.get("id")) == self._number
