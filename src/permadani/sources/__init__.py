"""The sources, in the order in which they are asked whether they recognise a file."""

from __future__ import annotations

from functools import cache

from permadani.sources.base import ReadOptions, Source
from permadani.sources.reading.files import InputFile, Unopened, walk
from permadani.sources.unread import known_but_unread

__all__ = ["InputFile", "ReadOptions", "Source", "Unopened", "known_but_unread", "recognise", "sources", "walk"]


@cache
def sources() -> dict[str, Source]:
    """All sources by name. Imported late: each brings its parser along."""
    from permadani.sources.disqus import Disqus
    from permadani.sources.tables import Tables
    from permadani.sources.wordpress import WordPress
    from permadani.sources.x import X

    return {source.name: source for source in (Tables(), Disqus(), WordPress(), X())}


def recognise(file: InputFile) -> Source | None:
    """The source that knows this file, or None; InputError where nothing of it can be read."""
    _ = file.head  # damage and encryption are told as such, not as "not recognised"
    return next((source for source in sources().values() if source.recognises(file)), None)
