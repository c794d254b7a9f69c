"""The stretch of time that a file of a list archive is for, as its name says: a year, quarter, month, week or day."""

from __future__ import annotations

import re
from calendar import month_abbr, month_name
from dataclasses import dataclass
from datetime import date, timedelta

from permadani.sources.reading import mail, mbox
from permadani.sources.reading.files import InputFile

DAY = mail.DAY
_MONTHS = {name.lower(): number for names in (month_name, month_abbr) for number, name in enumerate(names) if name}
_NAME = re.compile(
    r"(?P<list>.{0,100}?[-_. ])??(?:(?P<year>\d{4})(?:q(?P<quarter>[1-4])|-(?P<month>[A-Za-z]{3,9}))?"
    r"|(?P<week>Week-of-Mon-)?(?P<day>\d{8}))(?P<rest>(?:\.(?:txt|mbox))*)"
)
_ENGLISH = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
            "November", "December")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Period:
    """``since`` and ``until`` in microseconds; ``before``, ``after``: what the files of the periods around it
    are called; ``prefix``: what the name says before the time, which may be the list."""

    since: int
    until: int
    before: str
    after: str
    prefix: str


def period_of(name: str) -> Period | None:
    """What the name of a file says, or None (also where it says no such time)."""
    found = _NAME.fullmatch(name)
    if found is None:
        return None
    try:
        first, end, before, after = _dates(found)
    except (ValueError, OverflowError):
        return None
    prefix, rest = found["list"] or "", found["rest"]
    return Period(_start(first), _start(end), f"{prefix}{before}{rest}", f"{prefix}{after}{rest}", prefix)


def _dates(found: re.Match[str]) -> tuple[date, date, str, str]:
    """The first day, the one after the last, and the times of the periods before and after as names write them."""
    if found["day"]:
        text, days = found["day"], 7 if found["week"] else 1
        first = date(int(text[:4]), int(text[4:6]), int(text[6:]))
        week, length = found["week"] or "", timedelta(days)
        return first, first + length, f"{week}{first - length:%Y%m%d}", f"{week}{first + length:%Y%m%d}"
    year = int(found["year"])
    if not 1970 <= year <= 2100:
        raise ValueError(year)
    if found["quarter"]:
        quarter = int(found["quarter"])
        before = f"{year}q{quarter - 1}" if quarter > 1 else f"{year - 1}q4"
        after = f"{year}q{quarter + 1}" if quarter < 4 else f"{year + 1}q1"
        return date(year, 3 * quarter - 2, 1), _month_after(year, 3 * quarter), before, after
    if found["month"]:
        month = _MONTHS.get(found["month"].lower())
        if month is None:
            raise ValueError(found["month"])
        letters = None if len(found["month"]) > 3 or month == 5 else 3
        before, after = _ENGLISH[month - 2][:letters], _ENGLISH[month % 12][:letters]
        around = f"{year - (month == 1)}-{before}", f"{year + (month == 12)}-{after}"
        return date(year, month, 1), _month_after(year, month), *around
    return date(year, 1, 1), date(year + 1, 1, 1), f"{year - 1}", f"{year + 1}"


def _month_after(year: int, month: int) -> date:
    return date(year + month // 12, month % 12 + 1, 1)


def _start(day: date) -> int:
    return (day.toordinal() - date(1970, 1, 1).toordinal()) * DAY


def last_before(file: InputFile, period: Period) -> int | None:
    """When the last message of the period before was sent, where its file lies beside this one and is whole."""
    beside = file.beside(period.before) or file.beside(period.before + ".gz")
    if beside is None:
        return None
    last = None
    try:
        with beside.open() as stream:
            for raw in mbox.messages(stream):
                line = mbox.FROM_LINE.match(raw) if raw is not None else None
                when = mail.line_time(mail.decoded(line[2])) if line else None
                if when is not None and when < period.since + DAY and (last is None or when > last):
                    last = when
    except Exception:  # told of by whoever reads that file
        return None
    return last
