"""Question 2: what it passes on of what was written to it, what that says, and whose the other reshares are."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from permadani.findings import cells
from permadani.findings.amplification import amplification_of
from permadani.findings.results import Amplification, Composition
from permadani.findings.subject import coverage_of
from permadani.measures.judged import judged_rows
from permadani.measures.network import Scope, run
from permadani.store.who import resolve
from worlds import DAY, START, World


def amplification(world: World, folder: Path, who: str = "ada", scope: Scope | None = None) -> Amplification:
    scope = scope or Scope()
    store = world.store(folder)
    with store.session() as connection:
        found = resolve(connection, world.uri(who))
        run(connection, {found.subject: list(found.actors)}, scope)
        rows = judged_rows(connection, scope.window).get(found.subject)
        of_class = np.array([]) if rows is None else cells.classes(rows)
        coverage = coverage_of(connection, found.subject)
        return amplification_of(connection, found.subject, rows, of_class, coverage, scope)


def passed_on(result: Amplification) -> tuple[int, int, int]:
    found = result.cells.values()
    return sum(c.approaches for c in found), sum(c.answered for c in found), sum(c.answered_late for c in found)


def others(result: Amplification) -> Composition:
    assert result.others is not None
    return result.others


@pytest.fixture
def world() -> World:
    world = World()
    world.cover("ada")
    return world


def asked(world: World, *names: str, day: float = 2) -> list[str]:
    post = world.write("ada", day - 1)
    messages = [world.write(name, day + i / 100, to=post) for i, name in enumerate(names)]
    world.write("ada", day + 3)
    return messages


def test_reshares_and_quotes_of_approaches_count(world: World, tmp_path: Path) -> None:
    """Bo is reshared, Cy quoted, Di reshared too late, Ed quoted by a program, Fe only answered; Gu applauds."""
    bo, cy, di, ed, fe = asked(world, "bo", "cy", "di", "ed", "fe")
    applause = world.write("gu", 2.5, to="x:status/1", text="Great post, thanks for sharing!")
    world.reshare("ada", applause, 3)
    world.reshare("ada", bo, 3)
    world.reshare("ada", bo, 2.5)
    world.write("ada", 4, quotes=cy)
    world.reshare("ada", di, 20)
    world.write("ada", 4, quotes=ed, automatic=True)
    world.write("ada", 4, to=fe)
    world.reshare("zoe", fe, 4)
    assert passed_on(amplification(world, tmp_path)) == (5, 2, 1)


def test_a_later_message_in_that_conversation_counts_for_the_approach(world: World, tmp_path: Path) -> None:
    (bo,) = asked(world, "bo")
    more = world.write("bo", 2.5, to=bo)
    world.reshare("ada", more, 3)
    result = amplification(world, tmp_path)
    assert passed_on(result) == (1, 1, 0)
    assert result.others is None


def test_a_sales_pitch_that_quotes_is_no_reshare(world: World, tmp_path: Path) -> None:
    bo, cy = asked(world, "bo", "cy")
    world.write("ada", 3, quotes=bo, text="Sign up now, limited offer, join my free webinar: https://shop.example")
    world.reshare("ada", cy, 3)
    assert passed_on(amplification(world, tmp_path)) == (2, 1, 0)


def test_nothing_reshared_is_said_only_if_all_she_wrote_was_seen(tmp_path: Path) -> None:
    for outbound, key in (("complete", "no_reshares"), ("partial", "no_reshares_partial")):
        world = World()
        world.cover("ada", outbound=outbound)
        asked(world, "bo", "cy")
        world.reshare("zoe", "x:status/1", 3)
        result = amplification(world, tmp_path / outbound)
        assert (result.verdict, result.reason.key) == ("not_enough_evidence", key)
        assert passed_on(result) == (2, 0, 0)


def test_where_nobody_reshares_it_is_unknown_and_not_zero(world: World, tmp_path: Path) -> None:
    asked(world, "bo", "cy")
    result = amplification(world, tmp_path)
    assert (result.verdict, result.reason.key) == ("not_measurable", "reshares_unseen")
    assert (result.cells, result.others) == ({}, None)


def test_a_channel_without_reshares_does_not_dilute_another(tmp_path: Path) -> None:
    world = World()
    world.cover("ada")
    (bo,) = asked(world, "bo")
    world.reshare("ada", bo, 3)
    blog = World(channel="wordpress", people=world.people, records=world.records)
    blog.cover("x:user/ada")
    article = blog.write("x:user/ada", 1, kind="article")
    blog.write("cy", 2, to=article, kind="comment", thread=article)
    blog.write("x:user/ada", 4, kind="article")
    assert passed_on(amplification(world, tmp_path)) == (1, 1, 0)


@pytest.mark.parametrize(
    ("inbound", "outbound", "key"), [("complete", "none", "no_outbound"), ("none", "complete", "no_inbound")]
)
def test_without_coverage_nothing_can_be_said(inbound: str, outbound: str, key: str, tmp_path: Path) -> None:
    world = World()
    world.cover("ada", inbound=inbound, outbound=outbound)
    (bo,) = asked(world, "bo")
    world.reshare("ada", bo, 3)
    result = amplification(world, tmp_path)
    assert (result.verdict, result.reason.key, result.cells) == ("not_measurable", key, {})


def test_without_any_claim_nothing_can_be_said(tmp_path: Path) -> None:
    world = World()
    (bo,) = asked(world, "bo")
    world.reshare("ada", bo, 3)
    result = amplification(world, tmp_path)
    assert (result.verdict, result.reason.key) == ("not_measurable", "no_coverage")


def test_unknown_standing_allows_no_comparison(world: World, tmp_path: Path) -> None:
    bo, _ = asked(world, "bo", "cy")
    world.reshare("ada", bo, 3)
    result = amplification(world, tmp_path)
    assert (result.verdict, result.reason.key) == ("not_measurable", "no_standing")
    assert passed_on(result) == (2, 1, 0)


def test_a_clock_behind_makes_no_reshare_before_the_message(world: World, tmp_path: Path) -> None:
    bo, cy = asked(world, "bo", "cy")
    world.reshare("ada", bo, 2 - 1 / 24)
    world.reshare("ada", cy, 0)  # two days are no clock: the reshare cannot be of this message, or a time is wrong
    assert passed_on(amplification(world, tmp_path)) == (2, 1, 0)


def test_composition_of_other_reshares(world: World, tmp_path: Path) -> None:
    """Among her askers juniors have up to 5 followers, the senior 1,000. She reshares four others, one of them thrice,
    and herself; one has as many followers as a junior, one as a senior, one is between, of one nothing is known."""
    names = [f"asker{i}" for i in range(10)]
    for i, name in enumerate(names):
        world.standing(name, 992 + i if i > 7 else i + 1)
    asked(world, *names)
    for name, followers in (("small", 5), ("between", 500), ("large", 1000)):
        world.standing(name, followers)
    for name in ("small", "between", "nobody"):
        world.reshare("ada", world.write(name, 10), 11)
    for i in range(3):
        world.reshare("ada", world.write("large", 10 + i), 14)
    world.reshare("ada", world.write("ada", 10), 11)
    world.reshare("ada", "x:status/999999", 11)
    found = others(amplification(world, tmp_path))
    assert (found.reshares, found.people) == (6, 4)
    assert found.by_class == {"junior": 1, "middle": 1, "senior": 3, "unknown": 1}
    assert found.gini == pytest.approx(0.25)  # 1, 1, 1, 3: 2 * (1 + 2 + 3 + 12) / (4 * 6) - 5/4
    np.testing.assert_allclose(found.lorenz, [(0, 0), (0.25, 1 / 6), (0.5, 2 / 6), (0.75, 3 / 6), (1, 1)])
    assert found.top_share == pytest.approx(0.5)


def test_other_reshares_are_those_of_the_period(world: World, tmp_path: Path) -> None:
    asked(world, "bo")
    for day in (10, 50):
        world.reshare("ada", world.write("cy", day), day + 1)
    scope = Scope(since=START + 40 * DAY)
    assert others(amplification(world, tmp_path, scope=scope)).reshares == 1
    scope = Scope(as_of=START + 20 * DAY)
    assert others(amplification(world, tmp_path / "2", scope=scope)).reshares == 1


def test_classes_without_followers_say_nothing_of_others(tmp_path: Path) -> None:
    """Standing by who talks to people is not mixed with followers."""
    world = World()
    world.cover("ada")
    world.cover(None, since=-200)
    world.write("fan", 1.5, to=world.write("bo", 1))
    asked(world, "bo", "cy")
    world.standing("large", 1000)
    world.reshare("ada", world.write("large", 10), 11)
    assert others(amplification(world, tmp_path)).by_class == {"junior": 0, "middle": 0, "senior": 0, "unknown": 1}


def test_too_few_reshares_are_told_as_reshares(world: World, tmp_path: Path) -> None:
    names = [f"asker{i}" for i in range(10)]
    for i, name in enumerate(names):
        world.standing(name, i)
    for message in asked(world, *names)[:3]:
        world.reshare("ada", message, 3)
    result = amplification(world, tmp_path)
    assert (result.verdict, result.reason.key) == ("not_enough_evidence", "gate_answers_reshares")
    assert "3 messages were passed on" in str(result.reason)


def hall(reshared: dict[str, float], seed: int = 5) -> World:
    """900 messages of 300 people, ten waiting at a time; whoever is chosen is chosen by these weights."""
    rng = np.random.default_rng(seed)
    world = World()
    world.cover("ada", until=800)
    of = {}
    for i in range(300):
        rank = "junior" if i < 150 else "middle" if i < 240 else "senior"
        world.standing(f"asker{i}", {"junior": 10, "middle": 500, "senior": 9000}[rank] + i)
        of[i] = rank
    post = world.write("ada", 0.5)
    waiting: list[tuple[str, str]] = []
    for k in range(900):
        day = 1 + k * 0.7
        if k % 10 == 0:
            post = world.write("ada", day)
        i = int(rng.integers(300))
        waiting.append((world.write(f"asker{i}", day, to=post), of[i]))
        if len(waiting) > 10 and k % 2:
            weights = np.array([reshared[rank] for _, rank in waiting])
            chosen = waiting.pop(int(rng.choice(len(waiting), p=weights / weights.sum())))
            world.reshare("ada", chosen[0], day + 0.1)
            waiting = waiting[-12:]
    return world


def test_who_reshares_seniors_is_found_and_who_does_not_care_is_not_accused(tmp_path: Path) -> None:
    unequal = amplification(hall({"junior": 1, "middle": 4, "senior": 16}), tmp_path / "1")
    assert unequal.verdict in ("passes_over", "signs_of_passing_over")
    assert unequal.odds_ratio is not None
    assert unequal.blind_choice is not None
    assert unequal.odds_ratio.value < 0.3
    assert unequal.blind_choice.observed < unequal.blind_choice.expected_low
    equal = amplification(hall({"junior": 1, "middle": 1, "senior": 1}), tmp_path / "2")
    assert equal.verdict in ("not_enough_evidence", "even_handed")
    assert equal.odds_ratio is not None
    assert 0.5 < equal.odds_ratio.value < 2
