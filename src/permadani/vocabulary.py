"""The words of Permadani as frozen records, and one column table for all of them.

The terms are those of ActivityStreams 2.0 (actor, object, announce, like, follow, mention) and a few of our own.
``TABLES`` is the only place where columns are listed: the store's DDL, the neutral tables that researchers hand in,
``datapackage.json`` and ``docs/vocabulary.md`` are all made from it.

Conventions: an id is a URI or stable key (``x:user/123``, ``disqus:post/9``, ``mailto:…``); a time is an ``int`` of
microseconds since 1970 in UTC; ``None`` always means *unknown*, never zero and never false.
"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import Literal

import msgspec

Direction = Literal["inbound", "outbound", "mentions"]
"""``mentions``: what only names the account (no reply to it, no comment on its page, not sent to it), where that is
seen apart from what comes under its messages. Without such a claim it is as well covered as the rest of ``inbound``."""
Completeness = Literal["complete", "partial", "none"]
Audience = Literal["personal", "group"]


class Record(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """Anything a source yields. Immutable, without cycles (so that the collector need not look)."""


class Actor(Record, frozen=True, gc=False, kw_only=True):
    """An account on one channel. ``followers`` here is undated; dated counts are ``Standing``."""

    id: str
    channel: str
    handle: str | None = None
    name: str | None = None
    url: str | None = None
    followers: int | None = None
    created: int | None = None
    opted_out: bool | None = None


class Object(Record, frozen=True, gc=False, kw_only=True):
    """A post, article, comment or e-mail."""

    id: str
    channel: str
    kind: str
    actor: str
    published: int
    in_reply_to: str | None = None
    thread: str | None = None
    quotes: str | None = None
    text: str | None = None
    language: str | None = None
    client: str | None = None
    url: str | None = None
    spam: bool | None = None
    automatic: bool | None = None
    deleted: bool | None = None


class Standing(Record, frozen=True, gc=False, kw_only=True):
    """How many people followed an actor when somebody looked."""

    actor: str
    observed: int
    followers: int


class Addressed(Record, frozen=True, gc=False, kw_only=True):
    """An object speaks to an actor: ``mention`` (named in it) or ``to`` (a recipient, the one replied to)."""

    object: str
    actor: str
    kind: Literal["mention", "to"]


class Announce(Record, frozen=True, gc=False, kw_only=True):
    """A reshare without words of one's own (a quote is an object with ``quotes``)."""

    actor: str
    object: str
    published: int


class Like(Record, frozen=True, gc=False, kw_only=True):
    actor: str
    object: str
    published: int | None = None


class Follow(Record, frozen=True, gc=False, kw_only=True):
    actor: str
    object: str


class Coverage(Record, frozen=True, gc=False, kw_only=True):
    """What was really observed: one direction of one actor (``None``: of every actor) on one channel."""

    actor: str | None
    channel: str
    direction: Direction
    since: int | None
    until: int | None
    completeness: Completeness
    basis: str


class Person(Record, frozen=True, gc=False, kw_only=True):
    """Links an actor to a person; the person's id is any stable key."""

    person: str
    actor: str


class Cue(Record, frozen=True, gc=False, kw_only=True):
    """Something an account says of itself that another account of the same person may say too.

    ``link``: an address in its profile; ``me``: one that the server checked to link back (rel="me"); ``address``: the
    SHA-256 of its e-mail address (``address_hash``), never the address.
    """

    actor: str
    kind: Literal["link", "me", "address"]
    value: str


class Channel(Record, frozen=True, gc=False, kw_only=True):
    """Whom a post on this channel speaks to: its author's audience (personal) or a group."""

    channel: str
    audience: Audience


class Problem(Record, frozen=True, gc=False, kw_only=True):
    """Something in a file that did not become a record: a value that is yielded and counted.

    ``lost`` is true where a message was meant and could not be read (more than 1 % of those make the coverage
    partial), false where something was left out on purpose or mended (a pingback, a draft, a repaired name space).
    """

    reason: str
    place: str | None = None
    example: str | None = None
    lost: bool = True


ColumnType = Literal["id", "text", "time", "count", "flag"]


@dataclass(frozen=True, slots=True)
class Column:
    name: str
    type: ColumnType
    meaning: str
    required: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    name: str
    record: type[Record]
    columns: tuple[Column, ...]
    key: tuple[str, ...]

    def column(self, name: str) -> Column:
        return next(c for c in self.columns if c.name == name)


def _c(name: str, type: ColumnType, meaning: str, required: bool = False) -> Column:
    return Column(name, type, meaning, required)


