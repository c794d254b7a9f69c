"""Whom an account answers, and what it passes on: a choice among those who wait."""

from __future__ import annotations

from random import Random

from permadani.demo import phrases
from permadani.demo.asking import topic_in
from permadani.demo.model import DAY, LAST, START, WINDOW, Account, Approach, Rank
from permadani.demo.people import Crowd
from permadani.demo.plans import Plan

OLDEST = 60 * DAY
"""Nobody comes back to a message older than this."""
SUBSTANCE = 3.0
"""Words of substance are chosen three times as readily as applause."""
STALENESS = 1.2
"""How much readier what is fresh is chosen: by 1 / (1 + days waiting) to this power."""
Group = tuple[Rank | None, bool]


class _Choosing:
    """Chooses one of those waiting, again and again.

    No coin is tossed between groups (rank, and whether somebody wrote before): over time each gets what its weight
    among those waiting promises, so that what an audit finds can be held against what was planted. Who of a group is
    a lottery.
    """

    def __init__(self, rng: Random, plan: Plan, group: dict[Approach, Group]) -> None:
        self._rng, self._plan, self._group = rng, plan, group
        self._due: dict[Group, float] = {}

    def one_of(self, waiting: list[Approach], at: int) -> Approach:
        groups: dict[Group, dict[Approach, float]] = {}
        for approach in waiting:
            groups.setdefault(self._group[approach], {})[approach] = self._weight(approach, at)
        sums = {group: sum(weights.values()) for group, weights in groups.items()}
        total = sum(sums.values())
        for group, weight in sums.items():
            self._due[group] = self._due.get(group, 0.0) + weight / total
        chosen = max(groups, key=lambda group: (self._due[group], str(group)))
        self._due[chosen] -= 1
        weights = groups[chosen]
        return self._rng.choices(list(weights), list(weights.values()))[0]

    def _weight(self, approach: Approach, at: int) -> float:
        freshness = float((1 + (at - approach.message.at) / DAY) ** -STALENESS)
        return freshness * self._plan.readiness(approach.asker.rank) * (SUBSTANCE if approach.substantive else 1)


def answer(crowd: Crowd, account: Account, plan: Plan) -> None:
    """About once a day the account sits down and answers as many as it has time for; now and then one that is old."""
    _Answering(crowd, account, plan).all()


class _Answering:
    def __init__(self, crowd: Crowd, account: Account, plan: Plan) -> None:
        self._crowd, self._account, self._plan = crowd, account, plan
        self._rng = crowd.rng
        self._passed_on: set[Approach] = set()
        group: dict[Approach, Group] = {}
        known = set()
        for approach in account.approaches:
            group[approach] = (approach.asker.rank, approach.asker in known)
            known.add(approach.asker)
        self._prompt, self._late, self._resharing = (_Choosing(self._rng, plan, group) for _ in range(3))

    def all(self) -> None:
        account, plan, rng = self._account, self._plan, self._rng
        sittings = [
            at for day in range((LAST - START) // DAY)
            if account.away_at(at := START + day * DAY + rng.randrange(6 * 3600, 22 * 3600)) is None
        ]  # fmt: skip
        could = sum(self._could_answer(a) for a in account.approaches)
        each = {
            self._answer_prompt: plan.share * could / len(sittings),
            self._answer_late: plan.late * could * (1 - plan.share) / len(sittings),
            self._reshare: self._crowd.scaled(plan.reshares, 0) / len(sittings),
        }
        due = dict.fromkeys(each, 0.0)
        for begun in sittings:
            at = begun
            for do, often in each.items():
                due[do] += often * rng.uniform(0.4, 1.6)
                while due[do] >= 1:
                    due[do] -= 1
                    at += rng.randrange(40, 240)
                    do(at)

    def _could_answer(self, approach: Approach) -> bool:
        back = self._account.away_at(approach.message.at)
        return back is None or back < approach.message.at + WINDOW

    def _waiting(self, at: int, youngest: int, oldest: int) -> list[Approach]:
        return [a for a in self._account.arrived(at - oldest, at - youngest) if a.answered is None]

    def _answer_prompt(self, at: int) -> None:
        if waiting := self._waiting(at, 60, WINDOW):
            self._answer(self._prompt.one_of(waiting, at), at)

    def _answer_late(self, at: int) -> None:
        if waiting := self._waiting(at, WINDOW + DAY, OLDEST):
            self._answer(self._late.one_of(waiting, at), at)

    def _reshare(self, at: int) -> None:
        fresh = self._account.arrived(at - WINDOW, at - 60)
        good = [a for a in fresh if a.place.on_x and a.substantive and a not in self._passed_on]
        if good:
            chosen = self._resharing.one_of(good, at)
            self._passed_on.add(chosen)
            text = chosen.message.text
            self._crowd.write(chosen.place, self._account.person, at, text, "reshare", reshares=chosen.message)

    def _answer(self, approach: Approach, at: int) -> None:
        rng, asked, place = self._rng, approach.message, approach.place
        topic = phrases.topic_of(asked.text, asked.language)
        sentences = phrases.ANSWERS if topic else phrases.WELCOMES
        if topic is None and asked.parent is not None:
            topic = topic_in(asked.parent, self._account, asked.language)
        text = phrases.say(rng, sentences[asked.language], asked.language, topic)
        parent = asked
        if place.kind == "wordpress" and asked.parent is not None and rng.random() < 0.12:
            parent, text = asked.parent, f"@{asked.author.name}: {text}"  # beside it instead of under it
        self._crowd.write(
            place, self._account.person, at, text, "answer", parent=parent, spoken_to=(asked.author,),
            language=asked.language, deleted=place.kind == "disqus" and rng.random() < 0.03,
        )  # fmt: skip
        approach.answered = at
