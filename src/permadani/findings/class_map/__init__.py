"""The class map of a network: who is heard, who answers whom, whether the seniors form a closed club (docs/classes.md)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import duckdb

from permadani.findings.results import AccountGraph, ClassMap


@dataclass(frozen=True, slots=True)
class MapQuestion:
    """What is asked. Times in microseconds UTC. ``channels``: empty means all. ``by``: None lets the length decide."""

    channels: tuple[str, ...] = ()
    since: int | None = None
    until: int | None = None
    by: Literal["month", "year"] | None = None


def class_map(
    connection: duckdb.DuckDBPyConnection, question: MapQuestion, progress: Callable[[int, int], None] | None = None
) -> ClassMap:
    """The map of what was asked. ``progress``: told how many steps are done, of how many.

    Raises:
        InputError: a channel is named that the store does not hold.
    """
    raise NotImplementedError


def account_graph(
    connection: duckdb.DuckDBPyConnection, question: MapQuestion, *, private: bool = False
) -> AccountGraph:
    """Accounts and who spoke to whom, for graph tools; without ``private`` under numbers that tell nothing."""
    raise NotImplementedError
