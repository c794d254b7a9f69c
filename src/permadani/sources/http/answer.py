"""What a server answered, and what it said before."""

from __future__ import annotations

import codecs
import contextlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from email.message import Message
from typing import Any

import httpx
import msgspec

from permadani.errors import BadAnswer
from permadani.language import N_
from permadani.sources.http.words import Secrets, quoted
from permadani.sources.reading.jsonrecords import mended

_CHARSET = re.compile(
    r"utf-(?:8|16|32)(?:-[bl]e)?|ascii|iso8859-\d+|cp\d+|koi8-[rtu]|gb2312|gbk|gb18030|hz|big5(?:hkscs)?|"
    r"shift_jis\w*|euc_\w+|iso2022_\w+|tis-620|mac-\w+"
)
"""Python's names of the encodings that pages are written in; it knows others, some of which take for ever."""


@dataclass(frozen=True, slots=True)
class Known:
    """What the server said of an answer that we have already (``etag``, ``last_modified``): for conditional requests.
    Plain text, so that a door can keep it in its state."""

    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """``url``: where it came from in the end, after redirects. ``headers``: names in small letters. ``secrets``:
    what went with the request, so that a server that sends it back does not bring it into an error text."""

    url: str
    status: int
    headers: Mapping[str, str]
    body: bytes
    secrets: Secrets = field(default=(), repr=False, compare=False)

    @property
    def not_modified(self) -> bool:
        """Nothing changed since what was ``known``; the body is empty."""
        return self.status == 304

    @property
    def known(self) -> Known:
        """For the next conditional request."""
        return Known(self.headers.get("etag"), self.headers.get("last-modified"))

    @property
    def host(self) -> str:
        return httpx.URL(self.url).netloc.decode("ascii")

    def json(self) -> Any:
        """The body as JSON. Raises BadAnswer."""
        raw = self.body.removeprefix(codecs.BOM_UTF8)
        for body in dict.fromkeys((raw, mended(raw))):
            with contextlib.suppress(ValueError, RecursionError):  # of msgspec, all of them ValueErrors
                return msgspec.json.decode(body)
        if not self.body.strip():
            raise BadAnswer(N_("{host} sent nothing where JSON was asked for"), host=self.host)
        raise BadAnswer(
            N_("{host} sent something that cannot be read as JSON: {beginning}"),
            host=self.host,
            beginning=quoted(self.body[:2000].decode("utf-8", "replace"), self.secrets, 80),
        )

    def text(self) -> str:
        """The body as text, by its charset, else UTF-8; what cannot be decoded is replaced."""
        for mark, charset in (
            (codecs.BOM_UTF8, "utf-8"),
            (codecs.BOM_UTF16_LE, "utf-16"),
            (codecs.BOM_UTF16_BE, "utf-16"),
        ):
            if self.body.startswith(mark):
                return self.body.decode(charset, "replace").removeprefix("\ufeff")
        return self.body.decode(_charset(self.headers.get("content-type", "")), "replace")


def _charset(content_type: str) -> str:
    message = Message()
    message["content-type"] = content_type[:200]
    try:
        name = codecs.lookup(str(message.get_content_charset() or "")).name
    except (LookupError, ValueError):
        return "utf-8"
    return name if _CHARSET.fullmatch(name) else "utf-8"
