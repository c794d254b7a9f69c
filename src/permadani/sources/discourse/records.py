"""Posts of a forum become records. A post is known by its topic and its number there: so every reference names it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from permadani.sources.discourse.cooked import Said, of_html, of_markdown
from permadani.sources.discourse.values import string, true, whole
from permadani.sources.reading.clock import iso
from permadani.sources.reading.markup import display_name
from permadani.sources.reading.memory import Memory
from permadani.sources.reading.span import Span
from permadani.vocabulary import (
    Actor,
    Addressed,
    Channel,
    Coverage,
    Direction,
    Like,
    Object,
    Problem,
    Record,
    account,
    message_id,
)

SCHEME = "discourse"
DIRECTIONS: tuple[Direction, Direction] = ("inbound", "outbound")
LONGEST_NAME = 200
_ROBOTS = frozenset({"system", "discobot"})
_READERS = ("allowed_users", "allowed_groups")
PRIVATE = "not_published:private_message"
_NO_POSTS = {3: "not_a_comment:small_action", 4: "not_published:whisper"}


def channel_of(site: str) -> str:
    """Every forum is a channel of its own: who writes in one need not have seen the others."""
    return f"{SCHEME}-{site}"


def post_id(site: str, topic: int, number: int) -> str:
    return message_id(SCHEME, "post", f"{site}/{topic}/{number}")


class Records:
    """The records of one file, each actor once."""

    def __init__(self) -> None:
        self.sites: set[str] = set()
        self.messages = 0
        self._spans: dict[str, Span] = {}
        self._channels: set[str] = set()
        self._seen = Memory[tuple[str, str | None]]()

    def actor(self, site: str, username: str, name: str = "") -> tuple[str, list[Record]]:
        """The account and, where it is new, its record. Names differ in capitals only where somebody typed them so."""
        username = username[:LONGEST_NAME]
        id = account(SCHEME, f"{username.lower()}@{site}")
        shown = display_name(name) if name else None
        if not self._seen.is_new((id, shown)):
            return id, []
        url = (
            f"https://{site}/u/{username}"
            if username.replace("_", "").replace("-", "").replace(".", "").isalnum()
            else None
        )
        news: list[Record] = []
        if site not in self._channels:
            self._channels.add(site)
            news.append(Channel(channel=channel_of(site), audience="group"))
        return id, [*news, Actor(id=id, channel=channel_of(site), handle=username, name=shown, url=url)]

    def post(
        self, post: dict[str, Any], topic: dict[str, Any], site: str, place: str, parent_known: bool = True
    ) -> Iterator[Record]:
        """One post; ``topic`` is what is known of its topic, which may be nothing.

        ``parent_known``: whether a post that names no other is known to speak to the opening one.
        """
        if (reason := _NO_POSTS.get(whole(post, "post_type") or 1)) or (reason := _private(post, topic)):
            yield Problem(reason=reason, place=place, lost=False)
            return
        number, of = whole(post, "post_number"), whole(post, "topic_id")
        of = whole(topic, "id") if of is None else of
        username, published = string(post, "username"), iso(string(post, "created_at"))
        if number is None or number < 1 or of is None or of < 1:
            yield Problem(reason="missing_id", place=place)
            return
        if not username:
            yield Problem(reason="missing_author", place=place)
            return
        if published is None:
            yield Problem(reason="unparsable_time", place=place, example=string(post, "created_at")[:80] or None)
            return
        author, news = self.actor(site, username, string(post, "name", "display_username"))
        yield from news
        robot = (whole(post, "user_id") or 0) < 0 or username.lower() in _ROBOTS
        deleted = true(post, "user_deleted") or true(post, "deleted") or bool(string(post, "deleted_at"))
        hidden = true(post, "hidden") and not deleted
        said = Said() if deleted or hidden else _said(post)
        if hidden:
            yield Problem(reason="words_hidden", place=place, lost=False)
        title = string(topic, "title") or string(post, "topic_title") if number == 1 and not deleted else ""
        yield from self._note(site, published, place)
        yield from self._object(post, said, site, of, number, author, published, title, robot, deleted, parent_known)

    def _object(
        self,
        post: dict[str, Any],
        said: Said,
        site: str,
        topic: int,
        number: int,
        author: str,
        published: int,
        title: str,
        robot: bool,
        deleted: bool,
        parent_known: bool,
    ) -> Iterator[Record]:
        id, opening = post_id(site, topic, number), post_id(site, topic, 1)
        answered = whole(post, "reply_to_post_number")
        parent = post_id(site, topic, answered) if answered and 0 < answered != number else opening
        above = parent if parent_known or parent != opening else None
        cited = (post_id(site, q.topic or topic, q.post) for q in said.quotes if q.post)
        quoted = next((quote for quote in cited if quote not in (id, above)), None)
        title = " ".join(title.split())
        yield Object(
            id=id,
            channel=channel_of(site),
            kind="article" if number == 1 else "comment",
            actor=author,
            published=published,
            in_reply_to=None if number == 1 else above,
            thread=opening,
            quotes=quoted,
            text="\n".join(filter(None, (title, said.text))) or None,
            url=f"https://{site}/t/{topic}/{number}",
            automatic=True if robot else None,
            deleted=True if deleted else None,
        )
        yield from self._spoken_to(post, said, site, id, author)

    def _spoken_to(self, post: dict[str, Any], said: Said, site: str, id: str, author: str) -> Iterator[Record]:
        """The one replied to, then those named and those quoted; each once, never the author."""
        spoken = {author}
        above = post.get("reply_to_user")
        people = [("to", string(above, "username"), string(above, "name"))] if isinstance(above, dict) else []
        people += [("mention", name, "") for name in said.mentions]
        people += [("mention", quote.user, "") for quote in said.quotes if quote.user]
        for kind, username, name in people:
            if not username:
                continue
            actor, news = self.actor(site, username, name)
            if actor not in spoken:
                spoken.add(actor)
                yield from news
                yield Addressed(object=id, actor=actor, kind="to" if kind == "to" else "mention")

    def like(self, action: dict[str, Any], site: str, place: str) -> Iterator[Record]:
        """Who liked what, from a user's activity."""
        topic, number = whole(action, "topic_id"), whole(action, "post_number")
        username = string(action, "acting_username")
        if not topic or not number or topic < 1 or number < 1 or not username:
            yield Problem(reason="missing_id", place=place)
            return
        actor, news = self.actor(site, username, string(action, "acting_name"))
        yield from news
        self.sites.add(site)
        when = iso(string(action, "created_at"))
        yield Like(actor=actor, object=post_id(site, topic, number), published=when)

    def _note(self, site: str, published: int, place: str) -> tuple[Problem, ...]:
        self.sites.add(site)
        self.messages += 1
        if site not in self._spans:
            self._spans[site] = Span(channel_of(site))
        return self._spans[site].add(published, place)

    def coverage(self, basis: str = "topics") -> Iterator[Record]:
        """Topics that somebody saved: nobody can see how many others the forum has."""
        for site, span in sorted(self._spans.items()):
            for direction in DIRECTIONS if span.since is not None else ():
                yield Coverage(
                    actor=None,
                    channel=channel_of(site),
                    direction=direction,
                    since=span.since,
                    until=span.until,
                    completeness="partial",
                    basis=f"Discourse {basis} as collected",
                )

    def span(self, site: str) -> tuple[int, int] | None:
        """From the first to the last post in this forum."""
        return self._spans[site].stretch if site in self._spans else None


def _private(post: dict[str, Any], topic: dict[str, Any]) -> str | None:
    """A topic that names who may read it is private, whatever else it says."""
    for holder in (topic, post):
        kinds = (holder.get("archetype"), holder.get("topic_archetype"))
        details = holder.get("details")
        named = [holder, details] if isinstance(details, dict) else [holder]
        if "private_message" in kinds or any(one.get(key) is not None for one in named for key in _READERS):
            return PRIVATE
    return PRIVATE if true(topic, "pm_with_non_human_user") else None


def _said(post: dict[str, Any]) -> Said:
    if cooked := string(post, "cooked"):
        return of_html(cooked)
    return of_markdown(string(post, "raw"))
