"""Every case that METHODS names for approaches and answers, on networks small enough to count by hand."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from permadani.findings.results import Audit
from permadani.vocabulary import Actor, Addressed, Coverage, Object
from worlds import DAY, START, World


def states(audit: Audit) -> list[str]:
    assert audit.answers.evidence is not None
    return [one.state for one in audit.answers.evidence]


def counts(audit: Audit) -> tuple[int, int, int, int]:
    cell = audit.answers.overall.cell
    assert cell is not None
    return cell.approaches, cell.eligible, cell.answered, cell.answered_late


@pytest.fixture
def world() -> World:
    world = World()
    world.cover("ada")
    return world


def test_a_reply_and_its_answer(world: World, tmp_path: Path) -> None:
    post = world.write("ada", 1)
    asked = world.write("bo", 2, to=post)
    world.write("ada", 3, to=asked)
    result = world.audit(tmp_path, "ada")
    assert counts(result) == (1, 1, 1, 0)
    assert result.answers.matching is not None
    assert (result.answers.matching.structural, result.answers.matching.named) == (1, 0)


def test_later_messages_belong_to_the_same_approach(world: World, tmp_path: Path) -> None:
    post = world.write("ada", 1)
    world.write("bo", 2, to=post)
    second = world.write("bo", 3, to=post)
    world.write("ada", 4, to=second)
    assert counts(world.audit(tmp_path, "ada")) == (1, 1, 1, 0)


def test_an_answer_is_no_approach(world: World, tmp_path: Path) -> None:
    """Ada writes to Bo first; what Bo sends back is an answer and waits for nothing."""
    post = world.write("bo", 1)
    hello = world.write("ada", 2, to=post)
    world.write("bo", 3, to=hello)
    world.write("ada", 9)
    result = world.audit(tmp_path, "ada")
    assert result.answers.overall.reason.key == "no_approaches"


def test_an_inherited_mention_is_no_approach(world: World, tmp_path: Path) -> None:
    """Bo names Ada; Cy's reply to Bo carries the name along without meaning her."""
    first = world.write("bo", 1, mentions=("ada",))
    world.write("cy", 2, to=first, mentions=("ada",))
    world.write("ada", 3)
    result = world.audit(tmp_path, "ada")
    assert counts(result) == (1, 1, 0, 0)
    assert result.answers.left_out is not None
    assert result.answers.left_out.inherited_mentions == 1


def test_a_mention_under_an_unseen_message_is_left_out_with_a_limit(world: World, tmp_path: Path) -> None:
    world.write("cy", 2, to="x:status/999", mentions=("ada",))
    world.write("bo", 2, mentions=("ada",))
    world.write("ada", 3)
    result = world.audit(tmp_path, "ada")
    assert counts(result)[0] == 1
    assert "unknown_inheritance" in {limit.key for limit in result.limits}


def test_a_fresh_mention_in_a_reply_counts(world: World, tmp_path: Path) -> None:
    first = world.write("bo", 1)
    world.write("cy", 2, to=first, mentions=("ada",))
    world.write("ada", 3)
    assert counts(world.audit(tmp_path, "ada")) == (1, 1, 0, 0)


def test_a_comment_to_another_commenter_is_no_approach(world: World, tmp_path: Path) -> None:
    post = world.write("ada", 1)
    first = world.write("bo", 2, to=post)
    world.write("cy", 3, to=first)
    world.write("ada", 4)
    assert counts(world.audit(tmp_path, "ada"))[0] == 1


def test_an_answer_after_the_window_is_late(world: World, tmp_path: Path) -> None:
    post = world.write("ada", 1)
    asked = world.write("bo", 2, to=post)
    world.write("ada", 3)
    world.write("ada", 2 + 14.5, to=asked)
    result = world.audit(tmp_path, "ada")
    assert counts(result) == (1, 1, 0, 1)
    assert states(result) == ["answered_late"]


def test_an_answer_on_the_last_moment_of_the_window_is_prompt(world: World, tmp_path: Path) -> None:
    post = world.write("ada", 1)
    asked = world.write("bo", 2, to=post)
    world.write("ada", 16, to=asked)
    assert counts(world.audit(tmp_path, "ada")) == (1, 1, 1, 0)


def test_the_absent_account_is_not_blamed(world: World, tmp_path: Path) -> None:
    """Nothing of Ada's is public within 14 days after Bo's message, so it reached nobody."""
    post = world.write("ada", 1)
    world.write("bo", 2, to=post)
    world.write("cy", 30, to=post)
    world.write("ada", 31)
    result = world.audit(tmp_path, "ada")
    assert counts(result) == (2, 1, 0, 0)
    assert states(result) == ["not_reached", "unanswered"]


