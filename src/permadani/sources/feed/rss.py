"""RSS 0.9 to 2.0: items of a channel, or beside it (RSS 1.0)."""

from __future__ import annotations

from permadani.sources.feed.elements import RDF, Fields, fields, first
from permadani.sources.feed.entry import LOCKED, Entry, Head, Person, mailbox
from permadani.sources.reading.markup import plain
from permadani.sources.reading.xmlelement import Element
from permadani.sources.reading.xmlstream import Part

ABOUT, RESOURCE = f"{{{RDF}}}about", f"{{{RDF}}}resource"
_CUT = ("…", "[…]", "...", "[...]")


def add_to_head(head: Head, name: str, element: Element) -> None:
    """One child of the channel (or the channel of RSS 1.0, which has its items beside it)."""
    if name == "channel":
        for key, found in fields(element).items():
            for child in found:
                add_to_head(head, key, child)
        return
    said = first({name: [element]}, name)
    match name:
        case "title":
            head.title = head.title or said
        case "link":
            head.link = head.link or said
        case "atom:link":
            target = (element.get("href") or "").strip()
            if element.get("rel") == "self":
                head.own = head.own or target
        case "generator":
            head.generator = said
        case "admin:generatorAgent":
            head.generator = head.generator or element.get(RESOURCE) or ""
        case "language" | "dc:language":
            head.language = head.language or said or None
        case "managingEditor":
            head.authors.append(mailbox(said))
        case "dc:creator" | "itunes:author" if said and all(said != person.name for person in head.authors):
            head.authors.append(Person(name=said))


def entry(part: Part, head: Head) -> Entry:
    """One item."""
    found = fields(part.element)
    result = Entry(part.line())
    result.id, result.link = first(found, "guid"), first(found, "link") or _atom_link(found)
    if "guid" in found:
        result.permalink = (found["guid"][0].get("isPermaLink") or "true").strip().lower() != "false"
    else:
        result.id = (part.element.get(ABOUT) or "").strip()
    result.number = first(found, "wpcom:post-id")
    result.published = first(found, "pubDate", "dc:date", "atom:published")
    result.updated = first(found, "atom:updated")
    result.title = plain(first(found, "title"))
    full = first(found, "content:encoded")
    result.start = full or first(found, "description")
    if LOCKED in result.start[:2000]:
        result.left_out, result.start = "password", ""
    result.body = plain(result.start)
    result.excerpt = not full and result.body.endswith(_CUT)
    for reply in found.get("thr:in-reply-to", ()):
        result.parent = result.parent or (reply.get("ref") or reply.get("href") or "").strip()
    result.authors = _authors(found)
    return result


def _atom_link(found: Fields) -> str:
    for link in found.get("atom:link", ()):
        if link.get("rel") in (None, "alternate"):
            return (link.get("href") or "").strip()
    return ""


def _authors(found: Fields) -> list[Person]:
    """``dc:creator`` names people, ``author`` should hold an address: where each names one, they are the same."""
    signed = [Person(name=said) for element in found.get("dc:creator", ()) if (said := first({"": [element]}, ""))]
    given = [mailbox(said) for element in found.get("author", ()) if (said := first({"": [element]}, ""))]
    if len(signed) <= 1 and len(given) == 1:
        signed = [Person(name=signed[0].name if signed else given[0].name, address=given[0].address)]
    elif not signed:
        signed = given
    for element in found.get("atom:author", ()) if not signed else ():
        inside = fields(element)
        signed.append(Person(*(first(inside, f"atom:{name}") for name in ("name", "uri", "email"))))
    if not signed and (podcast := first(found, "itunes:author")):
        signed = [Person(name=podcast)]
    return [person for person in signed if person]
