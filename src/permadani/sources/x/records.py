"""What becomes of tweets of both API versions: records, and what is remembered while one file is read."""

from __future__ import annotations

from typing import Any

from permadani.sources.reading.span import DAY, Span
from permadani.sources.x.shapes import User, count, moment, number, snowflake
from permadani.vocabulary import Actor, Addressed, Announce, Coverage, Problem, Record, Standing, account

CHANNEL = "x"
REMEMBERED = 100_000
"""Actors, and tweets, that are remembered so that they are not yielded again and again; then it begins anew."""
BASIS = "tweets as collected by the user"
LONGEST_EXAMPLE = 120


def status_id(key: str) -> str:
    return f"x:status/{key}"


def address(handle: str | None, key: str) -> str | None:
    """Where a person can read the tweet."""
    return f"https://x.com/{handle}/status/{key}" if handle else None


class Records:
    """Collects the records of one file; ``out`` is handed over and emptied after every entry."""

    def __init__(self) -> None:
        self.out: list[Record] = []
        self.tweets = 0
        self.span = Span(CHANNEL)
        self.place = ""
        self.first_loss: Problem | None = None
        self._actors: dict[str, tuple[str, str | None, str | None]] = {}
        self._seen: set[str] = set()

    def problem(self, reason: str, example: object = None, *, lost: bool = True) -> None:
        text = None if example is None else str(example)[:LONGEST_EXAMPLE]
        problem = Problem(reason=reason, place=self.place, example=text, lost=lost)
        if lost and self.first_loss is None:
            self.first_loss = problem
        self.out.append(problem)

    def actor(self, key: str, user: User, *, full: bool = True) -> tuple[str, str | None]:
        """The actor's id and handle; the record only where it says something new. ``full``: more than a mention."""
        handle, name = user.screen_name or user.username, user.name
        known = self._actors.get(key)
        if known is not None and (not full or (known[1] == handle and known[2] == name)):
            return known[0], handle
        if known is None and len(self._actors) >= REMEMBERED:
            self._actors.clear()
        actor = account(CHANNEL, key)
        self._actors[key] = (actor, handle, name) if full else (actor, None, None)
        created = moment(user.created_at)
        url = f"https://x.com/{handle}" if handle else None
        self.out.append(Actor(id=actor, channel=CHANNEL, handle=handle, name=name, url=url, created=created))
        return actor, handle

    def standing(self, actor: str, user: User, observed: int) -> None:
        metrics = user.public_metrics
        followers = count(user.followers_count if metrics is None else metrics.followers_count)
        if followers is not None:
            self.out.append(Standing(actor=actor, observed=observed, followers=followers))

    def time(self, key: str, created: Any) -> int | None:
        """When a tweet was published. ``created_at`` is text that anybody can change; where it is more than a day away
        from the time inside the id, which a reply cannot do without, the id is believed."""
        told, inside = moment(created), snowflake(key)
        if told is None:
            return inside
        if inside is None or abs(told - inside) <= DAY or self.span.impossible(inside) is not None:
            return told
        self.problem("time_corrected", f"tweet {key}: {created}", lost=False)
        return inside

    def known(self, key: str) -> bool:
        """Whether this tweet was yielded before (originals come again inside every retweet of them)."""
        return key in self._seen

    def tweet(self, key: str, published: int, *, nested: bool) -> None:
        """Count a tweet; what it quotes or reshares does not widen the span that was collected."""
        self.tweets += 1
        if len(self._seen) >= REMEMBERED:
            self._seen.clear()
        self._seen.add(key)
        if not nested:
            self.out += self.span.add(published, self.place)

    def announce(self, actor: str, original: str, published: int) -> None:
        self.out.append(Announce(actor=actor, object=status_id(original), published=published))

    def addressed(self, identifier: str, author: str, to: str | None, handle: str | None, mentions: list[User]) -> None:
        """Whom a tweet speaks to, each once: the one it replies to, then those it names; never its own author."""
        spoken = {author}
        if to is not None:
            actor, _ = self.actor(to, User(screen_name=handle), full=False)
            if actor != author:
                spoken.add(actor)
                self.out.append(Addressed(object=identifier, actor=actor, kind="to"))
        for user in mentions:
            key = number(user.id_str, user.id)
            if key is None:
                self.problem("mention_without_id", f"@{user.screen_name or user.username}", lost=False)
                continue
            actor, _ = self.actor(key, user, full=False)
            if actor not in spoken:
                spoken.add(actor)
                self.out.append(Addressed(object=identifier, actor=actor, kind="mention"))

    def coverage(self) -> list[Record]:
        """A collection never knows what it missed: partial in both directions."""
        if self.span.since is None:
            return []
        common: dict[str, Any] = {"since": self.span.since, "until": self.span.until}
        common |= {"completeness": "partial", "basis": BASIS}
        return [
            Coverage(actor=None, channel=CHANNEL, direction=direction, **common)
            for direction in ("inbound", "outbound")
        ]
