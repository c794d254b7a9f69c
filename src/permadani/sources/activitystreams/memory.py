"""What is remembered while one file is read: who was met, when they did something, what was taken back."""

from __future__ import annotations

from typing import Any

from permadani.sources.activitystreams import profile
from permadani.sources.activitystreams.shapes import Node, either, identifier, many, type_of
from permadani.sources.reading.cues import Cues
from permadani.sources.reading.span import Span
from permadani.vocabulary import Actor, Problem, Record

REMEMBERED = 100_000
"""So many actors, messages and undone activities are remembered; then it begins anew."""
LONGEST_EXAMPLE = 120


class Memory:
    """Collects the records of one file; ``out`` is handed over and emptied after every piece."""

    def __init__(self, programs: frozenset[str] = frozenset()) -> None:
        self.out: list[Record] = []
        self.place = ""
        self.activities = 0
        self.authors: dict[str, tuple[str, Span]] = {}  # actor -> channel, when; at most REMEMBERED
        self.spans: dict[str, Span] = {}
        self._programs = set(programs)
        self._old = False
        self._cues = Cues()
        self._actors: dict[str, Actor] = {}
        self._written: dict[str, tuple[str, str, int]] = {}  # message -> kind, actor, time
        self._deleted: set[str] = set()
        self._undone: dict[object, int | None] = {}

    def problem(self, reason: str, example: object = None, *, lost: bool = True) -> None:
        text = example[:LONGEST_EXAMPLE] if isinstance(example, str) else None
        self.out.append(Problem(reason=reason, place=self.place, example=text, lost=lost))

    def profile(self, node: Node) -> None:
        id = identifier(node)
        if id is None:
            self.problem("missing_id", type_of(node), lost=False)
            return
        self._actor(profile.actor_of(node, id, self._old))
        self.out += profile.links(node, id, self._cues)

    def _doer(self, node: Node) -> str | None:
        return self._first(either(node, "actor", "author"), None)

    def _author(self, node: Node, outer: Node, near: str | None) -> str | None:
        for holder, key in ((node, "attributedTo"), (node, "author"), (node, "authors"), (node, "actor")):
            if (value := holder.get(key)) is not None and (actor := self._first(value, near)):
                return actor
        return self._first(either(outer, "actor", "author"), near) or self._first(profile.author_in(near), None)

    def _first(self, value: Any, near: str | None) -> str | None:
        """The first actor of a value (a person before a group), its record where it is embedded."""
        parts = many(value)
        if len(parts) > 1:
            parts = sorted(parts, key=lambda part: isinstance(part, dict) and type_of(part) == "Group")
        for part in parts:
            if actor := profile.named(part, self._old, near):
                if isinstance(part, dict):
                    self._actor(profile.actor_of(part, actor, self._old))
                    if len(self._programs) < REMEMBERED and profile.is_program(part):
                        self._programs.add(actor)
                elif actor not in self._actors:
                    self._actor(Actor(id=actor, channel=profile.channel_of(actor, self._old)))
                return actor
        return None

    def _name(self, value: Any) -> str | None:
        return next((actor for part in many(value) if (actor := identifier(part))), None)

    def _actor(self, actor: Actor) -> None:
        """The record of an actor, where it says something new."""
        known = self._actors.get(actor.id)
        if known is not None and _says_nothing_new(actor, known):
            return
        if len(self._actors) >= REMEMBERED:
            self._actors.clear()
        self._actors[actor.id] = actor
        self.out.append(actor)

    def _seen(self, actor: str, channel: str, published: int) -> None:
        if channel not in self.spans:
            self.spans[channel] = Span(channel)
        self.out += self.spans[channel].add(published, self.place)
        if actor not in self.authors and len(self.authors) < REMEMBERED:
            self.authors[actor] = channel, Span(channel)
        if actor in self.authors:
            self.authors[actor][1].add(published)

    def _is_undone(self, node: Node, kind: str, actor: str, object: str, published: int | None) -> bool:
        if not self._undone:
            return False
        for key in (identifier(node), (kind, actor, object)):
            if key in self._undone:
                when = self._undone[key]
                return when is None or published is None or published <= when
        return False

    def _remember(self, id: str, sort: str, actor: str, published: int) -> None:
        if len(self._written) >= REMEMBERED:
            self._written.clear()
        self._written[id] = sort, actor, published


def _says_nothing_new(actor: Actor, known: Actor) -> bool:
    return actor == known or all(getattr(actor, f) in (None, getattr(known, f)) for f in actor.__struct_fields__)
