"""The header of an e-mail as strangers write it: fields, encoded words, addresses, message ids, times."""

from __future__ import annotations

import re
import time
from dataclasses import dataclass
from email.header import decode_header
from email.utils import getaddresses
from functools import lru_cache
from urllib.parse import quote

from permadani.sources.reading.clock import rfc2822

HEADER_LIMIT, FIELD_LIMIT = 1 << 20, 20_000
"""So many bytes of a header, and characters of one field, are looked at."""
EARLIEST = 378_691_200_000_000
"""1982: an earlier time is that of a clock which was never set."""
DAY = 86_400_000_000
_ROBOT = re.compile(
    r"(?:no|do[-_.]?not|dont|never)[-_.]?(?:reply|respond|answer)\b.*|mailer-daemon|postmaster|.*[-_.](?:no|donot)reply"
    r"|bounces?\b.*|notifications?|auto-?(?:confirm|reply|mailer)\b.*"
)
AUTOMATIC = frozenset({"auto-submitted", "x-autoreply", "x-autorespond", "precedence", "x-auto-response-suppress"})
"""The fields that ``automatic`` looks at."""
_END = re.compile(rb"\r?\n\r?\n")
_WORD = re.compile(r"=\?[^?\s]{1,80}\?[bBqQ]\?")
_ADDRESS = r"[^<>\s@\"(),;:]{1,64}@[^<>\s@\"(),;:]{1,250}"
_NAMED = re.compile(rf'\s*+(?:"((?:[^"\\]|\\.)*+)"\s*|([^"<>,;:()@]*+))<\s*({_ADDRESS})\s*>\s*')
_BARE = re.compile(rf"\s*({_ADDRESS})\s*(?:\(([^()]*)\)\s*)?")
_FULL = re.compile(_ADDRESS)
_URI_SAFE = re.compile(r"[A-Za-z0-9@!$&'()*+,;=:._~-]++")
_ID = re.compile(r"<([^<>]{1,500})>")


@dataclass(frozen=True, slots=True)
class Message:
    """One message: its fields by small name (only those asked for), and where its body begins in ``raw``."""

    raw: bytes
    fields: dict[str, list[str]]
    body: int

    def get(self, name: str) -> str:
        """The first value of a field, on one line; empty where there is none."""
        found = self.fields.get(name)
        return found[0] if found else ""


def decoded(raw: bytes) -> str:
    """Bytes that should be UTF-8 or ASCII; else what Windows wrote in Western Europe, which never fails here."""
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return raw.decode("cp1252", "replace")


def message(raw: bytes, wanted: frozenset[str], start: int = 0) -> Message:
    """The wanted fields of the message that begins at ``start``, after its From line. What is no field is skipped."""
    if raw.startswith((b"\n", b"\r\n"), start):
        return Message(raw, {}, start)
    end = _END.search(raw, start, start + HEADER_LIMIT)
    until, body = (end.start(), end.end()) if end else (min(len(raw), start + HEADER_LIMIT), len(raw))
    return Message(raw, fields_of(raw[start:until], wanted), body)


def fields_of(block: bytes, wanted: frozenset[str]) -> dict[str, list[str]]:
    """The wanted fields of a header, each value on one line."""
    fields: dict[str, list[str]] = {}
    pieces: list[str] = []
    name = ""
    for line in decoded(block).replace("\r\n", "\n").split("\n"):
        if line[:1] in (" ", "\t"):
            if name:
                pieces.append(line.strip())
            continue
        if name:
            fields.setdefault(name, []).append(_joined(pieces))
        name, colon, value = line.partition(":")
        name = name.rstrip().lower() if colon else ""
        if name in wanted:
            pieces = [value.strip()]
        else:
            name = ""
    if name:
        fields.setdefault(name, []).append(_joined(pieces))
    return fields


def _joined(pieces: list[str]) -> str:
    value = pieces[0] if len(pieces) == 1 else " ".join(pieces)
    return value[:FIELD_LIMIT].replace("\0", "")


@lru_cache(20_000)
def words(value: str) -> str:
    """A field with its encoded words (``=?utf-8?q?…?=``) as text; what cannot be decoded stays as it is."""
    if "=?" not in value or not _WORD.search(value):
        return value
    try:
        parts = decode_header(value)
        return "".join(part if isinstance(part, str) else _word(part, charset) for part, charset in parts)
    except Exception:  # stdlib raises several kinds on strangers' words; the raw ones are better than none
        return value


