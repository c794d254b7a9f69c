"""One account and everything that waited for it, with a planted preference.

The classes are not planted: they are ranks of followers among those who wrote, and what is planted hangs on the same
ranks. Nothing here uses the statistics it is meant to try.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
import numpy.typing as npt

from calibration import answering
from calibration.answering import WINDOW, Inbox
from calibration.people import DAY, Bools, Floats, Ints, Mail, mail, of_class
from calibration.scenarios import Scenario
from permadani.measures.judged import Judged

START = 1_577_836_800_000_000
"""1 January 2020."""
COVERED_AFTER = 5 * DAY
"""For so long after the last message it is known what she did."""


@dataclass(frozen=True, slots=True)
class Simulated:
    """``judged``: what an audit sees. The truth beside it, a row each: ``classes`` 0 junior, 1 middle, 2 senior;
    ``substantive``; ``language``: whether in hers; ``eta``: all that moves the choice and does not change with time,
    the preference included. ``beta``: log odds of a junior against a senior. ``spam``: flagged messages left out."""

    judged: Judged
    beta: float
    classes: Ints
    substantive: Bools
    language: Bools
    eta: Floats
    spam: int


def simulate(scenario: Scenario, approaches: int, beta: float, seed: int) -> Simulated:
    """The account of this seed. The same seed gives the same people and messages whatever ``beta`` is."""
    rng = np.random.default_rng([seed, zlib.crc32(scenario.name.encode()), approaches])
    came = mail(scenario, approaches, rng)
    n, people = len(came.moment), len(came.standing)
    liking = rng.normal(0, 1, people)
    if scenario.tails:
        liking /= np.sqrt(rng.chisquare(scenario.tails, people) / scenario.tails)
    liking *= scenario.asker_sd
    mood = rng.normal(0, scenario.thread_sd, int(came.thread.max()) + 1)
    if scenario.best_friend:
        liking[-1] += 3
    if scenario.friends:
        liking += 3 * (rng.random(people) < scenario.friends)
    if came.shunned >= 0:
        mood[came.shunned] -= 3
    met = rng.random(people) < of_class(scenario.contact, came.classes)
    substance_at, language_at, lying, unread, heeded_at, regret = rng.random((6, n))
    preference = _preference(scenario, came)

    def inbox(strength: float) -> Inbox:
        appeal = liking + strength * preference
        return Inbox(scenario, rng, came, appeal, mood, met, substance_at, language_at, heeded_at)

    answers = round(scenario.share * approaches)
    fair = inbox(0.0).eta
    seen = inbox(beta)
    if scenario.way == "chooser":
        answering.chooser(seen, answers)
    elif scenario.way == "sessions":
        answering.sessions(seen, answers)
    elif scenario.way == "coin":
        answering.coin(seen, answers, fair)
    else:
        answering.newest_first(seen, answers, fair)
    classes = came.classes[came.asker]
    wrong = lying < of_class(scenario.wrong, classes)
    shown = np.where(seen.substantive ^ wrong, "substantive", "ditto")
    gone = np.isnan(seen.answered_at) & (regret < of_class(scenario.withdrawn, classes))
    kept = np.nonzero(np.isfinite(came.moment) & ~came.spam & ~gone)[0]
    kept = kept[np.argsort(came.moment[kept], kind="stable")]
    judged = _judged(seen, shown, unread, kept)
    return Simulated(
        judged, beta, classes[kept], seen.substantive[kept], seen.language[kept], seen.eta[kept], int(came.spam.sum())
    )


def _preference(scenario: Scenario, came: Mail) -> Floats:
    """Of each asker, shape (askers,): 1 for juniors, a half for middle, 0 for seniors; or evenly by rank, scaled so
    that the messages of juniors and seniors differ by 1 on average."""
    if not scenario.graded:
        return 1 - came.classes / 2
    written = came.classes[came.asker]
    falls = 1 - came.rank
    of = falls[came.asker]
    return falls / (of[written == 0].mean() - of[written == 2].mean())


def _next_after(keys: Ints, moments: Floats, act_keys: Ints, acts: Floats, strictly: bool = False) -> Floats:
    """The first act of the same key not earlier than each moment (later, if ``strictly``); infinite if none."""
    order = np.lexsort((acts, act_keys))
    span = 1 << 46  # microseconds: two years, so that key and time make one exact integer
    line = np.append(act_keys[order] * span + acts[order].astype(np.int64), np.iinfo(np.int64).max)
    place = np.searchsorted(line, keys * span + moments.astype(np.int64), "right" if strictly else "left")
    found = np.append(acts[order], np.inf)[place]
    same = np.append(act_keys[order], -1)[place] == keys
    return np.where(same, found, np.inf)


def _answers_before(asker: Ints, moment: Floats, answered: Ints, at: Floats) -> Ints:
    """How often the same asker had been answered before each message."""
    return np.array(
        [np.count_nonzero((answered == one) & (at < when)) for one, when in zip(asker, moment, strict=True)]
    )


def _judged(inbox: Inbox, shown: npt.NDArray[np.str_], unread: Floats, kept: Ints) -> Judged:
    """The kept rows as an audit measures them."""
    came, scenario = inbox.mail, inbox.scenario
    n = len(kept)
    grain = DAY if scenario.daily else 1.0
    moment, asker, thread = came.moment[kept] // grain * grain, came.asker[kept], came.thread[kept]
    at = inbox.answered_at[kept] // grain * grain
    waited = at - moment
    hit = np.nonzero(~np.isnan(at))[0]
    ends = came.days * DAY + COVERED_AFTER
    acts = np.concatenate([came.posts, np.array(inbox.acts)])
    nobody = np.zeros(n, dtype=np.int64)
    reached = _next_after(nobody, moment, np.zeros(len(acts), dtype=np.int64), np.floor(acts), strictly=True) - moment
    joined = _next_after(thread, moment, thread[hit], at[hit]) - moment
    anywhere = _next_after(asker, moment, asker[hit], at[hit], strictly=True) - moment
    answered = waited <= WINDOW
    ripe = moment + WINDOW <= ends
    seen = (reached <= WINDOW) | answered
    first = np.zeros(n, dtype=bool)
    first[np.unique(asker, return_index=True)[1]] = True
    counted = np.full(n, np.inf) if scenario.undated else moment
    followers = came.standing[asker] * scenario.fame ** _answers_before(asker, counted, asker[hit], at[hit])
    mute = unread[kept] > 1 - of_class(scenario.language_unknown, came.classes[asker])
    columns: dict[str, Any] = {
        "object": np.arange(1, n + 1),
        "asker": asker + 1_000_000,
        "thread": thread + 2_000_000,
        "channel": np.full(n, "x", dtype=object),
        "moment": START + moment.astype(np.int64),
        "year": 2020 + (moment // (365.25 * DAY)).astype(np.int64),
        "regular": ~first,
        "substance": shown[kept].astype(object),
        "standing": followers,
        "dated": np.ones(n, dtype=bool),
        "weak": np.zeros(n, dtype=bool),
        "eligible": ripe & seen,
        "reached": seen,
        "ripe": ripe,
        "answered": answered,
        "late": waited > WINDOW,
        "structural": ~np.isnan(at),
        "joined_in_time": (joined <= WINDOW) | answered,
        "joined_ever": np.isfinite(joined) | ~np.isnan(at),
        "anywhere": anywhere <= WINDOW,
        "waited": waited,
        "watched": ends - moment,
        "acknowledged": np.isnan(at) & (unread[kept] < 0.1),
        "via": np.where(came.comment[kept], "comment", "mention").astype(object),
        "language_match": np.where(mute, np.nan, inbox.language[kept].astype(np.float64)),
        "prior_contact": inbox.known[kept],
        "left": np.full(n, np.nan),
        "elsewhere": anywhere,
    }
    unknown = {field.name for field in fields(Judged)} - columns.keys()
    assert not unknown, f"the simulator must be told of {sorted(unknown)} in {scenario.name}"
    return Judged(**{field.name: columns[field.name] for field in fields(Judged)})
