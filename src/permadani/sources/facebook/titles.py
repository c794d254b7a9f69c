"""Whom a comment or post speaks to: Facebook says it only in a sentence, in the language of the account.

A sentence is understood wholly or not at all: a name that could end in two places is nobody's.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

LONGEST = 400
"""Facebook's own sentences are shorter; a longer one is not looked at."""
Sense = Literal["named", "own", "nobody", "unknown"]


@dataclass(frozen=True, slots=True)
class Target:
    """``named``: ``name`` is addressed; ``own``: something of the owner's; ``nobody``: the sentence names no one."""

    sense: Sense
    name: str | None = None


OWN, NOBODY, UNKNOWN = Target("own"), Target("nobody"), Target("unknown")


@dataclass(frozen=True, slots=True)
class Language:
    """How one language words it. Verbs as they stand between the two names; things as they can be commented on."""

    verbs: tuple[str, ...]
    things: tuple[str, ...]
    own: re.Pattern[str]
    nobody: re.Pattern[str]
    name_first: bool
    place: str
    walls: re.Pattern[str]
    plain: tuple[str, ...]


ENGLISH_THINGS = (
    "post", "posts", "photo", "photos", "video", "videos", "live video", "link", "status", "status update", "update",
    "album", "GIF", "comment", "note", "event", "reel", "story", "memory", "life event", "poll", "question", "review",
    "profile picture", "profile photo", "cover photo", "profile video", "timeline", "wall post", "activity", "check-in",
    "photo album", "sticker", "reply", "playlist", "offer",
)  # fmt: skip
INDONESIAN_THINGS = (
    "kiriman", "postingan", "foto profil", "foto sampul", "foto", "video langsung", "siaran langsung", "video",
    "tautan", "pembaruan status", "status", "album foto", "album", "GIF", "komentar", "catatan", "acara", "reel",
    "cerita", "kenangan", "peristiwa hidup", "jajak pendapat", "pertanyaan", "ulasan", "aktivitas", "gambar", "balasan",
)  # fmt: skip


def _any(words: tuple[str, ...]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


LANGUAGES = (
    Language(
        verbs=(" commented on ", " replied to ", " also commented on ", " left a comment on "),
        things=ENGLISH_THINGS,
        own=re.compile(r"(?:his|her|their|its|your) own (?!$)"),
        nobody=re.compile(rf"(?:an? |the )?(?:{_any(ENGLISH_THINGS)})(?: (?:in|on|at) .+)?"),
        name_first=True,
        place=" in ",
        walls=re.compile(
            r" (?:wrote|posted|(?:posted|shared|added|uploaded) (?:a|an|some|\d+)(?: new)? "
            r"(?:link|post|photo|photos|video|videos|status|GIF|memory|event|album)) (?:on|to) (.+)['’]s? "
            r"(?:timeline|wall|profile)"
        ),
        plain=(
            " updated ", " added ", " shared ", " posted ", " was ", " is ", " created ", " uploaded ", " changed ",
            " went live", " published ", " wrote ", " reposted ", " checked in", " started ", " celebrated ", " asked ",
            " likes ", " recommends ", " invited ", " joined ", " commented on ", " replied to ", " tagged ", " sent ",
        ),
    ),
    Language(
        verbs=(" mengomentari ", " membalas ", " berkomentar di ", " berkomentar pada ", " menanggapi "),
        things=INDONESIAN_THINGS,
        own=re.compile(rf"(?:{_any(INDONESIAN_THINGS)})(?:nya| miliknya| Anda)(?: sendiri)(?: di .+)?"),
        nobody=re.compile(rf"(?:(?:sebuah|suatu) )?(?:{_any(INDONESIAN_THINGS)})(?: ini)?"),
        name_first=False,
        place=" di ",
        walls=re.compile(
            r" (?:menulis|mengirim|memposting|membagikan (?:sebuah )?(?:tautan|kiriman|foto|video)) "
            r"(?:di|ke|pada) (?:kronologi|linimasa|dinding|profil) (.+)"
        ),
        plain=(
            " memperbarui ", " menambahkan ", " membagikan ", " memposting ", " mengirim ", " membuat ", " mengunggah ",
            " mengubah ", " mengganti ", " merasa ", " sedang ", " bersama ", " berada di ", " menulis ",
            " siaran langsung", " menerbitkan ", " mengomentari ", " membalas ", " mengajukan ", " menyukai ",
        ),
    ),
)  # fmt: skip


def comment_target(title: str, group: str | None = None) -> Target:
    """Whom the sentence of a comment says it was written to. ``group``: the group it was written in, where known."""
    return _comment_target(title, group) if len(title) <= LONGEST else UNKNOWN


@lru_cache(10_000)
def _comment_target(title: str, group: str | None) -> Target:
    found = {_read(language, rest, group) for language, rest in _after_verb(title)}
    return found.pop() if len(found) == 1 else UNKNOWN


def post_target(title: str) -> Target:
    """On whose timeline a post was written; ``nobody`` for the usual sentences of one's own posts."""
    sentence = _sentence(title)
    for language in LANGUAGES:
        if wall := language.walls.search(sentence):
            return _named(wall[1])
    usual = any(words in sentence for language in LANGUAGES for words in language.plain)
    return NOBODY if usual else UNKNOWN


def _sentence(title: str) -> str:
    return " ".join(title.split()).removesuffix(".") if len(title) <= LONGEST else ""


def _after_verb(title: str) -> list[tuple[Language, str]]:
    """What follows the verb, with the language it belongs to; a sentence with two verbs can be read in two ways."""
    sentence = _sentence(title)
    return [
        (language, sentence[at + len(verb) :])
        for language in LANGUAGES
        for verb in language.verbs
        if (at := sentence.find(verb)) > 0 and sentence.count(verb) == 1 and not sentence[:at].endswith(" also")
    ]


def _read(language: Language, rest: str, group: str | None) -> Target:
    if group and rest.endswith(language.place + group):
        rest = rest.removesuffix(language.place + group)
    if language.own.match(rest) if language.name_first else language.own.fullmatch(rest):
        return OWN
    if language.nobody.fullmatch(rest):
        return NOBODY
    names = set(_names_before(language, rest) if language.name_first else _names_after(language, rest))
    return _named(names.pop()) if len(names) == 1 else UNKNOWN


def _names_before(language: Language, rest: str) -> list[str]:
    """Every way to read "NAME's post in PLACE"."""
    return [
        rest[: mark.start()]
        for mark in re.finditer(r"['’]s? ", rest)
        for thing in language.things
        if rest.startswith(thing, mark.end()) and _ends(rest, mark.end() + len(thing))
    ]


def _ends(rest: str, at: int) -> bool:
    return at == len(rest) or rest.startswith((" in ", " on "), at)


def _names_after(language: Language, rest: str) -> list[str]:
    """The way to read "kiriman NAME". " di " may begin a place or belong to a name: nobody can tell."""
    for thing in sorted(language.things, key=len, reverse=True):
        if rest.startswith(thing + " "):
            name = rest[len(thing) + 1 :].removeprefix("milik ").removeprefix("dari ")
            return [] if language.place in name else [name]
    return []


def _named(name: str) -> Target:
    return Target("named", name) if name.strip(" .'’") else UNKNOWN
