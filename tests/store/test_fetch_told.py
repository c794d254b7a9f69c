"""What a fetch says when a budget, a store or an erasure leaves less to tell."""

from __future__ import annotations

from typing import Any

import pytest

from permadani.errors import BudgetSpent, StoreError, StoreFull, StoreLocked
from permadani.store import Store
from permadani.store.fetchpage import keep
from permadani.vocabulary import Actor, Object
from store.doors import ADA, FakeDoor, claim, fetched, page_of
from store.networks import START


def test_nothing_is_told_of_what_was_claimed_of_the_erased(store: Store) -> None:
    ani, budi = "wordpress:user/ani@blog.example", "wordpress:user/budi@blog.example"
    one = FakeDoor(place="wordpress blog.example", who="https://blog.example", title="Blog", source="wordpress")
    page = [
        *(Object(id=f"wordpress:post/{actor}", channel="wordpress", kind="article", actor=actor, published=START)
          for actor in (ani, budi)),
        *(claim(actor=actor, channel="wordpress") for actor in (ani, budi)),
    ]  # fmt: skip
    one.pages_to_read += [page, page]
    assert [told.actor for told in fetched(store, one).coverage] == [ani, budi]
    store.forget(ani)
    one.pages_to_read.append(page)
    assert [told.actor for told in fetched(store, one).coverage] == [budi]


def test_a_budget_that_reaches_no_message_says_how_many_to_allow(store: Store) -> None:
    spent = BudgetSpent("all {most} are used up", hint="again", most=7)
    for pages in ([], [[Actor(id=ADA, channel="bluesky", handle="ada.example")]]):
        one = FakeDoor([*pages, spent])
        if pages:
            report = fetched(store, one)
            error: object = report.error
        else:
            with pytest.raises(BudgetSpent) as caught:
                fetched(store, one)
            error = caught.value
        assert isinstance(error, BudgetSpent)
        assert error.text() == "all 7 are used up"
        assert error.hint_text() == "No message was reached with so few: allow more, with --max-requests 50."
    report = fetched(store, FakeDoor([page_of(0), page_of(1), spent]))
    assert report.error is spent


@pytest.mark.parametrize(("error", "hint"), [
    (StoreFull("{path} is full", hint="as before", path="s"), "Free some disk space. What was fetched before is kept"),
    (StoreLocked("{path} is full", hint="Wait.", path="s"), "Wait until it has finished. What was fetched before is"),
    (StoreError("{path} is full", hint="Is it one?", path="s"), "What was fetched before is kept; run the same"),
])  # fmt: skip
def test_a_store_that_fails_in_the_middle_keeps_what_was_kept(
    store: Store, monkeypatch: pytest.MonkeyPatch, error: StoreError, hint: str
) -> None:
    left: list[int] = []
    """One for each page that the store still takes."""

    def failing(*values: Any) -> Any:
        if not left:
            raise error
        left.pop()
        return keep(*values)

    monkeypatch.setattr("permadani.store.fetching.keep", failing)
    for pages, told in (([], error.hint_text() or ""), ([1], hint)):
        left[:] = pages
        one = FakeDoor([page_of(0), page_of(1)])
        with pytest.raises(type(error), match="s is full") as caught:
            fetched(store, one)
        assert (caught.value.hint_text() or "").startswith(told)
    monkeypatch.undo()
    assert fetched(store, one).complete
    assert one.states == [None, {"done": 1}]