def _word(part: bytes, charset: str | None) -> str:
    if charset in (None, "unknown-8bit"):
        return decoded(part)
    try:
        return part.decode(charset or "ascii")
    except (LookupError, ValueError):
        return decoded(part)


@lru_cache(20_000)
def addresses(value: str) -> tuple[tuple[str, str], ...]:
    """(name, address in small letters) of everybody in a From or To field who has an address."""
    if one := _NAMED.fullmatch(value):
        name = one[1].replace('\\"', '"') if one[1] is not None else one[2]
        return ((words(name.strip()), one[3].lower()),)
    if one := _BARE.fullmatch(value):
        return ((words((one[2] or "").strip()), one[1].lower()),)
    try:
        found = getaddresses([value])
    except Exception:  # among others RecursionError, for comments in comments
        return ()
    return tuple((words(name), address.lower()) for name, address in found if _FULL.fullmatch(address))


def is_address(text: str) -> bool:
    return _FULL.fullmatch(text) is not None


def message_ids(value: str) -> list[str]:
    """The ids of a Message-ID, In-Reply-To or References field without their brackets."""
    found = [one.strip().replace(" at ", "@") for one in _ID.findall(value)]
    return [one for one in found if one and " " not in one]


def own_id(value: str) -> str | None:
    """The id of a message; old programs forget its brackets."""
    if found := message_ids(value):
        return found[0]
    bare = value.strip()
    return bare if 0 < len(bare) <= 500 and " " not in bare and "<" not in bare else None


def parents(mail: Message) -> tuple[str | None, str | None]:
    """What it replies to, and the first message of the conversation."""
    references = message_ids(mail.get("references"))
    replied = message_ids(mail.get("in-reply-to"))
    parent = replied[0] if replied and "@" in replied[0] else references[-1] if references else None
    return parent, references[0] if references else None


@lru_cache(20_000)
def mailto(address: str) -> str:
    return "mailto:" + quote(address, safe="@+!$'*-._~=", errors="replace")


def mid(id: str) -> str:
    """The URI of a message by its Message-ID (RFC 2392)."""
    return "mid:" + in_uri(id)


def in_uri(id: str) -> str:
    """A Message-ID as a part of a URI."""
    return id if _URI_SAFE.fullmatch(id) else quote(id, safe="@!$&'()*+,;=:._~-", errors="replace")


def moment(mail: Message, from_line: str = "") -> tuple[int | None, bool]:
    """When it was sent, and whether its own clock can be believed.

    The Date field is a claim of the sender: where it is missing or impossible (before 1982, after tomorrow), the last
    server's time stands, or else that of the From line.
    """
    claimed = rfc2822(date) if (date := mail.get("date")) else None
    if possible(claimed):
        return claimed, True
    received = mail.get("received").rpartition(";")[2]
    for other in (rfc2822(received) if received else None, line_time(from_line)):
        if possible(other):
            return other, claimed is None and not date
    return claimed, False


def possible(when: int | None) -> bool:
    return when is not None and EARLIEST <= when <= time.time_ns() // 1000 + DAY


def line_time(from_line: str) -> int | None:
    """The time of a From line (``Fri May 22 13:38:22 +0000 2015``)."""
    return rfc2822(text) if (text := _in_order(from_line)) else None


def _in_order(from_line: str) -> str:
    """``Fri May 22 13:38:22 +0000 2015`` as e-mail writes it."""
    parts = from_line.split()
    if len(parts) < 5:
        return ""
    years = [part for part in parts[4:] if len(part) == 4 and part.isdigit()]
    zones = [part for part in parts[4:] if part not in years]
    return " ".join([parts[2], parts[1], *years[:1], parts[3], *zones[:1]])


def automatic(mail: Message, address: str) -> bool:
    """Whether a program wrote it: an absence notice, a confirmation, a report."""
    fields = mail.fields
    return (
        ("auto-submitted" in fields and not mail.get("auto-submitted").lower().startswith("no"))
        or "x-autoreply" in fields
        or "x-autorespond" in fields
        or mail.get("precedence").lower() == "auto_reply"
        or mail.get("x-auto-response-suppress").lower() == "all"
        or _ROBOT.fullmatch(address.partition("@")[0]) is not None
    )
