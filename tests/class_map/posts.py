"""Posts: which messages are, what was left out, who answered them, and how new their authors were."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from class_map import observed
from class_map.speaking import flat_channels, is_comment
from class_map.tables import DAY, WINDOW, Message, Seat, Tables

SETTLING = 180 * DAY
COMING_BACK = 90 * DAY


@dataclass
class Post:
    message: Message
    said: observed.Said
    answered: bool
    in_time: bool
    tenure: str

    @property
    def moment(self) -> int:
        return self.message.published

    @property
    def old_enough(self) -> bool:
        return observed.old_enough(self.said, self.moment)


def why_no_post(tables: Tables, message: Message, flat: set[str]) -> str | None:
    """The first reason why a message is no post."""
    if message.spam:
        return "spam"
    if message.automatic:
        return "automatic"
    if message.deleted:
        return "deleted"
    if message.channel in flat and is_comment(message):
        return "flat"
    return "unobserved" if observed.of_post(tables, message).level == "none" else None


def posts(tables: Tables) -> tuple[list[Post], list[tuple[Message, str]]]:
    """All posts, and all messages that are none with the reason."""
    flat = flat_channels(tables)
    first = first_seen(tables)
    found, left_out = [], []
    for message in tables.messages.values():
        why = why_no_post(tables, message, flat)
        if why is not None:
            left_out.append((message, why))
            continue
        said = observed.of_post(tables, message)
        moments = answered_at(tables, message)
        in_time = bool(moments) and min(moments) <= message.published + WINDOW
        found.append(Post(message, said, bool(moments), in_time, tenure(message, said, first)))
    return found, left_out


def answered_at(tables: Tables, post: Message) -> list[int]:
    """When somebody else replied to the post, commented on the page it is, or quoted it."""
    answers = [*tables.children.get(post.id, []), *tables.quoted.get(post.id, [])]
    answers += [one for one in tables.threads.get(post.id, []) if is_comment(one)]
    return [one.moment for one in answers if one.of_a_person and one.person != post.person]


def first_seen(tables: Tables) -> dict[Seat, list[int]]:
    """When each person wrote on each channel, in order, in all that is known; spam and automatic messages apart."""
    moments: dict[Seat, list[int]] = {}
    for message in tables.messages.values():
        if message.of_a_person:
            moments.setdefault(message.seat, []).append(message.published)
    return {seat: sorted(every) for seat, every in moments.items()}


def tenure(message: Message, said: observed.Said, moments: dict[Seat, list[int]]) -> str:
    if said.level != "complete" or said.begins is None:
        return "unknown"
    first, *later = moments[message.seat]
    if message.published > first:
        return "regular"
    if first in later:  # which of several came first is not known
        return "unknown"
    return "unknown" if message.published < said.begins + SETTLING else "newcomer"


def counted(left_out: list[tuple[Message, str]]) -> dict[str, int]:
    counts = Counter(why for _, why in left_out)
    return {why: counts[why] for why in ("spam", "automatic", "deleted", "unobserved", "flat")}


def came_back(tables: Tables, post: Message) -> bool:
    """Whether the author wrote again on that channel, in another conversation, within 90 days."""
    return any(
        one.seat == post.seat and one.of_a_person and one.root != post.root
        and 0 < one.published - post.published <= COMING_BACK
        for one in tables.messages.values()
    )  # fmt: skip
