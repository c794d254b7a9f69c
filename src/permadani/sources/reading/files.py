"""One file as a stranger hands it in: on disk, compressed, or inside an archive; bombs are refused."""

from __future__ import annotations

import gzip
import io
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import blake2b
from pathlib import Path
from typing import IO

from permadani.errors import InputError, TooLarge, UnexpectedEnd, Unreadable
from permadani.language import N_

HEAD_BYTES = 64 * 1024
BOMB_RATIO = 200
BOMB_FLOOR = 64 * 1024 * 1024
"""Decompressed data may be 64 MB or 200 times its compressed size, whichever is more (text rarely exceeds 30)."""
MAX_MEMBERS = 200_000
_FOREIGN_TAIL = "Not a gzipped file"
"""How gzip begins to say that something else follows; it says nothing but words."""


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
        except InputError:
            raise
        except Exception as error:  # whatever the decompressors stumble over
            raise self._named(error) from None
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

    def _named(self, error: Exception) -> Exception:
        if isinstance(error, gzip.BadGzipFile) and self.count and str(error).startswith(_FOREIGN_TAIL):
            return UnexpectedEnd(f"byte {self.count:,}", N_("what follows {place} is not compressed data"))
        return _damage(error)

    def close(self) -> None:
        self._stream.close()
        super().close()


def _damage(error: Exception) -> Exception:
    """What a decompressor or the disk says, in our own words; the disk's own errors (with a number) stay."""
    if isinstance(error, OSError) and error.errno is not None:
        return error
    detail = str(error) or type(error).__name__
    return Unreadable(N_("the compressed data is damaged ({detail})"), detail=detail)


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
    neighbours: Callable[[str], InputFile | None] | None = field(default=None, repr=False)

    def beside(self, name: str) -> InputFile | None:
        """Another file of the same export by its path from this one (``account.js``, ``../profile/profile.json``).

        Only files of the folder or archive that the user named are found; whoever names a single file gets none.
        """
        return self.neighbours(name) if self.neighbours else None

    def open(self) -> io.BufferedReader:
        """The decompressed bytes. Reading raises UnexpectedEnd, Unreadable or TooLarge, never zlib's own errors."""
        try:
            return io.BufferedReader(GuardedStream(self.opener(), self.limit, self.progress), 1 << 18)
        except OSError as error:
            detail = error.strerror or error
            raise Unreadable(N_("the file cannot be opened ({detail})"), detail=detail) from None
        except Exception as error:  # whatever zipfile stumbles over in a damaged header
            raise _damage(error) from None

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
        """blake2b of the bytes as they lie on disk (of the member, inside an archive, as far as it can be read)."""
        state = blake2b(digest_size=16)
        try:
            source = open(self.disk_path, "rb") if self.disk_path else self.open()  # noqa: SIM115, PTH123
            with source as stream:
                while chunk := stream.read1(1 << 20):
                    state.update(chunk)
        except InputError as error:  # told by whoever reads it
            state.update(type(error).__name__.encode())
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
    error: InputError


def printable(path: Path) -> str:
    """A path as text; what is not UTF-8 in a name becomes the replacement character."""
    return os.fsencode(path).decode("utf-8", "replace")


def bomb_limit(compressed: int) -> int:
    return max(BOMB_FLOOR, compressed * BOMB_RATIO)
