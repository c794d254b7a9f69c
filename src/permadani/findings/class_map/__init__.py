"""The class map of a network: who is heard, who answers whom, and whether seniors form a club (docs/classes.md)."""

from __future__ import annotations

from permadani.findings.class_map.accounts import account_graph
from permadani.findings.class_map.assemble import class_map
from permadani.findings.class_map.question import MapQuestion

__all__ = ["MapQuestion", "account_graph", "class_map"]
