"""People and WHO: what a person types, and whom it means."""

from __future__ import annotations

import itertools

import pytest

from permadani.errors import WhoError
from permadani.store import Store
from permadani.vocabulary import Actor, Person, Record
from store.networks import account, contents, post

ALICE = Actor(
    id="https://kampung.example/users/melati", channel="mastodon", handle="melati", name="Melati Ayu",
    url="https://www.kampung.example/@melati/",
)  # fmt: skip
SIGNED = Actor(id="wordpress:blog.example/name/Melati Ayu", channel="wordpress", name="Melati Ayu")
OTHER = Actor(id="x:user/melati2", channel="x", handle="Anggrek", name="melati", url="https://x.com/anggrek")
BUDI = Actor(id="x:user/9", channel="x", handle="budi", name="BUDI")


@pytest.fixture
def village(store: Store) -> Store:
    store.add([ALICE, SIGNED, OTHER, BUDI, post(0, BUDI.id), post(1, BUDI.id), post(2, OTHER.id)])
    return store


@pytest.mark.parametrize(
    ("text", "uri"),
    [
        ("https://kampung.example/users/melati", ALICE.id),
        (" x:user/9 ", BUDI.id),
        ("melati", ALICE.id),  # a handle wins over a display name
        ("@melati", ALICE.id),
        ("@MELATI", ALICE.id),
        ("@melati@www.kampung.example", ALICE.id),
        ("https://kampung.example/@melati", ALICE.id),
        ("http://www.kampung.example/@melati/", ALICE.id),
        ("kampung.example/@melati", ALICE.id),
        ("x.com/anggrek", OTHER.id),
        ("anggrek", OTHER.id),
        ("BUDI", BUDI.id),
        ("budi", BUDI.id),
    ],
)
def test_levels(village: Store, text: str, uri: str) -> None:
    assert list(village.who(text).actors.values()) == [uri]


def test_an_exact_name_wins_over_a_folded_one(store: Store) -> None:
    store.add([account(1, name="Mawar"), account(2, name="MAWAR")])
    assert list(store.who("MAWAR").actors.values()) == ["x:user/2"]
    with pytest.raises(WhoError, match="2 people"):
        store.who("mawar")


def test_who_wrote_or_was_written_to_can_be_named_by_id(store: Store) -> None:
    store.add([post(0, "x:user/77")])
    assert list(store.who("x:user/77").actors.values()) == ["x:user/77"]


def test_an_address_alone_names_the_mailbox(store: Store) -> None:
    """An account of the same handle and host is named by ``@``."""
    mail = Actor(id="mailto:melati@kampung.example", channel="email", name="Melati")
    store.add([ALICE, OTHER, mail])
    for text in ("melati@kampung.example", " Melati@Kampung.example ", "mailto:melati@kampung.example"):
        assert list(store.who(text).actors.values()) == [mail.id]
    assert list(store.who("@melati@www.kampung.example").actors.values()) == [ALICE.id]
    store.link("melati@kampung.example", ALICE.id)
    assert set(store.who("melati@kampung.example").actors.values()) == {mail.id, ALICE.id}


def test_nobody(village: Store) -> None:
    for text in ("kenanga", "", "@", "%", "'; DROP TABLE actors; --"):
        with pytest.raises(WhoError, match="nobody") as caught:
            village.who(text)
        assert caught.value.hint
    assert len(contents(village)["actors"]) == 4


def test_several_are_listed_with_their_counts(village: Store) -> None:
    village.add([account(3, handle="budi"), *(post(n, "x:user/3") for n in range(10, 13))])
    with pytest.raises(WhoError) as caught:
        village.who("@budi")
    assert "2 people: x:user/3 (3 messages), x:user/9 (2 messages)" in caught.value.text()


def test_no_more_than_eight_are_listed(store: Store) -> None:
    store.add([account(n, name="Kembar") for n in range(12)])
    with pytest.raises(WhoError) as caught:
        store.who("Kembar")
    assert "12 people" in caught.value.text()
    assert caught.value.text().count("x:user/") == 8
    assert caught.value.text().endswith("…")


def test_a_name_that_is_account_and_signature_joins_both(village: Store) -> None:
    who = village.link("Melati Ayu")
    assert set(who.actors.values()) == {ALICE.id, SIGNED.id}
    assert village.who("Melati Ayu") == village.who("@melati") == village.who(SIGNED.id) == who
    assert [set(one.actors.values()) for one in village.people()] == [{ALICE.id, SIGNED.id}]


