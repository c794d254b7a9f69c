"""Which accounts may be one person: only for reasons that are told, and nothing is joined."""

from __future__ import annotations

from itertools import permutations
from pathlib import Path

import pytest

from cli.command import run
from permadani.api import OpenStore
from permadani.vocabulary import Actor, Cue, Record, address_hash

X = Actor(id="x:user/1", channel="x", handle="sari", name="Sari", url="https://x.com/sari")
MASTODON = Actor(
    id="https://toot.example/users/sari", channel="mastodon", handle="sari", url="https://toot.example/@sari"
)
BLOG = Actor(id="wordpress:user/sari@blog.example", channel="wordpress", handle="sari")
PEOPLE: list[Record] = [X, MASTODON, BLOG]


def link(actor: Actor, value: str, kind: str = "link") -> Cue:
    return Cue(actor=actor.id, kind=kind, value=value)  # type: ignore[arg-type]


def suggested(folder: Path, records: list[Record]) -> dict[tuple[str, str], list[str]]:
    store = OpenStore(folder / "s.duckdb")
    store.add(records)
    assert store.people() == []
    return {
        (one.accounts[0].id, one.accounts[1].id): [reason.kind for reason in one.reasons] for one in store.suggestions()
    }


PAIR = (MASTODON.id, X.id)


@pytest.mark.parametrize(
    ("cues", "reasons"),
    [
        ([], None),
        ([link(MASTODON, "https://x.com/sari")], None),  # anybody can link to whom they like, under any handle
        ([link(X, "https://toot.example/@sari"), link(MASTODON, "http://www.twitter.com/Sari/")],
         ["mutual_link", "same_handle"]),
        ([link(MASTODON, "https://x.com/sari", "me")], ["checked_link", "same_handle"]),
        ([link(X, "https://sari.example/"), link(MASTODON, "http://www.sari.example")], ["same_link"]),
        ([link(X, address_hash("sari@mail.example"), "address"),
          link(MASTODON, address_hash(" Sari@Mail.example"), "address")], ["address"]),
        ([link(X, "https://mail.example", "address"), link(MASTODON, "https://mail.example", "link")], None),
    ],
)  # fmt: skip
def test_a_pair_is_proposed_for_what_leads_both_ways(
    tmp_path: Path, cues: list[Record], reasons: list[str] | None
) -> None:
    assert suggested(tmp_path, [*PEOPLE, *cues]) == ({PAIR: reasons} if reasons else {})


def test_a_profile_address_on_another_host_is_only_claimed(tmp_path: Path) -> None:
    """Whoever says that somebody else's page is theirs gets no mutual link from it."""
    other = Actor(id="https://evil.example/users/e", channel="mastodon", handle="sari", url=MASTODON.url)
    cues = [link(X, "https://toot.example/@sari"), link(other, "https://x.com/sari")]
    assert suggested(tmp_path, [X, other, *cues]) == {}


def test_an_address_of_many_is_nobody_s(tmp_path: Path) -> None:
    many = [Actor(id=f"x:user/{n}", channel="x") for n in range(6)]
    assert suggested(tmp_path, [*many, *(link(one, "https://firm.example") for one in many)]) == {}
    few = suggested(tmp_path / "few", [*many, *(link(one, "https://firm.example") for one in many[:3])])
    assert len(few) == 3


def test_a_name_with_several_addresses_is_several_people(tmp_path: Path) -> None:
    budi = Actor(id="disqus:forum/name/Budi", channel="disqus", name="Budi")
    first, second = (link(budi, address_hash(f"{n}@mail.example"), "address") for n in "ab")
    other = link(X, address_hash("a@mail.example"), "address")
    assert suggested(tmp_path / "one", [X, budi, first, other]) == {(budi.id, X.id): ["address"]}
    assert suggested(tmp_path / "two", [X, budi, first, second, other]) == {}


@pytest.mark.parametrize("order", list(permutations(range(3)))[:4])
def test_who_is_linked_already_is_not_proposed_in_any_order(tmp_path: Path, order: tuple[int, ...]) -> None:
    home = [link(actor, "https://sari.example") for actor in (X, MASTODON, BLOG)]
    store = OpenStore(tmp_path / "s.duckdb")
    store.add([PEOPLE[n] for n in order] + [home[n] for n in order])
    assert len(store.suggestions()) == 3
    store.link(X.id, BLOG.id)
    pairs = {tuple(account.id for account in one.accounts) for one in store.suggestions()}
    assert pairs == {(MASTODON.id, X.id), (MASTODON.id, BLOG.id)}
    store.link(X.id, MASTODON.id)
    assert store.suggestions() == []


def test_the_best_founded_comes_first_and_is_told_in_words(tmp_path: Path) -> None:
    store = OpenStore(tmp_path / "s.duckdb")
    store.add([
        *PEOPLE, link(X, "https://sari.example"), link(BLOG, "https://sari.example"),
        link(MASTODON, "https://x.com/sari", "me"),
    ])  # fmt: skip
    done = run("people", "suggest", "--store", store.path)
    assert done.code == 0
    first, second = (line for line in done.out.splitlines() if line.endswith("?"))
    assert MASTODON.id in first and BLOG.id in second
    assert "marked as leading back" in done.out
    assert "Nothing was joined" in done.out
    assert "both name sari.example as their address" in done.out
    assert run("people", "list", "--store", store.path).out.strip() == "Nobody is linked."


def test_a_forgotten_account_is_not_proposed(tmp_path: Path) -> None:
    store = OpenStore(tmp_path / "s.duckdb")
    store.add([X, BLOG, link(X, "https://sari.example"), link(BLOG, "https://sari.example")])
    store.forget(X.id)
    assert store.suggestions() == []
    with store.session() as connection:
        assert connection.execute("SELECT count(*) FROM cues").fetchall() == [(1,)]
