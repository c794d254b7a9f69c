"""The questions that are put to Bluesky's servers; every answer is checked before anybody reads on in it.

https://docs.bsky.app/docs/api: the application view ("AppView") is asked without a login; whose server an account is
on stands in its DID document (https://atproto.com/specs/did).
"""

from __future__ import annotations

from typing import Any, NamedTuple
from urllib.parse import unquote, urlsplit

from permadani.errors import BadAnswer, BadStatus
from permadani.language import N_
from permadani.settings import Secret
from permadani.sources.bluesky.uris import did_of, handle_of, items, words
from permadani.sources.http import Client

PAGE = 100
"""As many posts or notifications as one answer may hold."""
BATCH = 25
"""As many profiles or posts as may be asked for by name."""
DEPTH = 100
"""Levels of a conversation that are asked for at once; the server may give fewer."""
NOT_THERE = (400, 404)
"""What the servers answer for an account or a post that they do not know."""


class Api:
    """One application view, or (with the ``secret`` of a session) a server that asks one in the account's name."""

    def __init__(self, client: Client, base: str, secret: Secret | None = None) -> None:
        self._client, self._base, self._secret = client, base.rstrip("/"), secret

    @property
    def host(self) -> str:
        return urlsplit(self._base).netloc

    def profile(self, actor: str) -> dict[str, Any] | None:
        """The profile of a handle or DID, None where nobody has that name."""
        try:
            view = self._ask("app.bsky.actor.getProfile", actor=actor)
        except BadStatus as error:
            if error.status in NOT_THERE:
                return None
            raise
        did = did_of(view.get("did"))
        if did is None or (did_of(actor) and did != actor):
            raise unexpected("app.bsky.actor.getProfile")
        return view

    def profiles(self, actors: list[str]) -> list[Any]:
        return _list(self._ask("app.bsky.actor.getProfiles", actors=actors), "profiles")

    def feed(self, actor: str, cursor: str | None) -> tuple[list[Any], str | None]:
        """What an account wrote and reshared, newest first, without pins; and the cursor to what is older."""
        page = self._ask(
            "app.bsky.feed.getAuthorFeed", actor=actor, filter="posts_with_replies", includePins="false", limit=PAGE,
            cursor=cursor,
        )  # fmt: skip
        return _list(page, "feed"), cursor_of(page)

    def thread(self, uri: str) -> dict[str, Any]:
        """A post and all below it: ``thread``, and ``threadgate`` where one stands at the root."""
        page = self._ask("app.bsky.feed.getPostThread", uri=uri, depth=DEPTH, parentHeight=0)
        if not isinstance(page.get("thread"), dict):
            raise unexpected("app.bsky.feed.getPostThread")
        return page

    def quotes(self, uri: str, cursor: str | None) -> tuple[list[Any], str | None]:
        page = self._ask("app.bsky.feed.getQuotes", uri=uri, limit=PAGE, cursor=cursor)
        return _list(page, "posts"), cursor_of(page)

    def posts(self, uris: list[str]) -> list[Any]:
        """Those of the posts that are still there."""
        return _list(self._ask("app.bsky.feed.getPosts", uris=uris), "posts")

    def notifications(self, cursor: str | None) -> tuple[list[Any], str | None]:
        """What names the account, newest first. ``priority``: otherwise those whom it does not follow may be left out
        by a setting of its own."""
        page = self._ask(
            "app.bsky.notification.listNotifications", reasons=["mention", "reply", "quote"], priority="false",
            limit=PAGE, cursor=cursor,
        )  # fmt: skip
        return _list(page, "notifications"), cursor_of(page)

    def _ask(self, method: str, **params: str | int | list[str] | None) -> dict[str, Any]:
        given = {name: value for name, value in params.items() if value is not None}
        answer = self._client.get(f"{self._base}/xrpc/{method}", given, secret=self._secret).json()
        if not isinstance(answer, dict):
            raise unexpected(method)
        return answer


class Session(NamedTuple):
    """Who logged in, and what their server wants to see with each question."""

    did: str
    token: Secret


def log_in(client: Client, server: str, login: Secret) -> Session:
    """A session at a server (``https://host``) with ``HANDLE:APP-PASSWORD``. Raises FetchError."""
    name, _, password = _parts(login)
    method = "com.atproto.server.createSession"
    who: dict[str, str | Secret] = {"identifier": name, "password": Secret(password)}
    answer = client.post(f"{server}/xrpc/{method}", who, form=False).json()
    did, token = did_of(answer.get("did")) if isinstance(answer, dict) else None, words(answer, "accessJwt")
    if did is None or not token:
        raise unexpected(method)
    return Session(did, Secret(token))


def server_of(client: Client, directory: str, did: str) -> str | None:
    """The address of an account's server (PDS), from its DID document; None where none is named. Raises FetchError."""
    method, _, name = did.removeprefix("did:").partition(":")
    url = f"https://{unquote(name)}/.well-known/did.json" if method == "web" else f"{directory}/{did}"
    document = client.get(url).json()
    if words(document, "id") != did:
        raise unexpected(url)
    for service in items(document, "service"):
        endpoint = words(service, "serviceEndpoint") or ""
        if (words(service, "id") or "").endswith("#atproto_pds") and endpoint.startswith(("https://", "http://")):
            return endpoint.rstrip("/")
    return None


def login_name(login: Secret) -> str:
    """Whose login it is, as it was written: a handle, a DID or an e-mail address, in small letters."""
    name = _parts(login)[0]
    return handle_of(name) or name.lower()


def _parts(login: Secret) -> tuple[str, str, str]:
    """A DID has colons of its own; an app password has none."""
    text = login.reveal()
    return text.rpartition(":") if text.startswith("did:") else text.partition(":")


def cursor_of(page: dict[str, Any]) -> str | None:
    """What to ask for next; None at the end."""
    return words(page, "cursor") or None


def unexpected(what: str) -> BadAnswer:
    return BadAnswer(N_("the server's answer is not what Bluesky's documentation says ({what})"), what=what)


def _list(page: dict[str, Any], key: str) -> list[Any]:
    found = page.get(key)
    if not isinstance(found, list):
        raise unexpected(key)
    return found
