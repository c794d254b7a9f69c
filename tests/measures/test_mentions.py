"""Mentions where not all could be read: those that were seen count for nothing, and the card says so."""

from __future__ import annotations

import random
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from permadani.api import OpenStore
from permadani.findings.audit import audit
from permadani.findings.mentions import unseen_mentions
from permadani.findings.question import Question
from permadani.findings.results import Audit
from permadani.measures.network import Scope, run
from permadani.store.who import resolve
from permadani.vocabulary import Addressed, Coverage
from worlds import DAY, START, World

Claim = tuple[str | None, str, float | None, float | None]
"""Whose mentions, how completely, and the days from when to when."""


def told(world: World, *claims: Claim, basis: str = "a world made by hand") -> World:
    """The same world with claims about mentions."""
    for who, how, since, until in claims:
        world.records.append(
            Coverage(
                actor=None if who is None else world.actor(who), channel=world.channel, direction="mentions",
                since=None if since is None else START + int(since * DAY),
                until=None if until is None else START + int(until * DAY),
                completeness=how, basis=basis,  # type: ignore[arg-type]
            )
        )  # fmt: skip
    return world


def counted(audit: Audit) -> tuple[int, int, int]:
    """Approaches, of these answered, and mentions left out (-1: nothing says that any would be)."""
    cell, out = audit.answers.overall.cell, audit.answers.left_out
    unseen = -1 if out is None or out.unseen_mentions is None else out.unseen_mentions
    return (cell.approaches, cell.answered, unseen) if cell else (0, 0, unseen)


def limit(audit: Audit) -> dict[str, object] | None:
    return next((one.values for one in audit.limits if one.key.startswith("mentions_unseen")), None)


@pytest.fixture
def world() -> World:
    """Ada answers a mention by Cy, and a reply by Bo; a reply by Di has no answer."""
    world = World()
    world.cover("ada")
    post = world.write("ada", 1)
    world.write("ada", 3, to=world.write("bo", 2, to=post))
    world.write("di", 2.5, to=post)
    world.write("ada", 4, to=world.write("cy", 3, mentions=("ada",)))
    return world


def test_without_a_claim_mentions_count_as_they_did(world: World, tmp_path: Path) -> None:
    found = world.audit(tmp_path, "ada")
    assert counted(found) == (3, 2, -1)
    assert limit(found) is None


@pytest.mark.parametrize("how", ["none", "partial"])
@pytest.mark.parametrize("whose", ["ada", None])
def test_where_mentions_could_not_be_read_those_seen_do_not_count(
    world: World, tmp_path: Path, how: str, whose: str | None
) -> None:
    before = world.audit(tmp_path / "before", "ada")
    found = told(world, (whose, how, 0, 400)).audit(tmp_path / "after", "ada")
    assert counted(found) == (2, 1, 1)
    assert limit(found) == {"channel": "x", "count": 1}
    assert found.coverage == before.coverage
    assert found.period == before.period


def test_where_they_could_they_count(world: World, tmp_path: Path) -> None:
    found = told(world, ("ada", "complete", 0, 400)).audit(tmp_path, "ada")
    assert counted(found) == (3, 2, -1)
    assert limit(found) is None


