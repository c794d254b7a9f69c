"""A server's own numbers of messages. In its answers parents are told by these only, and it is asked by these."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice

REMEMBERED = 100_000
LAST = 200


class Numbers:
    """From number to the message's id (its URI), and back. ``kept``: those of earlier runs, id to number."""

    def __init__(self, kept: object = None) -> None:
        self._uris: dict[str, str] = {}
        self._numbers: dict[str, str] = {}
        for uri, number in kept.items() if isinstance(kept, dict) else ():
            self.know(number, uri)

    def know(self, number: str, uri: str) -> None:
        if len(self._uris) >= REMEMBERED:
            self._uris.clear()
            self._numbers.clear()
        self._numbers.pop(uri, None)  # what was met last comes last
        self._uris[number], self._numbers[uri] = uri, number

    def uri(self, number: str | None) -> str | None:
        return self._uris.get(number) if number else None

    def number(self, uri: str) -> str | None:
        return self._numbers.get(uri)

    def of(self, uris: Iterable[str]) -> dict[str, str]:
        """Id to number, for the state: of ``uris``, and of what was met last, so that a page which was not finished is
        read again without asking for its parents."""
        last = dict(reversed(list(islice(reversed(self._numbers.items()), LAST))))
        return {**{uri: self._numbers[uri] for uri in uris if uri in self._numbers and uri not in last}, **last}
