"""A post as a page of HTML, the form in which Takeout gave it unless JSON was asked for (seen 2018-2019)."""

from __future__ import annotations

import re

from selectolax.lexbor import LexborHTMLParser, LexborNode

from permadani.sources.google_plus.shapes import Person, Post, Said, person, post_key, profile_key

END = b"</html>"
DEEPEST = 1000
"""Tags nested deeper than this are an attack: the parser's time grows with the square of the depth."""
_TAG = re.compile(rb"<(/?)([a-zA-Z][a-zA-Z0-9]{0,20})")
_VOID = frozenset((b"br", b"img", b"hr", b"meta", b"link", b"input", b"wbr", b"p"))


def nested_too_deeply(page: bytes) -> bool:
    depth = 0
    for tag in _TAG.finditer(page):
        if tag[2].lower() not in _VOID:
            depth = max(0, depth - 1) if tag[1] else depth + 1
            if depth > DEEPEST:
                return True
    return False


def post_of(page: bytes) -> Post | None:
    """The post of a page, or None where it holds none. Of a page that was cut, what is whole in it."""
    cut = not page.rstrip().endswith(END)
    tree = LexborHTMLParser(page.decode("utf-8", "replace"))
    main = tree.css_first("div.main-content")
    author = tree.css_first(".author")
    activity = tree.css_first("div.visibility")
    if main is None or author is None or author.parent is None or (cut and activity is None):
        return None  # of a page that stops within the post its words may be incomplete
    post = Post(None, None, _person(author), "", main.html or "")
    for link in author.parent.css("a"):
        if key := post_key(href := link.attributes.get("href")):
            post.key, post.url, post.time = key, href, link.text(strip=True)
            break
    if (source := tree.css_first("a.reshare-attribution")) is not None:
        post.original = post_key(source.attributes.get("href")) or ""
    if activity is not None:
        post.direct = _only_people(activity)
    post.liked_by = [p for node in tree.css("div.plus-oners") for p in _people(node)]
    post.reshared_by = [p for node in tree.css("div.resharers") for p in _people(node)]
    post.comments = [_comment(node) for node in tree.css("div.comment")]
    if cut and post.comments:
        post.comments.pop()
    return post


def _comment(node: LexborNode) -> Said:
    author, time, content = (node.css_first(sign) for sign in (".author", "span.time", "div.comment-content"))
    return Said(
        _person(author) if author is not None else Person(None, None),
        time.text(strip=True).removeprefix("-").strip() if time is not None else "",
        (content.html or "") if content is not None else "",
    )


def _person(node: LexborNode) -> Person:
    return person(node.text(strip=True), node.attributes.get("href"))


def _people(node: LexborNode) -> list[Person]:
    """Those to whose profiles a line links; communities and collections have other addresses."""
    return [_person(link) for link in node.css("a") if profile_key(link.attributes.get("href"))]


def _only_people(node: LexborNode) -> bool:
    """Whether nobody but single people saw it: besides their names the line has only its label and commas."""
    links = node.css("a")
    if not links or any(not profile_key(link.attributes.get("href")) for link in links):
        return False
    own = "".join(child.text(deep=False) for child in node.iter(include_text=True) if child.tag != "a")
    return not own.partition(":")[2].replace(",", "").strip() and ":" in own
