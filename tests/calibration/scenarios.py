"""The worlds in which a verdict is tried: each is a way of answering with things that mislead a counter."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

Way = Literal["chooser", "sessions", "coin", "newest_first"]
Three = tuple[float, float, float]
"""One number for juniors, middle and seniors."""


@dataclass(frozen=True, slots=True)
class Scenario:
    """What is planted beside the preference. Effects are log odds, ``sd`` those of normal intercepts, shares 0..1.

    ``way``: *chooser* picks one of those waiting at each moment, exactly as the model has it; *sessions* the same,
    several in a sitting; *coin* decides each message once, when read, and answers after a delay; *newest_first* reads
    from the top and stops when tired. ``share``: of all messages answered, about. ``substantive``: how many messages
    are of substance, by class. ``writes``: how often an asker writes, by class. ``lean``: how much more often
    juniors write in the burst, while she is away, and in the second half where ``growth`` is above 1.
    ``thread_lean``: sd of the log of how much a thread draws juniors. ``contact``: share of askers she knew before.
    ``wrong``: share of substance labels that are false, by class. ``graded``: the preference falls evenly with rank
    instead of by class. ``coarse``: standings and times are rounded, so that many are equal. ``pace``: how many times
    longer all takes, so fewer wait at a time. ``habit``: one asker writes this share of all messages. ``shown_late``:
    share of answers after the window.

    For those that were looked for (``hunted``): ``load_effect`` of a heavy day on a coin; ``language`` and
    ``language_unknown``: share of messages in her language, and of those of which nobody knows, by class;
    ``unheeded``: share that nobody would answer though nothing shows it; ``fame``: how many times more followers an
    answer brings; ``fresh``: days after which she hardly answers; ``sitting_sd``: mood for a thread in one sitting;
    ``friends``: share of askers she likes by 3; ``storm``: share of messages in one thread that she shuns, mostly of
    juniors; ``night``: juniors write after her sitting; ``daily``: only the day of anything is known; ``undated``:
    followers are counted at the end; ``withdrawn``: share of unanswered messages deleted, by class; ``phases``: log
    odds that speak for mentions in the first half and against them in the second; ``speaks``: share of mentions by
    class; ``asker_mood``: as ``sitting_sd``, for people; ``best_friend``: share of messages of one senior whom she
    likes by 3; ``tails``: degrees of freedom of t instead of normal liking; ``thread_age``: effect of log(1 + days)
    since she published; ``late``: mean days after that until comments come, by class; ``place``: effect of the log
    of a comment's place in its thread.
    """

    name: str
    about: str
    way: Way = "sessions"
    share: float = 0.35
    substantive: Three = (0.45, 0.6, 0.7)
    substance_effect: float = 1.0
    writes: Three = (1.0, 1.2, 1.6)
    asker_sd: float = 0.6
    thread_sd: float = 0.4
    popularity_sd: float = 0.9
    thread_lean: float = 0.3
    lean: float = 4.0
    burst: float = 0.0
    absences: tuple[float, ...] = ()
    growth: float = 1.0
    come_back: float = 0.0
    spam: float = 0.0
    coarse: bool = False
    wrong: Three = (0.0, 0.0, 0.0)
    contact: Three = (0.08, 0.12, 0.2)
    contact_effect: float = 0.4
    language_effect: float = 0.5
    wait_effect: float = -0.7
    size_effect: float = -0.15
    mention_effect: float = -0.3
    mentions: float = 0.35
    graded: bool = False
    pace: float = 1.0
    habit: float = 0.0
    shown_late: float = 0.02
    load_effect: float = 0.4
    language: Three = (0.9, 0.9, 0.9)
    language_unknown: Three = (0.03, 0.03, 0.03)
    unheeded: Three = (0.0, 0.0, 0.0)
    fame: float = 1.0
    fresh: float = float("inf")
    sitting_sd: float = 0.0
    friends: float = 0.0
    storm: float = 0.0
    night: bool = False
    daily: bool = False
    undated: bool = False
    withdrawn: Three = (0.0, 0.0, 0.0)
    phases: float = 0.0
    speaks: Three | None = None
    asker_mood: float = 0.0
    best_friend: float = 0.0
    tails: float = 0.0
    thread_age: float = 0.0
    late: Three = (1.5, 1.5, 1.5)
    place: float = 0.0


EVEN = {"substantive": (0.6, 0.6, 0.6), "writes": (1.0, 1.0, 1.0), "contact": (0.1, 0.1, 0.1)}
BARE: Three = (0.25, 0.5, 0.75)

_ALL = (
    Scenario("plain", "the model itself: one chosen at a time, nobody differs but by what is seen", way="chooser",
             asker_sd=0.0, thread_sd=0.0, thread_lean=0.0, shown_late=0.0, **EVEN),  # type: ignore[arg-type]
    Scenario("confounded_substance", "juniors mostly write bare applause, and she answers substance",
             way="chooser", substantive=BARE, substance_effect=1.4),
    Scenario("favourites", "she likes some people for reasons of her own; some write very often",
             way="chooser", asker_sd=0.9, writes=(0.7, 1.0, 2.0)),
    Scenario("pile_ons", "a few threads draw most comments, mostly of juniors, and are answered by mood",
             thread_sd=0.7, popularity_sd=1.8, thread_lean=1.0, mentions=0.2),
    Scenario("burst", "three of ten messages come in the two days after a speech, mostly of juniors", burst=0.3),
    Scenario("absence", "away for 25 and for 12 days, in which mostly juniors write", absences=(25.0, 12.0)),
    Scenario("newest_first", "reads from the newest down until tired, decides each once", way="newest_first"),
    Scenario("coin", "decides each message when it is read, answers after a while, less under load", way="coin"),
    Scenario("sessions", "comes for a sitting and answers some of those waiting"),
    Scenario("spam_and_ties", "flagged spam, equal follower counts, times to the hour, several answered at once",
             spam=0.15, coarse=True),
    Scenario("mislabelled", "the substance of 15 of 100 messages is labelled wrongly",
             substantive=BARE, substance_effect=1.4, wrong=(0.15, 0.15, 0.15)),
    Scenario("mislabelled_by_class", "wrong labels for 20 of 100 juniors' messages, 8 of 100 seniors'",
             substantive=BARE, substance_effect=1.4, wrong=(0.2, 0.14, 0.08)),
    Scenario("answered_come_back", "six of ten who were answered write again",
             way="chooser", come_back=0.6, asker_sd=0.9),
    Scenario("load_shift", "three times as many messages in the second half, mostly of juniors, and no more answers",
             growth=3.0),
)  # fmt: skip
SCENARIOS: dict[str, Scenario] = {one.name: one for one in _ALL}
CONFOUNDED = ("confounded_substance", "burst", "absence", "load_shift", "mislabelled", "pile_ons")
"""Where those who are counted differ for a reason that is no preference: a counter must fail here."""
GRADED = replace(SCENARIOS["sessions"], name="graded", about="as sessions, but the preference falls evenly with rank",
                 graded=True)  # fmt: skip
