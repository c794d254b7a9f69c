"""What an account's own messages tell when nothing that was written to it is there."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb
import pytest

from permadani.errors import Refusal
from permadani.findings.results import Outbound
from permadani.measures.network import Scope
from permadani.measures.outbound import run_outbound
from permadani.store.who import resolve
from permadani.vocabulary import Addressed, Person, Standing
from worlds import DAY, START, World

HOUR = DAY // 24


class Archive(World):
    """An archive of ada's own messages: what she replies to is not in it."""

    def reply(self, day: float, to: str | None, parent: str | None = "x:status/1000000", **more: Any) -> str:
        """A reply on a day to a message of somebody; nobody is named where ``to`` is None."""
        uri = self.write("ada", day, to=parent, **more)
        if to is not None:
            self.records.append(Addressed(object=uri, actor=self.uri(to), kind="to"))
        return uri

    def outbound(self, folder: Path, who: str = "ada", **question: Any) -> Outbound:
        question.setdefault("me", True)
        return self.store(folder).outbound(self.uri(who), **question)


@pytest.fixture
def world() -> Archive:
    world = Archive()
    world.cover("ada", inbound="none")
    return world


def snowflake(microseconds: int, sequence: int = 0) -> str:
    return f"x:status/{(microseconds // 1000 - 1_288_834_974_657) << 22 | sequence}"


def tid(microseconds: int, clock: int = 0) -> str:
    """By the letter of the specification: 64 bits in 13 characters, the highest bit zero."""
    value, letters = microseconds << 10 | clock, ""
    for _ in range(13):
        letters = "234567abcdefghijklmnopqrstuvwxyz"[value & 31] + letters
        value >>= 5
    return f"at://did:plc:{'a' * 24}/app.bsky.feed.post/{letters}"


def status(microseconds: int, host: str = "hall.example") -> str:
    return f"https://{host}/users/budi/statuses/{microseconds // 1000 << 16 | 77}"


# to whom


def test_every_message_is_of_one_kind(world: Archive, tmp_path: Path) -> None:
    post = world.write("ada", 1)
    world.reply(2, None, parent=post)  # goes on in her own thread
    world.reply(3, "budi")
    world.reply(4, None)  # to what was not collected
    world.reply(5, "citra", parent=None)  # a first word
    world.write("ada", 6, mentions=("dewi",))  # names somebody, speaks to everybody
    world.reshare("ada", "x:status/77", 7)
    written = world.outbound(tmp_path).written
    assert (written.messages, written.replies, written.own_threads, written.unknown) == (6, 1, 1, 1)
    assert (written.addressed, written.posts, written.reshares) == (1, 2, 1)
    kinds = (written.replies, written.own_threads, written.unknown, written.addressed, written.posts)
    assert sum(kinds) == written.messages


def test_reshares_that_the_data_cannot_show_are_unknown_and_not_none(world: Archive, tmp_path: Path) -> None:
    world.reply(3, "budi")
    assert world.outbound(tmp_path).written.reshares is None


def test_none_of_its_reshares_in_a_period_is_none(world: Archive, tmp_path: Path) -> None:
    world.reshare("ada", "x:status/77", 2)
    world.reply(30, "budi")
    assert world.outbound(tmp_path, since="2020-01-15").written.reshares == 0


def test_the_author_of_the_parent_where_nobody_is_named(world: Archive, tmp_path: Path) -> None:
    theirs = world.write("budi", 1)
    world.reply(2, None, parent=theirs)
    found = world.outbound(tmp_path)
    assert (found.written.replies, found.replied_to.people) == (1, 1)


def test_a_comment_under_a_page_is_a_reply_to_its_author(world: Archive, tmp_path: Path) -> None:
    page = world.write("budi", 1, kind="article")
    world.write("ada", 2, kind="comment", thread=page)
    found = world.outbound(tmp_path)
    assert (found.written.replies, found.replied_to.people) == (1, 1)
    assert (found.delay.measured, found.delay.unknown) == (0, 1)  # an article's time is no time of a message


def test_a_comment_is_a_reply_also_where_nothing_tells_to_what(world: Archive, tmp_path: Path) -> None:
    """As in Facebook's own download: whom a comment was written to stands in a sentence, or nowhere."""
    world.reply(1, "budi", parent=None, kind="comment")
    world.reply(2, None, parent=None, kind="comment")
    found = world.outbound(tmp_path)
    assert (found.written.replies, found.written.unknown, found.written.addressed, found.written.posts) == (1, 1, 0, 0)
    assert (found.replied_to.people, found.delay.messages, found.delay.unnamed) == (1, 0, 1)
    assert {"delay_unnamed", "replies_to_unknown"} <= {limit.key for limit in found.limits}


