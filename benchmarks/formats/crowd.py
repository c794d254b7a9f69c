"""A crowd of bloggers and their readers: who says what to whom and when, the same for one seed."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

SENTENCE = (
    "how did you measure the answer rate in your last survey because mine differs from the chart on the second page "
    "and I would like to know whether small towns were asked too or only the large ones with many schools"
)
WORDS = SENTENCE.split()
START = datetime(2015, 1, 1, tzinfo=UTC)
AUTHORS, ASKERS = 100, 50_000


def words(size: int, seed: random.Random) -> str:
    """About ``size`` characters of text."""
    text = " ".join(seed.choices(WORDS, k=max(1, size // 5)))
    return text[:size]


def messages(count: int, size: int) -> Iterator[tuple[int, int, int, int | None, int, datetime, str]]:
    """(number, author, root number, parent, seconds, time, text): a post, some comments, some answers, again."""
    seed = random.Random(7)
    number = 0
    while number < count:
        root, author = number, seed.randrange(AUTHORS)
        posted = START + timedelta(seconds=number * 300)
        yield number, author, root, None, 0, posted, words(size, seed)
        number += 1
        for _ in range(seed.randrange(4, 12)):
            if number >= count:
                return
            asked = number
            yield (
                number,
                AUTHORS + seed.randrange(ASKERS),
                root,
                root,
                0,
                posted + timedelta(hours=number - root),
                words(size, seed),
            )
            number += 1
            if seed.random() < 0.3 and number < count:
                yield number, author, root, asked, 0, posted + timedelta(hours=number - root), words(size, seed)
                number += 1
