"""What a door remembers between runs, as the store keeps it: JSON that names nobody who was forgotten."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from hashlib import blake2b
from typing import Any

MOST_COMPARED = 5_000_000_000
"""Letters times names."""
MARK = "place "
"""How the digests in the table ``files`` begin that stand for a place."""


def mark_of(place: str) -> str:
    """What stands for a place in the table ``files``, where other rows have the digest of a file."""
    return MARK + blake2b(place.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def encoded(state: dict[str, Any]) -> str:
    """As text; half characters and the like are escaped. Raises what ``json`` raises."""
    return json.dumps(state, allow_nan=False)


def decoded(text: str | None) -> dict[str, Any] | None:
    """None where there is none, or none that can be understood."""
    try:
        found = json.loads(text) if text else None
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def names(value: Any) -> Iterator[str]:
    """All texts in it, keys too."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, one in value.items():
            yield key
            yield from names(one)
    elif isinstance(value, list | tuple):
        for one in value:
            yield from names(one)


def remembers(state: str, erased: list[str]) -> bool:
    """Whether a state as text names any of these, in small or large letters; where that takes long to say, it may."""
    found = decoded(state)
    if found is None or len(state) * len(erased) > MOST_COMPARED:
        return True
    text = "\n".join(names(found)).lower()
    return any(one.lower() in text for one in erased)


def pruned(state: dict[str, Any], erased: Callable[[str], bool]) -> dict[str, Any]:
    """The state without what was ``erased``, as if the door had never met it: such items of lists, entries of that
    name, and entries that tell of it (``{"message": ["author", 7]}``); what these are called goes everywhere."""
    gone = {text for text in set(names(state)) if erased(text)}
    while gone:
        before = len(gone)
        state = _without(state, gone)
        if len(gone) == before:
            break
    return state


def _without(value: Any, gone: set[str]) -> Any:
    if isinstance(value, dict):
        gone.update(key for key, one in value.items() if _tells_of(one, gone))
        return {key: _without(one, gone) for key, one in value.items() if key not in gone}
    if isinstance(value, list | tuple):
        return [_without(one, gone) for one in value if not (isinstance(one, str) and one in gone)]
    return value


def _tells_of(value: Any, gone: set[str]) -> bool:
    """A text, or a row of texts and other values; a list of nothing but texts is a collection, and stays."""
    if isinstance(value, list | tuple):
        return any(isinstance(one, str) and one in gone for one in value) and not all(
            isinstance(one, str) for one in value
        )
    return isinstance(value, str) and value in gone
