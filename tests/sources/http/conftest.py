"""A server that misbehaves as it is told, and a client that waits for nobody."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from permadani.sources.http import Client
from sources.http.hostile import Hostile


@pytest.fixture
def server() -> Iterator[Hostile]:
    with Hostile() as running:
        yield running


@pytest.fixture
def client() -> Iterator[Client]:
    with Client(allow_local=True, sleep=lambda seconds: None) as ready:
        yield ready