def test_linked_accounts_are_one_person_on_both_sides(world: Archive, tmp_path: Path) -> None:
    for name in ("budi", "budi2", "ada2"):
        world.actor(name)
    world.reply(1, "budi")
    world.reply(2, "budi2")
    world.reply(3, "ada2")
    world.records += [Person(person="p:budi", actor=world.uri(n)) for n in ("budi", "budi2")]
    world.records += [Person(person="p:ada", actor=world.uri(n)) for n in ("ada", "ada2")]
    found = world.outbound(tmp_path)
    assert (found.replied_to.people, found.replied_to.replies, found.replied_to.again) == (1, 2, 1)
    assert found.written.own_threads == 1


def test_once_and_again(world: Archive, tmp_path: Path) -> None:
    for day, name in enumerate(("budi", "citra", "budi", "dewi", "budi")):
        world.reply(day, name)
    people = world.outbound(tmp_path).replied_to
    assert (people.people, people.once, people.again, people.replies) == (3, 2, 1, 5)
    assert people.concentration is None


def test_concentration_with_enough_people(world: Archive, tmp_path: Path) -> None:
    for i in range(20):
        world.reply(i, f"asker{i}")
    for i in range(20):
        world.reply(30 + i, f"asker{i % 2}")
    found = world.outbound(tmp_path).replied_to.concentration
    assert found is not None
    assert (found.top_people, found.top_share) == (2, 22 / 40)
    # 18 people with 1, two with 11: half the relative mean difference, 2 * 18 * 2 * 10 / (2 * 20**2 * 2)
    assert found.gini == pytest.approx(0.45)
    assert found.lorenz[0] == (0, 0)
    assert found.lorenz[-1] == (1, 1)


def test_what_a_program_sent_speaks_to_nobody(world: Archive, tmp_path: Path) -> None:
    world.reply(1, "budi", client="IFTTT", parent=snowflake(START))
    world.reply(2, "citra", automatic=True)
    world.reply(3, "dewi", client="Web", parent=snowflake(START))
    found = world.outbound(tmp_path)
    assert (found.written.replies, found.written.automatic) == (3, 2)
    assert (found.replied_to.people, found.delay.messages) == (1, 1)
    assert (found.clients.objects, found.clients.known, found.clients.share) == (3, 3, pytest.approx(2 / 3))
    assert [(c.name, c.objects, c.automatic) for c in found.clients.clients] == [("IFTTT", 1, True), ("Web", 1, False)]
    assert "2 of 3 replies were sent by a program" in " ".join(map(str, found.limits))


def test_programs_that_are_unknown_have_no_share(world: Archive, tmp_path: Path) -> None:
    world.reply(1, "budi")
    found = world.outbound(tmp_path).clients
    assert (found.share, found.objects, found.known, found.clients) == (None, 1, 0, ())


# how fast


# Ids that were published together with their times:
# X: "Tweet object", the example of the documentation of API 1.1, created_at Wed Oct 10 20:19:24 +0000 2018
# Bluesky: "Creating a post", docs.bsky.app, createdAt 2023-08-07T05:31:12.156888Z; the server made the id after that
# Mastodon: entity "Status", docs.joinmastodon.org, created_at 2019-12-08T03:48:33.901Z
PUBLISHED = {
    "x:status/1050118621198921728": datetime(2018, 10, 10, 20, 19, 24, tzinfo=UTC),
    "at://did:plc:u5cwb2mwiv2bfq53cjufe6yn/app.bsky.feed.post/3k4duaz5vfs2b":
        datetime(2023, 8, 7, 5, 31, 12, 156_888, tzinfo=UTC),
    "https://mastodon.social/users/example/statuses/103270115826048975":
        datetime(2019, 12, 8, 3, 48, 33, 901_000, tzinfo=UTC),
}  # fmt: skip


@pytest.mark.parametrize(("parent", "published"), PUBLISHED.items())
def test_the_formulas_agree_with_published_times(
    world: Archive, tmp_path: Path, parent: str, published: datetime
) -> None:
    world.reply(2000, "budi", parent=parent)
    with world.store(tmp_path).session() as connection:
        who = resolve(connection, "@ada")
        run_outbound(connection, who.subject, list(who.actors), Scope())
        ((moment,),) = connection.execute("SELECT moment FROM parent_time").fetchall()
    found = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=moment)
    assert abs(found - published) < timedelta(seconds=1)


