"""The list for the subject: nothing is missing, each message says why, and its sums are those of the audit."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from permadani.errors import Refusal
from permadani.findings.audit import audit
from permadani.findings.for_subject import for_subject
from permadani.findings.question import Question
from permadani.findings.reasons import TEMPLATES
from permadani.findings.results import Audit, SubjectList
from permadani.store.who import resolve
from permadani.vocabulary import Addressed, Coverage
from worlds import DAY, START, World


def both(world: World, folder: Path, who: str = "ada", **question: object) -> tuple[SubjectList, Audit]:
    asked = Question(research=True, **question)  # type: ignore[arg-type]
    store = world.store(folder)
    with store.session() as connection:
        found = resolve(connection, world.uri(who))
        return for_subject(connection, found, asked), audit(connection, found, asked)


def agrees(found: SubjectList, audited: Audit) -> None:
    """Every figure of the audit, counted from the list."""
    cell, out = audited.answers.overall.cell, audited.answers.left_out
    assert cell is not None
    assert out is not None
    totals = found.totals
    assert (totals.approaches, totals.eligible, totals.answered, totals.answered_late) == (
        cell.approaches, cell.eligible, cell.answered, cell.answered_late,
    )  # fmt: skip
    because = totals.not_counted
    assert because.get("list_too_young", 0) == out.too_young
    assert because.get("list_unobserved", 0) == out.unobserved
    assert because.get("list_not_reached", 0) == out.not_reached
    assert because.get("list_inherited", 0) + because.get("list_unclear", 0) == out.inherited_mentions
    for name, count in (
        ("spam", out.spam), ("automatic", out.automatic), ("deleted", out.deleted), ("pitch", out.pitches),
        ("abuse", out.abuse), ("mention_unseen", out.unseen_mentions),
    ):  # fmt: skip
        assert because.get(f"list_{name}", 0) == (count or 0), name
    assert len(found.own_pitches) == (out.own_pitches or 0)
    assert sum(because.values()) + totals.eligible == totals.messages == len(found.messages)


@pytest.fixture
def world() -> World:
    world = World()
    world.cover("ada")
    return world


def everything(world: World) -> dict[str, str]:
    """One message of every kind, by the key of its reason; day 2 unless said."""
    post, article = world.write("ada", 1), world.write("ada", 1, kind="article")
    expected = {
        "list_reply": world.write("bo", 2, to=post),
        "list_comment": world.write("bo2", 2.01, thread=article, kind="comment"),
        "list_mention": world.write("bo3", 2.02, mentions=("ada",)),
        "list_to": world.write("bo4", 2.03),
        "list_spam": world.write("cy", 2.04, to=post, spam=True),
        "list_automatic": world.write("di", 2.05, to=post, client="IFTTT"),
        "list_deleted": world.write("ed", 2.06, to=post, text=None, deleted=True),
        "list_pitch": world.write("fe", 2.07, to=post, text="Join my free webinar: https://shop.example"),
        "list_unclear": world.write("gu", 2.08, to="x:status/999", mentions=("ada",)),
    }
    world.records.append(Addressed(object=expected["list_to"], actor=world.actor("ada"), kind="to"))
    expected["list_same_conversation"] = world.write("bo", 2.1, to=post)
    expected["list_elsewhere"] = world.write("hal", 2.11, to=expected["list_reply"])
    named = expected["list_mention"]
    expected["list_inherited"] = world.write("ivy", 2.12, to=named, mentions=("ada",))
    hello = world.write("ada", 2.13, to=world.write("joe", 2))
    expected["list_spoke_first"] = world.write("joe", 2.14, to=hello)
    world.write("ada", 3, to=expected["list_reply"], url="https://x.example/ada/answer")
    expected["list_not_reached"] = world.write("kim", 30, to=post)
    expected["list_too_young"] = world.write("lee", 395, to=post)
    world.write("ada", 396)
    return expected


def test_one_of_every_kind(world: World, tmp_path: Path) -> None:
    expected = everything(world)
    found, audited = both(world, tmp_path)
    assert {one.object: one.why.key for one in found.messages} == {uri: key for key, uri in expected.items()}
    agrees(found, audited)
    assert [one.published for one in found.messages] == sorted(one.published for one in found.messages)
    answered = next(one for one in found.messages if one.object == expected["list_reply"])
    assert answered.match is not None
    assert (answered.match.matched_by, answered.match.url) == ("structural", "https://x.example/ada/answer")
    assert (answered.counts, answered.state, answered.tenure) == (True, "answered", "newcomer")
    spam = next(one for one in found.messages if one.object == expected["list_spam"])
    assert (spam.counts, spam.state, spam.standing, spam.tenure, spam.substance, spam.match) == (False, *[None] * 5)


def test_every_reason_of_the_list_is_met_by_a_test(world: World) -> None:
    met = {*everything(world), "list_group_channel", "list_uncovered", "list_abuse", "list_unmatched"}
    met |= {"list_own_pitch", "list_own_pitch_copied", "list_mention_unseen", "list_unobserved"}
    assert {key for key in TEMPLATES if key.startswith("list_")} == met


def test_other_channels(world: World, tmp_path: Path) -> None:
    """A group channel, and one of which nothing was claimed: their messages are told, and not judged."""
    post = world.write("ada", 1)
    world.write("bo", 2, to=post)
    world.write("ada", 3)
    for channel in ("pipermail", "wordpress"):
        other = World(channel=channel, people=world.people, records=world.records)
        if channel == "pipermail":
            other.cover(None)
        there = other.write("x:user/ada", 1)
        other.write("cy", 2.5, to=there)
        other.write("shop", 2.6, to=there, spam=True)
    found, audited = both(world, tmp_path)
    agrees(found, audited)
    assert found.totals.not_counted == {"list_group_channel": 2, "list_uncovered": 2}


def test_own_pitches_are_told(world: World, tmp_path: Path) -> None:
    for i in range(5):
        asked = world.write(f"bo{i}", 2, to=world.write("ada", 1), text="I read it twice and liked it.")
        world.write("ada", 3 + i / 10, to=asked, text="Much more of this, buy my book wherever they have it")
    asked = world.write("cy", 2, to=world.write("ada", 1), text="I read it twice and liked it.")
    world.write("ada", 4, to=asked, text="Thank you! Buy my book: https://shop.example")
    found, audited = both(world, tmp_path)
    agrees(found, audited)
    assert [(one.why.key, one.recipients) for one in found.own_pitches] == [
        *[("list_own_pitch_copied", 5)] * 5,
        ("list_own_pitch", 1),
    ]
    assert "5 people" in str(found.own_pitches[0].why)
    assert all(one.match is None for one in found.messages)


def test_where_the_links_were_lost(tmp_path: Path) -> None:
    """On one channel answers can be tied to messages, on the other they cannot."""
    world = World()
    world.cover("ada")
    world.conversations("ada", 12, 6)
    blog = World(channel="wordpress", people=world.people, records=world.records)
    blog.cover("x:user/ada")
    for i in range(12):
        article = blog.write("x:user/ada", 1 + i, kind="article")
        blog.write(f"reader{i}", 1.5 + i, to=article, thread=article, kind="comment")
        blog.write("x:user/ada", 1.6 + i, to=article, thread=article, kind="comment", text="Thank you all.")
    found, audited = both(world, tmp_path)
    agrees(found, audited)
    assert found.totals.not_counted["list_unmatched"] == 12


def test_where_nothing_could_be_tied(tmp_path: Path) -> None:
    world = World(channel="wordpress")
    world.cover("ada")
    for i in range(12):
        article = world.write("ada", 1 + i, kind="article")
        world.write(f"reader{i}", 1.5 + i, to=article, thread=article, kind="comment")
        world.write("ada", 1.6 + i, to=article, thread=article, kind="comment", text="Thank you all.")
    found, audited = both(world, tmp_path)
    assert audited.answers.overall.verdict == "not_measurable"
    assert found.totals.eligible == 0
    assert found.totals.approaches == 12 == audited.answers.overall.cell.approaches  # type: ignore[union-attr]


def test_the_period(world: World, tmp_path: Path) -> None:
    everything(world)
    found, audited = both(world, tmp_path, since=START + 20 * DAY, until=START + 100 * DAY)
    agrees(found, audited)
    assert [one.why.key for one in found.messages] == ["list_not_reached"]
    assert found.period == audited.period


@pytest.mark.parametrize("seed", range(4))
def test_no_figure_differs_on_any_network(seed: int, tmp_path: Path) -> None:
    """Three people on three channels who write, reply, mention, pitch, delete and spam at random."""
    rng = np.random.default_rng(seed)
    world = World()
    names = ["x:user/ada", *(f"x:user/p{i}" for i in range(7))]
    texts = [
        None, "Great post!", "Join my free webinar: https://shop.example", "How did you measure that in the survey?",
        "Buy my book and get your copy, limited offer https://shop.example", "Saya sudah mencoba cara itu kemarin.",
    ]  # fmt: skip
    for channel in ("x", "wordpress", "pipermail"):
        part = World(channel=channel, people=world.people, records=world.records)
        if channel != "wordpress" or seed % 2:
            part.cover(None, until=150)
        written: list[str] = []
        for k in range(250):
            who = names[int(rng.integers(len(names)))] if rng.random() < 0.7 else names[0]
            parent = written[int(rng.integers(max(0, k - 12), k))] if written and rng.random() < 0.75 else None
            mentions = tuple(rng.choice(names, int(rng.integers(3)), replace=False))
            flags = {name: bool(rng.random() < 0.5) for name in ("spam", "automatic", "deleted") if rng.random() < 0.1}
            text = texts[int(rng.integers(len(texts)))]
            quotes = written[-1] if written and rng.random() < 0.1 else None
            written.append(
                part.write(who, 1 + k * 0.6, to=parent, mentions=mentions, text=text, quotes=quotes, **flags)
            )
    found, audited = both(world, tmp_path, who="x:user/ada")
    assert found.totals.messages > 100
    agrees(found, audited)
    assert {one.why.key for one in found.messages} <= TEMPLATES.keys()


def test_json(world: World, tmp_path: Path) -> None:
    expected = everything(world)
    found, _ = both(world, tmp_path)
    record = json.loads(json.dumps(found.to_dict()))
    assert record["schema"] == "permadani.subject/1"
    assert set(record["period"]) == {"since", "until"}
    first = record["messages"][0]
    assert (first["object"], first["key"], first["why"]) == (
        expected["list_reply"], "list_reply", "Counts: a reply to your message.",
    )  # fmt: skip
    assert first["match"]["matched_by"] == "structural"


def test_it_is_refused_where_the_audit_is(world: World, tmp_path: Path) -> None:
    everything(world)
    store = world.store(tmp_path)
    with store.session() as connection, pytest.raises(Refusal):
        for_subject(connection, resolve(connection, world.uri("ada")), Question())


def test_before_the_coverage_is_not_too_young(tmp_path: Path) -> None:
    """Inbound begins on day 100 and ends on day 400: before, in a gap, behind the end, and in the last days."""
    world = World()
    world.cover("ada", since=0, until=400)
    world.records = [one for one in world.records if getattr(one, "direction", "") != "inbound"]
    for since, until in ((100, 200), (230, 400)):
        world.records.append(
            Coverage(
                actor=world.actor("ada"), channel="x", direction="inbound", since=START + since * DAY,
                until=START + until * DAY, completeness="complete", basis="by hand",
            )
        )  # fmt: skip
    for i, day in enumerate((50, 95, 120, 210, 390, 410)):
        world.write(f"asker{i}", day, to=world.write("ada", day - 0.5))
        world.write("ada", day + 5)
    audit = world.audit(tmp_path / "audit", "ada")
    left = audit.answers.left_out
    assert left is not None
    assert (left.unobserved, left.too_young) == (4, 1)
    assert audit.answers.overall.cell is not None
    assert audit.answers.overall.cell.eligible == 1
    assert audit.answers.evidence is not None
    states = ["unobserved", "unobserved", "unanswered", "unobserved", "too_young", "unobserved"]
    assert [one.state for one in audit.answers.evidence] == states
    with world.store(tmp_path / "list").session() as connection:
        found = for_subject(connection, resolve(connection, "ada"), Question(research=True))
    assert found.totals.not_counted == {"list_unobserved": 4, "list_too_young": 1}
