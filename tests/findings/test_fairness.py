"""Innocent accounts that a careless count would accuse. None of them may be said to answer few, or to join rarely.

Each was found by somebody who tried to make the audit lie; the comment says how.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from permadani.vocabulary import Actor, Addressed, Coverage
from worlds import DAY, START, World


def mention(world: World, who: str, day: float) -> str:
    return world.write(who, day, mentions=("ada",))


def one_obsessive_writer() -> World:
    """Half of 60 people are answered; one more writes 3,000 times."""
    world = World()
    world.cover("ada", until=4000)
    for i in range(60):
        asked = mention(world, f"asker{i}", i * 50 + 1)
        world.write("ada", i * 50 + 1.5, **({"to": asked} if i < 30 else {}))
    for i in range(3000):
        mention(world, "obsessed", i + 0.3)
    for i in range(0, 3010, 5):
        world.write("ada", i + 0.9)
    return world


def flat_threads_by_first_name() -> World:
    """She joins 49 of 100 flat threads and calls people by first names that nobody can match."""
    world = World(channel="wordpress")
    world.cover("ada")
    for i in range(100):
        post = world.write("ada", i, kind="article")
        for k in range(3):
            world.write(f"asker{i}x{k}", i + 0.1 + k / 100, to=post, thread=post, kind="comment")
        if i < 49:
            world.write("ada", i + 0.5, to=post, thread=post, kind="comment", text="Thank you, my friends.")
    world.write("ada", 101)
    return world


def outbound_known_from_day_300_only() -> World:
    """The last posts of an account were collected; her earlier answers were not."""
    world = World()
    world.cover("ada", outbound="none")
    world.records = [r for r in world.records if not (isinstance(r, Coverage) and r.direction == "outbound")]
    world.records.append(
        Coverage(actor=world.actor("ada"), channel="x", direction="outbound", since=START + 300 * DAY,
                 until=START + 400 * DAY, completeness="complete", basis="the last posts")
    )  # fmt: skip
    for i in range(290):
        world.write(f"asker{i}", i + 0.5, to=world.write("ada", i))
    return world


def a_gap_in_what_was_collected() -> World:
    world = World()
    world.cover("ada")
    world.records = [r for r in world.records if not (isinstance(r, Coverage) and r.direction == "outbound")]
    for since, until, level in ((0, 50, "complete"), (350, 400, "complete"), (0, 400, "partial")):
        world.records.append(
            Coverage(actor=world.actor("ada"), channel="x", direction="outbound", since=START + since * DAY,
                     until=START + until * DAY, completeness=level, basis=f"part {since}")  # type: ignore[arg-type]
        )  # fmt: skip
    for i in range(300):
        world.write(f"asker{i}", 60 + i * 0.9, to=world.write("ada", 59.5 + i * 0.9))
    return world


def everything_on_the_fifteenth_day() -> World:
    world = World()
    world.cover("ada", until=1000)
    for i in range(300):
        asked = mention(world, f"asker{i}", i)
        world.write("ada", i + 15, to=asked)
    return world


def mail_without_in_reply_to() -> World:
    """Every mail is answered, but her program begins a new thread each time."""
    world = World(channel="email")
    world.cover("ada")
    for i in range(300):
        asked = world.write(f"asker{i}", i)
        world.records.append(Addressed(object=asked, actor=world.actor("ada"), kind="to"))
        back = world.write("ada", i + 0.5)
        world.records.append(Addressed(object=back, actor=world.actor(f"asker{i}"), kind="to"))
    return world


def a_second_account_of_the_same_name() -> World:
    """She answers from an account that nobody linked, in threads that the askers began."""
    world = World()
    world.cover("ada")
    world.records.append(Actor(id="x:user/second", channel="x", handle="second", name="Ada"))
    world.people.add("x:user/second")
    for i in range(300):
        asked = mention(world, f"asker{i}", i)
        world.write("second", i + 0.5, to=asked)
        world.write("ada", i + 0.6)
    return world


def a_second_account_under_another_name() -> World:
    """Her helpers' account, unlinked, answers everybody."""
    world = World()
    world.cover("ada")
    for i in range(300):
        asked = mention(world, f"asker{i}", i)
        world.write("adateam", i + 0.5, to=asked)
        world.write("ada", i + 0.6)
    return world


