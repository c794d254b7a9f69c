"""Mailboxes of one file (mbox): cut into messages at their From lines, chunk by chunk."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from itertools import pairwise

from permadani.errors import UnexpectedEnd
from permadani.sources.reading.jsonhead import BOM

MESSAGE_LIMIT = 64 * 1024 * 1024
"""A message with more bytes is passed over."""
CHUNK = 1 << 20
MOST_AT_ONCE = 8 << 20
LINE_LIMIT = 1000
"""A From line is shorter than this."""
_DAY, _MONTH = rb"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)", rb"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"
_ZONE = rb"(?:[+-]\d{4}|[A-Z]{1,5})"
_TIME = rb"%s +%s +\d{1,2} +\d\d:\d\d(?::\d\d)?(?: +%s)? +\d{4}(?: +%s)?" % (_DAY, _MONTH, _ZONE, _ZONE)
_FIRST = rb"From ([^\n]{0,800}?) *(%s)[ \t]*\r?\n" % _TIME
_HEADER = rb">?[!-9;-~]{1,76}[ \t]?:"
FROM_LINE = re.compile(_FIRST + b"(?=" + _HEADER + b")")
"""The line that begins a message: who, when, and a header line after it (a body may hold lines that begin alike)."""
_SEPARATOR = re.compile(b"\n(?=" + _FIRST + _HEADER + b")")
_OBFUSCATED = re.compile(rb"\S+ at \S+")


def begins(head: bytes) -> re.Match[bytes] | None:
    """The From line of the first message, where the head of a file begins as an mbox does."""
    return FROM_LINE.match(head.removeprefix(BOM).lstrip(b"\r\n"))


def obfuscated(line: re.Match[bytes]) -> bool:
    """Whether the From line writes addresses as Mailman's archives do: ``name at host.example``."""
    return _OBFUSCATED.fullmatch(line[1].strip()) is not None


def in_head(head: bytes) -> list[bytes]:
    """The messages of the head of a file, each with its From line, the last one maybe in part."""
    head = b"\n" + head.removeprefix(BOM).lstrip(b"\r\n")
    starts = [found.start() + 1 for found in _SEPARATOR.finditer(head)]
    return [head[start:end] for start, end in pairwise([*starts, len(head)])]


def messages(stream: io.BufferedReader, limit: int = MESSAGE_LIMIT, chunk: int = CHUNK) -> Iterator[bytes | None]:
    """Every message with its From line; None for one that has more than ``limit`` bytes.

    Raises:
        UnexpectedEnd: the file stops in the middle of its last message, which is not yielded (an mbox ends with a line
            end); what precedes it was.
    """
    rest, searched, giant, cut = b"\n", 0, False, None  # a line end before the first From line: it is like all others
    first = True
    while cut is None:
        more, cut = _gathered(stream, max(chunk, min(len(rest), MOST_AT_ONCE)))
        if not more:
            break
        if first:
            more, first = more.removeprefix(BOM), False
        rest += more
        start = 0
        for found in _SEPARATOR.finditer(rest, searched):
            if giant:
                giant = False
                yield None
            elif found.start() > start and not rest[start : min(found.start(), start + 99)].isspace():
                yield rest[start + 1 : found.start() + 1]
            start = found.start()
        rest = rest[start:]
        searched = max(0, len(rest) - LINE_LIMIT)
        if len(rest) > limit:
            rest, searched, giant = rest[-LINE_LIMIT:], 0, True
    if cut is not None:
        raise cut
    if giant:
        yield None
    elif not rest.isspace():
        if not rest.endswith((b"\n", b"\r")):
            raise UnexpectedEnd("the last message")
        yield rest[1:]


def _gathered(stream: io.BufferedReader, size: int) -> tuple[bytes, UnexpectedEnd | None]:
    """About ``size`` bytes, fewer at the end; with the error where the file is cut off after them."""
    pieces: list[bytes] = []
    missing = size
    try:
        while missing > 0 and (piece := stream.read1(missing)):
            pieces.append(piece)
            missing -= len(piece)
    except UnexpectedEnd as error:
        return b"".join(pieces), error
    return b"".join(pieces), None
