"""An audit as one page that can be passed on: a single file without scripts that loads nothing.

Everything a stranger wrote is escaped by Jinja2 (autoescape is on for every template) after ``foreign.safe``. The
body is rendered once for each language; which one is seen is decided by two radio buttons and the style sheet.
The policy in the page allows its own style sheet, by hash, and nothing else.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from permadani import __version__
from permadani.language import LANGUAGES, N_, translator
from permadani.reports.foreign import safe
from permadani.reports.headline import headline
from permadani.reports.texts import ONE_OF_GROUP, TRENDS
from permadani.reports.views import EVIDENCE_SHOWN, View
from permadani.reports.words import Words, is_partial

if TYPE_CHECKING:
    from jinja2 import Environment

    from permadani.findings.results import Audit

NAMES = {"en": "English", "id": "Bahasa Indonesia"}  # each in its own language
_TEMPLATES = Path(__file__).with_name("templates")


def audit_html(audit: Audit, *, language: str = "en", extra: Mapping[str, str] | None = None) -> str:
    """The whole page. ``language`` is shown first; ``extra["truth"]``: what the demo planted, beside the finding
    (``extra["truth.id"]``: the same in that language)."""
    _known(language)
    told = extra or {}

    def body(code: str) -> dict[str, Any]:
        view, truth = _view(audit, code), safe(told.get(f"truth.{code}") or told.get("truth"), 500)
        return {"view": view, "audit": audit, "partial": is_partial(audit), "truth": truth, "trends": TRENDS}

    name = Words(translator(language)).name(audit.actor)
    title = Words(translator(language)).say(N_("Audit of {name}"), name=name)
    return _page("audit.html", title, language, body)


Planted = str | Mapping[str, str] | None
"""What was planted, in one language or by language."""


def index_html(entries: Iterable[tuple[str, Audit, Planted]], language: str = "en") -> str:
    """A page that leads to several cards: (file name beside it, audit, what was planted). Alphabetical, no ranking."""
    _known(language)
    ordered = sorted(entries, key=lambda entry: (safe(entry[1].actor.name).casefold(), entry[0]))

    def body(code: str) -> dict[str, Any]:
        return {"entries": [_entry(code, *entry) for entry in ordered]}

    return _page("index.html", Words(translator(language)).say(N_("Audits")), language, body)


def _entry(code: str, file: str, audit: Audit, truth: Planted) -> dict[str, Any]:
    view = _view(audit, code)
    truth = truth.get(code) if isinstance(truth, Mapping) else truth
    return {
        "href": quote(file),
        "view": view,
        "audit": audit,
        "headline": headline(audit, view.html),
        "truth": safe(truth, 500),
    }


def _view(audit: Audit, code: str) -> View:
    translate = translator(code)
    return View(audit, Words(translate, html=True), Words(translate))


def _page(template: str, title: str, language: str, body: Any) -> str:
    from markupsafe import Markup

    environment = _environment()
    style = _style()
    bodies: list[tuple[str, str]] = []
    for code in LANGUAGES:
        words = Words(translator(code), html=True)
        context = {
            "_": words.say,
            "w": words,
            "lang": code,
            "groups": ONE_OF_GROUP,
            "version": __version__,
            "shown": EVIDENCE_SHOWN,
            **body(code),
        }
        bodies.append((code, Markup(environment.get_template(template).render(context))))  # noqa: S704 - autoescaped
    return environment.get_template("page.html").render(
        title=title,
        language=language,
        bodies=bodies,
        names=NAMES,
        style=Markup(style),  # noqa: S704 - our own file
        style_hash=_hash(style),
    )


def _known(language: str) -> None:
    """An unknown language is an error here, not a page without words."""
    if language not in LANGUAGES:
        raise ValueError(language)


@cache
def _environment() -> Environment:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

    return Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=select_autoescape(
            default=True, default_for_string=True, enabled_extensions=(), disabled_extensions=()
        ),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


@cache
def _style() -> str:
    return (_TEMPLATES / "card.css").read_text(encoding="utf-8").strip()


def _hash(style: str) -> str:
    """The hash of the style element's text, as a Content-Security-Policy source."""
    return "sha256-" + base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
