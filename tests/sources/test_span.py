"""What a file may claim to reach: never beyond the moment of reading, never before its channel existed."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest
from test_golden import EXPECTED, GOLDEN, opened, source_of

from permadani.errors import InputError
from permadani.sources import InputFile, walk
from permadani.sources.base import ReadOptions
from permadani.sources.reading import span
from permadani.sources.reading.clock import microseconds
from permadani.sources.reading.span import DAY, Span
from permadani.vocabulary import Coverage, Object, Record

NOW = microseconds(datetime(2021, 5, 1, 12, tzinfo=UTC))


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(span, "now", lambda: NOW)


def test_it_reaches_from_the_first_to_the_last() -> None:
    seen = Span("x")
    assert seen.stretch is None
    assert [seen.add(NOW - n * DAY) for n in (5, 9, 2)] == [(), (), ()]
    assert seen.stretch == (seen.since, seen.until) == (NOW - 9 * DAY, NOW - 2 * DAY)


def test_the_future_does_not_widen_it_but_other_zones_do() -> None:
    seen = Span("web")
    assert seen.add(NOW - DAY) == ()
    (problem,) = seen.add(NOW + DAY + 1, "line 3")
    assert (problem.reason, problem.place, problem.example, problem.lost) == (
        "future_time", "line 3", "2021-05-02", False,
    )  # fmt: skip
    assert seen.stretch == (NOW - DAY, NOW - DAY)
    assert seen.add(NOW + DAY) == ()


@pytest.mark.parametrize(
    ("channel", "first"),
    [
        ("x", "2006-03-21"), ("facebook", "2004-02-04"), ("youtube", "2005-02-14"), ("google_plus", "2011-06-28"),
        ("bluesky", "2022-11-01"), ("mastodon", "1991-08-06"), ("discourse-forum.example.org", "1991-08-06"),
        ("disqus", "1991-08-06"), ("convokit-court", "1900-01-01"),
    ],
)  # fmt: skip
def test_nobody_wrote_before_the_channel_existed(channel: str, first: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(span, "now", lambda: NOW + 3000 * DAY)
    begin = microseconds(datetime.fromisoformat(first))
    seen = Span(channel)
    assert [problem.reason for problem in seen.add(begin - 1)] == ["time_before_channel"]
    assert seen.stretch is None
    assert seen.add(begin) == ()


def test_a_clock_that_was_set_to_2200_allows_no_time_that_is_no_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(span, "now", lambda: microseconds(datetime(2200, 1, 1, tzinfo=UTC)))
    assert Span("x").impossible(microseconds(datetime(2150, 1, 1, tzinfo=UTC))) == "future_time"


MINE = (
    "activitystreams",
    "convokit",
    "discourse",
    "disqus",
    "facebook",
    "feed",
    "google_plus",
    "x",
    "x_archive",
    "youtube",
)


@pytest.mark.parametrize("year", [2000, 2013, 2017, 2020])
@pytest.mark.parametrize("source", MINE)
def test_read_in_an_earlier_year_no_source_claims_what_comes_after(
    source: str, year: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    moment = microseconds(datetime(year, 1, 1, tzinfo=UTC))
    for file in walk(GOLDEN / source):
        assert isinstance(file, InputFile)
        if file.name.endswith(EXPECTED):
            continue
        path = Path(file.path.partition("!/")[0])
        monkeypatch.setattr(span, "now", lambda: moment)
        early = records_of(path)
        for claim in (record for record in early if isinstance(record, Coverage)):
            assert claim.until is not None and claim.until <= moment + DAY, path
        monkeypatch.undo()
        usual = records_of(path)
        assert [r.id for r in early if isinstance(r, Object)] == [r.id for r in usual if isinstance(r, Object)], path


def records_of(path: Path) -> list[Record]:
    found: list[Record] = []
    with suppress(InputError):
        found.extend(source_of(path).read(opened(path), ReadOptions()))
    return found
