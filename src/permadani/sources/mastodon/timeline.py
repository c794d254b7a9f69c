"""What an account wrote and what came under it, as one server tells it; ``live/walk.py`` walks through it."""

from __future__ import annotations

from typing import Any

from permadani.errors import BadAnswer, BadStatus
from permadani.sources.activitystreams.profile import channel_of
from permadani.sources.activitystreams.terms import NOTE
from permadani.sources.live.timeline import Conversation, Entry, Stretch, oldest_of
from permadani.sources.mastodon.accounts import Accounts
from permadani.sources.mastodon.conversations import UNREAD, Conversations
from permadani.sources.mastodon.numbers import Numbers
from permadani.sources.mastodon.server import Server, local_id
from permadani.sources.mastodon.statuses import Status, Statuses
from permadani.vocabulary import Actor, Object, Record

PAGE = 40
AT_ONCE = 20
"""So many statuses are asked for by their numbers in one request (since Mastodon 4.3)."""
MOST_STEPS_UP = 3
MISSING = (404, 410)
FEDERATION_BASIS = "Mastodon API, read at {host}: what came from other servers is only what reached this one"


class AccountTimeline:
    """A Timeline (live/timeline.py)."""

    mentions_since: int | None = None

    def __init__(self, server: Server, number: str, actor: str, account: dict[str, Any], now: int,
                 numbers: Numbers, people: object = None) -> None:  # fmt: skip
        """``people``: the accounts that an earlier run met last, as ``accounts.last`` told them."""
        self.actor, self.number, self.channel = actor, number, channel_of(actor, False)
        self.basis = FEDERATION_BASIS.format(host=server.host)
        self.out: list[Record] = []
        self.accounts = Accounts(server.host, now, self.out, people)
        self.statuses = Statuses(self.accounts, self.out, numbers)
        self.accounts.know(number, actor)
        self.accounts.take(account)
        self.accounts.links(account, actor)
        total = account.get("statuses_count")
        self.total = total if type(total) is int and 0 <= total < 2**53 else None
        self.created = next((record.created for record in self.out if isinstance(record, Actor)), None)
        self.numbers = numbers
        self._server = server
        self._in_batches: bool | None = None  # None: not tried yet
        self._conversations = Conversations(server, self.statuses, actor)

    # -- what the account wrote ---------------------------------------------------------------------------------

    def page(self, older: str | None) -> Stretch:
        params: dict[str, str | int | list[str]] = {"limit": PAGE, "exclude_reblogs": "false"}
        if older:
            params["max_id"] = older
        listed, following = self._server.many(f"/api/v1/accounts/{self.number}/statuses", params)
        place = f"after {older}" if older else "newest"
        found = [status for value in listed if (status := self._own(value, place))]
        self._conversations.met(found)
        self.parents(found)
        for status in found:
            self.statuses.write(status)
        entries = [Entry(s.uri, s.published, s.replies) for s in found if s.boosted is None]
        # a message that claims to be older than its author's account says nothing of how far back this page goes
        times = [s.published for s in found if self.created is None or s.published >= self.created]
        return Stretch(self.taken(), entries, oldest_of(times), following, len(found))

    def owns(self, id: str) -> bool:
        return id.startswith(f"{self.actor}/")

    def _own(self, value: Any, place: str) -> Status | None:
        """Some servers list what others did among it: whose it is must be looked at."""
        account = value.get("account") if isinstance(value, dict) else None
        if isinstance(account, dict) and local_id(account.get("id")) not in (self.number, None):
            self.statuses.problem("another_author", value.get("uri"), lost=False, place=place)
            return None
        status = self.statuses.seen(value, place)
        return status if status is not None and status.actor == self.actor else None

    def parents(self, found: list[Status]) -> None:
        """Messages that were replied to and are not known are asked for by their numbers, and written.

        Of what others wrote (a boosted message, a mention) only a parent that the account itself wrote matters.
        """
        fetched: list[Status] = []
        for _ in range(MOST_STEPS_UP):
            wanted = {number: None for status in found if (number := self._unknown_parent(status))}
            if not wanted:
                break
            found = self._by_numbers(list(wanted))
            fetched += found
        self._conversations.met(fetched)
        for parent in fetched:
            self.statuses.write(parent, hint=True)

    def _unknown_parent(self, status: Status) -> str | None:
        inner = status.fields if status.boosted is None else status.boosted
        number, author = local_id(inner.get("in_reply_to_id")), local_id(inner.get("in_reply_to_account_id"))
        own = status.boosted is None and status.actor == self.actor
        return number if (own or author == self.number) and self.numbers.uri(number) is None else None

    def _by_numbers(self, numbers: list[str]) -> list[Status]:
        found: list[Any] = []
        while numbers and self._in_batches is not False:
            try:
                found += self._server.many("/api/v1/statuses", {"id[]": numbers[:AT_ONCE]})[0]
            except (BadStatus, BadAnswer) as error:
                if isinstance(error, BadStatus) and error.status in UNREAD:
                    return []
                self._in_batches = self._in_batches or False  # an older server, or one of another kind
                break
            self._in_batches = True
            numbers = numbers[AT_ONCE:]
        for number in numbers if self._in_batches is False else ():
            try:
                found.append(self._server.one(f"/api/v1/statuses/{number}"))
            except (BadStatus, BadAnswer):
                continue
        seen = (self.statuses.seen(value, "parents") for value in found)
        return [status for status in seen if status is not None]

    # -- what came under it -------------------------------------------------------------------------------------

    def conversation(self, entry: Entry) -> Conversation:
        number = self.numbers.number(entry.id)
        if self._conversations.refused or number is None:
            return Conversation([], missing=max(1, entry.replies or 1))
        tree = self._conversations.tree(number)
        below = tree.under(number)
        statuses = [tree.statuses[one] for one in below if one in tree.statuses]
        replies = {s.uri: (s.actor, s.published) for s in statuses if s.actor != self.actor}
        shown = sum(tree.parents[one] == number for one in below)
        # all the replies that the server counts should be there: others are hidden, or their authors are
        return Conversation(self.taken(), replies, max(int(tree.is_cut), (entry.replies or 0) - shown))

    # -- what was deleted ---------------------------------------------------------------------------------------

    def gone(self, messages: dict[str, tuple[str, int]]) -> list[Record]:
        deleted: list[Record] = []
        for uri, (actor, published) in messages.items():
            number = self.numbers.number(uri)
            if number is not None and self._is_missing(number):
                channel = channel_of(actor, False)
                deleted.append(
                    Object(id=uri, channel=channel, kind=NOTE, actor=actor, published=published, deleted=True)
                )
        return deleted

    def _is_missing(self, number: str) -> bool:
        try:
            self._server.one(f"/api/v1/statuses/{number}")
        except BadStatus as error:
            return error.status in MISSING
        except BadAnswer:
            return False
        return False

    def rest(self) -> list[Record]:
        return self.taken()

    def taken(self) -> list[Record]:
        """What was gathered since the last time."""
        records = list(self.out)
        self.out.clear()
        return records
