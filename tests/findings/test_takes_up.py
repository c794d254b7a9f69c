"""Group channels: which open questions there are, when they cease to be open, and what may be said of them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from permadani.findings.results import Cell, TakesUp
from permadani.findings.subject import coverage_of
from permadani.findings.takes_up import takes_up_of
from permadani.measures.judged import Judged
from permadani.measures.network import Scope, run
from permadani.measures.takes_up import open_questions
from permadani.store.who import resolve
from permadani.vocabulary import Channel
from worlds import DAY, START, World


def seen(world: World, folder: Path, who: str = "ada", scope: Scope | None = None) -> tuple[TakesUp, Judged]:
    scope = scope or Scope()
    store = world.store(folder)
    with store.session() as connection:
        found = resolve(connection, world.uri(who))
        run(connection, {found.subject: list(found.actors)}, scope)
        rows = open_questions(connection, found.subject, scope)
        return takes_up_of(connection, found.subject, coverage_of(connection, found.subject), scope), rows


def total(result: TakesUp) -> tuple[int, int, int]:
    assert result.by_tenure is not None
    found = result.by_tenure.cells.values()
    return sum(c.approaches for c in found), sum(c.eligible for c in found), sum(c.answered for c in found)


def tenure(result: TakesUp, name: str) -> Cell:
    assert result.by_tenure is not None
    return result.by_tenure.cells[name]


@pytest.fixture
def world() -> World:
    world = World(channel="pipermail")
    world.cover(None)
    return world


def test_whoever_answers_first_closes_a_question(world: World, tmp_path: Path) -> None:
    """Ada answers Bo first; Cy's question Di answers before her; Ed answers himself; Fe nobody answers."""
    bo, cy, ed = (world.write(name, 2 + i) for i, name in enumerate(("bo", "cy", "ed")))
    world.write("fe", 5)
    world.write("ada", 3, to=bo)
    world.write("di", 4, to=bo)
    world.write("di", 4, to=cy)
    world.write("ada", 5, to=cy)
    world.write("ed", 5, to=ed)
    world.write("ada", 6)
    result, rows = seen(world, tmp_path)
    assert (result.verdict, result.reason.key) == ("not_enough_evidence", "gate_answers_questions")
    np.testing.assert_allclose(rows.waited / DAY, [1, np.nan, np.nan, np.nan])
    np.testing.assert_allclose(rows.left / DAY, [np.nan, 1, np.nan, np.nan])
    # while Cy's question was open she did something: she answered Bo, at its first moment only, which is not after it
    assert rows.reached.tolist() == [True, False, True, True]
    assert total(result) == (4, 3, 1)


def test_her_own_questions_and_what_is_none_are_left_out(world: World, tmp_path: Path) -> None:
    world.write("ada", 1)
    world.write("bo", 2, spam=True)
    world.write("cy", 2, automatic=True)
    world.write("di", 2, client="IFTTT")
    world.write("ed", 2, deleted=True, text=None)
    world.write("fe", 2, text="Join my free webinar: https://shop.example")
    world.write("gu", 2)
    world.write("hal", 3, to="pipermail:status/999")
    world.write("ada", 4)
    assert total(seen(world, tmp_path)[0]) == (1, 1, 0)


def test_programs_and_spam_close_nothing_and_her_programs_answer_nothing(world: World, tmp_path: Path) -> None:
    bo, cy = world.write("bo", 2), world.write("cy", 2)
    world.write("bot", 2.1, to=bo, automatic=True)
    world.write("shop", 2.2, to=bo, spam=True)
    world.write("ada", 3, to=bo)
    world.write("ada", 3, to=cy, automatic=True)
    _, rows = seen(world, tmp_path)
    np.testing.assert_allclose(np.sort(rows.waited / DAY), [1, np.nan])
    assert np.isnan(rows.left).all()


def test_a_sales_pitch_takes_up_nothing(world: World, tmp_path: Path) -> None:
    bo = world.write("bo", 2)
    world.write("ada", 3, to=bo, text="Sign up now, limited offer, join my free webinar: https://shop.example")
    result, rows = seen(world, tmp_path)
    assert (total(result), float(rows.left[0]) / DAY) == ((1, 1, 0), 1)


def test_an_answer_to_a_later_message_takes_the_question_up(world: World, tmp_path: Path) -> None:
    bo = world.write("bo", 2)
    more = world.write("bo", 3, to=bo)
    world.write("ada", 4, to=more)
    _, rows = seen(world, tmp_path)
    assert rows.waited.tolist() == [2 * DAY]


