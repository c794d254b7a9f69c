"""Rows of neutral tables to records, value by value."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from typing import Any

from permadani.sources.reading.clock import EARLIEST, LATEST, iso
from permadani.vocabulary import Column, Object, Problem, Record, Table

ENUMERATIONS = {
    ("addressed", "kind"): frozenset({"mention", "to"}),
    ("coverage", "direction"): frozenset({"inbound", "outbound", "mentions"}),
    ("coverage", "completeness"): frozenset({"complete", "partial", "none"}),
    ("channels", "audience"): frozenset({"personal", "group"}),
}
FLAGS = {"true": True, "false": False, "1": True, "0": False}
SMALLEST_TIME = 100_000_000_000_000
"""Microseconds until 1973: a smaller number is rather seconds or milliseconds of our days."""
LONGEST_EXAMPLE = 120
_WHOLE = re.compile(r"\s*([+-]?\d{1,19})(?:\.0*)?\s*")
_SCHEME = re.compile(r"[a-z][a-z0-9+._-]*")
_CHANNELS = {"did": "bluesky", "at": "bluesky", "mailto": "email", "http": "web", "https": "web"}


def channel_of(identifier: str) -> str:
    """The channel of an id is its scheme: ``forum:post/1`` -> forum; ``https://…`` -> web, no scheme -> unknown."""
    scheme, colon, _ = identifier.partition(":")
    scheme = scheme.lower()
    return _CHANNELS.get(scheme, scheme) if colon and _SCHEME.fullmatch(scheme) else "unknown"


class Wrong(ValueError):
    """A value that says nothing; the reason is its text."""


class Rows:
    """Makes the records of one table. ``exact``: time columns that need no guess whether they are microseconds."""

    def __init__(self, table: Table, columns: list[Column], required: list[str], exact: frozenset[str]) -> None:
        self._table, self._columns, self._required, self._exact = table, columns, frozenset(required), exact
        self._derived = any(c.name == "id" for c in table.columns) and any(c.name == "channel" for c in table.columns)
        # a coverage claim without its limits would claim more: such a row is lost as a whole
        self._strict = table.name == "coverage"

    def convert(self, row: tuple[Any, ...], place: str) -> Iterator[Record]:
        """The record of a row, or the problem why there is none, and a problem for each value that was left out."""
        values: dict[str, Any] = {}
        for column, value in zip(self._columns, row, strict=False):
            name, made = column.name, value
            if value is not None and not (type(value) is str and column.type == "text"):
                try:
                    made = self._value(column, value)
                except Wrong as wrong:
                    lost = self._strict or name in self._required
                    yield Problem(
                        reason=str(wrong), place=place, example=_example(column, value, str(wrong)), lost=lost
                    )
                    if lost:
                        return
                    continue
            if made is None:
                if name in self._required:
                    yield Problem(reason="missing_value", place=place, example=name)
                    return
                continue
            allowed = ENUMERATIONS.get((self._table.name, name))
            if allowed is not None and made not in allowed:
                yield Problem(reason="invalid_value", place=place, example=_example(column, value))
                return
            values[name] = made
        if self._derived and "channel" not in values:
            values["channel"] = channel_of(values["id"])
        if self._table.record is Object:
            values.setdefault("kind", "note")
        elif self._strict:
            for name in ("actor", "since", "until"):
                values.setdefault(name, None)
        yield self._table.record(**values)

    def _value(self, column: Column, value: Any) -> Any:
        if isinstance(value, float) and math.isnan(value):  # NaN, which data frames write for nothing
            return None
        if column.type == "id":
            return value or None
        if column.type == "time":
            return self._time(column, value)
        if column.type == "count":
            return _count(value)
        if column.type == "flag":
            return _flag(value)
        return value

    def _time(self, column: Column, value: Any) -> int | None:
        if isinstance(value, str):
            match = _WHOLE.fullmatch(value)
            if match is None:
                if not value.strip():
                    return None
                time = iso(value)
                if time is None:
                    raise Wrong("unparsable_time")
                return time
            value = int(match[1])
        if value != int(value):
            raise Wrong("unparsable_time")
        moment = int(value)
        if not EARLIEST <= moment <= LATEST or (abs(moment) < SMALLEST_TIME and column.name not in self._exact):
            raise Wrong("unparsable_time")
        return moment


def _count(value: Any) -> int | None:
    if isinstance(value, str):
        if not value.strip():
            return None
        match = _WHOLE.fullmatch(value)
        value = int(match[1]) if match else -1
    if value != int(value) or not 0 <= value < 2**63:
        raise Wrong("invalid_value")
    return int(value)


def _flag(value: Any) -> bool | None:
    if isinstance(value, bool):
        return value
    text = str(value).strip().lower()
    if text and text not in FLAGS:
        raise Wrong("invalid_value")
    return FLAGS.get(text)


def _example(column: Column, value: Any, reason: str = "") -> str:
    hint = ""
    if reason == "unparsable_time":
        if match := _WHOLE.fullmatch(str(value)):
            size = abs(int(match[1]))
            unit = "seconds" if size < 10**11 else "milliseconds" if size < SMALLEST_TIME else "nanoseconds"
            hint = f" (these may be {unit}; microseconds are wanted)"
        else:
            hint = " (ISO 8601 is wanted: 2022-01-31T08:00:00Z)"
    return f"{column.name}: {str(value)[: LONGEST_EXAMPLE - 80]}{hint}"
