"""From activities and objects to records: what is remembered while one file is read."""

from __future__ import annotations

from typing import Any

from permadani.sources.activitystreams import profile
from permadani.sources.activitystreams.audience import is_direct
from permadani.sources.activitystreams.memory import REMEMBERED, Memory
from permadani.sources.activitystreams.message import quoted, text_of
from permadani.sources.activitystreams.shapes import (
    Node,
    client,
    either,
    identifier,
    is_version_1,
    many,
    nodes,
    string,
    time,
    type_of,
    web,
    words,
)  # fmt: skip
from permadani.sources.activitystreams.terms import ACTIVITIES, COLLECTIONS, KINDS, PEOPLE, UNDONE
from permadani.vocabulary import Actor, Addressed, Announce, Follow, Like, Object

CHAT = "ChatMessage"
"""Pleroma's type for what only two people read."""
DEEPEST = 4
"""Embedded messages (originals, parents, replies) are followed so far."""


class Reading(Memory):
    """One activity, object or profile after the other."""

    def take(self, node: Any, place: str) -> None:
        """One entry: an activity, an object, a profile, or a page of these."""
        self.place = place
        waiting = [(node, 0)]
        while waiting:
            value, depth = waiting.pop()
            if not isinstance(value, dict):
                if identifier(value) is not None:
                    self.problem("only_an_address", value, lost=False)
                else:
                    self.problem("not_an_activity", value)
                continue
            if depth == 0:
                self._old = is_version_1(value)
            kind = type_of(value)
            if kind in COLLECTIONS or (kind is None and ("orderedItems" in value or "items" in value)):
                pages: list[Any] = nodes(value.get("first"))
                parts = [*pages, *_all(value.get("orderedItems")), *_all(value.get("items"))]
                waiting += [(part, depth) for part in reversed(parts)]
            elif depth < DEEPEST:
                waiting += [(inner, depth + 1) for inner in reversed(self._entry(value, kind, depth))]

    # -- one entry ----------------------------------------------------------------------------------------------

    def _entry(self, node: Node, kind: str | None, depth: int) -> list[Node]:
        """Records of one node; returns the messages that are embedded in it."""
        if kind in PEOPLE:
            self.profile(node)
            return []
        if kind == "Tombstone":
            self._tombstone(node, {}, depth)
            return []
        if kind in ACTIVITIES or (kind not in KINDS and "object" in node):
            return self._activity(node, kind, depth)
        return self._message(node, {}, kind, depth)

    def _activity(self, node: Node, kind: str | None, depth: int) -> list[Node]:
        if depth == 0:
            self.activities += 1
        if kind in ("Create", "Update"):
            return self._written_object(node, kind, depth)
        if kind == "Announce":
            return self._announce(node, depth)
        if kind in ("Like", "EmojiReact"):
            self._towards("Like", node, depth)
        elif kind == "Follow":
            self._towards("Follow", node, depth)
        elif kind == "Accept" and (asked := next(iter(nodes(node.get("object"))), None)) and type_of(asked) == "Follow":
            self._towards("Follow", asked, depth)  # whoever accepts a request to follow is followed
        elif kind == "Undo":
            self._undo(node)
        elif kind == "Delete":
            for part in many(node.get("object")):
                self._tombstone(part if isinstance(part, dict) else {"id": part}, node, depth)
        else:
            self.problem("other_activity", kind, lost=False)
        return []

    def _written_object(self, node: Node, kind: str, depth: int) -> list[Node]:
        found: list[Node] = []
        parts = many(node.get("object"))
        if not parts:
            self.problem("no_object", node.get("id"))
        for part in parts:
            if not isinstance(part, dict):
                self.problem("only_an_address", part)
                continue
            inner = type_of(part)
            if inner in PEOPLE:
                self.profile(part)
            elif inner == "Tombstone":
                self._tombstone(part, node, depth)
            else:
                outer = {k: v for k, v in node.items() if k != "published"} if kind == "Update" else node
                found += self._message(part, outer, inner, depth)
        return found

    # -- messages -----------------------------------------------------------------------------------------------

    def _message(self, node: Node, outer: Node, kind: str | None, depth: int) -> list[Node]:
        sort = KINDS.get(kind or "")
        if kind is None and either(node, "content", "contentMap") is not None:
            sort = "note"
        if kind == CHAT or (sort is not None and is_direct(node, outer)):
            self.problem("direct_message", lost=False)
            return []
        if sort is None:
            self.problem("other_object", kind, lost=kind is None and depth == 0)
            return []
        if "content" not in node and string(node.get("name")) and node.get("inReplyTo") and kind == "Note":
            self.problem("poll_vote", lost=False)
            return []
        address = web(node.get("url")) or web(node.get("urls"))
        id = identifier(node)
        actor = self._author(node, outer, id)
        published = time(node.get("published"))
        if published is None and node.get("published") is None:
            published = time(outer.get("published"))
        lost = depth == 0  # what is embedded may be a mere hint at a message
        if id is None:
            self.problem("missing_id", kind, lost=lost)
        elif actor is None:
            self.problem("missing_author", id, lost=lost)
        elif published is None:
            self.problem("unparsable_time", id, lost=lost)
        else:
            self._write(node, outer, sort, (id, actor, published, address), depth)
        return _embedded(node)

    def _write(self, node: Node, outer: Node, sort: str, who: tuple[str, str, int, str | None], depth: int) -> None:
        id, actor, published, address = who
        deleted = id in self._deleted
        channel = profile.channel_of(actor, self._old)
        self._remember(id, sort, actor, published)
        if depth == 0:
            self._seen(actor, channel, published)
        known = self._actors.get(actor)
        if (known is None or known.handle is None) and (page := profile.page_of(actor, address)):
            self._actor(Actor(id=actor, channel=channel, handle=page[0], url=page[1]))
        if deleted:
            self.out.append(Object(id=id, channel=channel, kind=sort, actor=actor, published=published, deleted=True))
            return
        content, tongue = words(node)
        parent = next((uri for part in many(node.get("inReplyTo")) if (uri := identifier(part))), None)
        self.out.append(
            Object(
                id=id,
                channel=channel,
                kind=sort,
                actor=actor,
                published=published,
                in_reply_to=parent,
                quotes=quoted(node, self._old),
                text=text_of(node, sort, content),
                language=tongue,
                client=client(node) or client(outer),
                url=address,
                automatic=True if actor in self._programs else None,
            )
        )
        self._addressed(node, id, actor, parent)

    def _addressed(self, node: Node, id: str, author: str, parent: str | None) -> None:
        """The author of the parent, where known, then everybody named; nobody twice, never the author."""
        spoken = {author}
        holder = next((part for part in nodes(node.get("inReplyTo")) if identifier(part) == parent), None)
        to = profile.author_in(parent)
        if holder is not None:
            writer = next(iter(many(either(holder, "attributedTo", "author"))), None)
            to = identifier(writer) or to
            if isinstance(writer, dict) and to:
                self._actor(profile.actor_of(writer, to, self._old))
        if to and to not in spoken:
            spoken.add(to)
            self.out.append(Addressed(object=id, actor=to, kind="to"))
        for tag in nodes(either(node, "tag", "tags")):
            if type_of(tag) not in ("Mention", "Person"):
                continue
            actor = identifier(tag.get("href")) or identifier(tag)
            if actor is None:
                self.problem("mention_without_id", tag.get("name"), lost=False)
                continue
            if actor != author:
                self._actor(profile.mentioned(tag, actor, self._old))
            if actor not in spoken:
                spoken.add(actor)
                self.out.append(Addressed(object=id, actor=actor, kind="mention"))

    def _tombstone(self, node: Node, outer: Node, depth: int) -> None:
        """A deleted message: the bare row, where it is known who wrote it and when."""
        id = identifier(node)
        if id is None:
            self.problem("missing_id", "Tombstone", lost=False)
            return
        if len(self._deleted) >= REMEMBERED:
            self._deleted.clear()
        self._deleted.add(id)
        known = self._written.get(id)
        if known is None:
            sort = KINDS.get(string(node.get("formerType")) or "", "note")
            actor, published = self._author(node, outer, id), time(node.get("published"))
            if actor is None or published is None:
                self.problem("deleted_upstream", id, lost=False)
                return
            known = sort, actor, published
        sort, actor, published = known
        channel = profile.channel_of(actor, self._old)
        if depth == 0:
            self._seen(actor, channel, published)
        self.out.append(Object(id=id, channel=channel, kind=sort, actor=actor, published=published, deleted=True))

    # -- activities towards something ---------------------------------------------------------------------------

    def _announce(self, node: Node, depth: int) -> list[Node]:
        parts = many(node.get("object"))
        relayed = [part for part in nodes(parts) if type_of(part) in ACTIVITIES]
        if relayed:  # a community hands on what its members did: no reshare
            return relayed
        actor, published = self._doer(node), time(node.get("published"))
        originals = [uri for part in parts if (uri := identifier(part))]
        if actor is None:
            self.problem("missing_author", node.get("id") or "Announce", lost=depth == 0)
        elif not originals:
            self.problem("no_object", node.get("id") or "Announce", lost=depth == 0)
        elif published is None:
            self.problem("unparsable_time", node.get("id") or "Announce", lost=depth == 0)
        else:
            if depth == 0:
                self._seen(actor, profile.channel_of(actor, self._old), published)
            for original in originals:
                if self._is_undone(node, "Announce", actor, original, published):
                    self.problem("undone", "Announce", lost=False)
                else:
                    self.out.append(Announce(actor=actor, object=original, published=published))
        return [part for part in nodes(parts) if type_of(part) in KINDS and _is_whole(part)]

    def _towards(self, kind: str, node: Node, depth: int) -> None:
        """A like or a follow of every object of an activity."""
        actor, published = self._doer(node), time(node.get("published"))
        parts = many(node.get("object"))
        objects = [uri for part in parts if (uri := identifier(part))]
        if actor is None:
            self.problem("missing_author", kind, lost=depth == 0)
            return
        if not objects:
            self.problem("no_object", kind, lost=depth == 0)
        for object in objects:
            if self._is_undone(node, kind, actor, object, published):
                self.problem("undone", kind, lost=False)
            elif kind == "Like":
                self.out.append(Like(actor=actor, object=object, published=published))
            else:
                self.out.append(Follow(actor=actor, object=object))

    def _undo(self, node: Node) -> None:
        """Outboxes begin with the newest: what is undone comes later in them, and is then left out."""
        when = time(node.get("published"))
        if len(self._undone) >= REMEMBERED:
            self._undone.clear()
        kind = UNDONE.get(string(node.get("verb")) or "")
        for part in many(node.get("object")):
            target = identifier(part)
            if kind is not None:
                self._undone[kind, self._name(node.get("actor")), target] = when
            elif isinstance(part, dict) and (inner := type_of(part)) in ("Like", "EmojiReact", "Follow", "Announce"):
                actor = self._name(part.get("actor")) or self._name(node.get("actor"))
                sort = "Like" if inner == "EmojiReact" else inner
                for object in many(part.get("object")):
                    self._undone[sort, actor, identifier(object)] = when
            if kind is None and target is not None:
                self._undone[target] = when
        self.problem("undone", "Undo", lost=False)


def _all(value: Any) -> list[Any]:
    """All of a list, whatever its length (a page of a collection)."""
    return value if isinstance(value, list) else many(value)


def _is_whole(node: Node) -> bool:
    return any(node.get(key) is not None for key in ("content", "contentMap", "published"))


def _embedded(node: Node) -> list[Node]:
    """Messages inside a message: parents and replies that are there in full, and version 1's likes among the tags."""
    replies = node.get("replies")
    holders = [replies, *(first for first in nodes(replies.get("first")))] if isinstance(replies, dict) else []
    answers = [part for holder in holders for key in ("items", "orderedItems") for part in nodes(holder.get(key))]
    parents = [part for part in nodes(node.get("inReplyTo")) if _is_whole(part)]
    deeds = [tag for tag in nodes(node.get("tags")) if "object" in tag and type_of(tag) in ("Like", "Announce")]
    return [*deeds, *parents, *answers]