def answers_to_what_was_not_collected() -> World:
    """Everybody is answered, but the answers name their parents in another form of id."""
    world = World()
    world.cover("ada")
    for i in range(300):
        mention(world, f"asker{i}", i)
        world.write("ada", i + 0.5, to=f"https://x.com/asker{i}/status/{i}")
    return world


def deleted_answers_without_a_parent() -> World:
    """Everybody is answered; of deleted answers only the bare row was left."""
    world = World()
    world.cover("ada")
    for i in range(300):
        mention(world, f"asker{i}", i)
        world.write("ada", i + 0.5, deleted=True, text=None)
        world.write("ada", i + 0.6)
    return world


@pytest.mark.parametrize(
    "build",
    [
        one_obsessive_writer, flat_threads_by_first_name, outbound_known_from_day_300_only, a_gap_in_what_was_collected,
        everything_on_the_fifteenth_day, mail_without_in_reply_to, a_second_account_of_the_same_name,
        a_second_account_under_another_name, answers_to_what_was_not_collected, deleted_answers_without_a_parent,
    ],
)  # fmt: skip
def test_nobody_innocent_is_said_to_answer_few(build: Callable[[], World], tmp_path: Path) -> None:
    assert build().audit(tmp_path, "ada", evidence=False).answers.overall.verdict == "not_enough_evidence"


def test_negative_control_who_answers_nobody_is_found(tmp_path: Path) -> None:
    """The same crowd, complete coverage, an active account and no answer at all: this may be said."""
    world = World()
    world.cover("ada", until=1000)
    for i in range(300):
        mention(world, f"asker{i}", i)
        world.write("ada", i + 0.5)
    assert world.audit(tmp_path, "ada", evidence=False).answers.overall.verdict == "answers_few"


def test_a_few_answers_by_another_account_excuse_nothing(tmp_path: Path) -> None:
    """A reader answers every fourth of the people who write to her; so does each asker to their own message."""
    world = World()
    world.cover("ada")
    for i in range(300):
        asked = mention(world, f"asker{i}", i)
        world.write(f"asker{i}" if i % 4 else "reader", i + 0.2, to=asked)
        world.write("ada", i + 0.5)
    assert world.audit(tmp_path, "ada", evidence=False).answers.overall.verdict == "answers_few"


def test_clocks_that_run_hours_ahead_lose_no_answer(tmp_path: Path) -> None:
    """Her posts carry local time as UTC: comments seem to come before the post, and answers before the comments."""
    world = World()
    world.cover("ada")
    for i in range(60):
        asked = world.write(f"asker{i}", i + 0.05, to=world.write("ada", i + 7 / 24))
        world.write("ada", i + 0.1, to=asked)
    cell = world.audit(tmp_path, "ada").answers.overall.cell
    assert cell is not None
    assert (cell.eligible, cell.answered) == (60, 60)


def joined_only_by_quoting(world: World, i: int, comments: list[str]) -> None:
    world.write("ada", i * 5 + 1, quotes=comments[0])


def removed_spam(world: World, i: int, comments: list[str]) -> None:
    world.write("ada", i * 5 + 1)


@pytest.mark.parametrize(
    ("comment", "after"),
    [
        ({}, joined_only_by_quoting),
        ({"deleted": True, "text": None}, removed_spam),
        ({"text": "¡Muchas felicidades!"}, removed_spam),
    ],
    ids=["joins by quoting", "comments were removed", "applause in another language"],
)
def test_nobody_innocent_is_said_to_join_rarely(
    comment: dict[str, object], after: Callable[[World, int, list[str]], None], tmp_path: Path
) -> None:
    world = World()
    world.cover("ada", until=1000)
    for i in range(60):
        post = world.write("ada", i * 5)
        comments = [world.write(f"asker{i}x{k}", i * 5 + 0.1 + k / 100, to=post, **comment) for k in range(3)]
        after(world, i, comments)
    assert world.audit(tmp_path, "ada", evidence=False).participation.verdict != "rarely"


def answers_by_a_clock_that_is_behind(world: World, day: float, comments: list[str]) -> None:
    for one in comments:
        world.write("ada", day, to=one)


def joins_in_the_same_moment(world: World, day: float, comments: list[str]) -> None:
    """Times are whole days."""
    world.write("ada", day + 0.3, to=comments[0])


def joins_on_the_sixteenth_day(world: World, day: float, comments: list[str]) -> None:
    world.write("ada", day + 16, to=comments[0])


def joins_as_an_unlinked_namesake(world: World, day: float, comments: list[str]) -> None:
    world.write("second", day + 0.5, to=comments[0])


