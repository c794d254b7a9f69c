"""Discourse forums: topics as anybody can save them (``/t/NUMBER.json``), lists of posts, and a member's own export."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from permadani.errors import UnexpectedEnd, Unreadable
from permadani.language import N_
from permadani.sources.base import ReadOptions
from permadani.sources.discourse import archive
from permadani.sources.discourse.detect import is_discourse
from permadani.sources.discourse.records import Records
from permadani.sources.discourse.site import folder_site, site_of
from permadani.sources.discourse.torn import torn_posts
from permadani.sources.discourse.values import objects, whole
from permadani.sources.reading.files import InputFile
from permadani.sources.reading.jsonhead import json_text
from permadani.sources.reading.jsonrecords import values
from permadani.vocabulary import Problem, Record

_LIKES, _WRITTEN, _PRIVATE = (1, 2), (4, 5, 6, 7, 9), (12, 13)
"""``action_type`` of a user's activity: likes given and received, posts, private messages."""
_ACTIONS = {3: "bookmark", 11: "edit", 15: "solved", 16: "assigned", 17: "linked"}


class Discourse:
    """See docs/sources/discourse.md."""

    name = "discourse"
    companions = archive.COMPANIONS

    def recognises(self, file: InputFile) -> bool:
        try:
            return is_discourse(json_text(file.head)) or archive.table_of(file) is not None
        except Exception:  # the contract: never raise; a damaged file is named by whoever reads it
            return False

    def read(self, file: InputFile, options: ReadOptions) -> Iterator[Record]:
        """Records of every post, then a partial coverage of their span.

        Raises:
            UnexpectedEnd: the file stops; the posts before were yielded.
            Unreadable: it cannot be told which forum, or whose archive, it is.
            TooLarge: a topic has more than 64 MB.
        """
        if archive.table_of(file) is not None:
            return archive.read(file, options)
        return _Reading(file).records()


class _Reading:
    """One pass over one file of JSON."""

    def __init__(self, file: InputFile) -> None:
        self._file = file
        self._folder = folder_site(file)
        self._records = Records()
        self._homeless = 0
        self._passed_over = False

    def records(self) -> Iterator[Record]:
        cut: UnexpectedEnd | None = None
        try:
            for place, value, reason in values(self._file):
                if reason is not None:
                    yield Problem(reason=reason, place=place, example=value)
                else:
                    yield from self._value(value, place)
        except UnexpectedEnd as error:
            cut = error
            if not self._records.messages:
                for number, post in enumerate(torn_posts(self._file), start=1):
                    yield from self._post(post, {}, f"post {number}", self._site(post))
        if self._homeless and not self._records.messages:
            raise Unreadable(
                N_("it does not tell which forum it is of, and two forums use the same numbers"),
                hint=N_("Put it into a folder named like the forum: forum.example.org"),
            )
        yield from self._records.coverage()
        if cut is not None:
            raise cut
        if not self._records.messages and not self._records.sites and self._passed_over:
            yield Problem(reason="no_messages", lost=False)

    def _value(self, value: Any, place: str) -> Iterator[Record]:
        if not isinstance(value, dict):
            yield Problem(reason="unexpected_shape", place=place)
            return
        topic = value
        if "post_stream" not in value and isinstance(inner := value.get("topic"), dict) and "post_stream" in inner:
            topic = inner
        if "post_stream" in topic:
            yield from self._topic(topic, place)
        elif (found := objects(value, "latest_posts")) is not None:
            yield from self._posts(found, place)
        elif objects(value, "private_posts") is not None:
            yield Problem(reason="private_messages", place=place, lost=False)
        elif (found := objects(value, "user_actions")) is not None:
            yield from self._activity(found, place)
        elif "post_number" in value:
            yield from self._post(value, {}, place, self._site(value))
        elif "topic_list" in value:
            self._passed_over = True
        elif "errors" in value:
            yield Problem(reason="api_error", place=place)
        else:
            yield Problem(reason="unexpected_shape", place=place)

    def _site(self, *holders: Any) -> str | None:
        return site_of(*holders) or self._folder

    def _topic(self, topic: dict[str, Any], place: str) -> Iterator[Record]:
        stream = topic.get("post_stream")
        posts = objects(stream, "posts")
        if posts is None:
            yield Problem(reason="unexpected_shape", place=place)
            return
        site = self._site(topic)
        for number, post in enumerate(posts, start=1):
            yield from self._post(post, topic, f"{place}, post {number}", site)
        listed = objects(stream, "stream")
        if listed is not None and len(listed) > len(posts):  # the rest comes in pages: /t/ID/posts.json
            missing = f"{len(listed) - len(posts):,} of {len(listed):,}"
            yield Problem(reason="posts_not_loaded", place=place, example=missing, lost=False)
        self._passed_over |= not posts

    def _posts(self, posts: list[Any], place: str) -> Iterator[Record]:
        site = self._site({"users": posts})
        for number, post in enumerate(posts, start=1):
            yield from self._post(post, {}, f"{place}, post {number}", site)
        self._passed_over |= not posts

    def _post(self, post: Any, topic: dict[str, Any], place: str, site: str | None) -> Iterator[Record]:
        if not isinstance(post, dict):
            yield Problem(reason="unexpected_shape", place=place)
        elif site is None:
            self._homeless += 1
            yield Problem(reason="forum_unknown", place=place)
        else:
            yield from self._records.post(post, topic, site, place)

    def _activity(self, actions: list[Any], place: str) -> Iterator[Record]:
        """A user's doings: their excerpts are no whole texts, so only who wrote when, to what, is taken."""
        site = self._site({"users": actions})
        for number, action in enumerate(actions, start=1):
            where = f"{place}, action {number}"
            kind = whole(action, "action_type") if isinstance(action, dict) else None
            if kind is None:
                yield Problem(reason="unexpected_shape", place=where)
            elif kind in _WRITTEN:
                bare = {key: action.get(key) for key in action if key not in ("cooked", "raw", "excerpt")}
                yield from self._post(bare, {}, where, site)
            elif kind in _LIKES and site is not None:
                yield from self._records.like(action, site, where)
            elif kind in _LIKES:
                self._homeless += 1
                yield Problem(reason="forum_unknown", place=where)
            elif kind in _PRIVATE:
                yield Problem(reason="not_published:private_message", place=where, lost=False)
            else:
                yield Problem(reason=f"not_a_comment:{_ACTIONS.get(kind, 'action')}", place=where, lost=False)
        self._passed_over |= not actions
