"""The bytes of an XML export made clean: UTF-8 whatever was declared, without control bytes, all mending noted."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO

from permadani.errors import InputError
from permadani.sources.reading.files import InputFile
from permadani.vocabulary import Problem

CHUNK = 1 << 18
EXAMPLES = 1000
"""So many repairs are reported one by one; of the others only how many there were."""

_CONTROL = bytes(range(9)) + b"\x0b\x0c" + bytes(range(14, 32))
_SPACED = bytes(32 if byte in _CONTROL else byte for byte in range(256))
_CONTROLS = re.compile(b"[" + re.escape(_CONTROL) + b"]")
_DECLARED = re.compile(rb"<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]{1,40})[\"']")
_ESCAPED = re.compile("[\udc80-\udcff]+")
_KNOWN = re.compile(
    r"(utf_?(8|16|32)(_?[lb]e)?(_sig)?|ascii|iso8859_\d+|cp(125\d|932|949|950|866|437|850)|koi8_[ru]|mac_roman"
    r"|gb(18030|k|2312)|big5(hkscs)?|shift_jis|euc_(jp|kr))"
)
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
    (b"<\0?\0", "utf-16-le"),
    (b"\0<\0?", "utf-16-be"),
)


class Noted:
    """Repairs on their way to become problems: a thousand with line and message, of the rest the number."""

    def __init__(self) -> None:
        self.count = 0
        self._waiting: list[Problem] = []

    def add(self, line: int, message: str) -> None:
        if self.count < EXAMPLES:
            example = " ".join(message.split())[:120]
            self._waiting.append(Problem(reason="recovered_xml", place=f"line {line:,}", example=example, lost=False))
        self.count += 1

    def flush(self) -> Iterator[Problem]:
        yield from self._waiting
        self._waiting.clear()

    def finish(self) -> Iterator[Problem]:
        yield from self.flush()
        if self.count > EXAMPLES:
            yield Problem(reason="recovered_xml", example=f"{self.count - EXAMPLES:,} more", lost=False)


def _encoding(head: bytes) -> tuple[str, str | None]:
    """The codec to read with, and what is wrong with the one declared. A mark in the bytes beats a declaration."""
    for mark, name in _MARKS:
        if head.startswith(mark):
            return name, None
    declared = _DECLARED.search(head[:1024])
    if declared is None:
        return "utf-8", None
    asked = declared[1].decode()
    try:
        name = codecs.lookup(asked).name.replace("-", "_")
    except LookupError:
        name = ""
    if not _KNOWN.fullmatch(name):
        return "utf-8", f"unknown encoding {asked}, read as UTF-8"
    if name.startswith(("utf_16", "utf_32")):  # it says so in plain ASCII bytes
        return "utf-8", f"declared as {asked}, which it is not; read as UTF-8"
    return ("utf-8" if name in ("ascii", "utf_8", "utf_8_sig") else name), None


def _mend(data: bytes, line: int, notes: Noted) -> bytes:
    """Bytes that are not UTF-8 read as Windows-1252, as browsers do."""
    text = data.decode("utf-8", "surrogateescape")
    seen, counted = 0, line

    def replace(match: re.Match[str]) -> str:
        nonlocal seen, counted
        if notes.count < EXAMPLES:
            counted += text.count("\n", seen, match.start())
            seen = match.start()
        raw = match[0].encode("utf-8", "surrogateescape")
        notes.add(counted, f"not UTF-8: {raw[:8].hex(' ')}")
        return raw.decode("cp1252", "replace")

    return _ESCAPED.sub(replace, text).encode()


def _without_controls(data: bytes, line: int, notes: Noted) -> bytes:
    """Bytes that XML forbids become spaces."""
    cleaned = data.translate(_SPACED)
    if cleaned != data:
        left = len(data) - len(data.translate(None, _CONTROL))
        counted, seen = line, 0
        for match in _CONTROLS.finditer(data):
            if notes.count >= EXAMPLES:
                break
            counted, seen = counted + data.count(b"\n", seen, match.start()), match.start()
            notes.add(counted, f"control byte 0x{match[0].hex()} removed")
            left -= 1
        notes.count += left
    return cleaned


def _utf8(stream: IO[bytes], first: bytes) -> Iterator[bytes]:
    """Chunks that end between characters."""
    pending, chunk = b"", first
    while chunk:
        data = pending + chunk
        keep = 0
        for back in range(1, min(4, len(data)) + 1):
            byte = data[-back]
            if byte >= 0xC0:
                keep = back if back < (2 if byte < 0xE0 else 3 if byte < 0xF0 else 4) else 0
                break
            if byte < 0x80:
                break
        pending = data[len(data) - keep :]
        yield data[: len(data) - keep]
        chunk = stream.read(CHUNK)
    if pending:
        yield pending


def _decoded(stream: IO[bytes], first: bytes, encoding: str) -> Iterator[bytes]:
    decoder = codecs.getincrementaldecoder(encoding)("replace")
    chunk = first
    while chunk:
        yield decoder.decode(chunk).encode("utf-8", "replace")
        chunk = stream.read(CHUNK)
    yield decoder.decode(b"", final=True).encode("utf-8", "replace")


def clean(stream: IO[bytes], notes: Noted) -> Iterator[bytes]:
    """The stream as UTF-8 that an XML parser can take, cut between characters; repairs go to ``notes``."""
    first = stream.read(CHUNK)
    encoding, wrong = _encoding(first)
    if wrong:
        notes.add(1, wrong)
    line = 1
    if encoding == "utf-8":
        chunks = _utf8(stream, first.removeprefix(codecs.BOM_UTF8))
    else:
        chunks = _decoded(stream, first, encoding)
    for chunk in chunks:
        data = chunk
        try:
            data.decode()
        except UnicodeDecodeError:
            data = _mend(data, line, notes)
        data = _without_controls(data, line, notes)
        line += data.count(b"\n")
        yield data


def head_text(head: bytes) -> bytes:
    """The first bytes of a file as UTF-8, for recognising it."""
    encoding, _ = _encoding(head)
    return head.decode(encoding, "replace").removeprefix("\ufeff").encode("utf-8", "replace")


@dataclass(frozen=True, slots=True)
class Header:
    """What stands before the records: the container's start tags, and what is odd about it."""

    starts: bytes
    length: int
    doctype: bytes | None
    junk: bool


