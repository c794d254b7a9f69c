"""What an account says of itself: its profile record, and the profiles that the API shows."""

from __future__ import annotations

import re
from typing import Any

from permadani.sources.bluesky.uris import CHANNEL, count, did_of, handle_of, items, mapping, person_url, words
from permadani.sources.reading.clock import iso
from permadani.sources.reading.cues import link
from permadani.sources.reading.markup import display_name
from permadani.vocabulary import Actor, Cue, Record

NOT_FOR_STRANGERS = "!no-unauthenticated"
"""The label by which an account asks to be shown to those only who are logged in."""
MOST_LINKS = 20
LONGEST_DESCRIPTION = 20_000
_LINK = re.compile(r"https?://[^\s<>\"']{3,2000}", re.IGNORECASE)


def profile_record(did: str, record: dict[str, Any]) -> list[Record]:
    """``app.bsky.actor.profile`` of an account."""
    labels = [words(label, "val") for label in items(mapping(record, "labels"), "values")]
    return _account(did, record, None, labels)


def profile_view(view: Any) -> list[Record]:
    """A profile as the API shows it (``did``, ``handle``, …); nothing where there is no DID in it.

    How many follow it is not dated (``indexedAt`` says when the profile changed, not when somebody looked).
    """
    if not isinstance(view, dict) or (did := did_of(view.get("did"))) is None:
        return []
    own = (label for label in items(view, "labels") if words(label, "src") == did and label.get("neg") is not True)
    return _account(did, view, handle_of(view.get("handle")), [words(label, "val") for label in own])


def _account(did: str, told: dict[str, Any], handle: str | None, labels: list[str | None]) -> list[Record]:
    name, created = words(told, "displayName"), words(told, "createdAt")
    account = Actor(
        id=did,
        channel=CHANNEL,
        handle=handle,
        name=display_name(name) if name else None,
        url=person_url(did),
        followers=count(told.get("followersCount")),
        created=iso(created) if created else None,
        opted_out=True if NOT_FOR_STRANGERS in labels else None,
    )
    return [account, *(Cue(actor=did, kind="link", value=address) for address in _links(told))]


def _links(told: dict[str, Any]) -> list[str]:
    """The web addresses that a profile names, each once."""
    named = _LINK.findall((words(told, "description") or "")[:LONGEST_DESCRIPTION])
    found = [words(told, "website"), *(address.rstrip(".,;:!?)]}…") for address in named)]
    return list(dict.fromkeys(address for text in found if (address := link(text))))[:MOST_LINKS]
