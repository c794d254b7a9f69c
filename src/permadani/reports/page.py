"""The frame of every page: one file without scripts that loads nothing, in all languages.

Everything a stranger wrote is escaped by Jinja2 (autoescape is on for every template) after ``foreign.safe``. The
body is rendered once for each language; which one is seen is decided by two radio buttons and the style sheet.
The policy in the page allows its own style sheet, by hash, and nothing else.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from permadani import __version__
from permadani.language import LANGUAGES, translator
from permadani.reports.texts import DOTS_ALONE
from permadani.reports.words import Words

if TYPE_CHECKING:
    from jinja2 import Environment

NAMES = {"en": "English", "id": "Bahasa Indonesia"}  # each in its own language
_TEMPLATES = Path(__file__).with_name("templates")
_COMMAND = re.compile(r"`(permadani [a-z -]{2,40})`")
"""Commands stand between backticks in our texts; on a page they are set as code."""
_STYLES = ("card.css", "parts.css", "classes.css")


def page(
    template: str, title: str, language: str, body: Callable[[str], Mapping[str, Any]],
    languages: Sequence[str] = LANGUAGES,
) -> str:  # fmt: skip
    """``body`` gives what the template needs, by language; ``language`` is shown first."""
    from markupsafe import Markup

    environment = _environment()
    style = _style()
    bodies: list[tuple[str, str]] = []
    for code in languages:
        words = Words(translator(code), html=True)
        context = {
            "_": words.say,
            "w": words,
            "lang": code,
            "dots_alone": DOTS_ALONE,
            "version": __version__,
            **body(code),
        }
        html = _COMMAND.sub(r"<code>\1</code>", environment.get_template(template).render(context))
        bodies.append((code, Markup(html)))  # noqa: S704 - autoescaped
    return environment.get_template("page.html").render(
        title=title,
        language=language,
        bodies=bodies,
        names=NAMES,
        style=Markup(style),  # noqa: S704 - our own file
        style_hash=_hash(style),
    )


def known(language: str) -> None:
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
    return "\n".join((_TEMPLATES / name).read_text(encoding="utf-8").strip() for name in _STYLES)


def _hash(style: str) -> str:
    """The hash of the style element's text, as a Content-Security-Policy source."""
    return "sha256-" + base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