def test_linking_by_handle_joins_whoever_signs_with_exactly_that_name(village: Store) -> None:
    assert set(village.link("melati").actors.values()) == {ALICE.id, OTHER.id}


@pytest.mark.parametrize("order", list(itertools.permutations((ALICE.id, SIGNED.id, OTHER.id))))
def test_linking_in_any_order_and_steps_gives_the_same_people(village: Store, order: tuple[str, ...]) -> None:
    village.link(*order[:2])
    village.link(*order[:2])
    village.link(order[2], order[0])
    person = "person:" + ALICE.id
    assert contents(village)["people"] == [(person, uri) for uri in sorted(order)]
    with village.session() as connection:
        kept = connection.execute("SELECT uri FROM uris WHERE uri LIKE 'person:%'").fetchall()
    assert kept == [(person,)]


def test_a_person_can_be_named_by_its_key(village: Store) -> None:
    who = village.link(ALICE.id, OTHER.id)
    assert who.person is not None
    assert village.who(who.person) == who


def test_linking_needs_two_and_known_ones(village: Store) -> None:
    with pytest.raises(WhoError, match="only one"):
        village.link("budi")
    with pytest.raises(WhoError, match="kenanga"):
        village.link("budi", "kenanga")
    assert village.people() == []


def test_unlink_takes_apart_and_leaves_nothing(village: Store) -> None:
    before = contents(village)
    village.link("Melati Ayu", BUDI.id)
    gone = village.unlink("@budi")
    assert set(gone.actors.values()) == {ALICE.id, SIGNED.id, BUDI.id}
    assert contents(village) == before
    with village.session() as connection:
        assert connection.execute("SELECT uri FROM uris WHERE uri LIKE 'person:%'").fetchall() == []
    with pytest.raises(WhoError, match="not a linked person"):
        village.unlink("@budi")


def test_unlink_never_picks_one_of_two_people(store: Store) -> None:
    store.add([account(n, name="Kembar", handle=f"k{n}") for n in range(4)])
    store.add(
        [Person(person=f"orang:{half}", actor=f"x:user/{n}") for half, n in (("a", 0), ("a", 1), ("b", 2), ("b", 3))]
    )
    with pytest.raises(WhoError, match="2 people"):
        store.unlink("Kembar")
    assert len(store.people()) == 2


def person(key: str, *actors: Actor) -> list[Record]:
    return [Person(person=key, actor=actor.id) for actor in actors]


def test_whoever_a_table_links_to_linked_accounts_is_the_same_person(village: Store) -> None:
    """As ``link`` does it; every account has one person, so that joins on ``people`` double nothing."""
    village.link(ALICE.id, SIGNED.id)
    (report,) = village.add([*person("orang:1", SIGNED, OTHER), *person("orang:2", BUDI)]).files
    assert [(p.reason, p.count, p.example, p.lost) for p in report.problems] == [
        ("linked_otherwise", 1, SIGNED.id, False)
    ]
    who = village.who(ALICE.id)
    assert set(who.actors.values()) == {ALICE.id, SIGNED.id, OTHER.id}
    assert village.who("orang:1") == village.who("person:" + ALICE.id) == who
    found = contents(village)["people"]
    assert sorted(actor for _, actor in found) == sorted(one.id for one in (ALICE, SIGNED, OTHER, BUDI))
    (again,) = village.add([*person("orang:1", SIGNED, OTHER), *person("orang:2", BUDI)]).files
    assert (again.problems, again.new, contents(village)["people"]) == ((), 0, found)


def test_joined_people_are_taken_apart_and_leave_nothing(village: Store) -> None:
    before = contents(village)
    village.add([*person("orang:1", ALICE, SIGNED), *person("orang:2", SIGNED, OTHER)])
    village.unlink(OTHER.id)
    assert contents(village) == before
    village.add(person("orang:2", OTHER, BUDI))
    assert set(village.who(OTHER.id).actors.values()) == {OTHER.id, BUDI.id}
    assert list(village.who(ALICE.id).actors.values()) == [ALICE.id]
    village.add(person("orang:1", BUDI, ALICE))
    village.forget(BUDI.id)
    with village.session() as connection:
        assert connection.execute("SELECT * FROM people UNION ALL SELECT * FROM people_joined").fetchall() == []
        assert connection.execute("SELECT uri FROM uris WHERE uri LIKE 'orang:%'").fetchall() == []


def test_linked_people_survive_another_import(village: Store) -> None:
    who = village.link("Melati Ayu")
    village.add([ALICE, SIGNED, post(5, ALICE.id)])
    assert village.who("Melati Ayu") == who
