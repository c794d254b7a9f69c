"""Approaches and questions, what came back, and who else was waiting: by brute force."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from class_map import observed
from class_map.posts import why_no_post
from class_map.speaking import Tie, all_ties, flat_channels, ties
from class_map.tables import DAY, WINDOW, Message, Seat, Tables


@dataclass(eq=False)
class Approach:
    """``to``: the person on the channel; None for a question to a group. ``watched``: an answer could be seen.

    ``answered``: when, if in time; ``by``: whose account.
    """

    message: Message
    moment: int
    to: Seat | None
    watched: bool
    old_enough: bool
    answered: int | None = None
    by: Seat | None = None

    def waits(self, at: int) -> bool:
        """It had come, is not older than the window, and was not answered before."""
        return self.moment <= at <= self.moment + WINDOW and (self.answered is None or self.answered >= at)


@dataclass
class Answer:
    """``waiting``: all that waited, the one answered among them."""

    of: Approach
    waiting: list[Approach]


Talk = dict[tuple[str, frozenset[str]], list[Tie]]


def talks(tables: Tables) -> Talk:
    """By conversation and pair of people: what they said to each other, in order."""
    found: Talk = {}
    for message in tables.messages.values():
        if message.of_a_person:
            for tie in ties(tables, message):
                found.setdefault((message.root, frozenset((message.person, tie.person))), []).append(tie)
    for said in found.values():
        said.sort(key=lambda one: (one.message.moment, one.message.id))
    return found


def unseen(tables: Tables, tie: Tie) -> bool:
    """A mention of somebody of whom not all mentions could be read."""
    return tie.via == "mention" and observed.mentions_unseen(tables, tie.account, tie.message.channel)


def unseen_mentions(tables: Tables) -> list[Message]:
    """One message for each account that it mentions unseen."""
    return [
        message for message in tables.messages.values() if message.of_a_person
        for tie in all_ties(tables, message) if unseen(tables, tie) and tie.person != message.person
    ]  # fmt: skip


def approaches(tables: Tables) -> list[Approach]:
    """All approaches on personal channels."""
    flat = flat_channels(tables)
    found = []
    for said in talks(tables).values():
        if said[0].message.channel in tables.group:
            continue
        for tie in openings(tables, said):
            message = tie.message
            both = observed.both_ways(tables, tie.seat, message)
            watched = message.channel not in flat and both.level != "none"
            answer = came_back(tie, said) if watched else None
            found.append(
                Approach(
                    message, message.moment, tie.seat, watched, watched and observed.old_enough(both, message.moment),
                    None if answer is None else answer.moment, None if answer is None else answer.seat,
                )
            )  # fmt: skip
    return found


def openings(tables: Tables, said: list[Tie]) -> Iterator[Tie]:
    """Of each of the two, the first message to the other that approaches, if nothing had come from there before."""
    done: set[str] = set()
    spoke: dict[str, int] = {}
    for tie in said:
        who, heard = tie.message.person, spoke.get(tie.person)
        spoke.setdefault(who, tie.message.moment)
        already = heard is not None and heard < tie.message.moment
        if who not in done and not already and not tie.message.deleted and not unseen(tables, tie):
            done.add(who)
            yield tie


def came_back(tie: Tie, said: list[Tie]) -> Message | None:
    """The first message of the one approached to who approached, in that conversation, in time."""
    for other in said:
        message = other.message
        if message.person == tie.person and message.moment >= tie.message.moment:
            return message if message.moment <= tie.message.moment + WINDOW else None
    return None


def questions(tables: Tables) -> list[Approach]:
    """Posts that begin a conversation on a group channel."""
    flat = flat_channels(tables)
    found = []
    for message in tables.messages.values():
        begins = message.root == message.id and message.in_reply_to is None
        if message.channel not in tables.group or not begins or why_no_post(tables, message, flat) is not None:
            continue
        asked = message.published
        replies = [
            (max(one.published, asked + 1), one.id, one.seat) for one in tables.threads[message.id]
            if one.of_a_person and one.person != message.person and one.published >= asked - DAY
        ]  # fmt: skip
        old = observed.old_enough(observed.of_post(tables, message), asked)
        question = Approach(message, asked, None, True, old)
        if replies and min(replies)[0] <= asked + WINDOW:
            question.answered, question.by = min(replies)[0], min(replies)[2]
        found.append(question)
    return found


def answers(personal: list[Approach], group: list[Approach]) -> list[Answer]:
    """Every answer with all that waited for that person there, or for anybody of that group, at its moment."""
    found = []
    for one in [*personal, *group]:
        if one.answered is None or one.by is None:
            continue
        if one.to is not None:
            queue = [other for other in personal if other.watched and other.to == one.to]
        else:
            queue = [
                other for other in group
                if other.message.channel == one.message.channel and other.message.person != one.by[0]
            ]  # fmt: skip
        found.append(Answer(one, [other for other in queue if other.waits(one.answered)]))
    return found


def expected(
    telling: list[Answer], giver: Callable[[Approach], str], asker: Callable[[Approach], str]
) -> dict[tuple[str, str], float]:
    """By cell: the share of each class among those waiting, summed over the answers."""
    found: dict[tuple[str, str], float] = {}
    for answer in telling:
        for one in answer.waiting:
            cell = giver(answer.of), asker(one)
            found[cell] = found.get(cell, 0.0) + 1 / len(answer.waiting)
    return found


def directed_ties(tables: Tables) -> list[tuple[int, Seat, Seat]]:
    """The first direct message of each to each in each conversation: when, from whom, to whom (deleted ones too)."""
    found = []
    for said in talks(tables).values():
        first: dict[Seat, Tie] = {}
        for tie in said:
            first.setdefault(tie.message.seat, tie)
        found += [(tie.message.moment, tie.message.seat, tie.seat) for tie in first.values()]
    return found
