"""Times of exports."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from permadani.sources.reading.clock import EARLIEST, LATEST, iso, microseconds, rfc2822


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1970-01-01T00:00:01Z", 1_000_000),
        ("1970-01-01 00:00:01", 1_000_000),
        (" 1970-01-01T00:00:01Z\n", 1_000_000),
        ("1970-01-01T00:00:01.000002Z", 1_000_002),
        ("1970-01-01T01:00:01+01:00", 1_000_000),
        ("1969-12-31T23:59:59Z", -1_000_000),
        ("1970-01-02", 86_400_000_000),
        ("2000-02-29T00:00:00Z", 951_782_400_000_000),
        ("", None),
        ("never", None),
        ("0000-00-00 00:00:00", None),
        ("2001-02-29T00:00:00Z", None),
        ("2001-02-28T24:00:00Z", None),
        ("2001-02-28T23:60:00Z", None),
        ("2001-02-28T23:59:60Z", None),
        ("2001-02-28x23:59:59Z", None),
        ("1899-12-31T23:59:59Z", None),
        ("2100-01-01T00:00:01Z", None),
        ("9999-12-31T23:59:59-14:00", None),
        ("20010228T123456", 983_363_696_000_000),
        ("٢٠٠١-02-28T23:59:59Z", None),
    ],
)
def test_iso(text: str, expected: int | None) -> None:
    assert iso(text) == expected


@given(
    st.datetimes(datetime(1900, 1, 2), datetime(2099, 12, 31)), st.sampled_from(["T", " "]), st.sampled_from(["", "Z"])
)
def test_iso_agrees_with_the_library(moment: datetime, between: str, zone: str) -> None:
    moment = moment.replace(microsecond=0, fold=0)
    assert iso(moment.isoformat(between) + zone) == microseconds(moment)


@given(st.datetimes(datetime(1900, 1, 2), datetime(2099, 12, 30)), st.integers(-840, 840))
def test_microseconds_are_exact(moment: datetime, offset: int) -> None:
    zoned = moment.replace(tzinfo=timezone(timedelta(minutes=offset)))
    value = microseconds(zoned)
    assert datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=value) == zoned
    assert EARLIEST <= value <= LATEST


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Thu, 01 Jan 1970 00:00:01 +0000", 1_000_000),
        ("Thu, 01 Jan 1970 01:00:01 +0100", 1_000_000),
        ("Thu, 01 Jan 1970 00:00:01 GMT", 1_000_000),
        ("Mon, 30 Nov -0001 00:00:00 +0000", None),
        ("", None),
        ("soon", None),
        ("Thu, 01 Jan 1800 00:00:01 GMT", None),
        ("Thu, 99 Jan 1970 00:00:01 GMT", None),
    ],
)
def test_rfc2822(text: str, expected: int | None) -> None:
    assert rfc2822(text) == expected
