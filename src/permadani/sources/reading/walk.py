"""From what a user names to the files in it: folders are walked, archives are read in place.

Nothing is ever extracted next to the user's files, so names inside an archive cannot reach outside it.
"""

from __future__ import annotations

import gzip
import os
import stat
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, cast

from permadani.errors import InputError, Unreadable
from permadani.language import N_
from permadani.sources.reading.files import InputFile, Unopened, bomb_limit, printable
from permadani.sources.reading.tarfiles import in_tar, is_tar
from permadani.sources.reading.zipfiles import in_zip

ZIP_MAGIC = (b"PK\x03\x04", b"PK\x05\x06")
MAILDIR = ("cur", "new", "tmp")
Neighbours = Callable[[str], InputFile | None]


def walk(path: Path) -> Iterator[InputFile | Unopened]:
    """Every file under ``path`` in a stable order: folders walked, archives entered once, links that leave it not
    followed. Hidden files are passed over, save the folders of a Maildir.

    The files of an archive can be read only until the next item is asked for.
    """
    if not path.is_dir():
        yield from _one(path, printable(path))
        return
    closed: list[OSError] = []
    for folder, folders, names in os.walk(path, onerror=closed.append):
        folders[:] = sorted(f for f in folders if not f.startswith(".") or _is_maildir(Path(folder, f)))
        links = [f for f in folders if Path(folder, f).is_symlink()]
        for name in sorted([*names, *links]):
            if not name.startswith("."):
                yield from _one(Path(folder, name), printable(Path(folder, name)), inside=path)
    for error in closed:
        message = N_("the folder cannot be opened ({detail})")
        yield Unopened(printable(Path(error.filename)), Unreadable(message, detail=error.strerror))


def _is_maildir(folder: Path) -> bool:
    """Mail servers keep the folder Sent as ``.Sent`` beside the inbox."""
    return all((folder / name).is_dir() for name in MAILDIR[:2])


def _one(path: Path, shown: str, inside: Path | None = None) -> Iterator[InputFile | Unopened]:
    try:
        if inside and path.is_symlink() and not path.resolve().is_relative_to(inside.resolve()):
            yield Unopened(shown, Unreadable(N_("it is a link that leads out of the folder")))
            return
        if not stat.S_ISREG(path.stat().st_mode):
            yield Unopened(shown, Unreadable(N_("it is not a regular file")))
            return
        with path.open("rb") as stream:
            is_zip = stream.read(4) in ZIP_MAGIC
        if is_zip:
            yield from in_zip(path, shown)
            return
        file = _on_disk(path, shown, inside)
        if _looks_like_tar(file):
            yield from in_tar(file)
        else:
            yield file
    except OSError as error:
        detail = error.strerror or error
        yield Unopened(shown, Unreadable(N_("the file cannot be opened ({detail})"), detail=detail))
    except Exception as error:  # an archive found a hole in a reader: the other files must not suffer
        detail = str(error) or type(error).__name__
        yield Unopened(shown, Unreadable(N_("the file cannot be opened ({detail})"), detail=detail))


def _looks_like_tar(file: InputFile) -> bool:
    if not file.name.endswith((".tar", ".tgz")) and file.limit is None:
        return False  # looking into every file of a large folder twice would cost more than it finds
    try:
        return is_tar(file.head)
    except InputError:
        return False  # told by whoever reads it


def _on_disk(path: Path, shown: str, inside: Path | None) -> InputFile:
    size = path.stat().st_size
    neighbours = _neighbours(path, inside) if inside else None
    if path.suffix in (".gz", ".tgz"):
        name = path.stem if path.suffix == ".gz" else path.name
        return InputFile(shown, name, size, lambda: _unpacked(path), path, bomb_limit(size), neighbours=neighbours)
    return InputFile(shown, path.name, size, lambda: path.open("rb"), path, neighbours=neighbours)


def _unpacked(path: Path) -> IO[bytes]:
    return cast(IO[bytes], gzip.open(path, "rb"))


def _neighbours(path: Path, inside: Path) -> Neighbours:
    """Finds regular files of the same folder that the user named."""

    def find(name: str) -> InputFile | None:
        try:
            beside = Path(os.path.normpath(path.parent / name))
            if beside.resolve().is_relative_to(inside.resolve()) and beside.is_file():
                return _on_disk(beside, printable(beside), inside)
        except (OSError, ValueError, RuntimeError):
            pass
        return None

    return find
