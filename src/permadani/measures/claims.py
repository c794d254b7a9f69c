"""The rules for claims (``rules/claims.LANGUAGE.toml``), and what ``sql/advice.sql`` needs of them."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

LANGUAGES = ("en", "id")
LONGEST_TEXT = 20_000
"""Characters: so much of a text is read."""


@cache
def claim_rules(language: str) -> dict[str, Any]:
    """One rule file as it stands; its head explains the keys."""
    text = files("permadani.measures").joinpath("rules", f"claims.{language}.toml").read_text("utf-8")
    return tomllib.loads(text)


@cache
def values() -> dict[str, Any]:
    """Query values: a text may hold advice only if it holds one of the ``stems`` and one of the words ``about``."""
    result: dict[str, Any] = {"longest_text": LONGEST_TEXT}
    for name in ("stems", "about"):
        words = dict.fromkeys(word for language in LANGUAGES for word in claim_rules(language)[name])
        result[f"advice_{name}"] = "|".join(map(re.escape, words))
    return result
