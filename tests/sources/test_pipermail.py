"""Archives of mailing lists; their golden pairs are in tests/golden/pipermail."""

from __future__ import annotations

import gzip
import re
from collections import Counter
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

import pytest

from permadani.errors import Unreadable
from permadani.sources import InputFile, recognise, walk
from permadani.sources.base import ReadOptions, Source
from permadani.sources.email import Email
from permadani.sources.pipermail import Pipermail
from permadani.sources.pipermail.people import writer
from permadani.sources.pipermail.period import period_of
from permadani.sources.pipermail.subjects import plain_subject
from permadani.vocabulary import Actor, Channel, Coverage, Cue, Object, Problem, Record, address_hash

DATA = Path(__file__).parents[3] / "shared" / "data" / "mbox-r-package-devel"
needs_data = pytest.mark.skipif(not DATA.exists(), reason="../shared/data is not here")
DAY = 86_400_000_000


def at(day: str) -> int:
    return int(datetime.fromisoformat(day).replace(tzinfo=UTC).timestamp()) * 1_000_000


def letter(
    day: str, subject: str = "[Weavers] Yarn", extra: str = "", who: str = "ani at letters.example (Ani)"
) -> str:
    when = datetime.fromisoformat(day).replace(tzinfo=UTC)
    return (
        f"From ani at letters.example  {when:%a %b %e %H:%M:%S %Y}\nFrom: {who}\n"
        f"Date: {when:%a, %d %b %Y %H:%M:%S} +0000\n"
        f"Subject: {subject}\n{extra}Message-ID: <{when:%Y%m%d%H}@x.example>\n\nWhich yarn?\n\n"
    )


def read(path: Path) -> list[Record]:
    (file,) = walk(path)
    assert isinstance(file, InputFile)
    return list(Pipermail().read(file, ReadOptions()))


def written(tmp_path: Path, content: str, name: str = "list.txt") -> list[Record]:
    (tmp_path / name).write_text(content, "utf-8")
    return read(tmp_path / name)


def spans(folder: Path) -> dict[str, tuple[str, str]]:
    """What each file of a folder claims, by its name."""
    found = {}
    for file in walk(folder):
        assert isinstance(file, InputFile)
        claims = [r for r in Pipermail().read(file, ReadOptions()) if isinstance(r, Coverage)]
        assert {(c.actor, c.completeness) for c in claims} == {(None, "complete")} and len(claims) == 2
        since, until = claims[0].since, claims[0].until
        assert since is not None and until is not None and (since, until) == (claims[1].since, claims[1].until)
        found[file.name] = tuple(f"{datetime.fromtimestamp(t / 1e6, UTC):%Y-%m-%d}" for t in (since, until))
    return found  # type: ignore[return-value]


def test_it_is_a_source() -> None:
    assert isinstance(Pipermail(), Source)


def channels(folder: Path) -> dict[str, str]:
    """The channel of each file of a folder; everything that it yields must be of this one."""
    found = {}
    for file in walk(folder):
        assert isinstance(file, InputFile)
        records = list(Pipermail().read(file, ReadOptions()))
        (channel,) = {r.channel for r in records if isinstance(r, Channel | Actor | Object | Coverage)}
        assert records[0] == Channel(channel=channel, audience="group")
        unknown = [r for r in records if isinstance(r, Problem) and r.reason == "list_unknown"]
        assert bool(unknown) == (channel == "pipermail")
        found[file.name] = channel
    return found


FOOTER = """> ______________________________
> Weavers-Talk at lists.example mailing list
> https://lists.example/mailman/listinfo/weavers-talk

"""


def talk(month: str, count: int, subject: str = "[WT] Yarn", footer: str = FOOTER) -> str:
    return "".join(letter(f"2016-{month}-{day:02}T10:00", subject) + footer for day in range(1, count + 1))


@needs_data
def test_a_real_list_is_one_channel_whether_its_quarters_come_together_or_alone() -> None:
    assert set(channels(DATA).values()) == {"pipermail-r-package-devel"}
    assert {channel for path in DATA.glob("*.txt") for channel in channels(path).values()} == {
        "pipermail-r-package-devel"
    }


def test_the_footers_that_answers_quote_name_a_list_before_its_tag(tmp_path: Path) -> None:
    (tmp_path / "2016-May.txt").write_text(talk("05", 4), "utf-8")
    assert channels(tmp_path) == {"2016-May.txt": "pipermail-weavers-talk"}
    (tmp_path / "2016-May.txt").write_text(talk("05", 4, footer=""), "utf-8")
    assert channels(tmp_path) == {"2016-May.txt": "pipermail-wt"}


