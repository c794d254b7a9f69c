"""Answers as choices among those waiting: who answered whom, and of which classes those were who waited then.

On a personal channel everybody has a queue of their own: the approaches to them. A group channel has one queue: its
open questions, of which nobody takes up their own. (docs/classes.md, "Matrices".)
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from permadani.findings.class_map.rows import Acts, Rows, rows_where
from permadani.measures.class_map import CLASSES
from permadani.measures.judged import Column
from permadani.statistics.ages import age_of, aged_chance
from permadani.statistics.order import by_number, ranks
from permadani.statistics.waiting_sets import composition

MINUTE = 60_000_000
AGES = tuple(MINUTE * minutes for minutes in (0, 2, 5, 10, 20, 40, 80, 180, 360, 720, 1440, 4320))
"""From how many microseconds on something has waited that long, by which chances may be weighted (a convention): fine
where it is new, as people who read the newest first tell minutes apart."""


@dataclass(frozen=True, slots=True)
class Events:
    """One entry an answer in time, shape (E,). ``chance``: the share of each class among those waiting, shape (4, E).

    ``telling``: somebody else waited, so that there was a choice. The answers of one period stand together, in order of
    periods; within each those that tell come first; and there givers in order.
    """

    giver: Column
    receiver: Column
    giver_class: Column
    receiver_class: Column
    period: Column
    telling: Column
    chance: Column

    def __len__(self) -> int:
        return len(self.giver)

    def within(self, period: int) -> Events:
        """The events of one period: views, nothing is copied."""
        begin, end = np.searchsorted(self.period, [period, period + 1]).tolist()
        return self._where(slice(begin, end))

    def told(self) -> Events:
        """Those that tell."""
        some = int(np.count_nonzero(self.telling))
        return self._where(slice(some) if self.telling[:some].all() else self.telling)

    def _where(self, places: Column | slice) -> Events:
        return Events(*(getattr(self, name)[..., places] for name in self.__slots__))


@dataclass(frozen=True, slots=True)
class _Answers:
    """Of one kind of channel, in an order that the rows alone decide (the engine's is none): sums of fractions hang on
    theirs in the last digit. By seat; ``waited``: how many of each class, by age, shape (E, ages, 4)."""

    giver: Column
    receiver: Column
    giver_class: Column
    receiver_class: Column
    period: Column
    delay: Column
    waited: Column

    @classmethod
    def read(cls, rows: Rows, giver: str, places: Column, waited: Column) -> _Answers:
        """``places``: of the rows that were answered, in order. ``giver``: the name of the column."""
        return cls(
            giver=rows[giver][places], receiver=rows["asker"][places], giver_class=rows[f"{giver}_class"][places],
            receiver_class=rows["asker_class"][places], period=rows["period"][places],
            delay=rows["answered"][places] - rows["moment"][places], waited=waited,
        )  # fmt: skip

    def and_those(self, others: _Answers) -> _Answers:
        if not len(self.giver) or not len(others.giver):
            return self if len(self.giver) else others
        return _Answers(*(np.concatenate([getattr(self, name), getattr(others, name)]) for name in self.__slots__))


def events_of(found: Acts, window: int, *, by_age: bool = False) -> Events:
    """The answers of both kinds of channels. ``window``: in microseconds.

    ``by_age``: the chance of each is weighted by how long it has waited (``statistics.ages``); else all are alike.
    """
    ages = AGES if by_age else (0,)
    person, approaches = found.person, found.approaches
    judged = approaches["judged"] == 1
    if not judged.all():
        approaches = rows_where(approaches, judged)
    both = _personal(approaches, window, ages, len(person)).and_those(
        _grouped(found.questions, window, ages, len(person))
    )
    telling = both.waited.sum(axis=1).sum(axis=1) > 1
    period = ranks(both.period)[0]
    order = by_number(2 * period + ~telling, 2 * (int(period.max(initial=-1)) + 1))[0]
    return Events(
        giver=person[both.giver[order]], receiver=person[both.receiver[order]], giver_class=both.giver_class[order],
        receiver_class=both.receiver_class[order], period=both.period[order], telling=telling[order],
        chance=aged_chance(both.waited[order], age_of(both.delay[order], ages)),
    )  # fmt: skip


def _personal(rows: Rows, window: int, ages: tuple[int, ...], seats: int) -> _Answers:
    places = _in_order(rows, "target", seats)
    target, moment = rows["target"][places], rows["answered"][places]
    waited = _waiting(rows, rows["target"], window, ages, target, moment)
    return _Answers.read(rows, "target", places, waited)


def _grouped(rows: Rows, window: int, ages: tuple[int, ...], seats: int) -> _Answers:
    """The queue of a channel, less what the one who replies had asked there."""
    places = _in_order(rows, "replier", seats)
    replier, moment = rows["replier"][places], rows["answered"][places]
    channel = rows["channel"].astype(np.int64)
    waited = _waiting(rows, channel, window, ages, channel[places], moment)
    own = (channel * seats + rows["asker"], channel[places] * seats + replier)
    waited -= _waiting(rows, own[0], window, ages, own[1], moment)
    return _Answers.read(rows, "replier", places, waited)


def _in_order(rows: Rows, giver: str, seats: int) -> Column:
    """The places of the answers: by giver, moment, and where several have both, by all that tells them apart."""
    places = np.flatnonzero(rows["answered"] >= 0)
    places = places[np.argsort(rows["answered"][places])]
    places = places[by_number(rows[giver][places], seats)[0]]
    same = np.diff(rows[giver][places]) == 0
    same &= np.diff(rows["answered"][places]) == 0
    tied = np.flatnonzero(np.append(same, False) | np.append(False, same))
    among = places[tied]
    places[tied] = among[np.lexsort([rows[name][among] for name in ("moment", "asker", "answered", giver)])]
    return places


def _waiting(
    rows: Rows, queue: Column, window: int, ages: tuple[int, ...], at_queue: Column, at_moment: Column
) -> Column:
    """How many of each class waited at each moment, by how long they had waited, shape (E, ages, 4)."""
    arrived = rows["moment"]
    left = arrived + window
    np.copyto(left, rows["answered"], where=rows["answered"] >= 0)
    counts = np.empty((len(at_queue), len(ages), len(CLASSES)), dtype=np.int32)
    for place, since in enumerate(ages):
        until = left if place + 1 == len(ages) else np.minimum(left, arrived + ages[place + 1] - 1)
        counts[:, place] = composition(
            queue, arrived + since if since else arrived, until, rows["asker_class"], len(CLASSES), at_queue, at_moment
        )
    return counts
