"""TOML files that people write by hand for an audit: read strictly, and refused with a sentence that helps."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from pathlib import Path
from typing import TypeVar

import msgspec

from permadani.errors import InputError, TooLarge, Unreadable
from permadani.language import N_

LARGEST = 1_000_000
"""Bytes; what a person writes by hand stays far below."""
MOST_SHOWN = 200
MOST_DOTS = 20
"""In one key: a reader of TOML takes the square of them in time, and no file of ours needs any."""
ASIDE = re.compile(
    r'"""(?:[^"\\]|\\.?|"(?!""))*(?:"{3,5}|\Z)'
    r"|'''(?:[^']|'(?!''))*(?:'{3,5}|\Z)"
    r'|"(?:[^"\\\n]|\\[^\n]?)*"?'
    r"|'[^'\n]*'?"
    r"|#[^\n]*",
    re.DOTALL,
)
"""Strings (also those that do not end) and comments: each begins a match that never fails, so this is linear."""
T = TypeVar("T")


def read(path: Path, shape: type[T], hint: str) -> T:
    """The file as ``shape``. ``hint``: a marked text that names the known keys.

    Raises:
        InputError: there is no such file, it is too large, not UTF-8, not TOML, or holds something else than it should.
    """
    try:
        if not path.is_file():
            raise InputError(N_("there is no file {path}"), path=path)
        with path.open("rb") as stream:
            data = stream.read(LARGEST + 1)
    except OSError as error:
        raise Unreadable(N_("{path} cannot be read: {detail}"), path=path, detail=error.strerror) from None
    if len(data) > LARGEST:
        raise TooLarge(N_("{path} is too large: at most one megabyte is read"), hint=hint, path=path)
    try:
        text = data.decode("utf-8-sig")
        if too_deep(text):
            raise Unreadable(
                N_("{path} cannot be used: a key holds more than {most} dots"), hint=hint, path=path, most=MOST_DOTS
            )
        return msgspec.toml.decode(text, type=shape)
    except UnicodeDecodeError:
        raise Unreadable(
            N_("{path} is not UTF-8"), hint=N_("Save it as a text file in UTF-8, as most editors do."), path=path
        ) from None
    except (tomllib.TOMLDecodeError, msgspec.MsgspecError, RecursionError, ValueError) as error:
        detail = "nested too deeply" if isinstance(error, RecursionError) else str(error)
        raise Unreadable(
            N_("{path} cannot be used: {detail}"), hint=hint, path=path, detail=line(detail)[:MOST_SHOWN]
        ) from None


def too_deep(text: str) -> bool:
    """Whether a key or the head of a table in this TOML holds more than ``MOST_DOTS`` dots; strings are no keys."""
    pieces = re.split(r"[=,\[\]{}\n]", ASIDE.sub("x", text))
    return any(piece.count(".") > MOST_DOTS for piece in pieces)


def line(text: str) -> str:
    """One line without control characters and marks that turn the direction of the text."""
    return " ".join(words(text).split())


def words(text: str) -> str:
    """The text with its line breaks, without other control characters and marks that turn its direction."""
    plain = "".join(c if c == "\n" or unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Co") else " " for c in text)
    return re.sub(r"[ \t]+", " ", plain).strip()