@pytest.mark.parametrize(
    ("claims", "expected"),
    {
        "before": ([("ada", "none", 0, 2.9)], (3, 2, 0)),
        "first moment": ([("ada", "none", 3, 9)], (2, 1, 1)),
        "last moment": ([("ada", "none", 0, 3)], (2, 1, 1)),
        "no beginning": ([("ada", "none", None, 9)], (2, 1, 1)),
        "no end": ([("ada", "none", 0, None)], (2, 1, 1)),
        "complete goes before": ([("ada", "none", 0, 400), ("ada", "complete", 2.9, 3.1)], (3, 2, 0)),
        "complete elsewhere": ([("ada", "none", 0, 400), ("ada", "complete", 5, 400)], (2, 1, 1)),
        "complete throughout": ([("ada", "none", 0, 400), ("ada", "complete", None, None)], (3, 2, -1)),
        "complete in two parts": (
            [("ada", "none", 0, 400), ("ada", "complete", None, 8), ("ada", "complete", 8, None)],
            (3, 2, -1),
        ),
        "complete but for a while": (
            [("ada", "none", 0, 400), ("ada", "complete", None, 8), ("ada", "complete", 9, None)],
            (3, 2, 0),
        ),
        "its own goes before everybody's": ([("ada", "complete", 0, 9), (None, "none", 0, 9)], (3, 2, -1)),
        "its own none does too": ([("ada", "none", 5, 9), (None, "none", 0, 9)], (3, 2, 0)),
        "somebody else's": ([("bo", "none", 0, 400)], (3, 2, -1)),
    }.values(),
)
@pytest.mark.parametrize("backwards", [False, True])
def test_stretches(
    world: World, tmp_path: Path, claims: list[Claim], expected: tuple[int, int, int], backwards: bool
) -> None:
    found = told(world, *(reversed(claims) if backwards else claims)).audit(tmp_path, "ada")
    assert counted(found) == expected
    assert (limit(found) is None) == (expected[2] < 0)


def test_the_card_says_so_also_where_none_was_seen_and_nobody_wrote(tmp_path: Path) -> None:
    world = World()
    world.cover("ada")
    world.write("ada", 1)
    found = told(world, ("ada", "none", 0, 100)).audit(tmp_path, "ada")
    assert found.answers.overall.reason.key == "no_approaches"
    assert limit(found) == {"channel": "x", "count": 0}


@pytest.mark.parametrize(
    ("asked", "expected"),
    [({"since": 3.6}, None), ({"since": 3.2}, 0), ({"until": 3.2}, 1), ({"as_of": 2}, 0), ({"until": 2}, 0)],
)
def test_what_lies_outside_of_the_period_is_not_spoken_of(
    world: World, tmp_path: Path, asked: dict[str, float], expected: int | None
) -> None:
    told(world, ("ada", "none", 0, 3.5), ("ada", "complete", 3.5, 400))
    found = limit(world.audit(tmp_path, "ada", **{name: START + int(day * DAY) for name, day in asked.items()}))
    assert (found and found["count"]) == expected


def test_on_a_channel_that_is_not_judged_nothing_is_said_of_mentions(tmp_path: Path) -> None:
    world = World()
    world.cover("ada", inbound="none")
    world.write("cy", 3, mentions=("ada",))
    found = told(world, ("ada", "none", 0, 400)).audit(tmp_path / "x", "ada")
    assert limit(found) is None
    group = World(channel="pipermail")
    group.cover("ada")
    group.write("cy", 3, mentions=("ada",))
    assert limit(told(group, ("ada", "none", 0, 400)).audit(tmp_path / "group", "ada")) is None


def test_a_claim_about_mentions_alone_is_no_coverage(tmp_path: Path) -> None:
    world = World()
    world.write("ada", 3, to=world.write("bo", 2, to=world.write("ada", 1)))
    for i, how in enumerate(("none", "complete")):
        found = told(world, ("ada", how, 0, 400)).audit(tmp_path / str(i), "ada")
        (line,) = found.coverage
        assert (line.inbound, line.outbound, line.since, line.until, line.basis) == ("none", "none", None, None, None)
        assert found.answers.overall.reason.key == "no_coverage"


def test_its_basis_and_its_stretch_do_not_enter_the_coverage_lines(world: World, tmp_path: Path) -> None:
    before = world.audit(tmp_path / "before", "ada").coverage
    told(world, ("ada", "none", -500, 900), (None, "complete", None, None), basis="another way")
    assert world.audit(tmp_path / "after", "ada").coverage == before


def test_what_is_also_a_reply_a_comment_or_sent_to_it_counts(tmp_path: Path) -> None:
    world = World()
    world.cover("ada")
    post, article = world.write("ada", 1), world.write("ada", 1, kind="article")
    world.write("bo", 2, to=post, mentions=("ada",))
    world.write("cy", 2, thread=article, kind="comment", mentions=("ada",))
    letter = world.write("di", 2, mentions=("ada",))
    world.records.append(Addressed(object=letter, actor=world.actor("ada"), kind="to"))
    world.write("ada", 3)
    assert counted(told(world, ("ada", "none", 0, 400)).audit(tmp_path, "ada")) == (3, 0, 0)


