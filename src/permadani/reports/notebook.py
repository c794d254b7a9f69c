"""Results in notebooks: the same card, in a frame of its own so that neither page disturbs the other."""

from __future__ import annotations

from collections.abc import Callable
from html import escape

from permadani.findings.results import Audit, Outbound, SubjectList


def audit_frame(audit: Audit) -> str:
    """The audit as HTML for a notebook cell; the frame runs no script and loads nothing."""
    from permadani.reports.html import audit_html
    from permadani.settings import settings

    return _frame(audit_html(audit, language=settings().language))


def subject_frame(found: SubjectList) -> str:
    """The list for the subject, likewise."""
    from permadani.reports.subject import subject_list_html
    from permadani.settings import settings

    return _frame(subject_list_html(found, language=settings().language))


def outbound_frame(found: Outbound) -> str:
    """Whom it replies to, likewise."""
    from permadani.reports.outbound import outbound_html
    from permadani.settings import settings

    return _frame(outbound_html(found, language=settings().language))


def _frame(page: str) -> str:
    return f'<iframe sandbox srcdoc="{escape(page)}" style="width:100%;height:60rem;border:0"></iframe>'


def show_in_notebooks() -> None:
    """Teach results to show themselves. Findings know nothing of reports, so this is called from the library's door."""
    audit: Callable[[Audit], str] = audit_frame
    subject: Callable[[SubjectList], str] = subject_frame
    replies: Callable[[Outbound], str] = outbound_frame
    Audit._repr_html_ = audit  # type: ignore[attr-defined]
    SubjectList._repr_html_ = subject  # type: ignore[attr-defined]
    Outbound._repr_html_ = replies  # type: ignore[attr-defined]
