"""Sales pitches: those sent to the account are not held against it, its own answer nothing. Honest words are none."""

from __future__ import annotations

from pathlib import Path

import pytest

from permadani.findings.results import Audit, LeftOut
from worlds import World

PITCHES = [
    "Join my free webinar on growth: https://shop.example/w",
    "Want more readers? Sign up now, limited offer! https://shop.example/w",
    "Use my discount code RUG20 at checkout https://shop.example",
    "New album out, link in bio and here www.band.example",
    "Yuk beli buku saya, diskon hingga 50 persen https://toko.example",
    "Segera daftar! Kuota terbatas: https://kelas.example",
]
HONEST = [
    "How did you find out about the free webinar? The page https://school.example/w tells nothing.",
    "I signed up for the course and the link does not work: https://school.example/w",
    "Is the discount code in https://shop.example still valid today?",
    "You say that replies increase traffic; I measured it and wrote it down: https://notes.example/traffic?utm=buy+my+book",
    "Where do I get your copy of the survey, is it https://survey.example or another one?",
    "Nobody buys followers any more, see https://news.example/followers",
    "Join my free webinar, they say, and then nobody answers.",
    "Saya sudah daftar di https://sekolah.example tetapi tidak ada balasan, apakah masih bisa?",
    "Harga buku ini naik dua kali, datanya ada di https://data.example",
    "Apakah kelas gratis di https://kelas.example masih dibuka?",
]


def left_out(audit: Audit) -> LeftOut:
    assert audit.answers.left_out is not None
    return audit.answers.left_out


def approaches(audit: Audit) -> int:
    cell = audit.answers.overall.cell
    return cell.approaches if cell else 0


def answered(audit: Audit) -> int:
    cell = audit.answers.overall.cell
    assert cell is not None
    return cell.answered


@pytest.fixture
def world() -> World:
    world = World()
    world.cover("ada")
    return world


def test_pitches_sent_to_her_are_left_out_and_counted(world: World, tmp_path: Path) -> None:
    post = world.write("ada", 1)
    for i, text in enumerate(PITCHES):
        world.write(f"seller{i}", 2 + i / 10, to=post, text=text)
    world.write("bo", 3, to=post)
    world.write("ada", 4)
    result = world.audit(tmp_path, "ada")
    assert approaches(result) == 1
    assert left_out(result).pitches == len(PITCHES)
    assert left_out(result).own_pitches == 0


@pytest.mark.parametrize("text", HONEST)
def test_honest_messages_are_no_pitches(text: str, world: World, tmp_path: Path) -> None:
    world.write("bo", 2, to=world.write("ada", 1), text=text)
    world.write("ada", 4)
    result = world.audit(tmp_path, "ada")
    assert (approaches(result), left_out(result).pitches) == (1, 0)


def test_what_follows_a_pitch_in_earnest_is_an_approach(world: World, tmp_path: Path) -> None:
    post = world.write("ada", 1)
    world.write("bo", 2, to=post, text=PITCHES[0])
    asked = world.write("bo", 3, to=post)
    world.write("ada", 4, to=asked)
    result = world.audit(tmp_path, "ada")
    assert (approaches(result), answered(result), left_out(result).pitches) == (1, 1, 1)


def test_pitches_make_no_conversation_under_a_post(world: World, tmp_path: Path) -> None:
    post = world.write("ada", 1)
    for i in range(3):
        world.write(f"seller{i}", 2 + i / 100, to=post, text=PITCHES[i])
    world.write("bo", 2.1, to=post)
    world.write("ada", 4)
    assert world.audit(tmp_path, "ada").participation.conversations == 0


def test_without_texts_nobody_knows_of_pitches(world: World, tmp_path: Path) -> None:
    post = world.write("ada", 1, text=None)
    world.write("ada", 3, to=world.write("bo", 2, to=post, text=None), text=None)
    world.write("ada", 4, text=None)
    found = left_out(world.audit(tmp_path, "ada"))
    assert (found.pitches, found.own_pitches) == (None, None)


def replies(
    world: World, text: str, askers: int, asked_text: str = "I read it twice and liked the second part."
) -> None:
    """The same reply to each asker; names and numbers differ."""
    for i in range(askers):
        post = world.write("ada", 1 + i * 0.01)
        asked = world.write(f"asker{i}", 2 + i * 0.01, to=post, text=asked_text)
        world.write("ada", 3 + i * 0.01, to=asked, text=f"@asker{i} {text} {i}")


def test_one_pitch_is_no_answer(world: World, tmp_path: Path) -> None:
    replies(world, "Thank you! Join my free webinar: https://shop.example/w", 1)
    result = world.audit(tmp_path, "ada")
    assert (answered(result), left_out(result).own_pitches) == (0, 1)


SAME = "Thank you so much, buy my book wherever they have it"
"""One phrase of selling without a link: a pitch only by the number of people who got it."""


def test_the_same_offer_to_many_people_is_no_answer(world: World, tmp_path: Path) -> None:
    replies(world, SAME, 5)
    result = world.audit(tmp_path, "ada")
    assert (answered(result), left_out(result).own_pitches) == (0, 5)


