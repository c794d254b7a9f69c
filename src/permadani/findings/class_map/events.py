"""Answers as choices among those waiting: who answered whom, and of which classes those were who waited then.

On a personal channel everybody has a queue of their own: the approaches to them. A group channel has one queue: its
open questions, of which nobody takes up their own. (docs/classes.md, "Matrices".)
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from permadani.findings.class_map.rows import Measured, Rows, rows_where
from permadani.measures.class_map import CLASSES
from permadani.measures.judged import Column
from permadani.statistics.ages import age_of, aged_chance
from permadani.statistics.waiting_sets import composition

MINUTE = 60_000_000
AGES = tuple(MINUTE * minutes for minutes in (0, 2, 5, 10, 20, 40, 80, 180, 360, 720, 1440, 4320))
"""From how many microseconds on something has waited that long, by which chances may be weighted (a convention): fine
where it is new, as people who read the newest first tell minutes apart."""
GIVER, RECEIVER, MOMENT, DELAY = 0, 1, 2, 6
"""Places among the columns of ``_personal`` and ``_grouped``."""


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


def events_of(found: Measured, window: int, *, by_age: bool = False) -> Events:
    """The answers of both kinds of channels. ``window``: in microseconds.

    ``by_age``: the chance of each is weighted by how long it has waited (``statistics.ages``); else all are alike.
    """
    ages = AGES if by_age else (0,)
    person, approaches = found.person, found.approaches
    judged = approaches["judged"] == 1
    if not judged.all():
        approaches = rows_where(approaches, judged)
    both = (_personal(approaches, window, ages), _grouped(found.questions, window, ages, len(person)))
    chosen = [np.concatenate([one[place] for one in both]) for place in range(len(both[0]))]
    pair = chosen[GIVER].astype(np.int64) * (len(person) + 1) + chosen[RECEIVER]
    order = np.lexsort((chosen[DELAY], chosen[MOMENT], pair))  # the engine's is none
    giver, receiver, _, giver_class, receiver_class, period, delay, counts = (one[order] for one in chosen)
    total = counts.sum(axis=(1, 2))
    return Events(
        giver=person[giver], receiver=person[receiver], giver_class=giver_class, receiver_class=receiver_class,
        period=period, chance=aged_chance(counts, age_of(delay, ages)), telling=total > 1,
    )  # fmt: skip


def _personal(rows: Rows, window: int, ages: tuple[int, ...]) -> tuple[Column, ...]:
    chosen = rows["answered"] >= 0
    target, moment = rows["target"][chosen], rows["answered"][chosen]
    counts = _waiting(rows, rows["target"], window, ages, target, moment)
    return (target, *_of_receiver(rows, chosen, rows["target_class"]), counts)


def _grouped(rows: Rows, window: int, ages: tuple[int, ...], seats: int) -> tuple[Column, ...]:
    """The queue of a channel, less what the one who replies had asked there."""
    chosen = rows["answered"] >= 0
    channel = rows["channel"].astype(np.int64)
    replier, moment = rows["replier"][chosen], rows["answered"][chosen]
    counts = _waiting(rows, channel, window, ages, channel[chosen], moment)
    counts -= _waiting(rows, channel * seats + rows["asker"], window, ages, channel[chosen] * seats + replier, moment)
    return (replier, *_of_receiver(rows, chosen, rows["replier_class"]), counts)


def _of_receiver(rows: Rows, chosen: Column, giver_class: Column) -> tuple[Column, ...]:
    delay = rows["answered"][chosen] - rows["moment"][chosen]
    classes = (giver_class[chosen], rows["asker_class"][chosen])
    return (rows["asker"][chosen], rows["answered"][chosen], *classes, rows["period"][chosen], delay)


def _waiting(
    rows: Rows, queue: Column, window: int, ages: tuple[int, ...], at_queue: Column, at_moment: Column
) -> Column:
    """How many of each class waited at each moment, by how long they had waited, shape (E, ages, 4)."""
    arrived = rows["moment"]
    left = np.where(rows["answered"] >= 0, rows["answered"], arrived + window)
    counts = np.empty((len(at_queue), len(ages), len(CLASSES)), dtype=np.int32)
    for place, since in enumerate(ages):
        until = left if place + 1 == len(ages) else np.minimum(left, arrived + ages[place + 1] - 1)
        counts[:, place] = composition(
            queue, arrived + since, until, rows["asker_class"], len(CLASSES), at_queue, at_moment
        )
    return counts
