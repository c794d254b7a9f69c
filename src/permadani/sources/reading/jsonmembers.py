"""Large arrays inside an object (``{"…": …, "items": [ … ]}``) piece by piece, however large they are."""

from __future__ import annotations

import io
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from typing import Any

import msgspec

from permadani.errors import TooLarge, UnexpectedEnd
from permadani.language import N_
from permadani.sources.reading import jsonstream
from permadani.sources.reading.files import InputFile
from permadani.sources.reading.jsonrecords import DECODING, beginning, mended

KEPT_LIMIT = 64 * 1024 * 1024
"""The most bytes that one object may have besides its spread arrays."""
PER_VALUE = 16
"""What a value takes at least besides its own bytes."""
_TOKEN = re.compile(rb'("(?:[^"\\]++|\\.)*+")(\s*+:)?|([{}])|([^\s{}",:\[\]]++)', re.DOTALL)


@dataclass(slots=True)
class Whole:
    """An object of the file: what was read of it so far, without its spread arrays; ``broken``: parts that are no JSON.

    Where an array holds one element, ``fields`` holds that element: the pieces do not tell the two apart.
    """

    fields: dict[str, Any] = field(default_factory=dict)
    broken: int = 0


@dataclass(slots=True)
class _Reader:
    spread: Collection[str]
    whole: Whole = field(default_factory=Whole)
    open: bool = False
    key: str | None = None
    values: list[Any] = field(default_factory=list)
    kept: int = 0

    def pieces(self, stream: io.BufferedReader) -> Iterator[tuple[Whole, bytes | None]]:
        for raw in jsonstream.elements(stream, level=1):
            if self.key is None or raw.startswith((b",", b"}")) or raw.endswith(b":"):
                yield from self._between(raw)
            elif self.key in self.spread:
                yield self.whole, raw
            else:
                self.values.append(self._kept(raw))
        if self.open:
            raise UnexpectedEnd(f"“{self.key}”")

    def _between(self, raw: bytes) -> Iterator[tuple[Whole, None]]:
        """Scalars, the end of an object, the beginning of the next, and last the key of what follows."""
        if self.key is not None and self.key not in self.spread:
            self.whole.fields[self.key] = self.values[0] if len(self.values) == 1 else self.values
        self.key, self.values = None, []
        for text, colon, bracket, scalar in _TOKEN.findall(raw):
            if bracket == b"{":
                self.whole, self.open, self.kept = Whole(), True, 0
            elif bracket:
                yield self.whole, None
                self.open, self.key = False, None
            elif colon:
                decoded = self._decoded(text)
                self.key = decoded if isinstance(decoded, str) else ""
            elif self.key is not None:
                self.whole.fields[self.key] = self._kept(text or scalar)
                self.key = None
            else:
                self.whole.broken += 1

    def _kept(self, raw: bytes) -> Any:
        self.kept += len(raw) + PER_VALUE
        if self.kept > KEPT_LIMIT:
            limit = KEPT_LIMIT // 1_000_000
            raise TooLarge(N_("it has more than {limit} MB, too much for one piece"), limit=limit)
        return self._decoded(raw)

    def _decoded(self, raw: bytes) -> Any:
        try:
            return msgspec.json.decode(mended(raw))
        except DECODING:
            self.whole.broken += 1
            return None


def members(file: InputFile, spread: Collection[str]) -> Iterator[tuple[Whole, bytes | None]]:
    """The elements of the arrays under the keys ``spread`` of every object of a file, each with what is known of the
    object so far; at the end of an object the object itself, with None.

    Raises:
        UnexpectedEnd: the file stops inside an object; what was complete has been yielded.
        Unreadable: it is UTF-16, or does not begin as JSON does.
        TooLarge: an element, or all the rest of an object, has more than 64 MB.
    """
    skip, _ = beginning(file)
    with file.open() as stream:
        stream.read(skip)
        yield from _Reader(spread).pieces(stream)
