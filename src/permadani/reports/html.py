"""An audit as one page that can be passed on, and the page that leads to several."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from permadani.language import N_, translator
from permadani.reports.foreign import safe
from permadani.reports.page import known, page
from permadani.reports.parts.class_map import Told
from permadani.reports.parts.talk import EVIDENCE_SHOWN
from permadani.reports.reading import is_partial
from permadani.reports.texts import TRENDS
from permadani.reports.views import View
from permadani.reports.words import Words

if TYPE_CHECKING:
    from permadani.findings.results import Audit, ClassMap


def audit_html(audit: Audit, *, language: str = "en", extra: Mapping[str, str] | None = None) -> str:
    """The whole page. ``language`` is shown first; ``extra["truth"]``: what the demo planted, beside the finding
    (``extra["truth.id"]``: the same in that language)."""
    known(language)
    told = extra or {}

    def body(code: str) -> dict[str, Any]:
        view, truth = view_of(audit, code), safe(told.get(f"truth.{code}") or told.get("truth"), 500)
        return {
            "view": view, "audit": audit, "partial": is_partial(audit), "truth": truth, "trends": TRENDS,
            "shown": EVIDENCE_SHOWN,
        }  # fmt: skip

    name = Words(translator(language)).name(audit.actor)
    title = Words(translator(language)).say(N_("Audit of {name}"), name=name)
    return page("audit.html", title, language, body)


Planted = str | Mapping[str, str] | None
"""What was planted, in one language or by language."""


def index_html(
    entries: Iterable[tuple[str, Audit, Planted]], language: str = "en",
    network: tuple[str, ClassMap, Planted] | None = None,
) -> str:  # fmt: skip
    """A page that leads to several cards: (file name beside it, audit, what was planted). Alphabetical, no ranking.

    ``network``: the same of a class map, which stands below them.
    """
    known(language)
    ordered = sorted(entries, key=lambda entry: (safe(entry[1].actor.name).casefold(), entry[0]))

    def body(code: str) -> dict[str, Any]:
        return {
            "entries": [_entry(code, *entry) for entry in ordered],
            "network": None if network is None else _network(code, *network),
        }

    return page("index.html", Words(translator(language)).say(N_("Audits")), language, body)


def _entry(code: str, file: str, audit: Audit, truth: Planted) -> dict[str, Any]:
    view = view_of(audit, code)
    return {
        "href": quote(file),
        "view": view,
        "audit": audit,
        "headline": view.headline,
        "truth": _in_language(truth, code),
    }


def _network(code: str, file: str, found: ClassMap, truth: Planted) -> dict[str, Any]:
    told = Told(found, Words(translator(code), html=True), Words(translator(code)))
    return {"href": quote(file), "told": told, "truth": _in_language(truth, code)}


def _in_language(truth: Planted, code: str) -> str:
    return safe(truth.get(code) if isinstance(truth, Mapping) else truth, 500)


def view_of(audit: Audit, code: str) -> View:
    translate = translator(code)
    return View(audit, Words(translate, html=True), Words(translate))
