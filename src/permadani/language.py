"""Texts for people: English in the code, other languages in gettext catalogues, translated as late as possible."""

from __future__ import annotations

import gettext
from collections.abc import Callable
from functools import cache
from pathlib import Path

LANGUAGES = ("en", "id")
Translate = Callable[[str], str]


def N_(text: str) -> str:
    """Mark a text for the catalogue; it is translated where it is shown."""
    return text


def english(text: str) -> str:
    return text


@cache
def translations(language: str) -> gettext.NullTranslations:
    """The catalogue of a language; English is the text itself, also where the catalogues were not compiled."""
    folder = Path(__file__).with_name("locale")
    return gettext.translation("permadani", folder, [language], fallback=True)


def translator(language: str) -> Translate:
    return translations(language).gettext