def test_an_unseen_mention_makes_nobody_a_regular(tmp_path: Path) -> None:
    """Of earlier mentions only the answered ones are seen: those whom it answers would look like regulars."""
    world = World()
    world.cover("ada")
    world.write("ada", 2, to=world.write("cy", 1, mentions=("ada",)))
    world.write("cy", 30, to=world.write("ada", 29))
    world.write("ada", 31)
    before = world.audit(tmp_path / "before", "ada").answers.by_tenure.cells
    assert (before["newcomer"].approaches, before["regular"].approaches) == (1, 1)
    after = told(world, ("ada", "none", 0, 400)).audit(tmp_path / "after", "ada").answers.by_tenure.cells
    assert (after["newcomer"].approaches, after["regular"].approaches) == (1, 0)


def test_the_answer_is_an_act_of_its_own_all_the_same(tmp_path: Path) -> None:
    """It was around when Bo wrote, and had spoken with Cy before; but it answered nothing that counts."""
    world = World()
    world.cover("ada")
    post = world.write("ada", 1)
    world.write("bo", 2, to=post)
    world.write("ada", 4, to=world.write("cy", 3, mentions=("ada",)))
    world.write("cy", 5, to=post)
    world.write("ada", 6)
    store = told(world, ("ada", "none", 0, 400)).store(tmp_path)
    with store.session() as connection:
        who = resolve(connection, world.uri("ada"))
        run(connection, {who.subject: list(who.actors)}, Scope())
        rows = connection.execute(
            """SELECT reached, answer IS NULL, prior_contact FROM judged WHERE subject = $s ORDER BY moment""",
            {"s": who.subject},
        ).fetchall()
    assert rows == [(True, True, False), (True, True, True)]


@pytest.mark.parametrize("answered", [False, True])
def test_a_later_reply_in_the_thread_of_an_unseen_mention(tmp_path: Path, answered: bool) -> None:
    """It is the approach, unless the conversation was answered already: then it only goes on with it."""
    world = World()
    world.cover("ada")
    mention = world.write("cy", 1, mentions=("ada",))
    said = world.write("ada", 2, to=mention if answered else world.write("bo", 1.5, to=mention))
    later = world.write("cy", 3, to=said)
    world.write("ada", 4)
    store = told(world, ("ada", "none", 0, 400)).store(tmp_path)
    found = {one.object: (one.counts, one.why.key) for one in store.for_subject("ada", research=True).messages}
    assert found[mention] == (False, "list_mention_unseen")
    assert found[later] == ((False, "list_same_conversation") if answered else (True, "list_reply"))


def test_a_mention_in_a_conversation_that_counts_belongs_to_it(tmp_path: Path) -> None:
    world = World()
    world.cover("ada")
    post = world.write("bo", 1)
    world.write("cy", 3, to=world.write("ada", 2, to=post))
    again = world.write("cy", 4, to=post, mentions=("ada",))
    world.write("ada", 5)
    store = told(world, ("ada", "none", 0, 400)).store(tmp_path)
    found = {one.object: one.why.key for one in store.for_subject("ada", research=True).messages}
    assert found[again] == "list_same_conversation"
    assert counted(store.audit("ada", research=True)) == (1, 0, 0)


def test_a_claim_for_another_channel_says_nothing_here(world: World, tmp_path: Path) -> None:
    for record in told(World(channel="mastodon"), (world.uri("ada"), "none", 0, 400)).records:
        if isinstance(record, Coverage):
            world.records.append(record)
    assert counted(world.audit(tmp_path, "ada")) == (3, 2, -1)


