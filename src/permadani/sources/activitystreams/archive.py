"""The files of a server's archive besides its outbox, and whose archive it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from permadani.errors import InputError, Unreadable
from permadani.language import N_
from permadani.sources.activitystreams.profile import is_program, named_owner
from permadani.sources.activitystreams.shapes import Node, identifier, type_of
from permadani.sources.activitystreams.terms import PEOPLE
from permadani.sources.base import ReadOptions
from permadani.sources.reading.files import InputFile
from permadani.sources.reading.jsonrecords import whole
from permadani.vocabulary import Follow, Like, Record

PROFILE = "actor.json"
BOOKMARKS = "bookmarks.json"
LISTS = ("likes.json", "following.json", "followers.json")
"""Lists of bare addresses; their meaning stands in their id."""
PROFILE_LIMIT = 4 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose archive it is, as ``actor.json`` beside the file tells."""

    id: str | None = None
    program: bool = False


def owner_beside(file: InputFile) -> Owner:
    found = file.beside(PROFILE)
    if found is None:
        return Owner()
    try:
        node = whole(found, limit=PROFILE_LIMIT)
    except InputError:  # told when that file itself is read
        return Owner()
    if not isinstance(node, dict) or type_of(node) not in PEOPLE:
        return Owner()
    return Owner(identifier(node), is_program(node))


def list_of(fields: Node, file: InputFile) -> str | None:
    """Which list of an archive this is, by the id of the collection, else by the name of the file."""
    names = (identifier_of_list(fields.get("id")), file.name)
    return next((name for name in names if name in (*LISTS, BOOKMARKS)), None)


def identifier_of_list(value: Any) -> str | None:
    return value.rsplit("/", 1)[-1] if isinstance(value, str) else None


def entry_of(name: str, owner: str, address: str) -> Record:
    if name == "likes.json":
        return Like(actor=owner, object=address)
    if name == "following.json":
        return Follow(actor=owner, object=address)
    return Follow(actor=address, object=owner)


def must_know(owner: Owner, options: ReadOptions) -> str:
    """Raises Unreadable where nobody says whose list it is."""
    found = owner.id or named_owner(options.owner)
    if found is None:
        raise Unreadable(
            N_("it does not tell whose it is"),
            hint=N_("Import the whole archive, or say whose it is with --owner and the full address of the account."),
        )
    return found
