"""What an import did, file by file, and how it tells while it runs."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from permadani.errors import InputError, PermadaniError
from permadani.language import Translate, english


@dataclass(frozen=True, slots=True)
class ProblemCount:
    reason: str
    count: int
    example: str | None
    lost: bool = True
    error: InputError | None = field(default=None, compare=False)

    def to_dict(self) -> dict[str, Any]:
        return {"reason": self.reason, "count": self.count, "example": self.example}


def told(error: PermadaniError, translate: Translate = english) -> str:
    """An error and its hint in one line."""
    hint = error.hint_text(translate)
    return f"{error.text(translate)}. {hint}" if hint else error.text(translate)


@dataclass(frozen=True, slots=True)
class FileReport:
    """What became of one file. ``source`` is None where nobody knew it. read = new + known."""

    path: str
    source: str | None
    read: int
    new: int
    known: int
    problems: tuple[ProblemCount, ...]

    @property
    def usable(self) -> bool:
        return self.read > 0 or (self.source is not None and not any(p.lost for p in self.problems))


@dataclass(frozen=True, slots=True)
class ImportReport:
    """``permadani.import/1``: each file, and what is new in the store by table."""

    files: tuple[FileReport, ...]
    actors: int
    objects: int
    announces: int
    likes: int
    follows: int
    schema: str = field(default="permadani.import/1", init=False)

    @property
    def usable(self) -> bool:
        return any(file.usable for file in self.files)

    def to_dict(self) -> dict[str, Any]:
        files = [
            {
                "path": file.path, "source": file.source, "read": file.read, "new": file.new, "known": file.known,
                "problems": [p.to_dict() for p in file.problems if p.lost],
                "left_out": [p.to_dict() for p in file.problems if not p.lost],
            }
            for file in self.files
        ]  # fmt: skip
        names = ("actors", "objects", "announces", "likes", "follows")
        return {"schema": self.schema, "files": files, **{name: getattr(self, name) for name in names}}


class Progress:
    """What a caller may want to show; this one shows nothing."""

    def start(self, total: int) -> None:
        """``total`` bytes lie before us."""

    def file(self, path: str) -> None: ...

    def bytes(self, done: int) -> None:
        """``done`` bytes of all files are behind us."""

    def merging(self) -> None: ...
