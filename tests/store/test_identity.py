"""URIs to numbers: always the same ones, and two with the same number are never mixed up."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from permadani.store import Store, staging
from permadani.store.identity import identify, is_lost
from permadani.vocabulary import Announce, Like, Object
from store.networks import ACTORS, Contents, account, contents, post


@pytest.mark.parametrize(
    ("uri", "number"),
    [  # from `printf %s URI | b2sum -l 64`, little-endian: stores out there hold these numbers
        ("x:user/1", -4429902904620220473),
        ("", -5426141060434712860),
        ("https://contoh.example/kopi ☕", 5805656069962839521),
        ("permadani:id/-5", -5),
    ],
)
def test_numbers_never_change(uri: str, number: int) -> None:
    assert identify(uri) == number


@given(st.integers(-(2**63), 2**63 - 1))
def test_an_erased_uri_stands_for_its_number(number: int) -> None:
    assert identify(f"permadani:id/{number}") == number
    assert is_lost(f"permadani:id/{number}")


@given(st.text(st.characters(exclude_categories=())))
def test_every_text_has_a_number(uri: str) -> None:
    assert -(2**63) <= identify(uri) < 2**63


@pytest.mark.parametrize("rest", ["+5", " 5", "05", "1_000", "٥", "", "x", str(2**63)])
def test_only_the_plain_number_stands_for_an_erased_uri(rest: str) -> None:
    assert not is_lost(f"permadani:id/{rest}")
    assert identify(f"permadani:id/{rest}") not in (5, 1000)


@pytest.fixture
def collide(monkeypatch: pytest.MonkeyPatch) -> None:
    """``x:status/66`` gets the number of ``x:status/6``."""

    def colliding(uri: str) -> int:
        return identify("x:status/6" if uri == "x:status/66" else uri)

    monkeypatch.setattr("permadani.store.staging.identify", colliding)


def collisions(report: staging.Any) -> list[tuple[str, str | None]]:
    return [(p.reason, p.example) for file in report.files for p in file.problems]


@pytest.mark.usefixtures("collide")
def test_a_second_uri_with_the_number_of_a_stored_one_is_refused(store: Store) -> None:
    store.add([post(6, text="yang asli"), post(7, in_reply_to="x:status/6")])
    before = contents(store)
    report = store.add([post(66, text="yang lain"), Like(actor=ACTORS[0], object="x:status/66"), post(8)])
    assert collisions(report) == [("id_collision", "x:status/66")]
    assert [p.count for p in report.files[0].problems] == [2]
    assert (report.files[0].read, report.objects, report.likes) == (1, 1, 0)
    after = contents(store)
    assert texts_of(after) == texts_of(before) | {"x:status/8": None}
    assert after["likes"] == []


@pytest.mark.usefixtures("collide")
def test_within_one_import_neither_is_mixed_with_the_other(store: Store) -> None:
    report = store.add([post(6, text="satu"), post(66, text="dua"), post(7, text="tiga")])
    assert ("id_collision", "x:status/66") in collisions(report)
    found = texts_of(contents(store))
    assert found["x:status/7"] == "tiga"
    assert found.get("x:status/6", "satu") == "satu"
    assert "x:status/66" not in found
    with store.session() as connection:
        (pairs,) = connection.execute("SELECT count(*) - count(DISTINCT id) FROM uris").fetchall()
    assert pairs == (0,)


@pytest.mark.usefixtures("collide")
def test_collisions_over_batches_and_files_of_one_run(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(staging, "BATCH", 1)
    report = store.add([post(6, text="satu"), post(66, text="dua"), post(67, in_reply_to="x:status/66")])
    assert collisions(report) == [("id_collision", "x:status/66")]
    assert texts_of(contents(store)) == {"x:status/6": "satu"}


def test_an_erased_uri_meets_the_real_one_without_collision(store: Store) -> None:
    lost = f"permadani:id/{identify('x:status/0')}"
    store.add([post(1, in_reply_to=lost)])
    report = store.add([post(0), post(2, in_reply_to=lost), post(3, in_reply_to="x:status/0")])
    assert collisions(report) == []
    parents = {row[0]: row[5] for row in contents(store)["objects"]}
    assert parents == {"x:status/0": None} | {f"x:status/{n}": "x:status/0" for n in (1, 2, 3)}


def test_half_characters_in_ids_and_texts_are_mended_in_one_way(store: Store) -> None:
    store.add([Object(id="x:a\ud800", channel="x", kind="note", actor="x:u\udc00", published=1, text="\ud83d kopi")])
    store.add([Announce(actor="x:u\udc00", object="x:a\ud800", published=2), account(1, name="\udfff")])
    found = contents(store)
    assert found["announces"] == [("x:u\ufffd", "x:a\ufffd", 2)]
    assert texts_of(found) == {"x:a\ufffd": "\ufffd kopi"}
    assert [row[0] for row in found["roots"]] == [identify("x:a\ufffd")]


def texts_of(found: Contents) -> dict[str, str | None]:
    at = Object.__struct_fields__.index("text")
    return {row[0]: row[at] for row in found["objects"]}
