"""The verdicts of an audit, and what it refuses to say."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import permadani
from permadani.errors import Refusal, StoreMissing, WhoError
from permadani.vocabulary import Actor, Object
from worlds import DAY, START, World


def world_with(askers: int, answered: int, **cover: str) -> World:
    world = World()
    world.cover("ada", **cover)  # type: ignore[arg-type]
    world.conversations("ada", askers, answered)
    return world


def test_too_little_is_not_enough_evidence(tmp_path: Path) -> None:
    overall = world_with(4, 4).audit(tmp_path, "ada").answers.overall
    assert (overall.verdict, overall.reason.key) == ("not_enough_evidence", "too_few")


def test_four_of_four_and_four_of_four_hundred_are_different_cards(tmp_path: Path) -> None:
    small = world_with(4, 4).audit(tmp_path / "small", "ada").answers.overall
    large = world_with(400, 4).audit(tmp_path / "large", "ada").answers.overall
    assert small.cell is not None
    assert large.cell is not None
    assert small.cell.low is not None
    assert large.cell.high is not None
    assert small.cell.low > large.cell.high
    assert small.reason != large.reason


def test_answers_few_needs_a_small_upper_bound(tmp_path: Path) -> None:
    few = world_with(600, 3).audit(tmp_path / "few", "ada").answers.overall
    assert few.verdict == "answers_few"
    unsure = world_with(60, 0).audit(tmp_path / "unsure", "ada").answers.overall
    assert unsure.verdict == "not_enough_evidence"


@pytest.mark.parametrize("partial", [{"inbound": "partial"}, {"outbound": "partial"}])
def test_partial_coverage_never_accuses(partial: dict[str, str], tmp_path: Path) -> None:
    overall = world_with(600, 3, **partial).audit(tmp_path, "ada").answers.overall
    assert (overall.verdict, overall.reason.key) == ("not_enough_evidence", "few_but_partial")


def test_a_namesake_in_the_same_conversations_may_be_the_same_person(tmp_path: Path) -> None:
    """A real blogger answered under four names; before they are linked nothing accusing may be said."""
    world = world_with(600, 3)
    world.records.append(Actor(id="x:site/name/Ada", channel="x", name="Ada"))
    post = next(r.id for r in world.records if isinstance(r, Object) and r.actor == "x:user/ada")
    world.people.add("x:site/name/Ada")
    world.write("x:site/name/Ada", 2, to=post)
    result = world.audit(tmp_path, "x:user/ada")
    assert (result.answers.overall.verdict, result.answers.overall.reason.key) == (
        "not_enough_evidence", "few_but_namesakes",
    )  # fmt: skip
    assert "namesakes" in {limit.key for limit in result.limits}


def test_an_absent_account_is_not_said_to_answer_few(tmp_path: Path) -> None:
    world = World()
    world.cover("ada")
    post = world.write("ada", 0)
    for i in range(600):
        world.write(f"asker{i}", 1 + i / 1000, to=post)
    overall = world.audit(tmp_path, "ada").answers.overall
    assert overall.verdict == "not_enough_evidence"
    assert overall.cell is not None
    assert (overall.cell.eligible, overall.cell.rate) == (0, None)


def test_a_measured_rate_has_no_yardstick_yet(tmp_path: Path) -> None:
    overall = world_with(100, 40).audit(tmp_path, "ada").answers.overall
    assert (overall.verdict, overall.reason.key) == ("not_enough_evidence", "no_yardstick")
    assert overall.cell is not None
    assert overall.cell.rate == 0.4


def test_nothing_is_invented_where_nothing_can_be_compared(tmp_path: Path) -> None:
    """Everybody writes once and nobody's audience or reshares are known."""
    result = world_with(100, 40).audit(tmp_path, "ada").to_dict()
    questions = {q["id"]: q for q in result["questions"]}
    for name in ("amplification", "takes_up"):
        assert questions[name]["verdict"] == "not_measurable"
    assert questions["amplification"]["cells"] == {}
    assert questions["amplification"]["others"] is None
    assert questions["takes_up"]["by_tenure"] is None
    assert questions["practice"]["claims"] == []
    for part in ("by_standing", "by_tenure"):
        assert questions["answers"][part]["blind_choice"] is None
        assert questions["answers"][part]["odds_ratio"] is None