def test_the_time_of_a_parent_comes_from_the_store_or_from_its_id(world: Archive, tmp_path: Path) -> None:
    at = START + 10 * DAY
    theirs = world.write("budi", 10)
    for place, parent in enumerate((snowflake(at), tid(at), status(at), theirs)):
        world.reply(10 + (place + 1) / 24, "budi", parent=parent)
    world.reply(11, "budi", parent="https://hall.example/@budi/100")
    found = world.outbound(tmp_path).delay
    assert found.known_by == {"store": 1, "x": 1, "bluesky": 1, "mastodon": 1}
    assert (found.messages, found.measured, found.unknown, found.earlier) == (5, 4, 1, 0)
    assert (found.median, found.within_24h) == (None, None)  # four are too few


@pytest.mark.parametrize("make", [snowflake, tid, status])
def test_times_are_read_from_all_of_these_ids(world: Archive, tmp_path: Path, make: Any) -> None:
    at = [START + 100 * DAY + i * HOUR for i in range(8)]
    for i, moment in enumerate(at):
        world.reply((moment - START) / DAY + 3 / 24, f"asker{i}", parent=make(moment))
    found = world.outbound(tmp_path).delay
    assert found.measured == 8
    assert found.median is not None
    assert found.median.hours == pytest.approx(3, abs=0.001)


OTHER_IDS = (
    "x:status/29700859246",  # before there were snowflakes
    "x:status/5.24956e+17", "x:status/99999999999999999999", "x:status/", "x:status/12a",
    "x:user/1050118621198921728",
    "at://did:plc:x/app.bsky.feed.post/3jzfcijpj2z2", "at://did:plc:x/app.bsky.feed.like/3jzfcijpj2z2a",
    "at://did:plc:x/app.bsky.feed.post/3JZFCIJPJ2Z2A", "at://did:plc:x/app.bsky.feed.post/0jzfcijpj2z2a",
    "at://did:plc:x/app.bsky.feed.post/zjzfcijpj2z2a", "at://did:plc:x/app.bsky.feed.post/3jzfcijpj2z2a/x",
    "https://hall.example/users/budi/statuses/1234567890", "https://hall.example/@budi/105450000000000000",
    "https://hall.example/users/budi/statuses/10545000000000000",  # seventeen digits, but of 1975
    "https://hall.example/users/budi/statuses/1054500000000000000", "https://hall.example/notes/105450000000000000",
    "https://hall.example/users/budi/statuses/105450000000000000/activity",
    "http://hall.example/users/budi/statuses/105450000000000000",
)  # fmt: skip


def test_other_ids_tell_no_time(world: Archive, tmp_path: Path) -> None:
    for day, parent in enumerate(OTHER_IDS):
        world.reply(200 + day, "budi", parent=parent)
    found = world.outbound(tmp_path)
    assert found.delay.messages == len(OTHER_IDS)
    assert found.delay.unknown == len(OTHER_IDS), found.delay
    assert f"{len(OTHER_IDS)} of {len(OTHER_IDS)} messages" in " ".join(map(str, found.limits))


def test_a_wrong_clock_is_counted_apart(world: Archive, tmp_path: Path) -> None:
    theirs, far = world.write("budi", 10), world.write("budi", 50)
    world.reply(9.9, "budi", parent=theirs)
    world.reply(20, "budi", parent=far)
    world.reply(30, "citra", parent=tid(START + 31 * DAY))
    for i in range(6):
        world.reply(60 + i, f"asker{i}", parent=snowflake(START + (60 + i) * DAY - 2 * HOUR))
    found = world.outbound(tmp_path).delay
    assert (found.earlier, found.measured) == (3, 6)
    assert found.median is not None
    assert found.median.hours == pytest.approx(2, abs=0.001)


def test_only_the_first_reply_to_a_message_is_a_delay(world: Archive, tmp_path: Path) -> None:
    for i in range(6):
        parent = snowflake(START + i * DAY)
        world.reply(i + 0.5, f"asker{i}", parent=parent)
        world.reply(i + 300, f"asker{i}", parent=parent)
    found = world.outbound(tmp_path).delay
    assert (found.messages, found.measured) == (6, 6)
    assert found.median is not None
    assert found.median.hours == pytest.approx(12, abs=0.001)


