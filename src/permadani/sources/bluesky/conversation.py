"""The shape of a conversation as the API shows it: who stands under whom, and what is missing.

Only the shape: what a post becomes is told in ``views``.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from permadani.sources.bluesky.uris import count, did_of, items, mapping, reference


@dataclass(slots=True)
class Node:
    """A post in a conversation. ``counted``: replies as the server counts them; ``withheld``: those it names but
    does not show, which are blocked or deleted; ``deeper``: there are some, but the answer ends here."""

    uri: str
    did: str
    counted: int
    deeper: bool
    children: list[Node] = field(default_factory=list)
    withheld: int = 0

    @property
    def missing(self) -> int:
        """How many replies the server counts and neither shows nor accounts for."""
        return max(0, self.counted - len(self.children) - self.withheld)

    def below(self) -> list[Node]:
        """Every post under this one, without recursion."""
        found, waiting = list[Node](), list(reversed(self.children))
        while waiting:
            one = waiting.pop()
            found.append(one)
            waiting += reversed(one.children)
        return found


def shape(thread: Any) -> Node | None:
    """The post of a thread view and all below it; None where it shows none. Anything else in it is passed over, a post
    that comes twice too."""
    top = _node(thread)
    if top is None:
        return None
    met, waiting = {top.uri}, [(top, thread)]
    while waiting:
        node, view = waiting.pop()
        for reply in items(view, "replies"):
            child = _node(reply)
            node.withheld += child is None
            if child is not None and child.uri not in met:
                met.add(child.uri)
                node.children.append(child)
                waiting.append((child, reply))
    return top


def _node(view: Any) -> Node | None:
    post = mapping(view, "post")
    place = reference(post.get("uri"))
    did = place and (place.did or did_of(mapping(post, "author").get("did")))
    if place is None or did is None:
        return None
    counted = count(post.get("replyCount")) or 0
    return Node(place.uri, did, counted, counted > 0 and not isinstance(view.get("replies"), list))
