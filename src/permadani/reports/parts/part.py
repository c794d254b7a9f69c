"""What every part is made from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from permadani.findings.results import Audit
    from permadani.reports.words import Words


@dataclass(frozen=True, slots=True)
class Part:
    """An audit in one language. ``html`` makes sentences for a page, ``plain`` labels and sentences for a terminal."""

    audit: Audit
    html: Words
    plain: Words
