"""Values in the nodes of ActivityStreams JSON, in whatever shape; None where they are not what is meant.

Every property may be missing, null, a string, an object, or a list of these; version 1 has other names for some.
"""

from __future__ import annotations

import re
from typing import Any

from permadani.sources.activitystreams.terms import OBJECT_TYPES, VERBS
from permadani.sources.reading.clock import iso
from permadani.sources.reading.markup import plain

Node = dict[str, Any]

MOST_VALUES = 1000
"""So many values of a list are looked at; nobody names more people in one message."""
_URI = re.compile(r"(?:https?://|at://|did:|tag:|acct:|urn:|ap://)[^\s\x00-\x20\x7f<>\"]{1,2000}")
_WEB = re.compile(r"https?://[^\s\x00-\x20\x7f<>\"/][^\s\x00-\x20\x7f<>\"]{0,2000}")
_HOST = re.compile(r"https?://([^/?#@\s]{1,253})")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8}){0,4}")
_IRI = "https://www.w3.org/ns/activitystreams#"


def many(value: Any) -> list[Any]:
    """A value as a list: nothing, one, or several."""
    if value is None:
        return []
    return value[:MOST_VALUES] if isinstance(value, list) else [value]


def either(node: Node, new: str, old: str) -> Any:
    """A property by its name in version 2, or that of version 1."""
    value = node.get(new)
    return node.get(old) if value is None else value


def nodes(value: Any) -> list[Node]:
    if isinstance(value, dict):
        return [value]
    return [part for part in value[:MOST_VALUES] if isinstance(part, dict)] if isinstance(value, list) else []


def web(value: Any) -> str | None:
    """The first web address in a ``url``; pages are preferred to pictures and films."""
    found = None
    for part in many(value):
        address = part
        if isinstance(part, dict):
            address = next((part[k] for k in ("href", "value", "url") if isinstance(part.get(k), str)), None)
        if isinstance(address, str) and _WEB.fullmatch(address):
            if not isinstance(part, dict) or part.get("mediaType") in (None, "text/html"):
                return address
            found = found or address
    return found


def identifier(value: Any) -> str | None:
    """The URI of something that is named by its URI or embedded: its id, else its web address."""
    for part in many(value):
        if isinstance(part, str):
            if _URI.fullmatch(part):
                return part
        elif isinstance(part, dict):
            for key in ("id", "@id", "url", "href"):
                named = part.get(key)
                if isinstance(named, str) and _URI.fullmatch(named):
                    return named
            if address := web(part.get("url")):
                return address
    return None


def host(uri: str) -> str | None:
    found = _HOST.match(uri)
    return found[1].lower() if found else None


def type_of(node: Node) -> str | None:
    """The type in the words of version 2, of several the first; None where there is none."""
    for key in ("type", "@type"):
        for name in many(node.get(key)):
            if isinstance(name, str) and name:
                return name.removeprefix("as:").removeprefix(_IRI)
    verb, kind = node.get("verb"), node.get("objectType")
    if isinstance(verb, str) and verb:
        return VERBS.get(verb.rsplit("/", 1)[-1].lower(), verb)
    if isinstance(kind, str) and kind:
        kind = kind.rsplit("/", 1)[-1].lower()
        return "Create" if kind == "activity" else OBJECT_TYPES.get(kind, kind)
    return None


def is_version_1(node: Node) -> bool:
    return "type" not in node and "@type" not in node and ("objectType" in node or "verb" in node)


def time(value: Any) -> int | None:
    return iso(value) if isinstance(value, str) and len(value) < 64 else None


def string(value: Any) -> str | None:
    return value if isinstance(value, str) and value.strip() else None


def language(value: Any) -> str | None:
    fits = isinstance(value, str) and value != "und" and _LANGUAGE.fullmatch(value)
    return value if fits else None


def words(node: Node) -> tuple[str | None, str | None]:
    """The content as plain text, and its language where the node tells it without doubt."""
    content, versions = node.get("content"), node.get("contentMap")
    if isinstance(content, dict):  # some write the map there
        content, versions = None, content
    tongue = None
    if isinstance(versions, dict):
        said = {code: text for code, text in versions.items() if isinstance(text, str)}
        if string(content) is None and said:
            content = next(iter(said.values()))
        if len(said) == 1:
            tongue = next(iter(said))
        elif sum(text == content for text in said.values()) == 1:
            tongue = next(code for code, text in said.items() if text == content)
    if not isinstance(content, str):
        return None, None
    kind = node.get("mediaType")
    is_html = not isinstance(kind, str) or not kind.startswith("text/") or kind == "text/html"
    return (plain(content) if is_html else content.strip()) or None, language(tongue)


def client(node: Node) -> str | None:
    """The program that made it, as ``generator`` names it."""
    for maker in many(node.get("generator")):
        name = either(maker, "name", "displayName") if isinstance(maker, dict) else maker
        if isinstance(name, str) and name.strip() and "://" not in name:
            return " ".join(name.split())[:200]
    return None
