"""Facebook's "download your information" as JSON: what its owner posted and commented, and nothing anybody answered."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from permadani.errors import InputError, TooLarge, UnexpectedEnd, Unreadable
from permadani.language import N_
from permadani.sources.base import ReadOptions
from permadani.sources.facebook.detect import Kind, kind_of
from permadani.sources.facebook.lists import entries
from permadani.sources.facebook.mojibake import Repair
from permadani.sources.facebook.owner import CHANNEL, COMMENTS, PROFILE_LIMIT, PROFILES, owner_in, owner_of
from permadani.sources.facebook.records import Records, moment
from permadani.sources.facebook.spans import union
from permadani.sources.facebook.webpages import is_web_page, of_instagram
from permadani.sources.reading.cues import Cues
from permadani.sources.reading.files import InputFile
from permadani.sources.reading.jsonrecords import whole
from permadani.vocabulary import Completeness, Coverage, Direction, Problem, Record

POSTS = (
    "../posts/your_posts_1.json",
    "../posts/your_posts.json",
    "../posts/your_posts__check_ins__photos_and_videos_1.json",
)
MESSAGE_FILES = ("your_posts", "comments", "group_posts", "your_comments_in_groups", "your_posts_in_groups")
"""Beginnings of names: what stands in them is meant as a message, in whatever form."""


class Facebook:
    """See docs/sources/facebook.md."""

    name = "facebook"
    companions = (*PROFILES, *COMMENTS, *POSTS)

    def recognises(self, file: InputFile) -> bool:
        try:
            kind = kind_of(file.head)
            return kind is not None and not (kind == "html" and of_instagram(file))
        except Exception:  # the contract: never raise; a damaged file is named by whoever reads it
            return False

    def read(self, file: InputFile, options: ReadOptions) -> Iterator[Record]:
        kind = kind_of(file.head)
        if kind == "html" or (kind is None and is_web_page(file.head)):
            raise Unreadable(
                N_("it is a Facebook export made of web pages, which do not say who is meant"),
                hint=N_("Ask Facebook for the same export again, in the format JSON."),
            )
        if kind == "profile":
            yield from _profile(file)
        elif kind == "nothing":
            yield Problem(reason="no_messages", lost=False)
        elif kind == "letters":
            yield Problem(reason="private_messages", lost=False)
        elif kind == "others":
            yield Problem(reason="posts_of_others", lost=False)
        elif kind == "labelled" and not file.name.startswith(("likes_and_reactions", *MESSAGE_FILES)):
            yield Problem(reason="no_messages", lost=False)
        else:
            yield from _messages(file, options)


def _messages(file: InputFile, options: ReadOptions) -> Iterator[Record]:
    if next(entries(file), None) is None:  # nothing to ask of whom it is
        yield Problem(reason="no_messages", lost=False)
        return
    owner, repair = owner_of(file, options.owner), Repair()
    records = Records(owner, repair)
    yield owner.actor()
    readers: dict[Kind, Callable[[dict[str, Any], str], Iterator[Record]]] = {
        "posts": records.post, "comments": records.comment, "reactions": records.reaction, "pages": records.page,
    }  # fmt: skip
    if file.name.startswith("likes_and_reactions"):
        readers["labelled"] = records.reaction
    cut: InputError | None = None
    met: set[Kind] = set()
    try:
        for kind, place, entry, reason in entries(file):
            met.add(kind)
            if reason is not None:
                yield Problem(reason=reason, place=place, example=entry)
            elif not isinstance(entry, dict):
                yield Problem(reason="not_a_post", place=place, example=str(entry)[:120])
            elif reader := readers.get(kind):
                yield from reader(entry, place)
            elif kind == "labelled":
                yield Problem(reason="unknown_form", place=place)
    except (UnexpectedEnd, TooLarge) as error:
        cut = error
    if repair.kept:
        yield Problem(reason="not_mojibake", example=(repair.example or "")[:120], lost=False)
    yield from _coverage(file, records, met)
    if cut is not None:
        raise cut


def _coverage(file: InputFile, records: Records, met: set[Kind]) -> Iterator[Coverage]:
    """Nothing that anybody wrote to the owner is in it; what the owner wrote is, where posts and comments are."""
    span = records.span.stretch
    if span is None:
        return
    other = COMMENTS if "posts" in met else POSTS
    whole_export = {"posts", "comments"} <= met or any(file.beside(path) is not None for path in other)
    if whole_export:
        beside = {found.path: found for path in (*COMMENTS, *POSTS) if (found := file.beside(path)) is not None}
        beside.pop(file.path, None)
        span = union(span, beside.values())
    claims: tuple[tuple[Direction, Completeness, str], ...] = (
        ("inbound", "none", "Facebook export: nothing that others wrote"),
        (
            ("outbound", "complete", "Facebook export")
            if whole_export
            else ("outbound", "partial", f"Facebook export, {' and '.join(sorted(met))} only")
        ),
    )
    for direction, completeness, basis in claims:
        yield Coverage(
            actor=records.owner.id, channel=CHANNEL, direction=direction, since=span[0], until=span[1],
            completeness=completeness, basis=basis,
        )  # fmt: skip


def _profile(file: InputFile) -> Iterator[Record]:
    """The owner, and the addresses under which it may be found elsewhere; nothing else of it is kept."""
    content, repair, cues = whole(file, limit=PROFILE_LIMIT), Repair(), Cues()
    profile = content.get("profile_v2", content.get("profile")) if isinstance(content, dict) else None
    profile = profile if isinstance(profile, dict) else {}
    owner = owner_in(content, repair, moment(profile.get("registration_timestamp")))
    if owner is None:
        yield Problem(reason="missing_value", example="name", lost=False)
        return
    yield owner.actor()
    websites = profile.get("websites")
    for site in websites if isinstance(websites, list) else ():
        address = site.get("address") if isinstance(site, dict) else site
        yield from cues.link(owner.id, address if isinstance(address, str) else None)
    emails = profile.get("emails")
    addresses = emails.get("emails") if isinstance(emails, dict) else emails
    for address in addresses if isinstance(addresses, list) else ():
        yield from cues.address(owner.id, address if isinstance(address, str) else None)
    yield Problem(reason="no_messages", lost=False)
