"""What somebody wrote in an e-mail: its text part decoded, attachments never looked at."""

from __future__ import annotations

import binascii
import codecs
import re
from collections.abc import Iterator

from permadani.sources.reading.mail import Message, decoded, fields_of
from permadani.sources.reading.markup import plain

PART_LIMIT = 1 << 20
"""So many bytes of a text part are read; nobody writes more by hand."""
MOST_PARTS, DEPTH = 200, 8
FIELDS = frozenset({"content-type", "content-transfer-encoding", "content-disposition"})
_PARAMETER = r";\s*+{}\s*+=\s*+(?:\"([^\"]{{1,200}})\"|([^\s;\"]{{1,200}}))"
_BOUNDARY = re.compile(_PARAMETER.format("boundary"), re.IGNORECASE)
_CHARSET = re.compile(_PARAMETER.format("charset"), re.IGNORECASE)
_METHOD = re.compile(_PARAMETER.format("method"), re.IGNORECASE)
_NOT_BASE64 = re.compile(rb"[^A-Za-z0-9+/]")
_QUOTE_TAG = re.compile(r"(?i)<(/?)blockquote\b[^<>]{0,500}>")
_ATTRIBUTION = re.compile(
    r"(?i)<div\b[^<>]{0,200}\bclass=[\"'][^\"'<>]{0,100}\b(?:gmail_attr|moz-cite-prefix)\b[^<>]{0,200}>"
    r"(?s:.{0,600}?)</div>"
)
_COPY = re.compile(r"(?i)<div\b[^<>]{0,200}\b(?:divRplyFwdMsg|appendonsend|yahoo_quoted)\b")
"""Where Outlook and Yahoo begin their copy of the message that is answered."""
_NO_CHARSETS = {"punycode", "idna", "unicode_escape", "raw_unicode_escape", "undefined"}

Leaf = tuple[str, dict[str, list[str]], int, int]
"""A part that is no multipart: its type, fields, and where it begins and ends."""


def kind_of(fields: dict[str, list[str]]) -> str:
    return (fields.get("content-type") or ["text/plain"])[0].partition(";")[0].strip().lower() or "text/plain"


def leaves(mail: Message) -> Iterator[Leaf]:
    """The parts of a message in their order; messages inside a message are not entered."""
    return _leaves(mail.raw, mail.fields, mail.body, len(mail.raw), 0, [MOST_PARTS])


def _leaves(
    raw: bytes, fields: dict[str, list[str]], start: int, end: int, depth: int, left: list[int]
) -> Iterator[Leaf]:
    kind = kind_of(fields)
    found = _BOUNDARY.search(fields["content-type"][0]) if kind.startswith("multipart/") else None
    if found is None:
        yield kind, fields, start, end
        return
    if depth == DEPTH:
        return
    mark = b"--" + (found[1] or found[2]).encode("utf-8", "replace")
    at = start if raw.startswith(mark, start) else _next(raw, mark, start, end)
    while at >= 0 and left[0] > 0 and not raw.startswith(b"--", at + len(mark)):
        left[0] -= 1
        begin = raw.find(b"\n", at, end) + 1
        if begin == 0:
            return
        at = _next(raw, mark, begin - 1, end)
        until = at if at >= 0 else end
        part, body = _part(raw, begin, until)
        yield from _leaves(raw, part, body, until, depth + 1, left)


def _next(raw: bytes, mark: bytes, start: int, end: int) -> int:
    at = raw.find(b"\n" + mark, start, end)
    return at + 1 if at >= 0 else -1


def _part(raw: bytes, begin: int, end: int) -> tuple[dict[str, list[str]], int]:
    """The fields of a part and where its body begins."""
    if raw.startswith((b"\n", b"\r\n"), begin):
        return {}, begin
    stop = re.compile(rb"\r?\n\r?\n").search(raw, begin, min(end, begin + 20_000))
    if stop is None:
        return fields_of(raw[begin : min(end, begin + 20_000)], FIELDS), end
    return fields_of(raw[begin : stop.start()], FIELDS), stop.end()


def invites(mail: Message) -> bool:
    """Whether a calendar wrote it: an invitation, its acceptance, its withdrawal."""
    if b"text/calendar" not in mail.raw[:200_000]:
        return False
    return any(
        kind == "text/calendar" and _METHOD.search(fields["content-type"][0]) is not None
        for kind, fields, _, _ in leaves(mail)
    )


def text_of(mail: Message) -> str:
    """The first text part, else the first one in HTML without what it quotes; empty where there is none."""
    page: Leaf | None = None
    for leaf in leaves(mail):
        kind, fields, start, end = leaf
        if (fields.get("content-disposition") or [""])[0].lower().startswith("attachment"):
            continue
        if kind == "text/plain" and (text := _text(mail.raw, fields, start, end)).strip():
            return text
        if kind == "text/html" and page is None:
            page = leaf
    return _of_page(_text(mail.raw, page[1], page[2], page[3])) if page else ""


def _text(raw: bytes, fields: dict[str, list[str]], start: int, end: int) -> str:
    data = raw[start : min(end, start + PART_LIMIT)]
    encoding = (fields.get("content-transfer-encoding") or [""])[0].strip().lower()
    if encoding == "base64":
        data = _base64(data)
    elif encoding == "quoted-printable":
        data = binascii.a2b_qp(data)
    text = _characters(data, (fields.get("content-type") or [""])[0])
    return text.replace("\r\n", "\n").replace("\0", "")


def _base64(data: bytes) -> bytes:
    """What can be decoded; a list's footer in plain text after it ends it."""
    data = data.partition(b"=")[0] if b"=" in data.rstrip()[:-2] else data
    data = _NOT_BASE64.sub(b"", data)
    data = data[: len(data) - (len(data) % 4 == 1)]
    return binascii.a2b_base64(data + b"=" * (-len(data) % 4))


def _characters(data: bytes, content_type: str) -> str:
    found = _CHARSET.search(content_type)
    charset = (found[1] or found[2]).strip().lower() if found else ""
    if charset in ("", "utf-8", "us-ascii", "ascii", "utf8", "unknown-8bit"):
        return decoded(data)
    try:
        if codecs.lookup(charset).name.replace("-", "_") not in _NO_CHARSETS:
            return data.decode(charset, "replace")
    except (LookupError, ValueError):  # unknown, or no charset at all (zip)
        pass
    return decoded(data)


def _of_page(html: str) -> str:
    if found := _COPY.search(html):
        html = html[: found.start()]
    if "blockquote" in html.lower():
        html = _without_quotes(_ATTRIBUTION.sub("", html))
    return plain(html)


def _without_quotes(html: str) -> str:
    """What stands outside of all <blockquote>; one that is never closed reaches to the end."""
    kept: list[str] = []
    depth = position = 0
    for tag in _QUOTE_TAG.finditer(html):
        if depth == 0:
            kept.append(html[position : tag.start()])
        depth = max(0, depth - 1) if tag[1] else depth + 1
        position = tag.end()
    if depth == 0:
        kept.append(html[position:])
    return "<br>".join(kept)
