"""From when to when another file of the same export reaches, without reading its entries."""

from __future__ import annotations

import re
from collections.abc import Iterable

from permadani.errors import InputError
from permadani.sources.facebook.owner import CHANNEL
from permadani.sources.facebook.records import moment
from permadani.sources.reading.files import InputFile
from permadani.sources.reading.span import Span as Seen

_TIME = re.compile(rb'"timestamp"\s{0,4}:\s{0,4}(\d{1,15})[\s,}\]]')
PIECE, LONGEST = 1 << 20, 64
Span = tuple[int, int]


def span_of(file: InputFile) -> Span | None:
    """The first and last time in it; as far as it can be read."""
    seen, before = Seen(CHANNEL), b""
    try:
        with file.open() as stream:
            while piece := stream.read(PIECE):
                text = before + piece
                for found in set(_TIME.findall(text)):
                    if (when := moment(int(found))) is not None:
                        seen.add(when)  # a time that cannot be is told where that file is read itself
                before = text[-LONGEST:]
    except InputError:
        pass  # told where that file is read itself
    return seen.stretch


def union(span: Span, files: Iterable[InputFile]) -> Span:
    """What one download holds it holds up to one moment, in whichever of its files."""
    spans = [span, *(found for file in files if (found := span_of(file)) is not None)]
    return min(first for first, _ in spans), max(last for _, last in spans)