def test_an_inherited_mention_begins_no_conversation(tmp_path: Path) -> None:
    """Cy's name for ada was only carried over; ada speaks to Cy first, and Cy answers."""
    world = World()
    world.cover("ada")
    named = world.write("bo", 1, mentions=("ada",))
    carried = world.write("cy", 2, to=named, mentions=("ada",))
    back = world.write("cy", 4, to=world.write("ada", 3, to=carried))
    store = told(world, ("ada", "none", 0, 400)).store(tmp_path)
    found = {one.object: one.why.key for one in store.for_subject("ada", research=True).messages}
    assert (found[named], found[carried], found[back]) == (
        "list_mention_unseen", "list_inherited", "list_spoke_first",
    )  # fmt: skip


def test_other_reasons_go_before(tmp_path: Path) -> None:
    world = World()
    world.cover("ada")
    world.write("ada", 1)
    expected = {
        world.write("bo", 2, mentions=("ada",), spam=True): "list_spam",
        world.write("cy", 2, mentions=("ada",), automatic=True): "list_automatic",
        world.write("di", 2, mentions=("ada",), deleted=True, text=None): "list_deleted",
        world.write("ed", 2, to="x:status/999", mentions=("ada",)): "list_unclear",
        world.write("fi", 2, mentions=("ada",), text="Join my free webinar: https://shop.example"): "list_pitch",
        world.write("gu", 2, mentions=("ada",)): "list_mention_unseen",
    }
    world.write("ada", 3)
    store = told(world, ("ada", "none", 0, 400)).store(tmp_path)
    found = store.for_subject("ada", research=True)
    assert {one.object: one.why.key for one in found.messages} == expected
    assert counted(store.audit("ada", research=True))[2] in (1, -1)


def test_a_claim_speaks_of_one_account_of_a_person(tmp_path: Path) -> None:
    """Ada's mentions were read, those of her second account were not; whoever names both was seen by the first."""
    world = World()
    world.cover("ada")
    world.cover("ada2")
    post = world.write("ada", 1)
    world.write("bo", 2, to=post)
    seen = world.write("cy", 2, mentions=("ada",))
    unseen = world.write("di", 2, mentions=("ada2",))
    both = world.write("ed", 2, mentions=("ada", "ada2"))
    world.write("ada2", 3)
    for i, first in enumerate(([("ada", "complete", 0, 400)], [])):
        again = World(records=list(world.records), people=set(world.people))
        store = told(again, ("ada2", "none", 0, 400), *first).store(tmp_path / str(i))
        store.link(world.uri("ada"), world.uri("ada2"))
        found = {one.object: one.why.key for one in store.for_subject("ada", research=True).messages}
        assert (found[seen], found[unseen], found[both]) == ("list_mention", "list_mention_unseen", "list_mention")
        assert counted(store.audit("ada", research=True)) == (3, 0, 1)


def test_a_channel_of_its_own(tmp_path: Path) -> None:
    world = World()
    world.cover("ada")
    other = World(channel="mastodon", people=world.people, records=world.records)
    other.cover("ada")
    for one in (world, other):
        one.write("ada", 1)
        one.write("bo", 2, mentions=("ada",))
        one.write("ada", 3)
    store = told(other, ("ada", "none", 0, 400)).store(tmp_path)
    store.link(world.uri("ada"), other.uri("ada"))
    found = store.audit(world.uri("ada"), research=True)
    assert counted(found) == (1, 0, 1)
    assert limit(found) == {"channel": "mastodon", "count": 1}


# --- properties ---

PEOPLE = ("ada", "bo", "cy", "di")
messages = st.tuples(
    st.sampled_from(PEOPLE),
    st.floats(0, 0.4),  # days after the one before
    st.none() | st.integers(1, 4),  # replies to the message that so many stand before it
    st.sets(st.sampled_from(("ada", "bo")), max_size=2),
    st.none() | st.integers(1, 4),  # quotes
    st.none() | st.integers(1, 4),  # ada reshares
)
networks = st.lists(messages, min_size=1, max_size=14)


