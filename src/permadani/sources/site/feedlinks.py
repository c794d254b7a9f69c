"""Addresses inside feeds: the feed of an entry's comments, and the page with what is older."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from lxml import etree

from permadani.sources.reading.xmlelement import Element
from permadani.sources.site.webpage import resolved

MOST_THREADS = 500
_COMMENTS = re.compile(r"(?i)/comments?(?:[/.]|$)|[?&]feed=comments-")


@dataclass(frozen=True, slots=True)
class Thread:
    """The feed of the comments of one entry, and how many there are; None: not told."""

    feed: str
    count: int | None


def of_comments(address: str) -> bool:
    """Whether a feed at this address holds the comments of a site."""
    return _COMMENTS.search(address) is not None


def threads(body: bytes, address: str) -> list[Thread]:
    """The feeds of comments that the entries of a feed name, each once."""
    found: dict[str, Thread] = {}
    for entry in _entries(body):
        feed, count = None, None
        for child in entry:
            name = _local(child)
            if name == "commentRss":
                feed = feed or resolved(address, (child.text or "").strip())
            elif name in ("comments", "total") and (told := _number(child.text)) is not None:
                count = told
            elif name == "link" and child.get("rel") == "replies" and "html" not in (child.get("type") or "html"):
                feed = resolved(address, child.get("href") or "") or feed
                told = next(
                    (_number(value) for key, value in child.attrib.items() if str(key).endswith("}count")), None
                )
                count = told if told is not None else count
        if feed is not None and len(found) < MOST_THREADS:
            found.setdefault(feed, Thread(feed, count))
    return list(found.values())


def older_page(body: bytes, address: str, wordpress: bool) -> str | None:
    """Where what is older stands: where the feed says so (RFC 5005), or as WordPress counts its pages."""
    root = _root(body)
    for child in root.iter("{*}link") if root is not None else ():
        if child.get("rel") == "next" and _local(child.getparent()) in ("feed", "channel"):
            return resolved(address, child.get("href") or "")
    if not wordpress:
        return None
    parts = urlsplit(address)
    query = dict(parse_qsl(parts.query))
    number = _number(query.get("paged")) or 1
    return urlunsplit(parts._replace(query=urlencode({**query, "paged": str(number + 1)})))


def home_page(body: bytes, address: str) -> str | None:
    """The page that a feed is of, where it lies at the same host."""
    root = _root(body)
    for child in root.iter("{*}link") if root is not None else ():
        if _local(child.getparent()) in ("feed", "channel") and child.get("rel") in (None, "alternate"):
            page = resolved(address, (child.get("href") or child.text or "").strip())
            same = page is not None and urlsplit(page).netloc.lower() == urlsplit(address).netloc.lower()
            return page if same and page != address else None
    return None


def as_atom(address: str) -> str:
    """The same feed of a WordPress site as Atom, which tells parents."""
    parts = urlsplit(address)
    query = [(key, _atom(value) if key == "feed" else value) for key, value in parse_qsl(parts.query)]
    path = re.sub(r"/feed(?:/rss2?)?/?$", "/feed/atom/", parts.path)
    return urlunsplit(parts._replace(path=path, query=urlencode(query)))


def _atom(kind: str) -> str:
    return {"rss2": "atom", "rss": "atom", "feed": "atom", "comments-rss2": "comments-atom"}.get(kind, kind)


def _root(body: bytes) -> Element | None:
    """Nothing outside is read, and no entity resolved; libxml's own limits on depth and size stand."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=True, huge_tree=False)
    try:
        root: Element | None = etree.fromstring(body, parser)
    except (etree.XMLSyntaxError, ValueError):
        return None
    return root


def _entries(body: bytes) -> Iterator[Element]:
    root = _root(body)
    if root is not None:
        yield from root.iter("{*}item", "{*}entry")


def _local(element: Element | None) -> str:
    tag = element.tag if element is not None else ""
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def _number(text: str | None) -> int | None:
    text = (text or "").strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None
