"""Which lists of a WordPress site may hold articles of types of its own: recipes, products, episodes."""

from __future__ import annotations

import re

from permadani.errors import BadAnswer, BadStatus
from permadani.sources.wordpress.api import Api, words
from permadani.sources.wordpress.export import FURNITURE

MOST = 8
_ROUTE = re.compile(r"[a-zA-Z0-9_-]{1,60}")


def types(api: Api) -> list[str]:
    """The lists' names; none where the site does not tell them."""
    try:
        found = api.object("types", {})
    except (BadStatus, BadAnswer):
        return []
    routes = [
        words(told.get("rest_base"))
        for name, told in found.items()
        if isinstance(told, dict) and name not in (*FURNITURE, "post", "page") and not name.startswith("wp_")
    ]
    return [route for route in routes if _ROUTE.fullmatch(route)][:MOST]
