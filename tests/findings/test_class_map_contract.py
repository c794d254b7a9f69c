"""The page names every key of the contract ``permadani.classes/1``, and no map says any other."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from reports.samples.class_maps import CLASS_MAPS

PAGE = Path(__file__).parents[2] / "docs" / "classes.md"


def described() -> set[str]:
    """What stands as code in the section on the JSON; ``closure.rich_club`` names both."""
    section = PAGE.read_text("utf-8").split("\n## The JSON (permadani.classes/1)\n")[1].split("\n## ")[0]
    return {name for code in re.findall(r"`([^`]+)`", section) for name in code.split(".")}


def keys(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for key, one in value.items():
            yield key
            yield from keys(one)
    elif isinstance(value, list):
        for one in value:
            yield from keys(one)


@pytest.mark.parametrize("name", CLASS_MAPS)
def test_the_page_names_every_key(name: str) -> None:
    found = set(keys(CLASS_MAPS[name]().to_dict()))
    assert len(found) > 50
    assert found - described() == set()


def test_the_page_names_every_word_that_a_key_may_have() -> None:
    """Words of verdicts, changes, levels and so on, of all samples."""
    words = {"verdict", "word", "level", "standing", "audience", "by", "what", "from", "to"}

    def said(value: Any) -> Iterator[str]:
        if isinstance(value, dict):
            for key, one in value.items():
                if key in words and isinstance(one, str):
                    yield one
                yield from said(one)
        elif isinstance(value, list):
            for one in value:
                yield from said(one)

    found = {word for made in CLASS_MAPS.values() for word in said(made().to_dict())}
    assert {"closed", "fell", "partial", "network", "group"} <= found
    assert found - described() == set()