TABLES: dict[str, Table] = {
    table.name: table
    for table in (
        Table(
            "actors",
            Actor,
            (
                _c("id", "id", "URI or stable key of the account", True),
                _c("channel", "text", "where the account is: x, disqus, wordpress, …", True),
                _c("handle", "text", "short name used in mentions, without @"),
                _c("name", "text", "display name"),
                _c("url", "text", "profile address"),
                _c("followers", "count", "undated follower count (dated ones stand in standings)"),
                _c("created", "time", "when the account was made"),
                _c("opted_out", "flag", "asked not to be indexed or recommended"),
            ),
            ("id",),
        ),
        Table(
            "objects",
            Object,
            (
                _c("id", "id", "URI or stable key of the message", True),
                _c("channel", "text", "where it was published; taken from the id's scheme when missing"),
                _c("kind", "text", "article (a page with comments), note (a short post), comment, mail"),
                _c("actor", "id", "who wrote it", True),
                _c("published", "time", "when it was published", True),
                _c("in_reply_to", "id", "the message it replies to"),
                _c("thread", "id", "the first message of the conversation"),
                _c("quotes", "id", "the message it quotes"),
                _c("text", "text", "plain text, without markup"),
                _c("language", "text", "BCP 47 tag, as claimed"),
                _c("client", "text", "the program it was sent with"),
                _c("url", "text", "where a person can read it"),
                _c("spam", "flag", "marked as spam by the channel or its owner"),
                _c("automatic", "flag", "published by a program without a person"),
                _c("deleted", "flag", "deleted upstream; its text is not kept"),
            ),
            ("id",),
        ),
        Table(
            "standings",
            Standing,
            (
                _c("actor", "id", "whose", True),
                _c("observed", "time", "when somebody looked", True),
                _c("followers", "count", "how many followers there were", True),
            ),
            ("actor", "observed", "followers"),
        ),
        Table(
            "addressed",
            Addressed,
            (
                _c("object", "id", "the message", True),
                _c("actor", "id", "whom it speaks to", True),
                _c("kind", "text", "mention or to", True),
            ),
            ("object", "actor", "kind"),
        ),
        Table(
            "announces",
            Announce,
            (
                _c("actor", "id", "who reshared", True),
                _c("object", "id", "what", True),
                _c("published", "time", "when", True),
            ),
            ("actor", "object", "published"),
        ),
        Table(
            "likes",
            Like,
            (
                _c("actor", "id", "who", True),
                _c("object", "id", "what", True),
                _c("published", "time", "when"),
            ),
            ("actor", "object", "published"),
        ),
        Table(
            "follows",
            Follow,
            (
                _c("actor", "id", "who follows", True),
                _c("object", "id", "whom", True),
            ),
            ("actor", "object"),
        ),
        Table(
            "coverage",
            Coverage,
            (
                _c("actor", "id", "whose messages; empty: everybody's on this channel"),
                _c("channel", "text", "where", True),
                _c("direction", "text", "inbound, outbound, or mentions (what names the account elsewhere)", True),
                _c("since", "time", "from when"),
                _c("until", "time", "to when"),
                _c("completeness", "text", "complete, partial or none", True),
                _c("basis", "text", "how this is known", True),
            ),
            ("actor", "channel", "direction", "since", "until", "completeness", "basis"),
        ),
        Table(
            "people",
            Person,
            (
                _c("person", "id", "any stable key of the person", True),
                _c("actor", "id", "an account of theirs", True),
            ),
            ("person", "actor"),
        ),
        Table(
            "cues",
            Cue,
            (
                _c("actor", "id", "who says so", True),
                _c(
                    "kind",
                    "text",
                    "link (in the profile), me (checked to link back) or address (hash of an e-mail)",
                    True,
                ),
                _c("value", "text", "a web address, or a SHA-256 in hexadecimal digits", True),
            ),
            ("actor", "kind", "value"),
        ),
        Table(
            "channels",
            Channel,
            (
                _c("channel", "text", "which", True),
                _c("audience", "text", "personal (its author's audience) or group", True),
            ),
            ("channel",),
        ),
    )
}

TABLE_OF: dict[type[Record], Table] = {table.record: table for table in TABLES.values()}

ACTIVITIES = ("objects", "announces", "likes", "follows")
"""The tables of things people did; a file's *read*, *new* and *known* count these."""

PERSONAL, GROUP = "personal", "group"
GROUP_CHANNELS = frozenset({"pipermail", "discourse", "irc"})
"""Channels whose posts speak to a group unless the store says otherwise; all others are personal."""

SITE_CHANNELS = frozenset({"disqus", "wordpress"})
"""Channels of sites: what is claimed of a site's owner is claimed of everybody who writes there."""

NAME_MARK = "/name/"
"""``CHANNEL:SITE/name/NAME`` is an actor without an account: a weak identity."""


def named_actor(channel: str, site: str, name: str) -> str:
    """The id of somebody who signed with a name and has no account: ``CHANNEL:SITE/name/NAME``."""
    return f"{channel}:{site}{NAME_MARK}{' '.join(name.split())}"


def account(channel: str, name: str) -> str:
    """The id of an account: ``CHANNEL:user/NAME``."""
    return f"{channel}:user/{name}"


def message_id(channel: str, kind: str, key: str) -> str:
    """The id of a message that has no URI of its own: ``CHANNEL:KIND/KEY``."""
    return f"{channel}:{kind}/{key}"


def address_hash(address: str) -> str:
    """The SHA-256 of an e-mail address without blanks and in small letters, as Gravatar makes it."""
    return sha256(address.strip().lower().encode("utf-8", "surrogatepass")).hexdigest()
