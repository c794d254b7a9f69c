"""The lines of a table as text, for the csv module of Python: bounded, with what must be known of the last one."""

from __future__ import annotations

import io
from typing import Protocol

from permadani.errors import TooLarge
from permadani.language import N_
from permadani.sources.reading.jsonhead import BOM

LONGEST_LINE = 1 << 20
"""The most bytes of a line."""


class Lined(Protocol):
    def readline(self, size: int, /) -> bytes: ...


def bounded(stream: Lined, number: int, limit: int) -> bytes:
    """The next line with its end, which is line ``number``; nothing at the end.

    Raises:
        TooLarge: it has more than ``limit`` bytes.
    """
    line = stream.readline(limit + 1)
    if len(line) > limit:
        raise TooLarge(
            N_("line {line} is longer than {limit} MB"),
            hint=N_("A message is never that large: the file is damaged, or of another kind."),
            line=f"{number:,}",
            limit=limit // 1_000_000,
        )
    return line


class TextLines:
    """The lines with their ends. ``broken``: something in them was no UTF-8 and is replaced; ``ended``: all were given.

    Raises:
        TooLarge: a line has more than 1 MB.
    """

    def __init__(self, stream: io.BufferedReader) -> None:
        self._stream = stream
        self.last, self.ended, self.broken, self._number = "", False, False, 0

    @property
    def unfinished(self) -> bool:
        """Whether the last line that was given has no end: then the file stops there."""
        return bool(self.last) and not self.last.endswith("\n")

    def __iter__(self) -> TextLines:
        return self

    def __next__(self) -> str:
        self._number += 1
        line = bounded(self._stream, self._number, LONGEST_LINE)
        if not line:
            self.ended = True
            raise StopIteration
        try:
            self.last = line.removeprefix(BOM).decode()
        except UnicodeDecodeError:
            self.last, self.broken = line.removeprefix(BOM).decode("utf-8", "replace"), True
        return self.last
