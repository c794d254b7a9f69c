"""Files as strangers hand them in: folders are walked, ZIPs and .gz are read in place, bombs are refused.

Nothing is ever extracted next to the user's files, so names inside an archive cannot reach outside it.
"""

from __future__ import annotations

import gzip
import io
import os
import shutil
import stat
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import blake2b
from pathlib import Path
from typing import IO, cast

from permadani.errors import TooLarge, UnexpectedEnd, Unreadable
from permadani.language import N_

HEAD_BYTES = 64 * 1024
BOMB_RATIO = 200
BOMB_FLOOR = 64 * 1024 * 1024
"""Decompressed data may be 64 MB or 200 times its compressed size, whichever is more (text rarely exceeds 30)."""
MAX_MEMBERS = 200_000
DAMAGED = (zipfile.BadZipFile, zlib.error, gzip.BadGzipFile, NotImplementedError)


class GuardedStream(io.RawIOBase):
    """A decompressed stream that counts its bytes, refuses bombs, and names damage in our own words."""

    def __init__(self, stream: IO[bytes], limit: int | None, progress: Callable[[int], None] | None = None) -> None:
        self._stream, self._limit, self._progress, self.count = stream, limit, progress, 0
        # read1 hands over what is there: a cut .gz gives all that precedes the cut, where read would lose it
        self._read = getattr(stream, "read1", stream.read)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer) -> int:  # type: ignore[no-untyped-def]
        try:
            data = self._read(len(buffer))
        except EOFError:
            raise UnexpectedEnd(f"byte {self.count:,}") from None
        except DAMAGED as error:
            raise Unreadable(N_("the compressed data is damaged ({detail})"), detail=error) from None
        self.count += len(data)
        if self._limit is not None and self.count > self._limit:
            raise TooLarge(
                N_("it unpacks to more than {limit} MB, which looks like a decompression bomb"),
                hint=N_("If you trust it, unpack it yourself and import the folder."),
                limit=self._limit // 1_000_000,
            )
        if self._progress:
            self._progress(self.count)
        buffer[: len(data)] = data
        return len(data)

    def close(self) -> None:
        self._stream.close()
        super().close()


@dataclass(eq=False)
class InputFile:
    """One file to read: on disk, compressed, or inside a ZIP.

    ``path`` is for people (``a.zip!/posts.xml``), ``name`` its last part without ``.gz``, ``size`` the bytes on disk.
    """

    path: str
    name: str
    size: int
    opener: Callable[[], IO[bytes]]
    disk_path: Path | None = None
    limit: int | None = None
    progress: Callable[[int], None] | None = field(default=None, repr=False)

    def open(self) -> io.BufferedReader:
        """The decompressed bytes. Reading raises UnexpectedEnd, Unreadable or TooLarge, never zlib's own errors."""
        try:
            return io.BufferedReader(GuardedStream(self.opener(), self.limit, self.progress), 1 << 18)
        except DAMAGED as error:
            raise Unreadable(N_("the compressed data is damaged ({detail})"), detail=error) from None
        except RuntimeError as error:  # zipfile says so for encrypted members
            raise Unreadable(N_("the file is encrypted or cannot be opened ({detail})"), detail=error) from None
        except OSError as error:
            raise Unreadable(N_("the file cannot be opened ({detail})"), detail=error.strerror) from None

    @cached_property
    def head(self) -> bytes:
        """The first 64 kB, decompressed; shorter where the file is short or damaged."""
        progress, self.progress = self.progress, None
        found = b""
        try:
            with self.open() as stream:
                while len(found) < HEAD_BYTES and (more := stream.read1(HEAD_BYTES - len(found))):
                    found += more
        except UnexpectedEnd:
            pass  # what precedes the cut is enough to recognise the file; reading it will tell of the cut
        finally:
            self.progress = progress
        return found

    def digest(self) -> str:
        """blake2b of the bytes as they lie on disk (of the member, inside a ZIP)."""
        state = blake2b(digest_size=16)
        source = open(self.disk_path, "rb") if self.disk_path else self.open()  # noqa: SIM115, PTH123
        with source as stream:
            while chunk := stream.read(1 << 20):
                state.update(chunk)
        return state.hexdigest()

    @contextmanager
    def local(self) -> Iterator[Path]:
        """A real path to the decompressed bytes, for readers that need random access; a copy is removed again."""
        if self.disk_path is not None and self.limit is None and str(self.disk_path) == printable(self.disk_path):
            yield self.disk_path
            return
        with tempfile.TemporaryDirectory(prefix="permadani-") as folder:
            copy = Path(folder, "input")
            with self.open() as source, copy.open("wb") as target:
                shutil.copyfileobj(source, target, 1 << 20)
            yield copy