def built(network: list[Any], *, mentioned: bool = True, passing_on: bool = True) -> World:
    """A world of these messages: where ``mentioned``, those of ada too; where ``passing_on``, what she reshares."""
    world, day, written = World(), 0.0, list[str]()
    world.cover("ada", until=100)
    for who in PEOPLE:
        world.actor(who)
    for who, later, up, names, quoted, reshared in network:
        day += later
        before = {n: written[-n] for n in (up, quoted, reshared) if n is not None and n <= len(written)}
        quotes = before.get(quoted) if passing_on or who != "ada" else None
        kept = tuple(sorted(name for name in names if mentioned or name != "ada"))
        written.append(world.write(who, day, to=before.get(up), mentions=kept, quotes=quotes, language="en"))
        if reshared in before and passing_on:
            world.reshare("ada", before[reshared], day + 0.01)
    return world


def audited(world: World, change: Callable[[Any], None] | None = None, abroad: list[Claim] | None = None) -> Audit:
    told(world, *(abroad or []))
    with tempfile.TemporaryDirectory() as folder:
        store = world.store(Path(folder))
        with store.session(write=True) if change else store.session() as connection:
            if change:
                change(connection)
            return audit(connection, resolve(connection, world.uri("ada")), Question(research=True, evidence=True))


def said(found: Audit) -> dict[str, Any]:
    """All that an audit says but how mentions are called that do not count."""
    result = found.to_dict()
    result["limits"] = [one for one in found.limits if one.key != "mentions_unseen"]
    answers = result["questions"][0]
    if answers["left_out"] is not None:
        for name in ("unseen_mentions", "inherited_mentions"):
            del answers["left_out"][name]
    return result


QUICK = settings(max_examples=3, deadline=None)
LONG = settings(max_examples=40, deadline=None)


@QUICK
@given(networks)
def test_complete_mentions_change_nothing(network: list[Any]) -> None:
    plain, complete = built(network), built(network)
    assert audited(complete, abroad=[("ada", "complete", 0, 100)]).to_dict() == audited(plain).to_dict()


@QUICK
@given(networks)
def test_unseen_mentions_are_as_good_as_inherited_ones(network: list[Any]) -> None:
    """The same audit as where each had only been carried over from the message it replies to: it speaks to nobody, but
    stands in its conversation."""

    def inherit(connection: Any) -> None:
        connection.execute("UPDATE inbox SET inherited = true WHERE via = 'mention' AND inherited IS FALSE")

    unseen = audited(built(network), abroad=[("ada", "none", 0, 100)])
    assert said(unseen) == said(audited(built(network), inherit))


@QUICK
@given(networks)
def test_unseen_mentions_are_as_good_as_none(network: list[Any]) -> None:
    """The same audit as where no message named ada at all, so long as she passes on nothing. (A later message of an
    asker that she quotes or reshares belongs to the approach that counts, whether or not it names her.)"""
    unseen = audited(built(network, passing_on=False), abroad=[("ada", "none", 0, 100)])
    assert said(unseen) == said(audited(built(network, passing_on=False, mentioned=False)))


@pytest.mark.slow
@pytest.mark.parametrize(
    "known",
    [
        test_complete_mentions_change_nothing,
        test_unseen_mentions_are_as_good_as_inherited_ones,
        test_unseen_mentions_are_as_good_as_none,
    ],
)
def test_the_same_over_many_networks(known: Callable[[], None]) -> None:
    LONG(given(networks)(known.hypothesis.inner_test))()  # type: ignore[attr-defined]


days = st.none() | st.integers(0, 12)
claims = st.lists(
    st.tuples(st.sampled_from(("ada", "ada2", None)), st.sampled_from(("none", "partial", "complete")), days, days),
    max_size=5,
)


