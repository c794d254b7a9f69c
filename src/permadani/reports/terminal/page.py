"""The sheet that an audit is printed on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from permadani.reports.sheet import Sheet
from permadani.reports.words import Words

if TYPE_CHECKING:
    from rich.console import Console

    from permadani.findings.results import Audit


class Page(Sheet):
    """``on_terminal``: evidence is cut short there, and carries a warning in a file."""

    def __init__(self, audit: Audit, console: Console, words: Words, *, on_terminal: bool) -> None:
        super().__init__(console, words)
        self.audit, self.on_terminal = audit, on_terminal
