"""Elements of a feed by short names that tell their namespace: ``title`` is RSS's own, ``media:title`` is not it."""

from __future__ import annotations

from typing import Any

from lxml import etree

from permadani.sources.reading.markup import plain
from permadani.sources.reading.xmlelement import Element, text

ATOM = ("http://www.w3.org/2005/Atom", "http://purl.org/atom/ns#")
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RSS_1 = (
    "http://purl.org/rss/1.0/",
    "http://my.netscape.com/rdf/simple/0.9/",
    "http://channel.netscape.com/rdf/simple/0.9/",
)
_PREFIXES = {
    "": "",
    **dict.fromkeys(RSS_1, ""),
    "http://backend.userland.com/rss2": "",
    "http://blogs.law.harvard.edu/tech/rss": "",
    **dict.fromkeys(ATOM, "atom:"),
    "http://purl.org/dc/elements/1.1/": "dc:",
    "http://purl.org/rss/1.0/modules/content/": "content:",
    "http://purl.org/syndication/thread/1.0": "thr:",
    "http://www.itunes.com/dtds/podcast-1.0.dtd": "itunes:",
    "http://webns.net/mvcb/": "admin:",
    "http://www.w3.org/2007/app": "app:",
    "http://purl.org/atom/app#": "app:",
    "http://schemas.google.com/blogger/2018": "blogger:",
    "com-wordpress:feed-additions:1": "wpcom:",
}
"""The namespaces that are read; whatever is in another is passed over."""


class _Names(dict[Any, str]):
    """Tag to short name, remembered; empty where it is not read."""

    def __missing__(self, tag: Any) -> str:
        if not isinstance(tag, str):
            return ""
        uri, _, local = tag.rpartition("}")
        prefix = _PREFIXES.get(uri.removeprefix("{"))
        name = "" if prefix is None else prefix + local  # an undeclared prefix stays in front of the name
        if len(self) < 10_000:
            self[tag] = name
        return name


NAMES = _Names()
Fields = dict[str, list[Element]]


def fields(element: Element) -> Fields:
    """The children by short name, in their order."""
    found: Fields = {}
    for child in element:
        name = NAMES[child.tag]
        if name in found:
            found[name].append(child)
        elif name:
            found[name] = [child]
    return found


def first(found: Fields, *names: str) -> str:
    """The text of the first of these children that has one, without blanks around."""
    for name in names:
        for element in found.get(name, ()):
            if said := (element.text or "" if not len(element) else text(element)).strip():
                return said
    return ""


def html(element: Element) -> str | None:
    """What an Atom text construct says, as HTML; None where it is plain text or something else than words."""
    kind = (element.get("type") or "text").strip().lower()
    if kind in ("xhtml", "application/xhtml+xml"):
        inside = (etree.tostring(child, encoding="unicode", method="html") for child in element)
        return (element.text or "") + "".join(inside)
    mode = element.get("mode")  # Atom 0.3
    if mode == "xml" and len(element):
        inside = (etree.tostring(child, encoding="unicode", method="html") for child in element)
        return (element.text or "") + "".join(inside)
    return text(element) if kind in ("html", "text/html") else None


def words(element: Element) -> str:
    """The plain text of an Atom text construct."""
    marked = html(element)
    if marked is not None:
        return plain(marked)
    kind = (element.get("type") or "text").strip().lower()
    if kind not in ("text", "text/plain") or element.get("src"):
        return ""
    return "\n".join(line for raw in text(element).split("\n") if (line := " ".join(raw.split())))
