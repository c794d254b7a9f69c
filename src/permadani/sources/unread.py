"""Formats that are known by sight but not read yet, so that an import can say so and not only "not recognised"."""

from __future__ import annotations

import re

from permadani.language import N_
from permadani.sources.reading.files import InputFile

_NOTICES: tuple[tuple[str, re.Pattern[bytes]], ...] = (
    (
        N_("an Instagram export, which this version does not read yet"),
        re.compile(rb'\s*\{\s*"comments_media_comments"\s*:\s*\['),
    ),
)


def known_but_unread(file: InputFile) -> str | None:
    """A sentence on a file that no source recognises: a text for the catalogue, without values. Never raises."""
    try:
        head = file.head
        for notice, sign in _NOTICES:
            if sign.match(head.removeprefix(b"\xef\xbb\xbf")):
                return notice
    except Exception:  # only a courtesy: a damaged file is named by whoever reads it
        return None
    return None