def test_quartiles_and_the_share_within_a_day(world: Archive, tmp_path: Path) -> None:
    for i in range(40):
        world.reply(i + (i + 1) / 24, f"asker{i}", parent=snowflake(START + i * DAY, i))
    found = world.outbound(tmp_path).delay
    assert found.quarter is not None
    assert found.median is not None
    assert found.three_quarters is not None
    hours = [found.quarter.hours, found.median.hours, found.three_quarters.hours]
    assert hours == pytest.approx([10.5, 20.5, 30.5], abs=0.001)
    # order statistics of the binomial distribution for n = 40: the 14th and the 27th
    assert (found.median.low, found.median.high) == pytest.approx((14, 27), abs=1.001)
    assert found.within_24h is not None
    assert (found.within_24h.count, found.within_24h.n) == (24, 40)
    assert found.within_24h.low is not None
    assert 0.4 < found.within_24h.low < 0.6


def test_by_year(world: Archive, tmp_path: Path) -> None:
    world.write("ada", 1)
    for i in range(6):
        world.reply(10 + i, f"asker{i % 2}", parent=snowflake(START + (10 + i) * DAY - HOUR))
    world.reply(800, "budi")
    first, last = world.outbound(tmp_path).over_time
    assert (first.year, first.messages, first.replies, first.people, first.measured) == (2020, 7, 6, 2, 6)
    assert first.median is not None
    assert first.median.hours == pytest.approx(1, abs=0.001)
    assert (last.year, last.messages, last.replies, last.people, last.measured, last.median) == (2022, 1, 1, 1, 0, None)


def test_the_period(world: Archive, tmp_path: Path) -> None:
    for day in (1, 40, 80):
        world.reply(day, f"asker{day}")
        world.reshare("ada", f"x:status/{day}", day)
    store = world.store(tmp_path)
    found = store.outbound("@ada", me=True, since="2020-02-01", until="2020-03-01")
    assert (found.written.messages, found.written.reshares, found.replied_to.people) == (1, 1, 1)
    assert store.outbound("@ada", me=True, as_of="2020-03-01").written.messages == 2
    empty = store.outbound("@ada", me=True, since="2031-01-01")
    assert (empty.written.messages, empty.replied_to.people, empty.delay.messages, empty.over_time) == (0, 0, 0, ())


# what cannot be said


def test_without_what_was_written_to_it_there_is_no_rate(world: Archive, tmp_path: Path) -> None:
    world.reply(1, "budi")
    record = world.outbound(tmp_path).to_dict()
    (one,) = record["rate"]
    assert (one["channel"], one["measurable"], one["key"]) == ("x", False, "no_inbound")
    assert "cannot be known" in one["reason"]
    assert not {"answered", "eligible", "verdict"} & set(_names(record))


def _names(value: Any) -> list[str]:
    if isinstance(value, dict):
        return [*value, *(name for one in value.values() for name in _names(one))]
    return [name for one in value for name in _names(one)] if isinstance(value, list) else []


@pytest.mark.parametrize(
    ("inbound", "outbound", "key"),
    [("partial", "complete", "rate_by_audit"), ("complete", "none", "no_outbound"), ("none", "none", "no_outbound")],
)
def test_by_channel(tmp_path: Path, inbound: str, outbound: str, key: str) -> None:
    world = Archive()
    world.cover("ada", inbound=inbound, outbound=outbound)
    world.reply(1, "budi")
    if inbound == "partial":
        world.write("budi", 2, mentions=("ada",))
    (one,) = world.outbound(tmp_path).rate
    assert (one.reason.key, one.measurable) == (key, key == "rate_by_audit")


def test_where_nobody_wrote_no_audit_is_promised(tmp_path: Path) -> None:
    world = Archive()
    world.cover("ada", inbound="partial")
    world.reply(1, "budi")
    (one,) = world.outbound(tmp_path).rate
    assert (one.reason.key, one.measurable) == ("no_approaches", False)


def test_nothing_was_claimed(tmp_path: Path) -> None:
    world = Archive()
    world.reply(1, "budi")
    found = world.outbound(tmp_path)
    assert [one.reason.key for one in found.rate] == ["no_coverage"]
    assert "written_unclaimed" in [limit.key for limit in found.limits]


def test_a_group_has_no_rate(tmp_path: Path) -> None:
    world = Archive("irc")
    world.cover("ada")
    world.reply(1, "budi")
    assert [one.reason.key for one in world.outbound(tmp_path).rate] == ["group_channel"]


def test_partial_archives_say_so(tmp_path: Path) -> None:
    world = Archive()
    world.cover("ada", inbound="none", outbound="partial")
    world.reply(1, "budi")
    assert "written_partial" in [limit.key for limit in world.outbound(tmp_path).limits]


