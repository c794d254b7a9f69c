"""The files in a ZIP, read in place."""

from __future__ import annotations

import gzip
import posixpath
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO, cast

from permadani.errors import TooLarge, Unreadable
from permadani.language import N_
from permadani.sources.reading.files import InputFile, Unopened, bomb_limit

MAX_MEMBERS = 200_000
UNPACK_HINT = N_("If you trust it, unpack it yourself and import the folder.")


def in_zip(path: Path, shown: str) -> Iterator[InputFile | Unopened]:
    """Every member in the order of the directory; of two with one name both, as they lie there."""
    try:
        archive = zipfile.ZipFile(path)
    except (zipfile.BadZipFile, NotImplementedError, ValueError) as error:
        hint = N_("Download the archive again.")
        yield Unopened(shown, Unreadable(N_("the ZIP is damaged or cut off ({detail})"), hint=hint, detail=error))
        return
    with archive:
        members = [m for m in archive.infolist() if not m.is_dir()]
        if len(members) > MAX_MEMBERS:
            message = N_("the ZIP holds {count} files; at most {most} are read")
            yield Unopened(shown, TooLarge(message, count=len(members), most=MAX_MEMBERS))
            return
        total, most = sum(m.file_size for m in members), bomb_limit(path.stat().st_size)
        if total > most:  # members may share their compressed bytes: each looks harmless, together they are not
            yield Unopened(shown, _bomb(path.stat().st_size, total))
            return
        by_name = {m.filename: m for m in members}
        for member in members:
            yield _member(archive, member, shown, by_name)


def _bomb(small: int, large: int) -> TooLarge:
    message = N_("it unpacks from {small} to {large} bytes, which looks like a decompression bomb")
    return TooLarge(message, hint=UNPACK_HINT, small=f"{small:,}", large=f"{large:,}")


def _member(
    archive: zipfile.ZipFile, member: zipfile.ZipInfo, shown: str, by_name: dict[str, zipfile.ZipInfo]
) -> InputFile | Unopened:
    inside = f"{shown}!/{member.filename}"
    limit = bomb_limit(member.compress_size)
    if member.file_size > limit:
        return Unopened(inside, _bomb(member.compress_size, member.file_size))

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
