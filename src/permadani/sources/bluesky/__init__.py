"""Bluesky: the repository of an account (CAR), and the JSON of its API and of its streams.

What becomes of a record is in ``records``; it does not matter where the record was found.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from permadani.sources.base import ReadOptions
from permadani.sources.bluesky.detect import is_bluesky
from permadani.sources.bluesky.pages import read_pages
from permadani.sources.bluesky.repository import read_repository
from permadani.sources.reading.files import InputFile
from permadani.sources.reading.jsonhead import json_text
from permadani.vocabulary import Record

_REPOSITORY = re.compile(rb"(?s:.{1,2})\xa2eroots[\x81-\x97]\xd8\x2a\x58\x25\x00\x01\x71\x12\x20")
"""The header of a CAR file whose root is what a commit is: DAG-CBOR with SHA-256."""


class Bluesky:
    """Actors are their DIDs, messages their ``at://`` addresses."""

    name = "bluesky"

    def recognises(self, file: InputFile) -> bool:
        try:
            return _REPOSITORY.match(file.head) is not None or is_bluesky(json_text(file.head))
        except Exception:  # the contract: never raise; a damaged file is named by whoever reads it
            return False

    def read(self, file: InputFile, options: ReadOptions) -> Iterator[Record]:
        """Records, problems, and the coverage last. Raises as ``read_repository`` and ``read_pages`` do."""
        reader = read_pages if json_text(file.head) else read_repository
        yield from reader(file, options)
