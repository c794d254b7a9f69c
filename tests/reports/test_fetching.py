"""What a fetch says to people, while it runs and afterwards."""

from __future__ import annotations

from typing import Any

import pytest

from permadani.errors import RateLimited
from permadani.language import english, translator
from permadani.reports.fetching import MOST_GROUPS, fetch_lines
from permadani.reports.progress import FetchBar
from permadani.store.fetchreport import Claim, FetchReport
from permadani.store.importreport import ProblemCount

DAYS = ("2024-03-03T00:00:00Z", "2024-05-01T00:00:00Z")


def report(*coverage: Claim, **values: Any) -> FetchReport:
    values = {
        "who": "a", "title": "@ada", "place": "p", "source": "bluesky", "requests": 1, "pages": 1, "read": 3, "new": 2,
        "known": 1, "actors": 1, "objects": 2, "announces": 0, "likes": 0, "follows": 0, "problems": (),
        "stopped": None,
    } | values  # fmt: skip
    return FetchReport(coverage=coverage, **values)


def claim(direction: str, how: str, actor: str | None = "a", channel: str = "bluesky") -> Claim:
    return Claim(actor, channel, direction, *DAYS, how, "basis")


def test_strangers_words_do_nothing_to_the_terminal() -> None:
    wild = report(
        claim("outbound", "complete", "a\x1b[31m"), claim("outbound", "partial", "b", "web\x1b[2J"),
        title="Blog {0}\x1b[31m\n" + 500 * "x", stopped="rate_limited",
        error=RateLimited("{host} asks to wait", host="{evil}\x1b[31m"),
        problems=(ProblemCount("odd_reason:{0}\x1b[1m", 2, "{1}\x1b[1m"),),
    )  # fmt: skip
    lines = fetch_lines(wild, english)
    assert all("\x1b" not in line and "\n" not in line for line in lines)
    assert lines[0].startswith("Blog {0} x")
    assert "Stopped early: {evil} asks to wait" in lines
    assert "    Bluesky: what it wrote, 3 Mar 2024 – 1 May 2024: complete (a)" in lines


def test_without_claims_nothing_is_said_of_them() -> None:
    assert fetch_lines(report(), english) == [
        "@ada: 3 read, 2 new, 1 already known; 1 request",
        "New in the store: 2 messages, 1 account, 0 reshares, 0 likes, 0 follows.",
        "All was read, as far back as asked. Run it again later to add what is new.",
    ]


def test_very_many_different_claims_are_cut() -> None:
    many = [Claim(f"a{n}", "web", "outbound", f"{1900 + n}-01-01T00:00:00Z", None, "partial", "b") for n in range(99)]
    lines = fetch_lines(report(*many), english)
    assert lines[-2] == "    …"
    assert len(lines) == MOST_GROUPS + 5


def test_what_looks_alike_is_told_once() -> None:
    twice = [Claim("a", "web", "outbound", f"2024-03-03T0{n}:00:00Z", DAYS[1], "partial", "b") for n in range(3)]
    of_another = Claim("c", "web", "outbound", *DAYS, "partial", "b")
    told = ["    what it wrote, 3 Mar 2024 – 1 May 2024: in part"]
    assert fetch_lines(report(*twice), english)[3:-1] == told
    assert fetch_lines(report(*twice, of_another), english)[3:-1] == [told[0] + " (2 accounts)"]


def test_in_every_language() -> None:
    for language in ("en", "id"):
        lines = fetch_lines(report(claim("mentions", "none"), stopped="budget"), translator(language))
        assert all(lines)
        assert "2024" in lines[3]


def test_the_bar_says_what_is_read_and_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    bar, shown = FetchBar(english), []
    monkeypatch.setattr(bar, "_show", lambda **values: shown.append(values))
    bar.begin(200)
    bar.asks(3, "https://a.example/api/feed?limit=100&cursor=secret")
    bar.waits(11.6, "a.example\x1b[31m")
    bar.waits(0.2, "a.example")
    bar.page("@ada", "page 7\x1b[31m")
    bar.asks(4, "https://a.example/api/feed")
    readings = ("", "at://did:plc:x/app.bsky.feed.post/3k", "https://a.example/feed/", "1,234", "ada", "getRepo")
    for reading in readings:
        bar.page("@ada", reading)
    assert shown == [
        {"total": 200},
        {"completed": 3, "description": "a.example"},
        {"description": "waiting 12 s for a.example"},
        {"description": "waiting 1 s for a.example"},
        {"description": "@ada: page 7"},
        {"completed": 4, "description": "@ada: page 7"},
        *(5 * [{"description": "@ada"}]),
        {"description": "@ada: what it wrote"},
    ]
