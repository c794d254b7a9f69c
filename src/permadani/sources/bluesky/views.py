"""What the API of Bluesky shows of posts and accounts ("views") to records.

A view holds the record itself, so most of it is told in ``records``; here are who wrote it, when the server took it
in, and what is nested in it: quoted posts, the posts above and below.
"""

from __future__ import annotations

from typing import Any

from permadani.sources.bluesky.profiles import profile_view
from permadani.sources.bluesky.records import Records
from permadani.sources.bluesky.uris import did_of, items, mapping, reference, words
from permadani.sources.reading.clock import iso
from permadani.sources.reading.memory import Memory
from permadani.vocabulary import Announce, Follow, Like


class Views:
    """Adds views to the records of one file; what comes again inside others is added once."""

    def __init__(self, records: Records) -> None:
        self._records = records
        self._seen = Memory[str]()
        self._told = Memory[tuple[Any, ...]]()

    def add(self, view: Any) -> None:
        """A post, an entry of a feed or a thread with all that is in it, a notification, or a record with its uri."""
        waiting: list[tuple[Any, bool]] = [(view, False)]
        while waiting:
            one, nested = waiting.pop()
            if not isinstance(one, dict):
                self._records.problem("unreadable_record", one)
                continue
            kind = words(one, "$type") or ""
            value = mapping(one, "value")
            if one.get("notFound") is True or one.get("blocked") is True or one.get("detached") is True or (
                "threadItem" in (words(value, "$type") or "") and "post" not in value
            ):  # fmt: skip
                self._records.problem("unavailable_upstream", one.get("uri"), lost=False)
            elif isinstance(one.get("post"), dict):
                waiting += reversed(self._around(one, nested))
            elif isinstance(value.get("post"), dict):  # an item of a thread, version 2
                if value.get("hiddenByThreadgate") is True:
                    self._records.problem("hidden_reply", one.get("uri"), lost=False)
                waiting.append((value["post"], nested))
            elif "record" in one or "value" in one:
                waiting += reversed(self._record(one, nested))
            elif kind or "uri" in one:
                self._records.problem("other_record", kind or one.get("uri"), lost=False)
            else:
                self._records.problem("unreadable_record", one)

    def _around(self, one: dict[str, Any], nested: bool) -> list[tuple[Any, bool]]:
        """An entry of a feed (``reply``, ``reason``) or of a thread (``parent``, ``replies``): the posts in it."""
        reason, post = mapping(one, "reason"), one["post"]
        if "by" in reason:
            self._reshared(reason, post)
        reply = mapping(one, "reply")
        above = [reply[part] for part in ("root", "parent") if part in reply]
        if isinstance(one.get("parent"), dict):
            above.append(one["parent"])
        # under a reshare stands what somebody else wrote, perhaps long ago
        return [(post, nested or "by" in reason), *((view, True) for view in above),
                *((view, nested) for view in items(one, "replies"))]  # fmt: skip

    def _reshared(self, reason: dict[str, Any], post: dict[str, Any]) -> None:
        by, target = self.profile(reason["by"]), reference(post.get("uri"))
        if by is None or target is None:
            self._records.problem("unreadable_record", post.get("uri"))
            return
        own = reference(reason.get("uri"))
        moment = self._records.reshared(reason.get("indexedAt"), own.key if own else None)
        if moment is not None:
            self._records.acts += 1
            self._records.out.append(Announce(actor=by, object=target.uri, published=moment))

    def _record(self, one: dict[str, Any], nested: bool) -> list[tuple[Any, bool]]:
        """A record with its address; the posts that it quotes, where they are shown."""
        records, place = self._records, reference(one.get("uri"))
        writer = did_of(mapping(one, "author").get("did"))
        if place is None:
            records.problem("missing_id", words(mapping(one, "record"), "text"))
            return []
        author = place.did or writer
        if author is None:
            records.problem("missing_author", place.uri)
            return []
        if writer is not None:
            self.profile(one["author"])
        if self._seen.is_new(place.uri) or not nested:
            seen = words(one, "indexedAt")
            record = one.get("record", one.get("value"))
            records.add(author, place.collection, place.key, record, seen=iso(seen) if seen else None, nested=nested)
        return [(quoted, True) for embed in (one.get("embed"), *items(one, "embeds")) for quoted in _shown(embed)]

    def profile(self, view: Any) -> str | None:
        """The id of the account that a view shows; its records where it says something new."""
        did = did_of(view.get("did")) if isinstance(view, dict) else None
        if did is None:
            return None
        followers = view.get("followersCount")
        told = (did, *(words(view, key) for key in ("handle", "displayName", "description")),
                followers if isinstance(followers, int) else None)  # fmt: skip
        if self._told.is_new(told):
            self._records.known(did)
            self._records.out += profile_view(view)
        return did

    def follows(self, page: dict[str, Any]) -> None:
        """``subject`` and those who follow it, or whom it follows."""
        subject = self.profile(page.get("subject"))
        for key in ("followers", "follows"):
            for view in items(page, key):
                other = self.profile(view)
                if subject is None or other is None:
                    self._records.problem("unreadable_record", view)
                    continue
                one, two = (other, subject) if key == "followers" else (subject, other)
                self._records.acts += 1
                self._records.out.append(Follow(actor=one, object=two))

    def likes(self, page: dict[str, Any]) -> None:
        """``uri`` and who likes it, or reshared it (of which the API tells no time)."""
        target = reference(page.get("uri"))
        for like in items(page, "likes"):
            actor = self.profile(mapping(like, "actor"))
            if actor is None or target is None:
                self._records.problem("unreadable_record", like)
                continue
            published = self._records.moment(
                like.get("createdAt"), None, iso(words(like, "indexedAt") or ""), needed=False
            )
            self._records.acts += 1
            self._records.out.append(Like(actor=actor, object=target.uri, published=published))
        for view in items(page, "repostedBy"):
            self.profile(view)
            self._records.problem("time_not_told", page.get("uri"), lost=False)


def _shown(embed: Any) -> list[Any]:
    """The posts that an embed shows: the record in it, or in the part of it beside pictures."""
    shown = mapping(embed, "record")
    if isinstance(shown.get("record"), dict) and "uri" not in shown:
        shown = shown["record"]
    kind = words(shown, "$type") or ""
    return [shown] if kind.startswith("app.bsky.embed.record#view") else []
