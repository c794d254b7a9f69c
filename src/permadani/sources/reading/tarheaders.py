"""The members of a tar one after the other, in memory that does not grow with them.

tarfile itself keeps every member, copies global headers into each, reads names of any length and holes of any size,
and goes one call deeper with every extended header. Here it only takes single header blocks to pieces.
"""

from __future__ import annotations

import io
import posixpath
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass

from permadani.errors import InputError, TooLarge, UnexpectedEnd, Unreadable
from permadani.language import N_

BLOCK = tarfile.BLOCKSIZE
NAME_LIMIT = 64 * 1024
HEADER_LIMIT = 1024 * 1024
"""The most bytes of one extended header; programs for the Mac keep pictures there."""
MOST_IN_A_ROW = 16
"""A member has at most three or four extended headers."""
ALL_NAMES_LIMIT = 64 * 1024 * 1024
"""The most bytes that all names together may have: they are kept until the archive is read."""
_PAX, _GLOBAL = (tarfile.XHDTYPE, tarfile.SOLARIS_XHDTYPE), tarfile.XGLTYPE
_LONG = (tarfile.GNUTYPE_LONGNAME, tarfile.GNUTYPE_LONGLINK)
_EXTENDED = (*_PAX, _GLOBAL, *_LONG)
_DIGITS = 20


@dataclass(slots=True)
class Member:
    """``size``: the bytes of it that follow. ``sparse``: holes stand for most of it."""

    name: str
    size: int
    is_folder: bool
    is_regular: bool
    sparse: bool


class Members:
    """Iterates over the members; ``read`` gives the content of the present one.

    Raises:
        UnexpectedEnd: the archive stops inside a header or a content.
        Unreadable: something in it is no tar.
        TooLarge: its headers are larger than any that a program writes.
    """

    def __init__(self, stream: io.BufferedReader) -> None:
        self._stream = stream
        self._left = self._padding = self._names = 0
        self._last = "0"

    def __iter__(self) -> Iterator[Member]:
        while (member := self._next()) is not None:
            self._last = member.name
            self._left, self._padding = member.size, -member.size % BLOCK
            yield member
            self._skip(self._left + self._padding)

    def read(self, size: int) -> bytes:
        """The next bytes of the present member; none at its end."""
        data = self._stream.read(min(size, self._left))
        if not data and self._left and size:
            raise UnexpectedEnd(self._last)
        self._left -= len(data)
        return data

    def _skip(self, size: int) -> None:
        while size > 0:
            if not (data := self._stream.read(min(size, 1 << 20))):
                raise UnexpectedEnd(self._last)
            size -= len(data)

    def _next(self) -> Member | None:
        name: str | None = None
        pax: dict[bytes, bytes] = {}
        for _ in range(MOST_IN_A_ROW):
            block = self._stream.read(BLOCK)
            if not block or block.count(0) == BLOCK:
                return None
            info = self._header(block)
            if info.type not in _EXTENDED:
                return self._member(info, block, name, pax)
            body = self._body(info)
            if info.type in _PAX:
                pax |= _records(body)
            elif info.type == tarfile.GNUTYPE_LONGNAME:
                name = body.partition(b"\0")[0].decode("utf-8", "replace")
        raise TooLarge(N_("more than {most} headers of the archive follow one another"), most=MOST_IN_A_ROW)

    def _header(self, block: bytes) -> tarfile.TarInfo:
        if len(block) < BLOCK:
            raise UnexpectedEnd(self._last)
        try:
            info = tarfile.TarInfo.frombuf(block, "utf-8", "replace")
        except InputError:
            raise
        except Exception as error:  # whatever tarfile stumbles over
            raise _damaged(error) from None
        if info.size < 0:
            raise _damaged("size < 0")
        return info

    def _body(self, info: tarfile.TarInfo) -> bytes:
        most = NAME_LIMIT if info.type in _LONG else HEADER_LIMIT
        if info.size > most:
            raise TooLarge(N_("a header of the archive has more than {limit} kB"), limit=most // 1024)
        body = self._stream.read(info.size + -info.size % BLOCK)
        if len(body) < info.size:
            raise UnexpectedEnd(self._last)
        return body[: info.size]

    def _member(self, info: tarfile.TarInfo, block: bytes, name: str | None, pax: dict[bytes, bytes]) -> Member:
        name = pax[b"path"].decode("utf-8", "replace") if b"path" in pax else info.name if name is None else name
        self._names += len(name)
        if self._names > ALL_NAMES_LIMIT:
            raise TooLarge(N_("the names in the archive have more than {limit} MB"), limit=ALL_NAMES_LIMIT >> 20)
        sparse = info.type == tarfile.GNUTYPE_SPARSE or any(key.startswith(b"GNU.sparse.") for key in pax)
        size = info.size
        if b"size" in pax:
            if not pax[b"size"].isdigit() or len(pax[b"size"]) > _DIGITS:
                raise _damaged("size")
            size = int(pax[b"size"])
        if not (info.isreg() or info.type not in tarfile.SUPPORTED_TYPES):
            size = 0  # folders, links and devices have no content, whatever they say
        more = info.type == tarfile.GNUTYPE_SPARSE and block[482]
        while more:  # the list of its holes goes on
            block = self._stream.read(BLOCK)
            if len(block) < BLOCK:
                raise UnexpectedEnd(self._last)
            more = block[504]
        return Member(posixpath.normpath(name), size, info.isdir(), info.isreg(), sparse)


def _records(body: bytes) -> dict[bytes, bytes]:
    """What matters of a pax header: ``LENGTH KEY=VALUE`` and a line end each."""
    found: dict[bytes, bytes] = {}
    at = 0
    while at < len(body):
        blank = body.find(b" ", at, at + _DIGITS)
        length = int(body[at:blank]) if blank > at and body[at:blank].isdigit() else 0
        key, equals, value = body[blank + 1 : at + length - 1].partition(b"=")
        if not equals or body[at + length - 1 : at + length] != b"\n":
            raise _damaged("pax")
        if key in (b"path", b"size") or key.startswith(b"GNU.sparse."):
            found[key if len(key) < 100 else key[:100]] = value
        at += length
    return found


def _damaged(detail: object) -> Unreadable:
    return Unreadable(N_("the archive is damaged or cut off ({detail})"), detail=detail)
