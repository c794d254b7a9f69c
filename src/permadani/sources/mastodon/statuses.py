"""Statuses as a server describes them, to records. What only some may read is left out and counted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from permadani.sources.activitystreams.message import text_of
from permadani.sources.activitystreams.profile import channel_of
from permadani.sources.activitystreams.shapes import Node, client, language, nodes, string, time, web
from permadani.sources.activitystreams.terms import NOTE
from permadani.sources.mastodon.accounts import Accounts, is_program
from permadani.sources.mastodon.numbers import Numbers
from permadani.sources.mastodon.server import local_id
from permadani.sources.reading.markup import plain
from permadani.vocabulary import Addressed, Announce, Object, Problem, Record

OPEN = (None, "public", "unlisted", "local")
"""Who may read it: everybody. (``local`` is Pleroma's: everybody on its own server, which shows it to the world.)"""
LONGEST_EXAMPLE = 120
MOST_COUNTED = 10**9


@dataclass(frozen=True, slots=True)
class Status:
    """A status that can be read. ``number``: the server's own; ``uri``: the world's."""

    number: str
    uri: str
    actor: str
    published: int
    fields: Node

    @property
    def parent(self) -> str | None:
        return local_id(self.fields.get("in_reply_to_id"))

    @property
    def parents_author(self) -> str | None:
        return local_id(self.fields.get("in_reply_to_account_id"))

    @property
    def boosted(self) -> Node | None:
        inner = self.fields.get("reblog")
        return inner if isinstance(inner, dict) else None

    @property
    def replies(self) -> int | None:
        count = self.fields.get("replies_count")
        return count if type(count) is int and 0 <= count < MOST_COUNTED else None


class Statuses:
    """Reads statuses in two steps, since a parent is named by the server's number only: first all of an answer are
    seen, then each is written. ``private_of``: whose followers-only messages are kept, as the reader is that account.
    """

    def __init__(self, accounts: Accounts, out: list[Record], numbers: Numbers) -> None:
        self.numbers = numbers
        self.private_of: str | None = None
        self._accounts, self._out = accounts, out
        self._written: set[tuple[str, str | None]] = set()

    def problem(self, reason: str, example: object = None, *, lost: bool = True, place: str | None = None) -> None:
        text = example[:LONGEST_EXAMPLE] if isinstance(example, str) else None
        self._out.append(Problem(reason=reason, place=place, example=text, lost=lost))

    def seen(self, value: Any, place: str) -> Status | None:
        """What can be read of one; None where it cannot, which is counted."""
        if not isinstance(value, dict):
            self.problem("not_a_post", place=place)
            return None
        number, uri = local_id(value.get("id")), web(value.get("uri"))
        if number is None or uri is None:
            self.problem("missing_id", value.get("url"), place=place)
            return None
        self.numbers.know(number, uri)
        if not self._may_be_read(value):
            return None
        actor, published = self._accounts.take(value.get("account"), uri), time(value.get("created_at"))
        if actor is None:
            self.problem("missing_author", uri, place=place)
            return None
        if published is None:
            self.problem("unparsable_time", uri, place=place)
            return None
        return Status(number, uri, actor, published, value)

    def _may_be_read(self, value: Node) -> bool:
        who = value.get("visibility")
        if who in OPEN:
            return True
        account = value.get("account")
        number = local_id(account.get("id")) if isinstance(account, dict) else None
        if who == "private" and number is not None and number == self.private_of:
            return True
        self.problem("direct_message" if who == "direct" else "followers_only", lost=False)
        return False

    def write(self, status: Status, *, hint: bool = False) -> None:
        """Its records. ``hint``: it came along with something else, so that an unknown parent is no problem."""
        if status.boosted is not None:
            self._boost(status, status.boosted)
            return
        parent = self.numbers.uri(status.parent)
        if (status.uri, parent) in self._written:
            return
        self._written.add((status.uri, parent))
        fields, content = status.fields, string(status.fields.get("content"))
        text = text_of({"summary": fields.get("spoiler_text")}, NOTE, plain(content) if content else None)
        self._out.append(
            Object(
                id=status.uri,
                channel=channel_of(status.actor, False),
                kind=NOTE,
                actor=status.actor,
                published=status.published,
                in_reply_to=parent,
                quotes=self._quoted(fields),
                text=text,
                language=language(fields.get("language")),
                client=client({"generator": fields.get("application")}),
                url=web(fields.get("url")),
                automatic=True if is_program(fields.get("account")) else None,
            )
        )
        if parent is None and (status.parent or status.parents_author) and not hint:
            self.problem("reply_without_parent", status.uri, lost=False)
        self._addressed(status)

    def _boost(self, status: Status, inner: Node) -> None:
        uri = web(inner.get("uri"))
        if uri is None:
            self.problem("reshare_without_original", status.uri)
            return
        self._out.append(Announce(actor=status.actor, object=uri, published=status.published))
        original = self.seen(inner, status.uri)
        if original is not None and original.boosted is None:
            self.write(original, hint=True)

    def _addressed(self, status: Status) -> None:
        """The author of the parent, then everybody named; nobody twice, never the author. As in an archive."""
        spoken = {status.actor}
        to = self._accounts.by_number(status.parents_author)
        if to is None and status.parents_author:
            named = (m for m in nodes(status.fields.get("mentions")) if local_id(m.get("id")) == status.parents_author)
            to = next((uri for mention in named if (uri := self._accounts.mentioned(mention))), None)
        if to and to not in spoken:
            spoken.add(to)
            self._out.append(Addressed(object=status.uri, actor=to, kind="to"))
        for mention in nodes(status.fields.get("mentions")):
            actor = self._accounts.mentioned(mention)
            if actor is None:
                self.problem("mention_without_id", mention.get("acct"), lost=False)
            elif actor not in spoken:
                spoken.add(actor)
                self._out.append(Addressed(object=status.uri, actor=actor, kind="mention"))

    def _quoted(self, fields: Node) -> str | None:
        """What it quotes: told in full, by number, or in the ways of Pleroma and of forks; only where it is allowed."""
        quote, pleroma = fields.get("quote"), fields.get("pleroma")
        if isinstance(quote, dict):
            if quote.get("state", "accepted") != "accepted":
                return None
            inner = quote.get("quoted_status")
            number = local_id(quote.get("quoted_status_id"))
            told = web(inner.get("uri")) if isinstance(inner, dict) else web(quote.get("uri"))
            return told or self.numbers.uri(number)
        return web(pleroma.get("quote_url")) if isinstance(pleroma, dict) else None
