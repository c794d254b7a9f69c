"""Strangers' words in our error texts: cleaned, short, and without a secret that a server sent back."""

from __future__ import annotations

import base64
import unicodedata
from urllib.parse import quote, quote_plus

from permadani.errors import FetchError
from permadani.settings import Secret

SHOWN = 160
HIDDEN = "•••"
Secrets = tuple[Secret, ...]


def cleaned(text: str) -> str:
    """Without control and format characters (they could colour a terminal, or turn the text around), blanks folded."""
    kept = (" " if letter.isspace() else letter for letter in text)
    return " ".join("".join(letter for letter in kept if unicodedata.category(letter)[0] != "C").split())


def shortened(text: str, most: int = SHOWN) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"


def masked(text: str, secrets: Secrets) -> str:
    """``text`` without the secrets, in any of the forms in which they go out."""
    forms = {form for secret in secrets for form in _forms(secret.reveal())}
    for form in sorted(forms, key=len, reverse=True):
        text = text.replace(form, HIDDEN)
    return text


def _forms(value: str) -> set[str]:
    forms = {value, value.strip(), base64.b64encode(value.strip().encode()).decode()}
    _name, colon, password = value.strip().partition(":")
    if colon and len(password) >= 4:  # shorter ones would blacken half of every text
        forms.add(password)
    return (forms | {quote(form, safe="") for form in forms} | {quote_plus(form) for form in forms}) - {""}


def quoted(text: str, secrets: Secrets = (), most: int = SHOWN) -> str:
    """What may be shown of a stranger's text. It is cleaned before it is masked: characters that nobody sees could
    stand inside of the secret; and shortened last: half a secret is not recognised."""
    return shortened(masked(cleaned(text[: most * 20]), secrets), most)


def without(secrets: Secrets, error: FetchError) -> FetchError:
    """The same error, the secrets masked in all its values."""
    if not secrets:
        return error
    values = {name: quoted(value, secrets) if isinstance(value, str) else value for name, value in error.values.items()}
    return type(error)(error.message, error.hint, **values)
