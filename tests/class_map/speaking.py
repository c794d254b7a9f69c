"""Who speaks to whom by each message (docs/methods.md, Units)."""

from __future__ import annotations

from dataclasses import dataclass

from class_map.tables import Message, Seat, Tables

STRENGTH = {"reply": 1, "comment": 2, "to": 3, "mention": 4}


@dataclass
class Tie:
    """A message speaks to a person directly. ``account``: which of theirs."""

    message: Message
    account: str
    person: str
    via: str

    @property
    def seat(self) -> Seat:
        return self.person, self.message.channel


def is_comment(message: Message) -> bool:
    """Stands under a page (or in a conversation) and replies to nothing in particular."""
    return message.in_reply_to is None and message.root != message.id


def ties(tables: Tables, message: Message) -> list[Tie]:
    """Whom a message speaks to: one for each person, by the strongest tie; nobody speaks to oneself."""
    strongest: dict[str, Tie] = {}
    for tie in sorted(all_ties(tables, message), key=lambda one: STRENGTH[one.via]):
        if tie.person != message.person:
            strongest.setdefault(tie.person, tie)
    return list(strongest.values())


def all_ties(tables: Tables, message: Message) -> list[Tie]:
    """One for each account: replies, comments, recipients, and mentions that the parent did not carry already."""
    found: dict[str, Tie] = {}
    parent = tables.messages.get(message.in_reply_to or "")
    root = tables.messages.get(message.root)
    if parent is not None:
        found[parent.actor] = Tie(message, parent.actor, parent.person, "reply")
    if is_comment(message) and root is not None:
        found[root.actor] = Tie(message, root.actor, root.person, "comment")
    carried = tables.addressed.get(message.in_reply_to or "", {})
    for actor, kind in sorted(tables.addressed.get(message.id, {}).items()):
        if kind == "mention" and message.in_reply_to is not None and (parent is None or actor in carried):
            continue  # copied by the program, or nobody knows
        found.setdefault(actor, Tie(message, actor, tables.person(actor), kind))
    return list(found.values())


def flat_channels(tables: Tables) -> set[str]:
    """Channels with comments, where no message replies to any but the first of its conversation."""
    messages = tables.messages.values()
    replied = {one.channel for one in messages if one.in_reply_to is not None and one.in_reply_to != one.root}
    return {one.channel for one in messages if is_comment(one)} - replied