_TAG_REST = re.compile(rb"(?:[^>\"']|\"[^\"]*\"|'[^']*'){0,50000}>")


def find_header(data: bytes, containers: tuple[str, ...]) -> Header | None:
    """The start tags of the containers, or None where they are not (or not wholly) in ``data``."""
    position, doctype, junk = 0, None, False
    starts: list[bytes] = []
    for name in containers:
        tag = re.compile(rb"<(?:[\w.-]{1,50}:)?" + re.escape(name.encode()) + rb"(?=[\s/>])")
        while True:
            found = data.find(b"<", position)
            if found < 0:
                return None
            junk |= not starts and bool(data[position:found].strip())
            if start := tag.match(data, found):
                rest = _TAG_REST.match(data, start.end())
                if rest is None:
                    return None
                position = rest.end()
                starts.append(data[found:position].replace(b"\n", b" "))  # on one line: line numbers stay right
                break
            if data.startswith(b"<!--", found):
                end = data.find(b"-->", found) + 3
            elif data.startswith(b"<?", found):
                end = data.find(b"?>", found) + 2
            elif data[found : found + 9].upper() == b"<!DOCTYPE":
                subset = re.compile(rb"[^\[>]*(?:\[|>)").match(data, found)
                doctype = data[found : subset.end() if subset else found + 200]
                end = subset.end() if subset and not doctype.endswith(b"[") else found + 9
            else:
                junk |= not starts and doctype is None
                end = found + 1
            if end < found + 1:
                return None
            position = end
    return Header(b"".join(starts), position, doctype, junk)


def starts_with(file: InputFile, containers: tuple[str, ...]) -> tuple[str, str] | None:
    """The root's start tag and all of the file's head as text, if the file is such a document; never raises."""
    try:
        head = head_text(file.head)
    except InputError:
        return None
    header = find_header(head, containers)
    return (header.starts.decode("utf-8", "replace"), head.decode("utf-8", "replace")) if header else None
