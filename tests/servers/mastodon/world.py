"""A small invented conversation across servers, the only truth: the stub answers from it, and ``World.records`` says
what a reader should know of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from permadani.vocabulary import Actor, Addressed, Announce, Object, Record, Standing

DAY = 86_400_000_000
START = 1_700_000_000_000_000


@dataclass
class Person:
    """``host``: of another server; None: of the stub's own."""

    number: str
    name: str
    host: str | None = None
    followers: int = 10
    born: int = START - 300 * DAY
    more: dict[str, Any] = field(default_factory=dict)


@dataclass
class Message:
    """``arrived``: whether this server ever heard of it. ``filtered``: its notification is
    held back from whoever does not ask for strangers."""

    by: Person
    at: int
    text: str
    to: Message | None = None
    names: tuple[Person, ...] = ()
    visibility: str = "public"
    boosts: Message | None = None
    arrived: bool = True
    deleted: bool = False
    filtered: bool = False
    more: dict[str, Any] = field(default_factory=dict)

    @property
    def number(self) -> str:
        return str(((self.at // 1000) << 16) + sum(map(ord, self.by.name)) % 1000)


@dataclass
class World:
    """``me``: the account that is read; ``token``: what it logs in with."""

    me: Person
    token: str = "a-token-of-the-tests"  # noqa: S105
    people: list[Person] = field(default_factory=list)
    messages: list[Message] = field(default_factory=list)
    site: str = "http://127.0.0.1"

    def person(self, name: str, host: str | None = None, followers: int = 10, **more: Any) -> Person:
        self.people.append(Person(str(5000 + len(self.people)), name, host, followers, more=more))
        return self.people[-1]

    def write(self, by: Person, day: float, to: Message | None = None, **more: Any) -> Message:
        text = f"Could you explain how number {len(self.messages) + 1} was measured in your last survey?"
        at = START + int(day * DAY) // 1000 * 1000  # the interface tells milliseconds
        self.messages.append(Message(by, at, more.pop("text", text), to, **more))
        return self.messages[-1]

    # -- what the world calls things ----------------------------------------------------------------------------

    def actor_uri(self, person: Person) -> str:
        return f"{self.site if person.host is None else f'https://{person.host}'}/users/{person.name}"

    def page_of(self, person: Person) -> str:
        return f"{self.site if person.host is None else f'https://{person.host}'}/@{person.name}"

    def uri(self, message: Message) -> str:
        return f"{self.actor_uri(message.by)}/statuses/{message.number}{'/activity' if message.boosts else ''}"

    def records(self, *, mentions: bool = False) -> list[Record]:
        """What a reader of ``me`` should know: its messages and boosts, what it answered, and what is under its own;
        ``mentions``: and what names it elsewhere."""
        known = [m for m in self.messages if self._is_open(m) and self._is_told(m, mentions)]
        found: list[Record] = []
        for message in known:
            author = self.actor_uri(message.by)
            if message.boosts is not None:
                found.append(Announce(actor=author, object=self.uri(message.boosts), published=message.at))
                continue
            parent = message.to if message.to is not None and message.to.arrived and not message.to.deleted else None
            found.append(
                Object(id=self.uri(message), channel="mastodon", kind="note", actor=author, published=message.at,
                       in_reply_to=self.uri(parent) if parent else None, text=message.text,
                       client="Web" if message.by.host is None else None,
                       automatic=True if message.by.more.get("bot") else None)
            )  # fmt: skip
            spoken = {author}
            for kind, who in (
                ("to", message.to.by if message.to else None),
                *(("mention", one) for one in message.names),
            ):
                if who is not None and self.actor_uri(who) not in spoken:
                    spoken.add(self.actor_uri(who))
                    found.append(Addressed(object=self.uri(message), actor=self.actor_uri(who), kind=kind))  # type: ignore[arg-type]
        for person in {id(m.by): m.by for m in known}.values():
            uri = self.actor_uri(person)
            counted = person.followers if person.followers or person.more.get("following_count") != 0 else None
            found.append(
                Actor(id=uri, channel="mastodon", handle=person.name, name=person.name.title(), followers=counted)
            )
            if counted is not None:  # of zeros nobody knows whether they were counted
                found.append(Standing(actor=uri, observed=START + 90 * DAY, followers=person.followers))
        return found

    def _is_open(self, message: Message) -> bool:
        return message.arrived and not message.deleted and message.visibility in ("public", "unlisted")

    def _is_told(self, message: Message, mentions: bool) -> bool:
        answered = any(m.by is self.me and (m.to is message or m.boosts is message) for m in self.messages)
        return message.by is self.me or answered or self._is_under(message) or (mentions and self.me in message.names)

    def _is_under(self, message: Message) -> bool:
        """Under one of its messages, through messages that this server knows and shows."""
        above = message.to
        while above is not None and self._is_open(above):
            if above.by is self.me:
                return True
            above = above.to
        return False

    # -- what the interface calls them --------------------------------------------------------------------------

    def account(self, person: Person) -> dict[str, Any]:
        return {
            "id": person.number, "username": person.name, "display_name": person.name.title(), "bot": False,
            "acct": person.name if person.host is None else f"{person.name}@{person.host}", "locked": False,
            "created_at": told(person.born), "note": "<p>Invented for a test.</p>", "url": self.page_of(person),
            "uri": self.actor_uri(person), "followers_count": person.followers, "following_count": 7,
            "statuses_count": 40, "discoverable": True, "indexable": True, "fields": [], "emojis": [], **person.more,
        }  # fmt: skip

    def status(self, message: Message) -> dict[str, Any]:
        to = message.to
        return {
            "id": message.number, "created_at": told(message.at), "uri": self.uri(message), "sensitive": False,
            "in_reply_to_id": to.number if to is not None and to.arrived and not to.deleted else None,
            "in_reply_to_account_id": to.by.number if to is not None else None, "spoiler_text": "",
            "visibility": message.visibility, "language": "en", "url": f"{self.page_of(message.by)}/{message.number}",
            "replies_count": sum(m.to is message and self._is_open(m) for m in self.messages),
            "reblogs_count": 0, "favourites_count": 0, "content": f"<p>{message.text}</p>",
            "reblog": self.status(message.boosts) if message.boosts else None,
            "application": {"name": "Web", "website": None} if message.by.host is None else None,
            "account": self.account(message.by), "media_attachments": [], "tags": [], "emojis": [], "poll": None,
            "mentions": [
                {"id": p.number, "username": p.name, "url": self.page_of(p),
                 "acct": p.name if p.host is None else f"{p.name}@{p.host}"}
                for p in message.names
            ], **message.more,
        }  # fmt: skip


def told(moment: int) -> str:
    whole = datetime.fromtimestamp(moment // 1_000_000, UTC).strftime("%Y-%m-%dT%H:%M:%S")
    return f"{whole}.{moment // 1000 % 1000:03}Z"


def hall() -> World:
    """Ada of the stub's server, and who talks to her: on her server, on others, and some whom she never hears."""
    world = World(Person("1", "ada", followers=9000))
    ada = world.me
    bo, cy = world.person("bo", followers=3), world.person("cy", "far.example", 40)
    dee = world.person("dee", "big.example", 50_000)
    eve, bot = world.person("eve", "lost.example", 5), world.person("tick", bot=True)
    fay = world.person("fay", "far.example", 0, following_count=0, discoverable=False)
    for day in range(0, 60, 3):
        post = world.write(ada, day)
        asked = world.write(bo if day % 2 else cy, day + 0.1, post, names=(ada,))
        if day % 4 == 0:
            again = world.write(ada, day + 0.3, asked, names=(asked.by,))
            world.write(asked.by, day + 0.4, again, names=(ada,))
        senior = world.write(dee, day + 0.2, post, names=(ada,))
        if day % 5:
            world.write(ada, day + 0.5, senior, names=(dee,))
        if day % 9 == 0:
            world.write(eve, day + 0.6, post, names=(ada,), arrived=False)
            world.write(bot, day + 0.6, post, text="tick tock, it is six o'clock")
        if day == 30:
            world.write(fay, day + 0.7, post, names=(ada,))
            world.write(dee, day + 0.7, post, names=(ada,), visibility="private")
    theirs = world.write(dee, 20.5)
    world.write(ada, 20.6, theirs, names=(dee,))
    lost = world.write(cy, 25.5, deleted=True)
    world.write(ada, 25.6, lost, names=(cy,))
    world.write(bo, 41.2, names=(ada,), filtered=True)
    world.write(cy, 43.2, names=(ada,))
    world.write(bo, 44.2, names=(ada,), visibility="direct", text="a secret")
    world.write(ada, 44.3, names=(bo,), visibility="private", text="for those who follow me")
    for when, whom in ((11.7, bo), (33.7, dee)):
        world.write(ada, when, boosts=world.write(whom, when - 0.2), text="")
    return world
