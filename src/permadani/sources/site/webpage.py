"""What a page says of its site: links to an API and to feeds, its language, what it loads.

Pages are looked through tag by tag, without a parser: the time that parsers take for hostile pages (deeply nested,
never closed) grows with the square of their size, and nothing here depends on how tags nest.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import unescape
from urllib.parse import urljoin, urlsplit

LARGEST = 4 * 1024 * 1024
MOST_TAGS = 20_000
MOST_FEEDS = 12
MOST_SCRIPTS, LONGEST_SCRIPT = 100, 5000
LONGEST_URL = 2000
API = "https://api.w.org/"
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_TAG = re.compile(r"<([a-zA-Z][a-zA-Z0-9-]{0,30})((?:\s|/)[^<>]{0,4000})?>")
_ATTRIBUTE = re.compile(
    r"""([a-zA-Z][\w:.-]{0,50})(?:\s{0,9}=\s{0,9}("[^"]{0,3000}"|'[^']{0,3000}'|[^\s"'>]{1,3000}))?"""
)
_LINK = re.compile(r"""<([^<>]{1,2000})>\s{0,9};([^,<>]{0,500})""")
_REL = re.compile(r"""\brel\s{0,9}=\s{0,9}["']?([^"';,]{1,200})""", re.IGNORECASE)
_FEEDS = {"application/rss+xml": "rss", "application/atom+xml": "atom", "application/feed+json": "json"}
LOADED = frozenset({"script", "iframe", "div", "section", "link", "meta", "astro-island", "comments-embed"})
"""Tags whose attributes can show what a page brings along."""


@dataclass(frozen=True, slots=True)
class FeedLink:
    """``kind``: rss, atom or json."""

    url: str
    kind: str
    title: str = ""


@dataclass(slots=True)
class Webpage:
    """``url``: where it came from; ``canonical``: what it calls itself; ``api``: roots of WordPress APIs, the likeliest
    first; ``loaded``: the attributes of tags and the words of scripts that show which services it brings along."""

    url: str
    title: str = ""
    language: str | None = None
    canonical: str | None = None
    generator: str = ""
    api: list[str] = field(default_factory=list)
    feeds: list[FeedLink] = field(default_factory=list)
    loaded: list[str] = field(default_factory=list)
    locked: bool = False


def read(html: str, url: str, link_header: str = "") -> Webpage:
    """A page as far as it can be understood; it never fails."""
    page = Webpage(url)
    for target, about in _LINK.findall(link_header[:20_000]):
        rel = _REL.search(about)
        if rel and rel[1].strip() == API:
            _add_api(page, target)
    html = _COMMENT.sub(" ", html[:LARGEST])
    base = url
    for count, tag in enumerate(_TAG.finditer(html)):
        if count >= MOST_TAGS:
            break
        name = tag[1].lower()
        if name not in LOADED and name not in ("html", "base"):
            continue
        found = attributes(tag[2] or "")
        if name in LOADED:
            page.loaded.append(f"{name} {(tag[2] or '')[:1000]}")
        if name == "base" and base == url:
            base = resolved(url, found.get("href", "")) or url
        elif name == "html":
            page.language = page.language or _language(found.get("lang", ""))
        elif name == "meta":
            _meta(page, found)
        elif name == "link":
            _link(page, found, base)
    page.loaded += _scripts(html)
    return page


def attributes(text: str) -> dict[str, str]:
    """Attributes of one tag, names in small letters; of two with one name the first counts."""
    found: dict[str, str] = {}
    for name, value in _ATTRIBUTE.findall(text):
        found.setdefault(name.lower(), unescape(value.strip("\"'")).strip())
    return found


def resolved(base: str, url: str) -> str | None:
    """An address on a page, whole; None where it is none that could be visited."""
    if not url or len(url) > LONGEST_URL:
        return None
    try:
        whole = urljoin(base, url)
        parts = urlsplit(whole)
        usable = parts.scheme in ("http", "https") and bool(parts.hostname) and "@" not in parts.netloc
    except ValueError:
        return None
    return whole.partition("#")[0] if usable and whole.isprintable() and " " not in whole else None


def _scripts(html: str) -> list[str]:
    """The beginnings of the scripts inside a page."""
    found: list[str] = []
    lower, end = html.lower(), 0
    while len(found) < MOST_SCRIPTS and (start := lower.find("<script", end)) >= 0:
        begin, end = lower.find(">", start), lower.find("</script", start)
        if begin < 0 or end < 0:
            break
        if begin < end - 1:
            found.append(html[begin + 1 : min(end, begin + LONGEST_SCRIPT)])
    return found


def _meta(page: Webpage, found: dict[str, str]) -> None:
    name, content = found.get("name", "").lower(), found.get("content", "")[:300]
    if name == "generator":
        page.generator = f"{page.generator} {content}".strip()[:1000]
    elif found.get("property", "").lower() == "og:site_name":
        page.title = page.title or " ".join(content.split())


def _link(page: Webpage, found: dict[str, str], base: str) -> None:
    rels, target = found.get("rel", "").lower().split(), resolved(base, found.get("href", ""))
    if target is None:
        return
    if API in rels:
        _add_api(page, target)
    elif "canonical" in rels:
        page.canonical = page.canonical or target
    elif "alternate" in rels and len(page.feeds) < MOST_FEEDS:
        kind = _FEEDS.get(found.get("type", "").lower().partition(";")[0].strip())
        if kind is not None and all(feed.url != target for feed in page.feeds):
            page.feeds.append(FeedLink(target, kind, found.get("title", "")[:200]))


def _add_api(page: Webpage, target: str) -> None:
    root = resolved(page.url, target)
    if root is not None and root not in page.api and len(page.api) < 3:
        page.api.append(root)


def _language(text: str) -> str | None:
    return text if re.fullmatch(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8}){0,3}", text) else None
