"""Whom a message is for: everybody, followers, or named people only."""

from __future__ import annotations

from typing import Any

from permadani.sources.activitystreams.shapes import Node, many
from permadani.sources.activitystreams.terms import OPEN_ALIASES, PUBLIC

FIELDS = ("to", "cc", "audience", "bto", "bcc")


def is_direct(node: Node, outer: Node) -> bool:
    """Whether it went to named people (or nobody) only. ``outer``: the activity around it: either may say so.

    A message without any addressing (a blog's, or of version 1) does not say so, and counts as public.
    """
    return any(_says_direct(told) for told in (node, outer))


def _says_direct(told: Node) -> bool:
    if told.get("directMessage") is True:  # LitePub
        return True
    if all(told.get(field) is None for field in FIELDS):
        return False
    return not any(_is_open(part) for field in FIELDS for part in many(told.get(field)))


def _is_open(recipient: Any) -> bool:
    if isinstance(recipient, dict):
        alias = recipient.get("alias")
        if isinstance(alias, str) and alias in OPEN_ALIASES:
            return True
        recipient = recipient.get("id")
    return isinstance(recipient, str) and (recipient in PUBLIC or recipient.rstrip("/").endswith("/followers"))
