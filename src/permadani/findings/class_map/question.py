"""What is asked of a network."""

from __future__ import annotations

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
    """Times in microseconds UTC. ``channels``: empty means all. ``by``: None lets the length of time decide."""

    channels: tuple[str, ...] = ()
    since: int | None = None
    until: int | None = None
    by: By | None = None

    def scope(self, connection: duckdb.DuckDBPyConnection) -> NetworkScope:
        """What the measures look at.

        Raises:
            InputError: a channel is named that the store does not hold.
        """
        held = channels_of(connection)
        for name in self.channels:
            if name not in held:
                raise InputError(
                    N_("nothing in the store was published on {channel}"),
                    hint=N_("The store holds: {channels}"), channel=name, channels=", ".join(held[:MOST_NAMED]) or "–",
                )  # fmt: skip
        since = -FOREVER if self.since is None else self.since
        until = FOREVER if self.until is None else self.until
        return NetworkScope(tuple(dict.fromkeys(self.channels)), since, until)
