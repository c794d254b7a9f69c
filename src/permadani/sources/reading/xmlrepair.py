"""Damaged records of an XML export: what is mended before and after libxml2 recovers them, and what was lost."""

from __future__ import annotations

import re
from collections.abc import Iterator

from permadani.sources.reading.xmlbytes import Noted
from permadani.sources.reading.xmlelement import NAMES, Element, Shape
from permadani.vocabulary import Problem

_ENDS = re.compile(rb"(<!\[CDATA\[.*?\]\]>)|\]\]>", re.DOTALL)


def escape_ends(piece: bytes, line: int, notes: Noted) -> bytes:
    """``]]>`` in mere text (old WXR wrote it into CDATA sections, ending them) costs libxml2 all text before it."""
    last = piece.rfind(b"]]>") + 3

    def escape(match: re.Match[bytes]) -> bytes:
        if match[1] is None:
            notes.add(line, "]]> outside a CDATA section")
        return match[1] or b"]]&gt;"

    return _ENDS.sub(escape, piece[:last]) + piece[last:] if last > 2 else piece


def mend(root: Element, shape: Shape) -> None:
    """Put the fields of a damaged record back under it: stray end tags let them slip out, missing ones deeper."""
    record = next((child for child in root if isinstance(child.tag, str)), None)
    if record is None:
        return
    everything = list(root.getroottree().getroot().iter())
    local = (shape.inner or "").rpartition(":")[2]
    inner = next((e for e in record.iter() if NAMES[e.tag] == local), None) if local else None
    for home, fields in ((record, shape.fields), (inner, shape.inner_fields)):
        if home is not None:
            present = {NAMES[e.tag] for e in home}
            above = {home, *home.iterancestors()}
            for element in [e for e in everything if NAMES[e.tag] in fields - present and e not in above]:
                home.append(element)
            for element in home.iterchildren("*"):  # no comments and entities, which have no words to take back
                if not len(element) and (element.tail or "").strip():  # ended early: its last words fell out
                    element.text, element.tail = (element.text or "") + element.tail, None


def swallowed(root: Element, data: bytes, first_line: int, shape: Shape) -> Iterator[Problem]:
    """A CDATA section without its end takes the next record in: well-formed, but a record is lost."""
    names = {name.encode() for name in (*shape.records, *([shape.inner] if shape.inner else []))}
    local = {name.rpartition(":")[2] for name in shape.records}
    found = sum(1 for child in root if NAMES[child.tag] in local)
    if shape.inner:
        found += sum(1 for _ in root.iter("{*}" + shape.inner.rpartition(":")[2]))
    if sum(data.count(b"</" + name + b">") for name in names) <= found:
        return
    last = data.rfind(b"]]>") + 3
    boundary = re.compile(rb"</(" + b"|".join(names) + rb")>\s*<\1[\s>]")
    for section in _ENDS.finditer(data, 0, last):
        # The section ends where the swallowed record's own CDATA section ends: so there is one inside.
        inside = (section[1] or b"")[9:].rpartition(b"<![CDATA[")[0]
        for lost in boundary.finditer(inside):
            line = first_line + data.count(b"\n", 0, section.start() + 9 + lost.start())
            yield Problem(reason="swallowed_record", place=f"line {line:,}")
