"""A server that misbehaves as it is told."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from sources.http.hostile import Hostile


@pytest.fixture
def server() -> Iterator[Hostile]:
    with Hostile() as running:
        yield running
