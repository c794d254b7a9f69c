"""The figures that docs/classes-published.md sets beside published ones."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from class_map.asked import classes
from class_map.posts import Post
from class_map.reference import BANDS, Reference
from class_map.tables import DAY
from permadani.api import OpenStore

REPOSITORY = Path(__file__).parent.parent.parent
DATA = REPOSITORY.parent / "shared" / "data"
PAGE = REPOSITORY / "docs" / "classes-published.md"


def asked(folder: str, tmp_path: Path) -> tuple[dict[str, Any], Reference]:
    """The command's answer, and the reference for what it does not print."""
    if not (DATA / folder).exists():
        pytest.skip(f"../shared/data/{folder} is not here")
    store = OpenStore(tmp_path / "real.duckdb")
    store.import_(DATA / folder)
    store.export(tmp_path / "tables")
    reference = Reference(tmp_path / "tables")
    reference.map()
    return classes(store), reference


def hits(posts: list[Post]) -> tuple[int, int]:
    return sum(one.answered for one in posts), len(posts)


def told(of: dict[str, Any]) -> tuple[int, int, int, int, int]:
    """Answered, of how many, and the share with its interval in percent."""
    return of["answered"], of["posts"], *(round(100 * of[name]) for name in ("rate", "low", "high"))


def test_first_posts_on_a_mailing_list(tmp_path: Path) -> None:
    found, reference = asked("mbox-r-package-devel", tmp_path)
    newcomers, everybody = found["reception"]["by_tenure"]["newcomer"], found["reception"]["all"]
    answered, unanswered = (found["newcomers"][name] for name in ("answered_first", "unanswered_first"))
    assert told(newcomers) == (69, 88, 78, 69, 86)
    assert told(everybody)[:3] == (718, 1240, 58)
    assert told(answered) == (21, 55, 38, 26, 52)
    assert told(unanswered) == (5, 17, 29, 12, 56)
    page = PAGE.read_text("utf-8")
    for words in ("69 of 88", "78 %, 69 to 86", "21 of 55", "38 %, 26 to 52", "5 of 17", "29 %, 12 to 56"):
        assert words in page
    difference = found["newcomers"]["difference"]
    assert difference["low"] < 0 < difference["high"]  # "this list is too small to tell"
    new = [one for one in reference.posts if one.tenure == "newcomer"]
    assert hits([one for one in new if one.message.root == one.message.id]) == (59, 70)
    assert hits([one for one in reference.posts if one.tenure == "unknown"]) == (80, 116)
    again = {True: 0, False: 0}
    for one in new:
        later = [
            other.published - one.moment for other in reference.tables.messages.values()
            if other.seat == one.message.seat
        ]  # fmt: skip
        if one.moment + 104 * DAY <= one.said.until:
            again[one.in_time] += any(0 < after <= 90 * DAY for after in later)
    assert again == {True: 36, False: 7}


def test_the_more_followers_the_more_are_answered(tmp_path: Path) -> None:
    found, reference = asked("rumoureval", tmp_path)
    bands = [told(one)[:3] for one in found["reception"]["by_followers"]]
    assert bands == [(57, 291, 20), (133, 570, 23), (99, 384, 26), (24, 46, 52), (37, 39, 95)]
    page = PAGE.read_text("utf-8")
    for answered, posts, share in bands:
        assert f"{answered} of {posts} | {share} %" in page
    replies = [one for one in reference.posts if one.message.in_reply_to is not None]
    assert hits([one for one in reference.posts if one not in replies]) == (54, 57)
    by_band = []
    for least, most in BANDS:
        counts = [(one, reference.standings.before(one.message.seat, one.moment)) for one in replies]
        by_band.append(hits([
            one for one, followers in counts
            if followers is not None and least <= followers and (most is None or followers <= most)
        ]))  # fmt: skip
    assert by_band == [(57, 291), (132, 569), (92, 377), (12, 34), (5, 6)]
