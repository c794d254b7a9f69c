"""Consoles whose encoding lacks our letters: something like them instead of a crash."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from rich.console import Console

# What an encoding without them gets instead; all else that it cannot write becomes a question mark.
_PLAIN = str.maketrans(
    {"–": "-", "—": "-", "·": "|", "“": '"', "”": '"', "’": "'", "…": "~", "─": "-", "−": "-", "→": ">"}
)


class _Degrading:
    """A file that writes what its encoding has and something like it for the rest."""

    def __init__(self, file: IO[str]) -> None:
        self._file = file

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)

    def write(self, text: str) -> int:
        encoding = getattr(self._file, "encoding", None) or "utf-8"
        try:
            text.encode(encoding)
        except UnicodeEncodeError:
            text = text.translate(_PLAIN).encode(encoding, "replace").decode(encoding)
        return self._file.write(text)


@contextmanager
def degrading(console: Console) -> Iterator[bool]:
    """Within, the console writes what its encoding has; yields whether its file is a terminal.

    Asked of the file itself: colour that was asked for makes no terminal of a file.
    """
    file = console.file
    console.file = cast("IO[str]", _Degrading(file))
    try:
        yield file.isatty()
    finally:
        console.file = file
