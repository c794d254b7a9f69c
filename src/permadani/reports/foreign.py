"""Words of strangers: made harmless and short before they reach a terminal, a page or a picture.

Escaping for HTML is done by Jinja2; here goes what escaping cannot mend: terminal sequences, control characters,
marks that turn the direction of the text around them, and towers of combining marks.
"""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import urlsplit

_SEQUENCE = re.compile(
    r"\x1b(?:\[[0-?]*[ -/]*[@-~]|[\]PX^_][^\x07\x1b]*(?:\x07|\x1b\\)?|[ -/]*[0-~])|\x9b[0-?]*[ -/]*[@-~]"
)
_DIRECTION = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_INVISIBLE = re.compile("[\u00ad\u180e\u200b\u2060-\u2064\u206a-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]")
_LIMIT_OF_MARKS = 3  # more than any script in use stacks on one letter
_BEFORE_CLEANING = 20  # times the limit: the rest of a giant text is never looked at


def safe(text: str | None, limit: int = 80) -> str:
    """One line of at most ``limit`` characters, without anything that acts on its surroundings."""
    if not text:
        return ""
    text = _SEQUENCE.sub("", text[: limit * _BEFORE_CLEANING])
    text = _INVISIBLE.sub("", _DIRECTION.sub("", text))
    kept: list[str] = []
    marks = 0
    for character in text:
        category = unicodedata.category(character)
        marks = marks + 1 if category in {"Mn", "Me"} else 0
        if category == "Cs":
            kept.append("\ufffd")
        elif category in {"Cc", "Zl", "Zp"}:
            kept.append(" ")
        elif marks <= _LIMIT_OF_MARKS:
            kept.append(character)
    line = " ".join("".join(kept).split())
    return line if len(line) <= limit else line[: limit - 1].rstrip() + "…"


def web_link(url: str | None) -> str | None:
    """The address where it is a plain http(s) one, else None."""
    if not url or len(url) > 2000 or any(ord(c) <= 32 or unicodedata.category(c) in {"Cc", "Cf", "Cs"} for c in url):
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme in {"http", "https"} and parts.hostname else None
