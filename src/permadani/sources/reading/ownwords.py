"""The words somebody wrote themselves in an e-mail: without what they quote, signatures, and what lists add."""

from __future__ import annotations

import re

TEXT_LIMIT = 100_000
"""So many characters of a message are kept."""
_QUOTE = re.compile(r"\s{0,12}[A-Za-z]{0,4}>")
_WROTE = re.compile(
    r"(?i)\b(?:wrote|writes|schrieb|écrit|menulis|escribió|escreveu|schreef|skrev|ha scritto|napisała?|kirjoitti)\b"
    r"|<[^<>\s]{1,100}>\s?[:：]$"
)
"""Says near the end of a line (in its last ``NEAR`` characters) that somebody wrote what follows."""
NEAR = 110
_ANNOUNCES = re.compile(r"(?i)(?:on|am|le|el|em|op|il|den|pada|dne|w dniu|at|in|>? ?\d{4}-\d\d-\d\d)\b")
_ORIGINAL = re.compile(
    r"(?i)-{2,} ?(?:original message|original-nachricht|ursprüngliche nachricht|message d'origine|mensaje original"
    r"|pesan asli|forwarded message|weitergeleitete nachricht|pesan terusan|begin forwarded message) ?-{2,}"
    r"|begin forwarded message:"
)
_SENT = re.compile(r"(?i)\*?(?:from|von|de|dari|van|da)\s?:\*? ")
_SCRUBBED = "-------------- next part --------------"
_DELETED = "[[alternative HTML version deleted]]"
_RULE = re.compile(r"[_=-]{30,}$")
_FOOTER = re.compile(r"(?i)mailing list|/listinfo/|unsubscribe|/mailman3?/|@.{1,80}-request|googlegroups\.com")
_ADDRESS = re.compile(r"(?i)\b([\w.+-]{1,64})(@| at )(?:[\w-]{1,63}\.){1,8}[a-z]{2,24}\b")
_ESCAPED = ">From "
"""How mboxes write a line of one's own that begins with "From ": it stays so."""
LOOK_BACK = 3
"""Lines before a quotation that may say whose it is."""


def own_words(text: str) -> str | None:
    """One line a paragraph line, None where nothing of their own is left. E-mail addresses lose their host."""
    kept: list[str] = []
    lines = text.replace("\r", "").split("\n")
    quoting = bars = False  # some programs quote with bars; so do tables, which nobody announces
    for number, raw in enumerate(lines):
        line = " ".join(raw.split())
        if not line:
            if kept and kept[-1]:
                kept.append("")
            continue
        if line in ("--", _SCRUBBED) or _ends(line, lines, number):
            break
        bars = bars or (line.startswith("|") and _announced(kept))
        if (bars and line.startswith("|")) or (_QUOTE.match(raw) and (quoting or not raw.startswith(_ESCAPED))):
            if not quoting:
                _without_announcement(kept)
            quoting = True
            continue
        quoting = False
        if line != _DELETED:
            kept.append(line)
    kept = _above_a_copy(kept)
    words = "\n".join(filter(None, kept))[:TEXT_LIMIT]
    if "@" in words or " at " in words:
        words = _ADDRESS.sub(r"\1\2…", words)
    return words or None


def _ends(line: str, lines: list[str], number: int) -> bool:
    """Whether this line begins a copy of another message (Outlook), or what the list adds below."""
    if _RULE.match(line):
        below = lines[number + 1 : number + 4]
        return any(_FOOTER.search(other) for other in below) or _heads(lines, number + 1)
    if _ORIGINAL.match(line):
        return True
    return bool(_SENT.match(line)) and _heads(lines, number)


def _heads(lines: list[str], number: int) -> bool:
    """Whether the next lines are the header of a copied message: two fields at least, the first its sender."""
    fields = [line for line in lines[number : number + 8] if line.strip()][:4]
    named = sum(bool(re.match(r"(?i)\s*\*?[a-zà-ÿ]{2,14}\s?:\*? \S", line)) for line in fields)
    return named >= 3 and bool(_SENT.match(fields[0].strip()))


def _announced(kept: list[str]) -> bool:
    """Whether the last line, or the last two, say that somebody wrote what follows."""
    last = [line for line in kept[-3:] if line][-2:]
    return bool(last) and last[-1].endswith((":", "：")) and _WROTE.search(" ".join(last)[-NEAR:]) is not None


def _without_announcement(kept: list[str]) -> None:
    """Take away "On Friday … wrote:" above a quotation, which may take several lines."""
    while kept and not kept[-1]:
        kept.pop()
    if not _announced(kept):
        return
    for count in range(LOOK_BACK, 0, -1):
        some = kept[-count:]
        if len(some) == count and all(some) and (count == 1 or _ANNOUNCES.match(some[0])):
            del kept[-count:]
            return


def _above_a_copy(kept: list[str]) -> list[str]:
    """What stands above "On Friday … wrote:" where the copy below it has no marks; all where nothing does."""
    for number, line in enumerate(kept):
        if line.endswith(":") and _ANNOUNCES.match(line) and _WROTE.search(line[-NEAR:]) and any(kept[:number]):
            return kept[:number]
    return kept
