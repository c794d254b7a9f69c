"""Who wrote on a WordPress site: its authors are accounts, everybody else is a name, as in its export."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec

from permadani.sources.reading.markup import display_name
from permadani.sources.reading.memory import Memory
from permadani.sources.wordpress import ids
from permadani.sources.wordpress.api import Item, number, words
from permadani.vocabulary import Actor

LONGEST_LOGIN = 100


class User(msgspec.Struct):
    """``login``: as it is shown in ids; ``#7`` where only the number of the account is known."""

    login: str
    name: str | None = None


def user_of(item: Item) -> tuple[int, User] | None:
    """A user as the API lists one: with the login where one may see it, else with its form in addresses (``slug``)."""
    id = number(item.get("id"))
    login = " ".join((words(item.get("username")) or words(item.get("slug"))).split())[:LONGEST_LOGIN]
    if not id or not login:
        return None
    return id, User(ids.shown(login, str(id)), display_name(words(item.get("name"))))


class People:
    """Makes actors of the numbers and names of one site, each once.

    ``users``: the authors, by the number of the account; ``others``: whom a login may see besides."""

    def __init__(self, site: str, home: str, users: dict[int, User], others: dict[int, User]) -> None:
        self._site, self._home = site, home
        self.users, self._others = users, others
        self._seen = Memory[tuple[str, str | None]]()

    def learn(self, items: Iterable[Item]) -> None:
        """Users from a list of them."""
        self.users.update(found for item in items if (found := user_of(item)) is not None)

    def author(self, user: int) -> Actor:
        """Who wrote an article. Where the site lists no users, the account's number has to do."""
        known = self.users.setdefault(user, self._others.get(user) or User(f"#{user}"))
        named = not known.login.startswith("#")
        return Actor(
            id=ids.user(self._site, known.login), channel=ids.CHANNEL, name=known.name, url=self._home or None,
            handle=known.login if named else None,
        )  # fmt: skip

    def commenter(self, user: int | None, name: str | None, message: int) -> Actor:
        """Who wrote a comment: one of the authors, or somebody by the name they signed with. Registered readers count
        as names too: without a login nobody is told which account is theirs, and exports do not tell it either."""
        if user and user in self.users:
            known = self.users[user]
            if known.login.startswith("#") and known.name is None:
                known.name = name
            return self.author(user)
        return Actor(id=ids.signed(self._site, name, str(message)), channel=ids.CHANNEL, name=name)

    def new(self, actor: Actor) -> Iterator[Actor]:
        if self._seen.is_new((actor.id, actor.name)):
            yield actor
