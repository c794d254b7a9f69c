"""Whom a message is for: everybody, followers, or named people only."""

from __future__ import annotations

from typing import Any

from permadani.sources.activitystreams.shapes import Node, many
from permadani.sources.activitystreams.terms import OPEN_ALIASES, PUBLIC

FIELDS = ("to", "cc", "audience", "bto", "bcc")


def is_direct(node: Node, outer: Node) -> bool:
    """Whether it went to named people (or nobody) only. ``outer``: the activity around it, which may tell instead.

    A message without any addressing (a blog's, or of version 1) does not say so, and counts as public.
    """
    for told in (node, outer):
        if any(told.get(field) is not None for field in FIELDS):
            return not any(_is_open(part) for field in FIELDS for part in many(told.get(field)))
    return False


def _is_open(recipient: Any) -> bool:
    if isinstance(recipient, dict):
        alias = recipient.get("alias")
        if isinstance(alias, str) and alias in OPEN_ALIASES:
            return True
        recipient = recipient.get("id")
    return isinstance(recipient, str) and (recipient in PUBLIC or recipient.rstrip("/").endswith("/followers"))
