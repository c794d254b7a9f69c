"""HTML to plain text."""

from __future__ import annotations

import html as entities
import re
from functools import lru_cache

_BLOCKS = r"p|br|div|li|ul|ol|blockquote|pre|h[1-6]|hr|tr|table|figure|section|article"
_BREAKS = re.compile(rf"(?i)</?(?:{_BLOCKS})\b[^>]{{0,200}}>")
_SIMPLE = re.compile(
    rf"(?i)</?(?:({_BLOCKS})|a|b|i|u|s|em|strong|code|span|del|ins|cite|q|abbr|small|sub|sup|img)"
    r"""(?:\s+[\w:-]{1,50}(?:=(?:"[^"<>]*"|'[^'<>]*'))?){0,20}\s*/?>"""
)
_ADDRESS = re.compile(
    r"""(?<![^\s"'<>()\[\],;:/|])([^\s@＠"'<>()\[\],;:/|]{1,300}+)(@| ?@ |@ |＠)"""
    r"""(?:localhost\b|\[?(?:[^\s@＠"'<>()\[\],;:/|.]{1,63}\.)++[^\s@＠"'<>()\[\],;:/|.]{1,63}\]?)"""
)
"""Somebody's e-mail address. ``@ani@host.example`` is none (a handle), nor is the end of ``host.example/@ani.b``."""
_TAG = re.compile(r"<!--.*?(?:-->|\Z)|<(/?)([A-Za-z][A-Za-z0-9:-]{0,50})[^<>]*>?|<[!?][^<>]*>?", re.DOTALL)
_SILENT = frozenset({"script", "style", "template"})
MOST_TAGS = 2000
"""With more tags no parser is asked: its time grows with the square of how deep they nest."""
NAME_LENGTH = 200
LOOKED_AT = 1000
"""So much of a name is looked at: an address must not be cut in two before it is seen."""


def _line(text: str) -> str:
    # Spaces are the only printable white space: two quick looks spare most texts the splitting.
    return text.strip(" ") if "  " not in text and text.isprintable() else " ".join(text.split())


def _tidy(text: str) -> str:
    """One space between words, no empty lines."""
    if "\n" not in text:
        return _line(text)
    return "\n".join(line for raw in text.split("\n") if (line := _line(raw)))


def plain(html: str) -> str:
    """The words of an HTML fragment, one line per paragraph. Scripts and styles are gone, nothing executes."""
    if "<" not in html:
        return _tidy(entities.unescape(html) if "&" in html else html)
    if html.startswith("<p>") and html.endswith("</p>"):  # how Disqus writes them
        text = html[3:-4].replace("</p><p>", "\n")
        if "<" not in text:
            return _tidy(entities.unescape(text) if "&" in text else text)
    # Most comments hold nothing but paragraphs and links: three times quicker without a parser.
    text = _SIMPLE.sub(lambda tag: "\n" if tag[1] else "", html)
    if "<" not in text:
        return _tidy(entities.unescape(text) if "&" in text else text)
    return _parsed(html)


def _parsed(html: str) -> str:
    if html.count("<") > MOST_TAGS:
        return _tidy(entities.unescape(_stripped(_BREAKS.sub("\n", html))))
    from selectolax.lexbor import LexborHTMLParser

    tree = LexborHTMLParser(_BREAKS.sub("\n", html))
    tree.strip_tags(["script", "style", "template"])
    return _tidy(tree.body.text() if tree.body else "")


def _stripped(html: str) -> str:
    """Without tags, comments, scripts and styles, in one pass."""
    kept: list[str] = []
    position, inside = 0, ""
    for tag in _TAG.finditer(html):
        if not inside:
            kept.append(html[position : tag.start()])
        position, name = tag.end(), (tag[2] or "").lower()
        if inside == name and tag[1]:
            inside = ""
        elif not inside and not tag[1] and name in _SILENT:
            inside = name
    if not inside:
        kept.append(html[position:])
    return "".join(kept)


@lru_cache(20_000)
def display_name(html: str) -> str | None:
    """A name somebody signed with: without markup, on one line, None where nothing is left.

    Of an e-mail address in it only what stands before the @ is kept, and the rest is never stored.
    """
    name = " ".join(plain(html).split())[:LOOKED_AT]
    if "@" in name or "＠" in name:
        name = _ADDRESS.sub(lambda found: f"{found[1]}{found[2]}…", name)
    return name[:NAME_LENGTH].strip() or None