@QUICK
@given(claims, st.integers())
def test_any_claims_in_any_order(found: list[Claim], seed: int) -> None:
    """Against the words themselves: unseen is what lies in a claim and in none that is complete, account by account."""

    def unread(account: str, day: float) -> bool:
        own = [one for one in found if one[0] == account] or [one for one in found if one[0] is None]
        around = [
            how for _, how, since, until in own if (since is None or since <= day) and (until is None or day <= until)
        ]
        return bool(around) and "complete" not in around

    world, expected = World(), set()
    world.cover("ada", until=100)
    world.cover("ada2", until=100)
    for day in range(13):
        for name in ("ada", "ada2"):
            uri = world.write(f"asker{name}{day}", day, mentions=(name,))
            if unread(name, day):
                expected.add(uri)
    world.write("zed", 12)
    told(world, *found)
    random.Random(seed).shuffle(world.records)  # noqa: S311
    gap = any(unread(name, day / 2) for name in ("ada", "ada2") for day in range(25))
    with tempfile.TemporaryDirectory() as folder:
        store = world.store(Path(folder))
        store.link(world.uri("ada"), world.uri("ada2"))
        with store.session() as connection:
            who = resolve(connection, world.uri("ada"))
            run(connection, {who.subject: list(who.actors)}, Scope(until=START + 12 * DAY))
            rows = connection.execute(
                "SELECT u.uri FROM left_out l JOIN uris u ON u.id = l.object WHERE why = 'mention_unseen'"
            ).fetchall()
            told_of = unseen_mentions(connection, who.subject, Scope(until=START + 12 * DAY))
    assert {row[0] for row in rows} == expected
    assert (told_of is not None) == gap
    assert told_of is None or told_of.count == len(expected)


def test_claims_are_kept_and_given_back(tmp_path: Path, store: OpenStore) -> None:
    """Through the neutral tables: what a store exports another one reads."""
    world = told(World(), ("ada", "none", 0, 5), ("ada", "complete", 5, None))
    store.add(world.records)
    store.export(tmp_path / "out", csv=True)
    other = OpenStore(tmp_path / "other.duckdb")
    other.import_(tmp_path / "out")
    rows = "SELECT direction, since, until, completeness FROM coverage ORDER BY since"
    with store.session() as one, other.session() as two:
        kept = one.execute(rows).fetchall()
        assert two.execute(rows).fetchall() == kept
    assert [row[::3] for row in kept] == [("mentions", "none"), ("mentions", "complete")]


def lines(audit: Audit) -> dict[str, dict[str, object]]:
    return {one.key: one.values for one in audit.limits if one.key.startswith("mentions_unseen")}


@pytest.mark.parametrize(
    ("claims", "expected"),
    {
        "only before it is judged": ([("ada", "none", -500, 0), ("ada", "complete", -0.001, None)], {}),
        "only behind it": ([("ada", "none", 401, 500)], {}),
        "its first part": (
            [("ada", "none", -500, 60), ("ada", "complete", 60, 500)],
            {"mentions_unseen_before": {"channel": "x", "count": 1, "until": "2020-02-29"}},
        ),
        "its last part": (
            [("ada", "none", 1.5, 500)],
            {"mentions_unseen_after": {"channel": "x", "count": 1, "since": "2020-01-02"}},
        ),
        "a part between": (
            [("ada", "none", 1.5, 2.5)],
            {"mentions_unseen_between": {"channel": "x", "count": 0, "since": "2020-01-02", "until": "2020-01-03"}},
        ),
        "all of it": ([("ada", "none", -500, 500)], {"mentions_unseen": {"channel": "x", "count": 1}}),
        "all of it, without ends": ([("ada", "none", None, None)], {"mentions_unseen": {"channel": "x", "count": 1}}),
    }.values(),
)
def test_the_limit_says_when(
    world: World, tmp_path: Path, claims: list[Claim], expected: dict[str, dict[str, object]]
) -> None:
    world.write("ada", 399)
    assert lines(told(world, *claims).audit(tmp_path, "ada")) == expected


def test_where_only_one_direction_is_known_nothing_is_judged(world: World, tmp_path: Path) -> None:
    """What it wrote is known from day 0 on, what was written to it from day 100 on; mentions from day 90."""
    world.records = [one for one in world.records if getattr(one, "direction", "") != "inbound"]
    world.records.append(
        Coverage(
            actor=world.actor("ada"), channel="x", direction="inbound", since=START + 100 * DAY,
            until=START + 400 * DAY, completeness="complete", basis="by hand",
        )
    )  # fmt: skip
    found = told(world, ("ada", "none", 0, 90), ("ada", "complete", 90, 400)).audit(tmp_path, "ada")
    assert lines(found) == {}
    assert counted(found)[2] == 1
