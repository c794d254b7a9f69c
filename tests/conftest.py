"""Every test has a home and a store of its own."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # tests run beside each other: each keeps to one core

import pytest

from permadani.api import OpenStore
from permadani.settings import settings


@pytest.fixture(autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Nothing of the user's is read or written; texts are English."""
    folder = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("PERMADANI_HOME", str(folder))
    for name in ("LC_ALL", "LC_MESSAGES", "LANG", "PERMADANI_LOCK_SECONDS"):
        monkeypatch.delenv(name, raising=False)
    settings.cache_clear()
    yield folder
    settings.cache_clear()


@pytest.fixture
def store(tmp_path: Path) -> OpenStore:
    return OpenStore(tmp_path / "store.duckdb")
