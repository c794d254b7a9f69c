"""What is known of each approach besides its answer: how it came, in which language, and whether they had spoken."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from permadani.measures.judged import Judged, judged_rows
from permadani.measures.network import Scope, run
from permadani.store.who import resolve
from permadani.vocabulary import Addressed
from worlds import World

INDONESIAN = "Saya sudah mencoba cara ini di sekolah tetapi hasilnya berbeda dengan tulisan itu."
ENGLISH = "I have tried this at our school but the results were not the same as in the survey."


def judged(world: World, folder: Path, who: str = "ada") -> Judged:
    store = world.store(folder)
    with store.session() as connection:
        found = resolve(connection, world.uri(who))
        run(connection, {found.subject: list(found.actors)}, Scope())
        return judged_rows(connection, Scope().window)[found.subject]


@pytest.fixture
def world() -> World:
    world = World()
    world.cover("ada")
    return world


def test_how_each_message_came(world: World, tmp_path: Path) -> None:
    note = world.write("ada", 1)
    world.write("bo", 2, to=note)
    world.write("cy", 3, mentions=("ada",))
    article = world.write("ada", 1, kind="article")
    world.write("di", 4, thread=article, kind="comment")
    sent = world.write("ed", 5)
    world.records.append(Addressed(object=sent, actor=world.actor("ada"), kind="to"))
    world.write("ada", 6)
    assert judged(world, tmp_path).via.tolist() == ["reply", "mention", "comment", "to"]


def test_language_as_claimed_or_guessed(world: World, tmp_path: Path) -> None:
    """Ada mostly writes Indonesian, and Twitter calls that `in`."""
    post = world.write("ada", 1, text=INDONESIAN, language="in")
    world.write("ada", 1.1, text=INDONESIAN, language="id-ID")
    world.write("ada", 1.2, text=ENGLISH, language="en")
    world.write("bo", 2, to=post, text=INDONESIAN)
    world.write("cy", 3, to=post, text=ENGLISH)
    world.write("di", 4, to=post, text=ENGLISH, language="id_ID")
    world.write("ed", 5, to=post, text=INDONESIAN, language="de")
    world.write("fe", 6, to=post, text=None)
    world.write("gu", 7, to=post, text=INDONESIAN, language="und")
    np.testing.assert_equal(judged(world, tmp_path).language_match, [1, 0, 1, 0, np.nan, 1])


def test_her_own_language_is_guessed_where_nothing_claims_it(world: World, tmp_path: Path) -> None:
    post = world.write("ada", 1, text=ENGLISH)
    world.write("ada", 1.1, text=ENGLISH)
    for i in range(5):  # a program's words are not hers
        world.write("ada", 1.2 + i / 100, text=INDONESIAN, automatic=True)
    world.write("bo", 2, to=post, text=ENGLISH)
    world.write("cy", 3, to=post, text=INDONESIAN)
    np.testing.assert_equal(judged(world, tmp_path).language_match, [1, 0])


def test_without_any_language_of_hers_nothing_is_known(world: World, tmp_path: Path) -> None:
    post = world.write("ada", 1, text=None)
    world.write("bo", 2, to=post, text=ENGLISH, language="en")
    np.testing.assert_equal(judged(world, tmp_path).language_match, [np.nan])


def test_prior_contact_is_before_the_message_and_anywhere(world: World, tmp_path: Path) -> None:
    """She had written to Bo in his thread; to Cy only afterwards; to Di by a program; Ed she answered last time."""
    world.write("ada", 2, to=world.write("bo", 1))
    world.write("ada", 2.5, to=world.write("di", 1), automatic=True)
    post = world.write("ada", 3)
    for i, name in enumerate(("bo", "cy", "di", "ed")):
        asked = world.write(name, 4 + i / 10, to=post)
        if name in ("cy", "ed"):
            world.write("ada", 5, to=asked)
    world.write("ed", 7, to=world.write("ada", 6))
    rows = judged(world, tmp_path)
    assert rows.prior_contact.tolist() == [True, False, False, False, True]
    assert rows.prior_contact.dtype == bool


def test_nobody_left_before_the_end_where_only_she_can_answer(world: World, tmp_path: Path) -> None:
    world.conversations("ada", 3, 1)
    assert np.isnan(judged(world, tmp_path).left).all()
