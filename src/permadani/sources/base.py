"""What a source is: the code that turns one export format into records.

A source recognises a file by its content and yields records of ``permadani.vocabulary``. It knows nothing of the
store. A bad record is yielded as a ``Problem`` with its reason and place, never raised and never dropped.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from permadani.sources.reading.files import InputFile
from permadani.vocabulary import Record


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """What the user said about the files. ``owner``: whose export it is, for formats that do not tell."""

    owner: str | None = None


@runtime_checkable
class Source(Protocol):
    """One export format. ``name`` is what ``--as`` takes and reports show.

    A source may also have ``companions: tuple[str, ...]``: paths, seen from the file, of others that decide what is
    read of it (``file.beside(path)``); where one of them is new, the file is read again.
    """

    name: str

    def recognises(self, file: InputFile) -> bool:
        """Whether this file is of this format, judged by ``file.head`` (its first 64 kB); must never raise."""
        ...

    def read(self, file: InputFile, options: ReadOptions) -> Iterator[Record]:
        """Yield records and problems in bounded memory, the coverage claim last.

        The claim is that of the whole file: whoever imports it weakens it where the file is cut or much was unreadable.

        Raises:
            UnexpectedEnd: the file stops in the middle; what could be read, and the coverage, was yielded before.
            Unreadable: nothing of the file can be used.
            TooLarge: a limit was met.
        """
        ...
