"""What a record of Bluesky becomes, wherever it was found: in a repository, an answer of the API, a stream.

A record is the JSON that its author wrote (``{"$type": "app.bsky.feed.post", "text": …}``); who wrote it and under
which key says only the place where it was found.
"""

from __future__ import annotations

import re
import reprlib
import time
from typing import Any

from permadani.sources.bluesky.profiles import profile_record
from permadani.sources.bluesky.uris import (
    CHANNEL,
    FIRST_POST,
    POST,
    Reference,
    did_of,
    items,
    mapping,
    person_url,
    reference,
    tid_moment,
    words,
)
from permadani.sources.reading.clock import iso
from permadani.vocabulary import Actor, Addressed, Announce, Follow, Like, Object, Problem, Record

SLACK = 3_600_000_000
"""An hour: how far the clocks of a client and of a server may be apart."""
REMEMBERED = 100_000
"""Accounts that are remembered so that they are not yielded again and again; then it begins anew."""
LONGEST_EXAMPLE = 120
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,4}")


class Records:
    """Collects the records of one file; ``out`` is handed over and emptied by whoever reads it."""

    def __init__(self) -> None:
        self.out: list[Record] = []
        self.place: str | None = None
        self.acts = 0
        self.since: int | None = None
        self.until: int | None = None
        self.latest = time.time_ns() // 1000
        """Nothing can have been written after this moment."""
        self.first_loss: Problem | None = None
        self._known: set[str] = set()

    def problem(self, reason: str, example: object = None, *, lost: bool = True) -> None:
        text = None if example is None else shown(example)
        problem = Problem(reason=reason, place=self.place, example=text, lost=lost)
        if lost and self.first_loss is None:
            self.first_loss = problem
        self.out.append(problem)

    def known(self, did: str) -> str:
        """Note that an account was yielded."""
        if len(self._known) >= REMEMBERED:
            self._known.clear()
        self._known.add(did)
        return did

    def actor(self, did: str) -> str:
        """The id of an account, which is its DID; the account itself is yielded when it is first met."""
        if did not in self._known:
            self.out.append(Actor(id=self.known(did), channel=CHANNEL, url=person_url(did)))
        return did

    def add(
        self,
        author: str,
        collection: str,
        key: str | None,
        record: Any,
        *,
        seen: int | None = None,
        nested: bool = False,
    ) -> None:
        """One record. ``seen``: when a server says that it took it in; ``nested``: it came with another one.

        ``key`` is None where it is not known: a post has no id then.
        """
        if not isinstance(record, dict):
            self.problem("unreadable_record", f"{collection}/{key}")
        elif record.get("$type", collection) != collection:  # the network shows no such record to anybody
            self.problem("other_record", f"{shown(record['$type'])} in {collection}", lost=False)
        elif collection == POST:
            self._post(author, key, record, seen, nested)
        elif collection in _ACTS:
            _ACTS[collection](self, author, key, record, seen)
        else:
            self.problem("other_record", collection, lost=False)

    def moment(
        self, created: Any, key: str | None, seen: int | None = None, *, nested: bool = False, needed: bool = True
    ) -> int | None:
        """When something was published, as far as the witnesses agree; None where it cannot be told.

        ``createdAt`` is a claim of the author. It stands unless it is absurd: from before there was Bluesky, from the
        future, or an hour away from when the server took it in or from the time in the record key. Then the server is
        believed (or the key where both agree: a repository has no other witness), else the key.
        """
        claimed = iso(created) if isinstance(created, str) else None
        seen = seen if seen is not None and seen >= FIRST_POST else None
        inside = tid_moment(key)
        if inside is not None and not FIRST_POST <= inside <= self.latest + SLACK:
            inside = None
        if seen is not None and seen == claimed and inside is not None and not _near(seen, inside):
            seen = None  # the server repeats claims of the past where it did not note a time of its own
        if seen is not None and inside is not None and inside > seen + SLACK:
            inside = None
        sound = claimed is not None and FIRST_POST <= claimed <= (self.latest if seen is None else seen) + SLACK
        agreed = all(_near(claimed, witness) for witness in (seen, inside)) if claimed is not None else False
        if claimed is not None and sound and (agreed or (seen is not None and _near(claimed, seen))):
            found = claimed
        elif inside is not None or seen is not None:
            found = inside if inside is not None and _near(inside, seen) else seen  # type: ignore[assignment]
            self.problem("time_corrected", created, lost=False)
        elif claimed is not None and claimed < FIRST_POST:
            self.problem("time_doubtful", created, lost=False)
            return claimed  # a message imported from elsewhere; the span that was observed does not begin there
        else:
            self.problem("unparsable_time", created, lost=needed)
            return None
        if not nested:
            self.since = found if self.since is None else min(self.since, found)
            self.until = found if self.until is None else max(self.until, found)
        return found

    def reshared(self, created: Any, key: str | None, seen: int | None = None) -> int | None:
        """When something was reshared: the time in the key where it may be believed, since that is the same in a
        repository, a stream and a feed (which does not show what the author claims), so that it counts once."""
        found, inside = self.moment(created, key, seen), tid_moment(key)
        return inside if found is not None and inside is not None and _near(found, inside) else found

    def _post(self, author: str, key: str | None, record: dict[str, Any], seen: int | None, nested: bool) -> None:
        place = None if key is None else reference(f"at://{author}/{POST}/{key}")
        if place is None or key is None:
            self.problem("missing_id", words(record, "text"))
            return
        published = self.moment(record.get("createdAt"), key, seen, nested=nested)
        if published is None:
            return
        text = words(record, "text")
        if text is None:
            self.problem("missing_text", place.uri, lost=False)
        parent = root = None
        if record.get("reply") is not None:
            parent, root = self._reply(record["reply"], place.uri)
        self.acts += 1
        self.out.append(
            Object(
                id=place.uri,
                channel=CHANNEL,
                kind="note",
                actor=self.actor(author),
                published=published,
                in_reply_to=parent.uri if parent else None,
                thread=root.uri if root else None,
                quotes=_quoted(record.get("embed")) if "embed" in record else None,
                text=text,
                language=_language(record.get("langs")),
                url=f"{person_url(author)}/post/{key}",
            )
        )
        self._addressed(place.uri, author, parent, record)

    def _reply(self, reply: Any, uri: str) -> tuple[Reference | None, Reference | None]:
        parent, root = (reference(words(mapping(reply, part), "uri")) for part in ("parent", "root"))
        if parent is None:
            self.problem("reply_without_parent", uri, lost=False)
        return parent, root

    def _addressed(self, uri: str, author: str, parent: Reference | None, record: dict[str, Any]) -> None:
        """Whom a post speaks to, each once: the one it replies to, then those it names; never its own author."""
        spoken = {author}
        if parent is not None and parent.did is not None and parent.did != author:
            spoken.add(parent.did)
            self.out.append(Addressed(object=uri, actor=self.actor(parent.did), kind="to"))
        if "facets" not in record and "entities" not in record:
            return
        for named in _mentioned(record):
            did = did_of(named)
            if did is None:
                self.problem("mention_without_id", named, lost=False)
            elif did not in spoken:
                spoken.add(did)
                self.out.append(Addressed(object=uri, actor=self.actor(did), kind="mention"))

    def _subject(self, record: dict[str, Any]) -> Reference | None:
        """The post that is liked or reshared; None with its problem where it is none."""
        value = mapping(record, "subject").get("uri")
        found = reference(value)
        if found is None:
            self.problem("unreadable_record", value)
        elif found.collection != POST:
            self.problem("not_a_post", found.uri, lost=False)
            return None
        return found

    def _repost(self, author: str, key: str | None, record: dict[str, Any], seen: int | None) -> None:
        if (subject := self._subject(record)) is None:
            return
        if (published := self.reshared(record.get("createdAt"), key, seen)) is not None:
            self.acts += 1
            self.out.append(Announce(actor=self.actor(author), object=subject.uri, published=published))

    def _like(self, author: str, key: str | None, record: dict[str, Any], seen: int | None) -> None:
        if (subject := self._subject(record)) is not None:
            self.acts += 1
            published = self.moment(record.get("createdAt"), key, seen, needed=False)
            self.out.append(Like(actor=self.actor(author), object=subject.uri, published=published))

    def _vote(self, author: str, key: str | None, record: dict[str, Any], seen: int | None) -> None:
        """Until March 2023 a like was a vote, and votes could be against something."""
        if record.get("direction") == "up":
            self._like(author, key, record, seen)
        else:
            self.problem("other_record", f"app.bsky.feed.vote {shown(record.get('direction'))}", lost=False)

    def _follow(self, author: str, key: str | None, record: dict[str, Any], seen: int | None) -> None:
        subject = record.get("subject")
        if isinstance(subject, dict):  # with a declaration beside it, until March 2023
            subject = subject.get("did")
        if (followed := did_of(subject)) is None:
            self.problem("unreadable_record", subject)
        else:
            self.acts += 1
            self.out.append(Follow(actor=self.actor(author), object=self.actor(followed)))

    def _profile(self, author: str, key: str | None, record: dict[str, Any], seen: int | None) -> None:
        self.known(author)
        self.out += profile_record(author, record)

    def _threadgate(self, author: str, key: str | None, record: dict[str, Any], seen: int | None) -> None:
        """Who may answer a post, and which answers its author folded away. There is no column for either: a hidden
        answer is not spam, and was not seen by nobody. So they are counted and nothing more."""
        if isinstance(record.get("allow"), list):
            self.problem("replies_limited", words(record, "post"), lost=False)
        for hidden in items(record, "hiddenReplies"):
            self.problem("hidden_reply", hidden, lost=False)


