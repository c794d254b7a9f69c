"""What is asked of a network."""

from __future__ import annotations

import time
from dataclasses import dataclass

import duckdb

from permadani.errors import InputError
from permadani.findings.class_map.periods import By
from permadani.language import N_
from permadani.measures.class_map import NetworkScope, channels_of
from permadani.measures.network import FOREVER

MOST_NAMED = 20


@dataclass(frozen=True, slots=True)
class MapQuestion:
    """Times in microseconds UTC. ``channels``: empty means all; of ``pipermail-r-help`` the end ``r-help`` is enough
    where only one ends so. ``by``: None lets the length of time decide."""

    channels: tuple[str, ...] = ()
    since: int | None = None
    until: int | None = None
    by: By | None = None

    def scope(self, connection: duckdb.DuckDBPyConnection) -> NetworkScope:
        """What the measures look at.

        Raises:
            InputError: a channel is named that the store does not hold, or several channels end so.
        """
        held = channels_of(connection)
        channels = tuple(dict.fromkeys(_named(name, held) for name in self.channels))
        since = -FOREVER if self.since is None else self.since
        until = FOREVER if self.until is None else self.until
        # what claims to be of the future was not there to be seen
        return NetworkScope(channels, since, until, as_of=time.time_ns() // 1000)


def _named(name: str, held: list[str]) -> str:
    """The channel that is called so, or else the only one whose name ends so after a hyphen, as pages show it."""
    if name in held:
        return name
    found = [one for one in held if name and f"-{one}".casefold().endswith(f"-{name}".casefold())]
    if len(found) == 1:
        return found[0]
    several, none = (
        N_("{channel} may be any of several channels"),
        N_("nothing in the store was published on {channel}"),
    )
    raise InputError(
        several if found else none, hint=N_("The store holds: {channels}"), channel=name,
        channels=", ".join((found or held)[:MOST_NAMED]) or "–",
    )  # fmt: skip
