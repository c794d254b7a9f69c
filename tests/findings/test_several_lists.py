"""Two lists, or two forums, in one store: an account of the one is judged as in a store that holds this one alone.

The archives go through the real sources. Ada writes on the one only; Bo writes on both, and some of his letters go to
both at once.
"""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from permadani.api import OpenStore

BEGIN = datetime(2020, 1, 1, tzinfo=UTC)
DAYS = 91
WORDS = "Could you explain how letter {} was measured in your last survey?"


def letters(seed: int, people: tuple[str, ...], shared: int) -> list[tuple[int, int | None, datetime, str]]:
    """(number, what it answers, when, who): every third letter opens a conversation; ``shared`` ones are Bo's."""
    draw = random.Random(seed)  # noqa: S311
    found: list[tuple[int, int | None, datetime, str]] = []
    for number in range(150):
        when = BEGIN + timedelta(days=DAYS * number / 150, hours=draw.random() * 6)
        opens = number % 3 == 0
        who = "bo" if opens and number < 3 * shared else draw.choice(people)
        found.append((number, None if opens else draw.randrange(max(0, number - 9), number), when, who))
    return found


def archive(folder: Path, tag: str, seed: int, people: tuple[str, ...]) -> Path:
    """A quarter of a list; letters that open the first ten conversations went to all lists under one id."""
    folder.mkdir()
    written = []
    for number, parent, when, who in letters(seed, people, 10):
        key = f"both{number}" if number % 3 == 0 and number < 30 else f"{tag}{number}"
        above = f"both{parent}" if parent is not None and parent % 3 == 0 and parent < 30 else f"{tag}{parent}"
        answers = "" if parent is None else f"In-Reply-To: <{above}@x.example>\n"
        written.append(
            f"From {who} at letters.example  {when:%a %b %e %H:%M:%S %Y}\n"
            f"From: {who} at letters.example ({who.title()})\nDate: {when:%a, %d %b %Y %H:%M:%S} +0000\n"
            f"Subject: [{tag}] Letter {key}\n{answers}Message-ID: <{key}@x.example>\n\n{WORDS.format(number)}\n\n"
        )
    (folder / "2020q1.txt").write_text("".join(written), "utf-8")
    return folder


def forum(folder: Path, host: str, seed: int, people: tuple[str, ...]) -> Path:
    """Its topics, one a line."""
    folder.mkdir()
    lines, topic, place = [], 0, {}
    for number, parent, when, who in letters(seed, people, 10):
        topic = number + 1 if parent is None else topic
        place[number] = (topic, 1 + sum(of == topic for of, _ in place.values()))
        answered = place[parent][1] if parent is not None and place[parent][0] == topic else None
        lines.append({
            "id": number + 1, "username": who, "name": who.title(), "topic_id": topic, "post_number": place[number][1],
            "avatar_template": f"/user_avatar/{host}/{who}/{{size}}/1.png", "cooked": f"<p>{WORDS.format(number)}</p>",
            "created_at": f"{when:%Y-%m-%dT%H:%M:%S}.000Z", "reply_to_post_number": answered, "post_type": 1,
        })  # fmt: skip
    (folder / "posts.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines), "utf-8")
    return folder


def card(store: OpenStore, who: str) -> dict[str, Any]:
    audit = store.audit(who, research=True).to_dict()
    return {
        key: audit[key] for key in ("actor", "questions", "regulars_unanswered", "automation", "limits", "coverage")
    }


@pytest.mark.parametrize("made", [archive, forum])
def test_another_group_in_the_store_changes_nothing(
    tmp_path: Path, made: Callable[[Path, str, int, tuple[str, ...]], Path]
) -> None:
    names = ("Weavers", "Dyers") if made is archive else ("weavers.example", "dyers.example")
    one = made(tmp_path / "one", names[0], 1, ("ada", "bo", "cy", "di", "ed"))
    other = made(tmp_path / "other", names[1], 2, ("bo", "cy", "fi", "gu", "hal"))
    alone, both = OpenStore(tmp_path / "alone.duckdb"), OpenStore(tmp_path / "both.duckdb")
    alone.import_(one)
    both.import_(other, one)
    found = card(alone, "Ada")
    takes_up = next(question for question in found["questions"] if question["id"] == "takes_up")
    assert sum(cell["approaches"] for cell in takes_up["by_tenure"]["cells"].values()) > 30
    assert card(both, "Ada") == found


def test_somebody_on_two_lists_is_found_by_the_address_and_linked_by_hand(tmp_path: Path) -> None:
    store = OpenStore(tmp_path / "s.duckdb")
    store.import_(
        archive(tmp_path / "one", "Weavers", 1, ("ada", "bo")), archive(tmp_path / "other", "Dyers", 2, ("bo", "cy"))
    )
    (found,) = store.suggestions()
    assert [one.channel for one in found.accounts] == ["pipermail-dyers", "pipermail-weavers"]
    assert [reason.kind for reason in found.reasons] == ["address"]
    store.link(*(one.id for one in found.accounts))
    assert store.suggestions() == []
    channels = {line["channel"] for line in card(store, "Bo")["coverage"]}
    assert channels == {"pipermail-dyers", "pipermail-weavers"}
    with store.session() as connection:
        sent = connection.execute(
            "SELECT o.channel, count(*) FROM objects o JOIN uris u USING (id) WHERE u.uri LIKE '%/both%' GROUP BY ALL"
        ).fetchall()
    assert sorted(sent) == [("pipermail-dyers", 10), ("pipermail-weavers", 10)]