_ACTS = {
    "app.bsky.feed.repost": Records._repost,
    "app.bsky.feed.like": Records._like,
    "app.bsky.feed.vote": Records._vote,
    "app.bsky.graph.follow": Records._follow,
    "app.bsky.actor.profile": Records._profile,
    "app.bsky.feed.threadgate": Records._threadgate,
}


def _near(moment: int, witness: int | None) -> bool:
    """Whether a witness, where there is one, agrees within an hour."""
    return witness is None or abs(moment - witness) <= SLACK


def shown(value: Any) -> str:
    """The beginning of any value; strangers nest them deeper than ``str`` can go."""
    return (value if isinstance(value, str) else reprlib.repr(value))[:LONGEST_EXAMPLE]


def _quoted(embed: Any) -> str | None:
    """The post that an embed shows; a feed or a list that is shown is no quote."""
    kind = words(embed, "$type")
    if kind == "app.bsky.embed.recordWithMedia":
        embed = embed.get("record")
    elif kind != "app.bsky.embed.record":
        return None
    found = reference(words(mapping(embed, "record"), "uri"))
    return found.uri if found is not None and found.collection == POST else None


def _mentioned(record: dict[str, Any]) -> list[Any]:
    """The DIDs named in a post: in facets, or in the entities of before May 2023."""
    named = [
        feature.get("did")
        for facet in items(record, "facets")
        for feature in items(facet, "features")
        if words(feature, "$type") == "app.bsky.richtext.facet#mention"
    ]
    named += [entity.get("value") for entity in items(record, "entities") if words(entity, "type") == "mention"]
    return named


def _language(langs: Any) -> str | None:
    """The language where one is claimed; of several nobody can tell which is meant."""
    if not isinstance(langs, list) or len(langs) != 1 or not isinstance(langs[0], str):
        return None
    return langs[0] if _LANGUAGE.fullmatch(langs[0]) else None
