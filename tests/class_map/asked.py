"""The command's answer, as the reference is held against it."""

from __future__ import annotations

from typing import Any

from permadani.api import OpenStore


def classes(store: OpenStore, **question: Any) -> dict[str, Any]:
    return store.classes(**question).to_dict()
