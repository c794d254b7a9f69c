"""The command line: a thin skin over the library. Exit 0 done, 1 nothing usable or a refusal, 2 wrong usage."""

from __future__ import annotations

from permadani.cli import audit, classes, demo, fetch, outbound, people, store
from permadani.cli.base import main

__all__ = ["audit", "classes", "demo", "fetch", "main", "outbound", "people", "store"]
