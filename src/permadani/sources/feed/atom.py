"""Atom 1.0 and 0.3, with what Blogger adds: what kind of thing an entry is, and which comment it answers."""

from __future__ import annotations

from permadani.sources.feed.elements import Fields, fields, first, html, words
from permadani.sources.feed.entry import LOCKED, Entry, Head, Person
from permadani.sources.reading.xmlelement import Element
from permadani.sources.reading.xmlstream import Part

LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_KINDS = "http://schemas.google.com/blogger/2008/kind#"


def add_to_head(head: Head, name: str, element: Element) -> None:
    """One child of the feed."""
    match name:
        case "atom:title":
            head.title = head.title or words(element)
        case "atom:link":
            target, rel = (element.get("href") or "").strip(), (element.get("rel") or "alternate").strip()
            if rel == "alternate":
                head.link = head.link or target
            elif rel == "self":
                head.own = head.own or target
        case "atom:generator":
            head.generator = f"{first({name: [element]}, name)} {element.get('uri') or ''}?v={element.get('version')}"
        case "atom:author":
            head.authors.append(_person(element))


def entry(part: Part, head: Head) -> Entry:
    """One entry."""
    found = fields(part.element)
    result = Entry(part.line())
    result.id, result.link = first(found, "atom:id"), _link(found)
    result.number = first(found, "wpcom:post-id")
    result.published = first(found, "atom:published", "atom:issued", "atom:created")
    result.updated = first(found, "atom:updated", "atom:modified")
    result.language = part.element.get(LANGUAGE)
    for title in found.get("atom:title", ())[:1]:
        result.title = words(title)
    for element in (found.get("atom:content") or found.get("atom:summary") or [])[:1]:
        result.start = html(element) or ""
        result.body = words(element)
        if LOCKED in result.start[:2000]:
            result.left_out, result.start, result.body = "password", "", ""
    for reply in found.get("thr:in-reply-to", ()):
        result.parent = result.parent or (reply.get("ref") or reply.get("href") or "").strip()
    result.authors = [person for element in found.get("atom:author", ()) if (person := _person(element))]
    _as_blogger_says(found, result)
    return result


def _link(found: Fields) -> str:
    for link in found.get("atom:link", ()):
        if (link.get("rel") or "alternate").strip() == "alternate" and (target := (link.get("href") or "").strip()):
            return target
    return ""


def _person(element: Element) -> Person:
    inside = fields(element)
    uri = first(inside, "atom:uri", "atom:url")
    return Person(first(inside, "atom:name"), uri, first(inside, "atom:email"))


def _as_blogger_says(found: Fields, result: Entry) -> None:
    """A blog's export holds its drafts, settings and templates as entries too."""
    kind = first(found, "blogger:type").lower()
    for category in found.get("atom:category", ()):
        term = category.get("term") or ""
        if term.startswith(_KINDS):
            kind = kind or term.removeprefix(_KINDS)
    result.comment = kind == "comment"
    result.article = first(found, "blogger:parent")
    result.parent = result.parent or first(found, "blogger:inReplyTo") or result.article
    status = first(found, "blogger:status").lower()
    draft = any(first(fields(control), "app:draft").lower() == "yes" for control in found.get("app:control", ()))
    if kind and kind not in ("post", "page", "comment"):
        result.left_out = f"kind:{kind[:40]}"
    elif draft or (status and status != "live"):
        result.left_out = status[:40] or "draft"
