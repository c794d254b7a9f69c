"""The files beside the tweets: whom the owner follows and likes, who follows the owner, and who the owner is."""

from __future__ import annotations

import re
from collections.abc import Iterator

from permadani.errors import UnexpectedEnd
from permadani.sources.base import ReadOptions
from permadani.sources.reading.files import InputFile
from permadani.sources.reading.jsonrecords import example, pieces, whole
from permadani.sources.x.records import CHANNEL, status_id
from permadani.sources.x.shapes import FloatMangled, moment, number
from permadani.sources.x_archive.archive import SMALL, Owner, needed, owner_beside, owner_in, part
from permadani.sources.x_archive.kinds import Kind, nothing
from permadani.sources.x_archive.reading import mangled
from permadani.sources.x_archive.shapes import LIST, decoded
from permadani.vocabulary import Actor, Cue, Follow, Like, Problem, Record, account, address_hash

LISTS = frozenset({"like", "follower", "following"})
ABOUT = frozenset({"account", "manifest", "user_details", "profile"})
MOST_LINKS = 20
_LINK = re.compile(r"https?://[^\s<>\"'()]{1,500}")
_ADDRESS = re.compile(r"[^@\s]{1,64}@[^@\s]{1,250}\.[^@\s.]{2,24}")


def read_list(file: InputFile, kind: Kind, options: ReadOptions) -> Iterator[Record]:
    """Likes without a time (the archive has none) and follows, one an entry."""
    owner = account(CHANNEL, needed(owner_beside(file, options), options).key)
    empty = True
    for place, raw in pieces(file, kind.skip):
        if raw == b";":
            continue
        empty = False
        try:
            record, reason = _activity(raw, owner)
        except FloatMangled as error:
            raise mangled(error, place) from None
        if reason is not None:
            yield Problem(reason=reason, place=place, example=example(raw), lost=record is None)
        if record is not None:
            yield record
    if empty:
        yield nothing(kind)


def _activity(raw: bytes, owner: str) -> tuple[Record | None, str | None]:
    entry, reason = decoded(LIST, raw)
    if entry is None:
        return None, reason
    if entry.like is not None and (key := number(entry.like.tweetId)):
        return Like(actor=owner, object=status_id(key)), reason
    if entry.follower is not None and (key := number(entry.follower.accountId)):
        return Follow(actor=account(CHANNEL, key), object=owner), reason
    if entry.following is not None and (key := number(entry.following.accountId)):
        return Follow(actor=owner, object=account(CHANNEL, key)), reason
    return None, "missing_id"


def read_about(file: InputFile, kind: Kind, options: ReadOptions) -> Iterator[Record]:
    """The owner's account, and what it says of itself that another account may say too."""
    try:
        value = whole(file, kind.skip, SMALL)
    except UnexpectedEnd:
        yield nothing(kind)  # nothing of half a page of facts is sure
        raise
    owner = owner_beside(file, options) if kind.name == "profile" else owner_in(value)
    if owner is None:
        yield nothing(kind)
        return
    identity = account(CHANNEL, owner.key)
    yield _actor(owner, identity)
    email = part(value, 0, "account", "email")
    if isinstance(email, str) and _ADDRESS.fullmatch(email.strip()):
        yield Cue(actor=identity, kind="address", value=address_hash(email))
    description = part(value, 0, "profile", "description")
    texts = [part(description, "website"), part(description, "bio"), part(value, "url"), part(value, "bio")]
    for link in dict.fromkeys(link for text in texts if isinstance(text, str) for link in _links(text)):
        if re.match(r"https?://t\.co/", link):
            yield Problem(reason="shortened_link", example=link, lost=False)
        else:
            yield Cue(actor=identity, kind="link", value=link)


def _links(text: str) -> list[str]:
    return [found.rstrip(".,;:!?") for found in _LINK.findall(text[:10_000])[:MOST_LINKS]]


def _actor(owner: Owner, identity: str) -> Actor:
    return Actor(
        id=identity,
        channel=CHANNEL,
        handle=owner.handle,
        name=owner.name,
        url=f"https://x.com/{owner.handle}" if owner.handle else None,
        created=moment(owner.created),
    )
