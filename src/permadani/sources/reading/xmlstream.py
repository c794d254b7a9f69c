"""Big, damaged or hostile XML exports as a stream of whole elements, in bounded memory.

An export is a long list of records (``<item>…</item>``) in a container. The bytes are made clean UTF-8, cut after
a record's end about every megabyte, put into the container's own start and end tags, and parsed strictly. Only where
that fails is the piece looked at record by record and repaired, so that damage stays inside the record it is in.
(libxml2's own push parser, which ``iterparse`` uses, drops everything after one stray ``<`` or ``</p>``, in silence,
and reports at most 100 errors.) A DOCTYPE never reaches libxml2, so there are no entities to expand or to fetch.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import pairwise
from typing import Any, NamedTuple

from lxml import etree

from permadani.errors import TooLarge, UnexpectedEnd, Unreadable
from permadani.language import N_
from permadani.sources.reading.files import InputFile
from permadani.sources.reading.xmlbytes import Noted, clean, find_header
from permadani.sources.reading.xmlelement import Element, Shape
from permadani.sources.reading.xmlrepair import escape_ends, mend, swallowed
from permadani.vocabulary import Problem

BATCH, HEADER_LIMIT = 1 << 19, 1 << 20
INNER_AFTER = 1 << 20
"""An item that is longer is handed out in pieces, after a whole comment each time."""
LIMIT = 64 << 20
"""One record (with its whole text, or one of its comments) may be this long."""
SPARE = 16


class Part(NamedTuple):
    """A finished child of the container. ``continued``: more of the last one, which was too long for one piece."""

    element: Element
    first_line: int
    continued: bool

    def line(self, element: Element | None = None) -> str:
        """Where it stands, for a problem's ``place``."""
        found = self.element if element is None else element
        return f"line {self.first_line + (found.sourceline or 1) - 1:,}"


@lru_cache(4)
def _parser(recover: bool, huge: bool) -> Any:
    """Making one costs more than parsing a record with it."""
    return etree.XMLParser(
        recover=recover,
        huge_tree=huge,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        remove_comments=True,
        remove_pis=True,
        collect_ids=False,
    )


class _Segment(NamedTuple):
    """A piece of a damaged batch: one record (``whole``), one that lacks its end, or what lies between records."""

    start: int
    end: int
    kind: str  # "whole", "unclosed", "cut", "between"


