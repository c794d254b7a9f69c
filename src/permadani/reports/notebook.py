"""Results in notebooks: the same card, in a frame of its own so that neither page disturbs the other."""

from __future__ import annotations

from collections.abc import Callable
from html import escape

from permadani.findings.results import Audit, ClassMap, Outbound, SubjectList, Table
from permadani.language import N_

ROWS = 60
"""Of a table this many are shown in a notebook."""
MORE_ROWS = N_("Shown are {shown} of {all} rows.")


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


def class_map_frame(found: ClassMap) -> str:
    """The class map, likewise."""
    from permadani.reports.class_map import class_map_html
    from permadani.settings import settings

    return _frame(class_map_html(found, language=settings().language))


def table_html(table: Table) -> str:
    """Plain rows, for people and screen readers; what strangers wrote is made harmless, null is an empty cell."""
    from permadani.language import translator
    from permadani.reports.foreign import safe
    from permadani.settings import settings

    def cell(value: str | float | None) -> str:
        if value is None:
            return "<td></td>"
        if isinstance(value, str):
            return f"<td>{escape(safe(value))}</td>"
        if isinstance(value, float):
            value = f"{value:.4g}" if abs(value) < 1000 else f"{value:.0f}"
        return f'<td style="text-align:right">{value}</td>'

    heads = "".join(f'<th scope="col">{escape(safe(name))}</th>' for name in table.names)
    rows = "".join(f"<tr>{''.join(map(cell, row))}</tr>" for row in table.rows[:ROWS])
    caption = f"<caption>{escape(safe(table.name))}</caption>"
    html = f"<table>{caption}<thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>"
    if len(table) > ROWS:
        more = translator(settings().language)(MORE_ROWS).format(shown=ROWS, all=len(table))
        html += f"<p>{escape(more)}</p>"
    return html


def _frame(page: str) -> str:
    return f'<iframe sandbox srcdoc="{escape(page)}" style="width:100%;height:60rem;border:0"></iframe>'


def show_in_notebooks() -> None:
    """Teach results to show themselves. Findings know nothing of reports, so this is called from the library's door."""
    audit: Callable[[Audit], str] = audit_frame
    subject: Callable[[SubjectList], str] = subject_frame
    replies: Callable[[Outbound], str] = outbound_frame
    network: Callable[[ClassMap], str] = class_map_frame
    Table._repr_html_ = table_html  # type: ignore[attr-defined]
    Audit._repr_html_ = audit  # type: ignore[attr-defined]
    SubjectList._repr_html_ = subject  # type: ignore[attr-defined]
    Outbound._repr_html_ = replies  # type: ignore[attr-defined]
    ClassMap._repr_html_ = network  # type: ignore[attr-defined]
