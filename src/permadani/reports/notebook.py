"""Results in notebooks: the same card, in a frame of its own so that neither page disturbs the other."""

from __future__ import annotations

from collections.abc import Callable
from html import escape

from permadani.findings.results import Audit


def audit_frame(audit: Audit) -> str:
    """The audit as HTML for a notebook cell; the frame runs no script and loads nothing."""
    from permadani.reports.html import audit_html
    from permadani.settings import settings

    page = escape(audit_html(audit, language=settings().language))
    return f'<iframe sandbox srcdoc="{page}" style="width:100%;height:60rem;border:0"></iframe>'


def show_in_notebooks() -> None:
    """Teach results to show themselves. Findings know nothing of reports, so this is called from the library's door."""
    frame: Callable[[Audit], str] = audit_frame
    Audit._repr_html_ = frame  # type: ignore[attr-defined]
