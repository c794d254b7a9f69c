"""Whether a file is mail, judged by how it begins."""

from __future__ import annotations

import re

from permadani.sources.reading import mail, mbox
from permadani.sources.reading.jsonhead import BOM

_FIELD = re.compile(rb"[!-9;-~]{1,76}[ \t]?:")
_SENT = frozenset({"date", "message-id", "received", "to", "subject"})
_DELIVERED = frozenset({"received", "return-path", "delivered-to", "mime-version", "x-mailer", "user-agent", "to"})
_ALL = _SENT | _DELIVERED | {"from", "newsgroups"}


def is_mailbox(head: bytes) -> bool:
    """A From line, and a header with a sender; not the archive of a list, which hides addresses."""
    found = mbox.begins(head)
    if found is None or mbox.obfuscated(found):
        return False
    fields = _fields(head.removeprefix(BOM).lstrip(b"\r\n")[found.end() :])
    return "from" in fields and not _SENT.isdisjoint(fields)


def is_message(head: bytes) -> bool:
    """Nothing but header fields from the first line on: a sender with an address, an id or a date, signs of delivery.

    Other texts begin with lines of fields too: news articles, saved web pages, notes with a preamble.
    """
    head = head.removeprefix(BOM)
    if not _FIELD.match(head) or b"\0" in head[:1000]:
        return False
    fields = _fields(head)
    if "@" not in " ".join(fields.get("from", ())) or ("date" not in fields and "message-id" not in fields):
        return False
    if "newsgroups" in fields and not fields.keys() & {"received", "to"}:
        return False
    return bool(_DELIVERED & fields.keys()) and _only_fields(head)


def _fields(head: bytes) -> dict[str, list[str]]:
    return mail.message(head, _ALL).fields


def _only_fields(head: bytes) -> bool:
    """Whether every line up to the first empty one is a field or goes on with one."""
    end = re.search(rb"\r?\n\r?\n", head)
    lines = (head[: end.start()] if end else head.rpartition(b"\n")[0]).splitlines()
    return bool(lines) and all(line[:1] in (b" ", b"\t") or _FIELD.match(line) for line in lines)
