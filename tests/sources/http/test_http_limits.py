"""When servers want to be asked again, in every form they say it in."""

from __future__ import annotations

import math
from datetime import UTC, datetime
from email.utils import format_datetime

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from permadani.sources.http.limits import LONGEST, Pace, asked, seconds_of

NOW = 1_790_000_000.0  # 2026-09-21


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("0", 0), ("7", 7), (" 7 ", 7), ("1.5", 1.5), ("86400", 86400), ("-5", None), ("", None), ("soon", None),
        ("1e5", None), ("inf", None), ("nan", None), ("0x10", None), ("٧", None), ("7 s", None), ("7, 8", None),
        ("9" * 12, LONGEST), ("9" * 15, LONGEST), ("9" * 400, None),
        (str(int(NOW) + 90), 90), (str(int(NOW) - 90), 0), (str((int(NOW) + 90) * 1000), 90),
        ("Mon, 21 Sep 2026 14:14:20 GMT", 60), ("Mon, 21 Sep 2026 16:14:20 +0200", 60),
        ("Mon, 21 Sep 2020 14:14:20 GMT", 0),
        ("Fri, 31 Dec 9999 23:59:59 GMT", LONGEST), ("2026-09-21T14:14:20.000Z", 60), ("2026-09-21T14:14:20", 60),
        ("9999-12-31T23:59:59Z", LONGEST), ("0001-01-01T00:00:00Z", 0), ("Mon, 99 Sep 2026 14:14:20 GMT", None),
        ("Mon, 21 Sep 10000 14:14:20 GMT", None),
    ],
)  # fmt: skip
def test_times_to_wait(text: str, seconds: float | None) -> None:
    assert seconds_of(text, NOW) == (None if seconds is None else pytest.approx(seconds, abs=0.001))


@given(st.text(max_size=60))
@example("0001-01-01T00:00:00+23:59")
@example("9999-12-31T23:59:59-23:59")
def test_any_text_is_a_time_in_bounds_or_nothing(text: str) -> None:
    seconds = seconds_of(text, NOW)
    assert seconds is None or (0 <= seconds <= LONGEST and math.isfinite(seconds))


@given(st.integers(0, 200_000))
def test_three_ways_to_say_the_same(wait: int) -> None:
    moment = datetime.fromtimestamp(NOW + wait, UTC)
    for text in (str(wait), format_datetime(moment, usegmt=True), moment.isoformat(), str(int(NOW) + wait)):
        assert seconds_of(text, NOW) == pytest.approx(wait)


@pytest.mark.parametrize(
    ("status", "headers", "seconds"),
    [
        (429, {"retry-after": "9"}, 9),
        (503, {"retry-after": "9"}, 9),
        (200, {"retry-after": "9"}, None),
        (500, {"retry-after": "9"}, None),
        (200, {"ratelimit-remaining": "0", "ratelimit-reset": "12"}, 12),
        (200, {"ratelimit-remaining": "1", "ratelimit-reset": "12"}, None),
        (200, {"ratelimit-remaining": "0", "ratelimit-reset": str(int(NOW) + 12)}, 12),
        (200, {"x-ratelimit-remaining": "0", "x-ratelimit-reset": "2026-09-21T14:14:20.000Z"}, 60),
        (200, {"x-ratelimit-remaining": "", "x-ratelimit-reset": "12"}, None),
        (200, {"ratelimit-remaining": "0"}, None),
        (200, {"ratelimit-remaining": "none", "ratelimit-reset": "x"}, None),
        (429, {"ratelimit-remaining": "3", "ratelimit-reset": "12"}, 12),
        (429, {"retry-after": "soon", "x-ratelimit-reset": "12"}, 12),
        (429, {}, None),
        (200, {}, None),
    ],
)
def test_what_headers_ask_for(status: int, headers: dict[str, str], seconds: float | None) -> None:
    assert asked(status, headers, NOW) == (None if seconds is None else pytest.approx(seconds))


def test_a_clock_that_is_wrong_does_not_matter() -> None:
    """The server lives three hours ahead of this computer; what counts is what its own clock says."""
    headers = {"date": "Mon, 21 Sep 2026 17:13:20 GMT", "retry-after": "Mon, 21 Sep 2026 17:13:50 GMT"}
    assert asked(429, headers, NOW) == 30
    assert asked(429, headers | {"date": "yesterday"}, NOW) == pytest.approx(3 * 3600 + 30)
    assert asked(429, {"date": "Mon, 21 Sep 2026 17:13:20 GMT", "retry-after": "5"}, NOW) == 5


def test_each_host_has_its_own_pace() -> None:
    pace = Pace()
    pace.learn("ada.example", 200, {"ratelimit-remaining": "0", "ratelimit-reset": "100"})
    pace.learn("ben.example", 200, {})
    assert pace.wait("ada.example") == pytest.approx(100, abs=5)
    assert pace.wait("ben.example") == pace.wait("new.example") == pace.pause("new.example") == 0
    assert 0 < pace.pause("ben.example") <= 0.05
    pace.waited("ada.example")
    assert pace.wait("ada.example") == 0
