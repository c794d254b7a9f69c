"""A stub of a WordPress API for faults that a real one does not have (that one is in tests/servers/wordpress)."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import msgspec

from permadani.sources.foreign import fault
from permadani.sources.http import Client
from permadani.sources.live import Door, FetchOptions, Page, knock
from permadani.vocabulary import Record
from sources.http.hostile import Behaviour, Hostile, Seen, answer, json, status

NOW = 1_790_000_000_000_000
DAY = 86_400_000_000
OPTIONS = FetchOptions(now=NOW, since=0)


def when(day: float) -> str:
    """A moment so many days before now, as the API writes it."""
    return datetime.fromtimestamp((NOW - int(day * DAY)) / 1e6, UTC).strftime("%Y-%m-%dT%H:%M:%S")


def post(number: int, day: float, author: int = 1, **more: Any) -> dict[str, Any]:
    moment = when(day)
    return {
        "id": number, "date": moment, "date_gmt": moment, "modified_gmt": moment, "author": author, "type": "post",
        "title": {"rendered": f"Post {number}"}, "content": {"rendered": "<p>Words</p>", "protected": False},
        "link": f"/post-{number}/", "status": "publish", "comment_status": "open", **more,
    }  # fmt: skip


def comment(number: int, day: float, post: int = 1, **more: Any) -> dict[str, Any]:
    return {
        "id": number, "post": post, "parent": 0, "author": 0, "author_name": f"Guest {number % 7}", "author_url": "",
        "date": when(day), "date_gmt": when(day), "content": {"rendered": f"<p>Comment {number}</p>"},
        "link": f"https://blog.example/p/#comment-{number}", "type": "comment", "status": "approved", **more,
    }  # fmt: skip


class Stub:
    """Lists that may be changed between runs. ``told``: of each request for a list its route and query; ``instead``:
    behaviours by route that go before; ``totals``: what headers say, None: the truth, False: nothing."""

    def __init__(self, server: Hostile) -> None:
        self.server = server
        self.home = server.url("").rstrip("/")
        self.lists: dict[str, list[Any]] = {
            "posts": [post(1, 100)], "pages": [], "comments": [], "users": [{"id": 1, "slug": "rani", "name": "Rani"}],
        }  # fmt: skip
        self.types: dict[str, Any] = {}
        self.front: dict[str, Any] = {"home": self.home, "url": self.home, "namespaces": ["wp/v2"], "gmt_offset": 7}
        self.instead: dict[str, Behaviour] = {}
        self.told: list[tuple[str, dict[str, str]]] = []
        self.knows_changes = True
        self.totals: Callable[[int, int], dict[str, str] | None] | None = None
        self.page = f"<html lang='id'><head><link rel='https://api.w.org/' href='{self.home}/wp-json/'></head></html>"
        server.on("/", answer(self.page, type="text/html"))
        server.on("/wp-json/*", self._serve)

    def html(self, more: str, path: str = "/") -> None:
        """A page with more in it."""
        self.server.on(path, answer(self.page.replace("</head>", f"</head>{more}"), type="text/html"))

    def _serve(self, seen: Seen, connection: socket.socket) -> bool | None:
        return self._behaviour(seen)(seen, connection)

    def _behaviour(self, seen: Seen) -> Behaviour:
        route = seen.path.removeprefix("/wp-json/").removeprefix("wp/v2/")
        query = {name: values[0] for name, values in seen.query.items()}
        if route in self.instead:
            return self.instead[route]
        if route == "":
            return json(self.front)
        if route == "types":
            return json(self.types)
        if route == "users/me":
            return json({"id": 1, "capabilities": {"moderate_comments": True}})
        if route not in self.lists:
            return status(404)
        self.told.append((route, query))
        return self.list(route, seen)

    def list(self, route: str, seen: Seen) -> Behaviour:
        """A page of a list as it should be."""
        query = {name: values[0] for name, values in seen.query.items()}
        found = [one for one in self.lists[route] if self._wanted(route, one, query)]
        if query.get("orderby") == "date_gmt":
            found.sort(key=lambda one: (one["date_gmt"], one["id"]) if isinstance(one, dict) else ("", 0))
        size, page = int(query.get("per_page", 10)), int(query.get("page", 1))
        pages = -(-len(found) // size)
        if route == "posts" and page > max(1, pages):
            return json({"code": "rest_post_invalid_page_number"}, 400)
        headers: dict[str, str] | None = {"X-WP-Total": str(len(found)), "X-WP-TotalPages": str(pages)}
        if self.totals is not None and route == "comments":
            headers = self.totals(len(found), pages)
        return json(found[(page - 1) * size : page * size], headers=headers)

    def _wanted(self, route: str, one: Any, query: dict[str, str]) -> bool:
        if not isinstance(one, dict):
            return "include" not in query
        if "include" in query and str(one.get("id")) not in query["include"].split(","):
            return False
        states = {"approve": "approved", "spam": "spam", "trash": "trash", "hold": "hold"}
        if route == "comments" and one.get("status") != states[query.get("status", "approve")]:
            return False
        for name, key, later in (
            ("after", "date_gmt", True), ("before", "date_gmt", False), ("modified_after", "modified_gmt", True),
        ):  # fmt: skip
            told = query.get(name) if self.knows_changes or name != "modified_after" else None
            if told and (str(one.get(key)) > told.rstrip("Z")) != later:
                return False
        return True


def client(most: int = 500) -> Client:
    return Client(allow_local=True, max_requests=most, sleep=lambda seconds: None)


def door(stub: Stub, path: str = "/") -> Door:
    """For looking at, not for reading: its client is closed."""
    with client() as one:
        return knock(stub.home + path, one)


def pages(stub: Stub, state: Any = None, options: FetchOptions = OPTIONS, most: int = 500) -> Iterator[Page]:
    """Pages with their states as a store gives them back."""
    with client(most) as one:
        for page in knock(stub.home, one).pages(_stored(state), options):
            assert [wrong for record in page.records if (wrong := fault(record))] == []
            yield Page(page.records, _stored(page.state), page.reading)


def run(stub: Stub, state: Any = None, options: FetchOptions = OPTIONS) -> tuple[list[Record], Any]:
    records: list[Record] = []
    for page in pages(stub, state, options):
        records += page.records
        state = page.state
    return records, state


def _stored(state: Any) -> Any:
    return msgspec.json.decode(msgspec.json.encode(state))
