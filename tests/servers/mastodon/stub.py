"""A stub of Mastodon's interface. It is a stub and says so: no Mastodon server runs here, and none was copied.

It was built from the project's API documentation, the pages *methods/accounts* (lookup, statuses, verify_credentials),
*methods/statuses* (one, several, context with its limits for anonymous readers), *methods/notifications* (and its
filtering policy), *methods/instance*, *entities/Status*, *entities/Account*, *entities/Notification*, *api/rate-limits*
and *api/guidelines* (pagination by Link), and from *spec/webfinger*. What the documentation leaves open is as strict
here as it may be. Every answer carries the header ``X-Stub``.

What it tells is the invented conversation of ``world.py``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from servers.mastodon.world import DAY, START, Message, Person, World, told
from sources.http.hostile import Behaviour, Hostile, Seen, calls, json

SAYS = "a stub built from the API documentation; no Mastodon server"


def _unchanged(path: str, value: Any) -> Any:
    return value


@dataclass
class Stub:
    """What may be set, before it starts or while it runs:

    ``batches``   whether several statuses can be had at once (since 4.3)
    ``closed``    it shows nothing to strangers
    ``policy``    which notifications its account lets through; None: a server without such rules
    ``token_of``  whose the token is, where it is not the account's
    ``stray``     messages of others that it lists among the account's own, as some servers do
    ``most``      entries on a page, for short tests
    ``below``, ``depth``  how much of a conversation strangers see
    ``refused``   how an address ends that is answered with an error, and its number
    ``ring``      the first page comes for ever
    ``changes``   the last word on an answer, for what a broken or hostile server would say
    """

    world: World
    most: int = 40
    batches: bool = True
    closed: bool = False
    policy: dict[str, Any] | None = None
    token_of: Person | None = None
    stray: list[Message] = field(default_factory=list)
    refused: tuple[str, int] | None = None
    ring: bool = False
    below: int = 60
    depth: int = 20
    changes: Callable[[str, Any], Any] = _unchanged
    server: Hostile = field(default_factory=Hostile)

    def __enter__(self) -> Stub:
        self.server.__enter__()
        self.world.site = self.server.url("").rstrip("/")
        self.server.on("/*", calls(self._answer))
        return self

    def __exit__(self, *_: object) -> None:
        self.server.__exit__()

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self.server.port}"

    @property
    def asked(self) -> list[str]:
        return [seen.path for seen in self.server.seen]

    def _answer(self, seen: Seen) -> Behaviour:
        spent = len(self.server.seen)
        headers = {
            "X-Stub": SAYS, "X-RateLimit-Limit": "300", "X-RateLimit-Remaining": str(max(300 - spent, 100)),
            "X-RateLimit-Reset": told(START + 90 * DAY),
        }  # fmt: skip
        logged_in = seen.headers.get("authorization") == f"Bearer {self.world.token}"
        code, value, link = 404, {"error": "Record not found"}, None
        if self.refused is not None and seen.path.endswith(self.refused[0]):
            code, value = self.refused[1], {"error": "This action is not allowed"}
        elif "authorization" in seen.headers and not logged_in:
            code, value = 401, {"error": "The access token is invalid"}
        elif self.closed and not logged_in and seen.path.startswith("/api/v1/") and "instance" not in seen.path:
            code, value = 401, {"error": "This API requires an authenticated user"}
        elif (found := self._found(seen, logged_in)) is not None:
            code, value, link = 200, found[0], found[1]
        if link:
            headers["Link"] = link
        return json(self.changes(seen.path, value), code, headers)

    def _found(self, seen: Seen, logged_in: bool) -> tuple[Any, str | None] | None:
        """What there is at an address, and the link to the next page; None: nothing."""
        world, asked = self.world, {name: values[0] for name, values in seen.query.items()}
        parts = seen.path.strip("/").split("/")
        found: tuple[Any, str | None] | None = None
        if seen.path == "/.well-known/webfinger":
            found = self._webfinger(asked.get("resource", ""))
        elif seen.path == "/api/v2/instance":
            found = {"domain": self.host, "title": SAYS, "version": "4.3.0 (stub)"}, None
        elif seen.path == "/api/v1/accounts/lookup":
            here = (p for p in (world.me, *world.people) if p.host is None and p.name.lower() == asked["acct"].lower())
            found = next(((world.account(person), None) for person in here), None)
        elif seen.path == "/api/v1/accounts/verify_credentials" and logged_in:
            found = world.account(self.token_of or world.me), None
        elif parts[:3] == ["api", "v1", "accounts"] and parts[4:] == ["statuses"]:
            found = self._listed(parts[3], asked, logged_in, seen.path)
        elif seen.path == "/api/v1/statuses" and self.batches:
            wanted = seen.query.get("id[]", [])[:20]
            found = [world.status(m) for m in self._visible(logged_in) if m.number in wanted], None
        elif parts[:3] == ["api", "v1", "statuses"] and len(parts) > 3:
            message = next((m for m in self._visible(logged_in) if m.number == parts[3]), None)
            if message is not None:
                is_context = parts[4:] == ["context"]
                found = (self._context(message, logged_in) if is_context else world.status(message)), None
        elif seen.path == "/api/v1/notifications" and logged_in:
            found = self._notifications(asked, seen)
        elif seen.path == "/api/v2/notifications/policy" and logged_in and self.policy is not None:
            found = self.policy, None
        return found

    def _webfinger(self, resource: str) -> tuple[Any, None] | None:
        name, _, host = resource.removeprefix("acct:").partition("@")
        for person in (self.world.me, *self.world.people):
            if person.name == name and host == (person.host or self.host):
                uri = self.world.actor_uri(person)
                profile = {
                    "rel": "http://webfinger.net/rel/profile-page",
                    "type": "text/html",
                    "href": self.world.page_of(person),
                }
                return {
                    "subject": resource, "aliases": [uri],
                    "links": [profile, {"rel": "self", "type": "application/activity+json", "href": uri}],
                }, None  # fmt: skip
        return None

    def _visible(self, logged_in: bool) -> Iterator[Message]:
        """What one may read: everybody the public, the account itself also what was written to it and by it."""
        me = self.world.me
        for message in self.world.messages:
            own = logged_in and (message.by is me or me in message.names)
            if message.arrived and not message.deleted and (message.visibility in ("public", "unlisted") or own):
                yield message

    def _listed(self, number: str, asked: dict[str, str], logged_in: bool, path: str) -> tuple[Any, str | None]:
        limit = min(int(asked.get("limit", 20)), 40, self.most)
        own = [m for m in self._visible(logged_in) if m.by.number == number and m.visibility != "direct"]
        newest = sorted([*own, *self.stray], key=lambda m: int(m.number), reverse=True)
        older = [m for m in newest if "max_id" not in asked or int(m.number) < int(asked["max_id"])]
        page = newest[:limit] if self.ring else older[:limit]
        return [self.world.status(m) for m in page], _link(path, page, limit)

    def _context(self, top: Message, logged_in: bool) -> dict[str, Any]:
        """Anonymous: at most 40 above and 60 below, 20 levels deep."""
        shown = list(self._visible(logged_in))
        above: list[Message] = []
        at = top.to
        while at is not None and at in shown:
            above.insert(0, at)
            at = at.to
        below: list[Message] = []
        level = [top]
        for _ in range(4096 if logged_in else self.depth):
            level = [m for m in shown if m.to is not None and any(m.to is one for one in level)]
            below += level
        most = 4096 if logged_in else self.below
        return {
            "ancestors": [self.world.status(m) for m in above[-40:]],
            "descendants": [self.world.status(m) for m in below[:most]],
        }

    def _notifications(self, asked: dict[str, str], seen: Seen) -> tuple[Any, str | None]:
        """Without ``include_filtered`` strangers are held back."""
        me, limit = self.world.me, min(int(asked.get("limit", 40)), 80, self.most)
        types = seen.query.get("types[]", ["mention"])
        named = [m for m in self._visible(True) if me in m.names and m.by is not me and "mention" in types]
        if asked.get("include_filtered") != "true":
            named = [m for m in named if not m.filtered]
        newest = sorted(named, key=lambda m: int(m.number), reverse=True)
        older = [
            m for m in newest
            if int(m.number) < int(asked.get("max_id", 2**80)) and int(m.number) > int(asked.get("since_id", 0))
        ][:limit]  # fmt: skip
        found = [
            {"id": m.number, "type": "mention", "created_at": told(m.at), "account": self.world.account(m.by),
             "status": self.world.status(m)}
            for m in older
        ]  # fmt: skip
        return found, _link("/", older, limit)


def _link(path: str, page: list[Message], limit: int) -> str:
    """To another host on purpose: nobody may follow more of it than the number."""
    more = f'<http://elsewhere.example{path}?max_id={page[-1].number}>; rel="next", ' if len(page) == limit else ""
    return more + f'<http://elsewhere.example{path}?min_id=1>; rel="prev"'
