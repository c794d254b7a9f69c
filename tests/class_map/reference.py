"""The class map anew, from the exported tables and docs/classes.md alone: slow and obvious."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from class_map import matrices, posts, unequal
from class_map.approaches import answers, approaches, directed_ties, questions, unseen_mentions
from class_map.shares import share
from class_map.speaking import flat_channels
from class_map.standing import CLASSES, Classes, Standings
from class_map.tables import DAY, Tables, load

BANDS = ((0, 99), (100, 999), (1_000, 9_999), (10_000, 99_999), (100_000, None))
TENURES = ("newcomer", "regular", "unknown")
SECOND_POST_DAYS = 104

Inside = Callable[[int], bool]


class Reference:
    """Everything that does not depend on the period, and the map of any period."""

    def __init__(self, folder: Path, channels: tuple[str, ...] = ()) -> None:
        self.tables: Tables = load(folder)
        self.channels = set(channels) or {one.channel for one in self.tables.messages.values()}
        found, left_out = posts.posts(self.tables)
        self.posts = [one for one in found if one.message.channel in self.channels]
        self.left_out = [(one, why) for one, why in left_out if one.channel in self.channels]
        self.standings = Standings(self.tables)
        self.approaches = [one for one in approaches(self.tables) if one.message.channel in self.channels]
        self.questions = [one for one in questions(self.tables) if one.message.channel in self.channels]
        self.answers = answers(self.approaches, self.questions)
        self.ties = [one for one in directed_ties(self.tables) if one[1][1] in self.channels]
        self.reshares = [one for one in matrices.reshares(self.tables) if one.target.channel in self.channels]

    def map(self, since: int | None = None, until: int | None = None) -> dict[str, Any]:
        inside = within(since, until)
        chosen = [one for one in self.posts if inside(one.moment)]
        self.classes = Classes(self.standings, [one.message for one in chosen])
        months = sorted({name(one.moment, "month") for one in chosen})
        years = sorted({name(one.moment, "year") for one in chosen})
        left_out = [(one, why) for one, why in self.left_out if inside(one.published)]
        unseen = [one for one in unseen_mentions(self.tables) if one.channel in self.channels and inside(one.moment)]
        return {
            "people": len({one.message.person for one in chosen}),
            "posts": len(chosen),
            "channels": [self._channel(channel, chosen) for channel in sorted(self.channels)],
            "reception": self._with_openings(chosen),
            "by_channel": self._by_channel(chosen),
            "matrices": {
                "approaches": matrices.of_labels(
                    [self._approach(one) for one in self.approaches if inside(one.moment)]
                ),
                "answers": self._answers(inside),
                "reshares": matrices.of_labels(
                    [self._reshare(one) for one in self.reshares if inside(one.moment)]
                ),
            },
            "rich_club": unequal.rich_club(self.classes.seniors(), self._tied(inside)),
            "reciprocity": {
                "replies": unequal.reciprocity(self._tied(inside)),
                "reshares": unequal.reciprocity(
                    {(one.giver, one.target.seat) for one in self.reshares if inside(one.moment)}
                ),
            },
            "concentration": self._concentration(inside),
            "newcomers": self._newcomers(chosen),
            "left_out": {**posts.counted(left_out), "unseen_mentions": len(unseen)},
            "month": {month: self._period(month, "month", inside) for month in months},
            "year": {year: self._period(year, "year", inside) for year in years},
        }  # fmt: skip

    def _channel(self, channel: str, chosen: list[posts.Post]) -> dict[str, Any]:
        here = [one for one in chosen if one.message.channel == channel]
        bounds = self.classes.bounds.get(channel)
        levels = {one.said.level for one in here}
        known = 0 if bounds is None else bounds.known
        return {
            "channel": channel,
            "audience": "group" if channel in self.tables.group else "personal",
            "standing": self.standings.kinds.get(channel) if known else None,
            "people": 0 if bounds is None else bounds.people,
            "known": known,
            "posts": len(here),
            "junior_to": None if bounds is None or known < 10 else self._rounded(channel, bounds.junior_to),
            "senior_from": None if bounds is None or known < 10 else self._rounded(channel, bounds.senior_from),
            "level": "none" if not here else "complete" if levels == {"complete"} else "partial",
            "flat": channel in flat_channels(self.tables),
        }

    def _rounded(self, channel: str, bound: int | None) -> int | None:
        """Followers to two digits, as a bound is somebody's own count."""
        if bound is None or self.standings.kinds[channel] == "network" or bound < 100:
            return bound
        digits = len(str(bound)) - 2
        return round(bound / 10**digits) * 10**digits

    def _with_openings(self, chosen: list[posts.Post]) -> dict[str, Any]:
        openings = [one for one in chosen if one.message.root == one.message.id and one.message.in_reply_to is None]
        known = any(self._followers(one) is not None for one in chosen)
        whole, alone = (self._reception(some, lambda one: one.answered, known) for some in (chosen, openings))
        return {**whole, "openings": alone}

    def _by_channel(self, chosen: list[posts.Post]) -> list[dict[str, Any]]:
        channels = sorted({one.message.channel for one in chosen})
        if len(channels) < 2:
            return []
        return [
            {"channel": channel, **self._with_openings([one for one in chosen if one.message.channel == channel])}
            for channel in channels
        ]

    def _followers(self, one: posts.Post) -> int | None:
        if self.standings.kinds[one.message.channel] != "followers":
            return None
        return self.standings.before(one.message.seat, one.moment)

    def _reception(
        self, chosen: list[posts.Post], answered: Callable[[posts.Post], bool], known: bool
    ) -> dict[str, Any]:
        def of(some: Iterable[posts.Post]) -> dict[str, Any]:
            return share((one.message.person, answered(one)) for one in some)

        by_class = {one.message.id: self.classes.of(one.message.seat, one.moment) for one in chosen}
        followers = {one.message.id: self._followers(one) for one in chosen}
        bands = []
        for least, most in BANDS:
            some = [
                one for one in chosen
                if (count := followers.get(one.message.id)) is not None and least <= count
                and (most is None or count <= most)
            ]  # fmt: skip
            bands.append({"least": least, "most": most, **of(some)})
        return {
            "all": of(chosen),
            "by_class": {name: of(p for p in chosen if by_class[p.message.id] == name) for name in CLASSES},
            "by_tenure": {name: of(p for p in chosen if p.tenure == name) for name in TENURES},
            "by_followers": bands if known else None,
        }

    def _asker(self, one: Any) -> str:
        return self.classes.of(one.message.seat, one.moment)

    def _giver(self, one: Any) -> str:
        """The one approached, as of the approach; on group channels the one who replied, as of the reply."""
        return self.classes.of(one.to, one.moment) if one.to is not None else self.classes.of(one.by, one.answered)

    def _approach(self, one: Any) -> matrices.Act:
        return matrices.Act(self._asker(one), self._giver(one), one.message.person, one.to[0], one.message.channel)

    def _reshare(self, one: matrices.Reshare) -> matrices.Act:
        return matrices.Act(
            self.classes.of(one.giver, one.moment), self.classes.of(one.target.seat, one.target.published),
            one.giver[0], one.target.person, one.target.channel,
        )  # fmt: skip

    def _answers(self, inside: Inside) -> dict[str, Any]:
        chosen = [one for one in self.answers if inside(one.of.moment)]
        found = matrices.of_answers(chosen, self._giver, self._asker)
        for cell in found["cells"]:
            here = [
                one for one in self.approaches
                if one.old_enough and inside(one.moment)
                and (self._giver(one), self._asker(one)) == (cell["from"], cell["to"])
            ]  # fmt: skip
            cell["sides"] = [
                share((one.to[0], one.answered is not None) for one in here if one.to is not None),
                share((one.message.person, one.answered is not None) for one in here),
            ]
        return found

    def _tied(self, inside: Inside) -> set[unequal.Tie]:
        return {(source, to) for moment, source, to in self.ties if inside(moment)}

    def _concentration(self, inside: Inside) -> dict[str, Any]:
        asked = [one for one in [*self.approaches, *self.questions] if one.watched and inside(one.moment)]
        received = dict.fromkeys((one.message.person for one in asked), 0)
        for one in asked:
            received[one.message.person] += one.answered is not None
        reshared = dict.fromkeys((one.message.person for one in self.posts if inside(one.moment)), 0)
        for reshare in self.reshares:
            if inside(reshare.moment) and reshare.target.person in reshared:
                reshared[reshare.target.person] += 1
        return {"answers": unequal.spread(received.values()), "reshares": unequal.spread(reshared.values())}

    def _newcomers(self, chosen: list[posts.Post]) -> dict[str, Any]:
        firsts = [
            one for one in chosen
            if one.tenure == "newcomer" and one.moment + SECOND_POST_DAYS * DAY <= one.said.until
        ]  # fmt: skip
        again = {
            answered: share(
                (one.message.person, posts.came_back(self.tables, one.message))
                for one in firsts if one.in_time == answered
            )
            for answered in (True, False)
        }  # fmt: skip
        return {"answered_first": again[True], "unanswered_first": again[False]}

    def _period(self, period: str, by: str, whole: Inside) -> dict[str, Any]:
        def inside(moment: int) -> bool:
            return whole(moment) and name(moment, by) == period

        old = [one for one in self.posts if inside(one.moment) and one.old_enough]
        known = any(self._followers(one) is not None for one in self.posts if whole(one.moment))
        return {
            "reception": self._reception(old, lambda one: one.in_time, known),
            "answers": self._answers(inside),
            "concentration": self._concentration(inside),
        }


def within(since: int | None, until: int | None) -> Inside:
    return lambda moment: (since is None or since <= moment) and (until is None or moment <= until)


def name(moment: int, by: str) -> str:
    """``2015-04`` or ``2015``."""
    return datetime.fromtimestamp(moment // 1_000_000, UTC).strftime("%Y-%m" if by == "month" else "%Y")


def closure(answers: dict[str, Any]) -> dict[str, dict[str, float]]:
    """Observed and expected answers of seniors, and of everybody else of known class, to seniors."""
    found: dict[str, Counter[str]] = {"seniors_to_seniors": Counter(), "others_to_seniors": Counter()}
    for cell in answers["cells"]:
        if cell["to"] == "senior" and cell["from"] != "unknown":
            which = "seniors_to_seniors" if cell["from"] == "senior" else "others_to_seniors"
            found[which].update({"observed": cell["observed"], "expected": cell["expected"]})
    return {which: dict(counts) for which, counts in found.items()}