def test_an_automatic_post_is_no_presence_and_no_answer(world: World, tmp_path: Path) -> None:
    post = world.write("ada", 1)
    asked = world.write("bo", 2, to=post)
    world.write("ada", 3, client="Buffer")
    world.write("ada", 3.5, to=asked, automatic=True)
    result = world.audit(tmp_path, "ada")
    assert states(result) == ["not_reached"]
    assert result.automation.known == 2
    assert result.automation.share == 1.0


def test_a_reshare_or_a_like_shows_presence(world: World, tmp_path: Path) -> None:
    post = world.write("ada", 1)
    asked = world.write("bo", 2, to=post)
    world.reshare("ada", asked, 3)
    world.like("ada", asked, 4)
    result = world.audit(tmp_path, "ada")
    assert states(result) == ["unanswered"]
    assert result.answers.acknowledged == 1


def test_acknowledged_is_unknown_where_no_like_is_known(world: World, tmp_path: Path) -> None:
    world.conversations("ada", 2, 1)
    assert world.audit(tmp_path, "ada").answers.acknowledged is None


def test_a_young_message_may_still_be_answered(world: World, tmp_path: Path) -> None:
    post = world.write("ada", 380)
    world.write("bo", 395, to=post)
    world.write("ada", 396)
    assert states(world.audit(tmp_path, "ada")) == ["too_young"]


def test_a_claim_without_an_end_reaches_to_the_last_message(tmp_path: Path) -> None:
    world = World()
    world.cover("ada")
    world.records = [
        Coverage(**{**{f: getattr(r, f) for f in r.__struct_fields__}, "until": None}) if isinstance(r, Coverage) else r
        for r in world.records
    ]
    post = world.write("ada", 1)
    world.write("bo", 2, to=post)
    world.write("cy", 28, to=post)
    world.write("ada", 30)
    assert states(world.audit(tmp_path, "ada")) == ["not_reached", "too_young"]


def test_clock_skew_of_a_direct_reply_is_mended_and_told(world: World, tmp_path: Path) -> None:
    """Ada's clock is an hour behind: her answer seems older than the question."""
    post = world.write("ada", 1)
    asked = world.write("bo", 2, to=post)
    world.write("ada", 2 - 1 / 24, to=asked)
    result = world.audit(tmp_path, "ada")
    assert counts(result) == (1, 1, 1, 0)
    assert "clock_skew" in {limit.key for limit in result.limits}


def test_clock_skew_of_the_asker_does_not_turn_an_answer_into_an_approach(world: World, tmp_path: Path) -> None:
    post = world.write("bo", 2)
    hello = world.write("ada", 3, to=post)
    world.write("bo", 3 - 1 / 24, to=hello)
    world.write("ada", 9)
    assert world.audit(tmp_path, "ada").answers.overall.reason.key == "no_approaches"


def test_an_article_registered_after_its_comments_does_not_move_them(tmp_path: Path) -> None:
    """Seen in a real export: the comment system dates articles by their registration, two years too late."""
    world = World(channel="disqus")
    world.cover("ada", until=1000)
    article = world.write("ada", 700, kind="article")
    asked = world.write("bo", 2, to=article, kind="comment", thread=article)
    world.write("ada", 3, to=asked, kind="comment", thread=article)
    result = world.audit(tmp_path, "ada")
    assert counts(result) == (1, 1, 1, 0)
    assert [year.year for year in result.answers.over_time] == [2020]


def test_a_deleted_answer_is_still_an_answer(world: World, tmp_path: Path) -> None:
    post = world.write("ada", 1)
    asked = world.write("bo", 2, to=post)
    world.write("ada", 3, to=asked, deleted=True, text=None)
    assert counts(world.audit(tmp_path, "ada")) == (1, 1, 1, 0)


def test_a_deleted_approach_is_left_out_and_counted(world: World, tmp_path: Path) -> None:
    post = world.write("ada", 1)
    world.write("bo", 2, to=post, deleted=True, text=None)
    world.write("cy", 2, to=post)
    world.write("ada", 3)
    result = world.audit(tmp_path, "ada")
    assert counts(result)[0] == 1
    assert result.answers.left_out is not None
    assert result.answers.left_out.deleted == 1


def test_spam_and_bots_are_left_out_and_counted(world: World, tmp_path: Path) -> None:
    post = world.write("ada", 1)
    world.write("bo", 2, to=post, spam=True)
    world.write("cy", 2, to=post, automatic=True)
    world.write("di", 2, to=post, client="IFTTT")
    world.write("ed", 2, to=post)
    world.write("ada", 3)
    result = world.audit(tmp_path, "ada")
    assert counts(result)[0] == 1
    assert result.answers.left_out is not None
    assert (result.answers.left_out.spam, result.answers.left_out.automatic) == (1, 2)


