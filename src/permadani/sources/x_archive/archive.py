"""What other files of the archive tell of this one: whose it is, when it was made, what should be there."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import Any

from permadani.errors import InputError, Unreadable
from permadani.language import N_
from permadani.sources.base import ReadOptions
from permadani.sources.reading.files import InputFile
from permadani.sources.reading.jsonrecords import whole
from permadani.sources.reading.markup import display_name
from permadani.sources.x.shapes import LONGEST_ID, FloatMangled, User, moment, number
from permadani.sources.x_archive.kinds import MONTH, TABLE, TWEETS, Kind, kind_of
from permadani.sources.x_archive.shapes import utc

COMPANIONS = (
    "account.js", "manifest.js", "note-tweet.js", "user_details.js", "../user_details.js", "../payload_details.js",
    "../tweet_index.js", "../js/user_details.js", "data/js/user_details.js", "data/js/payload_details.js",
)  # fmt: skip
ABOUT_OWNER = ("account.js", "manifest.js", "user_details.js")
SMALL = 16 * 1024 * 1024
"""The most bytes a file about the archive may have."""
MANY_FILES = 1_000
_HANDLE = re.compile(r"\w{1,50}")


@dataclass(frozen=True, slots=True)
class Owner:
    key: str
    handle: str | None = None
    name: str | None = None
    created: Any = None

    def user(self) -> User:
        """The owner as the author of a tweet."""
        return User(id_str=self.key, screen_name=self.handle, name=self.name, created_at=self.created)


@dataclass(frozen=True, slots=True)
class Around:
    """``generated``: when the archive was made. ``expected``: how many tweets this file should have. ``whole``: whether
    all the archive's tweets are at hand; None where nothing tells."""

    generated: int | None = None
    expected: int | None = None
    whole: bool | None = None


def content(file: InputFile | None) -> Any:
    """A small file decoded; None where there is none, or nothing in it can be read."""
    try:
        kind = kind_of(file.head) if file is not None else None
        return whole(file, kind.skip, SMALL) if file is not None and kind is not None else None
    except InputError:
        return None


def part(value: Any, *path: str | int) -> Any:
    """What lies at a path of keys and positions; None where it leads nowhere."""
    for step in path:
        if isinstance(step, str):
            value = value.get(step) if isinstance(value, dict) else None
        else:
            value = value[step] if isinstance(value, list) and len(value) > step else None
    return value


def word(value: Any) -> str | None:
    return (display_name(value) if isinstance(value, str) else None) or None


def identifier(value: Any) -> str | None:
    """An id of an account; None where it is none, or went through a floating-point number."""
    try:
        return number(value) if isinstance(value, str | int) and not isinstance(value, bool) else None
    except (FloatMangled, ValueError):  # Python writes no numbers of more than 4,300 digits
        return None


def _owner(key: Any, handle: Any, name: Any, created: Any = None) -> Owner | None:
    digits = identifier(key)
    known = handle if isinstance(handle, str) and _HANDLE.fullmatch(handle) else None
    return Owner(digits, known, word(name), utc(created)) if digits and len(digits) <= LONGEST_ID else None


def owner_in(value: Any) -> Owner | None:
    """The owner told by account.js, manifest.js or user_details.js, decoded."""
    if account := part(value, 0, "account"):
        name, created = part(account, "accountDisplayName"), part(account, "createdAt")
        return _owner(part(account, "accountId"), part(account, "username"), name, created)
    if info := part(value, "userInfo"):
        return _owner(part(info, "accountId"), part(info, "userName"), part(info, "displayName"))
    return _owner(*(part(value, key) for key in ("id", "screen_name", "full_name", "created_at")))


