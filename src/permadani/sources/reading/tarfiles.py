"""The files in a .tar or .tar.gz. It is read once from the front; what is not a picture or film is kept aside."""

from __future__ import annotations

import io
import posixpath
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO, cast

from permadani.errors import InputError, TooLarge, Unreadable
from permadani.language import N_
from permadani.sources.reading.files import HEAD_BYTES, InputFile, Unopened, bomb_limit
from permadani.sources.reading.magic import is_media
from permadani.sources.reading.tarheaders import Members
from permadani.sources.reading.zipfiles import MAX_MEMBERS, UNPACK_HINT, bomb


def is_tar(head: bytes) -> bool:
    """Whether the (decompressed) beginning of a file is that of a tar of POSIX or GNU."""
    return head[257:262] == b"ustar"


@dataclass(frozen=True, slots=True)
class _Kept:
    """Where the bytes of a member lie in the file aside."""

    name: str
    start: int
    size: int


class _Slice(io.RawIOBase):
    """A part of the file aside, read without disturbing other readers of it."""

    def __init__(self, whole: IO[bytes], part: _Kept) -> None:
        self._whole, self._at, self._end = whole, part.start, part.start + part.size

    def readable(self) -> bool:
        return True

    def readinto(self, buffer) -> int:  # type: ignore[no-untyped-def]
        self._whole.seek(self._at)
        data = self._whole.read(min(len(buffer), self._end - self._at))
        self._at += len(data)
        buffer[: len(data)] = data
        return len(data)


def in_tar(file: InputFile) -> Iterator[InputFile | Unopened]:
    """Every regular file in it. Links and devices are named and not followed; a cut archive gives what precedes the
    cut and is named as cut."""
    with tempfile.TemporaryFile(prefix="permadani-") as aside:
        refused: list[Unopened] = []
        kept: list[_Kept] = []
        cut: Unopened | None = None
        try:
            _keep(file, aside, kept, refused)
        except InputError as error:
            cut = Unopened(file.path, error)
        except OSError as error:
            detail = error.strerror or error
            cut = Unopened(file.path, Unreadable(N_("the archive is damaged or cut off ({detail})"), detail=detail))
        yield from refused
        by_name = {part.name: part for part in kept}
        for part in kept:
            yield _member(file, cast(IO[bytes], aside), part, by_name)
        if cut is not None:
            yield cut


def _keep(file: InputFile, aside: IO[bytes], kept: list[_Kept], refused: list[Unopened]) -> None:
    room = bomb_limit(file.size)
    with file.open() as stream:
        members = Members(stream)
        for count, member in enumerate(members, start=1):
            shown = f"{file.path}!/{member.name}"
            if count > MAX_MEMBERS:
                raise TooLarge(N_("the archive holds more than {most} files"), most=MAX_MEMBERS)
            if member.is_folder:
                continue
            if member.sparse:
                message = N_("it is stored with holes, which can become far larger than the archive")
                refused.append(Unopened(shown, TooLarge(message, hint=UNPACK_HINT)))
                continue
            if not member.is_regular:
                refused.append(Unopened(shown, Unreadable(N_("it is not a regular file"))))
                continue
            head = _read(members, HEAD_BYTES)
            if not is_media(head) and aside.tell() + member.size > room:
                raise bomb(file.size, aside.tell() + member.size)
            start, size = aside.tell(), len(head)
            aside.write(head)
            while not is_media(head) and (more := members.read(1 << 20)):
                aside.write(more)
                size += len(more)
            kept.append(_Kept(member.name, start, size))


def _read(members: Members, size: int) -> bytes:
    data = b""
    while len(data) < size and (more := members.read(size - len(data))):
        data += more
    return data


def _member(file: InputFile, aside: IO[bytes], part: _Kept, by_name: dict[str, _Kept]) -> InputFile:
    def opener() -> IO[bytes]:
        return cast(IO[bytes], io.BufferedReader(_Slice(aside, part)))

    def beside(name: str) -> InputFile | None:
        found = by_name.get(posixpath.normpath(posixpath.join(posixpath.dirname(part.name), name)))
        return _member(file, aside, found, by_name) if found else None

    name = part.name.rsplit("/", 1)[-1]
    return InputFile(f"{file.path}!/{part.name}", name, part.size, opener, neighbours=beside)
