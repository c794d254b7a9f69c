"""The folder of the demo: its own files are replaced, and nobody else's are touched."""

from __future__ import annotations

import json
from pathlib import Path

from permadani.errors import PermadaniError
from permadani.language import N_

MARKER = "permadani-demo.json"
SCHEMA = "permadani.demo/1"
STORE = "demo.duckdb"
JUNK = frozenset({".DS_Store", "Thumbs.db", "desktop.ini"})
"""What file managers leave behind."""


def claim(folder: Path, planned: list[str]) -> None:
    """Make the folder and empty it of an earlier demo; ``planned``: the files that will be written, relative.

    Raises:
        PermadaniError: it holds files that the demo has not made, or cannot be written.
    """
    try:
        if folder.exists() and not folder.is_dir():
            raise PermadaniError(
                N_("{path} is a file, not a folder"), hint=N_("Name another folder: permadani demo FOLDER"), path=folder
            )
        folder.mkdir(parents=True, exist_ok=True)
        _empty(folder)
        note = {"schema": SCHEMA, "files": sorted(planned)}
        (folder / MARKER).write_text(json.dumps(note, indent=2) + "\n", "utf-8")
    except OSError as error:
        raise PermadaniError(N_("{path} cannot be written ({detail})"), path=folder, detail=error.strerror) from None


def _empty(folder: Path) -> None:
    own = _own(folder)
    # without a note nothing in it is ours: one look is enough, whatever large folder somebody named by mistake
    found = folder.rglob("*") if own else folder.iterdir()
    present = sorted(path for path in found if path.name not in JUNK)
    present = [path for path in present if not own or path.is_symlink() or not path.is_dir()]
    for path in present:
        name = path.relative_to(folder).as_posix()
        if path.is_symlink() or not (name in own or (own and name.startswith(STORE))):
            raise PermadaniError(
                N_("{folder} holds a file that the demo has not made: {name}"),
                hint=N_("Name a new or empty folder: permadani demo FOLDER"),
                folder=folder,
                name=name,
            )
    for path in present:
        path.unlink()


def _own(folder: Path) -> set[str]:
    """What an earlier demo noted as its own before it wrote it; nothing without its note."""
    try:
        note = json.loads((folder / MARKER).read_text("utf-8"))
        if note["schema"] == SCHEMA:
            return {MARKER, *map(str, note["files"])}
    except (OSError, ValueError, KeyError, TypeError):
        pass
    return set()
