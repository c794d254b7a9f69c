"""A post's HTML as Discourse makes it: its own words, whom they name, and which posts they quote."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import unescape
from urllib.parse import unquote

from permadani.sources.reading.markup import plain

_ASIDE = re.compile(r"<(/?)aside\b([^<>]{0,1000})>", re.IGNORECASE)
_CLASS = re.compile(r'\bclass="quote[" ]')
_DATA = re.compile(r'\bdata-(username|post|topic)="([^"<>]{1,200})"')
_LINK = re.compile(r"<a\s([^<>]{1,600})>")
_MENTION = re.compile(r'\bclass="mention[" ]')
_PROFILE = re.compile(r'\bhref="[^"<>]{0,300}?/u(?:sers)?/([^"/?#<>]{1,200})["/?#]')
_RAW_QUOTE = re.compile(r"\[(/?)quote(?:=([^\[\]\n]{0,300}))?\]", re.IGNORECASE)
_RAW_PART = re.compile(r"\s*(post|topic)\s*:\s*(\d{1,12})\s*")
MOST = 200
"""So many people named and posts quoted are taken from one post."""


@dataclass(slots=True)
class Quote:
    user: str | None = None
    post: int | None = None
    topic: int | None = None


@dataclass(slots=True)
class Said:
    """What one post says. ``mentions`` are user names, each once."""

    text: str = ""
    quotes: list[Quote] = field(default_factory=list)
    mentions: list[str] = field(default_factory=list)


def of_html(html: str) -> Said:
    """Quotes and previews of links (``<aside>``) are others' words: they are told apart, not kept."""
    said = Said()
    own: list[str] = []
    depth = done = 0
    for tag in _ASIDE.finditer(html) if "<aside" in html else ():
        if not tag[1]:
            if depth == 0:
                own.append(html[done : tag.start()])
                done = tag.start()
                if _CLASS.search(tag[2]) and len(said.quotes) < MOST:
                    said.quotes.append(_quote(dict(_DATA.findall(tag[2]))))
            depth += 1
        elif depth:
            depth -= 1
            done = tag.end() if depth == 0 else done
    own.append(html[done:])  # an aside without its end is kept: nobody knows where it should have ended
    rest = "\n".join(own)
    if "mention" in rest:
        for link in _LINK.finditer(rest):
            if _MENTION.search(link[1]) and (profile := _PROFILE.search(link[1])):
                name = unquote(unescape(profile[1])).strip()
                if name and name not in said.mentions and len(said.mentions) < MOST:
                    said.mentions.append(name)
    said.text = plain(rest)
    return said


def of_markdown(raw: str) -> Said:
    """The same of a post as it was typed. Whom an ``@name`` means is not told there: nobody is mentioned."""
    said = Said()
    own: list[str] = []
    depth = done = 0
    for tag in _RAW_QUOTE.finditer(raw):
        if not tag[1]:
            if depth == 0:
                own.append(raw[done : tag.start()])
                done = tag.start()
                if tag[2] and len(said.quotes) < MOST:
                    said.quotes.append(_typed_quote(tag[2]))
            depth += 1
        elif depth:
            depth -= 1
            done = tag.end() if depth == 0 else done
    own.append(raw[done:])
    lines = (" ".join(line.split()) for line in "\n".join(own).split("\n"))
    said.text = "\n".join(line for line in lines if line)
    return said


def _quote(data: dict[str, str]) -> Quote:
    user = unescape(data.get("username", "")).strip() or None
    return Quote(user, _number(data.get("post")), _number(data.get("topic")))


def _typed_quote(text: str) -> Quote:
    """``[quote="ani, post:3, topic:12"]``."""
    first, *rest = text.strip().strip("\"'“”").split(",")
    quote = Quote(first.strip() or None)
    for part in rest:
        if found := _RAW_PART.fullmatch(part):
            if found[1].lower() == "post":
                quote.post = _number(found[2])
            else:
                quote.topic = _number(found[2])
    return quote


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) <= 12 else None
