"""Whose export it is: its profile says so, or the user, or the comments that all have one author."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, urlsplit

from permadani.errors import InputError, Unreadable
from permadani.language import N_
from permadani.sources.facebook.lists import entries
from permadani.sources.facebook.mojibake import Repair
from permadani.sources.reading.files import InputFile
from permadani.sources.reading.jsonrecords import whole
from permadani.sources.reading.markup import display_name
from permadani.vocabulary import Actor, account, named_actor

CHANNEL = "facebook"
SITE = "archive"
"""In the ids of people who are known only by a name; those of one export are told from those of another."""
PROFILES = (
    "../profile_information/profile_information.json",  # until 2023
    "../../personal_information/profile_information/profile_information.json",
    "../personal_information/profile_information/profile_information.json",
    "profile_information.json",
)
COMMENTS = (
    "comments.json",
    "../comments_and_reactions/comments.json",
    "../comments/comments.json",
    "../comments_and_reactions/comments_1.json",
)
PROFILE_LIMIT = 4 * 1024 * 1024
_KEY = re.compile(r"[A-Za-z0-9.]{1,80}")
_HOSTS = ("facebook.com", "fb.com")


@dataclass(frozen=True, slots=True)
class Owner:
    """``name`` is None where only an account was told."""

    id: str
    key: str
    name: str | None = None
    handle: str | None = None
    url: str | None = None
    created: int | None = None

    def actor(self) -> Actor:
        return Actor(
            id=self.id, channel=CHANNEL, handle=self.handle, name=self.name, url=self.url, created=self.created
        )  # fmt: skip

    def acquaintance(self, name: str) -> str:
        """The id of somebody whom this export names: two people may know different ones of that name."""
        return self.id if name == self.name else named_actor(CHANNEL, self.key.replace("/", " "), name)


def owner_of(file: InputFile, said: str | None) -> Owner:
    """Raises Unreadable where nobody can tell."""
    if found := next(_profiles(file), None):
        return found
    if said:
        told = _told(said)
        return told if told.name else _with_name(told, file)
    names = authors(file) or _authors_beside(file)
    if len(names) == 1:
        return _named(names.pop())
    raise Unreadable(
        N_("it does not tell whose Facebook export it is"),
        hint=N_("Import the whole folder or ZIP, or say whose it is with --owner NAME."),
    )


def owner_in(profile: Any, repair: Repair, created: int | None = None) -> Owner | None:
    """What the content of ``profile_information.json`` says."""
    profile = profile.get("profile_v2", profile.get("profile")) if isinstance(profile, dict) else None
    if not isinstance(profile, dict):
        return None
    names = profile.get("name")
    name = display_name(repair(names.get("full_name") if isinstance(names, dict) else names))
    key = key_of(profile.get("profile_uri")) or _plain_key(profile.get("username"))
    if key:
        return _account(key, name, created)
    return _named(name, created) if name else None


def authors(file: InputFile) -> set[str]:
    """The names that the entries of a file give as their author. Two are as good as many: it ends there."""
    found: set[str] = set()
    repair = Repair()
    try:
        for kind, _, entry, _ in entries(file):
            if kind in ("comments", "reactions") and (name := author(entry, repair)):
                found.add(name)
                if len(found) > 1:
                    break
    except InputError:
        pass  # told by whoever reads it
    return found


def author(entry: Any, repair: Repair) -> str | None:
    data = entry.get("data") if isinstance(entry, dict) else None
    for part in data if isinstance(data, list) else ():
        for what, who in (("comment", "author"), ("reaction", "actor")):
            inner = part.get(what) if isinstance(part, dict) else None
            if isinstance(inner, dict) and (name := display_name(repair(inner.get(who)))):
                return name
    return None


def _profiles(file: InputFile) -> Iterator[Owner]:
    for path in PROFILES:
        beside = file.beside(path)
        if beside is not None:
            try:
                found = owner_in(whole(beside, limit=PROFILE_LIMIT), Repair())
            except InputError:
                continue  # told where that file is read itself
            if found:
                yield found


def _authors_beside(file: InputFile) -> set[str]:
    for path in COMMENTS:
        beside = file.beside(path)
        if beside is not None and (names := authors(beside)):
            return names
    return set()


def _with_name(told: Owner, file: InputFile) -> Owner:
    names = authors(file) or _authors_beside(file)
    if len(names) > 1:
        raise Unreadable(
            N_("its comments have several authors, so that {owner} is not told from the others"),
            hint=N_("Say whose export it is by the name on it: --owner NAME."),
            owner=told.key,
        )
    return Owner(told.id, told.key, names.pop() if names else None, told.handle, told.url)


def _told(said: str) -> Owner:
    """What ``--owner`` says: an id, the address of a profile, a user name, or the name on the export."""
    said = said.strip()
    if said.startswith(account(CHANNEL, "")):
        return _account(said.removeprefix(account(CHANNEL, "")), None)
    if said.startswith(named_actor(CHANNEL, SITE, "")):
        return _named(said.removeprefix(named_actor(CHANNEL, SITE, "")))
    key = key_of(said) or _plain_key(said.removeprefix("@"))
    return _account(key, None) if key and (key != said or not key.isalpha() or key.islower()) else _named(said)


def _account(key: str, name: str | None, created: int | None = None) -> Owner:
    key = key.lower()  # Facebook takes no notice of capitals
    handle = None if key.isdecimal() else key
    url = f"https://www.facebook.com/{key}"
    return Owner(account(CHANNEL, key), key, name, handle, url, created)


def _named(name: str, created: int | None = None) -> Owner:
    name = " ".join(name.split())
    return Owner(named_actor(CHANNEL, SITE, name), name, name, created=created)


def _plain_key(value: Any) -> str | None:
    return value if isinstance(value, str) and _KEY.fullmatch(value) else None


def key_of(address: Any) -> str | None:
    """The account in the address of a profile: ``facebook.com/NAME`` or ``profile.php?id=NUMBER``."""
    if not isinstance(address, str) or not any(host in address for host in _HOSTS):
        return None
    try:
        parts = urlsplit(address if "//" in address else f"https://{address}")
        if not any(parts.hostname == host or (parts.hostname or "").endswith("." + host) for host in _HOSTS):
            return None
        if parts.path == "/profile.php":
            return _plain_key(parse_qs(parts.query).get("id", [None])[0])
    except ValueError:
        return None
    return _plain_key(parts.path.strip("/"))