def test_the_same_words_to_four_people_are_answers(world: World, tmp_path: Path) -> None:
    replies(world, SAME, 4)
    result = world.audit(tmp_path, "ada")
    assert (answered(result), left_out(result).own_pitches) == (4, 0)


def test_the_same_person_five_times_is_not_many_people(world: World, tmp_path: Path) -> None:
    for i in range(5):
        asked = world.write("bo", 2 + i, to=world.write("ada", 1 + i), text="Another page that I read twice.")
        world.write("ada", 2.5 + i, to=asked, text=SAME)
    assert answered(world.audit(tmp_path, "ada")) == 5


def test_thanks_in_the_same_words_are_answers(world: World, tmp_path: Path) -> None:
    replies(world, "Thank you very much for your kind words, they made my day!", 8)
    result = world.audit(tmp_path, "ada")
    assert (answered(result), left_out(result).own_pitches) == (8, 0)


@pytest.mark.parametrize("asked", ["Please tell me how that was measured in your last survey.", None])
def test_the_same_link_to_many_people_sells_nothing(asked: str | None, world: World, tmp_path: Path) -> None:
    """They ask without a question mark, and the standard answer is honest."""
    text = "Thank you, that is explained in chapter two of the manual: https://ada.example/manual"
    replies(world, text, 8, **({"asked_text": asked} if asked else {}))
    result = world.audit(tmp_path, "ada")
    assert (answered(result), left_out(result).own_pitches) == (8, 0)


def test_few_words_with_a_link_are_answers(world: World, tmp_path: Path) -> None:
    replies(world, "Look here: https://notes.example", 8)
    assert answered(world.audit(tmp_path, "ada")) == 8


@pytest.mark.parametrize(
    "text",
    [
        "The slides of that evening are all on this page: https://notes.example/slides",
        "Yes, you can register now on the page of the school: https://school.example",
    ],
)
def test_the_same_honest_answer_to_the_same_question(text: str, world: World, tmp_path: Path) -> None:
    """Many people ask the same thing: the same link answers each of them."""
    replies(world, text, 8, "Where can I find that, and until when is it open?")
    result = world.audit(tmp_path, "ada")
    assert (answered(result), left_out(result).own_pitches) == (8, 0)


def test_a_question_is_no_licence_to_sell(world: World, tmp_path: Path) -> None:
    replies(world, "Sign up now, limited offer: https://shop.example", 8, "How did you begin with the reading circle?")
    result = world.audit(tmp_path, "ada")
    assert (answered(result), left_out(result).own_pitches) == (0, 8)


def test_a_pitch_in_a_flat_thread_is_no_answer(tmp_path: Path) -> None:
    world = World(channel="wordpress")
    world.cover("ada")
    for i in range(5):
        article = world.write("ada", 1 + i / 10, kind="article")
        world.write(f"asker{i}", 2 + i / 10, to=article, thread=article, kind="comment")
        world.write(
            "ada", 3 + i / 10, to=article, thread=article, kind="comment",
            text=f"@asker{i}: thank you, buy my book, get your copy here: https://shop.example",
        )  # fmt: skip
    result = world.audit(tmp_path, "ada")
    assert (answered(result), left_out(result).own_pitches) == (0, 5)


def test_to_begin_with_a_pitch_is_not_to_have_spoken_first(world: World, tmp_path: Path) -> None:
    """What she sells under Bo's post does not make Bo's question to her an answer."""
    post = world.write("bo", 1)
    pitch = world.write("ada", 2, to=post, text="Join my free webinar, sign up now: https://shop.example/w")
    asked = world.write("bo", 3, to=pitch)
    world.write("ada", 4, to=asked)
    result = world.audit(tmp_path, "ada")
    assert (approaches(result), answered(result)) == (1, 1)


def test_what_she_names_as_abuse_is_left_out(world: World, tmp_path: Path) -> None:
    """One message by its id, one by its address, one account by its handle and one by its id; with linked accounts."""
    from permadani.measures.judged import judged_rows
    from permadani.measures.network import Scope, run
    from permadani.store.who import resolve

    post = world.write("ada", 1)
    named = world.write("bo", 2, to=post)
    world.write("cy", 2.1, to=post, url="https://x.example/cy/1")
    for name in ("di", "di2", "ed", "fe"):
        world.write(name, 2.2, to=post)
    world.write("ada", 4)
    store = world.store(tmp_path)
    store.link(world.uri("di"), world.uri("di2"))
    abuse = (named, "https://x.example/cy/1", "@Di", world.uri("ed"), "nobody at all")
    with store.session() as connection:
        ada = resolve(connection, world.uri("ada"))
        run(connection, {ada.subject: list(ada.actors)}, Scope(abuse=abuse))
        assert len(judged_rows(connection, Scope().window)[ada.subject]) == 1
        counted = connection.execute("SELECT name, count(*) FROM abuse GROUP BY name ORDER BY name").fetchall()
        assert connection.execute("SELECT count(*) FROM left_out WHERE why = 'abuse'").fetchall() == [(5,)]
    assert counted == [("@Di", 2), ("https://x.example/cy/1", 1), (named, 1), (world.uri("ed"), 1)]


def test_without_a_statement_abuse_is_unknown(world: World, tmp_path: Path) -> None:
    world.conversations("ada", 2, 1)
    assert left_out(world.audit(tmp_path, "ada")).abuse is None
