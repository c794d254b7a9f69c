"""What a file may claim to reach: never beyond the moment of reading, never before its channel existed."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from permadani.sources.reading import span
from permadani.sources.reading.clock import microseconds
from permadani.sources.reading.span import DAY, Span

NOW = microseconds(datetime(2021, 5, 1, 12, tzinfo=UTC))


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(span, "now", lambda: NOW)


def test_it_reaches_from_the_first_to_the_last() -> None:
    seen = Span("x")
    assert seen.stretch is None
    assert [seen.add(NOW - n * DAY) for n in (5, 9, 2)] == [None, None, None]
    assert seen.stretch == (seen.since, seen.until) == (NOW - 9 * DAY, NOW - 2 * DAY)


def test_the_future_does_not_widen_it_but_other_zones_do() -> None:
    seen = Span("web")
    assert seen.add(NOW - DAY) is None
    assert seen.add(NOW + DAY + 1) == "future_time"
    assert seen.stretch == (NOW - DAY, NOW - DAY)
    assert seen.add(NOW + DAY) is None


@pytest.mark.parametrize(
    ("channel", "first"),
    [
        ("x", "2006-03-21"), ("facebook", "2004-02-04"), ("youtube", "2005-02-14"), ("google_plus", "2011-06-28"),
        ("bluesky", "2022-11-01"), ("mastodon", "2008-07-02"), ("discourse-forum.example.org", "1991-08-06"),
        ("disqus", "1991-08-06"), ("convokit-court", "1900-01-01"),
    ],
)  # fmt: skip
def test_nobody_wrote_before_the_channel_existed(channel: str, first: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(span, "now", lambda: NOW + 3000 * DAY)
    begin = microseconds(datetime.fromisoformat(first))
    seen = Span(channel)
    assert seen.add(begin - 1) == "time_before_channel"
    assert seen.stretch is None
    assert seen.add(begin) is None


def test_a_clock_that_was_set_to_2200_allows_no_time_that_is_no_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(span, "now", lambda: microseconds(datetime(2200, 1, 1, tzinfo=UTC)))
    assert Span("x").add(microseconds(datetime(2150, 1, 1, tzinfo=UTC))) == "future_time"
