"""The words of a message, and what it quotes."""

from __future__ import annotations

from permadani.sources.activitystreams.shapes import Node, either, identifier, nodes, string, type_of
from permadani.sources.activitystreams.terms import ARTICLE
from permadani.sources.reading.markup import plain

_LD = "application/ld+json"


def text_of(node: Node, sort: str, content: str | None) -> str | None:
    """A note: its content warning and content. A page: its title and content, without content its summary."""
    summary, title = string(node.get("summary")), string(either(node, "name", "displayName"))
    before, after = (title, content or _plain(summary)) if sort == ARTICLE else (summary, content)
    parts = [part for part in (_plain(before), after) if part]
    return "\n".join(parts) or None


def _plain(text: str | None) -> str | None:
    return plain(text) if text else None


def quoted(node: Node, old: bool) -> str | None:
    """The quoted message, by one of the names that servers gave it (FEP-044f, FEP-e232, Misskey, Fedibird)."""
    for key in ("quote", "quoteUrl", "quoteUri", "quoteURI", "_misskey_quote"):
        if found := identifier(node.get(key)):
            return found
    for tag in nodes(node.get("tag")):
        kind = tag.get("mediaType")
        if type_of(tag) == "Link" and isinstance(kind, str) and kind.startswith(_LD):
            return identifier(tag.get("href"))
    if old:  # granary attaches what is quoted; an attached article is only linked to
        return next((identifier(a) for a in nodes(node.get("attachments")) if a.get("objectType") == "note"), None)
    return None
