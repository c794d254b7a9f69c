"""Facebook writes UTF-8 bytes as if each were a Latin-1 character (seen 2018-2026): ``\\u00c3\\u00b8`` for ø."""

from __future__ import annotations

from typing import Any


class Repair:
    """Repairs texts, and counts those that are not what Facebook writes: they stay as they are."""

    def __init__(self) -> None:
        self.kept = 0
        self.example: str | None = None

    def __call__(self, value: Any) -> str:
        """The text as it was meant; empty where ``value`` is no text."""
        if not isinstance(value, str) or value.isascii():
            return value if isinstance(value, str) else ""
        try:
            return value.encode("latin-1").decode("utf-8")
        except UnicodeError:
            self.kept += 1
            self.example = self.example or value
            return value