def mentions_who_commented_in_a_new_post(world: World, day: float, comments: list[str]) -> None:
    world.write("ada", day + 0.5, mentions=(f"asker{day:.0f}",))


def calls_who_commented_in_a_new_post(world: World, day: float, comments: list[str]) -> None:
    """The table has no column for who is mentioned."""
    world.write("ada", day + 0.5, text=f"See above, @asker{day:.0f}: it was counted by hand.")


def replies_to_ids_of_another_form(world: World, day: float, comments: list[str]) -> None:
    world.write("ada", day + 0.5, to=comments[0].replace("x:", "https://elsewhere.example/"))


@pytest.mark.parametrize(
    ("join", "why"),
    [
        (answers_by_a_clock_that_is_behind, "participation_measured"),
        (joins_in_the_same_moment, "participation_measured"),
        (joins_on_the_sixteenth_day, "joined_late"),
        (joins_as_an_unlinked_namesake, "few_but_namesakes"),
        (mentions_who_commented_in_a_new_post, "joined_elsewhere"),
        (calls_who_commented_in_a_new_post, "joined_elsewhere"),
        (replies_to_ids_of_another_form, "few_but_unlinked"),
    ],
)
def test_who_joins_in_another_way_does_not_join_rarely(
    join: Callable[[World, float, list[str]], None], why: str, tmp_path: Path
) -> None:
    world = World()
    world.cover("ada", until=1000)
    world.records.append(Actor(id="x:user/second", channel="x", handle="second", name="Ada"))
    world.people.add("x:user/second")
    world.write("ada", 0, text="Join the comments under your own posts.")
    for day in range(1, 300, 5):
        post = world.write("ada", day - 0.1)
        names = (f"asker{day}", f"other{day}", f"third{day}")
        join(world, day, [world.write(name, day + 0.3, to=post) for name in names])
        world.write("ada", day + 2)
    found = world.audit(tmp_path, "ada", evidence=False)
    (claim,) = found.practice.claims
    assert (found.participation.verdict, claim.outcome) == (
        ("takes_part", "borne_out") if why == "participation_measured" else ("not_enough_evidence", "not_checkable")
    )
    assert found.participation.reason.key == why


def test_who_is_called_in_a_new_post_may_have_been_answered(tmp_path: Path) -> None:
    """The table has no column for who is mentioned."""
    world = World()
    world.cover("ada")
    for i in range(300):
        world.write(f"asker{i}", i + 0.1, to=world.write("ada", i))
        world.write("ada", i + 0.5, text=f"@asker{i} yes, by hand, with three people.")
    overall = world.audit(tmp_path, "ada", evidence=False).answers.overall
    assert (overall.verdict, overall.reason.key) == ("not_enough_evidence", "few_but_matching")


def test_as_of_shows_nothing_of_the_future(tmp_path: Path) -> None:
    world = World()
    world.cover("ada")
    world.standing("ada", 10, day=1)
    world.standing("ada", 99_999, day=300)
    asked = mention(world, "bo", 2)
    world.write("ada", 3)
    world.like("ada", asked, 200)
    result = world.audit(tmp_path, "ada", as_of=START + 50 * DAY)
    assert result.actor.standing == 10
    assert result.answers.acknowledged is None


def test_matching_is_judged_for_each_channel(tmp_path: Path) -> None:
    """X: 30 of 30 answered. The blog joins all of its flat threads, the links are lost."""
    x, blog = World(), World(channel="wordpress")
    x.cover("ada")
    blog.cover("ada")
    for i in range(30):
        x.write("ada", i + 0.5, to=mention(x, f"asker{i}", i))
    for i in range(300):
        post = blog.write("ada", i, kind="article")
        blog.write(f"reader{i}", i + 0.1, to=post, thread=post, kind="comment")
        blog.write("ada", i + 0.2, to=post, thread=post, kind="comment", text="Thank you all.")
    store = x.store(tmp_path)
    store.add(blog.records)
    store.link("x:user/ada", "wordpress:user/ada")
    cell = store.audit("x:user/ada", me=True).answers.overall.cell
    assert cell is not None
    assert (cell.approaches, cell.answered) == (30, 30)


def test_people_who_opted_out_are_in_no_list(tmp_path: Path) -> None:
    world = World()
    world.cover("ada")
    world.actor("ada", opted_out=True, followers=9000)
    world.conversations("ada", 40, 40)
    assert world.store(tmp_path).audit_all(min_approaches=10) == []
