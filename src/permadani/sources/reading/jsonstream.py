"""Big JSON files piece by piece: the elements of an array, or the lines of JSON Lines, as raw bytes.

No library that is installed splits a large array without decoding all of it (msgspec decodes whole texts), and pure
Python tokenizers manage some MB/s; this one looks at whole chunks with NumPy and reaches some hundreds. It only finds
where elements begin and end: whether they are JSON is for the decoder to say.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

import numpy as np

from permadani.errors import TooLarge, UnexpectedEnd
from permadani.language import N_
from permadani.sources.reading.textlines import Lined, bounded

ELEMENT_LIMIT = 64 * 1024 * 1024
"""The most bytes one element or line may have."""
SPACE = b" \t\r\n"

_OPEN, _CLOSE, _QUOTE, _COMMA = 1, -1, 2, 3
_CLASS = bytearray(256)
for _bytes, _class in ((b"[{", _OPEN), (b"]}", _CLOSE % 256), (b'"', _QUOTE), (b",", _COMMA)):
    for _byte in _bytes:
        _CLASS[_byte] = _class


class Readable(Protocol):
    def read1(self, size: int, /) -> bytes: ...


class _Piece:
    """The bytes of the element that is not complete yet."""

    def __init__(self, limit: int) -> None:
        self._parts: list[bytes] = []
        self._size, self._limit = 0, limit

    def keep(self, part: bytes) -> None:
        self._size += len(part)
        if self._size > self._limit:
            raise TooLarge(
                N_("one entry of it is larger than {limit} MB"),
                hint=N_("A message is never that large: the file is damaged, or of another kind."),
                limit=self._limit // 1_000_000,
            )
        if part:
            self._parts.append(part)

    def take(self, part: bytes) -> bytes:
        self.keep(part)
        whole = self._parts[0] if len(self._parts) == 1 else b"".join(self._parts)
        self._parts, self._size = [], 0
        return whole.strip(SPACE)


def elements(stream: Readable, limit: int = ELEMENT_LIMIT, chunk: int = 1 << 18, level: int = 0) -> Iterator[bytes]:
    """The elements of every top-level array, and every top-level object, each as raw bytes without blanks around.

    Arrays and objects may follow each other (as ``jq`` writes them). What stands between them and is not blank is
    yielded as an element too: the decoder will refuse it. Memory: a few chunks and one element. ``level`` 1 does the
    same with the arrays and objects one bracket further in (``reading/jsonmembers.py`` makes sense of it).

    Raises:
        UnexpectedEnd: the stream stops inside an array or object; what was complete has been yielded.
        TooLarge: an element has more than ``limit`` bytes.
    """
    piece, carry, offset = _Piece(limit), b"", 0
    depth, quoted, array, filled = 0, False, False, False
    while data := stream.read1(chunk):
        offset += len(data)
        data = carry + data if carry else data
        masked = data.replace(b"\\\\", b"__").replace(b'\\"', b"__") if b"\\" in data else data
        carry = b""
        if masked.endswith(b"\\"):  # what it escapes comes with the next chunk
            data, masked, carry = data[:-1], masked[:-1], b"\\"
        classes = np.frombuffer(masked.translate(_CLASS), np.int8)
        at = np.flatnonzero(classes != 0)
        begin = 0
        if len(at):
            kind = classes[at]
            inside = np.bitwise_xor.accumulate(kind == _QUOTE) ^ quoted
            deep = np.where(inside | (kind > _OPEN), 0, kind).cumsum(dtype=np.int64) + depth
            edge = ((kind == _COMMA) | (kind == _OPEN)) & (deep == level + 1) | (kind == _CLOSE) & (deep == level)
            cuts = np.flatnonzero(edge & ~inside)
            quoted, depth = bool(inside[-1]), int(deep[-1])
            for position, what in zip(at[cuts].tolist(), kind[cuts].tolist(), strict=True):
                if what == _OPEN:  # an array or object begins on this level
                    if between := piece.take(data[begin:position]):
                        yield between
                    array, filled = data[position] == 0x5B, False
                    begin = position + array
                elif what == _CLOSE:
                    last = piece.take(data[begin : position + (not array)])
                    if last or (array and filled):
                        yield last
                    array, begin = False, position + 1
                elif array:
                    yield piece.take(data[begin:position])
                    begin, filled = position + 1, True
        piece.keep(data[begin:])
    rest = piece.take(carry)
    if depth > 0:
        raise UnexpectedEnd(f"byte {offset:,}")
    if rest:
        yield rest


def lines(stream: Lined, limit: int = ELEMENT_LIMIT) -> Iterator[tuple[int, bytes]]:
    """The lines that are not blank, each with its number (from 1) and its line end, where it has one.

    Raises:
        TooLarge: a line has more than ``limit`` bytes.
    """
    number = 1
    while line := bounded(stream, number, limit):
        if not line.isspace():
            yield number, line
        number += 1