def test_no_coverage_is_not_measurable(tmp_path: Path) -> None:
    world = World()
    world.conversations("ada", 30, 10)
    overall = world.audit(tmp_path, "ada").answers.overall
    assert (overall.verdict, overall.reason.key) == ("not_measurable", "no_coverage")


def test_matching_that_failed_is_not_measurable(tmp_path: Path) -> None:
    """She joins 14 of 20 conversations, but the links of her comments are lost and she names nobody."""
    world = World(channel="wordpress")
    world.cover("ada")
    for i in range(20):
        article = world.write("ada", i, kind="article")
        world.write(f"asker{i}", i + 0.2, to=article, thread=article, kind="comment")
        if i < 14:
            world.write("ada", i + 0.4, to=article, thread=article, kind="comment", text="Thank you all for writing.")
    world.write("ada", 22)
    answers = world.audit(tmp_path, "ada").answers
    assert (answers.overall.verdict, answers.overall.reason.key) == ("not_measurable", "matching_failed")
    assert answers.over_time[0].measurable is False
    assert answers.over_time[0].cell.rate is None
    assert answers.trend is None
    assert answers.matching is not None
    assert (answers.matching.lower, answers.matching.upper) == (0, 14)


def test_a_year_without_matching_is_left_out_of_the_rate(tmp_path: Path) -> None:
    world = World(channel="wordpress")
    world.cover("ada", until=800)
    for i in range(40):
        day = i if i < 20 else 366 + i
        article = world.write("ada", day, kind="article")
        asked = world.write(f"asker{i}", day + 0.2, to=article, thread=article, kind="comment")
        target = asked if i < 20 else article
        world.write("ada", day + 0.4, to=target, thread=article, kind="comment", text="Thank you.")
    world.write("ada", 410)
    answers = world.audit(tmp_path, "ada").answers
    assert [(year.year, year.measurable) for year in answers.over_time] == [(2020, True), (2021, False)]
    assert answers.overall.cell is not None
    assert (answers.overall.cell.approaches, answers.overall.cell.answered) == (20, 20)


def test_the_trend_of_two_years(tmp_path: Path) -> None:
    world = World()
    world.cover("ada", until=1000)
    world.conversations("ada", 60, 50, first=0, day=1)
    world.conversations("ada", 60, 5, first=60, day=400)
    result = world.audit(tmp_path, "ada").answers
    assert result.trend == "fell"
    first, last = result.over_time
    assert (first.cell.answered, last.cell.answered) == (50, 5)
    assert first.of_all is not None
    assert (first.of_all.count, first.of_all.n) == (50, 60)


@pytest.mark.parametrize(("joins", "verdict"), [(20, "takes_part"), (6, "sometimes"), (0, "rarely")])
def test_participation(joins: int, verdict: str, tmp_path: Path) -> None:
    count = 20 if joins else 60
    world = World()
    world.cover("ada")
    for i in range(count):
        post = world.write("ada", i * 5)
        for k in range(3):
            world.write(f"asker{i}-{k}", i * 5 + 0.1 + k / 100, to=post)
        if i < joins:
            world.write("ada", i * 5 + 0.5, to=post)
    world.write("ada", count * 5)
    found = world.audit(tmp_path, "ada").participation
    assert (found.verdict, found.joined, found.conversations) == (verdict, joins, count)


def test_participation_needs_three_comments_of_substance_in_72_hours(tmp_path: Path) -> None:
    world = World()
    world.cover("ada")
    for i, texts in enumerate([("Great post!",) * 3, ("How was that measured exactly?",) * 2]):
        post = world.write("ada", i * 9)
        for k, text in enumerate(texts):
            world.write(f"asker{k}", i * 9 + 0.1 + k / 100, to=post, text=text)
        world.write("late", i * 9 + 4, to=post)
    world.write("ada", 20)
    assert world.audit(tmp_path, "ada").participation.conversations == 0


def test_verdicts_on_named_others_only_for_public_accounts(tmp_path: Path) -> None:
    world = world_with(5, 2)
    store = world.store(tmp_path)
    with pytest.raises(Refusal):
        store.audit("ada")
    assert store.audit("ada", me=True).actor.name == "Ada"
    assert store.audit("ada", research=True).actor.name == "Ada"


