"""How the account answers: whoever waits, and which of them it takes. Times in microseconds from the start."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from calibration.people import DAY, Floats, Mail, of_class, place_in_thread
from calibration.scenarios import Scenario

MINUTE = DAY / 1440
WINDOW = 14 * DAY
UNHEEDED, STALE = 5.0, 4.0
"""Log odds that a message loses where nobody would answer it, and where it is no longer fresh."""


@dataclass(slots=True)
class Inbox:
    """What has come and what she knows and did. One row a message, as in ``mail``.

    ``eta``: log odds of being taken, without what changes while it waits. ``known``: she had addressed the asker
    before that message. ``appeal``: what of ``eta`` belongs to the asker and ``mood`` what belongs to the thread,
    shapes (askers,), (threads,). ``substance_at``, ``language_at``, ``heeded_at``: a uniform number each, compared
    with the shares.
    """

    scenario: Scenario
    rng: np.random.Generator
    mail: Mail
    appeal: Floats
    mood: Floats
    met: npt.NDArray[np.bool_]
    substance_at: Floats
    language_at: Floats
    heeded_at: Floats
    spare: list[int] = field(init=False)
    answered_at: Floats = field(init=False)
    known: npt.NDArray[np.bool_] = field(init=False)
    substantive: npt.NDArray[np.bool_] = field(init=False)
    language: npt.NDArray[np.bool_] = field(init=False)
    eta: Floats = field(init=False)
    acts: list[float] = field(default_factory=list)
    today: Floats = field(init=False)
    towards: Floats = field(init=False)
    begun: Floats = field(init=False)
    place: Floats = field(init=False)

    def __post_init__(self) -> None:
        n, self.today = len(self.mail.moment), np.zeros(len(self.mood))
        self.towards, self.begun = np.zeros(len(self.appeal)), np.zeros(len(self.mood))
        self.begun[: len(self.mail.posts)] = self.mail.posts
        self.place = place_in_thread(self.mail.thread)
        self.answered_at, self.eta = np.full(n, np.nan), np.zeros(n)
        self.known, self.substantive, self.language = np.zeros((3, n), dtype=bool)
        self.spare = np.nonzero(np.isinf(self.mail.moment))[0].tolist()
        self.describe(np.arange(n))

    def describe(self, rows: npt.NDArray[np.int64]) -> None:
        """What speaks for these messages, now that it is known who writes them."""
        scenario, asker = self.scenario, self.mail.asker[rows]
        self.known[rows] = self.met[asker]
        classes = self.mail.classes[asker]
        self.substantive[rows] = self.substance_at[rows] < of_class(scenario.substantive, classes)
        self.language[rows] = self.language_at[rows] < of_class(scenario.language, classes)
        comment = self.mail.comment[rows]
        self.eta[rows] = (
            self.appeal[asker]
            + np.where(comment, self.mood[self.mail.thread[rows]], scenario.mention_effect)
            + scenario.substance_effect * self.substantive[rows]
            + scenario.language_effect * self.language[rows]
            + scenario.contact_effect * self.known[rows]
            + scenario.place * comment * np.log(self.place[rows])
            - UNHEEDED * (self.heeded_at[rows] < of_class(scenario.unheeded, classes))
        )

    def waiting(self, now: float, expired: bool = False) -> npt.NDArray[np.int64]:
        """Rows not answered, at most the window old; ``expired``: older ones instead."""
        recent = self.mail.moment >= now - WINDOW
        open_ = (self.mail.moment <= now) & np.isnan(self.answered_at) & ~self.mail.spam
        return np.nonzero(open_ & (~recent if expired else recent))[0]

    def odds(self, rows: npt.NDArray[np.int64], now: float, patience: bool = True) -> Floats:
        """Log odds of these rows now: with their wait (``patience``) and the size of their thread."""
        sizes = np.bincount(self.mail.thread[self.mail.moment <= now], minlength=int(self.mail.thread.max()) + 1)
        crowd = self.mail.comment[rows] * np.log(np.maximum(sizes[self.mail.thread[rows]], 1))
        eta = self.eta[rows] + self.scenario.size_effect * crowd
        days = (now - self.mail.moment[rows]) / DAY
        if patience:
            eta = eta + self.scenario.wait_effect * np.log1p(days)
        if self.scenario.thread_age:
            age = (now - self.begun[self.mail.thread[rows]]) / DAY
            eta = eta + self.scenario.thread_age * self.mail.comment[rows] * np.log1p(np.maximum(age, 0))
        if self.scenario.phases:
            half = 1 if now < self.mail.days * DAY / 2 else -1
            eta = eta + half * self.scenario.phases * ~self.mail.comment[rows]
        eta = eta + self.today[self.mail.thread[rows]] + self.towards[self.mail.asker[rows]]
        return eta - STALE * (days > self.scenario.fresh)

    def sit_down(self, now: float) -> None:
        """A sitting begins, with moods of its own."""
        self.acts.append(now)
        self.today = self.rng.normal(0, self.scenario.sitting_sd, len(self.mood))
        self.towards = self.rng.normal(0, self.scenario.asker_mood, len(self.appeal))

    def answer(self, row: int, now: float) -> None:
        """She answers; from then on she knows the asker, who may come back."""
        scenario, asker = self.scenario, self.mail.asker[row]
        self.answered_at[row] = now
        self.acts.append(now)
        if self.spare and self.rng.random() < scenario.come_back:
            again = self.spare.pop()
            self.mail.asker[again] = asker
            self.mail.moment[again] = now + self.rng.exponential(4 * DAY) + MINUTE
            self.describe(np.array([again]))
        later = (self.mail.asker == asker) & (self.mail.moment > now) & ~self.known
        self.known[later] = True
        self.eta[later] += scenario.contact_effect

    def free(self, moments: Floats) -> Floats:
        """Those of the moments at which she is not away."""
        here = np.ones(len(moments), dtype=bool)
        for since, until in self.mail.away:
            here &= (moments < since) | (moments >= until)
        return moments[here]

    def sittings(self) -> Floats:
        """When she sits down: most evenings, none while away."""
        evenings = np.arange(int(self.mail.days)) + 0.8 + self.rng.normal(0, 0.08, int(self.mail.days))
        return self.free(np.sort(evenings[self.rng.random(len(evenings)) < 0.65] * DAY))


def one_of(rows: npt.NDArray[np.int64], eta: Floats, rng: np.random.Generator) -> int:
    """A row with probability proportional to exp(eta)."""
    summed = np.cumsum(np.exp(eta - eta.max()))
    return int(rows[min(np.searchsorted(summed, rng.random() * summed[-1]), len(rows) - 1)])


def level(eta: Floats, share: float) -> float:
    """The constant which makes the mean probability ``share``, by bisection."""
    low, high = -15.0, 15.0
    for _ in range(50):
        middle = (low + high) / 2
        low, high = (middle, high) if (1 / (1 + np.exp(-(middle + eta)))).mean() < share else (low, middle)
    return middle


def take(inbox: Inbox, now: float) -> bool:
    """She takes one of those waiting, now and then one that waited too long; whether there was any."""
    rng = inbox.rng
    if rng.random() < inbox.scenario.shown_late and len(old := inbox.waiting(now, expired=True)):
        inbox.answer(int(rng.choice(old)), now)
        return True
    rows = inbox.waiting(now)
    if not len(rows):
        return False
    inbox.answer(one_of(rows, inbox.odds(rows, now), rng), now)
    return True


def chooser(inbox: Inbox, answers: int) -> None:
    """One answer at each of so many moments, spread evenly over her presence."""
    moments = inbox.free(np.sort(inbox.rng.uniform(0, inbox.mail.days * DAY, 3 * answers)))
    keep = np.sort(inbox.rng.choice(len(moments), min(answers, len(moments)), replace=False))
    for now in moments[keep]:
        take(inbox, float(now))


def capacities(total: int, sittings: int, rng: np.random.Generator) -> npt.NDArray[np.int64]:
    """So many in all, very unevenly by sitting."""
    energy = rng.lognormal(0, 0.9, sittings)
    return rng.multinomial(total, energy / energy.sum())


def sessions(inbox: Inbox, answers: int) -> None:
    """Several of those waiting at each sitting, a few minutes apart; with coarse clocks several at one moment."""
    moments = inbox.sittings()
    for start, capacity in zip(moments, capacities(answers, len(moments), inbox.rng), strict=True):
        now = float(start)
        inbox.sit_down(now)
        for _ in range(capacity):
            if not (inbox.scenario.coarse and inbox.rng.random() < 0.3):
                now += inbox.rng.exponential(4 * MINUTE) + 1
            if not take(inbox, now):
                break


def coin(inbox: Inbox, answers: int, fair: Floats) -> None:
    """At each sitting every message since the last is decided once, less willingly under load, answered later."""
    base = level(fair, min(0.95, 1.05 * answers / len(fair)))
    moments = inbox.sittings()
    usual = len(fair) / max(1, len(moments))
    before = -1.0
    for now in moments:
        inbox.sit_down(float(now))
        fresh = np.nonzero((inbox.mail.moment > before) & (inbox.mail.moment <= now) & ~inbox.mail.spam)[0]
        before = now
        if len(fresh):
            willing = (
                base
                + inbox.odds(fresh, now, patience=False)
                - inbox.scenario.load_effect * np.log(max(1.0, len(fresh)) / usual)
            )
            for row in fresh[inbox.rng.random(len(fresh)) < 1 / (1 + np.exp(-willing))]:
                inbox.answer(int(row), float(now + inbox.rng.exponential(1.2 * DAY) + MINUTE))


def newest_first(inbox: Inbox, answers: int, fair: Floats) -> None:
    """At each sitting she reads from the newest down until tired, and decides each once."""
    base = level(fair, min(0.95, 1.3 * answers / len(fair)))
    moments = inbox.sittings()
    seen = np.zeros(len(inbox.mail.moment), dtype=bool)
    for start, strength in zip(moments, capacities(len(fair), len(moments), inbox.rng), strict=True):
        inbox.sit_down(float(start))
        rows = inbox.waiting(start)
        rows = rows[~seen[rows]]
        rows = rows[np.argsort(-inbox.mail.moment[rows], kind="stable")][:strength]
        seen[rows] = True
        now = float(start)
        if len(rows):
            willing = base + inbox.odds(rows, start, patience=False)
            for row in rows[inbox.rng.random(len(rows)) < 1 / (1 + np.exp(-willing))]:
                now += inbox.rng.exponential(3 * MINUTE) + 1
                inbox.answer(int(row), now)
