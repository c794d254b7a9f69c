"""What is remembered of a WordPress site between runs, and what may be claimed of it by then."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec

from permadani.sources.wordpress import ids
from permadani.sources.wordpress.api import Cursor
from permadani.vocabulary import Completeness, Coverage, Object, Record

DAY = 86_400_000_000
LATE = 14 * DAY
"""What was published within these days is listed again by the next run: what is missing then was deleted."""
MOST_REMEMBERED = 20_000


class Seen(msgspec.Struct, array_like=True):
    """A message of the last weeks: enough for its bare row, should it be deleted."""

    actor: str
    published: int
    route: str
    post: int = 0
    parent: int = 0


class Kept(msgspec.Struct):
    """The state of one site. Lists are named as they are asked for: posts, pages, comments, spam, …"""

    cursors: dict[str, Cursor] = {}
    """Of lists that were left in the middle."""
    done: dict[str, int] = {}
    """Up to which time lists were read to their end."""
    since: int | None = None
    """Back to here everything is read, or will be once the lists in the middle are finished."""
    back: int | None = None
    """Where a later run wants to begin; what lies between is being read."""
    first: int | None = None
    """When the first article was published."""
    until: int | None = None
    """Up to here all comments are read."""
    authors: list[str] = []
    """Who wrote articles."""
    unlisted: list[int] = []
    """Numbers of authors whom the site does not list as users."""
    posts: list[int] = []
    left_out: list[int] = []
    """Posts that were left out, so that what is under them is too."""
    lowest: int | None = None
    """The lowest number of a comment; those under it were written before ``since``."""
    recent: dict[str, Seen] = {}
    """By the message's number: ``12`` of a comment, ``post 12`` of an article."""
    missing: list[int] = []
    """Comments of the last weeks that the running list did not show yet."""
    judged: list[int] = []
    """Comments that Akismet was asked about last, so that taking up a list does not send them again."""
    comments: int = 0
    open: bool = False
    """Whether comments can be written under any article."""
    elsewhere: list[str] = []
    """Services that keep comments of this site, and cannot be read."""
    looked_at: str | None = None
    """The article whose page was searched for them."""
    unread: list[str] = []
    """Lists that the site refused, or showed less of than it counts."""
    short: dict[str, int] = {}
    """How often in a row a list held less than the site counts; from the second time on this is taken as it is."""

    @property
    def has_gaps(self) -> bool:
        """Whether the site shows fewer posts or comments than it counts."""
        met = [*self.short, *(key for key, cursor in self.cursors.items() if cursor.has_gap)]
        return any(key.partition(" ")[0] in ("posts", "pages", "comments") for key in met)

    def add_post(self, number: int, article: Object, route: str, now: int) -> None:
        self.posts.append(number)
        if article.actor not in self.authors:
            self.authors.append(article.actor)
        self.first = article.published if self.first is None else min(self.first, article.published)
        if article.published >= now - LATE:
            self.recent[f"post {number}"] = Seen(article.actor, article.published, route)

    def add_comment(self, number: int, message: Object, post: int, parent: int | None, now: int) -> None:
        self.comments += not message.deleted and not message.spam
        if message.deleted or message.spam:
            self.recent.pop(str(number), None)
        elif message.published >= now - LATE:
            self.recent[str(number)] = Seen(message.actor, message.published, "comments", post, parent or 0)

    def forget_old(self, now: int) -> None:
        """What is older than the weeks that are listed again need not be remembered, nor all of a huge site."""
        young = {id: seen for id, seen in self.recent.items() if seen.published >= now - LATE}
        for id in sorted(young, key=lambda id: young[id].published)[:-MOST_REMEMBERED]:
            del young[id]
        self.recent = young
        self.posts, self.left_out = self.posts[-MOST_REMEMBERED:], self.left_out[-MOST_REMEMBERED:]

    def claims(self, site: str, signed_in: bool) -> Iterator[Record]:
        """Both directions of everybody who wrote an article, from the first one, or where reading began, on."""
        if self.first is None or self.until is None or self.since is None:
            return
        since = max(self.first, self.since)
        if since >= self.until:
            return
        how = "with a login" if signed_in else "without a login, spam and held comments not seen"
        basis = f"WordPress, read at {site} {how}"
        outbound: Completeness = "partial" if "pages" in self.unread else "complete"
        inbound: Completeness = outbound
        if self.has_gaps:
            outbound = inbound = "partial"
        if self.elsewhere:
            basis = f"{basis}; comments kept by {', '.join(self.elsewhere)} cannot be read"
            outbound, inbound = "partial", "partial" if self.comments else "none"
        elif not self.comments and not self.open:
            basis, inbound = f"{basis}; nobody can comment there", "none"
        for actor in self.authors:
            yield Coverage(
                actor=actor, channel=ids.CHANNEL, direction="inbound", since=since, until=self.until,
                completeness=inbound, basis=basis,
            )  # fmt: skip
            yield Coverage(
                actor=actor, channel=ids.CHANNEL, direction="outbound", since=since, until=self.until,
                completeness=outbound, basis=basis,
            )  # fmt: skip


def bare_row(site: str, key: str, seen: Seen) -> Object:
    """What stays of a message that was deleted."""
    number = key.rpartition(" ")[2]
    if seen.route != "comments":
        id = ids.post(site, number)
        return Object(id=id, channel=ids.CHANNEL, kind="article", actor=seen.actor, published=seen.published,
                      thread=id, deleted=True)  # fmt: skip
    post = ids.post(site, seen.post)
    return Object(
        id=ids.comment(site, number), channel=ids.CHANNEL, kind="comment", actor=seen.actor, published=seen.published,
        in_reply_to=ids.comment(site, seen.parent) if seen.parent else post, thread=post, deleted=True,
    )  # fmt: skip


def without(numbers: Iterable[int], seen: Iterable[int | None]) -> list[int]:
    """Numbers that are not among those seen."""
    found = set(seen)
    return [number for number in numbers if number not in found]
