"""The way from one page of a list to the next, which a server may lead in a ring."""

from __future__ import annotations

from permadani.errors import BadAnswer
from permadani.language import N_


def ring() -> BadAnswer:
    """The error that says so."""
    return BadAnswer(N_("the server's pages go round in a ring"), hint=N_("What was read before is kept."))


class Cursors:
    """The cursors that one list has given in one run."""

    def __init__(self) -> None:
        self._met: set[str] = set()

    def new(self, cursor: str) -> str:
        """The cursor. Raises BadAnswer where it came before."""
        if cursor in self._met:
            raise ring()
        self._met.add(cursor)
        return cursor