def owner_beside(file: InputFile, options: ReadOptions) -> Owner | None:
    """Whose archive it is: told by the files beside it, else by the user.

    Raises:
        Unreadable: the files beside it name two owners; the tweets may be of either.
    """
    names = (name for name in COMPANIONS if name.endswith(ABOUT_OWNER))
    told = [found for name in names if (found := owner_in(content(file.beside(name))))]
    if other := next((owner for owner in told if owner.key != told[0].key), None):
        raise Unreadable(
            N_("the files beside it name two owners: {one} and {other}"),
            hint=N_("Files of two archives lie in one folder: keep each archive in a folder of its own."),
            one=told[0].key,
            other=other.key,
        )
    if told:
        return told[0]
    said = (options.owner or "").strip().removeprefix("x:user/")
    return _owner(said, None, None)


def needed(owner: Owner | None, options: ReadOptions) -> Owner:
    """Raises Unreadable where nobody knows the account's number."""
    if owner is None and (said := (options.owner or "").strip()):
        raise Unreadable(
            N_("it does not tell whose archive it is, and {owner} is not the number of an account"),
            hint=N_("Say --owner NUMBER: accountId in data/account.js, before 2019 id in data/js/user_details.js."),
            owner=said[:60],
        )
    if owner is None:
        raise Unreadable(
            N_("it does not tell whose archive it is"),
            hint=N_("Import the whole archive (its ZIP or folder), or name the account's number with --owner."),
        )
    return owner


def around(file: InputFile, kind: Kind) -> Around:
    """What is known of the archive from which a file with tweets comes."""
    if kind.name in TWEETS:
        found = _current(file, content(file.beside("manifest.js")))
        first = f"{kind.name}.js".replace("_", "-")
        if kind.part and found.whole is None and not file.beside(first):
            return replace(found, whole=False)
        # no archive has tweet.js (until 2022) and tweets.js (since): one of them is of another archive
        both = all(file.beside(f"{name}.js") for name in TWEETS)
        return replace(found, whole=False) if both else found
    if kind.name == MONTH:
        payload, index = (content(file.beside(f"../{name}.js")) for name in ("payload_details", "tweet_index"))
        entries = index[:MANY_FILES] if isinstance(index, list) else []
        names = [PurePosixPath(str(part(entry, "file_name"))).name for entry in entries]
        counts = dict(zip(names, (_count(part(entry, "tweet_count")) for entry in entries), strict=True))
        at_hand = _all_beside(file, tuple(names)) if names else None
        return Around(_time(part(payload, "created_at")), counts.get(file.name), at_hand)
    if kind.name == TABLE and (payload := content(file.beside("data/js/payload_details.js"))):
        return Around(_time(part(payload, "created_at")), _count(part(payload, "tweets")), True)
    return Around()


def _all_beside(file: InputFile, names: tuple[str, ...]) -> bool:
    """Whether all these files lie beside this one. The months of one folder ask the same one after the other, and
    looking for 144 files 144 times takes seconds: a list of the folder answers for plain files."""
    listed: set[str] = set()
    if file.disk_path is not None and file.beside(file.name) is not None:
        try:
            with os.scandir(file.disk_path.parent) as entries:
                listed = {entry.name for entry in entries if entry.is_file(follow_symlinks=False)}
        except OSError:
            pass
    return all(name in listed or file.beside(name) for name in names)


def _current(file: InputFile, manifest: Any) -> Around:
    files = part(manifest, "dataTypes", "tweets", "files") or part(manifest, "dataTypes", "tweet", "files")
    if not isinstance(files, list):
        return Around()
    names = [PurePosixPath(str(part(entry, "fileName"))).name for entry in files[:MANY_FILES]]
    counts = dict(zip(names, (_count(part(entry, "count")) for entry in files[:MANY_FILES]), strict=True))
    at_hand = all(file.beside(name) for name in names) and part(manifest, "archiveInfo", "isPartialArchive") is not True
    return Around(_time(part(manifest, "archiveInfo", "generationDate")), counts.get(file.name), at_hand)


def _time(value: Any) -> int | None:
    return moment(utc(value))


def _count(value: Any) -> int | None:
    digits = identifier(value)
    return int(digits) if digits else None