def test_linked_accounts_are_one_person(world: World, tmp_path: Path) -> None:
    bo = world.write("bo", 2)
    world.write("bo2", 2.5, to=bo)
    world.write("ada2", 3, to=bo)
    world.write("ada", 9)
    store = world.store(tmp_path)
    store.link(world.uri("ada"), world.uri("ada2"))
    store.link(world.uri("bo"), world.uri("bo2"))
    with store.session() as connection:
        found = resolve(connection, world.uri("ada"))
        run(connection, {found.subject: list(found.actors)}, Scope())
        assert open_questions(connection, found.subject, Scope()).waited.tolist() == [DAY]


def test_newcomers_are_those_who_never_wrote_there(world: World, tmp_path: Path) -> None:
    """Bo asks twice, Cy had replied before he asked; on another channel does not count."""
    elsewhere = World(channel="x", people=world.people, records=world.records)
    elsewhere.write("pipermail:user/di", 0.5)
    first = world.write("bo", 1)
    world.write("cy", 2, to=first)
    world.write("cy", 3)
    world.write("bo", 4)
    world.write("di", 5)
    world.write("ada", 6)
    result, rows = seen(world, tmp_path)
    assert rows.regular.tolist() == [False, True, True, False]
    assert (tenure(result, "newcomer").approaches, tenure(result, "regular").approaches) == (2, 2)


def test_questions_from_before_she_was_there_are_not_held_against_her(world: World, tmp_path: Path) -> None:
    world.write("bo", 2)
    world.write("cy", 30)
    world.write("ada", 31)
    assert total(seen(world, tmp_path)[0]) == (2, 1, 0)


def test_a_clock_behind_is_mended(world: World, tmp_path: Path) -> None:
    bo, cy = world.write("bo", 5), world.write("cy", 5)
    world.write("ada", 5 - 1 / 24, to=bo)
    world.write("ada", 3, to=cy)  # two days: one of the times is simply wrong
    _, rows = seen(world, tmp_path)
    np.testing.assert_allclose(np.sort(rows.waited), [1, np.nan])


def test_the_period_and_the_future(world: World, tmp_path: Path) -> None:
    bo = world.write("bo", 2)
    world.write("ada", 10, to=bo)
    world.write("cy", 50)
    world.write("ada", 51)
    assert total(seen(world, tmp_path / "1", scope=Scope(since=START + 40 * DAY))[0]) == (1, 1, 0)
    _, rows = seen(world, tmp_path / "2", scope=Scope(as_of=START + 9 * DAY))
    assert (len(rows), rows.ripe.tolist(), np.isnan(rows.waited).all()) == (1, [False], True)


def test_what_else_is_known_of_a_question(world: World, tmp_path: Path) -> None:
    """Standing before the question, prior contact, language, substance."""
    world.standing("bo", 7, day=1)
    world.standing("bo", 7000, day=30)
    before = world.write("cy", 1)
    world.write("ada", 1.5, to=before)
    world.write("bo", 2, text="Great post!")
    world.write("cy", 3, text="Das stimmt leider so nicht.", language="de")
    world.write("ada", 4)
    _, rows = seen(world, tmp_path)
    np.testing.assert_equal(rows.standing, [np.nan, 7, np.nan])
    assert rows.prior_contact.tolist() == [False, False, True]
    assert rows.substance.tolist() == ["substantive", "ditto", "unknown"]
    assert rows.language_match.tolist()[2] == 0
    assert set(rows.via.tolist()) == {"root"}


def test_personal_channels_have_no_questions_to_take_up(tmp_path: Path) -> None:
    world = World()
    world.cover("ada")
    world.conversations("ada", 3, 1)
    result, rows = seen(world, tmp_path)
    assert (result.verdict, result.reason.key, len(rows)) == ("not_measurable", "no_group_channel", 0)
    assert result.by_tenure is None


def test_the_store_says_what_a_group_is(tmp_path: Path) -> None:
    world = World(channel="village")
    world.cover(None)
    world.records.append(Channel(channel="village", audience="group"))
    world.write("bo", 2)
    world.write("ada", 3)
    assert total(seen(world, tmp_path)[0]) == (1, 1, 0)


@pytest.mark.parametrize(
    ("inbound", "outbound", "key"), [("complete", "none", "no_outbound"), ("none", "complete", "no_inbound")]
)
def test_both_directions_must_be_covered(inbound: str, outbound: str, key: str, tmp_path: Path) -> None:
    world = World(channel="pipermail")
    world.cover(None, inbound=inbound, outbound=outbound)
    world.write("bo", 2)
    world.write("ada", 3)
    result, _ = seen(world, tmp_path)
    assert (result.verdict, result.reason.key) == ("not_measurable", key)


