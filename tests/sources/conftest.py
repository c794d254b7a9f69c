"""A client that may visit this computer, and waits for nobody."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from permadani.sources.http import Client


@pytest.fixture
def client() -> Iterator[Client]:
    with Client(allow_local=True, sleep=lambda seconds: None) as ready:
        yield ready
