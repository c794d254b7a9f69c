"""Values in the JSON of strangers, taken only where they are what they should be."""

from __future__ import annotations

from typing import Any

LARGEST = 10**12


def string(holder: dict[str, Any], *names: str) -> str:
    """The first of these that is text and says something."""
    for name in names:
        value = holder.get(name)
        if isinstance(value, str) and (value := value.strip()):
            return value
    return ""


def whole(holder: dict[str, Any], name: str) -> int | None:
    """A number that counts or names something (negative ones name robots); numbers written as text count too."""
    value = holder.get(name)
    if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) <= 12:
        return int(value)
    if isinstance(value, bool) or not isinstance(value, int) or abs(value) > LARGEST:
        return None
    return value


def true(holder: dict[str, Any], name: str) -> bool:
    return holder.get(name) is True


def objects(holder: Any, name: str) -> list[Any] | None:
    """A list in an object, or None where it is none."""
    value = holder.get(name) if isinstance(holder, dict) else None
    return value if isinstance(value, list) else None
