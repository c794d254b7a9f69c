"""Answers as choices among those waiting: who answered whom, and of which classes those were who waited then.

On a personal channel everybody has a queue of their own: the approaches to them. A group channel has one queue: its
open questions, of which nobody takes up their own. (docs/classes.md, "Matrices".)
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from permadani.measures.class_map import CLASSES
from permadani.measures.judged import Column
from permadani.statistics.waiting_sets import composition


@dataclass(frozen=True, slots=True)
class Events:
    """One entry an answer in time, shape (E,). ``chance``: the share of each class among those waiting, shape (E, 4).

    ``telling``: somebody else waited, so that there was a choice.
    """

    giver: Column
    receiver: Column
    giver_class: Column
    receiver_class: Column
    period: Column
    chance: Column
    telling: Column

    def __len__(self) -> int:
        return len(self.giver)

    def where(self, mask: Column) -> Events:
        """The events for which ``mask`` holds."""
        return Events(*(getattr(self, name)[mask] for name in self.__slots__))


@dataclass(frozen=True, slots=True)
class Asked:
    """Everybody who approached somebody or asked a group: one entry an approach or question, shape (n,)."""

    asker: Column
    period: Column
    answered: Column


def events_of(waiting: dict[str, Column], asked: dict[str, Column], window: int, person: Column) -> Events:
    """The answers of both kinds of channels. ``waiting``: rows of ``waiting.sql``; ``asked``: of ``asked.sql``.

    ``person``: for the number of each seat the least number of the same person, by which people are counted.
    """
    personal = _personal(waiting, window, person)
    grouped = _grouped(asked, window, person)
    return Events(*(np.concatenate([getattr(personal, n), getattr(grouped, n)]) for n in Events.__slots__))


def asked_of(waiting: dict[str, Column], asked: dict[str, Column], person: Column) -> Asked:
    """Approaches and questions together."""
    return Asked(
        asker=person[np.concatenate([waiting["asker"], asked["asker"]]).astype(np.int64)],
        period=np.concatenate([waiting["period"], asked["period"]]),
        answered=np.concatenate([waiting["answered"], asked["answered"]]) >= 0,
    )


def _personal(rows: dict[str, Column], window: int, person: Column) -> Events:
    chosen = rows["answered"] >= 0
    left = np.where(chosen, rows["answered"], rows["moment"] + window)
    counts = composition(
        rows["target"], rows["moment"], left, rows["asker_class"], len(CLASSES), rows["target"][chosen],
        rows["answered"][chosen],
    )  # fmt: skip
    return _events(
        person[rows["target"][chosen]], person[rows["asker"][chosen]], rows["target_class"][chosen],
        rows["asker_class"][chosen], rows["period"][chosen], counts,
    )  # fmt: skip


def _grouped(rows: dict[str, Column], window: int, person: Column) -> Events:
    chosen = rows["answered"] >= 0
    left = np.where(chosen, rows["answered"], rows["moment"] + window)
    giver, moment, channel = rows["replier"][chosen], rows["answered"][chosen], rows["channel"]
    counts = composition(
        channel, rows["moment"], left, rows["asker_class"], len(CLASSES), channel[chosen], moment
    ).astype(np.int64)  # fmt: skip
    seats = len(person) + 1
    own = composition(
        channel.astype(np.int64) * seats + rows["asker"], rows["moment"], left, rows["asker_class"], len(CLASSES),
        channel[chosen].astype(np.int64) * seats + giver, moment,
    )  # fmt: skip
    return _events(
        person[giver], person[rows["asker"][chosen]], rows["replier_class"][chosen], rows["asker_class"][chosen],
        rows["period"][chosen], counts - own,
    )  # fmt: skip


def _events(
    giver: Column, receiver: Column, giver_class: Column, receiver_class: Column, period: Column, counts: Column
) -> Events:
    total = counts.sum(axis=1)
    return Events(
        giver=giver, receiver=receiver, giver_class=giver_class, receiver_class=receiver_class, period=period,
        chance=counts / np.maximum(total, 1)[:, None], telling=total > 1,
    )  # fmt: skip
