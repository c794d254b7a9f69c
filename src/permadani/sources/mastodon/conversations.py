"""What is under messages: one request tells a whole conversation, and so of all the account's own messages in it."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from typing import Any

from permadani.errors import BadAnswer, BadStatus
from permadani.language import N_
from permadani.sources.mastodon.server import Server, local_id
from permadani.sources.mastodon.statuses import Status, Statuses

UNREAD = (401, 403)
MOST_BELOW, DEEPEST = 60, 20
"""What a stranger is shown of a conversation (since Mastodon 4.0); who is logged in sees ``MOST_BELOW_LOGGED_IN``."""
MOST_BELOW_LOGGED_IN = 4096
MOST_KEPT = 30
MOST_STEPS_UP = 100
MOST_REMEMBERED = 100_000


@dataclass(frozen=True, slots=True)
class Tree:
    """What the server showed under ``top``. ``parents``: of every message there, readable or not, by the server's
    numbers; ``statuses``: those that could be read; ``is_cut``: whether there may be more."""

    top: str
    parents: dict[str, str | None]
    statuses: dict[str, Status]
    is_cut: bool

    def under(self, number: str) -> list[str]:
        """All below one message of it."""
        children: dict[str | None, list[str]] = {}
        for child, parent in self.parents.items():
            children.setdefault(parent, []).append(child)
        found: dict[str, None] = {}
        waiting = [number]
        while waiting:
            for child in children.get(waiting.pop(), ()):
                if child not in found and child != number:
                    found[child] = None
                    waiting.append(child)
        return list(found)

    def holds(self, number: str) -> bool:
        return number == self.top or number in self.parents


class Conversations:
    """``refused``: the server shows none to us, and is not asked for more."""

    def __init__(self, server: Server, statuses: Statuses, actor: str) -> None:
        self.refused = False
        self._server, self._statuses, self._actor = server, statuses, actor
        self._above: dict[str, tuple[str | None, str]] = {}  # message -> its parent, and who wrote it
        self._tried: set[str] = set()
        self._trees: OrderedDict[str, Tree] = OrderedDict()

    def met(self, statuses: list[Status]) -> None:
        """Where messages stand in their conversations."""
        if len(self._above) > MOST_REMEMBERED:
            self._above.clear()
        self._above.update({s.number: (s.parent, s.actor) for s in statuses if s.boosted is None})

    def tree(self, number: str) -> Tree:
        """A tree that holds the message: that under the account's first message in the conversation, where this was
        shown whole, else the message's own.

        Raises:
            FetchError: as the client does; BadAnswer where it is not built as documented.
        """
        for tree in self._trees.values():
            if not tree.is_cut and tree.holds(number):
                return tree
        top = self._top(number)
        if top != number and top not in self._tried:
            self._tried.add(top)
            try:
                tree = self._asked(top)
            except (BadStatus, BadAnswer):
                self.refused = False  # the message itself decides
            else:
                if not tree.is_cut and tree.holds(number):
                    return tree
        return self._trees.get(number) or self._asked(number)

    def _top(self, number: str) -> str:
        """The first of the account's messages above this one, as far as is known."""
        top, at, steps = number, number, 0
        while at in self._above and steps < MOST_STEPS_UP:
            parent, author = self._above[at]
            if author == self._actor:
                top = at
            if parent is None:
                break
            at, steps = parent, steps + 1
        return top

    def _asked(self, number: str) -> Tree:
        try:
            context = self._server.one(f"/api/v1/statuses/{number}/context")
        except BadStatus as error:
            self.refused = error.status in UNREAD
            raise
        above, below = context.get("ancestors"), context.get("descendants")
        if not isinstance(above, list) or not isinstance(below, list):
            raise BadAnswer(N_("a conversation at {host} is not built as documented"), host=self._server.host)
        place = f"under {number}"
        higher = [status for value in above if (status := self._statuses.seen(value, place))]
        lower = [status for value in below if (status := self._statuses.seen(value, place))]
        self.met([*higher, *lower])
        for status in higher:
            self._statuses.write(status, hint=True)
        for status in lower:
            self._statuses.write(status)
        tree = Tree(
            number, parents := _parents(below), {s.number: s for s in lower}, self._is_cut(number, below, parents)
        )
        self._trees[number] = tree
        if len(self._trees) > MOST_KEPT:
            self._trees.popitem(last=False)
        return tree

    def _is_cut(self, number: str, below: list[Any], parents: dict[str, str | None]) -> bool:
        if self._server.secret is not None:
            return len(below) >= MOST_BELOW_LOGGED_IN
        return len(below) >= MOST_BELOW or _depth(number, parents) >= DEEPEST


def _parents(below: list[Any]) -> dict[str, str | None]:
    dicts = [value for value in below if isinstance(value, dict)]
    return {number: local_id(value.get("in_reply_to_id")) for value in dicts if (number := local_id(value.get("id")))}


def _depth(top: str, parents: dict[str, str | None]) -> int:
    """How many levels of replies there are under ``top``; a hostile answer may be a ring."""
    depth: dict[str | None, int] = {top: 0}
    for number in parents:
        path: list[str] = []
        at: str | None = number
        while at is not None and at not in depth and at in parents and at not in path:
            path.append(at)
            at = parents[at]
        base = depth.get(at, 0)
        for step, one in enumerate(reversed(path), start=1):
            depth[one] = base + step
    return max(depth.values())