def test_a_quote_of_the_approach_is_an_answer(world: World, tmp_path: Path) -> None:
    post = world.write("ada", 1)
    asked = world.write("bo", 2, to=post)
    world.write("ada", 3, quotes=asked)
    assert counts(world.audit(tmp_path, "ada")) == (1, 1, 1, 0)


def test_ones_own_replies_are_no_approaches(world: World, tmp_path: Path) -> None:
    post = world.write("ada", 1)
    world.write("ada", 2, to=post)
    assert world.audit(tmp_path, "ada").answers.overall.reason.key == "no_approaches"


def test_linked_accounts_are_one_person_on_both_sides(world: World, tmp_path: Path) -> None:
    """Ada answers from her second account; Bo asks twice in one thread from two accounts."""
    post = world.write("ada", 1)
    asked = world.write("bo", 2, to=post)
    world.write("bo2", 3, to=post)
    world.write("ada2", 4, to=asked)
    store = world.store(tmp_path)
    store.link(world.uri("ada"), world.uri("ada2"))
    store.link(world.uri("bo"), world.uri("bo2"))
    result = store.audit("ada", research=True)
    assert counts(result) == (1, 1, 1, 0)


def test_named_answers_in_a_flat_thread_are_a_lower_bound(tmp_path: Path) -> None:
    world = World(channel="wordpress")
    world.cover("ada")
    article = world.write("ada", 1, kind="article")
    for name in ("bobby", "cynthia", "diana"):
        world.write(name, 2, to=article, thread=article, kind="comment")
    world.write("ada", 3, to=article, thread=article, kind="comment", text="@Bobby: thank you, I will look it up.")
    world.write("ada", 3.1, to=article, thread=article, kind="comment", text="Cynthia: that is another survey.")
    result = world.audit(tmp_path, "ada")
    assert counts(result) == (3, 3, 2, 0)
    assert result.answers.matching is not None
    found = result.answers.matching
    assert (found.structural, found.named, found.lower, found.upper) == (0, 2, 2, 3)


def test_a_name_inside_another_word_does_not_match(tmp_path: Path) -> None:
    world = World(channel="wordpress")
    world.cover("ada")
    article = world.write("ada", 1, kind="article")
    world.write("ann", 2, to=article, thread=article, kind="comment")
    world.write("ada", 3, to=article, thread=article, kind="comment", text="@annabel: welcome to the blog, everybody.")
    assert counts(world.audit(tmp_path, "ada")) == (1, 1, 0, 0)


def test_my_own_archive_makes_nobody_look_silent(tmp_path: Path) -> None:
    """Everyone I wrote to would look silent: their outbound messages are not in my archive."""
    world = World()
    world.cover("me", inbound="none", outbound="complete")
    for i in range(30):
        post = world.write("star", i)
        world.write("me", i + 0.5, to=post)
    star = world.audit(tmp_path, "star")
    assert star.answers.overall.verdict == "not_measurable"
    assert star.answers.overall.cell is None
    me = World()
    me.records, me.people = world.records, world.people
    own = me.audit(tmp_path / "second", "me")
    assert own.answers.overall.verdict == "not_measurable"
    assert own.answers.overall.reason.key == "no_inbound"
    assert own.participation.verdict == "not_measurable"
    assert "outbound_only" in {limit.key for limit in own.limits}


@pytest.mark.parametrize("forgotten", [False, True])
def test_an_own_archive_takes_nothing_away_from_what_was_collected(tmp_path: Path, forgotten: bool) -> None:
    """Ten messages to ada were collected, five answered; her archive, which holds none of them, comes on top.

    (A claim of nothing without a span is that of somebody forgotten: it stands.)
    """
    world = World()
    world.cover(None, inbound="partial", outbound="partial")
    world.conversations("ada", askers=10, answered=5)
    before = world.audit(tmp_path / "before", "ada")
    world.cover("ada", inbound="none", outbound="complete")
    if forgotten:
        world.records = [
            msgspec.structs.replace(record, since=None, until=None)
            if isinstance(record, Coverage) and record.actor and record.completeness == "none"
            else record
            for record in world.records
        ]
    after = world.audit(tmp_path / "after", "ada")
    if forgotten:
        assert after.answers.overall.reason.key == "no_inbound"
        return
    assert counts(after) == counts(before) == (10, 10, 5, 0)
    assert [(line.inbound, line.outbound) for line in after.coverage] == [("partial", "complete")]


