"""The posts of a topic whose file stops in the middle."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any

import msgspec

from permadani.errors import UnexpectedEnd
from permadani.sources.reading import jsonstream
from permadani.sources.reading.files import InputFile
from permadani.sources.reading.jsonrecords import DECODING, WHOLE_LIMIT, mended

_POSTS = re.compile(rb'"(?:posts|latest_posts)"\s{0,99}:\s{0,99}\[')


def torn_posts(file: InputFile) -> Iterator[Any]:
    """Those that are whole."""
    with file.open() as stream:
        data = bytearray()
        try:
            while len(data) < WHOLE_LIMIT and (more := stream.read1(1 << 20)):
                data += more
        except UnexpectedEnd:
            pass
    begin = _POSTS.search(data)
    if begin is None:
        return
    try:
        for raw in jsonstream.elements(io.BytesIO(bytes(data[begin.end() - 1 :]))):
            try:
                yield msgspec.json.decode(mended(raw))
            except DECODING:
                return
    except UnexpectedEnd:
        return
