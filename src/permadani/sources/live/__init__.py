"""Live sources: accounts and sites that can be read now, without an export."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from permadani.errors import NoDoor
from permadani.language import N_
from permadani.sources.live.asked import Asked, asked
from permadani.sources.live.base import Door, FetchOptions, Page, State
from permadani.sources.live.closed import closed

if TYPE_CHECKING:  # whoever only wants to know what was asked need not load it
    from permadani.sources.http import Client

__all__ = ["Asked", "Door", "FetchOptions", "Page", "State", "asked", "knock"]

OWN = ("bluesky", "mastodon", "site")
"""``permadani.sources.NAME.live`` has ``knock(asked, client) -> Door | None``: None where it is nothing of theirs."""


def knock(text: str, client: Client) -> Door:
    """The door to what a text names: a handle, a name on a server, a profile or any page of a site.

    Raises:
        NoDoor: nothing can be read there; the message says what can be done instead.
        FetchError: whoever was asked did not answer as it should.
    """
    wanted = asked(text)
    if why := closed(wanted):
        raise why
    client.typed = wanted.host
    for name in OWN if wanted.kind != "name" else ():
        door: Door | None = import_module(f"permadani.sources.{name}.live").knock(wanted, client)
        if door is not None:
            return door
    raise NoDoor(
        N_("“{who}” names no account or site that can be read live"),
        hint=N_("Write it as @name.bsky.social, @name@server, or the address of a profile or site: https://…"),
        who=text,
    )