def test_five_thousand_followers_are_public(tmp_path: Path) -> None:
    world = world_with(5, 2)
    world.standing("ada", 5000)
    assert world.store(tmp_path).audit("ada").actor.standing == 5000


def test_the_author_of_a_public_site_is_public(tmp_path: Path) -> None:
    world = World(channel="wordpress")
    world.cover("ada")
    world.write("ada", 1, kind="article")
    assert world.store(tmp_path).audit("ada").actor.channel == "wordpress"


def test_nobody_of_that_name(tmp_path: Path) -> None:
    with pytest.raises(WhoError):
        world_with(1, 0).store(tmp_path).audit("nobody")


def test_only_an_import_makes_a_store(tmp_path: Path) -> None:
    store = permadani.open(tmp_path / "typo.duckdb")
    with pytest.raises(StoreMissing):
        store.audit("ada")
    assert store.imports() == []
    assert not store.path.exists()


def test_audit_all_lists_in_id_order_for_research_and_only_answering_public_ones_else(tmp_path: Path) -> None:
    world = World()
    world.cover(None)
    for name, answered, followers in (("zoe", 25, 9000), ("ada", 0, 9000), ("mia", 30, 9000), ("pat", 30, 10)):
        world.standing(name, followers)
        world.conversations(name, 40, answered)
    store = world.store(tmp_path)
    research = store.audit_all(research=True, min_approaches=40)
    assert [a.actor.handle for a in research] == ["ada", "mia", "pat", "zoe"]
    assert [a.actor.handle for a in store.audit_all(min_approaches=40)] == ["mia", "zoe"]
    assert store.audit_all(research=True, min_approaches=41) == []
    one = store.audit("mia")
    assert research[1].answers.overall == one.answers.overall


def test_json_is_complete_and_unknown_is_null(tmp_path: Path) -> None:
    result = json.loads(json.dumps(world_with(30, 10).audit(tmp_path, "ada", evidence=False).to_dict()))
    assert result["schema"] == "permadani.audit/1"
    assert result["actor"]["standing"] is None
    assert "evidence" not in result["questions"][0]
    cell = result["questions"][0]["by_standing"]["cells"]["junior"]
    assert (cell["approaches"], cell["rate"]) == (0, None)
    assert result["automation"]["share"] is None
    assert result["questions"][0]["over_time"][0]["year"] == 2020
    assert {"id", "name", "channel", "standing"} <= set(result["actor"])


def test_several_channels_are_pooled_and_the_unmeasurable_one_is_named(tmp_path: Path) -> None:
    blog = World(channel="wordpress")
    blog.cover("ada")
    for i in range(30):
        article = blog.write("ada", i, kind="article")
        asked = blog.write(f"asker{i}", i + 0.2, to=article, kind="comment")
        blog.write("ada", i + 0.4, to=asked, kind="comment")
    x = World()
    x.cover("ada", inbound="none")
    x.write("ada", 3, to=x.write("bo", 2))
    store = blog.store(tmp_path)
    store.add(x.records)
    store.link("wordpress:user/ada", "x:user/ada")
    result = store.audit("ada", me=True)
    assert {line.channel for line in result.coverage} == {"wordpress", "x"}
    assert result.answers.overall.cell is not None
    assert result.answers.overall.cell.approaches == 30
    assert "channel_left_out" in {limit.key for limit in result.limits}


def test_waiting_time_counts_those_still_waiting(tmp_path: Path) -> None:
    waiting = world_with(10, 6).audit(tmp_path, "ada").answers.waiting_time
    assert waiting["all"].approaches == 10
    assert waiting["all"].median_hours == pytest.approx(24, abs=0.1)
    fewer = world_with(10, 4).audit(tmp_path / "fewer", "ada").answers.waiting_time
    assert fewer["all"].median_hours is None


def test_an_earlier_end_of_time_gives_the_audit_of_that_day(tmp_path: Path) -> None:
    world = world_with(30, 10)
    whole = world.audit(tmp_path, "ada", as_of=START + 300 * DAY)
    world.conversations("ada", 30, 30, first=100, day=310)
    assert world.audit(tmp_path / "more", "ada", as_of=START + 300 * DAY).answers == whole.answers