def test_without_a_claim_nothing_can_be_said(tmp_path: Path) -> None:
    world = World(channel="pipermail")
    world.write("bo", 2)
    world.write("ada", 3)
    result, _ = seen(world, tmp_path)
    assert (result.verdict, result.reason.key) == ("not_measurable", "no_coverage")


def test_a_chat_without_links_between_messages_is_not_measurable(world: World, tmp_path: Path) -> None:
    for i in range(12):
        world.write(f"asker{i}", 2 + i / 10)
    world.write("ada", 4)
    result, _ = seen(world, tmp_path)
    assert (result.verdict, result.reason.key) == ("not_measurable", "questions_unlinked")


def test_nobody_else_asked(world: World, tmp_path: Path) -> None:
    world.write("ada", 4)
    result, _ = seen(world, tmp_path)
    assert (result.verdict, result.reason.key) == ("not_enough_evidence", "no_open_questions")


def test_standing_unknown_and_nothing_taken_up(world: World, tmp_path: Path) -> None:
    asked = world.write("bo", 2)
    world.write("cy", 2.5, to=asked)
    world.write("ada", 4)
    result, _ = seen(world, tmp_path)
    assert result.by_standing is not None
    assert (result.by_standing.verdict, result.by_standing.reason.key) == ("not_measurable", "no_standing")
    assert (result.verdict, result.reason.key) == ("not_enough_evidence", "took_up_nothing")


def village(regulars_first: float, seed: int = 2) -> World:
    """Three questions a day for 300 days, half of them by people who never wrote before. Others answer most of them;
    every day Ada takes up one that is still open, a regular's so many times as readily."""
    rng = np.random.default_rng(seed)
    world = World(channel="pipermail")
    world.cover(None, until=400)
    open_now: list[tuple[str, bool, float]] = []
    for i in range(40):
        world.write(f"regular{i}", 0.1, spam=False)
    for day in range(1, 300):
        for k in range(3):
            regular = bool(rng.random() < 0.5)
            name = f"regular{rng.integers(40)}" if regular else f"new{day}x{k}"
            open_now.append((world.write(name, day + k / 10), regular, day + k / 10))
        for _ in range(2):  # somebody else is quicker
            question = open_now.pop(int(rng.integers(len(open_now))))
            world.write("neighbour", day + 0.5, to=question[0])
        open_now = [one for one in open_now if one[2] > day - 13]
        if len(open_now) > 2:
            weights = np.array([regulars_first if regular else 1.0 for _, regular, _ in open_now])
            question = open_now.pop(int(rng.choice(len(open_now), p=weights / weights.sum())))
            world.write("ada", day + 0.6, to=question[0])
    return world


def test_who_passes_over_newcomers_is_found_and_who_does_not_care_is_not_accused(tmp_path: Path) -> None:
    unequal, _ = seen(village(12), tmp_path / "1")
    assert unequal.verdict in ("passes_over", "signs_of_passing_over")
    assert unequal.by_tenure is not None
    assert unequal.by_tenure.odds_ratio is not None
    assert unequal.by_tenure.odds_ratio.value < 0.4
    equal, _ = seen(village(1), tmp_path / "2")
    assert equal.verdict in ("not_enough_evidence", "even_handed")
    assert equal.by_tenure is not None
    assert equal.by_tenure.odds_ratio is not None
    assert 0.5 < equal.by_tenure.odds_ratio.value < 2


@pytest.mark.parametrize(
    ("question", "counted"),
    [
        ({"mentions": ("ada",)}, False),
        ({"mentions": ("di",)}, False),
        ({"text": "Ada, could you explain how that was measured?"}, False),
        ({"text": "Could you explain that, @di?"}, False),
        ({"text": "Could @anybody explain that?"}, True),
        ({"text": "Today, could you explain how that was measured?"}, True),
        ({"text": "Could you write to bo@di, and explain that?"}, True),
        ({"text": None}, True),
    ],
)
def test_a_question_that_names_somebody_is_not_open_to_all_alike(
    question: dict[str, Any], counted: bool, world: World, tmp_path: Path
) -> None:
    world.write("di", 1)
    world.write("bo", 2, **question)
    world.write("ada", 3)
    _, rows = seen(world, tmp_path)
    assert len(rows) == 1 + counted
