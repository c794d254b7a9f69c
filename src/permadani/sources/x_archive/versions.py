"""Edited tweets: every version is in the archive under its own id, and each names them all (since 2022)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import suppress

from permadani.errors import UnexpectedEnd
from permadani.sources.reading.files import InputFile

_LIST = re.compile(rb'"editTweetIds"\s*+:\s*+\[((?:\s*+"\d{1,20}"\s*+,){1,100}\s*+"\d{1,20}"\s*+)\]')
_ID = re.compile(rb"\d+")
_OVERLAP = 8 * 1024
MOST = 200_000

Versions = Mapping[str, tuple[str, str]]
"""From the id of every version to those of the first and the last."""


def versions(file: InputFile) -> Versions:
    """The tweets of a file that were edited: found by a quick look through it, because replies to them may come before
    them. What stands in a text is not mistaken for it: quotes in texts are escaped."""
    found: dict[str, tuple[str, str]] = {}
    with file.open() as stream, suppress(UnexpectedEnd):  # whoever reads the tweets tells of the cut
        rest = b""
        while chunk := stream.read(1 << 20):
            data = rest + chunk
            for match in _LIST.finditer(data):
                ids = sorted((identifier.decode() for identifier in _ID.findall(match[1])), key=int)
                if len(found) < MOST:
                    found.update(dict.fromkeys(ids, (ids[0], ids[-1])))
            rest = data[-_OVERLAP:]
    return found
