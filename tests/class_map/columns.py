"""Small columns for what is counted in NumPy, and its parts made so small that random examples have several."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np
import pytest

from permadani.findings.class_map import standings
from permadani.findings.class_map.rows import Rows
from permadani.measures.seats import Seats
from permadani.statistics import packed

KNOWN = (-8, 60)
"""The blocks in which standings are known."""


@contextmanager
def so_many_at_once(rows: int, chunk: int = standings.CHUNK) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(packed, "ROWS", rows)
        patch.setattr(standings, "CHUNK", chunk)
        yield


def columns(rows: list[tuple[int, ...]], **kinds: type[np.integer]) -> Rows:
    """Each name with its type, in the order of the rows."""
    table = np.array(rows, dtype=np.int64).reshape(-1, len(kinds)).T
    return {name: column.astype(kind) for (name, kind), column in zip(kinds.items(), table, strict=True)}


def listed(rows: Rows, *names: str) -> list[tuple[int, ...]]:
    """Some columns as rows."""
    return list(zip(*(rows[name].tolist() for name in names), strict=True))


def seats_on(channels: list[int]) -> Seats:
    """People on these channels, all ranked by the network."""
    many = len(channels)
    zeros = np.zeros(many, dtype=np.int64)
    first, last = (np.full(many, block, dtype=np.int32) for block in KNOWN)
    return Seats(
        seat=np.arange(many), channel=np.array(channels, dtype=np.int32), followed=zeros > 0, base=zeros,
        first_block=first, last_block=last, weak=zeros > 0, person=np.arange(many),
    )  # fmt: skip
