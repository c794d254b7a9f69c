"""Permadani: whom does an account answer, how sure is that, and what cannot be known.

import permadani

store = permadani.open("my.duckdb")
store.import_("archive.zip")
print(store.audit("@alice", me=True).answers.overall)
print(store.fetch("@bob@mastodon.example").coverage)
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from permadani.api import OpenStore

__version__ = "0.1.0"
__all__ = ["__version__", "open"]


def open(path: Path | str | None = None) -> OpenStore:
    """The store at ``path`` (default: the user's own); it is made when first used."""
    from permadani.api import OpenStore

    return OpenStore(path)
