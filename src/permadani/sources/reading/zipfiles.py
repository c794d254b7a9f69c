"""The files in a ZIP, read in place."""

from __future__ import annotations

import gzip
import posixpath
import zipfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import IO, cast

from permadani.errors import TooLarge, Unreadable
from permadani.language import N_
from permadani.sources.reading.files import InputFile, Unopened, bomb_limit

MAX_MEMBERS = 200_000
MAX_DIRECTORY = 64 * 1024 * 1024
"""The most bytes that the list of members may take; zipfile reads all of it at once."""
UNPACK_HINT = N_("If you trust it, unpack it yourself and import the folder.")
_ENCRYPTED = 0x1 | 0x40
_SIZE, _COUNT = 5, 4
"""Where zipfile's record of the end of the directory has them."""


class _Members(list[zipfile.ZipInfo]):
    """The members as zipfile finds them, no more than are read: the count at the end of a ZIP may lie."""

    def append(self, member: zipfile.ZipInfo) -> None:
        if len(self) == MAX_MEMBERS:
            raise _too_many()
        super().append(member)


class _Archive(zipfile.ZipFile):
    """Holds what zipfile puts into its ``filelist``."""

    @property
    def filelist(self) -> list[zipfile.ZipInfo]:
        return self._members

    @filelist.setter
    def filelist(self, members: list[zipfile.ZipInfo]) -> None:
        self._members = _Members(members)


def _opened(path: Path) -> _Archive:
    """Raises TooLarge before a list of millions of members is read."""
    with path.open("rb") as stream:
        end = zipfile._EndRecData(stream)  # type: ignore[attr-defined]
    if end is not None and (end[_COUNT] > MAX_MEMBERS or end[_SIZE] > MAX_DIRECTORY):
        raise _too_many()
    return _Archive(path)


def _too_many() -> TooLarge:
    return TooLarge(N_("the archive holds more than {most} files"), most=MAX_MEMBERS)


def in_zip(path: Path, shown: str) -> Iterator[InputFile | Unopened]:
    """Every member in the order of the directory; of two with one name both, as they lie there."""
    try:
        archive = _opened(path)
    except TooLarge as error:
        yield Unopened(shown, error)
        return
    except OSError:
        raise
    except Exception as error:  # whatever zipfile stumbles over in a damaged directory
        hint = N_("Download the archive again.")
        yield Unopened(shown, Unreadable(N_("the ZIP is damaged or cut off ({detail})"), hint=hint, detail=error))
        return
    with archive:
        # not is_dir(): until Python 3.12 it stumbles over a member without a name
        members = [m for m in archive.infolist() if not m.filename.endswith("/")]
        total, most = sum(m.file_size for m in members), bomb_limit(path.stat().st_size)
        if total > most:  # members may share their compressed bytes: each looks harmless, together they are not
            yield Unopened(shown, bomb(path.stat().st_size, total))
            return
        often = Counter(m.filename for m in members)
        by_name = {m.filename: m for m in members if often[m.filename] == 1}  # of two nobody knows which is meant
        for member in members:
            yield _member(archive, member, shown, by_name)


def bomb(small: int, large: int) -> TooLarge:
    message = N_("it unpacks from {small} to {large} bytes, which looks like a decompression bomb")
    return TooLarge(message, hint=UNPACK_HINT, small=f"{small:,}", large=f"{large:,}")


def _member(
    archive: zipfile.ZipFile, member: zipfile.ZipInfo, shown: str, by_name: dict[str, zipfile.ZipInfo]
) -> InputFile | Unopened:
    inside = f"{shown}!/{member.filename}"
    if member.flag_bits & _ENCRYPTED:
        return Unopened(inside, Unreadable(N_("the file is encrypted")))
    limit = bomb_limit(member.compress_size)
    if member.file_size > limit:
        return Unopened(inside, bomb(member.compress_size, member.file_size))

    def opener() -> IO[bytes]:
        return archive.open(member)

    def gz_opener() -> IO[bytes]:
        return cast(IO[bytes], gzip.open(archive.open(member), "rb"))

    def beside(name: str) -> InputFile | None:
        wanted = posixpath.normpath(posixpath.join(posixpath.dirname(member.filename), name))
        found = by_name.get(wanted)
        opened = _member(archive, found, shown, by_name) if found else None
        return opened if isinstance(opened, InputFile) else None

    name = member.filename.rsplit("/", 1)[-1]
    packed = name.endswith(".gz")
    return InputFile(
        inside, name.removesuffix(".gz"), member.compress_size, gz_opener if packed else opener, None, limit,
        neighbours=beside,
    )  # fmt: skip
