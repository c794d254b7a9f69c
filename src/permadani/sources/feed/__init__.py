"""Feeds as files: RSS 0.9 to 2.0, Atom, JSON Feed; of a site's entries or of their comments."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from permadani.errors import UnexpectedEnd
from permadani.sources.base import ReadOptions
from permadani.sources.feed import atom, jsonfeed, rss
from permadani.sources.feed.elements import ATOM, NAMES, RSS_1
from permadani.sources.feed.entry import Entry, Head
from permadani.sources.feed.records import Records
from permadani.sources.reading.files import InputFile
from permadani.sources.reading.jsonhead import json_text
from permadani.sources.reading.xmlbytes import find_header, head_text
from permadani.sources.reading.xmlelement import Shape
from permadani.sources.reading.xmlstream import Part, XmlStream
from permadani.vocabulary import Problem, Record

_WXR = (b"://wordpress.org/export/", b"<wp:wxr_version>")
_ROOT = re.compile(rb"<([\w.:-]{1,60})")
_FIELDS = frozenset(
    {"title", "link", "guid", "pubDate", "creator", "author", "description", "encoded", "date"}
    | {"id", "published", "updated", "content", "summary", "in-reply-to"}
)


class Feed:
    """See docs/sources/feed.md."""

    name = "feed"

    def recognises(self, file: InputFile) -> bool:
        try:
            head = file.head
            return jsonfeed.SIGN.search(json_text(head)) is not None or _kind(head_text(head)) is not None
        except Exception:  # the contract: never raise; a damaged file is named by whoever reads it
            return False

    def read(self, file: InputFile, options: ReadOptions) -> Iterator[Record]:
        records = Records()
        cut: UnexpectedEnd | None = None
        try:
            for found in _entries(file, records.head):
                if isinstance(found, Problem):
                    yield found
                else:
                    yield from records.of(found)
        except UnexpectedEnd as error:
            cut = error
        yield from records.coverage()
        if cut is not None:
            raise cut


def _entries(file: InputFile, head: Head) -> Iterator[Entry | Problem]:
    text = head_text(file.head)
    if json_text(file.head):
        return jsonfeed.read(file, head)
    shape = _kind(text) or _shape(("rss", "channel"), "item")
    reader = atom if shape.records[0].endswith("entry") else rss
    return _xml(XmlStream(file, shape), head, reader.add_to_head, reader.entry)


def _xml(
    stream: XmlStream,
    head: Head,
    add_to_head: Callable[[Head, str, object], None],
    entry: Callable[[Part, Head], Entry],
) -> Iterator[Entry | Problem]:
    for part in stream:
        if isinstance(part, Problem):
            yield part
        elif (name := NAMES[part.element.tag]) in ("item", "atom:entry"):
            yield entry(part, head)
        elif name:
            add_to_head(head, name, part.element)
    if stream.cut:
        raise stream.cut


def _kind(text: bytes) -> Shape | None:
    """How a feed that begins like this nests, or None where it is none (or WordPress's export, which is RSS too)."""
    for root in ("rss", "feed", "RDF"):
        found = find_header(text, (root,))
        if found is None or (found.junk and not (found.doctype or b"").endswith(b"[")):
            continue  # one with entities is claimed, so that it can be said what is wrong with it
        name = (_ROOT.match(found.starts) or [b"", b""])[1].decode()
        if root == "rss":
            if any(sign in text for sign in _WXR):
                return None
            return _shape((name, "channel"), "item")
        spaces = ATOM if root == "feed" else RSS_1
        if any(space.encode() in found.starts for space in spaces):
            return _shape((name,), name[:-4] + "entry" if root == "feed" else "item")
    return None


def _shape(containers: tuple[str, ...], record: str) -> Shape:
    return Shape(what="a feed", containers=containers, records=(record,), fields=_FIELDS, named_doctype=True)
