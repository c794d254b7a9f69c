"""Worlds of a few lines; the expected numbers are counted by eye."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from class_map.asked import classes
from class_map.compared import compare, intervals
from class_map.reference import Reference
from permadani.vocabulary import Actor, Channel, Coverage, Person
from worlds import World

EVERYTHING = {"inbound": "complete", "outbound": "complete"}


def asked(world: World, folder: Path) -> dict[str, Any]:
    """What the command says; the reference says the same."""
    store = world.store(folder)
    found = classes(store)
    store.export(folder / "tables")
    assert compare(found, Reference(folder / "tables").map()) == []
    assert list(intervals(found)) == []
    return found


def cell(found: dict[str, Any], matrix: str, source: str, to: str) -> dict[str, Any]:
    return next(one for one in found["matrices"][matrix]["cells"] if (one["from"], one["to"]) == (source, to))


def counts(of: dict[str, Any]) -> tuple[int, int]:
    return of["posts"], of["answered"]


def test_an_approach_that_is_answered_and_one_that_is_not(tmp_path: Path) -> None:
    world = World()
    world.cover(None, **EVERYTHING, since=-200)
    post = world.write("ada", 1)
    first = world.write("bob", 2, to=post)
    world.write("cyn", 3, to=post)
    world.write("ada", 4, to=first)  # answers bob, while cyn waits too
    found = asked(world, tmp_path)
    # four posts: ada's first was answered (twice), bob's reply too; cyn's reply and ada's answer were not
    assert counts(found["reception"]["all"]) == (4, 2)
    # nobody has a rate: ten posts of five people are needed
    assert found["reception"]["all"]["rate"] is None
    # bob and cyn approached ada; that ada's answer speaks to bob is no approach
    assert found["matrices"]["approaches"]["count"] == 2
    # the answer tells something, because cyn waited beside bob. Three people are no ranks, so all the expectation is in
    # one cell
    assert (found["matrices"]["answers"]["count"], found["matrices"]["answers"]["telling"]) == (1, 1)
    unranked = cell(found, "answers", "unknown", "unknown")
    assert (unranked["observed"], unranked["expected"], unranked["value"]) == (1, pytest.approx(1), None)
    assert counts(unranked["share"]) == (2, 1)
    # ties: bob and cyn to ada, ada to bob; of these bob's and ada's are returned
    assert [found["reciprocity"]["replies"][name] for name in ("ties", "returned", "people")] == [3, 2, 3]
    # of two who asked, one got the one answer; that is too few to say how unequal it is
    concentration = found["concentration"]["answers"]
    assert (concentration["people"], concentration["received"], concentration["gini"]) == (2, 1, None)


def test_an_answer_while_nobody_else_waits_tells_nothing(tmp_path: Path) -> None:
    world = World()
    world.cover(None, **EVERYTHING, since=-200)
    post = world.write("ada", 1)
    world.write("ada", 3, to=world.write("bob", 2, to=post))
    world.write("cyn", 4, to=post)  # comes after the answer
    world.write("ada", 30, to=world.write("dan", 10, to=post))  # after 20 days: no answer
    answers = asked(world, tmp_path)["matrices"]["answers"]
    assert (answers["count"], answers["telling"]) == (1, 0)
    assert {one["expected"] for one in answers["cells"]} == {0}


def test_who_was_spoken_to_approaches_nobody(tmp_path: Path) -> None:
    world = World()
    world.cover(None, **EVERYTHING)
    greeting = world.write("ada", 1, mentions=("bob",))  # ada approaches bob
    reply = world.write("bob", 2, to=greeting)  # answers
    world.write("cyn", 3, to=reply, mentions=("ada",))  # approaches bob, and ada, whom the parent did not mention
    world.write("dan", 4, to=greeting, mentions=("bob",))  # approaches ada; bob's mention was copied
    found = asked(world, tmp_path)
    assert found["matrices"]["approaches"]["count"] == 4
    assert found["matrices"]["answers"]["count"] == 1


def test_a_question_on_a_list(tmp_path: Path) -> None:
    world = World(channel="list")
    world.records.append(Channel(channel="list", audience="group"))
    world.cover(None, **EVERYTHING, since=-200)
    question = world.write("ada", 1)
    world.write("bob", 2)  # another question, never answered
    world.write("ada", 3, to=question)  # whoever answers themselves is not answered
    world.write("cyn", 4, to=question)  # the answer: bob's question waits beside it
    world.write("dan", 5, to=question)  # not the first
    found = asked(world, tmp_path)
    assert found["matrices"]["approaches"]["count"] == 0
    answers = found["matrices"]["answers"]
    assert (answers["count"], answers["telling"]) == (1, 1)
    assert counts(found["reception"]["all"]) == (5, 1)
    assert counts(cell(found, "answers", "junior", "junior")["share"] or {"posts": 0, "answered": 0}) == (0, 0)
    assert found["channels"][0]["audience"] == "group"


def test_comments_that_are_flat_are_no_posts(tmp_path: Path) -> None:
    world = World(channel="blog")
    world.cover(None, **EVERYTHING)
    page = world.write("ada", 1, kind="article")
    world.write("bob", 2, kind="comment", thread=page)
    world.write("cyn", 3, kind="comment", thread=page)
    world.write("ada", 4, kind="comment", thread=page)
    world.write("ada", 5, kind="article")
    found = asked(world, tmp_path)
    assert found["channels"][0]["flat"] is True
    assert found["left_out"]["flat"] == 3
    # two pages, of which one was commented on by somebody else
    assert counts(found["reception"]["all"]) == (2, 1)
    # bob and cyn approach ada; whether she answers them cannot be seen
    assert found["matrices"]["approaches"]["count"] == 2
    assert found["matrices"]["answers"]["count"] == 0


def test_one_reply_to_a_comment_and_nothing_is_flat(tmp_path: Path) -> None:
    world = World(channel="blog")
    world.cover(None, **EVERYTHING)
    page = world.write("ada", 1, kind="article")
    comment = world.write("bob", 2, kind="comment", thread=page)
    world.write("ada", 3, kind="comment", thread=page, to=comment)
    found = asked(world, tmp_path)
    assert (found["channels"][0]["flat"], found["left_out"]["flat"]) == (False, 0)
    assert counts(found["reception"]["all"]) == (3, 2)


def test_who_is_new_and_who_may_have_been_there_before(tmp_path: Path) -> None:
    world = World()
    world.cover(None, **EVERYTHING, since=0, until=400)
    world.write("ada", 10)  # first seen on the tenth day: unknown
    world.write("ada", 20)  # regular
    first = world.write("bob", 200)  # newcomer
    world.write("ada", 201, to=first)  # answers
    world.write("bob", 202, to=first)  # in the same conversation: that is no coming back
    world.write("bob", 280)  # comes back within 90 days
    world.write("cyn", 210)  # newcomer, not answered, never again
    world.write("dan", 390)  # newcomer, but too late to see what becomes of them
    found = asked(world, tmp_path)
    tenure = {name: counts(of) for name, of in found["reception"]["by_tenure"].items()}
    # regular: ada's second and third, bob's second and third
    assert tenure == {"newcomer": (3, 1), "regular": (4, 0), "unknown": (1, 0)}
    assert counts(found["newcomers"]["answered_first"]) == (1, 1)
    assert counts(found["newcomers"]["unanswered_first"]) == (1, 0)
    assert found["newcomers"]["difference"] is None


def test_standing_is_that_before_the_message_and_the_unknown_have_a_row(tmp_path: Path) -> None:
    world = World()
    world.cover(None, **EVERYTHING)
    for name, followers in (("ada", 5), ("bob", 5), ("cyn", 50), ("dan", 60), ("eve", 9_000)):
        world.standing(name, followers, day=-40)
    world.standing("ada", 1_000_000, day=200)  # afterwards: changes nothing
    post = world.write("eve", 1)
    for name in ("ada", "bob", "cyn", "dan", "nobody"):
        world.write(name, 2, to=post)
    found = asked(world, tmp_path)
    channel = found["channels"][0]
    # five known: 5 5 | 50 | 60 | 9000 with middle ranks 0.2, 0.5, 0.7, 0.9; a bound is somebody's count: of so few
    # none is told
    assert (channel["people"], channel["known"], channel["junior_to"], channel["senior_from"]) == (6, 5, None, None)
    assert [channel[name] for name in ("juniors", "middle", "seniors")] == [3, 1, 1]
    by_class = {name: of["posts"] for name, of in found["reception"]["by_class"].items()}
    assert by_class == {"junior": 3, "middle": 1, "senior": 1, "unknown": 1}
    assert [cell(found, "approaches", name, "senior")["count"] for name in by_class] == [3, 1, 0, 1]
    # labels shuffled: 3 of 5 approaches come from juniors, all five go to seniors
    assert cell(found, "approaches", "junior", "senior")["expected"] == pytest.approx(3)
    bands = {(one["least"], one["most"]): one["posts"] for one in found["reception"]["by_followers"]}
    assert bands == {(0, 99): 4, (100, 999): 0, (1_000, 9_999): 1, (10_000, 99_999): 0, (100_000, None): 0}


def test_what_is_left_out_is_counted(tmp_path: Path) -> None:
    world = World()
    world.cover(None, **EVERYTHING)
    post = world.write("ada", 1)
    world.write("bob", 2, to=post, spam=True)
    world.write("cyn", 3, to=post, automatic=True)
    world.write("dan", 4, to=post, deleted=True)  # a deleted answer is still one
    later = world.write("ada", 5)
    world.write("bob", 6, to=later, spam=True)
    found = asked(world, tmp_path)
    left_out = {"spam": 2, "automatic": 1, "deleted": 1, "unobserved": 0, "flat": 0, "unseen_mentions": 0}
    assert found["left_out"] == left_out
    assert counts(found["reception"]["all"]) == (2, 1)
    assert found["matrices"]["approaches"]["count"] == 0


def test_an_archive_of_ones_own_messages_shows_nobodys_reception(tmp_path: Path) -> None:
    world = World()
    world.cover("ada", inbound="none", outbound="complete")
    post = world.write("ada", 1)
    world.write("bob", 2, to=post)
    found = asked(world, tmp_path)
    assert (found["posts"], found["left_out"]["unobserved"]) == (0, 2)
    assert found["channels"][0]["level"] == "none"
    assert found["reception"]["all"]["rate"] is None
    assert found["closure"]["verdict"] == "not_measurable"


def test_linked_accounts_are_one_person_and_answer_nobody_by_the_other(tmp_path: Path) -> None:
    world = World()
    world.cover(None, **EVERYTHING)
    post = world.write("ada", 1)
    world.write("adas-other", 2, to=post)
    world.records += [Person(person="person:ada", actor=world.uri(name)) for name in ("ada", "adas-other")]
    found = asked(world, tmp_path)
    assert (found["people"], counts(found["reception"]["all"])) == (1, (2, 0))
    assert found["matrices"]["approaches"]["count"] == 0


def test_reshares_go_from_who_passes_on_to_the_author(tmp_path: Path) -> None:
    world = World()
    world.cover(None, **EVERYTHING)
    for place in range(10):
        world.standing(f"p{place}", place, day=-40)
        world.write(f"p{place}", 1)
    for place in range(8):  # by five juniors and three others to a senior
        world.reshare(f"p{place}", "x:status/10", 2)
    world.write("p1", 3, quotes="x:status/10")  # the same by a quote, which also answers
    world.reshare("p9", "x:status/10", 4)  # one's own: none
    world.reshare("p0", "x:status/1", 5)  # one's own: none
    world.reshare("p8", "x:status/1", 100)  # by a senior to a junior, in a month in which nobody posted
    found = asked(world, tmp_path)
    # ranks 0.05 to 0.95: p0 to p4 are juniors, p8 and p9 are seniors
    channel = found["channels"][0]
    assert (channel["junior_to"], channel["senior_from"]) == (4, 8)
    assert found["matrices"]["reshares"]["count"] == 10
    assert cell(found, "reshares", "junior", "senior")["count"] == 6
    assert cell(found, "reshares", "middle", "senior")["count"] == 3
    assert cell(found, "reshares", "senior", "junior")["count"] == 1
    # 10 reshares to two of ten: so few that any inequality could be behind them
    reshares = found["concentration"]["reshares"]
    assert (reshares["people"], reshares["received"], reshares["gini"]) == (10, 10, None)
    # eleven posts; one was answered, by the quote
    assert counts(found["reception"]["all"]) == (11, 1)


def test_the_one_approached_has_the_class_of_that_moment(tmp_path: Path) -> None:
    """Also long after the last message of theirs."""
    world = World()
    world.cover(None, **EVERYTHING)
    posts = {}
    for place in range(10):
        world.standing(f"p{place}", place, day=-40)
        posts[place] = world.write(f"p{place}", 1)
    world.write("p0", 200, to=posts[9])  # half a year later: p9 is a senior still
    world.standing("p1", 1_000_000, day=190)
    world.write("p2", 199, to=posts[1])  # and p1 has become one
    found = asked(world, tmp_path)
    assert [cell(found, "approaches", "junior", name)["count"] for name in ("junior", "senior")] == [0, 2]


def test_people_on_two_channels_count_once(tmp_path: Path) -> None:
    world = World()
    world.cover(None, **EVERYTHING)
    world.write("bob", 2, to=world.write("ada", 1))
    other = World(channel="mastodon")
    other.cover(None, **EVERYTHING)
    other.write("bob", 2, to=other.write("ada", 1))
    world.records += other.records
    for name in ("ada", "bob"):
        world.records += [Person(person=f"person:{name}", actor=one.uri(name)) for one in (world, other)]
    found = asked(world, tmp_path)
    # the 90 days before were not collected, so their standing is unknown on both
    approach = cell(found, "approaches", "unknown", "unknown")
    assert (approach["count"], approach["givers"], approach["receivers"]) == (2, 1, 1)
    assert found["people"] == 2


def test_who_was_forgotten_stays_unobserved(tmp_path: Path) -> None:
    """A claim of nothing without dates holds, whatever else is claimed."""
    world = World()
    world.cover("ada", **EVERYTHING)
    world.cover("bob", **EVERYTHING)
    world.records.append(
        Coverage(
            actor=world.uri("ada"), channel="x", direction="inbound", since=None, until=None, completeness="none",
            basis="forgotten",
        )
    )  # fmt: skip
    world.write("ada", 1)
    world.write("bob", 1)
    found = asked(world, tmp_path)
    assert (found["posts"], found["left_out"]["unobserved"]) == (1, 1)


def test_dates_without_hours_make_nobody_new_five_times(tmp_path: Path) -> None:
    world = World()
    world.cover(None, **EVERYTHING, since=-400)
    for _ in range(5):
        world.write("ada", 10)  # five at one moment: which was first is not known
    world.write("bob", 10)
    world.write("bob", 11)
    found = asked(world, tmp_path)
    by_tenure = {name: of["posts"] for name, of in found["reception"]["by_tenure"].items()}
    assert by_tenure == {"newcomer": 1, "regular": 1, "unknown": 5}
    # ada wrote no second time; bob did, in another conversation
    assert counts(found["newcomers"]["unanswered_first"]) == (1, 1)


def test_what_one_person_kept_tells_nobody_else_s_beginning(tmp_path: Path) -> None:
    world = World()
    world.cover("ada", **EVERYTHING, since=-4000)  # her own archive, of ten years before
    world.cover(None, **EVERYTHING, since=0)
    world.write("ada", 5)
    world.write("bob", 6)
    world.write("cyn", 190)
    found = asked(world, tmp_path)
    # bob may have been there before everybody's messages are known; cyn is new; of ada only her own are known
    by_tenure = {name: of["posts"] for name, of in found["reception"]["by_tenure"].items()}
    assert by_tenure == {"newcomer": 1, "regular": 0, "unknown": 2}
    channel = found["channels"][0]
    assert (channel["basis"], channel["claimed"]) == ("a world made by hand", 1)


def test_counts_of_1959_are_counts(tmp_path: Path) -> None:
    world = World()
    world.cover(None, **EVERYTHING, since=-30_000)
    for place in range(10):
        world.standing(f"p{place}", 1_000 + place, day=-22_200)
        world.write(f"p{place}", -22_100)
    channel = asked(world, tmp_path)["channels"][0]
    assert (channel["junior_to"], channel["senior_from"], channel["known"]) == (1_000, 1_000, 10)


def test_a_count_taken_after_everything_ranks_nobody(tmp_path: Path) -> None:
    world = World()
    world.cover(None, **EVERYTHING, since=-200)
    post = world.write("ada", 40)
    world.write("bob", 41, to=post)
    world.write("ada", 80)
    world.standing("bob", 7, day=300)
    assert asked(world, tmp_path)["channels"][0]["standing"] == "network"


def test_a_claim_without_an_end_ends_with_its_channel(tmp_path: Path) -> None:
    world = World()
    for direction in ("inbound", "outbound"):
        world.records.append(
            Coverage(
                actor=None, channel="x", direction=direction, since=None, until=None, completeness="complete",
                basis="a world made by hand",
            )
        )  # fmt: skip
    world.write("ada", 10)
    other = World(channel="bluesky")
    other.write("bob", 400)
    world.records += other.records
    # ada's post of the last known day is younger than 14 days there, whatever was written elsewhere
    assert counts(asked(world, tmp_path)["over_time"][0]["reception"]["all"]) == (0, 0)


def test_nothing_is_lost_of_who_writes_on_several_channels(tmp_path: Path) -> None:
    """Whatever channel the account was first seen on, and whether or not that is asked for."""
    records = []
    for channel, wrote in (("x", 3), ("bluesky", 2), ("mastodon", 0)):
        world = World(channel=channel)
        world.cover(None, **EVERYTHING, since=-200)
        world.people.add("mailto:both")
        post = world.write(f"{channel}:user/{channel}", 1)
        for day in range(wrote):
            world.write("mailto:both", 2 + day, to=post)
        records += world.records
    # it belongs to a channel on which it wrote nothing
    records.append(Actor(id="mailto:both", channel="mastodon"))
    world.records = records
    store = world.store(tmp_path)
    assert classes(store)["posts"] == 8
    of = {channel: classes(store, channels=(channel,)) for channel in ("x", "bluesky", "mastodon")}
    assert [(one["posts"], one["people"]) for one in of.values()] == [(4, 2), (3, 2), (1, 1)]
    # its comments answer the first post of each
    assert [counts(one["reception"]["all"]) for one in of.values()] == [(4, 1), (3, 1), (1, 0)]
    assert sum(one.posts for one in store.account_graph().nodes) == 8
