"""One utterance as ConvoKit writes it, and the values in it: ids, times, addresses."""

from __future__ import annotations

import json
import math
import re
from typing import Any

import msgspec

from permadani.sources.reading.clock import EARLIEST, LATEST, iso
from permadani.sources.reading.jsonrecords import DECODING, mended, reason_of

SMALLEST_TIME = 100_000_000
"""Seconds until 1973: a smaller number is rather the number of a turn than a time."""
EXACT = 2**53
"""Whole numbers below are exact as floats too."""
_MANGLED = re.compile(r"[+-]?\d(?:\.\d*)?[eE]\+\d+")
_NUMBER = re.compile(r"[+-]?\d{1,12}(?:\.\d{0,20})?")
_ADDRESS = re.compile(r"[^@\s<>]{1,64}@[^@\s<>]{1,250}\.[^@\s.<>]{2,24}")


class Utterance(msgspec.Struct, gc=False):
    """One message; the decoder skips what is not named here. Older corpora say user, root and reply_to."""

    id: Any = None
    text: Any = None
    speaker: Any = None
    user: Any = None
    conversation_id: Any = None
    root: Any = None
    dashed: Any = msgspec.field(name="reply-to", default=None)
    reply_to: Any = None
    timestamp: Any = None


_DECODER = msgspec.json.Decoder(Utterance)


class FloatMangled(ValueError):
    """An id that went through a floating-point number: its last digits are lost."""


def key(value: Any) -> str | None:
    """An id as text, None where there is none. Raises FloatMangled."""
    if isinstance(value, str):
        if _MANGLED.fullmatch(value):
            raise FloatMangled(value)
        return value or None
    if isinstance(value, float) and not math.isnan(value):
        if abs(value) >= EXACT or not value.is_integer():
            raise FloatMangled(value)
        return str(int(value))
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else None


def moment(value: Any) -> int | None:
    """Seconds since 1970 as a number or text, or ISO 8601, to microseconds; None where it is none of these."""
    if isinstance(value, str):
        if not _NUMBER.fullmatch(value.strip()):
            return iso(value)
        value = float(value) if "." in value else int(value)
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    if not SMALLEST_TIME <= abs(value) <= LATEST // 1_000_000:  # NaN too
        return None
    time = round(value * 1_000_000)
    return time if EARLIEST <= time <= LATEST else None


def is_address(name: str) -> bool:
    """Whether a speaker is named by an e-mail address, as in corpora made of mailing lists and code reviews."""
    return "@" in name and _ADDRESS.fullmatch(name.strip()) is not None


def decode(raw: bytes) -> tuple[Utterance | None, str | None]:
    """The utterance in one piece, or None; and the reason why not, or what had to be mended."""
    try:
        return _DECODER.decode(raw), None
    except DECODING as error:
        reason = reason_of(error)
    whole = mended(raw)
    note = "lone_surrogate" if whole != raw else None
    try:
        if b"NaN" in raw or b"Infinity" in raw:  # Python writes these where JSON has no word
            return msgspec.convert(json.loads(whole), Utterance), note
        return (_DECODER.decode(whole), note) if note else (None, reason)
    except DECODING:
        return None, reason