class XmlStream:
    """Iterate for ``Part`` and ``Problem``; afterwards ``cut`` holds the error to raise if the file just stops.

    Raises:
        Unreadable: the file is empty, not of this shape, or has a DOCTYPE that declares or refers to entities.
        TooLarge: one record is longer than 64 MB.
    """

    def __init__(self, file: InputFile, shape: Shape) -> None:
        self._file, self._shape = file, shape
        self._notes = Noted()
        self.cut: UnexpectedEnd | None = None
        self._line, self._rest, self._closed, self._opened = 1, b"", False, False
        self._names = {name.encode() for name in shape.records}
        self._record, self._inner = shape.records[-1].encode(), (shape.inner or "").encode()
        self._root = shape.containers[0].encode()
        words = [*self._names, self._root, *([self._inner] if self._inner else [])]
        self._tokens = re.compile(rb"<!\[CDATA\[|<!--|<(/?)(" + b"|".join(map(re.escape, words)) + rb")(?=[\s/>])")
        self._ends = [b"</" + name + b">" for name in self._names]
        self._start, self._close = b"<" + self._record + b">", b"</" + self._record + b">"

    def __iter__(self) -> Iterator[Part | Problem]:
        header, buffer, tried, again, inner_end = b"", bytearray(), 0, BATCH, 0
        inner_tag = b"</" + self._inner + b">"
        for chunk in self._chunks():
            buffer += chunk
            if not header:
                if header := self._read_header(bytes(buffer)):
                    self._line += buffer.count(b"\n", 0, self._header_length)
                    del buffer[: self._header_length]
                continue
            if len(buffer) < again:
                continue
            end = max(at + len(tag) if (at := buffer.rfind(tag, tried)) >= 0 else 0 for tag in self._ends)
            if self._inner and not end and (at := buffer.rfind(inner_tag, tried)) >= 0:
                inner_end = at + len(inner_tag)
            inner = not end and inner_end > 0 and len(buffer) > INNER_AFTER
            if end or inner:
                batch = bytes(buffer[: end or inner_end])
                del buffer[: len(batch)]
                yield from self._batch(batch, inner)
                buffer[:0] = self._rest
                again, tried, inner_end = max(BATCH, min(2 * len(self._rest), LIMIT)), len(self._rest), 0
            else:
                again, tried = len(buffer) + 1, max(0, len(buffer) - 100)
            if len(buffer) > LIMIT:
                line = self._line + buffer[: re.match(rb"\s*", buffer).end()].count(b"\n")  # type: ignore[union-attr]
                raise TooLarge(N_("one record at line {line} is longer than {limit} MB"), line=line, limit=LIMIT >> 20)
            yield from self._notes.flush()
        if not header:
            self._no_header(bytes(buffer[:HEADER_LIMIT]))
        yield from self._last(bytes(buffer))
        yield from self._notes.finish()

    def _chunks(self) -> Iterator[bytes]:
        """Clean UTF-8; an archive that stops in the middle counts as the end of the file."""
        with self._file.open() as stream:
            try:
                yield from clean(stream, self._notes)
            except UnexpectedEnd as end:
                self.cut = end

    _header_length = 0

    def _read_header(self, data: bytes) -> bytes:
        header = find_header(data, self._shape.containers)
        if header is None:
            if len(data) > HEADER_LIMIT:
                self._no_header(data)
            return b""
        self._refuse_doctype(header.doctype)
        if header.junk:
            self._notes.add(1, "text before the XML begins")
        self._header, self._footer = header.starts, b"".join(f"</{c}>".encode() for c in self._shape.containers[::-1])
        self._header_length = header.length
        return header.starts

    def _refuse_doctype(self, doctype: bytes | None) -> None:
        named = not self._shape.named_doctype and re.search(rb"\b(SYSTEM|PUBLIC)\b", doctype or b"")
        if doctype and (doctype.endswith(b"[") or named):
            raise Unreadable(
                N_("it declares its own document type or entities, which no export does and which can be an attack"),
                hint=N_("Export again, or remove the DOCTYPE line if you know where the file is from."),
            )

    def _no_header(self, data: bytes) -> None:
        if not data.strip():
            raise self.cut or Unreadable(N_("the file is empty"))
        root = find_header(data, self._shape.containers[:1])
        if root is not None:
            self._refuse_doctype(root.doctype)
        if root is not None and len(data) < HEADER_LIMIT:
            raise self.cut or UnexpectedEnd(f"line {1 + data.count(bytes([10])):,}")
        raise self.cut or Unreadable(N_("it is not {what}"), what=self._shape.what)

    def _batch(self, batch: bytes, inner: bool) -> Iterator[Part | Problem]:
        """One batch of whole records; ``inner``: it ends inside a record. ``self._rest`` is what must come again."""
        opened, self._rest = self._opened, b""
        data = (self._start if opened else b"") + batch + (self._close if inner else b"")
        root = self._parse(data, recover=False)
        if root is not None:
            yield from self._parts(root, self._line, opened)
            yield from swallowed(root, data, self._line, self._shape)
            self._line, self._opened = self._line + batch.count(b"\n"), inner
            return
        segments = list(self._segments(data, final=False))
        used = segments[-1].end if segments else 0
        if used < len(data):  # the cut was inside a CDATA section: the rest comes again with more behind it
            self._rest = data[used : len(data) - len(self._close)] if inner else data[used:]
            if used == 0:
                self._rest = batch
            inner, self._opened = False, opened and used == 0
        else:
            self._opened = inner
        yield from self._one_by_one(data, segments, opened)
        self._line += batch.count(b"\n") - self._rest.count(b"\n")

    def _last(self, tail: bytes) -> Iterator[Part | Problem]:
        """What is left at the end of the file: the container's end tags, or half a record."""
        data = (self._start if self._opened else b"") + tail
        yield from self._one_by_one(data, self._segments(data, final=True), self._opened)
        if not self._closed and self.cut is None:
            self.cut = UnexpectedEnd(f"line {self._line + tail.count(bytes([10])):,}")

    def _one_by_one(self, data: bytes, segments: Iterable[_Segment], opened: bool) -> Iterator[Part | Problem]:
        line, counted = self._line, 0
        for start, end, kind in segments:
            line, counted = line + data.count(b"\n", counted, start), start
            piece = data[start:end] + (self._close if kind == "cut" else b"")
            yield from self._careful(piece, kind, line, opened and start == 0)

    def _outside(self, data: bytes) -> Iterator[tuple[re.Match[bytes], int]]:
        """Start and end tags of records and where they end; CDATA sections and comments are stepped over."""
        position = 0
        while token := self._tokens.search(data, position):
            position = token.end()
            if token[2] is None:
                position = data.find(b"]]>" if token[0] == b"<![CDATA[" else b"-->", position) + 3
                if position < token.end():
                    return
            else:
                position = data.find(b">", position) + 1 or len(data)
                yield token, position

    def _segments(self, data: bytes, final: bool) -> Iterator[_Segment]:
        """Cut at the start and end tags of records."""
        begun: tuple[int, bytes] | None = None
        done = whole = 0
        for token, tag_end in self._outside(data):
            if token[2] == self._inner:
                whole = tag_end if token[1] else whole
            elif token[1] and token[2] != self._root:
                if begun and begun[1] == token[2]:
                    yield _Segment(begun[0], tag_end, "whole")
                    begun, done = None, tag_end
            elif data[tag_end - 2] != ord("/") and (not begun or token[2] in (begun[1], self._root)):
                if begun:
                    yield _Segment(begun[0], token.start(), "unclosed")
                elif data[done : token.start()].strip():
                    yield _Segment(done, token.start(), "between")
                if token[2] == self._root:
                    self._closed, begun, done = bool(token[1]), None, tag_end
                else:
                    begun, whole = (token.start(), token[2]), 0
        if final and begun and whole:
            yield _Segment(begun[0], whole, "cut")
        elif final and not begun and data[done:].strip():
            yield _Segment(done, len(data) if self._closed else data.rfind(b">") + 1, "between")
            if self._closed:
                self._notes.add(self._line + data.count(b"\n", 0, done), "text after the end of the XML")

    def _careful(
        self, piece: bytes, kind: str, line: int, continued: bool, split: bool = True
    ) -> Iterator[Part | Problem]:
        """One piece: strictly, else in still smaller pieces, else repaired by libxml2 with its errors counted."""
        if kind == "between":
            names = b"|".join(name.encode() for name in self._shape.containers)
            piece = re.sub(rb"</?(?:" + names + rb")\b[^>]*>", b"", piece)
            if not piece.strip():
                return
        root = self._parse(piece, recover=False)
        if root is None and split and self._inner and kind != "between":
            yield from self._comments(piece, line, continued)
            return
        if root is None:
            piece = escape_ends(piece, line, self._notes)
            root = self._parse(piece, recover=True)
            for error in self._log:
                message = re.sub(
                    r" line \d+", "", error.message.partition("\n")[0]
                )  # no words of the file, no wrong lines
                self._notes.add(line + error.line - 1, message)
            if len(self._log) >= 100:
                self._notes.add(line, "100 errors or more in one record (libxml2 stops counting)")
            if root is not None and kind != "between":
                mend(root, self._shape)
        if root is None or (kind != "between" and not len(root)):
            yield Problem(reason="unreadable_record", place=f"line {line:,}")
            return
        yield from swallowed(root, piece, line, self._shape)
        if kind == "unclosed":
            self._notes.add(line, "record without its end tag")
        yield from self._parts(root, line, continued)

    def _comments(self, piece: bytes, line: int, continued: bool) -> Iterator[Part | Problem]:
        """A damaged item with comments: its fields first, then each comment alone, so that one spoils no other."""
        starts = [t.start() for t, _ in self._outside(piece) if t[2] == self._inner and not t[1]]
        for start, end in pairwise([0, *starts, len(piece)]):
            part = piece[start:end] if start == 0 else self._start + piece[start:end]
            part = part if end == len(piece) else part + self._close
            yield from self._careful(part, "whole", line, continued or start > 0, split=False)
            line += piece.count(b"\n", start, end)

    def _parse(self, data: bytes, recover: bool) -> Element | None:
        """The container element with ``data`` in it, or None where that is not XML."""
        parser = _parser(recover, huge=len(data) > 9_000_000)
        try:
            if recover:  # each stray end tag closes something: better one of these than the document
                data = b"<_>" * SPARE + data + b"</_>" * SPARE
            root = etree.fromstring(self._header + data + self._footer, parser)
        except etree.XMLSyntaxError:
            root = None
        self._log = list(parser.error_log)
        if root is None or (not recover and len(self._log)):
            return None
        for _ in range(len(self._shape.containers) - 1 + SPARE * recover):
            root = next(iter(root), None) if root is not None else None
        return root

    def _parts(self, root: Element, line: int, continued: bool) -> Iterator[Part]:
        for child in root:
            if isinstance(child.tag, str):
                yield Part(child, line, continued)
                continued = False