@dataclass(frozen=True, slots=True)
class Unopened:
    """Something in the way that cannot be read at all, with the reason."""

    path: str
    error: TooLarge | Unreadable


def printable(path: Path) -> str:
    """A path as text; what is not UTF-8 in a name becomes the replacement character."""
    return os.fsencode(path).decode("utf-8", "replace")


def _bomb_limit(compressed: int) -> int:
    return max(BOMB_FLOOR, compressed * BOMB_RATIO)


def _on_disk(path: Path, shown: str) -> InputFile:
    size = path.stat().st_size
    if path.suffix == ".gz":
        return InputFile(
            shown, path.stem, size, lambda: cast(IO[bytes], gzip.open(path, "rb")), path, _bomb_limit(size)
        )
    return InputFile(shown, path.name, size, lambda: path.open("rb"), path)


def _in_zip(path: Path, shown: str) -> Iterator[InputFile | Unopened]:
    try:
        archive = zipfile.ZipFile(path)
    except zipfile.BadZipFile as error:
        hint = N_("Download the archive again.")
        yield Unopened(shown, Unreadable(N_("the ZIP is damaged or cut off ({detail})"), hint=hint, detail=error))
        return
    with archive:
        members = [m for m in archive.infolist() if not m.is_dir()]
        if len(members) > MAX_MEMBERS:
            message = N_("the ZIP holds {count} files; at most {most} are read")
            yield Unopened(shown, TooLarge(message, count=len(members), most=MAX_MEMBERS))
            return
        for member in members:
            inside = f"{shown}!/{member.filename}"
            limit = _bomb_limit(member.compress_size)
            if member.file_size > limit:
                message = N_("it unpacks from {small} to {large} bytes, which looks like a decompression bomb")
                hint = N_("If you trust it, unpack it yourself and import the folder.")
                values = {"small": f"{member.compress_size:,}", "large": f"{member.file_size:,}"}
                yield Unopened(inside, TooLarge(message, hint=hint, **values))
                continue

            def opener(member: zipfile.ZipInfo = member) -> IO[bytes]:
                return archive.open(member)

            def gz_opener(member: zipfile.ZipInfo = member) -> IO[bytes]:
                return cast(IO[bytes], gzip.open(archive.open(member), "rb"))

            name = member.filename.rsplit("/", 1)[-1]
            if name.endswith(".gz"):
                yield InputFile(inside, name.removesuffix(".gz"), member.compress_size, gz_opener, None, limit)
            else:
                yield InputFile(inside, name, member.compress_size, opener, None, limit)


def walk(path: Path) -> Iterator[InputFile | Unopened]:
    """Every file under ``path`` in a stable order: folders walked, ZIPs entered once, links that leave it not followed.

    A ZIP's members can be read only until the next item is asked for.
    """
    if not path.is_dir():
        yield from _one(path, printable(path))
        return
    closed: list[OSError] = []
    for folder, folders, names in os.walk(path, onerror=closed.append):
        folders[:] = sorted(f for f in folders if not f.startswith("."))
        links = [f for f in folders if Path(folder, f).is_symlink()]
        for name in sorted([*names, *links]):
            if not name.startswith("."):
                yield from _one(Path(folder, name), printable(Path(folder, name)), inside=path)
    for error in closed:
        message = N_("the folder cannot be opened ({detail})")
        yield Unopened(printable(Path(error.filename)), Unreadable(message, detail=error.strerror))


def _one(path: Path, shown: str, inside: Path | None = None) -> Iterator[InputFile | Unopened]:
    try:
        if inside and path.is_symlink() and not path.resolve().is_relative_to(inside.resolve()):
            yield Unopened(shown, Unreadable(N_("it is a link that leads out of the folder")))
            return
        if not stat.S_ISREG(path.stat().st_mode):
            yield Unopened(shown, Unreadable(N_("it is not a regular file")))
            return
        with path.open("rb") as stream:
            is_zip = stream.read(4) in (b"PK\x03\x04", b"PK\x05\x06")
        if is_zip:
            yield from _in_zip(path, shown)
        else:
            yield _on_disk(path, shown)
    except OSError as error:
        yield Unopened(shown, Unreadable(N_("the file cannot be opened ({detail})"), detail=error.strerror))
    except RuntimeError as error:  # until Python 3.12, pathlib says so for a ring of links
        yield Unopened(shown, Unreadable(N_("the file cannot be opened ({detail})"), detail=error))
