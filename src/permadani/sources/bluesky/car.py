"""The blocks of a CAR file (version 1) by their hash. https://ipld.io/specs/transport/car/carv1/

One pass makes an index of where every block lies (21 bytes a block, so that half a gigabyte can be read) and checks
its bytes against the hash in its name; then blocks are read one at a time. libipld decodes what is in them: it is
strict, knows no recursion without end, and refuses lengths that the data does not have. Its own reader of CAR files
holds all of a file in memory and gives up at the first fault, so this is not used.
"""

from __future__ import annotations

import sys
from array import array
from bisect import bisect_left
from collections.abc import Iterator
from hashlib import sha256
from typing import IO, Any

import numpy as np

from permadani.errors import TooLarge, Unreadable
from permadani.language import N_
from permadani.vocabulary import Problem

DAG_CBOR, RAW = b"\x01\x71\x12\x20", b"\x01\x55\x12\x20"
"""How the names of blocks begin: CID version 1, the codec, SHA-256, 32 bytes."""
CID_LENGTH = 36
BLOCK_LIMIT = 1 << 20
"""A record of the protocol has at most one megabyte."""
HEADER_LIMIT = 1 << 16
CHUNK = 1 << 20
READ_AGAIN = 20
"""All blocks together may be decoded this many times over: whoever names one block a million times is refused."""


def decode(data: bytes) -> Any:
    """A value in DAG-CBOR; links come as the bytes of their CID.

    Raises:
        Unreadable: the package that decodes it is not installed.
        ValueError, RecursionError: it is none.
    """
    try:
        from libipld import decode_dag_cbor
    except ImportError:
        raise Unreadable(
            N_("reading a repository of Bluesky needs the package libipld, which is not installed"),
            hint=N_("Install it with: pip install 'permadani[bluesky]'"),
        ) from None
    return decode_dag_cbor(data)


class Blocks:
    """A CAR file with its index: ``scan`` once, then ``get``."""

    def __init__(self, stream: IO[bytes], size: int) -> None:
        self._stream, self._size = stream, size
        self.roots: list[bytes] = []
        self.cut: int | None = None
        """The byte where the file stops to make sense, None where it ends as it should."""
        self._keys = memoryview(b"").cast("Q")
        self._places: array[int] | np.ndarray[Any, Any] = array("Q")
        self._used = bytearray()
        self._budget = 0

    def __len__(self) -> int:
        return len(self._places)

    def scan(self) -> Iterator[Problem]:
        """Make the index. Raises Unreadable where it does not begin as a CAR file does."""
        hashes, places = bytearray(), array("Q")
        data, at, base = self._stream.read(CHUNK), 0, 0
        length, width = _varint(data, 0)
        if width and length <= HEADER_LIMIT and len(data) < width + length:
            self.cut = 0
            return
        self._header(data[width : width + length] if width and length <= HEADER_LIMIT else b"")
        at = width + length
        while True:
            if len(data) - at < 10 and (more := self._stream.read(CHUNK)):
                data, at, base = data[at:] + more, 0, base + at
            if at == len(data):
                break
            length, width = _varint(data, at)
            begin = base + at
            if not width or length <= CID_LENGTH or begin + width + length > self._size:
                self.cut = begin
                break
            if length > CID_LENGTH + BLOCK_LIMIT:
                yield Problem(reason="too_large", place=f"byte {begin:,}")
                self._stream.seek(begin + width + length)
                data, at, base = self._stream.read(CHUNK), 0, begin + width + length
                continue
            while len(data) - at < width + length and (more := self._stream.read(CHUNK)):
                data, at, base = data[at:] + more, 0, base + at
            start, at = at + width, at + width + length
            if at > len(data):  # the file became shorter while it was read
                self.cut = begin
                break
            kind = data[start : start + 4]
            if kind not in (DAG_CBOR, RAW):
                yield Problem(reason="unknown_block", place=f"byte {begin:,}", lost=False)
                continue
            digest = data[start + 4 : start + CID_LENGTH]
            if sha256(data[start + CID_LENGTH : at]).digest() != digest:
                # whether anything is lost with it is seen when it is asked for
                yield Problem(reason="wrong_hash", place=f"byte {begin:,}", lost=False)
            elif kind == DAG_CBOR:  # raw blocks are pictures
                hashes += digest[:8]
                places.append((base + start) << 21 | length)
        self._sort(hashes, places)

    def _header(self, raw: bytes) -> None:
        try:
            header = decode(raw)
        except (ValueError, RecursionError):
            header = None
        roots, version = (header.get("roots"), header.get("version")) if isinstance(header, dict) else (None, None)
        if version != 1 or not isinstance(roots, list) or not all(isinstance(root, bytes) for root in roots):
            raise Unreadable(N_("it is no repository: the header of a CAR file is missing or damaged"))
        self.roots = roots

    def _sort(self, hashes: bytearray, places: array[int]) -> None:
        keys = np.frombuffer(hashes, np.uint64)
        order = np.argsort(keys, kind="stable")
        self._keys = keys[order].data
        self._places = np.frombuffer(places, np.uint64)[order] if len(places) else places
        self._used = bytearray(len(places))
        self._budget = READ_AGAIN * self._size + CHUNK

    def get(self, cid: bytes) -> tuple[bytes, bool] | None:
        """The bytes of a block, and whether it was asked for before; None where it is not in the file.

        Raises:
            TooLarge: the same blocks were asked for again and again.
        """
        if len(cid) != CID_LENGTH or not cid.startswith(DAG_CBOR):
            return None
        key = int.from_bytes(cid[4:12], sys.byteorder)
        position = bisect_left(self._keys, key)
        while position < len(self._keys) and self._keys[position] == key:
            place = int(self._places[position])
            self._stream.seek(place >> 21)
            block = self._stream.read(place & 0x1FFFFF)
            self._budget -= len(block)
            if self._budget < 0:
                raise TooLarge(N_("it names the same data again and again, which looks like a decompression bomb"))
            if block.startswith(cid):
                again, self._used[position] = bool(self._used[position]), 1
                return block[CID_LENGTH:], again
            position += 1
        return None

    def unused(self) -> int:
        """How many different blocks were never asked for."""
        keys = np.asarray(self._keys)
        if not len(keys):
            return 0
        first = np.concatenate(([True], keys[1:] != keys[:-1]))
        return int((first & (np.frombuffer(self._used, np.uint8) == 0)).sum())


def _varint(data: bytes, at: int) -> tuple[int, int]:
    """An unsigned LEB128 number and its width in bytes; width 0 where there is none within ten bytes."""
    value = 0
    for width, byte in enumerate(data[at : at + 10], start=1):
        value |= (byte & 0x7F) << (7 * width - 7)
        if byte < 0x80:
            return value, width
    return value, 0
