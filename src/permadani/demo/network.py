"""What was planted in the network of the hall, counted from the hall itself, and told beside what the map found."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from permadani.demo.model import RANKS, WINDOW, Account, Approach, Hall
from permadani.demo.plans import PLANS
from permadani.findings.results import ClassMap
from permadani.language import N_
from permadani.reports.parts.class_map import Told
from permadani.reports.words import Words

CHANNELS = ("x",)
"""Only there it is known how many follow whom: on the other channels of the hall nobody was given a rank."""
PLANTED = N_(
    "On X {accounts} accounts answer those who write to them, and all of them are seniors. One chooses seniors {times} "
    "times as readily as juniors; the others do not look who wrote. Together they answer {junior} of 100 messages from "
    "juniors and {senior} of 100 from seniors: {ratio} times as many answers to seniors as if all of them chose "
    "blindly. That is the preference of one, and no closed club."
)
"""At most 500 characters: a page shows no more."""


@dataclass(frozen=True, slots=True)
class NetworkTruth:
    """``times``: how much readier than a junior a senior is chosen, one number for each of the accounts that answer.

    ``approaches``, ``answered``: messages to them on X that are old enough, and of these answered in time, by rank.
    ``to_seniors``, ``blind``: answers to seniors while others waited, and how many a blind choice would have given.
    """

    times: tuple[float, ...]
    approaches: dict[str, int]
    answered: dict[str, int]
    to_seniors: int
    blind: float

    def share(self, rank: str) -> float | None:
        return self.answered[rank] / self.approaches[rank] if self.approaches[rank] else None

    @property
    def ratio(self) -> float | None:
        return self.to_seniors / self.blind if self.blind else None


def network_truth(hall: Hall) -> NetworkTruth:
    on_x = [account for account in hall.accounts if any(place.on_x for place in account.places)]
    written = [a for account in on_x for a in account.approaches if a.place.on_x]
    ripe = [a for a in written if a.message.at + WINDOW <= a.place.ends]
    chosen = [one for account in on_x for one in _choices(account)]
    readiness = {plan.key: plan.senior for plan in PLANS}
    return NetworkTruth(
        times=tuple(readiness[account.key] for account in on_x),
        approaches={rank: sum(a.asker.rank == rank for a in ripe) for rank in RANKS},
        answered={rank: sum(a.asker.rank == rank and _in_time(a) for a in ripe) for rank in RANKS},
        to_seniors=sum(answered.asker.rank == "senior" for answered, _ in chosen),
        blind=sum(sum(a.asker.rank == "senior" for a in waiting) / len(waiting) for _, waiting in chosen),
    )


def planted_network(truth: NetworkTruth, words: Words) -> str:
    return words.say(
        PLANTED,
        accounts=words.count(len(truth.times)),
        times=round(max(truth.times)),
        junior=words.of_hundred(truth.share("junior")),
        senior=words.of_hundred(truth.share("senior")),
        ratio=words.decimal(truth.ratio),
    )


def found_network(found: ClassMap, words: Words) -> list[str]:
    """Sentences, as the page of the map has them."""
    told = Told(found, words, words)
    closure = told.closure
    sentences = (told.answers.received, closure.among_seniors, words.join(closure.verdict, closure.reason))
    return [sentence for sentence in sentences if sentence]


def _in_time(approach: Approach) -> bool:
    return approach.answered is not None and approach.answered <= approach.message.at + WINDOW


def _choices(account: Account) -> Iterator[tuple[Approach, list[Approach]]]:
    """Every answer in time on X, with all who waited there at that moment, where these were several."""
    written = [a for a in account.approaches if a.place.on_x]
    for chosen in written:
        if (at := chosen.answered) is None or not _in_time(chosen):
            continue
        waiting = [
            a for a in account.arrived(at - WINDOW, at)
            if a.place.on_x and (a.answered is None or a.answered >= at)
        ]  # fmt: skip
        if len(waiting) > 1:
            yield chosen, waiting