def test_names_without_an_account_are_counted(world: Archive, tmp_path: Path) -> None:
    world.reply(1, "disqus:forum/name/Budi")
    world.reply(2, "https://blog.example/name/citra")
    found = world.outbound(tmp_path)
    assert (found.replied_to.people, found.replied_to.weak) == (2, 1)


# by their audience


def test_followers_of_those_it_replied_to(world: Archive, tmp_path: Path) -> None:
    world.standing("ada", 1000)
    for name, followers in (("tiny", 99), ("some", 100), ("many", 400), ("huge", 90_000)):
        world.standing(name, followers)
        world.reply(1, name)
    world.reply(2, "budi")
    found = world.outbound(tmp_path).audience
    assert found is not None
    assert (found.own, found.known) == (1000, 4)
    assert (found.fewer_than_tenth, found.between, found.third_or_more) == (1, 1, 2)


def test_unknown_followers_are_unknown(world: Archive, tmp_path: Path) -> None:
    world.reply(2, "budi")
    found = world.outbound(tmp_path)
    assert found.audience is None
    assert "audience_unknown" in [limit.key for limit in found.limits]


def test_its_own_followers_unknown(world: Archive, tmp_path: Path) -> None:
    world.standing("budi", 10)
    world.reply(2, "budi")
    found = world.outbound(tmp_path)
    assert found.audience is not None
    assert (found.audience.known, found.audience.between) == (1, None)
    assert "own_audience_unknown" in [limit.key for limit in found.limits]


# who may ask, and what may be passed on


def test_as_for_an_audit_nobody_private_is_looked_at(world: Archive, tmp_path: Path) -> None:
    world.reply(1, "budi")
    store = world.store(tmp_path)
    with pytest.raises(Refusal):
        store.outbound("@ada")
    store.outbound("@ada", research=True)
    store.add([Standing(actor="x:user/ada", observed=START, followers=5_000)])
    store.outbound("@ada")


def test_third_parties_are_named_only_where_asked_for(world: Archive, tmp_path: Path) -> None:
    world.actor("budi")
    for day, name in enumerate(("budi", "citra", "budi")):
        world.reply(day, name)
    store = world.store(tmp_path)
    passed_on = store.outbound("@ada", me=True)
    assert passed_on.most is None
    assert "most" not in passed_on.to_dict()
    for secret in ("budi", "Budi", "citra"):
        assert secret not in str(passed_on.to_dict())
    first, second = store.outbound("@ada", me=True, evidence=True).most or ()
    assert (first.name, first.replies, first.first[:10], first.last[:10]) == ("Budi", 2, "2020-01-01", "2020-01-03")
    assert (second.id, second.name, second.replies) == ("x:user/citra", "x:user/citra", 1)


def test_the_contract(world: Archive, tmp_path: Path) -> None:
    world.reply(1, "budi")
    found = world.outbound(tmp_path)
    record = found.to_dict()
    assert list(record)[:4] == ["schema", "actor", "period", "coverage"]
    assert record["schema"] == "permadani.outbound/1"
    assert set(record) == {
        "schema", "actor", "period", "coverage", "rate", "written", "replied_to", "delay", "over_time", "clients",
        "audience", "limits",
    }  # fmt: skip
    assert json.loads(json.dumps(record, allow_nan=False)) == record


def test_arrow(world: Archive, tmp_path: Path) -> None:
    for i in range(6):
        world.reply(10 + i, f"asker{i}", parent=snowflake(START + (10 + i) * DAY - HOUR))
    world.reply(800, "budi")
    found = world.outbound(tmp_path)
    with duckdb.connect() as connection:
        table = connection.from_arrow(found)
        assert table.columns == [
            "year", "messages", "replies", "people", "measured", "median_hours", "median_low", "median_high",
        ]  # fmt: skip
        rows = table.fetchall()
    assert [row[:5] for row in rows] == [(2020, 6, 6, 6, 6), (2022, 1, 1, 1, 0)]
    assert rows[0][5] == pytest.approx(1, abs=0.001)
    assert rows[1][5:] == (None, None, None)


def test_an_account_that_wrote_nothing(tmp_path: Path) -> None:
    world = Archive()
    world.actor("ada")
    found = world.outbound(tmp_path)
    assert (found.written.messages, found.replied_to.people, found.delay.messages) == (0, 0, 0)
    assert (found.coverage, found.rate, found.over_time) == ((), (), ())
