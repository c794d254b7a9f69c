"""How an XML export nests, and small readings of its elements: children by local name, all characters of one."""

from __future__ import annotations

import html
from dataclasses import dataclass
from typing import Any

from lxml import etree

Element = Any  # lxml ships no types


@dataclass(frozen=True, slots=True)
class Shape:
    """How an export nests. ``inner`` is the record that may lie in the last kind of ``records`` by the million.

    ``fields`` are local names of the fields of a record (``inner_fields``: of an inner one): in a damaged record they
    are put back where they belong. ``named_doctype``: naming a document type is usual (RSS 0.91); it is never fetched.
    """

    what: str
    containers: tuple[str, ...]
    records: tuple[str, ...]
    fields: frozenset[str]
    inner: str | None = None
    inner_fields: frozenset[str] = frozenset()
    named_doctype: bool = False


class _Names(dict[Any, str]):
    """Tag to local name, remembered. ``excerpt:encoded`` keeps its prefix: only that name is used twice."""

    def __missing__(self, tag: Any) -> str:
        if not isinstance(tag, str):  # comments and entities have functions for tags
            return ""
        uri, _, local = tag.rpartition("}")
        prefix, _, local = local.rpartition(":")  # an unbound prefix stays in front
        name = f"excerpt:{local}" if local == "encoded" and "excerpt" in uri + prefix else local
        if len(self) < 10_000:
            self[tag] = name
        return name


NAMES = _Names()


def children(element: Element) -> dict[str, Element]:
    """The element's children by local name, the last one of a name winning."""
    names = NAMES
    return {names[child.tag]: child for child in element}


def texts(element: Element) -> dict[str, str]:
    """The characters of the element's children by local name; quicker than ``children`` and ``text``."""
    names = NAMES
    return {names[child.tag]: text(child) if len(child) else child.text or "" for child in element}


def text(element: Element | None) -> str:
    """All characters of an element, unknown entities such as ``&nbsp;`` read as HTML."""
    if element is None:
        return ""
    if not len(element):  # nearly always
        return element.text or ""
    parts = [element.text or ""]
    for child in element:
        if isinstance(child.tag, str):
            parts.append(text_of_all(child))
        elif child.tag is etree.Entity:
            parts.append(html.unescape(child.text))
        parts.append(child.tail or "")
    return "".join(parts)


def text_of_all(element: Element) -> str:
    """The characters of an element and all below it, without recursion."""
    return "".join(piece for piece in element.itertext() if isinstance(piece, str))
