"""What one file yielded already, in bounded memory."""

from __future__ import annotations

from typing import Generic, TypeVar

Key = TypeVar("Key")
REMEMBERED = 100_000


class Memory(Generic[Key]):
    """Tells what is met for the first time. After ``most`` keys it begins anew: then a record comes again, which
    changes nothing in a store."""

    def __init__(self, most: int = REMEMBERED) -> None:
        self._met: set[Key] = set()
        self._most = most

    def is_new(self, key: Key) -> bool:
        """Whether this key was not met before; from now on it was."""
        if key in self._met:
            return False
        if len(self._met) >= self._most:
            self._met.clear()
        self._met.add(key)
        return True
