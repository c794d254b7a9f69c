"""Scenarios that were thought up to make a fair account look unfair, beyond those that every verdict must survive."""

from __future__ import annotations

from dataclasses import replace

from calibration.scenarios import SCENARIOS, Scenario


def _like(name: str, about: str, like: str = "sessions", **other: object) -> Scenario:
    return replace(SCENARIOS[like], name=name, about=about, **other)  # type: ignore[arg-type]


_ALL = (
    _like("coin_burst", "decided when read, less willingly on the days of a speech", "coin",
          burst=0.3, load_effect=1.0),
    _like("coin_absence", "decided when read, and at once on the return from an absence", "coin",
          absences=(25.0, 12.0), load_effect=1.0),
    _like("coin_load_shift", "decided when read, three times the load in the second half", "coin",
          growth=3.0, load_effect=1.0),
    _like("newest_first_burst", "newest first, never reaching the bottom of a burst", "newest_first", burst=0.3),
    _like("newest_first_absence", "newest first after an absence", "newest_first", absences=(25.0, 12.0)),
    _like("newest_first_night", "newest first, and juniors write after her hours", "newest_first", night=True),
    _like("sessions_night", "juniors write after her hours", night=True),
    _like("fresh_only", "hardly answers what is older than a day and a half", fresh=1.5, wait_effect=0.0),
    _like("fresh_only_burst", "the same with a burst of juniors", fresh=1.5, wait_effect=0.0, burst=0.3),
    _like("fresh_only_absence", "the same with absences", fresh=1.5, wait_effect=0.0, absences=(25.0, 12.0)),
    _like("by_thread", "takes up one thread or another at each sitting", sitting_sd=2.0),
    _like("by_thread_pile_ons", "the same where a few threads draw most juniors", "pile_ons", sitting_sd=2.0),
    _like("friends", "eight of a hundred askers are friends", "favourites", friends=0.08, asker_sd=0.3),
    _like("storm", "four of ten messages in one thread that she shuns, mostly of juniors", storm=0.4),
    _like("habit", "one junior writes three of ten messages", "favourites", habit=0.3),
    _like("fame", "each answer brings half as many followers again", "favourites", fame=1.5),
    _like("more_fame", "each answer triples the followers", "answered_come_back", fame=3.0),
    _like("foreign", "half the juniors' messages are in another language, and half of these are not recognised",
          language=(0.5, 0.9, 0.95), language_unknown=(0.4, 0.1, 0.05), language_effect=1.5),
    _like("hidden_spam", "15 of 100 juniors' messages are spam that nothing shows", unheeded=(0.15, 0.05, 0.02)),
    _like("worse_labels", "substance matters much; wrong for 25 of 100 juniors' messages, 5 of 100 seniors'",
          substantive=(0.25, 0.5, 0.75), substance_effect=2.0, wrong=(0.25, 0.15, 0.05)),
    _like("daily", "only the day of anything is known", daily=True),
    _like("quiet", "hardly more than a few wait at a time", pace=6.0),
    _like("crowded", "hundreds wait at a time", pace=0.15),
    _like("undated_fame", "followers are counted once, at the end, and an answer brings a tenth more",
          "favourites", fame=1.1, undated=True),
    _like("withdrawn", "seniors delete four of ten messages that got no answer, juniors few",
          withdrawn=(0.05, 0.2, 0.4)),
    _like("phases", "answers mentions in the first half and comments in the second; seniors mention, juniors comment",
          phases=2.0, speaks=(0.15, 0.35, 0.65)),
    _like("phases_growth", "the same while juniors come later", phases=2.0, speaks=(0.15, 0.35, 0.65), growth=3.0),
    _like("by_asker", "takes up one person or another at each sitting", asker_mood=2.0),
    _like("best_friend", "one senior, liked much, writes 15 of 100 messages", best_friend=0.15),
    _like("few_seniors", "seniors write five times as often, and she likes some people much",
          "favourites", writes=(0.6, 1.0, 5.0), asker_sd=1.4),
    _like("heavy_tails", "some people are liked or disliked out of all proportion", "favourites", tails=2.0),
    _like("late_juniors", "juniors come late to threads, and she leaves threads as they age",
          late=(4.0, 2.0, 0.7), thread_age=-1.2),
    _like("late_juniors_newest", "the same by a reader of the newest first", "newest_first",
          late=(4.0, 2.0, 0.7), thread_age=-1.2),
    _like("first_come", "juniors come late to threads, and the first comments are answered",
          late=(4.0, 2.0, 0.7), place=-0.6),
    _like("rare", "answers one of ten", share=0.1),
    _like("generous", "answers three of four", share=0.75),
)  # fmt: skip
HUNTED: dict[str, Scenario] = {one.name: one for one in _ALL}
