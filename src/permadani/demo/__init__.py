"""A fictional school hall with known truth: exported, imported and audited, to see what Permadani does and test it."""

from __future__ import annotations

from permadani.demo.run import run_demo

__all__ = ["run_demo"]
