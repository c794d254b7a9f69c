"""JSON of strangers, piece by piece: every way a file can hold many records, and every way a piece can be broken."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any

import msgspec

from permadani.errors import TooLarge, UnexpectedEnd, Unreadable
from permadani.language import N_
from permadani.sources.reading import jsonstream
from permadani.sources.reading.files import InputFile
from permadani.sources.reading.jsonhead import BOM, UTF16, is_spread

MALFORMED = "malformed_json"
LONGEST_EXAMPLE = 120
WHOLE_LIMIT = 64 * 1024 * 1024
"""The most bytes of a file that has to be decoded as one piece."""
_LONE_SURROGATE = re.compile(rb"(?i)\\\\|\\ud[89ab][0-9a-f]{2}\\ud[c-f][0-9a-f]{2}|(\\ud[89a-f][0-9a-f]{2})")


def beginning(file: InputFile, skip: int = 0) -> tuple[int, bytes]:
    """How many bytes stand before the JSON (``skip`` or a byte order mark), and its beginning without blanks.

    Raises:
        Unreadable: it is UTF-16, or does not begin as JSON does.
    """
    head = file.head
    if head[:2] in UTF16 or b"\0" in head[:4]:
        raise Unreadable(N_("it is stored as UTF-16, not as UTF-8"), hint=N_("Save it again as UTF-8."))
    skip = max(skip, len(BOM) if head.startswith(BOM) else 0)
    start = head[skip:].lstrip()
    if not start.startswith((b"{", b"[")):
        shown = start[:20].decode("utf-8", "replace")
        raise Unreadable(N_("it does not begin as JSON does, but with {start}"), start=repr(shown))
    return skip, start


def pieces(file: InputFile, skip: int = 0) -> Iterator[tuple[str, bytes]]:
    """Every JSON text of a file with its place: elements of its arrays, its objects, or its lines.

    ``skip``: bytes before the JSON begins (an assignment in JavaScript); a byte order mark is skipped anyway.

    Raises:
        UnexpectedEnd: the file stops inside a piece; those before it were yielded.
        Unreadable: it is UTF-16, or does not begin as JSON does.
        TooLarge: a piece has more than 64 MB.
    """
    skip, start = beginning(file, skip)
    with file.open() as stream:
        stream.read(skip)
        if skip > len(BOM) or start.startswith(b"[") or is_spread(start):
            for position, raw in enumerate(jsonstream.elements(stream), start=1):
                yield f"entry {position}", raw
        else:
            yield from _lines(stream)


def _lines(stream: io.BufferedReader) -> Iterator[tuple[str, bytes]]:
    """The lines. A cut one is told apart from a broken one by being the last, with brackets open."""
    before: tuple[int, bytes] | None = None
    cut: UnexpectedEnd | None = None
    try:
        for number, line in jsonstream.lines(stream):
            if before is not None:
                yield f"line {before[0]}", before[1]
            before = number, line
    except UnexpectedEnd as error:  # an archive that stops: the line before may be whole
        cut = error
    if before is not None:
        if _balanced(before[1]):
            yield f"line {before[0]}", before[1]
        else:
            cut = cut or UnexpectedEnd(f"line {before[0]}")
    if cut is not None:
        raise cut


def _balanced(line: bytes) -> bool:
    """Whether brackets and quotes are closed (else the line was cut, though a line end was written after it)."""
    try:
        for _ in jsonstream.elements(io.BytesIO(line)):
            pass
    except UnexpectedEnd:
        return False
    return True


def example(raw: bytes) -> str:
    """The beginning of a piece, as it is told with a problem."""
    return raw[:LONGEST_EXAMPLE].decode("utf-8", "replace").strip()


def mended(raw: bytes) -> bytes:
    """Half of an emoji (a text that some program cut) made the replacement character; others as they are."""
    if b"\\ud" not in raw.lower():
        return raw
    return _LONE_SURROGATE.sub(lambda m: b"\\ufffd" if m[1] else m[0], raw)


def reason_of(error: Exception) -> str:
    """Why a piece did not decode, as the reason of a problem."""
    if isinstance(error, RecursionError):
        return "nested_too_deeply"
    if isinstance(error, UnicodeDecodeError):
        return "invalid_utf8"
    return "unexpected_shape" if isinstance(error, msgspec.ValidationError) else MALFORMED


DECODING = (msgspec.DecodeError, UnicodeDecodeError, RecursionError, ValueError)
"""What decoding strangers' JSON raises; ``reason_of`` tells them apart."""


def values(file: InputFile, skip: int = 0) -> Iterator[tuple[str, Any, str | None]]:
    """Every piece decoded: place, value, and the reason why there is none. Raises as ``pieces`` does."""
    for place, raw in pieces(file, skip):
        try:
            yield place, msgspec.json.decode(mended(raw)), None
        except DECODING as error:
            yield place, example(raw), reason_of(error)


def whole(file: InputFile, skip: int = 0, limit: int = WHOLE_LIMIT) -> Any:
    """A file that is one JSON text, decoded at once.

    Raises:
        UnexpectedEnd: it stops in the middle.
        Unreadable: it is no JSON.
        TooLarge: it has more than ``limit`` bytes.
    """
    with file.open() as stream:
        data = stream.read(limit + 1)
    if len(data) > limit:
        raise TooLarge(N_("it has more than {limit} MB, too much for one piece"), limit=limit // 1_000_000)
    data = data[skip:].removeprefix(BOM).strip().removesuffix(b";")
    try:
        return msgspec.json.decode(mended(data))
    except DECODING as error:
        if not _balanced(data):
            raise UnexpectedEnd(f"byte {len(data):,}") from None
        raise Unreadable(N_("it is no valid JSON ({detail})"), detail=str(error)[:120]) from None
