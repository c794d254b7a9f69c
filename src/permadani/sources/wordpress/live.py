"""A WordPress site read live through its REST API: posts, then comments from old to new, each page kept as it comes.

Lists are read in ascending order, so that what appears meanwhile comes last and shifts nothing. A later run asks for
what changed since (posts), and lists the comments of the last weeks again (what is missing was deleted).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

import msgspec

from permadani.errors import BadStatus
from permadani.sources.http import Client
from permadani.sources.live.base import FetchOptions, Page, State
from permadani.sources.wordpress import ids
from permadani.sources.wordpress.api import Api, Cursor, Item, Listed, number, walk
from permadani.sources.wordpress.elsewhere import services_at
from permadani.sources.wordpress.judged import judge
from permadani.sources.wordpress.kept import DAY, LATE, Kept, bare_row, without
from permadani.sources.wordpress.messages import COMMENT_FIELDS, POST_FIELDS, PRIVATE_FIELDS, Comment, Messages, Post
from permadani.sources.wordpress.people import People, User
from permadani.sources.wordpress.types import types
from permadani.vocabulary import Object, Problem, Record

MOST_GONE = 20
"""More messages of the last weeks than this are not deleted between two runs, unless they are less than half."""
MOST_JUDGED = 300
JUDGED_PAGE = 20
"""Entries on a page where each may be one more request, so that a budget is never too small for one."""
_POSTS = ("posts", "pages")
_STATUSES = {"comments": "approve", "spam": "spam", "trash": "trash", "held": "hold"}
"""Each asked alone: for several at once the API shows nothing, without saying so."""


@dataclass(frozen=True, slots=True)
class Site:
    """What was found out of a site before it is read. ``home``: its address; ``api`` signed in where a login may
    moderate; ``users`` by number; ``elsewhere``: services that keep its comments, as far as the first page told."""

    home: str
    api: Api
    users: dict[int, User]
    title: str
    language: str | None = None
    offset: int = 0
    elsewhere: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    logins: list[Item] = field(default_factory=list)
    """Users with their addresses, where the login may see them."""
    others: dict[int, User] = field(default_factory=dict)
    """The same by number, for authors whom the site does not list."""

    @property
    def name(self) -> str:
        return ids.bare(self.home)


class WordPressDoor:
    """One site. See docs/sources/wordpress.md."""

    source = "wordpress"

    def __init__(self, site: Site, client: Client) -> None:
        self._site, self._client = site, client
        self.place = f"wordpress {site.name}"
        self.title = site.title
        self.who = ids.user(site.name, next(iter(site.users.values())).login) if len(site.users) == 1 else site.home

    def pages(self, state: State | None, options: FetchOptions) -> Iterator[Page]:
        return _Run(self._site, self._client, state, options).pages()


class _Run:
    """One run over one site."""

    def __init__(self, site: Site, client: Client, state: State | None, options: FetchOptions) -> None:
        self._site, self._client, self._now = site, client, options.now
        self._api, self._name = site.api, site.name
        kept = self._kept = _restored(state)
        if kept.since is None:
            kept.since = options.since
        elif kept.back is None and not kept.cursors and options.since < kept.since - DAY:
            kept.back = options.since
        kept.unread = []  # asked for again
        people = self._people = People(self._name, site.home, dict(site.users), site.others)
        for user in kept.unlisted:
            people.author(user)
        self._messages = Messages(self._name, people, site.language, site.offset)
        self._judged, self._unjudged = judge(site.home, site.api.signed_in, client, options)
        self._types: list[str] | None = None
        self._told = set[str]()
        self._newest: Object | None = None
        for service in site.elsewhere:
            if service not in kept.elsewhere:
                kept.elsewhere.append(service)

    def pages(self) -> Iterator[Page]:
        yield self._page([*self._site.problems, *self._unjudged], self._name)
        if self._kept.done:
            yield from self._deleted_posts()
        for route in _POSTS:
            yield from self._lists(route)
        yield self._page(self._look_elsewhere(), "")
        lists = _STATUSES if self._api.signed_in else ("comments",)
        for name in lists:
            yield from self._lists(name)
        yield from self._deleted_comments()
        if self._kept.back is not None:
            for name in (*_POSTS, *lists):
                yield from self._list(name, f"{name} before")
            self._kept.since, self._kept.back = self._kept.back, None
            self._kept.done = {name: done for name, done in self._kept.done.items() if "before" not in name}
        self._kept.forget_old(self._now)
        yield self._page(list(self._kept.claims(self._name, self._api.signed_in)), self._name)

    def _page(self, records: list[Record], reading: str) -> Page:
        return Page(records, msgspec.to_builtins(self._kept), reading)

    # Lists

    def _lists(self, name: str) -> Iterator[Page]:
        """A list up to this moment: first what an earlier run left, then what came since."""
        while name not in self._kept.unread and self._kept.done.get(name, -1) < self._now:
            yield from self._list(name, name)

    def _list(self, name: str, key: str) -> Iterator[Page]:
        kept = self._kept
        if key in kept.done and key != name:
            return
        cursor = kept.cursors.get(key) or self._begin(name, key)
        kept.cursors[key] = cursor
        read = self._read_posts if name in _POSTS else self._read_comments
        try:
            for listed in walk(self._api_for(name), self._route(name), self._parameters(name, cursor), cursor):
                if cursor.modified and any(_unchanged(item, cursor) for item in listed.items):
                    # before 5.7 nothing is known of changes, and all posts are listed: those of the last weeks will do
                    kept.cursors[key] = Cursor(cursor.began, after=(cursor.after or 0) - LATE)
                    yield from self._list(name, key)
                    return
                pages = f"/{listed.pages:,}" if listed.pages else ""
                yield self._page(read(name, key, listed), f"{name} {cursor.page - 1:,}{pages}")
        except BadStatus as error:
            if name in ("posts", "comments"):
                raise
            kept.unread.append(name)
            del kept.cursors[key]
            yield self._page([Problem(reason=f"list_refused:{name}", place=self._api.root, example=error.text())], "")
            return
        del kept.cursors[key]
        if key == "comments" and key not in kept.done and not cursor.read and cursor.total is None and kept.posts:
            cursor.missing += 1  # nothing was shown, and nobody said that there is nothing
        if cursor.has_gap:
            kept.short[key] = kept.short.get(key, 0) + 1
            kept.missing = []  # what such a list does not show is not deleted
            yield self._page([Problem(reason=f"list_ends_early:{name}", place=self._api.root, lost=False)], "")
            if kept.short[key] == 1 and key == name:
                kept.unread.append(name)  # the next run begins it anew; what comes to the same then is how it is
                return
        elif kept.short.get(key) == 1:
            del kept.short[key]
        kept.done[key] = cursor.began
        if key == "comments":
            kept.until = cursor.began
        yield self._page([], "")

    def _begin(self, name: str, key: str) -> Cursor:
        kept = self._kept
        if key != name:
            before = (kept.since or 0) + 1_000_000
            return Cursor(self._now, after=kept.back if kept.back and kept.back > 0 else None, before=before)
        done = kept.done.get(name)
        if done is None:
            return Cursor(self._now, after=kept.since if kept.since and kept.since > 0 else None)
        if name in _POSTS:
            return Cursor(self._now, after=done - DAY, modified=True)
        if name == "comments":
            kept.missing = [int(id) for id, seen in kept.recent.items()
                            if seen.route == "comments" and seen.published > done - LATE]  # fmt: skip
        return Cursor(self._now, after=done - LATE)

    def _api_for(self, name: str) -> Api:
        """Posts are read as everybody sees them: a login would add drafts, and hide what it may not change."""
        return self._api.anonymous() if name in _POSTS else self._api

    @staticmethod
    def _route(name: str) -> str:
        return name if name in _POSTS else "comments"

    def _parameters(self, name: str, cursor: Cursor) -> dict[str, str | int]:
        if name in _POSTS:
            return {"orderby": "modified" if cursor.modified else "id", "order": "asc", "_fields": POST_FIELDS}
        asked: dict[str, str | int] = {"orderby": "date_gmt", "order": "asc", "_fields": COMMENT_FIELDS}
        if self._judged is not None and name == "comments":
            asked["per_page"] = JUDGED_PAGE
        if self._api.signed_in:
            fields = "id,status,post" if name == "held" else f"{COMMENT_FIELDS},{PRIVATE_FIELDS}"
            asked |= {"context": "edit", "status": _STATUSES[name], "_fields": fields}
        return asked

    # Posts

    def _read_posts(self, name: str, key: str, listed: Listed) -> list[Record]:
        known = set(self._kept.posts)
        records: list[Record] = [_odd(name)] * listed.odd
        for item in listed.items:
            post = self._messages.post(item)
            if post.number not in known:
                records += self._article(post, name)
        return records

    def _article(self, post: Post, route: str) -> Iterator[Record]:
        yield from post.problems
        if post.number is None:
            return
        if post.article is None or post.author is None:
            if not any(problem.lost for problem in post.problems):
                self._kept.left_out.append(post.number)
            return
        author = post.author
        yield from self._people.new(author)
        if author.id not in self._kept.authors:
            yield from self._about(author.id)
        for user, known in self._people.users.items():
            if known.login == f"#{user}" and user not in self._kept.unlisted:
                self._kept.unlisted.append(user)
        self._kept.open |= post.open
        self._kept.add_post(post.number, post.article, route, self._now)
        if self._newest is None or post.article.published > self._newest.published:
            self._newest = post.article
        yield post.article

    def _about(self, author: str) -> Iterator[Record]:
        """What the export tells of authors too: the site is theirs, and the hash of their address."""
        yield from self._messages.home(author, self._site.home)
        for item in self._site.logins:
            user = self._people.users.get(number(item.get("id")) or 0)
            if user is not None and ids.user(self._name, user.login) == author:
                yield from self._messages.address(author, item)

    def _deleted_posts(self) -> Iterator[Page]:
        for route in _POSTS:
            seen = [id for id, one in self._kept.recent.items() if one.route == route]
            yield self._page(self._vanished(route, {int(id.removeprefix("post ")): id for id in seen}), "")

    # Comments

    def _read_comments(self, name: str, key: str, listed: Listed) -> list[Record]:
        kept = self._kept
        records: list[Record] = [_odd(name)] * listed.odd
        kept.missing = without(kept.missing, (number(item.get("id")) for item in listed.items))
        if name == "held":
            held = [Problem(reason="held_for_moderation", place=f"comment {item.get('id')}"[:60], lost=False)
                    for item in listed.items]  # fmt: skip
            return [*records, *held]
        found = [self._messages.comment(item) for item in listed.items]
        above = self._above(found)
        records += self._posts_of([*above, *found])
        spoken = {id: item for item in listed.items if (id := number(item.get("id"))) is not None}
        for comment in (*above, *found):
            if str(comment.number) not in kept.recent or name != "comments":
                records += self._said(comment, spoken.get(comment.number or 0))
        numbers = [one.number for one in found if one.number is not None]
        kept.lowest = min(numbers if kept.lowest is None else [kept.lowest, *numbers], default=None)
        times = [one.message.published for one in found if one.message is not None]
        if times != sorted(times):  # then nothing is known of what is still to come
            kept.cursors[key].reached, times = None, []
        kept.cursors[key].reached = times[-1] if times else kept.cursors[key].reached
        if key == "comments" and "comments" not in kept.done and times:
            kept.until = max(times[-1], kept.until or times[-1])
            records += kept.claims(self._name, self._api.signed_in)
        return records

    def _said(self, comment: Comment, item: Item | None) -> Iterator[Record]:
        yield from comment.problems
        message, author = comment.message, comment.author
        if comment.number is None or message is None or author is None or comment.post is None:
            return
        if comment.post in self._kept.left_out:
            yield Problem(reason="on_left_out_post", place=f"comment {comment.number}", lost=False)
            return
        if self._judged is not None and item is not None and comment.number not in self._kept.judged:
            self._kept.judged = [*self._kept.judged[-MOST_JUDGED:], comment.number]
            message, problems = self._judged.message(message, author, item, author.id in self._kept.authors)
            yield from problems
        yield from self._people.new(author)
        yield from comment.cues
        self._kept.add_comment(comment.number, message, comment.post, comment.parent, self._now)
        yield message

    def _above(self, comments: list[Comment]) -> list[Comment]:
        """Comments from before the time that is read, which others answer."""
        shown = {comment.number for comment in comments if comment.number is not None}
        lowest = self._kept.lowest or min(shown, default=0)
        parents = {c.parent for c in comments if c.parent and c.parent < lowest and c.parent not in shown}
        if not parents or not self._kept.since or self._kept.since <= 0:
            return []
        asked = {**self._parameters("comments", Cursor(0)), "include": _list(parents)}
        above = [self._messages.comment(item) for item in self._api.list("comments", asked).items]
        return [comment for comment in above if comment.number in parents]

    def _posts_of(self, comments: Iterable[Comment]) -> list[Record]:
        """The posts that comments stand under, where they are not known: older ones, and those of other types."""
        kept, records = self._kept, list[Record]()
        wanted = without({c.post for c in comments if c.post}, {*kept.posts, *kept.left_out})
        for route in self._routes() if wanted else ():
            asked = {"include": _list(wanted), "_fields": POST_FIELDS}
            try:
                listed = self._api.anonymous().list(route, asked)
            except BadStatus:
                continue
            for item in listed.items:
                if number(item.get("id")) in wanted:
                    records += self._article(self._messages.post(item), route)
            wanted = without(wanted, {*kept.posts, *kept.left_out})
            if not wanted:
                break
        kept.left_out += wanted  # pictures, drafts, and whatever else is not for everybody
        return records

    def _routes(self) -> Iterator[str]:
        yield from _POSTS
        if self._types is None:
            self._types = types(self._api.anonymous())
        yield from self._types

    def _deleted_comments(self) -> Iterator[Page]:
        """What was there in the last weeks and did not come again; asked for by number before it is believed."""
        missing, self._kept.missing = self._kept.missing, []
        yield self._page(self._vanished("comments", {number: str(number) for number in missing}), "")

    def _vanished(self, route: str, keys: dict[int, str]) -> list[Record]:
        """The bare rows of what cannot be found any more. If that is very much, it is rather the server that is out of
        order, or a plugin that hides a list: then nothing is believed."""
        gone = self._gone(route, list(keys))
        young = sum(one.route == route for one in self._kept.recent.values())
        if len(gone) > max(MOST_GONE, young // 2):
            return [Problem(reason="too_many_missing", place=f"{self._api.root}{route}", lost=False)]
        return self._rows(keys[number] for number in gone)

    def _gone(self, route: str, numbers: list[int]) -> list[int]:
        gone: list[int] = []
        for start in range(0, len(numbers), 100):
            some = numbers[start : start + 100]
            listed = self._api.anonymous().list(route, {"include": _list(some), "_fields": "id"})
            gone += without(some, (number(item.get("id")) for item in listed.items))
        return gone

    def _rows(self, keys: Iterable[str]) -> list[Record]:
        gone = ((key, self._kept.recent.pop(key, None)) for key in keys)
        return [bare_row(self._name, key, seen) for key, seen in gone if seen is not None]

    # Other services

    def _look_elsewhere(self) -> list[Record]:
        kept = self._kept
        if self._newest is not None and self._newest.url and kept.looked_at != self._newest.id:
            kept.looked_at = self._newest.id
            for service in services_at(self._newest.url, self._client):
                if service not in kept.elsewhere:
                    kept.elsewhere.append(service)
        return [Problem(reason=f"comments_elsewhere:{name}", place=self._site.home, lost=False)
                for name in kept.elsewhere]  # fmt: skip


def _restored(state: State | None) -> Kept:
    try:
        return msgspec.convert(state, Kept) if state else Kept()
    except msgspec.ValidationError:  # of another version: reading anew changes nothing that is known
        return Kept()


def _unchanged(item: Item, cursor: Cursor) -> bool:
    """Whether a post was last changed well before the time that was asked for."""
    from permadani.sources.reading.clock import iso

    changed = iso(str(item.get("modified_gmt")))
    return changed is not None and cursor.after is not None and changed < cursor.after - DAY


def _odd(name: str) -> Problem:
    return Problem(reason="unexpected_shape", place=name)


def _list(numbers: Iterable[int]) -> str:
    return ",".join(map(str, sorted(numbers)[:100]))
