"""First messages, posts as they are counted, and second posts: random messages, against looking through all of them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from class_map.columns import KNOWN, columns, listed, seats_on, so_many_at_once
from permadani.findings.class_map import messages as counting
from permadani.findings.class_map import standings
from permadani.findings.class_map.messages import (
    COMING_BACK,
    NEWCOMER,
    REGULAR,
    SETTLED_UNKNOWN,
    SINCE_FIRST,
    TENURE_UNKNOWN,
    UNSETTLED,
    Firsts,
    firsts_of,
    received_rows,
    second_rows,
    seen_of,
)  # fmt: skip
from permadani.findings.class_map.periods import MOST_COMPARED, By, Periods
from permadani.findings.class_map.rows import Rows
from permadani.findings.class_map.standings import Rungs, standings_of
from permadani.measures.class_map import BANDS, CLASSES, WHY_NONE, NetworkScope
from permadani.measures.judged import Column
from permadani.measures.network import DAY, SETTLING_DAYS
from permadani.measures.seats import BLOCK
from permadani.statistics import packed

SEATS = 6
NOON = DAY // 2
FIRST = -40 * DAY
"""Of the period that is asked about in some examples, before 1970."""
SMALL = ("why", "sure", "opening", "settled", "old", "followed_up", "answered")
numbers, flag = st.integers(0, SEATS - 1), st.integers(0, 1)
KEYS = {"number": np.int32, "moment": np.int64, "root": np.int64, **dict.fromkeys(SMALL, np.int8)}
Message = dict[str, int]


@dataclass(frozen=True)
class Posted:
    messages: list[Message]
    channels: list[int]
    scope: NetworkScope
    heard: list[tuple[int, int, int]] = field(default_factory=list)

    def rows(self) -> Rows:
        return columns([tuple(one[name] for name in KEYS) for one in self.messages], **KEYS)

    def post(self, one: Message) -> bool:
        return one["why"] == 0 and self.scope.since <= one["moment"] <= self.scope.until

    def by_people(self) -> list[Message]:
        return [one for one in self.messages if WHY_NONE[one["why"]] not in ("spam", "automatic")]

    def tenure(self, one: Message) -> int:
        """Where no first message is left out."""
        theirs = [other["moment"] for other in self.by_people() if other["number"] == one["number"]]
        if one["settled"] == SETTLED_UNKNOWN:
            return TENURE_UNKNOWN
        if one["moment"] > min(theirs):
            return REGULAR
        if theirs.count(one["moment"]) > 1 or one["settled"] == UNSETTLED:
            return TENURE_UNKNOWN
        channel = self.channels[one["number"]]
        begins = min(other["moment"] for other in self.by_people() if self.channels[other["number"]] == channel)
        early = one["moment"] < begins + SETTLING_DAYS * DAY
        return TENURE_UNKNOWN if one["settled"] == SINCE_FIRST and early else NEWCOMER

    def firsts(self, rows: Rows) -> Firsts:
        return firsts_of(rows, seen_of(rows, len(self.channels), self.scope), seats_on(self.channels))

    def rungs(self) -> Rungs:
        """By how many different people everybody was heard: by nobody is junior, by more than one senior."""
        heard = columns(self.heard, taker=np.int32, giver=np.int32, block=np.int32)
        nothing = columns([], number=np.int32, block=np.int32, seen=np.int64)
        made = standings_of(seats_on(self.channels), [heard], nothing)
        channels = max(self.channels) + 1
        return made.rungs(np.zeros(channels), np.full(channels, 2), np.ones(channels, dtype=np.bool_))

    def group(self, one: Message) -> int:
        block = one["moment"] // BLOCK
        heard = {giver for taker, giver, at in self.heard if taker == one["number"] and block - 3 <= at < block}
        return min(len(heard), 2) if KNOWN[0] <= block <= KNOWN[1] else CLASSES.index("unknown")

    def received(self, by: By) -> Rows:
        rows = self.rows()
        return received_rows(rows, self.firsts(rows), self.rungs(), Periods(by), self.scope)

    def counted(self, by: By) -> dict[tuple[int, ...], list[int]]:
        """Posts, of these answered, old, and answered in time, by all that ``received_rows`` groups by."""
        found: dict[tuple[int, ...], list[int]] = {}
        for one in self.messages:
            if self.post(one):
                day = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=one["moment"])
                period = (day.year - 1970) * 12 + day.month - 1 if by == "month" else day.year - 1970
                kind = (one["number"], period, one["opening"], self.group(one), self.tenure(one), len(BANDS))
                answered, old = one["answered"] > 0, one["old"] == 1
                row = found.setdefault(kind, [0, 0, 0, 0])
                for place, so in enumerate((True, answered, old, old and one["answered"] == 2)):
                    row[place] += so
        return found


def counted(received: Rows) -> dict[tuple[int, ...], list[int]]:
    """The rows; none is there twice."""
    kinds = listed(received, "number", "period", "opening", "class", "tenure", "band")
    assert len(set(kinds)) == len(kinds)
    many = listed(received, "posts", "answered", "old", "in_time")
    return {kind: list(row) for kind, row in zip(kinds, many, strict=True)}


@st.composite
def posted(draw: st.DrawFn, many: int = 30) -> Posted:
    """Few people on few days of some years, so that much comes at once or just as long after as something lasts."""
    days = [-400, -45, -40, -1, 0, 1, 45, 89, 90, 139, 140, 179, 180, 181, 4000]
    some = draw(st.lists(st.sampled_from(days), min_size=1, max_size=4) | st.just([0, 90]))
    people = draw(st.lists(numbers, min_size=1, max_size=4))
    moment = st.builds(
        lambda day, after: day * DAY + after, st.sampled_from(some), st.sampled_from([0, 0, NOON, DAY - 1])
    )
    message = st.fixed_dictionaries(
        {
            "number": st.sampled_from(people), "moment": moment, "root": st.integers(0, 2), "opening": flag,
            "sure": flag, "old": flag,
            "why": st.sampled_from([0, 0, 0, *range(1, len(WHY_NONE))]),
            "settled": st.sampled_from([2, 2, 0, 1, 3]), "followed_up": st.sampled_from([1, 1, 0]),
            "answered": st.integers(0, 2),
        }
    )  # fmt: skip
    channels = draw(st.lists(st.integers(0, 1), min_size=SEATS, max_size=SEATS))
    scope = draw(st.sampled_from([NetworkScope(), NetworkScope(since=FIRST, until=140 * DAY)]))
    heard = draw(st.lists(st.tuples(numbers, st.integers(6, 9), st.integers(-3, 5)), max_size=10))
    return Posted(draw(st.lists(message, max_size=many)), channels, scope, heard)


@given(posted())
def test_the_first_message_of_each(world: Posted) -> None:
    firsts = world.firsts(world.rows())
    theirs: dict[int, list[int]] = {}
    for one in world.by_people():
        theirs.setdefault(one["number"], []).append(one["moment"])
    expected = [
        (place, world.tenure(one))
        for place, one in enumerate(world.messages)
        if one in world.by_people() and one["moment"] == min(theirs[one["number"]])
    ]
    assert list(zip(firsts.places.tolist(), firsts.tenure.tolist(), strict=True)) == expected


def test_nobody_is_new_whose_first_moment_has_several_messages_whatever_is_known_of_the_others() -> None:
    """Of one nothing is known, as it is in a thread of somebody of whom not all was collected."""
    known = dict.fromkeys(KEYS, 0) | {"settled": 2}
    world = Posted([known, known | {"root": 1, "settled": SETTLED_UNKNOWN}], [0] * SEATS, NetworkScope())
    assert world.firsts(world.rows()).tenure.tolist() == [TENURE_UNKNOWN, TENURE_UNKNOWN]


@given(posted(), st.sampled_from(["month", "year"]), st.sampled_from([(1, 3), (packed.ROWS, standings.CHUNK)]))
def test_posts_as_they_are_counted(world: Posted, by: By, at_once: tuple[int, int]) -> None:
    with so_many_at_once(*at_once):
        received = world.received(by)
    assert counted(received) == world.counted(by)


@pytest.mark.parametrize("most", [1, 3])
def test_posts_of_a_kind_are_counted_together_however_few_are_read_at_once(most: int) -> None:
    """Answered never, late and in time, old enough and not: all in one row."""
    post = dict.fromkeys(KEYS, 0)
    world = Posted([post | {"answered": one % 3, "old": one % 2} for one in range(12)], [0], NetworkScope())
    with so_many_at_once(most):
        received = world.received("year")
    assert counted(received) == {(0, 0, 0, 0, TENURE_UNKNOWN, len(BANDS)): [12, 8, 6, 2]}


@pytest.mark.parametrize(("seats", "kind"), [(32, np.uint32), (33, np.int64)], ids=["32 bits", "33 bits"])
def test_posts_of_as_many_kinds_as_short_numbers_hold(
    seats: int, kind: type[np.integer], monkeypatch: pytest.MonkeyPatch
) -> None:
    """32 people x 116,508 months x 2 x 3 tenures x 24 rungs x 8 leave 16,384 of the numbers of 32 bits free, and what
    is written last has the greatest number."""
    keys: list[Column] = []
    monkeypatch.setattr(counting, "slices", lambda key, bits: keys.append(key) or packed.slices(key, bits))
    begins, ends = np.array([-20_149, 96_358], dtype="datetime64[M]").astype("datetime64[us]").astype(int).tolist()
    first = dict.fromkeys(KEYS, 0) | {"settled": 2, "moment": begins}
    last = dict.fromkeys(KEYS, 1) | {"number": seats - 1, "why": 0, "settled": 0, "answered": 2, "moment": ends}
    messages = [first, last, last, first | {"moment": 0}, last | {"moment": 0}, last | {"answered": 1}]
    world = Posted(messages, [0] * seats, NetworkScope(), heard=[(0, 90, -1), (0, 91, -1), (seats - 1, 92, -1)])
    assert counted(world.received("month")) == world.counted("month")
    assert [one.dtype for one in keys] == [kind]
    assert keys[0].max() == seats * 116_508 * 2 * 3 * 24 * 8 - 1


@given(posted(), st.sampled_from([1, 3, standings.CHUNK]))
def test_second_posts(world: Posted, chunk: int) -> None:
    rows = world.rows()
    with so_many_at_once(packed.ROWS, chunk):
        second = second_rows(rows, world.firsts(rows), seen_of(rows, SEATS, world.scope), world.scope)
    people: Counter[int] = Counter()
    again: Counter[int] = Counter()
    for one in world.messages:
        if world.post(one) and world.tenure(one) == NEWCOMER and one["followed_up"]:
            in_time = int(one["old"] == 1 and one["answered"] == 2)
            people[in_time] += 1
            again[in_time] += any(
                other["number"] == one["number"]
                and other["root"] != one["root"]
                and one["moment"] < other["moment"] <= one["moment"] + COMING_BACK
                for other in world.by_people()
            )
    assert listed(second, "answered", "people", "again") == [(so, people[so], again[so]) for so in (0, 1)]


@given(
    st.lists(st.tuples(st.integers(-30, 30), st.integers(0, 400), st.sampled_from([0, 1, DAY - 1])), max_size=30),
    st.sampled_from(["month", "year"]),
)
def test_moments_lie_in_the_period_of_their_day(when: list[tuple[int, int, int]], by: By) -> None:
    """In a few periods and in more than are compared one by one."""
    days = np.array([365 * years + day for years, day, _ in when], dtype=np.int64)
    moments = days * DAY + np.array([after for *_, after in when], dtype=np.int64)
    assert Periods(by).of(moments).tolist() == Periods(by).numbers(days).tolist()


@pytest.mark.parametrize("periods", range(MOST_COMPARED - 1, MOST_COMPARED + 4))
@pytest.mark.parametrize("by", ["month", "year"])
def test_each_of_a_few_or_many_periods(by: By, periods: int) -> None:
    """The first and the last microsecond of each, some before 1970."""
    calendar = Periods(by)
    begins = np.array([calendar.bounds(one)[0] for one in range(-3, periods - 2)], dtype="datetime64[us]").astype(int)
    assert calendar.of(begins[:-1]).tolist() == list(range(-3, periods - 3))
    assert calendar.of(begins[1:] - 1).tolist() == list(range(-3, periods - 3))
