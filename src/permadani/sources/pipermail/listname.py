"""Which list an archive is of. An archive does not say so; its subjects do, and the footers that answers quote."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from permadani.errors import InputError
from permadani.sources.pipermail.period import period_of
from permadani.sources.reading import mail, mbox
from permadani.sources.reading.files import InputFile

CERTAIN = 3
"""So many quoted footers name a list surely; fewer may be those of another list."""
ENOUGH = 40
"""After so many nothing else is looked for."""
FARTHEST = 12
"""So many periods before and after this one are asked where it does not tell."""
LONGEST = 80
_TAG = re.compile(r"\s*(?:(?i:re|fwd?|aw|sv|antw|balas)\s?(?:\[\d+\])?:\s*)*+\[([^\[\]]{1,40})\]")
_NAME = rb"^[>| \t]*+([\w.+-]{1,80})"
_FOOTER = re.compile(
    _NAME + rb"(?:(?: at |@)\S{1,200})? mailing list\b[^\n]{0,200}\n(?:[^\n]{0,200}\n){0,2}?"
    rb"[^\n]{0,200}?/listinfo(?:\.cgi)?/\1(?![\w.+-])",
    re.IGNORECASE | re.MULTILINE,
)
_FOOTER_3 = re.compile(_NAME + rb" mailing list -- \1(?: at |@)", re.IGNORECASE | re.MULTILINE)
_LIST_ID = re.compile(r"(?:^|<)\s*+([\w+-]{1,80})\.[\w.-]{1,200}\s*+>?\s*+$")
_FOLDER = re.compile(r"pipermail-(.{1,100}?)(?:\.(?:zip|tar|tgz|gz))*!?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Told:
    """What the beginning of one file says: ``certain`` by the list's own header or footers, ``perhaps`` by a few."""

    certain: str | None = None
    tag: str | None = None
    perhaps: str | None = None


def slug(name: str) -> str | None:
    """A name as part of a channel and of ids: ``r-package-devel``."""
    return "-".join(re.findall(r"[^\W_]+", name.lower()))[:LONGEST].strip("-") or None


def list_of(file: InputFile) -> str | None:
    """The list's name as a slug; None where nothing tells.

    All files of one archive must be of one list, also those of a quarter whose few messages say nothing: what the
    periods around tell counts more than the tag of subjects, which need not be the name. One with another tag is of
    another list.
    """
    parents = _folders(file)
    if said := _FOLDER.fullmatch(parents[0]):
        return slug(said[1])
    own = _told(file)
    if name := own.certain or _footer_of_all(file):
        return name
    near = [one for one in map(_told, _periods_around(file)) if not (own.tag and one.tag and own.tag != one.tag)]
    for level in ("certain", "tag", "perhaps"):
        for one in (own, *near):
            if name := getattr(one, level):
                return str(name)
    period = period_of(file.name)
    if parents[1].lower() == "pipermail" and period_of(parents[0]) is None:  # a copy of …/pipermail/LIST/
        return slug(parents[0])
    return slug(period.prefix) if period else None


def _folders(file: InputFile) -> tuple[str, str]:
    """The names of the folder around the file, and of the one around that."""
    path = str(file.disk_path.absolute()) if file.disk_path else file.path.replace("\\", "/")
    parts = ("", "", *Path(path).parts[:-1])
    return parts[-1], parts[-2]


def _told(file: InputFile) -> Told:
    headers, footers, tags = Counter[str](), Counter[str](), Counter[str]()
    pieces = mbox.in_head(file.head)
    for raw in pieces:
        line = mbox.FROM_LINE.match(raw)
        one = mail.message(raw, frozenset({"subject", "list-id"}), line.end() if line else 0)
        if (found := _LIST_ID.search(one.get("list-id"))) and (name := slug(found[1])):
            headers[name] += 1
        if (tagged := _TAG.match(mail.words(one.get("subject")))) and (name := slug(tagged[1])):
            tags[name] += 1
        footers.update(_footers(raw))
    certain = _of_half(headers, len(pieces)) or _certain(footers)
    return Told(certain, _of_half(tags, len(pieces)), _of_half(footers, footers.total()))


def _footer_of_all(file: InputFile) -> str | None:
    """What the footers in the whole file say surely, where its beginning holds too few."""
    found = Counter[str]()
    progress, file.progress = file.progress, None
    try:
        with file.open() as stream:
            while found.total() < ENOUGH and (part := stream.read(1 << 20)):
                found.update(_footers(part))
    except InputError:
        pass  # told by whoever reads it
    finally:
        file.progress = progress
    return _certain(found)


def _certain(footers: Counter[str]) -> str | None:
    name = _of_half(footers, footers.total())
    return name if name and footers[name] >= CERTAIN else None


def _footers(raw: bytes) -> Iterator[str]:
    """The lists whose footers are in there; an archive keeps only those that answers quote."""
    found = [*_FOOTER.findall(raw)] if b"/listinfo" in raw else []
    if b" mailing list -- " in raw:
        found += _FOOTER_3.findall(raw)
    return (name for one in found if (name := slug(one.decode("ascii", "replace"))))


def _of_half(names: Counter[str], messages: int) -> str | None:
    """The most common one where at least half of the messages have it; of two the first by name."""
    best = max(names.items(), key=lambda item: (item[1], item[0]), default=None)
    return best[0] if best and 2 * best[1] >= messages else None


def _periods_around(file: InputFile) -> Iterator[InputFile]:
    """The files of the same archive that lie beside it, the nearest first."""
    before = after = file.name
    for _ in range(FARTHEST):
        one, other = period_of(before), period_of(after)
        before, after = one.before if one else "", other.after if other else ""
        for name in filter(None, (before, after)):
            if beside := file.beside(name) or file.beside(name + ".gz"):
                yield beside
