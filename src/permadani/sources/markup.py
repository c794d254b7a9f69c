"""HTML to plain text."""

from __future__ import annotations

import re

_BREAKS = re.compile(r"(?i)<(?:br|/p|/div|/li|/blockquote|/h[1-6])\b[^>]{0,200}>")
_SPACES = re.compile(r"[^\S\n]+")
_LINES = re.compile(r"\s*\n\s*")


def plain(html: str) -> str:
    """The words of an HTML fragment, one line per paragraph. Scripts and styles are gone, nothing executes."""
    if "<" not in html and "&" not in html:
        return _SPACES.sub(" ", html).strip()
    from selectolax.parser import HTMLParser

    tree = HTMLParser(_BREAKS.sub("\n", html))
    tree.strip_tags(["script", "style", "template"])
    text = tree.body.text() if tree.body else ""
    return _LINES.sub("\n", _SPACES.sub(" ", text)).strip()
