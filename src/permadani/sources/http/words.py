"""Strangers' words in our error texts: cleaned, short, and without a secret that a server sent back."""

from __future__ import annotations

import base64
import unicodedata
from urllib.parse import quote

from permadani.errors import FetchError
from permadani.settings import Secret

SHOWN = 160
HIDDEN = "•••"


def cleaned(text: str) -> str:
    """Without control and format characters (they could colour a terminal, or turn the text around), blanks folded."""
    kept = (" " if letter.isspace() else letter for letter in text)
    return " ".join("".join(letter for letter in kept if unicodedata.category(letter)[0] != "C").split())


def shortened(text: str, most: int = SHOWN) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"


def masked(text: str, secret: Secret | None) -> str:
    """``text`` without the secret, in any of the forms in which it went out."""
    if secret is None:
        return text
    value = secret.reveal()
    forms = {value, value.strip(), base64.b64encode(value.encode()).decode()}
    _name, colon, password = value.partition(":")
    if colon and len(password) >= 4:  # shorter ones would blacken half of every text
        forms.add(password)
    for form in sorted(forms | {quote(form, safe="") for form in forms}, key=len, reverse=True):
        if form:
            text = text.replace(form, HIDDEN)
    return text


def quoted(text: str, secret: Secret | None = None, most: int = SHOWN) -> str:
    """What may be shown of a stranger's text. It is cleaned before it is masked: characters that nobody sees could
    stand inside of the secret; and shortened last: half a secret is not recognised."""
    return shortened(masked(cleaned(text[: most * 20]), secret), most)


def without(secret: Secret | None, error: FetchError) -> FetchError:
    """The same error, the secret masked in all its values."""
    if secret is None:
        return error
    values = {name: quoted(value, secret) if isinstance(value, str) else value for name, value in error.values.items()}
    return type(error)(error.message, error.hint, **values)
