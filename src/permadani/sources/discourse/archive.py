"""The archive of oneself that a member downloads: tables, of which one holds the posts and one the likes."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from typing import Any

from permadani.errors import InputError, UnexpectedEnd, Unreadable
from permadani.language import N_
from permadani.sources.base import ReadOptions
from permadani.sources.discourse.records import PRIVATE, Records, channel_of
from permadani.sources.discourse.site import folder_site, site_of
from permadani.sources.discourse.values import string
from permadani.sources.reading.cues import Cues
from permadani.sources.reading.files import InputFile
from permadani.sources.reading.jsonhead import BOM, entries, json_text
from permadani.sources.reading.jsonrecords import whole as whole_json
from permadani.sources.reading.textlines import TextLines
from permadani.vocabulary import Coverage, Problem, Record

COMPANIONS = ("preferences.json", "user_archive.csv")
_POSTS = frozenset({"topic_title", "is_pm", "url", "created_at"})
_WORDS = frozenset({"post", "post_raw", "post_cooked"})
_LIKES = frozenset({"post_id", "topic_id", "post_number", "created_at", "deleted_at", "deleted_by"})
_NO_MESSAGES = (
    {"auth_token_hash", "prev_auth_token_hash"},
    {"user_auth_token_id", "client_ip", "user_agent"},
    {"badge_id", "badge_name", "granted_at"},
    {"bookmarkable_id", "bookmarkable_type", "auto_delete_preference"},
    {"reminder_at", "reminder_last_sent_at", "auto_delete_preference"},
    {"category_id", "category_names", "notification_level"},
    {"flag_type", "targets_topic", "was_take_action"},
    {"post_id", "post_action_type", "related_post_id"},
    {"verdict", "category_id", "post_raw", "other_json"},
    {"visited_at", "posts_read", "time_read"},
    {"location", "website", "bio", "views"},
)
"""Columns of the tables that say nothing of what anybody wrote."""
_URL = re.compile(r"https?://[^\s\"',]+/t/(?:[^/\s\"',]*/)?(\d{1,12})(?:/(\d{1,12}))?(?:\?|#|$)")
_ANY_URL = re.compile(r"(?:^|,)\"?(https?://[^\s\"',]{1,500})\"?,[\d-]{10}[T ]")
_FOLDER = re.compile(r"user_archive-(.{1,100})-\d{6}-\d{6}(?:-\d+)?")
_NO_WORDS = """no false 0 tidak nein non não nao nee nej nei ei nie ne nem nu не нет ні όχι hayır hayir
    いいえ 否 아니요 아니오 لا خیر نه לא không ไม่ ez ոչ"""
_YES_WORDS = """yes true 1 ya ja sí si oui sim sì jo kyllä tak da igen да так ναι evet
    はい 是 네 예 نعم بله כן có ใช่ bai այո"""
_NO, _YES = frozenset(_NO_WORDS.split()), frozenset(_YES_WORDS.split())
"""How forums of many languages write ``is_pm``. Only a known "no" is public; any other word may be a "yes"."""


def table_of(file: InputFile) -> str | None:
    """Which file of an archive it is: ``posts``, ``likes``, ``owner`` or ``other``; None where it is none."""
    head = file.head.removeprefix(BOM)
    if json_text(head):
        first = next(iter(entries(json_text(head), 1)), set())
        below = {path[-1] for path in first if len(path) == 1 or path[0] == b"user"}
        return "owner" if {b"username", b"user_option", b"email"} <= below else None
    line = head.partition(b"\n")[0]
    if len(line) > 1000 or b"," not in line:
        return None
    header = {name.strip().strip('"') for name in line.decode("utf-8", "replace").split(",")}
    if header >= _POSTS and header & _WORDS:
        return "posts"
    if header >= _LIKES:
        return "likes"
    return "other" if any(header >= known for known in _NO_MESSAGES) else None


def read(file: InputFile, options: ReadOptions) -> Iterator[Record]:
    """What the owner wrote, or liked. Raises: see ``Source.read``."""
    kind = table_of(file)
    if kind == "other":
        yield Problem(reason="no_messages", lost=False)
        return
    if kind == "owner":
        yield from _profile(file)
        return
    owner = _owner(file) or (options.owner or "").removeprefix("@").partition("@")[0].strip()
    if not owner:
        raise Unreadable(
            N_("it does not tell whose archive it is"),
            hint=N_("Import the whole archive, or say whose it is with --owner NAME."),
        )
    records = Records()
    cut: UnexpectedEnd | None = None
    try:
        for place, row in _rows(file):
            if row is None:
                yield Problem(reason="malformed_row", place=place)
            elif kind == "posts":
                yield from _post(row, records, owner, place)
            else:
                yield from _like(row, records, owner, _site_beside(file), place)
    except UnexpectedEnd as error:
        cut = error
    for site in sorted(records.sites) if records.messages else ():
        whose, _ = records.actor(site, owner)
        if (span := records.span(site)) is None:
            continue
        for direction, how in (("inbound", "none"), ("outbound", "complete")):
            yield Coverage(
                actor=whose,
                channel=channel_of(site),
                direction=direction,  # type: ignore[arg-type]
                since=span[0],
                until=span[1],
                completeness=how,  # type: ignore[arg-type]
                basis=f"Discourse archive of {owner} at {site}",
            )
    if cut is not None:
        raise cut


def _user(file: InputFile) -> dict[str, Any]:
    """What ``preferences.json`` says of its owner."""
    found = whole_json(file)
    user = found.get("user", found) if isinstance(found, dict) else None
    return user if isinstance(user, dict) else {}


def _profile(file: InputFile) -> Iterator[Record]:
    """The owner, with what may link the account to others: its web page, and its address as a hash."""
    user, site = _user(file), _site_beside(file)
    if site is not None and (name := string(user, "username")):
        owner, news = Records().actor(site, name, string(user, "name"))
        yield from news
        cues = Cues()
        yield from cues.link(owner, string(user, "website"))
        yield from cues.address(owner, string(user, "email"))
    yield Problem(reason="no_messages", lost=False)


def _owner(file: InputFile) -> str:
    """The user name in the preferences beside it, or in the name of the archive."""
    beside = file.beside("preferences.json")
    try:
        if beside is not None and table_of(beside) == "owner" and (name := string(_user(beside), "username")):
            return name
    except InputError:
        pass  # whoever reads that file tells what is wrong with it
    names = _FOLDER.findall(file.path)
    return str(names[-1]) if names else ""


def _site_beside(file: InputFile) -> str | None:
    """The forum of a table without addresses, from the table of posts."""
    beside = file.beside("user_archive.csv")
    try:
        head = beside.head if beside is not None else b""
    except InputError:
        head = b""  # whoever reads that file tells what is wrong with it
    for found in _ANY_URL.findall(head.decode("utf-8", "replace")):
        if site := site_of({"url": found}):
            return str(site)
    return folder_site(file)


def _post(row: dict[str, str], records: Records, owner: str, place: str) -> Iterator[Record]:
    private = row["is_pm"].strip().lower()
    if row.get("categories", row.get("category", "")).strip() == "-" or private in _YES:
        yield Problem(reason=PRIVATE, place=place, lost=False)
        return
    if private not in _NO:
        yield Problem(reason="perhaps_private", place=place, example=f"is_pm: {private[:40]}")
        return
    found = _URL.fullmatch(row["url"].strip())
    site = site_of({"url": row["url"].strip()})
    if found is None or site is None:
        yield Problem(reason="missing_id", place=place, example=row["url"][:120] or None)
        return
    post: dict[str, Any] = {
        "topic_id": int(found[1]),
        "post_number": int(found[2] or 1),
        "username": owner,
        "created_at": row["created_at"].strip().replace(" UTC", "+00:00"),
        "cooked": row.get("post_cooked", ""),
        "raw": row.get("post_raw") or row.get("post", ""),
        "topic_title": row["topic_title"],
    }
    yield from records.post(post, {}, site, place, parent_known=False)


def _like(row: dict[str, str], records: Records, owner: str, site: str | None, place: str) -> Iterator[Record]:
    if row["deleted_at"].strip():
        yield Problem(reason="undone", place=place, lost=False)
    elif site is None:
        yield Problem(reason="forum_unknown", place=place)
    else:
        numbers = {name: row[name].strip() for name in ("topic_id", "post_number", "created_at")}
        numbers["created_at"] = numbers["created_at"].replace(" UTC", "+00:00")
        yield from records.like({**numbers, "acting_username": owner}, site, place)


def _rows(file: InputFile) -> Iterator[tuple[str, dict[str, str] | None]]:
    """The rows by column with their places, None for one that is none."""
    with file.open() as stream:
        lines = TextLines(stream)
        reader = csv.reader(lines, strict=True)
        header = [name.strip() for name in next(reader, [])]
        while True:
            place = f"line {reader.line_num + 1:,}"
            try:
                row = next(reader, None)
            except csv.Error:
                if lines.ended:
                    raise UnexpectedEnd(place) from None
                yield place, None
                continue
            if row is None:
                return
            if lines.unfinished and len(row) < len(header):
                raise UnexpectedEnd(place)
            if row:  # a post whose topic is gone is an empty line
                yield place, dict(zip(header, row, strict=True)) if len(row) == len(header) else None
