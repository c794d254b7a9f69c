"""Question 4: an account's advice beside its own deeds. Nothing is contradicted unless everything speaks for it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from permadani.findings import claims
from permadani.findings.audit import Question, audit
from permadani.findings.claims import GivenClaim
from permadani.findings.practice import practice_of
from permadani.findings.results import Claim, Practice
from permadani.findings.subject import namesakes_of
from permadani.measures.judged import judged_rows
from permadani.statistics.intervals import clustered_share
from permadani.store.who import resolve
from permadani.vocabulary import Person
from worlds import DAY, START, World

ADVICE = "Reply to every comment, even the short ones."


def practice(world: World, folder: Path, given: tuple[GivenClaim, ...] = (), **question: Any) -> Practice:
    """The fourth question of ada, with all that an audit has found before it."""
    asked = Question(research=True, **question)
    with world.store(folder).session() as connection:
        who = resolve(connection, world.uri("ada"))
        found = audit(connection, who, asked)
        scope = asked.scope()
        return practice_of(
            connection, who, found.answers, found.amplification, found.participation, given, scope,
            rows=judged_rows(connection, scope.window).get(who.subject), coverage=found.coverage,
            namesakes=namesakes_of(connection, who),
        )  # fmt: skip


def only(found: Practice) -> Claim:
    (claim,) = found.claims
    return claim


def advising(text: str = ADVICE, day: float = 0.5, **more: Any) -> World:
    world = World()
    world.cover("ada")
    world.write("ada", day, text=text, **more)
    return world


@pytest.mark.parametrize(
    ("answered", "outcome", "why"),
    [
        (3, "contradicted", "claim_contradicted"),
        (30, "not_checkable", "claim_open"),
        (57, "borne_out", "claim_borne_out"),
    ],
)
def test_beside_the_share_answered(answered: int, outcome: str, why: str, tmp_path: Path) -> None:
    world = advising(url="https://x.example/ada/1")
    world.conversations("ada", 60, answered)
    found = practice(world, tmp_path)
    claim = only(found)
    assert (claim.outcome, claim.reason.key) == (outcome, why)
    assert (claim.quote, claim.object, claim.url) == (ADVICE, "x:status/1", "https://x.example/ada/1")
    assert claim.published == "2020-01-01T12:00:00Z"
    assert (claim.rule, claim.checked_by, claim.threshold) == ("en.reply_to_everyone", "answers.overall", 0.5)
    wide = clustered_share([1] * answered + [0] * (60 - answered), np.arange(60), level=0.99)
    assert claim.figure is not None
    assert (claim.figure.count, claim.figure.n) == (answered, 60)
    assert (claim.figure.low, claim.figure.high) == pytest.approx((wide.low, wide.high))
    assert found.verdict == "not_enough_evidence"
    assert found.reason.key == "claims_found"
    assert found.reason.values == {"count": 1, "borne_out": 0, "contradicted": 0, "not_checkable": 0, outcome: 1}


def test_nothing_advised_is_nothing_to_check(tmp_path: Path) -> None:
    world = advising("I reply to every comment. Do you?")
    world.conversations("ada", 30, 0)
    found = practice(world, tmp_path)
    assert (found.verdict, found.reason.key, found.claims) == ("not_enough_evidence", "no_claims", ())


@pytest.mark.parametrize(("inbound", "outbound"), [("partial", "complete"), ("complete", "partial")])
def test_partial_coverage_contradicts_nobody(inbound: str, outbound: str, tmp_path: Path) -> None:
    world = World()
    world.cover("ada", inbound, outbound)
    world.write("ada", 0.5, text=ADVICE)
    world.conversations("ada", 60, 0)
    claim = only(practice(world, tmp_path))
    assert (claim.outcome, claim.reason.key) == ("not_checkable", "few_but_partial")
    assert claim.figure is not None


def test_no_inbound_is_not_measurable(tmp_path: Path) -> None:
    world = World()
    world.cover("ada", "none", "complete")
    world.write("ada", 0.5, text=ADVICE)
    world.conversations("ada", 60, 0)
    claim = only(practice(world, tmp_path))
    assert (claim.outcome, claim.reason.key, claim.figure) == ("not_checkable", "no_inbound", None)


def test_late_answers_unlinked_ones_and_namesakes_contradict_nobody(tmp_path: Path) -> None:
    late, unlinked, elsewhere, namesakes = advising(), advising(), advising(), advising()
    for i in range(60):
        for name, world in (("late", late), ("unlinked", unlinked), ("elsewhere", elsewhere), ("names", namesakes)):
            post = world.write("ada", 1 + i * 0.01)
            world.write(f"asker{i}", 2 + i * 0.01, to=post)
            if name == "late":
                world.write("ada", 40 + i * 0.01, to=f"x:status/{world.count}")
            elif name == "unlinked":
                world.write("ada", 3 + i * 0.01, to=post)
            elif name == "elsewhere":
                world.write(
                    "ada", 3 + i * 0.01, mentions=(f"asker{i}",), text="Thank you for your letter, see page two."
                )
            elif i == 0:
                world.write("x:other/ada", 3, to=post)
            world.write("ada", 5 + i * 0.01)
    for name, world, why in (
        ("late", late, "few_but_late"), ("unlinked", unlinked, None), ("elsewhere", elsewhere, "few_but_matching"),
        ("names", namesakes, "few_but_namesakes"),
    ):  # fmt: skip
        (tmp_path / name).mkdir()
        claim = only(practice(world, tmp_path / name))
        assert claim.outcome == "not_checkable", name
        assert why is None or claim.reason.key == why


def test_only_messages_since_the_words_count(tmp_path: Path) -> None:
    """Before its words it answered nobody; since then almost all: it learned, and is not held to what was."""
    world = World()
    world.cover("ada")
    world.conversations("ada", 60, 0)
    world.write("ada", 50, text=ADVICE)
    world.conversations("ada", 40, 38, first=60, day=60)
    claim = only(practice(world, tmp_path))
    assert claim.outcome == "borne_out"
    assert claim.figure is not None
    assert (claim.figure.count, claim.figure.n) == (38, 40)


def test_too_few_since_then(tmp_path: Path) -> None:
    world = World()
    world.cover("ada")
    world.conversations("ada", 60, 0)
    world.write("ada", 50, text=ADVICE)
    world.conversations("ada", 19, 0, first=60, day=60)
    claim = only(practice(world, tmp_path))
    assert (claim.outcome, claim.reason.key) == ("not_checkable", "claim_too_few")
    assert claim.reason.values == {"count": 19, "needed": 20}


def test_what_a_program_wrote_or_will_be_written_is_no_claim(tmp_path: Path) -> None:
    world = World()
    world.cover("ada")
    world.write("ada", 0.5, text=ADVICE, automatic=True)
    world.write("ada", 0.6, text=ADVICE, client="Buffer")
    world.write("bo", 0.7, text=ADVICE)
    world.write("ada", 300, text=ADVICE)
    world.conversations("ada", 30, 0)
    assert practice(world, tmp_path, as_of=START + 200 * DAY).claims == ()


def test_newcomers_are_a_group_of_their_own(tmp_path: Path) -> None:
    """It answers whom it knows and no newcomer."""
    world = advising("Always answer newcomers first.")
    for i in range(40):
        for round_, day in enumerate((1, 30)):
            post = world.write("ada", day + i * 0.01)
            asked = world.write(f"asker{i}", day + 1 + i * 0.01, to=post)
            if round_:
                world.write("ada", day + 2 + i * 0.01, to=asked)
        world.write("ada", 5 + i * 0.01)
    claim = only(practice(world, tmp_path))
    assert (claim.checked_by, claim.outcome) == ("answers.by_tenure.newcomer", "contradicted")
    assert claim.figure is not None
    assert (claim.figure.count, claim.figure.n) == (0, 40)


@pytest.mark.parametrize(
    ("passed_on", "others", "outcome", "why"),
    [
        (0, 0, "contradicted", "claim_contradicted"),
        (0, 1, "not_checkable", "claim_reshares_others"),
        (300, 0, "borne_out", "claim_borne_out"),
    ],
)
def test_passing_on(passed_on: int, others: int, outcome: str, why: str, tmp_path: Path) -> None:
    world = advising("Share your readers' work!")
    elsewhere = world.write("cy", 1, text="A poem about the harbour that nobody has read until this morning.")
    for i in range(900):
        post = world.write("ada", 1 + i * 0.001)
        asked = world.write(f"asker{i}", 2 + i * 0.001, to=post)
        if i < passed_on:
            world.reshare("ada", asked, 3 + i * 0.001)
    world.write("ada", 5)
    own = world.write("bo", 3)
    world.reshare("bo", own, 4)  # reshares can be seen on this channel
    for i in range(others):
        world.reshare("ada", elsewhere, 4 + i)
    claim = only(practice(world, tmp_path))
    assert (claim.outcome, claim.reason.key) == (outcome, why)
    assert claim.figure is not None
    assert (claim.figure.count, claim.figure.n) == (passed_on, 900)


@pytest.mark.parametrize(("joined", "outcome"), [(0, "contradicted"), (12, "not_checkable"), (30, "borne_out")])
def test_joining_the_comments(joined: int, outcome: str, tmp_path: Path) -> None:
    world = advising("Don't just post and run. Stay in your comments.")
    world.cover("ada", until=700)
    for week in range(40):
        day = 1 + week * 7
        post = world.write("ada", day)
        for i in range(3):
            last = world.write(f"reader{week}_{i}", day + 0.1 * (i + 1), to=post)
        if week < joined:
            world.write("ada", day + 1, to=last)
        world.write("ada", day + 2)
    found = practice(world, tmp_path)
    assert {claim.outcome for claim in found.claims} == {outcome}
    assert {claim.checked_by for claim in found.claims} == {"participation"}
    figure = found.claims[0].figure
    assert figure is not None
    assert (figure.count, figure.n) == (joined, 40)


def test_given_claims_come_first_and_take_their_date_from_the_store(tmp_path: Path) -> None:
    world = advising()
    world.write("ada", 40, text="Nobody should write into a void.", url="https://x.example/ada/void")
    world.write("bo", 41, text="Mine.", url="https://x.example/bo/mine")
    world.conversations("ada", 60, 57)
    given = (
        GivenClaim("Nobody writes into a void here", "answers.overall", 0.9, None, "https://x.example/ada/void"),
        GivenClaim("All of them", "answers.by_standing.junior", 0.5, START + 2 * DAY, "https://x.example/bo/mine"),
    )
    first, second, third = practice(world, tmp_path, given).claims
    assert (first.rule, second.rule, third.rule) == ("given", "given", "en.reply_to_everyone")
    assert (first.object, first.url, first.published) == (
        "x:status/2", "https://x.example/ada/void", "2020-02-10T00:00:00Z",
    )  # fmt: skip
    assert first.reason.key == "claim_too_few"
    assert (second.object, second.url, second.published) == ("https://x.example/bo/mine", None, "2020-01-03T00:00:00Z")
    assert (second.outcome, second.reason.key) == ("not_checkable", "no_standing")
    assert third.outcome == "borne_out"


def test_the_same_words_count_once_and_no_more_than_twenty_are_shown(tmp_path: Path) -> None:
    world = advising("REPLY to every comment,  even the short ones!!")
    world.write("ada", 3, text=ADVICE)
    for i in range(30):
        long = "If you write about gardens and harbours and the people who live there, you should always reply to every"
        world.write("ada", 2 + i * 0.01, text=f"{long} comment {'so ' * i}")
    world.conversations("ada", 30, 0)
    shown = practice(world, tmp_path).claims
    assert len(shown) == 20
    assert shown[0].quote == "REPLY to every comment, even the short ones!!"
    assert shown[0].published == "2020-01-01T12:00:00Z"
    assert [claim.published for claim in shown[1:]] == sorted(str(claim.published) for claim in shown[1:])


def test_linked_accounts_speak_for_one_person(tmp_path: Path) -> None:
    world = World()
    world.cover("ada")
    world.write("ada_blog", 0.5, text=ADVICE)
    world.records += [Person(person="ada-herself", actor=world.uri(name)) for name in ("ada", "ada_blog")]
    world.conversations("ada", 60, 57)
    assert only(practice(world, tmp_path)).outcome == "borne_out"


def test_only_so_much_of_an_account_is_read_the_newest_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(claims, "BUDGET", 100)
    world = advising("Answer every comment" + " and be kind" * 8 + ".")
    world.write("ada", 1, text="Answer newcomers first.")
    world.write("ada", 2, text=ADVICE)
    world.conversations("ada", 30, 0)
    assert [claim.quote for claim in practice(world, tmp_path).claims] == ["Answer newcomers first.", ADVICE]


def test_messages_that_nothing_ties_may_be_answers(tmp_path: Path) -> None:
    """40 of 60 are answered by messages whose parents are named in another form of id."""
    world = advising()
    for i in range(60):
        world.write(f"asker{i}", i + 1, mentions=("ada",))
        world.write("ada", i + 1.5, **({"to": f"https://elsewhere.example/{i}"} if i < 40 else {}))
    world.write("ada", 100)
    found = only(practice(world, tmp_path))
    assert (found.outcome, found.reason.key) == ("not_checkable", "few_but_unlinked")


def test_unlinked_messages_from_before_the_words_excuse_nothing(tmp_path: Path) -> None:
    world = advising(day=50)
    for i in range(40):
        world.write("ada", i + 1, to=f"https://elsewhere.example/{i}")
    for i in range(60):
        world.write(f"asker{i}", i + 60, mentions=("ada",))
        world.write("ada", i + 60.5)
    assert only(practice(world, tmp_path)).outcome == "contradicted"