@pytest.mark.parametrize(
    ("footer", "name"),
    [
        ("_____\nLoom mailing list\nLoom at lists.example\nhttp://lists.example/cgi-bin/listinfo.cgi/loom\n", "loom"),
        ("_____\nLoom mailing list -- loom@lists.example\nTo unsubscribe send an email to …\n", "loom"),
        ("Join us: https://lists.example/mailman/listinfo/loom\n", None),
        ("Loom at lists.example mailing list\nhttps://lists.example/mailman/listinfo/others\n", None),
    ],
)
def test_only_a_footer_is_a_footer(tmp_path: Path, footer: str, name: str | None) -> None:
    (tmp_path / "a.txt").write_text(talk("05", 4, "Yarn", footer + "\n"), "utf-8")
    assert channels(tmp_path) == {"a.txt": f"pipermail-{name}" if name else "pipermail"}


def test_a_footer_far_down_counts_where_the_beginning_holds_none(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(talk("05", 2, footer="y" * 70_000 + "\n\n") + talk("06", 3), "utf-8")
    assert channels(tmp_path) == {"a.txt": "pipermail-weavers-talk"}


def test_a_month_that_says_nothing_is_of_the_list_of_its_neighbours(tmp_path: Path) -> None:
    """Also where one in between is missing, and where the next has a tag and no name."""
    (tmp_path / "2016-January.txt").write_text(talk("01", 5), "utf-8")
    for month, name in (("02", "February"), ("04", "April")):
        (tmp_path / f"2016-{name}.txt").write_text(letter(f"2016-{month}-10T10:00", "Yarn"), "utf-8")
    (tmp_path / "2016-May.txt").write_text(talk("05", 5, footer=""), "utf-8")
    assert set(channels(tmp_path).values()) == {"pipermail-weavers-talk"}
    (tmp_path / "2016-January.txt").unlink()
    assert set(channels(tmp_path).values()) == {"pipermail-wt"}


def test_a_neighbour_with_another_tag_is_of_another_list(tmp_path: Path) -> None:
    (tmp_path / "2016-January.txt").write_text(talk("01", 5), "utf-8")
    (tmp_path / "2016-February.txt").write_text(talk("02", 5, "[Dyers] Red", ""), "utf-8")
    assert channels(tmp_path) == {"2016-January.txt": "pipermail-weavers-talk", "2016-February.txt": "pipermail-dyers"}


@pytest.mark.parametrize(
    ("place", "subject", "name"),
    [
        ("Pipermail-Loom/2016-May.txt", "[Weavers] Yarn", "loom"),
        ("pipermail/loom/2016-May.txt", "[Weavers] Yarn", "weavers"),
        ("pipermail/loom/2016-May.txt", "Yarn", "loom"),
        ("pipermail/2016/2016-May.txt", "Yarn", None),
        ("mails/loom/loom-2016-May.txt", "Yarn", "loom"),
        ("mails/loom/2016-May.txt", "Yarn", None),
        ("mails/loom/2016-May.txt", "Re: [R] Yarn", "r"),
        ("mails/loom/2016-May.txt", "[...] Yarn", None),
    ],
)
def test_a_folder_or_file_may_name_the_list(tmp_path: Path, place: str, subject: str, name: str | None) -> None:
    (tmp_path / place).parent.mkdir(parents=True)
    (tmp_path / place).write_text(letter("2016-05-02T10:00", subject), "utf-8")
    assert set(channels(tmp_path / place).values()) == {f"pipermail-{name}" if name else "pipermail"}


def test_a_mailbox_with_the_header_of_a_list_is_of_this_list(tmp_path: Path) -> None:
    (tmp_path / "a.mbox").write_text(
        letter("2016-05-02T10:00", extra="List-Id: Weaving <weavers-talk.lists.example>\n"), "utf-8"
    )
    assert channels(tmp_path) == {"a.mbox": "pipermail-weavers-talk"}


def test_one_letter_to_two_lists_is_two_messages_of_two_accounts(tmp_path: Path) -> None:
    found = []
    for tag in ("Weavers", "Dyers"):
        answer = letter("2016-05-03T10:00", f"Re: [{tag}] Yarn", "In-Reply-To: <2016050210@x.example>\n")
        found.append(written(tmp_path, letter("2016-05-02T10:00", f"[{tag}] Yarn") + answer))
    ids = [{r.id for r in records if isinstance(r, Actor | Object)} for records in found]
    assert ids[0].isdisjoint(ids[1]) and len(ids[0]) == len(ids[1]) == 3
    cues = [[(r.kind, r.value) for r in records if isinstance(r, Cue)] for records in found]
    assert cues[0] == cues[1] and len(cues[0]) == 1
    for records in found:
        first, second = (r for r in records if isinstance(r, Object))
        assert second.in_reply_to == first.id


@needs_data
def test_every_message_of_a_real_list_is_kept() -> None:
    total = 0
    ids: set[str] = set()
    for path in sorted(DATA.glob("*.txt")):
        begun = re.findall(rb"(?m)^From \S+ at \S+  \w{3} \w{3} .*\d{4}$", path.read_bytes())
        records = read(path)
        objects = [r for r in records if isinstance(r, Object)]
        assert len(objects) == len(begun) and not [r for r in records if isinstance(r, Problem)]
        asked = re.findall(rb"(?m)^In-Reply-To: |^References: ", path.read_bytes())
        assert sum(o.in_reply_to is not None for o in objects) >= len(asked) / 2
        ids |= {o.id for o in objects}
        total += len(begun)
    assert total == len(ids) == 1240


@needs_data
def test_people_of_a_real_list_are_the_same_in_every_quarter() -> None:
    names: dict[str, set[str]] = {}
    for path in DATA.glob("*.txt"):
        for record in read(path):
            if isinstance(record, Actor):
                names.setdefault(record.id, set()).add((record.name or "").casefold())
    assert 190 < len(names) < 220
    assert sum(len(some) > 1 for some in names.values()) <= 12


@needs_data
def test_quotations_of_a_real_list_are_cut_away() -> None:
    texts = [r.text or "" for path in DATA.glob("*.txt") for r in read(path) if isinstance(r, Object)]
    assert sum(bool(re.search(r"(?m)^>", text)) for text in texts) <= 6
    assert sum("wrote:" in text for text in texts) <= 10
    assert sum(not text for text in texts) <= 2
    assert not [
        text for text in texts if "next part" in text or "[[alternative" in text or re.search(r"\w@\w+\.\w", text)
    ]


@needs_data
def test_quarters_of_a_real_list_are_one_stretch_and_a_missing_one_is_a_gap(tmp_path: Path) -> None:
    whole = list(spans(DATA).values())
    assert whole[0][0] == "2015-05-22" and whole[-1][1] == "2016-12-30"
    assert all(before[1] >= after[0] for before, after in pairwise(whole))
    for path in DATA.glob("*.txt"):
        if path.name != "2016q2.txt":
            (tmp_path / path.name).write_bytes(path.read_bytes())
    left = spans(tmp_path)
    assert left["2016q1.txt"][1] == "2016-04-01" and left["2016q3.txt"][0] == "2016-07-01"


@needs_data
def test_a_real_list_is_nobodys_mailbox() -> None:
    for path in DATA.glob("*.txt"):
        (file,) = walk(path)
        assert isinstance(file, InputFile)
        assert isinstance(recognise(file), Pipermail) and not Email().recognises(file)


def test_a_compressed_archive_is_the_same(tmp_path: Path) -> None:
    content = letter("2016-05-02T10:00")
    (tmp_path / "2016-May.txt.gz").write_bytes(gzip.compress(content.encode()))
    assert read(tmp_path / "2016-May.txt.gz") == written(tmp_path, content, "2016-May.txt")


@pytest.mark.parametrize(
    ("name", "since", "until", "before", "after"),
    [
        ("2016q1.txt", "2016-01-01", "2016-04-01", "2015q4.txt", "2016q2.txt"),
        ("2016-January.txt", "2016-01-01", "2016-02-01", "2015-December.txt", "2016-February.txt"),
        ("2016-May.txt", "2016-05-01", "2016-06-01", "2016-April.txt", "2016-June.txt"),
        ("2016-Dec.txt", "2016-12-01", "2017-01-01", "2016-Nov.txt", "2017-Jan.txt"),
        ("2016.txt", "2016-01-01", "2017-01-01", "2015.txt", "2017.txt"),
        (
            "Week-of-Mon-20160502.txt",
            "2016-05-02",
            "2016-05-09",
            "Week-of-Mon-20160425.txt",
            "Week-of-Mon-20160509.txt",
        ),
        ("20160301.txt", "2016-03-01", "2016-03-02", "20160229.txt", "20160302.txt"),
        ("weavers-2016q2.mbox", "2016-04-01", "2016-07-01", "weavers-2016q1.mbox", "weavers-2016q3.mbox"),
    ],
)
def test_the_name_of_a_file_says_what_time_it_is_for(
    name: str, since: str, until: str, before: str, after: str
) -> None:
    found = period_of(name)
    assert found is not None and (found.since, found.until) == (at(since), at(until))
    assert (found.before, found.after) == (before, after)


@pytest.mark.parametrize(
    "name", ["", "weavers.mbox", "2016q5.txt", "2016-Mei.txt", "20161399.txt", "9999.txt", "x" * 9999]
)
def test_other_names_say_nothing(name: str) -> None:
    assert period_of(name) is None


def test_a_file_reaches_to_the_turn_of_its_month_where_that_is_near(tmp_path: Path) -> None:
    early, late = letter("2016-05-01T20:00"), letter("2016-05-31T04:00")
    (tmp_path / "2016-May.txt").write_text(early + letter("2016-05-20T10:00"), "utf-8")
    assert spans(tmp_path) == {"2016-May.txt": ("2016-05-01", "2016-05-20")}
    (tmp_path / "2016-May.txt").write_text(letter("2016-05-03T10:00") + late, "utf-8")
    assert spans(tmp_path) == {"2016-May.txt": ("2016-05-03", "2016-06-01")}


def test_between_neighbours_nothing_is_missing(tmp_path: Path) -> None:
    for month, name in (("04", "April"), ("05", "May"), ("07", "July")):
        (tmp_path / f"2016-{name}.txt").write_text(letter(f"2016-{month}-10T10:00"), "utf-8")
    assert spans(tmp_path) == {
        "2016-April.txt": ("2016-04-10", "2016-04-10"),
        "2016-May.txt": ("2016-04-09", "2016-05-10"),
        "2016-July.txt": ("2016-07-10", "2016-07-10"),
    }


def test_impossible_times_do_not_widen_what_is_covered(tmp_path: Path) -> None:
    wrong = (
        letter("2016-05-03T10:00")
        .replace("03 May 2016", "03 May 1970")
        .replace("May  3 10:00:00 2016", "May  3 10:00:00 1970")
    )
    (tmp_path / "a.txt").write_text(letter("2016-05-02T10:00") + wrong, "utf-8")
    assert spans(tmp_path) == {"a.txt": ("2016-05-02", "2016-05-02")}
    assert [r.reason for r in read(tmp_path / "a.txt") if isinstance(r, Problem)] == ["claimed_time"]


def test_an_answer_without_a_parent_is_found_by_its_subject(tmp_path: Path) -> None:
    asked, answer = letter("2016-05-02T10:00"), letter("2016-05-03T10:00", "Re: [Weavers] yarn")
    others = letter("2016-05-03T11:00", "[Weavers] Yarn again") + letter("2016-07-03T10:00", "Re: [Weavers] Yarn")
    records = written(tmp_path, asked + answer + others)
    objects = [r for r in records if isinstance(r, Object)]
    first = objects[0].id
    assert [o.in_reply_to for o in objects] == [None, first, None, None]
    assert Counter(r.reason for r in records if isinstance(r, Problem)) == {"threaded_by_subject": 1}


def test_a_named_parent_goes_before_the_subject(tmp_path: Path) -> None:
    answer = letter("2016-05-03T10:00", "Re: [Weavers] Yarn", "In-Reply-To: <unseen@x.example>\n")
    objects = [r for r in written(tmp_path, letter("2016-05-02T10:00") + answer) if isinstance(r, Object)]
    assert objects[1].in_reply_to == "pipermail:message/weavers/unseen@x.example"


def test_subjects_lose_what_programs_add() -> None:
    assert plain_subject("Re: AW: [Weavers] re[2]: Yarn  and  wool") == "Yarn and wool"
    assert plain_subject("Rewoven: a report") == "Rewoven: a report"
    assert plain_subject("Re: " * 3000) == ""


def test_an_address_is_kept_as_its_hash_only(tmp_path: Path) -> None:
    records = written(tmp_path, letter("2016-05-02T10:00"))
    assert [r.value for r in records if isinstance(r, Cue)] == [address_hash("ani@letters.example")]
    assert "letters.example" not in repr([r for r in records if not isinstance(r, Object)])
    same = {
        writer(f) for f in ("ani at letters.example (Ani)", "Ani@Letters.example (Ani)", "Ani <ani@letters.example>")
    }
    assert len({w.id for w in same if w}) == 1


@pytest.mark.parametrize(
    ("field", "id", "name"),
    [
        ("weavers at lists.example (Ani via Weavers)", "pipermail:weavers/name/Ani", "Ani"),
        ("'Ani' via Weavers <weavers@lists.example>", "pipermail:weavers/name/Ani", "Ani"),
        ("Ani", "pipermail:list/name/Ani", "Ani"),
    ],
)
def test_lists_that_hide_the_writer_leave_a_name(field: str, id: str, name: str) -> None:
    found = writer(field)
    assert found is not None and (found.id, found.name, found.address) == (id, name, None)
    on_loom = writer(field, "loom")
    assert on_loom is not None and on_loom.id == "pipermail:loom/name/Ani"


def test_a_name_that_is_an_address_loses_its_host() -> None:
    found = writer("ani at letters.example (ani at letters.example)")
    assert found is not None and found.name == "ani@…"
    assert writer("") is None


def test_the_list_is_named_by_its_subjects(tmp_path: Path) -> None:
    named = [r for r in written(tmp_path, letter("2016-05-02T10:00")) if isinstance(r, Coverage)]
    assert {(r.basis, r.completeness) for r in named} == {("public archive of the mailing list weavers", "complete")}


def test_of_a_list_without_a_name_not_all_is_claimed(tmp_path: Path) -> None:
    """Other lists without a name share its channel."""
    unnamed = [r for r in written(tmp_path, letter("2016-05-02T10:00", "Yarn")) if isinstance(r, Coverage)]
    assert {(r.basis, r.completeness) for r in unnamed} == {("public archive of a mailing list", "partial")}
    assert len(unnamed) == 2


def test_a_mailbox_of_a_list_can_be_read_as_its_archive(tmp_path: Path) -> None:
    plain = letter("2016-05-02T10:00").replace("ani at letters.example (Ani)", "Ani <ani@letters.example>")
    plain = plain.replace("ani at letters.example", "ani@letters.example")
    (file,) = walk(tmp_path / "a.mbox") if (tmp_path / "a.mbox").write_text(plain, "utf-8") else ()
    assert isinstance(file, InputFile) and isinstance(recognise(file), Email)
    assert read(tmp_path / "a.mbox")[:3] == written(tmp_path, letter("2016-05-02T10:00"))[:3]


def test_other_files_read_as_an_archive_are_refused(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match="From line"):
        written(tmp_path, "Dear all,\nhello\n")


@pytest.mark.parametrize("cut", [40, 90, 200])
def test_a_cut_or_marked_archive_is_recognised(tmp_path: Path, cut: int) -> None:
    for content in (letter("2016-05-02T10:00")[:cut], "\ufeff" + letter("2016-05-02T10:00")[: cut + 9]):
        (tmp_path / "a").write_text(content, "utf-8")
        (file,) = walk(tmp_path / "a")
        assert isinstance(file, InputFile) and Pipermail().recognises(file) == (cut > 80)


@pytest.mark.parametrize(
    "part",
    [
        "> " * 30_000 + "x mailing list\n/listinfo/y\n",
        "loom mailing list\n" * 9_000 + "/listinfo/x\n",
        ("loom mailing list" + "z" * 190 + "\n") * 900 + "/listinfo/loomx\n",
        "x mailing list -- y@z\n" * 5_000,
        "\0\n/listinfo/\n" * 9_000,
    ],
    ids=range(5),
)
@pytest.mark.parametrize(
    "field", ["", "List-Id: " + "<a.b" + " " * 19_000 + "x\n", "List-Id: " + "<" * 19_000 + "\n"], ids=range(3)
)
def test_what_looks_like_names_of_lists_neither_hangs_nor_names_one(tmp_path: Path, part: str, field: str) -> None:
    for subject in ("Re: " * 4_000 + "[x", "[" * 9_000, "[\ud800] x".encode("utf-8", "replace").decode()):
        (tmp_path / "2016-May.txt").write_text(letter("2016-05-02T10:00", subject, field) + part + "\n", "utf-8")
        assert channels(tmp_path) == {"2016-May.txt": "pipermail"}
