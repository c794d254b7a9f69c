"""What an account says of itself that another account of the same person may say too: addresses, never kept as such."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

from permadani.sources.reading.memory import Memory
from permadani.vocabulary import Cue, address_hash

LONGEST = 500
_LINK = re.compile(r"https?://(?![^/?#\\]*@)[^\s/\"'<>]+\.[^\s\"'<>]+", re.IGNORECASE)
_ADDRESS = re.compile(r"[^@\s<>]{1,64}@[^@\s<>]{1,250}")


def link(text: str | None) -> str | None:
    """A web address that is one, or None; also for one with a name and an @ before its host, which is an e-mail's."""
    text = (text or "").strip()
    return text if len(text) <= LONGEST and _LINK.fullmatch(text) else None


class Cues:
    """Yields each cue of one file once (after very many it may come again, which changes nothing)."""

    def __init__(self) -> None:
        self._seen = Memory[tuple[str, str, str]]()

    def link(self, actor: str, text: str | None, kind: Literal["link", "me"] = "link") -> Iterator[Cue]:
        """A web address that the profile of ``actor`` names."""
        if found := link(text):
            yield from self._new(actor, kind, found)

    def address(self, actor: str, text: str | None) -> Iterator[Cue]:
        """The hash of an e-mail address."""
        text = (text or "").strip()
        if _ADDRESS.fullmatch(text):
            yield from self._new(actor, "address", address_hash(text))

    def _new(self, actor: str, kind: Literal["link", "me", "address"], value: str) -> Iterator[Cue]:
        if self._seen.is_new((actor, kind, value)):
            yield Cue(actor=actor, kind=kind, value=value)