def test_group_channels_give_no_answer_rate(tmp_path: Path) -> None:
    world = World(channel="pipermail")
    world.cover("ada")
    post = world.write("ada", 1)
    world.write("bo", 2, to=post)
    result = world.audit(tmp_path, "ada")
    assert result.answers.overall.verdict == "not_measurable"
    assert result.answers.overall.reason.key == "group_channel"


def test_mail_to_somebody_is_an_approach_and_mail_back_an_answer(tmp_path: Path) -> None:
    world = World(channel="email")
    world.cover("ada")
    asked = world.write("bo", 1)
    world.records.append(Addressed(object=asked, actor=world.actor("ada"), kind="to"))
    back = world.write("ada", 2, to=asked)
    world.records.append(Addressed(object=back, actor=world.actor("bo"), kind="to"))
    assert counts(world.audit(tmp_path, "ada")) == (1, 1, 1, 0)


def test_as_of_ignores_everything_after(world: World, tmp_path: Path) -> None:
    post = world.write("ada", 1)
    asked = world.write("bo", 2, to=post)
    world.write("ada", 3)
    world.write("ada", 15, to=asked)
    assert states(world.audit(tmp_path, "ada", as_of=START + 10 * DAY)) == ["too_young"]


def test_since_narrows_the_period_but_tenure_sees_all(world: World, tmp_path: Path) -> None:
    first = world.write("ada", 1)
    world.write("bo", 2, to=first)
    second = world.write("ada", 50)
    world.write("bo", 51, to=second)
    world.write("ada", 52)
    result = world.audit(tmp_path, "ada", since=START + 40 * DAY)
    assert counts(result)[0] == 1
    assert result.answers.by_tenure.cells["regular"].approaches == 1


def test_conversations_are_found_across_missing_parents(tmp_path: Path) -> None:
    """v1.1 tweets know only their parent: the thread is found by following them, whatever comes first."""
    world = World()
    world.cover("ada")
    post = world.write("ada", 1)
    asked = world.write("bo", 2, to=post)
    back = world.write("ada", 3, to=asked)
    again = world.write("bo", 4, to=back)
    world.write("ada", 5, to=again)
    store = world.store(tmp_path)
    with store.session() as connection:
        roots = connection.execute("SELECT count(DISTINCT root) FROM objects").fetchall()
    assert roots == [(1,)]
    assert counts(store.audit("ada", research=True)) == (1, 1, 1, 0)


def test_hostile_rings_of_replies_do_not_hang(tmp_path: Path) -> None:
    ring = [
        Object(
            id=f"x:status/{i}", channel="x", kind="note", actor=f"x:user/{i}", published=START + i,
            in_reply_to=f"x:status/{(i + 1) % 3}",
        )
        for i in range(3)
    ]  # fmt: skip
    world = World()
    world.records = [*ring, *(Actor(id=f"x:user/{i}", channel="x") for i in range(3))]
    world.cover(None)
    assert world.audit(tmp_path, "x:user/0").answers.overall.verdict == "not_enough_evidence"


def test_a_message_of_the_future_stretches_no_claim_without_an_end(world: World, tmp_path: Path) -> None:
    """Its other messages would look old enough to judge, and unanswered."""
    world.records = [
        msgspec.structs.replace(record, until=None) if isinstance(record, Coverage) else record
        for record in world.records
    ]
    world.conversations("ada", askers=10, answered=5)
    before = world.audit(tmp_path / "before", "ada")
    world.write("stranger", 365 * 79)
    after = world.audit(tmp_path / "after", "ada")
    assert [line.until for line in after.coverage] == [line.until for line in before.coverage]
    assert counts(after) == counts(before)


@pytest.mark.parametrize("linked", [False, True])
def test_a_name_that_the_parent_carried_for_another_account_is_inherited(tmp_path: Path, linked: bool) -> None:
    """Bo answers Cy, who had named ada's first account; Bo's message names her second one: that speaks to nobody."""
    world = World()
    world.cover("ada")
    world.cover("ada2")
    post = world.write("di", 1)
    named = world.write("cy", 2, to=post, mentions=("ada",))
    world.write("bo", 3, to=named, mentions=("ada2",))
    world.write("ada", 4)
    store = world.store(tmp_path)
    if linked:
        store.link(world.uri("ada"), world.uri("ada2"))
    audit = store.audit(world.uri("ada2"), research=True)
    assert counts(audit)[0] == 1  # linked: cy's; apart: bo's
    assert audit.answers.left_out.inherited_mentions == (1 if linked else 0)
